"""The command that holds the loans of the book against moves of the price."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING

import click

from app.cli.book_commands import Doors
from app.cli.fact_lines import MARK, table_lines
from app.cli.market_output import json_option
from app.cli.refusal import refuse, translator_now
from app.i18n import _ as translate

if TYPE_CHECKING:
    from app.reports.fact_tables import FactTable
    from app.services.loan_book import MovedBook

_DAY = "%Y-%m-%d"


def _moved(
    doors: Doors, changes: tuple[float, ...], day: datetime | None, *, as_json: bool
) -> "MovedBook":
    from app.services.case_file import CaseRefused  # noqa: PLC0415 - each command loads its own
    from app.services.loan_desk import LoanDesk  # noqa: PLC0415

    workbench = doors.open_workbench()
    try:
        with reading(translate("Loans read")) as progress:
            book = LoanDesk(workbench).read(None if day is None else day.date(), progress)
        return book.moved(changes)
    except CaseRefused as refused:
        refuse(refused.problems, as_json=as_json)
        raise
    finally:
        workbench.close()


@contextmanager
def reading(label: str) -> Iterator[Callable[[int, int], None] | None]:
    """Show on a terminal how many things are done; elsewhere nothing."""
    if not sys.stderr.isatty():
        yield None
        return
    with click.progressbar(length=1, label=label, file=sys.stderr) as bar:

        def tell(done: int, of: int) -> None:
            bar.length = max(of, 1)
            bar.update(done - bar.pos)

        yield tell


def _say(found: "MovedBook") -> None:
    from app.services import loan_book_facts as facts  # noqa: PLC0415

    tr = translator_now()
    if not found.loans and not found.left_out:
        click.echo(translate("No case of the book asks for a loan."))
        return
    text = translate("Loans on {day}, the lowest coverage first; money without a unit is in yuan.")
    click.echo(text.format(day=found.day.isoformat()))
    marked = translate("{mark} stands before a loan below its margin-call or enforcement line.")
    click.echo(marked.format(mark=MARK))
    for place, change in enumerate(found.changes):
        heading = translate("Prices as they are") if not change else ""
        if change:
            heading = translate("Prices {change}").format(change=facts.change_text(change, tr))
        _table(heading, facts.at_price_table(found, place))
    _table(translate("Price at each line"), facts.lines_table(found))
    _table(translate("Loans by state"), facts.totals_table(found, tr))
    for one in found.left_out:
        text = translate("Not computed: {name}: {reason}")
        click.echo(text.format(name=one.name, reason=facts.left_out_text(one, tr)), err=True)


def _table(heading: str, found: "FactTable") -> None:
    lines = list(table_lines(found, translator_now(), own="yuan"))
    if lines:
        click.echo("\n".join(["", heading, *lines]))


def loans_command(doors: Doors) -> click.Command:
    """Return the command `loans`."""

    @click.command(
        "loans", help=translate("Hold the loans of the book against moves of the carbon price.")
    )
    @click.option(
        "--price-change",
        "changes",
        type=float,
        multiple=True,
        help=translate("Change of all prices as a fraction, -0.3 for 30 % less; up to 12 of them."),
    )
    @click.option(
        "--day",
        type=click.DateTime([_DAY]),
        help=translate("Day on which the loans are looked at; today by default."),
    )
    @json_option
    def loans(changes: tuple[float, ...], day: datetime | None, as_json: bool) -> None:
        found = _moved(doors, changes, day, as_json=as_json)
        if not as_json:
            _say(found)
            return
        from app.services.loan_book_facts import book_json  # noqa: PLC0415

        document = book_json(found, translator_now())
        click.echo(json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False))

    return loans
