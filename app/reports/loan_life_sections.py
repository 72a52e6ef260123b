"""What the sheet says of registration and green class, and of the life of a watched loan."""

from collections.abc import Iterator, Sequence
from datetime import date

from app.finance.case.case import CaseFile
from app.finance.dates import add_months
from app.finance.engine import Results
from app.finance.lending.life_results import DueItem, LifeResult
from app.i18n import N_
from app.reports.document import Block, Heading, Prose, Words, free
from app.reports.due_facts import due_table
from app.reports.fact_grids import grids
from app.reports.fact_tables import FactCell
from app.reports.green_facts import green_missing, green_rows, kpi_table
from app.reports.life_facts import call_rows, event_table, state_rows, waterfall_table
from app.reports.loan_sections import named
from app.reports.registration_facts import (
    attachment_table,
    history_table,
    record_rows,
    registration_missing,
    registration_rows,
)
from app.reports.value_blocks import facts
from app.reports.value_facts import FactRow

_AHEAD_MONTHS = 12


def _missing(words: Words, found: FactCell) -> Iterator[Block]:
    """The inputs that are not there yet, in one sentence."""
    if not found.empty:
        message = N_("Not entered yet: {inputs}.")
        yield Prose(words.each(lambda tr: tr(message).format(inputs=found.said(tr))), small=True)


def registration(words: Words, file: CaseFile, results: Results) -> Iterator[Block]:
    """The record as it is typed into the registration system, its history and its papers."""
    found = results.loan.registration if results.loan is not None else None
    if found is None:
        return
    yield Heading(words(N_("Registration record")))
    yield facts(words, registration_rows(found))
    groups: dict[str, list[FactRow]] = {}
    for group, row in record_rows(file.case, found):
        groups.setdefault(group, []).append(row)
    for group, rows in groups.items():
        yield Heading(words(group), 2)
        yield facts(words, rows)
    yield from _missing(words, registration_missing(found))
    if found.description_zh:
        yield Heading(words(N_("Description of the collateral, as it is typed in")), 2)
        for line in filter(None, map(str.strip, found.description_zh.splitlines())):
            yield Prose(free(line))
    yield from named(words, N_("History of the registration"), history_table(found))
    yield from named(words, N_("Attachments"), attachment_table(file.case))


def green(words: Words, file: CaseFile, results: Results) -> Iterator[Block]:
    """Edition, item and decision of the classification, the indicators, and what is not entered."""
    yield from classified(words, file, results)
    if results.loan is not None and results.loan.green is not None:
        yield from _missing(words, green_missing(results.loan.green))


def classified(words: Words, file: CaseFile, results: Results) -> Iterator[Block]:
    """Edition, item and decision of the classification, and the indicators."""
    found = results.loan.green if results.loan is not None else None
    if found is None:
        return
    yield Heading(words(N_("Green classification")))
    yield facts(words, green_rows(file.case, found))
    yield from named(words, N_("Indicators tested"), kpi_table(found))


def life(words: Words, results: Results) -> Iterator[Block]:
    """State, margin call, events, what a disposal would leave, and what is due in the year ahead.

    The ledger and the coverage of each day watched are in an annex.
    """
    found = results.loan.life if results.loan is not None else None
    if found is None:
        return
    yield Heading(words(N_("Life of the loan")))
    yield facts(words, (*state_rows(found), *call_rows(found)))
    yield from named(words, N_("Events"), event_table(found), failing=True)
    yield from named(words, N_("Disposal of the security"), waterfall_table(found))
    yield from _due(words, found)


def due_soon(items: Sequence[DueItem], day: date) -> tuple[DueItem, ...]:
    """Return what is late, and what is due up to 12 months after a day."""
    return due_until(items, add_months(day, _AHEAD_MONTHS))


def due_until(items: Sequence[DueItem], until: date) -> tuple[DueItem, ...]:
    """Return what is late, and what is due up to a day."""
    return tuple(item for item in items if item.state != "done" and item.day <= until)


def _due(words: Words, found: LifeResult) -> Iterator[Block]:
    table = due_table(due_soon(found.due, found.as_of))
    if table is None:
        return
    yield Heading(words(N_("Due and late in the 12 months from {day}"), day=found.as_of), 2)
    yield from grids(words, table, failing=True)
