"""What the book says of a file: newer versions, documents from before there were seals."""

from pathlib import Path

from app.services.file_check import Verdict
from app.services.verifying import verify_file
from tests.final_book import NOW, SHORT, approved, workbench_at
from tests.integration.test_signed_loan import TERMS
from tests.pdf_changes import blank


def test_a_newer_version_of_the_case_is_told(tmp_path: Path) -> None:
    workbench, path = workbench_at(tmp_path / "own.db"), tmp_path / "file.pdf"
    case_id = approved(workbench)
    entry = workbench.issue(case_id, 1, language="en", choice=SHORT)
    workbench.save(case_id, TERMS, after=1)
    path.write_bytes(workbench.document_bytes(entry.document_id))
    found = verify_file(path, book=workbench)
    workbench.close()
    assert found.verdict is Verdict.UNTOUCHED
    assert (found.findings[-1].code, found.findings[-1].facts) == ("newer_version", {"newest": 2})


def test_a_document_from_before_there_were_seals_is_known_by_its_bytes(tmp_path: Path) -> None:
    workbench, path = workbench_at(tmp_path / "own.db"), tmp_path / "file.pdf"
    path.write_bytes(blank())
    workbench._book.add_document(
        case_id=approved(workbench),
        version=1,
        kind="slip",
        language="en",
        status="draft",
        issued_at=NOW,
        content=blank(),
    )
    found = verify_file(path, book=workbench)
    workbench.close()
    assert found.verdict is Verdict.UNTOUCHED
    assert [finding.code for finding in found.findings] == ["book_same"]
