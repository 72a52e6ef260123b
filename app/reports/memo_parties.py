"""What the memo says of borrower, group and accounts, and from what the loan is repaid."""

from collections.abc import Iterator

from app.finance.case.lending.memo import CommitteeMemo
from app.i18n import N_
from app.reports.document import Block, Heading, Prose
from app.reports.fact_grids import grids
from app.reports.loan_sections import named
from app.reports.memo_facts import account_table, cash_table, exposure_table, room_rows
from app.reports.memo_parts import entered_or, paragraphs
from app.reports.sheet import Sheet
from app.reports.value_blocks import facts

_NO_BORROWER = N_("Nothing was entered about the borrower and its business.")
_NO_ACCOUNTS = N_("No accounts of the borrower were entered.")
_NO_FIRST = N_("Nothing was entered about the first source of repayment.")
_NO_SECOND = N_("Nothing was entered about the second source of repayment.")
_NO_OTHERS = N_("No other exposure to the borrower or its group was entered.")
_RATIOS = N_(
    "The ratios are computed from the figures of the same year; a dash stands where a figure is "
    "missing or the divisor is not above zero. The accounts themselves were not verified by the "
    "program."
)


def borrower(sheet: Sheet, memo: CommitteeMemo) -> Iterator[Block]:
    """Business, group, exposure with this loan added, accounts with their ratios."""
    words = sheet.words
    yield from entered_or(words, memo.borrower, _NO_BORROWER)
    if memo.group.strip():
        yield Heading(words(N_("Group and connected parties")), 2)
        yield from paragraphs(memo.group)
    yield from _exposure(sheet, memo)
    yield Heading(words(N_("Accounts by year")), 2)
    table = account_table(memo.financials)
    if table is None:
        yield Prose(words(_NO_ACCOUNTS), small=True)
    else:
        yield from grids(words, table)
        yield Prose(words(_RATIOS), small=True)


def _exposure(sheet: Sheet, memo: CommitteeMemo) -> Iterator[Block]:
    words, loan, terms = sheet.words, sheet.results.loan, sheet.case.loan
    assert loan is not None  # noqa: S101 - built for cases with a loan only
    assert terms is not None  # noqa: S101
    yield Heading(words(N_("Related exposure")), 2)
    if memo.exposures:
        yield from grids(words, exposure_table(memo, loan))
    else:
        yield Prose(words(_NO_OTHERS), small=True)
    rows = room_rows(memo, terms, loan)
    if rows:
        yield facts(words, rows)


def sources(sheet: Sheet, memo: CommitteeMemo) -> Iterator[Block]:
    """First source with the cash beside the right, and second source of repayment."""
    words, terms = sheet.words, sheet.case.loan
    assert terms is not None  # noqa: S101 - built for cases with a loan only
    yield Heading(words(N_("First source of repayment")), 2)
    yield from entered_or(words, memo.first_source, _NO_FIRST)
    yield from named(words, N_("Cash beside the income of the right"), cash_table(terms))
    yield Heading(words(N_("Second source of repayment")), 2)
    yield from entered_or(words, memo.second_source, _NO_SECOND)
