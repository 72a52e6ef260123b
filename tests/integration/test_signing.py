"""Signing with a certificate from a file or a token, and what is refused."""

import io
import os
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pkcs11
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pkcs11.util.x509 import decode_x509_certificate
from pypdf import PdfWriter

from app.services.case_file import CaseRefused
from app.services.certificates import DEMONSTRATION, demonstration_pkcs12, write_private
from app.services.signature_check import SignatureFacts, Trust, read_signatures, read_trusted
from app.services.signing import FileSigner, TokenSigner
from tests.final_book import HOLDER, NOW, PASSPHRASE, certificate, file_signer


@pytest.fixture(scope="module")
def data() -> bytes:
    """A small file to sign."""
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def only_signature(content: bytes) -> SignatureFacts:
    (found,) = read_signatures(content).signatures
    return found


def codes(caught: pytest.ExceptionInfo[CaseRefused]) -> list[str]:
    return [problem.code for problem in caught.value.problems]


def test_a_signature_states_who_when_and_why_in_chinese(data: bytes, tmp_path: Path) -> None:
    signed = file_signer(tmp_path).sign(data, at=NOW, reason="签发：条款清单", location="盐城")
    assert signed.content.startswith(data)
    assert b"/ETSI.CAdES.detached" in signed.content
    found = only_signature(signed.content)
    assert signed.signer == found.signer == HOLDER
    assert (found.stated_at, found.reason) == (NOW, "签发：条款清单")
    assert (found.intact, found.whole_file, found.valid_then) == (True, True, True)
    assert (found.demonstration, found.trust) == (True, Trust.SELF_MADE)


def test_title_dates_and_description_of_the_document_stay_as_printed(
    data: bytes, tmp_path: Path
) -> None:
    signed = file_signer(tmp_path).sign(data, at=NOW, reason="x").content
    added = signed[len(data) :]
    assert b"/ModDate" not in added
    assert b"/Producer" not in added
    assert b"/Rect [ 0 0 0 0 ]" in added


def test_a_second_signature_leaves_the_first_valid(data: bytes, tmp_path: Path) -> None:
    signer = file_signer(tmp_path)
    once = signer.sign(data, at=NOW, reason="one").content
    twice = signer.sign(once, at=NOW, reason="two").content
    report = read_signatures(twice)
    assert [found.intact for found in report.signatures] == [True, True]
    assert [found.whole_file for found in report.signatures] == [False, True]
    assert all(found.added_allowed for found in report.signatures)
    assert report.only_signed


def test_neither_passphrase_nor_pin_is_shown(tmp_path: Path) -> None:
    assert PASSPHRASE not in repr(file_signer(tmp_path))
    assert "1234" not in repr(TokenSigner(Path("m.so"), "t", "k", "1234"))


Builder = x509.CertificateBuilder


def made(
    path: Path,
    *,
    change: Callable[[Builder], Builder] = lambda builder: builder,
    key: ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey | None = None,
    first: datetime = NOW - timedelta(days=1),
    last: datetime = NOW + timedelta(days=1),
) -> FileSigner:
    """Write a certificate on an elliptic curve that a test changes, and return what signs."""
    private = key or ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "approver")])
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(private.public_key())
        .serial_number(1)
        .not_valid_before(first)
        .not_valid_after(last)
    )
    digest = None if isinstance(private, ed25519.Ed25519PrivateKey) else hashes.SHA256()
    held = change(builder).sign(private, digest)
    encrypted = serialization.BestAvailableEncryption(b"secret")
    path.write_bytes(pkcs12.serialize_key_and_certificates(b"x", private, held, None, encrypted))
    return FileSigner(path, "secret")


def unfit(builder: Builder) -> Builder:
    no = dict.fromkeys(
        (
            "digital_signature",
            "content_commitment",
            "data_encipherment",
            "key_agreement",
            "key_cert_sign",
            "crl_sign",
            "encipher_only",
            "decipher_only",
        ),
        False,
    )
    return builder.add_extension(x509.KeyUsage(**no, key_encipherment=True), critical=True)


def for_servers(builder: Builder) -> Builder:
    usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH])
    return builder.add_extension(usage, critical=False)


def test_a_key_on_an_elliptic_curve_signs(data: bytes, tmp_path: Path) -> None:
    signed = made(tmp_path / "c.p12").sign(data, at=NOW, reason="x")
    found = only_signature(signed.content)
    assert (found.signer, found.intact, found.demonstration) == ("approver", True, False)


@pytest.mark.parametrize(
    ("how", "code"),
    [
        ({"last": NOW - timedelta(hours=1)}, "certificate_expired"),
        ({"first": NOW + timedelta(hours=1)}, "certificate_not_yet_valid"),
        ({"change": unfit}, "certificate_unfit"),
        ({"change": for_servers}, "certificate_unfit"),
        ({"key": ed25519.Ed25519PrivateKey.generate()}, "key_unsupported"),
    ],
)
def test_a_certificate_that_cannot_sign_is_refused(
    how: dict[str, object], code: str, data: bytes, tmp_path: Path
) -> None:
    signer = made(tmp_path / "c.p12", **how)  # type: ignore[arg-type]
    with pytest.raises(CaseRefused) as caught:
        signer.sign(data, at=NOW, reason="x")
    assert codes(caught) == [code]


