"""Cases, approvals and documents in a book on a real SQLite file."""

import os
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.exc import IntegrityError

from app.models import database
from app.models.database import check_book, open_book
from app.models.repository import SqliteBook
from app.services.ports import Approval, NewVersion, StorageProblem

NOW = datetime(2026, 3, 1, 9, 30, 0, 123456, tzinfo=UTC)


def new(name: str = "Dongtai 堃喆") -> NewVersion:
    return NewVersion(
        name=name,
        document='{"项目": 1.1}',
        schema_version=1,
        input_hash="a" * 64,
        program_version="0.1.0",
        data_version="2026-11-x",
        saved_at=NOW,
        figures={"gross_yuan": 1250414.0, "lender": "银行", "net_yuan": None},
    )


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "book.db"


@pytest.fixture
def book(path: Path) -> Iterator[SqliteBook]:
    opened = open_book(path, now=NOW)
    yield opened
    opened.close()


def code_of(caught: pytest.ExceptionInfo[StorageProblem]) -> str:
    return caught.value.code


def test_a_version_comes_back_exactly(book: SqliteBook) -> None:
    (stored,) = book.add_cases([new()])
    assert book.load(stored.case_id) == stored
    assert stored.saved_at == NOW
    assert stored.figures == {"gross_yuan": 1250414.0, "lender": "银行", "net_yuan": None}


def test_saving_again_keeps_the_earlier_version(book: SqliteBook) -> None:
    (first,) = book.add_cases([new("one")])
    second = book.append(first.case_id, new("two"), after=1)
    assert [v.name for v in book.versions(first.case_id)] == ["one", "two"]
    assert book.load(first.case_id) == second
    assert book.load(first.case_id, 1) == first
    assert [(e.name, e.version) for e in book.list_cases()] == [("two", 2)]


def test_a_second_save_from_the_same_version_is_refused_as_stale(book: SqliteBook) -> None:
    (first,) = book.add_cases([new()])
    book.append(first.case_id, new(), after=1)
    with pytest.raises(StorageProblem) as caught:
        book.append(first.case_id, new(), after=1)
    assert code_of(caught) == "stale"
    assert len(book.versions(first.case_id)) == 2


def test_new_cases_are_stored_all_or_none(book: SqliteBook) -> None:
    bad = NewVersion(
        name=None,  # type: ignore[arg-type]
        document="{}",
        schema_version=1,
        input_hash="",
        program_version="",
        data_version="",
        saved_at=NOW,
    )
    with pytest.raises(IntegrityError):
        book.add_cases([new(), bad])
    assert book.list_cases() == []


def test_a_deleted_case_leaves_the_list_and_comes_back(book: SqliteBook) -> None:
    (stored,) = book.add_cases([new()])
    book.set_archived(stored.case_id, archived=True)
    assert book.list_cases() == []
    assert [entry.case_id for entry in book.list_cases(archived=True)] == [stored.case_id]
    book.set_archived(stored.case_id, archived=False)
    assert len(book.list_cases()) == 1


def test_a_case_that_is_not_there_is_said_so(book: SqliteBook) -> None:
    for call in (
        lambda: book.load("0"),
        lambda: book.append("0", new(), after=1),
        lambda: book.set_archived("0", archived=True),
        lambda: book.document_bytes("0"),
    ):
        with pytest.raises(StorageProblem) as caught:
            call()
        assert code_of(caught) == "not_found"


def test_a_version_is_approved_once(book: SqliteBook) -> None:
    (stored,) = book.add_cases([new()])
    approval = Approval(stored.case_id, 1, "loan officer", "approver", NOW, "in order")
    book.approve(approval)
    assert book.approval(stored.case_id, 1) == approval
    assert book.approval(stored.case_id, 2) is None
    with pytest.raises(StorageProblem) as caught:
        book.approve(approval)
    assert code_of(caught) == "stale"


def test_documents_are_kept_with_their_bytes(book: SqliteBook) -> None:
    (stored,) = book.add_cases([new()])
    entry = book.add_document(
        case_id=stored.case_id,
        version=1,
        kind="term-sheet",
        language="both",
        status="draft",
        issued_at=NOW,
        content=b"%PDF-1.7",
    )
    assert book.list_documents() == [entry]
    assert book.document_bytes(entry.document_id) == b"%PDF-1.7"
    assert (entry.size, entry.case_name) == (8, "Dongtai 堃喆")


def test_a_document_of_no_version_is_refused_by_the_file(book: SqliteBook) -> None:
    with pytest.raises(IntegrityError):
        book.add_document(
            case_id="0",
            version=1,
            kind="term-sheet",
            language="zh",
            status="draft",
            issued_at=NOW,
            content=b"",
        )


