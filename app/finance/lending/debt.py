"""Debt of a loan by year, and the stretches over which the cash that serves it is discounted."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import numpy as np

from app.finance.case.lending.days import DayCount, UnknownYears
from app.finance.case.loan import Loan
from app.finance.case.maturity import day_by_term, is_month_end
from app.finance.lending.calendar import loan_calendar
from app.finance.lending.cash import Cash
from app.finance.lending.day_count import year_fraction
from app.finance.lending.remaining import ordinals
from app.finance.lending.schedule_results import Schedule
from app.finance.sink.pools import Numbers
from app.finance.valuation.price_curve import DAYS_OF_YEAR

_MONTHS = 12
_SHORTEST_YEAR = 15
"""Days; a shorter rest after the last anniversary belongs to the year before."""
_VOLUNTARY = "prepayment"


def loan_years(loan: Loan, schedule: Schedule) -> list[date]:
    """Return the drawdown and the last day of each loan year; the last one is the last payment.

    Years end on anniversaries of the drawdown, moved to working days as the payments are; an
    anniversary is no payment, so that a year without a calendar is taken by its weekends.
    """
    last, ends = schedule.dues[-1], [loan.drawdown_date]
    calendar = loan_calendar(replace(loan, unknown_years=UnknownYears.WEEKENDS))
    while True:
        day = calendar.adjust(day_by_term(loan, _MONTHS * len(ends)), loan.business_days)
        if (last - day).days < _SHORTEST_YEAR:
            return [*ends, last]
        ends.append(day)


@dataclass(frozen=True)
class DebtYears:
    """Debt service by loan year, yuan, shape (y,).

    `ends` are the drawdown and the last day of each year. What is prepaid is not due and is left
    out of the principal.
    """

    ends: list[date]
    principal: Numbers
    interest: Numbers

    @cached_property
    def service(self) -> Numbers:
        """Principal and interest together."""
        return self.principal + self.interest

    def cash(self, cash: Cash) -> Numbers:
        """Return all cash of each year, shape (..., y)."""
        return cash.between(self.ends)


def debt_years(loan: Loan, schedule: Schedule) -> DebtYears:
    """Return what is due in each loan year; a payment on its last day belongs to it."""
    ends = loan_years(loan, schedule)
    year = np.searchsorted(ordinals(ends[1:-1]), ordinals(schedule.dues), side="left")
    due = np.array([kind != _VOLUNTARY for kind in schedule.kinds])
    count = len(ends) - 1
    principal = np.bincount(year, np.array(schedule.principal, dtype=float) * due, count)
    interest = np.bincount(year, np.array(schedule.interest, dtype=float), count)
    return DebtYears(ends, principal / 100.0, interest / 100.0)


def _even_months(start: date, end: date) -> int | None:
    """Return the months of a period between two days of payment, None for a broken one."""
    even = (
        start.day == end.day
        or (start.day > end.day and is_month_end(end))
        or (start.day < end.day and is_month_end(start))
    )
    return (end.year - start.year) * _MONTHS + end.month - start.month if even else None


def growth_to(loan: Loan, schedule: Schedule) -> Numbers:
    """Return what 1 yuan of the drawdown has grown to at the end of each line, at the loan's rate.

    The product of 1 + R x part of the year over the periods: interest is paid with each period
    and runs as in the schedule.
    """
    growth, opened, found = 1.0, loan.drawdown_date, []
    by_months = loan.day_count is DayCount.MONTHS
    for end, rate in zip(schedule.ends, schedule.rates, strict=True):
        if end > opened:
            months = _even_months(opened, end) if by_months else None
            parts, whole = year_fraction(opened, end, loan.day_count, months=months)
            growth *= 1.0 + rate * parts / whole
            opened = end
        found.append(growth)
    return np.array(found)


def _present_of_drawn(loan: Loan, schedule: Schedule, growth: Numbers) -> float:
    """Return the value on the day of drawdown of all that is drawn, yuan.

    What is drawn within a period bears interest for the rest of it.
    """
    found = 0.0
    for day, fen in schedule.drawdowns:
        place = bisect_right(schedule.ends, day)
        if day <= loan.drawdown_date or place == len(schedule.ends):
            found += fen / 100.0
            continue
        parts, whole = year_fraction(day, schedule.ends[place], loan.day_count)
        grown = 1.0 + schedule.rates[place] * parts / whole
        found += fen / 100.0 * grown / float(growth[place])
    return found


class PresentCash:
    """Present values at the rate of the loan, on the day of drawdown.

    Up to the last payment cash waits for the next payment and is discounted from there, as in a
    schedule that is sculpted to it. After it each flow of the right is discounted from its own day,
    other cash from the end of the stretch between them.
    """

    def __init__(self, loan: Loan, schedule: Schedule, days_after: Sequence[date]) -> None:
        """Find the stretches and their factors; `days_after` end those after the last payment."""
        growth = growth_to(loan, schedule)
        last, rate = schedule.dues[-1], schedule.rates[-1]
        later = [day for day in sorted(set(days_after)) if day > last]
        self.ends: list[date] = [loan.drawdown_date, *schedule.dues, *later]
        self._in_loan = len(schedule.dues)
        years = (ordinals(later) - last.toordinal()) / DAYS_OF_YEAR
        beyond = growth[-1] * (1.0 + rate) ** years
        self._factors = 1.0 / np.concatenate((growth, beyond))
        self.drawn_yuan = _present_of_drawn(loan, schedule, growth)

    def of(self, cash: Numbers) -> tuple[Numbers, Numbers]:
        """Return the value of the cash to the last payment, and that of all of it, shape (...).

        `cash` (..., k) is what comes in between each of `ends` and the next.
        """
        flows = cash * self._factors
        return flows[..., : self._in_loan].sum(axis=-1), flows.sum(axis=-1)
