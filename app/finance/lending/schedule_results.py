"""The schedule as columns of whole fen, and its lines as yuan."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from app.finance.money import FEN, ZERO


class Instalment(NamedTuple):
    """One line, yuan to the fen.

    `start` opens its interest period (counted), `end` closes it (not counted), `due` is the day
    paid. `days` are the calendar days of the period, `rate` the yearly rate at its end.
    `kind` is "payment", "prepayment" or "extension". opening + drawn - principal = closing;
    payment = principal + interest + fee. What is drawn on the day of drawdown is in the opening
    balance of the first line, later tranches are in `drawn`.
    """

    number: int
    start: date
    end: date
    due: date
    days: int
    rate: float
    opening_yuan: Decimal
    drawn_yuan: Decimal
    interest_yuan: Decimal
    principal_yuan: Decimal
    fee_yuan: Decimal
    payment_yuan: Decimal
    closing_yuan: Decimal
    kind: str = "payment"


def _yuan(column: Sequence[int]) -> list[Decimal]:
    """Return fen as yuan; a column of nothing is not gone through."""
    return [fen * FEN for fen in column] if any(column) else [ZERO] * len(column)


@dataclass(frozen=True)
class Schedule:
    """Repayment schedule; sequences of n entries, money in whole fen.

    Attributes:
        starts, ends, dues: days of each period, as in `Instalment`.
        rates: yearly rate at the end of each period.
        drawn, interest, principal, fees, closing: fen of each line.
        kinds: kind of each line.
        upfront_fee: fee at drawdown, fen.
        drawdowns: day and fen of each tranche.
        payments: payments of principal planned at drawdown, before prepayments and extension.
    """

    starts: Sequence[date]
    ends: Sequence[date]
    dues: Sequence[date]
    rates: Sequence[float]
    drawn: Sequence[int]
    interest: Sequence[int]
    principal: Sequence[int]
    fees: Sequence[int]
    closing: Sequence[int]
    kinds: Sequence[str]
    upfront_fee: int = 0
    drawdowns: Sequence[tuple[date, int]] = ()
    payments: int = 0

    @cached_property
    def lines(self) -> tuple[Instalment, ...]:
        """Return the lines with their amounts in yuan."""
        first = sum(fen for day, fen in self.drawdowns if day == self.starts[0])
        drawn = [self.drawn[0] - first, *self.drawn[1:]] if self.drawn else []
        left, repaid = self.closing, self.principal
        opening = [after + paid - new for after, paid, new in zip(left, repaid, drawn, strict=True)]
        columns = (
            range(1, len(self.dues) + 1),
            self.starts,
            self.ends,
            self.dues,
            [(end - start).days for start, end in zip(self.starts, self.ends, strict=True)],
            self.rates,
            _yuan(opening),
            _yuan(drawn),
            _yuan(self.interest),
            _yuan(repaid),
            _yuan(self.fees),
            _yuan(list(map(sum, zip(repaid, self.interest, self.fees, strict=True)))),
            _yuan(left),
            self.kinds,
        )
        return tuple(map(Instalment._make, zip(*columns, strict=True)))

    @property
    def total_interest_yuan(self) -> Decimal:
        """Interest in all."""
        return sum(self.interest) * FEN

    @property
    def total_principal_yuan(self) -> Decimal:
        """Principal repaid in all."""
        return sum(self.principal) * FEN

    @property
    def total_fees_yuan(self) -> Decimal:
        """Fees in all, that at drawdown included."""
        return (sum(self.fees) + self.upfront_fee) * FEN


@dataclass(frozen=True, slots=True)
class UnroundedSchedule:
    """Days and amounts of a schedule before rounding, yuan."""

    starts: Sequence[date]
    ends: Sequence[date]
    dues: Sequence[date]
    interest: Sequence[Decimal]
    principal: Sequence[Decimal]
    closing: Sequence[Decimal]
