"""The market book on the command line."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.integration.conftest import Run

SERIES = "日期,收盘价,成交量(吨)\n2026-01-05,80,100\n2026-01-06,0,0\n2025-03-07,89.62,10\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "cea.csv"
    path.write_bytes(SERIES.encode("gb18030"))
    return path


def answered(run: Run, *arguments: object) -> Any:
    result = run("market", *arguments, "--json")
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def test_deals_are_listed_with_every_field(run: Run) -> None:
    found = answered(run, "records")["records"]
    futian = next(record for record in found if record["record_id"] == "T008")
    assert (futian["day"], futian["price"], futian["method"]) == ("2023-09-26", 485, "auction")
    assert futian["place_zh"] == "深圳福田保护区"
    said = run("market", "records")
    assert said.exit_code == 0
    assert "Futian reserve, Shenzhen" in said.stdout


def test_series_are_listed_and_shown(run: Run) -> None:
    assert "CEA" in answered(run, "series")["series"]
    points = answered(run, "series", "CEA")["points"]
    assert (points[0]["day"], points[0]["price"], points[0]["basis"]) == (
        "2022-01-21",
        57.46,
        "close",
    )
    assert "average of the year" in run("market", "series", "CEA").stdout
    assert "CCER" in run("market", "series").stdout


def test_an_unknown_series_is_refused_with_the_known_ones(run: Run) -> None:
    result = run("market", "series", "none", "--json")
    assert result.exit_code == 2
    (entry,) = json.loads(result.stderr)["refused"]
    assert (entry["code"], entry["path"]) == ("unknown_series", "market.series")
    assert "CEA" in entry["expected"]


def test_a_trial_shows_what_an_import_would_do_and_stores_nothing(run: Run, file: Path) -> None:
    arguments = ("import", file, "--target", "series", "--name", "CEA")
    trial = answered(run, *arguments, "--dry-run")
    assert (trial["new"], trial["taken"], trial["refused_rows"]) == (1, None, 1)
    assert trial["duplicates"] == [
        {"line": 4, "repeats": "S007", "repeats_line": None, "differs": False}
    ]
    (refused,) = trial["refused"]
    assert (refused["line"], refused["code"]) == (3, "zero_price")
    assert all(point["shipped"] for point in answered(run, "series", "CEA")["points"])


def test_an_import_stores_the_new_lines_once(run: Run, file: Path) -> None:
    arguments = ("import", file, "--target", "series", "--name", "CEA")
    result = run("market", *arguments)
    assert result.exit_code == 0, result.stderr
    assert "New rows: 1; repeated: 1; refused: 1." in result.stdout
    assert "Rows stored: 1." in result.stdout
    assert "Line 3, Closing price: given 0; expected a price above zero" in result.stderr
    assert "Line 4 repeats S007 of the market book." in result.stderr
    assert answered(run, *arguments)["taken"] == 0
    own = [p for p in answered(run, "series", "CEA")["points"] if not p["shipped"]]
    assert [(point["day"], point["price"]) for point in own] == [("2026-01-05", 80)]
    gone = answered(run, "remove", own[0]["observation_id"])
    assert gone == {"removed": 1}


def test_headings_and_values_can_be_given_by_hand(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "deals.csv"
    path.write_text("日期,结算,吨数\n2026-01-05,80,100\n", encoding="utf-8")
    found = answered(
        run,
        *("import", path, "--target", "records", "--dry-run"),
        *("--column", "price=结算", "--column", "volume_t=吨数", "--set", "ecosystem=mangrove"),
    )
    assert found["new"] == 1
    assert found["columns"] == {"day": "日期", "price": "结算", "volume_t": "吨数"}


def test_a_file_without_a_good_line_is_refused(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "bad.csv"
    path.write_text("日期,收盘价\nspring,80\n", encoding="utf-8")
    result = run("market", "import", path, "--target", "series", "--name", "CEA")
    assert result.exit_code == 2
    assert "Line 2, Date: given spring; expected a date" in result.stderr


def test_a_name_is_for_a_series_only(run: Run, file: Path) -> None:
    result = run("market", "import", file, "--target", "fx", "--name", "CEA")
    assert result.exit_code == 2


def test_a_rate_is_added_listed_and_refused_twice(run: Run) -> None:
    rate = ("add-fx", "USD", "2026-03-06", "7.1", "--source", "notice")
    assert answered(run, *rate)["added"]["yuan"] == 7.1
    (listed,) = answered(run, "fx")["fx"]
    assert (listed["currency"], listed["day"], listed["source"]) == ("USD", "2026-03-06", "notice")
    assert "7.100000" in run("market", "fx").stdout
    again = run("market", *rate)
    assert again.exit_code == 2
    assert "does not have yet" in again.stderr


def test_a_shipped_row_is_not_deleted(run: Run) -> None:
    result = run("market", "remove", "T001")
    assert result.exit_code == 2
    assert "the shipped rows stay" in result.stderr


def test_a_series_is_estimated_with_its_standard_errors(run: Run) -> None:
    found = answered(run, "estimate", "CEA", "--longest-gap", "400")
    assert (found["name"], found["observations"]) == ("CEA", 8)
    assert 0.3 < found["volatility"]["value"] < 0.4
    assert found["volatility"]["standard_error"] > 0
    (notice,) = found["notices"]
    assert notice["code"] == "few_observations"
    said = run("market", "estimate", "CEA", "--longest-gap", "400")
    assert "Volatility a year" in said.stdout
    assert "250" in said.stderr


def test_a_gap_keeps_a_series_from_being_estimated(run: Run) -> None:
    result = run("market", "estimate", "CEA")
    assert result.exit_code == 2
    assert "2022-03-15 and 2023-03-20" in result.stderr


def test_alerts_are_told_in_words_and_figures(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "deals.csv"
    days = "".join(f"2025-01-0{day},红树林,碳中和,{90 + 5 * day}\n" for day in range(1, 7))
    path.write_text(f"日期,类型,用途,单价\n{days}2026-01-05,红树林,碳中和,900\n", encoding="utf-8")
    assert answered(run, "import", path, "--target", "records")["taken"] == 7
    alerts = answered(run, "alerts")["alerts"]
    high = next(alert for alert in alerts if alert["code"] == "deal_above_band")
    assert (high["price"], high["record"]["day"]) == (900, "2026-01-05")
    assert "900.00 CNY/t of 2026-01-05 is above" in high["text"]
    assert high["text"] in run("market", "alerts").stdout
