"""Stresses of the loan: the set S1 to S8, own ones, and the heat table."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

import numpy as np

from app.finance.case.lending.pricing import RateKind
from app.finance.lending.cash import cash_by_period, find_cash
from app.finance.lending.cover import DebtYears, debt_years
from app.finance.lending.credit import first_year_ahead
from app.finance.lending.heat import heat_table, lowest_dscr
from app.finance.lending.parts import LoanParts
from app.finance.lending.path import Owed, owed_by_day, valued_on
from app.finance.lending.pledged import PledgedOnDays
from app.finance.lending.price_roots import reaching_factors
from app.finance.lending.remaining import days_on_plan
from app.finance.lending.right_rows import RightRows, stacked
from app.finance.lending.risk_results import StressCase, StressResult
from app.finance.lending.schedule import build_schedule
from app.finance.lending.schedule_results import Schedule
from app.finance.lending.stress_loss import stressed_loss
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

_FEN = 100.0

Moved = tuple[Stress, FlowPlan]
"""A stress with its cash flow."""


class _Row(NamedTuple):
    """What the rows of a stress say of it; NaN where there is no figure."""

    value_yuan: float
    dscr: float
    worst: float
    bare: date | None
    coverage: float
    cash: Numbers
    price: float


class _Debt:
    """A schedule and what is read from it once: service by year, balances by day, exposure."""

    def __init__(self, parts: LoanParts, schedule: Schedule) -> None:
        self.schedule = schedule
        self.ahead = first_year_ahead(replace(parts, schedule=schedule))
        self.years: DebtYears = debt_years(parts.loan, schedule)
        self.states: list[Owed] = owed_by_day(schedule, parts.loan.drawdown_date)
        self.owed = np.array([state.fen for state in self.states]) / _FEN
        self.days = [valued_on(one.day, before_payment=one.before_payment) for one in self.states]


class _CashYears:
    """Cash of the loan years in each row of the right, shape (m, y), at any factor on prices."""

    def __init__(self, rows: RightRows, debt: DebtYears, other: Numbers) -> None:
        """Take the rows, the years of the debt, and the factor (m,) on other cash."""
        self._case = rows.parts.case
        self._values = replace(rows.parts.values, plan=rows.plan)
        self._ends, self._other = debt.ends, other[:, None]
        self.taxed = bool(rows.plan.tax_rate)

    def at(self, factors: Numbers) -> Numbers:
        """Return the cash at a factor (..., m) on all prices of each row, shape (..., m, y)."""
        cash = find_cash(self._case, self._values, factors)
        return cash.of_right(self._ends) + cash.of_others(self._ends) * self._other


class _Stresses:
    """Computes the stresses of one loan; those with one grid of flows and one debt together."""

    def __init__(self, parts: LoanParts) -> None:
        self.parts = parts
        self._debts = {0.0: _Debt(parts, parts.schedule)}

    @property
    def debt(self) -> _Debt:
        """Debt of the schedule as it is."""
        return self._debts[0.0]

    def _debt_at(self, shift_bp: float) -> _Debt:
        """Debt with the LPR higher; the rate of a fixed loan stays. Cash sculpts as it did."""
        parts = self.parts
        if parts.loan.rate_kind is RateKind.FIXED:
            return self.debt
        if shift_bp not in self._debts:
            cash = cash_by_period(parts.case, parts.values)
            schedule = build_schedule(parts.loan, cash=cash, rate_shift_bp=shift_bp)
            self._debts[shift_bp] = _Debt(parts, schedule)
        return self._debts[shift_bp]

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
            debt = self._debt_at(stress.line.rate_bp)
            groups.setdefault((id(debt), plan.times.tobytes()), []).append(place)
        found: dict[int, StressCase] = {}
        for places in groups.values():
            group = [moved[place] for place in places]
            debt = self._debt_at(group[0][0].line.rate_bp)
            found |= zip(places, self._together(debt, group), strict=True)
        return tuple(found[place] for place in range(len(stresses)))

    def _together(self, debt: _Debt, group: Sequence[Moved]) -> list[StressCase]:
        parts, lines = self.parts, [stress.line for stress, _plan in group]
        rows = RightRows(
            parts,
            stacked([plan for _stress, plan in group]),
            np.array([price_share(line, parts.appraisal) for line in lines]),
            np.array([issued_share(line, parts.appraisal) for line in lines]),
        )
        cash = _CashYears(
            rows, debt.years, np.array([1.0 + one.other_cash_change for one in lines])
        )
        yearly = cash.at(np.ones(len(lines)))
        today = np.array([1.0 + line.price_change for line in lines]) * parts.values.price_yuan_t
        worst, bare = _path(rows, debt)
        table = zip(
            rows.at(parts.loan.valuation_basis).tolist(),
            lowest_dscr(debt.years, yearly).tolist(),
            worst.tolist(),
            bare,
            (rows.counted_security() / float(parts.loan.amount_yuan)).tolist(),
            yearly,
            _break_even(debt.years, cash, yearly, today).tolist(),
            strict=True,
        )
        return [
            self._case(debt, moved, _Row(*row)) for moved, row in zip(group, table, strict=True)
        ]

    def _case(self, debt: _Debt, moved: Moved, row: _Row) -> StressCase:
        parts, (stress, plan) = self.parts, moved
        base = parts.values.by_basis(parts.loan.valuation_basis)
        unmoved = not moves_right(stress.line)
        now = base if unmoved else round_to_fen(row.value_yuan)
        shortfall_on, missing = _shortfall(debt.years, row.cash)
        owing = replace(parts, schedule=debt.schedule)
        return StressCase(
            code=stress.code,
            name=stress.line.name,
            changes=changes_of(stress.line, parts.appraisal),
            value_yuan=float(now),
            value_change=float((now - base) / abs(base)) if base else None,
            min_dscr=_known(row.dscr),
            max_loan_to_value=_known(row.worst),
            uncovered_from=row.bare,
            coverage=parts.security.coverage if unmoved else row.coverage,
            shortfall_on=shortfall_on,
            shortfall_yuan=missing,
            ecl_yuan=stressed_loss(owing, debt.ahead, stress.line, plan, now),
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


def _path(rows: RightRows, debt: _Debt) -> tuple[Numbers, list[date | None]]:
    """Return the highest loan over value of each row's path, and the first day nothing covers it.

    The figures of `path.value_path` without its points; NaN where there is no ratio.
    """
    parts, count = rows.parts, len(rows.price)
    pledged = PledgedOnDays(parts, debt.days)
    owing = np.flatnonzero(debt.owed > 0)
    if not pledged.is_known or not len(owing):
        return np.full(count, np.nan), [None] * count
    places = days_on_plan(rows.plan, parts.appraisal.valuation_date, debt.days)
    value = pledged.of(rows.remaining(places), rows.issued_price[:, None])[:, owing]
    bare = value <= 0
    ratios = debt.owed[owing] / np.where(bare, 1.0, value)
    worst = np.where(bare.any(axis=1), np.nan, ratios.max(axis=1))
    days = [debt.states[int(owing[line.argmax()])].day if line.any() else None for line in bare]
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
        heat_table(parts, stresses.debt.years),
    )
