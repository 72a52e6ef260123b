"""Drawdown checklist: every condition with its state, boxes to tick, and whether to pay out."""

from collections.abc import Iterator

from app.finance.case.loan import Loan
from app.finance.lending.drawdown import Drawdown, find_drawdown
from app.finance.lending.results import LoanResult
from app.i18n import N_
from app.reports.document import (
    NOTHING,
    Block,
    Column,
    Document,
    Fact,
    Facts,
    Grid,
    Heading,
    Hero,
    Place,
    Prose,
    Words,
    free,
)
from app.reports.drawdown_facts import (
    BOX,
    STAGE_NAMES,
    asked,
    missing_table,
    not_asked,
    stage_table,
)
from app.reports.entries import capitals, cell, day, entered, yuan
from app.reports.facility_facts import party_rows, tranche_table
from app.reports.fact_grids import grids
from app.reports.frame import HANDLED, framed, identity, signed
from app.reports.loan_sections import named
from app.reports.right_sections import flag_panel, lender_notices
from app.reports.sheet import Sheet
from app.reports.value_blocks import fact, head

_TITLE = N_("Drawdown checklist")
_STATEMENT = N_(
    "The states come from the inputs of the case on the day of issue; whoever signs has compared "
    "them with the papers. Whoever handles the loan neither reviews nor approves it."
)
_BY_HAND = (
    N_("Payee"),
    N_("Account of the payee"),
    N_("Account bank"),
    N_("Voucher number"),
)


def build_drawdown_checklist(sheet: Sheet) -> Document:
    """Say what the checklist says; nothing is drawn yet."""
    words, loan, terms = sheet.words, sheet.results.loan, sheet.case.loan
    assert terms is not None and loan is not None  # noqa: S101, PT018 - `kinds.refusal` says so
    found = find_drawdown(terms, loan.checklist)
    blocks = (
        identity(sheet),
        _outcome(words, found),
        flag_panel(words, lender_notices(sheet.results), approved=sheet.stamp.approved),
        *_missing(words, terms, found),
        *_loan(words, sheet, terms, loan),
        *_stages(words, terms, loan, found),
        *_payment(words),
        signed(sheet, words(_STATEMENT), roles=HANDLED),
    )
    return framed(sheet, words(_TITLE), blocks, house=terms.lender)


def _outcome(words: Words, found: Drawdown) -> Hero:
    """Whether the loan may be drawn, and how many conditions are met."""
    points = asked(found)
    met = sum(point.state == "met" for point in points)
    failed = sum(point.state == "failed" for point in found.missing)
    if found.may_be_drawn:
        value = N_("May be drawn")
        note = words(N_("Nothing is open that is to be met before drawdown."))
    else:
        value = N_("May not be drawn")
        note = words(
            N_("Before drawdown: {failed} failed, {open} open; they are named below."),
            failed=failed,
            open=len(found.missing) - failed,
        )
    return Hero(
        words(N_("Outcome by the conditions")),
        words(value),
        "",
        words(N_("Conditions met, of those asked")),
        free(f"{met} / {len(points)}"),
        note,
    )


def _missing(words: Words, terms: Loan, found: Drawdown) -> Iterator[Block]:
    table = missing_table(terms, found)
    if table is not None:
        yield Heading(words(N_("What is missing")))
        yield from grids(words, table, failing=True)


def _loan(words: Words, sheet: Sheet, terms: Loan, loan: LoanResult) -> Iterator[Block]:
    """Parties, amount in figures and capitals, and what is drawn when."""
    yield Heading(words(N_("Loan and drawdown")))
    first = loan.plan.drawdowns[0][0]
    agreement = terms.agreement
    until = None if agreement is None else agreement.available_until
    drawn = terms.tranches[0].amount_yuan if terms.tranches else loan.amount_yuan
    yield Facts(
        (
            *(fact(words, row) for row in party_rows(sheet.case)),
            yuan(words, N_("Amount of the loan"), loan.amount_yuan, strong=True),
            yuan(words, N_("Drawn first"), drawn, strong=True),
            *capitals(words, N_("Drawn first, in capitals"), drawn),
            day(words, N_("First drawn on"), first),
            day(words, N_("Maturity"), loan.maturity),
            *((day(words, N_("Loan available until"), until),) if until else ()),
            entered(words, N_("Specified account number"), terms.specified_account),
            entered(words, N_("Account bank"), terms.account_bank),
        )
    )
    yield from named(words, N_("Tranches"), tranche_table(terms))


def _stages(words: Words, terms: Loan, loan: LoanResult, found: Drawdown) -> Iterator[Block]:
    """The conditions stage by stage, with boxes to tick; what is not asked in a line below."""
    for stage, title in STAGE_NAMES.items():
        table = stage_table(terms, found, stage, loan.checklist)
        if table is not None:
            yield Heading(words(title))
            yield from (_boxed(grid) for grid in grids(words, table, failing=True))
    skipped = not_asked(found)
    if not skipped.empty:
        message = N_("Not asked of this loan: {conditions}.")
        yield Prose(
            words.each(lambda tr: tr(message).format(conditions=skipped.said(tr))), small=True
        )


_SHARES = (0.07, 0.35, 0.11, 0.27, 0.1, 0.1)


def _boxed(grid: Grid) -> Grid:
    """The table with room to tick, its columns as wide in each stage."""
    columns = tuple(
        Column(column.head, share, column.numeric)
        for column, share in zip(grid.columns, _SHARES, strict=True)
    )
    return Grid(columns, grid.rows, failing=grid.failing, roomy=True)


def _payment(words: Words) -> Iterator[Block]:
    """How the money is paid, filled in by hand: the case does not hold it."""
    yield Heading(words(N_("Payment, filled in by hand")))
    yield Facts(
        (
            Fact(
                words(N_("Way of payment")),
                words(
                    N_("{box} entrusted payment to the payee   {box} payment by the borrower"),
                    box=BOX,
                ),
                place=Place.LINE,
            ),
        )
    )
    heads = (head(words, N_("Amount"), "yuan"), *(words(label) for label in _BY_HAND))
    columns = tuple(Column(label, 1 / len(heads)) for label in heads)
    blank = tuple(cell(NOTHING) for _ in heads)
    yield Grid(columns, (blank,) * 3, whole=True, roomy=True)
