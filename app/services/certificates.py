"""Certificates that sign: what makes one fit, and one made by the program for demonstration."""

import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from app.finance.case.problems import Problem
from app.services.case_file import CaseRefused

if TYPE_CHECKING:
    from cryptography.x509 import Certificate, KeyUsage, Name

PATH = "signature"
"""Path of the problems of a signature."""

DEMONSTRATION = "demonstration, no legal effect 演示用，无法律效力"
"""The unit (OU) in the subject of a certificate that the program made."""

YEARS = 2
MIN_PASSPHRASE = 8
_KEY_BITS = 3072
_LEAST_KEY_BITS = 2048
_LONGEST_NAME = 64
"""Of a common name, by RFC 5280."""

_UNFIT_PURPOSES = {
    "1.3.6.1.5.5.7.3.1",  # servers
    "1.3.6.1.5.5.7.3.3",  # programs
    "1.3.6.1.5.5.7.3.8",  # time stamps
    "1.3.6.1.5.5.7.3.9",  # answers on revocation
}


@dataclass(frozen=True, slots=True)
class Holder:
    """Who a certificate names: the holder, who issued it, and whether it is for demonstration."""

    name: str
    issuer: str
    demonstration: bool
    self_made: bool


def refused(code: str, value: object = "", **facts: object) -> CaseRefused:
    """Return the refusal of a signature."""
    return CaseRefused([Problem(PATH, code, value, facts)])


def holder(certificate: "Certificate") -> Holder:
    """Return who a certificate names."""
    from cryptography.x509.oid import NameOID  # noqa: PLC0415 - only where something is signed

    units = certificate.subject.get_attributes_for_oid(NameOID.ORGANIZATIONAL_UNIT_NAME)
    return Holder(
        _named(certificate.subject),
        _named(certificate.issuer),
        any(unit.value == DEMONSTRATION for unit in units),
        certificate.subject == certificate.issuer,
    )


def _named(name: "Name") -> str:
    from cryptography.x509.oid import NameOID  # noqa: PLC0415

    for oid in (NameOID.COMMON_NAME, NameOID.ORGANIZATION_NAME):
        for attribute in name.get_attributes_for_oid(oid):
            return str(attribute.value)
    return name.rfc4514_string()


def check_fit(certificate: "Certificate", at: datetime) -> None:
    """Check that a certificate can sign a document at a time.

    Raises:
        CaseRefused: "certificate_expired", "certificate_not_yet_valid",
            "certificate_unfit" (its key is not for signing documents), "key_unsupported" (neither
            RSA of 2,048 bits or more nor an elliptic curve).
    """
    name = holder(certificate).name
    first, last = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    if at > last:
        raise refused("certificate_expired", name, last=last.date().isoformat())
    if at < first:
        raise refused("certificate_not_yet_valid", name, first=first.date().isoformat())
    if not _may_sign(certificate):
        raise refused("certificate_unfit", name)
    if not _key_is_known(certificate):
        raise refused("key_unsupported", name, bits=_LEAST_KEY_BITS)


def _may_sign(certificate: "Certificate") -> bool:
    from cryptography import x509  # noqa: PLC0415

    for extension in certificate.extensions:
        value = extension.value
        if isinstance(value, x509.KeyUsage):
            if not (value.digital_signature or value.content_commitment):
                return False
        elif isinstance(value, x509.ExtendedKeyUsage) and (
            {purpose.dotted_string for purpose in value} <= _UNFIT_PURPOSES
        ):
            return False
    return True


def _key_is_known(certificate: "Certificate") -> bool:
    from cryptography.exceptions import UnsupportedAlgorithm  # noqa: PLC0415
    from cryptography.hazmat.primitives.asymmetric import ec, rsa  # noqa: PLC0415

    try:
        key = certificate.public_key()
    except (UnsupportedAlgorithm, ValueError):
        return False
    if isinstance(key, rsa.RSAPublicKey):
        return key.key_size >= _LEAST_KEY_BITS
    return isinstance(key, ec.EllipticCurvePublicKey)


def demonstration_pkcs12(name: str, passphrase: str, now: datetime) -> bytes:
    """Return a self-made certificate with its key (PKCS#12), valid two years, without legal effect.

    Raises:
        CaseRefused: "holder_needed" without a name, "text_too_long", "short_passphrase".
    """
    from cryptography import x509  # noqa: PLC0415
    from cryptography.hazmat.primitives import hashes, serialization  # noqa: PLC0415
    from cryptography.hazmat.primitives.asymmetric import rsa  # noqa: PLC0415
    from cryptography.hazmat.primitives.serialization import pkcs12  # noqa: PLC0415
    from cryptography.x509.oid import NameOID  # noqa: PLC0415

    entered = name.strip()
    if not entered:
        raise refused("holder_needed")
    if len(entered) > _LONGEST_NAME:
        raise refused("text_too_long", entered, limit=_LONGEST_NAME)
    if len(passphrase) < MIN_PASSPHRASE:
        raise refused("short_passphrase", "", limit=MIN_PASSPHRASE)
    key = rsa.generate_private_key(public_exponent=65537, key_size=_KEY_BITS)
    subject = x509.Name(
        [
            x509.NameAttribute(NameOID.COMMON_NAME, entered),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Blue Carbon Desk"),
            x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, DEMONSTRATION),
        ]
    )
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(minutes=5))  # clocks differ
        .not_valid_after(now + timedelta(days=365 * YEARS))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_signing_only(), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    return pkcs12.serialize_key_and_certificates(
        entered.encode(),
        key,
        certificate,
        None,
        serialization.BestAvailableEncryption(passphrase.encode()),
    )


def _signing_only() -> "KeyUsage":
    from cryptography.x509 import KeyUsage  # noqa: PLC0415

    return KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )


def write_private(target: Path, data: bytes) -> None:
    """Write a new file that only its owner may read; an existing one is never overwritten.

    Raises:
        FileExistsError: there is a file of this name.
        OSError: it cannot be written; nothing is left of it.
    """
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    handle = os.open(target, flags, 0o600)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
    except BaseException:
        target.unlink(missing_ok=True)
        raise
