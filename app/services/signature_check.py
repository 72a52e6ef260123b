"""Reads the signatures of a PDF: whole or broken, whose, and what was added beside them."""

import io
import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.services.certificates import holder, refused
from app.services.imported import read_bounded

if TYPE_CHECKING:
    from asn1crypto.x509 import Certificate
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import EmbeddedPdfSignature, PdfSignatureStatus

logging.getLogger("pyhanko").addHandler(logging.NullHandler())  # what it finds, we say

_MAX_CERTIFICATES = 1_000_000
_START = re.compile(rb"startxref\r?\n(\d+)\r?\n%%EOF")
_CONTAINER = re.compile(rb"<((?:[0-9A-F]{2})+|(?:[0-9a-f]{2})+)>")
_MAY_APPEAR = {"/AcroForm", "/Extensions", "/Version", "/Perms", "/DSS"}
"""Entries of the catalogue that come with a signature."""


class Trust(StrEnum):
    """Whether the certificate of a signature leads to one that the reader trusts.

    "unchecked": the reader named none; "self_made": nobody else stands for it.
    """

    TRUSTED = "trusted"
    NOT_TRUSTED = "not_trusted"
    SELF_MADE = "self_made"
    UNCHECKED = "unchecked"


@dataclass(frozen=True, slots=True)
class SignatureFacts:
    """One signature; `stated_at` is the time the signer's machine stated, no authority's.

    `intact`: what it covers is as it was signed; `whole_file`: nothing was added after it;
    `added_allowed`: what was added are further signatures only. `valid_then`: the certificate was
    valid at the stated time.
    """

    signer: str
    issuer: str
    demonstration: bool
    trust: Trust
    stated_at: datetime | None
    valid_then: bool
    reason: str
    intact: bool
    whole_file: bool
    added_allowed: bool


@dataclass(frozen=True, slots=True)
class SignatureReport:
    """The signatures of a file in their order, and whether the first came right after printing.

    `only_signed`: between printing and the first signature nothing else was added or changed.
    """

    signatures: tuple[SignatureFacts, ...] = ()
    only_signed: bool = True


def read_trusted(path: Path) -> "tuple[Certificate, ...]":
    """Return the certificates of a file (PEM or DER).

    Raises:
        CaseRefused: "not_readable", "no_certificate".
    """
    from asn1crypto.x509 import Certificate  # noqa: PLC0415 - only where signatures are read
    from cryptography import x509  # noqa: PLC0415
    from cryptography.hazmat.primitives.serialization import Encoding  # noqa: PLC0415

    try:
        data = read_bounded(path, _MAX_CERTIFICATES)
    except OSError as error:
        reason = error.strerror or str(error)
        raise refused("not_readable", path.name, reason=reason) from error
    try:
        if b"-----BEGIN" in data:
            found = x509.load_pem_x509_certificates(data)
        else:
            found = [x509.load_der_x509_certificate(data)]
    except ValueError as error:
        raise refused("no_certificate", path.name) from error
    return tuple(Certificate.load(each.public_bytes(Encoding.DER)) for each in found)


def read_signatures(data: bytes, trusted: "Sequence[Certificate]" = ()) -> SignatureReport:
    """Return what the signatures of a PDF say.

    Raises:
        ValueError: the file, or a signature in it, cannot be read.
    """
    from pyhanko.pdf_utils.reader import PdfFileReader  # noqa: PLC0415 - 0.5 s

    try:
        reader = PdfFileReader(io.BytesIO(data), strict=False)
        found = reader.embedded_regular_signatures
        facts = tuple(
            _facts(signature, trusted, container=_is_plain(signature, data)) for signature in found
        )
        only = not found or (found[0].signed_revision == 1 and _only_signed(reader, data))
    except Exception as error:  # whatever a hostile or broken file makes the reader stumble over
        raise ValueError(str(error)) from error
    return SignatureReport(facts, only)


def _facts(
    signature: "EmbeddedPdfSignature", trusted: "Sequence[Certificate]", *, container: bool
) -> SignatureFacts:
    from cryptography.x509 import load_der_x509_certificate  # noqa: PLC0415
    from pyhanko.sign.diff_analysis import ModificationLevel  # noqa: PLC0415
    from pyhanko.sign.validation import SignatureCoverageLevel  # noqa: PLC0415

    stated = signature.self_reported_timestamp
    status = _validated(signature, trusted, stated)
    certificate = load_der_x509_certificate(status.signing_cert.dump())
    named = holder(certificate)
    whole = status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    level = status.modification_level
    covered = status.coverage in (
        SignatureCoverageLevel.ENTIRE_FILE,
        SignatureCoverageLevel.ENTIRE_REVISION,
    )
    if not trusted:
        trust = Trust.SELF_MADE if named.self_made else Trust.UNCHECKED
    else:
        trust = Trust.TRUSTED if status.trusted else Trust.NOT_TRUSTED
    first, last = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    return SignatureFacts(
        signer=named.name,
        issuer=named.issuer,
        demonstration=named.demonstration,
        trust=trust,
        stated_at=stated,
        valid_then=stated is not None and first <= stated <= last,
        reason=str(signature.sig_object.get("/Reason", "")),
        intact=status.intact and status.valid and covered and container,
        whole_file=whole,
        added_allowed=whole or (level is not None and level <= ModificationLevel.FORM_FILLING),
    )


