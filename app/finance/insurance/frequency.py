"""How many events a period has."""

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from app.finance.case.cover.perils import FrequencyLaw
from app.finance.errors import DomainError


@dataclass(frozen=True, slots=True)
class Frequency:
    """Number N of events: law, mean, and variance over mean (1 for Poisson).

    `ratio` belongs to the negative binomial alone (above 1); the binomial is that of one trial, so
    its mean is a probability. Source: Klugman, Panjer, Willmot, Loss Models, appendix B.

    Raises:
        DomainError: `at_most_one_event` for a binomial with a mean above 1.
    """

    law: FrequencyLaw
    mean: float
    ratio: float = 1.0

    def __post_init__(self) -> None:
        if self.law is FrequencyLaw.BINOMIAL and self.mean > 1:
            raise DomainError(
                "at_most_one_event", path="insurance.perils", value=self.mean, at_most=1
            )

    @property
    def _beta(self) -> float:
        """Variance over mean less 1, when the law is a negative binomial; else 0."""
        return self.ratio - 1 if self.law is FrequencyLaw.NEGATIVE_BINOMIAL else 0.0

    @property
    def variance(self) -> float:
        if self.law is FrequencyLaw.BINOMIAL:
            return self.mean * (1 - self.mean)
        return self.mean * (1 + self._beta)

    @property
    def p_zero(self) -> float:
        if self.law is FrequencyLaw.BINOMIAL:
            return 1 - self.mean
        beta = self._beta
        return math.exp(-self.mean if beta == 0 else -self.mean / beta * math.log1p(beta))

    def generating(self, z: NDArray[np.complex128]) -> NDArray[np.complex128]:
        """Return E[z^N]."""
        if self.law is FrequencyLaw.BINOMIAL:
            return np.asarray(1 + self.mean * (z - 1))
        beta = self._beta
        if beta == 0:
            return np.asarray(np.exp(self.mean * (z - 1)))
        return np.asarray(np.exp(-self.mean / beta * np.log(1 - beta * (z - 1))))

    def log_growth(self, excess: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return ln E[(1 + excess)^N] for real excess >= 0; infinite where it has no value."""
        if self.law is FrequencyLaw.BINOMIAL:
            return np.asarray(np.log1p(self.mean * excess))
        beta = self._beta
        if beta == 0:
            return np.asarray(self.mean * excess)
        inside = np.minimum(beta * excess, 1.0)
        with np.errstate(divide="ignore"):
            return np.asarray(-self.mean / beta * np.log1p(-inside))

    def thinned(self, share: float) -> "Frequency":
        """Return the number of events of which each counts with probability `share`.

        The mean falls to its share; variance over mean of the negative binomial less 1 as well,
        since its size r stays. Source: Loss Models, section 8.6.
        """
        return replace(self, mean=self.mean * share, ratio=1 + (self.ratio - 1) * share)

    def drawn(self, rng: np.random.Generator, size: int) -> NDArray[np.int64]:
        """Return `size` draws of N."""
        if self.law is FrequencyLaw.BINOMIAL:
            return np.asarray(rng.binomial(1, self.mean, size), dtype=np.int64)
        beta = self._beta
        if beta == 0 or self.mean == 0:
            return np.asarray(rng.poisson(self.mean, size), dtype=np.int64)
        drawn = rng.negative_binomial(self.mean / beta, 1 / (1 + beta), size)
        return np.asarray(drawn, dtype=np.int64)

    def years_drawn(self, rng: np.random.Generator, years: int) -> NDArray[np.intp]:
        """Return the year (from 0) of each event of so many years, in random order.

        A Poisson number of events a year is one of all years, each event in any of them.
        """
        if self.ratio == 1 and self.law is not FrequencyLaw.BINOMIAL:
            return np.asarray(rng.integers(0, years, rng.poisson(self.mean * years)), dtype=np.intp)
        return rng.permutation(np.repeat(np.arange(years), self.drawn(rng, years)))
