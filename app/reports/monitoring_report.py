"""Monitoring report: state, measures by rule, what changed, what is due, and the whole record."""

from collections.abc import Iterator

from app.finance.case.loan import Loan
from app.finance.lending.life_results import LifeResult
from app.finance.lending.life_working import COVERAGE
from app.finance.lending.measures import propose
from app.finance.lending.results import LoanResult
from app.formats import money, percent
from app.i18n import N_
from app.messages.lending_words import WATCH_STATES
from app.reports import loan_annex
from app.reports.annex import marked_steps, workings_of
from app.reports.document import (
    EMPTY,
    Block,
    Column,
    Document,
    Facts,
    Grid,
    Heading,
    Hero,
    NewPage,
    Prose,
    Words,
    free,
)
from app.reports.entries import cell, day, yuan
from app.reports.facility_facts import party_rows
from app.reports.fact_grids import grids
from app.reports.frame import HANDLED, framed, identity, signed
from app.reports.inputs_annex import inputs
from app.reports.life_facts import call_rows, price_rows, state_rows, step_of
from app.reports.loan_life_sections import classified
from app.reports.monitoring_facts import measure_table
from app.reports.monitoring_sections import (
    collaterals_now,
    course,
    events,
    ledger,
    next_days,
    registration,
    stress,
)
from app.reports.reliance import reliance
from app.reports.right_sections import flag_panel, lender_notices
from app.reports.sheet import Sheet
from app.reports.value_blocks import fact, facts

_TITLE = N_("Monitoring report after the loan")
_STATEMENT = N_(
    "The measures are proposed by the rules of the case; those who sign decide. Findings on the "
    "spot and the class of the loan are theirs."
)
_BY_RULE = N_(
    "Each measure follows from a line, an event, an arrear or the calendar of the loan, on the day "
    "watched. Tinted: its day has passed."
)


def build_monitoring_report(sheet: Sheet) -> Document:
    """Say what the report says; nothing is drawn yet."""
    words, terms, loan = sheet.words, sheet.case.loan, sheet.results.loan
    assert terms is not None and loan is not None  # noqa: S101, PT018 - `kinds.refusal` says so
    life, watch = loan.life, terms.monitoring
    assert life is not None and watch is not None  # noqa: S101, PT018 - the same
    body: list[Block] = [
        identity(sheet),
        _coverage(words, terms, life),
        flag_panel(words, lender_notices(sheet.results), approved=sheet.stamp.approved),
        *_conclusion(words, terms, loan, life),
        *_state(words, sheet, loan, life),
        *course(words, sheet.results, life),
        *collaterals_now(words, loan, life),
        *ledger(words, watch, life),
        *events(words, watch, life),
        *registration(words, sheet.case, loan, life),
        *classified(words, sheet.file, sheet.results),
        *stress(words, loan),
        *next_days(words, life),
        *_by_hand(words),
        *reliance(sheet),
        signed(sheet, words(_STATEMENT), roles=HANDLED),
        NewPage(),
        *loan_annex.life(words, sheet.results),
        *inputs(words, sheet.file, below="loan"),
    ]
    steps = marked_steps(sheet.results, body)
    blocks = (*body, *workings_of(words, steps))
    return framed(sheet, words(_TITLE), blocks, house=terms.lender, steps=steps)


def _coverage(words: Words, terms: Loan, life: LifeResult) -> Hero:
    """Coverage on the day watched beside what is owed, with the line it has fallen below."""
    owed = free(money(life.now.owed_yuan)) if life.now is not None else free("–")
    watch = terms.monitoring
    assert watch is not None  # noqa: S101 - a report is of a watched loan
    state = WATCH_STATES[life.watch[-1].state] if life.watch else N_("not followed")

    note = N_("{state}; lines: warning {warning}, margin call {margin}, enforcement {enforcement}")
    return Hero(
        words(N_("Coverage on {day}"), day=life.as_of.isoformat()),
        free(percent(life.watch[-1].coverage if life.watch else None)),
        step_of(life, COVERAGE),
        words(N_("Owed in all (yuan)")),
        owed,
        words.each(
            lambda tr: tr(note).format(
                state=tr(state),
                warning=percent(watch.warning_line, 0),
                margin=percent(watch.margin_line, 0),
                enforcement=percent(watch.enforcement_line, 0),
            )
        ),
    )


def _conclusion(words: Words, terms: Loan, loan: LoanResult, life: LifeResult) -> Iterator[Block]:
    """What is to be done by rule; that nothing is, where nothing is."""
    yield Heading(words(N_("Conclusion: measures by rule")))
    table = measure_table(propose(terms, life, loan.registration))
    if table is None:
        yield Prose(words(N_("By the rules nothing is to be done beyond the plan.")))
        return
    yield from grids(words, table, failing=True)
    yield Prose(words(_BY_RULE), small=True)


def _by_hand(words: Words) -> Iterator[Block]:
    """Room for what no rule can say: the findings on the spot and what was decided."""
    yield Heading(words(N_("Findings and decision, filled in by hand")))
    labels = (N_("Findings on the spot"), N_("Class decided"), N_("Measures decided"))
    yield Grid(
        (Column(words(N_("Subject")), 0.25), Column(words(N_("Entry")), 0.75)),
        tuple((cell(words(label)), EMPTY) for label in labels),
        whole=True,
        roomy=True,
    )


def _state(words: Words, sheet: Sheet, loan: LoanResult, life: LifeResult) -> Iterator[Block]:
    """Parties, what is owed, what is overdue, the class, the call."""
    yield Heading(words(N_("Loan and state on the day watched")))
    yield Facts(
        (
            *(fact(words, row) for row in party_rows(sheet.case)),
            yuan(words, N_("Amount of the loan"), loan.amount_yuan),
            day(words, N_("Maturity"), loan.maturity),
        )
    )
    yield facts(words, (*state_rows(life), *call_rows(life), *price_rows(life)))
