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
from app.finance.insurance.grids import aligned_step, cleaned, common_measure, grid_values
from app.finance.insurance.loss_law import Floats
from app.finance.insurance.panjer import panjer_law
from app.finance.insurance.year_law import CELLS, YearLaw, reinstatement_premium

__all__ = ["CELLS", "EventSource", "YearLaw", "panjer_law", "reinstatement_premium", "year_law"]

_TAIL = 1e-10
"""Mass that may lie beyond the grid."""

_COARSEST_TAIL = 1e-6
_CELLS_OF_A_PAYMENT = 20
"""An endless payment gets a shorter grid rather than fewer steps than this within its mean."""

_TILT = 1e3
"""What lies beyond the grid comes back to its start this many times smaller.

The rounding of the transform at the end of the grid grows as much.
"""
_NEVER = 1e-13
"""A source that pays in fewer years than this is left out of the grid."""


def year_law(sources: Sequence[EventSource], *, cells: int = CELLS) -> YearLaw:
    """Return the law of the sum of independent sources, exact but for the grid.

    Raises:
        DomainError: `too_many_events`, more than 100 paid events a year from one source.
    """
    for source in sources:
        paid = source.frequency.mean * source.reach
        if paid > MAX_EVENTS_YR:
            raise DomainError(
                "too_many_events", path="insurance.perils", value=paid, at_most=MAX_EVENTS_YR
            )
    live = [source for source in sources if source.frequency.mean * source.reach > _NEVER]
    if not live:
        return YearLaw.nothing()
    grid = _grid(live, cells)
    growth = _growth(grid.cells)
    transform: NDArray[np.complex128] = np.ones(grid.cells // 2 + 1, dtype=np.complex128)
    for frequency, chances in _merged(live, grid):
        tilted = rfft(chances / growth[: chances.size], grid.cells)
        transform = transform * frequency.generating(tilted)
    found: Floats = cleaned(irfft(transform, grid.cells) * growth)
    tail = max(1.0 - float(found.sum()), 0.0)
    p_zero = math.prod(source.p_zero for source in sources)
    smooth = not all(source.of_points for source in live)
    return YearLaw(grid_values(grid.step, found.size), found, grid.step, tail, p_zero, smooth)


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
    events = sum(source.frequency.mean * source.reach for source in live)
    usual = sum(source.mean for source in live) / events
    if any(source.endless for source in live):
        while tail < _COARSEST_TAIL and end / cells > usual / _CELLS_OF_A_PAYMENT:
            tail *= 10
            end = year_end(live, tail)
    return _Grid(aligned_step(end / (cells - 2), atoms), cells)


def year_end(sources: Sequence[EventSource], tail: float) -> float:
    """Return a loss the year exceeds with a probability of at most about `tail`.

    Chernoff's bound: P(S >= x) <= exp(-u x) prod P_N(E[exp(u Y)]), least x over u, with
    E[exp(u Y)] <= 1 + u E[Y] + (exp(u m) - 1 - u m) E[Y^2] / m^2 for a payment of at most m.
    """
    tops = [source.highest(tail / max(source.frequency.mean, 1.0)) for source in sources]
    largest = max(tops)
    u = np.geomspace(1e-4, 50.0, 100) / largest
    growth = np.zeros(u.shape)
    for source, top in zip(sources, tops, strict=True):
        first, second = source.limited_moments(top)
        excess = u * first + (np.expm1(u * top) - u * top) * (second / top**2)
        # Moments of an event that is hardly ever paid may end a rounding error below zero.
        growth += source.frequency.log_growth(np.maximum(excess, 0.0))
    bound = float(np.min((growth - math.log(tail)) / u))
    if all(source.frequency.law is FrequencyLaw.BINOMIAL for source in sources):
        bound = min(bound, sum(tops))
    return max(bound, largest)
