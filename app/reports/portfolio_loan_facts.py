"""What the portfolio report says of its loans: prices moved, lines, concentration, ladder, classes.

Sums of money are exact; shares are of what is owed unless a head says otherwise.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise

from app.finance.lending.life import class_by_days
from app.finance.lending.watch import CALLED
from app.formats import money, number, percent
from app.i18n import N_
from app.messages.lending_words import FIVE_CLASSES
from app.messages.loan_book_words import BOOK_STATES
from app.reports.fact_tables import EMPTY_CELL, FactCell, FactHead, FactTable, share, words, yuan
from app.reports.portfolio_book import NO_MONEY, BookedLoan, Portfolio
from app.reports.portfolio_facts import MOST_LINES, OTHERS, sum_of
from app.reports.value_facts import FactRow

LARGEST = 10
"""Borrowers whose share of the debt is told."""

_UNWATCHED = N_("not watched")


def move_table(book: Portfolio) -> FactTable | None:
    """Return the loans by state at each change of the price; None without debt."""
    if not book.loans:
        return None
    states = [
        state
        for state in BOOK_STATES
        if state not in ("discharged", "not_drawn") and any(m.loans[state] for m in book.moves)
    ]
    heads = (
        FactHead(N_("Price"), numeric=False),
        *(FactHead(BOOK_STATES[state]) for state in states),
        FactHead(N_("Owed of loans called"), "yuan"),
        FactHead(N_("Value of the security"), "yuan"),
        FactHead(N_("Owed beyond the security"), "yuan"),
    )
    rows = tuple(
        (
            words(N_("now")) if not move.change else FactCell(percent(move.change, 0)),
            *(FactCell(f"{move.loans[state]:,}") for state in states),
            yuan(sum_of(move.owed_yuan[state] for state in CALLED)),
            yuan(move.value_yuan),
            yuan(move.beyond_yuan),
        )
        for move in book.moves
    )
    return FactTable(heads, rows)


def breach_table(book: Portfolio) -> FactTable | None:
    """Return the loans below one of their lines, the lowest coverage first; None without any."""
    found = [pair for pair in book.loans if pair[1].state in ("warning", *CALLED)]
    found.sort(key=lambda pair: (pair[1].coverage or 0.0, pair[0].name))
    if not found:
        return None
    heads = (
        FactHead(N_("Case"), numeric=False),
        FactHead(N_("Borrower"), numeric=False),
        FactHead(N_("Owed in all"), "yuan"),
        FactHead(N_("Value of the security"), "yuan"),
        FactHead(N_("Coverage")),
        FactHead(N_("Margin-call line")),
        FactHead(N_("State"), numeric=False),
    )
    rows = [
        (
            FactCell(case.name),
            FactCell(loan.borrower or "–"),
            yuan(loan.owed_yuan),
            yuan(loan.value_yuan),
            share(loan.coverage),
            share(loan.lines[1]),
            words(BOOK_STATES[loan.state]),
        )
        for case, loan in found[:MOST_LINES]
    ]
    rest = found[MOST_LINES:]
    if rest:
        owed = sum_of(loan.owed_yuan for _case, loan in rest)
        value = sum(loan.value_yuan for _case, loan in rest)
        tail = (EMPTY_CELL, yuan(owed), yuan(value), EMPTY_CELL, EMPTY_CELL, EMPTY_CELL)
        rows.append((words(OTHERS, count=str(len(rest))), *tail))
    called = tuple(at for at, pair in enumerate(found[:MOST_LINES]) if pair[1].state in CALLED)
    return FactTable(heads, tuple(rows), marked=called)


def _by_borrower(book: Portfolio) -> list[tuple[str, int, Decimal]]:
    """Each borrower with the number of its loans and its debt, the largest first."""
    found: dict[str, tuple[int, Decimal]] = defaultdict(lambda: (0, NO_MONEY))
    for case, loan in book.loans:
        count, owed = found[loan.borrower or case.name]
        found[loan.borrower or case.name] = count + 1, owed + loan.owed_yuan
    ranked = [(name, count, owed) for name, (count, owed) in found.items()]
    return sorted(ranked, key=lambda one: (-one[2], one[0]))


def concentration_table(book: Portfolio) -> FactTable | None:
    """Return the ten largest borrowers with their share of the debt, and the rest."""
    ranked, owed = _by_borrower(book), book.owed_yuan
    if not ranked:
        return None
    heads = (
        FactHead(N_("Borrower"), numeric=False),
        FactHead(N_("Loans")),
        FactHead(N_("Owed in all"), "yuan"),
        FactHead(N_("Share of the debt")),
    )

    def row(name: FactCell, lines: Sequence[tuple[str, int, Decimal]]) -> tuple[FactCell, ...]:
        debt = sum_of(line[2] for line in lines)
        count = sum(line[1] for line in lines)
        return name, FactCell(f"{count:,}"), yuan(debt), share(float(debt / owed))

    rows = [row(FactCell(line[0]), [line]) for line in ranked[:LARGEST]]
    if ranked[LARGEST:]:
        others = words(OTHERS, count=str(len(ranked) - LARGEST))
        rows.append(row(others, ranked[LARGEST:]))
    return FactTable(heads, tuple(rows), row(words(N_("Total")), ranked))


def herfindahl(book: Portfolio) -> float | None:
    """Return the Herfindahl-Hirschman index of the debt by borrower, 0 to 10,000; None without."""
    owed = book.owed_yuan
    if not owed:
        return None
    return 10_000 * sum(float(debt / owed) ** 2 for _name, _count, debt in _by_borrower(book))


def concentration_rows(book: Portfolio) -> tuple[FactRow, ...]:
    """Return the share of the ten largest borrowers and the index of concentration."""
    index = herfindahl(book)
    if index is None:
        return ()
    top = sum_of(line[2] for line in _by_borrower(book)[:LARGEST])
    return (
        FactRow(N_("Share of the ten largest"), percent(float(top / book.owed_yuan))),
        FactRow(
            N_("Herfindahl-Hirschman index"),
            number(index, 0),
            note=N_("by borrower; 10,000 is one borrower alone"),
        ),
    )


Sized = Callable[[BookedLoan], str | None]
"""Puts a loan with debt into a class, by code; None for one that is left out."""


def _class_table(
    book: Portfolio, label: str, names: Mapping[str, str], of: Sized
) -> FactTable | None:
    """Return number and debt of the loans of each class, with their total; classes of none too."""
    found: dict[str, list[Decimal]] = {code: [] for code in names}
    for _case, loan in book.loans:
        code = of(loan)
        if code is not None:
            found[code].append(loan.owed_yuan)
    owed = book.owed_yuan
    if not owed:
        return None
    heads = (
        FactHead(label, numeric=False),
        FactHead(N_("Loans")),
        FactHead(N_("Owed in all"), "yuan"),
        FactHead(N_("Share of the debt")),
    )
    rows = tuple(
        (words(names[code]), FactCell(f"{len(sums):,}"), yuan(sum_of(sums)),
         share(float(sum_of(sums) / owed)))
        for code, sums in found.items()
    )  # fmt: skip
    count = sum(map(len, found.values()))
    totals = (words(N_("Total")), FactCell(f"{count:,}"), yuan(owed), share(1.0))
    return FactTable(heads, rows, totals)


def five_class_table(book: Portfolio) -> FactTable | None:
    """Return the loans by the lowest of the five classes their days past due allow."""

    def of(loan: BookedLoan) -> str:
        return "" if loan.days_past_due is None else class_by_days(loan.days_past_due)

    return _class_table(book, N_("Class of risk"), {**FIVE_CLASSES, "": _UNWATCHED}, of)


_GREEN = {
    "green": N_("green"),
    "not_green": N_("not green"),
    "open": N_("not decided yet"),
    "": N_("without a green section"),
}


def green_table(book: Portfolio) -> FactTable | None:
    """Return the loans by their green classification."""
    return _class_table(book, N_("Classified as"), _GREEN, lambda loan: loan.green)


BUCKETS = (0.8, 1.0, 1.2, 1.4, 1.6, 2.0, 3.0)
"""Edges of the classes of coverage."""


def coverage_names() -> list[str]:
    """Return the classes of coverage in figures, the lowest first."""
    shown = [percent(edge, 0) for edge in BUCKETS]
    between = [f"{low.removesuffix('%')}–{high}" for low, high in pairwise(shown)]
    return [f"< {shown[0]}", *between, f"≥ {shown[-1]}"]


def coverage_debt(book: Portfolio) -> list[Decimal]:
    """Return what is owed in each class of coverage, in the order of `coverage_names`."""
    found = [NO_MONEY] * (len(BUCKETS) + 1)
    for _case, loan in book.loans:
        place = sum((loan.coverage or 0.0) >= edge for edge in BUCKETS)
        found[place] += loan.owed_yuan
    return found


def ladder(book: Portfolio) -> dict[int, tuple[int, Decimal]]:
    """Return by calendar year how many loans repay principal in it, and how much."""
    found: dict[int, tuple[int, Decimal]] = defaultdict(lambda: (0, NO_MONEY))
    for _case, loan in book.loans:
        for year, principal in loan.principal_by_year.items():
            count, sums = found[year]
            found[year] = count + 1, sums + principal
    return dict(sorted(found.items()))


def ladder_table(book: Portfolio) -> FactTable | None:
    """Return the principal that falls due by year; None without any."""
    found = ladder(book)
    if not found:
        return None
    whole = sum_of(principal for _count, principal in found.values())
    ending: dict[int, int] = defaultdict(int)
    for _case, loan in book.loans:
        ending[loan.maturity.year] += 1
    heads = (
        FactHead(N_("Year"), numeric=False),
        FactHead(N_("Loans that repay")),
        FactHead(N_("Loans that end")),
        FactHead(N_("Principal due"), "yuan"),
        FactHead(N_("Share")),
    )
    rows = tuple(
        (
            FactCell(str(year)),
            FactCell(f"{count:,}"),
            FactCell(f"{ending[year]:,}"),
            yuan(principal),
            share(float(principal / whole)),
        )
        for year, (count, principal) in found.items()
    )
    totals = (words(N_("Total")), EMPTY_CELL, EMPTY_CELL, yuan(whole), share(1.0))
    return FactTable(heads, rows, totals)


def rate_rows(book: Portfolio) -> tuple[FactRow, ...]:
    """Return mean, lowest and highest annualised rate, and what is past due; () without debt."""
    loans = [loan for _case, loan in book.loans]
    if not loans:
        return ()
    rated = [(loan.annual_rate, loan.owed_yuan) for loan in loans if loan.annual_rate is not None]
    late = [loan for loan in loans if loan.past_due_yuan > 0]
    rows = []
    if rated:
        weight = float(sum_of(owed for _rate, owed in rated))
        mean = sum(rate * float(owed) for rate, owed in rated) / weight
        rates = [rate for rate, _owed in rated]
        rows.append(
            FactRow(
                N_("Annualised rate, mean"),
                percent(mean),
                note=N_("by what is owed; from {low} to {high}"),
                facts={"low": percent(min(rates)), "high": percent(max(rates))},
            )
        )
    rows.append(
        FactRow(
            N_("Past due"),
            money(sum_of(loan.past_due_yuan for loan in late)),
            "yuan",
            note=N_("principal and interest billed and not paid, of {count} loans"),
            facts={"count": f"{len(late):,}"},
        )
    )
    return tuple(rows)
