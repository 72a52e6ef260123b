"""Release letter: the debt is extinguished, what is released, and by when it is cancelled."""

from collections.abc import Iterator
from datetime import date

from app.finance.case.lending.registration import RegistrationKind
from app.finance.case.loan import Loan
from app.finance.lending.life_results import LifeResult
from app.finance.lending.life_working import OWED
from app.finance.lending.results import LoanResult
from app.formats import money
from app.i18n import N_
from app.reports.annex import marked_steps, workings_of
from app.reports.document import (
    Block,
    Document,
    Fact,
    Facts,
    Heading,
    Prose,
    Text,
    Words,
)
from app.reports.entries import day, yuan
from app.reports.fact_grids import grids
from app.reports.fact_tables import FactTable, free_row
from app.reports.frame import framed, identity
from app.reports.letter_parts import address, return_slip, seals
from app.reports.life_facts import ledger_table, step_of
from app.reports.loan_sections import named
from app.reports.pledge_facts import paper_rows, released_table
from app.reports.registration_facts import attachment_table
from app.reports.sheet import Sheet
from app.reports.value_blocks import fact

_TITLE = N_("Release of the security")
_STATEMENT = N_(
    "The lender holds no further claim to what is listed under this contract. The letter takes "
    "effect with signature and seal of the lender."
)
_ROWS = 12
"""Rows of a table that a letter in one language has room for; longer ones stand in the annex."""

_LEDGER = 12


def build_release_letter(sheet: Sheet) -> Document:
    """Say what the letter says; nothing is drawn yet."""
    words, terms, loan = sheet.words, sheet.case.loan, sheet.results.loan
    assert terms is not None and loan is not None  # noqa: S101, PT018 - `kinds.refusal` says so
    life, watch = loan.life, terms.monitoring
    assert life is not None and watch is not None  # noqa: S101, PT018 - the same
    papers, released = attachment_table(sheet.case), released_table(sheet.case, loan)
    room = _ROWS // len(words.translators)
    listed = len(released.rows) <= room
    named_here = papers is not None and len(papers.rows) + len(released.rows) <= room // 2
    letter: list[Block] = [
        identity(sheet),
        address(sheet),
        Prose(_debt(words, terms, watch.discharged_on)),
        *_registration(words, terms, loan, life),
        *_released(words, released, listed=listed),
        *_papers(words, sheet, papers, listed=named_here),
        *seals(words, ((N_("Lender"), terms.lender),), words(_STATEMENT)),
        *return_slip(sheet, (N_("the papers named were received back"),)),
        *(() if listed else named(words, N_("Released"), released)),
        *(() if named_here else named(words, N_("Papers returned"), papers)),
        *_annex(words, life),
    ]
    steps = marked_steps(sheet.results, letter)
    blocks = (*letter, *workings_of(words, steps))
    return framed(sheet, words(_TITLE), blocks, house=terms.lender, steps=steps)


def _debt(words: Words, terms: Loan, discharged: date | None) -> Text:
    """Which debt is extinguished, and since when."""
    facts = {
        "amount": money(terms.amount_yuan),
        "drawn": terms.drawdown_date.isoformat(),
        "day": "–" if discharged is None else discharged.isoformat(),
    }
    return words(
        N_(
            "The debt of the loan of {amount} yuan drawn on {drawn} was extinguished on {day}. The "
            "lender releases all that secured it and returns the papers."
        ),
        **facts,
    )


def _registration(words: Words, terms: Loan, loan: LoanResult, life: LifeResult) -> Iterator[Block]:
    """Number, what is owed, and the cancellation: by when, or on which day it was made."""
    found = loan.registration
    number = terms.registration_no if found is None else found.number
    owed = () if life.now is None else (
        yuan(words, N_("Owed in all"), life.now.owed_yuan, step_of(life, OWED), strong=True),
    )  # fmt: skip
    cancelled = _cancelled_on(loan, life.as_of)
    row = (
        day(words, N_("Registration cancelled on"), cancelled)
        if cancelled
        else day(words, N_("Registration to be cancelled by"), life.cancel_by)
    )
    yield Facts(
        (
            day(words, N_("Debt extinguished on"), _discharged(terms)),
            *owed,
            fact(words, free_row(N_("Registration number"), number)),
            row,
            *_account(words, terms),
        )
    )


def _account(words: Words, terms: Loan) -> Iterator[Fact]:
    if terms.specified_account:
        label = N_("Account no longer watched")
        yield fact(words, free_row(label, terms.specified_account))


def _discharged(terms: Loan) -> date | None:
    return None if terms.monitoring is None else terms.monitoring.discharged_on


def _cancelled_on(loan: LoanResult, until: date) -> date | None:
    """Return the day of the last cancellation once nothing of the registration runs any more."""
    found = loan.registration
    if found is None or found.state != "cancelled":
        return None
    days = [
        entry.day
        for entry in found.history
        if entry.kind == RegistrationKind.CANCELLATION and entry.day <= until
    ]
    return max(days, default=None)


def _released(words: Words, table: FactTable, *, listed: bool) -> Iterator[Block]:
    """The list of what is released; a long one stands in the annex."""
    if listed:
        yield from named(words, N_("Released"), table)
        return
    message = N_("Released are the {count} collaterals that are listed in the annex.")
    yield Prose(words(message, count=len(table.rows)))


def _papers(
    words: Words, sheet: Sheet, papers: FactTable | None, *, listed: bool
) -> Iterator[Block]:
    """The papers of the right and what else is returned."""
    rows = tuple(paper_rows(sheet.case))
    if rows:
        yield Facts(tuple(fact(words, row) for row in rows))
    if papers is not None and not listed:
        yield Prose(words(N_("The papers that are returned are listed in the annex.")), small=True)
    elif listed:
        yield from named(words, N_("Papers returned"), papers)


def _annex(words: Words, life: LifeResult) -> Iterator[Block]:
    """The last lines of the ledger that led to nothing being owed."""
    table = ledger_table(life, max(len(life.ledger) - _LEDGER, 0))
    if table is not None:
        yield Heading(words(N_("Annex: how the debt was paid")))
        yield from grids(words, table)
