"""One event on all policies and pledged loans of the book, on the command line."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from tests.integration.conftest import Run
from tests.integration.test_loans_command import emptied, stored
from tests.unit.finance.watched_loans import watched_document

__all__ = ["emptied"]

DAY = ("--day", "2025-07-31")
XIAPU = {"name": "Xiapu", "latitude": 26.8, "longitude": 120.1}
FAR = {"name": "Rongcheng", "latitude": 37.1, "longitude": 122.5}
TRACKS = """SID,SEASON,BASIN,NAME,ISO_TIME,LAT,LON,WMO_WIND,WMO_PRES,WMO_AGENCY,TRACK_TYPE
 ,Year, , , ,degrees_north,degrees_east,kts,mb, ,
2006216N07151,2006,WP,SAOMAI,2006-08-10 00:00:00,26.5,121.5,105,925,tokyo,main
2006216N07151,2006,WP,SAOMAI,2006-08-10 06:00:00,26.8,120.5,100,930,tokyo,main
2006216N07151,2006,WP,SAOMAI,2006-08-10 12:00:00,27.0,119.5,80,950,tokyo,main
2012215N17140,2012,WP,DAMREY,2012-08-02 00:00:00,34.5,121.0,65,970,tokyo,main
2012215N17140,2012,WP,DAMREY,2012-08-02 06:00:00,36.8,122.2,60,975,tokyo,main
2013001N10130,2013,WP,SAOMAI,2013-12-31 00:00:00,10.0,140.0,50,990,tokyo,main
"""


@pytest.fixture
def tracks(tmp_path: Path) -> Path:
    path = tmp_path / "tracks.csv"
    path.write_text(TRACKS, encoding="utf-8")
    return path


@pytest.fixture
def book(emptied: None, run: Run, tmp_path: Path, insured_document: dict[str, Any]) -> None:
    """A policy with its loan at Xiapu, one policy at Rongcheng, one loan nobody can place.

    Each policy insures 200,000 yuan with a deductible of 10 %; the loan owes 6 million against a
    right of 10 million.
    """
    both = watched_document(insured_document, as_of="2025-03-31")
    both["project"].update(name="Both", sites=[XIAPU])
    both["loan"].update(amount_yuan=6_000_000)
    both["insurance"]["first_beneficiary"] = "Bank A"
    north = copy.deepcopy(insured_document)
    north.pop("loan")
    north["project"]["name"] = "North"
    north["insurance"]["sites"] = [FAR]
    north["insurance"]["heads"][0]["site"] = "Rongcheng"
    lost = watched_document(insured_document, as_of="2025-03-31")
    lost.pop("insurance")
    lost["project"]["name"] = "Nowhere"
    ended = copy.deepcopy(north)
    ended["project"]["name"] = "Ended"
    ended["insurance"]["period_start"] = "2023-01-01"
    stored(run, tmp_path, both, north, lost, ended)


def answered(run: Run, *arguments: object) -> Any:
    result = run("accumulate", *arguments, *DAY, "--json")
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def case_of(found: Any, name: str) -> Any:
    return next(case for case in found["cases"] if case["name"] == name)


@pytest.mark.usefixtures("book")
def test_a_footprint_shows_both_views_and_apart_what_has_no_place_or_is_not_in_force(
    run: Run,
) -> None:
    found = answered(run, "--at", "26.9,120.0,50", "--damage", "0.3")
    both = case_of(found, "Both")
    assert both["insurer_yuan"] == pytest.approx(0.3 * 200_000 - 20_000)
    assert both["beneficiary_yuan"] == both["insurer_yuan"]
    assert both["coverage"] == pytest.approx(both["value_yuan"] / both["owed_yuan"])
    assert both["lender_yuan"] == pytest.approx(0.3 * both["value_yuan"])
    assert both["coverage_after"] == pytest.approx(0.7 * both["coverage"])
    assert both["places"] == [[26.8, 120.1]]
    assert case_of(found, "North")["insurer_yuan"] == 0
    totals = found["totals"]
    assert (totals["policies"], totals["policies_hit"], totals["loans_hit"]) == (2, 1, 1)
    assert totals["insurer_share"] == pytest.approx(40_000 / 400_000)
    assert (totals["both_hit"], totals["loans"]) == (1, 1)

    (nowhere,) = found["unplaced"]
    assert (nowhere["name"], nowhere["sum_insured_yuan"]) == ("Nowhere", 0)
    assert nowhere["owed_yuan"] > 0
    (ended,) = found["not_in_force"]
    assert (ended["name"], ended["period_end"]) == ("Ended", "2023-12-31")
    assert {case["name"] for case in found["cases"]} == {"Both", "North"}
    said = run("accumulate", "--at", "26.9,120.0,50", "--damage", "0.6", *DAY).stdout
    assert "same damage within a radius" in said
    assert "Loss to insurers" in said
    assert "* Both" in said
    assert "Nowhere" in said.split("Without coordinates")[1]
    assert "2023-12-31" in said


@pytest.mark.usefixtures("book")
def test_storms_of_a_track_file_are_repeated_by_name_by_place_and_by_what_they_cost(
    run: Run, tracks: Path
) -> None:
    found = answered(
        run, "--tracks", tracks, "--storm", "saomai", "--year", 2006, "--curve", "mangrove_canopy"
    )
    assert found["event"]["storm"] == "2006216N07151"
    assert found["event"]["nearest_day"] == "2006-08-10"
    assert (found["month"], len(found["track"])) == (8, 3)
    both = case_of(found, "Both")
    # About 48 m/s in ten minutes, 53 m/s in one: the curve says 0.9.
    assert both["wind_ms"] == pytest.approx(48, abs=4)
    assert both["damage"] == pytest.approx(0.92, abs=0.05)
    assert both["distance_km"] < 50
    assert case_of(found, "North")["damage"] == 0
    found = answered(
        run, "--tracks", tracks, "--worst-at", "36.8,122.2", "--curve", "mangrove_canopy"
    )
    assert found["event"]["name"] == "DAMREY"
    assert found["event"]["wind_ms_there"] == pytest.approx(60 * 1852 / 3600, rel=0.05)
    found = answered(
        run, "--tracks", tracks, "--worst", "--curve-points", "20 0; 40 0.8",
        "--averaging", "mean_10min",
    )  # fmt: skip
    assert [storm["name"] for storm in found["storms"]] == ["SAOMAI", "DAMREY"]
    assert found["event"]["storm"] == found["storms"][0]["storm"] == "2006216N07151"
    assert found["totals"]["insurer_yuan"] == pytest.approx(found["storms"][0]["insurer_yuan"])
    assert found["pml_years"] == 3
    assert [line["years"] for line in found["pml"]] == [2]
    kept = answered(run, "--worst", "--curve-points", "20 0; 40 0.8", "--averaging", "mean_10min")
    assert kept["storms"] == found["storms"]


@pytest.mark.usefixtures("book")
def test_gaemi_2024_is_paid_as_reported_on_the_whole_book(run: Run) -> None:
    found = answered(run, "--reported", "gaemi-2024")
    paid, cover = 31_272_800, 767_000_000
    assert found["event"]["hit_share"] == pytest.approx(471 / 810)
    assert found["totals"]["insurer_share"] == pytest.approx(paid / cover, abs=5e-5)
    assert found["totals"]["insurer_yuan"] == pytest.approx(paid / cover * 400_000, abs=1)
    assert {case["name"] for case in found["cases"]} == {"Both", "North", "Nowhere"}
    assert found["unplaced"] == []


@pytest.mark.usefixtures("emptied")
def test_an_empty_book_costs_nothing(run: Run) -> None:
    found = answered(run, "--at", "26.9,120.0,50", "--damage", "0.3")
    assert found["cases"] == []
    assert found["totals"]["insurer_share"] is None
    assert run("accumulate", "--at", "26.9,120.0,50", "--damage", "0.3").exit_code == 0


REFUSED = (
    (("--at", "96,120,50", "--damage", "0.3"), "maximum"),
    (("--at", "26,120,-1", "--damage", "0.3"), "minimum"),
    (("--at", "26,120,50", "--damage", "1.3"), "maximum"),
    (("--at", "nan,120,50", "--damage", "0.3"), "not_finite"),
    (("--reported", "katrina"), "unknown_reported_event"),
    (("--storm", "NOBODY"), "unknown_storm"),
    (("--storm", "SAOMAI"), "storm_ambiguous"),
    (("--worst-at", "-40,20"), "no_storm_near"),
    (("--worst",), "no_storm_costs"),
    (("--worst", "--curve", "kelp"), "unknown_wind_curve"),
    (("--worst", "--curve", "mar_reef"), "curve_averaging_missing"),
    (("--worst", "--curve-points", "20 0; 40 0.5"), "curve_averaging_missing"),
    (("--worst", "--curve-points", "40 0; 20 0.5"), "curve_points"),
)


@pytest.mark.usefixtures("emptied")
def test_what_makes_no_event_is_refused_by_name(run: Run, tracks: Path) -> None:
    for arguments, code in REFUSED:
        result = run("accumulate", *arguments, "--tracks", tracks, "--json")
        assert result.exit_code == 2, result.output
        (problem,) = json.loads(result.stderr)["refused"]
        assert problem["code"] == code


@pytest.mark.parametrize(
    "arguments",
    [(), ("--at", "26,120,50"), ("--at", "26,120", "--damage", "0.3"), ("--worst", "--storm", "A")],
)
def test_one_event_has_to_be_named_in_full(run: Run, arguments: tuple[str, ...]) -> None:
    assert run("accumulate", *arguments).exit_code == 2
