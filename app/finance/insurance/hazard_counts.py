"""How many events a year a history has, and which law their number follows."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import chdtr, chdtrc, chdtri

from app.finance.case.cover.perils import FrequencyLaw
from app.finance.errors import DomainError

SIGNIFICANT = 0.05
"""House convention: a test finds something when it would err in at most 1 of 20 cases."""
CONFIDENCE = 0.95
FEWEST_YEARS = 2


@dataclass(frozen=True, slots=True)
class CountFit:
    """The number of events a year.

    Attributes:
        years: years counted; events: events in them.
        mean: events a year; low, high: its exact 95 % interval under Poisson.
        variance: between years, with n - 1.
        ratio: variance over mean, None without events.
        dispersion: sum of squared differences over the mean, chi-square with n - 1 degrees.
        p_over: probability of as much spread or more under Poisson.
        p_under: probability of as little spread or less.
        law: Poisson, or negative binomial when the spread is significantly above it.
    """

    years: int
    events: int
    mean: float
    low: float
    high: float
    variance: float
    ratio: float | None
    dispersion: float | None
    p_over: float | None
    p_under: float | None
    law: FrequencyLaw

    @property
    def variance_to_mean(self) -> float | None:
        """Variance over mean for the negative binomial; None for Poisson."""
        return self.ratio if self.law is FrequencyLaw.NEGATIVE_BINOMIAL else None


def poisson_interval(events: int, years: float) -> tuple[float, float]:
    """Return the exact 95 % interval of a yearly rate (Garwood 1936, Biometrika 28)."""
    tail = (1.0 - CONFIDENCE) / 2
    low = float(chdtri(2 * events, 1.0 - tail)) / 2 if events else 0.0
    return low / years, float(chdtri(2 * events + 2, tail)) / 2 / years


def fit_counts(counts: Sequence[int]) -> CountFit:
    """Fit the number of events a year.

    The law is Poisson unless the index of dispersion (Fisher 1950; Cox and Lewis 1966) finds
    more spread at 5 %.

    Raises:
        DomainError: `hazard_few_years`, fewer than two years.
    """
    found = np.asarray(counts, dtype=np.float64)
    years = len(found)
    if years < FEWEST_YEARS:
        raise DomainError("hazard_few_years", value=years, minimum=FEWEST_YEARS)
    events, mean = int(found.sum()), float(found.mean())
    low, high = poisson_interval(events, years)
    variance = float(found.var(ddof=1))
    if not events:
        return CountFit(years, 0, 0.0, low, high, 0.0, None, None, None, None, FrequencyLaw.POISSON)
    dispersion = variance * (years - 1) / mean
    over = float(chdtrc(years - 1, dispersion))
    spread = over < SIGNIFICANT and variance > mean
    return CountFit(
        years=years,
        events=events,
        mean=mean,
        low=low,
        high=high,
        variance=variance,
        ratio=variance / mean,
        dispersion=dispersion,
        p_over=over,
        p_under=float(chdtr(years - 1, dispersion)),
        law=FrequencyLaw.NEGATIVE_BINOMIAL if spread else FrequencyLaw.POISSON,
    )
