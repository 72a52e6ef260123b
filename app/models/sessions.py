"""Sessions on the file of the book: reading, or writing in one transaction."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app.models.problems import told_as_storage_problem


class Sessions:
    """Hands out sessions on one engine."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @contextmanager
    def _reading(self) -> Iterator[Session]:
        with told_as_storage_problem(), Session(self._engine) as session:
            yield session

    @contextmanager
    def _writing(self) -> Iterator[Session]:
        options = {"writes": True}
        with (
            told_as_storage_problem(),
            self._engine.connect().execution_options(**options) as connection,
            Session(connection) as session,
        ):
            yield session
            session.commit()

    def close(self) -> None:
        """Release the file."""
        self._engine.dispose()
