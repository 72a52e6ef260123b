"""The pages of an insurance in the workbook: formulas beside the figures of the program."""

from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from app.reports.workbook.premium_page import live_perils
from tests.workbooks import computed, document, shipped, workbook


def pages(content: bytes, *, values: bool) -> Any:
    return load_workbook(BytesIO(content), data_only=values)


def figure(book: Any, name: str) -> Any:
    [(page, address)] = book.defined_names[name].destinations
    return book[page][address.replace("$", "")].value


@pytest.mark.parametrize(
    "name", ["subsidised", "mangrove-typhoon", "growing-stock", "index-history", "experience"]
)
def test_pure_and_gross_premium_are_formulas_beside_the_figures_of_the_program(name: str) -> None:
    cover = computed(document(name)).results.insurance
    assert cover is not None
    values, formulas = (pages(shipped(name), values=v) for v in (True, False))
    assert figure(values, "premium_pure") == pytest.approx(cover.pure_premium_yuan)
    assert figure(values, "premium_gross") == float(cover.gross_premium_yuan)
    for name_of_cell in ("premium_pure", "premium_gross", "premium_technical"):
        assert figure(formulas, name_of_cell).startswith("=")


def test_a_frequency_may_be_changed_only_where_the_perils_sum_to_the_pure_premium() -> None:
    for name, live in (("mangrove-typhoon", True), ("subsidised", False), ("three-sites", False)):
        case = computed(document(name))
        insurance, result = case.file.case.insurance, case.results.insurance
        assert insurance is not None
        assert result is not None
        assert live_perils(insurance, result) is live
        names = pages(shipped(name), values=False).defined_names
        assert ("premium_frequency_0" in names) is live


def test_the_fen_left_over_go_to_one_insurer_and_one_head() -> None:
    cover = computed(document("subsidised")).results.insurance
    assert cover is not None
    page = pages(shipped("subsidised"), values=True)["Who bears the premium"]
    held = {row[0].value: row for row in page.iter_rows() if row[0].value}
    for head in cover.heads:
        assert held[head.name][5].value == float(head.gross_premium_yuan)
    for insurer in cover.coinsurers:
        assert held[insurer.name][3].value == float(insurer.premium_yuan)


@pytest.mark.parametrize("paid", ["largest", "first", "every"])
def test_an_index_pays_its_history_by_the_same_events(paid: str) -> None:
    changes = {"insurance.index.events_paid": paid, "insurance.index.season_cap_share": 0.5}
    case = computed(document("index-history", changes))
    cover = case.results.insurance
    assert cover is not None
    assert cover.index is not None
    book = pages(workbook(case), values=True)
    page = book["Index cover"]
    by_year = {row[0].value: row[2].value for row in page.iter_rows() if row[1].value in (0, 1)}
    assert by_year == pytest.approx({y.year: y.payout_share for y in cover.index.history})
    assert figure(book, "index_burn") == pytest.approx(cover.index.burn_share)


def test_an_index_value_that_reaches_no_trigger_is_no_event_of_the_page() -> None:
    page = pages(shipped("index-history"), values=True)["Index cover"]
    readings = [row[3].value for row in page.iter_rows() if row[2].value is None and row[4].value]
    assert all(value >= 10 for value in readings if isinstance(value, int | float))


def test_texts_of_the_case_are_not_formulas_on_these_pages() -> None:
    case = computed(document("subsidised", {"insurance.coinsurers.0.name": "=1+1"}))
    page = pages(workbook(case), values=False)["Who bears the premium"]
    found = [cell for row in page.iter_rows() for cell in row if cell.value == "=1+1"]
    assert found
    assert all(cell.data_type == "s" for cell in found)
