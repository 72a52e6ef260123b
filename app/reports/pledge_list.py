"""Pledge list and registration description: parties, collaterals, record, history, seals."""

from collections.abc import Iterator
from dataclasses import replace

from app.finance.case.lending.registration import HISTORY, OBJECT
from app.finance.case.loan import Loan
from app.finance.case.parties import pledgor_of
from app.finance.lending.checklist import CONDITIONS
from app.finance.lending.life_results import RegistrationResult
from app.finance.lending.results import LoanResult, SecurityResult
from app.finance.notices import Notice
from app.formats import money
from app.i18n import N_
from app.messages import spec_at
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
    Words,
    free,
)
from app.reports.entries import capitals, day, entered, yuan
from app.reports.facility_facts import party_rows
from app.reports.fact_grids import grids
from app.reports.fact_tables import free_row
from app.reports.frame import framed, identity
from app.reports.letter_parts import seals
from app.reports.loan_parties import BORROWER
from app.reports.loan_sections import named
from app.reports.pledge_facts import pledged_table, rank_table, right_rows
from app.reports.registration_facts import (
    MISSING,
    attachment_table,
    history_table,
    record_rows,
    registration_missing,
    registration_rows,
)
from app.reports.right_sections import flag_panel
from app.reports.sheet import Sheet
from app.reports.value_blocks import fact, facts
from app.reports.value_facts import FactRow

_TITLE = N_("Pledge list and registration description")
_STATEMENT = N_(
    "Annex to the pledge contract. Both parties have compared the list with the contract and its "
    "papers; where they differ, the contract holds."
)
_IN_CHINESE = N_(
    "The registration system takes this text in Chinese: it is copied as it stands and is not "
    "translated."
)
_CONDITIONS = (
    "specified_account",
    "account_bank",
    "registration_no",
    "query_certificate",
    "registration_term",
    "registration_record",
    "right_buffer",
    "appraisal_valid",
    "ledger_free",
    "legal_form",
    "insurance",
    "guarantee",
    "first_registered",
    "secured_maximum",
    "collateral_values",
)
"""Conditions of the checklist whose notices bear on the security and its registration."""


def build_pledge_list(sheet: Sheet) -> Document:
    """Say what the list says; nothing is drawn yet."""
    words, case, loan, terms = sheet.words, sheet.case, sheet.results.loan, sheet.case.loan
    assert terms is not None and loan is not None  # noqa: S101, PT018 - `kinds.refusal` says so
    blocks = (
        identity(sheet),
        _secured(words, loan.security, loan),
        flag_panel(words, _flags(sheet), approved=sheet.stamp.approved),
        *_parties(sheet, terms, loan),
        *_list(words, sheet, loan),
        Heading(words(N_("The carbon-sink income right"))),
        facts(words, right_rows(case, sheet.results)),
        *_contracts(words, terms, loan),
        *_record(words, sheet, loan.registration),
        *seals(
            words,
            ((N_("Pledgor"), pledgor_of(case)), (N_("Pledgee"), _pledgee(terms))),
            words(_STATEMENT),
        ),
    )
    return framed(sheet, words(_TITLE), blocks, house=terms.lender)


def _pledgee(terms: Loan) -> str:
    record = terms.registration
    return (record.secured_party if record else "") or terms.lender


def _flags(sheet: Sheet) -> tuple[Notice, ...]:
    codes = {code for name in _CONDITIONS for code in CONDITIONS[name][1]}
    return tuple(notice for notice in sheet.results.notices if notice.code in codes)


def _secured(words: Words, security: SecurityResult, loan: LoanResult) -> Hero:
    """The amount that is registered as secured; the principal where none was entered."""
    if security.secured_amount_yuan is None:
        label, amount = N_("Principal secured (yuan)"), loan.amount_yuan
        note = words(
            N_("Collaterals: {count}. How far interest, penalties and costs are secured as well is "
               "not entered."),
            count=len(security.lines),
        )  # fmt: skip
    else:
        label, amount = N_("Amount secured (yuan)"), security.secured_amount_yuan
        note = words(
            N_(
                "Collaterals: {count}. They secure a loan of {amount} yuan, its interest and costs."
            ),
            count=len(security.lines),
            amount=money(loan.amount_yuan),
        )
    return Hero(
        words(label),
        free(money(amount)),
        "",
        words(N_("Value of all collaterals (yuan)")),
        free(money(security.value_yuan)),
        note,
    )


