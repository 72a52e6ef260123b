"""What is left of the income right on later days: its value wastes away as it is used up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from app.finance.case.appraisal import Appraisal
from app.finance.case.loan import ValuationBasis
from app.finance.dates import add_months
from app.finance.lending.flow_table import FlowTable, counted_flows, sums_from_each_on
from app.finance.sink.pools import Numbers
from app.finance.valuation.flows import FlowPlan, discount_factors, tail_multiple
from app.finance.valuation.levels import forced_sale_factor
from app.finance.valuation.price_curve import DAYS_OF_YEAR
from app.finance.valuation.results import Concluded, RateResult

_MONTHS = 12
_DISCOUNTED = (ValuationBasis.PRUDENT, ValuationBasis.LIQUIDATION)


def ordinals(days: Sequence[date]) -> Numbers:
    """Return days as ordinals, shape (d,)."""
    return np.fromiter(map(date.toordinal, days), np.int64, len(days))


def _is_dated(plan: FlowPlan) -> bool:
    return plan.days.count(None) < len(plan.days)


def flow_days(plan: FlowPlan, start: date) -> Numbers:
    """Return the day of each flow as ordinals, shape (n,).

    A flow that stands for a whole year falls as many months of the calendar after the valuation
    date `start` as its time says.
    """
    if _is_dated(plan):
        return ordinals([start if day is None else day for day in plan.days])
    months = np.rint(_MONTHS * plan.times).astype(np.int64)
    return np.asarray(_month_days(start, int(months.max(initial=0)))[months])


@lru_cache(maxsize=32)
def _month_days(start: date, months: int) -> Numbers:
    """Return the day that lies each number of months from 0 on after `start`, as ordinals."""
    return ordinals([add_months(start, month) for month in range(months + 1)])


class ValuedRight(Protocol):
    """What a remaining value is found from; a `ValueResult` has it all.

    Tonnes and prices of the plan may have rows (m, n), and the price of the valuation date one
    for each: `RightOnDays.now` then has a row for each.
    """

    @property
    def plan(self) -> FlowPlan: ...

    @property
    def rate(self) -> RateResult: ...

    @property
    def price_yuan_t(self) -> float | Numbers: ...

    @property
    def net_yuan(self) -> Decimal: ...

    @property
    def conclusion(self) -> Concluded | None: ...


def _years_on(plan: FlowPlan, start: date, known: Numbers) -> Numbers:
    """Return the time of days, ordinals, on the axis of the plan, years, (d,); 0 before `start`.

    Dated flows count days over 365; flows of whole years count months, and days of the month
    begun. Each flow keeps its own time on its day.
    """
    if _is_dated(plan):
        return np.maximum((known - start.toordinal()) / DAYS_OF_YEAR, 0.0)
    last = date.fromordinal(int(known.max(initial=start.toordinal())))
    count = (last.year - start.year + 1) * _MONTHS
    return np.asarray(np.interp(known, _month_days(start, count), np.arange(count + 1)) / _MONTHS)


class DaysOnPlan(NamedTuple):
    """Where days lie on a cash flow, shape (d,): their time, and the first flow after each."""

    times: Numbers
    following: NDArray[np.intp]


def days_on_plan(plan: FlowPlan, start: date, days: Sequence[date]) -> DaysOnPlan:
    """Return where `days` lie on a plan valued on `start`; up to that day no flow is over."""
    known = ordinals(days)
    times = _years_on(plan, start, known)
    after = np.searchsorted(flow_days(plan, start), known, side="right")
    return DaysOnPlan(times, np.where(times > 0, after, 0))


@dataclass(frozen=True)
class RemainingRight:
    """Value of what is left of a right at one level, by day and by price; yuan, not rounded.

    Gross is the tonnes still to be sold times the price of the day, which runs straight between
    those of the flows. Net is the present value on the day of the net flows after it, at the rate
    of the valuation, with the income tax of the whole plan; prudent the same with the
    discounts of the appraisal. Liquidation is the forced-sale factor times the smaller of gross
    and prudent, zero when that is not positive. Concluded follows the net value in the proportion
    that both have on the valuation date. Up to the valuation date each is the value of the
    case.
    """

    appraisal: Appraisal
    values: ValuedRight
    level: ValuationBasis

    @property
    def is_known(self) -> bool:
        """Whether the level can be followed; not so a conclusion beside a net value <= 0."""
        return self.scale is not None

    @cached_property
    def scale(self) -> float | None:
        """Multiple of the present value of the flows that is the value at the level."""
        conclusion = self.values.conclusion
        if self.level is not ValuationBasis.CONCLUDED or conclusion is None:
            return 1.0
        net = float(self.values.net_yuan)
        return float(conclusion.value_yuan) / net if net > 0 else None

    def on(self, days: Sequence[date], places: DaysOnPlan | None = None) -> "RightOnDays":
        """Return the right on fixed days, to be asked for many prices.

        `places` are those days on the plan, for a caller that has them.
        """
        if places is None:
            places = days_on_plan(self.values.plan, self.appraisal.valuation_date, days)
        return RightOnDays(self, places)

    def at(self, days: Sequence[date], factors: Numbers | None = None) -> Numbers:
        """Return the value after the flows of each day, shape (d,).

        With `factors` (m,) every price of the cash flow, that of the valuation date with it, is
        multiplied by each of them: shape (m, d).
        """
        found = self.on(days)
        return found.now if factors is None else found.for_all(factors)


class RightOnDays:
    """A right on fixed days, shape (d,); see `RemainingRight`."""

    def __init__(self, right: RemainingRight, places: DaysOnPlan) -> None:
        """Prepare the flows at the level of the right; `places` are the days on its plan."""
        appraisal, values = right.appraisal, right.values
        plan = values.plan
        self._plan, self._level, self._rate = plan, right.level, values.rate.rate
        self._price_today = values.price_yuan_t
        discounted = right.level in _DISCOUNTED
        self._flows = counted_flows(
            plan,
            tonnes=1 - appraisal.prudent_tonnes_discount * discounted,
            price=1 - appraisal.prudent_price_discount * discounted,
        )
        self._forced_sale = forced_sale_factor(appraisal, self._rate)
        self._scale = 1.0 if right.scale is None else right.scale
        self._times, self._next = places
        self._discount = discount_factors(plan.times, self._rate)
        self._growth = (1.0 + self._rate) ** self._times

    @cached_property
    def now(self) -> Numbers:
        """Value at the prices of the case, shape (d,); (m, d) for a right of m rows."""
        if self._level is ValuationBasis.GROSS:
            return self._gross
        return self._at_level(1.0, self._left_of(self._flows.now))

    def for_all(self, factors: Numbers) -> Numbers:
        """Return the values with all prices times each of `factors` (m,), shape (m, d)."""
        if self._level is ValuationBasis.GROSS:
            return factors[:, None] * self._gross
        return self._at_level(factors[:, None], self._left_of(self._flows.at(factors)))

    def each(self, factors: Numbers) -> Numbers:
        """Return the values with a factor of its own for each day, shape (..., d) as `factors`."""
        if self._level is ValuationBasis.GROSS:
            return factors * self._gross
        left = self._table.each(factors, self._next) * self._growth
        if self._plan.tail:
            last = np.full_like(self._next, len(self._plan.times) + 1)
            left = left + self._table.each(factors, last) * self._tail
        return self._at_level(factors, left)

    def _at_level(self, factors: float | Numbers, nets: Numbers) -> Numbers:
        """Return net values at the level asked for, once the level is not gross."""
        if self._level is ValuationBasis.LIQUIDATION:
            return self._forced_sale * np.maximum(np.minimum(factors * self._gross, nets), 0.0)
        return nets * self._scale

    @cached_property
    def _gross(self) -> Numbers:
        """Tonnes still to be sold times the price of the day, shape (..., d)."""
        plan = self._plan
        times = np.concatenate(([0.0], plan.times))
        today = np.asarray(self._price_today)[..., None]
        known = np.concatenate((today, plan.prices), axis=-1)
        rows = [np.interp(self._times, times, row) for row in np.atleast_2d(known)]
        later = np.array(rows).reshape(*known.shape[:-1], -1)
        prices = np.where(self._times > 0, later, today)
        return np.asarray(sums_from_each_on(plan.tonnes)[..., self._next] * prices)

    def _left_of(self, net: Numbers) -> Numbers:
        """Return the present values of the flows after each day, shape (..., d) for (..., n)."""
        left = sums_from_each_on(net * self._discount)[..., self._next] * self._growth
        return left + net[..., -1:] * self._tail if self._plan.tail else left

    @cached_property
    def _table(self) -> FlowTable:
        return FlowTable(self._flows, self._discount)

    @cached_property
    def _tail(self) -> Numbers:
        """Worth of the perpetuity on each day as a multiple of the last flow, shape (d,).

        Once the last flow is over, the perpetuity is one growth step ahead a year.
        """
        plan, growth = self._plan, self._plan.tail_growth
        multiple = plan.tail if growth is None else tail_multiple(growth, self._rate)
        over = np.floor(np.maximum(self._times - plan.times[-1], 0.0))
        step = (1.0 + (growth or 0.0)) / (1.0 + self._rate)
        return np.asarray(multiple * self._discount[-1] * self._growth * step**over)
