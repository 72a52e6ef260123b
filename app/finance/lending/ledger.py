"""The account of the loan: what is owed after each day on which something was booked.

Money is counted in whole fen. A receipt pays costs, then penalty and compound interest, then
interest, then principal, the oldest bill first (民法典 art. 561: costs, interest, principal).
What is received beyond that is kept as credit and pays what is billed or charged next. Penalty
is rounded to the fen half-up once on each day of booking. The fee at drawdown is taken as paid
at drawdown and does not enter the account; later fees are billed as costs.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from app.finance.case.lending.days import DayCount
from app.finance.case.lending.monitoring import Monitoring
from app.finance.lending.accrual import InterestRun, PenaltyRule, diverted_days
from app.finance.lending.life_results import LedgerDay
from app.finance.lending.rates import RatePath
from app.finance.lending.schedule_results import Schedule
from app.finance.money import FEN, ZERO, fen_of


@dataclass(slots=True)
class _Bill:
    """What is left of one line of the schedule that has fallen due, fen."""

    line: int
    fee: int
    interest: int
    principal: int

    @property
    def left(self) -> int:
        return self.fee + self.interest + self.principal


@dataclass(slots=True)
class _Account:
    """Balances in fen. `overdue` and `interest` are billed and unpaid, `charges` costs entered."""

    principal: int = 0
    overdue: int = 0
    interest: int = 0
    penalty: int = 0
    fees: int = 0
    charges: int = 0
    credit: int = 0
    bills: list[_Bill] = field(default_factory=list)

    @property
    def bearing(self) -> tuple[int, int, int]:
        """Principal, the overdue part of it, and unpaid interest: what penalty runs on."""
        return self.principal, self.overdue, self.interest

    def bill(self, bill: _Bill) -> None:
        self.bills.append(bill)
        self.fees += bill.fee
        self.interest += bill.interest
        self.overdue += bill.principal

    def settle(self) -> tuple[int, int, int, int]:
        """Pay with the credit; return what went to costs, penalty, interest and principal."""
        if not self.credit:
            return 0, 0, 0, 0
        charges = self._spend(self.charges)
        self.charges -= charges
        fees = self._pay_bills("fee", self.fees)
        self.fees -= fees
        penalty = self._spend(self.penalty)
        self.penalty -= penalty
        interest = self._pay_bills("interest", self.interest)
        self.interest -= interest
        principal = self._pay_bills("principal", self.overdue)
        self.overdue -= principal
        self.principal -= principal
        if fees or interest or principal:
            self.bills = [bill for bill in self.bills if bill.left]
        return charges + fees, penalty, interest, principal

    def _spend(self, wanted: int) -> int:
        paid = min(self.credit, wanted)
        self.credit -= paid
        return paid

    def _pay_bills(self, part: str, wanted: int) -> int:
        """Pay one part of the bills, the oldest first; `wanted` is the sum that is open."""
        paid = left = self._spend(wanted)
        for bill in self.bills:
            if not left:
                break
            now = min(left, getattr(bill, part))
            setattr(bill, part, getattr(bill, part) - now)
            left -= now
        return paid


@dataclass(slots=True)
class _Day:
    """What is booked on one day, fen; `lines` are lines of the schedule that fall due."""

    events: list[str] = field(default_factory=list)
    drawn: int = 0
    received: int = 0
    cost: int = 0
    lines: list[int] = field(default_factory=list)

    def note(self, event: str) -> "_Day":
        """Say what happened, once."""
        if event not in self.events:
            self.events.append(event)
        return self


@dataclass(frozen=True)
class Ledger:
    """The rows of the account, and what is needed for the balance of any day.

    `unpaid` is what is left on the last day of each line of the schedule that has fallen due and
    is not paid in full: number of the line from 0 and yuan, the oldest first.
    """

    rows: tuple[LedgerDay, ...]
    unpaid: Mapping[int, Decimal]
    interest: InterestRun
    penalty: PenaltyRule

    def on(self, day: date) -> LedgerDay | None:
        """Return the balances at the end of `day`, None before the first row.

        Between two rows, penalty is counted to the day and rounded as if it were booked then.
        After the last row nothing is billed any more.
        """
        place = bisect_right(self.rows, day, key=lambda row: row.day) - 1
        if place < 0:
            return None
        row = self.rows[place]
        return row if row.day == day else self._later(row, day)

    def _later(self, row: LedgerDay, day: date) -> LedgerDay:
        balances = (row.principal_yuan, row.overdue_principal_yuan, row.interest_due_yuan)
        run = self.penalty.accrued(row.day, day, *(int(yuan * 100) for yuan in balances))
        return LedgerDay(
            day, (), ZERO, ZERO, ZERO, ZERO, ZERO, ZERO, *balances,
            self.interest.accrued(day) * FEN, row.penalty_yuan + run * FEN,
            row.costs_yuan, row.credit_yuan,
        )  # fmt: skip


def build_ledger(
    schedule: Schedule, monitoring: Monitoring, basis: DayCount, rates: RatePath, until: date
) -> Ledger:
    """Book drawings, bills, costs and receipts up to the end of `until`.

    Raises:
        DomainError: `overdue_multiple_missing` or `diverted_multiple_missing`, when penalty has
            to be counted and its rate was not entered.
    """
    before = min(day for day, _drawn in schedule.drawdowns)
    run = InterestRun(schedule, basis, rates)
    rule = PenaltyRule(before, basis, rates, monitoring)
    account = _Account()
    rows: list[LedgerDay] = []
    for day, booked in _bookings(schedule, monitoring, rates, until):
        account.penalty += rule.accrued(before, day, *account.bearing)
        for line in booked.lines:
            parts = (schedule.fees[line], schedule.interest[line], schedule.principal[line])
            account.bill(_Bill(line, *parts))
        rows.append(_book(account, day, booked, run.accrued(day)))
        before = day
    unpaid = {bill.line: bill.left * FEN for bill in account.bills}
    ledger = Ledger(tuple(rows), unpaid, run, rule)
    last = ledger.on(until)
    if last is None or last.events:
        return ledger
    return Ledger((*ledger.rows, last), unpaid, run, rule)


def _book(account: _Account, day: date, booked: _Day, accrued: int) -> LedgerDay:
    """Book what was drawn, charged and received, let it pay, and return the row."""
    account.principal += booked.drawn
    account.charges += booked.cost
    account.credit += booked.received
    costs, penalty, interest, principal = account.settle()
    return LedgerDay(
        day, tuple(booked.events), booked.drawn * FEN, booked.received * FEN, costs * FEN,
        penalty * FEN, interest * FEN, principal * FEN, account.principal * FEN,
        account.overdue * FEN, account.interest * FEN, accrued * FEN, account.penalty * FEN,
        (account.charges + account.fees) * FEN, account.credit * FEN,
    )  # fmt: skip


def _bookings(
    schedule: Schedule, monitoring: Monitoring, rates: RatePath, until: date
) -> list[tuple[date, _Day]]:
    """Return what is booked up to `until`, in the order of the days."""
    days: defaultdict[date, _Day] = defaultdict(_Day)
    for day, fen in schedule.drawdowns:
        days[day].note("drawn").drawn += fen
    for line, (due, kind) in enumerate(zip(schedule.dues, schedule.kinds, strict=True)):
        if due <= until:
            days[due].note("prepaid" if kind == "prepayment" else "due").lines.append(line)
    for cost in monitoring.costs:
        days[cost.day].note("cost").cost += fen_of(cost.amount_yuan)
    for receipt in monitoring.receipts:
        days[receipt.day].note("received").received += fen_of(receipt.amount_yuan)
    for diversion in monitoring.diversions:
        for day in diverted_days(diversion):
            days[day].note("diverted")
    for day in rates.days[1:]:
        days[day].note("repriced")
    return sorted((day, found) for day, found in days.items() if day <= until)
