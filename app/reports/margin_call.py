"""Margin-call letter: what is missing, by which day, and what the contract provides; one page."""

from collections.abc import Iterator

from app.finance.case.lending.agreement import LoanAgreement
from app.finance.case.loan import Loan
from app.finance.engine import Results
from app.finance.lending.life_results import EventResult, LifeResult, WatchPoint
from app.finance.lending.life_working import ADD_SECURITY, COVERAGE, OWED, PREPAY, SECURITY
from app.finance.lending.loan_events import open_events
from app.finance.lending.watch import CALLED
from app.formats import money, percent
from app.i18n import N_
from app.messages.lending_words import WATCH_STATES
from app.reports.agreement_facts import default_events
from app.reports.annex import marked_steps, workings_of
from app.reports.document import (
    NOTHING,
    Block,
    Document,
    Fact,
    Facts,
    Flag,
    Flags,
    Heading,
    Hero,
    Prose,
    Text,
    Words,
    free,
)
from app.reports.entries import capitals, yuan
from app.reports.fact_grids import grids
from app.reports.fact_tables import FactHead, FactTable, free_row
from app.reports.frame import framed, identity
from app.reports.letter_parts import address, return_slip, seals
from app.reports.life_facts import event_table, step_of, watch_table
from app.reports.loan_sections import named
from app.reports.sheet import Sheet
from app.reports.value_blocks import fact

_TITLE = N_("Notice to add security")
_OVERDUE = N_("Overdue notice to add security")
_ANSWERS = (N_("we add security"), N_("we prepay"), N_("we have cured the event; proof enclosed"))
_STATEMENT = N_(
    "The figures are worked out in the annex. The letter takes effect with signature and seal of "
    "the lender."
)
_IN_TIME = N_("One of the two by {day}, the end of {days} working days after the first day.")
_LATE = N_("One of the two was to be done by {day}, {days} working days after the first day.")
_WATCHED = 12
"""Last days watched that stand in the annex."""


def build_margin_call(sheet: Sheet) -> Document:
    """Say what the letter says; nothing is drawn yet."""
    words, terms, results = sheet.words, sheet.case.loan, sheet.results
    life = results.loan.life if results.loan is not None else None
    assert terms is not None and life is not None  # noqa: S101, PT018 - `kinds.refusal` says so
    called = [point for point in life.watch[-1:] if point.state in CALLED]
    events = open_events(life.events)
    letter: list[Block] = [
        identity(sheet),
        address(sheet),
        *_overdue(words, called, events, life),
        *(block for point in called for block in _call(words, terms, life, point)),
        *_events(words, events, life),
        *_consequences(words, terms, called=bool(called)),
        *seals(words, ((N_("Lender"), terms.lender),), words(_STATEMENT)),
        *return_slip(sheet, _answers(called, events)),
        *_annex(words, terms, life),
    ]
    steps = marked_steps(results, letter)
    late = _is_overdue(called, events, life)
    return framed(
        sheet,
        words(_OVERDUE if late else _TITLE),
        (*letter, *_workings(words, results, letter)),
        house=terms.lender,
        steps=steps,
    )


def _answers(called: list[WatchPoint], events: tuple[EventResult, ...]) -> tuple[str, ...]:
    return (*(_ANSWERS[:2] if called else ()), *(_ANSWERS[2:] if events else ()))


def _is_overdue(
    called: list[WatchPoint], events: tuple[EventResult, ...], life: LifeResult
) -> bool:
    """Whether a day to cure has passed on the day watched."""
    late = any(point.cure_by is not None and point.cure_by < life.as_of for point in called)
    return late or any(event.state == "overdue" for event in events)


def _overdue(
    words: Words, called: list[WatchPoint], events: tuple[EventResult, ...], life: LifeResult
) -> Iterator[Block]:
    """That the day to cure has passed, in red."""
    days = [point.cure_by for point in called] + [event.cure_by for event in events]
    passed = [day for day in days if day is not None and day < life.as_of]
    if not passed:
        return
    text = words(
        N_("The day to cure, {day}, has passed, and on {today} this is still open."),
        day=min(passed).isoformat(),
        today=life.as_of.isoformat(),
    )
    yield Flags(
        title=words(N_("Days to cure")),
        red_label=words(N_("Overdue")),
        warning_label=NOTHING,
        none=NOTHING,
        flags=(Flag(red=True, text=text, rule=NOTHING),),
    )


