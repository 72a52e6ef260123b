"""Commands on the book: import, check, backup, restore."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from app.cli.refusal import refuse
from app.i18n import _ as translate

if TYPE_CHECKING:
    from app.services.workbench import Workbench


@dataclass(frozen=True)
class Doors:
    """What the command line is handed: how to open the book, look after it, show the window."""

    open_workbench: Callable[[], Any]
    maintenance: Callable[[], Any]
    show_window: Callable[[], int]


@contextmanager
def opened(doors: Doors, *, as_json: bool) -> Iterator["Workbench"]:
    """Open the book; a refusal inside leaves with exit code 2."""
    from app.services.case_file import CaseRefused  # noqa: PLC0415 - each command loads its own

    workbench = doors.open_workbench()
    try:
        yield workbench
    except CaseRefused as refused:
        refuse(list(refused.problems), as_json=as_json)
    finally:
        workbench.close()


def _import_command(doors: Doors) -> click.Command:
    @click.command("import", help=translate("Store case files in the book, all or none."))
    @click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
    @click.option("--json", "as_json", is_flag=True, help=translate("Print JSON."))
    def import_files(files: tuple[Path, ...], as_json: bool) -> None:
        from app.services.case_file import CaseRefused  # noqa: PLC0415

        workbench = doors.open_workbench()
        try:
            stored = workbench.import_files(files)
        except CaseRefused as refused:
            refuse(refused.problems, as_json=as_json)
            raise
        finally:
            workbench.close()
        if as_json:
            rows = [{"case_id": v.case_id, "version": v.number, "name": v.name} for v in stored]
            click.echo(json.dumps({"stored": rows}, ensure_ascii=False))
            return
        for version in stored:
            click.echo(translate("Stored: {name}").format(name=version.name))

    return import_files


def _db_commands(doors: Doors) -> click.Group:
    @click.group("db", help=translate("Check, back up or restore the book."))
    def db() -> None:
        pass

    @db.command("check", help=translate("Check that the book is whole."))
    def check() -> None:
        findings = doors.maintenance().check()
        for finding in findings:
            click.echo(finding, err=True)
        if findings:
            sys.exit(1)
        click.echo(translate("The book is whole."))

    @db.command("backup", help=translate("Copy the book to a file."))
    @click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
    def backup(file: Path) -> None:
        doors.maintenance().backup(file)
        click.echo(translate("Backup written: {file}").format(file=file))

    @db.command("restore", help=translate("Put a backup in the place of the book."))
    @click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
    def restore(file: Path) -> None:
        doors.maintenance().restore(file)
        click.echo(translate("The book was restored; the earlier one was kept as a backup."))

    return db


def book_commands(doors: Doors) -> list[click.Command]:
    """Return the commands that work on the book."""
    return [_import_command(doors), _db_commands(doors)]
