"""From removals to credits, year by year: what is taken off, in which order."""

from dataclasses import dataclass

import numpy as np

from app.finance.case.carbon.crediting import AdjustmentKind
from app.finance.case.project import Project
from app.finance.sink.pools import Numbers, Pool, Quantity, Removals
from app.finance.sink.running import Running

OUTSIDE_THE_SINK = (Pool.BASELINE, Pool.LEAKAGE, Pool.PROJECT_EMISSIONS)
"""Pools that are no removal of the project itself, but come off (or on) before the credits."""

_POOL_OF = {
    AdjustmentKind.BASELINE: Pool.BASELINE,
    AdjustmentKind.LEAKAGE: Pool.LEAKAGE,
    AdjustmentKind.PROJECT_EMISSIONS: Pool.PROJECT_EMISSIONS,
}


@dataclass(frozen=True, slots=True)
class CreditFlow:
    """Yearly vectors, t CO2e, shape (years,) or (draws, years).

    `removals` is the net of the project's own pools; `net` after baseline, leakage and
    emissions; `discounted` after cap, uncertainty and leakage share; `withheld` goes to the
    buffer; `credits` are those of the pledged share, never negative: what a year gives off is
    made good by others first, and a tonne that is given off again later is not counted.
    """

    pools: dict[Pool, Numbers]
    removals: Numbers
    net: Numbers
    discounted: Numbers
    withheld: Numbers
    credits: Numbers
    uncertainty: Quantity
    leakage: Quantity
    buffer: Quantity
    buffer_on_stock: bool
    uncertainty_base: Numbers | None = None


def _with_adjustments(project: Project, found: Removals) -> dict[Pool, Numbers]:
    pools = dict(found.pools)
    taken = {pool: Running(found.span) for pool in {_POOL_OF[a.kind] for a in project.adjustments}}
    for line in project.adjustments:
        taken[_POOL_OF[line.kind]].add(-line.tonnes_per_year, line.first_year, line.last_year)
    for pool in sorted(taken):
        pools[pool] = pools.get(pool, 0.0) + taken[pool].total()
    return pools


def _crediting_years(project: Project, found: Removals) -> Numbers | None:
    """Return 1 for years that touch the crediting period and 0 for others; None for no limit."""
    start, end = project.crediting_start, project.crediting_end
    if start is None and end is None:
        return None
    years = np.arange(found.span.first, found.span.last + 1)
    inside = np.ones(len(years), dtype=bool)
    if start is not None:
        inside &= years >= start.year
    if end is not None:
        inside &= years <= end.year
    return inside.astype(np.float64)


def _made_good(vector: Numbers) -> Numbers:
    """Leave out what other years give off: before it is made good, or afterwards.

    c_t = increments of max(0, min over s >= t of the running total up to s): a tonne counts
    when the total, now and in each later year of the plan, still holds it.
    """
    if not (vector < 0).any():
        return vector
    running = np.cumsum(vector, axis=-1)
    lasting = np.minimum.accumulate(running[..., ::-1], axis=-1)[..., ::-1]
    return np.diff(np.maximum(lasting, 0.0), axis=-1, prepend=0.0)


def _capped(vector: Numbers, cap: Quantity | None) -> Numbers:
    if cap is None:
        return vector
    reached = np.minimum(np.cumsum(vector, axis=-1), cap)
    return np.diff(reached, axis=-1, prepend=0.0)


def _share_left(net: Numbers, capped: Numbers) -> Numbers:
    """Share of each year that the cap leaves: what cannot be claimed has no buffer either."""
    gained = net > 0
    return np.where(gained, capped / np.where(gained, net, 1.0), 1.0)


def _total(vectors: list[Numbers], found: Removals) -> Numbers:
    if not vectors:
        return found.span.zeros()
    total = vectors[0]
    for vector in vectors[1:]:
        total = total + vector
    return total


def _or_zero(own: Quantity | None, given: Quantity | None) -> Quantity:
    if own is not None:
        return own
    return 0.0 if given is None else given


def credit_flow(project: Project, found: Removals) -> CreditFlow:
    """Turn the removals of a method into credits.

    credits = (net x (1 - u) x (1 - l) - b x base) x o, where net is the sum of all pools,
    u the uncertainty discount, l the leakage share, b the buffer share, base the net after
    u and l or, where the method says so (VM0033, eq. 94), the change of its stocks, and o the
    share of the right. A method that computes u or b itself takes the place of the input; it
    may bound u to part of the removals (AR-TOOL14: the trees). A cap bounds the running net
    before u comes off (VM0033: eq. 86 before eq. 92).
    """
    pools = _with_adjustments(project, found)
    own = [vector for pool, vector in pools.items() if pool not in OUTSIDE_THE_SINK]
    other = [vector for pool, vector in pools.items() if pool in OUTSIDE_THE_SINK]
    removals = _total(own, found)
    net = _total([removals, *other], found)
    uncertainty = _or_zero(found.uncertainty_share, project.uncertainty_discount)
    leakage = _or_zero(None, project.leakage_share)
    buffer = _or_zero(found.buffer_share, project.buffer_share)
    claimed = _capped(net, found.cap_total)
    if found.uncertainty_base is None:
        certain = np.where(claimed > 0, claimed * (1 - uncertainty), claimed)
    else:
        certain = claimed - uncertainty * found.uncertainty_base
    discounted = np.where(certain > 0, certain * (1 - leakage), certain)
    if found.buffer_base is None:
        withheld = np.maximum(discounted, 0.0) * buffer
    else:
        withheld = np.maximum(found.buffer_base, 0.0) * _share_left(net, claimed) * buffer
    credited = (discounted - withheld) * project.own_share
    window = _crediting_years(project, found)
    if window is not None:
        credited = credited * window
    return CreditFlow(
        pools=pools,
        removals=removals,
        net=net,
        discounted=discounted,
        withheld=withheld,
        credits=_made_good(credited),
        uncertainty=uncertainty,
        leakage=leakage,
        buffer=buffer,
        buffer_on_stock=found.buffer_base is not None,
        uncertainty_base=found.uncertainty_base,
    )
