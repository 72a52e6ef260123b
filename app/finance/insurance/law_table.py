"""A law asked at many losses or levels at once: read from tables of its own, made once.

A season of months with other values on risk asks the same law hundreds of thousands of times, and
so do simulated years. Between the nodes L(x) = E[min(X, x)] is the cubic that has its values and
its slopes P(X > x) (Hermite interpolation), which is off by some 1e-11 of the mean. Quantiles are
straight lines in the normal score of the level, for drawing alone: some 1e-5 of the spread off.
"""

import math
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

from app.finance.insurance.loss_law import Floats, LossLaw
from app.finance.insurance.smooth_laws import Beta, Gamma, InverseGaussian, Weibull
from app.finance.insurance.tail_laws import WithPoints

NODES = 1024
MANY = 4 * NODES
"""Of fewer losses the law itself is asked."""
_LEAST_SPREAD = 0.025
"""Standard deviation of a beta law, the least the nodes are close enough for."""
_LEAST_CV = 0.1
LEAST_SHAPE = 0.05
"""Of a beta law: below it a quantile jumps from one end to the other between two nodes."""
_SCORES, _STEP = np.linspace(-8.3, 8.3, NODES + 1, retstep=True)
"""Normal scores of all levels a drawn number can have, and their distance."""

Slow = Beta | Gamma | Weibull | InverseGaussian
"""Laws that are an incomplete beta or gamma function, or four normal ones, at each loss."""


def tabled(law: LossLaw) -> LossLaw:
    """Return the same law, read from tables where it is slow and asked often."""
    if isinstance(law, WithPoints):
        return replace(law, law=tabled(law.law))
    return TabledLaw(law) if isinstance(law, Slow) else law


@dataclass(frozen=True, slots=True)
class TabledLaw:
    """A slow law; limited means and quantiles of more than `MANY` come from its tables."""

    law: Slow

    @property
    def mean(self) -> float:
        return self.law.mean

    def survival(self, x: Floats) -> Floats:
        return self.law.survival(x)

    def limited_mean(self, limit: Floats) -> Floats:
        if limit.size > MANY and _is_close(self.law):
            return _table(self.law).limited_mean(limit)
        return self.law.limited_mean(limit)

    def limited_square(self, limit: Floats) -> Floats:
        return self.law.limited_square(limit)

    def quantile(self, p: Floats) -> Floats:
        law = self.law
        jumps = isinstance(law, Beta) and min(law.p, law.q) < LEAST_SHAPE
        if p.size > MANY and not jumps and not isinstance(law, Weibull):
            left, part = score_nodes(p)
            low, high = quantiles(law)[left], quantiles(law)[left + 1]
            return np.asarray(low + part * (high - low))
        return law.quantile(p)


def score_nodes(level: Floats) -> tuple[NDArray[np.intp], Floats]:
    """Return the node of a table of quantiles below each level, and the part to the next."""
    place: Floats = ndtri(level)
    place -= _SCORES[0]
    place /= _STEP
    np.clip(place, 0.0, NODES - 1e-9, out=place)
    left = place.astype(np.intp)
    place -= left
    return left, place


@lru_cache(maxsize=1024)
def quantiles(law: Slow) -> Floats:
    """Return the quantiles of a law at the nodes."""
    found = law.quantile(np.clip(ndtr(_SCORES), 1e-16, 1 - 2.0**-53))
    found.flags.writeable = False
    return found


def _is_close(law: Slow) -> bool:
    """Whether the spread of a law is many times the distance of the nodes."""
    if isinstance(law, Beta):
        total = law.p + law.q
        return math.sqrt(law.p * law.q / (total + 1)) / total >= _LEAST_SPREAD
    square = float(law.limited_square(np.array([np.inf]))[0])
    return square >= (1 + _LEAST_CV**2) * law.mean**2


@dataclass(frozen=True, eq=False)
class _Table:
    """L at nodes that are even in u, and what it grows by u; `scale` 0 for losses up to 1.

    x = sin^2(pi u / 2) up to 1, x = scale u^2 / (1 - u) without end: both are close at 0, where
    a density may be infinite, the first at 1 as well.
    """

    scale: float
    values: Floats
    growth: Floats

    def limited_mean(self, x: Floats) -> Floats:
        place = self._place(x) * NODES
        left = np.minimum(place.astype(np.intp), NODES - 1)
        part = place - left
        low, high = self.values[left], self.values[left + 1]
        before, after = self.growth[left], self.growth[left + 1]
        rise = high - low
        bend = 3.0 * rise - 2.0 * before - after
        twist = before + after - 2.0 * rise
        return np.asarray(low + part * (before + part * (bend + part * twist)))

    def _place(self, x: Floats) -> Floats:
        """Return u of each loss."""
        if self.scale == 0:
            return np.asarray(np.arcsin(np.sqrt(np.clip(x, 0.0, 1.0))) * (2.0 / math.pi))
        root = np.sqrt(np.maximum(x, 0.0) / self.scale)
        return np.asarray(2.0 * root / (root + np.sqrt(root * root + 4.0)))


@lru_cache(maxsize=128)
def _table(law: Slow) -> _Table:
    u = np.linspace(0.0, 1.0, NODES + 1)[1:-1]
    if isinstance(law, Beta):
        scale = 0.0
        inner, steps, top = np.sin(math.pi / 2 * u) ** 2, math.pi / 2 * np.sin(math.pi * u), 1.0
    else:
        scale = law.mean
        inner, steps, top = scale * u**2 / (1 - u), scale * u * (2 - u) / (1 - u) ** 2, np.inf
    x = np.concatenate([[0.0], inner, [top]])
    growth = np.concatenate([[0.0], law.survival(inner) * steps, [0.0]]) / NODES
    return _Table(scale, law.limited_mean(x), growth)
