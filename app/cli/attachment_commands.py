"""Commands on the cases of the book and the papers attached to them."""

from pathlib import Path

import click

from app.cli.book_commands import Doors, opened
from app.cli.market_output import json_option, say_json, say_rows, written_text
from app.formats import moment
from app.i18n import N_
from app.i18n import _ as translate


def _cases_command(doors: Doors) -> click.Command:
    @click.command("cases", help=translate("List the cases of the book with their numbers."))
    @json_option
    def cases(as_json: bool) -> None:
        with opened(doors, as_json=as_json) as workbench:
            found = list(workbench.list_cases())
        if as_json:
            say_json(cases=found)
            return
        heads = (N_("Case no."), N_("Case"), N_("Saved"), N_("Version"))
        rows = [
            (
                entry.case_id,
                entry.name,
                moment(entry.saved_at),
                str(entry.version),
            )
            for entry in found
        ]
        say_rows(heads, rows, texts=3)

    return cases


def _list_command(doors: Doors) -> click.Command:
    @click.command("list", help=translate("List the papers attached to a case."))
    @click.argument("case_id")
    @json_option
    def list_papers(case_id: str, as_json: bool) -> None:
        with opened(doors, as_json=as_json) as workbench:
            workbench.open(case_id)
            found = list(workbench.list_attachments(case_id))
        if as_json:
            say_json(attachments=found)
            return
        heads = (
            N_("Attachment no."),
            N_("File"),
            N_("Kind of file"),
            N_("Attached"),
            N_("Size (bytes)"),
        )
        rows = [
            (
                entry.attachment_id,
                entry.name,
                entry.media_type,
                moment(entry.added_at),
                f"{entry.size:,}",
            )
            for entry in found
        ]
        say_rows(heads, rows, texts=4)

    return list_papers


def _add_command(doors: Doors) -> click.Command:
    @click.command("add", help=translate("Attach a copy of a file to a case, up to 20 MB."))
    @click.argument("case_id")
    @click.argument("file", type=click.Path(path_type=Path))
    @json_option
    def add(case_id: str, file: Path, as_json: bool) -> None:
        with opened(doors, as_json=as_json) as workbench:
            entry = workbench.add_attachment(case_id, file)
        if as_json:
            say_json(attached=entry)
            return
        text = translate("Attached: {name} ({size} bytes), number {number}.")
        click.echo(text.format(name=entry.name, size=f"{entry.size:,}", number=entry.attachment_id))

    return add


def _export_command(doors: Doors) -> click.Command:
    @click.command("export", help=translate("Write an attached paper to a file."))
    @click.argument("attachment_id")
    @click.option(
        "-o",
        "--output",
        required=True,
        type=click.Path(path_type=Path, dir_okay=False),
        help=translate("File to write."),
    )
    @json_option
    def export(attachment_id: str, output: Path, as_json: bool) -> None:
        from app.services.files import write_atomically  # noqa: PLC0415

        with opened(doors, as_json=as_json) as workbench:
            content = workbench.attachment_bytes(attachment_id)
        write_atomically(output, content)
        if as_json:
            say_json(file=str(output), size=len(content))
            return
        click.echo(written_text(output, len(content)))

    return export


def _remove_command(doors: Doors) -> click.Command:
    @click.command("remove", help=translate("Delete an attached paper from the book."))
    @click.argument("attachment_id")
    @json_option
    def remove(attachment_id: str, as_json: bool) -> None:
        with opened(doors, as_json=as_json) as workbench:
            workbench.remove_attachment(attachment_id)
        if as_json:
            say_json(removed=attachment_id)
            return
        click.echo(translate("The attachment was deleted."))

    return remove


def attachment_commands(doors: Doors) -> list[click.Command]:
    """Return the commands `cases` and `attachments`."""

    @click.group("attachments", help=translate("Papers attached to the cases of the book."))
    def attachments() -> None:
        pass

    for make in (_list_command, _add_command, _export_command, _remove_command):
        attachments.add_command(make(doors))
    return [_cases_command(doors), attachments]
