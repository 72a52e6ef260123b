"""The loan part of the results by stable keys; `results_json` turns it into plain JSON values.

Money that is booked has two places, estimates are floating point in full; rates, shares and
ratios are fractions. Texts are in the translator's language, keys and codes never change.
"""

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from app.finance.lending.life_results import (
    ChecklistItem,
    LifeResult,
    RegistrationResult,
)
from app.finance.lending.results import Bound, LoanResult, PathPoint, PathResult, Remedy
from app.finance.lending.risk_results import HeatTable, StressCase
from app.finance.lending.schedule_results import Instalment
from app.finance.money import FEN
from app.finance.notices import Notice, Severity
from app.i18n import Translator
from app.messages import notice_text
from app.messages.loan_notices import CHECKLIST, LOAN_NOTICES
from app.reports.due_facts import check_state, due_cell
from app.reports.loan_facts import remedy_cell
from app.reports.stress_facts import stress_name

_LINES = ("warning", "margin_call", "enforcement")
"""Lines of coverage, in the order of `PathResult.lines` and `trigger_prices`."""

_FIGURES = (
    "amount_yuan",
    "basis_value_yuan",
    "supported_yuan",
    "uncovered_yuan",
    "loan_to_gross",
    "loan_to_net",
    "loan_to_liquidation",
    "loan_to_one_year",
    "maturity",
    "first_payment_yuan",
    "last_payment_yuan",
    "total_interest_yuan",
    "total_payment_yuan",
)


def loan_json(loan: LoanResult, notices: Sequence[Notice], tr: Translator) -> dict[str, Any]:
    """Return what was found for a loan, the annualised rate first."""
    return {
        "annualised_rate": _rate(loan),
        **{name: getattr(loan, name) for name in _FIGURES},
        "total_fees_yuan": loan.plan.total_fees_yuan,
        "upfront_fee_yuan": loan.plan.upfront_fee * FEN,
        "sizing": _sizing(loan, tr),
        "schedule": [_line(line) for line in loan.schedule],
        "coverage": _coverage(loan),
        "stress": [_stress(found, tr) for found in loan.stress.cases],
        "heat": None if loan.stress.heat is None else _heat(loan.stress.heat),
        "credit": loan.credit,
        "registration": None if loan.registration is None else _registration(loan.registration),
        "life": None if loan.life is None else _life(loan.life, tr),
        "green": loan.green,
        "checklist": [_condition(item, tr) for item in loan.checklist],
        "flags": [_flag(notice, tr) for notice in notices if _is_on_loan(notice)],
    }


def _all_of(record: Any, *, without: tuple[str, ...] = ()) -> dict[str, Any]:
    """Return the fields of a record by name."""
    names = (entry.name for entry in fields(record))
    return {name: getattr(record, name) for name in names if name not in without}


def _rate(loan: LoanResult) -> dict[str, Any]:
    rate = loan.effective
    return {
        "compound": rate.annual_compound,
        "simple": rate.annual_simple,
        "monthly_irr": rate.monthly_irr,
        "basis": "days" if rate.dated else "months",
    }


def _remedy(remedy: Remedy, bound: Bound, tr: Translator) -> dict[str, Any]:
    return {
        "code": remedy.code,
        "value": remedy.value,
        "unit": remedy.unit,
        "text": remedy_cell(remedy, bound.code).said(tr),
    }


def _bound(bound: Bound, tr: Translator) -> dict[str, Any]:
    return {
        "code": bound.code,
        "label": tr(bound.label),
        "amount": bound.amount_yuan,
        "binding": bound.binding,
        "reason": bound.reason,
        "detail": bound.detail,
        "detail_unit": bound.detail_unit,
        "remedies": [_remedy(remedy, bound, tr) for remedy in bound.remedies],
    }


def _sizing(loan: LoanResult, tr: Translator) -> dict[str, Any]:
    binding = [bound.code for bound in loan.bounds if bound.binding]
    return {
        "asked": loan.amount_yuan,
        "supported": loan.supported_yuan,
        "uncovered": loan.uncovered_yuan,
        "binding": binding[0] if binding else None,
        "bounds": [_bound(bound, tr) for bound in loan.bounds],
    }


