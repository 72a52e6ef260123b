"""The cash flow of the income right over its horizon, as a plan of arrays."""

from itertools import accumulate

import numpy as np

from app.finance.case.appraisal import Appraisal
from app.finance.case.project import Project
from app.finance.case.valuation.rate_inputs import Timing
from app.finance.errors import DomainError
from app.finance.sink.credits import CarbonResult
from app.finance.sink.pools import Numbers
from app.finance.valuation.dated import dated_schedule
from app.finance.valuation.discount_rate import discount_rate
from app.finance.valuation.flows import (
    FlowPlan,
    discount_factors,
    income_tax,
    net_flows,
    tail_multiple,
)
from app.finance.valuation.given import given
from app.finance.valuation.horizon import Horizon, find_horizon, right_end, right_ends
from app.finance.valuation.price_curve import curve_prices, growth_beyond
from app.finance.valuation.results import CashFlowYear
from app.finance.valuation.schedule import Schedule, yearly_schedule

__all__ = ["CashFlowYear", "Horizon", "build_plan", "find_horizon", "right_end", "right_ends"]


def revenue_shares(appraisal: Appraisal) -> dict[str, float]:
    """Return what is taken off the revenue, as shares of it, by code."""
    return {
        "fee": given(appraisal, "transaction_fee_share"),
        "community": appraisal.benefit_share,
        "tax": given(appraisal, "tax_share"),
        "other": appraisal.cost_share_of_revenue,
    }


def _costs(appraisal: Appraisal, schedule: Schedule) -> dict[str, Numbers]:
    """Return the costs by code, yuan, positive; those that are nowhere paid are left out.

    Recurring costs grow by `cost_growth` a year of the right, the first year as entered;
    what is paid at the start and dated amounts are as entered.
    """
    indices = schedule.indices
    at_start = (indices == 0).astype(np.float64)
    yearly, verified, reassessed = (
        schedule.year_share,
        schedule.verifications,
        schedule.baselines,
    )
    if appraisal.cost_growth:
        grown = (1 + appraisal.cost_growth) ** np.maximum(indices - 1, 0.0)
        yearly, verified, reassessed = yearly * grown, verified * grown, reassessed * grown
    amounts: tuple[tuple[str, Numbers, float], ...] = (
        ("registration", at_start, appraisal.initial_cost_yuan),
        ("validation", at_start, appraisal.validation_cost_yuan),
        ("monitoring", yearly, given(appraisal, "monitoring_cost_yuan_yr")),
        ("operation", yearly, given(appraisal, "operating_cost_yuan_yr")),
        ("verification", verified, given(appraisal, "verification_cost_yuan")),
        ("baseline", reassessed, appraisal.baseline_cost_yuan),
        (
            "maintenance",
            yearly * (indices <= appraisal.maintenance_years),
            appraisal.maintenance_cost_yuan_yr,
        ),
        ("insurance", yearly, appraisal.insurance_cost_yuan_yr),
        ("investment", schedule.investment, 1.0),
        ("other", schedule.other, 1.0),
    )
    return {code: when * amount for code, when, amount in amounts if amount and when.any()}


def _tail_growth(project: Project, appraisal: Appraisal) -> tuple[float, float] | None:
    """Return growth and multiple of the last flow beyond the horizon; None when the right ends."""
    if not appraisal.perpetual:
        return None
    end = right_end(project)
    if end is not None:
        raise DomainError(
            "perpetual_right_ends", path="appraisal.perpetual", value=True, end=end[1]
        )
    growth = growth_beyond(appraisal)
    return growth, float(tail_multiple(growth, discount_rate(appraisal).rate))


