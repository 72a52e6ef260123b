"""What the file of the book keeps of documents, and what it refuses even to an SQL shell."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from app.models import database, upgrade
from app.models.database import check_book, make_engine, open_book
from app.models.repository import SqliteBook
from app.services.issuing import number_final
from app.services.ports import Approval, FinalDocument, Series, StorageProblem
from tests.integration.test_storage import NOW, code_of, new

TERM_SHEETS = Series("TS", 2026)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "book.db"


@pytest.fixture
def book(path: Path) -> Iterator[SqliteBook]:
    opened = open_book(path, now=NOW)
    yield opened
    opened.close()


@pytest.fixture
def final(book: SqliteBook) -> FinalDocument:
    (stored,) = book.add_cases([new()])
    book.approve(Approval(stored.case_id, 1, "loan officer", "approver", NOW, ""))
    return FinalDocument(
        case_id=stored.case_id,
        version=1,
        kind="term-sheet",
        language="zh",
        issued_at=NOW,
        number="TS-2026-0001",
        template="",
        content=b"%PDF-1.7 signed",
        unsigned_sha256="b" * 64,
        signer="示范银行",
        signed_on=date(2026, 3, 1),
    )


def test_a_final_document_comes_back_with_number_and_signature(
    book: SqliteBook, final: FinalDocument
) -> None:
    entry = book.add_final(final, series=TERM_SHEETS, serial=1, after=0)
    assert book.list_documents() == [entry]
    assert book.document_numbered("TS-2026-0001") == entry
    assert book.document_numbered("TS-2026-0002") is None
    assert (entry.status, entry.signer, entry.signed_on) == ("final", "示范银行", date(2026, 3, 1))
    assert book.document_bytes(entry.document_id) == final.content
    assert book.documents_hashed(entry.sha256) == [entry]
    assert book.documents_hashed("b" * 64) == [entry]
    assert book.last_serial(TERM_SHEETS) == 1
    assert book.last_serial(Series("TS", 2027)) == 0


def test_a_serial_that_somebody_else_took_is_stale(book: SqliteBook, final: FinalDocument) -> None:
    book.add_final(final, series=TERM_SHEETS, serial=1, after=0)
    with pytest.raises(StorageProblem) as caught:
        book.add_final(
            replace(final, number="TS-2026-0001b"), series=TERM_SHEETS, serial=1, after=0
        )
    assert code_of(caught) == "stale"
    assert len(book.list_documents()) == 1


def test_a_document_that_cannot_be_kept_uses_up_no_number(
    book: SqliteBook, final: FinalDocument
) -> None:
    with pytest.raises(IntegrityError, match="needs an approval"):
        book.add_final(replace(final, version=2), series=TERM_SHEETS, serial=1, after=0)
    assert book.last_serial(TERM_SHEETS) == 0
    assert book.list_documents() == []


def test_two_writers_number_without_gap_and_without_a_number_twice(
    book: SqliteBook, final: FinalDocument, path: Path
) -> None:
    start = threading.Barrier(2)

    def issue_twenty() -> None:
        own = open_book(path, now=NOW)
        start.wait()
        for _ in range(20):
            number_final(
                own,
                "{kind}-{year}-{serial:04}",
                kind="TS",
                case="",
                now=lambda: NOW,
                make=lambda number, now: replace(final, number=number, issued_at=now),
            )
        own.close()

    writers = [threading.Thread(target=issue_twenty) for _ in range(2)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    numbers = sorted(entry.number for entry in book.list_documents())
    assert numbers == [f"TS-2026-{serial:04}" for serial in range(1, 41)]
    assert book.last_serial(TERM_SHEETS) == 40


FORBIDDEN = [
    "UPDATE documents SET content = x'00' WHERE status = 'final'",
    "UPDATE documents SET status = 'draft', number = NULL",
    "UPDATE OR REPLACE documents SET number = 'TS-2026-0001' WHERE status = 'draft'",
    "DELETE FROM documents WHERE status = 'final'",
    "INSERT OR REPLACE INTO documents SELECT document_id, case_id, version, kind, language, status,"
    " issued_at, number, template, signer, signed_on, unsigned_sha256, sha256, 1, x'00'"
    " FROM documents WHERE status = 'final'",
    "INSERT OR REPLACE INTO documents (rowid, document_id, case_id, version, kind, language,"
    " status, issued_at, template, signer, unsigned_sha256, sha256, size, content)"
    " SELECT rowid, 'x', case_id, version, kind, language, 'draft', issued_at, '', '', '', '', 1,"
    " x'00' FROM documents WHERE status = 'final'",
    "UPDATE approvals SET approved_by = 'somebody else'",
    "DELETE FROM approvals",
    "INSERT OR REPLACE INTO approvals SELECT * FROM approvals",
    "UPDATE case_versions SET document = '{}'",
    "DELETE FROM case_versions",
    "INSERT OR REPLACE INTO case_versions SELECT * FROM case_versions",
    "UPDATE document_serials SET last = 0",
    "DELETE FROM document_serials",
    "UPDATE house_templates SET logo = x'00'",
    "DELETE FROM house_templates",
    "INSERT OR REPLACE INTO house_templates SELECT * FROM house_templates",
]


@pytest.mark.parametrize("statement", FORBIDDEN)
def test_an_sql_shell_cannot_change_what_was_signed(
    statement: str, book: SqliteBook, final: FinalDocument, path: Path
) -> None:
    book.add_final(final, series=TERM_SHEETS, serial=1, after=0)
    book.add_document(
        case_id=final.case_id,
        version=1,
        kind="term-sheet",
        language="zh",
        status="draft",
        issued_at=NOW,
        content=b"%PDF draft",
    )
    book.add_house({"colour": "#123456"}, b"", now=NOW)
    with (
        closing(sqlite3.connect(path)) as shell,
        pytest.raises(sqlite3.IntegrityError, match="never changed"),
    ):
        shell.execute(statement)
    assert check_book(path) == []


def test_an_sql_shell_cannot_make_a_document_final_without_approval(
    book: SqliteBook, path: Path
) -> None:
    (stored,) = book.add_cases([new()])
    with (
        closing(sqlite3.connect(path)) as shell,
        pytest.raises(sqlite3.IntegrityError, match="needs an approval"),
    ):
        shell.execute(
            "INSERT INTO documents VALUES ('d', ?, 1, 'slip', 'zh', 'final', '2026', 'SL-1', '',"
            " '', NULL, '', '', 1, x'00')",
            (stored.case_id,),
        )


def test_drafts_may_be_thrown_away(book: SqliteBook, final: FinalDocument, path: Path) -> None:
    book.add_document(
        case_id=final.case_id,
        version=1,
        kind="slip",
        language="zh",
        status="draft",
        issued_at=NOW,
        content=b"%PDF draft",
    )
    with closing(sqlite3.connect(path)) as shell:
        shell.execute("DELETE FROM documents WHERE status = 'draft'")
        shell.commit()
    assert book.list_documents() == []


def test_a_check_of_the_book_tells_triggers_that_were_dropped_and_bytes_that_were_changed(
    book: SqliteBook, final: FinalDocument, path: Path
) -> None:
    book.add_final(final, series=TERM_SHEETS, serial=1, after=0)
    with closing(sqlite3.connect(path)) as shell:
        shell.execute("DROP TRIGGER documents_no_update")
        shell.execute("UPDATE documents SET content = x'00'")
        shell.commit()
    assert check_book(path) == ["trigger: documents_no_update", "document: TS-2026-0001"]


def test_templates_are_kept_one_after_the_other(book: SqliteBook) -> None:
    assert book.house_record() is None
    book.add_house({"colour": "#123456"}, b"", now=NOW)
    book.add_house({"colour": "#654321"}, b"logo", now=NOW)
    record = book.house_record()
    assert record is not None
    assert (record.version, record.document, record.logo) == (2, {"colour": "#654321"}, b"logo")
    assert record.saved_at == NOW


def test_documents_of_an_earlier_book_stay_as_they_were(path: Path) -> None:
    engine = make_engine(path)
    upgrade.upgrade(engine, "0003")
    engine.dispose()
    with closing(sqlite3.connect(path)) as earlier:
        earlier.execute("INSERT INTO cases VALUES ('c', 0)")
        earlier.execute(
            "INSERT INTO case_versions VALUES ('c', 1, '案', '{}', 1, 'a1', '0', '0',"
            " '2026-01-01T00:00:00+00:00', '{}')"
        )
        for number, status in enumerate(("draft", "approved")):
            earlier.execute(
                "INSERT INTO documents VALUES (?, 'c', 1, 'slip', 'zh', ?,"
                " '2026-01-02T00:00:00+00:00', 'digest', 4, x'25504446')",
                (str(number), status),
            )
        earlier.commit()
    assert database.revision_of(path) == "0003"
    book = open_book(path, now=NOW)
    entries = {entry.status: entry for entry in book.list_documents()}
    assert set(entries) == {"draft", "approved"}
    for entry in entries.values():
        assert (entry.number, entry.signer, entry.unsigned_sha256) == ("", "", "digest")
        assert book.document_bytes(entry.document_id) == b"%PDF"
    (backup,) = (path.parent / "backups").iterdir()
    assert database.revision_of(backup) == "0003"
    book.close()