def test_times_come_back_in_utc_whatever_their_offset(book: SqliteBook) -> None:
    beijing = NOW.astimezone(timezone(timedelta(hours=8)))
    (stored,) = book.add_cases([replace(new(), saved_at=beijing)])
    for version in (stored, book.load(stored.case_id)):
        assert version.saved_at.isoformat() == "2026-03-01T09:30:00.123456+00:00"


def test_a_time_without_offset_is_refused(book: SqliteBook) -> None:
    with pytest.raises(ValueError, match="without an offset"):
        book.add_cases([replace(new(), saved_at=NOW.replace(tzinfo=None))])
    assert book.list_cases() == []


def test_the_newest_saved_case_comes_first(book: SqliteBook) -> None:
    days = [replace(new(str(day)), saved_at=NOW + timedelta(days=day)) for day in (1, 3, 2)]
    book.add_cases(days)
    assert [entry.name for entry in book.list_cases()] == ["3", "2", "1"]


def test_a_version_that_is_not_there_cannot_be_approved(book: SqliteBook) -> None:
    (stored,) = book.add_cases([new()])
    with pytest.raises(StorageProblem) as caught:
        book.approve(Approval(stored.case_id, 2, "loan officer", "approver", NOW, ""))
    assert code_of(caught) == "not_found"


def test_two_connections_writing_at_once_lose_no_version(book: SqliteBook, path: Path) -> None:
    (stored,) = book.add_cases([new()])
    refused: list[str] = []
    start = threading.Barrier(2)

    def save_forty(name: str) -> None:
        own = open_book(path, now=NOW)
        start.wait()
        saved = 0
        while saved < 40:
            newest = own.load(stored.case_id).number
            try:
                own.append(stored.case_id, new(name), after=newest)
                saved += 1
            except StorageProblem as problem:
                refused.append(problem.code)
        own.close()

    writers = [threading.Thread(target=save_forty, args=(name,)) for name in ("a", "b")]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    versions = book.versions(stored.case_id)
    assert [version.number for version in versions] == list(range(1, 82))
    assert sorted(version.name for version in versions[1:]) == ["a"] * 40 + ["b"] * 40
    assert set(refused) <= {"stale"}


def statements(doing: Callable[[], object]) -> int:
    """Count what is sent to the database meanwhile."""
    sent: list[str] = []

    def count(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        sent.append(statement)

    event.listen(Engine, "before_cursor_execute", count)
    try:
        doing()
    finally:
        event.remove(Engine, "before_cursor_execute", count)
    return len(sent)


def test_a_long_book_is_listed_with_as_few_statements_as_a_short_one(book: SqliteBook) -> None:
    book.add_cases([new("first")])
    short = statements(book.list_cases)
    book.add_cases([new(str(number)) for number in range(500)])
    assert len(book.list_cases()) == 501
    assert statements(book.list_cases) == short


def test_a_full_disk_is_said_so_and_what_was_saved_stays(
    book: SqliteBook, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (stored,) = book.add_cases([new()])
    monkeypatch.setattr(database, "_SETTINGS", (*database._SETTINGS, "PRAGMA max_page_count=30"))
    small = open_book(path, now=NOW)
    with pytest.raises(StorageProblem) as caught:
        small.append(stored.case_id, replace(new(), document="x" * 500_000), after=1)
    assert code_of(caught) == "full"
    assert small.versions(stored.case_id) == [stored]
    small.close()
    assert check_book(path) == []


KILLED = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from sqlalchemy.orm import Session
from app.models.database import open_book
from tests.integration.test_storage import new
book = open_book(Path(sys.argv[1]), now=datetime.now(UTC))
(stored,) = book.add_cases([new("saved")])
print(stored.case_id, flush=True)
flush = Session.flush
def flush_and_die(self, *args):
    flush(self, *args)
    os.kill(os.getpid(), signal.SIGKILL)
Session.flush = flush_and_die
book.append(stored.case_id, new("half"), after=1)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL on this system")
def test_killing_the_process_during_a_save_loses_nothing_saved_before(path: Path) -> None:
    root = Path(__file__).parents[2]
    environment = {**os.environ, "PYTHONPATH": str(root)}
    died = subprocess.run(  # noqa: S603
        [sys.executable, "-c", KILLED, str(path)],
        check=False,
        capture_output=True,
        text=True,
        env=environment,
    )
    assert died.returncode == -signal.SIGKILL, died.stderr
    assert check_book(path) == []
    book = open_book(path, now=NOW)
    assert [v.name for v in book.versions(died.stdout.strip())] == ["saved"]
    book.close()


def test_a_book_held_by_another_program_is_said_to_be_locked(
    book: SqliteBook, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "_SETTINGS", ("PRAGMA foreign_keys=ON", "PRAGMA busy_timeout=10"))
    second = open_book(path, now=NOW)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageProblem) as caught:
            second.add_cases([new()])
        other.execute("ROLLBACK")
    assert code_of(caught) == "locked"
    second.close()
    assert book.list_cases() == []
