"""The cash flow of a right as arrays: one function for one case and for a million scenarios.

A `FlowPlan` holds what the income right earns and pays, one column a flow date. Tonnes,
prices and the cost factor may carry further axes in front (scenarios); everything broadcasts.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np

from app.finance.errors import DomainError
from app.finance.sink.pools import Numbers


@dataclass(frozen=True, slots=True)
class FlowPlan:
    """Flows of the right in order of time; arrays of shape (n,) unless said otherwise.

    Attributes:
        times: years from the valuation date, the exponent of the discount factor; not negative.
        years: calendar year of each flow.
        days: day of each flow; None when flows stand for whole years.
        tonnes: credits sold, tCO2e, shape (..., n).
        prices: yuan/t, shape (..., n).
        revenue_shares: what is taken off the revenue, as shares of it, by code.
        fee_per_tonne: fee a credit sold, yuan/t.
        costs: paid amounts, yuan, positive, by code; the cost factor multiplies them.
        receipts: grants and subsidies, yuan, positive.
        tax_rate: income tax on the positive net of a year after losses carried forward.
        loss_carry: for how many years a loss is carried forward.
        tail: multiple of the last flow that stands for its perpetuity, 0 for none; times
            the factor of the last flow.
        tail_growth: growth of that perpetuity; with it the multiple follows the rate.
        indices: year of the right each flow belongs to, from 1; 0 is the valuation date.
    """

    times: Numbers
    years: tuple[int, ...]
    days: tuple[date | None, ...]
    tonnes: Numbers
    prices: Numbers
    revenue_shares: Mapping[str, float]
    fee_per_tonne: float
    costs: Mapping[str, Numbers]
    receipts: Numbers
    tax_rate: float = 0.0
    loss_carry: int = 0
    tail: float = 0.0
    tail_growth: float | None = None
    indices: tuple[int, ...] = ()
    extra: Mapping[str, float] = field(default_factory=dict)

    @property
    def kept_share(self) -> float:
        """Share of the revenue that stays with the right."""
        return 1.0 - sum(self.revenue_shares.values())

    def without_tax(self) -> "FlowPlan":
        """Return the same plan before income tax."""
        return replace(self, tax_rate=0.0)

    @property
    def all_costs(self) -> Numbers:
        """Sum of the costs of each flow, yuan."""
        total = np.zeros(len(self.times))
        for cost in self.costs.values():
            total = total + cost
        return total


def discount_factors(times: Numbers, rate: float | Numbers) -> Numbers:
    """Return (1 + rate)^-times; `rate` may be an array that broadcasts against `times`."""
    return np.asarray((1.0 + np.asarray(rate)) ** -times)


def income_tax(
    before_tax: Numbers, rate: float, loss_carry: int, indices: tuple[int, ...] = ()
) -> Numbers:
    """Return the tax of each flow, shape (..., n): rate x profit after losses carried forward.

    Profits are those of a year of the right (`indices`; empty: each flow is a year of its
    own), and the tax is paid with the last flow of the year. A loss can be set off in the
    `loss_carry` years after its own, the oldest loss first.
    """
    tax = np.zeros_like(before_tax)
    if rate == 0 or before_tax.shape[-1] == 0:
        return tax
    known = np.asarray(indices or range(before_tax.shape[-1]))
    firsts = np.flatnonzero(np.diff(known, prepend=known[0] - 1))
    lasts = np.append(firsts[1:] - 1, len(known) - 1)
    by_year = np.add.reduceat(before_tax, firsts, axis=-1)
    left = np.maximum(-by_year, 0.0)
    losses = np.flatnonzero(left.reshape(-1, left.shape[-1]).any(axis=0)).tolist()
    for year, last in enumerate(lasts):
        base = np.maximum(by_year[..., year], 0.0)
        open_losses = [loss for loss in losses if year - loss_carry <= loss < year]
        if open_losses and base.any():
            for loss in open_losses:
                used = np.minimum(base, left[..., loss])
                left[..., loss] -= used
                base = base - used
            losses = [loss for loss in losses if loss not in open_losses or left[..., loss].any()]
        tax[..., last] = rate * base
    return tax


def net_flows(
    plan: FlowPlan,
    *,
    tonnes: Numbers | None = None,
    prices: Numbers | None = None,
    cost_factor: float | Numbers = 1.0,
) -> Numbers:
    """Return the net of each flow, yuan, shape (..., n).

    net = tonnes x price x (1 - shares) - fee x tonnes - cost factor x costs + receipts - tax
    """
    sold = plan.tonnes if tonnes is None else tonnes
    paid = plan.prices if prices is None else prices
    factor = np.asarray(cost_factor)
    net = sold * (paid * plan.kept_share - plan.fee_per_tonne)
    net = net - np.multiply(factor, plan.all_costs) + plan.receipts
    if plan.tax_rate:
        net = net - income_tax(net, plan.tax_rate, plan.loss_carry, plan.indices)
    return np.asarray(net)


def tail_multiple(growth: float, rate: float | Numbers) -> float | Numbers:
    """Return what a growing perpetuity is worth as a multiple of the flow before it.

    (1 + g) / (r - g), Gordon's formula; one year lies between the flow and the first of the
    perpetuity.

    Raises:
        DomainError: `rate_below_growth` when the rate, or any of them, does not exceed g.
    """
    lowest = float(np.min(rate))
    if lowest <= growth:
        raise DomainError(
            "rate_below_growth",
            path="appraisal.perpetual",
            value=True,
            rate_percent=100 * lowest,
            growth_percent=100 * growth,
        )
    multiple: float | Numbers = (1.0 + growth) / (rate - growth)
    return multiple


def present_value(plan: FlowPlan, net: Numbers, rate: float | Numbers) -> Numbers:
    """Return the sum of the discounted flows, yuan, shape (...); the tail included."""
    factors = discount_factors(plan.times, rate)
    value = (net * factors).sum(axis=-1)
    if plan.tail:
        multiple: float | Numbers = plan.tail
        if plan.tail_growth is not None:
            multiple = tail_multiple(plan.tail_growth, rate)
        value = value + multiple * net[..., -1] * factors[..., -1]
    return np.asarray(value)
