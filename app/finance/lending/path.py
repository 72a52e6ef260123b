"""The balance against what is left of the right, from drawdown to maturity."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from math import isnan
from typing import NamedTuple

import numpy as np

from app.finance.case.lending.monitoring import Monitoring
from app.finance.dates import add_months
from app.finance.lending.parts import LoanParts
from app.finance.lending.pledged import PledgedOnDays
from app.finance.lending.price_roots import reaching_factors
from app.finance.lending.results import PathPoint, PathResult
from app.finance.lending.schedule_results import Schedule
from app.finance.money import FEN
from app.finance.sink.pools import Numbers

FAR_APART = 183
"""Days between payments from which the state before a payment is looked at as well."""

_DAYS_OF_YEAR = 365
_MONTHS = 12
_DAY = timedelta(days=1)
_NO_PRICES = (None, None, None)

Prices = tuple[float | None, float | None, float | None]
"""Prices, yuan/t, of the warning, margin-call and enforcement line."""


class Owed(NamedTuple):
    """Fen owed at the end of a day, or before the payment of the day."""

    day: date
    fen: int
    before_payment: bool = False


def valued_on(day: date, *, before_payment: bool) -> date:
    """Return the day at whose end the security is valued: before a payment, the day before it."""
    return day - _DAY if before_payment else day


def _drawn(schedule: Schedule, after: date, until: date) -> int:
    return sum(fen for day, fen in schedule.drawdowns if after < day <= until)


def owed_by_day(schedule: Schedule, drawdown: date) -> list[Owed]:
    """Return what is owed at drawdown, after each payment and a year after the state before.

    Where payments lie half a year or more apart, and before the last one, the state before the
    payment is there as well, ahead of the one after it.
    """
    found = [Owed(drawdown, _drawn(schedule, date.min, drawdown))]
    dues, closing = schedule.dues, schedule.closing
    opened, first = drawdown, 0
    for place, due in enumerate(dues):
        if place + 1 < len(dues) and dues[place + 1] == due:
            continue
        apart = (due - opened).days
        if apart > _DAYS_OF_YEAR:
            found += _years_between(schedule, found[-1], due)
        if apart >= FAR_APART or due == dues[-1]:
            before = closing[first] + schedule.principal[first]
            found.append(Owed(due, before, before_payment=True))
        found.append(Owed(due, closing[place]))
        opened, first = due, place + 1
    return found


def _years_between(schedule: Schedule, opened: Owed, due: date) -> list[Owed]:
    """Return what is owed each year after one state and before the next payment."""
    found = []
    for year in range(1, (due - opened.day).days // _DAYS_OF_YEAR + 1):
        day = add_months(opened.day, _MONTHS * year)
        if day < due:
            found.append(Owed(day, opened.fen + _drawn(schedule, opened.day, day)))
    return found


def _ratios(owed: Numbers, value: Numbers) -> Numbers:
    """Return owed over value; infinite where something is owed against nothing, 0 without debt."""
    positive = value > 0
    ratio = owed / np.where(positive, value, 1.0)
    return np.where(positive, ratio, np.where(owed > 0, np.inf, 0.0))


def _is_shown(states: Sequence[Owed], ratios: Sequence[float]) -> list[bool]:
    """Whether each state is a point: one before a payment only if it is worse than both beside."""
    shown = [not state.before_payment for state in states]
    for place, state in enumerate(states):
        if state.before_payment:
            beside = max(ratios[place - 1], ratios[place + 1])
            shown[place] = ratios[place] > beside
    return shown


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
    return [None if isnan(figure) else figure for figure in figures.tolist()]


def _over(part: Numbers, whole: Numbers) -> list[float | None]:
    """Return part over whole, None where the whole is not positive."""
    positive = whole > 0
    return _or_none(np.where(positive, part / np.where(positive, whole, 1.0), np.nan))


def value_path(parts: LoanParts) -> PathResult:
    """Return loan over remaining value at drawdown and each payment, and the trigger prices.

    A point holds the balance at the end of a day, after its payment, against what the right that
    is left then and the other collaterals count for (`PledgedOnDays`). Days a year apart are
    added where payments are further apart. The state before a payment, with the value of the
    evening before, is a point of its own where it is worse than the points beside it; it is looked
    at where payments lie half a year or more apart, and before the last payment, so that a
    bullet is held against what the right is worth when it falls due. Interest that has run is not
    in the balance.

    The path of a level that cannot be followed has no points and a reason.
    """
    loan = parts.loan
    basis, lines = loan.valuation_basis.value, lines_of(loan.monitoring)
    states = owed_by_day(parts.schedule, loan.drawdown_date)
    pledged = PledgedOnDays(
        parts, [valued_on(state.day, before_payment=state.before_payment) for state in states]
    )
    if not pledged.is_known:
        return PathResult(basis, (), None, None, None, None, lines, "not_followed")
    owed = np.array([state.fen for state in states]) / 100.0
    right, others = pledged.right(), pledged.others()
    in_all = np.maximum(right, 0.0) + others
    ratios = _ratios(owed, in_all)
    columns = zip(
        states,
        right.tolist(),
        others.tolist(),
        _over(owed, in_all),
        _over(in_all, owed),
        _over(np.maximum(right, 0.0), owed),
        trigger_prices(parts, pledged, owed),
        _is_shown(states, ratios.tolist()),
        strict=True,
    )
    points = tuple(
        PathPoint(
            day=state.day,
            balance_yuan=Decimal(state.fen) * FEN,
            right_yuan=worth,
            other_yuan=other,
            loan_to_value=ratio,
            coverage=coverage,
            right_coverage=of_right,
            trigger_prices=triggers,
            before_payment=state.before_payment,
        )
        for state, worth, other, ratio, coverage, of_right, triggers, is_shown in columns
        if is_shown
    )
    counts_all = loan.monitoring is None or loan.monitoring.count_all
    return replace(_summed_up(basis, points, lines), counts_all=counts_all)


def _summed_up(basis: str, points: tuple[PathPoint, ...], lines: tuple[float, ...]) -> PathResult:
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
    )
