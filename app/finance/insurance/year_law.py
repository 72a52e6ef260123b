"""The discrete law of a year's loss, its measures, and the terms of a year."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.special import ndtr, ndtri

from app.finance.insurance.grid_cells import Cells
from app.finance.insurance.grids import aligned_step, convolved, grid_values, spread_on
from app.finance.insurance.loss_law import Floats

CELLS = 2**15

_SMALL = 1e-12
"""A level that equals a sum of probabilities must not miss it by a rounding error."""


@dataclass(frozen=True, eq=False)
class YearLaw:
    """A discrete law of the loss of a year: ascending values (yuan) with probabilities.

    `step` is the distance of the values, 0 where they are not on a grid; `tail` the mass that
    was left out beyond the last value, which all measures count at the last value; `p_zero` the
    exact probability of no loss (on the grid the first cell may hold a little more). `smooth`
    says that the values stand for a loss with a density: quantiles and probabilities are then
    read between them (`cells`), which takes away the rounding to half a step.
    """

    values: Floats
    probabilities: Floats
    step: float
    tail: float
    p_zero: float
    smooth: bool = False

    @classmethod
    def nothing(cls) -> "YearLaw":
        """Return the law of a year that never has a loss."""
        return cls(np.zeros(1), np.ones(1), 0.0, 0.0, 1.0)

    @cached_property
    def _weights(self) -> Floats:
        weights = self.probabilities.copy()
        weights[-1] += self.tail
        return weights

    @cached_property
    def _above(self) -> Floats:
        """P(S > value) of each value, summed from the far end for the sake of small figures."""
        beyond = np.cumsum(self._weights[::-1])[::-1]
        return np.append(beyond[1:], 0.0)

    @cached_property
    def _rising(self) -> Floats:
        """P(S > value) from the last value to the first, which ascends: for searching."""
        return np.ascontiguousarray(self._above[::-1])

    @cached_property
    def _losses_above(self) -> Floats:
        """E[S; S > value] of each value."""
        beyond = np.cumsum((self._weights * self.values)[::-1])[::-1]
        return np.append(beyond[1:], 0.0)

    @cached_property
    def _worst(self) -> Floats:
        """E[S; S >= value] of each value, and 0 at the end."""
        return np.append(np.cumsum((self._weights * self.values)[::-1])[::-1], 0.0)

    @cached_property
    def mean(self) -> float:
        return float((self._weights * self.values).sum())

    def _central(self, power: int) -> float:
        # No matrix product: for vectors of this length BLAS would start threads.
        return float((self._weights * (self.values - self.mean) ** power).sum())

    @cached_property
    def sd(self) -> float:
        return math.sqrt(max(self._central(2), 0.0))

    @property
    def skewness(self) -> float:
        """E[(S - mean)^3] / sd^3, 0 for a loss that is certain."""
        if self.sd == 0:
            return 0.0
        return float((self._weights * ((self.values - self.mean) / self.sd) ** 3).sum())

    def _place(self, level: float) -> int:
        """Index of the smallest value with P(S <= value) >= level."""
        more = int(np.searchsorted(self._rising, 1 - level + _SMALL, side="right"))
        return min(self.values.size - more, self.values.size - 1)

    @cached_property
    def _cells(self) -> Cells:
        return Cells.of(self.values, self._weights, self.p_zero)

    def quantile(self, level: float) -> float:
        """Smallest value with P(S <= value) >= level."""
        place = self._place(level)
        if not self.smooth:
            return float(self.values[place])
        return self._cells.at(place, 1 - level - float(self._above[place]))

    def tvar(self, level: float) -> float:
        """Mean of the worst 1 - level, with a share of the atom at the quantile.

        [sum over values above q of p x + q (1 - level - P(S > q))] / (1 - level); source: Acerbi,
        Tasche, On the coherence of expected shortfall, 2002, proposition 3.2.
        """
        if level >= 1:
            return float(self.values[-1])
        place = self._place(level)
        worst = float(self._worst[place + 1])
        share = max(1 - level - float(self._above[place]), 0.0)
        return (worst + share * float(self.values[place])) / (1 - level)

    def exceedance(self, x: Floats) -> Floats:
        """P(S > x); at x = 0 the exact probability of a loss."""
        at = np.asarray(x, dtype=np.float64)
        if self.smooth:
            place = self._cells.place(at)
            return np.where(at < 0, 1.0, self._above[place] + self._cells.above(place, at))
        place = np.searchsorted(self.values, at, side="right") - 1
        above = self._above[np.maximum(place, 0)]
        return np.where(at == 0, 1 - self.p_zero, np.where(place < 0, 1.0, above))

    def _distorted(self, distortion: Floats) -> float:
        """Return the integral of a function of P(S > x) over x, given at each value."""
        gaps = np.diff(self.values)
        return float(self.values[0] + gaps @ distortion[:-1])

    def wang(self, factor: float) -> float:
        """Integral of Phi(Phi^-1(S(x)) + factor) dx.

        Source: Wang, A class of distortion operators, Journal of Risk and Insurance 67, 2000.
        """
        return self._distorted(np.asarray(ndtr(ndtri(np.clip(self._above, 0.0, 1.0)) + factor)))

    def proportional_hazard(self, rho: float) -> float:
        """Integral of S(x)^(1/rho) dx, rho >= 1.

        Source: Wang, Insurance pricing and increased limits ratemaking by proportional hazards
        transforms, Insurance: Mathematics and Economics 17, 1995.
        """
        return self._distorted(np.clip(self._above, 0.0, 1.0) ** (1 / rho))

    def layer_mean(self, deductible: float, limit: float) -> float:
        """E[min(max(S - deductible, 0), limit)]."""
        return float(self._weights @ np.clip(self.values - deductible, 0.0, limit))

    def with_year_terms(
        self, *, deductible: float = 0.0, limit: float | None = None, share: float = 1.0
    ) -> "YearLaw":
        """Return share x min(max(S - deductible, 0), limit)."""
        low = int(np.searchsorted(self.values, deductible, side="right"))
        top = np.inf if limit is None else deductible + limit
        high = max(int(np.searchsorted(self.values, top, side="left")), low)
        at_zero = float(self.probabilities[:low].sum())
        values = self.values[low:high] - deductible
        chances = self.probabilities[low:high]
        tail = self.tail
        if limit is not None and top <= self.values[-1]:
            values = np.append(values, limit)
            chances = np.append(chances, float(self.probabilities[high:].sum()) + tail)
            tail = 0.0
        if limit == 0:
            return YearLaw.nothing()
        no_loss = self.p_zero
        if deductible > 0:
            no_loss = 1 - float(self.exceedance(np.array([deductible]))[0])
        values = np.append(0.0, values) * share
        chances = np.append(at_zero, chances)
        gaps = np.diff(values)
        step = self.step * share
        even = gaps.size > 0 and np.allclose(gaps, step, rtol=1e-9, atol=0.0)
        return YearLaw(values, chances, step if even else 0.0, tail, no_loss, self.smooth)

    def plus(self, other: "YearLaw") -> "YearLaw":
        """Return the law of the sum of two independent losses (brought to one grid).

        Few values are added one by one, which is exact. On the grid each value goes to its two
        neighbours so that the mean stays.
        """
        p_zero = self.p_zero * other.p_zero
        tail = 1 - (1 - self.tail) * (1 - other.tail)
        smooth = self.smooth or other.smooth
        if self.values.size * other.values.size <= CELLS:
            sums = np.add.outer(self.values, other.values).ravel()
            weights = np.multiply.outer(self.probabilities, other.probabilities).ravel()
            values, place = np.unique(sums, return_inverse=True)
            found = np.bincount(place, weights=weights).astype(np.float64)
            moved = other if self.values.size == 1 else self
            step = moved.step if values.size == moved.values.size else 0.0
            return YearLaw(values, found, step, tail, p_zero, smooth)
        ends = (float(self.values[-1]), float(other.values[-1]))
        steps = [law.step for law in (self, other) if law.step > 0]
        step = max([sum(ends) / (CELLS - 1), *steps])
        if not all(np.isclose(step, law.step, rtol=1e-9, atol=0.0) for law in (self, other)):
            step = aligned_step(step, ends)
        mine = spread_on(step, self.values, self.probabilities)
        theirs = spread_on(step, other.values, other.probabilities)
        chances: Floats = convolved(mine, theirs)
        return YearLaw(grid_values(step, chances.size), chances, step, tail, p_zero, smooth)


def reinstatement_premium(law: YearLaw, limit: float, rates: Sequence[float]) -> float:
    """Return the expected reinstatement premium over the premium paid at the start.

    (1 / l) sum over k of c_k E[min(max(S - (k - 1) l, 0), l)]: pro rata to the amount. `law` is
    that of the year before the limit of the year. Source: Sundt, On excess of loss reinsurance
    with reinstatements, Bulletin of the Swiss Association of Actuaries, 1991.
    """
    if limit <= 0:
        return 0.0
    layers = (law.layer_mean(place * limit, limit) for place in range(len(rates)))
    return sum(rate * mean for rate, mean in zip(rates, layers, strict=True)) / limit
