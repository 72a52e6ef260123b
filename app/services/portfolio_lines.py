"""One case of the book as the portfolio report is given it, and the loans at moved prices."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from app.finance.case.case import Case
from app.finance.dates import add_months
from app.finance.lending.parts import LoanParts
from app.finance.money import FEN, ZERO, round_to_fen
from app.messages.loan_book_words import BOOK_STATES
from app.reports.portfolio_book import (
    BookedCase,
    BookedLoan,
    BookedPolicy,
    PriceMove,
    RightValue,
)
from app.services.accumulation import Found
from app.services.loan_book import BookLoan, LoanAtPrice, MovedBook

if TYPE_CHECKING:
    from app.services.ports import CaseEntry


@dataclass(frozen=True, slots=True)
class LoanFacts:
    """What of a loan does not hang on the price."""

    amount_yuan: Decimal
    maturity: date
    principal_by_year: Mapping[int, Decimal]
    green: str


@dataclass(frozen=True, slots=True)
class Read:
    """What was read of one case: its line, its loan to be revalued, its places."""

    case: BookedCase
    found: Found
    annual_rate: float | None = None
    loan: BookLoan | None = None
    facts: LoanFacts | None = None


def _money(entry: "CaseEntry", name: str) -> Decimal:
    """A sum of money kept with a version: a fen amount has one shortest decimal form."""
    value = entry.figures.get(name)
    return round_to_fen(value) if isinstance(value, int | float) else ZERO


def _text(entry: "CaseEntry", name: str) -> str:
    value = entry.figures.get(name)
    return value if isinstance(value, str) else ""


def _count(entry: "CaseEntry", name: str) -> int:
    value = entry.figures.get(name)
    return int(value) if isinstance(value, int | float) else 0


def line_of(entry: "CaseEntry") -> BookedCase:
    """Return the line of a version by the key figures kept with it."""
    right = None
    valued_on = _text(entry, "valuation_date")
    if valued_on:
        levels = ("gross_yuan", "net_yuan", "prudent_yuan", "liquidation_yuan")
        sums = (_money(entry, name) for name in levels)
        right = RightValue(date.fromisoformat(valued_on), *sums)
    return BookedCase(
        entry.case_id,
        entry.version,
        entry.name,
        _text(entry, "ecosystem"),
        _text(entry, "place"),
        _text(entry, "methodology"),
        approved=False,
        red_flags=_count(entry, "red_flags"),
        warnings=_count(entry, "warnings"),
        input_hash=entry.input_hash,
        right=right,
    )


def policy_of(entry: "CaseEntry", case: Case, day: date) -> BookedPolicy | None:
    """Return the policy of a case as it stands on a day, None without one."""
    insurance = case.insurance
    if insurance is None:
        return None
    starts = insurance.period_start
    ends = add_months(starts, insurance.period_months) - timedelta(days=1)
    return BookedPolicy(
        insurance.insurer,
        insurance.insured,
        _money(entry, "sum_insured_yuan"),
        _money(entry, "gross_premium_yuan"),
        starts,
        ends,
        starts <= day <= ends,
    )


def loan_facts(parts: LoanParts, day: date) -> LoanFacts:
    """Return amount, maturity and what the schedule has still to be repaid after a day."""
    loan, schedule = parts.loan, parts.schedule
    years: dict[int, int] = defaultdict(int)
    for due, principal in zip(schedule.dues, schedule.principal, strict=True):
        if due > day and principal:
            years[due.year] += principal
    return LoanFacts(
        round_to_fen(loan.amount_yuan),
        schedule.dues[-1],
        {year: fen * FEN for year, fen in years.items()},
        "" if loan.green is None else loan.green.answer.value,
    )


def at_price(one: Read, now: Mapping[str, LoanAtPrice]) -> BookedCase:
    """Return a case with its loan as it stands at the prices of the day."""
    loan, facts = one.loan, one.facts
    if loan is None or facts is None:
        return one.case
    row, standing = now[loan.case_id], loan.standing
    watched = loan.known_until is not None
    booked = BookedLoan(
        lender=loan.lender,
        borrower=loan.borrower,
        amount_yuan=facts.amount_yuan,
        owed_yuan=loan.owed_yuan,
        principal_yuan=standing.principal_yuan,
        past_due_yuan=standing.past_due_yuan,
        days_past_due=standing.days_past_due if watched else None,
        value_yuan=row.value_yuan,
        coverage=row.coverage,
        lines=loan.lines,
        state=row.state,
        maturity=facts.maturity,
        annual_rate=one.annual_rate,
        principal_by_year=facts.principal_by_year if loan.owed_yuan else {},
        green=facts.green,
    )
    return replace(one.case, loan=booked)


def price_moves(moved: MovedBook) -> Iterator[PriceMove]:
    """Yield the loans with debt at each change of the price, none first."""
    for place, change in enumerate(moved.changes):
        totals = {state: moved.total(place, state) for state in BOOK_STATES}
        whole = moved.total(place)
        yield PriceMove(
            change,
            {state: total.loans for state, total in totals.items()},
            {state: total.owed_yuan for state, total in totals.items()},
            whole.value_yuan,
            whole.beyond_value_yuan,
        )
