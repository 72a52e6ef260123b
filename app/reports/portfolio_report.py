"""The report of the whole book: what is lent and insured on it, how it stands, what is due.

It is of no single case and has no approval, so it bears no watermark and nobody signs it; its
number holds the day and the fingerprint of all cases in it.
"""

from collections.abc import Iterator

from app.finance.lending.watch import CALLED
from app.formats import money, number
from app.i18n import N_
from app.reports import portfolio_attention as attention
from app.reports.accumulation_facts import event_rows, total_rows
from app.reports.document import (
    Block,
    Document,
    Fact,
    Heading,
    Hero,
    Prose,
    Strip,
    Words,
    free,
)
from app.reports.fact_grids import grids
from app.reports.frame import NO_HOUSE, footer, stamp_facts, with_small_print
from app.reports.house import House
from app.reports.house_texts import house_text
from app.reports.loan_sections import named
from app.reports.portfolio_book import NO_MONEY, Portfolio
from app.reports.portfolio_charts import carrier_drawing, coverage_drawing, ladder_drawing
from app.reports.portfolio_facts import GROUPS, expiring_table, group_table, summary_rows
from app.reports.portfolio_loan_facts import (
    breach_table,
    concentration_rows,
    concentration_table,
    five_class_table,
    green_table,
    ladder_table,
    move_table,
    rate_rows,
)
from app.reports.stamp import Stamp
from app.reports.value_blocks import facts

_HOW = N_(
    "Rights stand at the value of their newest version on its valuation date; loans are followed "
    "to the day of the report at the prices of their cases. What falls due after the last day a "
    "loan was watched is taken as paid. Cases that are deleted are left out."
)
_MOVED = N_(
    "All carbon prices moved together, other things as they are; a loan is called below its "
    "margin-call line."
)
_ZONE = N_(
    "Everything within {radius} km of the place where most is insured and owed is taken as lost, "
    "by the terms of the policies. It is the size of the accumulation, not a forecast of an event; "
    "index covers pay by their readings and not by such a loss."
)
_NO_ZONE = N_(
    "No policy in force and no loan with debt has coordinates: how much one event can hit at once "
    "is not known."
)
_UNPLACED = N_("{count} cases have no coordinates and are in no figure of the accumulation.")
_LADDER = N_(
    "Principal by the schedules after the day; interest and what is past due are not in it."
)
_EMPTY = N_("The book holds no case.")
_NO_LOANS = N_("No loan of the book is in debt on the day.")


def build_portfolio_report(book: Portfolio, stamp: Stamp, words: Words, house: House) -> Document:
    """Say what the report says; nothing is drawn yet. An empty book has a report too."""
    blocks = (
        _identity(book, stamp, words),
        _hero(book, words),
        *_whole(book, words),
        *_parts(book, words),
        *_loans(book, words),
        *_insurance(book, words),
        *attention.due(book, words),
        *attention.quality(book, words),
    )
    name = house_text(house, words, "name")
    own = " · ".join(line for line in name.lines if line)
    told = stamp_facts(stamp, words.language)
    return Document(
        title=words(N_("Portfolio report")),
        subject=words(N_("Book of {day}"), day=book.day.isoformat()).leading,
        watermark=(),
        header=(own or NO_HOUSE, stamp.document_no),
        footer=footer(words, stamp).lines,
        page_label=words(N_("Page {page} of {pages}")).lines,
        language=words.language,
        blocks=with_small_print(blocks, house, words),
        step_numbers={},
        confidentiality=house_text(house, words, "confidentiality"),
        house=house,
        facts={name: value for name, value in told.items() if name not in ("code", "status")},
    )


def _identity(book: Portfolio, stamp: Stamp, words: Words) -> Strip:
    """Number, day and size: there is no version and no status of a whole book."""
    return Strip(
        (
            Fact(words(N_("Document number")), free(stamp.document_no)),
            Fact(words(N_("Day of the book")), free(book.day.isoformat())),
            Fact(words(N_("Cases")), free(f"{len(book.cases):,}")),
            Fact(words(N_("Fingerprint of the cases")), free(stamp.input_hash[:16])),
        )
    )


def _hero(book: Portfolio, words: Words) -> Hero:
    insured = sum((policy.sum_insured_yuan for _case, policy in book.policies), start=NO_MONEY)
    called = sum(loan.state in CALLED for _case, loan in book.loans)
    return Hero(
        words(N_("Owed in all (yuan)")),
        free(money(book.owed_yuan)),
        "",
        words(N_("Sum insured in force (yuan)")),
        free(money(insured)),
        words(
            N_("{loans} loans with debt, {called} of them called; {policies} policies in force."),
            loans=f"{len(book.loans):,}",
            called=f"{called:,}",
            policies=f"{len(book.policies):,}",
        ),
    )


def _whole(book: Portfolio, words: Words) -> Iterator[Block]:
    yield Heading(words(N_("The book")))
    if not book.cases:
        yield Prose(words(_EMPTY))
        return
    yield facts(words, summary_rows(book))
    yield Prose(words(_HOW), small=True)


def _parts(book: Portfolio, words: Words) -> Iterator[Block]:
    """Numbers and sums by carrier, place, methodology, lender and insurer."""
    if not book.cases:
        return
    yield Heading(words(N_("Parts of the book")))
    if book.loans or book.policies:
        yield carrier_drawing(book, words)
    for by, title in GROUPS.items():
        yield from named(words, title, group_table(book, by))


def _loans(book: Portfolio, words: Words) -> Iterator[Block]:
    yield Heading(words(N_("Loans")))
    if not book.loans:
        yield Prose(words(_NO_LOANS))
        return
    yield facts(words, (*rate_rows(book), *concentration_rows(book)))
    yield coverage_drawing(book, words)
    yield from named(words, N_("Loans below a line"), breach_table(book))
    yield from named(words, N_("Loans against moves of the price"), move_table(book))
    yield Prose(words(_MOVED), small=True)
    yield from named(words, N_("Largest borrowers"), concentration_table(book))
    table = ladder_table(book)
    if table is not None:
        yield Heading(words(N_("Maturity ladder")), 2)
        yield ladder_drawing(book, words)
        yield from grids(words, table)
        yield Prose(words(_LADDER), small=True)
    yield from named(words, N_("Five classes by days past due"), five_class_table(book))
    yield from named(words, N_("Green classification"), green_table(book))


def _insurance(book: Portfolio, words: Words) -> Iterator[Block]:
    """What one zone holds, and the policies that end soon."""
    yield Heading(words(N_("Accumulation")))
    if book.zone is None:
        yield Prose(words(_NO_ZONE))
    else:
        yield Prose(words(_ZONE, radius=number(book.zone_km, 0)))
        yield facts(words, (*event_rows(book.zone), *total_rows(book.zone)))
    if book.unplaced:
        yield Prose(words(_UNPLACED, count=f"{book.unplaced:,}"), small=True)
    yield from named(words, N_("Policies that end soon"), expiring_table(book))
