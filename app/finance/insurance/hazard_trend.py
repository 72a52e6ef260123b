"""Whether a history changes with time: rank test of a series, trend of a yearly rate."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import chdtrc, ndtr

from app.finance.errors import DomainError
from app.finance.insurance.hazard_counts import SIGNIFICANT

FEWEST = 4
"""House convention: below, neither test can find anything."""


@dataclass(frozen=True, slots=True)
class RankTrend:
    """Mann-Kendall test of a series.

    Attributes:
        score: S, pairs that rise less pairs that fall.
        variance: of S without a trend, with ties.
        z: S brought nearer to 0 by 1, over its standard deviation.
        p_value: of both sides.
        slope: median of the slopes of all pairs at different times, a year (Sen 1968).
    """

    count: int
    score: int
    variance: float
    z: float
    p_value: float
    slope: float

    @property
    def found(self) -> bool:
        return self.p_value < SIGNIFICANT


@dataclass(frozen=True, slots=True)
class RateTrend:
    """Poisson regression of yearly counts on the year, ln λ = a + b year.

    Attributes:
        growth: change of the rate in ten years, e^(10 b) - 1.
        growth_low, growth_high: its 95 % interval by the standard error of b.
        p_value: of the likelihood-ratio test against a constant rate.
        rate_first, rate_last: fitted events in the first and last year.
    """

    growth: float
    growth_low: float
    growth_high: float
    p_value: float
    rate_first: float
    rate_last: float

    @property
    def found(self) -> bool:
        return self.p_value < SIGNIFICANT


def mann_kendall(years: Sequence[float], values: Sequence[float]) -> RankTrend:
    """Test a series for a monotonic trend.

    Mann (1945), Kendall (1975); variance with ties and the correction by 1 as in Gilbert (1987),
    Statistical methods for environmental pollution monitoring, 16.4. Values that are not finite
    are left out.

    Raises:
        DomainError: `hazard_few_years`, fewer than four values.
    """
    held = np.asarray(values, dtype=np.float64)
    kept = np.isfinite(held)
    held, at = held[kept], np.asarray(years, dtype=np.float64)[kept]
    count = len(held)
    if count < FEWEST:
        raise DomainError("hazard_few_years", value=count, minimum=FEWEST)
    earlier, later = np.triu_indices(count, 1)
    rise, span = held[later] - held[earlier], at[later] - at[earlier]
    apart = span > 0
    score = int(np.sign(rise).sum())
    ties = np.unique(held, return_counts=True)[1].astype(np.float64)
    tied = float(np.sum(ties * (ties - 1) * (2 * ties + 5)))
    variance = (count * (count - 1) * (2 * count + 5) - tied) / 18.0
    z = 0.0 if variance <= 0 else (score - np.sign(score)) / np.sqrt(variance)
    return RankTrend(
        count=count,
        score=score,
        variance=variance,
        z=float(z),
        p_value=float(2 * ndtr(-abs(z))),
        slope=float(np.median(rise[apart] / span[apart])) if apart.any() else 0.0,
    )


def rate_trend(years: Sequence[float], counts: Sequence[int]) -> RateTrend:
    """Fit and test a trend of the yearly number of events (Cox and Lewis 1966, 3.3).

    Newton steps on the two parameters of the Poisson regression.

    Raises:
        DomainError: `hazard_few_years` for fewer than four years, `hazard_no_events` for none.
    """
    found = np.asarray(counts, dtype=np.float64)
    if len(found) < FEWEST:
        raise DomainError("hazard_few_years", value=len(found), minimum=FEWEST)
    if not found.sum():
        raise DomainError("hazard_no_events", value=0)
    at = np.asarray(years, dtype=np.float64)
    centred = (at - at.mean()) / 10.0
    design = np.column_stack([np.ones_like(centred), centred])
    beta = np.array([np.log(found.mean()), 0.0])
    for _ in range(50):
        rates = np.exp(design @ beta)
        information = design.T @ (design * rates[:, None])
        step = np.linalg.solve(information, design.T @ (found - rates))
        beta = beta + np.clip(step, -1.0, 1.0)
        if np.abs(step).max() < 1e-11:
            break
    rates = np.exp(design @ beta)
    gain = 2 * float(np.sum(found * np.log(rates / found.mean())) - rates.sum() + found.sum())
    error = float(np.sqrt(np.linalg.inv(design.T @ (design * rates[:, None]))[1, 1]))
    slope = float(beta[1])
    return RateTrend(
        growth=float(np.expm1(slope)),
        growth_low=float(np.expm1(slope - 1.959963984540054 * error)),
        growth_high=float(np.expm1(slope + 1.959963984540054 * error)),
        p_value=float(chdtrc(1, max(gain, 0.0))),
        rate_first=float(rates[0]),
        rate_last=float(rates[-1]),
    )
