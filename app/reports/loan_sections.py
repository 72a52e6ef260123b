"""What the sheet says of the loan: rate, parties, facility, pricing, security and sizing.

How it is repaid and what it withstands is in `loan_risk_sections`, registration, green class and
life in `loan_life_sections`, the annexes in `loan_annex`.
"""

from collections.abc import Iterator

from app.finance.case.case import Case, CaseFile
from app.finance.engine import Results
from app.finance.fields import choice_label
from app.finance.lending.results import LoanResult, SecurityResult
from app.formats import money, percent
from app.i18n import N_
from app.reports.document import (
    Block,
    Chart,
    ChartKind,
    Fact,
    Facts,
    Heading,
    Hero,
    Words,
    free,
)
from app.reports.entries import capitals, choice, day, entered, yuan
from app.reports.facility_facts import (
    extension_rows,
    fee_table,
    label_of,
    paper_table,
    party_rows,
    prepayment_table,
    pricing_rows,
    repayment_terms,
    tranche_table,
)
from app.reports.fact_grids import grids
from app.reports.fact_tables import EMPTY_CELL, FactTable, without
from app.reports.loan_facts import amount_rows, contract_rate, remedy_table, sizing_table
from app.reports.security_facts import collateral_table, security_rows
from app.reports.value_blocks import fact, facts
from app.reports.value_facts import FactRow

_DRAWN_FROM = 3
"""Bounds with an amount from which their bars are drawn."""

_HAIRCUT, _PRIOR, _MAXIMUM, _FIRST = 3, 4, 7, 13
"""Places of columns of the collaterals that are left out where nothing was entered in them."""


def rate_first(words: Words, file: CaseFile, results: Results) -> Iterator[Block]:
    """The annualised rate, before and above every other figure of the loan."""
    loan, terms = results.loan, file.case.loan
    if loan is None or terms is None:
        return
    yield Hero(
        words(N_("Annualised rate, fees included (compound)")),
        free(percent(loan.effective.annual_compound)),
        "loan.annual_rate",
        words(N_("Annualised rate, fees included (simple)")),
        free(percent(loan.effective.annual_simple)),
        words(
            N_("Interest rate of the contract {rate} a year; fees at drawdown {fee} yuan."),
            rate=contract_rate(loan),
            fee=money(terms.upfront_fee_yuan),
        ),
    )


def named(words: Words, title: str, table: FactTable | None, *, failing: bool = False,
          ) -> Iterator[Block]:  # fmt: skip
    """A table below its name; nothing where there is none."""
    if table is not None and table.rows:
        yield Heading(words(title), 2)
        yield from grids(words, table, failing=failing)


def facility(words: Words, file: CaseFile, results: Results) -> Iterator[Block]:
    """Parties; amount in figures and capitals, repayment, drawdowns; then the pricing."""
    loan, terms = results.loan, file.case.loan
    if loan is None or terms is None:
        return
    yield Heading(words(N_("Parties and facility")))
    form = choice_label(Case, "loan.legal_form", terms.legal_form)
    yield Facts(
        (
            *(fact(words, row) for row in party_rows(file.case)),
            yuan(words, N_("Amount asked"), loan.amount_yuan, strong=True),
            choice(words, label_of("loan.legal_form"), form),
            *capitals(words, N_("Amount in capitals"), loan.amount_yuan),
            *(fact(words, row) for row in repayment_terms(terms, loan)),
        )
    )
    yield from named(words, N_("Tranches"), tranche_table(terms))
    yield from named(words, N_("Later fees"), fee_table(terms))
    yield from named(words, N_("Prepayments"), prepayment_table(terms))
    extension = extension_rows(terms.extension)
    if extension:
        yield Heading(words(N_("Extension")), 2)
        yield facts(words, extension)
    yield Heading(words(N_("Pricing")))
    yield facts(words, pricing_rows(file.case, loan))


def security(words: Words, file: CaseFile) -> Iterator[Fact]:
    """What makes the security enforceable: account, registration, search, other security."""
    terms = file.case.loan
    if terms is None:
        return
    yield entered(words, N_("Specified account number"), terms.specified_account)
    yield entered(words, N_("Account bank"), terms.account_bank)
    if terms.registration is not None:
        category = choice_label(Case, "loan.registration.category", terms.registration.category)
        yield fact(words, FactRow(N_("Class of the registration"), words=category))
    yield entered(words, N_("Registration number"), terms.registration_no)
    if terms.registration_end is not None:
        yield day(words, N_("Registration ends"), terms.registration_end)
    yield entered(words, N_("Query certificate number"), terms.query_certificate_no)
    if terms.query_day is not None:
        yield day(words, N_("Searched on"), terms.query_day)
    yield entered(words, N_("Other security"), terms.other_security)


def collaterals(words: Words, file: CaseFile, results: Results) -> Iterator[Block]:
    """Each collateral with what it counts for and carries, and what no collateral carries."""
    loan = results.loan
    if loan is None:
        return
    yield Heading(words(N_("Collaterals")))
    table = without(collateral_table(loan.security), _unused(loan.security))
    yield from grids(words, table)
    yield facts(words, security_rows(loan.security))
    title = N_("Days and registration of the collaterals")
    yield from named(words, title, paper_table(file.case, loan.security))


def _unused(found: SecurityResult) -> tuple[int, ...]:
    """Places of the columns in which nothing was entered for any collateral."""
    lines = found.lines
    used = {
        _HAIRCUT: any(line.haircut for line in lines),
        _PRIOR: any(line.prior_claims_yuan for line in lines),
        _MAXIMUM: any(line.secured_maximum_yuan is not None for line in lines),
        _FIRST: any(line.first_registered is not None for line in lines),
    }
    return tuple(place for place, is_used in used.items() if not is_used)


def sizing(words: Words, file: CaseFile, results: Results) -> Iterator[Block]:
    """Each bound of the loan, the binding one marked, and what would lift those too low."""
    loan, terms = results.loan, file.case.loan
    if loan is None or terms is None:
        return
    yield Heading(words(N_("Sizing")))
    yield from grids(words, sizing_table(loan))
    yield facts(words, amount_rows(loan))
    if sum(bound.amount_yuan is not None for bound in loan.bounds) >= _DRAWN_FROM:
        yield Chart(ChartKind.SIZING, results, words(N_("Bounds of the loan and amount asked")))
    yield from _remedies(words, loan)


def _remedies(words: Words, loan: LoanResult) -> Iterator[Block]:
    """What would have to change for the amount asked; each bound is named once."""
    table = remedy_table(loan)
    if table is None:
        return
    rows, last = [], ""
    for bound, change in table.rows:
        rows.append((bound if bound.words != last else EMPTY_CELL, change))
        last = bound.words
    title = N_("What would have to change for the amount asked")
    yield from named(words, title, FactTable(table.heads, tuple(rows)))
