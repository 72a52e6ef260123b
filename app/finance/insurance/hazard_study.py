"""What a history says of one site: number and size of the events, return levels, trend."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app.finance.errors import DomainError
from app.finance.insurance.hazard_counts import CountFit, fit_counts
from app.finance.insurance.hazard_extremes import (
    ParetoFit,
    ThresholdLine,
    fit_pareto,
    threshold_table,
)
from app.finance.insurance.hazard_levels import RETURN_YEARS, ReturnLevel, return_levels
from app.finance.insurance.hazard_tracks import Floats, Ints
from app.finance.insurance.hazard_trend import RankTrend, RateTrend, mann_kendall, rate_trend


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a part of a study is not there: code and facts of the refusal."""

    code: str
    facts: dict[str, object]


@dataclass(frozen=True, slots=True)
class EventStudy:
    """Events at or above a threshold, over the years that were looked at.

    Attributes:
        counts: events of each year; maxima: highest size of each year, None without an event.
        frequency: law of the number, or `frequency_refused`.
        severity: law of the size above the threshold, or `severity_refused`.
        levels: return levels with intervals; empty without a law of the size.
        thresholds: what other thresholds would give, from all sizes of the history.
        rate_trend: of the number of events; size_trend: of their size, event after event.
    """

    threshold: float
    years: tuple[int, ...]
    counts: tuple[int, ...]
    maxima: tuple[float | None, ...]
    frequency: CountFit | None
    frequency_refused: Refusal | None
    severity: ParetoFit | None
    severity_refused: Refusal | None
    levels: tuple[ReturnLevel, ...]
    thresholds: tuple[ThresholdLine, ...]
    rate_trend: RateTrend | None
    size_trend: RankTrend | None

    @property
    def stationary(self) -> bool | None:
        """False when number or size of the events change significantly; None when not tested."""
        found = [trend.found for trend in (self.rate_trend, self.size_trend) if trend is not None]
        return not any(found) if found else None


def study_events(
    years: Sequence[int],
    event_years: Ints,
    sizes: Floats,
    threshold: float,
    *,
    when: Floats | None = None,
    return_years: Sequence[float] = RETURN_YEARS,
) -> EventStudy:
    """Study the events of a site.

    Args:
        years: years looked at, those without an event among them, those without data not.
        event_years: year of each event, one of them.
        sizes: of each event, NaN where it is not known (it counts as below the threshold).
        threshold: what counts and where the law of the size begins.
        when: time of each event in years, for the trend of the sizes; by default their years.
        return_years: return periods.
    """
    above = np.flatnonzero(sizes >= threshold)
    counts = tuple(int(np.count_nonzero(event_years[above] == year)) for year in years)
    frequency, frequency_refused = _frequency(counts)
    severity: ParetoFit | None = None
    severity_refused = None
    levels: tuple[ReturnLevel, ...] = ()
    try:
        severity = fit_pareto(sizes, threshold)
        levels = return_levels(sizes, severity, len(years), return_years)
    except DomainError as error:
        severity_refused = Refusal(error.code, error.facts)
    times = event_years.astype(np.float64) if when is None else when
    return EventStudy(
        threshold=threshold,
        years=tuple(years),
        counts=counts,
        maxima=_maxima(years, event_years, sizes),
        frequency=frequency,
        frequency_refused=frequency_refused,
        severity=severity,
        severity_refused=severity_refused,
        levels=levels,
        thresholds=threshold_table(sizes),
        rate_trend=_rate(years, counts),
        size_trend=_sizes(times[above], sizes[above]),
    )


def _frequency(counts: Sequence[int]) -> tuple[CountFit | None, Refusal | None]:
    try:
        return fit_counts(counts), None
    except DomainError as error:
        return None, Refusal(error.code, error.facts)


def _maxima(years: Sequence[int], event_years: Ints, sizes: Floats) -> tuple[float | None, ...]:
    known = np.isfinite(sizes)
    found = []
    for year in years:
        mine = sizes[known & (event_years == year)]
        found.append(float(mine.max()) if len(mine) else None)
    return tuple(found)


def _rate(years: Sequence[int], counts: Sequence[int]) -> RateTrend | None:
    try:
        return rate_trend(years, counts)
    except DomainError:
        return None


def _sizes(times: Floats, sizes: Floats) -> RankTrend | None:
    """Test the sizes in the order of time; None for too few."""
    order = np.argsort(times, kind="stable")
    try:
        return mann_kendall(times[order].tolist(), sizes[order].tolist())
    except DomainError:
        return None
