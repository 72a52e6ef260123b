"""Judges a PDF by itself: whether it is as it was printed and signed, by seal and signatures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from app.reports.seal import Seal, SealState, check_seal
from app.services.signature_check import (
    SignatureFacts,
    SignatureReport,
    Trust,
    read_signatures,
)

if TYPE_CHECKING:
    from asn1crypto.x509 import Certificate

MAX_BYTES = 50_000_000
"""More is not read: no document of the program comes near it."""

_HEAD = 1024
"""A PDF says within these bytes what it is, and at its end within as many that it ends."""


class Verdict(StrEnum):
    """What became of a file.

    "not_trusted": as it was signed, but by nobody whom the reader named as trusted.
    """

    UNTOUCHED = "untouched"
    CHANGED = "changed"
    FOREIGN = "foreign"
    DAMAGED = "damaged"
    NOT_TRUSTED = "not_trusted"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was found: `code` of `messages.verify_words.FINDINGS` and its facts."""

    code: str
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Judged:
    """What a file alone shows; `says` is what it says of itself (`reports.seal.FACT_NAMES`)."""

    verdict: Verdict
    findings: tuple[Finding, ...] = ()
    says: Mapping[str, str] = field(default_factory=dict)
    signatures: tuple[SignatureFacts, ...] = ()

    def found(self, code: str, verdict: Verdict | None = None, **facts: object) -> "Judged":
        """Return it with a finding more and, where given, another verdict."""
        findings = (*self.findings, Finding(code, facts))
        return replace(self, verdict=verdict or self.verdict, findings=findings)


def judge(data: bytes, trusted: "Sequence[Certificate]" = ()) -> Judged:
    """Judge the bytes of a file; more than `MAX_BYTES` are judged by what was read of them."""
    if not data:
        return _found(Verdict.DAMAGED, "empty")
    if b"%PDF-" not in data[:_HEAD]:
        return _found(Verdict.FOREIGN, "no_pdf")
    seal = check_seal(data)
    return _grown(seal) if len(data) > MAX_BYTES else _by_seal(data, seal, trusted)


def _grown(seal: Seal) -> Judged:
    limit = MAX_BYTES // 10**6
    if seal.state is SealState.NONE:
        return _found(Verdict.FOREIGN, "too_large", limit_mb=limit)
    return _found(Verdict.CHANGED, "grown", seal.facts, limit_mb=limit)


def _by_seal(data: bytes, seal: Seal, trusted: "Sequence[Certificate]") -> Judged:
    if seal.state is SealState.UNTOUCHED:
        return _signed(data, seal, trusted) if seal.appended else _printed(seal, trusted)
    if b"%%EOF" not in data[-_HEAD:]:
        return _found(Verdict.DAMAGED, "cut_off", seal.facts)
    if not _opens(data):
        return _found(Verdict.DAMAGED, "broken", seal.facts)
    if seal.state is SealState.CHANGED:
        return _found(Verdict.CHANGED, "bytes_changed", seal.facts)
    return _found(Verdict.FOREIGN, "other_pdf")


def _found(
    verdict: Verdict, code: str, says: Mapping[str, str] | None = None, **facts: object
) -> Judged:
    return Judged(verdict, (Finding(code, facts),), says or {})


def _opens(data: bytes) -> bool:
    from pypdfium2 import PdfDocument, PdfiumError  # noqa: PLC0415 - only for files of others

    try:
        with PdfDocument(data) as document:
            return len(document) > 0
    except PdfiumError:
        return False


def _printed(seal: Seal, trusted: "Sequence[Certificate]") -> Judged:
    judged = _found(Verdict.UNTOUCHED, "as_printed", seal.facts)
    return judged.found("not_signed", Verdict.NOT_TRUSTED) if trusted else judged


def _signed(data: bytes, seal: Seal, trusted: "Sequence[Certificate]") -> Judged:
    """Judge a sealed file to which something was added: signatures, or anything else."""
    try:
        report = read_signatures(data, trusted)
    except ValueError:
        return _found(Verdict.CHANGED, "added_unreadable", seal.facts)
    wrong = _wrong_with(report)
    if wrong:
        finding = Finding(wrong, {"bytes": seal.appended})
        return Judged(Verdict.CHANGED, (finding,), seal.facts, report.signatures)
    finding = Finding("as_signed")
    judged = Judged(Verdict.UNTOUCHED, (finding,), seal.facts, report.signatures)
    if trusted and not any(each.trust is Trust.TRUSTED for each in report.signatures):
        signer = report.signatures[-1].signer
        return judged.found("signer_not_trusted", Verdict.NOT_TRUSTED, signer=signer)
    return judged


def _wrong_with(report: SignatureReport) -> str:
    """The code of what was done to a file beside signing it, "" for nothing."""
    if not report.signatures:
        return "added"
    if not all(each.intact for each in report.signatures):
        return "signature_broken"
    if not report.only_signed:
        return "added_before_signature"
    if not report.signatures[-1].whole_file or not all(
        each.added_allowed for each in report.signatures
    ):
        return "added_after_signature"
    return ""
