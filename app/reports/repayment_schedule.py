"""The repayment schedule as a paper of its own: parties, loan, every payment, how it is counted."""

from collections.abc import Iterator

from app.finance.case.lending.pricing import RateKind
from app.finance.case.loan import Loan
from app.finance.lending.results import LoanResult
from app.i18n import N_
from app.reports import loan_sections
from app.reports.annex import marked_steps, workings_of
from app.reports.document import (
    Block,
    Chart,
    ChartKind,
    Column,
    Document,
    Facts,
    Grid,
    Heading,
    Prose,
    Words,
)
from app.reports.entries import capitals, cell, yuan
from app.reports.facility_facts import label_of, pricing_rows, repayment_terms
from app.reports.fact_grids import grids
from app.reports.fact_tables import free_row
from app.reports.frame import framed, identity
from app.reports.loan_annex import residual
from app.reports.loan_conventions import schedule_conventions
from app.reports.loan_facts import repayment_rows, schedule_table
from app.reports.loan_parties import BORROWER, LENDER, parties_signed
from app.reports.sheet import Sheet
from app.reports.value_blocks import fact

_STATEMENT = N_(
    "This schedule belongs to the loan contract and follows from the terms entered; where the two "
    "differ, the contract prevails. Amounts that fall due later change when the rate is repriced, "
    "when a payment is made early or late, or when the loan is extended."
)
_LATER_RATES = N_(
    "The rate of this loan floats. The amounts above are counted with the LPR published up to "
    "{published}; from the next day of repricing on, later rates are taken from the last one "
    "published before that day, and later amounts change with them."
)


def build_repayment_schedule(sheet: Sheet) -> Document:
    """Say what the schedule says; nothing is drawn yet."""
    words, case, results = sheet.words, sheet.case, sheet.results
    terms, loan = case.loan, results.loan
    assert terms is not None and loan is not None  # noqa: S101, PT018 - `kinds.refusal` says so
    blocks: list[Block] = [
        identity(sheet),
        *loan_sections.rate_first(words, sheet.file, results),
        *_loan(words, sheet, terms, loan),
        Chart(ChartKind.SCHEDULE, results, words(N_("Principal, interest and balance"))),
        *_payments(words, loan),
        *_counted(words, terms, loan),
        parties_signed(words, case, words(_STATEMENT), with_security=False),
    ]
    steps = marked_steps(results, blocks)
    return framed(
        sheet,
        words(N_("Schedule of repayments")),
        [*blocks, *workings_of(words, steps)],
        house=terms.lender,
        steps=steps,
    )


def _loan(words: Words, sheet: Sheet, terms: Loan, loan: LoanResult) -> Iterator[Block]:
    """Parties, contract, amount in figures and capitals, repayment, rate."""
    parties = [free_row(LENDER, terms.lender), free_row(BORROWER, terms.borrower)]
    parties.append(free_row(label_of("loan.contract_no"), terms.contract_no))
    shown = {
        row.label: row for row in (*repayment_terms(terms, loan), *repayment_rows(terms, loan))
    }
    yield Heading(words(N_("Loan")))
    yield Facts(
        (
            *(fact(words, row) for row in parties),
            yuan(words, N_("Amount of the loan"), loan.amount_yuan, strong=True),
            *capitals(words, N_("Amount in capitals"), loan.amount_yuan),
            *(fact(words, row) for row in shown.values()),
            *capitals(words, N_("Principal and interest in capitals"), loan.total_payment_yuan),
            *(fact(words, row) for row in pricing_rows(sheet.case, loan)),
        )
    )


def _payments(words: Words, loan: LoanResult) -> Iterator[Block]:
    """Every payment with the sums; what the last one takes."""
    yield Heading(words(N_("Schedule of payments")))
    yield from grids(words, schedule_table(loan))
    yield residual(words, loan)


def _counted(words: Words, terms: Loan, loan: LoanResult) -> Iterator[Block]:
    """How days are counted and moved, how amounts are rounded, where later rates come from."""
    if terms.rate_kind is RateKind.FLOATING:
        published = max(line.day for line in terms.lpr).isoformat()
        yield Prose(words(_LATER_RATES, published=published), small=True)
    yield Heading(words(N_("How it is counted")))
    yield Grid(
        (Column(words(N_("Convention")), 0.2), Column(words(N_("What holds")), 0.8)),
        tuple(
            (cell(words(label)), cell(text))
            for label, text in schedule_conventions(words, terms, loan)
        ),
    )
