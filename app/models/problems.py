"""Turns the errors of SQLite and of the file system into storage problems, in one place."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError

from app.services.ports import StorageProblem

_SIGNS = (
    ("locked", ("locked", "busy")),
    ("full", ("disk is full", "no space left")),
    ("damaged", ("not a database", "malformed", "corrupt", "no such table", "no such column")),
    ("unreadable", ("unable to open", "readonly", "read-only", "disk i/o", "permission denied")),
)


def storage_problem(error: Exception) -> StorageProblem | None:
    """Return the problem an error stands for; None when it is a fault of the program."""
    text = str(error.orig if isinstance(error, DBAPIError) and error.orig else error).lower()
    for code, signs in _SIGNS:
        if any(sign in text for sign in signs):
            return StorageProblem(code, str(error))
    return StorageProblem("unreadable", str(error)) if isinstance(error, OSError) else None


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
