"""The command that shows the templates of published covers."""

import json
from typing import Any

import click

from app.cli.columns import columns
from app.cli.market_output import json_option
from app.cli.refusal import EXIT_REFUSED, translator_now
from app.i18n import _ as translate


def _list(templates: Any) -> None:
    language = translator_now().language
    heads = [translate("Key"), translate("Cover"), translate("Open inputs")]
    rows = [[one.key, one.text("name", language), str(len(one.open_inputs))] for one in templates]
    for line in columns([heads, *rows], texts=2):
        click.echo(line)


def _show(template: Any) -> None:
    language = translator_now().language
    click.echo(template.text("name", language))
    click.echo(template.text("notes", language))
    click.echo(translate("Source: {source}").format(source=template.text("source", language)))
    if template.season is not None:
        first, last = template.season
        click.echo(translate("Season: {first} to {last}").format(first=first, last=last))
    click.echo(translate("Left open:"))
    for entry in template.open_inputs:
        words = entry.text_zh if language == "zh" else entry.text
        click.echo(f"  {entry.path}: {words}")
    click.echo(json.dumps({"insurance": template.insurance}, ensure_ascii=False, indent=2))


def templates_command() -> click.Command:
    """Return the command `templates`."""

    @click.command("templates", help=translate("List the templates of published covers, or one."))
    @click.argument("key", required=False)
    @json_option
    def templates(key: str | None, as_json: bool) -> None:
        from app.services.insurance_templates import (  # noqa: PLC0415
            load_templates,
            template_json,
        )

        known = {one.key: one for one in load_templates()}
        if key is not None and key not in known:
            text = translate("There is no template {key}; expected one of {known}.")
            click.echo(text.format(key=key, known=", ".join(known)), err=True)
            raise SystemExit(EXIT_REFUSED)
        if as_json:
            shown = template_json(known[key]) if key else [template_json(t) for t in known.values()]
            click.echo(json.dumps(shown, ensure_ascii=False, indent=2))
        elif key:
            _show(known[key])
        else:
            _list(known.values())

    return templates
