"""Opening, checking, backing up and restoring the file of the book."""

import os
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

from app.models.guards import guard_faults
from app.models.problems import told_as_storage_problem
from app.models.repository import SqliteBook
from app.services.ports import StorageProblem

HEAD = "0004"
"""Newest revision of the schema; equals the newest module in migrations/versions."""

_MAGIC = b"SQLite format 3\x00"
_BUSY_SECONDS = 5
_SETTINGS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    f"PRAGMA busy_timeout={_BUSY_SECONDS * 1000}",
)


def make_engine(path: Path) -> Engine:
    """Return an engine on the file with our settings and explicit transactions."""
    engine = create_engine(
        URL.create("sqlite", database=str(path)), connect_args={"timeout": _BUSY_SECONDS}
    )

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
    with told_as_storage_problem():
        if not path.exists() or path.stat().st_size == 0:
            return None
        with path.open("rb") as stream:
            if stream.read(len(_MAGIC)) != _MAGIC:
                raise StorageProblem("damaged", f"{path} is no SQLite file")
        with closing(sqlite3.connect(path, timeout=_BUSY_SECONDS)) as connection:
            names = {
                row[0]
                for row in connection.execute("SELECT name FROM sqlite_master WHERE type='table'")
            }
            if not names:
                return None
            if "alembic_version" not in names:
                raise StorageProblem("damaged", f"{path} holds other tables: {sorted(names)[:5]}")
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
            if row is None and len(names) > 1:
                raise StorageProblem("damaged", f"{path} has tables, but no revision")
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
    if revision is not None:
        _refuse_later(revision)
        folder = backups or path.parent / "backups"
        backup_book(path, _free_backup(folder, revision, now))
    engine = make_engine(path)
    try:
        _bring_up_to_date(engine)
    except BaseException:
        engine.dispose()
        raise
    return SqliteBook(engine)


def _refuse_later(revision: str) -> None:
    if revision == HEAD:
        return
    from app.models.upgrade import known_revisions  # noqa: PLC0415 - loads alembic

    if revision not in known_revisions():
        raise StorageProblem("too_new", f"revision {revision}")


def _bring_up_to_date(engine: Engine) -> None:
    from app.models.upgrade import upgrade  # noqa: PLC0415 - loads alembic

    with told_as_storage_problem():
        upgrade(engine)


def backup_name(revision: str, now: datetime) -> str:
    """Return the name of a backup: revision and time in UTC."""
    return f"bluecarbon-{revision}-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}.db"


def _free_backup(folder: Path, label: str, now: datetime) -> Path:
    """Return a path in `folder`, made if need be, that no earlier backup has."""
    with told_as_storage_problem():
        folder.mkdir(parents=True, exist_ok=True)
        first = target = folder / backup_name(label, now)
        number = 1
        while target.exists():
            number += 1
            target = first.with_stem(f"{first.stem}-{number}")
        return target


def check_book(path: Path) -> list[str]:
    """Return what is wrong with the file, empty when it is whole.

    Looked at are pages, references, revision, the triggers that keep what was signed, and the
    digests of the documents.
    """
    try:
        revision = revision_of(path)
        if revision is None:
            return [f"not_found: {path}"]
        if revision != HEAD:
            return [f"revision {revision}, expected {HEAD}", *_faults(path)]
        return _faults(path) + _touched(path)
    except StorageProblem as problem:
        return [f"{problem.code}: {problem.detail}"]


def _faults(path: Path) -> list[str]:
    with (
        told_as_storage_problem(),
        closing(sqlite3.connect(path, timeout=_BUSY_SECONDS)) as connection,
    ):
        pages = connection.execute("PRAGMA integrity_check")
        faults = [f"integrity: {text}" for (text,) in pages if text != "ok"]
        broken = connection.execute("PRAGMA foreign_key_check")
        return faults + [f"reference: {row}" for row in broken]


