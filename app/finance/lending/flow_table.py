"""Net flows of a right by factor on the prices: straight, or bent where income tax bends them.

Without income tax a flow is straight in the price. With it there is a bend where a year of the
right turns from loss to profit, where a loss carried forward is used up, and where one lapses
that was not; between the bends it is straight. They are found one by one, so that the flows at
them and straight lines between give every figure exactly.
"""

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from app.finance.sink.pools import Numbers
from app.finance.valuation.flows import FlowPlan, net_flows

Places = NDArray[np.signedinteger]
"""Places in an array."""

_LITTLE = 1e-9
"""Revenue of a year, as a share of the best one's, whose own bend is not looked for."""
_NOTHING = 1e-12
_APART = 1e-13


def sums_from_each_on(flows: Numbers) -> Numbers:
    """Return the sums from each flow on, shape (..., n + 1); the last is 0."""
    sums = np.cumsum(flows[..., ::-1], axis=-1)[..., ::-1]
    return np.concatenate((sums, np.zeros((*flows.shape[:-1], 1))), axis=-1)


@dataclass(frozen=True, eq=False)
class CountedFlows:
    """The net flows of a plan at what is counted of it: shares of its tonnes and of its prices."""

    plan: FlowPlan
    tonnes: float
    price: float

    def __hash__(self) -> int:
        return hash((id(self.plan), self.tonnes, self.price))

    def __eq__(self, other: object) -> bool:
        """Whether both count the same of the very same plan, which is never changed."""
        return (
            isinstance(other, CountedFlows)
            and other.plan is self.plan
            and (other.tonnes, other.price) == (self.tonnes, self.price)
        )

    def at(self, factors: Numbers) -> Numbers:
        """Return the net flows at factors on all prices, shape (..., n) for factors (...)."""
        plan = self.plan
        prices = plan.prices * self.price * factors[..., None]
        return net_flows(plan, tonnes=plan.tonnes * self.tonnes, prices=prices)

    @cached_property
    def now(self) -> Numbers:
        """The net flows at the prices of the plan, shape (..., n)."""
        return self.at(np.ones(()))

    @cached_property
    def at_bends(self) -> tuple[Numbers, Numbers]:
        """Factors (m,) between which all flows are straight, and the flows at them, (m, n)."""
        nodes = self._bends() if self.plan.tax_rate else np.array([0.0, 1.0])
        return nodes, self.at(nodes)

    def _bends(self) -> Numbers:
        """Return 0, the bends in ascending order, and a factor beyond all of them.

        The first are those where a year breaks even. Between two of them what decides on the loss
        carried forward is straight until it first changes its sign, which makes the next bend.
        """
        earned, paid = self._by_year()
        sold = earned > _LITTLE * earned.max(initial=0.0)
        even = paid[sold] / earned[sold]
        most = (even + np.maximum(paid, 0.0).sum() / earned[sold]).max(initial=1.0)
        nodes = np.unique(np.concatenate(([0.0], even[even > 0], [2.0 * most])))
        for _ in range(2 * len(earned)):
            profits = np.multiply.outer(earned, nodes) - paid[:, None]
            deciding = _deciding(profits, self.plan.loss_carry)
            which, cell = np.nonzero(deciding[:, :-1] * deciding[:, 1:] < 0)
            before, after = deciding[which, cell], deciding[which, cell + 1]
            share = before / (before - after)
            bends = nodes[cell] + share * (nodes[cell + 1] - nodes[cell])
            finer = np.unique(np.concatenate((nodes, bends)))
            finer = finer[np.diff(finer, prepend=-1.0) > _APART * finer]
            if len(finer) == len(nodes):
                break
            nodes = finer
        return nodes

    def _by_year(self) -> tuple[Numbers, Numbers]:
        """Return what each year of the right earns at a factor of 1, and what it pays, (y,)."""
        plan = self.plan
        tonnes = plan.tonnes * self.tonnes
        earned = tonnes * plan.prices * self.price * plan.kept_share
        paid = plan.all_costs + plan.fee_per_tonne * tonnes - plan.receipts
        years = np.asarray(plan.indices or range(len(earned)))
        firsts = np.flatnonzero(np.diff(years, prepend=years[:1] - 1))
        return np.add.reduceat(earned, firsts), np.add.reduceat(paid, firsts)


def _deciding(profits: Numbers, loss_carry: int) -> Numbers:
    """Return what the tax of each year hangs on by its sign, shape (2 y, m) for profits (y, m).

    For each year the losses that lapse before it less those used by then, and its profit less the
    losses it may use; within rounding of 0 it is 0. Used are the oldest ones first, so that
    sums of all losses up to a year tell what is left.
    """
    lost, gained = np.cumsum(np.maximum(-profits, 0.0), axis=0), np.maximum(profits, 0.0)
    found = np.zeros((2, *profits.shape))
    used = np.zeros(profits.shape[1])
    for year in range(1, len(profits)):
        if year > loss_carry:
            found[0, year] = lost[year - loss_carry - 1] - used
            used = np.maximum(used, lost[year - loss_carry - 1])
        usable = lost[year - 1] - used
        found[1, year] = gained[year] - usable
        used = used + np.minimum(gained[year], usable)
    size = lost[-1] + np.abs(profits).max(axis=0, initial=0.0)
    found = np.where(np.abs(found) <= _NOTHING * size, 0.0, found)
    return found.reshape(-1, profits.shape[1])


@lru_cache(maxsize=8)
def _kept(flows: CountedFlows) -> CountedFlows:
    return flows


def counted_flows(plan: FlowPlan, *, tonnes: float, price: float) -> CountedFlows:
    """Return the flows of a plan at shares of its tonnes and of its prices.

    The same ones to all who ask for the same: value of the right, cash, and days of a path.
    """
    return _kept(CountedFlows(plan, tonnes, price))


class FlowTable:
    """Sums of net flows, discounted or not, from each flow on, by factor on all prices; exact."""

    def __init__(self, counted: CountedFlows, discount: Numbers | None = None) -> None:
        """Sum up the flows, each times `discount` (n,)."""
        self._nodes, flows = counted.at_bends
        last = flows[:, -1:] if flows.shape[1] else np.zeros((len(flows), 1))
        sums = sums_from_each_on(flows if discount is None else flows * discount)
        self._sums = np.concatenate((sums, last), axis=1)

    def each(self, factors: Numbers, columns: Places) -> Numbers:
        """Return the sum from flow `columns` (d,) on at a factor for each, shape (..., d).

        Column n + 1 is the last flow, not discounted.
        """
        cell = np.searchsorted(self._nodes, factors, side="right") - 1
        cell = np.clip(cell, 0, len(self._nodes) - 2)
        low, high = self._nodes[cell], self._nodes[cell + 1]
        part = (factors - low) / (high - low)
        low_sum, high_sum = self._sums[cell, columns], self._sums[cell + 1, columns]
        return np.asarray(low_sum + (high_sum - low_sum) * part)
