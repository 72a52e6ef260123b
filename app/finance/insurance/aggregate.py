"""Loss of a policy year: compound laws on a grid, by Fourier transform.

Method: Grübel, Hermesmeier, Computation of compound distributions I, ASTIN Bulletin 29, 1999:
exponential tilting, which does here what padding with zeros does at twice the cost. The law of one
payment is put on the grid by local moments that keep its mean; source: Gerber, On the numerical
evaluation of the distribution of aggregate claims and its stop-loss premiums, 1982.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.fft import irfft, next_fast_len, rfft

from app.finance.case.cover.perils import MAX_EVENTS_YR, FrequencyLaw
from app.finance.errors import DomainError
from app.finance.insurance.event_source import EventSource
from app.finance.insurance.frequency import Frequency
from app.finance.insurance.grids import (
    aligned_step,
    cleaned,
    common_measure,
    extrapolated,
    halved,
)
from app.finance.insurance.loss_law import Floats
from app.finance.insurance.one_event import one_event_law
from app.finance.insurance.panjer import panjer_law
from app.finance.insurance.year_law import CELLS, YearLaw, reinstatement_premium

__all__ = ["CELLS", "EventSource", "YearLaw", "panjer_law", "reinstatement_premium", "year_law"]

_TAIL = 1e-11
"""Mass that may lie beyond the grid."""

_COARSEST_TAIL = 1e-6
_USUAL_CELLS = 2**14
_MOST_CELLS = 2**16
_STEPS_OF_A_PAYMENT = 150
"""The grid grows from usual to most cells until the mean of a payment holds so many steps."""

_CELLS_OF_A_PAYMENT = 20
"""An endless payment gets a shorter grid rather than fewer steps than this within its mean."""

_TILT = 1e2
"""What lies beyond the grid comes back to its start this many times smaller.

