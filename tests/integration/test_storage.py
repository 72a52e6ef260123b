"""The book on a real SQLite file."""

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy.exc import IntegrityError

from app.models import database, upgrade
from app.models.base import Base
from app.models.database import backup_book, check_book, make_engine, open_book, restore_book
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


def test_the_file_is_in_wal_mode_with_foreign_keys_on(book: SqliteBook, path: Path) -> None:
    engine = make_engine(path)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2
    engine.dispose()
    assert book.list_cases() == []


def test_migrations_make_the_tables_the_program_uses(book: SqliteBook, path: Path) -> None:
    engine = make_engine(path)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, Base.metadata) == []
    engine.dispose()
    assert upgrade.head() == database.HEAD
    assert book.list_cases() == []


def test_an_ordinary_start_does_not_load_alembic(book: SqliteBook, path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from datetime import datetime, UTC;"
        "from app.models.database import open_book;"
        f"open_book(Path({str(path)!r}), now=datetime.now(UTC)).close();"
        "sys.exit('alembic' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0  # noqa: S603
    assert book.list_cases() == []


def test_a_file_of_a_later_program_is_refused_untouched(path: Path) -> None:
    open_book(path, now=NOW).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    before = path.read_bytes()
    with pytest.raises(StorageProblem) as caught:
        open_book(path, now=NOW)
    assert code_of(caught) == "too_new"
    assert path.read_bytes() == before


@pytest.mark.parametrize("content", [b"%PDF-1.7 not a book", b"\x00" * 5000, b"x"])
def test_a_file_that_is_no_book_is_refused_untouched(content: bytes, path: Path) -> None:
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    with pytest.raises(StorageProblem) as caught:
        open_book(path, now=NOW)
    assert code_of(caught) == "damaged"
    assert path.read_bytes() == content


def test_a_database_of_another_program_is_refused(path: Path) -> None:
    path.parent.mkdir(parents=True)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE other (x)")
        connection.commit()
    with pytest.raises(StorageProblem) as caught:
        open_book(path, now=NOW)
    assert code_of(caught) == "damaged"


def _next_step(folder: Path, body: str) -> None:
    """Copy the migrations into `folder` and add step 0002 with `body`."""
    source = Path(upgrade.__file__).parent / "migrations"
    (folder / "versions").mkdir(parents=True)
    (folder / "env.py").write_text((source / "env.py").read_text())
    first = "0001_first_tables.py"
    (folder / "versions" / first).write_text((source / "versions" / first).read_text())
    (folder / "versions" / "0002_next.py").write_text(
        "import sqlalchemy as sa\nfrom alembic import op\n"
        "revision = '0002'\ndown_revision = '0001'\n"
        f"def upgrade():\n    op.create_table('extra', sa.Column('x', sa.Integer()))\n    {body}\n"
    )


_UPGRADE = upgrade.upgrade


def _first_step_only(engine: object) -> None:
    _UPGRADE(engine, "0001")  # type: ignore[arg-type]


@pytest.fixture
def next_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make the program one schema step younger than the file; returns the migrations' folder."""
    folder = tmp_path / "migrations"
    config = upgrade._config()
    config.set_main_option("script_location", str(folder))
    monkeypatch.setattr(upgrade, "_config", lambda: config)
    monkeypatch.setattr(database, "HEAD", "0002")
    return folder


def test_a_file_that_is_behind_is_backed_up_then_upgraded(path: Path, next_program: Path) -> None:
    _next_step(next_program, "pass")
    with pytest.MonkeyPatch.context() as older:
        older.setattr(database, "HEAD", "0001")
        older.setattr(upgrade, "upgrade", _first_step_only)
        first = open_book(path, now=NOW)
        (stored,) = first.add_cases([new()])
        first.close()
    again = open_book(path, now=NOW)
    assert again.load(stored.case_id) == stored
    again.close()
    (backup,) = (path.parent / "backups").iterdir()
    assert backup.name == "bluecarbon-0001-20260301T093000Z.db"
    assert database.revision_of(backup) == "0001"
    assert database.revision_of(path) == "0002"


def test_a_migration_that_fails_leaves_the_file_as_it_was(path: Path, next_program: Path) -> None:
    _next_step(next_program, "raise RuntimeError('half way')")
    with pytest.MonkeyPatch.context() as older:
        older.setattr(database, "HEAD", "0001")
        older.setattr(upgrade, "upgrade", _first_step_only)
        open_book(path, now=NOW).close()
    with pytest.raises(RuntimeError, match="half way"):
        open_book(path, now=NOW)
    assert database.revision_of(path) == "0001"
    with closing(sqlite3.connect(path)) as connection:
        tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
    assert "extra" not in tables
    assert "case_versions" in tables


def test_a_backup_is_a_whole_book_and_is_not_overwritten(
    book: SqliteBook, path: Path, tmp_path: Path
) -> None:
    (stored,) = book.add_cases([new()])
    copy = tmp_path / "copy.db"
    backup_book(path, copy)
    assert check_book(copy) == []
    with pytest.raises(StorageProblem) as caught:
        backup_book(path, copy)
    assert code_of(caught) == "exists"
    opened = open_book(copy, now=NOW)
    assert opened.load(stored.case_id) == stored
    opened.close()


def test_restoring_keeps_the_replaced_book(path: Path, tmp_path: Path) -> None:
    first = open_book(path, now=NOW)
    first.add_cases([new("before")])
    backup_book(path, tmp_path / "copy.db")
    first.add_cases([new("after")])
    first.close()
    restore_book(tmp_path / "copy.db", path, now=NOW)
    restored = open_book(path, now=NOW)
    assert [entry.name for entry in restored.list_cases()] == ["before"]
    restored.close()
    (kept,) = (path.parent / "backups").iterdir()
    older = open_book(kept, now=NOW)
    assert {entry.name for entry in older.list_cases()} == {"before", "after"}
    older.close()


def test_a_damaged_backup_is_not_restored(book: SqliteBook, path: Path, tmp_path: Path) -> None:
    (stored,) = book.add_cases([new()])
    bad = tmp_path / "bad.db"
    bad.write_bytes(b"SQLite format 3\x00 and then nothing that fits")
    with pytest.raises(StorageProblem) as caught:
        restore_book(bad, path, now=NOW)
    assert code_of(caught) == "damaged"
    assert book.load(stored.case_id) == stored


KILLED = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from app.models import repository
from app.models.database import open_book
from tests.integration.test_storage import new
book = open_book(Path(sys.argv[1]), now=datetime.now(UTC))
(stored,) = book.add_cases([new("saved")])
print(stored.case_id, flush=True)
flush = repository.Session.flush
def flush_and_die(self, *args):
    flush(self, *args)
    os.kill(os.getpid(), signal.SIGKILL)
repository.Session.flush = flush_and_die
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


def test_a_folder_that_cannot_be_written_is_said_so(tmp_path: Path) -> None:
    blocker = tmp_path / "file"
    blocker.write_text("")
    with pytest.raises(StorageProblem) as caught:
        open_book(blocker / "book.db", now=NOW)
    assert code_of(caught) == "unreadable"


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
