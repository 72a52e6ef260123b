"""The first page of the memo: request, recommendation, key figures, flags, risks, exceptions."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from app.finance.case.lending.memo import CommitteeMemo, RiskLine
from app.finance.case.loan import Loan
from app.finance.fields import choice_label
from app.finance.lending.results import LoanResult
from app.finance.notices import Severity
from app.formats import money, percent
from app.i18n import N_, Translator
from app.reports.document import (
    DASH,
    NOTHING,
    Block,
    Fact,
    Facts,
    Flags,
    Heading,
    Hero,
    Place,
    Prose,
    Text,
    Words,
    free,
)
from app.reports.entries import capitals, entered
from app.reports.facility_facts import label_of
from app.reports.fact_grids import grids
from app.reports.fact_tables import FactCell, FactHead, FactTable
from app.reports.fact_tables import words as cell_of
from app.reports.loan_facts import contract_rate
from app.reports.memo_facts import key_figures
from app.reports.right_sections import flag_panel
from app.reports.sheet import Sheet

WARNINGS = N_("Warnings of the program")
"""Title of the chapter that holds the warnings; the first page has the red flags."""

_ON_FIRST_PAGE = 3
_BOUND = N_("Binding bound: {bound}. The amount asked is within it.")
_BEYOND = N_("Binding bound: {bound}. {uncovered} yuan are asked beyond it.")
_NO_RISKS = N_("No main risks were entered.")
_NO_EXCEPTIONS = N_("No exceptions from policy were entered.")


def summary(sheet: Sheet, memo: CommitteeMemo) -> Iterator[Block]:
    """All that the committee has to have read when it votes."""
    words, loan, terms = sheet.words, sheet.results.loan, sheet.case.loan
    assert loan is not None  # noqa: S101 - built for cases with a loan only
    assert terms is not None  # noqa: S101
    yield _amounts(words, loan)
    yield Facts((*_request(words, memo, terms, loan), *_recommended(words, memo, terms)))
    yield _red_flags(sheet)
    yield Heading(words(N_("Key figures")), 2)
    yield from grids(words, key_figures(sheet.case, sheet.results), failing=True)
    yield Heading(words(N_("Main risks and what is done against them")), 2)
    if memo.risks:
        yield from grids(words, risk_table(memo.risks[:_ON_FIRST_PAGE]))
    else:
        yield Prose(words(_NO_RISKS), small=True)
    yield Heading(words(N_("Exceptions from policy")), 2)
    if memo.exceptions:
        yield from grids(words, exception_table(memo))
    else:
        yield Prose(words(_NO_EXCEPTIONS), small=True)


def _amounts(words: Words, loan: LoanResult) -> Hero:
    """What is asked beside what the bounds allow, and the bound that binds."""
    binding = next(bound for bound in loan.bounds if bound.binding)
    message = _BEYOND if loan.uncovered_yuan else _BOUND

    def said(tr: Translator) -> str:
        uncovered = money(loan.uncovered_yuan)
        return tr(message).format(bound=tr(binding.label), uncovered=uncovered)

    return Hero(
        words(N_("Amount asked (yuan)")),
        free(money(loan.amount_yuan)),
        "",
        words(N_("Amount the bounds allow (yuan)")),
        free(money(loan.supported_yuan)),
        words.each(said),
    )


def _request(words: Words, memo: CommitteeMemo, terms: Loan, loan: LoanResult) -> Iterator[Fact]:
    """Who asks for what, for how long, at what rate."""
    yield from capitals(words, N_("Amount in capitals"), loan.amount_yuan)
    yield entered(words, label_of("loan.borrower"), terms.borrower, strong=True)
    if memo.request.strip():
        yield entered(words, label_of("loan.memo.request"), memo.request.strip())
    else:
        yield entered(words, label_of("loan.purpose"), terms.purpose)
    tenor = words.each(lambda tr: _tenor(tr, terms, loan))
    yield Fact(words(N_("Tenor")), tenor, place=Place.LINE)
    yield Fact(words(N_("Interest rate of the contract")), free(contract_rate(loan)))
    yield Fact(
        words(N_("Annualised rate")),
        words(N_("{rate}, fees included, compound"), rate=percent(loan.effective.annual_compound)),
        step="loan.annual_rate",
        strong=True,
    )


def _tenor(tr: Translator, terms: Loan, loan: LoanResult) -> str:
    facts = {
        "first": terms.drawdown_date.isoformat(),
        "last": loan.maturity.isoformat(),
        "repayment": tr(choice_label(Loan, "repayment", terms.repayment)),
    }
    if terms.term_months is None:
        return tr(N_("{first} to {last}; {repayment}")).format(**facts)
    text = tr(N_("{months} months, {first} to {last}; {repayment}"))
    return text.format(months=terms.term_months, **facts)


def _recommended(words: Words, memo: CommitteeMemo, terms: Loan) -> Iterator[Fact]:
    """Grade, recommendation with its reasons, and the meeting."""
    grade = "" if terms.credit is None else terms.credit.grade
    yield Fact(words(N_("Grade")), free(grade) if grade else DASH)
    chosen = memo.recommendation
    said: Text = DASH
    if chosen is not None:
        said = words(choice_label(CommitteeMemo, "recommendation", chosen))
    yield Fact(words(label_of("loan.memo.recommendation")), said, strong=True)
    if memo.reasons.strip():
        yield Fact(
            words(label_of("loan.memo.reasons")), free(memo.reasons.strip()), place=Place.LINE
        )
    meeting = tuple(filter(None, (memo.meeting_no, str(memo.meeting_day or ""))))
    if meeting:
        yield entered(words, N_("Meeting"), ", ".join(meeting))


def _red_flags(sheet: Sheet) -> Flags:
    """The red flags alone, with a line on where the warnings stand."""
    words, results = sheet.words, sheet.results
    panel = flag_panel(words, results.red_flags, approved=sheet.stamp.approved)
    count = sum(notice.severity is not Severity.RED_FLAG for notice in results.notices)
    panel = replace(panel, title=words(N_("Red flags")))
    if not count:
        return panel

    def pointer(tr: Translator) -> str:
        text = N_("Warnings: {count}, in the chapter “{chapter}”.")
        return tr(text).format(count=count, chapter=tr(WARNINGS))

    if not panel.flags:
        return replace(panel, none=words.each(lambda tr: _no_flag(tr, pointer(tr))))
    return replace(panel, note=_both(words, panel.note, pointer))


def _both(words: Words, first: Text, more: Callable[[Translator], str]) -> Text:
    """What red flags keep from happening, and where the warnings stand."""
    if first == NOTHING:
        return words.each(more)
    lines = [
        tr(N_("{first} {second}")).format(first=line, second=more(tr))
        for tr, line in zip(words.translators, first.lines, strict=True)
    ]
    return Text(tuple(lines))


def _no_flag(tr: Translator, pointer: str) -> str:
    return tr(N_("None was found. {more}")).format(more=pointer)


def warnings(sheet: Sheet) -> Iterator[Block]:
    """The warnings that are no red flags, in a panel of their own."""
    found = [n for n in sheet.results.notices if n.severity is not Severity.RED_FLAG]
    if found:
        panel = flag_panel(sheet.words, found, approved=sheet.stamp.approved)
        yield replace(panel, title=sheet.words(N_("Warnings")))


def further_risks(words: Words, memo: CommitteeMemo) -> Iterator[Block]:
    """The risks that have no room on the first page."""
    if len(memo.risks) > _ON_FIRST_PAGE:
        yield from grids(words, risk_table(memo.risks[_ON_FIRST_PAGE:]))


def risk_table(lines: Sequence[RiskLine]) -> FactTable:
    """Return risks with their level and what is done against them."""
    heads = (
        FactHead(N_("Risk"), numeric=False),
        FactHead(N_("Risk level"), numeric=False),
        FactHead(N_("What is done against it"), numeric=False),
    )
    rows = tuple(
        (
            FactCell(line.risk),
            cell_of(choice_label(RiskLine, "level", line.level)),
            FactCell(line.mitigant or "–"),
        )
        for line in lines
    )
    return FactTable(heads, rows)


def exception_table(memo: CommitteeMemo) -> FactTable:
    """Return each exception with its departure, its reason and who may approve it."""
    heads = (N_("Policy of the lender"), N_("Departure"), N_("Reason"), N_("May be approved by"))
    return FactTable(
        tuple(FactHead(head, numeric=False) for head in heads),
        tuple(
            tuple(
                FactCell(text or "–")
                for text in (line.policy, line.departure, line.reason, line.approver)
            )
            for line in memo.exceptions
        ),
    )
