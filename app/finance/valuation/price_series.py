"""A dated price series: checked once, read between its days, never beyond them."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.finance.case.evidence_rules import DatedPrice, series_problems
from app.finance.errors import DomainError


@dataclass(frozen=True, slots=True)
class PriceSeries:
    """Prices of days in order of time, all above 0, no day twice; `path` is the input's."""

    days: tuple[date, ...]
    prices: tuple[float, ...]
    path: str


def checked_series(points: Sequence[DatedPrice], path: str) -> PriceSeries:
    """Return the series in order of time.

    Raises DomainError at the line: `series_empty`, `series_zero` for a price that is not above
    0, `series_day_twice` for a second price of a day.
    """
    if not points:
        raise DomainError("series_empty", path=path, value=None)
    for problem in series_problems(points, path):
        raise DomainError(problem.code, path=problem.path, value=problem.value, **problem.facts)
    in_order = sorted(points, key=lambda point: point.day)
    return PriceSeries(
        tuple(point.day for point in in_order), tuple(point.price for point in in_order), path
    )


def price_on(series: PriceSeries, day: date, longest_gap_days: int, path: str) -> float:
    """Return the price of `day`, in a straight line between the observations round it.

    `path` names the input the day comes from. Raises DomainError: `outside_series` (first,
    last) when the day lies before the first or after the last observation, `series_gap`
    (before, after, days, limit) when the two round it are more than `longest_gap_days` apart.
    A gap in which no price is asked for does no harm.
    """
    place = bisect_left(series.days, day)
    if place < len(series.days) and series.days[place] == day:
        return series.prices[place]
    if place in (0, len(series.days)):
        raise DomainError(
            "outside_series", path=path, value=day, first=series.days[0], last=series.days[-1]
        )
    before, after = series.days[place - 1], series.days[place]
    gap = (after - before).days
    if gap > longest_gap_days:
        raise DomainError(
            "series_gap",
            path=path,
            value=day,
            before=before,
            after=after,
            days=gap,
            limit=longest_gap_days,
        )
    share = (day - before).days / gap
    return series.prices[place - 1] * (1 - share) + series.prices[place] * share


def covers(series: PriceSeries, day: date, longest_gap_days: int) -> bool:
    """Whether `price_on` has a price of `day`."""
    try:
        price_on(series, day, longest_gap_days, series.path)
    except DomainError:
        return False
    return True


def time_factor(
    series: PriceSeries, deal_day: date, valuation_date: date, longest_gap_days: int, path: str
) -> float:
    """Return k_time = price on the valuation date / price on the day of the deal."""
    today = price_on(series, valuation_date, longest_gap_days, "appraisal.valuation_date")
    return today / price_on(series, deal_day, longest_gap_days, path)
