"""The balance against what is left of the right, from drawdown to maturity."""

from collections.abc import Sequence
from itertools import compress, starmap

import numpy as np

from app.finance.case.lending.monitoring import Monitoring
from app.finance.lending.parts import LoanParts
from app.finance.lending.pledged import PledgedOnDays
from app.finance.lending.price_roots import reaching_factors
from app.finance.lending.results import PathPoint, PathResult
from app.finance.money import FEN
from app.finance.sink.pools import Numbers

_NO_PRICES = (None, None, None)

Prices = tuple[float | None, float | None, float | None]
"""Prices, yuan/t, of the warning, margin-call and enforcement line."""


def _ratios(owed: Numbers, value: Numbers) -> Numbers:
    """Return owed over value; infinite where something is owed against nothing, 0 without debt."""
    positive = value > 0
    ratio = owed / np.where(positive, value, 1.0)
    return np.where(positive, ratio, np.where(owed > 0, np.inf, 0.0))


def _is_shown(before_payment: Sequence[bool], ratios: Sequence[float]) -> list[bool]:
    """Whether each state is a point: one before a payment only if it is worse than both beside."""
    return [
        not before or ratios[place] > max(ratios[place - 1], ratios[place + 1])
        for place, before in enumerate(before_payment)
    ]


def lines_of(monitoring: Monitoring | None) -> tuple[float, ...]:
    """Return warning, margin-call and enforcement line; () when the loan is not watched."""
    if monitoring is None:
        return ()
    return (monitoring.warning_line, monitoring.margin_line, monitoring.enforcement_line)


def watched_value(pledged: PledgedOnDays, watched: Monitoring, factors: Numbers) -> Numbers:
    """Return what counts in coverage at these factors on the prices, shape (..., d), yuan."""
    if watched.count_all:
        return pledged.in_all(factors)
    return np.maximum(pledged.right(factors), 0.0)


def trigger_prices(parts: LoanParts, pledged: PledgedOnDays, owed: Numbers) -> list[Prices]:
    """Return for each day the prices, yuan/t, at which coverage falls to each line.

    The factor on all prices at which the security is line x owed, times the price of the valuation
    date. None where nothing is owed, where the security is worth that much at any price, or at
    none.
    """
    watched, price = parts.loan.monitoring, parts.values.price_yuan_t
    if watched is None or price <= 0 or not pledged.is_known:
        return [_NO_PRICES] * len(owed)
    targets = np.array(lines_of(watched))[:, None] * np.where(owed > 0, owed, np.nan)
    found = reaching_factors(lambda moved: watched_value(pledged, watched, moved), targets)
    warning, margin, enforcement = found * price
    return list(zip(_or_none(warning), _or_none(margin), _or_none(enforcement), strict=True))


def _or_none(figures: Numbers) -> list[float | None]:
    """Return figures as a list, None where they are NaN."""
    found: list[float | None] = figures.tolist()
    for place in np.flatnonzero(np.isnan(figures)).tolist():
        found[place] = None
    return found


def _over(part: Numbers, whole: Numbers) -> list[float | None]:
    """Return part over whole, None where the whole is not positive."""
    positive = whole > 0
    return _or_none(np.where(positive, part / np.where(positive, whole, 1.0), np.nan))


def value_path(parts: LoanParts) -> PathResult:
    """Return loan over remaining value at each drawing and payment, and the trigger prices.

    A point holds the balance at the end of a day, after its payment, against what the right that
    is left then and the other collaterals count for (`PledgedOnDays`). Days a year apart are
    added where payments are further apart. The state before a payment, with the value of the
    evening before, is a point of its own where it is worse than the points beside it; it is looked
    at where payments lie half a year or more apart, and before the last payment, so that a
    bullet is held against what the right is worth when it falls due. Interest that has run is not
    in the balance.

    The path of a level that cannot be followed has no points and a reason.
    """
    loan, common = parts.loan, parts.common
    basis, lines = loan.valuation_basis.value, lines_of(loan.monitoring)
    states, owed, pledged = common.owed, common.owed_yuan, common.pledged
    if not pledged.is_known:
        return PathResult(basis, (), None, None, None, None, lines, "not_followed")
    right, others = pledged.right(), pledged.others()
    in_all = np.maximum(right, 0.0) + others
    rows = zip(
        states.days,
        [fen * FEN for fen in states.fen],
        right.tolist(),
        others.tolist(),
        _over(owed, in_all),
        _over(in_all, owed),
        _over(np.maximum(right, 0.0), owed),
        trigger_prices(parts, pledged, owed),
        states.before_payment,
        strict=True,
    )
    shown = _is_shown(states.before_payment, _ratios(owed, in_all).tolist())
    points = tuple(starmap(PathPoint, compress(rows, shown)))
    counts_all = loan.monitoring is None or loan.monitoring.count_all
    return _summed_up(basis, points, lines, counts_all=counts_all)


def _summed_up(
    basis: str, points: tuple[PathPoint, ...], lines: tuple[float, ...], *, counts_all: bool
) -> PathResult:
    owing = [point for point in points if point.balance_yuan > 0]
    uncovered = next((point.day for point in owing if point.loan_to_value is None), None)
    worst = None
    if uncovered is None and owing:
        worst = max(owing, key=lambda point: point.loan_to_value or 0.0)
    coverages = [point.coverage for point in owing if point.coverage is not None]
    return PathResult(
        basis=basis,
        points=points,
        max_loan_to_value=None if worst is None else worst.loan_to_value,
        max_on=None if worst is None else worst.day,
        min_coverage=min(coverages, default=None),
        uncovered_from=uncovered,
        lines=lines,
        counts_all=counts_all,
    )
