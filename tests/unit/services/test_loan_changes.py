"""What changed between two versions of a loan: its inputs, tables included, and its figures."""

import copy
import json
from typing import Any

import pytest

from app.cli.change_command import changes_lines
from app.finance.engine import compute_case
from app.i18n import translator
from app.messages.loan_change_words import LOAN_FIGURES, loan_rows
from app.reference.tables import load_reference
from app.services.case_file import validate
from app.services.changes import ChangedInput, Changes, changes
from app.services.changes_json import changes_json
from app.services.figures import key_figures
from app.services.loan_changes import LoanFigures, moved_figures, saved_loan

REFERENCE = load_reference()


def moved(document: dict[str, Any], **terms: Any) -> dict[str, Any]:
    other = copy.deepcopy(document)
    other["loan"].update(terms)
    return other


def compared(one: dict[str, Any], other: dict[str, Any]) -> Changes:
    return changes(validate(one), validate(other), REFERENCE)


def entries(found: Changes) -> dict[str, ChangedInput]:
    return {entry.path: entry for entry in found.inputs}


def figures_of(document: dict[str, Any]) -> LoanFigures:
    file = validate(document)
    found = saved_loan(key_figures(file, compute_case(file.case, REFERENCE.tables)))
    assert found is not None
    return found


def test_terms_that_changed_are_listed_with_the_figures_they_moved(
    document: dict[str, Any],
) -> None:
    after = moved(document, annual_rate=0.042, term_months=24, pledge_ratio=0.4)
    found = compared(document, after)
    assert set(entries(found)) == {"loan.annual_rate", "loan.term_months", "loan.pledge_ratio"}
    assert (entries(found)["loan.term_months"].old, entries(found)["loan.term_months"].new) == (
        12,
        24,
    )
    assert (found.loan_before, found.loan_after) == (figures_of(document), figures_of(after))
    before, now = found.loan_before, found.loan_after
    assert before is not None
    assert now is not None
    assert before.maturity == "2026-03-31"
    assert now.maturity == "2027-03-31"
    assert now.supported_yuan < before.supported_yuan
    assert now.annual_compound > before.annual_compound
    assert found.steps == ()


def test_tables_and_sections_of_the_loan_are_compared(document: dict[str, Any]) -> None:
    before = moved(
        document,
        other_cash=[{"first_year": 2025, "last_year": 2026, "amount_yuan_yr": 4_000_000}],
        collaterals=[{"kind": "carbon_right"}],
    )
    after = moved(
        document,
        other_cash=[
            {"first_year": 2025, "last_year": 2026, "amount_yuan_yr": 5_000_000},
            {"first_year": 2027, "last_year": 2027, "amount_yuan_yr": 1_000_000},
        ],
        collaterals=[
            {"kind": "carbon_right"},
            {"kind": "equipment", "value_yuan": 3_000_000, "value_kind": "market"},
        ],
        credit={"pd": 0.02, "lgd": 0.4},
    )
    listed = entries(compared(before, after))
    assert listed["loan.other_cash"].lines == (1, 0, 1)
    assert listed["loan.collaterals"].lines == (1, 0, 0)
    assert (listed["loan.credit"].old, listed["loan.credit"].new) == (None, True)
    assert listed["loan.credit.pd"].new == 0.02


def test_a_change_of_the_value_moves_the_loan_that_is_sized_on_it(
    document: dict[str, Any],
) -> None:
    after = copy.deepcopy(document)
    after["appraisal"]["price_yuan_t"] = 80
    found = compared(document, after)
    assert found.loan_before is not None
    assert found.loan_after is not None
    ratio = found.loan_after.supported_yuan / found.loan_before.supported_yuan
    assert ratio == pytest.approx(0.8)
    assert found.loan_after.coverage == pytest.approx(0.8 * (found.loan_before.coverage or 0))


def test_a_loan_that_came_has_figures_on_one_side(document: dict[str, Any]) -> None:
    bare = copy.deepcopy(document)
    del bare["loan"]
    found = compared(bare, document)
    assert found.loan_before is None
    assert found.loan_after == figures_of(document)
    row = {label: (was, now) for label, _unit, was, now in loan_rows(None, found.loan_after)}
    assert row["Amount asked"] == ("–", "20,000,000.00")
    assert row["Maturity"] == ("–", "2026-03-31")


def test_a_loan_that_cannot_be_computed_says_why_and_leaves_the_value(
    document: dict[str, Any],
) -> None:
    never = moved(document, business_days="following", drawdown_date="2190-01-31")
    found = compared(document, never)
    assert found.loan_after is None
    assert found.loan_problem is not None
    assert found.loan_problem.code == "calendar_year_unknown"
    assert found.problem is None
    assert found.before == found.after


def test_figures_saved_with_a_version_go_before_those_computed_now(
    document: dict[str, Any],
) -> None:
    file = validate(document)
    figures = dict(key_figures(file, compute_case(file.case, REFERENCE.tables)))
    signed = {**figures, "supported_yuan": 1.0}
    found = changes(file, file, REFERENCE, saved=(signed, None))
    assert found.loan_before is not None
    assert found.loan_before.supported_yuan == 1.0
    assert found.loan_after == figures_of(document)
    said = "\n".join(changes_lines(found, translator("en")))
    assert "No input has changed: the figures of the loan moved" in said


def test_the_loan_is_in_words_and_in_json(document: dict[str, Any]) -> None:
    after = moved(document, term_months=24)
    before, now = validate(document), validate(after)
    found = changes(before, now, REFERENCE)
    said = "\n".join(changes_lines(found, translator("en")))
    assert "Annualised rate, fees included (compound)" in said
    assert "2027-03-31" in said
    shown = json.loads(
        json.dumps(changes_json(before, now, found, REFERENCE, translator("en")), allow_nan=False)
    )
    assert shown["before"]["loan"]["maturity"] == "2026-03-31"
    assert set(shown["after"]["loan"]) == {name for name, _label, _unit in LOAN_FIGURES}
    assert shown["loan_problem"] is None


def test_figures_move_only_beyond_what_another_machine_makes_of_them() -> None:
    saved: dict[str, str | float | None] = {
        "supported_yuan": 625207.0,
        "maturity": "2026-03-31",
        "red_flags": 2,
        "min_dscr": None,
    }
    assert moved_figures(saved, {**saved, "supported_yuan": 625207.0 * (1 + 1e-13)}) == ()
    assert moved_figures(saved, {**saved, "red_flags": 3, "new": 1.0}) == ()
    changed = {**saved, "supported_yuan": 625207.01, "maturity": "2026-04-01", "min_dscr": 1.1}
    assert moved_figures(saved, changed) == ("maturity", "min_dscr", "supported_yuan")