def _line(line: Instalment) -> dict[str, Any]:
    return {
        "number": line.number,
        "date": line.due,
        "start": line.start,
        "end": line.end,
        "days": line.days,
        "rate": line.rate,
        "opening": line.opening_yuan,
        "drawn": line.drawn_yuan,
        "interest": line.interest_yuan,
        "principal": line.principal_yuan,
        "fee": line.fee_yuan,
        "payment": line.payment_yuan,
        "closing": line.closing_yuan,
        "kind": line.kind,
    }


def _by_line(figures: Sequence[float | None]) -> dict[str, float | None] | None:
    return dict(zip(_LINES, figures, strict=True)) if figures else None


def _point(point: PathPoint) -> dict[str, Any]:
    return {
        "day": point.day,
        "before_payment": point.before_payment,
        "balance_yuan": point.balance_yuan,
        "right_yuan": point.right_yuan,
        "other_yuan": point.other_yuan,
        "ltv": point.loan_to_value,
        "coverage": point.coverage,
        "right_coverage": point.right_coverage,
        "trigger_prices": _by_line(point.trigger_prices),
    }


def _path(path: PathResult) -> dict[str, Any]:
    return {
        "basis": path.basis,
        "reason": path.reason,
        "max_ltv": path.max_loan_to_value,
        "max_on": path.max_on,
        "min_coverage": path.min_coverage,
        "uncovered_from": path.uncovered_from,
        "points": [_point(point) for point in path.points],
    }


def _coverage(loan: LoanResult) -> dict[str, Any]:
    security, cover = loan.security, loan.cover
    return {
        "collaterals": security.lines,
        **_all_of(security, without=("lines", "loan_to_value")),
        "ltv": security.loan_to_value,
        "min_dscr": cover.min_dscr,
        "average_dscr": cover.average_dscr,
        "llcr": cover.llcr,
        "plcr": cover.plcr,
        "shortfall_on": cover.shortfall_on,
        "years": [{**_all_of(year), "cash_yuan": year.cash_yuan} for year in cover.years],
        "lines": _by_line(loan.path.lines),
        "path": _path(loan.path),
    }


def _stress(found: StressCase, tr: Translator) -> dict[str, Any]:
    return {"label": stress_name(found).said(tr), **_all_of(found)}


def _heat(heat: HeatTable) -> dict[str, Any]:
    return _all_of(heat)


def _registration(found: RegistrationResult) -> dict[str, Any]:
    alarms = [{"days_before": days, "day": when} for days, when in found.alarms]
    return {**_all_of(found), "alarms": alarms}


def _life(life: LifeResult, tr: Translator) -> dict[str, Any]:
    def booked(line: Any) -> dict[str, Any]:
        return {**_all_of(line), "owed_yuan": line.owed_yuan}

    return {
        **_all_of(life, without=("working",)),
        "ledger": [booked(line) for line in life.ledger],
        "now": None if life.now is None else booked(life.now),
        "watch": [
            {**_all_of(point), "trigger_prices": _by_line(point.trigger_prices)}
            for point in life.watch
        ],
        "due": [{**_all_of(item), "text": due_cell(item).said(tr)} for item in life.due],
    }


def _condition(item: ChecklistItem, tr: Translator) -> dict[str, Any]:
    return {
        "code": item.code,
        "label": tr(CHECKLIST[item.code]),
        "state": check_state(item),
        "path": item.path,
        "fact": item.fact,
    }


def _is_on_loan(notice: Notice) -> bool:
    """Whether a notice counts for the loan: each red flag does, it stops any final print."""
    return (
        notice.severity is Severity.RED_FLAG
        or notice.path.startswith("loan")
        or notice.code in LOAN_NOTICES
    )


def _flag(notice: Notice, tr: Translator) -> dict[str, Any]:
    return {
        "code": notice.code,
        "severity": notice.severity,
        "path": notice.path,
        "text": notice_text(notice, tr),
    }
