"""The price at which a right is worth nothing, and how strongly its value follows the price."""

import numpy as np
from scipy.optimize import brentq

from app.finance.sink.pools import Numbers
from app.finance.valuation.flows import FlowPlan, net_flows, present_value

DOUBLINGS = 200
STEP = 0.01


def discounted_costs(plan: FlowPlan, rate: float) -> float:
    """Return the present value of costs and fees less grants and subsidies, yuan."""
    paid = plan.all_costs + plan.fee_per_tonne * plan.tonnes - plan.receipts
    return float(present_value(plan, paid, rate))


def discounted_credits(plan: FlowPlan, relative_prices: Numbers, rate: float) -> float:
    """Return the credits discounted, each times its price over that of the valuation date."""
    return float(present_value(plan, plan.tonnes * relative_prices, rate))


def break_even_price(plan: FlowPlan, relative_prices: Numbers, rate: float) -> float | None:
    """Return the price of the valuation date at which the net value is zero, yuan/t.

    `relative_prices` is the curve over the price of the valuation date, shape (n,): the price
    scales the whole curve. Without income tax the net value is linear in the price:
    P* = PV(costs) / ((1 - shares) x PV(credits x relative price)). With it the net value still
    rises with the price, so that there is one root, which is bracketed. Zero when even free
    credits leave a value, None when no credits are sold or nothing of the revenue is left.
    """
    kept = plan.kept_share
    tonnes = discounted_credits(plan, relative_prices, rate)
    if kept <= 0 or tonnes <= 0:
        return None
    price = max(discounted_costs(plan, rate) / (kept * tonnes), 0.0)
    if not plan.tax_rate:
        return price
    return _taxed(plan, relative_prices, rate, price)


def _taxed(plan: FlowPlan, relative: Numbers, rate: float, low: float) -> float | None:
    def value(price: float) -> float:
        return float(present_value(plan, net_flows(plan, prices=relative * price), rate))

    if value(low) >= 0:
        return low
    high = max(low, 1.0)
    for _ in range(DOUBLINGS):
        if value(high) >= 0:
            return float(brentq(value, low, high, xtol=1e-12, rtol=1e-14))
        high *= 2
    return None


def price_elasticity(plan: FlowPlan, rate: float) -> float | None:
    """Return the relative change of the net value over that of all prices; None at value 0.

    By a step of 1 % up and down, which is exact without income tax.
    """
    values = [
        float(present_value(plan, net_flows(plan, prices=plan.prices * factor), rate))
        for factor in (1 - STEP, 1.0, 1 + STEP)
    ]
    if values[1] == 0 or not np.any(plan.prices):
        return None
    return (values[2] - values[0]) / (2 * STEP * values[1])
