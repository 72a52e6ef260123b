"""A cash flow moved: other prices, growth, tonnes, costs and rates, credits sold later.

One kernel call answers many moves at once; scenarios, tornado, spider, grid, break-even and the
global indices all go through it.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from app.finance.case.appraisal import Appraisal
from app.finance.case.valuation.cost_tool import IncomeMethod
from app.finance.case.valuation.curve import CurveKind
from app.finance.case.valuation.price_inputs import GrowthStart
from app.finance.dates import add_months, whole_years_between
from app.finance.sink.pools import Numbers
from app.finance.valuation.cost_tool import last_credit_year
from app.finance.valuation.cost_tool_schedule import START_UP_YEARS
from app.finance.valuation.flows import FlowPlan, net_flows, present_value
from app.finance.valuation.price_curve import DAYS_OF_YEAR, curve_prices

_DAYS_OF_MONTH = 30
"""Days of a part month of a delay; whole months go by the calendar."""


@dataclass(frozen=True, slots=True)
class Basis:
    """A plan with what it takes to move it.

    Attributes:
        plan: the flows of the base.
        appraisal: the inputs they come from.
        price_today_yuan_t: price of the valuation date.
        rate: discount rate of the base, 1/yr.
        indices: year of the right each flow falls in, from 1; 0 for the valuation date.
        last_index: last year of the right in which credits are sold.
        growth: yearly growth of the price when the curve grows at one rate, else None.
        steps: how often the price of each flow has grown; years when `growth` is None.
    """

    plan: FlowPlan
    appraisal: Appraisal
    price_today_yuan_t: float
    rate: float
    indices: tuple[int, ...]
    last_index: int
    growth: float | None
    steps: Numbers

    @property
    def is_dated(self) -> bool:
        """Whether the flows fall on days; else each stands for a whole year."""
        return any(day is not None for day in self.plan.days)


@dataclass(frozen=True, slots=True)
class Moves:
    """Moves of a plan, each an array of shape (m,).

    Attributes:
        price: factor on every price.
        growth: added to the yearly growth of the price.
        tonnes: factor on the credits sold.
        rate: the discount rate itself, 1/yr.
        taken: added to the share of the revenue that is taken off.
        fee: added to the fee a credit sold, yuan/t.
        delay: months by which credits are sold later; not negative.
        costs: factor on each cost, by code; those not named stay.
    """

    price: Numbers
    growth: Numbers
    tonnes: Numbers
    rate: Numbers
    taken: Numbers
    fee: Numbers
    delay: Numbers
    costs: Mapping[str, Numbers]


def still(count: int, rate: float) -> Moves:
    """Return `count` moves that change nothing, with arrays of their own."""
    return Moves(
        price=np.ones(count),
        growth=np.zeros(count),
        tonnes=np.ones(count),
        rate=np.full(count, rate),
        taken=np.zeros(count),
        fee=np.zeros(count),
        delay=np.zeros(count),
        costs={},
    )


def _index_of(day: date, start: date) -> int:
    """Return the year of the right a day belongs to; an anniversary closes its year."""
    return 0 if day <= start else whole_years_between(start, day - timedelta(days=1)) + 1


def basis_of(
    plan: FlowPlan, appraisal: Appraisal, *, price_today_yuan_t: float, rate: float
) -> Basis:
    """Return the plan with what it takes to move it."""
    tool = appraisal.cost_tool if appraisal.income_method is IncomeMethod.COST_TOOL else None
    indices = plan.indices or tuple(math.ceil(round(float(time), 9)) for time in plan.times)
    last = max(indices, default=0)
    if tool is not None:
        final = last_credit_year(appraisal)
        last = max((i for i, y in zip(indices, plan.years, strict=True) if y <= final), default=0)
    growth, steps = _growth(appraisal, plan, indices)
    return Basis(plan, appraisal, price_today_yuan_t, rate, indices, last, growth, steps)


def _growth(
    appraisal: Appraisal, plan: FlowPlan, indices: tuple[int, ...]
) -> tuple[float | None, Numbers]:
    if appraisal.income_method is IncomeMethod.COST_TOOL and appraisal.cost_tool is not None:
        return appraisal.cost_tool.price_growth, np.maximum(plan.times - START_UP_YEARS + 1, 0.0)
    if appraisal.price_curve is CurveKind.GROWTH:
        first = 0 if appraisal.growth_start is GrowthStart.YEAR_1 else 1
        return appraisal.price_growth, np.maximum(np.asarray(indices, np.float64) - first, 0.0)
    return None, np.asarray(plan.times)


def growth_factors(basis: Basis, change: Numbers) -> Numbers:
    """Return by what the prices change when the growth does, shape (m, n) for `change` (m,).

    A curve that grows at one rate g grows at g + change: ((1 + g + change)/(1 + g))^k with its
    own k. Any other is tilted: (1 + change)^t, t years from the valuation date.
    """
    base = 1.0 + (basis.growth or 0.0)
    return np.asarray(((base + change[:, None]) / base) ** basis.steps)


def tail_growth(basis: Basis, change: float | Numbers) -> float | Numbers | None:
    """Return the growth of the perpetuity when that of the prices changes; None without one."""
    growth = basis.plan.tail_growth
    if growth is None:
        return None
    return growth + change if basis.growth is not None else (1.0 + growth) * (1.0 + change) - 1.0


def _shifted(basis: Basis, tonnes: Numbers, months: Numbers) -> Numbers:
    """Return tonnes (m, n) sold `months` (m,) later, on the grid of whole years.

    A flow stands for the sales of its year, so a delay of 12 j + i months leaves 12 - i
    twelfths in the j-th year after and moves i twelfths on to the next.
    """
    late = months > 0
    found = np.where(late[:, None], 0.0, tonnes)
    if not basis.indices:
        return found
    indices = np.array(basis.indices)
    column = np.full(int(indices.max()) + 1, -1)
    column[indices] = np.arange(len(indices))
    column[basis.last_index + 1 :] = -1
    whole = np.floor(months / 12).astype(int)
    part = months / 12 - whole
    for years in np.unique(whole[late]):
        rows = late & (whole == years)
        for shift, share in ((years, 1 - part[rows]), (years + 1, part[rows])):
            source = np.flatnonzero((indices > 0) & (indices + shift < len(column)))
            source = source[column[indices[source] + shift] >= 0]
            moved = np.zeros((int(rows.sum()), len(indices)))
            moved[:, column[indices[source] + shift]] = tonnes[rows][:, source]
            found[rows] += moved * share[:, None]
    return found


def _later(day: date, months: float) -> date:
    whole = math.floor(months)
    return add_months(day, whole) + timedelta(days=round((months - whole) * _DAYS_OF_MONTH))


def _delayed_days(basis: Basis, months: float) -> Basis:
    """Return a dated plan whose credits are sold `months` later, each on its own new day.

    The later sales are columns of their own unless a flow falls on that day already. The last
    flow of a dated plan is on the last day of the right.
    """
    plan, start = basis.plan, basis.appraisal.valuation_date
    days = [start if day is None else day for day in plan.days]
    sold = np.flatnonzero(np.any(np.atleast_2d(plan.tonnes) != 0, axis=0))
    moved = {int(n): _later(days[n], months) for n in sold}
    new = sorted({day for day in moved.values() if day <= days[-1] and day not in days})
    every = [*days, *new]
    order = sorted(range(len(every)), key=every.__getitem__)
    place = {old: at for at, old in enumerate(order)}
    by_day = {every[old]: place[old] for old in order}
    at = [place[n] for n in range(len(days))]

    def spread(values: Numbers) -> Numbers:
        out = np.zeros((*np.shape(values)[:-1], len(every)))
        out[..., at] = values
        return out

    tonnes = np.zeros((*plan.tonnes.shape[:-1], len(every)))
    for source, day in moved.items():
        if day in by_day:
            tonnes[..., by_day[day]] += plan.tonnes[..., source]
    times = np.array([(day - start).days / DAYS_OF_YEAR for day in every])
    times[: len(days)] = plan.times
    years = [*plan.years, *(day.year for day in new)]
    indices = [*basis.indices, *(_index_of(day, start) for day in new)]
    later = curve_prices(
        basis.appraisal,
        basis.price_today_yuan_t,
        times=times[len(days) :],
        indices=indices[len(days) :],
        years=years[len(days) :],
    )
    prices = spread(plan.prices)
    prices[..., [place[n] for n in range(len(days), len(every))]] = later
    moved_plan = replace(
        plan,
        times=times[order],
        years=tuple(years[n] for n in order),
        days=tuple((*plan.days, *new)[n] for n in order),
        indices=tuple(indices[n] for n in order),
        tonnes=tonnes,
        prices=prices,
        costs={code: spread(cost) for code, cost in plan.costs.items()},
        receipts=spread(plan.receipts),
    )
    ordered = moved_plan.indices
    growth, steps = _growth(basis.appraisal, moved_plan, ordered)
    return replace(basis, plan=moved_plan, indices=ordered, growth=growth, steps=steps)


def delayed(basis: Basis, months: float) -> Basis:
    """Return the base with its credits sold `months` later at the price of the later date.

    The prices run along the curve of the case. What would be sold after the horizon is lost
    to the right. Costs and receipts stay where they are.
    """
    if months <= 0:
        return basis
    if basis.is_dated:
        return _delayed_days(basis, months)
    tonnes = np.atleast_2d(basis.plan.tonnes)
    moved = _shifted(basis, tonnes, np.full(len(tonnes), float(months)))
    return replace(basis, plan=replace(basis.plan, tonnes=moved.reshape(basis.plan.tonnes.shape)))


def _perpetuity(growth: Numbers, rate: Numbers) -> Numbers:
    """Return (1 + g)/(r - g), shape (m,); infinite where the rate does not exceed the growth."""
    spread = rate - growth
    held = np.where(spread > 0, spread, 1.0)
    return np.where(spread > 0, (1.0 + growth) / held, np.inf)


def _times(multiple: float | Numbers, yearly: Numbers) -> Numbers:
    """Return the product, in which nothing for ever is nothing."""
    return np.where(yearly == 0, 0.0, multiple) * yearly


def _taken_together(basis: Basis, moves: Moves, rate: float | Numbers) -> Numbers:
    """Present values (m,) of moves that have a rate in common, or one each as (m, 1)."""
    plan = basis.plan
    kept = plan.kept_share - moves.taken
    prices = plan.prices * (moves.price * kept)[:, None]
    if np.any(moves.growth):
        prices = prices * growth_factors(basis, moves.growth)
    if np.any(moves.fee):
        prices = prices - moves.fee[:, None]
    tonnes = plan.tonnes * moves.tonnes[:, None]
    if np.any(moves.delay) and not basis.is_dated:
        tonnes = _shifted(basis, tonnes, moves.delay)
    costs = np.zeros((len(moves.price), len(plan.times)))
    for code, cost in plan.costs.items():
        factor = moves.costs.get(code)
        costs = costs + (cost if factor is None else factor[:, None] * cost)
    moved = replace(plan, revenue_shares={}, costs={"all": costs}, tail=0.0)
    net = net_flows(moved, tonnes=tonnes, prices=prices)
    value = present_value(moved, net, rate)
    if plan.tail:
        growth = tail_growth(basis, moves.growth)
        multiple: float | Numbers = plan.tail
        if growth is not None:
            multiple = _perpetuity(np.asarray(growth), moves.rate)
        last = replace(moved, times=plan.times[-1:])
        yearly = present_value(last, net[..., -1:], rate)
        value = value + _times(multiple, yearly)
    return value


def _rows(moves: Moves, chosen: Numbers) -> Moves:
    return Moves(
        price=moves.price[chosen],
        growth=moves.growth[chosen],
        tonnes=moves.tonnes[chosen],
        rate=moves.rate[chosen],
        taken=moves.taken[chosen],
        fee=moves.fee[chosen],
        delay=moves.delay[chosen],
        costs={code: factor[chosen] for code, factor in moves.costs.items()},
    )


def _on_grid(basis: Basis, moves: Moves) -> Numbers:
    """Present values; the moves that keep the rate share one row of discount factors."""
    kept = moves.rate == basis.rate
    found = np.empty(len(moves.rate))
    if kept.any():
        found[kept] = _taken_together(basis, _rows(moves, kept), basis.rate)
    if not kept.all():
        rows = _rows(moves, ~kept)
        found[~kept] = _taken_together(basis, rows, rows.rate[:, None])
    return found


def net_values(basis: Basis, moves: Moves) -> Numbers:
    """Return the net value of each move, yuan, shape (m,).

    Infinite where a perpetuity has no value because the rate does not exceed the growth.
    """
    if not basis.is_dated or not np.any(moves.delay):
        return _on_grid(basis, moves)
    found = np.empty(len(moves.rate))
    for months in np.unique(moves.delay):
        rows = moves.delay == months
        found[rows] = _on_grid(delayed(basis, float(months)), _rows(moves, rows))
    return found
