"""The terms of the agreement: what is refused, who pledges, what the program proposes."""

import json
from typing import Any

import pytest
from click.testing import CliRunner

from app.bootstrap import BookMaintenance, open_workbench
from app.cli.book_commands import Doors
from app.cli.commands import build
from app.finance.case.lending.agreement import CovenantLine
from app.finance.case.parties import guarantors_of, pledgor_of
from app.i18n import translator
from app.reports.agreement_facts import clause_cell
from app.reports.document import Words
from app.services.case_file import CaseRefused, validate
from app.services.clause_proposals import TABLES, load_clauses, with_clauses
from app.services.documents import value_at
from tests.unit.reports.loan_documents import loan_document

EN, ZH = translator("en"), translator("zh")


def refused(**agreement: Any) -> dict[str, str]:
    """The codes of what is refused in a loan drawn on 2025-07-01, by path."""
    document = loan_document("registration", agreement=agreement)
    with pytest.raises(CaseRefused) as caught:
        validate(document)
    return {problem.path: problem.code for problem in caught.value.problems}


@pytest.mark.parametrize("table", ["covenants", "conditions", "default_events"])
def test_a_clause_needs_a_text_in_one_language(table: str) -> None:
    path = f"loan.agreement.{table}.0.chinese"
    assert refused(**{table: [{"chinese": "  "}]}) == {path: "clause_empty"}


def test_a_clause_that_says_the_same_as_one_before_is_refused() -> None:
    lines = [{"english": "No other pledge."}, {"english": " No other pledge. "}]
    path = "loan.agreement.covenants.1.chinese"
    assert refused(covenants=lines) == {path: "clause_twice"}


def test_the_term_sheet_is_not_valid_before_the_valuation_date() -> None:
    assert refused(valid_until="2024-12-31") == {"loan.agreement.valid_until": "before_start"}


def test_the_loan_stays_available_up_to_its_last_drawdown() -> None:
    path = "loan.agreement.available_until"
    assert refused(available_until="2025-06-30") == {path: "before_last_drawdown"}


def test_the_loan_is_not_available_at_its_maturity() -> None:
    path = "loan.agreement.available_until"
    assert refused(available_until="2026-07-01") == {path: "not_before_maturity"}


def test_nobody_can_accept_a_term_sheet_when_the_loan_is_no_longer_available() -> None:
    found = refused(valid_until="2025-10-01", available_until="2025-09-30")
    assert found == {"loan.agreement.valid_until": "valid_beyond_availability"}


def test_agreement_and_registration_cannot_name_two_pledgors() -> None:
    document = loan_document("registration", agreement={"pledgor": "A"})
    document["loan"]["registration"]["pledgor"] = "B"
    with pytest.raises(CaseRefused) as caught:
        validate(document)
    (problem,) = caught.value.problems
    assert (problem.path, problem.code) == ("loan.agreement.pledgor", "another_pledgor")


def test_the_pledgor_is_that_of_the_agreement_else_the_holder_else_the_borrower() -> None:
    def found(holder: str, **agreement: str) -> str:
        document = loan_document("registration", agreement=agreement)
        document["project"]["holder"] = holder
        return pledgor_of(validate(document).case)

    assert found("Holder", pledgor="Pledgor") == "Pledgor"
    assert found("Holder") == "Holder"
    assert found("") == "Example Marsh Company"


def test_the_guarantor_of_the_agreement_goes_before_those_of_the_collaterals() -> None:
    def found(**agreement: str) -> str:
        case = validate(loan_document("collaterals", agreement=agreement)).case
        assert case.loan is not None
        return guarantors_of(case.loan)

    assert found(guarantor="Guarantor A") == "Guarantor A"
    assert found() == "guarantee company"


def test_a_clause_is_said_in_its_own_language_else_in_the_other() -> None:
    both = CovenantLine(chinese="不得转让", english="No transfer")
    assert Words("zh").each(clause_cell(both).said).lines == ("不得转让",)
    assert Words("en").each(clause_cell(both).said).lines == ("No transfer",)
    assert Words("both").each(clause_cell(both).said).lines == ("不得转让", "No transfer")
    english = clause_cell(CovenantLine(english="No transfer"))
    assert Words("both").each(english.said).lines == ("No transfer",)


def test_every_shipped_clause_has_two_languages_and_says_where_it_comes_from() -> None:
    found = load_clauses()
    assert len({clause.key for clause in found}) == len(found)
    assert {clause.table for clause in found} == set(TABLES)
    for clause in found:
        assert clause.text("zh")
        assert clause.text("en").isascii()
        assert clause.source
        assert clause.source_zh
        assert clause.verified in ("yes", "recalled", "house")
        assert ("House proposal" in clause.source) is (clause.verified == "house")


def test_all_shipped_clauses_together_make_a_case_that_holds() -> None:
    document = with_clauses(
        loan_document("registration", agreement=None), [c.key for c in load_clauses()], EN
    )
    agreement = validate(document).case.loan.agreement  # type: ignore[union-attr]
    assert agreement is not None
    counts = [len(getattr(agreement, table)) for table in TABLES]
    assert sum(counts) == len(load_clauses())


def test_clauses_taken_stand_behind_those_entered_marked_as_assumed() -> None:
    document = loan_document("registration")
    changed = with_clauses(document, ["negative-pledge", "accounts"], ZH)
    lines = value_at(changed, "loan.agreement.covenants")
    entered = value_at(document, "loan.agreement.covenants")
    assert lines[:2] == entered
    assert len(lines) == 3, "the accounts are there already"
    entry = changed["provenance"]["loan.agreement.covenants"]
    assert entry == {"kind": "assumed", "source": "本软件建议条款，非规定。"}
    assert with_clauses(changed, ["negative-pledge"], ZH) == changed


def test_a_clause_nobody_knows_is_refused() -> None:
    with pytest.raises(KeyError):
        with_clauses(loan_document("registration"), ["no-such-clause"], EN)


def test_the_command_lists_the_clauses_and_their_sources() -> None:
    group = build(Doors(open_workbench, BookMaintenance, lambda: 0))
    shown = CliRunner().invoke(group, ["clauses", "default_events"])
    assert shown.exit_code == 0
    assert "diverted-use" in shown.output
    assert "银发〔2003〕251号" in shown.output
    assert "negative-pledge" not in shown.output
    found = json.loads(CliRunner().invoke(group, ["clauses", "--json"]).stdout)
    assert {entry["table"] for entry in found} == {f"loan.agreement.{table}" for table in TABLES}
