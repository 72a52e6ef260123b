"""What window and command line say of the book of loans: tables, words, and JSON values."""

from collections.abc import Iterator, Sequence
from typing import Any

from app.finance.lending.watch import CALLED
from app.i18n import N_, Translator
from app.messages import problem_text
from app.messages.lending_words import PATH_REASONS
from app.messages.loan_book_words import BOOK_STATES
from app.reports.cover_facts import PRICE_LABELS
from app.reports.fact_tables import (
    FactCell,
    FactHead,
    FactTable,
    day,
    figure,
    share,
    words,
    yuan,
)
from app.reports.stress_facts import signed
from app.services.loan_book import BookLoan, LeftOut, LoanAtPrice, MovedBook
from app.services.results_json import plain

LINES = ("warning", "margin_call", "enforcement")
"""Names of the lines, in the order of `BookLoan.lines`."""

_NOW = (N_("Value now"), N_("Coverage now"), N_("Loan over value now"), N_("State now"))
_MOVED = (
    N_("Value, price {change}"),
    N_("Coverage, price {change}"),
    N_("Loan over value, price {change}"),
    N_("State, price {change}"),
)


def change_text(change: float, tr: Translator) -> str:
    """Return a change of the price in words."""
    return signed(change) if change else tr(N_("now"))


def _loan_heads(found: MovedBook, tr: Translator) -> Iterator[FactHead]:
    yield FactHead(N_("Case"), numeric=False)
    yield FactHead(N_("Borrower"), numeric=False)
    yield FactHead(N_("Lender"), numeric=False)
    yield FactHead(N_("Owed in all"), "yuan")
    yield FactHead(N_("Carbon price now"), "yuan/t")
    for change in found.changes:
        heads = (tr(head).format(change=signed(change)) for head in _MOVED) if change else _NOW
        value, coverage, ratio, state = heads
        yield FactHead(value, "yuan")
        yield FactHead(coverage)
        yield FactHead(ratio)
        yield FactHead(state, numeric=False)
    yield from (FactHead(label, "yuan/t") for label in PRICE_LABELS)
    yield FactHead(N_("Receipts known until"))


def _at_price(one: LoanAtPrice) -> tuple[FactCell, ...]:
    return (
        yuan(one.value_yuan),
        share(one.coverage),
        share(one.loan_to_value),
        words(BOOK_STATES[one.state]),
    )


def _names(loan: BookLoan) -> tuple[FactCell, ...]:
    return FactCell(loan.name), FactCell(loan.borrower or "–"), FactCell(loan.lender or "–")


def _loan_row(loan: BookLoan, row: tuple[LoanAtPrice, ...]) -> tuple[FactCell, ...]:
    return (
        *_names(loan),
        yuan(loan.owed_yuan),
        figure(loan.price_yuan_t),
        *(cell for one in row for cell in _at_price(one)),
        *map(figure, loan.line_prices),
        day(loan.known_until),
    )


LoanRow = tuple[BookLoan, tuple[LoanAtPrice, ...]]
"""A loan with what it is at each change of the price."""


def loan_rows(found: MovedBook) -> list[LoanRow]:
    """Return the loans of a book with their rows."""
    return list(zip(found.loans, found.rows, strict=True))


def loan_table(found: MovedBook, rows: Sequence[LoanRow], tr: Translator) -> FactTable:
    """Return loans of the book with all that is known of them, for a spreadsheet."""
    return FactTable(tuple(_loan_heads(found, tr)), tuple(_loan_row(*pair) for pair in rows))


_AT_PRICE = (
    FactHead(N_("Owed in all"), "yuan"),
    FactHead(N_("Value of the security"), "yuan"),
    FactHead(N_("Coverage")),
    FactHead(N_("Loan over value")),
    FactHead(N_("State"), numeric=False),
    FactHead(N_("Case"), numeric=False),
    FactHead(N_("Borrower"), numeric=False),
    FactHead(N_("Lender"), numeric=False),
)