def test_a_file_that_does_not_open_is_refused_by_what_is_wrong(data: bytes, tmp_path: Path) -> None:
    held = pkcs12.load_pkcs12(certificate(), PASSPHRASE.encode())
    assert held.cert is not None
    encrypted = serialization.BestAvailableEncryption(b"secret")
    files = {
        "no_pkcs12": b"%PDF-1.7 no certificate",
        "wrong_passphrase": certificate(),
        "no_private_key": pkcs12.serialize_key_and_certificates(
            b"x", None, held.cert.certificate, None, encrypted
        ),
    }
    for code, content in files.items():
        path = tmp_path / code
        path.write_bytes(content)
        with pytest.raises(CaseRefused) as caught:
            FileSigner(path, "secret").sign(data, at=NOW, reason="x")
        assert codes(caught) == [code]
    with pytest.raises(CaseRefused) as caught:
        FileSigner(tmp_path / "gone.p12", "secret").sign(data, at=NOW, reason="x")
    assert codes(caught) == ["not_readable"]


def test_a_certificate_for_demonstration_says_so_and_is_never_overwritten(tmp_path: Path) -> None:
    held = pkcs12.load_pkcs12(certificate(), PASSPHRASE.encode()).cert
    assert held is not None
    subject = held.certificate.subject
    (unit,) = subject.get_attributes_for_oid(NameOID.ORGANIZATIONAL_UNIT_NAME)
    assert unit.value == DEMONSTRATION
    assert held.certificate.public_key().key_size == 3072  # type: ignore[union-attr]
    path = tmp_path / "demo.p12"
    write_private(path, b"first")
    with pytest.raises(FileExistsError):
        write_private(path, b"second")
    assert path.read_bytes() == b"first"
    for name, secret, code in (
        ("", PASSPHRASE, "holder_needed"),
        ("x" * 65, PASSPHRASE, "text_too_long"),
        ("x", "short", "short_passphrase"),
    ):
        with pytest.raises(CaseRefused) as caught:
            demonstration_pkcs12(name, secret, NOW)
        assert codes(caught) == [code]


def test_only_certificates_are_taken_as_trusted(tmp_path: Path) -> None:
    held = pkcs12.load_pkcs12(certificate(), PASSPHRASE.encode()).cert
    assert held is not None
    path = tmp_path / "trusted"
    for form in (serialization.Encoding.PEM, serialization.Encoding.DER):
        path.write_bytes(held.certificate.public_bytes(form))
        assert len(read_trusted(path)) == 1
    path.write_bytes(b"-----BEGIN nothing")
    with pytest.raises(CaseRefused) as caught:
        read_trusted(path)
    assert codes(caught) == ["no_certificate"]


_PLACES = ("softhsm", "x86_64-linux-gnu/softhsm", "aarch64-linux-gnu/softhsm", "pkcs11")
MODULE = next(
    (
        module
        for place in _PLACES
        if (module := Path("/usr/lib") / place / "libsofthsm2.so").exists()
    ),
    None,
)
TOKEN, KEY, PIN = "blue carbon", "approver", "271828"


@pytest.fixture(scope="module")
def token(tmp_path_factory: pytest.TempPathFactory) -> TokenSigner:
    """A token in software that holds certificate and key."""
    program = shutil.which("softhsm2-util")
    if MODULE is None or program is None:
        pytest.skip("SoftHSM2, a token in software, is not installed")
    folder = tmp_path_factory.mktemp("token")
    (folder / "tokens").mkdir()
    settings = folder / "softhsm2.conf"
    settings.write_text(f"directories.tokendir = {folder / 'tokens'}\n")
    os.environ["SOFTHSM2_CONF"] = str(settings)  # the driver reads it once
    start = [program, "--init-token", "--free", "--label", TOKEN, "--so-pin", PIN, "--pin", PIN]
    subprocess.run(start, check=True, capture_output=True)  # noqa: S603
    held = pkcs12.load_pkcs12(certificate(), PASSPHRASE.encode())
    assert held.key is not None
    assert held.cert is not None
    plain = folder / "key.pem"
    plain.write_bytes(
        held.key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    taken = [program, "--import", str(plain), "--token", TOKEN, "--label", KEY, "--id", "01"]
    subprocess.run([*taken, "--pin", PIN], check=True, capture_output=True)  # noqa: S603
    encoded = held.cert.certificate.public_bytes(serialization.Encoding.DER)
    with (
        pkcs11.lib(str(MODULE)).get_token(token_label=TOKEN).open(rw=True, user_pin=PIN) as session
    ):
        session.create_object(
            {
                **decode_x509_certificate(encoded),
                pkcs11.Attribute.LABEL: KEY,
                pkcs11.Attribute.TOKEN: True,
            }
        )
    return TokenSigner(MODULE, TOKEN, KEY, PIN)


def test_a_token_signs_with_a_key_that_stays_in_it(token: TokenSigner, data: bytes) -> None:
    signed = token.sign(data, at=NOW, reason="签发")
    found = only_signature(signed.content)
    assert (found.signer, found.intact, found.whole_file) == (HOLDER, True, True)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"pin": "000000"}, "wrong_pin"),
        ({"token": "another"}, "no_token"),
        ({"key": "another"}, "no_token_key"),
        ({"module": Path("/nowhere/driver.so")}, "no_module"),
    ],
)
def test_a_token_that_cannot_sign_is_refused_by_what_is_wrong(
    change: dict[str, object], code: str, token: TokenSigner, data: bytes
) -> None:
    with pytest.raises(CaseRefused) as caught:
        replace(token, **change).sign(data, at=NOW, reason="x")  # type: ignore[arg-type]
    assert codes(caught) == [code]


def test_a_certificate_in_a_token_that_ended_is_refused(token: TokenSigner, data: bytes) -> None:
    with pytest.raises(CaseRefused) as caught:
        token.sign(data, at=NOW + timedelta(days=1000), reason="x")
    assert codes(caught) == ["certificate_expired"]
