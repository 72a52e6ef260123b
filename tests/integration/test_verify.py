"""Whether a PDF is untouched and what it belongs to: every way in which a file is altered."""

import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, pkcs12

from app.messages.verify_words import FINDINGS
from app.services.file_check import MAX_BYTES, Verdict
from app.services.ports import DocumentEntry
from app.services.signature_check import read_trusted
from app.services.signing import FileSigner
from app.services.verifying import Verification, verify_file
from app.services.workbench import Workbench
from tests.final_book import (
    HOLDER,
    NOW,
    PASSPHRASE,
    SHORT,
    approved,
    certificate,
    file_signer,
    workbench_at,
)
from tests.integration.test_signed_loan import TERMS
from tests.integration.test_signing import made
from tests.pdf_changes import (
    blank,
    flipped,
    forged,
    page_of_another,
    pages_swapped,
    saved_again,
    with_a_note_appended,
)

UNTOUCHED, CHANGED, FOREIGN, DAMAGED = (
    Verdict.UNTOUCHED,
    Verdict.CHANGED,
    Verdict.FOREIGN,
    Verdict.DAMAGED,
)


@dataclass(frozen=True)
class Issued:
    """A book with a draft, a final document, and a signed one."""

    workbench: Workbench
    signer: FileSigner
    case_id: str
    draft: bytes
    final: DocumentEntry
    signed: DocumentEntry

    def content(self, entry: DocumentEntry) -> bytes:
        return self.workbench.document_bytes(entry.document_id)


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Issued]:
    folder = tmp_path_factory.mktemp("book")
    workbench, signer = workbench_at(folder / "book.db"), file_signer(folder)
    case_id = approved(workbench)
    yield Issued(
        workbench,
        signer,
        case_id,
        workbench.draft_pdf(TERMS, language="zh", choice=SHORT),
        workbench.issue_final(case_id, 1, language="both", choice=SHORT),
        workbench.issue_final(case_id, 1, language="both", choice=SHORT, signer=signer),
    )
    workbench.close()


Check = Callable[..., Verification]


@pytest.fixture
def check(tmp_path: Path) -> Check:
    """Verify bytes as a file."""

    def verified(content: bytes, **how: object) -> Verification:
        path = tmp_path / "file.pdf"
        path.write_bytes(content)
        return verify_file(path, **how)  # type: ignore[arg-type]

    return verified


def codes(found: Verification) -> list[str]:
    for finding in found.findings:
        assert FINDINGS[finding.code].format(**finding.facts)
    return [finding.code for finding in found.findings]


def test_a_draft_is_untouched_but_its_seal_is_no_proof(issued: Issued, check: Check) -> None:
    found = check(issued.draft)
    assert (found.verdict, codes(found)) == (UNTOUCHED, ["as_printed", "seal_only"])
    assert found.says["status"] == "draft"
    assert found.says["number"].startswith("PG-")
    assert found.book is None


def test_a_signed_document_names_signer_book_version_and_approval(
    issued: Issued, check: Check
) -> None:
    found = check(issued.content(issued.signed), book=issued.workbench)
    assert found.verdict is UNTOUCHED
    assert codes(found) == ["as_signed", "book_same", "demonstration", "no_time_stamp"]
    assert [each.signer for each in found.signatures] == [HOLDER]
    assert found.book is not None
    assert found.book.document == issued.signed
    assert [(each.case_id, each.version) for each in found.book.versions] == [(issued.case_id, 1)]
    assert found.book.approval is not None


def test_the_book_stands_for_a_final_document_without_a_signature(
    issued: Issued, check: Check
) -> None:
    found = check(issued.content(issued.final), book=issued.workbench)
    assert (found.verdict, codes(found)) == (UNTOUCHED, ["as_printed", "book_same"])


def test_a_changed_byte_anywhere_is_told(issued: Issued, check: Check) -> None:
    for content in (issued.draft, issued.content(issued.signed)):
        step = len(content) // 40
        for place in [*range(0, len(content) - 1, step), len(content) - 8]:
            found = check(flipped(content, place))
            assert found.verdict is not UNTOUCHED, place


def test_a_changed_byte_in_the_container_of_a_signature_is_told(
    issued: Issued, check: Check
) -> None:
    content = issued.content(issued.signed)
    place = re.search(rb"/Contents <([0-9A-F]+)>", content)
    assert place is not None
    digit = next(at for at in range(place.start(1), place.end(1)) if content[at] in b"ABCDEF")
    for at in (place.start(1) + 5, place.start(1) + 51, place.end(1) - 1):
        found = check(flipped(content, at))
        assert found.verdict is CHANGED, at
    small = content[:digit] + content[digit : digit + 1].lower() + content[digit + 1 :]
    assert check(small).verdict is CHANGED


def test_swapped_and_foreign_pages_are_told(issued: Issued, check: Check) -> None:
    content = issued.content(issued.final)
    assert check(pages_swapped(content)).verdict in (CHANGED, FOREIGN)
    found = check(page_of_another(content, issued.draft))
    assert (found.verdict, codes(found)) == (CHANGED, ["bytes_changed"])
    assert found.says["number"] == issued.final.number


def test_a_copy_that_was_saved_again_is_told(issued: Issued, check: Check) -> None:
    for content in (issued.draft, issued.content(issued.signed)):
        found = check(saved_again(content))
        assert (found.verdict, codes(found)) == (CHANGED, ["bytes_changed"])


