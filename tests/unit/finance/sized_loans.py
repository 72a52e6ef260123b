"""Loans that are sized in the tests: a right of many years, and its parts without the rest."""

from dataclasses import replace
from typing import Any

from app.finance.case.case import Case
from app.finance.engine import last_plan_year
from app.finance.lending.bounds import find_bounds
from app.finance.lending.cash import cash_by_period
from app.finance.lending.collateral import secure
from app.finance.lending.cover import find_cover
from app.finance.lending.parts import LoanParts
from app.finance.lending.path import value_path
from app.finance.lending.results import Bound
from app.finance.lending.schedule import build_schedule
from app.finance.sink.credits import CarbonResult, compute_carbon
from app.finance.sink.tables import SinkTables
from app.finance.valuation.results import ValueResult
from app.finance.valuation.values import compute_values
from app.services.case_file import validate


def long_right(document: dict[str, Any], years: int = 12, **loan: Any) -> dict[str, Any]:
    """Make the right of the document earn 12,504.14 t in each of some years, the loan be 5 of them.

    Yearly flows at the end of each year, so that they fall on anniversaries of the drawdown.
    """
    last = 2025 + years
    document["project"]["stated"][0]["last_year"] = last
    document["project"]["sea_area_right_end"] = f"{last}-12-31"
    document["appraisal"] |= {"horizon_years": years, "timing": "end_year"}
    document["loan"] |= {
        "amount_yuan": 3_000_000,
        "term_months": 60,
        "valuation_basis": "net",
        "repayment": "equal_principal",
        "payment_frequency": "quarterly",
    } | loan
    return document


def valued(document: dict[str, Any]) -> tuple[Case, CarbonResult, ValueResult]:
    case = validate(document).case
    assert case.appraisal is not None
    tables = SinkTables({})
    carbon = compute_carbon(case.project, last_year=last_plan_year(case), tables=tables)
    return case, carbon, compute_values(case.project, case.appraisal, carbon)


def parts_of(document: dict[str, Any]) -> LoanParts:
    """Compute what a loan is sized from: schedule, security, cover and path."""
    case, carbon, values = valued(document)
    assert case.loan is not None
    schedule = build_schedule(case.loan, cash=cash_by_period(case, values))
    parts = LoanParts(case, carbon, values, schedule, secure(case, values))
    return replace(parts, cover=find_cover(parts), path=value_path(parts))


def bounds_of(document: dict[str, Any]) -> dict[str, Bound]:
    bounds, _steps = find_bounds(parts_of(document))
    return {bound.code: bound for bound in bounds}


def remedy(bound: Bound, code: str) -> float | None:
    return next(line.value for line in bound.remedies if line.code == code)
