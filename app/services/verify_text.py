"""What a verification says, line by line: the same in the window and on the command line."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.i18n import N_, Translator
from app.messages.document_words import LANGUAGE_NAMES, STATUS_NAMES
from app.messages.verify_words import FINDINGS, VERDICTS
from app.reports.kinds import KIND_NAMES
from app.services.verifying import Verification

_SAYS = {
    "number": N_("Document number"),
    "kind": N_("Document"),
    "status": N_("Status"),
    "issued_on": N_("Issued on"),
    "code": N_("Code of the case"),
    "version": N_("Version of the case"),
    "inputs": N_("Hash of the inputs"),
    "program": N_("Program"),
    "data": N_("Data"),
    "template": N_("Template"),
    "language": N_("Language"),
}


@dataclass(frozen=True, slots=True)
class VerificationText:
    """The verdict, what was found, what the file says of itself, who signed, what the book knows.

    `says` are labels and values.
    """

    verdict: str
    findings: tuple[str, ...]
    says: tuple[tuple[str, str], ...]
    signatures: tuple[str, ...]
    book: tuple[str, ...]


def verification_text(found: Verification, tr: Translator) -> VerificationText:
    """Return the texts of a verification in a language."""
    return VerificationText(
        tr(VERDICTS[found.verdict]),
        tuple(tr(FINDINGS[finding.code]).format(**finding.facts) for finding in found.findings),
        tuple(_says(found, tr)),
        tuple(_signatures(found, tr)),
        tuple(_book(found, tr)),
    )


def _says(found: Verification, tr: Translator) -> Iterator[tuple[str, str]]:
    named = {"kind": KIND_NAMES, "language": LANGUAGE_NAMES, "status": STATUS_NAMES}
    for key, label in _SAYS.items():
        value = found.says.get(key, "")
        if value:
            yield tr(label), tr(named.get(key, {}).get(value, value))


def _signatures(found: Verification, tr: Translator) -> Iterator[str]:
    for signature in found.signatures:
        stated = signature.stated_at
        yield tr(N_("Signed by {signer} at {time}, as stated: {reason}")).format(
            signer=signature.signer,
            time="–" if stated is None else f"{stated.astimezone():%Y-%m-%d %H:%M %z}",
            reason=signature.reason or "–",
        )


def _book(found: Verification, tr: Translator) -> Iterator[str]:
    if found.book is None:
        return
    if not found.book.versions:
        yield tr(N_("The book has no case that the file belongs to."))
    for entry in found.book.versions:
        yield tr(
            N_("In the book: {case}, version {version} of {newest}, case no. {number}")
        ).format(
            case=entry.name, version=entry.version, newest=entry.newest, number=entry.case_id
        )  # fmt: skip
    approval = found.book.approval
    if approval is not None:
        yield tr(N_("Approved by {approver} on {day}, prepared by {maker}")).format(
            approver=approval.approved_by,
            day=approval.approved_at.astimezone().date().isoformat(),
            maker=approval.prepared_by,
        )
