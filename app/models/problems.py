"""Turns the errors of SQLite and of the file system into storage problems, in one place."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError

from app.services.ports import StorageProblem

_CODES = {
    sqlite3.SQLITE_BUSY: "locked",
    sqlite3.SQLITE_LOCKED: "locked",
    sqlite3.SQLITE_FULL: "full",
    sqlite3.SQLITE_CORRUPT: "damaged",
    sqlite3.SQLITE_NOTADB: "damaged",
    sqlite3.SQLITE_CANTOPEN: "unreadable",
    sqlite3.SQLITE_READONLY: "unreadable",
    sqlite3.SQLITE_PERM: "unreadable",
    sqlite3.SQLITE_IOERR: "unreadable",
}
_FULL = {errno.ENOSPC, errno.EDQUOT}
_MISSING = ("no such table", "no such column")  # the file lacks what its revision promises


def storage_problem(error: Exception) -> StorageProblem | None:
    """Return the problem an error stands for; None when it is a fault of the program."""
    if isinstance(error, OSError):
        return StorageProblem("full" if error.errno in _FULL else "unreadable", str(error))
    cause = error.orig if isinstance(error, DBAPIError) else error
    extended = getattr(cause, "sqlite_errorcode", None)
    if extended is None:
        return None
    if extended == sqlite3.SQLITE_IOERR_SHMSIZE:
        return StorageProblem("full", str(error))
    code = _CODES.get(extended & 0xFF)
    if code is None and str(cause).startswith(_MISSING):
        code = "damaged"
    return None if code is None else StorageProblem(code, str(error))


@contextmanager
def told_as_storage_problem() -> Iterator[None]:
    """Raise what the environment causes inside as StorageProblem, everything else as it is."""
    try:
        yield
    except (DBAPIError, sqlite3.Error, OSError) as error:
        problem = storage_problem(error)
        if problem is None:
            raise
        raise problem from error
