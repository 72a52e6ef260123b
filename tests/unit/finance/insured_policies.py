"""Policies of heads and perils, for tests: a document with its quote."""

from typing import Any

from app.finance.case.case import Case
from app.finance.case.problems import Problem
from app.finance.engine import compute_case
from app.finance.insurance.results import InsuranceResult
from app.finance.sink.tables import SinkTables
from app.i18n import Translator
from app.messages import notice_text, problem_text
from app.services.case_file import CaseRefused, validate

ENGLISH = Translator("en")

HEAD: dict[str, Any] = {
    "name": "harvest",
    "kind": "harvest_value",
    "quantity": 1000,
    "quantity_unit": "mu",
    "unit_value_yuan": 1000,
}
PERIL: dict[str, Any] = {
    "peril": "typhoon_wind",
    "events_per_year": 0.5,
    "mean_damage": 0.3,
    "damage_cv": 1.2,
    "source": "assumed for the tests",
}
PROJECT: dict[str, Any] = {
    "name": "Insured site",
    "ecosystem": "seagrass",
    "quantity_method": "stated",
    "uncertainty_discount": 0,
    "leakage_share": 0,
    "buffer_share": 0,
    "stated_unit": "tCO2e",
    "stated": [{"first_year": 2026, "last_year": 2030, "tonnes_per_year": 100}],
}


def policy(
    *,
    heads: list[dict[str, Any]] | None = None,
    perils: list[dict[str, Any]] | None = None,
    project: dict[str, Any] | None = None,
    **changes: Any,
) -> dict[str, Any]:
    """Return the document of a policy without loadings; heads and perils add to the usual ones."""
    return {
        "schema_version": 2,
        "project": {**PROJECT, **(project or {})},
        "insurance": {
            "period_start": "2026-01-01",
            "period_months": 12,
            "risk_load_factor": 0,
            "fixed_expense_yuan": 0,
            "variable_expense_share": 0,
            "commission_share": 0,
            "profit_share": 0,
            "tax_share": 0,
            "heads": [{**HEAD, **head} for head in heads or [{}]],
            "perils": [{**PERIL, **peril} for peril in perils or [{}]],
            **changes,
        },
    }


def case_of(document: dict[str, Any]) -> Case:
    """Return the case of a document."""
    return validate(document).case


def quoted(document: dict[str, Any]) -> InsuranceResult:
    """Return the quote of a document."""
    result = compute_case(case_of(document), SinkTables({})).insurance
    assert result is not None
    return result


def quote(**changes: Any) -> InsuranceResult:
    """Return the quote of the usual policy with changes."""
    return quoted(policy(**changes))


def flags(**changes: Any) -> set[str]:
    """Return the codes of warnings and red flags of the usual policy; each has its words."""
    notices = compute_case(case_of(policy(**changes)), SinkTables({})).notices
    assert all(notice_text(notice, ENGLISH) for notice in notices)
    return {notice.code for notice in notices}


def refusals(document: dict[str, Any]) -> dict[str, str]:
    """Return the codes of refused inputs by path, each with its words; {} for one that is taken."""
    problems: list[Problem] = []
    try:
        validate(document)
    except CaseRefused as refused:
        problems = refused.problems
    assert all(problem_text(problem, ENGLISH) for problem in problems)
    return {problem.path: problem.code for problem in problems}
