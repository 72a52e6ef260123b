"""Tables of a loan from a spreadsheet: headings of bank sheets, yes and no, what is left aside."""

from pathlib import Path

import pytest

from app.services.import_table import read_matched, table_at
from app.services.table_headings import match_columns

COLLATERALS = table_at("loan.collaterals")


def written(folder: Path, text: str) -> Path:
    path = folder / "table.csv"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "value"), [("是", True), ("Yes", True), ("1", True), ("否", False), ("FALSE", False)]
)
def test_yes_and_no_are_read_in_either_language(text: str, value: bool, tmp_path: Path) -> None:
    table = f"押品类型,名称,首位登记\n设备,船,{text}\n"
    (row,) = read_matched(written(tmp_path, table), COLLATERALS).rows
    assert row == {"kind": "equipment", "name": "船", "first_registered": value}


def test_what_is_neither_yes_nor_no_is_refused(tmp_path: Path) -> None:
    found = read_matched(written(tmp_path, "押品,首位登记\n设备,不详\n"), COLLATERALS)
    (entry,) = found.refused
    assert (entry.line, entry.problem.code) == (2, "not_true_or_false")
    assert (entry.problem.path, entry.problem.value) == (
        "loan.collaterals.0.first_registered",
        "不详",
    )


@pytest.mark.parametrize(
    ("path", "heading"),
    [
        ("loan.lpr", "日期"),
        ("loan.monitoring.receipts", "Date"),
        ("loan.tranches", "日期"),
        ("loan.principal_table", "还款日"),
    ],
)
def test_the_one_day_each_line_has_is_found_under_common_headings(path: str, heading: str) -> None:
    assert match_columns((heading, "x"), table_at(path)) == ("day", None)


def test_a_day_is_not_guessed_where_a_line_may_have_several() -> None:
    assert match_columns(("日期",), COLLATERALS) == (None,)


def test_lpr_in_percent_is_stored_as_fractions(tmp_path: Path) -> None:
    table = "日期,1年期LPR(%),5年期以上LPR(%)\n2025年1月20日,3.1,3.6\n"
    (row,) = read_matched(written(tmp_path, table), table_at("loan.lpr")).rows
    assert row == {"day": "2025-01-20", "one_year": 0.031, "five_years": 0.036}


def test_headings_that_name_no_column_are_told(tmp_path: Path) -> None:
    path = written(tmp_path, "日期,金额,经办人\n2025-08-01,5,A\n")
    found = read_matched(path, table_at("loan.monitoring.receipts"))
    assert (len(found.rows), found.unmatched) == (1, ("经办人",))