def at_price_table(found: MovedBook, change: int) -> FactTable:
    """Return the loans at one change of the price, by its place, those that are called marked."""
    rows = [row[change] for row in found.rows]
    return FactTable(
        _AT_PRICE,
        tuple(
            (yuan(loan.owed_yuan), *_at_price(one), *_names(loan))
            for loan, one in zip(found.loans, rows, strict=True)
        ),
        marked=tuple(place for place, one in enumerate(rows) if one.state in CALLED),
    )


_AT_LINES = (
    FactHead(N_("Price now"), "yuan/t"),
    *(FactHead(label, "yuan/t") for label in PRICE_LABELS),
    FactHead(N_("Case"), numeric=False),
)


def lines_table(found: MovedBook) -> FactTable:
    """Return the prices at which the coverage of each loan is at its lines."""
    return FactTable(
        _AT_LINES,
        tuple(
            (figure(loan.price_yuan_t), *map(figure, loan.line_prices), FactCell(loan.name))
            for loan in found.loans
        ),
    )


_TOTALS = (
    FactHead(N_("Price"), numeric=False),
    FactHead(N_("State"), numeric=False),
    FactHead(N_("Loans")),
    FactHead(N_("Owed in all"), "yuan"),
    FactHead(N_("Value of the security"), "yuan"),
    FactHead(N_("Owed beyond the security"), "yuan"),
)


def states_of(found: MovedBook) -> list[str]:
    """Return the states that occur at any change, the worst first."""
    there = {one.state for row in found.rows for one in row}
    return [state for state in BOOK_STATES if state in there]


def totals_table(found: MovedBook, tr: Translator) -> FactTable:
    """Return number, debt and security of the loans in each state at each change, and of all."""
    states = [(BOOK_STATES[state], state) for state in states_of(found)]
    rows = []
    for place, change in enumerate(found.changes):
        for label, state in (*states, (N_("all loans"), None)):
            total = found.total(place, state)
            if total.loans:
                rows.append(
                    (
                        FactCell(change_text(change, tr)),
                        words(label),
                        FactCell(f"{total.loans:,}"),
                        yuan(total.owed_yuan),
                        yuan(total.value_yuan),
                        yuan(total.beyond_value_yuan),
                    )
                )
    return FactTable(_TOTALS, tuple(rows), keys=2)


def left_out_text(one: LeftOut, tr: Translator) -> str:
    """Say why a loan cannot be computed."""
    if one.not_followed:
        reason = PATH_REASONS["not_followed"]
        return tr(reason)
    return tr(N_("; ")).join(problem_text(problem, tr) for problem in one.problems)


def book_json(found: MovedBook, tr: Translator) -> dict[str, Any]:
    """Return the moved book as JSON values; `changes`, `at` and `totals` have one order."""
    return {
        "day": found.day.isoformat(),
        "price_changes": list(found.changes),
        "loans": [_loan_json(*pair) for pair in loan_rows(found)],
        "totals": [
            {
                "price_change": change,
                "all": plain(found.total(place)),
                "states": {state: plain(found.total(place, state)) for state in BOOK_STATES},
            }
            for place, change in enumerate(found.changes)
        ],
        "left_out": [
            {
                "case_id": one.case_id,
                "version": one.version,
                "name": one.name,
                "codes": [problem.code for problem in one.problems] or ["not_followed"],
                "text": left_out_text(one, tr),
            }
            for one in found.left_out
        ],
    }


def _loan_json(loan: BookLoan, row: tuple[LoanAtPrice, ...]) -> dict[str, Any]:
    return {
        "case_id": loan.case_id,
        "version": loan.version,
        "name": loan.name,
        "borrower": loan.borrower,
        "lender": loan.lender,
        "level": loan.level,
        "owed_yuan": plain(loan.owed_yuan),
        "known_until": plain(loan.known_until),
        "price_yuan_t": loan.price_yuan_t,
        "lines": dict(zip(LINES, loan.lines, strict=True)),
        "line_prices": dict(zip(LINES, loan.line_prices, strict=True)),
        "at": plain(row),
    }
