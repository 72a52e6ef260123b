"""Documents of a case as the tests ask for them: by the parts of a sheet."""

from app.finance.case.case import CaseFile
from app.finance.engine import Results
from app.reports import case_record, documents, slip
from app.reports.change_section import Changes
from app.reports.document import Document, Words
from app.reports.kinds import Choice
from app.reports.sheet import Sheet
from app.reports.stamp import Stamp


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
