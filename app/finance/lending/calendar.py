"""Working days: the calendar of China with its make-up days, and own days before it."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import cache, cached_property
from typing import NamedTuple

from app.finance.case.lending.days import BusinessDays, CalendarKind, UnknownYears
from app.finance.case.loan import Loan
from app.finance.errors import DomainError

_DAY = timedelta(days=1)
_SATURDAY = 5


class PublishedDays(NamedTuple):
    """Free weekdays and working weekends of the years a library knows."""

    kinds: Mapping[date, CalendarKind]
    first_year: int
    last_year: int


@cache
def published_days() -> PublishedDays:
    """Return the holidays and make-up days the State Council gave out, by `chinesecalendar`.

    Only days that differ from their weekday are in: holidays on Monday to Friday and make-up
    days on Saturday and Sunday.
    """
    from chinese_calendar import constants  # noqa: PLC0415 - needed by few loans, slow to load

    days = {
        day: CalendarKind.HOLIDAY for day in constants.holidays if day.weekday() < _SATURDAY
    } | {day: CalendarKind.WORKDAY for day in constants.workdays if day.weekday() >= _SATURDAY}
    years = [day.year for day in constants.holidays]
    return PublishedDays(days, min(years), max(years))


class BusinessCalendar:
    """Which days are working days, and where a payment goes that falls on another.

    A day is found in the own lines first, then in the calendar of China. A year that neither
    knows is refused, or taken by its weekends when the loan says so. A year with an own line is
    known: beyond the reach of the library its other days follow the week.
    """

    def __init__(self, own: Mapping[date, CalendarKind], *, weekends: bool = False) -> None:
        """Take the own days, and whether Saturday and Sunday are all that is free in a year
        without a calendar."""
        self._own = own
        self._weekends = weekends

    @cached_property
    def _kinds(self) -> Mapping[date, CalendarKind]:
        """Days that differ from their weekday, own ones before published ones."""
        return {**published_days().kinds, **self._own}

    @cached_property
    def _known_years(self) -> frozenset[int]:
        days = published_days()
        return frozenset(range(days.first_year, days.last_year + 1)).union(
            day.year for day in self._own
        )

    def _is_working(self, day: date) -> bool:
        """Whether `day` is a working day by what is known, else by the week."""
        kind = self._kinds.get(day)
        return kind is CalendarKind.WORKDAY if kind is not None else day.weekday() < _SATURDAY

    def is_business(self, day: date) -> bool:
        """Whether `day` is a working day.

        Raises:
            DomainError: `calendar_year_unknown` at `loan.calendar` when nobody has given out the
                holidays of its year and the loan does not go by weekends.
        """
        if not self._weekends and day.year not in self._known_years:
            days = published_days()
            raise DomainError(
                "calendar_year_unknown",
                path="loan.calendar",
                value=day.year,
                first=days.first_year,
                last=days.last_year,
            )
        return self._is_working(day)

    def adjust(self, day: date, rule: BusinessDays) -> date:
        """Return the day on which what falls on `day` is paid; see `BusinessDays`.

        Modified following goes back when the next working day lies in another month, as in ISDA
        2006 section 4.12. Nothing of the calendar is asked when days are not moved.

        Raises:
            DomainError: as `is_business`.
        """
        if rule is BusinessDays.UNADJUSTED or self.is_business(day):
            return day
        if rule is BusinessDays.PRECEDING:
            return self._next(day, -_DAY)
        moved = self._next(day, _DAY)
        if rule is BusinessDays.MODIFIED_FOLLOWING and moved.month != day.month:
            return self._next(day, -_DAY)
        return moved

    def _next(self, day: date, step: timedelta) -> date:
        day += step
        while not self.is_business(day):
            day += step
        return day

    def add_working_days(self, day: date, count: int) -> date:
        """Return the `count`-th working day after `day`; `day` itself for 0.

        For terms and alarms: a year without a calendar is taken by its weekends and never
        refused; `years_guessed` tells which.
        """
        while count > 0:
            day += _DAY
            if self._is_working(day):
                count -= 1
        return day

    def years_guessed(self, days: Iterable[date]) -> tuple[int, ...]:
        """Return the years of `days`, ascending, of which weekends are all that is known."""
        return tuple(sorted({day.year for day in days} - self._known_years))


def loan_calendar(loan: Loan) -> BusinessCalendar:
    """Return the calendar of a loan: its own days before the calendar of China."""
    return BusinessCalendar(
        {line.day: line.kind for line in loan.calendar},
        weekends=loan.unknown_years is UnknownYears.WEEKENDS,
    )
