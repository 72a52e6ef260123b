"""Track files: IBTrACS as it is downloaded, best tracks of the CMA, and what is refused."""

from pathlib import Path

import numpy as np
import pytest

from app.finance.case.problems import Problem
from app.finance.insurance.hazard_sites import HazardSite, SiteWind
from app.finance.insurance.hazard_tracks import KNOT_MS, Averaging
from app.i18n import translator
from app.messages import problem_text
from app.services.case_file import CaseRefused
from app.services.hazard import analyse
from app.services.hazard_files import read_tracks
from app.services.hazard_report import HazardChoice, HazardReport
from app.services.hazard_source import Agency
from app.services.hazard_store import TrackStore
from tests.hazard_files import HAZARD_FILES, REAL_TRACKS, needs_real_tracks

SUBSET = HAZARD_FILES / "ibtracs_subset.csv"
FULL = HAZARD_FILES / "ibtracs_full.csv"
CMA = HAZARD_FILES / "CH2021BST.txt"
SITE = HazardSite("Swatow", 22.0, 118.0)


def refusal(path: Path) -> Problem:
    with pytest.raises(CaseRefused) as refused:
        read_tracks(path)
    (problem,) = refused.value.problems
    assert problem_text(problem, translator("en"))
    return problem


def changed(tmp_path: Path, old: str, new: str, source: Path = SUBSET) -> Path:
    text = source.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / source.name
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


def test_a_part_of_ibtracs_is_read_with_blanks_as_missing() -> None:
    found = read_tracks(SUBSET)
    tracks = found.tracks
    assert (found.rows, len(tracks.ids), tracks.averaging) == (15, 4, Averaging.TEN_MINUTES)
    assert tracks.wind_ms[0] == pytest.approx(60 * KNOT_MS)
    assert np.isnan(tracks.wind_ms[4])
    assert str(tracks.times[1]) == "2001-07-19T06:00:00"
    assert (found.first_year, found.last_year) == (2001, 2004)


def test_the_full_file_gives_the_winds_of_each_agency_with_its_averaging() -> None:
    found = read_tracks(FULL, Agency.USA)
    assert found.tracks.averaging is Averaging.ONE_MINUTE
    assert found.tracks.wind_ms[:3] / KNOT_MS == pytest.approx([90, 88, 85])
    assert found.tracks.names == ("IN-FA", "")
    china = read_tracks(FULL, Agency.CMA)
    assert china.tracks.averaging is Averaging.TWO_MINUTES
    assert china.tracks.wind_ms[0] / KNOT_MS == pytest.approx(80)
    assert np.isnan(china.tracks.wind_ms[1])


def test_side_tracks_repeats_and_winds_of_other_agencies_are_left_out_and_told() -> None:
    found = read_tracks(FULL)
    assert found.left_out == {"spur": 1, "agency": 1, "repeated": 1}
    assert np.isnan(found.tracks.wind_ms[3])


