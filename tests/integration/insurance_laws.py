"""Laws and means by scipy, to hold the shipped cases of insurance against."""

import math
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import integrate, stats

Draws = NDArray[np.float64]


def beta_of(mean: float, cv: float) -> Any:
    size = (1 - mean) / (mean * cv**2) - 1
    return stats.beta(mean * size, (1 - mean) * size)


def lognormal_of(mean: float, cv: float) -> Any:
    sigma = math.sqrt(math.log1p(cv**2))
    return stats.lognorm(sigma, scale=mean * math.exp(-(sigma**2) / 2))


def mean_of(law: Any, paid: Callable[[float], float], top: float, corners: list[float]) -> float:
    """Return the mean of a payment by quadrature over a law up to `top`, the rest paid as there."""
    cuts = [law.ppf(0), *sorted(c for c in corners if law.ppf(0) < c < top), top]
    parts = [
        integrate.quad(lambda x: paid(x) * law.pdf(x), low, high, epsabs=1e-12, epsrel=1e-10)[0]
        for low, high in pairwise(cuts)
    ]
    return math.fsum(parts) + paid(top) * float(law.sf(top))


def assert_near(drawn: Draws, expected: float) -> None:
    """Hold a simulated mean to three standard errors."""
    error = drawn.std() / math.sqrt(drawn.size)
    assert drawn.mean() == pytest.approx(expected, abs=3 * float(error))
