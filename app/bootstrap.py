"""The composition root: the only module that knows every part."""

import os
import sys
from datetime import UTC, datetime
from io import TextIOWrapper
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from app.i18n import LANGUAGES, active_language, set_language, system_language, translator
from app.i18n import _ as translate
from app.paths import data_folder

if TYPE_CHECKING:
    from app.services.workbench import Workbench

BOOK_FILE = "book.db"


def book_path() -> Path:
    """Return the file of the book in the user's data folder."""
    return data_folder() / BOOK_FILE


def present_time() -> datetime:
    """Return the time of the system clock, with its offset."""
    return datetime.now(UTC).astimezone()


def open_workbench() -> "Workbench":
    """Open the book, made with the demonstration cases when it is new, and its use cases.

    Raises:
        StorageProblem: the file is locked, damaged, too new or cannot be written.
    """
    from app.models.database import open_book  # noqa: PLC0415 - loaded after the first paint
    from app.reference.tables import load_reference  # noqa: PLC0415
    from app.services.demo import demo_files  # noqa: PLC0415
    from app.services.workbench import Workbench  # noqa: PLC0415

    book = open_book(book_path(), now=present_time())
    workbench = Workbench(book, load_reference(), present_time)
    if not book.list_cases() and not book.list_cases(archived=True):
        workbench.import_files(demo_files())
    return workbench


class BookMaintenance:
    """Check, backup and restore of the user's book."""

    def check(self) -> list[str]:
        """Return what is wrong with the book; an empty list when it is whole."""
        from app.models.database import check_book  # noqa: PLC0415

        return list(check_book(book_path()))

    def has_book(self) -> bool:
        """Return whether there is a book; opening one that is not there makes it."""
        return book_path().exists()

    def folder(self) -> Path:
        """Return the folder of the book."""
        return data_folder()

    def backup(self, target: Path) -> None:
        """Copy the book to `target` while it may be in use."""
        from app.models.database import backup_book  # noqa: PLC0415

        backup_book(book_path(), target)

    def restore(self, source: Path) -> None:
        """Put `source` in the place of the book; the present one is kept as a backup."""
        from app.models.database import restore_book  # noqa: PLC0415

        restore_book(source, book_path(), now=present_time())


def show_window() -> int:
    """Show the window and return its exit code; without a display say what to do."""
    if not has_display():
        sys.stderr.write(
            translate(
                "There is no display, so the window cannot be shown. Start it on a desktop, or "
                "compute without one: bluecarbon demo FOLDER, then bluecarbon run CASE --json."
            )
            + "\n"
        )
        return 1
    from app.settings import load_settings  # noqa: PLC0415
    from app.views.application import run  # noqa: PLC0415

    return run(open_workbench, load_settings(), BookMaintenance())


def has_display() -> bool:
    """Return whether a window can be shown here."""
    if not sys.platform.startswith("linux") or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _chosen_language(arguments: list[str]) -> str:
    """Return the language the command line names, else the saved one, else the system's."""
    for given, following in pairwise([*arguments, ""]):
        if given == "--language" and following in LANGUAGES:
            return following
        if given.startswith("--language=") and given.partition("=")[2] in LANGUAGES:
            return given.partition("=")[2]
    return system_language()


def _speak_utf8() -> None:
    """Let Chinese through where the console has another encoding."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


def main(arguments: list[str] | None = None) -> None:
    """Run the command line; without arguments the window opens.

    Exit codes: 0 done, 2 input refused, 1 anything else.
    """
    _speak_utf8()
    given = sys.argv[1:] if arguments is None else arguments
    set_language(_chosen_language(given))
    if not given:
        sys.exit(show_window())
    _run(given)


def _environment_text(problem: Exception) -> str:
    from app.messages.system_words import file_problem_text  # noqa: PLC0415 - only on failure
    from app.services.ports import StorageProblem  # noqa: PLC0415
    from app.services.storage_text import storage_text  # noqa: PLC0415

    if isinstance(problem, StorageProblem):
        return storage_text(problem, translator(active_language()))
    if isinstance(problem, OSError):
        return file_problem_text(problem, translator(active_language()))
    return str(problem)


def _run(arguments: list[str]) -> None:
    from app.cli.book_commands import Doors  # noqa: PLC0415 - the window needs no command line
    from app.cli.commands import build  # noqa: PLC0415
    from app.services.ports import StorageProblem  # noqa: PLC0415

    commands = build(
        Doors(
            open_workbench=open_workbench,
            maintenance=BookMaintenance,
            show_window=show_window,
        )
    )
    try:
        commands(arguments, prog_name="bluecarbon")
    except (StorageProblem, OSError) as problem:
        sys.stderr.write(f"{_environment_text(problem)}\n")
        sys.exit(1)
