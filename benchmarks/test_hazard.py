"""Speed of hazard data: 70 years of best tracks held against 100 sites.

Beside the product: a loop over storms in pandas, the plain way, at two sites without any fit; of
100 sites it takes fifty times as long.
"""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from app.finance.insurance.hazard_sites import HazardSite
from app.services.hazard import analyse
from app.services.hazard_files import read_tracks
from app.services.hazard_stations import read_stations
from app.services.hazard_store import TrackStore

YEARS, STORMS_A_YEAR, POSITIONS = 70, 30, 57
GROUP = "70 years of best tracks x 100 sites (goal: 5 s)"
READING = "120,000 lines read (goal: 1 s)"


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write 120,000 positions as IBTrACS does: storms that run to the north-west, then turn."""
    rng = np.random.default_rng(11)
    frames = []
    steps = np.arange(POSITIONS)
    for year in range(1955, 1955 + YEARS):
        for number in range(STORMS_A_YEAR):
            start = np.datetime64(f"{year}-05-01T00") + np.timedelta64(6 * 24 * number, "h")
            top = rng.uniform(30, 110)
            rise = np.sin(np.pi * steps / POSITIONS)
            wind = np.round((20 + (top - 20) * rise) / 5) * 5
            frames.append(
                pd.DataFrame(
                    {
                        "SID": f"{year}{number:03d}N10150",
                        "ISO_TIME": (start + steps * np.timedelta64(3, "h")).astype(str),
                        "LAT": np.round(rng.uniform(8, 18) + 0.28 * steps, 1),
                        "LON": np.round(rng.uniform(125, 150) - 0.55 * steps + 0.006 * steps**2, 1),
                        "WMO_WIND": np.where(wind < 35, " ", wind.astype(int).astype(str)),
                        "WMO_PRES": np.round(1010 - wind * 0.75).astype(int),
                    }
                )
            )
    found = pd.concat(frames)
    found["ISO_TIME"] = found["ISO_TIME"].str.replace("T", " ") + ":00:00"
    path = tmp_path_factory.mktemp("tracks") / "ibtracs.csv"
    text = found.to_csv(index=False)
    head, _, rest = text.partition("\n")
    path.write_text(f"{head}\n,,degrees_north,degrees_east,kts,mb\n{rest}", encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def sites() -> list[HazardSite]:
    rng = np.random.default_rng(12)
    places = zip(rng.uniform(19, 30, 100), rng.uniform(108, 123, 100), strict=True)
    return [HazardSite(f"S{n}", float(lat), float(lon)) for n, (lat, lon) in enumerate(places)]


@pytest.mark.benchmark(group=GROUP)
def test_file_to_report(benchmark: BenchmarkFixture, file: Path, sites: list[HazardSite]) -> None:
    found = benchmark.pedantic(lambda: analyse(read_tracks(file), sites), rounds=3)
    assert len(found.sites) == 100
    assert len(found.years) >= YEARS - 1


@pytest.mark.benchmark(group=GROUP)
def test_tracks_kept_to_report(
    benchmark: BenchmarkFixture, file: Path, sites: list[HazardSite], tmp_path: Path
) -> None:
    store = TrackStore(tmp_path)
    store.save(read_tracks(file))

    def work() -> int:
        kept = store.load()
        assert kept is not None
        return len(analyse(kept, sites).sites)

    assert benchmark.pedantic(work, rounds=3) == 100


@pytest.mark.benchmark(group=GROUP)
def test_two_sites_in_a_pandas_loop(
    benchmark: BenchmarkFixture, file: Path, sites: list[HazardSite]
) -> None:
    def work() -> int:
        frame = pd.read_csv(file, skiprows=[1], na_values=[" "], keep_default_na=False)
        frame["time"] = pd.to_datetime(frame["ISO_TIME"])
        count = 0
        for _, storm in frame.groupby("SID"):
            hourly = (
                storm.set_index("time")[["LAT", "LON", "WMO_WIND"]].resample("1h").interpolate()
            )
            for site in sites[:2]:
                lat, lon = np.radians(hourly["LAT"]), np.radians(hourly["LON"])
                there, east = np.radians(site.latitude), np.radians(site.longitude)
                across = np.sin((lat - there) / 2) ** 2
                along = np.cos(lat) * np.cos(there) * np.sin((lon - east) / 2) ** 2
                count += bool((2 * 6371 * np.arcsin(np.sqrt(across + along)) <= 100).any())
        return count

    assert benchmark.pedantic(work, rounds=1) > 0


@pytest.mark.benchmark(group=READING)
def test_ibtracs(benchmark: BenchmarkFixture, file: Path) -> None:
    assert benchmark.pedantic(lambda: read_tracks(file), rounds=3).rows == 119_700


@pytest.mark.benchmark(group=READING)
def test_station_series(benchmark: BenchmarkFixture, tmp_path: Path) -> None:
    days = pd.date_range("1955-01-01", periods=24_000).strftime("%Y-%m-%d")
    rng = np.random.default_rng(13)
    parts = [
        pd.DataFrame(
            {
                "站名": f"S{number}",
                "日期": days,
                "最大风速(m/s)": rng.gamma(2, 3, 24_000).round(1),
                "降水量(mm)": rng.gamma(1, 5, 24_000).round(1),
                "最高气温(℃)": rng.normal(22, 6, 24_000).round(1),
            }
        )
        for number in range(5)
    ]
    path = tmp_path / "stations.csv"
    pd.concat(parts).to_csv(path, index=False, encoding="gb18030")
    assert len(benchmark.pedantic(lambda: read_stations(path), rounds=3).days) == 120_000
