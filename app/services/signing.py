"""Signs a document (PAdES B-B) with a certificate from a file (PKCS#12) or a token (PKCS#11).

The signature is put to the end of the file and leaves what was printed as it is. Its field is not
seen on the page. It states the time of this machine: without a connection no authority stamps it.
A passphrase is used and forgotten; nothing keeps it.
"""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from app.services.certificates import check_fit, holder, refused
from app.services.imported import read_bounded

if TYPE_CHECKING:
    from cryptography.x509 import Certificate
    from pkcs11 import Session
    from pyhanko.sign.signers import Signer as Keys

_MAX_BYTES = 1_000_000
"""Largest certificate file."""


@dataclass(frozen=True, slots=True)
class Signed:
    """A signed document and the name of the certificate's holder."""

    content: bytes
    signer: str


@dataclass(frozen=True, slots=True)
class _Stated:
    """What a signature says beside the name."""

    at: datetime
    reason: str
    location: str


class Signer(Protocol):
    """Signs a document."""

    def sign(self, data: bytes, *, at: datetime, reason: str, location: str = "") -> Signed:
        """Return the document with a signature that states time, reason and place.

        Raises:
            CaseRefused: the certificate is not to be had or cannot sign; see `check_fit`.
        """


@dataclass(frozen=True, slots=True)
class FileSigner:
    """Signs with certificate and key from a PKCS#12 file (.p12, .pfx)."""

    path: Path
    passphrase: str = field(repr=False)

    def sign(self, data: bytes, *, at: datetime, reason: str, location: str = "") -> Signed:
        """Sign; "no_pkcs12", "wrong_passphrase", "no_private_key" beside those of `check_fit`."""
        from cryptography.hazmat.primitives.serialization import pkcs12  # noqa: PLC0415
        from pyhanko.sign.signers import SimpleSigner  # noqa: PLC0415 - 0.3 s, only to sign

        name = self.path.name
        content = _read(self.path)
        _check_is_pkcs12(content, name)
        secret = self.passphrase.encode()
        try:
            held = pkcs12.load_pkcs12(content, secret)
        except ValueError as error:
            raise refused("wrong_passphrase", name) from error
        if held.key is None or held.cert is None:
            raise refused("no_private_key", name)
        check_fit(held.cert.certificate, at)
        keys = SimpleSigner.load_pkcs12_data(content, (), secret)
        return _signed(data, keys, held.cert.certificate, _Stated(at, reason, location))


@dataclass(frozen=True, slots=True)
class TokenSigner:
    """Signs with a key that stays in a token: smart card, USB key, security module (PKCS#11).

    `module` is the driver of its maker; `key` the label of key and certificate.
    """

    module: Path
    token: str
    key: str
    pin: str = field(repr=False)

    def sign(self, data: bytes, *, at: datetime, reason: str, location: str = "") -> Signed:
        """Sign; refusals beside those of `check_fit`.

        They are "no_module", "no_token", "wrong_pin", "pin_locked", "no_token_key" and
        "token_failed" for whatever else the driver says.
        """
        from pkcs11.exceptions import PKCS11Error  # noqa: PLC0415
        from pyhanko.sign.pkcs11 import PKCS11Signer  # noqa: PLC0415

        with self._session() as session:
            keys = PKCS11Signer(session, cert_label=self.key, key_label=self.key)
            try:
                certificate = _certificate(keys.signing_cert.dump())
            except PKCS11Error as error:
                raise refused("no_token_key", self.key, token=self.token) from error
            check_fit(certificate, at)
            stated = _Stated(at, reason, location)
            try:
                return _signed(data, keys, certificate, stated)
            except PKCS11Error as error:
                raise refused("token_failed", self.token, reason=_said(error)) from error

    @contextmanager
    def _session(self) -> Iterator["Session"]:
        """Log in to the token, and out of it at the end."""
        from pkcs11 import exceptions as told  # noqa: PLC0415
        from pkcs11 import lib  # noqa: PLC0415

        try:
            driver = lib(str(self.module))
        except told.PKCS11Error as error:
            raise refused("no_module", self.module.name) from error
        try:
            token = driver.get_token(token_label=self.token)
            session = token.open(user_pin=self.pin)
        except (told.NoSuchToken, told.MultipleTokensReturned) as error:
            raise refused("no_token", self.token) from error
        except (told.PinIncorrect, told.PinInvalid, told.PinLenRange) as error:
            raise refused("wrong_pin", self.token) from error
        except told.PinLocked as error:
            raise refused("pin_locked", self.token) from error
        except told.PKCS11Error as error:
            raise refused("token_failed", self.token, reason=_said(error)) from error
        try:
            yield session
        finally:
            session.close()


def _said(error: Exception) -> str:
    return f"{type(error).__name__} {error}".strip()


def _read(path: Path) -> bytes:
    try:
        return read_bounded(path, _MAX_BYTES)
    except OSError as error:
        reason = error.strerror or str(error)
        raise refused("not_readable", path.name, reason=reason) from error


def _check_is_pkcs12(content: bytes, name: str) -> None:
    """Tell a file of another kind from a passphrase that is wrong: for both it cannot be opened."""
    from asn1crypto.pkcs12 import Pfx  # noqa: PLC0415

    try:
        is_one = Pfx.load(content, strict=True)["version"].native == "v3"
    except (ValueError, TypeError) as error:
        raise refused("no_pkcs12", name) from error
    if not is_one:
        raise refused("no_pkcs12", name)


def _certificate(encoded: bytes) -> "Certificate":
    from cryptography.x509 import load_der_x509_certificate  # noqa: PLC0415

    return load_der_x509_certificate(encoded)


def _signed(data: bytes, keys: "Keys", certificate: "Certificate", stated: _Stated) -> Signed:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter  # noqa: PLC0415
    from pyhanko.sign.fields import SigSeedSubFilter  # noqa: PLC0415
    from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner  # noqa: PLC0415
    from pyhanko.sign.signers.pdf_signer import PdfSigningSession  # noqa: PLC0415

    class Writer(IncrementalPdfFileWriter):
        """Adds the signature only: title, producer and dates of the document stay as printed."""

        def _update_meta(self) -> None:
            return

    class Timed(PdfSigner):
        """States the time that was handed in."""

        def init_signing_session(self, *given: Any, **named: Any) -> PdfSigningSession:
            session = super().init_signing_session(*given, **named)
            session.system_time = stated.at
            return session

    name, writer = holder(certificate).name, Writer(io.BytesIO(data))
    described = PdfSignatureMetadata(
        field_name=f"Signature{len(writer.prev.embedded_signatures) + 1}",
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        name=name,
        reason=stated.reason,
        location=stated.location or None,
    )
    stream = Timed(described, keys).sign_pdf(writer)
    return Signed(stream.getvalue(), name)