def _touched(path: Path) -> list[str]:
    with (
        told_as_storage_problem(),
        closing(sqlite3.connect(path, timeout=_BUSY_SECONDS)) as connection,
    ):
        return guard_faults(connection)


def _stop_when_locked(status: int, _remaining: int, _total: int) -> None:
    """Give up after the busy timeout: by itself `Connection.backup` tries for ever."""
    if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        raise StorageProblem("locked", "held by another connection")


def _copy_pages(source: Path, target: Path, *, plain: bool) -> None:
    """Make the contents of `target` those of `source`, in one transaction.

    `plain` leaves a file that needs no -wal beside it; a book in use keeps its WAL.
    """
    with (
        told_as_storage_problem(),
        closing(sqlite3.connect(source, timeout=_BUSY_SECONDS)) as reading,
        closing(sqlite3.connect(target, timeout=_BUSY_SECONDS)) as writing,
    ):
        reading.backup(writing, progress=_stop_when_locked)
        if plain:
            writing.execute("PRAGMA journal_mode=DELETE")


def backup_book(path: Path, target: Path, *, overwrite: bool = False) -> None:
    """Copy the book, in use or not, to `target`, in one step.

    Raises:
        StorageProblem: "not_found" without a book, "exists" when the target is there or is
            the book itself.
    """
    with told_as_storage_problem():
        if not path.exists():
            raise StorageProblem("not_found", str(path))
        if target.exists() and (not overwrite or target.samefile(path)):
            raise StorageProblem("exists", str(target))
        temporary = target.with_name(f".{target.name}.{os.getpid()}.part")
        try:
            _copy_pages(path, temporary, plain=True)
            _put_in_place(temporary, target)
        finally:
            temporary.unlink(missing_ok=True)


def _put_in_place(temporary: Path, target: Path) -> None:
    with temporary.open("rb+") as stream:
        os.fsync(stream.fileno())
    temporary.replace(target)
    if os.name == "posix":  # the new name, too, must outlive a power cut
        folder = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def restore_book(backup: Path, path: Path, *, now: datetime) -> None:
    """Put a backup in the place of the book; the present file is kept as a backup.

    The contents of a whole file are changed in place, so that programs which have it open go
    on with the restored book instead of saving into a file that is gone.

    Raises:
        StorageProblem: "damaged" or "too_new" when the backup is no whole book of this or an
            earlier program, "locked" while somebody saves.
    """
    revision = revision_of(backup)
    if revision is None:
        raise StorageProblem("damaged", f"{backup} is empty")
    _refuse_later(revision)
    faults = _faults(backup)
    if faults:
        raise StorageProblem("damaged", "; ".join(faults))
    with told_as_storage_problem():
        path.parent.mkdir(parents=True, exist_ok=True)
        incoming = path.with_name(f".{path.name}.{os.getpid()}.incoming")
        try:
            _copy_pages(backup, incoming, plain=True)
            if revision != HEAD:
                engine = make_engine(incoming)
                try:
                    _bring_up_to_date(engine)
                finally:
                    engine.dispose()
            if _keep_present(path, now):
                _copy_pages(incoming, path, plain=False)
            else:
                for stale in _side_files(path):
                    stale.unlink(missing_ok=True)
                _put_in_place(incoming, path)
        finally:
            for left in (incoming, *_side_files(incoming)):
                left.unlink(missing_ok=True)


def _side_files(path: Path) -> tuple[Path, Path]:
    return path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")


def _keep_present(path: Path, now: datetime) -> bool:
    """Keep the present file as a backup; return whether it can be written into."""
    if not path.exists():
        return False
    folder = path.parent / "backups"
    try:
        revision_of(path)
        backup_book(path, _free_backup(folder, "replaced", now))
    except StorageProblem as problem:
        if problem.code != "damaged":
            raise
    else:
        return True
    kept = _free_backup(folder, "damaged", now)
    shutil.copy2(path, kept)
    log = _side_files(path)[0]
    if log.exists():
        shutil.copy2(log, _side_files(kept)[0])
    return False
