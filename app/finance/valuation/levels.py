"""The levels of value: gross, net, prudent, liquidation."""

from dataclasses import dataclass
from decimal import Decimal

from app.finance.case.appraisal import Appraisal
from app.finance.money import ZERO, round_to_fen
from app.finance.valuation.flows import FlowPlan, net_flows, present_value


@dataclass(frozen=True, slots=True)
class Levels:
    """The four values of a right, yuan to the fen; net and prudent may be negative."""

    gross_yuan: Decimal
    net_yuan: Decimal
    prudent_yuan: Decimal
    liquidation_yuan: Decimal


def forced_sale_factor(appraisal: Appraisal, rate: float) -> float:
    """Return (1 - d)(1 - c) / (1 + r)^(m/12): discount, cost of disposal, time to sell."""
    return float(
        (1 - appraisal.liquidation_discount)
        * (1 - appraisal.disposal_cost_share)
        * (1 + rate) ** -(appraisal.months_to_sell / 12)
    )


def net_value(plan: FlowPlan, rate: float) -> float:
    """Return the present value of the net flows, yuan."""
    return float(present_value(plan, net_flows(plan), rate))


def prudent_value(plan: FlowPlan, appraisal: Appraisal, rate: float) -> float:
    """Return the net value with the lender's discounts on price and tonnes, yuan."""
    flows = net_flows(
        plan,
        tonnes=plan.tonnes * (1 - appraisal.prudent_tonnes_discount),
        prices=plan.prices * (1 - appraisal.prudent_price_discount),
    )
    return float(present_value(plan, flows, rate))


def liquidation_value(
    appraisal: Appraisal, gross: Decimal, prudent: Decimal, rate: float
) -> Decimal:
    """Return what a forced sale leaves: the smaller of gross and prudent, less its deductions.

    A right whose prudent value is not positive finds no buyer: its liquidation value is zero.
    """
    base = min(gross, prudent)
    if base <= 0:
        return ZERO
    return round_to_fen(float(base) * forced_sale_factor(appraisal, rate))


def levels(
    plan: FlowPlan, appraisal: Appraisal, *, price_today_yuan_t: float, rate: float
) -> Levels:
    """Return the four values of a plan.

    gross = credits within the horizon x price of the valuation date, undiscounted and without
    costs, as banks print it; net = present value of the net flows; prudent = the same with
    the lender's discounts; liquidation = what a forced sale of the smaller of gross and
    prudent leaves.
    """
    gross = round_to_fen(float(plan.tonnes.sum()) * price_today_yuan_t)
    net = round_to_fen(net_value(plan, rate))
    discounted = appraisal.prudent_price_discount or appraisal.prudent_tonnes_discount
    prudent = round_to_fen(prudent_value(plan, appraisal, rate)) if discounted else net
    return Levels(gross, net, prudent, liquidation_value(appraisal, gross, prudent, rate))
