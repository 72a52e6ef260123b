"""The one place of the sheet that states the conventions of its figures."""

from typing import Any

import pytest

from app.reports.document import Grid
from tests.loan_sheet_case import rich_document
from tests.sheets import DRAFT, build_record
from tests.unit.reports.read_document import grid_after, headings, record, rows
from tests.unit.reports.value_cases import drawn, full_document


def _said(document: dict[str, Any]) -> dict[str, str]:
    file, results = drawn(document)
    grid = grid_after(build_record(file, results, DRAFT, "en"), "Annex: conventions")
    assert isinstance(grid, Grid)
    return {row[0]: row[1] for row in rows(grid)}


def test_every_convention_has_its_line() -> None:
    assert list(_said(full_document())) == [
        "Valuation date",
        "Time of the cash flow",
        "Price path",
        "Sign",
        "Rounding",
        "Buffer",
        "Levels of value",
        "Indicators",
        "Percentiles",
        "Day count of the loan",
        "Periods of the loan",
        "Rounding of the loan",
        "Annualised rate",
        "Security",
        "Sizing",
        "Loan over remaining value",
        "DSCR, LLCR, PLCR",
        "Stress",
    ]


@pytest.mark.parametrize(
    ("timing", "words"),
    [
        ("mid_year", "discounted over k − 0.5 years"),
        ("end_year", "discounted over k years"),
        ("exact_dates", "days / 365 (ACT/365)"),
    ],
)
def test_the_time_of_the_cash_flow_is_that_of_the_case(timing: str, words: str) -> None:
    document = full_document()
    document["appraisal"]["timing"] = timing
    assert words in _said(document)["Time of the cash flow"]


@pytest.mark.parametrize(
    ("curve", "words"),
    [
        ({"price_curve": "flat"}, "stays that of the valuation date"),
        ({"price_curve": "growth", "price_growth": 0.02}, "in year 2"),
        ({"price_curve": "growth", "price_growth": 0.02, "growth_start": "year_1"}, "in year 1"),
    ],
)
def test_the_first_growth_step_is_that_of_the_case(curve: dict[str, Any], words: str) -> None:
    document = full_document()
    del document["appraisal"]["curve_points"]
    document["appraisal"].update(curve)
    assert words in _said(document)["Price path"]


def test_an_account_of_tonnes_has_no_conventions_of_value(document: dict[str, Any]) -> None:
    del document["appraisal"], document["loan"]
    assert "Annex: conventions" not in headings(record(document))


@pytest.mark.parametrize(
    ("day_count", "words"),
    [
        ("months", "whole months / 12"),
        ("act_360", "days / 360. The first day"),
        ("act_365f", "days / 365. The first day"),
        ("30_360", "ISDA 2006 4.16(f)"),
        ("30e_360", "ISDA 2006 4.16(g)"),
        ("act_act", "ISDA 2006 4.16(b)"),
    ],
)
def test_the_day_count_is_that_of_the_loan(day_count: str, words: str) -> None:
    document = full_document()
    document["loan"]["day_count"] = day_count
    assert words in _said(document)["Day count of the loan"]


def test_a_loan_by_whole_months_says_how_its_yearly_rate_comes_about() -> None:
    said = _said(full_document())["Annualised rate"]
    assert said.endswith("compound (1 + i)^12 − 1, simple 12 × i.")


def test_a_rich_loan_says_what_holds_for_it_alone() -> None:
    said = _said(rich_document())
    assert said["Periods of the loan"].startswith("Interest is settled on day 20 of the month")
    assert "go by weekends" in said["Working days"]
    assert "plus the margin" in said["Floating rate"]
    assert "by days / 365" in said["Annualised rate"]
    assert "at the level of prudent value" in said["Loan over remaining value"]
    assert "160%, 140% and 120%" in said["Lines of coverage"]
    assert "bears 1.5 times" in said["Overdue interest"]
    assert "bears 2 times" in said["Diverted use"]
    assert said["Order of receipts"].startswith("Costs and fees, penalty")


def test_lines_held_against_the_right_alone_say_so() -> None:
    document = rich_document()
    document["loan"]["monitoring"]["count_all"] = False
    assert _said(document)["Lines of coverage"].startswith("Value of the income right alone")
