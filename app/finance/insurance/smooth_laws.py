"""Laws of a loss that have a density: limited moments in closed form.

Source of the limited moments: Klugman, Panjer, Willmot, Loss Models, appendix A. Moments of
X limited at t are E[min(X, t)^k] = E[X^k; X <= t] + t^k P(X > t). Lognormal, gamma, beta and
inverse Gaussian stand here; the laws whose tail is a power in `tail_laws`.
"""

import math
from dataclasses import dataclass

import numpy as np
from scipy.special import (
    betainc,
    betaincinv,
    betaln,
    gammainc,
    gammaincc,
    gammaincinv,
    gammaln,
    log_ndtr,
    ndtr,
    ndtri,
    xlog1py,
    xlogy,
)

from app.finance.insurance.loss_law import Floats

_FLOATS = (1e-150, 1e150)
"""Losses in the place of 0 and of no limit where a formula would divide by them."""

_FAR = 0.9
"""Probability beyond which the complement of one is formed without the one."""


@dataclass(frozen=True, slots=True)
class Lognormal:
    """ln X is normal with mean `mu` and standard deviation `sigma` > 0."""

    mu: float
    sigma: float

    @classmethod
    def of(cls, mean: float, cv: float) -> "Lognormal":
        """Return the law of this mean > 0 and this standard deviation over mean > 0."""
        variance = math.log1p(cv * cv)
        return cls(math.log(mean) - variance / 2, math.sqrt(variance))

    @property
    def mean(self) -> float:
        return math.exp(self.mu + self.sigma**2 / 2)

    def _score(self, x: Floats) -> Floats:
        with np.errstate(divide="ignore"):
            score: Floats = (np.log(np.maximum(x, 0.0)) - self.mu) / self.sigma
        return score

    def survival(self, x: Floats) -> Floats:
        return np.asarray(ndtr(-self._score(x)))

    def limited_mean(self, limit: Floats) -> Floats:
        score = self._score(limit)
        below = self.mean * ndtr(score - self.sigma)
        return np.asarray(below + _above(limit, ndtr(-score)))

    def limited_square(self, limit: Floats) -> Floats:
        score = self._score(limit)
        whole = math.exp(2 * self.mu + 2 * self.sigma**2)
        below = whole * ndtr(score - 2 * self.sigma)
        return np.asarray(below + _above(limit, ndtr(-score), power=2))

    def quantile(self, p: Floats) -> Floats:
        return np.asarray(np.exp(self.mu + self.sigma * ndtri(p)))


@dataclass(frozen=True, slots=True)
class Gamma:
    """Gamma law with `shape` a > 0 and `scale` > 0; the mean is their product."""

    shape: float
    scale: float

    @classmethod
    def of(cls, mean: float, cv: float) -> "Gamma":
        return cls(1 / cv**2, mean * cv**2)

    @property
    def mean(self) -> float:
        return self.shape * self.scale

    def survival(self, x: Floats) -> Floats:
        return np.asarray(gammaincc(self.shape, np.maximum(x, 0.0) / self.scale))

    def limited_mean(self, limit: Floats) -> Floats:
        return self._limited(limit, 1)

    def limited_square(self, limit: Floats) -> Floats:
        return self._limited(limit, 2)

    def _limited(self, limit: Floats, power: int) -> Floats:
        whole = self.scale**power * math.exp(
            float(gammaln(self.shape + power) - gammaln(self.shape))
        )
        below = whole * gammainc(self.shape + power, np.maximum(limit, 0.0) / self.scale)
        return np.asarray(below + _above(limit, self.survival(limit), power=power))

    def quantile(self, p: Floats) -> Floats:
        return np.asarray(self.scale * gammaincinv(self.shape, p))


@dataclass(frozen=True, slots=True)
class Weibull:
    """P(X > x) = exp(-(x / scale)^shape)."""

    shape: float
    scale: float

    @classmethod
    def of(cls, mean: float, cv: float) -> "Weibull":
        """Solve Gamma(1 + 2/k) / Gamma(1 + 1/k)^2 = 1 + cv^2 for the shape k by halving.

        The left side falls in k; k between 0.01 and 10,000 holds cv from 0.0002 to far above 10.
        """
        low, high = math.log(0.01), math.log(10_000.0)
        for _ in range(100):
            middle = (low + high) / 2
            power = math.exp(-middle)
            excess = math.lgamma(1 + 2 * power) - 2 * math.lgamma(1 + power)
            low, high = (middle, high) if excess > math.log1p(cv * cv) else (low, middle)
        shape = math.exp((low + high) / 2)
        return cls(shape, mean / math.gamma(1 + 1 / shape))

    @property
    def mean(self) -> float:
        return self.scale * math.gamma(1 + 1 / self.shape)

    def _power(self, x: Floats) -> Floats:
        return np.asarray((np.maximum(x, 0.0) / self.scale) ** self.shape)

    def survival(self, x: Floats) -> Floats:
        return np.asarray(np.exp(-self._power(x)))

    def limited_mean(self, limit: Floats) -> Floats:
        return self._limited(limit, 1)

    def limited_square(self, limit: Floats) -> Floats:
        return self._limited(limit, 2)

    def _limited(self, limit: Floats, power: int) -> Floats:
        index = 1 + power / self.shape
        whole = self.scale**power * math.gamma(index)
        below = whole * gammainc(index, self._power(limit))
        return np.asarray(below + _above(limit, self.survival(limit), power=power))

    def quantile(self, p: Floats) -> Floats:
        return np.asarray(self.scale * (-np.log1p(-p)) ** (1 / self.shape))


