"""Checking, backing up and restoring the file of the book."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from app.models import database
from app.models.database import backup_book, check_book, open_book, restore_book
from app.models.repository import SqliteBook
from app.services.ports import StorageProblem
from tests.integration.test_storage import NOW, code_of, new


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "book.db"


@pytest.fixture
def book(path: Path) -> Iterator[SqliteBook]:
    opened = open_book(path, now=NOW)
    yield opened
    opened.close()


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


def kept_beside(path: Path) -> list[str]:
    return sorted(entry.name for entry in (path.parent / "backups").iterdir())


def test_a_program_that_has_the_book_open_goes_on_with_the_restored_one(
    book: SqliteBook, path: Path, tmp_path: Path
) -> None:
    book.add_cases([new("before")])
    backup_book(path, tmp_path / "copy.db")
    book.add_cases([new("after")])
    restore_book(tmp_path / "copy.db", path, now=NOW)
    assert [entry.name for entry in book.list_cases()] == ["before"]
    book.add_cases([new("saved since")])
    book.close()
    again = open_book(path, now=NOW)
    assert {entry.name for entry in again.list_cases()} == {"before", "saved since"}
    again.close()
    assert check_book(path) == []


def test_each_replaced_book_is_kept(book: SqliteBook, path: Path, tmp_path: Path) -> None:
    backup_book(path, tmp_path / "copy.db")
    book.add_cases([new()])
    for _ in range(2):
        restore_book(tmp_path / "copy.db", path, now=NOW)
    names = kept_beside(path)
    assert names == [
        "bluecarbon-replaced-20260301T093000Z-2.db",
        "bluecarbon-replaced-20260301T093000Z.db",
    ]
    first = open_book(path.parent / "backups" / names[1], now=NOW)
    assert len(first.list_cases()) == 1
    first.close()


def test_a_backup_takes_the_place_of_a_damaged_book(path: Path, tmp_path: Path) -> None:
    first = open_book(path, now=NOW)
    first.add_cases([new("before")])
    first.close()
    backup_book(path, tmp_path / "copy.db")
    path.write_bytes(b"ruined" * 1000)
    path.with_name("book.db-wal").write_bytes(b"of the ruined file")
    restore_book(tmp_path / "copy.db", path, now=NOW)
    restored = open_book(path, now=NOW)
    assert [entry.name for entry in restored.list_cases()] == ["before"]
    restored.close()
    damaged = "bluecarbon-damaged-20260301T093000Z.db"
    assert kept_beside(path) == [damaged, f"{damaged}-wal"]
    assert (path.parent / "backups" / damaged).read_bytes() == b"ruined" * 1000
    assert sorted(entry.name for entry in path.parent.iterdir()) == ["backups", "book.db"]


def test_a_book_with_ruined_pages_is_found_and_restored(path: Path, tmp_path: Path) -> None:
    first = open_book(path, now=NOW)
    first.add_cases([new("before")])
    first.close()
    backup_book(path, tmp_path / "copy.db")
    pages = path.read_bytes()
    half = len(pages) // 2
    path.write_bytes(pages[:half] + b"\xa5" * (len(pages) - half))
    assert check_book(path) != []
    restore_book(tmp_path / "copy.db", path, now=NOW)
    assert check_book(path) == []


def test_a_backup_of_a_later_program_is_not_restored(
    book: SqliteBook, path: Path, tmp_path: Path
) -> None:
    (stored,) = book.add_cases([new()])
    later = tmp_path / "later.db"
    backup_book(path, later)
    with closing(sqlite3.connect(later)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    with pytest.raises(StorageProblem) as caught:
        restore_book(later, path, now=NOW)
    assert code_of(caught) == "too_new"
    assert book.load(stored.case_id) == stored


def test_a_book_somebody_is_saving_into_is_not_replaced(
    book: SqliteBook, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup_book(path, tmp_path / "copy.db")
    (stored,) = book.add_cases([new()])
    monkeypatch.setattr(database, "_BUSY_SECONDS", 0.05)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageProblem) as caught:
            restore_book(tmp_path / "copy.db", path, now=NOW)
        other.execute("ROLLBACK")
    assert code_of(caught) == "locked"
    assert book.load(stored.case_id) == stored
    assert not list(path.parent.glob("*.incoming*"))


def test_a_book_is_not_backed_up_onto_itself(book: SqliteBook, path: Path) -> None:
    (stored,) = book.add_cases([new()])
    with pytest.raises(StorageProblem) as caught:
        backup_book(path, path, overwrite=True)
    assert code_of(caught) == "exists"
    assert book.load(stored.case_id) == stored


def test_a_book_that_is_not_there_cannot_be_backed_up(path: Path, tmp_path: Path) -> None:
    with pytest.raises(StorageProblem) as caught:
        backup_book(path, tmp_path / "copy.db")
    assert code_of(caught) == "not_found"
    assert list(tmp_path.glob("*.db")) == []


def test_a_missing_book_is_restored_from_a_backup(path: Path, tmp_path: Path) -> None:
    open_book(tmp_path / "copy.db", now=NOW).close()
    restore_book(tmp_path / "copy.db", path, now=NOW)
    assert check_book(path) == []
