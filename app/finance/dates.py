"""Calendar arithmetic on whole months and years."""

import calendar
from datetime import date


def add_months(start: date, months: int) -> date:
    """Return the same day `months` later, or the last day of that month if it is shorter."""
    index = start.year * 12 + start.month - 1 + months
    year, month = divmod(index, 12)
    day = min(start.day, calendar.monthrange(year, month + 1)[1])
    return date(year, month + 1, day)


def whole_months_between(start: date, end: date) -> int:
    """Return the whole months of the calendar from `start` to `end`; negative before it.

    A month ends on the same day of a later month, or on its last day when it is shorter.
    """
    months = (end.year - start.year) * 12 + end.month - start.month
    return months if add_months(start, months) <= end else months - 1


def whole_years_between(start: date, end: date) -> int:
    """Return the number of whole years from `start` to `end`; negative never, 0 if not after."""
    if end <= start:
        return 0
    years = end.year - start.year
    return years if add_months(start, 12 * years) <= end else years - 1


def middle_calendar_year(start: date, year_index: int) -> int:
    """Return the calendar year that holds the middle of the `year_index`-th 12 months (from 1)."""
    return add_months(start, 12 * (year_index - 1) + 6).year
