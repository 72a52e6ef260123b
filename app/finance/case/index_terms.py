"""What the lines of an index cover say: its season, the direction and the start of a payout."""

from collections.abc import Iterable
from datetime import date

from app.finance.case.cover.index_inputs import IndexCover
from app.finance.case.cover.index_tables import (
    BandLine,
    Counting,
    Direction,
    PayoutForm,
    ReadingLine,
    TriggerLine,
)

SEASON_COUNTS = (Counting.DAYS, Counting.EXCESS_SUM)
"""Countings with one index value a season; the others have one an event."""
DAY_COUNTS = (Counting.RUN_DAYS, Counting.DAYS, Counting.EXCESS_SUM)
"""Countings of days beyond a threshold: the more there are, the more is paid."""


def pays_above(trigger: TriggerLine) -> bool:
    """Return whether a higher index value pays more.

    Of counted days and sums beyond a threshold the direction says which days count, and more of
    them always pay more.
    """
    return trigger.direction is Direction.ABOVE or trigger.counting in DAY_COUNTS


def of_season(trigger: TriggerLine) -> bool:
    """Return whether the index has one value a season, not one an event."""
    return trigger.counting in SEASON_COUNTS


def most_paying(trigger: TriggerLine, values: Iterable[float]) -> float:
    """Return the value of several that pays most."""
    return max(values) if pays_above(trigger) else min(values)


def bands_of(index: IndexCover, trigger: TriggerLine) -> tuple[BandLine, ...]:
    """Return the steps of a trigger in the order of their lines."""
    return tuple(band for band in index.bands if band.trigger == trigger.name)


def first_paying(index: IndexCover, trigger: TriggerLine) -> float | None:
    """Return the index value at which a payout begins, None where nothing is ever paid."""
    if trigger.form is not PayoutForm.STEP:
        return trigger.trigger
    paying = (band.value for band in bands_of(index, trigger) if band.payout_share > 0)
    return next(paying, None)


def season_year(index: IndexCover, day: date) -> int | None:
    """Return the year whose season holds a day, None for a day outside every season.

    The window is that of the policy by month and day; a season that crosses the new year counts
    to the year in which it starts.
    """
    return season_years(index, (day,))[0]


def season_years(index: IndexCover, days: Iterable[date]) -> list[int | None]:
    """Return the same of many days."""
    start = (index.season_start.month, index.season_start.day)
    end = (index.season_end.month, index.season_end.day)
    if index.season_end.year == index.season_start.year:
        return [day.year if start <= (day.month, day.day) <= end else None for day in days]
    found: list[int | None] = []
    for day in days:
        place = (day.month, day.day)
        before = day.year - 1 if place <= end else None
        found.append(day.year if place >= start else before)
    return found


def season_start_in(index: IndexCover, year: int) -> date:
    """Return the first day of the season of a year; 29 February is 1 March in a common year."""
    return _day(year, index.season_start, late=True)


def season_end_in(index: IndexCover, year: int) -> date:
    """Return the last day of the season of a year; 29 February is the 28th in a common year."""
    over = index.season_end.year - index.season_start.year
    return _day(year + over, index.season_end, late=False)


def _day(year: int, day: date, *, late: bool) -> date:
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    if (day.month, day.day) == (2, 29) and not leap:
        return date(year, 3, 1) if late else date(year, 2, 28)
    return day.replace(year=year)


def is_reading_of(index: IndexCover, reading: ReadingLine, trigger: TriggerLine) -> bool:
    """Return whether a reading is one of a trigger; with one trigger its name may be missing."""
    if not reading.trigger:
        return len(index.triggers) == 1
    return reading.trigger == trigger.name
