"""The command that prints the report of the whole book."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from app.cli.book_commands import Doors
from app.cli.document_options import language_option
from app.cli.loan_book_command import reading
from app.cli.market_output import json_option, say_json
from app.cli.refusal import refuse, translator_now
from app.i18n import _ as translate

if TYPE_CHECKING:
    from app.services.portfolio import PortfolioDesk

_DAY = "%Y-%m-%d"


def _written(
    desk: "PortfolioDesk", day: datetime | None, language: Any, output: Path | None
) -> Any:
    """Read the book and write its report; return the book and the size of the file."""
    from app.services.files import write_atomically  # noqa: PLC0415 - each command loads its own

    with reading(translate("Cases read")) as progress:
        book = desk.read(None if day is None else day.date(), progress)
    size = 0
    if output is not None:
        content = desk.pdf(book, language=language)
        write_atomically(output, content)
        size = len(content)
    return book, size


def portfolio_command(doors: Doors) -> click.Command:
    """Return the command `portfolio`."""

    @click.command(
        "portfolio", help=translate("Print the report of all loans and policies of the book.")
    )
    @click.option(
        "--day",
        type=click.DateTime([_DAY]),
        help=translate("Day of the book: debts, policies in force; today by default."),
    )
    @language_option
    @click.option(
        "-o",
        "--output",
        type=click.Path(path_type=Path, dir_okay=False),
        help=translate("PDF file to write; may be left out with --json."),
    )
    @json_option
    def portfolio(
        day: datetime | None, language: str, output: Path | None, *, as_json: bool
    ) -> None:
        from app.services.case_file import CaseRefused  # noqa: PLC0415
        from app.services.portfolio import PortfolioDesk  # noqa: PLC0415
        from app.services.portfolio_json import portfolio_json  # noqa: PLC0415

        if output is None and not as_json:
            raise click.UsageError(translate("Name a file with -o, or ask for --json."))
        workbench = doors.open_workbench()
        try:
            desk = PortfolioDesk(workbench)
            book, size = _written(desk, day, language, output)
            stamp = desk.stamp(book)
        except CaseRefused as refused:
            refuse(list(refused.problems), as_json=as_json)
            raise
        finally:
            workbench.close()
        if as_json:
            say_json(**portfolio_json(book, stamp, translator_now()))
            return
        text = translate("Wrote {file} ({number}: {cases} cases, {size} bytes).")
        click.echo(
            text.format(
                file=output,
                number=stamp.document_no,
                cases=f"{len(book.cases):,}",
                size=f"{size:,}",
            )
        )

    return portfolio
