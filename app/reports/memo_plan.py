"""How the loan will be watched: lines, intervals, and what is due in its first year."""

from collections.abc import Iterator

from app.finance.case.lending.memo import CommitteeMemo
from app.finance.case.lending.monitoring import Monitoring
from app.finance.fields import fields_of
from app.finance.lending.due import agreed_due
from app.finance.lending.life_results import DueItem
from app.finance.lending.parts import LoanParts
from app.formats import percent, plain
from app.i18n import N_
from app.reports.document import Block, Heading, Prose, Words
from app.reports.due_facts import due_table
from app.reports.facility_facts import label_of
from app.reports.fact_grids import grids
from app.reports.loan_life_sections import due_soon, life
from app.reports.memo_parts import below, entered_or
from app.reports.sheet import Sheet
from app.reports.value_blocks import facts
from app.reports.value_facts import FactRow

_NO_PLAN = N_("No plan of monitoring was entered.")
_NO_WATCH = N_(
    "The watch of the loan was not entered: lines of coverage, cure period and the intervals of "
    "inspection and revaluation are not fixed."
)
_LINES = ("warning_line", "margin_line", "enforcement_line", "tonnes_trigger")
_PERIODS = ("cure_days", "inspection_months", "revaluation_months")
_SPECS = {spec.name: spec.field for spec in fields_of(Monitoring)}


def monitoring(sheet: Sheet, memo: CommitteeMemo) -> Iterator[Block]:
    """The plan in words, its lines and intervals, and what is due, or how the loan stands."""
    words, terms, loan = sheet.words, sheet.case.loan, sheet.results.loan
    assert terms is not None  # noqa: S101 - built for cases with a loan only
    assert loan is not None  # noqa: S101
    yield from entered_or(words, memo.monitoring_plan, _NO_PLAN)
    watch = terms.monitoring
    if watch is None:
        yield Prose(words(_NO_WATCH), small=True)
        yield from _first_year(words, sheet)
        return
    yield facts(words, watch_rows(watch))
    yield from below(life(words, sheet.results))


def watch_rows(watch: Monitoring) -> tuple[FactRow, ...]:
    """Return the lines of coverage, the cure period and the intervals of the checks."""
    rows = [
        FactRow(label_of(f"loan.monitoring.{name}"), percent(getattr(watch, name)))
        for name in _LINES
    ]
    rows += [
        FactRow(label_of(f"loan.monitoring.{name}"), plain(getattr(watch, name)), _SPECS[name].unit)
        for name in _PERIODS
    ]
    return tuple(rows)


def _first_year(words: Words, sheet: Sheet) -> Iterator[Block]:
    """What contract and papers make due in the year from drawdown."""
    terms = sheet.case.loan
    assert terms is not None  # noqa: S101 - built for cases with a loan only
    table = due_table(due_soon(_agreed(sheet), terms.drawdown_date))
    if table is not None:
        title = words(N_("Due in the 12 months from drawdown on {day}"), day=terms.drawdown_date)
        yield Heading(title, 2)
        yield from grids(words, table)


def _agreed(sheet: Sheet) -> tuple[DueItem, ...]:
    results = sheet.results
    loan, values = results.loan, results.values
    assert loan is not None  # noqa: S101 - built for cases with a loan only
    assert values is not None  # noqa: S101
    parts = LoanParts(
        sheet.case, results.carbon, values, loan.plan, loan.security, registration=loan.registration
    )
    return agreed_due(parts)
