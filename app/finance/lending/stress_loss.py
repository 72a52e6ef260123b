"""The expected credit loss of twelve months under stresses of the collaterals."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import numpy as np

from app.finance.case.lending.security import CollateralLine
from app.finance.case.lending.stress import StressLine
from app.finance.case.loan import ValuationBasis
from app.finance.lending.collateral import CARBON_RIGHT, IMPLIED, ISSUED_CREDITS, exact
from app.finance.lending.credit import Loss, first_year, within_a_year
from app.finance.lending.default_loss import Pledge, pledge_of
from app.finance.lending.parts import LoanParts
from app.finance.lending.pledged import left_of
from app.finance.lending.remaining import days_on_plan
from app.finance.lending.results import CollateralResult
from app.finance.lending.right_rows import RightRows
from app.finance.lending.stress_set import issued_share, moves_right
from app.finance.money import ZERO, round_to_fen


class StressedLosses:
    """The losses expected within a year of one loan whose income right and credits are moved."""

    def __init__(self, parts: LoanParts) -> None:
        """Read the first year ahead of a loan; its schedule is that of the stresses."""
        self._parts = parts
        self._loss = first_year(parts)

    def of(
        self, rows: RightRows, lines: Sequence[StressLine], values: Sequence[Decimal]
    ) -> list[float | None]:
        """Return the loss of each stress, yuan; None without credit inputs.

        Args:
            rows: the right under each stress.
            lines: the stresses.
            values: value of the right under each, at the level the loan is sized on.
        """
        loss = self._loss
        if loss is None:
            return [None] * len(lines)
        as_it_is = within_a_year(loss)
        if not loss.pledges:
            return [as_it_is] * len(lines)
        left = self._left(loss, rows, values)
        return [
            within_a_year(replace(loss, pledges=self._pledges(loss, line, value, share)))
            if moves_right(line)
            else as_it_is
            for line, value, share in zip(lines, values, left, strict=True)
        ]

    def _left(self, loss: Loss, rows: RightRows, values: Sequence[Decimal]) -> list[float]:
        """Return what is left of the right on the first day over its value.

        A value that cannot be followed counts in full.
        """
        parts = self._parts
        days = loss.outlook.starts
        left = rows.left(days_on_plan(rows.plan, parts.appraisal.valuation_date, days))
        concluded = (
            parts.loan.valuation_basis is ValuationBasis.CONCLUDED
            and parts.values.conclusion is not None
        )
        followed = values
        if concluded:
            followed = [round_to_fen(net) for net in rows.at(ValuationBasis.NET).tolist()]
        return [
            max(one / float(base), 0.0) if min(base, value) > 0 else 1.0
            for one, base, value in zip(left[:, 0].tolist(), followed, values, strict=True)
        ]

    def _pledges(
        self, loss: Loss, line: StressLine, value: Decimal, left: float
    ) -> tuple[Pledge, ...]:
        """Return the collaterals, those moved that follow the price of carbon."""
        parts, days = self._parts, loss.outlook.starts
        held = [one for one in parts.security.lines if one.value_yuan is not None]
        found = list(loss.pledges)
        for place, one in enumerate(held):
            if one.kind not in (CARBON_RIGHT, ISSUED_CREDITS):
                continue
            entered = IMPLIED if one.position is None else parts.loan.collaterals[one.position]
            share = np.array([left])
            if one.kind == ISSUED_CREDITS:
                share = left_of(entered, parts.loan.drawdown_date, days)
            worth = self._worth(one, entered, line, value) * exact(entered.pledged_share)
            found[place] = pledge_of(one, round_to_fen(worth), share, loss.recovery)
        return tuple(found)

    def _worth(
        self, one: CollateralResult, entered: CollateralLine, line: StressLine, value: Decimal
    ) -> Decimal:
        """Return the moved value of the whole of a collateral, yuan to the fen.

        An entered value of the right follows that of the case.
        """
        parts = self._parts
        factor = issued_share(line, parts.appraisal)
        if one.kind == CARBON_RIGHT:
            if one.from_case:
                return value
            before = float(parts.values.by_basis(parts.loan.valuation_basis))
            factor = max(float(value) / before, 0.0) if before > 0 else 1.0
        worth = entered.value_yuan
        if worth is None:
            worth = ZERO if parts.values.issued is None else parts.values.issued.value_yuan
        return worth if factor == 1.0 else round_to_fen(float(worth) * factor)
