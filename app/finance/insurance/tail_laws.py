"""Laws with a power tail above a threshold, laws of points, and mixtures with points."""

import math
from dataclasses import dataclass

import numpy as np

from app.finance.insurance.loss_law import Floats, LossLaw


@dataclass(frozen=True, slots=True)
class Excess:
    """`threshold` + Z, Z generalised Pareto with `scale` > 0 and `shape` < 1.

    P(Z > z) = (1 + shape z / scale)^(-1 / shape); shape 0 is the exponential law, a negative one
    ends at -scale / shape. Pareto of the second kind (Lomax) with alpha and theta has shape
    1 / alpha and scale theta / alpha. Source: McNeil, Frey, Embrechts, Quantitative Risk
    Management, section 5.2; limited moments by integration of P(Z > z) and z P(Z > z).
    """

    threshold: float
    scale: float
    shape: float

    @property
    def mean(self) -> float:
        return self.threshold + self.scale / (1 - self.shape)

    def _hazard(self, excess: Floats) -> Floats:
        """-ln P(Z > z), which is z / scale for shape 0."""
        ratio = excess / self.scale
        if self.shape == 0:
            return np.asarray(ratio)
        with np.errstate(divide="ignore"):
            inside = np.maximum(self.shape * ratio, -1.0)
            return np.asarray(np.log1p(inside) / self.shape)

    def _excess(self, x: Floats) -> Floats:
        return np.asarray(np.maximum(np.asarray(x) - self.threshold, 0.0))

    def survival(self, x: Floats) -> Floats:
        reached = np.exp(-self._hazard(self._excess(x)))
        return np.where(np.asarray(x) < self.threshold, 1.0, reached)

    def limited_mean(self, limit: Floats) -> Floats:
        hazard = self._hazard(self._excess(limit))
        return np.asarray(
            np.clip(limit, 0.0, self.threshold) + self.scale * _decay(hazard, 1 - self.shape)
        )

    def limited_square(self, limit: Floats) -> Floats:
        excess = self._excess(limit)
        hazard = self._hazard(excess)
        first = self.scale * _decay(hazard, 1 - self.shape)
        left = self.scale / (1 - self.shape) * np.exp(-(1 - self.shape) * hazard)
        twice = self.scale**2 / (1 - self.shape) * _decay(hazard, 1 - 2 * self.shape)
        finite = np.isfinite(hazard)
        rest = np.where(finite, np.where(finite, excess, 0.0) * left, 0.0)
        below = np.clip(limit, 0.0, self.threshold)
        return np.asarray(below**2 + 2 * self.threshold * first + 2 * (twice - rest))

    def quantile(self, p: Floats) -> Floats:
        with np.errstate(divide="ignore"):
            hazard = -np.log1p(-np.asarray(p))
        excess = hazard if self.shape == 0 else np.expm1(self.shape * hazard) / self.shape
        return np.asarray(self.threshold + self.scale * excess)


def _decay(hazard: Floats, rate: float) -> Floats:
    """Integral of exp(-rate u) for u from 0 to `hazard`; rate may be 0 or negative."""
    if rate == 0:
        return hazard
    with np.errstate(over="ignore"):
        return np.asarray(-np.expm1(-rate * hazard) / rate)


@dataclass(frozen=True, slots=True)
class Points:
    """A loss of a few values (ascending) with their probabilities, which sum to 1."""

    values: Floats
    probabilities: Floats

    @classmethod
    def fixed(cls, value: float) -> "Points":
        return cls(np.array([value]), np.array([1.0]))

    @property
    def mean(self) -> float:
        return float(self.values @ self.probabilities)

    def _above(self, x: Floats) -> tuple[Floats, Floats, Floats]:
        """Return P(X > x), E[X; X <= x] and E[X^2; X <= x]."""
        count = np.searchsorted(self.values, x, side="right")
        chances = np.append(np.cumsum(self.probabilities[::-1])[::-1], 0.0)
        first = np.append(0.0, np.cumsum(self.probabilities * self.values))
        second = np.append(0.0, np.cumsum(self.probabilities * self.values**2))
        return chances[count], first[count], second[count]

    def survival(self, x: Floats) -> Floats:
        return self._above(x)[0]

    def limited_mean(self, limit: Floats) -> Floats:
        above, first, _ = self._above(limit)
        return np.asarray(first + np.where(above > 0, np.maximum(limit, 0.0), 0.0) * above)

    def limited_square(self, limit: Floats) -> Floats:
        above, _, second = self._above(limit)
        return np.asarray(second + np.where(above > 0, np.maximum(limit, 0.0), 0.0) ** 2 * above)

    def quantile(self, p: Floats) -> Floats:
        reached = np.cumsum(self.probabilities)
        # A level that equals a sum of probabilities must not miss it by a rounding error.
        place = np.searchsorted(reached, np.asarray(p) - 1e-14, side="left")
        return np.asarray(self.values[np.minimum(place, self.values.size - 1)])


@dataclass(frozen=True, slots=True)
class WithPoints:
    """No damage with probability `none`, the whole value (1) with `total`, else by `law`."""

    law: LossLaw
    none: float
    total: float

    @property
    def _rest(self) -> float:
        return 1.0 - self.none - self.total

    @property
    def mean(self) -> float:
        return self._rest * self.law.mean + self.total

    def survival(self, x: Floats) -> Floats:
        at = np.asarray(x)
        inside = self._rest * self.law.survival(at) + self.total * (at < 1.0)
        return np.where(at < 0, 1.0, inside)

    def limited_mean(self, limit: Floats) -> Floats:
        whole = np.clip(limit, 0.0, 1.0)
        return np.asarray(self._rest * self.law.limited_mean(limit) + self.total * whole)

    def limited_square(self, limit: Floats) -> Floats:
        whole = np.clip(limit, 0.0, 1.0) ** 2
        return np.asarray(self._rest * self.law.limited_square(limit) + self.total * whole)

    def quantile(self, p: Floats) -> Floats:
        level = np.asarray(p) - self.none
        below_one = self._rest * (1.0 - float(self.law.survival(np.array([1.0]))[0]))
        inside = np.where(level <= below_one, level, level - self.total)
        rest = max(self._rest, math.ulp(1.0))
        found = self.law.quantile(np.clip(inside / rest, 0.0, 1.0))
        at_one = (level > below_one) & (level <= below_one + self.total)
        return np.where(level <= 0, 0.0, np.where(at_one, 1.0, found))
