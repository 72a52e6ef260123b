"""Sections of the monitoring report: course, collaterals, ledger, events, registration, stress."""

from collections.abc import Iterator
from datetime import timedelta

from app.finance.case.case import Case
from app.finance.case.lending.monitoring import Monitoring
from app.finance.engine import Results
from app.finance.lending.life_results import LifeResult
from app.finance.lending.results import LoanResult
from app.i18n import N_
from app.messages.lending_words import STRESS_NOTE
from app.reports.document import Block, Chart, ChartKind, Facts, Heading, Prose, Words
from app.reports.due_facts import due_table
from app.reports.entries import day, entered
from app.reports.fact_grids import grids
from app.reports.fact_tables import without
from app.reports.life_facts import event_table, ledger_table, waterfall_table
from app.reports.loan_life_sections import due_until
from app.reports.loan_sections import named
from app.reports.monitoring_facts import (
    counted_table,
    course_table,
    inspection_table,
    insurance_table,
    receipt_table,
    revaluation_table,
    tonnes_table,
)
from app.reports.registration_facts import registration_rows
from app.reports.stress_facts import stress_table
from app.reports.value_blocks import facts

_LAST = 12
"""Lines of ledger, receipts, inspections and revaluations that stand in the report itself."""

_LATE = 24
"""Late things that are listed; a loan nobody served has hundreds."""

_AHEAD_DAYS = 90
_STRESS_KEPT = (0, 1, 2, 3, 4, 5)


def course(words: Words, results: Results, life: LifeResult) -> Iterator[Block]:
    """What changed since drawdown and the last revaluation, and the path drawn."""
    table = course_table(life)
    if table is None:
        yield Prose(words(N_("The value the loan is sized on cannot be followed from day to day.")))
        return
    yield Heading(words(N_("Course since drawdown")))
    yield from grids(words, table)
    if results.loan is not None and results.loan.path.points:
        caption = words(N_("Coverage with its lines, and the balance against what is left"))
        yield Chart(ChartKind.COVERAGE_PATH, results, caption)


def collaterals_now(words: Words, loan: LoanResult, life: LifeResult) -> Iterator[Block]:
    """What each collateral counts for now, and what a disposal on that day would leave."""
    yield from named(words, N_("Collaterals now"), counted_table(loan, life))
    yield from named(words, N_("Disposal of the security"), waterfall_table(life))


def ledger(words: Words, watch: Monitoring, life: LifeResult) -> Iterator[Block]:
    """What was booked since the last inspection, at most the last lines; receipts of that time."""
    made = [line.day for line in watch.inspections if line.day <= life.as_of]
    since = max(made, default=None)
    first = 0
    if since is not None:
        first = sum(line.day <= since for line in life.ledger)
    first = max(first, len(life.ledger) - _LAST)
    yield Heading(words(N_("Payments booked")))
    if since is None:
        message = N_("No inspection was made yet: the last lines booked, at most {count}.")
        yield Prose(words(message, count=_LAST), small=True)
    else:
        message = N_("Booked after the inspection of {day}, at most the last {count} lines.")
        yield Prose(words(message, day=since.isoformat(), count=_LAST), small=True)
    table = ledger_table(life, first)
    if table is None:
        yield Prose(words(N_("Nothing was booked.")))
    else:
        yield from grids(words, table)
    yield from named(words, N_("Receipts"), receipt_table(watch, since, life.as_of))


def events(words: Words, watch: Monitoring, life: LifeResult) -> Iterator[Block]:
    """Events, tonnes, inspections and revaluations; a line where none was reported."""
    yield Heading(words(N_("Events, inspections and revaluations")))
    table = event_table(life, watch.events)
    if table is None:
        yield Prose(words(N_("No event was reported.")))
    yield from named(words, N_("Events"), table, failing=True)
    title = N_("Verified tonnes against the plan")
    yield from named(words, title, tonnes_table(watch, life.as_of), failing=True)
    made = inspection_table(watch, life.as_of, _LAST)
    if made is None:
        yield Prose(words(N_("No inspection was made.")))
    yield from named(words, N_("Inspections made"), made)
    revalued = revaluation_table(watch, life.as_of, _LAST)
    if revalued is None:
        yield Prose(words(N_("The collaterals were not revalued.")))
    yield from named(words, N_("Revaluations"), revalued)


def registration(words: Words, case: Case, loan: LoanResult, life: LifeResult) -> Iterator[Block]:
    """State and alarms of the registration, and the policies assigned to the lender."""
    yield Heading(words(N_("Registration and insurance")))
    terms = case.loan
    if loan.registration is not None:
        yield facts(words, registration_rows(loan.registration))
    elif terms is not None:
        yield Facts(
            (
                entered(words, N_("Registration number"), terms.registration_no),
                day(words, N_("Registration ends"), terms.registration_end),
            )
        )
    table = insurance_table(case, life.as_of)
    if table is None:
        yield Prose(words(N_("No insurance is assigned to the lender.")))
    yield from named(words, N_("Policies assigned"), table, failing=True)


def stress(words: Words, loan: LoanResult) -> Iterator[Block]:
    """Value, cover and coverage in each stress, in short."""
    table = stress_table(loan.stress)
    if table is None:
        return
    yield Heading(words(N_("Stress in short")))
    others = set(range(len(table.heads))) - set(_STRESS_KEPT)
    yield from grids(words, without(table, others), failing=True)
    yield Prose(words(STRESS_NOTE), small=True)


def next_days(words: Words, life: LifeResult) -> Iterator[Block]:
    """What is late, and what is due in the next 90 days."""
    until = life.as_of + timedelta(days=_AHEAD_DAYS)
    yield Heading(words(N_("Late, and due in the {days} days to {day}"), days=_AHEAD_DAYS,
                        day=until.isoformat()))  # fmt: skip
    items = due_until(life.due, until)
    late = [item for item in items if item.state == "late"]
    hidden = late[_LATE:]
    table = due_table([item for item in items if item not in hidden])
    if table is None:
        yield Prose(words(N_("Nothing is late or due.")))
        return
    yield from grids(words, table, failing=True)
    if hidden:
        message = N_("{count} things are late; the first {shown} of them are listed.")
        yield Prose(words(message, count=len(late), shown=_LATE), small=True)
