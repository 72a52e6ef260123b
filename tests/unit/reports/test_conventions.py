"""The one place of the sheet that states the conventions of its figures."""

from typing import Any

import pytest

from app.reports.document import Grid
from app.reports.term_sheet import build_term_sheet
from tests.unit.reports.test_term_sheet import DRAFT
from tests.unit.reports.test_term_sheet_document import grid_after, headings, rows, sheet
from tests.unit.reports.value_cases import drawn, full_document


def _said(document: dict[str, Any]) -> dict[str, str]:
    file, results = drawn(document)
    grid = grid_after(build_term_sheet(file, results, DRAFT, "en"), "Annex: conventions")
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
        "Loan",
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
    assert "Annex: conventions" not in headings(sheet(document))