@pytest.mark.parametrize("ending", [b"\r\n", b"\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_line_endings_and_a_mark_of_utf_8_change_nothing(
    tmp_path: Path, ending: bytes, mark: bytes
) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(mark + SUBSET.read_bytes().replace(b"\n", ending))
    found, plain = read_tracks(path).tracks, read_tracks(SUBSET).tracks
    assert found.ids == plain.ids
    assert np.array_equal(found.lat_deg, plain.lat_deg)


def test_lone_carriage_returns_and_names_in_gb_18030_are_read(tmp_path: Path) -> None:
    path = changed(tmp_path, "IN-FA", "烟花", FULL)
    path.write_bytes(path.read_text(encoding="utf-8").replace("\n", "\r").encode("gb18030"))
    found, plain = read_tracks(path, Agency.USA).tracks, read_tracks(FULL, Agency.USA).tracks
    assert found.names == ("烟花", "")
    assert np.array_equal(found.wind_ms, plain.wind_ms, equal_nan=True)


def test_two_columns_of_one_name_are_refused(tmp_path: Path) -> None:
    assert refusal(changed(tmp_path, "SID,", "LAT,SID,")).code == "duplicate_key"


def test_best_tracks_of_the_cma_are_in_tenths_of_a_degree_and_metres_a_second() -> None:
    found = read_tracks(CMA)
    tracks = found.tracks
    assert tracks.ids == ("CMA2021-0001", "CMA2021-0009")
    assert tracks.names == ("", "IN-FA")
    assert tracks.averaging is Averaging.TWO_MINUTES
    assert (tracks.lat_deg[2], tracks.lon_deg[2]) == (25.0, 124.0)
    assert np.isnan(tracks.wind_ms[0])
    assert tracks.wind_ms[2:].tolist() == [40, 38, 35, 9]
    assert found.left_out == {"second_centre": 1}


def test_a_folder_of_yearly_best_tracks_is_one_history(tmp_path: Path) -> None:
    text = CMA.read_text(encoding="utf-8")
    (tmp_path / "CH2021BST.txt").write_text(text, encoding="utf-8")
    later = text.replace("2021", "2022").replace("66666 2106   4", "66666 2206   5")
    (tmp_path / "CH2022BST.txt").write_text(later, encoding="utf-8")
    found = read_tracks(tmp_path)
    assert len(found.tracks.ids) == 4
    assert found.left_out == {"second_centre": 2, "line_count": 1}


@pytest.mark.parametrize(
    ("change", "code", "place"),
    [
        (("20.0,120.0", "2o.0,120.0"), "hazard_not_number", ("3", "LAT")),
        (("21.0,119.0", "121.0,119.0"), "hazard_out_of_range", ("4", "LAT")),
        (("2001-07-19 12:00", "2001-13-19 12:00"), "hazard_not_time", ("5", "ISO_TIME")),
        ((",80,955", ",x,955"), "hazard_not_number", ("5", "WMO_WIND")),
        (("22.0,118.0,80", "22.0, ,80"), "hazard_no_value", ("5", "LON")),
    ],
)
def test_a_bad_cell_of_ibtracs_is_named_by_line_and_column(
    tmp_path: Path, change: tuple[str, str], code: str, place: tuple[str, str]
) -> None:
    problem = refusal(changed(tmp_path, *change))
    assert (problem.code, (problem.facts["line"], problem.facts["column"])) == (code, place)


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("250 1240  955 40", "25O 1240  955 40", "hazard_not_number", "5"),
        ("250 1240  955 40", "250 1240  955 400", "hazard_out_of_range", "5"),
        ("2021072306", "2021077306", "hazard_not_time", "6"),
        ("2021072306 4 256 1236  960 38", "2021072306 4 256", "hazard_not_track_line", "6"),
        ("66666 2106   4 0009", "66666 2106   x 0009", "hazard_not_header", "4"),
    ],
)
def test_a_bad_line_of_the_cma_is_named(
    tmp_path: Path, old: str, new: str, code: str, line: str
) -> None:
    problem = refusal(changed(tmp_path, old, new, CMA))
    assert (problem.code, problem.facts["line"]) == (code, line)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"%PDF-1.7 x", "hazard_not_text"),
        (b"PK\x03\x04 x", "hazard_not_text"),
        (b"CDF\x01", "hazard_not_text"),
        (b"", "hazard_empty_file"),
        (b"a,b\n1,2\n", "hazard_not_tracks"),
        (b"SID,ISO_TIME,LAT\nx,y,1\n", "hazard_no_column"),
        (b"SID,ISO_TIME,LAT,LON\nx,y,1,2\n", "hazard_no_agency"),
        (b"SID,ISO_TIME,LAT,LON,WMO_WIND\n", "hazard_no_positions"),
        (b"SID,ISO_TIME,LAT,LON,WMO_WIND\na,2001-01-01 00:00:00,1,2,3,4,5\n", "hazard_bad_lines"),
    ],
)
def test_a_wrong_file_is_refused_by_name(tmp_path: Path, data: bytes, code: str) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(data)
    assert refusal(path).code == code


def test_reading_tells_how_far_it_is_and_can_be_stopped() -> None:
    told: list[tuple[int, int]] = []
    read_tracks(SUBSET, progress=lambda done, total: told.append((done, total)))
    assert told[-1][0] == 15

    def stop(_done: int, _total: int) -> None:
        raise KeyboardInterrupt

    for path in (SUBSET, CMA):
        with pytest.raises(KeyboardInterrupt):
            read_tracks(path, progress=stop)


