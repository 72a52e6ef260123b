"""Documents of a case as the tests ask for them: by the parts of a sheet, under known stamps."""

from dataclasses import replace
from datetime import date

from app.finance.case.case import CaseFile
from app.finance.engine import Results
from app.reports import case_record, documents, slip
from app.reports.change_section import Changes
from app.reports.document import Document, Words
from app.reports.kinds import Choice
from app.reports.sheet import Sheet
from app.reports.stamp import Stamp

DRAFT = Stamp(
    program_version="0.1.0",
    data_version="2026-10",
    input_hash="0123456789abcdef" * 4,
    case_version=3,
    document_no="TS-01234567-v3",
    issued_on=date(2026, 11, 21),
    approved=False,
    prepared_by="",
    approved_by="",
    approved_on=None,
)
APPROVED = replace(
    DRAFT, approved=True, prepared_by="陈堃", approved_by="王喆", approved_on=date(2026, 11, 20)
)
FINAL = replace(APPROVED, final=True)


def build_record(
    file: CaseFile,
    results: Results,
    stamp: Stamp,
    language: str,
    changes: Changes | None = None,
) -> Document:
    """Return the case record."""
    return case_record.build_record(Sheet(file, results, stamp, Words(language), changes=changes))


def build_slip(file: CaseFile, results: Results, stamp: Stamp, language: str) -> Document:
    """Return the slip."""
    return slip.build_slip(Sheet(file, results, stamp, Words(language)))


def document_pdf(
    file: CaseFile,
    results: Results,
    stamp: Stamp,
    *,
    language: str,
    choice: Choice | None = None,
    changes: Changes | None = None,
) -> bytes:
    """Return a document as PDF; the case record by default."""
    chosen = choice or Choice()
    words = Words(language)
    sheet = Sheet(file, results, stamp, words, changes=changes, event=chosen.event)
    return documents.document_pdf(chosen.kind, sheet)
