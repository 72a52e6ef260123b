"""What the term sheet says of the security: the right and its value, collaterals, registration."""

from collections.abc import Iterator

from app.finance.case.case import Case
from app.finance.case.lending.security import CollateralKind
from app.finance.case.loan import Loan
from app.finance.case.project import Project
from app.finance.engine import Results
from app.finance.fields import choice_label
from app.finance.lending.description import pledged_quantity
from app.finance.lending.legal_cautions import valid_until
from app.finance.lending.results import LoanResult, SecurityResult
from app.formats import money, number, percent
from app.i18n import N_
from app.messages.lending_words import CASE_VALUES
from app.reports.document import Block, Facts, Heading, Words
from app.reports.facility_facts import label_of
from app.reports.fact_grids import grids
from app.reports.fact_tables import FactTable, free_row, without, without_empty
from app.reports.insurance_facts import policy_rows
from app.reports.security_facts import collateral_table
from app.reports.value_blocks import fact
from app.reports.value_facts import FactRow, level_rows

_KEPT = (0, 1, 2, 6, 8, 9, 10, 11)
"""Columns of the collaterals that a term sheet has: name, value, ratio, lendable, rank, loan."""

_POLICY = ("insurance.insurer", "insurance.first_beneficiary", "insurance.policy_no")
_NO_INSURANCE = N_("none entered; to be agreed in the contract")


def security(words: Words, case: Case, results: Results) -> Iterator[Block]:
    """The income right with its value, every collateral, account, insurance, registration."""
    terms, loan = case.loan, results.loan
    if terms is None or loan is None:
        return
    yield Heading(words(N_("Security")))
    rows = (*right_rows(case, results), *value_rows(case, results, loan))
    yield Facts(tuple(fact(words, row) for row in rows))
    yield from grids(words, collateral_lines(loan.security))
    rows = (*account_rows(terms), *insurance_rows(case), *registration_rows(terms, loan))
    yield Facts(tuple(fact(words, row) for row in rows))


def right_rows(case: Case, results: Results) -> Iterator[FactRow]:
    """Return project, carrier, registry, methodology, certificate, ends, tonnes and share."""
    project, terms = case.project, case.loan
    record = None if terms is None else terms.registration
    yield free_row(label_of("project.name"), project.name)
    yield FactRow(
        label_of("project.ecosystem"), words=choice_label(Project, "ecosystem", project.ecosystem)
    )
    registry = (record.registry if record else "") or project.registry_id
    yield free_row(N_("Registry number"), registry)
    yield free_row(label_of("project.methodology"), project.methodology)
    if record is not None and record.sea_area_certificate:
        label = label_of("loan.registration.sea_area_certificate")
        yield free_row(label, record.sea_area_certificate)
    for path in ("sea_area_right_end", "crediting_end", "contract_end"):
        end = getattr(project, path)
        if end is not None:
            yield FactRow(label_of(f"project.{path}"), end.isoformat())
    found = pledged_quantity(case, results.carbon)
    if found.vintages is not None:
        first, last = found.vintages
        yield free_row(N_("Vintages pledged"), f"{first} – {last}" if last > first else f"{first}")
    yield FactRow(N_("Tonnes pledged"), number(found.tonnes), "tCO2e")
    yield FactRow(N_("Share of the right pledged"), percent(found.share))


def value_rows(case: Case, results: Results, loan: LoanResult) -> Iterator[FactRow]:
    """Return the value the loan is sized on, who found it when, up to when it holds, the ratio."""
    terms, appraisal = case.loan, case.appraisal
    if terms is None or appraisal is None:
        return
    chosen = next((row for row in level_rows(case, results) if row.chosen), None)
    yield FactRow(
        N_("Value the loan is sized on"),
        money(loan.basis_value_yuan),
        "yuan",
        chosen.step if chosen else "",
        strong=True,
        note=CASE_VALUES[terms.valuation_basis.value],
    )
    engagement = appraisal.engagement
    firm = "" if engagement is None else engagement.firm
    record = terms.registration
    report = (record.report_no if record else "") or (
        engagement.report_number if engagement else ""
    )
    yield free_row(N_("Appraisal firm and report"), " · ".join(filter(None, (firm, report))))
    yield FactRow(label_of("appraisal.valuation_date"), appraisal.valuation_date.isoformat())
    yield FactRow(N_("Appraisal valid until"), valid_until(appraisal).isoformat())
    yield FactRow(label_of("loan.pledge_ratio"), percent(terms.pledge_ratio))
    secured = loan.security.secured_amount_yuan
    if secured is not None:
        yield FactRow(N_("Amount to be registered as secured"), money(secured), "yuan")


def collateral_lines(found: SecurityResult) -> FactTable:
    """Return the collaterals with value, ratio, what they can carry, rank and loan on them."""
    table = collateral_table(found)
    kept = without(table, set(range(len(table.heads))) - set(_KEPT))
    return without_empty(kept, (1,)) if len(found.lines) == 1 else kept


def account_rows(terms: Loan) -> Iterator[FactRow]:
    """Return the specified account, its bank, and security that is no collateral line."""
    for name in ("specified_account", "account_bank"):
        yield free_row(label_of(f"loan.{name}"), getattr(terms, name))
    if terms.other_security:
        yield free_row(label_of("loan.other_security"), terms.other_security)


def insurance_rows(case: Case) -> Iterator[FactRow]:
    """Return insurer, policy, beneficiary and sum of the policy; who assigns a claim else."""
    if case.insurance is not None:
        labels = {label_of(path) for path in _POLICY}
        yield from (row for row in policy_rows(case.insurance) if row.label in labels)
        return
    lines = () if case.loan is None else case.loan.collaterals
    assigned = [line for line in lines if line.kind is CollateralKind.INSURANCE_ASSIGNMENT]
    if not assigned:
        yield FactRow(N_("Insurance"), words=_NO_INSURANCE)
    for line in assigned:
        said = N_("{name}; {amount} yuan, in force to {day}")
        day = "–" if line.valid_until is None else line.valid_until.isoformat()
        facts = {"name": line.name or "–", "amount": money(line.value_yuan), "day": day}
        yield FactRow(N_("Insurance assigned"), words=said, facts=facts)


def registration_rows(terms: Loan, loan: LoanResult) -> Iterator[FactRow]:
    """Return class, number, end and search of the registration."""
    found, record = loan.registration, terms.registration
    if record is not None:
        category = choice_label(type(record), "category", record.category)
        yield FactRow(N_("Class of the registration"), words=category)
    ends = terms.registration_end if found is None else found.ends
    registered = (found.number if found else "") or terms.registration_no
    yield free_row(label_of("loan.registration_no"), registered)
    yield FactRow(label_of("loan.registration_end"), "–" if ends is None else ends.isoformat())
    search = " · ".join(filter(None, (terms.query_certificate_no, str(terms.query_day or ""))))
    yield free_row(N_("Query certificate and day"), search)
