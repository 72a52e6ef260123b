"""Bounds by the cash that pays the debt: DSCR, LLCR, PLCR, DSCR under stress, life income."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from app.finance.case.valuation.scenarios import ScenarioKind, ScenarioLine
from app.finance.explain import Term
from app.finance.lending.bound_parts import NOT_ENTERED, Found, Sizing, bound_step, in_fen
from app.finance.lending.cash import Cash, CashByPrice, find_cash
from app.finance.lending.debt import DebtYears
from app.finance.lending.price_roots import reaching_factor
from app.finance.lending.results import Remedy
from app.finance.money import ZERO
from app.finance.sink.pools import Numbers
from app.finance.text import N_
from app.finance.valuation.plan_moves import basis_of
from app.finance.valuation.results import ValueResult
from app.finance.valuation.scenarios import scenario_plan

Excess = Callable[[Numbers], Numbers]
"""By how much cash is more than what is needed, by factors on all prices, shape (m,)."""

_SHAPE = N_("debt service is in proportion to the amount, on its own way of repayment")
_NO_CASH = N_("In some year no cash is there for the debt service.")
_NO_CASH_AT_ALL = N_("The present value of the cash is not positive.")


def _found(
    sizing: Sizing,
    code: str,
    ratio: float | None,
    least: float,
    *,
    labels: tuple[str, str],
    symbols: tuple[str, str],
    source: str,
    terms: tuple[Term, ...] = (),
    reason: str,
    note: str,
    excess: Callable[[], Excess],
) -> Found:
    """Return drawn x ratio / least ratio: what is covered is in proportion to the loan.

    The ratio is that of the schedule, so that it scales what is drawn. `excess`, asked for
    when the bound is short, says by how much the cash at a factor on all prices is more than the
    amount asked for needs.
    """
    covered = ratio is not None and ratio > 0
    amount = in_fen(float(sizing.drawn) * (ratio or 0.0) / least) if covered else ZERO
    remedies: tuple[Remedy, ...] = ()
    if sizing.is_short(amount):
        factor, needed_cash = reaching_factor(excess(), 0.0), least * sizing.asked_over_drawn
        remedies = (
            Remedy("cash", needed_cash / ratio if covered and ratio is not None else None, "x"),
            sizing.price_remedy(factor),
        )
    found, needed = symbols
    step = bound_step(
        code,
        f"L × {found} / {needed}",
        (
            sizing.drawn_term,
            Term(found, labels[0], ratio, "x"),
            Term(needed, labels[1], least, "x"),
            *terms,
        ),
        amount=amount,
        source=source,
        note="" if covered else note,
    )
    return Found(amount, "" if covered else reason, ratio, "x", remedies, step)


def _cash_excess(sizing: Sizing, by_price: CashByPrice, least: float) -> Excess:
    """Return by how much the worst year has more cash than the DSCR needs, by factor on prices.

    The debt service is that of the amount asked for.
    """
    years = sizing.common.years
    due, cash = years.service > 0, by_price.on(years.ends)
    needed = least * sizing.asked_over_drawn * years.service

    def excess(factors: Numbers) -> Numbers:
        above = cash(factors) - needed
        return np.asarray(above[:, due].min(axis=-1, initial=np.inf))

    return excess


def _why_short(cash: Cash, years: DebtYears) -> str:
    return "no_cash_in_a_year" if np.any(years.cash(cash) > 0) else "no_cash_flow"


def dscr_bound(sizing: Sizing) -> Found:
    """Return the largest loan whose debt service every year of it pays with the DSCR asked for."""
    least, years = sizing.loan.min_dscr, sizing.common.years
    if least is None:
        return NOT_ENTERED
    return _found(
        sizing,
        "dscr",
        sizing.cover.min_dscr,
        least,
        labels=(N_("Lowest DSCR of the schedule"), N_("DSCR, at least")),
        symbols=("DSCR_min", "DSCR_req"),
        source=_SHAPE,
        reason=_why_short(sizing.common.cash, years),
        note=_NO_CASH,
        excess=lambda: _cash_excess(sizing, sizing.common.cash_by_price, least),
    )


def stressed_values(sizing: Sizing) -> ValueResult:
    """Return the values with the cash flow under the three stressed changes of the sizing."""
    parts, loan = sizing.parts, sizing.loan
    values = parts.values
    line = ScenarioLine(
        kind=ScenarioKind.OWN,
        price_change=loan.stressed_price_change,
        tonnes_change=loan.stressed_tonnes_change,
        delay_months=loan.stressed_delay_months,
    )
    basis = basis_of(
        values.plan,
        parts.appraisal,
        price_today_yuan_t=values.price_yuan_t,
        rate=values.rate.rate,
    )
    return replace(values, plan=scenario_plan(basis, line))


def stressed_bound(sizing: Sizing) -> Found:
    """Return the largest loan that keeps its DSCR when prices, tonnes and sales are stressed.

    Other cash of the borrower and costs of the right stay as they are.
    """
    loan, years = sizing.loan, sizing.common.years
    least = loan.stressed_dscr
    if least is None:
        return NOT_ENTERED
    case, values = sizing.parts.case, stressed_values(sizing)
    found, due = find_cash(case, values), years.service > 0
    ratios = years.cash(found)[due] / years.service[due]
    return _found(
        sizing,
        "stressed_dscr",
        float(ratios.min()) if len(ratios) else None,
        least,
        labels=(N_("Lowest DSCR under stress"), N_("DSCR under stress, at least")),
        symbols=("DSCR_min", "DSCR_req"),
        source=_SHAPE,
        terms=(
            Term("ΔP", N_("Stress: price"), loan.stressed_price_change, "share"),
            Term("ΔQ", N_("Stress: tonnes"), loan.stressed_tonnes_change, "share"),
            Term("Δt", N_("Stress: sold later by"), loan.stressed_delay_months, "month"),
        ),
        reason=_why_short(found, years),
        note=_NO_CASH,
        excess=lambda: _cash_excess(sizing, CashByPrice(case, values, seldom=True), least),
    )


def _life_bound(sizing: Sizing, code: str, least: float | None, place: int) -> Found:
    if least is None:
        return NOT_ENTERED

    def excess() -> Excess:
        present = sizing.common.present
        needed = least * sizing.asked_over_drawn * present.drawn_yuan
        cash = sizing.common.cash_by_price.on(present.ends)
        return lambda factors: present.of(cash(factors))[place] - needed

    ratio, symbol, labels = (
        (sizing.cover.llcr, "LLCR", (N_("LLCR of the schedule"), N_("LLCR, at least"))),
        (sizing.cover.plcr, "PLCR", (N_("PLCR of the schedule"), N_("PLCR, at least"))),
    )[place]
    return _found(
        sizing,
        code,
        ratio,
        least,
        labels=labels,
        symbols=(symbol, f"{symbol}_req"),
        source=N_("present value of the cash at the rate of the loan, over what is drawn"),
        reason="no_cash_flow",
        note=_NO_CASH_AT_ALL,
        excess=excess,
    )


def llcr_bound(sizing: Sizing) -> Found:
    """Return the loan that the present value of the cash to its last payment covers."""
    return _life_bound(sizing, "llcr", sizing.loan.min_llcr, 0)


def plcr_bound(sizing: Sizing) -> Found:
    """Return the loan that the present value of the cash to the end of the right covers."""
    return _life_bound(sizing, "plcr", sizing.loan.min_plcr, 1)


def income_bound(sizing: Sizing) -> Found:
    """Return the share of the undiscounted revenue of the right within the horizon."""
    share, plan = sizing.loan.life_income_share, sizing.parts.values.plan
    if share is None:
        return NOT_ENTERED
    income = float((plan.tonnes * plan.prices).sum())
    amount = in_fen(share * income)
    remedies: tuple[Remedy, ...] = ()
    if sizing.is_short(amount):
        asked = float(sizing.asked)
        reached = asked / (share * income) if share * income > 0 else None
        remedies = (
            Remedy("ratio", asked / income if income > 0 else None, "share"),
            sizing.price_remedy(reached),
        )
    return Found(
        amount,
        "" if income > 0 else "no_income",
        income,
        "yuan",
        remedies,
        bound_step(
            "life_income",
            "λ × Σ Q_t × P_t",
            (
                Term("λ", N_("Share of the life income, at most"), share, "share"),
                Term("ΣQP", N_("Revenue within the horizon, undiscounted"), income, "yuan"),
            ),
            amount=amount,
            source=N_("cap of the lender on the income over the life of the right"),
        ),
    )
