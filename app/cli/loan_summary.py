"""The loan of a case as lines of text for a terminal: everything that was found."""

from collections.abc import Callable, Iterator
from itertools import groupby

from app.cli.fact_lines import MARK, fact_lines, named_table, section
from app.finance.case.case import Case
from app.finance.case.loan import Loan
from app.finance.lending.results import LoanResult
from app.i18n import N_, Translator
from app.messages.lending_words import STRESS_NOTE
from app.reports.cover_facts import cover_rows, cover_table, path_rows
from app.reports.credit_facts import (
    credit_missing,
    credit_rows,
    ecl_scenario_table,
    ecl_table,
)
from app.reports.due_facts import checklist_table, due_table
from app.reports.fact_tables import FactCell
from app.reports.green_facts import green_missing, green_rows, kpi_table
from app.reports.life_facts import (
    call_rows,
    event_table,
    ledger_table,
    state_rows,
    watch_table,
    waterfall_table,
)
from app.reports.loan_facts import (
    amount_rows,
    annualised_rows,
    contract_rows,
    ratio_rows,
    remedy_table,
    repayment_rows,
    schedule_table,
    sizing_table,
)
from app.reports.registration_facts import (
    attachment_table,
    history_table,
    record_rows,
    registration_missing,
    registration_rows,
)
from app.reports.security_facts import collateral_table, security_rows
from app.reports.stress_facts import heat_tables, stress_table
from app.services.workbench import Computed

_MARKED = N_("{mark} stands before what binds or does not suffice.")
"""Says what the sign before a line means."""


def loan_lines(computed: Computed, tr: Translator) -> Iterator[str]:
    """Yield rate, sizing, collaterals, schedule, cover, stress, credit, registration, life, green.

    The annualised rate goes first; 中国人民银行公告〔2021〕第3号.
    """
    case, loan = computed.file.case, computed.results.loan
    if loan is None or case.loan is None:
        yield tr(N_("This case asks for no loan."))
        return
    terms = case.loan
    yield from fact_lines((*annualised_rows(loan), *contract_rows(loan)), tr)
    yield tr(_MARKED).format(mark=MARK)
    yield tr(N_("Money without a unit is in yuan."))
    parts: tuple[tuple[str, Callable[[Translator], Iterator[str]]], ...] = (
        (N_("Sizing"), lambda t: _sizing(loan, t)),
        (N_("Collaterals"), lambda t: _security(loan, t)),
        (N_("Repayment schedule"), lambda t: _schedule(terms, loan, t)),
        (N_("Cover by cash"), lambda t: _cover(loan, t)),
        (N_("Loan over remaining value"), lambda t: _path(loan, t)),
        (N_("Stress"), lambda t: _stress(loan, t)),
        (N_("Credit risk and return"), lambda t: _credit(terms, loan, t)),
        (N_("Registration record"), lambda t: _registration(case, loan, t)),
        (N_("Life of the loan"), lambda t: _life(loan, t)),
        (N_("What is due"), lambda t: _due(loan, t)),
        (N_("Checklist"), lambda t: named_table(checklist_table(loan.checklist), t)),
        (N_("Green classification"), lambda t: _green(case, loan, t)),
    )
    for heading, lines in parts:
        yield from section(heading, lines(tr), tr)


def _sizing(loan: LoanResult, tr: Translator) -> Iterator[str]:
    yield from fact_lines(amount_rows(loan), tr)
    yield from named_table(sizing_table(loan), tr)
    name = N_("What would have to change for the amount asked")
    yield from named_table(remedy_table(loan), tr, name)
    yield from fact_lines(ratio_rows(loan), tr)


def _security(loan: LoanResult, tr: Translator) -> Iterator[str]:
    yield from named_table(collateral_table(loan.security), tr)
    yield from fact_lines(security_rows(loan.security), tr)


def _schedule(terms: Loan, loan: LoanResult, tr: Translator) -> Iterator[str]:
    yield from fact_lines(repayment_rows(terms, loan), tr)
    yield from named_table(schedule_table(loan), tr)


def _cover(loan: LoanResult, tr: Translator) -> Iterator[str]:
    if loan.cover.years:
        yield from fact_lines(cover_rows(loan.cover), tr)
        yield from named_table(cover_table(loan.cover), tr)


def _path(loan: LoanResult, tr: Translator) -> Iterator[str]:
    if loan.path.points or loan.path.reason:
        yield from fact_lines(path_rows(loan.path), tr)


def _stress(loan: LoanResult, tr: Translator) -> Iterator[str]:
    stresses = stress_table(loan.stress)
    if stresses is None:
        return
    yield from named_table(stresses, tr)
    yield tr(STRESS_NOTE)
    if loan.stress.heat is not None:
        for name, heat in heat_tables(loan.stress.heat):
            yield from named_table(heat, tr, name)


def _named(message: str, found: FactCell, tr: Translator) -> Iterator[str]:
    """Yield the sentence that lists what is missing; nothing when nothing is."""
    if not found.empty:
        yield tr(message).format(inputs=found.said(tr))


def _credit(terms: Loan, loan: LoanResult, tr: Translator) -> Iterator[str]:
    credit = loan.credit
    if credit is None:
        return
    yield from fact_lines(credit_rows(terms, credit), tr)
    yield from named_table(ecl_table(credit), tr, N_("Expected credit loss by year"))
    yield from named_table(ecl_scenario_table(credit), tr, N_("Expected credit loss by scenario"))
    message = N_("These figures need more inputs: {inputs}.")
    yield from _named(message, credit_missing(credit), tr)


def _registration(case: Case, loan: LoanResult, tr: Translator) -> Iterator[str]:
    found = loan.registration
    if found is None:
        return
    yield from fact_lines(registration_rows(found), tr)
    for group, pairs in groupby(record_rows(case, found), key=lambda pair: pair[0]):
        yield tr(group)
        yield from fact_lines([row for _, row in pairs], tr)
    yield from _named(N_("Not entered yet: {inputs}."), registration_missing(found), tr)
    if found.description_zh:
        yield tr(N_("Description of the collateral, as it is typed in"))
        yield found.description_zh
    yield from named_table(history_table(found), tr, N_("History of the registration"))
    yield from named_table(attachment_table(case), tr, N_("Attachments"))


def _life(loan: LoanResult, tr: Translator) -> Iterator[str]:
    life = loan.life
    if life is None:
        return
    yield from fact_lines((*state_rows(life), *call_rows(life)), tr)
    yield from named_table(ledger_table(life), tr, N_("Ledger"))
    yield from named_table(watch_table(life), tr, N_("Coverage watched"))
    yield from named_table(event_table(life), tr, N_("Events"))
    yield from named_table(waterfall_table(life), tr, N_("Disposal of the security"))


def _due(loan: LoanResult, tr: Translator) -> Iterator[str]:
    if loan.life is not None:
        yield from named_table(due_table(loan.life.due), tr)


def _green(case: Case, loan: LoanResult, tr: Translator) -> Iterator[str]:
    found = loan.green
    if found is None:
        return
    yield from fact_lines(green_rows(case, found), tr)
    yield from named_table(kpi_table(found), tr, N_("Indicators tested"))
    yield from _named(N_("Not entered yet: {inputs}."), green_missing(found), tr)
