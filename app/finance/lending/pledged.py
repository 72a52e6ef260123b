"""What the collaterals count for on later days and at other prices."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

import numpy as np

from app.finance.case.appraisal import Appraisal
from app.finance.case.lending.security import CollateralKind, CollateralLine
from app.finance.case.loan import Loan
from app.finance.lending.collateral import CARBON_RIGHT, IMPLIED, ISSUED_CREDITS
from app.finance.lending.remaining import DaysOnPlan, RemainingRight, ordinals
from app.finance.lending.results import CollateralResult, SecurityResult
from app.finance.sink.pools import Numbers
from app.finance.valuation.price_curve import DAYS_OF_YEAR
from app.finance.valuation.results import ValueResult

_ENDING = (CollateralKind.GUARANTEE, CollateralKind.INSURANCE_ASSIGNMENT)
"""Collaterals that are gone after the last day of their validity."""


class Secured(Protocol):
    """A loan with its security and the values it is found from."""

    @property
    def loan(self) -> Loan: ...

    @property
    def appraisal(self) -> Appraisal: ...

    @property
    def values(self) -> ValueResult: ...

    @property
    def security(self) -> SecurityResult: ...


@dataclass(frozen=True)
class _Counted:
    """A collateral: its value on each day, or the multiple of the right's that it is worth."""

    line: CollateralResult
    value: Numbers

    def free(self, moved: float | Numbers) -> Numbers:
        """Return value x moved after haircut and prior claims; a negative value stays so."""
        left = self.value * moved * (1.0 - self.line.haircut)
        return np.where(left < 0, left, np.maximum(left - float(self.line.prior_claims_yuan), 0.0))

    def counts(self, moved: float | Numbers) -> Numbers:
        """Return what is free, at most the secured maximum."""
        free, most = self.free(moved), self.line.secured_maximum_yuan
        return free if most is None else np.minimum(free, float(most))


class PledgedOnDays:
    """Collaterals of a loan on fixed days, shape (d,), at any price of carbon.

    A collateral counts for its value after haircut and prior claims, at most its secured maximum,
    as in `secure`. The income right is worth what is left of it: its value of the case follows
    `RemainingRight`, and a value that was entered follows it in proportion. The others lose their
    yearly share of what is left from the day of drawdown on; a guarantee and a policy count nothing
    after their last day.
    A factor on the prices moves the right and issued credits.
    """

    def __init__(
        self,
        parts: Secured,
        days: Sequence[date],
        moved: tuple[Numbers, Numbers] | None = None,
        places: DaysOnPlan | None = None,
    ) -> None:
        """Sort the collaterals by what moves them.

        With `moved`, two arrays (d,), the value of the right is multiplied by the first, and
        the second is added. `places` are the days on the plan, for a caller that has them.
        """
        level = parts.loan.valuation_basis
        right = RemainingRight(parts.appraisal, parts.values, level)
        basis = float(parts.values.by_basis(level))
        self.is_known = right.is_known
        self._right, self._moved = right.on(days, places), moved
        self._rights: list[_Counted] = []
        self._credits: list[_Counted] = []
        self._fixed: list[_Counted] = []
        for line in parts.security.lines:
            if line.value_yuan is None:
                continue
            entered = IMPLIED if line.position is None else parts.loan.collaterals[line.position]
            if line.kind == CARBON_RIGHT:
                self._add_right(line, entered, basis)
                continue
            left = left_of(entered, parts.loan.drawdown_date, days)
            found = _Counted(line, float(line.value_yuan) * left)
            (self._credits if line.kind == ISSUED_CREDITS else self._fixed).append(found)
        self._unmoved = _sum([line.counts(1.0) for line in self._fixed], np.zeros(len(days)))

    def _add_right(self, line: CollateralResult, entered: CollateralLine, basis: float) -> None:
        if line.from_case:
            self._rights.append(_Counted(line, np.array([entered.pledged_share])))
            return
        self.is_known = self.is_known and basis > 0
        if basis > 0:
            self._rights.append(_Counted(line, np.array([float(line.value_yuan or 0) / basis])))

    def _worth(self, factors: Numbers | None) -> Numbers:
        """Return the value of the whole right, shape (..., d)."""
        worth = self._right.now if factors is None else self._right.each(factors)
        return worth if self._moved is None else worth * self._moved[0] + self._moved[1]

    def right(self, factors: Numbers | None = None) -> Numbers:
        """Return what the income right counts for, shape (..., d) as `factors`.

        Negative where the remaining right is; zero when it is not pledged.
        """
        return self._of_right(self._worth(factors))

    def _of_right(self, worth: Numbers) -> Numbers:
        return _sum([line.counts(worth) for line in self._rights], np.zeros_like(worth))

    def others(self, factors: Numbers | None = None) -> Numbers:
        """Return what all other collaterals count for, shape (..., d) as `factors`."""
        moved = 1.0 if factors is None else factors
        return _sum([line.counts(moved) for line in self._credits], self._unmoved)

    def of(self, worth: Numbers, factors: Numbers) -> Numbers:
        """Return both together for a right worth `worth`, shape (..., d), in the place of its own.

        `factors` move the issued credits.
        """
        return np.maximum(self._of_right(worth), 0.0) + self.others(factors)

    def in_all(self, factors: Numbers | None = None) -> Numbers:
        """Return both together; a right of negative value counts nothing."""
        return np.maximum(self.right(factors), 0.0) + self.others(factors)

    def _moved_by(self, factors: Numbers) -> Iterator[tuple[_Counted, Numbers]]:
        """Yield each collateral and what its value is multiplied with."""
        groups = (
            (self._rights, self._worth(factors)),
            (self._credits, factors),
            (self._fixed, np.ones_like(factors)),
        )
        return ((counted, moved) for lines, moved in groups for counted in lines)

    def each(self, factors: Numbers) -> Iterator[tuple[CollateralResult, Numbers]]:
        """Yield each collateral and what it counts for, not below zero, shape (..., d)."""
        for counted, moved in self._moved_by(factors):
            yield counted.line, np.maximum(counted.counts(moved), 0.0)

    def carried(self, ratios: Mapping[int | None, float], factors: Numbers) -> Numbers:
        """Return what all carry at a ratio for each collateral, by its position, yuan.

        The ratio is taken of what is free, as in `lendable_at`.
        """
        total = np.zeros_like(factors)
        for counted, moved in self._moved_by(factors):
            carries = np.maximum(counted.free(moved), 0.0) * ratios[counted.line.position]
            most = counted.line.secured_maximum_yuan
            total = total + (carries if most is None else np.minimum(carries, float(most)))
        return total


def _sum(counted: Sequence[Numbers], start: Numbers) -> Numbers:
    for one in counted:
        start = start + one
    return start


def left_of(line: CollateralLine, drawdown: date, days: Sequence[date]) -> Numbers:
    """Return the share of a value that is left on each day."""
    known = ordinals(days)
    years = np.maximum(known - drawdown.toordinal(), 0) / DAYS_OF_YEAR
    left = (1.0 - line.yearly_decline) ** years
    if line.kind in _ENDING and line.valid_until is not None:
        left = np.where(known > line.valid_until.toordinal(), 0.0, left)
    return np.asarray(left)
