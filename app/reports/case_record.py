"""The case record: everything that a case holds, from the first figure to the last working."""

from collections.abc import Iterator

from app.finance.case.case import CaseFile
from app.finance.engine import Results
from app.i18n import N_
from app.reports import (
    annex,
    carbon_annex,
    carbon_sections,
    change_section,
    engagement_section,
    insurance_sections,
    loan_annex,
    loan_life_sections,
    loan_risk_sections,
    loan_sections,
    right_sections,
    value_annex,
    value_sections,
)
from app.reports.conventions import conventions
from app.reports.document import Block, Document, NewPage, Text, Words
from app.reports.frame import NOT_BINDING, framed, identity, signed
from app.reports.inputs_annex import inputs
from app.reports.sheet import Sheet


def _title(file: CaseFile) -> str:
    if file.case.loan is not None:
        return N_("Case record: pledge of a carbon-sink income right")
    if file.case.insurance is not None:
        return N_("Case record: blue-carbon insurance")
    if file.case.appraisal is not None:
        return N_("Case record: appraisal of a carbon-sink income right")
    return N_("Account of removals and credits")


def _statement(words: Words, file: CaseFile) -> Text:
    """What the record is not."""
    if file.case.appraisal is None and file.case.insurance is None:
        return words(
            N_(
                "Computed by the program from the inputs listed in the annex. It is no report of a "
                "verifier and gives no claim to credits."
            )
        )
    return words(NOT_BINDING)


def _value_sections(words: Words, file: CaseFile, results: Results) -> Iterator[Block]:
    """What the values rest on and what would move them; the levels stand before."""
    yield from value_sections.evidence(words, results)
    yield from value_sections.waterfall(words, results)
    yield from value_sections.approaches(words, results)
    yield from value_sections.issued(words, results)
    yield from value_sections.options(words, results)
    yield from value_sections.scenarios(words, file, results)
    yield from value_sections.simulation(words, results)
    yield from value_sections.sensitivity(words, results)
    yield from value_sections.cost_tool(words, results)


def _loan(words: Words, file: CaseFile, results: Results) -> Iterator[Block]:
    """Collaterals, sizing, repayment, what the loan withstands, conditions, record and life."""
    yield from loan_sections.collaterals(words, file, results)
    yield from loan_sections.sizing(words, file, results)
    yield from loan_risk_sections.path(words, results)
    yield from loan_risk_sections.schedule_summary(words, file, results)
    yield from loan_risk_sections.cover(words, results)
    yield from loan_risk_sections.stress(words, results)
    yield from loan_risk_sections.checklist(words, results)
    yield from loan_life_sections.green(words, file, results)
    yield from loan_life_sections.registration(words, file, results)
    yield from loan_life_sections.life(words, results)


def build_record(sheet: Sheet) -> Document:
    """Say what the record says; nothing is drawn yet."""
    words, file, results = sheet.words, sheet.file, sheet.results
    case = file.case
    insurance = tuple(insurance_sections.insurance(words, file, results))
    blocks: list[Block] = [
        identity(sheet),
        *loan_sections.rate_first(words, file, results),
        *insurance_sections.premium_first(words, results),
        *right_sections.flags(words, results, approved=sheet.stamp.approved),
        *(insurance if case.loan is None else ()),
        *right_sections.levels(words, file, results),
        *loan_sections.facility(words, file, results),
        *right_sections.project(words, file),
        *_loan(words, file, results),
        *right_sections.basis(words, file, results),
        *change_section.changes(words, sheet.changes),
        *_value_sections(words, file, results),
        *engagement_section.engagement(words, file),
        *carbon_sections.carbon(words, file, results),
        *(insurance if case.loan is not None else ()),
        *right_sections.notes(words, file),
        signed(sheet, _statement(words, file)),
        NewPage(),
        *loan_annex.schedule(words, results),
        *loan_annex.life(words, results),
        *value_annex.cash_flow(words, results),
        *value_annex.comparables(words, file, results),
        *value_annex.two_way_grid(words, results),
        *value_annex.prices_drawn(words, results),
        *value_annex.tool_years(words, results),
        *carbon_annex.years(words, results),
        *carbon_annex.ranges(words, results),
        *carbon_annex.vintages(words, results),
        *carbon_annex.ledger(words, results),
        *carbon_annex.markets(words, results),
        *conventions(words, file, results),
        *inputs(words, file),
        *annex.workings(words, results),
        *loan_annex.credit(words, file, results),
    ]
    lender = case.loan.lender if case.loan is not None else ""
    insurer = case.insurance.insurer if case.insurance is not None else ""
    return framed(
        sheet,
        words(_title(file)),
        blocks,
        house=lender or insurer,
        steps=annex.printed_steps(results),
    )
