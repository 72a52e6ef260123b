"""Indicative term sheet of a loan on a carbon-sink income right: two pages and an annex."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from app.finance.case.lending.agreement import LoanAgreement
from app.finance.case.loan import Loan
from app.finance.fields import choice_label
from app.finance.lending.results import LoanResult
from app.finance.notices import Notice, Severity
from app.formats import money
from app.i18n import N_
from app.reports import loan_annex, loan_sections
from app.reports.annex import marked_steps, workings_of
from app.reports.document import (
    NOTHING,
    Block,
    Document,
    Fact,
    Facts,
    Grid,
    Heading,
    NewPage,
    Place,
    Prose,
    Signature,
    Signatures,
    Strip,
    Text,
    Words,
    free,
)
from app.reports.entries import capitals, yuan
from app.reports.facility_facts import (
    fee_table,
    label_of,
    party_rows,
    pricing_rows,
    repayment_terms,
    tranche_table,
)
from app.reports.fact_grids import grids
from app.reports.fact_tables import EMPTY_CELL, FactCell, FactTable
from app.reports.frame import NOT_BINDING, framed, identity, signed
from app.reports.inputs_annex import inputs
from app.reports.loan_annex import residual
from app.reports.loan_facts import amount_rows, schedule_table, sizing_table
from app.reports.reliance import reliance
from app.reports.right_sections import flag_panel
from app.reports.sheet import Sheet
from app.reports.term_sheet_security import security
from app.reports.term_sheet_terms import (
    conditions_section,
    defaults_section,
    law_section,
    undertakings_section,
)
from app.reports.value_blocks import fact
from app.reports.value_facts import FactRow

_FIRST_LINES = 2
"""Lines of the schedule that stand before the last one."""

_NOT_ENTERED = "not_entered"
_MATURITY = N_("Maturity")
_BREACH = {
    label_of("loan.monitoring.overdue_multiple"): N_("Overdue rate"),
    label_of("loan.monitoring.diverted_multiple"): N_("Rate of diverted use"),
}

_RESTS_ON = (
    "loan",
    *(
        f"appraisal.{name}"
        for name in (
            "valuation_date", "income_method", "price_basis", "price_yuan_t", "price_curve",
            "curve_points", "carry_rate", "price_growth", "growth_start", "horizon_years",
            "rate_basis", "discount_rate", "build_up", "capital_cost", "rate_terms", "flow_terms",
            "timing", "liquidation_discount", "prudent_price_discount", "prudent_tonnes_discount",
        )
    ),
)  # fmt: skip
"""Inputs of the annex: those of the loan; price, rate and discounts of the value it is sized on."""

_PRINTED = (
    "loan.memo",
    "loan.agreement",
    "loan.registration.history",
    "loan.registration.attachments",
    *(
        f"loan.monitoring.{name}"
        for name in ("receipts", "revaluations", "inspections", "events", "diversions", "costs")
    ),
)
"""Inputs that stand in the sheet itself, in the memo, or in the papers of the loan's life."""


def build_term_sheet(sheet: Sheet) -> Document:
    """Say what the term sheet says; nothing is drawn yet."""
    words, case, results = sheet.words, sheet.case, sheet.results
    terms, loan = case.loan, results.loan
    assert terms is not None and loan is not None  # noqa: S101, PT018 - `kinds.refusal` says so
    body: list[Block] = [
        identity(sheet),
        _header(words, terms),
        *loan_sections.rate_first(words, sheet.file, results),
        *_red_flags(sheet),
        *_facility(sheet, terms, loan),
        *_pricing(words, sheet, loan),
        *security(words, case, results),
        *_sizing(words, loan),
        *_schedule(words, loan),
        *undertakings_section(words, terms),
        *conditions_section(words, terms, loan),
        *defaults_section(words, terms),
        *law_section(words, case, loan),
        _signatures(sheet, terms),
    ]
    steps = marked_steps(results, body)
    annex = (
        NewPage(always=True),
        *_warnings(sheet),
        *loan_annex.schedule(words, results),
        *workings_of(words, steps),
        *inputs(words, sheet.file, below=_RESTS_ON, without=_PRINTED),
        *reliance(sheet),
    )
    return framed(
        sheet,
        words(N_("Indicative term sheet: carbon-sink loan")),
        [*map(_tight, body), *annex],
        house=terms.lender,
        steps=steps,
    )