def test_the_tracks_read_last_are_kept_and_a_damaged_copy_is_none(tmp_path: Path) -> None:
    store = TrackStore(tmp_path / "new")
    assert store.load() is None
    found = read_tracks(FULL)
    store.save(found)
    kept = store.load()
    assert kept is not None
    assert (kept.digest, kept.left_out, kept.tracks.names) == (
        found.digest,
        found.left_out,
        found.tracks.names,
    )
    assert np.array_equal(kept.tracks.wind_ms, found.tracks.wind_ms, equal_nan=True)
    data = store.place.read_bytes()
    for place in range(0, len(data), 101):
        store.place.write_bytes(data[:place] + bytes([data[place] ^ 0xFF]) + data[place + 1 :])
        held = store.load()
        assert held is None or np.array_equal(held.tracks.lat_deg, found.tracks.lat_deg)
    store.place.write_bytes(data[: len(data) // 2])
    assert store.load() is None


def report(**choice: object) -> HazardReport:
    return analyse(read_tracks(SUBSET), [SITE], HazardChoice(**choice))  # type: ignore[arg-type]


def test_storms_near_a_site_are_listed_and_counted_by_year() -> None:
    found = report()
    (site,) = found.sites
    assert [event.storm for event in site.events] == ["2001200N20120", "2003210N22120"]
    assert found.years == (2001, 2003)
    assert found.gaps.years_without_data == (2002,)
    assert found.gaps.years_without_wind == (2004,)
    assert site.study.counts == (1, 1)
    assert site.events[0].wind_ms == pytest.approx(80 * KNOT_MS)
    assert site.events[0].distance_km == pytest.approx(0.0, abs=1e-6)


def test_the_last_year_of_a_file_that_ends_before_december_is_left_out(tmp_path: Path) -> None:
    text = SUBSET.read_text(encoding="utf-8").replace("2004-12-05", "2004-11-05")
    path = tmp_path / "x.csv"
    path.write_text(text, encoding="utf-8")
    found = analyse(read_tracks(path), [SITE])
    assert found.gaps.year_left_out == 2004


@pytest.mark.parametrize(
    ("choice", "code"),
    [
        ({"radius_km": 0.0}, "hazard_radius"),
        ({"threshold_ms": 500.0}, "hazard_threshold"),
        ({"first_year": 2003, "last_year": 2001}, "hazard_years"),
        ({"first_year": 2002, "last_year": 2002}, "hazard_no_winds"),
    ],
)
def test_choices_that_cannot_be_are_refused(choice: dict[str, object], code: str) -> None:
    with pytest.raises(CaseRefused) as refused:
        report(**choice)
    assert refused.value.problems[0].code == code


def test_the_assumptions_name_averaging_choice_and_conversion() -> None:
    tr = translator("en")
    said = " ".join(one.said(tr) for one in report(averaging=Averaging.GUST).assumptions)
    assert "10-minute mean" in said
    assert "3-second gust by the factor 1.380" in said
    assert "WMO/TD-No. 1555" in said


def test_a_threshold_below_what_the_file_records_is_told() -> None:
    tr = translator("en")
    low, high = (
        " ".join(one.said(tr) for one in report(threshold_ms=threshold).assumptions)
        for threshold in (10.0, 18.0)
    )
    assert "hardly any wind below 18.0 m/s" in low
    assert "hardly any" not in high


@needs_real_tracks
def test_storms_a_year_within_100_km_are_those_of_the_published_tracks() -> None:
    """Counts of JMA winds 1977-2024 at places given to the nearest tenth of a degree."""
    sites = [
        HazardSite("Rongcheng", 37.17, 122.42),
        HazardSite("Dongtou", 27.84, 121.16),
        HazardSite("Xiapu", 26.88, 120.0),
        HazardSite("Nanao", 23.42, 117.02),
        HazardSite("Dongzhaigang", 19.95, 110.58),
    ]
    expected = [
        (0.27, 0.08, 0.04, 0.0, 0.0),
        (0.88, 0.63, 0.38, 0.27, 0.04),
        (0.77, 0.48, 0.31, 0.08, 0.04),
        (0.85, 0.65, 0.35, 0.15, 0.04),
        (1.52, 1.06, 0.54, 0.31, 0.04),
    ]
    found = analyse(read_tracks(REAL_TRACKS), sites, HazardChoice(last_year=2024))
    assert (found.years[0], len(found.years)) == (1977, 48)
    for site, published in zip(found.sites, expected, strict=True):
        winds = [event.wind_ms or 0.0 for event in site.events]
        for threshold, rate in zip((0.0, 17.2, 24.5, 32.7, 41.5), published, strict=True):
            count = sum(wind >= threshold for wind in winds)
            assert count / 48 == pytest.approx(rate, abs=0.065)


@needs_real_tracks
def test_the_wind_at_a_site_does_not_hang_on_the_radius_but_that_of_the_storm_does() -> None:
    """A linear cover, 0 at 20.8 m/s and the whole at 41.5 m/s, on the highest wind of a year."""
    tracks, site = read_tracks(REAL_TRACKS), HazardSite("Dongtou", 27.84, 121.16)

    def burn(wind: SiteWind, radius_km: float) -> float:
        choice = HazardChoice(radius_km=radius_km, wind=wind, last_year=2024)
        study = analyse(tracks, [site], choice).sites[0].study
        winds = np.array([0.0 if wind is None else wind for wind in study.maxima])
        return float(np.clip((winds - 20.8) / (41.5 - 20.8), 0.0, 1.0).mean())

    assert burn(SiteWind.HOLLAND, 200) == pytest.approx(burn(SiteWind.HOLLAND, 100), rel=0.05)
    assert burn(SiteWind.INSIDE, 200) > 1.5 * burn(SiteWind.INSIDE, 100)
