"""Pays a loan: interest, principal and balance of each row, to the fen or before rounding."""

from bisect import bisect_right
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from app.finance.case.lending.terms import PrepaymentKeeps, Repayment
from app.finance.case.loan import Loan
from app.finance.errors import DomainError
from app.finance.lending.schedule_changes import over_balance
from app.finance.lending.schedule_plan import (
    BY_SERVICE,
    REST,
    SHARED_OUT,
    Amount,
    Rounding,
    Standing,
    planned,
)
from app.finance.lending.schedule_rows import Rows
from app.finance.money import FEN, fen_of


class MadePlan(NamedTuple):
    """A plan as it was made: before which row, from what, by which way, and its targets in fen."""

    row: int
    at: Standing
    way: Repayment
    targets: Sequence[Amount]


class ScheduleRun:
    """Pays a loan row by row.

    Attributes:
        interest, principal, closing, fees: columns, in fen.
        plans: the plans in the order they were made.
    """

    def __init__(
        self, loan: Loan, rows: Rows, cash: Sequence[float] | None, rounded: Rounding
    ) -> None:
        self._loan, self._rows, self._cash, self._rounded = loan, rows, cash, rounded
        self._balance: Amount = 0
        self.interest: list[Amount] = []
        self.principal: list[Amount] = []
        self.closing: list[Amount] = []
        self.fees: list[Amount] = [0] * len(rows.starts)
        self.plans: list[MadePlan] = []
        self._way = loan.repayment
        self._last = rows.matures
        self._targets: list[Amount] = []
        self._origin = 0
        self._rate = rows.rates[0]
        self._anew = True
        self._matures = -1
        if loan.extension is not None:
            self._matures = bisect_right(rows.period, rows.matures) - 1

    def run(self) -> None:
        """Pay all rows."""
        for first, stop in pairwise(self._cuts()):
            if self._is_planned_anew(first):
                self._plan(first)
            if first in self._rows.prepaid:
                self._prepay(first)
            elif first == self._matures:
                self._extend(first)
            else:
                place = self._rows.period[first] - self._origin
                targets = self._targets[place : place + stop - first]
                self._pay(first, stop, targets, by_service=self._way in BY_SERVICE)

    def _cuts(self) -> list[int]:
        """Return the rows at which something may change, and the end."""
        rows = self._rows
        cuts = {0, len(rows.starts)}
        cuts.update(row for row, drawn in enumerate(rows.drawn) if drawn)
        for row in rows.prepaid:
            cuts.update((row, row + 1))
        if self._matures >= 0:
            cuts.update((self._matures, self._matures + 1))
        if rows.rates.count(rows.rates[0]) < len(rows.rates):
            cuts.update(n for n, (a, b) in enumerate(pairwise(rows.rates), 1) if a != b)
        return sorted(cuts)

    def _pay(self, first: int, stop: int, targets: Sequence[Amount], *, by_service: bool) -> None:
        """Pay rows that need no new plan: the one place where interest is charged."""
        rows, rounded, unit, balance = self._rows, self._rounded, self._rows.unit, self._balance
        charge, repay, close = self.interest.append, self.principal.append, self.closing.append
        for factor, partial, drawn, target in zip(
            rows.factors[first:stop],
            rows.partial[first:stop],
            rows.drawn[first:stop],
            targets,
            strict=True,
        ):
            interest = rounded(balance * factor + partial, unit)
            balance += drawn
            principal = target - interest if by_service else target
            if principal >= balance:
                principal = balance
            elif principal < 0:
                principal = 0
            balance -= principal
            charge(interest)
            repay(principal)
            close(balance)
        self._balance = balance

    def _is_planned_anew(self, row: int) -> bool:
        if self._anew:
            return True
        if self._rows.drawn[row] and self._way in SHARED_OUT:
            return True
        return self._way in BY_SERVICE and self._rows.rates[row] != self._rate

    def _plan(self, row: int) -> None:
        rows = self._rows
        self._origin, self._rate, self._anew = rows.period[row], rows.rates[row], False
        at = Standing(
            first=self._origin,
            last=max(self._last, self._origin),
            balance=self._balance + rows.drawn[row],
            interest=self._interest_to_payment(row),
            rate=self._rate,
            drawn=sum(rows.drawn[: row + 1]),
        )
        self._targets = planned(
            self._way, self._loan, rows, at, cash=self._cash, rounded=self._rounded
        )
        self.plans.append(MadePlan(row, at, self._way, self._targets))

    def _interest_to_payment(self, row: int) -> Decimal:
        """Return the interest of the next payment, unrounded, as if nothing were prepaid."""
        rows, balance = self._rows, self._balance
        period = rows.period[row]
        if row in rows.prepaid and (row == 0 or rows.period[row - 1] != period):
            owed = balance + rows.drawn[row]
            return Decimal(owed) * self._rate * rows.fractions[period] / rows.year
        stop = bisect_right(rows.period, period, lo=row)
        numerator = balance * sum(rows.factors[row:stop]) + sum(rows.partial[row:stop])
        return Decimal(numerator) / rows.unit

    def _extend(self, row: int) -> None:
        """Pay at maturity what is not extended; the rest is repaid as the extension says."""
        extension = self._loan.extension
        assert extension is not None  # noqa: S101 - asked for by the caller
        owed = self._balance + self._rows.drawn[row]
        put_off = owed
        if extension.amount_yuan is not None:
            put_off = fen_of(extension.amount_yuan, path="loan.extension.amount_yuan")
        if put_off > owed:
            raise DomainError(
                "extension_over_balance",
                path="loan.extension.amount_yuan",
                value=extension.amount_yuan,
                balance=owed * FEN,
            )
        self._pay(row, row + 1, [owed - put_off], by_service=False)
        self._way, self._anew = Repayment(extension.repayment.value), True
        self._last = len(self._rows.pays) - 1

    def _prepay(self, row: int) -> None:
        position = self._rows.prepaid[row]
        line = self._loan.prepayments[position]
        amount = fen_of(line.amount_yuan, path=f"loan.prepayments.{position}.amount_yuan")
        before = self._balance + self._rows.drawn[row]
        if amount > before:
            raise over_balance(self._loan, position, before)
        above, below = Decimal(str(line.fee_share)).as_integer_ratio()
        self.fees[row] = self._rounded(amount * above, below)
        self._pay(row, row + 1, [amount], by_service=False)
        if line.keeps is PrepaymentKeeps.INSTALMENT:
            self._shorten(row + 1)
        elif self._way in SHARED_OUT:
            self._anew = True
        else:
            self._scale(row, amount)

    def _scale(self, row: int, amount: int) -> None:
        """Make fixed parts of principal smaller in proportion to what is still to be repaid."""
        after = self._balance + sum(self._rows.drawn[row + 1 :])
        self._targets = [
            target if target == REST else self._rounded(target * after, after + amount)
            for target in self._targets
        ]

    def _shorten(self, row: int) -> None:
        """Find the period in which the payments planned so far have repaid the balance.

        With drawings still to come the last payment stays where it is.
        """
        rows, balance = self._rows, self._balance
        if any(rows.drawn[row:]):
            return
        above, below = self._rate.as_integer_ratio()
        for period in range(rows.period[row], self._last + 1):
            target = self._targets[period - self._origin]
            if self._way in BY_SERVICE and rows.pays[period]:
                unit = below * rows.year
                target -= self._rounded(balance * above * rows.fractions[period], unit)
            if target >= balance:
                self._last = period
                return
            balance -= max(target, 0)
