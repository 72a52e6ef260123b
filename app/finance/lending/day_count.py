"""How days become a part of a year, as exact ratios.

Sources: 中国人民银行关于人民币存贷款计结息问题的通知 (银发〔2005〕129号) for whole months and days
left over; ISDA 2006 Definitions, section 4.16: (b) Actual/Actual, (d) Actual/365 (Fixed),
(e) Actual/360, (f) 30/360 (Bond Basis), (g) 30E/360 (Eurobond Basis).
"""

from datetime import date

from app.finance.case.lending.days import DayCount
from app.finance.dates import add_months, whole_months_between

Ratio = tuple[int, int]
"""Numerator and denominator of a part of a year."""

_BOTH_YEARS = 365 * 366


def year_fraction(start: date, end: date, basis: DayCount, *, months: int | None = None) -> Ratio:
    """Return the part of a year from `start` to before `end` as numerator and denominator.

    `start` is counted and `end` is not; `end` is never before `start`. By whole months, `months`
    of them are months / 12 (the yearly rate over 12 is the rate of a month). A broken period,
    `months` None, is cut from its start into whole months of the calendar, and each day left over
    is 1/360 of a year: 10 days are 10/360, and 5 March to 15 April is 1/12 + 10/360. The other
    bases do not look at `months`. 30/360 is ISDA 2006 4.16(f), 30E/360 4.16(g), ACT/ACT 4.16(b):
    days in leap years over 366, the others over 365.
    """
    if basis is DayCount.MONTHS:
        return (months, 12) if months is not None else _months_and_days(start, end)
    if basis is DayCount.ACT_360:
        return (end - start).days, 360
    if basis is DayCount.ACT_365F:
        return (end - start).days, 365
    if basis is DayCount.ACT_ACT:
        return _by_calendar_year(start, end)
    return _thirty(start, end, european=basis is DayCount.THIRTY_E_360), 360


def _months_and_days(start: date, end: date) -> Ratio:
    months = whole_months_between(start, end)
    return months * 30 + (end - add_months(start, months)).days, 360


def _thirty(start: date, end: date, *, european: bool) -> int:
    """Days between two dates when a month has 30 and a year 360."""
    first = min(start.day, 30)
    last = 30 if end.day == 31 and (european or first == 30) else end.day
    return (end.year - start.year) * 360 + (end.month - start.month) * 30 + last - first


def _days_in_year(year: int) -> int:
    return 366 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 365


def _by_calendar_year(start: date, end: date) -> Ratio:
    first, last = start.year, end.year
    if first == last:
        return (end - start).days, _days_in_year(first)
    opening = (date(first + 1, 1, 1) - start).days * _BOTH_YEARS // _days_in_year(first)
    closing = (end - date(last, 1, 1)).days * _BOTH_YEARS // _days_in_year(last)
    return opening + (last - first - 1) * _BOTH_YEARS + closing, _BOTH_YEARS
