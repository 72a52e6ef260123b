"""Says whether a PDF is untouched and what it belongs to: the file itself, then the book."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from app.services.file_check import MAX_BYTES, Finding, Judged, Verdict, judge
from app.services.ports import Approval, DocumentEntry, VersionEntry
from app.services.signature_check import SignatureFacts, Trust

if TYPE_CHECKING:
    from asn1crypto.x509 import Certificate

    from app.services.issuing import Issuing


@dataclass(frozen=True, slots=True)
class InBook:
    """What the book knows of a file.

    `document` is the one that was issued, `versions` are those the file belongs to: one for an
    issued document, else all that have its code. `approval` is that of the first of them.
    """

    document: DocumentEntry | None = None
    versions: Sequence[VersionEntry] = ()
    approval: Approval | None = None


@dataclass(frozen=True, slots=True)
class Verification:
    """The verdict on a file and what it rests on; `book` is None when no book was asked."""

    verdict: Verdict
    findings: tuple[Finding, ...]
    says: Mapping[str, str]
    signatures: tuple[SignatureFacts, ...]
    book: InBook | None
    size: int
    sha256: str
    """Of what was read: at most `file_check.MAX_BYTES` and one."""

    def noted(self, code: str, **facts: object) -> "Verification":
        """Return it with a finding more that leaves the verdict as it is."""
        return replace(self, findings=(*self.findings, Finding(code, facts)))


def verify_file(
    path: Path,
    *,
    book: "Issuing | None" = None,
    trusted: "Sequence[Certificate]" = (),
) -> Verification:
    """Verify a file of any kind; with `trusted` only signatures by these certificates count.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as stream:
        data = stream.read(MAX_BYTES + 1)
    judged, digest = judge(data, trusted), hashlib.sha256(data).hexdigest()
    known = None
    if book is not None:
        known = _in_book(book, judged, digest)
        judged = _held_against(book, known, judged, data, digest)
    return Verification(
        judged.verdict,
        (*judged.findings, *_limits(judged, known)),
        judged.says,
        judged.signatures,
        known,
        max(len(data), path.stat().st_size),
        digest,
    )


def _in_book(book: "Issuing", judged: Judged, digest: str) -> InBook:
    number = judged.says.get("number", "")
    same = (entry for entry in book.documents_hashed(digest) if entry.sha256 == digest)
    document = next(same, None) or (book.document_numbered(number) if number else None)
    if document is not None:
        versions = [book.version_entry(document.case_id, document.version)]
    else:
        versions = list(book.find_version(number or judged.says.get("code", "")))
    first = versions[0] if versions else None
    approval = None if first is None else book.approval(first.case_id, first.version)
    return InBook(document, versions, approval)


def _held_against(
    book: "Issuing", known: InBook, judged: Judged, data: bytes, digest: str
) -> Judged:
    """Hold the bytes of a file against those the book has kept of it."""
    document = known.document
    if document is not None and document.sha256 == digest:
        if judged.verdict is Verdict.FOREIGN:  # issued before there were seals
            return Judged(Verdict.UNTOUCHED, (Finding("book_same"),))
        return judged.found("book_same")
    if judged.verdict not in (Verdict.UNTOUCHED, Verdict.NOT_TRUSTED):
        return judged
    if document is None:
        return judged.found("book_unknown") if judged.says.get("status") == "final" else judged
    code = _difference(book, document, data, digest)
    return judged.found(code, None if code == "book_signed_further" else Verdict.CHANGED)


def _difference(book: "Issuing", document: DocumentEntry, data: bytes, digest: str) -> str:
    """What the bytes of a file are to those kept under its number."""
    if document.unsigned_sha256 == digest:
        return "signature_removed"
    kept = book.document_bytes(document.document_id)
    return "book_signed_further" if data.startswith(kept) else "book_differs"


def _limits(judged: Judged, known: InBook | None) -> Sequence[Finding]:
    """What the verdict does not say: who stands for the file, and whether it is the last word."""
    found: list[Finding] = []
    if judged.verdict in (Verdict.UNTOUCHED, Verdict.NOT_TRUSTED):
        found += _of_signatures(judged.signatures)
        is_kept = any(finding.code == "book_same" for finding in judged.findings)
        if not judged.signatures and not is_kept:
            found.append(Finding("seal_only"))
    if known is not None and known.versions:
        entry = known.versions[0]
        if entry.newest > entry.version:
            found.append(Finding("newer_version", {"newest": entry.newest}))
    return found


def _of_signatures(signatures: Sequence[SignatureFacts]) -> Sequence[Finding]:
    found: list[Finding] = []
    for each in signatures:
        named = {"signer": each.signer, "issuer": each.issuer}
        if each.demonstration:
            found.append(Finding("demonstration", named))
        elif each.trust is Trust.SELF_MADE:
            found.append(Finding("self_made", named))
        elif each.trust is Trust.UNCHECKED:
            found.append(Finding("trust_unchecked", named))
        if not each.valid_then:
            found.append(Finding("not_valid_then", named))
    if signatures:
        found.append(Finding("no_time_stamp"))
    return found