@pytest.mark.parametrize(
    "command",
    [
        ["qpdf", "--object-streams=generate", "in.pdf", "out.pdf"],
        ["qpdf", "--linearize", "in.pdf", "out.pdf"],
        ["pdftocairo", "-pdf", "in.pdf", "out.pdf"],
    ],
    ids=" ".join,
)
def test_a_copy_of_another_program_is_told(
    command: list[str], issued: Issued, check: Check, tmp_path: Path
) -> None:
    program = shutil.which(command[0])
    if program is None:
        pytest.skip(f"{command[0]} is not installed")
    (tmp_path / "in.pdf").write_bytes(issued.draft)
    subprocess.run([program, *command[1:]], check=True, cwd=tmp_path)  # noqa: S603
    found = check((tmp_path / "out.pdf").read_bytes())
    assert found.verdict in (CHANGED, FOREIGN)
    if command[0] == "qpdf":
        assert (found.verdict, found.says["status"]) == (CHANGED, "draft")


def test_what_is_appended_is_told_before_and_after_a_signature(
    issued: Issued, check: Check
) -> None:
    found = check(with_a_note_appended(issued.draft))
    assert (found.verdict, codes(found)) == (CHANGED, ["added"])
    found = check(with_a_note_appended(issued.content(issued.signed)))
    assert (found.verdict, codes(found)) == (CHANGED, ["added_after_signature"])
    late = issued.signer.sign(with_a_note_appended(issued.draft), at=NOW, reason="x").content
    found = check(late)
    assert (found.verdict, codes(found)) == (CHANGED, ["added_before_signature"])
    for rest in (b"\n", b"% a remark\n", b"x" * 5000):
        for content in (issued.draft, issued.content(issued.signed)):
            assert check(content + rest).verdict is CHANGED


def test_a_signature_that_was_cut_off_is_told_by_the_book(issued: Issued, check: Check) -> None:
    content = issued.content(issued.signed)
    end = re.search(rb"startxref\n\d+\n%%EOF\n", content)
    assert end is not None
    found = check(content[: end.end()], book=issued.workbench)
    assert (found.verdict, codes(found)) == (CHANGED, ["as_printed", "signature_removed"])
    assert check(content[: end.end() + 3000]).verdict is CHANGED


def test_a_forged_seal_is_told_by_the_book_and_by_the_signature(
    issued: Issued, check: Check
) -> None:
    content = forged(issued.content(issued.final))
    assert codes(check(content)) == ["as_printed", "seal_only"]
    found = check(content, book=issued.workbench)
    assert (found.verdict, codes(found)) == (CHANGED, ["as_printed", "book_differs"])


def test_only_signatures_of_those_who_are_trusted_count(
    issued: Issued, check: Check, tmp_path: Path
) -> None:
    held = pkcs12.load_pkcs12(certificate(), PASSPHRASE.encode()).cert
    assert held is not None
    path = tmp_path / "trusted.pem"
    path.write_bytes(held.certificate.public_bytes(Encoding.PEM))
    trusted = read_trusted(path)
    found = check(issued.content(issued.signed), trusted=trusted)
    assert (found.verdict, found.signatures[0].trust) == (UNTOUCHED, "trusted")
    found = check(issued.content(issued.final), trusted=trusted)
    assert (found.verdict, codes(found)[1]) == (Verdict.NOT_TRUSTED, "not_signed")


def test_a_signature_of_somebody_else_is_not_trusted(
    issued: Issued, check: Check, tmp_path: Path
) -> None:
    other = made(tmp_path / "other.p12")
    held = pkcs12.load_pkcs12((tmp_path / "other.p12").read_bytes(), b"secret").cert
    assert held is not None
    path = tmp_path / "other.pem"
    path.write_bytes(held.certificate.public_bytes(Encoding.PEM))
    found = check(issued.content(issued.signed), trusted=read_trusted(path))
    assert (found.verdict, codes(found)[1]) == (Verdict.NOT_TRUSTED, "signer_not_trusted")
    further = other.sign(issued.content(issued.signed), at=NOW, reason="seen").content
    found = check(further, book=issued.workbench)
    assert found.verdict is UNTOUCHED
    assert codes(found)[:2] == ["as_signed", "book_signed_further"]
    assert "self_made" in codes(found)


def test_a_final_document_of_another_book_is_told(
    issued: Issued, check: Check, tmp_path: Path
) -> None:
    other = workbench_at(tmp_path / "other.db")
    found = check(issued.content(issued.final), book=other)
    other.close()
    assert (found.verdict, codes(found)) == (UNTOUCHED, ["as_printed", "book_unknown", "seal_only"])


def test_other_files_are_told_apart(issued: Issued, check: Check) -> None:
    half = issued.draft[: len(issued.draft) // 2]
    for content, verdict, code in (
        (b"", DAMAGED, "empty"),
        (b"PK\x03\x04 a spreadsheet", FOREIGN, "no_pdf"),
        (blank(), FOREIGN, "other_pdf"),
        (blank()[:-20], DAMAGED, "cut_off"),
        (b"%PDF-1.7\nnothing\n%%EOF\n", DAMAGED, "broken"),
        (half, DAMAGED, "cut_off"),
    ):
        found = check(content)
        assert (found.verdict, codes(found)) == (verdict, [code])


def test_a_huge_file_is_not_read_to_its_end(issued: Issued, tmp_path: Path) -> None:
    path = tmp_path / "huge.pdf"
    for head, verdict in ((b"%PDF-1.7\n", FOREIGN), (issued.draft, CHANGED)):
        with path.open("wb") as stream:
            stream.write(head)
            stream.truncate(200_000_000)
        found = verify_file(path)
        assert (found.verdict, found.size) == (verdict, 200_000_000)
        assert found.findings[0].facts["limit_mb"] == MAX_BYTES // 10**6