def _tight(block: Block) -> Block:
    """A block as it stands on the two pages of a term sheet."""
    match block:
        case Facts():
            return Facts(tuple(_paired(block.facts)), tight=True)
        case Grid():
            return replace(block, tight=True)
        case _:
            return block


def _paired(facts: Sequence[Fact]) -> Iterator[Fact]:
    """Facts so that each short one has the next short one beside it, with no half line empty."""
    left = list(facts)
    while left:
        first = left.pop(0)
        yield first
        beside = next((at for at, one in enumerate(left) if one.place is Place.HALF), None)
        if first.place is Place.HALF and beside is not None:
            yield left.pop(beside)


def _header(words: Words, terms: Loan) -> Strip:
    """Branch, reference and validity; a dash for what nobody entered."""
    agreement = terms.agreement or LoanAgreement()
    valid = "–" if agreement.valid_until is None else agreement.valid_until.isoformat()
    return Strip(
        (
            Fact(words(label_of("loan.agreement.branch")), free(agreement.branch or "–")),
            Fact(
                words(label_of("loan.agreement.reference_no")), free(agreement.reference_no or "–")
            ),
            Fact(words(label_of("loan.agreement.valid_until")), free(valid)),
        )
    )


def _of(notices: Sequence[Notice], *, red: bool) -> tuple[Notice, ...]:
    return tuple(one for one in notices if (one.severity is Severity.RED_FLAG) is red)


def _red_flags(sheet: Sheet) -> Iterator[Block]:
    """The red flags, and how many warnings the annex holds."""
    words, notices = sheet.words, sheet.results.notices
    panel = flag_panel(words, _of(notices, red=True), approved=sheet.stamp.approved)
    count = len(_of(notices, red=False))
    told = words(N_("Warnings in the annex: {count}."), count=count) if count else NOTHING
    yield replace(
        panel,
        title=words(N_("Red flags")),
        none=_joined(words(N_("The checks of the program found none.")), told),
        note=_joined(panel.note, told),
    )


def _joined(first: Text, second: Text) -> Text:
    """Two texts one after the other in each language."""
    if NOTHING in (first, second):
        return second if first == NOTHING else first
    count = max(len(first.lines), len(second.lines))
    pairs = [(_line(first, at), _line(second, at)) for at in range(count)]
    return Text(tuple(f"{one}{'' if one.endswith('。') else ' '}{two}" for one, two in pairs))


def _line(text: Text, place: int) -> str:
    """A text in a language; one that is the same in all languages has one line."""
    return text.lines[min(place, len(text.lines) - 1)]


def _warnings(sheet: Sheet) -> Iterator[Block]:
    found = _of(sheet.results.notices, red=False)
    if found:
        yield flag_panel(sheet.words, found, approved=True)


def _facility(sheet: Sheet, terms: Loan, loan: LoanResult) -> Iterator[Block]:
    """Parties; type, amount in figures and capitals, availability, tenor and repayment."""
    words = sheet.words
    form = choice_label(Loan, "legal_form", terms.legal_form)
    yield Heading(words(N_("Parties and facility")))
    rows = (
        FactRow(label_of("loan.legal_form"), words=form),
        _availability(terms),
        *(row for row in repayment_terms(terms, loan) if row.label != _MATURITY),
        *_ends(loan),
    )
    yield Facts(
        (
            *(fact(words, row) for row in party_rows(sheet.case)),
            yuan(words, N_("Amount of the loan"), loan.amount_yuan, strong=True),
            *capitals(words, N_("Amount in capitals"), loan.amount_yuan),
            *(fact(words, row) for row in rows),
        )
    )
    for table in (tranche_table(terms), fee_table(terms)):
        if table is not None:
            yield from grids(words, table)