def _parties(sheet: Sheet, terms: Loan, loan: LoanResult) -> Iterator[Block]:
    """Pledgee and pledgor as the system asks for them; without a record the names alone."""
    words, case = sheet.words, sheet.case
    yield Heading(words(N_("Parties")))
    found = loan.registration
    if found is None:
        yield facts(words, party_rows(case))
        yield Prose(
            words(
                N_(
                    "The case holds no registration record: codes, addresses and certificates are "
                    "missing."
                )
            )
        )
        return
    for group, rows in _groups(sheet, found).items():
        if group not in (OBJECT, HISTORY):
            yield Heading(words(group), 2)
            yield Facts(tuple(_entry(words, row) for row in rows))
    if terms.borrower and terms.borrower != pledgor_of(case):
        yield Facts((entered(words, BORROWER, terms.borrower),))


def _groups(sheet: Sheet, found: RegistrationResult) -> dict[str, list[FactRow]]:
    groups: dict[str, list[FactRow]] = {}
    for group, row in record_rows(sheet.case, found):
        groups.setdefault(group, []).append(row)
    return groups


def _entry(words: Words, row: FactRow) -> Fact:
    """A field of the record; what is missing is set in red."""
    found = fact(words, row)
    return replace(found, alert=True) if row.words == MISSING else found


def _list(words: Words, sheet: Sheet, loan: LoanResult) -> Iterator[Block]:
    """Each collateral with its papers and value, then its rank and what it secures."""
    yield Heading(words(N_("List of the collaterals")))
    yield from grids(words, pledged_table(sheet.case, loan))
    title = N_("Rank, secured part and registration")
    yield from named(words, title, rank_table(sheet.case, loan))
    secured = loan.security.secured_amount_yuan
    amounts = [yuan(words, N_("Unsecured"), loan.security.unsecured_yuan)]
    if secured is not None:
        label = N_("Amount to be registered as secured")
        amounts.append(yuan(words, label, secured, strong=True))
        amounts += capitals(words, N_("In capitals"), secured)
    yield Facts(tuple(amounts))


def _contracts(words: Words, terms: Loan, loan: LoanResult) -> Iterator[Block]:
    """Contracts, amount and days, then the account and the search of earlier registrations."""
    record = terms.registration
    yield Heading(words(N_("Contracts and account")))
    contracts = (
        (N_("Loan contract number"), terms.contract_no),
        (N_("Pledge contract number"), record.pledge_contract_no if record else ""),
    )
    account = (
        (N_("Specified account number"), terms.specified_account),
        (N_("Account bank"), terms.account_bank),
        (N_("Query certificate number"), terms.query_certificate_no),
    )
    yield Facts(
        (
            *(fact(words, free_row(label, text)) for label, text in contracts),
            yuan(words, N_("Amount of the loan"), loan.amount_yuan, strong=True),
            *capitals(words, N_("Amount in capitals"), loan.amount_yuan),
            day(words, N_("Drawdown"), terms.drawdown_date),
            day(words, N_("Maturity"), loan.maturity),
        )
    )
    yield Facts(
        (
            *(fact(words, free_row(label, text)) for label, text in account),
            day(words, N_("Searched on"), terms.query_day),
        )
    )


def _record(words: Words, sheet: Sheet, found: RegistrationResult | None) -> Iterator[Block]:
    """The record as it is typed in, what it lacks, the text to copy, history and papers."""
    if found is None:
        return
    yield Heading(words(N_("Registration record")))
    yield facts(words, registration_rows(found))
    groups = _groups(sheet, found)
    rows = (*groups.get(OBJECT, ()), *groups.get(HISTORY, ()))
    yield Facts(tuple(_entry(words, row) for row in rows))
    yield from _missing(words, found)
    if found.description_zh:
        yield Heading(words(N_("Description of the collateral, as it is typed in")), 2)
        if words.language != "zh":
            yield Prose(words(_IN_CHINESE), small=True)
        for line in filter(None, map(str.strip, found.description_zh.splitlines())):
            yield Prose(free(line))
    yield from named(words, N_("History of the registration"), history_table(found))
    yield from named(words, N_("Attachments"), attachment_table(sheet.case))


def _missing(words: Words, found: RegistrationResult) -> Iterator[Block]:
    """What the system asks for and nobody entered, as a red list."""
    if registration_missing(found).empty:
        return
    specs = [spec for path in found.missing if (spec := spec_at(path)) is not None]
    yield Flags(
        title=words(N_("Missing in the record")),
        red_label=words(MISSING),
        warning_label=words(MISSING),
        none=NOTHING,
        flags=tuple(
            Flag(
                red=True,
                text=words(spec.field.label),
                rule=words(spec.field.group),
            )
            for spec in specs
        ),
    )
