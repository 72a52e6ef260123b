"""The interest periods of a loan: when each runs, when it is paid, and whether principal is."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from operator import eq
from typing import NamedTuple

from app.finance.case.lending.days import BusinessDays, PaymentDays
from app.finance.case.lending.terms import (
    IN_INSTALMENTS,
    InterestPayment,
    Repayment,
    harvest_months,
)
from app.finance.case.loan import Loan
from app.finance.case.maturity import day_by_term, is_month_end, maturity_of
from app.finance.dates import add_months, whole_months_between
from app.finance.lending.calendar import BusinessCalendar

__all__ = ["Period", "loan_periods", "maturity_of"]

_EVERY = {"monthly": 1, "quarterly": 3, "half_yearly": 6, "yearly": 12}
_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_EVERY_MONTH_HAS, _LONGEST = 28, 31


class Period(NamedTuple):
    """One interest period.

    `start` is counted, `end` is not; `due` is the day paid. `months` is their number when both
    ends lie on the day of payment in their month, None for a broken period. `pays_principal` is
    true where principal is repaid: always at maturity, never within the grace period.
    """

    start: date
    end: date
    due: date
    months: int | None
    pays_principal: bool


class _Stops(NamedTuple):
    """Ends of periods by the contract, as columns; `months` is None off the day of payment."""

    days: Sequence[date]
    months: Sequence[int | None]
    pays_principal: Sequence[bool]


def _month_of(day: date) -> int:
    """Return the number of a month, counted from the year 0."""
    return day.year * 12 + day.month - 1


class _PaymentDay:
    """The day of payment in each month: that of drawdown, of the first payment or of settlement."""

    def __init__(self, loan: Loan) -> None:
        anchor, self.earliest = loan.drawdown_date, loan.drawdown_date + timedelta(days=1)
        if loan.payment_days is PaymentDays.FIRST_DATE and loan.first_payment_date is not None:
            anchor = self.earliest = loan.first_payment_date
        self.settled = loan.payment_days is PaymentDays.SETTLEMENT
        self.first_month = _month_of(anchor)
        if self.settled:
            self._day = loan.settlement_day + 1
        else:
            self._day = _LONGEST if loan.month_end and is_month_end(anchor) else anchor.day

    def in_months(self, months: Iterable[int]) -> list[date]:
        """Return the payment day of each month; the last day of one that is too short.

        What is settled on 28 February is paid on the next day, 29 February or 1 March.
        """
        day = self._day
        if day <= _EVERY_MONTH_HAS:
            return [date(month // 12, month % 12 + 1, day) for month in months]
        return [self._late_day(*divmod(month, 12)) for month in months]

    def _late_day(self, year: int, place: int) -> date:
        leap = place == 1 and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
        length = 29 if leap else _LENGTHS[place]
        if self._day <= length:
            return date(year, place + 1, self._day)
        return date(year, place + 2, 1) if self.settled else date(year, place + 1, length)

    def months(self, every: int, last: int) -> range:
        """Return the months of payment up to `last`.

        Settlement is in months whose number is a multiple of `every`: quarterly in March, June,
        September and December. The other rules count from their first day.
        """
        first = self.first_month
        return range(first + (-(first + 1) % every if self.settled else 0), last + 1, every)

    def month_if_on_it(self, day: date) -> int | None:
        """Return the month of a day of payment, None for any other day."""
        month = _month_of(day)
        return month if self.in_months((month,))[0] == day else None

    def within(self, months: Sequence[int], maturity: date) -> tuple[list[date], Sequence[int]]:
        """Return the days of payment before maturity, and their months."""
        days = self.in_months(months)
        first, last = bisect_left(days, self.earliest), bisect_left(days, maturity)
        return days[first:last], months[first:last]


def _regular_stops(loan: Loan, rule: _PaymentDay, maturity: date) -> _Stops:
    """Stops on the regular day of payment, for interest and, by way of repayment, principal."""
    last = _month_of(maturity)
    if loan.repayment.value in IN_INSTALMENTS:
        days, months = rule.within(rule.months(_EVERY[loan.payment_frequency], last), maturity)
        free = bisect_right(days, day_by_term(loan, loan.grace_months))
        return _Stops(days, months, [False] * free + [True] * (len(days) - free))
    if loan.interest_payment is InterestPayment.AT_MATURITY:
        interest = range(0)
    else:
        interest = rule.months(_EVERY[loan.interest_payment], last)
    if loan.repayment is not Repayment.SEASONAL:
        days, months = rule.within(interest, maturity)
        return _Stops(days, months, [False] * len(days))
    harvest = harvest_months(loan.harvest_months)
    principal = {m for m in range(rule.first_month, last + 1) if m % 12 + 1 in harvest}
    days, months = rule.within(sorted(principal.union(interest)), maturity)
    return _Stops(days, months, [month in principal for month in months])


def _with_table(loan: Loan, stops: _Stops, rule: _PaymentDay, maturity: date) -> _Stops:
    """Add the days of the loan's own table of principal."""
    by_day = {day: (month, False) for day, month in zip(stops.days, stops.months, strict=True)}
    for line in loan.principal_table:
        if line.day < maturity:
            by_day[line.day] = (rule.month_if_on_it(line.day), True)
    days = sorted(by_day)
    return _Stops(days, [by_day[day][0] for day in days], [by_day[day][1] for day in days])


