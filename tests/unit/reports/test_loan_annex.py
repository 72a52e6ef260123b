"""The annexes of a loan: schedule, credit risk for the lender only, the figures of the JSON."""

from typing import Any

import pytest

from app.i18n import translator
from app.reports.document import Document, Grid, Heading, NewPage, Workings
from app.services.loan_json import loan_json
from tests.loan_sheet_case import rich_case
from tests.unit.reports.read_document import told
from tests.unit.reports.test_loan_sections import after, lines, rich
from tests.unit.reports.test_paper_figures import printed_texts

EN = translator("en")
SCHEDULED = 42 + 1
"""Lines of the schedule, and that of the sums."""


@pytest.mark.parametrize("language", ["zh", "en", "both"])
def test_the_schedule_has_each_column_that_is_used_in_one_table(language: str) -> None:
    grids = [block for block in rich(language).blocks if isinstance(block, Grid)]
    (whole,) = [grid for grid in grids if len(grid.rows) == SCHEDULED]
    assert len(whole.columns) == 12


def test_the_last_line_of_a_schedule_says_that_it_takes_the_rest() -> None:
    text = told(after(rich(), "Annex: repayment schedule"))
    assert text.endswith("the last line takes the rest: its principal is 508,282.36 yuan.")


def test_credit_risk_is_on_pages_of_its_own_with_its_inputs_and_workings() -> None:
    blocks = list(rich().blocks)
    at = blocks.index(Heading(next(
        b.text for b in blocks if isinstance(b, Heading) and b.text.leading.startswith("For the")
    )))  # fmt: skip
    assert blocks[at - 1] == NewPage(always=True)
    open_steps, own_steps = (b for b in blocks if isinstance(b, Workings))
    assert blocks.index(open_steps) < at < blocks.index(own_steps)
    assert own_steps.first == len(open_steps.steps) + 1
    assert all(step.key.startswith("credit.") for step in own_steps.steps)
    before = Document(**{**_fields(rich()), "blocks": tuple(blocks[:at])})
    words = set(printed_texts(before))
    assert not {"Funds transfer price", "Hurdle rate", "RAROC", "Probability of default"} & words
    assert "not the risk-weighted assets" in lines(rich())["Relief by carbon as collateral"]


def _fields(found: Document) -> dict[str, Any]:
    return {name: getattr(found, name) for name in Document.__dataclass_fields__}


def _figures(loan: dict[str, Any]) -> list[str]:
    sizing, coverage = loan["sizing"], loan["coverage"]
    amounts = [bound["amount"] for bound in sizing["bounds"]]
    amounts += [line.lendable_yuan for line in coverage["collaterals"]]
    amounts += [line["payment"] for line in loan["schedule"]]
    amounts += [year["principal_yuan"] for year in coverage["years"]]
    amounts += [stress["value_yuan"] for stress in loan["stress"]]
    amounts += [loan["credit"].ecl_yuan, loan["life"]["now"]["owed_yuan"]]
    return [f"{float(amount):,.2f}" for amount in amounts if amount is not None]


@pytest.mark.parametrize("language", ["zh", "en", "both"])
def test_paper_and_json_have_the_same_figures_of_the_loan(language: str) -> None:
    results = rich_case()[1]
    assert results.loan is not None
    expected = _figures(loan_json(results.loan, results.notices, EN))
    printed = set(printed_texts(rich(language)))
    assert [figure for figure in expected if figure not in printed] == []
    assert len(expected) > 75
