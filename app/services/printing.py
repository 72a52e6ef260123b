"""Prints a document of a computed case: kind, stamp, approval."""

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Literal

from app.finance.errors import DomainError
from app.messages import domain_problem
from app.reference.tables import Reference
from app.reports.document import Words
from app.reports.house import House
from app.reports.kinds import Choice, DocumentKind, draft_number, main_choice, refusal
from app.reports.sheet import Sheet
from app.reports.stamp import Stamp
from app.services.case_file import CaseRefused
from app.services.computing import Computed
from app.services.ports import Approval
from app.version import VERSION

if TYPE_CHECKING:
    from app.services.changes import Changes

Language = Literal["zh", "en", "both"]

UNDRAWN = frozenset(
    {
        DocumentKind.REPAYMENT_SCHEDULE,
        DocumentKind.PLEDGE_LIST,
        DocumentKind.DRAWDOWN_CHECKLIST,
        DocumentKind.MARGIN_CALL,
        DocumentKind.RELEASE_LETTER,
        DocumentKind.PAYMENT_LETTER,
    }
)
"""Documents that show nothing of what is drawn (ranges, sensitivity, the model of prices) nor of
what the version before was: they are printed without computing it."""


def shows_drawn(choice: Choice | None) -> bool:
    """Whether a document shows something of what is drawn; that a case is made for always may."""
    return choice is None or choice.kind not in UNDRAWN


def stamp_of(
    input_hash: str,
    number: str,
    *,
    data_version: str,
    issued_on: date,
    version: int | None,
    approval: Approval | None,
) -> Stamp:
    """Return the identity of what is not final, made without a template."""
    return Stamp(
        program_version=VERSION,
        data_version=data_version,
        input_hash=input_hash,
        case_version=version,
        document_no=number,
        issued_on=issued_on,
        approved=approval is not None,
        prepared_by=approval.prepared_by if approval else "",
        approved_by=approval.approved_by if approval else "",
        approved_on=approval.approved_at.date() if approval else None,
    )


def print_document(
    computed: Computed,
    *,
    reference: Reference,
    language: Language,
    issued_on: date,
    choice: Choice | None = None,
    version: int | None = None,
    approval: Approval | None = None,
    changed: "Changes | None" = None,
    house: House | None = None,
    number: str = "",
) -> bytes:
    """Draw a document of a computed case; without a choice that which the case is made for.

    `changed` says what the version before was not, `house` is the template. With a `number` the
    document is final: that takes an approval.

    Raises:
        CaseRefused: the case has no such document, or a text holds a character that the document
            font cannot draw.
        ValueError: a number without an approval.
    """
    from app.reports.documents import document_pdf  # noqa: PLC0415 - reportlab on demand

    if number and approval is None:
        raise ValueError("a final document without an approval")
    case, template = computed.file.case, house or House()
    chosen = choice or main_choice(case)
    problem = refusal(chosen, case, computed.results)
    if problem is not None:
        raise CaseRefused([problem])
    stamp = stamp_of(
        computed.input_hash,
        number or draft_number(chosen, case, computed.input_hash, version),
        data_version=reference.data_version,
        issued_on=issued_on,
        version=version,
        approval=approval,
    )
    stamp = replace(stamp, final=bool(number), template=template.digest)
    sheet = Sheet(
        computed.file,
        computed.results,
        stamp,
        Words(language),
        template,
        changes=changed,
        event=chosen.event,
    )
    try:
        return document_pdf(chosen.kind, sheet)
    except DomainError as error:
        raise CaseRefused([domain_problem(error)]) from error
