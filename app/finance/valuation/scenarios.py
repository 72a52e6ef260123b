"""Scenarios side by side with the base, and their probability-weighted value."""

import calendar
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import numpy as np

from app.finance.case.appraisal import Appraisal
from app.finance.case.scenario_rules import valued_years
from app.finance.case.valuation.scenarios import ScenarioKind, ScenarioLine, own_prices
from app.finance.money import round_to_fen
from app.finance.sink.pools import Numbers
from app.finance.text import N_
from app.finance.valuation.cost_tool import last_credit_year
from app.finance.valuation.cost_tool_schedule import START_UP_YEARS
from app.finance.valuation.flows import FlowPlan
from app.finance.valuation.levels import Levels, levels
from app.finance.valuation.plan_moves import Basis, basis_of, delayed, growth_factors, tail_growth
from app.finance.valuation.risk_results import ScenarioResult

PRESET_REASON = N_(
    "figures the program proposes, not forecasts: price ±30 %, price growth ±1 percentage point, "
    "12 months, 30 % of the price left, half the tonnes lost and 5 years to recover"
)
"""Reason of the provenance, kind assumed, of the lines `preset_lines` proposes."""


def preset_lines(appraisal: Appraisal) -> tuple[ScenarioLine, ...]:
    """Return the six named scenarios with proposed figures, to be edited; no probabilities.

    Base; bear: price -30 %, its growth -1 percentage point; bull: the reverse; late issuance
    by 12 months; 30 % of the price left from the middle year of the horizon; half the tonnes
    lost in the third year valued, or the last when there are fewer, and 5 years to recover.
    The figures are the program's proposal: mark them as assumed with `PRESET_REASON`.
    """
    first, last = valued_years(appraisal) or (
        appraisal.valuation_date.year + START_UP_YEARS,
        last_credit_year(appraisal),
    )
    return (
        ScenarioLine(kind=ScenarioKind.BASE),
        ScenarioLine(kind=ScenarioKind.BEAR, price_change=-0.3, growth_change=-0.01),
        ScenarioLine(kind=ScenarioKind.BULL, price_change=0.3, growth_change=0.01),
        ScenarioLine(kind=ScenarioKind.DELAY, delay_months=12),
        ScenarioLine(
            kind=ScenarioKind.DELISTING,
            delisting_year=(first + last + 1) // 2,
            delisted_price_share=0.3,
        ),
        ScenarioLine(
            kind=ScenarioKind.TYPHOON,
            loss_year=min(first + 2, last),
            loss_share=0.5,
            recovery_years=5,
        ),
    )


def loss_weight(year: int, line: ScenarioLine) -> float:
    """Return the share of a calendar year's tonnes that the storm takes.

    The whole loss in its year, less by an even step each year, nothing `recovery_years` later;
    with 0 years to recover only the year itself is hit.
    """
    if line.loss_year is None or year < line.loss_year:
        return 0.0
    if year == line.loss_year:
        return line.loss_share
    if line.recovery_years == 0:
        return 0.0
    return line.loss_share * max(1.0 - (year - line.loss_year) / line.recovery_years, 0.0)


def _years_of_sale(plan: FlowPlan, start: date) -> list[dict[int, float]]:
    """Return, for each flow, the calendar years its credits grew in, with their shares.

    They grew evenly since the sale before it, the first since the valuation date.
    """
    found: list[dict[int, float]] = []
    open_day, open_year = start, None
    tonnes = plan.tonnes != 0
    for column, (year, day) in enumerate(zip(plan.years, plan.days, strict=True)):
        if open_year is None and plan.times[column] > 0:
            open_year = year
        if not tonnes[column]:
            found.append({})
        elif day is None:
            opened = min(year if open_year is None else open_year, year)
            span = range(opened, year + 1)
            found.append({grown: 1.0 / len(span) for grown in span})
            open_year = year + 1
        else:
            found.append(_shares_by_day(open_day, day) or {year: 1.0})
            open_day = day
    return found


def _shares_by_day(opened: date, closed: date) -> dict[int, float]:
    """Return the share of each calendar year in the days from `opened` to before `closed`."""
    days = (closed - opened).days
    found = {}
    for year in range(opened.year, closed.year + 1):
        length = 366 if calendar.isleap(year) else 365
        before = max((opened - date(year, 1, 1)).days, 0)
        after = min((closed - date(year, 1, 1)).days, length)
        if after > before:
            found[year] = (after - before) / days
    return found


