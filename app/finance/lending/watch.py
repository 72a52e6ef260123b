"""Coverage of what is owed by the security, day by day, and the margin calls it makes.

    coverage = value / owed, warning < margin call < enforcement lines
    to the margin line: add_security = line x owed - value, prepay = owed - value / line

The lines are proposals of the house, not a rule.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

import numpy as np

from app.finance.case.lending.monitoring import Monitoring
from app.finance.lending.calendar import BusinessCalendar
from app.finance.lending.collateral import CARBON_RIGHT
from app.finance.lending.ledger import Ledger
from app.finance.lending.life_results import CountedCollateral, WatchPoint
from app.finance.lending.parts import LoanParts
from app.finance.lending.path import lines_of, trigger_prices, watched_value
from app.finance.lending.pledged import PledgedOnDays
from app.finance.money import ZERO, round_to_fen

CALLED = ("margin_call", "enforcement")
"""States in which the borrower adds security or repays."""


@dataclass(frozen=True, slots=True)
class MarginCall:
    """A run of days of watch below the margin-call line.

    The amounts are those of its last day. `cured` says that a later day was above the line.
    """

    since: date
    cure_by: date
    add_security_yuan: Decimal
    prepay_yuan: Decimal
    cured: bool


def watched_days(parts: LoanParts, monitoring: Monitoring, until: date) -> list[date]:
    """Return the days up to `until` on which coverage is looked at.

    Drawings, days of payment, revaluations, and `until` itself.
    """
    days = {drawn for drawn, _fen in parts.schedule.drawdowns} | set(parts.schedule.dues)
    days |= {line.day for line in monitoring.revaluations} | {until}
    first = parts.loan.drawdown_date
    return sorted(day for day in days if first <= day <= until)


def watch_coverage(
    parts: LoanParts,
    monitoring: Monitoring,
    ledger: Ledger,
    calendar: BusinessCalendar,
    until: date,
) -> tuple[WatchPoint, ...]:
    """Return the coverage of all that is owed, up to `until`.

    The value is what the remaining right and, if all collaterals count, the others count for
    at the end of the day, as last revalued. Nothing is returned for a level of value that cannot
    be followed. A margin call is to be cured within the cure period of the first day of a run of
    days below the line; a new day of watch does not prolong it.
    """
    states = [ledger.on(day) for day in watched_days(parts, monitoring, until)]
    rows = [row for row in states if row is not None]
    days = [row.day for row in rows]
    moved = parts.common.revaluations.on(days)
    pledged = PledgedOnDays(parts, days, (moved.scale, moved.held))
    if not pledged.is_known or not days:
        return ()
    values = watched_value(pledged, monitoring, moved.factors).tolist()
    debts = [max(row.owed_yuan, ZERO) for row in rows]
    prices = trigger_prices(parts, pledged, np.array(debts, dtype=np.float64))
    found: list[WatchPoint] = []
    lines = lines_of(monitoring)
    for day, debt, value, seen, triggers in zip(
        days, debts, values, moved.lines, prices, strict=True
    ):
        coverage = value / float(debt) if debt else None
        state = _state(coverage, lines)
        cure_by = None
        if state in CALLED:
            since = found[-1].cure_by if found else None
            cure_by = since or calendar.add_working_days(day, monitoring.cure_days)
        add, prepay = _to_margin_line(debt, value, monitoring.margin_line, state)
        note = "" if seen is None else seen.note
        found.append(
            WatchPoint(day, value, debt, coverage, state, add, prepay, cure_by, triggers,
                       seen is not None, note)
        )  # fmt: skip
    return tuple(found)


def counted_on(
    parts: LoanParts, monitoring: Monitoring, day: date
) -> tuple[CountedCollateral, ...]:
    """Return what each collateral counts for at the end of a day, as last revalued.

    Those that count in the coverage sum to its value. Nothing is returned for a level of value
    that cannot be followed.
    """
    moved = parts.common.revaluations.on([day])
    pledged = PledgedOnDays(parts, [day], (moved.scale, moved.held))
    if not pledged.is_known:
        return ()
    return tuple(
        CountedCollateral(
            line.position,
            line.kind,
            line.name,
            float(counted[0]),
            monitoring.count_all or line.kind == CARBON_RIGHT,
        )
        for line, counted in sorted(
            pledged.each(moved.factors), key=lambda found: found[0].position or 0
        )
    )


def _state(coverage: float | None, lines: Sequence[float]) -> str:
    if coverage is None:
        return "discharged"
    warning, margin, enforcement = lines
    if coverage < enforcement:
        return "enforcement"
    if coverage < margin:
        return "margin_call"
    return "warning" if coverage < warning else "above"


def _to_margin_line(
    owed: Decimal, value: float, line: float, state: str
) -> tuple[Decimal, Decimal]:
    """Return the security to add or the prepayment that bring coverage back to the line."""
    if state not in CALLED:
        return ZERO, ZERO
    debt = float(owed)
    add, prepay = round_to_fen(line * debt - value), round_to_fen(debt - value / line)
    return max(add, ZERO), min(max(prepay, ZERO), owed)


def calls_of(points: Sequence[WatchPoint]) -> tuple[MarginCall, ...]:
    """Return the runs of days below the margin-call line, in their order."""
    calls: list[MarginCall] = []
    before = ""
    for point in points:
        if point.cure_by is not None:
            since = calls.pop().since if before in CALLED else point.day
            calls.append(
                MarginCall(
                    since, point.cure_by, point.add_security_yuan, point.prepay_yuan, cured=False
                )
            )
        elif before in CALLED:
            calls[-1] = replace(calls[-1], cured=True)
        before = point.state
    return tuple(calls)
