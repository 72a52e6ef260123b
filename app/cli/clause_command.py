"""The command that shows the clauses the program proposes for a term sheet."""

import json

import click

from app.cli.market_output import json_option
from app.cli.refusal import translator_now
from app.i18n import _ as translate


def clauses_command() -> click.Command:
    """Return the command `clauses`."""

    @click.command("clauses", help=translate("List the clauses proposed for a term sheet."))
    @click.argument("table", required=False,
                    type=click.Choice(["covenants", "conditions", "default_events"]))  # fmt: skip
    @json_option
    def clauses(table: str | None, as_json: bool) -> None:
        from app.services.clause_proposals import (  # noqa: PLC0415
            SOURCE_STATES,
            TABLES,
            clause_json,
            load_clauses,
        )

        shown = [clause for clause in load_clauses() if table in (None, clause.table)]
        if as_json:
            found = [clause_json(clause) for clause in shown]
            click.echo(json.dumps(found, ensure_ascii=False, indent=2))
            return
        tr = translator_now()
        for clause in shown:
            text = translate("{key} ({kind}): {text}")
            kind = tr(TABLES[clause.table])
            click.echo(text.format(key=clause.key, kind=kind, text=clause.text(tr.language)))
            source = translate("Source: {source}").format(source=clause.source_in(tr.language))
            click.echo(f"    {source} [{tr(SOURCE_STATES[clause.verified])}]")

    return clauses
