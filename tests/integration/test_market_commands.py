"""The market book on the command line."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy.stats import pearsonr

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


def test_what_is_imported_outside_its_band_is_told_at_once(run: Run, tmp_path: Path) -> None:
    days = "".join(f"2025-01-0{day},红树林,碳中和,{90 + 5 * day}\n" for day in range(1, 7))
    usual, odd = tmp_path / "usual.csv", tmp_path / "odd.csv"
    usual.write_text(f"日期,类型,用途,单价\n{days}", encoding="utf-8")
    odd.write_text("日期,类型,用途,单价\n2026-01-05,红树林,碳中和,900\n", encoding="utf-8")
    assert answered(run, "import", usual, "--target", "records")["alerts"] == []
    assert answered(run, "import", odd, "--target", "records", "--dry-run")["alerts"] == []
    result = run("market", "import", odd, "--target", "records")
    assert result.exit_code == 0
    assert "900.00 CNY/t of 2026-01-05 is above" in result.stderr
    assert "900.00" not in result.stdout
    assert answered(run, "import", odd, "--target", "records")["alerts"] == []


def test_a_rate_that_brings_a_deal_to_yuan_outside_its_band_is_told(
    run: Run, tmp_path: Path
) -> None:
    days = "".join(f"2025-01-0{day},红树林,碳中和,{90 + 5 * day},CNY\n" for day in range(1, 7))
    path = tmp_path / "deals.csv"
    path.write_text(
        f"日期,类型,用途,单价,币种\n{days}2026-01-05,红树林,碳中和,150,AUD\n", encoding="utf-8"
    )
    assert answered(run, "import", path, "--target", "records")["alerts"] == []
    found = answered(run, "add-fx", "AUD", "2026-01-04", "4.7")
    told = [alert for alert in found["alerts"] if alert["day"] == "2026-01-05"]
    assert [(alert["code"], alert["price"]) for alert in told] == [("deal_above_band", 705)]
    assert "705.00 CNY/t" in told[0]["text"]
    said = run("market", "add-fx", "AUD", "2026-01-05", "5")
    assert "750.00 CNY/t" in said.stderr
    assert said.stdout == "Added: AUD, 2026-01-05, 5 yuan.\n"


def with_series(run: Run, folder: Path, name: str, prices: list[float]) -> None:
    lines = "".join(f"2026-01-{day:02},{price}\n" for day, price in enumerate(prices, start=1))
    path = folder / f"{name}.csv"
    path.write_text(f"日期,收盘价\n{lines}", encoding="utf-8")
    answered(run, "import", path, "--target", "series", "--name", name)


def test_two_series_are_correlated_with_an_interval(run: Run, tmp_path: Path) -> None:
    one = [60.0, 61.2, 60.4, 62.0, 61.1, 63.0, 62.5, 63.9, 63.1, 64.8]
    other = [20.0, 20.3, 20.2, 20.9, 20.4, 20.8, 20.9, 21.4, 21.0, 21.2]
    with_series(run, tmp_path, "one", one)
    with_series(run, tmp_path, "other", other)
    found = answered(run, "correlate", "one", "other")
    expected = pearsonr(np.diff(np.log(one)), np.diff(np.log(other)))
    interval = expected.confidence_interval(0.9)
    assert found["correlation"] == pytest.approx(expected.statistic, rel=1e-9)
    assert (found["low"], found["high"]) == pytest.approx(tuple(interval), rel=1e-9)
    assert (found["observations"], found["common_days"]) == (9, 10)
    assert (found["first_day"], found["last_day"]) == ("2026-01-01", "2026-01-10")
    assert [notice["code"] for notice in found["notices"]] == ["few_observations"]
    said = run("market", "correlate", "one", "other")
    assert said.stdout == (
        f"one and other: correlation of the changes {expected.statistic:.3f}, 90% interval "
        f"{interval.low:.3f} to {interval.high:.3f}; 10 common days from 2026-01-01 to "
        "2026-01-10.\n"
    )
    assert "Below 250" in said.stderr


def test_a_series_moves_with_itself_without_an_interval(run: Run, tmp_path: Path) -> None:
    with_series(run, tmp_path, "one", [60, 61, 60, 62, 61])
    found = answered(run, "correlate", "one", "one")
    assert (found["correlation"], found["low"], found["high"]) == (pytest.approx(1), None, None)
    assert "without an interval" in run("market", "correlate", "one", "one").stdout


def test_series_without_common_days_are_not_correlated(run: Run, tmp_path: Path) -> None:
    with_series(run, tmp_path, "one", [60, 61, 60, 62, 61])
    result = run("market", "correlate", "CEA", "one", "--json")
    assert result.exit_code == 2
    (entry,) = json.loads(result.stderr)["refused"]
    assert entry["code"] == "common_days_too_few"
    assert entry["expected"] == "two series with at least 5 days in common, not 0"


def test_the_price_of_a_case_is_held_against_the_deals_known_by_then(run: Run, case: Path) -> None:
    found = answered(run, "check", case)
    assert (found["day"], found["price_yuan_t"]) == ("2025-03-31", 100)
    assert found["verdict"] in ("inside", "above", "below")
    assert found["count"] >= found["least"] == 5
    said = run("market", "check", case)
    assert said.exit_code == 0
    assert said.stdout == found["text"] + "\n"
    assert f"{found['low']:,.2f} to {found['high']:,.2f} yuan/t" in found["text"]


def test_a_case_without_an_appraisal_has_no_price_to_check(
    run: Run, tmp_path: Path, document: dict[str, Any]
) -> None:
    path = tmp_path / "tonnes.bcd.json"
    kept = {name: part for name, part in document.items() if name not in ("appraisal", "loan")}
    path.write_text(json.dumps(kept), encoding="utf-8")
    result = run("market", "check", path, "--json")
    assert result.exit_code == 2
    (entry,) = json.loads(result.stderr)["refused"]
    assert (entry["path"], entry["code"]) == ("appraisal", "missing")
