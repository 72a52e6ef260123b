"""Rules between the inputs of a loan: each refuses at its path with its code."""

from typing import Any

import pytest

from app.finance.case.problems import Problem
from app.i18n import translator
from app.messages import expected_text, problem_text
from app.services.case_file import CaseRefused, validate
from tests.unit.finance.loan_documents import (
    LIFE_CASES,
    MONEY_CASES,
    TABLE_CASES,
    TERM_CASES,
    Change,
    custom,
    history,
    prepaid,
    tranches,
)

CASES = [*TERM_CASES, *TABLE_CASES, *LIFE_CASES]


def problems(document: dict[str, Any], change: Change) -> list[Problem]:
    """Return what is refused when these inputs of the loan are changed; None takes one away."""
    loan = {**document["loan"], **change}
    loan = {name: value for name, value in loan.items() if value is not None}
    with pytest.raises(CaseRefused) as refused:
        validate({**document, "loan": loan})
    return refused.value.problems


@pytest.mark.parametrize(("change", "path", "code"), CASES, ids=[f"{p}-{c}" for _, p, c in CASES])
def test_a_loan_that_does_not_fit_is_refused_at_its_field(
    change: Change, path: str, code: str, document: dict[str, Any]
) -> None:
    found = problems(document, change)
    assert [(problem.path, problem.code) for problem in found] == [(f"loan.{path}", code)]
    for language in ("en", "zh"):
        text = problem_text(found[0], translator(language))
        assert text.startswith(f"loan.{path}")
        assert "{" not in text
        assert expected_text(found[0], translator(language))


@pytest.mark.parametrize(("change", "path"), MONEY_CASES, ids=[path for _, path in MONEY_CASES])
def test_no_amount_of_a_loan_has_a_third_decimal(
    change: Change, path: str, document: dict[str, Any]
) -> None:
    found = problems(document, change)
    assert [(problem.path, problem.code) for problem in found] == [(f"loan.{path}", "whole_fen")]


def test_principal_by_day_has_whole_fen_as_well(document: dict[str, Any]) -> None:
    found = problems(document, custom(("2025-06-01", 1000.005), ("2025-07-01", 19998999.995)))
    assert {(problem.path, problem.code) for problem in found} == {
        ("loan.principal_table.0.principal_yuan", "whole_fen"),
        ("loan.principal_table.1.principal_yuan", "whole_fen"),
    }


def test_a_concluded_value_needs_a_conclusion(document: dict[str, Any]) -> None:
    found = problems(document, {"valuation_basis": "concluded"})
    assert [(problem.path, problem.code) for problem in found] == [
        ("appraisal.conclusion", "needed")
    ]


def test_a_loan_needs_an_appraisal(document: dict[str, Any]) -> None:
    del document["appraisal"]
    found = problems(document, {})
    assert ("appraisal", "needed") in [(problem.path, problem.code) for problem in found]


def test_every_problem_of_a_loan_is_named_at_once(document: dict[str, Any]) -> None:
    change = {**tranches(("2025-04-01", 1e7)), **prepaid(("2025-03-01", 1e6)), "grace_months": 60}
    assert [problem.code for problem in problems(document, change)] == [
        "grace_too_long",
        "first_tranche_day",
        "not_after_drawdown",
    ]


FITTING: list[Change] = [
    {"maturity_date": "2026-03-31"},
    {"maturity_date": "2026-03-31", "term_months": None},
    {"term_months": 360},
    {"repayment": "seasonal", "harvest_months": "6、 11 "},
    {"repayment": "bullet", "grace_months": 24},
    {"harvest_months": "June"},
    custom(("2025-06-01", 1e7), ("2026-03-31", 1e7)),
    custom(("2025-06-01", 1e7), ("2026-03-31", 1e7), term_months=12),
    tranches(("2025-03-31", 1e7, "2025-04-30"), ("2025-05-01", 1e7)),
    {**prepaid(("2026-06-01", 1e6)), "extension": {"months": 6}},
    {"payment_days": "first_date", "first_payment_date": "2026-03-31"},
    history(("2025-04-01", "initial"), ("2025-04-01", "amendment"), ("2026-04-01", "cancellation")),
    {"collaterals": [{"kind": "carbon_right"}, {"kind": "guarantee"}]},
    {"lpr": [{"day": "2026-01-01"}]},
]


@pytest.mark.parametrize("change", FITTING)
def test_a_loan_that_fits_is_taken(change: Change, document: dict[str, Any]) -> None:
    loan = {**document["loan"], **change}
    validate({**document, "loan": {k: v for k, v in loan.items() if v is not None}})


def test_a_registration_beside_a_cancelled_one_runs_on(document: dict[str, Any]) -> None:
    lines = [
        {"day": "2025-04-01", "kind": "initial", "number": "1", "months": 36},
        {"day": "2025-05-01", "kind": "initial", "number": "2", "months": 36},
        {"day": "2026-04-01", "kind": "cancellation", "number": "1"},
        {"day": "2026-05-01", "kind": "extension", "number": "2", "months": 12},
    ]
    record = {"category": "receivable", "history": lines}
    validate({**document, "loan": {**document["loan"], "registration": record}})
    lines.append({"day": "2026-06-01", "kind": "amendment", "number": "1"})
    found = problems(document, {"registration": record})
    assert [(problem.path, problem.code) for problem in found] == [
        ("loan.registration.history.4.kind", "after_cancellation")
    ]