def _left_after_loss(plan: FlowPlan, start: date, line: ScenarioLine) -> Numbers:
    """Return the share of the credits of each flow that a storm leaves, shape (n,)."""
    return np.array(
        [
            1.0 - sum(share * loss_weight(year, line) for year, share in years.items())
            for years in _years_of_sale(plan, start)
        ]
    )


def _delisted(plan: FlowPlan, line: ScenarioLine) -> FlowPlan:
    if line.delisting_year is None:
        return plan
    out = np.array(plan.years) >= line.delisting_year
    return replace(plan, prices=np.where(out, plan.prices * line.delisted_price_share, plan.prices))


def _prices(plan: FlowPlan, line: ScenarioLine) -> Numbers:
    """Prices of the flows: the scenario's own by calendar year, straight between, else the plan's.

    Before its first and beyond its last year an own curve stays as it is there.
    """
    curve = own_prices(line)
    if not curve:
        return plan.prices
    years, prices = zip(*curve, strict=True)
    return np.asarray(np.interp(np.array(plan.years, dtype=float), years, prices))


def scenario_plan(basis: Basis, line: ScenarioLine) -> FlowPlan:
    """Return the cash flow of a scenario.

    In this order: the storm takes tonnes of the years they grow in, all tonnes change, credits
    are sold later at the price of the later date (what falls after the horizon is lost), prices
    (those of the scenario's own curve, where it has one) and their growth change, from the
    year of the delisting only a share of the price is paid, costs change. Receipts stay. A
    growth change also moves that of a perpetuity.
    """
    plan = basis.plan
    tonnes = plan.tonnes * (1.0 + line.tonnes_change)
    if line.loss_year is not None:
        tonnes = tonnes * _left_after_loss(plan, basis.appraisal.valuation_date, line)
    moved = delayed(replace(basis, plan=replace(plan, tonnes=tonnes)), float(line.delay_months))
    prices = _prices(moved.plan, line) * (1.0 + line.price_change)
    tail = plan.tail_growth
    if line.growth_change:
        prices = prices * growth_factors(moved, np.array([line.growth_change]))[0]
        beyond = tail_growth(basis, line.growth_change)
        tail = None if beyond is None else float(beyond)
    costs = {code: cost * (1.0 + line.cost_change) for code, cost in moved.plan.costs.items()}
    return _delisted(replace(moved.plan, prices=prices, costs=costs, tail_growth=tail), line)


def _change(net: Decimal, base: Decimal) -> float | None:
    return float((net - base) / abs(base)) if base else None


def scenario_results(
    plan: FlowPlan,
    appraisal: Appraisal,
    *,
    price_today_yuan_t: float,
    rate: float,
    base: Levels,
) -> tuple[ScenarioResult, ...]:
    """Return the values of each scenario of the appraisal, in its order; none without any.

    Gross and, through it, liquidation value take the changed price of the valuation date; the
    discount rate is `rate` plus the change. `change` is the net value against that of the
    base over the latter's amount, None when that is zero. Credits and revenue, tCO2e and yuan,
    are sums within the horizon, not discounted.

    Raises:
        DomainError: `rate_below_growth` when a perpetuity has no value in a scenario.
    """
    if not appraisal.scenarios:
        return ()
    basis = basis_of(plan, appraisal, price_today_yuan_t=price_today_yuan_t, rate=rate)
    found = []
    for line in appraisal.scenarios:
        moved = scenario_plan(basis, line)
        values = levels(
            moved,
            appraisal,
            price_today_yuan_t=price_today_yuan_t * (1.0 + line.price_change),
            rate=rate + line.rate_change,
        )
        found.append(
            ScenarioResult(
                kind=line.kind.value,
                name=line.name,
                probability=line.probability,
                net_yuan=values.net_yuan,
                prudent_yuan=values.prudent_yuan,
                liquidation_yuan=values.liquidation_yuan,
                credits_tco2e=float(moved.tonnes.sum()),
                revenue_yuan=float((moved.tonnes * moved.prices).sum()),
                change=_change(values.net_yuan, base.net_yuan),
            )
        )
    return tuple(found)


def weighted_value(results: Sequence[ScenarioResult]) -> Decimal | None:
    """Return the sum of probability x net value, yuan; None unless every line has one."""
    weights = [result.probability for result in results if result.probability is not None]
    if not weights or len(weights) < len(results):
        return None
    pairs = zip(weights, results, strict=True)
    return round_to_fen(sum(weight * float(result.net_yuan) for weight, result in pairs))
