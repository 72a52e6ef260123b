"""The security on later days as it was last revalued: at another price, or at another value."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from app.finance.case.lending.monitoring import RevaluationLine
from app.finance.errors import DomainError
from app.finance.lending.collateral import CARBON_RIGHT
from app.finance.lending.parts import LoanParts
from app.finance.lending.remaining import RemainingRight
from app.finance.sink.pools import Numbers


@dataclass(frozen=True)
class Revalued:
    """What the last revaluation before or on each day makes of the right, shape (d,).

    Attributes:
        factors: on all prices of the cash flow.
        scale: on the value of what is left of the right.
        held: yuan added to it, where that value has no path to follow.
        lines: the revaluation made on the very day, else None.
    """

    factors: Numbers
    scale: Numbers
    held: Numbers
    lines: tuple[RevaluationLine | None, ...]


def revalued_on(parts: LoanParts, days: Sequence[date]) -> Revalued:
    """Return the revaluations in force on `days`.

    A price takes the place of that of the valuation date and moves all others in proportion,
    until the next revaluation. A value of the right takes the place of what is left of it on that
    day and from then on falls as that does; it stays as it is when nothing is left by the case. Of
    two revaluations on one day the later line counts.

    Raises:
        DomainError: `revaluation_without_price` at the line: the case has a price of zero, so
            there are no prices to move.
    """
    watch = parts.loan.monitoring
    lines = () if watch is None else watch.revaluations
    moves = np.tile([[1.0], [1.0], [0.0]], len(days))
    found: list[RevaluationLine | None] = [None] * len(days)
    for place in sorted(range(len(lines)), key=lambda place: lines[place].day):
        line = lines[place]
        after = np.array([day >= line.day for day in days])
        if not after.any():
            continue
        moves[:, after] = np.array(_moves(parts, place, line))[:, None]
        found = [line if day == line.day else old for day, old in zip(days, found, strict=True)]
    return Revalued(moves[0], moves[1], moves[2], tuple(found))


def _moves(parts: LoanParts, place: int, line: RevaluationLine) -> tuple[float, float, float]:
    """Return factor on the prices, multiple of the value, and yuan held, of one revaluation."""
    if line.value_yuan is not None:
        value, unit = float(line.value_yuan), _unit(parts)
        right = RemainingRight(parts.appraisal, parts.values, parts.loan.valuation_basis)
        left = float(right.at([line.day])[0]) * unit
        return (1.0, value / left, 0.0) if left > 0 else (1.0, 0.0, value / unit)
    price = parts.values.price_yuan_t
    if price <= 0:
        path = f"loan.monitoring.revaluations.{place}.price_yuan_t"
        raise DomainError("revaluation_without_price", path=path, value=line.price_yuan_t)
    return (line.price_yuan_t or 0.0) / price, 1.0, 0.0


def _unit(parts: LoanParts) -> float:
    """Return the value of the whole right over that of the case: not 1 where it was entered."""
    basis = float(parts.values.by_basis(parts.loan.valuation_basis))
    for line in parts.security.lines:
        if line.kind == CARBON_RIGHT and not line.from_case and line.position is not None:
            entered = parts.loan.collaterals[line.position].value_yuan
            return float(entered) / basis if entered and basis > 0 else 1.0
    return 1.0
