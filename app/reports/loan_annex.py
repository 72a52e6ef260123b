"""The annexes of the loan: schedule, ledger and coverage watched, and credit risk."""

from collections.abc import Iterator

from app.finance.case.case import CaseFile
from app.finance.engine import Results
from app.finance.lending.results import LoanResult
from app.finance.lending.risk_results import CreditResult, StressResult
from app.formats import money
from app.i18n import N_
from app.reports.annex import credit_workings
from app.reports.credit_facts import (
    credit_missing,
    credit_rows,
    ecl_scenario_table,
    ecl_table,
)
from app.reports.document import Block, Heading, NewPage, Prose, Words
from app.reports.fact_grids import grids
from app.reports.fact_tables import FactHead, FactTable, yuan
from app.reports.inputs_annex import credit_inputs
from app.reports.life_facts import ledger_table, watch_table
from app.reports.loan_facts import schedule_table
from app.reports.loan_sections import named
from app.reports.stress_facts import stress_name
from app.reports.value_blocks import facts


def schedule(words: Words, results: Results) -> Iterator[Block]:
    """Every line of the repayment schedule, and the totals."""
    loan = results.loan
    if loan is None:
        return
    yield Heading(words(N_("Annex: repayment schedule")))
    yield from grids(words, schedule_table(loan))
    yield residual(words, loan)


def residual(words: Words, loan: LoanResult) -> Prose:
    """That amounts are rounded, and what the last line of the schedule takes."""
    return Prose(
        words(
            N_(
                "Each amount is rounded half-up to the fen; the last line takes the rest: its "
                "principal is {principal} yuan."
            ),
            principal=money(loan.schedule[-1].principal_yuan),
        ),
        small=True,
    )


def life(words: Words, results: Results) -> Iterator[Block]:
    """The ledger of a watched loan, and its coverage on each day watched."""
    found = results.loan.life if results.loan is not None else None
    if found is None:
        return
    ledger = ledger_table(found)
    if ledger is not None:
        yield Heading(words(N_("Annex: ledger of the loan")))
        yield from grids(words, ledger)
    watched = watch_table(found)
    if watched is not None:
        yield Heading(words(N_("Annex: coverage watched")))
        yield from grids(words, watched, failing=True)


def credit(words: Words, file: CaseFile, results: Results) -> Iterator[Block]:
    """Credit risk and return on pages of their own at the end, with their inputs and workings.

    They are internal: a copy for the borrower is printed without these pages.
    """
    loan, terms = results.loan, file.case.loan
    if loan is None or terms is None or loan.credit is None:
        return
    yield NewPage(always=True)
    yield Heading(words(N_("For the lender only: credit risk and return")))
    yield Prose(words(N_("Internal: these last pages are not for the borrower.")), small=True)
    yield from credit_tables(words, file, results)
    yield from credit_inputs(words, file)
    yield from credit_workings(words, results)


def credit_tables(words: Words, file: CaseFile, results: Results) -> Iterator[Block]:
    """Default, loss, stage, capital and return, and the losses by year, scenario and stress."""
    loan, terms = results.loan, file.case.loan
    if loan is None or terms is None or loan.credit is None:
        return
    yield facts(words, credit_rows(terms, loan.credit))
    yield from _missing(words, loan.credit)
    yield from named(words, N_("Expected credit loss by year"), ecl_table(loan.credit))
    title = N_("Expected credit loss by scenario")
    yield from named(words, title, ecl_scenario_table(loan.credit))
    title = N_("Expected credit loss under stress, 12 months")
    yield from named(words, title, stressed_loss_table(loan.stress))


def _missing(words: Words, found: CreditResult) -> Iterator[Block]:
    names = credit_missing(found)
    if not names.empty:
        message = N_("These figures need more inputs: {inputs}.")
        yield Prose(words.each(lambda tr: tr(message).format(inputs=names.said(tr))), small=True)


def stressed_loss_table(found: StressResult) -> FactTable | None:
    """Return the expected credit loss of twelve months in each stress; None without any."""
    rows = tuple(
        (stress_name(case), yuan(case.ecl_yuan))
        for case in found.cases
        if case.ecl_yuan is not None
    )
    if not rows:
        return None
    heads = (
        FactHead(N_("Stress"), numeric=False),
        FactHead(N_("Expected credit loss, 12 months"), "yuan"),
    )
    return FactTable(heads, rows)
