"""Peaks over a threshold: generalised Pareto, its threshold, and return levels."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import expm1, log

import numpy as np

from app.finance.errors import DomainError
from app.finance.insurance.hazard_tracks import Floats

FEWEST = 10
"""House convention: of fewer exceedances no law is fitted."""
LOWEST_SHAPE = -0.95
HIGHEST_SHAPE = 2.0
"""Bounds of ξ: below -1 the likelihood has no maximum."""
_NO_SHAPE = 1e-8
_POINTS, _ROUNDS = 25, 9


@dataclass(frozen=True, slots=True)
class ParetoFit:
    """Generalised Pareto law of what exceeds a threshold, by maximum likelihood.

    Attributes:
        threshold: u; exceedances: values above it.
        scale: β in the unit of the values; shape: ξ.
        scale_se, shape_se: standard errors by the observed information, None where it is not
            regular (ξ of -0.5 or less, Smith 1985).
        log_likelihood: of the exceedances.
    """

    threshold: float
    exceedances: int
    scale: float
    shape: float
    scale_se: float | None
    shape_se: float | None
    log_likelihood: float

    @property
    def mean_excess(self) -> float:
        """β / (1 - ξ), infinite for ξ of 1 or more."""
        return self.scale / (1.0 - self.shape) if self.shape < 1.0 else float("inf")

    @property
    def highest(self) -> float:
        """The end of the law: u - β/ξ for ξ below 0, else infinite."""
        return self.threshold - self.scale / self.shape if self.shape < 0 else float("inf")

    def level(self, events_per_year: float, years: float) -> float:
        """Return the level exceeded once in `years`: u + β/ξ ((λT)^ξ - 1); u below λT = 1.

        Coles (2001), An introduction to statistical modeling of extreme values, 4.3.3.
        """
        growth = log(max(events_per_year * years, 1.0))
        bent = abs(self.shape) > _NO_SHAPE
        reach = expm1(self.shape * growth) / self.shape if bent else growth
        return self.threshold + self.scale * reach


def pareto_log_likelihood(excesses: Floats, scale: Floats, shape: Floats) -> Floats:
    """Return the log-likelihood of excesses for each scale and shape; these two broadcast.

    -n ln β - (1 + 1/ξ) Σ ln(1 + ξ y/β), of ξ = 0: -n ln β - Σ y/β; -inf outside the support.
    """
    scale, shape = np.broadcast_arrays(np.asarray(scale), np.asarray(shape))
    count, theta = excesses.shape[-1], shape / scale
    plain = np.abs(shape) < _NO_SHAPE
    bent = ~plain & (1.0 + theta * excesses.max() > 0) & (1.0 + theta * excesses.min() > 0)
    tail = np.full(shape.shape, np.inf)
    tail[plain] = excesses.sum() / scale[plain]
    logs = np.log1p(theta[bent][:, None] * excesses).sum(axis=-1)
    tail[bent] = (1.0 + 1.0 / shape[bent]) * logs
    found: Floats = -count * np.log(scale) - tail
    return found


def exceedances(values: Sequence[float] | Floats, threshold: float) -> Floats:
    """Return what the finite values at or above the threshold exceed it by."""
    found = np.asarray(values, dtype=np.float64)
    found = found[np.isfinite(found)]
    return found[found >= threshold] - threshold


def fit_pareto(values: Sequence[float] | Floats, threshold: float) -> ParetoFit:
    """Fit a generalised Pareto law to the values at or above a threshold by maximum likelihood.

    The likelihood is maximised along θ = ξ/β, for which the best ξ is the mean of ln(1 + θ y)
    (Davison 1984; Grimshaw 1993, Technometrics 35).

    Raises:
        DomainError: `hazard_few_exceedances` for fewer than 10 such values,
            `hazard_same_values` when they are all the same.
    """
    above = exceedances(values, threshold)
    if len(above) < FEWEST:
        raise DomainError("hazard_few_exceedances", value=len(above), minimum=FEWEST)
    if float(np.ptp(above)) == 0.0:
        raise DomainError("hazard_same_values", value=float(above[0]) + threshold)
    theta = _best_theta(above)
    shape = float(np.log1p(theta * above).mean())
    scale = shape / theta if abs(theta) > 1e-10 else float(above.mean())
    best = float(pareto_log_likelihood(above, np.array(scale), np.array(shape)))
    errors = _standard_errors(above, scale, shape) if shape > -0.5 else None
    return ParetoFit(
        threshold=threshold,
        exceedances=len(above),
        scale=scale,
        shape=shape,
        scale_se=errors[0] if errors else None,
        shape_se=errors[1] if errors else None,
        log_likelihood=best,
    )


def _profile(theta: Floats, above: Floats) -> Floats:
    """Return the log-likelihood at θ with the best ξ; outside the bounds of ξ -inf."""
    shape = np.log1p(theta[:, None] * above).mean(axis=1)
    plain = np.abs(theta) * above.mean() < 1e-9
    scale = np.where(plain, above.mean(), shape / np.where(plain, 1.0, theta))
    count = len(above)
    found: Floats = np.where(
        (shape >= LOWEST_SHAPE) & (shape <= HIGHEST_SHAPE),
        -count * (np.log(np.abs(scale)) + shape + 1.0),
        -np.inf,
    )
    return found


def _best_theta(above: Floats) -> float:
    """Return θ of the highest likelihood: a grid over its range, then finer and finer ones."""
    end = -1.0 / above.max()
    below = end * (1.0 - np.geomspace(1e-6, 1.0, 40)[:-1])
    beyond = np.geomspace(1e-5, 1e3, 60) / above.mean()
    grid = np.concatenate([below, [0.0], beyond])
    for _ in range(_ROUNDS):
        place = int(np.argmax(_profile(grid, above)))
        low, high = grid[max(place - 1, 0)], grid[min(place + 1, len(grid) - 1)]
        grid = np.linspace(low, high, _POINTS)
    return float(grid[_POINTS // 2])


def _standard_errors(above: Floats, scale: float, shape: float) -> tuple[float, float] | None:
    """Return the standard errors of β and ξ by second differences of the likelihood."""
    steps = np.array([scale, 1.0]) * 1e-4
    middle = np.array([scale, shape])

    def at(first: float, second: float) -> float:
        moved = middle + steps * (first, second)
        return float(pareto_log_likelihood(above, moved[0], moved[1]))

    centre = at(0, 0)
    bend = [
        (at(*one) - 2 * centre + at(*other))
        for one, other in (((1, 0), (-1, 0)), ((0, 1), (0, -1)))
    ]
    cross = (at(1, 1) - at(1, -1) - at(-1, 1) + at(-1, -1)) / 4
    information = -np.array([[bend[0], cross], [cross, bend[1]]]) / np.outer(steps, steps)
    if not np.all(np.isfinite(information)) or np.linalg.det(information) <= 0:
        return None
    variances = np.diag(np.linalg.inv(information))
    if np.any(variances <= 0):
        return None
    first, second = np.sqrt(variances)
    return float(first), float(second)


@dataclass(frozen=True, slots=True)
class ThresholdLine:
    """What a threshold would give: mean excess, ξ, and β - ξu, which do not move with u above
    a threshold that is high enough (Davison and Smith 1990; Coles 2001, 4.3)."""

    threshold: float
    exceedances: int
    mean_excess: float
    mean_excess_se: float
    shape: float
    shape_se: float | None
    modified_scale: float


def threshold_table(values: Sequence[float] | Floats, lines: int = 12) -> tuple[ThresholdLine, ...]:
    """Return mean excess and stability of the parameters for thresholds from low to high.

    The thresholds are values of the history that leave at least 10 above them, evenly spread by
    rank; values that occur again and again give one line.
    """
    found = np.sort(np.asarray(values, dtype=np.float64))
    found = found[np.isfinite(found)]
    last = len(found) - FEWEST
    if last < 1:
        return ()
    ranks = np.unique(np.linspace(0, last - 1, lines).round().astype(np.int64))
    table = []
    for threshold in np.unique(found[ranks]):
        above = exceedances(found, float(threshold))
        if len(above) < FEWEST or float(np.ptp(above)) == 0.0:
            continue
        fit = fit_pareto(found, float(threshold))
        table.append(
            ThresholdLine(
                threshold=float(threshold),
                exceedances=len(above),
                mean_excess=float(above.mean()),
                mean_excess_se=float(above.std(ddof=1) / np.sqrt(len(above))),
                shape=fit.shape,
                shape_se=fit.shape_se,
                modified_scale=fit.scale - fit.shape * fit.threshold,
            )
        )
    return tuple(table)
