"""Credibility: what weight the own history has against its class.

Sources: Bühlmann, H. (1967) "Experience rating and credibility", ASTIN Bulletin 4;
Bühlmann, H., Straub, E. (1970) "Glaubwürdigkeit für Schadensätze", Mitteilungen VSVM 70;
Bühlmann, H., Gisler, A. (2005) "A course in credibility theory", ch. 3 and 4; for full
credibility Klugman, Panjer, Willmot: Loss Models, limited fluctuation credibility.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FULL_SCORE = 1.96
FULL_ERROR = 0.05
"""Full credibility: 95 % of the time within 5 % of the mean, the score as tables print it."""

_ROUNDS = 2000
_SETTLED = 1e-13
_GONE = 1e-9
"""A variance that the iteration brings below this part of the unbiased one goes on to 0."""


@dataclass(frozen=True)
class Member:
    """One member of a class: a value for each unit of exposure by year, and the exposures."""

    name: str
    values: NDArray[np.float64]
    weights: NDArray[np.float64]

    @property
    def weight(self) -> float:
        """Exposure of all years."""
        return float(self.weights.sum())

    @property
    def mean(self) -> float:
        """Mean value, weighted by exposure."""
        return float(self.weights @ self.values) / self.weight


@dataclass(frozen=True, slots=True)
class ClassFit:
    """A class by Bühlmann-Straub: variance within s2, between a, mean m; Z of the members."""

    process_variance: float
    mean_variance: float
    mean: float
    factors: tuple[float, ...]


def credibility_factor(weight: float, process_variance: float, mean_variance: float) -> float:
    """Return Z = w / (w + s2 / a), from 0 to 1; 0 where the members do not differ (a = 0).

    Args:
        weight: exposure, or the years n of Bühlmann's model.
        process_variance: mean variance s2 within a member, for one unit of exposure.
        mean_variance: variance a between the means of the members, floored at 0.
    """
    if mean_variance <= 0:
        return 0.0
    return weight * mean_variance / (weight * mean_variance + process_variance)


def fit_class(members: Sequence[Member], *, iterative: bool, mean_by_exposure: bool) -> ClassFit:
    """Estimate the parameters of a class.

    s2 = sum w (X - Xi)^2 / sum (n_i - 1). The variance between is unbiased,
    a = [sum w_i (Xi - X)^2 - (I - 1) s2] / (w - sum w_i^2 / w) with X weighted by exposure, or
    iterative (Bichsel-Straub), a = sum Z_i (Xi - m)^2 / (I - 1) with m weighted by Z, from the
    unbiased one on until it stands. Either is floored at 0: then every Z is 0.

    Args:
        members: two at least, one of them with two years at least.
        iterative: take the iterative estimator of the variance between.
        mean_by_exposure: m is weighted by exposure, not by Z; always so where a is 0.
    """
    means = np.array([member.mean for member in members])
    weights = np.array([member.weight for member in members])
    within = sum(
        float(member.weights @ (member.values - mean) ** 2)
        for member, mean in zip(members, means, strict=True)
    )
    process = within / sum(len(member.values) - 1 for member in members)
    between = _unbiased(means, weights, process)
    if iterative and between > 0:
        between = _iterated(means, weights, process, between)
    factors = _factors(weights, process, between)
    by_exposure = mean_by_exposure or between <= 0
    middle = float(np.average(means, weights=weights if by_exposure else factors))
    return ClassFit(process, between, middle, tuple(factors.tolist()))


def _factors(weights: NDArray[np.float64], process: float, between: float) -> NDArray[np.float64]:
    return np.array([credibility_factor(float(one), process, between) for one in weights])


def _unbiased(means: NDArray[np.float64], weights: NDArray[np.float64], process: float) -> float:
    total = float(weights.sum())
    middle = float(weights @ means) / total
    spread = float(weights @ (means - middle) ** 2) - (len(means) - 1) * process
    return max(spread / (total - float(weights @ weights) / total), 0.0)


def _iterated(
    means: NDArray[np.float64], weights: NDArray[np.float64], process: float, start: float
) -> float:
    between = start
    for _ in range(_ROUNDS):
        factors = _factors(weights, process, between)
        if not factors.sum() > 0:
            return 0.0
        middle = float(np.average(means, weights=factors))
        found = float(factors @ (means - middle) ** 2) / (len(means) - 1)
        if abs(found - between) <= _SETTLED * start:
            return found if found > _GONE * start else 0.0
        between = found
    return between


def full_credibility_claims(severity_cv: float = 0.0) -> float:
    """Return the claims at which the own history would count in full.

    (1.96 / 0.05)^2 = 1,536.64 claims for their number (Poisson), times 1 + cv^2 for the pure
    premium. Shown to say how far off a history is; no premium rests on it.
    """
    return (FULL_SCORE / FULL_ERROR) ** 2 * (1.0 + severity_cv**2)


def square_root_factor(claims: float, needed: float) -> float:
    """Return the partial credibility by the square-root rule, min(1, sqrt(claims / needed))."""
    return min(1.0, math.sqrt(claims / needed))
