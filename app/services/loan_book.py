"""The loans of the book against moves of the price; `loan_desk` reads them."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from math import isfinite

import numpy as np

from app.finance.case.problems import Problem
from app.finance.lending.balance import NOTHING_OWED, Standing
from app.finance.lending.book import DISCHARGED, STATES, Position, revalue
from app.finance.money import ZERO
from app.services.case_file import CaseRefused
from app.services.typed_values import stored_date

LEAST_CHANGE, MOST_CHANGE = -1.0, 10.0
"""Changes of the price lie between these, fractions: a price of nothing, and eleven times it."""

MOST_CHANGES = 12
"""So many changes side by side, at most."""

_CHANGE = "price_change"
_BETWEEN = re.compile(r"[\s,;、]+")


@dataclass(frozen=True, slots=True)
class BookLoan:
    """A stored loan on the day of the book.

    Attributes:
        level: level of value of the income right, as in `loan.valuation_basis`.
        owed_yuan: what is owed at the end of the day, interest that has run included.
        known_until: last day on which it is known what came in; None for a loan not watched.
        is_drawn: whether the day of drawdown has come.
        price_yuan_t: price of carbon as last revalued.
        lines: coverage below which it is watched, called and enforced.
        line_prices: prices at which coverage is at each line; None where nothing is owed, and
            where it is above, or below, the line at any price.
        position: what moves.
        standing: what of `owed_yuan` is principal and what is past due, by how many days.
    """

    case_id: str
    version: int
    name: str
    borrower: str
    lender: str
    level: str
    owed_yuan: Decimal
    known_until: date | None
    is_drawn: bool
    price_yuan_t: float
    lines: tuple[float, float, float]
    line_prices: tuple[float | None, ...]
    position: Position
    standing: Standing = NOTHING_OWED

    def line_changes(self) -> tuple[float | None, ...]:
        """Return `line_prices` as changes of the price, fractions; positive below a line."""
        return tuple(
            None if price is None else price / self.price_yuan_t - 1.0 for price in self.line_prices
        )


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A stored loan that cannot be computed, with what is refused.

    `not_followed` says that its level of value cannot be carried to another day or price.
    """

    case_id: str
    version: int
    name: str
    problems: tuple[Problem, ...] = ()
    not_followed: bool = False


@dataclass(frozen=True, slots=True)
class LoanAtPrice:
    """A loan at one price: yuan, and shares that are None where they have no bound.

    `state` is a key of `BOOK_STATES`; coverage is None where nothing is owed, loan over value
    where something is owed against nothing.
    """

    value_yuan: float
    coverage: float | None
    loan_to_value: float | None
    state: str


@dataclass(frozen=True, slots=True)
class StateTotal:
    """Loans of one state: their number, what is owed, and what the security counts for.

    Security of loans without debt is left out. `beyond_value_yuan` is what is owed of each loan
    beyond its own security, summed.
    """

    loans: int
    owed_yuan: Decimal
    value_yuan: float
    beyond_value_yuan: float


@dataclass(frozen=True, slots=True)
class MovedBook:
    """The book at each change of the price, the first of them none.

    `rows` holds for each loan what it is at each of `changes`, fractions.
    """

    day: date
    changes: tuple[float, ...]
    loans: tuple[BookLoan, ...]
    rows: tuple[tuple[LoanAtPrice, ...], ...]
    left_out: tuple[LeftOut, ...]

    def total(self, change: int, state: str | None = None) -> StateTotal:
        """Return the loans in a state at a change, by its place; all of them without a state."""
        found = [
            (loan.owed_yuan, row[change].value_yuan if loan.owed_yuan else 0.0)
            for loan, row in zip(self.loans, self.rows, strict=True)
            if state in (None, row[change].state)
        ]
        return StateTotal(
            len(found),
            sum((owed for owed, _value in found), ZERO),
            sum((value for _owed, value in found), 0.0),
            sum((max(float(owed) - value, 0.0) for owed, value in found), 0.0),
        )


@dataclass(frozen=True, slots=True)
class LoanBook:
    """The stored loans on one day, and those that cannot be computed."""

    day: date
    loans: tuple[BookLoan, ...]
    left_out: tuple[LeftOut, ...]

    def moved(self, changes: Sequence[float]) -> MovedBook:
        """Return the book with all prices changed by each fraction, lowest coverage now first.

        Loans without debt come last, and loans of the same coverage by name.

        Raises:
            CaseRefused: `not_finite`, `minimum`, `maximum` or `too_long` at "price_change".
        """
        problems = [found for change in changes for found in _refused(change, change)]
        problems += _too_many(len(changes))
        if problems:
            raise CaseRefused(problems)
        asked = tuple(dict.fromkeys((0.0, *changes)))
        found = revalue([loan.position for loan in self.loans], 1.0 + np.array(asked))
        first = found.coverage[:, 0].tolist()
        order = sorted(range(len(first)), key=lambda n: (first[n], self.loans[n].name))
        columns = (found.value_yuan, found.coverage, found.loan_to_value, found.state)
        rows = tuple(
            tuple(
                LoanAtPrice(value, _bounded(coverage), _bounded(ratio), self._state(place, state))
                for value, coverage, ratio, state in zip(
                    *(column[place].tolist() for column in columns), strict=True
                )
            )
            for place in order
        )
        loans = tuple(self.loans[place] for place in order)
        return MovedBook(self.day, asked, loans, rows, self.left_out)

    def _state(self, place: int, state: int) -> str:
        if state != DISCHARGED:
            return STATES[state]
        return "discharged" if self.loans[place].is_drawn else "not_drawn"


def _bounded(figure: float) -> float | None:
    return figure if isfinite(figure) else None


def _refused(change: float, given: object, unit: float = 1.0) -> list[Problem]:
    """Return what is wrong with a change; its limits are told in parts of `unit`."""
    if not isfinite(change):
        return [Problem(_CHANGE, "not_finite", given)]
    if change < LEAST_CHANGE:
        return [Problem(_CHANGE, "minimum", given, {"minimum": LEAST_CHANGE * unit})]
    if change > MOST_CHANGE:
        return [Problem(_CHANGE, "maximum", given, {"maximum": MOST_CHANGE * unit})]
    return []


def _too_many(count: int) -> list[Problem]:
    if count <= MOST_CHANGES:
        return []
    return [Problem(_CHANGE, "too_long", count, {"length": MOST_CHANGES})]


def changes_in_percent(text: str) -> tuple[float, ...]:
    """Return changes of the price typed in percent ("-10; -30 %"), as fractions.

    They are parted by blanks, commas or semicolons, full-width ones too.

    Raises:
        CaseRefused: `not_a_number`, `not_finite`, `minimum`, `maximum` or `too_long` at
            "price_change", limits in percent.
    """
    plain = unicodedata.normalize("NFKC", text).replace("−", "-").replace("%", " ")
    found: list[float] = []
    problems: list[Problem] = []
    for word in filter(None, _BETWEEN.split(plain)):
        try:
            change = float(Decimal(word) / 100)
        except (InvalidOperation, OverflowError):
            problems.append(Problem(_CHANGE, "not_a_number", word))
            continue
        problems += _refused(change, word, unit=100.0)
        found.append(change)
    problems += _too_many(len(found))
    if problems:
        raise CaseRefused(problems)
    return tuple(found)


def typed_day(text: str) -> date:
    """Return the day a person typed in one of the usual ways.

    Raises:
        CaseRefused: `not_a_date` at "day".
    """
    try:
        return date.fromisoformat(stored_date(text) or "")
    except ValueError as error:
        raise CaseRefused([Problem("day", "not_a_date", text)]) from error
