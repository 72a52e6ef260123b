"""Opening the file of the book: making, upgrading, refusing."""

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from app.models import database, upgrade
from app.models.base import Base
from app.models.database import check_book, make_engine, open_book
from app.models.problems import storage_problem
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


def _definitions(path: Path) -> dict[str, list[str]]:
    query = "SELECT name, sql FROM sqlite_master WHERE name != 'alembic_version' AND sql NOT NULL"
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute(query).fetchall()
    return {name: sorted(line.strip(" \t,") for line in sql.splitlines()) for name, sql in rows}


def test_migrations_make_the_same_constraints_by_the_same_names(path: Path) -> None:
    open_book(path, now=NOW).close()
    direct = path.with_name("direct.db")
    engine = make_engine(direct)
    Base.metadata.create_all(engine)
    engine.dispose()
    assert _definitions(path) == _definitions(direct)


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


PRESENT = database.HEAD
NEXT = f"{int(PRESENT) + 1:04d}"


def _next_step(folder: Path, body: str) -> None:
    """Copy the migrations into `folder` and add the next step with `body`."""
    source = Path(upgrade.__file__).parent / "migrations"
    (folder / "versions").mkdir(parents=True)
    (folder / "env.py").write_text((source / "env.py").read_text())
    for step in (source / "versions").glob("0*.py"):
        (folder / "versions" / step.name).write_text(step.read_text())
    (folder / "versions" / f"{NEXT}_next.py").write_text(
        "import sqlalchemy as sa\nfrom alembic import op\n"
        f"revision = '{NEXT}'\ndown_revision = '{PRESENT}'\n"
        f"def upgrade():\n    op.create_table('extra', sa.Column('x', sa.Integer()))\n    {body}\n"
    )


_UPGRADE = upgrade.upgrade


def _present_steps_only(engine: object) -> None:
    _UPGRADE(engine, PRESENT)  # type: ignore[arg-type]


@pytest.fixture
def next_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make the program one schema step younger than the file; returns the migrations' folder."""
    folder = tmp_path / "migrations"
    config = upgrade._config()
    config.set_main_option("script_location", str(folder))
    monkeypatch.setattr(upgrade, "_config", lambda: config)
    monkeypatch.setattr(database, "HEAD", NEXT)
    return folder


def _start_at_present_step(path: Path) -> str:
    """Make a book with one case as the program before the next step made it; returns its id."""
    with pytest.MonkeyPatch.context() as older:
        older.setattr(database, "HEAD", PRESENT)
        older.setattr(upgrade, "upgrade", _present_steps_only)
        first = open_book(path, now=NOW)
        (stored,) = first.add_cases([new()])
        first.close()
    return stored.case_id


def test_a_file_that_is_behind_is_backed_up_then_upgraded(path: Path, next_program: Path) -> None:
    _next_step(next_program, "pass")
    case_id = _start_at_present_step(path)
    again = open_book(path, now=NOW)
    assert again.load(case_id).name == new().name
    again.close()
    (backup,) = (path.parent / "backups").iterdir()
    assert backup.name == f"bluecarbon-{PRESENT}-20260301T093000Z.db"
    assert database.revision_of(backup) == PRESENT
    assert database.revision_of(path) == NEXT


def test_a_migration_that_fails_leaves_the_file_as_it_was(path: Path, next_program: Path) -> None:
    _next_step(next_program, "raise RuntimeError('half way')")
    case_id = _start_at_present_step(path)
    for _ in range(2):  # trying again in the same second is no reason to stop
        with pytest.raises(RuntimeError, match="half way"):
            open_book(path, now=NOW)
    assert database.revision_of(path) == PRESENT
    with closing(sqlite3.connect(path)) as connection:
        tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
        names = [row[0] for row in connection.execute("SELECT name FROM case_versions")]
    assert "extra" not in tables
    assert names == [new().name], case_id
    assert sorted(backup.name for backup in (path.parent / "backups").iterdir()) == [
        f"bluecarbon-{PRESENT}-20260301T093000Z-2.db",
        f"bluecarbon-{PRESENT}-20260301T093000Z.db",
    ]


def test_a_step_may_rebuild_a_table_that_others_refer_to(path: Path, next_program: Path) -> None:
    _next_step(
        next_program,
        "with op.batch_alter_table('cases', recreate='always') as batch:\n"
        "        batch.add_column(sa.Column('branch', sa.Text()))",
    )
    case_id = _start_at_present_step(path)
    book = open_book(path, now=NOW)
    assert book.load(case_id).name == new().name
    book.close()
    assert check_book(path) == []


def test_a_step_that_breaks_references_is_undone(path: Path, next_program: Path) -> None:
    _next_step(next_program, "op.execute('DELETE FROM cases')")
    _start_at_present_step(path)
    with pytest.raises(StorageProblem) as caught:
        open_book(path, now=NOW)
    assert code_of(caught) == "damaged"
    assert database.revision_of(path) == PRESENT
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT count(*) FROM cases").fetchone() == (1,)


@pytest.mark.parametrize("name", ["what?", "a#b", "50% off", "x%41y", "红树林 book"])
def test_a_folder_of_any_name_holds_a_book(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "outer" / name
    for _ in range(2):
        open_book(folder / "book.db", now=NOW).close()
    assert check_book(folder / "book.db") == []
    assert [entry.name for entry in (tmp_path / "outer").iterdir()] == [name]
    assert [entry.name for entry in folder.iterdir()] == ["book.db"]


def test_programs_started_at_once_make_one_book(path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from datetime import datetime, UTC;"
        "from app.models.database import open_book;"
        f"open_book(Path({str(path)!r}), now=datetime.now(UTC)).close()"
    )
    programs = [subprocess.Popen([sys.executable, "-c", code]) for _ in range(3)]  # noqa: S603
    assert [program.wait() for program in programs] == [0, 0, 0]
    assert check_book(path) == []


def test_a_name_in_a_path_does_not_decide_what_went_wrong() -> None:
    problem = storage_problem(PermissionError(13, "Permission denied", "/home/locked/full"))
    assert problem is not None
    assert problem.code == "unreadable"


def test_a_fault_of_the_program_is_no_storage_problem() -> None:
    assert storage_problem(sqlite3.ProgrammingError("Cannot operate on a closed database.")) is None


def test_a_book_whose_tables_are_gone_is_damaged(path: Path) -> None:
    open_book(path, now=NOW).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TABLE case_versions")
        connection.commit()
    book = open_book(path, now=NOW)
    with pytest.raises(StorageProblem) as caught:
        book.list_cases()
    book.close()
    assert code_of(caught) == "damaged"


def test_a_book_without_its_revision_is_damaged(path: Path) -> None:
    open_book(path, now=NOW).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DELETE FROM alembic_version")
        connection.commit()
    with pytest.raises(StorageProblem) as caught:
        open_book(path, now=NOW)
    assert code_of(caught) == "damaged"


def test_a_folder_that_cannot_be_written_is_said_so(tmp_path: Path) -> None:
    blocker = tmp_path / "file"
    blocker.write_text("")
    with pytest.raises(StorageProblem) as caught:
        open_book(blocker / "book.db", now=NOW)
    assert code_of(caught) == "unreadable"
