"""How a refused input leaves the command line: words on stderr and exit code 2."""

import json
import sys
from pathlib import Path
from typing import Any

import click

from app.i18n import Translator, active_language, translator
from app.i18n import _ as translate

EXIT_REFUSED = 2


def translator_now() -> Translator:
    """Return the translator of the active language."""
    return translator(active_language())


def check_output(output: Path, *read: Path) -> None:
    """Refuse to write over a file that the command reads."""
    from app.services.files import same_file  # noqa: PLC0415

    if any(same_file(output, path) for path in read):
        text = translate("The command reads this file: write to another one.")
        raise click.BadParameter(text, param_hint="-o")


def refuse(problems: list[Any], *, as_json: bool) -> None:
    """Print refused inputs on stderr, one line each or as JSON, and leave with code 2."""
    from app.messages import problem_text  # noqa: PLC0415 - each command loads what it needs
    from app.services.results_json import refusal_json  # noqa: PLC0415

    if as_json:
        click.echo(
            json.dumps(refusal_json(problems, translator_now()), ensure_ascii=False), err=True
        )
    else:
        for problem in problems:
            click.echo(problem_text(problem, translator_now()), err=True)
    sys.exit(EXIT_REFUSED)
