"""How far a mean of few years may be off: standard error and bootstrap interval."""

import math

import numpy as np
from numpy.typing import NDArray

RESAMPLES = 2000
INTERVAL = (0.05, 0.95)


def mean_error(yearly: NDArray[np.float64]) -> float | None:
    """Return sd / sqrt(n) of the mean of n years; None for a single year."""
    if yearly.size < 2:
        return None
    return float(yearly.std(ddof=1)) / math.sqrt(yearly.size)


def mean_interval(yearly: NDArray[np.float64], *, seed: int) -> tuple[float, float]:
    """Return bounds of 90 % of the means of years drawn again with replacement.

    Percentile interval of 2,000 draws; Efron, Tibshirani (1993) "An introduction to the
    bootstrap", ch. 13. The same seed gives the same interval.
    """
    drawn = np.random.default_rng(seed).integers(0, yearly.size, (RESAMPLES, yearly.size))
    low, high = np.quantile(yearly[drawn].mean(axis=1), INTERVAL)
    return float(low), float(high)
