"""Schedules and watched loans of the ledger's tests, typed in by hand or drawn at random."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from app.finance.case.lending.days import DayCount
from app.finance.case.lending.monitoring import (
    CostLine,
    DiversionLine,
    Monitoring,
    ReceiptLine,
)
from app.finance.lending.ledger import Ledger, build_ledger
from app.finance.lending.rates import RatePath
from app.finance.lending.schedule_results import Schedule

Line = tuple[date, int, int, int]
"""Due day, principal, interest and fee, fen."""


def day_of(text: str) -> date:
    return date.fromisoformat(text)


def plan(
    drawdowns: Sequence[tuple[date, int]], lines: Sequence[Line], rate: float = 0.0385
) -> Schedule:
    """Return a schedule of these drawings and payments; each period ends on its due day."""
    dues = [line[0] for line in lines]
    starts = [drawdowns[0][0], *dues[:-1]]
    drawn = [
        sum(fen for day, fen in drawdowns if start <= day < due)
        for start, due in zip(starts, dues, strict=True)
    ]
    closing, balance = [], 0
    for place, line in enumerate(lines):
        balance += drawn[place] - line[1]
        closing.append(balance)
    return Schedule(
        starts, dues, dues, [rate] * len(lines), drawn, [line[2] for line in lines],
        [line[1] for line in lines], [line[3] for line in lines], closing,
        ["payment"] * len(lines), 0, tuple(drawdowns),
    )  # fmt: skip


L06 = plan(
    [(date(2025, 7, 1), 300_000_000)],
    [
        (date(2025, 9, 21), 0, 2_630_833, 0),
        (date(2025, 12, 21), 0, 2_919_583, 0),
        (date(2026, 3, 21), 0, 2_887_500, 0),
        (date(2026, 6, 21), 0, 2_951_667, 0),
        (date(2026, 7, 1), 300_000_000, 320_833, 0),
    ],
)
"""Row L06 of tests/cases/finance.csv: 3 million, 3.85 %, ACT/360, interest on the 21st."""


def yuan(text: str) -> Decimal:
    return Decimal(text)


def receipts(*lines: tuple[str, str]) -> tuple[ReceiptLine, ...]:
    return tuple(ReceiptLine(day_of(day), Decimal(amount)) for day, amount in lines)


def fixed(rate: str, start: date) -> RatePath:
    return RatePath((start,), (Decimal(rate),))


def book(
    schedule: Schedule,
    until: str | date,
    *,
    rates: RatePath | None = None,
    basis: DayCount = DayCount.ACT_360,
    **watched: Any,
) -> Ledger:
    """Return the account of a loan at 3.85 % watched with 1.5 times and twice the rate."""
    terms: dict[str, Any] = {"overdue_multiple": 1.5, "diverted_multiple": 2.0} | watched
    start = schedule.drawdowns[0][0]
    last = day_of(until) if isinstance(until, str) else until
    return build_ledger(schedule, Monitoring(**terms), basis, rates or fixed("0.0385", start), last)


START = date(2025, 1, 15)


@st.composite
def watched_loans(draw: st.DrawFn) -> tuple[Schedule, dict[str, Any], date]:
    """Draw a schedule, what was watched, and the last day."""
    count = draw(st.integers(1, 6))
    principal = draw(st.lists(st.integers(0, 5_000_000), min_size=count, max_size=count))
    principal[-1] += 2
    lines, due = [], START
    for amount in principal:
        due += timedelta(days=draw(st.integers(2, 120)))
        interest, fee = draw(st.integers(0, 300_000)), draw(st.integers(0, 5_000))
        lines.append((due, amount, interest, fee))
    first_period = (lines[0][0] - START).days
    later = draw(st.integers(1, sum(principal) - 1))
    second = START + timedelta(days=draw(st.integers(1, first_period - 1)))
    drawdowns = [(START, sum(principal) - later), (second, later)]
    days = st.dates(START, due + timedelta(days=400))
    money = st.integers(1, 4_000_000).map(lambda fen: Decimal(fen) / 100)
    watched = {
        "receipts": tuple(draw(st.lists(st.builds(ReceiptLine, days, money), max_size=12))),
        "costs": tuple(draw(st.lists(st.builds(CostLine, days, money), max_size=3))),
        "diversions": tuple(
            DiversionLine(first, amount, last)
            for first, amount, last in draw(
                st.lists(st.tuples(days, money, st.none() | days), max_size=2)
            )
            if last is None or last >= first
        ),
    }
    return plan(drawdowns, lines), watched, draw(days)


def penalty_day_by_day(schedule: Schedule, watched: dict[str, Any], until: date) -> int:
    """Return all penalty ever charged up to `until`, fen, by walking through every day.

    Another way than the ledger's: one day at a time, bills kept in dictionaries, the parts of
    a day's receipts found from all that is owed.
    """
    run, charged, credit = Fraction(0), 0, 0
    owed = {"costs": 0, "penalty": 0, "interest": 0, "principal": 0}
    balance, day = 0, START
    while day <= until:
        divert = sum(
            int(line.amount_yuan * 100)
            for line in watched["diversions"]
            if line.first_day < day and (line.last_day is None or day <= line.last_day + _DAY)
        )
        divert = min(divert, balance)
        overdue = owed["principal"]
        both = min(divert, overdue)
        times = (overdue - both + owed["interest"]) * 1.5 + both * 2 + (divert - both) * 1
        run += Fraction(times) * Fraction("0.0385") / 360
        turns = [line.first_day for line in watched["diversions"]]
        turns += [line.last_day + _DAY for line in watched["diversions"] if line.last_day]
        paid = [line for line in watched["receipts"] if line.day == day]
        cost = [line for line in watched["costs"] if line.day == day]
        lines = [n for n, due in enumerate(schedule.dues) if due == day]
        drawn = [fen for when, fen in schedule.drawdowns if when == day]
        if paid or cost or lines or drawn or day in turns or day == until:
            whole = int(run + Fraction(1, 2))
            charged, run = charged + whole, Fraction(0)
            owed["penalty"] += whole
        balance += sum(drawn)
        owed["costs"] += sum(int(line.amount_yuan * 100) for line in cost)
        owed["costs"] += sum(schedule.fees[n] for n in lines)
        owed["interest"] += sum(schedule.interest[n] for n in lines)
        owed["principal"] += sum(schedule.principal[n] for n in lines)
        credit += sum(int(line.amount_yuan * 100) for line in paid)
        for part, claim in owed.items():
            spent = min(credit, claim)
            owed[part] -= spent
            credit -= spent
            balance -= spent if part == "principal" else 0
        day += _DAY
    return charged


_DAY = timedelta(days=1)