def _availability(terms: Loan) -> FactRow:
    """Up to when the loan can be drawn: as entered, else by its tranches, else its one day."""
    label = label_of("loan.agreement.available_until")
    agreement = terms.agreement
    if agreement is not None and agreement.available_until is not None:
        return FactRow(label, agreement.available_until.isoformat())
    days = [line.last_day or line.day for line in terms.tranches]
    return FactRow(label, max([terms.drawdown_date, *days]).isoformat())


def _ends(loan: LoanResult) -> Iterator[FactRow]:
    """Day and amount of the first payment and of the last one, which falls on the maturity."""
    first = next(line for line in loan.schedule if line.payment_yuan)
    last = loan.schedule[-1]
    for label, line in ((N_("First payment"), first), (N_("Last payment, maturity"), last)):
        facts = {"day": line.due.isoformat(), "amount": money(line.payment_yuan)}
        yield FactRow(label, words=N_("{amount} yuan on {day}"), facts=facts)


def _pricing(words: Words, sheet: Sheet, loan: LoanResult) -> Iterator[Block]:
    yield Heading(words(N_("Pricing")), 2)
    yield Facts(tuple(fact(words, _breach(row)) for row in pricing_rows(sheet.case, loan)))


def _breach(row: FactRow) -> FactRow:
    """The rate of what is overdue or diverted under a short name; other rows as they are."""
    name = _BREACH.get(row.label)
    if name is None:
        return row
    return replace(row, label=name, note=N_("the rate of the loan") if row.text else "")


def _sizing(words: Words, loan: LoanResult) -> Iterator[Block]:
    """The bounds asked for, the binding one marked; the others are named in a line."""
    yield Heading(words(N_("Sizing")), 2)
    table = sizing_table(loan)
    asked = [at for at, bound in enumerate(loan.bounds) if bound.reason != _NOT_ENTERED]
    yield from grids(
        words,
        FactTable(
            table.heads,
            tuple(table.rows[at] for at in asked),
            marked=tuple(place for place, at in enumerate(asked) if at in table.marked),
        ),
    )
    rows = amount_rows(loan)
    shown = rows if loan.uncovered_yuan else rows[:-1]
    yield Facts(tuple(fact(words, row) for row in shown))
    left = [bound.label for bound in loan.bounds if bound.reason == _NOT_ENTERED]
    if left:
        message = N_("Bounds not asked for: {bounds}.")
        yield Prose(
            words.each(lambda tr: tr(message).format(bounds=tr(N_("; ")).join(map(tr, left)))),
            small=True,
        )


def _schedule(words: Words, loan: LoanResult) -> Iterator[Block]:
    """The first payments and the last one, which takes the rest; all of them are in the annex."""
    yield Heading(words(N_("Repayment in short")), 2)
    yield from grids(words, short_schedule(loan))
    yield residual(words, loan)


def short_schedule(loan: LoanResult) -> FactTable:
    """Return the first lines of the schedule, a line of dots, the last one, and the sums."""
    table = schedule_table(loan)
    if len(table.rows) <= _FIRST_LINES + 2:
        return table
    dots = (FactCell("…"), *(EMPTY_CELL,) * (len(table.heads) - 1))
    rows = (*table.rows[:_FIRST_LINES], dots, table.rows[-1])
    return FactTable(table.heads, rows, table.totals, keys=table.keys)


def _signatures(sheet: Sheet, terms: Loan) -> Signatures:
    """Who signs for the lender, and the borrower who takes note."""
    words = sheet.words
    lender = signed(sheet, words(NOT_BINDING))
    borrower = Signature(words(N_("Noted by the borrower")), terms.borrower, "")
    return replace(lender, signatures=(*lender.signatures, borrower))
