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
        net = net_flows(self._untaxed, tonnes=plan.tonnes * self.tonnes, prices=prices)
        if plan.tax_rate and net.shape[-1]:
            firsts = self._firsts
            profits = np.moveaxis(np.add.reduceat(net, firsts, axis=-1), -1, 0)
            _lapsing, taxed = loss_account(np.ascontiguousarray(profits), plan.loss_carry)
            lasts = np.append(firsts[1:], net.shape[-1]) - 1
            net[..., lasts] -= plan.tax_rate * np.moveaxis(np.maximum(taxed, 0.0), 0, -1)
        return net

    @cached_property
    def now(self) -> Numbers:
        """The net flows at the prices of the plan, shape (..., n)."""
        return self.at(np.ones(()))

    @cached_property
    def at_bends(self) -> tuple[Numbers, Numbers]:
        """Factors (m,) between which all flows are straight, and the flows at them, (m, n)."""
        nodes = self._bends() if self.plan.tax_rate else np.array([0.0, 1.0])
        return nodes, self.at(nodes)

    @cached_property
    def _untaxed(self) -> FlowPlan:
        return self.plan.without_tax()

    @cached_property
    def _firsts(self) -> Places:
        """Place of the first flow of each year of the right."""
        years = np.asarray(self.plan.indices or range(len(self.plan.times)))
        return np.flatnonzero(np.diff(years, prepend=years[:1] - 1))

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
            deciding = self._deciding(np.multiply.outer(earned, nodes) - paid[:, None])
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
        firsts = self._firsts
        return np.add.reduceat(earned, firsts), np.add.reduceat(paid, firsts)

    def _deciding(self, profits: Numbers) -> Numbers:
        """Return what the tax hangs on by its sign; within rounding of 0 it is 0."""
        found = np.concatenate(loss_account(profits, self.plan.loss_carry))
        size = np.abs(profits).sum(axis=0)
        return np.where(np.abs(found) <= _NOTHING * size, 0.0, found)


def loss_account(profits: Numbers, loss_carry: int) -> tuple[Numbers, Numbers]:
    """Return what decides on the income tax of each year, two arrays like `profits` (y, ...).

    The first holds the losses that are too old for the year less those used by then: what is
    positive lapses. The second holds the profit less the losses it may use: what is positive is
    taxed. The tax by it is that of `valuation.flows.income_tax`: the oldest losses are used first.
    So sums up to a year tell what is left of them: with L lost and G gained in all, and U used or
    lapsed, U_t = min(max(U_t-1, L_t-1-carry) + gain_t, L_t-1), of which U - G is followed here.
    """
    flat = profits.reshape(len(profits), -1)
    lost, gained = np.cumsum(np.maximum(-flat, 0.0), axis=0), np.maximum(flat, 0.0)
    in_all = np.cumsum(gained, axis=0)
    before = _later(in_all, 1)
    usable = _later(lost, 1)
    too_old, most = _later(lost, loss_carry + 1) - before, usable - in_all
    used, left = np.empty_like(flat), np.empty_like(flat)
    last = np.zeros(flat.shape[1])
    for old, top, open_, spent in zip(too_old, most, left, used, strict=True):
        np.maximum(last, old, out=open_)
        last = np.minimum(open_, top, out=spent)
    lapsing = too_old - _later(used, 1)
    taxed = gained - np.maximum(usable - left - before, 0.0)
    return lapsing.reshape(profits.shape), taxed.reshape(profits.shape)


def _later(sums: Numbers, years: int) -> Numbers:
    """Return the rows so many years before, nothing before the first."""
    found = np.zeros_like(sums)
    found[years:] = sums[: max(len(sums) - years, 0)]
    return found


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
        self._is_straight = not counted.plan.tax_rate
        last = flows[:, -1:] if flows.shape[1] else np.zeros((len(flows), 1))
        sums = sums_from_each_on(flows if discount is None else flows * discount)
        self._sums = np.concatenate((sums, last), axis=1)

    def each(self, factors: Numbers, columns: Places) -> Numbers:
        """Return the sum from flow `columns` (d,) on at a factor for each, shape (..., d).

        Column n + 1 is the last flow, not discounted.
        """
        if self._is_straight:
            opened, whole = self._sums[0, columns], self._sums[1, columns]
            return np.asarray(opened + (whole - opened) * factors)
        cell = np.searchsorted(self._nodes[1:-1], factors, side="right")
        low, high = self._nodes[cell], self._nodes[cell + 1]
        part = (factors - low) / (high - low)
        low_sum, high_sum = self._sums[cell, columns], self._sums[cell + 1, columns]
        return np.asarray(low_sum + (high_sum - low_sum) * part)