def _call(words: Words, terms: Loan, life: LifeResult, point: WatchPoint) -> Iterator[Block]:
    """The facts, and what is asked: security to add, or a prepayment."""
    watch = terms.monitoring
    assert watch is not None  # noqa: S101 - a call is of a watched loan
    yield Prose(_why(words, terms, point, watch.margin_line))
    by = "–" if point.cure_by is None else point.cure_by.isoformat()
    late = point.cure_by is not None and point.cure_by < life.as_of
    yield Hero(
        words(N_("Security to add (yuan)")),
        free(money(point.add_security_yuan)),
        step_of(life, ADD_SECURITY),
        words(N_("Or to prepay (yuan)")),
        free(money(point.prepay_yuan)),
        words(_LATE if late else _IN_TIME, day=by, days=watch.cure_days),
    )
    yield Facts(
        (
            *capitals(words, N_("Security to add, in capitals"), point.add_security_yuan),
            *capitals(words, N_("To prepay, in capitals"), point.prepay_yuan),
            yuan(words, N_("Value of the security"), point.value_yuan, step_of(life, SECURITY)),
            yuan(words, N_("Owed in all"), point.owed_yuan, step_of(life, OWED)),
            _ratio(words, N_("Coverage"), point.coverage, step_of(life, COVERAGE)),
            yuan(words, N_("Or to prepay"), point.prepay_yuan, step_of(life, PREPAY)),
        )
    )
    yield Prose(
        words(N_("Security that is added counts with its value after haircut and prior claims.")),
        small=True,
    )


def _ratio(words: Words, label: str, amount: float | None, step: str) -> Fact:
    return Fact(words(label), free(percent(amount)), step=step, figure=True, strong=True)


def _why(words: Words, terms: Loan, point: WatchPoint, line: float) -> Text:
    """Day, what is owed and how far it is covered, below which line."""
    message = N_(
        "On {day} the security pledged for the loan of {amount} yuan covers {coverage} of what is "
        "owed. That is {state}; coverage has to be at least {line}."
    )
    return words.each(
        lambda tr: tr(message).format(
            day=point.day.isoformat(),
            amount=money(terms.amount_yuan),
            coverage=percent(point.coverage),
            state=tr(WATCH_STATES[point.state]),
            line=percent(line),
        )
    )


def _events(words: Words, events: tuple[EventResult, ...], life: LifeResult) -> Iterator[Block]:
    """The events that are to be cured, each with its day."""
    if not events:
        return
    yield Heading(words(N_("Events to be cured")), 2)
    yield Prose(
        words(
            N_(
                "These events let the lender call for more security. Please cure each by its day "
                "and send the proof in writing:"
            )
        )
    )
    table = event_table(life)
    assert table is not None  # noqa: S101 - events that are open are in it
    kept = [place for place, event in enumerate(life.events) if event in events]
    yield from grids(words, FactTable(table.heads, tuple(table.rows[place] for place in kept)))


def _consequences(words: Words, terms: Loan, *, called: bool) -> Iterator[Block]:
    """What the contract provides where nothing is done, and where a prepayment goes to."""
    watch = terms.monitoring
    assert watch is not None  # noqa: S101 - a call is of a watched loan
    yield Heading(words(N_("What follows")), 2)
    yield Prose(
        words(
            N_(
                "If this is not done in time, what the contract provides follows; below a coverage "
                "of {line} the security is realised. The clauses stand in the annex."
            ),
            line=percent(watch.enforcement_line),
        )
    )
    if called and terms.specified_account:
        yield Facts(
            (
                fact(words, free_row(N_("Prepayment into account"), terms.specified_account)),
                fact(words, free_row(N_("Account bank"), terms.account_bank)),
            )
        )


def _annex(words: Words, terms: Loan, life: LifeResult) -> Iterator[Block]:
    """The clauses of the contract and the days watched."""
    yield Heading(words(N_("Annex: clauses of the contract")))
    heads = (
        FactHead(N_("Event of default"), numeric=False),
        FactHead(N_("Cure period"), numeric=False),
    )
    yield from grids(words, FactTable(heads, default_events(terms)))
    agreement = terms.agreement or LoanAgreement()
    if agreement.disposal_route:
        yield Heading(words(N_("Disposal of the security")), 2)
        for line in filter(None, map(str.strip, agreement.disposal_route.splitlines())):
            yield Prose(free(line))
    table = watch_table(life)
    if table is not None:
        first = max(len(table.rows) - _WATCHED, 0)
        marked = tuple(place - first for place in table.marked if place >= first)
        last = FactTable(table.heads, table.rows[first:], marked=marked)
        yield from named(words, N_("Coverage on the last days watched"), last, failing=True)


def _workings(words: Words, results: Results, letter: list[Block]) -> Iterator[Block]:
    yield from workings_of(words, marked_steps(results, letter))
