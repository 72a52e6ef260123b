"""How far two price series move together, for the further markets of a simulation."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import atanh, sqrt, tanh

import numpy as np
from scipy.special import ndtri

from app.finance.errors import DomainError
from app.finance.notices import Notice, Severity
from app.finance.valuation.estimation import ENOUGH_OBSERVATIONS

LEAST_CHANGES = 4
CONFIDENCE = 0.9


@dataclass(frozen=True, slots=True)
class SeriesCorrelation:
    """Correlation of the log changes of two series between the days they have in common.

    `low` and `high` are its interval at `confidence`; None where all changes lie on one line.
    """

    correlation: float
    low: float | None
    high: float | None
    confidence: float
    observations: int
    first_day: date
    last_day: date
    notices: tuple[Notice, ...] = ()


def correlate(
    one: Sequence[tuple[date, float]], other: Sequence[tuple[date, float]]
) -> SeriesCorrelation:
    """Return the correlation of two series of prices, in any order.

    Changes are those of the logarithm between neighbouring common days, over the root of
    the years between them, so that uneven gaps weigh alike. The interval is that of Fisher's
    z: atanh(r) ± z / sqrt(n - 3).

    Raises:
        DomainError: `series_zero`, `series_too_short` with fewer than 5 common days,
            `series_flat` when one of them never changes.

    Source: Fisher, R. A. (1915), Biometrika 10, 507-521.
    """
    first, second = dict(one), dict(other)
    for day, price in (*first.items(), *second.items()):
        if not (np.isfinite(price) and price > 0):
            raise DomainError("series_zero", path="market.series", value=price, day=day)
    days = sorted(set(first) & set(second))
    if len(days) <= LEAST_CHANGES:
        facts = {"count": len(days), "least": LEAST_CHANGES + 1}
        raise DomainError("series_too_short", path="market.series", value=len(days), **facts)
    years = np.diff([day.toordinal() for day in days]) / 365.0
    changes = [
        np.diff(np.log([series[day] for day in days])) / np.sqrt(years)
        for series in (first, second)
    ]
    if any(float(np.ptp(change)) == 0 for change in changes):
        raise DomainError("series_flat", path="market.series", value=None)
    found = float(np.clip(np.asarray(np.corrcoef(changes))[0, 1], -1.0, 1.0))
    count = len(years)
    low = high = None
    if abs(found) < 1:
        reach = float(ndtri((1 + CONFIDENCE) / 2)) / sqrt(count - 3)
        low, high = tanh(atanh(found) - reach), tanh(atanh(found) + reach)
    notices: tuple[Notice, ...] = ()
    if count < ENOUGH_OBSERVATIONS:
        facts = {"count": count, "least": ENOUGH_OBSERVATIONS}
        notices = (Notice("few_observations", Severity.WARNING, facts=facts),)
    return SeriesCorrelation(found, low, high, CONFIDENCE, count, days[0], days[-1], notices)
