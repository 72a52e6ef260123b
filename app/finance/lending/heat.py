"""The heat table: coverage and lowest DSCR over changes of price and tonnes, in one sweep."""

from dataclasses import replace
from math import isnan

import numpy as np

from app.finance.lending.cash import find_cash
from app.finance.lending.debt import DebtYears
from app.finance.lending.parts import LoanParts
from app.finance.lending.right_rows import RightRows
from app.finance.lending.risk_results import HeatTable
from app.finance.sink.pools import Numbers

CHANGES = (-0.6, -0.5, -0.4, -0.3, -0.2, 0.0, 0.2)
"""Relative changes of price and of tonnes; those of the set S1 to S8 are among them."""


def lowest_dscr(debt: DebtYears, cash: Numbers) -> Numbers:
    """Return the smallest cash over debt service of the years with any, shape (...); NaN if none.

    `cash` of each year has shape (..., y).
    """
    due = debt.service > 0
    if not due.any():
        return np.full(cash.shape[:-1], np.nan)
    return np.asarray((cash[..., due] / debt.service[due]).min(axis=-1))


def heat_table(parts: LoanParts, debt: DebtYears) -> HeatTable:
    """Return coverage and lowest DSCR, price changes by rows, tonnes changes by columns.

    Prices and tonnes of all years move in proportion; costs, other cash and the schedule stay.
    """
    factors, count = 1.0 + np.array(CHANGES), len(CHANGES)
    price, tonnes = np.repeat(factors, count), np.tile(factors, count)
    plan = parts.values.plan
    moved = replace(plan, prices=plan.prices * price[:, None], tonnes=plan.tonnes * tonnes[:, None])
    rows = RightRows(parts, moved, price, price)
    coverage = rows.counted_security() / float(parts.loan.amount_yuan)
    cash = find_cash(parts.case, replace(parts.values, plan=moved))
    dscr = lowest_dscr(debt, debt.cash(cash))
    return HeatTable(CHANGES, CHANGES, _table(coverage, count), _table(dscr, count))


def _table(figures: Numbers, columns: int) -> tuple[tuple[float | None, ...], ...]:
    rows = figures.reshape(-1, columns).tolist()
    return tuple(tuple(None if isnan(one) else one for one in row) for row in rows)
