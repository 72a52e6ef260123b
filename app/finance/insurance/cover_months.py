"""Which part of each month of the year a policy year covers."""

import calendar
from datetime import date, timedelta

MONTHS = 12


def month_position(day: date, year: int) -> float:
    """Return where a day begins, in months since the start of `year`.

    Of a month the part that is gone counts by its days (house convention).
    """
    length = calendar.monthrange(day.year, day.month)[1]
    return MONTHS * (day.year - year) + day.month - 1 + (day.day - 1) / length


def covered_months(
    start: date, months: int, policy_year: int, *, waiting_days: int = 0
) -> tuple[float, ...]:
    """Return what part of January to December one policy year (from 1) covers.

    The first month counts by its days from `start` on and the last one is its complement, so
    that n months sum to n. No day of the first `waiting_days` days of the policy is covered.
    """
    origin = month_position(start, start.year)
    begin = origin + MONTHS * (policy_year - 1)
    end = min(begin + MONTHS, origin + months)
    if waiting_days:
        begin = max(begin, month_position(start + timedelta(days=waiting_days), start.year))
    covered = [0.0] * MONTHS
    month = int(begin)
    while month < end:
        covered[month % MONTHS] += max(min(end, month + 1.0) - max(begin, float(month)), 0.0)
        month += 1
    return tuple(covered)