def _validated(
    signature: "EmbeddedPdfSignature",
    trusted: "Sequence[Certificate]",
    stated: datetime | None,
) -> "PdfSignatureStatus":
    from pyhanko.sign.validation import validate_pdf_signature  # noqa: PLC0415
    from pyhanko.sign.validation.settings import KeyUsageConstraints  # noqa: PLC0415
    from pyhanko_certvalidator import ValidationContext  # noqa: PLC0415

    context = ValidationContext(
        trust_roots=list(trusted), moment=stated, allow_fetching=False, revocation_mode="soft-fail"
    )
    usage = KeyUsageConstraints(
        key_usage={"digital_signature", "non_repudiation"}, match_all_key_usages=False
    )
    return validate_pdf_signature(signature, context, key_usage_settings=usage)


def _is_plain(signature: "EmbeddedPdfSignature", data: bytes) -> bool:
    """Whether nothing in the container of a signature, which it cannot cover, was changed.

    Looked at are the digits it is written in, what fills the room left free, and the parts of
    the envelope that no signed attribute repeats.
    """
    from asn1crypto.cms import ContentInfo  # noqa: PLC0415

    _, start, end, _ = map(int, signature.byte_range)
    written = _CONTAINER.fullmatch(data[start:end])
    if written is None:
        return False
    held = bytes.fromhex(written[1].decode())
    info = ContentInfo.load(held)
    signed = info["content"]
    (signer,) = signed["signer_infos"]
    return (
        not held[len(info.dump()) :].strip(b"\0")
        and all(_is_whole(part) for part in (info, signed, signer))
        and signed["version"].native == signer["version"].native == "v1"
        and signed["encap_content_info"].native == {"content_type": "data", "content": None}
        and [each.dump() for each in signed["digest_algorithms"]]
        == [signer["digest_algorithm"].dump()]
    )


def _is_whole(part: Any) -> bool:
    """Whether a sequence holds its fields and nothing between or after them."""
    fields = (part[name] for name in part.native)
    return bytes(part.contents) == b"".join(each.dump() for each in fields)


def _only_signed(reader: "PdfFileReader", data: bytes) -> bool:
    """Whether the first addition to the printed file holds a signature that is not seen, only.

    A signature covers everything before it, so also what somebody else put into the file.
    """
    printed = _START.search(data)
    xrefs = reader.xrefs
    if printed is None or xrefs.get_startxref_for_revision(0) != int(printed[1]):
        return False
    if xrefs.refs_freed_in_revision(1):
        return False
    before, after = reader.get_historical_resolver(0), reader.get_historical_resolver(1)
    root = reader.root_ref
    for ref in xrefs.explicit_refs_in_revision(1):
        if xrefs.get_introducing_revision(ref) > 0:
            continue
        old, new = before(ref), after(ref)
        if ref == root:
            changed = _differing(old, new) <= _MAY_APPEAR and not old.keys() & {"/AcroForm"}
        else:
            changed = _differing(old, new) <= {"/Annots"} and _unseen_only(old, new)
        if not changed:
            return False
    return True


def _differing(old: Any, new: Any) -> set[str]:
    """The entries in which two dictionaries differ; of anything else the whole."""
    if not (hasattr(old, "keys") and hasattr(new, "keys")) or hasattr(new, "encoded_data"):
        return set() if old == new else {"/"}
    return {
        str(key)
        for key in old.keys() | new.keys()
        if key not in old or key not in new or old.raw_get(key) != new.raw_get(key)
    }


def _unseen_only(old: Any, new: Any) -> bool:
    """Whether the annotations that a page got are fields of signatures without an extent."""
    before = list(old["/Annots"]) if "/Annots" in old else []
    after = list(new["/Annots"]) if "/Annots" in new else []
    added = [entry.get_object() for entry in after[len(before) :]]
    return after[: len(before)] == before and all(
        field.get("/FT") == "/Sig" and not any(map(float, field["/Rect"])) for field in added
    )