def _broken(start: date, end: date) -> int | None:
    """Return the whole months between any two days, None when days are left over."""
    months = whole_months_between(start, end)
    return months if months and add_months(start, months) == end else None


def loan_periods(loan: Loan, calendar: BusinessCalendar) -> tuple[Period, ...]:
    """Return the periods of a loan from drawdown to its maturity, before any extension.

    Payments fall on the day of drawdown in each month, quarter, half-year or year; or on the day
    after settlement; or count from a first payment day. A month without the day takes its last
    one. The last period ends at maturity and may be shorter. Instalments follow
    `payment_frequency`, the other ways of repayment `interest_payment`, to which a seasonal loan
    adds a day in each harvest month and a custom one the days of its table: the n-th period that
    pays principal belongs to its n-th line.

    A day that is no working day moves by the loan's rule for `due` only, and for `end` and the
    next `start` as well when interest runs to the day paid; a period whose end moves is broken
    (`months` None), and one whose ends move onto one day has no days. No day moves before
    drawdown.

    Raises:
        DomainError: `calendar_year_unknown`, see `BusinessCalendar`; never for a loan whose days
            do not move.
    """
    maturity, drawdown = maturity_of(loan), loan.drawdown_date
    rule = _PaymentDay(loan)
    stops = _regular_stops(loan, rule, maturity)
    if loan.repayment is Repayment.CUSTOM:
        stops = _with_table(loan, stops, rule, maturity)
    ends = [*stops.days, maturity]
    starts = [drawdown, *stops.days]
    months = [rule.month_if_on_it(drawdown), *stops.months, rule.month_if_on_it(maturity)]
    lengths = [
        b - a if a is not None and b is not None else _broken(start, end)
        for a, b, start, end in zip(months, months[1:], starts, ends, strict=False)
    ]
    dues = ends
    if loan.business_days is not BusinessDays.UNADJUSTED:
        adjust, way = calendar.adjust, loan.business_days
        dues = [max(adjust(day, way), drawdown) for day in ends]
        if loan.accrual_moves:
            kept = [True, *map(eq, dues, ends)]
            lengths = [n if kept[k] and kept[k + 1] else None for k, n in enumerate(lengths)]
            starts, ends = [drawdown, *dues[:-1]], dues
    rows = zip(starts, ends, dues, lengths, [*stops.pays_principal, True], strict=True)
    return tuple(map(Period._make, rows))
