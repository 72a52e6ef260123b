"""Stresses of the loan: the set S1 to S8, own ones, and the heat table."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import NamedTuple

import numpy as np

from app.finance.case.lending.pricing import RateKind
from app.finance.case.lending.stress import StressLine
from app.finance.lending.cash import cash_by_period, find_cash
from app.finance.lending.common import Common
from app.finance.lending.debt import DebtYears
from app.finance.lending.heat import heat_table, lowest_dscr
from app.finance.lending.parts import LoanParts
from app.finance.lending.price_roots import reaching_factors
from app.finance.lending.remaining import days_on_plan
from app.finance.lending.right_rows import RightRows, stacked
from app.finance.lending.risk_results import StressCase, StressResult
from app.finance.lending.schedule import build_schedule
from app.finance.lending.stress_loss import StressedLosses
from app.finance.lending.stress_set import (
    Stress,
    changes_of,
    issued_share,
    moves_right,
    price_share,
    reason_of,
    stressed_plan,
    stresses_of,
)
from app.finance.money import round_to_fen
from app.finance.sink.pools import Numbers
from app.finance.valuation.flows import FlowPlan
from app.finance.valuation.plan_moves import basis_of

Moved = tuple[Stress, FlowPlan]
"""A stress with its cash flow."""


class _Row(NamedTuple):
    """What the rows of a stress say of it; NaN where there is no figure."""

    value: Decimal
    loss: float | None
    dscr: float
    worst: float
    bare: date | None
    coverage: float
    cash: Numbers
    price: float


class _Owing(NamedTuple):
    """The loan with the schedule of a stress, and its losses."""

    parts: LoanParts
    losses: StressedLosses

    @property
    def years(self) -> DebtYears:
        """Debt service by loan year."""
        return self.parts.common.years


def _owing(parts: LoanParts) -> _Owing:
    return _Owing(parts, StressedLosses(parts))


class _CashYears:
    """Cash of the loan years in each row of the right, shape (m, y), at any factor on prices."""

    def __init__(self, rows: RightRows, debt: DebtYears, other: Numbers) -> None:
        """Take the rows, the years of the debt, and the factor (m,) on other cash."""
        self._case = rows.parts.case
        self._values = replace(rows.parts.values, plan=rows.plan)
        self._ends, self._other = debt.ends, other[:, None]
        self.taxed = bool(rows.plan.tax_rate)

    def at(self, factors: Numbers | None = None) -> Numbers:
        """Return the cash at a factor (..., m) on all prices of each row, shape (..., m, y).

        At the prices of the rows without.
        """
        cash = find_cash(self._case, self._values, factors)
        return cash.of_right(self._ends) + cash.of_others(self._ends) * self._other


class _Stresses:
    """Computes the stresses of one loan; those with one grid of flows and one debt together."""

    def __init__(self, parts: LoanParts) -> None:
        self.parts = parts
        self._loans = {0.0: _owing(parts)}

    def _loan_at(self, shift_bp: float) -> _Owing:
        """The loan with the LPR higher; the rate of a fixed one stays. Cash sculpts as it did."""
        parts = self.parts
        if parts.loan.rate_kind is RateKind.FIXED:
            shift_bp = 0.0
        if shift_bp not in self._loans:
            cash = cash_by_period(parts.case, parts.values)
            schedule = build_schedule(parts.loan, cash=cash, rate_shift_bp=shift_bp)
            self._loans[shift_bp] = _owing(replace(parts, schedule=schedule))
        return self._loans[shift_bp]

    def of(self, stresses: Sequence[Stress]) -> tuple[StressCase, ...]:
        """Return what each stress leaves, in their order."""
        parts = self.parts
        basis = basis_of(
            parts.values.plan,
            parts.appraisal,
            price_today_yuan_t=parts.values.price_yuan_t,
            rate=parts.values.rate.rate,
        )
        groups: dict[tuple[int, bytes], list[int]] = {}
        moved: list[Moved] = []
        for place, stress in enumerate(stresses):
            plan = stressed_plan(basis, stress.line)
            moved.append((stress, plan))
            owing = self._loan_at(stress.line.rate_bp)
            groups.setdefault((id(owing), plan.times.tobytes()), []).append(place)
        found: dict[int, StressCase] = {}
        for places in groups.values():
            group = [moved[place] for place in places]
            owing = self._loan_at(group[0][0].line.rate_bp)
            found |= zip(places, self._together(owing, group), strict=True)
        return tuple(found[place] for place in range(len(stresses)))

    def _together(self, owing: _Owing, group: Sequence[Moved]) -> list[StressCase]:
        parts, lines = self.parts, [stress.line for stress, _plan in group]
        rows = RightRows(
            parts,
            stacked([plan for _stress, plan in group]),
            np.array([price_share(line, parts.appraisal) for line in lines]),
            np.array([issued_share(line, parts.appraisal) for line in lines]),
        )
        other = np.array([1.0 + one.other_cash_change for one in lines])
        cash = _CashYears(rows, owing.years, other)
        yearly = cash.at()
        today = np.array([1.0 + line.price_change for line in lines]) * parts.values.price_yuan_t
        worst, bare = _path(rows, owing.parts.common)
        values = self._values(rows, lines)
        table = zip(
            values,
            owing.losses.of(rows, lines, values),
            lowest_dscr(owing.years, yearly).tolist(),
            worst.tolist(),
            bare,
            (rows.counted_security() / float(parts.loan.amount_yuan)).tolist(),
            yearly,
            _break_even(owing.years, cash, yearly, today).tolist(),
            strict=True,
        )
        return [
            self._case(owing.years, stress, _Row(*row))
            for (stress, _plan), row in zip(group, table, strict=True)
        ]

    def _values(self, rows: RightRows, lines: Sequence[StressLine]) -> list[Decimal]:
        """Return the value of the right of each row, at the level of the loan."""
        level = self.parts.loan.valuation_basis
        base = self.parts.values.by_basis(level)
        found = rows.at(level).tolist()
        return [
            round_to_fen(one) if moves_right(line) else base
            for one, line in zip(found, lines, strict=True)
        ]

    def _case(self, years: DebtYears, stress: Stress, row: _Row) -> StressCase:
        parts = self.parts
        base = parts.values.by_basis(parts.loan.valuation_basis)
        shortfall_on, missing = _shortfall(years, row.cash)
        return StressCase(
            code=stress.code,
            name=stress.line.name,
            changes=changes_of(stress.line, parts.appraisal),
            value_yuan=float(row.value),
            value_change=float((row.value - base) / abs(base)) if base else None,
            min_dscr=_known(row.dscr),
            max_loan_to_value=_known(row.worst),
            uncovered_from=row.bare,
            coverage=row.coverage if moves_right(stress.line) else parts.security.coverage,
            shortfall_on=shortfall_on,
            shortfall_yuan=missing,
            ecl_yuan=row.loss,
            break_even_price_yuan_t=_known(row.price),
            reason=reason_of(stress.line, parts.loan),
        )


def _known(figure: float) -> float | None:
    return None if np.isnan(figure) else figure


def _shortfall(debt: DebtYears, cash: Numbers) -> tuple[date | None, float]:
    """Return the end of the first year whose cash does not pay its debt service, and what lacks."""
    short = np.flatnonzero((debt.service > 0) & (cash < debt.service))
    if not len(short):
        return None, 0.0
    year = int(short[0])
    return debt.ends[year + 1], float(debt.service[year] - cash[year])


def _path(rows: RightRows, owing: Common) -> tuple[Numbers, list[date | None]]:
    """Return the highest loan over value of each row's path, and the first day nothing covers it.

    The figures of `path.value_path` without its points; NaN where there is no ratio.
    """
    count, owed, pledged = len(rows.price), owing.owed_yuan, owing.pledged
    some = np.flatnonzero(owed > 0)
    if not pledged.is_known or not len(some):
        return np.full(count, np.nan), [None] * count
    places = days_on_plan(rows.plan, owing.appraisal.valuation_date, owing.valued_on)
    value = pledged.of(rows.remaining(places), rows.issued_price[:, None])[:, some]
    bare = value <= 0
    ratios = owed[some] / np.where(bare, 1.0, value)
    worst = np.where(bare.any(axis=1), np.nan, ratios.max(axis=1))
    days = [owing.owed.days[int(some[line.argmax()])] if line.any() else None for line in bare]
    return worst, days


def _break_even(
    debt: DebtYears, cash: _CashYears, yearly: Numbers, price_today: Numbers
) -> Numbers:
    """Return the price of the valuation date at which the lowest DSCR is 1, yuan/t, shape (m,).

    That price times the factor f on all prices: without income tax the cash of a year is a + b f,
    so f = max (debt service - a) / b; with tax f comes from `price_roots`. Zero when the cash
    pays the debt without any price; NaN when no price does, when the price is zero and no factor
    moves it, or when nothing is due.
    """
    due = debt.service > 0
    if not due.any():
        return np.full(len(yearly), np.nan)
    at_nothing = cash.at(np.zeros(len(yearly)))
    needed = (debt.service - at_nothing)[:, due]
    if cash.taxed:

        def margin(factors: Numbers) -> Numbers:
            return np.asarray((cash.at(factors) - debt.service)[..., due].min(axis=-1))

        factors = reaching_factors(margin, np.zeros(len(yearly)))
    else:
        rise = (yearly - at_nothing)[:, due]
        reached = needed / np.where(rise > 0, rise, np.nan)
        factors = np.where(needed > 0, reached, 0.0).max(axis=1)
    prices = np.where(price_today > 0, factors * price_today, np.nan)
    return np.where((needed <= 0).all(axis=1), 0.0, prices)


def find_stress(parts: LoanParts) -> StressResult:
    """Return the base and each stress side by side, and the table price x tonnes.

    In a stress values, security, cover and path are found anew from the moved cash flow; the
    schedule stays but for a floating loan whose LPR moves. `shortfall_yuan` is what the cash of
    the first year that falls short lacks. The expected credit loss is that of twelve months with
    the stressed collaterals, PD as it is. The break-even price is the price of the valuation
    date at which the minimum DSCR is 1 with all else as in the stress, whose own change of the
    price it replaces; a forced-sale discount still comes off it.
    """
    stresses = _Stresses(parts)
    return StressResult(
        stresses.of(stresses_of(parts.loan, parts.schedule.dues[-1])),
        heat_table(parts, parts.common.years),
    )
