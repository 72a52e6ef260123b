"""The workbook of a case: its pages, named inputs, texts that are no formulas, the same bytes."""

import zipfile
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from app.i18n import translator
from app.messages import notice_text
from app.reports.document import Words
from app.reports.house import House, Negative
from app.reports.workbook.block_page import figure_of
from app.reports.workbook.book import Book, begins_as_formula, cell
from app.reports.workbook.looks import Kind, number_format
from app.reports.workbook.titles import TITLES
from app.reports.workbook.widths import Widths, width_of
from tests.workbooks import ISSUED_ON, computed, document, shipped, workbook

INJECTED = (
    '=HYPERLINK("http://example.com","x")',
    "+1+1",
    "-2+3",
    "@SUM(1,1)",
    "\t=1+1",
)


def opened(content: bytes, **how: Any) -> Any:
    return load_workbook(BytesIO(content), **how)


def test_a_case_of_an_appraisal_has_its_pages_in_order() -> None:
    names = [page.title for page in opened(shipped("costs-and-taxes")).worksheets]
    assert names == [
        "Cover sheet",
        "Values",
        "Assumptions",
        "Cash flow",
        "Prudent cash flow",
        "Credits by year",
        "Income tax",
        "Checks",
        "Other figures",
        "Workings",
        "Inputs of the case",
    ]


def test_a_case_of_insurance_alone_has_no_pages_of_value() -> None:
    found = {page.title for page in opened(shipped("three-sites")).worksheets}
    assert {"Cover sheet", "Credits by year", "Workings", "Inputs of the case"} <= found
    assert not found & {"Values", "Assumptions", "Cash flow"}


@pytest.mark.parametrize("language", ["zh", "en", "both"])
def test_the_same_case_gives_the_same_bytes_in_each_language(language: str) -> None:
    case = computed(document("dongtai"))
    assert workbook(case, language) == workbook(case, language)


def test_no_macros_no_links_to_other_files_and_a_fixed_day() -> None:
    content = shipped("costs-and-taxes")
    with zipfile.ZipFile(BytesIO(content)) as archive:
        names = archive.namelist()
        core = archive.read("docProps/core.xml").decode()
    assert not [name for name in names if "vba" in name.lower() or "externalLink" in name]
    assert f"{ISSUED_ON.isoformat()}T00:00:00Z" in core
    assert "<dc:subject>" in core


def test_every_driver_of_the_cash_flow_has_a_name_and_says_where_it_comes_from() -> None:
    book = opened(shipped("costs-and-taxes"), data_only=True)
    page = book["Assumptions"]
    for name in ("price_yuan_t", "discount_rate", "income_tax_rate", "loss_carry_years"):
        [(title, address)] = book.defined_names[name].destinations
        assert title == "Assumptions"
        row = page[address.replace("$", "")].row
        label, _value, _unit, mark, source, original, _changed = (
            place.value for place in page[row][:7]
        )
        assert None not in (label, mark, source)
        assert original == page[address.replace("$", "")].value


def test_a_rate_that_is_built_up_has_a_named_cell_for_each_part() -> None:
    names = opened(shipped("rate-build-up")).defined_names
    assert {"build_up_risk_free", "build_up_liquidity", "discount_rate_used"} <= set(names)


def test_every_formula_has_a_value_for_a_reader_that_does_not_compute() -> None:
    formulas, values = (
        opened(shipped("exact-dates")),
        opened(shipped("exact-dates"), data_only=True),
    )
    empty = [
        (page.title, place.coordinate)
        for page in formulas.worksheets
        for row in page.iter_rows()
        for place in row
        if place.data_type == "f" and values[page.title][place.coordinate].value is None
    ]
    assert empty == []


def test_texts_of_the_case_are_never_formulas() -> None:
    case = document("costs-and-taxes")
    for field, text in zip(("name", "holder", "place", "market"), INJECTED, strict=False):
        case["project"][field] = text
    case["provenance"] = {
        "appraisal.price_yuan_t": {"kind": "assumed", "source": INJECTED[0]},
        "appraisal.discount_rate": {"kind": "assumed", "source": INJECTED[4]},
    }
    book = opened(workbook(computed(case)))
    found = {
        place.value: place
        for page in book.worksheets
        for row in page.iter_rows()
        for place in row
        if isinstance(place.value, str) and place.value in INJECTED
    }
    assert set(INJECTED[:4]) <= set(found)
    for place in found.values():
        assert place.data_type == "s"
        assert place.quotePrefix


def test_every_red_flag_and_warning_stands_on_the_cover() -> None:
    case = computed(document("dongtai"))
    cover = opened(workbook(case))["Cover sheet"]
    texts = "\n".join(str(place.value) for row in cover.iter_rows() for place in row)
    assert case.results.red_flags
    for notice in case.results.notices:
        assert notice_text(notice, translator("en")) in texts


def test_pages_are_printed_on_a4_across_with_their_heads_repeated() -> None:
    for page in opened(shipped("costs-and-taxes")).worksheets:
        assert page.page_setup.paperSize == 9
        assert page.page_setup.orientation == "landscape"
        assert not page.protection.sheet
    flow = opened(shipped("costs-and-taxes"))["Cash flow"]
    assert flow.freeze_panes == "D5"
    assert flow.print_title_rows == "$1:$4"


def test_a_figure_of_a_document_becomes_a_number() -> None:
    assert figure_of("1,234.50") == (1234.5, Kind.MONEY)
    assert figure_of("−12.5%") == (-0.125, Kind.PERCENT)
    assert figure_of("2,024") == (2024.0, Kind.COUNT)
    assert figure_of("2026-01-02") is None


def test_negative_figures_are_written_as_the_house_prints_them() -> None:
    assert number_format(Kind.MONEY, Negative.MINUS) == "#,##0.00"
    assert number_format(Kind.MONEY, Negative.PARENTHESES) == "#,##0.00_);(#,##0.00)"


def test_chinese_signs_are_twice_as_wide() -> None:
    assert width_of("贴现率 r") == 8
    widths = Widths()
    widths.hold_text(0, 0, "评估基准日的碳价格")
    assert widths.width(0) > 18


def test_every_page_has_a_name_of_its_own_that_a_spreadsheet_takes() -> None:
    for language in ("zh", "en", "both"):
        book = Book(Words(language), House(), issued_on=ISSUED_ON)
        book.reserve(TITLES)
        names = [page.name for page in book.pages.values()]
        assert len(set(names)) == len(TITLES)
        assert all(0 < len(name) <= 31 for name in names)


def test_addresses_are_those_of_a_spreadsheet() -> None:
    assert cell(0, 0) == "A1"
    assert cell(9, 27, fixed="row column") == "$AB$10"
    assert begins_as_formula("\r=1")
    assert not begins_as_formula("1=1")
