"""All real roots of a present value as a function of the rate."""

import math
import sys
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from scipy.optimize import brentq

from app.finance.sink.pools import Numbers

LOWEST = math.log(1e-9)
"""A rate closer to -100 % than 1e-9 is taken as none: nothing is left of it in a double."""
HIGHEST = 700.0
"""Above it the rate of a year has no finite double."""


def sign_changes(flows: Sequence[float] | Numbers) -> int:
    """Return how often the sign changes along `flows`, zeros left out."""
    signs = [flow > 0 for flow in np.asarray(flows, dtype=np.float64).tolist() if flow]
    return sum(one is not other for one, other in pairwise(signs))


def merged(
    flows: Sequence[float] | Numbers, times: Sequence[float] | Numbers
) -> tuple[Numbers, Numbers]:
    """Return flows and times in order of time, one flow a time, without zeros.

    What is left of amounts that cancel but for rounding counts as zero.
    """
    sums: dict[float, float] = {}
    sizes: dict[float, float] = {}
    for time, flow in zip(
        np.asarray(times, dtype=np.float64).tolist(),
        np.asarray(flows, dtype=np.float64).tolist(),
        strict=True,
    ):
        sums[time] = sums.get(time, 0.0) + flow
        sizes[time] = sizes.get(time, 0.0) + abs(flow)
    kept = [time for time in sorted(sums) if abs(sums[time]) > 1e-14 * sizes[time]]
    return np.array([sums[time] for time in kept]), np.array(kept)


class _Curve:
    """f(x) = sum of c_i e^(-t_i x), evaluated on a scale of its own at each x.

    The scale is positive, so sign and roots are those of f, and nothing overflows.
    """

    def __init__(self, coefficients: Numbers, times: Numbers) -> None:
        self._signs = np.sign(coefficients)
        self._logs = np.log(np.abs(coefficients))
        self._times = times

    def __call__(self, x: float) -> float:
        exponents = self._logs - self._times * x
        # argmax and an item cost a third of max() on arrays this short
        return float(self._signs @ np.exp(exponents - exponents[exponents.argmax()]))

    def sign(self, x: float) -> int:
        """Return the sign of f, 0 where it cannot be told from rounding."""
        exponents = self._logs - self._times * x
        largest = float(np.abs(exponents).max())
        sizes = np.exp(exponents - exponents.max())
        value = float(self._signs @ sizes)
        doubt = 4 * sys.float_info.epsilon * (1.0 + largest) * float(sizes.sum())
        return 0 if abs(value) <= doubt else (1 if value > 0 else -1)


def _pivot(coefficients: Numbers, times: Numbers) -> tuple[int, float]:
    """Return the number of sign changes and an exponent at the middle one."""
    positive = coefficients > 0
    changes = np.flatnonzero(positive[1:] != positive[:-1])
    if not len(changes):
        return 0, 0.0
    place = int(changes[len(changes) // 2])
    return len(changes), float(times[place] + times[place + 1]) / 2


def _roots(coefficients: Numbers, times: Numbers, low: float, high: float) -> list[float]:
    changes, pivot = _pivot(coefficients, times)
    if changes == 0:
        return []
    inner: list[float] = []
    if changes > 1:
        slope = coefficients * (pivot - times)
        inner = _roots(slope / np.abs(slope).max(), times, low, high)
    curve = _Curve(coefficients, times)
    points = [low, *inner, high]
    signs = [curve.sign(point) for point in points]
    found = [point for point, sign in zip(points, signs, strict=True) if sign == 0]
    for (left, right), (before, after) in zip(pairwise(points), pairwise(signs), strict=True):
        if before * after < 0:
            found.append(float(brentq(curve, left, right, xtol=1e-15, rtol=1e-14)))
    return sorted(found)


def log_roots(flows: Numbers, times: Numbers) -> list[float]:
    """Return every x = ln(1 + rate) at which the sum of flow e^(-t x) is zero, ascending.

    `flows` without zeros, in order of `times`. The sum has at most as many roots as sign
    changes. Times e^(a x), with an a between the two times of a sign change, it has the same
    roots and a derivative with one sign change less, whose roots part the line into pieces on
    which it is monotone: each piece holds one root or none. So none is missed and none
    is invented. Source: Laguerre, Sur la théorie des équations numériques (1883), the rule of
    signs for exponential sums.
    """
    if len(flows) < 2:
        return []
    scaled = flows / np.abs(flows).max()
    return _distinct(_roots(scaled, times - times[0], LOWEST, HIGHEST))


def _distinct(points: list[float]) -> list[float]:
    """Drop what is the same root within rounding."""
    kept: list[float] = []
    for point in points:
        if not kept or point - kept[-1] > 1e-9:
            kept.append(point)
    return kept
