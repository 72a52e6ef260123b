"""Interest that has run but is not billed yet, penalty and compound interest; exact until booked.

Source: 中国人民银行关于人民币贷款利率有关问题的通知 (银发〔2003〕251号), 3: overdue principal bears
1.3 to 1.5 times the rate of the contract, principal of diverted use 1.5 to 2 times, from that day
until it is paid; interest not paid in time is compounded at that rate. 银发〔2005〕129号: the
daily rate is the yearly rate over 360.
"""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from app.finance.case.lending.days import DayCount
from app.finance.case.lending.monitoring import DiversionLine, Monitoring
from app.finance.errors import DomainError
from app.finance.lending.day_count import Ratio, year_fraction
from app.finance.lending.rates import RatePath, exact
from app.finance.lending.schedule_results import Schedule
from app.finance.money import fen_of, whole_fen

_OVERDUE, _DIVERTED = "overdue_multiple", "diverted_multiple"


def diverted_days(line: DiversionLine) -> tuple[date, date]:
    """Return the first day of diverted use and the first day after it; its last day counts."""
    if line.last_day is None or line.last_day == date.max:
        return line.first_day, date.max
    return line.first_day, line.last_day + timedelta(days=1)


class PenaltyRule:
    """What runs on overdue principal, unpaid interest and diverted principal."""

    def __init__(
        self, start: date, basis: DayCount, rates: RatePath, monitoring: Monitoring
    ) -> None:
        """Take the terms.

        Args:
            start: day from which parts of a year are counted, so that they add up over runs of
                days.
            basis: day count of the loan; months count as actual days over 360 here.
            rates: rate of the contract.
            monitoring: multiples and diverted use.
        """
        self._start, self._rates = start, rates
        self._basis = DayCount.ACT_360 if basis is DayCount.MONTHS else basis
        self._diverted = [
            (*diverted_days(line), fen_of(line.amount_yuan)) for line in monitoring.diversions
        ]
        self._multiples = {
            name: _ratio(getattr(monitoring, name)) for name in (_OVERDUE, _DIVERTED)
        }

    def accrued(self, first: date, end: date, principal: int, overdue: int, interest: int) -> int:
        """Return penalty and compound interest, whole fen, from `first` to before `end`.

        Balances, rate and diverted use stay the same in these days. Diverted principal that is
        not overdue bears what its rate is above that of the contract, which the schedule bills;
        principal that is overdue counts as diverted first and bears the higher of both rates.
        Unpaid interest bears the overdue rate; penalty and compound interest bear none.

        Raises:
            DomainError: `overdue_multiple_missing` or `diverted_multiple_missing`.
        """
        diverted = min(self._diverted_on(first), principal)
        if first >= end or not (overdue or interest or diverted):
            return 0
        rate = self._rates.rate_on(first)
        if not rate:
            return 0
        times, times_of, more, more_of = 0, 1, 0, 1
        if overdue or interest:
            times, times_of = self._multiple(_OVERDUE, first)
        if diverted:
            more, more_of = self._multiple(_DIVERTED, first)
        both = min(diverted, overdue)
        higher = max(times * more_of, more * times_of)
        weighted = (overdue - both + interest) * times * more_of + both * higher
        weighted += (diverted - both) * (more - more_of) * times_of
        base, base_of = year_fraction(self._start, first, self._basis)
        part, part_of = year_fraction(self._start, end, self._basis)
        rate_over, rate_of = rate.as_integer_ratio()
        days, days_of = part * base_of - base * part_of, part_of * base_of
        return whole_fen(weighted * rate_over * days, times_of * more_of * rate_of * days_of)

    def _diverted_on(self, day: date) -> int:
        return sum(fen for begun, over, fen in self._diverted if begun <= day < over)

    def _multiple(self, name: str, day: date) -> tuple[int, int]:
        found = self._multiples[name]
        if found is None:
            path = f"loan.monitoring.{name}"
            raise DomainError(f"{name}_missing", path=path, value=None, day=day)
        return found


def _ratio(times: float | None) -> tuple[int, int] | None:
    return None if times is None else exact(times).as_integer_ratio()


@dataclass(frozen=True)
class InterestRun:
    """Interest of the schedule that has run and is not billed.

    Within a period it runs with balance, rate and days as counted by the loan, so that on the
    due day it is what the schedule bills.
    """

    schedule: Schedule
    basis: DayCount
    rates: RatePath

    def accrued(self, day: date) -> int:
        """Return interest from the last bill to before `day`, fen."""
        plan = self.schedule
        found = 0
        for line in range(bisect_right(plan.dues, day), len(plan.dues)):
            if plan.starts[line] >= day:
                break
            found += self._of_line(line, day)
        return found

    def _of_line(self, line: int, day: date) -> int:
        start, end = self.schedule.starts[line], self.schedule.ends[line]
        interest = self.schedule.interest[line]
        if day >= end or not interest:
            return interest
        whole, whole_of = self._weight(line, start, end)
        part, part_of = self._weight(line, start, day)
        if not whole:
            return 0
        run, run_of = part * whole_of, whole * part_of
        return interest if run >= run_of else whole_fen(interest * run, run_of)

    def _weight(self, line: int, start: date, end: date) -> Ratio:
        """Return the sum of balance x rate x part of a year, in fen."""
        plan = self.schedule
        later = [
            (day, fen) for day, fen in plan.drawdowns if plan.starts[line] < day < plan.ends[line]
        ]
        opening = plan.closing[line] + plan.principal[line] - sum(fen for _day, fen in later)
        edges = [start, *sorted({day for day, _fen in later if day < end}), end]
        found, found_of = 0, 1
        for edge, after in pairwise(edges):
            balance = opening + sum(fen for day, fen in later if day <= edge)
            for first, last, rate in self.rates.pieces(edge, after):
                part, part_of = year_fraction(first, last, self.basis)
                above, below = rate.as_integer_ratio()
                found = found * part_of * below + balance * above * part * found_of
                found_of *= part_of * below
        return found, found_of