@dataclass(frozen=True, slots=True)
class Beta:
    """Beta law on [0, 1] with parameters `p`, `q` > 0: the damage as a share."""

    p: float
    q: float

    @classmethod
    def of(cls, mean: float, cv: float) -> "Beta":
        """Return the law of this mean in (0, 1); cv^2 must be below (1 - mean) / mean."""
        total = (1 - mean) / (mean * cv * cv) - 1
        return cls(mean * total, (1 - mean) * total)

    @property
    def mean(self) -> float:
        return self.p / (self.p + self.q)

    def survival(self, x: Floats) -> Floats:
        """By I alone (scipy's complement takes ten times as long); 1 - I_x(p, q) = I_(1-x)(q, p).

        The second form keeps the digits of a small probability; near 0 it would lose those of x.
        """
        at = np.clip(x, 0.0, 1.0)
        below = np.asarray(betainc(self.p, self.q, at))
        found, far = np.asarray(1.0 - below), (below > _FAR) & (at > 1.0 - _FAR)
        found[far] = betainc(self.q, self.p, 1.0 - at[far])
        return found

    def limited_mean(self, limit: Floats) -> Floats:
        first, _, below, at = self._partial(limit)
        return np.asarray(first + at * (1.0 - below))

    def limited_square(self, limit: Floats) -> Floats:
        _, second, below, at = self._partial(limit)
        return np.asarray(second + at**2 * (1.0 - below))

    def _partial(self, limit: Floats) -> tuple[Floats, Floats, Floats, Floats]:
        """Return E[X; X <= t], E[X^2; X <= t], P(X <= t), and t held within [0, 1].

        One incomplete beta function serves all: I_t(p + 1, q) = I_t(p, q) - t^p (1 - t)^q /
        (p B(p, q)); source: NIST Digital Library of Mathematical Functions, 8.17.20.
        """
        at = np.clip(limit, 0.0, 1.0)
        p, q, total = self.p, self.q, self.p + self.q
        below = np.asarray(betainc(p, q, at))
        # By logarithms: the powers underflow where 1 / B(p, q) overflows.
        edge = np.exp(xlogy(p, at) + xlog1py(q, -at) - betaln(p, q))
        once = below - edge / p
        twice = once - edge * at * total / (p * (p + 1))
        second = p * (p + 1) / (total * (total + 1))
        return self.mean * once, second * twice, below, at

    def quantile(self, p: Floats) -> Floats:
        return np.asarray(betaincinv(self.p, self.q, p))


@dataclass(frozen=True, slots=True)
class InverseGaussian:
    """Inverse Gaussian law with `mean` and `weight` (lambda); cv^2 = mean / weight."""

    mean: float
    weight: float

    @classmethod
    def of(cls, mean: float, cv: float) -> "InverseGaussian":
        return cls(mean, mean / cv**2)

    def _scores(self, x: Floats) -> tuple[Floats, Floats]:
        """Return the score z of the first normal term, and the second normal term.

        P(X <= x) = Phi(z) + second. The second is formed by logarithms, because its factor
        exp(2 weight / mean) alone overflows for a small spread.
        """
        at = np.clip(x, *_FLOATS)
        root = np.sqrt(self.weight / at)
        mirror = log_ndtr(-root * (at / self.mean + 1))
        second = np.exp(2 * self.weight / self.mean + mirror)
        return np.asarray(root * (at / self.mean - 1)), np.asarray(second)

    def survival(self, x: Floats) -> Floats:
        score, second = self._scores(x)
        return np.asarray(np.clip(ndtr(-score) - second, 0.0, 1.0))

    def limited_mean(self, limit: Floats) -> Floats:
        return self._partial(limit) + _above(limit, self.survival(limit))

    def limited_square(self, limit: Floats) -> Floats:
        """Use E[X^2; X <= t] = m^2 F(t) + (m^2/w) E[X; X <= t] - 2 m^2/w sqrt(w t / 2 pi) e(t).

        e(t) = exp(-w (t - m)^2 / (2 m^2 t)); integrated by parts from the density.
        """
        ratio = self.mean**2 / self.weight
        at = np.clip(limit, *_FLOATS)
        edge = np.sqrt(self.weight * at / (2 * math.pi)) * np.exp(
            -self.weight * (at / self.mean - 1) ** 2 / (2 * at)
        )
        survival = self.survival(limit)
        below = self.mean**2 * (1.0 - survival) + ratio * (self._partial(limit) - 2 * edge)
        return np.asarray(np.maximum(below, 0.0) + _above(limit, survival, power=2))

    def _partial(self, limit: Floats) -> Floats:
        """E[X; X <= t] = m (first - second term of the distribution)."""
        score, second = self._scores(limit)
        return np.asarray(self.mean * (ndtr(score) - second))

    def quantile(self, p: Floats) -> Floats:
        """By halving ln x, between bounds that hold all probabilities a float can tell from 1."""
        spread = self.mean / self.weight
        low = np.full(np.shape(p), math.log(self.mean) - math.log1p(80 * spread) - 80.0)
        high = np.full(np.shape(p), math.log(self.mean) + math.log1p(80 * (spread + 1)) + 1.0)
        for _ in range(70):
            middle = (low + high) / 2
            below = self.survival(np.exp(middle)) > 1.0 - p
            low, high = np.where(below, middle, low), np.where(below, high, middle)
        return np.asarray(np.exp(high))


def _above(limit: Floats, survival: Floats, *, power: int = 1) -> Floats:
    """t^k P(X > t), and 0 where t is infinite or not above 0."""
    at = np.where(np.isposinf(limit), 0.0, np.maximum(limit, 0.0))
    return np.asarray(at**power * survival)
