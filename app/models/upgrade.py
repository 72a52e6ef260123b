"""Runs the alembic migrations on an open engine; imported only when there is one to run."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Engine


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    return config


def known_revisions() -> set[str]:
    """Return the revisions this program can read."""
    return {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}


def head() -> str | None:
    """Return the newest revision."""
    return ScriptDirectory.from_config(_config()).get_current_head()


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Bring the schema to `revision` in one transaction: all steps or none."""
    config = _config()
    with engine.connect() as raw:
        raw.exec_driver_sql("PRAGMA foreign_keys=OFF")
        raw.rollback()
        connection = raw.execution_options(writes=True)
        with connection.begin():
            config.attributes["connection"] = connection
            command.upgrade(config, revision)
        raw.exec_driver_sql("PRAGMA foreign_keys=ON")
        raw.rollback()
