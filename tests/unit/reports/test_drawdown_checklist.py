"""The drawdown checklist: every condition with its state, and whether the loan may be drawn."""

from functools import cache
from typing import Any

import pytest

from app.finance.case.lending.agreement import ConditionDue
from app.finance.lending.checklist import CONDITIONS
from app.finance.lending.drawdown import STAGES, find_drawdown
from app.reports.document import Document, Grid, Heading
from app.reports.drawdown_checklist import build_drawdown_checklist
from app.reports.drawdown_facts import BOX, STAGE_NAMES
from tests.unit.reports.loan_documents import loan_document, sheet_of
from tests.unit.reports.loan_paper import facts_of, flags_of, hero_of, rows_of, signers
from tests.unit.reports.read_document import part, told

CONDITION = {"due": "drawdown", "english": "Board resolution", "chinese": "董事会决议"}


def agreed(*conditions: dict[str, Any], **terms: Any) -> dict[str, Any]:
    """The registered loan, its cash sufficient, with conditions of an agreement."""
    found = loan_document("registration", **terms)
    found["loan"]["agreement"] = {"conditions": list(conditions)}
    found["loan"]["other_cash"] = [
        {"first_year": 2025, "last_year": 2027, "amount_yuan_yr": 400_000, "name": "sales"}
    ]
    return found


@cache
def plain() -> Document:
    return build_drawdown_checklist(sheet_of(agreed()))


def listed(document: dict[str, Any], language: str = "en") -> Document:
    return build_drawdown_checklist(sheet_of(document, language))


def states(found: Document) -> dict[str, str]:
    """States of the conditions by their names, of all stages."""
    rows: dict[str, str] = {}
    for title in STAGE_NAMES.values():
        if any(isinstance(b, Heading) and b.text.leading == title for b in found.blocks):
            rows |= {row[1]: row[2] for row in rows_of(part(found, title))}
    return rows


def test_every_condition_of_the_checklist_but_the_cancellation_has_a_stage() -> None:
    staged = [code for codes in STAGES.values() for code in codes]
    assert len(staged) == len(set(staged))
    assert set(CONDITIONS) - set(staged) == {"cancellation"}


def test_a_loan_with_nothing_open_may_be_drawn() -> None:
    assert hero_of(plain()).value.leading == "May be drawn"
    assert set(states(plain()).values()) == {"met"}
    titles = [b.text.leading for b in plain().blocks if isinstance(b, Heading)]
    assert "What is missing" not in titles


def test_a_red_flag_fails_a_condition_and_stands_first_among_what_is_missing() -> None:
    found = listed(agreed(CONDITION, specified_account=None))
    hero = hero_of(found)
    assert hero.value.leading == "May not be drawn"
    assert "1 failed, 1 not" not in hero.note.leading
    missing = rows_of(part(found, "What is missing"))
    assert [row[1:] for row in missing] == [
        ["Specified account named", "failed", "before drawdown"],
        ["Board resolution", "not met yet", "before drawdown"],
    ]
    assert "No specified account" in " ".join(flags_of(found, "Red flags and warnings"))


@pytest.mark.parametrize(
    ("met_on", "state"),
    [
        (None, "not met yet"),
        ("2025-06-30", "met"),
        ("2025-07-01", "met"),
        ("2025-07-02", "failed"),
    ],
)
def test_a_condition_must_be_met_by_the_day_of_drawdown(met_on: str | None, state: str) -> None:
    condition = CONDITION if met_on is None else {**CONDITION, "met_on": met_on}
    assert states(listed(agreed(condition)))["Board resolution"] == state


def test_a_condition_after_drawdown_is_listed_and_stops_nothing() -> None:
    later = {**CONDITION, "due": "after"}
    found = listed(agreed(later))
    assert states(found)["Board resolution"] == "not met yet"
    assert hero_of(found).value.leading == "May be drawn"
    met = listed(agreed({**later, "met_on": "2025-12-01"}))
    assert states(met)["Board resolution"] == "met"


def test_a_condition_says_on_which_day_and_paper_it_rests() -> None:
    met = {**CONDITION, "met_on": "2025-06-20", "proof": "resolution 7"}
    rows = rows_of(part(listed(agreed(met)), "Conditions before drawdown"))
    assert rows[-1][3] == "met on 2025-06-20; resolution 7"
    late = {**CONDITION, "met_on": "2025-07-09"}
    rows = rows_of(part(listed(agreed(late)), "Conditions before drawdown"))
    assert rows[-1][3] == "met only on 2025-07-09, after the day of drawdown"
    unmet = listed(agreed(specified_account=None))
    account = rows_of(part(unmet, "Conditions before drawdown"))[0]
    assert account[1:4] == ["Specified account named", "failed", "not entered"]


def test_each_condition_has_a_box_for_who_handles_and_for_who_reviews() -> None:
    found = plain()
    tables = [b for b in found.blocks if isinstance(b, Grid) and len(b.columns) == 6]
    assert tables
    assert all(table.roomy for table in tables)
    assert all(row[place].text.leading == BOX for t in tables for row in t.rows for place in (4, 5))
    assert [role for role, _ in signers(found)] == ["Handled by", "Reviewed by", "Approved by"]


def test_conditions_are_numbered_through_and_the_missing_ones_keep_their_numbers() -> None:
    found = listed(agreed(CONDITION))
    numbers = [
        row[0]
        for title in ("Conditions before signing", "Conditions before drawdown")
        for row in rows_of(part(found, title))
    ]
    assert numbers == [str(number) for number in range(1, len(numbers) + 1)]
    assert rows_of(part(found, "What is missing"))[0][0] == numbers[-1]


def test_what_is_not_asked_of_the_loan_is_named_below() -> None:
    assert "Not asked of this loan: " in told(list(plain().blocks))


def test_the_first_drawing_stands_in_figures_and_capitals() -> None:
    facts = facts_of(listed(loan_document("tranches")))
    first = loan_document("tranches")["loan"]["tranches"][0]
    assert facts["Drawn first"] == f"{first['amount_yuan']:,.2f}"
    assert facts["First drawn on"] == first["day"]
    assert facts["Drawn first, in capitals"].startswith("人民币")


def test_a_clause_stands_in_the_language_of_the_paper_and_in_both() -> None:
    said = listed(agreed(CONDITION), "both")
    grids = [b for b in said.blocks if isinstance(b, Grid)]
    texts = {cell.text.lines for grid in grids for row in grid.rows for cell in row}
    assert ("董事会决议", "Board resolution") in texts


def test_a_loan_without_an_agreement_has_the_checklist_alone() -> None:
    sheet = sheet_of(loan_document("registration", agreement=None))
    terms, loan = sheet.case.loan, sheet.results.loan
    assert terms is not None
    assert loan is not None
    found = find_drawdown(terms, loan.checklist)
    assert all(point.position is None for point in found.points)
    assert [point.stage for point in found.points][-1] is ConditionDue.AFTER
