"""Random draws of uncertain inputs: quantiles of each distribution at correlated normals."""

import numpy as np
from scipy.special import betaincinv, ndtr

from app.finance.case.carbon.uncertain import DistributionKind, DistributionLine, observed_values
from app.finance.errors import DomainError
from app.finance.sink.pools import Numbers

_GRID = np.linspace(-8.0, 8.0, 8001)
"""Normal scores at which the PERT quantile is computed; between them it is interpolated."""


def correlated_normals(
    generator: np.random.Generator, draws: int, years: int, correlation: float
) -> Numbers:
    """Return standard normals, shape (draws, 1) at correlation 1 and (draws, years) below it.

    Neighbouring years are correlated by `correlation` (0 to 1), years k apart by its k-th
    power: z_t = c z_(t-1) + sqrt(1 - c^2) e_t, a stationary autoregression of order 1.
    """
    if correlation >= 1:
        return generator.standard_normal((draws, 1))
    scores = generator.standard_normal((draws, years))
    fresh = np.sqrt(1 - correlation**2)
    for year in range(1, years):
        scores[:, year] = correlation * scores[:, year - 1] + fresh * scores[:, year]
    return scores


def _triangular(line: DistributionLine, mode: float, scores: Numbers) -> Numbers:
    low, high = line.low or 0.0, line.high or 0.0
    share = ndtr(scores)
    if high == low:
        return np.full_like(share, low)
    turn = (mode - low) / (high - low)
    rising = low + np.sqrt(share * (high - low) * (mode - low))
    falling = high - np.sqrt((1 - share) * (high - low) * (high - mode))
    return np.where(share < turn, rising, falling)


def _pert(line: DistributionLine, mode: float, scores: Numbers) -> Numbers:
    """Beta on low..high with alpha = 1 + 4 (m - a)/(b - a), beta = 1 + 4 (b - m)/(b - a)."""
    low, high = line.low or 0.0, line.high or 0.0
    if high == low:
        return np.full_like(scores, low)
    alpha = 1 + 4 * (mode - low) / (high - low)
    beta = 1 + 4 * (high - mode) / (high - low)
    grid = low + (high - low) * betaincinv(alpha, beta, ndtr(_GRID))
    return np.interp(scores, _GRID, grid)


def _parametric(line: DistributionLine, base: float, scores: Numbers) -> Numbers:
    mean = base if line.mean is None else line.mean
    sd = line.sd or 0.0
    if line.kind is DistributionKind.LOGNORMAL:
        spread = np.log1p((sd / mean) ** 2)
        scores = np.sqrt(spread) * scores + (np.log(mean) - spread / 2)
        return np.asarray(np.exp(scores))
    return np.asarray(mean + sd * scores)


def quantiles(line: DistributionLine, base: float, scores: Numbers) -> Numbers:
    """Return the values of a distribution at standard normal scores, in the shape of `scores`.

    `base` is the input itself: the mean or mode where the line gives none. A lognormal is
    given by the mean and standard deviation of the quantity, not of its logarithm:
    s^2 = ln(1 + sd^2/mean^2), m = ln(mean) - s^2/2. PERT after Malcolm et al. 1959.
    """
    mode = base if line.mode is None else line.mode
    if line.kind in (DistributionKind.NORMAL, DistributionKind.LOGNORMAL):
        return _parametric(line, base, scores)
    if line.kind is DistributionKind.TRIANGULAR:
        return _triangular(line, mode, scores)
    if line.kind is DistributionKind.PERT:
        return _pert(line, mode, scores)
    if line.kind is DistributionKind.UNIFORM:
        low, high = line.low or 0.0, line.high or 0.0
        return np.asarray(low + (high - low) * ndtr(scores))
    values = np.asarray(observed_values(line))
    place = np.minimum((ndtr(scores) * len(values)).astype(int), len(values) - 1)
    return np.asarray(values[place], dtype=np.float64)


def check_against(line: DistributionLine, base: float, path: str) -> None:
    """Refuse a distribution that does not fit the input it stands for.

    Raises:
        DomainError: `mode_outside` when the input is the mode and lies outside low..high;
            `lognormal_mean` when the input is the mean of a lognormal and is not positive.
    """
    if line.kind in (DistributionKind.TRIANGULAR, DistributionKind.PERT) and line.mode is None:
        low, high = line.low or 0.0, line.high or 0.0
        if not low <= base <= high:
            raise DomainError("mode_outside", path=f"{path}.mode", value=base, low=low, high=high)
    if line.kind is DistributionKind.LOGNORMAL and line.mean is None and base <= 0:
        raise DomainError("lognormal_mean", path=f"{path}.mean", value=base)
