"""The pages of a loan in the workbook: formulas beside the figures of the program."""

from collections.abc import Mapping
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from app.reports.workbook.level_page import newton_steps
from tests.workbooks import computed, document, shipped, workbook

SCHEDULE = "Repayment schedule"
WAYS = (
    "equal-instalment",
    "equal-principal",
    "bullet-quarterly",
    "seasonal",
    "step",
    "balloon",
    "sculpted",
    "custom",
    "grace",
    "tranches",
    "prepayment",
    "extension",
    "floating",
    "ccer-xiapu",
)


def pages(content: bytes, *, values: bool) -> Any:
    return load_workbook(BytesIO(content), data_only=values)


@pytest.mark.parametrize("name", WAYS)
def test_each_line_has_the_amounts_of_the_program_beside_its_formulas(name: str) -> None:
    loan = computed(document(name)).results.loan
    assert loan is not None
    content = shipped(name)
    values, formulas = (pages(content, values=v)[SCHEDULE] for v in (True, False))
    rows = [row for row in range(5, values.max_row) if values.cell(row, 12).value]
    lines = [line for line in loan.schedule if line.payment_yuan]
    assert [values.cell(row, 12).value for row in rows] == pytest.approx(
        [float(line.payment_yuan) for line in lines]
    )
    for row in rows:
        for column in (6, 7, 9, 10, 12, 13):
            assert str(formulas.cell(row, column).value).startswith("="), (row, column)


def test_days_and_parts_of_a_year_are_no_inputs_but_every_figure_of_the_terms_has_a_name() -> None:
    book = pages(shipped("tranches"), values=False)
    names = set(book.defined_names)
    assert {
        "loan_amount_yuan",
        "loan_annual_rate",
        "loan_upfront_fee_yuan",
        "loan_tranches_1_amount_yuan",
        "loan_fees_0_amount_yuan",
        "loan_annualised_rate",
        "loan_supported",
        "loan_bound_pledge_ratio",
    } <= names
    parts = [row[4].value for row in book["Days of interest"].iter_rows(min_row=5)]
    assert any(str(part).startswith("=") and "/36" in str(part) for part in parts)


@pytest.mark.parametrize("name", ["sculpted", "sculpted-dscr"])
def test_a_sculpted_loan_takes_its_cash_from_the_cash_flow(name: str) -> None:
    page = pages(shipped(name), values=False)["Level of payments"]
    cash = [str(row[1].value) for row in page.iter_rows(min_row=5) if row[1].value]
    assert any("'Cash flow'!" in formula for formula in cash)


def test_a_long_dear_loan_in_unequal_months_finds_its_level_above_the_interest() -> None:
    changes = {"loan.annual_rate": 0.36, "loan.term_months": 240, "loan.day_count": "act_365f"}
    case = computed(document("equal-principal", changes | {"loan.repayment": "equal_instalment"}))
    book = pages(workbook(case), values=True)
    assert "Level of payments" in book.sheetnames


def test_newtons_steps_find_the_level_at_which_nothing_is_left() -> None:
    steps = newton_steps([100.0, 0.0, 300.0], [0.05, 0.05, 0.05], 200.0, 0.0)
    level, balance = steps[-1].level, 200.0
    for cash in (100.0, 0.0, 300.0):
        balance = balance * 1.05 - max(level * cash, balance * 0.05)
    assert balance == pytest.approx(0, abs=1e-9)
    assert steps[-1].level == pytest.approx(steps[-2].level, rel=1e-15)


def test_what_was_repaid_early_leaves_folded_lines_that_a_change_may_fill() -> None:
    book = pages(shipped("prepayment"), values=True)
    page = book[SCHEDULE]
    hidden = [row for row, look in page.row_dimensions.items() if look.hidden]
    loan = computed(document("prepayment")).results.loan
    assert loan is not None
    assert hidden
    assert hidden[0] == 5 + len(loan.schedule)


def test_the_sizing_names_the_bound_that_binds_and_says_why_others_do_not() -> None:
    result = computed(document("all-bounds")).results.loan
    assert result is not None
    page = pages(shipped("all-bounds"), values=True)["Sizing of the loan"]
    held: Mapping[Any, Any] = {row[0].value: row[1].value for row in page.iter_rows()}
    binding = next(bound for bound in result.bounds if bound.binding)
    assert held["Binding bound"] == binding.label
    assert held["Amount the bounds allow"] == float(result.supported_yuan)
    plain = pages(shipped("grace"), values=True)["Sizing of the loan"]
    notes = {row[0].value: row[3].value for row in plain.iter_rows()}
    assert notes["Debt service cover (DSCR)"] == "not entered"
