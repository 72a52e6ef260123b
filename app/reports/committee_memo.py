"""Memo to the credit committee: what it decides on without seeing the program.

The chapters stand in the order in which a committee reads: the first page alone lets it vote, what
follows is what the first page rests on. Figures and tables are those of the case record.
"""

from collections.abc import Iterable, Iterator

from app.finance.case.lending.memo import CommitteeMemo
from app.i18n import N_
from app.reports import (
    annex,
    carbon_annex,
    carbon_sections,
    engagement_section,
    loan_annex,
    loan_life_sections,
    loan_risk_sections,
    loan_sections,
    memo_decision,
    memo_parties,
    memo_plan,
    memo_rights,
    memo_summary,
    right_sections,
    value_annex,
    value_sections,
)
from app.reports.conventions import conventions
from app.reports.document import Block, Chart, ChartKind, Document, NewPage, Prose
from app.reports.frame import framed, identity
from app.reports.inputs_annex import credit_inputs, inputs
from app.reports.memo_parts import below, chapters, paragraphs, untitled
from app.reports.reliance import reliance
from app.reports.sheet import Sheet

_PRINTED_ABOVE = (
    "appraisal.evidence.comparables",
    "loan.agreement",
    "loan.memo",
    "loan.registration.history",
    "loan.registration.attachments",
)
"""Inputs that chapters and annexes hold in full, so that the annex of inputs need not do so."""

_NO_CREDIT = N_(
    "Credit risk was not entered: no default, loss, capital or return stands against this loan."
)

_Chapter = tuple[str, Iterable[Block]]


def build_committee_memo(sheet: Sheet) -> Document:
    """Say what the memo says; nothing is drawn yet."""
    words, terms = sheet.words, sheet.case.loan
    assert terms is not None  # noqa: S101 - built for cases with a loan only
    memo = terms.memo or CommitteeMemo()
    blocks = [
        identity(sheet),
        *memo_summary.summary(sheet, memo),
        NewPage(),
        *chapters(words, _chapters(sheet, memo)),
        memo_decision.sign_off(sheet),
        NewPage(),
        *_annexes(sheet),
    ]
    steps = annex.marked_steps(sheet.results, blocks)
    blocks += [*annex.workings_of(words, steps), *reliance(sheet)]
    return framed(
        sheet, words(N_("Memo to the credit committee")), blocks, house=terms.lender, steps=steps
    )


def _chapters(sheet: Sheet, memo: CommitteeMemo) -> tuple[_Chapter, ...]:
    """The chapters in their order; those in which nothing stands are left out."""
    words, file, results = sheet.words, sheet.file, sheet.results
    return (
        (N_("Transaction"), below(loan_sections.facility(words, file, results))),
        (N_("Borrower and group"), memo_parties.borrower(sheet, memo)),
        (N_("Market and policy"), _market(sheet, memo)),
        (N_("Project and chain of rights"), _project(sheet, memo)),
        (N_("Valuation of the income right"), below(_valuation(sheet))),
        (N_("Sources of repayment"), memo_parties.sources(sheet, memo)),
        (N_("Security and sizing"), below(_sizing(sheet))),
        (N_("Repayment, cover and remaining value"), below(_repayment(sheet))),
        (N_("Stress"), untitled(loan_risk_sections.stress(words, results))),
        (N_("Credit risk and return"), _credit(sheet)),
        (N_("Legal view and registration"), _legal(sheet, memo)),
        (N_("Environment and society"), _environment(sheet, memo)),
        (N_("Further risks"), memo_summary.further_risks(words, memo)),
        (memo_summary.WARNINGS, memo_summary.warnings(sheet)),
        (N_("Conditions and undertakings"), memo_decision.conditions(sheet)),
        (N_("Monitoring of the loan"), memo_plan.monitoring(sheet, memo)),
        (N_("Notes"), untitled(right_sections.notes(words, file))),
        (N_("Vote of the committee"), memo_decision.vote(sheet, memo)),
    )


def _market(sheet: Sheet, memo: CommitteeMemo) -> Iterator[Block]:
    yield from paragraphs(memo.market)
    yield from below(value_sections.evidence(sheet.words, sheet.results))


def _project(sheet: Sheet, memo: CommitteeMemo) -> Iterator[Block]:
    words, file, results = sheet.words, sheet.file, sheet.results
    yield from memo_rights.chain(words, memo, sheet.case, results)
    yield from below(right_sections.project(words, file))
    yield from below(carbon_sections.carbon(words, file, results))


def _valuation(sheet: Sheet) -> Iterator[Block]:
    """Levels, what they rest on and what moves them, and who valued."""
    words, file, results = sheet.words, sheet.file, sheet.results
    yield from right_sections.levels(words, file, results)
    yield from value_sections.waterfall(words, results)
    yield from value_sections.approaches(words, results)
    yield from right_sections.basis(words, file, results)
    yield from value_sections.issued(words, results)
    yield from value_sections.options(words, results)
    yield from value_sections.scenarios(words, file, results)
    yield from value_sections.simulation(words, results)
    yield from value_sections.sensitivity(words, results)
    yield from value_sections.cost_tool(words, results)
    yield from engagement_section.engagement(words, file)


def _sizing(sheet: Sheet) -> Iterator[Block]:
    words, file, results = sheet.words, sheet.file, sheet.results
    yield from loan_sections.collaterals(words, file, results)
    yield from loan_sections.sizing(words, file, results)


def _repayment(sheet: Sheet) -> Iterator[Block]:
    words, file, results = sheet.words, sheet.file, sheet.results
    yield from loan_risk_sections.schedule_summary(words, file, results)
    caption = words(N_("Principal, interest and balance"))
    yield Chart(ChartKind.SCHEDULE, results, caption)
    yield from loan_risk_sections.cover(words, results)
    yield from loan_risk_sections.path(words, results)


def _credit(sheet: Sheet) -> Iterator[Block]:
    words, file, results = sheet.words, sheet.file, sheet.results
    if results.loan is None or results.loan.credit is None:
        yield Prose(words(_NO_CREDIT), small=True)
    yield from loan_annex.credit_tables(words, file, results)


def _legal(sheet: Sheet, memo: CommitteeMemo) -> Iterator[Block]:
    yield from paragraphs(memo.legal)
    yield from below(loan_life_sections.registration(sheet.words, sheet.file, sheet.results))


def _environment(sheet: Sheet, memo: CommitteeMemo) -> Iterator[Block]:
    yield from paragraphs(memo.environment)
    yield from below(loan_life_sections.green(sheet.words, sheet.file, sheet.results))


def _annexes(sheet: Sheet) -> Iterator[Block]:
    """Schedule, market data, cash flow, conventions, and all inputs with their provenance."""
    words, file, results = sheet.words, sheet.file, sheet.results
    yield from loan_annex.schedule(words, results)
    yield from value_annex.comparables(words, file, results)
    yield from carbon_annex.markets(words, results)
    yield from value_annex.cash_flow(words, results)
    yield from conventions(words, file, results)
    yield from inputs(words, file, without=_PRINTED_ABOVE)
    yield from credit_inputs(words, file)
