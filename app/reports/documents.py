"""Draws each kind of document: one builder by kind."""

from typing import Literal

from app.finance.case.case import Case, CaseFile
from app.finance.engine import Results
from app.finance.fields import fields_of
from app.reports.change_section import Changes
from app.reports.fonts import checked
from app.reports.kinds import TERM_SHEET, Choice, DocumentKind
from app.reports.pdf import draw
from app.reports.quotation import build_quotation
from app.reports.settlement_letter import build_payment_letter
from app.reports.slip import build_slip
from app.reports.stamp import Stamp
from app.reports.term_sheet import build_term_sheet

Language = Literal["zh", "en", "both"]


def document_pdf(
    file: CaseFile,
    results: Results,
    stamp: Stamp,
    *,
    language: Language,
    choice: Choice = TERM_SHEET,
    changes: Changes | None = None,
) -> bytes:
    """Return a document as PDF; the same input gives the same bytes.

    The case must be able to print it (`kinds.refusal`). `changes` are told in a term sheet only.

    Raises:
        DomainError: `missing_glyph` when a text cannot be drawn with the document fonts.
    """
    check_texts(file)
    match choice.kind:
        case DocumentKind.TERM_SHEET:
            document = build_term_sheet(file, results, stamp, language, changes)
        case DocumentKind.QUOTATION:
            document = build_quotation(file, results, stamp, language)
        case DocumentKind.SLIP:
            document = build_slip(file, results, stamp, language)
        case _:
            document = build_payment_letter(file, results, stamp, language, choice.event)
    return draw(document, issued_on=stamp.issued_on)


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