The rounding of the transform at the end of the grid grows as much.
"""
_PLACES = np.linspace(0.0, 1.0, 129) ** 3
"""Parts of the highest payment at which its exponential moment is bounded."""

_NEVER = 1e-13
"""A source that pays in fewer years than this is left out of the grid."""


def year_law(sources: Sequence[EventSource], *, cells: int | None = None) -> YearLaw:
    """Return the law of the sum of independent sources, exact but for the grid.

    A year with at most one event needs no grid. Losses with a density are computed on half the
    step as well, and extrapolated, unless a plain grid of so many `cells` is asked for.

    Raises:
        DomainError: `too_many_events`, more than 100 paid events a year from one source.
    """
    for source in sources:
        paid = source.frequency.mean * source.reach
        if paid > MAX_EVENTS_YR:
            raise DomainError(
                "too_many_events", path="insurance.perils", value=paid, at_most=MAX_EVENTS_YR
            )
    live = [
        source
        for source in sources
        if source.frequency.mean * source.reach > _NEVER and source.payment_mean > 0
    ]
    if not live:
        return YearLaw.nothing()
    if cells is None and len(live) == 1 and live[0].frequency.law is FrequencyLaw.BINOMIAL:
        return one_event_law(live[0])
    p_zero = math.prod(source.p_zero for source in sources)
    smooth = not all(source.of_points for source in live)
    if cells is not None or not smooth:
        grid = _grid(live, cells or CELLS)
        fine = _summed(list(_merged(live, grid)), grid.cells)
        return YearLaw.on_grid(grid.step, cleaned(fine), p_zero, smooth=smooth)
    grid = _usual_grid(live)
    payments = list(_merged(live, grid))
    doubled = [(frequency, halved(chances)) for frequency, chances in payments]
    better = extrapolated(_summed(payments, grid.cells), _summed(doubled, grid.cells // 2))
    if better is None:
        return year_law(sources, cells=CELLS)
    return YearLaw.on_grid(2 * grid.step, better, p_zero, smooth=True)


def _summed(payments: Sequence[tuple[Frequency, Floats]], cells: int) -> Floats:
    """Return the law of the year from numbers of events and the law of one payment of each."""
    growth = _growth(cells)
    transform: NDArray[np.complex128] = np.ones(cells // 2 + 1, dtype=np.complex128)
    for frequency, chances in payments:
        kept = chances[:cells]
        transform = transform * frequency.generating(rfft(kept / growth[: kept.size], cells))
    return np.asarray(irfft(transform, cells) * growth)


@lru_cache(maxsize=8)
def _growth(cells: int) -> Floats:
    """Return the factors of the tilting along the grid, from 1 to `_TILT`."""
    growth: Floats = np.geomspace(1.0, _TILT, cells)
    growth.flags.writeable = False
    return growth


def _merged(live: Sequence[EventSource], grid: "_Grid") -> Iterator[tuple[Frequency, Floats]]:
    """Yield numbers of events with the law of one payment; Poisson sources become one."""
    rate, rates = 0.0, np.zeros(grid.cells)
    for source in live:
        chances = source.on_grid(grid.step, grid.cells)
        if source.frequency.ratio == 1 and source.frequency.law is not FrequencyLaw.BINOMIAL:
            rate += source.frequency.mean
            rates[: chances.size] += source.frequency.mean * chances
        else:
            yield source.frequency, chances
    if rate > 0:
        yield Frequency(FrequencyLaw.POISSON, rate), rates / rate


@dataclass(frozen=True, slots=True)
class _Grid:
    step: float
    cells: int


def _usual_grid(live: Sequence[EventSource]) -> _Grid:
    """Return the grid of a loss with a density."""
    cells, least = _USUAL_CELLS, _usual_payment(live) / _STEPS_OF_A_PAYMENT
    grid = _grid(live, cells)
    while grid.step > least and cells < _MOST_CELLS:
        cells *= 2
        grid = _grid(live, cells)
    return grid


def _usual_payment(live: Sequence[EventSource]) -> float:
    """Return the mean of a payment that is made."""
    events = sum(source.frequency.mean * source.reach for source in live)
    return sum(source.mean for source in live) / events


def _grid(live: Sequence[EventSource], cells: int) -> _Grid:
    """Return step and number of cells; the year's loss is beyond them with at most `_TAIL`.

    A common measure of the payments, when they are a few values, is a grid without any error.
    """
    atoms = sorted({atom for source in live for atom in source.atoms()})
    tail = _TAIL
    end = year_end(live, tail)
    if all(source.of_points for source in live):
        measure = common_measure(atoms, end / (cells - 2))
        if measure > 0:
            return _Grid(measure, next_fast_len(math.ceil(end / measure) + 2, real=True))
    usual = _usual_payment(live)
    if any(source.endless for source in live):
        while tail < _COARSEST_TAIL and end / cells > usual / _CELLS_OF_A_PAYMENT:
            tail *= 10
            end = year_end(live, tail)
    # Atoms lie on twice the step, so that both grids of the extrapolation hold them.
    return _Grid(aligned_step(2 * end / (cells - 2), atoms) / 2, cells)


def year_end(sources: Sequence[EventSource], tail: float) -> float:
    """Return a loss the year exceeds with a probability of at most about `tail`.

    Chernoff's bound: P(S >= x) <= exp(-u x) prod P_N(E[exp(u Y)]), least x over u. Local moments
    of Y at a few payments up to the highest bound E[exp(u Y)] from above, as exp is convex.
    """
    tops = [source.highest(tail / max(source.frequency.mean, 1.0)) for source in sources]
    largest = max(tops)
    u = np.geomspace(1e-4, 50.0, 100) / largest
    growth = np.zeros(u.shape)
    for source, top in zip(sources, tops, strict=True):
        payments = top * _PLACES
        slopes = np.diff(source.limited_mean(payments)) / np.diff(payments)
        chances = -np.diff(slopes, prepend=1.0, append=0.0)
        excess = (np.expm1(np.outer(u, payments)) * chances).sum(axis=1)
        # Moments of an event that is hardly ever paid may end a rounding error below zero.
        growth += source.frequency.log_growth(np.maximum(excess, 0.0))
    bound = float(np.min((growth - math.log(tail)) / u))
    if all(source.frequency.law is FrequencyLaw.BINOMIAL for source in sources):
        bound = min(bound, sum(tops))
    return max(bound, largest)
