"""`bluecarbon house`: the template of the house that documents of the book are printed with."""

import json
from pathlib import Path

import click

from app.cli.book_commands import Doors, opened
from app.i18n import _ as translate


def house_commands(doors: Doors) -> click.Group:
    """Return the group."""

    @click.group("house", help=translate("Template of the house: logo, colour, texts, numbers."))
    def house() -> None:
        pass

    for make in (_show_command, _set_command, _reset_command):
        house.add_command(make(doors))
    return house


def _show_command(doors: Doors) -> click.Command:
    text = translate("Print the template in use as JSON, as `house set` takes it.")

    @click.command("show", help=text)
    def show() -> None:
        from app.services.templates import template_document  # noqa: PLC0415

        with opened(doors, as_json=False) as workbench:
            held = workbench.house()
        click.echo(json.dumps(template_document(held), ensure_ascii=False, indent=2))
        if held.logo:
            said = translate("The template has a logo of {size} bytes.")
            click.echo(said.format(size=f"{len(held.logo):,}"), err=True)

    return show


def _set_command(doors: Doors) -> click.Command:
    @click.command("set", help=translate("Take a JSON file as the template of the book."))
    @click.argument("file", type=click.Path(path_type=Path))
    @click.option(
        "--logo",
        type=click.Path(path_type=Path),
        help=translate("Picture of the logo, PNG or JPEG; without one the logo in use stays."),
    )
    @click.option("--no-logo", is_flag=True, help=translate("Leave the logo out."))
    @click.option("--json", "as_json", is_flag=True, help=translate("Report refusals as JSON."))
    def set_house(file: Path, logo: Path | None, no_logo: bool, as_json: bool) -> None:
        from dataclasses import replace  # noqa: PLC0415

        from app.services.templates import read_house_file  # noqa: PLC0415

        if logo is not None and no_logo:
            raise click.UsageError(translate("Give a logo or leave it out, not both."))
        with opened(doors, as_json=as_json) as workbench:
            given = read_house_file(file, logo)
            if logo is None and not no_logo:
                given = replace(given, logo=workbench.house().logo)
            workbench.save_house(given)
        click.echo(translate("The template is in use for new documents; issued ones stay."))

    return set_house


def _reset_command(doors: Doors) -> click.Command:
    @click.command("reset", help=translate("Print as the program does without a template."))
    def reset() -> None:
        from app.reports.house import House  # noqa: PLC0415

        with opened(doors, as_json=False) as workbench:
            workbench.save_house(House())
        click.echo(translate("Documents are printed without a template; issued ones stay."))

    return reset
