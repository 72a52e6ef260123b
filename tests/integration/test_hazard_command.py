"""Hazard data on the command line."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.hazard_files import HAZARD_FILES
from tests.integration.conftest import Run

SUBSET = HAZARD_FILES / "ibtracs_subset.csv"
SITE = ("--site", "Swatow,22.0,118.0")


def answered(run: Run, *arguments: object) -> Any:
    result = run("hazard", *arguments, "--json")
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def refused(run: Run, *arguments: object) -> str:
    result = run("hazard", *arguments, "--json")
    assert result.exit_code == 2
    (entry,) = json.loads(result.stderr)["refused"]
    return str(entry["code"])


def test_storms_near_a_site_are_answered_with_what_they_rest_on(run: Run) -> None:
    found = answered(run, "tracks", SUBSET, *SITE)
    (site,) = found["sites"]
    assert [event["day"] for event in site["events"]] == ["2001-07-19", "2003-07-29"]
    assert site["study"]["frequency"]["mean"] == 1.0
    assert site["study"]["severity_refused"]["code"] == "hazard_few_exceedances"
    assert found["averaging"] == "mean_10min"
    assert any("10-minute mean" in line for line in found["assumptions"])


def test_the_tracks_read_last_need_no_file(run: Run) -> None:
    assert refused(run, "tracks", *SITE) == "hazard_nothing_kept"
    first = answered(run, "tracks", SUBSET, *SITE)
    assert answered(run, "tracks", *SITE) == first


def test_the_report_is_readable(run: Run) -> None:
    result = run("hazard", "tracks", SUBSET, *SITE, "--wind", "holland")
    assert result.exit_code == 0
    assert "Holland (1980)" in result.stdout
    assert "2002, 2004" in result.stdout
    assert "Size not fitted; expected" in result.stdout
    assert run("--language", "zh", "hazard", "tracks", SUBSET, *SITE).exit_code == 0


def test_the_sites_of_a_case_are_taken(run: Run, tmp_path: Path, document: dict[str, Any]) -> None:
    case = {
        **document,
        "project": {
            **document["project"],
            "sites": [{"name": "Swatow", "latitude": 22.0, "longitude": 118.0}],
        },
    }
    path = tmp_path / "case.json"
    path.write_text(json.dumps(case), encoding="utf-8")
    found = answered(run, "tracks", SUBSET, "--case", path)
    assert found["sites"][0]["site"]["name"] == "Swatow"
    path.write_text(json.dumps(document), encoding="utf-8")
    assert refused(run, "tracks", SUBSET, "--case", path) == "hazard_no_site"


def test_a_site_that_is_none_and_a_threshold_without_a_measure_are_wrong_usage(run: Run) -> None:
    assert run("hazard", "tracks", SUBSET, "--site", "Swatow").exit_code == 2
    station = HAZARD_FILES / "station_gb18030.csv"
    assert run("hazard", "station", station, "--threshold", "20").exit_code == 2


@pytest.mark.parametrize("language", ["en", "zh"])
def test_stations_and_red_tides_are_answered(run: Run, language: str) -> None:
    station = HAZARD_FILES / "station_gb18030.csv"
    found = answered(run, "station", station, "--station", "58847")["series"]
    assert {"gust", "salinity"} <= {series["measure"] for series in found}
    tides = answered(run, "redtide", HAZARD_FILES / "red_tides.csv", "--from", "2018")
    assert tides["study"]["counts"] == [0, 2, 0, 1]
    for command, file in (("station", station), ("redtide", HAZARD_FILES / "red_tides.csv")):
        assert run("--language", language, "hazard", command, file).exit_code == 0


def test_a_wrong_file_is_refused(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(b"%PDF-1.7")
    assert refused(run, "tracks", path, *SITE) == "hazard_not_text"
