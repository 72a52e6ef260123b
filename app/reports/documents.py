"""Draws each kind of document: one builder by kind."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Literal

from app.finance.case.case import Case, CaseFile
from app.finance.fields import fields_of
from app.formats import negatives
from app.reports.appraisal_report import build_appraisal_report
from app.reports.case_record import build_record
from app.reports.committee_memo import build_committee_memo
from app.reports.document import Document
from app.reports.drawdown_checklist import build_drawdown_checklist
from app.reports.fonts import checked
from app.reports.house import Negative
from app.reports.kinds import DocumentKind
from app.reports.margin_call import build_margin_call
from app.reports.monitoring_report import build_monitoring_report
from app.reports.pdf import draw
from app.reports.pledge_list import build_pledge_list
from app.reports.policy_schedule import build_policy_schedule
from app.reports.quotation import build_quotation
from app.reports.release_letter import build_release_letter
from app.reports.repayment_schedule import build_repayment_schedule
from app.reports.settlement_letter import build_payment_letter
from app.reports.sheet import Sheet
from app.reports.slip import build_slip
from app.reports.term_sheet import build_term_sheet

Language = Literal["zh", "en", "both"]

BUILDERS: Mapping[DocumentKind, Callable[[Sheet], Document]] = {
    DocumentKind.TERM_SHEET: build_term_sheet,
    DocumentKind.COMMITTEE_MEMO: build_committee_memo,
    DocumentKind.APPRAISAL_REPORT: build_appraisal_report,
    DocumentKind.REPAYMENT_SCHEDULE: build_repayment_schedule,
    DocumentKind.PLEDGE_LIST: build_pledge_list,
    DocumentKind.DRAWDOWN_CHECKLIST: build_drawdown_checklist,
    DocumentKind.MONITORING_REPORT: build_monitoring_report,
    DocumentKind.MARGIN_CALL: build_margin_call,
    DocumentKind.RELEASE_LETTER: build_release_letter,
    DocumentKind.QUOTATION: build_quotation,
    DocumentKind.SLIP: build_slip,
    DocumentKind.POLICY_SCHEDULE: build_policy_schedule,
    DocumentKind.PAYMENT_LETTER: build_payment_letter,
    DocumentKind.CASE_RECORD: build_record,
}


def document_pdf(kind: DocumentKind, sheet: Sheet) -> bytes:
    """Return a document as PDF; the same input gives the same bytes.

    The case must be able to print it (`kinds.refusal`).

    Raises:
        DomainError: `missing_glyph` when a text cannot be drawn with the document fonts.
    """
    check_texts(sheet.file)
    with negatives(bracketed=sheet.house.negative is Negative.PARENTHESES):
        document = BUILDERS[kind](sheet)
        named = replace(document, facts={**document.facts, "kind": kind.value})
        return draw(named, issued_on=sheet.stamp.issued_on)


def check_texts(file: CaseFile) -> None:
    """Check that every text entered in the case can be drawn.

    Raises:
        DomainError: `missing_glyph`, with the path of the input.
    """
    for spec in fields_of(Case):
        value = file.value_at(spec.path)
        if spec.table:
            for number, line in enumerate(value or ()):
                for column in fields_of(spec.kind):
                    _check(getattr(line, column.name), f"{spec.path}.{number}.{column.name}")
        else:
            _check(value, spec.path)
    for path, entry in file.provenance.items():
        _check(entry.source, path)


def _check(value: object, path: str) -> None:
    if isinstance(value, str):
        checked(value, path)
