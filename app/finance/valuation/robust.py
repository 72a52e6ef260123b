"""Robust statistics of few prices: centre, spread, outliers and an interval of the median.

Written for 3 to 500 values, so in plain Python; none of them needs a distribution of the prices.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import gcd, log, sqrt
from statistics import fmean, median

import numpy as np

from app.finance.sink.pools import Numbers

MAD_TO_SIGMA = 1.4826
"""Standard deviation over MAD of a normal distribution, 1 / 0.6745."""
MEAN_DEVIATION_TO_SIGMA = 1.253314
"""Standard deviation over mean absolute deviation of a normal distribution, √(π/2)."""

_SMALL_SAMPLE = {2: 1.196, 3: 1.495, 4: 1.363, 5: 1.206, 6: 1.200, 7: 1.140, 8: 1.129, 9: 1.107}
_FINEST_WEIGHTS = 8_000


def absolute_deviations(values: Sequence[float]) -> list[float]:
    """Return |x - median|, in the order of `values`."""
    centre = median(values)
    return [abs(value - centre) for value in values]


def median_absolute_deviation(values: Sequence[float]) -> float:
    """Return MAD, median(|x - median(x)|), in the unit of `values` and not scaled."""
    return median(absolute_deviations(values))


def modified_z_scores(values: Sequence[float]) -> list[float]:
    """Return 0.6745 (x - median) / MAD of each value.

    Where more than half of the values are the same MAD is 0: the mean absolute deviation takes
    its place, (x - median) / (1.253314 MeanAD); all 0 when no value differs.

    Source: Iglewicz, B. and Hoaglin, D. C. (1993): How to Detect and Handle Outliers, ASQC,
    section 3.3; the limit they give is 3.5.
    """
    centre = median(values)
    deviations = absolute_deviations(values)
    scale = median(deviations) / 0.6745
    if scale == 0:
        scale = MEAN_DEVIATION_TO_SIGMA * fmean(deviations)
    if scale == 0:
        return [0.0] * len(values)
    return [(value - centre) / scale for value in values]


def robust_sigma(values: Sequence[float]) -> float:
    """Return the standard deviation that MAD implies, corrected for few values; 0 if all alike.

    1.4826 b_n MAD with the factors b_n of Croux and Rousseeuw (1992), Time-efficient algorithms
    for two highly robust estimators of scale, which make it unbiased for normal values; the mean
    absolute deviation when MAD is 0.
    """
    deviations = absolute_deviations(values)
    count = len(values)
    if not any(deviations) or count < 2:
        return 0.0
    mad = median(deviations)
    if mad == 0:
        return MEAN_DEVIATION_TO_SIGMA * fmean(deviations)
    return MAD_TO_SIGMA * _SMALL_SAMPLE.get(count, count / (count - 0.8)) * mad


def log_standard_deviation(values: Sequence[float]) -> float:
    """Return the sample standard deviation (n - 1) of the logarithms of positive values."""
    logs = [log(value) for value in values]
    mean = fmean(logs)
    return sqrt(sum((value - mean) ** 2 for value in logs) / (len(logs) - 1))


def weighted_median(values: Sequence[float], weights: Sequence[float]) -> float:
    """Return the value that half of the weight lies below; midway when it lies between two.

    With equal weights it is the median. `weights` are not negative and not all 0.

    Source: Edgeworth, F. Y. (1888): On a new method of reducing observations relating to
    several quantities, Philosophical Magazine 25.
    """
    pairs = sorted(pair for pair in zip(values, weights, strict=True) if pair[1] > 0)
    half = sum(weight for _value, weight in pairs) / 2
    below = 0.0
    for number, (value, weight) in enumerate(pairs):
        below += weight
        if below > half * (1 + 1e-12):
            return value
        if below >= half * (1 - 1e-12):
            return (value + pairs[number + 1][0]) / 2
    return pairs[-1][0]


def _whole_weights(weights: Sequence[float]) -> list[int]:
    """Weights as small whole numbers; exact when they are simple multiples of the smallest."""
    smallest = min(weights)
    units = [round(weight / smallest * 1000) for weight in weights]
    divisor = gcd(*units)
    units = [unit // divisor for unit in units]
    total = sum(units)
    if total <= _FINEST_WEIGHTS:
        return units
    return [max(1, round(unit / total * _FINEST_WEIGHTS)) for unit in units]


@dataclass(frozen=True, slots=True)
class MedianInterval:
    """Bounds of a median: two of the values, and the confidence they really have."""

    low: float
    high: float
    coverage: float


def median_interval(
    values: Sequence[float], weights: Sequence[float], confidence: float
) -> MedianInterval:
    """Return the distribution-free interval of the median between two of the values.

    It inverts the sign test: if each value lies below the median with probability 1/2, the
    weight below it is a sum of w_i Bernoulli(1/2), whose distribution is computed exactly. With
    equal weights it is binomial and the interval that of the order statistics. The bounds are
    the innermost values that leave at most (1 - confidence)/2 outside on each side; where the
    values are too few for that (below 5 at 90 %, below 6 at 95 %) they are the lowest and the
    highest, and `coverage` is what those reach, 1 - 2^(1-n).

    Source: Conover, W. J. (1999): Practical Nonparametric Statistics, 3rd ed., section 3.2
    (confidence interval for a quantile); the weighted sign statistic in its place for weights.
    """
    pairs = sorted(pair for pair in zip(values, weights, strict=True) if pair[1] > 0)
    units = _whole_weights([weight for _value, weight in pairs])
    chances = np.ones(1)
    for unit in units:
        none = np.zeros(unit)
        chances = (np.concatenate([chances, none]) + np.concatenate([none, chances])) / 2
    at_most = np.cumsum(chances)
    low, below = _innermost(units, at_most, confidence)
    high, above = _innermost(units[::-1], at_most, confidence)
    return MedianInterval(
        pairs[low][0], pairs[len(pairs) - 1 - high][0], max(0.0, 1.0 - below - above)
    )


def _innermost(units: list[int], at_most: Numbers, confidence: float) -> tuple[int, float]:
    """Position of the bound from one end, and the chance that the median lies beyond it."""
    tail = (1 - confidence) / 2 + 1e-12
    position, beyond, weight = 0, float(at_most[0]), 0
    for number, unit in enumerate(units[:-1], start=1):
        weight += unit
        if at_most[weight] > tail:
            break
        position, beyond = number, float(at_most[weight])
    return position, beyond
