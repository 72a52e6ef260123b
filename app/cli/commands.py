"""The `bluecarbon` commands; each one calls the same use case as the window."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from app.cli.accumulation_command import accumulate_command
from app.cli.attachment_commands import attachment_commands
from app.cli.batch_command import batch_command
from app.cli.book_commands import Doors, book_commands
from app.cli.change_command import changes_command
from app.cli.clause_command import clauses_command
from app.cli.export_command import export_command
from app.cli.hazard_commands import hazard_commands
from app.cli.house_commands import house_commands
from app.cli.issue_commands import issue_commands
from app.cli.loan_book_command import loans_command
from app.cli.market_commands import market_commands
from app.cli.market_output import json_option
from app.cli.portfolio_command import portfolio_command
from app.cli.refusal import refuse, translator_now
from app.cli.report_command import report_command
from app.cli.summary import summary_lines
from app.cli.table_commands import table_commands
from app.cli.template_commands import templates_command
from app.cli.verify_command import find_command, verify_command
from app.i18n import LANGUAGES, set_language
from app.i18n import _ as translate

PART_COMMANDS = {"carbon": "carbon", "value": "values", "loan": "loan", "insure": "insurance"}
DRAWN = ("carbon", "values", "insurance")
"""Parts with something that is drawn: ranges, sensitivity, the price model, the checks."""


def _computed(path: Path, *, as_json: bool, draw: bool = True) -> tuple[Any, Any]:
    from app.reference.tables import load_reference  # noqa: PLC0415
    from app.services.case_file import CaseRefused, read_file  # noqa: PLC0415
    from app.services.workbench import compute  # noqa: PLC0415

    reference = load_reference()
    try:
        return compute(read_file(path), reference, draw=draw), reference
    except CaseRefused as refused:
        refuse(refused.problems, as_json=as_json)
        raise


def _print_results(path: Path, parts: tuple[str, ...], *, as_json: bool, draw: bool) -> None:
    computed, reference = _computed(path, as_json=as_json, draw=draw)
    if as_json:
        from app.services.results_json import results_json  # noqa: PLC0415

        document = results_json(computed, reference, translator_now(), parts)
        click.echo(json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False))
        return
    for line in summary_lines(computed, translator_now(), parts):
        click.echo(line)


def _draw_option(command: Callable[..., None]) -> Callable[..., None]:
    text = translate(
        "Leave out what takes drawing: ranges, sensitivity, the model of prices, the checks of the "
        "insurance by simulation and a second engine."
    )
    return click.option(
        "--no-draw", "draw", is_flag=True, flag_value=False, default=True, help=text
    )(command)


def _part_command(name: str, part: str, text: str) -> click.Command:
    def command(case: Path, as_json: bool, draw: bool = False) -> None:
        _print_results(case, (part,), as_json=as_json, draw=draw)

    if part in DRAWN:
        command = _draw_option(command)
    command = json_option(command)
    command = click.argument("case", type=click.Path(path_type=Path))(command)
    return click.command(name, help=text)(command)


def _data_commands() -> list[click.Command]:
    @click.command("schema", help=translate("Print the JSON Schema of a case file."))
    def schema() -> None:
        from app.services.schema import case_schema  # noqa: PLC0415

        click.echo(json.dumps(case_schema(translator_now()), ensure_ascii=False, indent=2))

    @click.command("run", help=translate("Compute a whole case."))
    @click.argument("case", type=click.Path(path_type=Path))
    @json_option
    @_draw_option
    def run(case: Path, as_json: bool, draw: bool) -> None:
        _print_results(case, tuple(PART_COMMANDS.values()), as_json=as_json, draw=draw)

    @click.command("demo", help=translate("Write the demonstration case files into a folder."))
    @click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
    def demo(folder: Path) -> None:
        from app.services.demo import write_demo  # noqa: PLC0415

        for path in write_demo(folder):
            click.echo(str(path))

    return [schema, run, demo]


def build(doors: Doors) -> click.Group:
    """Return the command line, with its texts in the active language."""

    @click.group(
        invoke_without_command=True,
        context_settings={"help_option_names": ["-h", "--help"]},
        help=translate(
            "Blue Carbon Desk: value carbon-sink income rights, size pledge loans, price "
            "insurance, print, issue and verify the documents. Without a command the window opens."
        ),
    )
    @click.option(
        "--language",
        type=click.Choice(list(LANGUAGES)),
        help=translate("Language of texts and messages."),
    )
    @click.version_option(package_name="blue-carbon-desk")
    @click.pass_context
    def bluecarbon(context: click.Context, language: str | None) -> None:
        if language is not None:
            set_language(language)
        if context.invoked_subcommand is None:
            sys.exit(doors.show_window())

    commands = [
        *_data_commands(),
        _part_command("carbon", "carbon", translate("Compute tonnes and credits of a case.")),
        _part_command("value", "values", translate("Compute the values of a case.")),
        _part_command("loan", "loan", translate("Size and schedule the loan of a case.")),
        _part_command("insure", "insurance", translate("Price the insurance of a case.")),
        changes_command(),
        report_command(_computed),
        export_command(_computed),
        *table_commands(),
        templates_command(),
        clauses_command(),
        *book_commands(doors),
        *attachment_commands(doors),
        *issue_commands(doors),
        batch_command(doors),
        house_commands(doors),
        find_command(doors),
        verify_command(doors),
        loans_command(doors),
        accumulate_command(doors),
        portfolio_command(doors),
        *market_commands(doors),
        *hazard_commands(),
    ]
    for command in commands:
        bluecarbon.add_command(command)
    return bluecarbon
