"""The schedule as columns of whole fen, and its lines as yuan."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from app.finance.money import FEN


class Instalment(NamedTuple):
    """One line, yuan to the fen.

    `start` opens its interest period (counted), `end` closes it (not counted), `due` is the day
    paid. `days` are the calendar days of the period, `rate` the yearly rate at its end.
    `kind` is "payment", "prepayment" or "extension". opening + drawn - principal = closing;
    payment = principal + interest + fee.
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

    @cached_property
    def lines(self) -> tuple[Instalment, ...]:
        """Return the lines with their amounts in yuan."""
        found = []
        for place, due in enumerate(self.dues):
            paid = self.principal[place] + self.interest[place] + self.fees[place]
            opening = self.closing[place] + self.principal[place] - self.drawn[place]
            start, end = self.starts[place], self.ends[place]
            found.append(
                Instalment(
                    place + 1,
                    start,
                    end,
                    due,
                    (end - start).days,
                    self.rates[place],
                    opening * FEN,
                    self.drawn[place] * FEN,
                    self.interest[place] * FEN,
                    self.principal[place] * FEN,
                    self.fees[place] * FEN,
                    paid * FEN,
                    self.closing[place] * FEN,
                    self.kinds[place],
                )
            )
        return tuple(found)

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
