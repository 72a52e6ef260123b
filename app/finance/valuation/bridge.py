"""From gross over net and prudent to liquidation value: a waterfall of single deductions."""

from decimal import Decimal

import numpy as np

from app.finance.case.appraisal import Appraisal
from app.finance.money import ZERO, round_to_fen
from app.finance.valuation.flows import FlowPlan, discount_factors, net_flows, present_value
from app.finance.valuation.levels import Levels
from app.finance.valuation.risk_results import BridgeStep

Parts = list[tuple[str, float]]
"""Code and signed amount, yuan, of the steps between two levels; deductions are negative."""


def _to_net(plan: FlowPlan, gross: float, rate: float) -> Parts:
    """Split gross to net: the undiscounted amounts, then time, then what goes on for ever."""
    revenue = float((plan.tonnes * plan.prices).sum())
    parts = [("price_path", revenue - gross)]
    parts += [(f"share_{code}", -share * revenue) for code, share in plan.revenue_shares.items()]
    parts.append(("registry_fee", -plan.fee_per_tonne * float(plan.tonnes.sum())))
    parts += [(f"cost_{code}", -float(np.sum(cost))) for code, cost in plan.costs.items()]
    parts.append(("receipts", float(np.sum(plan.receipts))))
    flows = net_flows(plan)
    parts.append(("income_tax", float((flows - net_flows(plan.without_tax())).sum())))
    within = float((flows * discount_factors(plan.times, rate)).sum())
    parts.append(("time_value", within - float(flows.sum())))
    parts.append(("perpetuity", float(present_value(plan, flows, rate)) - within))
    return parts


def _to_prudent(plan: FlowPlan, appraisal: Appraisal, levels: Levels, rate: float) -> Parts:
    """Split net to prudent: the discount on the price first, then that on the tonnes."""
    prices = plan.prices * (1 - appraisal.prudent_price_discount)
    cheaper = float(present_value(plan, net_flows(plan, prices=prices), rate))
    net, prudent = float(levels.net_yuan), float(levels.prudent_yuan)
    return [("prudent_price", cheaper - net), ("prudent_tonnes", prudent - cheaper)]


def _to_liquidation(appraisal: Appraisal, levels: Levels) -> Parts:
    """Split prudent to liquidation: the cap of gross, then discount, cost and time to sell."""
    gross, prudent = float(levels.gross_yuan), float(levels.prudent_yuan)
    base = min(gross, prudent)
    capped = [("over_gross", base - prudent)]
    if base <= 0:
        return [*capped, ("no_buyer", -base)]
    discounted = base * (1 - appraisal.liquidation_discount)
    sold = discounted * (1 - appraisal.disposal_cost_share)
    return [
        *capped,
        ("forced_sale", discounted - base),
        ("disposal", sold - discounted),
        ("time_to_sell", float(levels.liquidation_yuan) - sold),
    ]


def _settle(parts: Parts, start: Decimal, end: Decimal, rest: str) -> list[tuple[str, Decimal]]:
    """Round each part to the fen; what rounding leaves goes into the largest of them.

    `rest` is the code that takes it when all are zero. Parts of zero are left out.
    """
    amounts = [(code, round_to_fen(amount)) for code, amount in parts]
    amounts = [(code, amount) for code, amount in amounts if amount] or [(rest, ZERO)]
    left = end - start - sum((amount for _, amount in amounts), ZERO)
    largest = max(range(len(amounts)), key=lambda i: abs(amounts[i][1]))
    code, amount = amounts[largest]
    amounts[largest] = (code, amount + left)
    return [(code, amount) for code, amount in amounts if amount]


def bridge(
    plan: FlowPlan,
    appraisal: Appraisal,
    levels: Levels,
    *,
    price_today_yuan_t: float,
    rate: float,
) -> tuple[BridgeStep, ...]:
    """Return the waterfall gross, net, prudent, liquidation; each step is one deduction.

    Gross to net: the undiscounted amounts one by one (path of the price against the price of
    today, shares of the revenue, fee of the registry, each cost, receipts, income tax), then
    all discounting as one step (`time_value`) and what a perpetuity adds. Net to prudent: the
    discount on the price, then that on the tonnes. Prudent to liquidation: down to gross
    where prudent exceeds it; then, where nothing positive is left, `no_buyer` brings a
    negative level to zero, else discount, cost of disposal and time to sell.

    Amounts are yuan to the fen, signed; each level plus the steps after it is exactly the
    next level. What rounding leaves, at most half a fen a step, is in the largest step of its
    section. Steps of zero are left out.
    """
    gross = float(plan.tonnes.sum()) * price_today_yuan_t
    sections = (
        ("net", levels.net_yuan, _to_net(plan, gross, rate), "time_value"),
        (
            "prudent",
            levels.prudent_yuan,
            _to_prudent(plan, appraisal, levels, rate),
            "prudent_price",
        ),
        (
            "liquidation",
            levels.liquidation_yuan,
            _to_liquidation(appraisal, levels),
            "forced_sale",
        ),
    )
    level = levels.gross_yuan
    steps = [BridgeStep("gross", level, level, total=True)]
    for code, target, parts, rest in sections:
        for part, amount in _settle(parts, level, target, rest):
            level += amount
            steps.append(BridgeStep(part, amount, level, total=False))
        steps.append(BridgeStep(code, level, level, total=True))
    return tuple(steps)
