"""The term sheet: an indicative offer of a loan, a quotation, or the appraisal of a right."""

from typing import Literal

from app.finance.case.case import CaseFile
from app.finance.engine import Results
from app.i18n import N_
from app.reports import annex, sections
from app.reports.document import (
    Block,
    Document,
    Fact,
    Facts,
    NewPage,
    Signatures,
    Text,
    Words,
    free,
)
from app.reports.pdf import draw
from app.reports.stamp import Stamp


def _title(file: CaseFile) -> str:
    if file.case.loan is not None:
        return N_("Indicative term sheet: pledge of a carbon-sink income right")
    if file.case.insurance is not None:
        return N_("Indicative quotation: blue-carbon insurance")
    return N_("Appraisal of a carbon-sink income right")


def _identity(words: Words, stamp: Stamp) -> Facts:
    version = str(stamp.case_version) if stamp.case_version is not None else "–"
    status = words(N_("approved")) if stamp.approved else words(N_("draft"))
    return Facts(
        (
            Fact(words(N_("Document number")), free(stamp.document_no)),
            Fact(words(N_("Issued on")), free(stamp.issued_on.isoformat())),
            Fact(words(N_("Status")), status),
            Fact(words(N_("Version of the case")), free(version)),
        )
    )


def _signatures(words: Words, stamp: Stamp) -> Signatures:
    approved_on = stamp.approved_on.isoformat() if stamp.approved_on else ""
    return Signatures(
        (
            (words(N_("Prepared by")), stamp.prepared_by, ""),
            (words(N_("Reviewed by")), "", ""),
            (words(N_("Approved by")), stamp.approved_by, approved_on),
        )
    )


def build_term_sheet(file: CaseFile, results: Results, stamp: Stamp, language: str) -> Document:
    """Say what the sheet says; nothing is drawn yet."""
    words = Words(language)
    blocks: list[Block] = [
        _identity(words, stamp),
        *sections.rate_first(words, file, results),
        *sections.notices(words, results),
        *sections.facility(words, file, results),
        *sections.values(words, file, results),
        *sections.sizing(words, file, results),
        *sections.insurance(words, file, results),
        *sections.project(words, file),
        *sections.carbon(words, file, results),
        *sections.closing(words),
        _signatures(words, stamp),
        NewPage(),
        *annex.schedule(words, results),
        *annex.cash_flow(words, results),
        *annex.inputs(words, file),
        *annex.workings(words, results),
    ]
    footer = words(
        N_("Program {program} · data {data} · inputs {digest}"),
        program=stamp.program_version,
        data=stamp.data_version,
        digest=stamp.input_hash[:16],
    )
    title = words(_title(file))
    lender = file.case.loan.lender if file.case.loan is not None else ""
    insurer = file.case.insurance.insurer if file.case.insurance is not None else ""
    return Document(
        title=title,
        subject=file.case.project.name,
        status=words(N_("approved")) if stamp.approved else words(N_("draft")),
        watermark=() if stamp.approved else _lines(words(N_("DRAFT"))),
        header=(lender or insurer or "Blue Carbon Desk 蓝碳金融工作台", stamp.document_no),
        footer=_lines(footer),
        page_label=words(N_("Page {page} of {pages}")).leading,
        language=language,
        blocks=tuple(blocks),
        step_numbers={step.key: index for index, step in enumerate(results.working, start=1)},
    )


def _lines(text: Text) -> tuple[str, ...]:
    return text.lines


def term_sheet_pdf(
    file: CaseFile, results: Results, stamp: Stamp, *, language: Literal["zh", "en", "both"]
) -> bytes:
    """Return the term sheet as PDF; the same input gives the same bytes.

    Raises:
        DomainError: `missing_glyph` when a text cannot be drawn with the document fonts.
    """
    return draw(build_term_sheet(file, results, stamp, language), issued_on=stamp.issued_on)
