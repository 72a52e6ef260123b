"""From a hazard report to the draft of a case: peril, readings, event set."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.finance.insurance.hazard_sites import HazardSite
from app.finance.insurance.hazard_tracks import Averaging, Tracks
from app.i18n import translator
from app.services.case_file import CaseRefused
from app.services.documents import value_at
from app.services.draft import new_document, provenance_at, with_value
from app.services.hazard import analyse
from app.services.hazard_inputs import (
    with_daily_readings,
    with_events,
    with_peril,
    with_readings,
)
from app.services.hazard_report import HazardChoice, HazardReport
from app.services.hazard_source import TrackFile, TrackKind

TR = translator("en")
NORTH, SOUTH = HazardSite("North", 25.0, 119.0), HazardSite("South", 22.0, 117.0)


def made(storms: int = 40) -> TrackFile:
    """Storms that pass North in every other season, every third one South as well."""
    rng = np.random.default_rng(5)
    times, lat, lon, wind = [], [], [], []
    for storm in range(storms):
        start = np.datetime64(f"{1980 + storm // 2}-08-{1 + storm % 2 * 14:02d}T00")
        low = 21.0 if storm % 3 == 0 else 24.0
        strength = 18.0 + rng.exponential(9.0)
        for step in range(8):
            times.append(start + np.timedelta64(6 * step, "h"))
            lat.append(low + step * (26.0 - low) / 7)
            lon.append(116.0 + (lat[-1] - 21.0) * 0.75)
            wind.append(strength)
    times.append(np.datetime64("1999-12-20T00"))
    lat, lon, wind = [*lat, 10.0], [*lon, 140.0], [*wind, 20.0]
    count = len(times)
    tracks = Tracks(
        ids=tuple(f"S{n:03d}" for n in range(storms + 1)),
        names=("",) * (storms + 1),
        offsets=np.array([*range(0, storms * 8 + 1, 8), count]),
        times=np.array(times, dtype="datetime64[s]"),
        lat_deg=np.array(lat),
        lon_deg=np.array(lon),
        wind_ms=np.array(wind),
        pressure_hpa=np.full(count, 970.0),
        averaging=Averaging.TEN_MINUTES,
    )
    return TrackFile("made.csv", "0" * 64, TrackKind.IBTRACS, "WMO_WIND", count, tracks)


@pytest.fixture(scope="module")
def report() -> HazardReport:
    return analyse(made(), [NORTH, SOUTH], HazardChoice(last_year=1999))


def lines(document: dict[str, Any], path: str) -> list[dict[str, Any]]:
    found = value_at(document, path)
    assert isinstance(found, list)
    return found


def test_a_site_becomes_a_peril_with_number_intensity_and_season(report: HazardReport) -> None:
    draft = with_peril(new_document(), report, report.sites[0], "rafts", TR)
    (line,) = lines(draft, "insurance.perils")
    fit = report.sites[0].study.severity
    assert fit is not None
    assert line["events_per_year"] == pytest.approx(2.0)
    assert (line["damage_law"], line["curve"], line["site"]) == ("curve", "rafts", "North")
    assert line["threshold"] == 17.2
    assert line["scale"] == pytest.approx(fit.scale, rel=1e-5)
    assert line["shape"] == pytest.approx(fit.shape, rel=1e-5)
    assert (line["first_month"], line["last_month"]) == (8, 8)
    assert "made.csv" in line["source"]
    kind, source = provenance_at(draft, "insurance.perils")
    assert kind == "measured"
    assert "1980 to 1999" in source


def test_a_second_import_replaces_the_line_of_its_site_only(report: HazardReport) -> None:
    other = {"peril": "red_tide", "events_per_year": 0.5}
    draft = with_value(new_document(), "insurance.perils", [other])
    for site in (report.sites[0], report.sites[0]):
        draft = with_peril(draft, report, site, "rafts", TR)
    assert [line["peril"] for line in lines(draft, "insurance.perils")] == [
        "red_tide",
        "typhoon_wind",
    ]


def test_a_site_with_few_storms_gives_no_peril() -> None:
    few = analyse(made(6), [NORTH], HazardChoice(last_year=1982))
    with pytest.raises(CaseRefused) as refused:
        with_peril(new_document(), few, few.sites[0], "rafts", TR)
    assert refused.value.problems[0].code == "hazard_no_fit"


def test_storms_become_readings_of_the_index_and_years_its_history(report: HazardReport) -> None:
    draft = with_readings(
        new_document(), report, report.sites[0], trigger="wind", station="North", tr=TR
    )
    found = lines(draft, "insurance.index.readings")
    assert len(found) == len(report.sites[0].events)
    first = report.sites[0].events[0]
    assert found[0] == {
        "trigger": "wind",
        "day": first.day.isoformat(),
        "value": pytest.approx(first.wind_ms, rel=1e-5),
        "station": "North",
        "event": f"S000 {first.day.isoformat()}",
    }
    assert value_at(draft, "insurance.index.first_year") == 1980
    assert value_at(draft, "insurance.index.last_year") == 1999


def test_years_without_winds_become_gaps_of_the_history() -> None:
    held = made()
    tracks = held.tracks
    years = tracks.times.astype("datetime64[Y]").astype(int) + 1970
    tracks.wind_ms[years == 1985] = np.nan
    found = analyse(held, [NORTH], HazardChoice(last_year=1999))
    draft = with_readings(new_document(), found, found.sites[0], trigger="wind", station="", tr=TR)
    assert [line["year"] for line in lines(draft, "insurance.index.gaps")] == [1985]


def test_storms_of_several_sites_become_one_event_set(report: HazardReport) -> None:
    draft = with_events(new_document(), report, "rafts", TR)
    found = lines(draft, "insurance.events.event_lines")
    assert {line["rate"] for line in found} == {1 / 20}
    by_event: dict[str, set[str]] = {}
    for line in found:
        by_event.setdefault(line["event"], set()).add(line["site"])
    assert len(by_event) == 40
    assert sum(sites == {"North", "South"} for sites in by_event.values()) >= 10
    assert value_at(draft, "insurance.events.curve") == "rafts"


def test_no_event_set_is_made_of_nothing() -> None:
    calm = analyse(made(), [HazardSite("Far", 45.0, 160.0)], HazardChoice(last_year=1999))
    with pytest.raises(CaseRefused) as refused:
        with_events(new_document(), calm, "rafts", TR)
    assert refused.value.problems[0].code == "hazard_no_events_found"


def test_daily_readings_replace_those_of_their_trigger_and_station() -> None:
    draft = new_document()
    for value in (31.0, 36.5):
        draft = with_daily_readings(
            draft,
            [("2020-07-01", value)],
            "heat",
            "58847",
            years=[2019, 2020],
            gaps=[(2018, "no readings")],
            source="station.csv",
        )
    (line,) = lines(draft, "insurance.index.readings")
    assert line["value"] == 36.5
    assert value_at(draft, "insurance.index.history_source") == "station.csv"


def test_the_draft_that_was_changed_stays_as_it_was(report: HazardReport, tmp_path: Path) -> None:
    draft = new_document()
    with_peril(draft, report, report.sites[0], "rafts", TR)
    assert draft == new_document()
