"""Runs the alembic migrations on an open engine; imported only when there is one to run."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from app.services.ports import StorageProblem


def _config() -> Config:
    config = Config()
    folder = str(Path(__file__).parent / "migrations")
    config.set_main_option("script_location", folder.replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def known_revisions() -> set[str]:
    """Return the revisions this program can read."""
    return {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}


def head() -> str | None:
    """Return the newest revision."""
    return ScriptDirectory.from_config(_config()).get_current_head()


def _enforce_references(connection: Connection, *, on: bool) -> None:
    """Set it below SQLAlchemy: inside a transaction the pragma does nothing."""
    cursor = connection.connection.cursor()
    cursor.execute(f"PRAGMA foreign_keys={'ON' if on else 'OFF'}")
    cursor.close()


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Bring the schema to `revision` in one transaction: all steps or none.

    References are checked at the end, not meanwhile, so that a step can rebuild a table.
    """
    config = _config()
    with engine.connect() as connection:
        _enforce_references(connection, on=False)
        try:
            with connection.execution_options(writes=True).begin():
                config.attributes["connection"] = connection
                command.upgrade(config, revision)
                broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
                if broken:
                    raise StorageProblem("damaged", f"references: {broken[:5]}")
        finally:
            _enforce_references(connection, on=True)
