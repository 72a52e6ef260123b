"""Opening, checking, backing up and restoring the file of the book."""

import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

from app.models.problems import told_as_storage_problem
from app.models.repository import SqliteBook
from app.services.ports import StorageProblem

HEAD = "0001"
"""Newest revision of the schema; equals the newest module in migrations/versions."""

_MAGIC = b"SQLite format 3\x00"
_SETTINGS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA busy_timeout=5000",
)


def make_engine(path: Path) -> Engine:
    """Return an engine on the file with our settings and explicit transactions."""
    engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": 5})

    @event.listens_for(engine, "connect")
    def configure(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
        connection.isolation_level = None
        for setting in _SETTINGS:
            connection.execute(setting)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def revision_of(path: Path) -> str | None:
    """Return the revision of a file; None when it is new or has no tables.

    Raises:
        StorageProblem: "damaged" when it is no book, "locked" or "unreadable".
    """
    if not path.exists() or path.stat().st_size == 0:
        return None
    with told_as_storage_problem(), path.open("rb") as stream:
        if stream.read(len(_MAGIC)) != _MAGIC:
            raise StorageProblem("damaged", f"{path} is no SQLite file")
    with (
        told_as_storage_problem(),
        closing(sqlite3.connect(f"file:{path}?mode=rw", uri=True, timeout=5)) as connection,
    ):
        names = {
            row[0]
            for row in connection.execute("SELECT name FROM sqlite_master WHERE type='table'")
        }
        if not names:
            return None
        if "alembic_version" not in names:
            raise StorageProblem("damaged", f"{path} holds other tables: {sorted(names)[:5]}")
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        return None if row is None else str(row[0])


def open_book(path: Path, *, backups: Path | None = None, now: datetime) -> SqliteBook:
    """Open the book, making it or bringing its schema up to date first.

    A file that is behind is copied into `backups` (by default the folder of that name beside
    it) before anything is changed.

    Raises:
        StorageProblem: damaged, locked, full, unreadable, or written by a later program.
    """
    with told_as_storage_problem():
        path.parent.mkdir(parents=True, exist_ok=True)
    revision = revision_of(path)
    if revision == HEAD:
        return SqliteBook(make_engine(path))
    from app.models.upgrade import known_revisions, upgrade  # noqa: PLC0415 - loads alembic

    if revision is not None:
        if revision not in known_revisions():
            raise StorageProblem("too_new", f"revision {revision}")
        folder = backups or path.parent / "backups"
        folder.mkdir(parents=True, exist_ok=True)
        backup_book(path, folder / backup_name(revision, now))
    engine = make_engine(path)
    try:
        with told_as_storage_problem():
            upgrade(engine)
    except BaseException:
        engine.dispose()
        raise
    return SqliteBook(engine)


def backup_name(revision: str, now: datetime) -> str:
    """Return the name of a backup: revision and time in UTC."""
    return f"bluecarbon-{revision}-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}.db"


def check_book(path: Path) -> list[str]:
    """Return what is wrong with the file: pages, references, revision; empty when it is whole."""
    try:
        revision = revision_of(path)
    except StorageProblem as problem:
        return [f"{problem.code}: {problem.detail}"]
    if revision is None:
        return [f"not_found: {path}"]
    findings = [] if revision == HEAD else [f"revision {revision}, expected {HEAD}"]
    with told_as_storage_problem(), closing(sqlite3.connect(path, timeout=5)) as connection:
        pages = connection.execute("PRAGMA integrity_check")
        findings += [f"integrity: {text}" for (text,) in pages if text != "ok"]
        broken = connection.execute("PRAGMA foreign_key_check")
        findings += [f"reference: {row}" for row in broken]
    return findings


def backup_book(path: Path, target: Path, *, overwrite: bool = False) -> None:
    """Copy the book, in use or not, to `target`, in one step.

    Raises:
        StorageProblem: "not_found" without a book, "exists" when the target is there.
    """
    if not path.exists():
        raise StorageProblem("not_found", str(path))
    if target.exists() and not overwrite:
        raise StorageProblem("exists", str(target))
    temporary = target.with_name(f".{target.name}.part")
    try:
        with told_as_storage_problem():
            with (
                closing(sqlite3.connect(path, timeout=5)) as source,
                closing(sqlite3.connect(temporary)) as copy,
            ):
                source.backup(copy)
                copy.execute("PRAGMA journal_mode=DELETE")
            with temporary.open("rb+") as stream:
                os.fsync(stream.fileno())
            temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)


def restore_book(backup: Path, path: Path, *, now: datetime) -> None:
    """Put a backup in the place of the book; the present file is kept as a backup.

    Raises:
        StorageProblem: the backup is no whole book of this or an earlier program.
    """
    revision = revision_of(backup)
    if revision is None:
        raise StorageProblem("damaged", f"{backup} is empty")
    broken = [text for text in check_book(backup) if not text.startswith("revision")]
    if broken:
        raise StorageProblem("damaged", "; ".join(broken))
    with told_as_storage_problem():
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists():
            folder = path.parent / "backups"
            folder.mkdir(parents=True, exist_ok=True)
            backup_book(path, folder / backup_name("replaced", now), overwrite=True)
        incoming = path.with_name(f".{path.name}.incoming")
        backup_book(backup, incoming, overwrite=True)
        for suffix in ("-wal", "-shm"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
        incoming.replace(path)
