"""The whole of a pledge loan, put together from its parts."""

from dataclasses import replace
from decimal import Decimal

from app.finance.case.case import Case
from app.finance.case.lending.catalogue import NO_CATALOGUE, GreenCatalogue
from app.finance.explain import Step, Term
from app.finance.lending.bounds import find_bounds
from app.finance.lending.cash import cash_by_period
from app.finance.lending.collateral import secure
from app.finance.lending.cover import find_cover
from app.finance.lending.credit import find_credit
from app.finance.lending.effective_rate import effective_rate
from app.finance.lending.green import find_green
from app.finance.lending.life import find_life
from app.finance.lending.parts import LoanParts
from app.finance.lending.path import value_path
from app.finance.lending.registration import find_registration
from app.finance.lending.results import LoanResult
from app.finance.lending.schedule import build_schedule
from app.finance.lending.schedule_working import schedule_steps
from app.finance.lending.stress import find_stress
from app.finance.money import ZERO, round_to_fen
from app.finance.sink.credits import CarbonResult
from app.finance.text import N_
from app.finance.valuation.results import ValueResult


def loan_to_value(amount: Decimal, value: Decimal) -> float | None:
    """Return amount over value; None when the value is zero or negative."""
    return float(amount / value) if value > 0 else None


def _ratio_step(key: str, label: str, amount: Decimal, value_label: str, value: Decimal) -> Step:
    return Step(
        key,
        label,
        "LTV = L / V",
        (
            Term("L", N_("Amount asked"), amount, "yuan"),
            Term("V", value_label, value, "yuan"),
        ),
        loan_to_value(amount, value),
        "share",
        N_("loan over value on the valuation date"),
        "" if value > 0 else N_("The value is not positive, so there is no ratio."),
    )


def _ratio_steps(amount: Decimal, values: ValueResult) -> tuple[Step, ...]:
    return (
        _ratio_step("loan.to_gross", N_("Loan over gross value"), amount, N_("Gross value"),
                    values.gross_yuan),
        _ratio_step("loan.to_net", N_("Loan over net value"), amount, N_("Net value"),
                    values.net_yuan),
        _ratio_step("loan.to_liquidation", N_("Loan over liquidation value"), amount,
                    N_("Liquidation value"), values.liquidation_yuan),
        _ratio_step("loan.to_one_year", N_("Loan over one year's carbon"), amount,
                    N_("Value of one year's carbon"), values.one_year_yuan),
    )  # fmt: skip


def compute_loan(
    case: Case,
    carbon: CarbonResult,
    values: ValueResult,
    catalogue: GreenCatalogue = NO_CATALOGUE,
) -> LoanResult:
    """Size, schedule, price and stress the amount asked for; follow it to its release.

    Raises:
        DomainError: inputs that do not fit each other, for example a payment day in a year whose
            calendar is not known.
    """
    loan = case.loan
    assert loan is not None  # noqa: S101 - called for cases with a loan only
    amount = round_to_fen(loan.amount_yuan)
    schedule = build_schedule(loan, cash=cash_by_period(case, values))
    rate = effective_rate(schedule, loan)
    parts = LoanParts(
        case,
        carbon,
        values,
        schedule,
        secure(case, values),
        effective=rate,
        catalogue=catalogue,
    )
    cover = find_cover(parts)
    path = value_path(parts)
    parts = replace(parts, cover=cover, path=path)
    registration = find_registration(parts)
    parts = replace(parts, registration=registration)
    parts = replace(parts, life=find_life(parts))
    credit = find_credit(parts)
    bounds, sizing_steps = find_bounds(parts)
    supported = min(bound.amount_yuan for bound in bounds if bound.amount_yuan is not None)
    return LoanResult(
        amount_yuan=amount,
        basis_value_yuan=values.by_basis(loan.valuation_basis),
        bounds=bounds,
        supported_yuan=supported,
        uncovered_yuan=max(amount - supported, ZERO),
        loan_to_gross=loan_to_value(amount, values.gross_yuan),
        loan_to_net=loan_to_value(amount, values.net_yuan),
        loan_to_liquidation=loan_to_value(amount, values.liquidation_yuan),
        loan_to_one_year=loan_to_value(amount, values.one_year_yuan),
        plan=schedule,
        effective=rate,
        security=parts.security,
        cover=cover,
        path=path,
        stress=find_stress(parts),
        credit=credit,
        registration=registration,
        life=parts.life,
        green=find_green(parts),
        working=(
            *sizing_steps,
            *_ratio_steps(amount, values),
            *schedule_steps(loan, schedule, rate),
            *(() if parts.life is None else parts.life.working),
            *(() if credit is None else credit.working),
        ),
    )
