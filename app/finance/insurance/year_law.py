"""The law of a year's loss, its measures, and the terms of a year."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.special import ndtr, ndtri

from app.finance.insurance.grid_survival import survival_on_grid
from app.finance.insurance.grids import (
    aligned_step,
    convolved,
    extrapolated,
    grid_values,
    halved,
    spread_on,
)
from app.finance.insurance.loss_law import Floats
from app.finance.insurance.survival import Survival

CELLS = 2**15


@dataclass(frozen=True, eq=False)
class YearLaw:
    """The law of the loss of a year: ascending values (yuan) with probabilities.

    `step` is the distance of the values, 0 where they are not on a grid; `tail` the mass that
    was left out beyond the last value, which all measures count at the last value; `p_zero` the
    exact probability of no loss (on the grid the first cell may hold a little more). `within` is
    P(S > x) between the values of a loss with a density, for which they stand by local moments;
    None of a loss that takes the values alone.
    """

    values: Floats
    probabilities: Floats
    step: float
    tail: float
    p_zero: float
    within: Survival | None = None

    @classmethod
    def on_grid(
        cls, step: float, probabilities: Floats, p_zero: float, *, smooth: bool
    ) -> "YearLaw":
        """Return the law of a loss of 0, step, 2 step and so on.

        `smooth`: the loss has a density, for which they stand by local moments.
        """
        values = grid_values(step, probabilities.size)
        tail = max(1.0 - float(probabilities.sum()), 0.0)
        within = None
        if smooth:
            within = survival_on_grid(values, _with_tail(probabilities, tail), p_zero)
        return cls(values, probabilities, step, tail, p_zero, within)

    @classmethod
    def nothing(cls) -> "YearLaw":
        """Return the law of a year that never has a loss."""
        return cls(np.zeros(1), np.ones(1), 0.0, 0.0, 1.0)

    @cached_property
    def _weights(self) -> Floats:
        return _with_tail(self.probabilities, self.tail)

    @cached_property
    def survival(self) -> Survival:
        """P(S > x), summed from the far end for the sake of small figures."""
        if self.within is not None:
            return self.within
        beyond = np.cumsum(self._weights[::-1])[::-1]
        return Survival.flat(self.values, beyond[1:])

    @cached_property
    def mean(self) -> float:
        return float((self._weights * self.values).sum())

    @cached_property
    def sd(self) -> float:
        # No matrix product: for vectors of this length BLAS would start threads.
        square = float((self._weights * (self.values - self.mean) ** 2).sum())
        return math.sqrt(max(square + 2 * float(self.survival.uneven.sum()), 0.0))

    @property
    def skewness(self) -> float:
        """E[(S - mean)^3] / sd^3, 0 for a loss that is certain."""
        if self.sd == 0:
            return 0.0
        away = (self.values - self.mean) / self.sd
        middles = (away[1:] + away[:-1]) / 2
        uneven = 6 * float((middles * self.survival.uneven).sum()) / self.sd**2
        return float((self._weights * away**3).sum()) + uneven

    def quantile(self, level: float) -> float:
        """Smallest value with P(S <= value) >= level."""
        return self.survival.quantile(1 - level)

    def tvar(self, level: float) -> float:
        """Mean of the worst 1 - level, with a share of the atom at the quantile q.

        q + E[max(S - q, 0)] / (1 - level); source: Rockafellar, Uryasev, Conditional value-at-risk
        for general loss distributions, Journal of Banking and Finance 26, 2002.
        """
        if level >= 1:
            return float(self.values[-1])
        at = self.quantile(level)
        return at + self._stop_loss(at) / (1 - level)

    def exceedance(self, x: Floats) -> Floats:
        """P(S > x); at x = 0 the exact probability of a loss."""
        at = np.asarray(x, dtype=np.float64)
        return np.where(at == 0, 1 - self.p_zero, self.survival.above(at))

    def _stop_loss(self, at: float) -> float:
        return float(self.survival.stop_loss(np.array([at]))[0])

    def wang(self, factor: float) -> float:
        """Integral of Phi(Phi^-1(S(x)) + factor) dx.

        Source: Wang, A class of distortion operators, Journal of Risk and Insurance 67, 2000.
        """
        return self.survival.distorted(lambda above: np.asarray(ndtr(ndtri(above) + factor)))

    def proportional_hazard(self, rho: float) -> float:
        """Integral of S(x)^(1/rho) dx, rho >= 1.

        Source: Wang, Insurance pricing and increased limits ratemaking by proportional hazards
        transforms, Insurance: Mathematics and Economics 17, 1995.
        """
        return self.survival.distorted(lambda above: np.asarray(above ** (1 / rho)))

    def layer_mean(self, deductible: float, limit: float) -> float:
        """E[min(max(S - deductible, 0), limit)]."""
        return self._stop_loss(deductible) - self._stop_loss(deductible + limit)

    def with_year_terms(
        self, *, deductible: float = 0.0, limit: float | None = None, share: float = 1.0
    ) -> "YearLaw":
        """Return share x min(max(S - deductible, 0), limit)."""
        if limit == 0:
            return YearLaw.nothing()
        top = np.inf if limit is None else deductible + limit
        survival = self.survival.part(deductible, top).scaled(share)
        chances = -np.diff(survival.means, prepend=1.0, append=0.0)
        tail = self.tail if top > self.values[-1] else 0.0
        chances[-1] -= tail
        no_loss = self.p_zero
        if deductible > 0:
            no_loss = 1 - float(self.exceedance(np.array([deductible]))[0])
        step = self.step * share
        even = survival.gaps.size > 0 and np.allclose(survival.gaps, step, rtol=1e-9, atol=0.0)
        within = None if self.within is None else survival
        return YearLaw(survival.values, chances, step if even else 0.0, tail, no_loss, within)

    def plus(self, other: "YearLaw") -> "YearLaw":
        """Return the law of the sum of two independent losses (brought to one grid).

        Few values are added one by one, which is exact. On the grid the mean stays; losses with a
        density are added on half the step as well, and extrapolated.
        """
        p_zero = self.p_zero * other.p_zero
        tail = 1 - (1 - self.tail) * (1 - other.tail)
        for fixed, law in ((self, other), (other, self)):
            if fixed.values.size == 1:
                moved = law.values + fixed.values[0]
                within = None if law.within is None else law.within.moved(float(fixed.values[0]))
                chances = law.probabilities * fixed.probabilities[0]
                return YearLaw(moved, chances, law.step, tail, p_zero, within)
        smooth = self.within is not None or other.within is not None
        if not smooth and self.values.size * other.values.size <= CELLS:
            sums = np.add.outer(self.values, other.values).ravel()
            weights = np.multiply.outer(self.probabilities, other.probabilities).ravel()
            values, place = np.unique(sums, return_inverse=True)
            found = np.bincount(place, weights=weights).astype(np.float64)
            return YearLaw(values, found, 0.0, tail, p_zero)
        ends = (float(self.values[-1]), float(other.values[-1]))
        least = 2 * sum(ends) / (CELLS - 1)
        # A coarse grid of few values is kept on the finer one, not the other way round.
        coarse = [law.step for law in (self, other) if law.step > least]
        step = aligned_step(least, coarse or ends)
        parts = [law.local_moments(step / 2) for law in (self, other)]
        fine = convolved(*parts)
        better = extrapolated(fine, convolved(*map(halved, parts))) if smooth else None
        if better is None:
            return YearLaw.on_grid(step / 2, fine, p_zero, smooth=smooth)
        return YearLaw.on_grid(step, better, p_zero, smooth=True)

    def local_moments(self, step: float) -> Floats:
        """Return probabilities of 0, step, 2 step and so on that keep the mean."""
        if self.within is None:
            return spread_on(step, self.values, self._weights)
        values = grid_values(step, math.ceil(float(self.values[-1]) / step * (1 - 1e-12)) + 1)
        slopes = -np.diff(self.within.stop_loss(values)) / step
        return np.asarray(-np.diff(slopes, prepend=1.0, append=0.0))


def _with_tail(probabilities: Floats, tail: float) -> Floats:
    """Return probabilities with the mass beyond the last value counted at it."""
    weights = probabilities.copy()
    weights[-1] += tail
    return weights


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
