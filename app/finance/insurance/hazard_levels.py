"""Return levels of peaks over a threshold with their profile-likelihood intervals."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import lambertw

from app.finance.insurance.hazard_extremes import (
    HIGHEST_SHAPE,
    LOWEST_SHAPE,
    ParetoFit,
    exceedances,
    pareto_log_likelihood,
)
from app.finance.insurance.hazard_tracks import Floats

CONFIDENCE = 0.95
HALF_QUANTILE = 1.9207294103470446
"""Half of the 95 % quantile of chi-square with one degree of freedom."""
RETURN_YEARS = (2, 5, 10, 20, 50, 100)
_COARSE, _FINE = 32, 48


@dataclass(frozen=True, slots=True)
class ReturnLevel:
    """The level exceeded once in `years` on the long average, and its 95 % interval.

    `reached` tells whether the level lies above the threshold: below, there is none by this
    law. `open_above` tells that the interval goes on beyond what was looked at.
    """

    years: float
    level: float
    low: float
    high: float
    reached: bool = True
    open_above: bool = False


def return_levels(
    values: Sequence[float] | Floats,
    fit: ParetoFit,
    history_years: float,
    years: Sequence[float] = RETURN_YEARS,
) -> tuple[ReturnLevel, ...]:
    """Return levels with intervals from the joint likelihood of number and size of the events.

    The bounds are the lowest and highest level over all (λ, β, ξ) whose log-likelihood is at
    most 1.92 below the highest: the profile-likelihood interval (Coles 2001, 2.6.6 and 4.3.3),
    with the rate λ of the events (Poisson) as uncertain as the law of their size.
    """
    above = exceedances(values, fit.threshold)
    rate = len(above) / history_years
    scale, shape, slack = _region(above, fit)
    most, least = _rates(len(above), history_years, slack)
    found = []
    for span in years:
        level = fit.level(rate, span)
        high = _levels(fit.threshold, scale, shape, most * span)
        low = _levels(fit.threshold, scale, shape, least * span)
        top = int(np.argmax(high))
        found.append(
            ReturnLevel(
                years=float(span),
                level=level,
                low=min(level, float(low.min())),
                high=max(level, float(high[top])),
                reached=rate * span > 1.0,
                open_above=bool(shape[top] > HIGHEST_SHAPE - 0.02),
            )
        )
    return tuple(found)


def _levels(threshold: float, scale: Floats, shape: Floats, expected: Floats) -> Floats:
    growth = np.log(np.maximum(expected, 1.0))
    bent = np.abs(shape) > 1e-9
    safe = np.where(bent, shape, 1.0)
    found: Floats = threshold + scale * np.where(bent, np.expm1(safe * growth) / safe, growth)
    return found


def _rates(events: int, years: float, slack: Floats) -> tuple[Floats, Floats]:
    """Return the highest and lowest rate whose likelihood falls short by at most the slack.

    N ln λ - λY falls from its top at N/Y by N (m - 1 - ln m) with m = λY/N; solved for m by the
    two branches of Lambert's W.
    """
    inside = -np.exp(-1.0 - slack / events)
    high = -np.real(lambertw(inside, k=-1)) * events / years
    low = -np.real(lambertw(inside, k=0)) * events / years
    return high, low


def _region(above: Floats, fit: ParetoFit) -> tuple[Floats, Floats, Floats]:
    """Return scales, shapes and what is left of 1.92 for the parameters of the region.

    A wide grid finds where the region lies, a fine one fills that box; the estimate itself is
    one of the points.
    """
    low = np.array([np.log(fit.scale) - 2.5, LOWEST_SHAPE])
    high = np.array([np.log(fit.scale) + 2.5, HIGHEST_SHAPE])
    logs, shapes, _ = _inside(above, fit, low, high, _COARSE)
    step = (high - low) / (_COARSE - 1)
    box_low = np.maximum(np.array([logs.min(), shapes.min()]) - step, low)
    box_high = np.minimum(np.array([logs.max(), shapes.max()]) + step, high)
    logs, shapes, slack = _inside(above, fit, box_low, box_high, _FINE)
    return np.exp(logs), shapes, slack


def _inside(
    above: Floats, fit: ParetoFit, low: Floats, high: Floats, points: int
) -> tuple[Floats, Floats, Floats]:
    logs, shapes = (
        axis.ravel()
        for axis in np.meshgrid(
            np.linspace(low[0], high[0], points), np.linspace(low[1], high[1], points)
        )
    )
    fell = fit.log_likelihood - pareto_log_likelihood(above, np.exp(logs), shapes)
    kept = fell <= HALF_QUANTILE
    return (
        np.append(logs[kept], np.log(fit.scale)),
        np.append(shapes[kept], fit.shape),
        np.append(HALF_QUANTILE - np.maximum(fell[kept], 0.0), HALF_QUANTILE),
    )
