"""Maxima of years: generalised extreme value law by maximum likelihood and L-moments."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import comb

import numpy as np
from scipy.optimize import minimize
from scipy.special import gamma

from app.finance.errors import DomainError
from app.finance.insurance.hazard_levels import HALF_QUANTILE, RETURN_YEARS, ReturnLevel
from app.finance.insurance.hazard_tracks import Floats

Vector = np.ndarray[tuple[int], np.dtype[np.float64]]

_OUTSIDE = -1e15
"""Log-likelihood outside the support: low, and finite for the simplex."""
_HALVINGS = 12
FEWEST = 10
"""House convention: of fewer years no law is fitted."""


class GevMethod(StrEnum):
    LIKELIHOOD = "likelihood"
    L_MOMENTS = "l_moments"


@dataclass(frozen=True, slots=True)
class GevFit:
    """Generalised extreme value law: location μ, scale σ, shape ξ (above 0 a heavy tail)."""

    location: float
    scale: float
    shape: float
    method: GevMethod
    years: int

    def level(self, years: float) -> float:
        """Return the level exceeded in a year with probability 1/years."""
        return gev_level(self.location, self.scale, self.shape, years)


def gev_level(location: float, scale: float, shape: float, years: float) -> float:
    """Return the return level μ + σ/ξ ((-ln(1 - 1/T))^-ξ - 1), of ξ = 0: μ - σ ln(-ln(1 - 1/T)).

    Coles (2001), An introduction to statistical modeling of extreme values, 3.4.

    Raises:
        DomainError: `hazard_return_years`, not longer than one year.
    """
    if years <= 1.0:
        raise DomainError("hazard_return_years", value=years)
    reduced = -np.log(-np.log1p(-1.0 / years))
    if abs(shape) < 1e-9:
        return float(location + scale * reduced)
    return float(location + scale * np.expm1(shape * reduced) / shape)


def checked_maxima(maxima: Sequence[float] | Floats) -> Floats:
    """Return yearly maxima as an array, each year with a value.

    Raises:
        DomainError: `hazard_empty_years` when a year has none or 0 (the law of maxima does not
            hold for years without an event: use number and size of the events),
            `hazard_few_maxima` for fewer than 10, `hazard_same_values` when all are the same.
    """
    found = np.asarray(maxima, dtype=np.float64)
    empty = int(np.count_nonzero(~np.isfinite(found) | (found == 0)))
    if empty:
        raise DomainError("hazard_empty_years", value=empty, years=len(found))
    if len(found) < FEWEST:
        raise DomainError("hazard_few_maxima", value=len(found), minimum=FEWEST)
    if float(np.ptp(found)) == 0.0:
        raise DomainError("hazard_same_values", value=float(found[0]))
    return found


def l_moments(values: Floats) -> tuple[float, float, float]:
    """Return the first, second and third sample L-moments (Hosking 1990, JRSS B 52)."""
    ordered, count = np.sort(values), len(values)
    rank = np.arange(count)
    weighted = [
        float(np.mean(ordered * np.array([comb(int(j), r) for j in rank]) / comb(count - 1, r)))
        for r in range(3)
    ]
    first, second, third = weighted
    return first, 2 * second - first, 6 * third - 6 * second + first


def fit_gev(maxima: Sequence[float] | Floats, method: GevMethod = GevMethod.LIKELIHOOD) -> GevFit:
    """Fit the law of yearly maxima.

    L-moments by the approximation of Hosking, Wallis and Wood (1985, Technometrics 27), which
    errs by less than 0.0009 in the shape; the likelihood starts from there.

    Raises:
        DomainError: as `checked_maxima`.
    """
    values = checked_maxima(maxima)
    first, second, third = l_moments(values)
    c = 2.0 / (3.0 + third / second) - np.log(2.0) / np.log(3.0)
    k = 7.8590 * c + 2.9554 * c**2
    if abs(k) < 1e-7:
        scale = second / np.log(2.0)
        start = np.array([first - np.euler_gamma * scale, scale, 0.0])
    else:
        scale = second * k / ((1 - 2.0**-k) * gamma(1 + k))
        start = np.array([first - scale * (1 - gamma(1 + k)) / k, scale, -k])
    if method is GevMethod.LIKELIHOOD:
        start = _best(lambda at: -_log_likelihood(values, at), start, values)
    location, scale, shape = (float(part) for part in start)
    return GevFit(location, scale, shape, method, len(values))


def _log_likelihood(values: Floats, at: Vector) -> float:
    location, scale, shape = (float(part) for part in at)
    if scale <= 0 or not -1.0 < shape < 2.0:
        return _OUTSIDE
    ratio = (values - location) / scale
    if abs(shape) < 1e-8:
        return float(-len(values) * np.log(scale) - np.sum(ratio + np.exp(-ratio)))
    inner = 1.0 + shape * ratio
    if inner.min() <= 0:
        return _OUTSIDE
    logs = np.log(inner)
    return float(
        -len(values) * np.log(scale) - np.sum((1.0 + 1.0 / shape) * logs + np.exp(-logs / shape))
    )


def _best(loss: Callable[[Vector], float], start: Vector, values: Floats) -> Vector:
    """Minimise by the simplex, which needs no derivative where the support ends."""
    if loss(start) >= -_OUTSIDE:
        spread = float(values.std())
        start = np.array([float(values.mean()) - 0.45 * spread, 0.78 * spread, 0.05])
    for _ in range(3):
        found = minimize(
            loss,
            start,
            method="Nelder-Mead",
            options={"xatol": 1e-9, "fatol": 1e-10, "maxiter": 4000, "maxfev": 4000},
        )
        start = found.x
    return start


def gev_return_levels(
    maxima: Sequence[float] | Floats, fit: GevFit, years: Sequence[float] = RETURN_YEARS
) -> tuple[ReturnLevel, ...]:
    """Return levels of yearly maxima with profile-likelihood intervals (Coles 2001, 3.3.4).

    `fit` must be of maximum likelihood.
    """
    values = checked_maxima(maxima)
    return tuple(_LevelProfile(values, fit, span).interval() for span in years)


class _LevelProfile:
    """The likelihood along one return level, the other two parameters at their best."""

    def __init__(self, values: Floats, fit: GevFit, span: float) -> None:
        self._values, self._fit, self._span = values, fit, span
        self._reduced = -np.log(-np.log1p(-1.0 / span))
        self._top = _log_likelihood(values, np.array([fit.location, fit.scale, fit.shape]))
        self._level = fit.level(span)
        self._held: Vector = np.array([fit.scale, fit.shape])

    def interval(self) -> ReturnLevel:
        low, _ = self._bound(-1.0)
        high, closed = self._bound(1.0)
        return ReturnLevel(float(self._span), self._level, low, high, open_above=not closed)

    def _loss(self, level: float, rest: Vector) -> float:
        scale, shape = float(rest[0]), float(rest[1])
        reduced = self._reduced
        growth = reduced if abs(shape) < 1e-9 else np.expm1(shape * reduced) / shape
        return -_log_likelihood(self._values, np.array([level - scale * growth, scale, shape]))

    def _fallen(self, level: float) -> float:
        """How far the likelihood falls when the level is fixed, less what is allowed.

        The search begins at the best of the level before, widened until it holds all values.
        """
        wider = (
            np.array([self._held[0] * 1.2**step, self._held[1] + 0.05 * step]) for step in range(20)
        )
        start: Vector = next((at for at in wider if self._loss(level, at) < -_OUTSIDE), self._held)

        def loss(rest: Vector) -> float:
            return self._loss(level, rest)

        found = minimize(
            loss,
            start,
            method="Nelder-Mead",
            options={"xatol": 1e-3, "fatol": 1e-4},
        )
        if found.fun < -_OUTSIDE:
            self._held = found.x
        return float(self._top + found.fun) - HALF_QUANTILE

    def _bound(self, direction: float) -> tuple[float, bool]:
        """Walk away from the level until the likelihood has fallen; tell whether it has."""
        self._held = np.array([self._fit.scale, self._fit.shape])
        step, inner = 0.1 * self._fit.scale, self._level
        for _ in range(40):
            outer = self._level + direction * step
            if self._fallen(outer) > 0:
                return self._between(inner, outer), True
            inner, step = outer, step * 1.6
        return inner, False

    def _between(self, inner: float, outer: float) -> float:
        """Halve the stretch in which the likelihood falls through what is allowed."""
        for _ in range(_HALVINGS):
            middle = (inner + outer) / 2
            inner, outer = (inner, middle) if self._fallen(middle) > 0 else (middle, outer)
        return (inner + outer) / 2
