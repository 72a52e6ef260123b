"""Prints a document of a computed case: kind, stamp, approval."""

from datetime import date
from typing import TYPE_CHECKING, Literal

from app.finance.errors import DomainError
from app.messages import domain_problem
from app.reference.tables import Reference
from app.reports.kinds import TERM_SHEET, Choice, document_number, refusal
from app.reports.stamp import Stamp
from app.services.case_file import CaseRefused
from app.services.ports import Approval
from app.version import VERSION

if TYPE_CHECKING:
    from app.services.changes import Changes
    from app.services.workbench import Computed

Language = Literal["zh", "en", "both"]


def print_document(
    computed: "Computed",
    *,
    reference: Reference,
    language: Language,
    issued_on: date,
    choice: Choice = TERM_SHEET,
    version: int | None = None,
    approval: Approval | None = None,
    changed: "Changes | None" = None,
) -> bytes:
    """Draw a document of a computed case; `changed` says what the version before was not.

    Raises:
        CaseRefused: the case has no such document, or a text holds a character that the document
            font cannot draw.
    """
    from app.reports.documents import document_pdf  # noqa: PLC0415 - reportlab on demand

    case = computed.file.case
    problem = refusal(choice, case)
    if problem is not None:
        raise CaseRefused([problem])
    stamp = Stamp(
        program_version=VERSION,
        data_version=reference.data_version,
        input_hash=computed.input_hash,
        case_version=version,
        document_no=document_number(choice, case, computed.input_hash, version),
        issued_on=issued_on,
        approved=approval is not None,
        prepared_by=approval.prepared_by if approval else "",
        approved_by=approval.approved_by if approval else "",
        approved_on=approval.approved_at.date() if approval else None,
    )
    try:
        return document_pdf(
            computed.file,
            computed.results,
            stamp,
            language=language,
            choice=choice,
            changes=changed,
        )
    except DomainError as error:
        raise CaseRefused([domain_problem(error)]) from error
