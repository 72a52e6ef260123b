"""The security on later days as it was last revalued: at another price, or at another value."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from app.finance.case.lending.monitoring import RevaluationLine
from app.finance.errors import DomainError
from app.finance.lending.collateral import CARBON_RIGHT
from app.finance.lending.pledged import Secured
from app.finance.lending.remaining import RemainingRight
from app.finance.sink.pools import Numbers

Moves = tuple[float, float, float]
"""Factor on the prices, multiple of the value, and yuan held, of one revaluation."""


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


class Revaluations:
    """The revaluations of a loan.

    A price takes the place of that of the valuation date and moves all others in proportion,
    until the next revaluation. A value of the right takes the place of what is left of it on that
    day and from then on falls as that does; it stays as it is when nothing is left by the case. Of
    two revaluations on one day the later line counts.
    """

    def __init__(self, parts: Secured) -> None:
        """Put the lines in order of their days."""
        watch = parts.loan.monitoring
        self._parts = parts
        self._lines = () if watch is None else watch.revaluations
        self._order = sorted(range(len(self._lines)), key=lambda place: self._lines[place].day)
        self._known: dict[int, Moves] = {}

    def on(self, days: Sequence[date]) -> Revalued:
        """Return the revaluations in force on `days`, which ascend.

        Raises:
            DomainError: `revaluation_without_price` at the line: the case has a price of zero, so
                there are no prices to move.
        """
        moves = np.tile([[1.0], [1.0], [0.0]], len(days))
        found: list[RevaluationLine | None] = [None] * len(days)
        for place in self._order:
            line = self._lines[place]
            first = bisect_left(days, line.day)
            if first == len(days):
                break
            moves[:, first:] = np.array(self._moves(place))[:, None]
            found[first : bisect_right(days, line.day)] = [line] * days.count(line.day)
        return Revalued(moves[0], moves[1], moves[2], tuple(found))

    def _moves(self, place: int) -> Moves:
        """Return what one revaluation makes of the right, found once."""
        if place not in self._known:
            self._known[place] = _moves(self._parts, place, self._lines[place])
        return self._known[place]


def _moves(parts: Secured, place: int, line: RevaluationLine) -> Moves:
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


def _unit(parts: Secured) -> float:
    """Return the value of the whole right over that of the case: not 1 where it was entered."""
    basis = float(parts.values.by_basis(parts.loan.valuation_basis))
    for line in parts.security.lines:
        if line.kind == CARBON_RIGHT and not line.from_case and line.position is not None:
            entered = parts.loan.collaterals[line.position].value_yuan
            return float(entered) / basis if entered and basis > 0 else 1.0
    return 1.0