def build_plan(
    project: Project, appraisal: Appraisal, carbon: CarbonResult, *, price_yuan_t: float
) -> tuple[FlowPlan, Horizon]:
    """Return the cash flow of the right and its horizon; `price_yuan_t` of the valuation date.

    NCF = Q P (1 - shares) - fee Q - costs + grants and subsidies - income tax.

    By year (end or middle) the flows stand for whole years: year k covers the 12 months from
    the k-1th anniversary of the valuation date and earns the credits of the calendar year that
    holds their middle; a part year at the end of a right is not valued; a calendar year that
    the crediting period touches counts in full. By exact dates each flow has its day and a time
    of days over 365 (ACT/365, as XNPV); the credits of a calendar year count by the share
    of its days on which the right holds and earns, so that a part year is valued. What is paid
    at the start is a column at time 0, which is there only when something is.

    With `perpetual` the last flow goes on for ever, growing as the price does.

    Raises:
        DomainError: `perpetual_right_ends`, `perpetual_untaxed`, `rate_below_growth`,
            `inflation_needed`, a code of the price curve, or `missing` for an input that is
            not given.
    """
    horizon = find_horizon(project, appraisal)
    rates = _tail_growth(project, appraisal)
    growth, tail = rates if rates is not None else (None, 0.0)
    dated = appraisal.timing is Timing.EXACT_DATES
    find = dated_schedule if dated else yearly_schedule
    schedule = find(project, appraisal, carbon, horizon)
    indices = tuple(schedule.indices.astype(int).tolist())
    prices = curve_prices(
        appraisal, price_yuan_t, times=schedule.times, indices=indices, years=schedule.years
    )
    plan = FlowPlan(
        times=schedule.times,
        years=schedule.years,
        days=schedule.days,
        tonnes=schedule.tonnes,
        prices=prices,
        revenue_shares=revenue_shares(appraisal),
        fee_per_tonne=appraisal.issuance_fee_yuan_t,
        costs=_costs(appraisal, schedule),
        receipts=schedule.receipts,
        tax_rate=appraisal.income_tax_rate,
        loss_carry=appraisal.loss_carry_years,
        tail=tail,
        tail_growth=growth,
        indices=indices,
    )
    _check_last_tax(plan)
    return plan, horizon


def _check_last_tax(plan: FlowPlan) -> None:
    """Refuse a perpetuity whose last year pays less tax because of losses of earlier years."""
    if not (plan.tail and plan.tax_rate and plan.loss_carry):
        return
    before = net_flows(plan.without_tax())
    alone, paid = (
        income_tax(before, plan.tax_rate, carry, plan.indices)[-1] for carry in (0, plan.loss_carry)
    )
    if paid < alone:
        raise DomainError(
            "perpetual_untaxed", path="appraisal.loss_carry_years", value=plan.loss_carry
        )


def cash_flow_rows(plan: FlowPlan, rate: float) -> tuple[CashFlowYear, ...]:
    """Return the flows of a plan as rows, discounted at `rate` a year."""
    revenue = plan.tonnes * plan.prices
    fees = plan.fee_per_tonne * plan.tonnes
    net = net_flows(plan)
    tax = np.zeros_like(net)
    if plan.tax_rate:
        before = net_flows(plan.without_tax())
        tax = income_tax(before, plan.tax_rate, plan.loss_carry, plan.indices)
    factors = discount_factors(plan.times, rate)
    costs = plan.all_costs
    taken = revenue * sum(plan.revenue_shares.values())
    running = list(accumulate(net.tolist()))
    indices = plan.indices or tuple(range(1, len(plan.times) + 1))
    return tuple(
        CashFlowYear(
            index=indices[k],
            calendar_year=plan.years[k],
            paid_on=plan.days[k],
            time_yr=float(plan.times[k]),
            credits_sold_tco2e=float(plan.tonnes[k]),
            price_yuan_t=float(plan.prices[k]),
            revenue_yuan=float(revenue[k]),
            revenue_costs_yuan=float(taken[k]),
            fixed_costs_yuan=float(costs[k] + fees[k]),
            receipts_yuan=float(plan.receipts[k]),
            income_tax_yuan=float(tax[k]),
            net_yuan=float(net[k]),
            factor=float(factors[k]),
            present_value_yuan=float(net[k] * factors[k]),
            cumulative_yuan=running[k],
            shares={code: float(revenue[k] * share) for code, share in plan.revenue_shares.items()},
            costs=_costs_of(plan, k, float(fees[k])),
        )
        for k in range(len(plan.times))
    )


def _costs_of(plan: FlowPlan, column: int, fee: float) -> dict[str, float]:
    costs = {code: float(cost[column]) for code, cost in plan.costs.items()}
    return costs | {"issuance_fee": fee} if plan.fee_per_tonne else costs
