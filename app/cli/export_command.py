"""`bluecarbon export`: a case as a workbook with live formulas, or its data as tables."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from app.cli.refusal import check_output
from app.i18n import _ as translate
from app.i18n import active_language

Compute = Callable[..., tuple[Any, Any]]
"""Computes a case file: path and `as_json` give the case and the reference tables."""

_KINDS = ("xlsx", "csv", "json", "parquet")


def export_command(computed_of: Compute) -> click.Command:
    """Return the command."""

    @click.command(
        "export",
        help=translate(
            "Write a case for other programs: a workbook with live formulas, or its data as tables."
        ),
    )
    @click.argument("case", type=click.Path(path_type=Path))
    @click.option(
        "--format",
        "kind",
        type=click.Choice(_KINDS),
        default=_KINDS[0],
        show_default=True,
        help=translate(
            "xlsx: workbook; json: one file; csv and parquet: a folder with a file a table."
        ),
    )
    @click.option(
        "--lang",
        "language",
        type=click.Choice(["zh", "en", "both"]),
        default=None,
        help=translate(
            "Language of the texts; by default both in a workbook, that of the command line in "
            "data. Data take one language."
        ),
    )
    @click.option(
        "-o",
        "--output",
        required=True,
        type=click.Path(path_type=Path),
        help=translate("File or folder to write; a folder must be new or empty."),
    )
    @click.option("--json", "as_json", is_flag=True, help=translate("Report refusals as JSON."))
    def export(case: Path, kind: str, language: str | None, output: Path, as_json: bool) -> None:
        from app.services.case_export import ExportKind, write_export  # noqa: PLC0415

        chosen = ExportKind(kind)
        _check(chosen.is_folder, language, kind, output, case)
        exported = _exported(computed_of, case, chosen, language, as_json=as_json)
        write_export(output, exported)
        text = translate("Wrote {file} ({kind}, {size} bytes).")
        click.echo(text.format(file=output, kind=kind, size=f"{exported.size:,}"))

    return export


def _check(is_folder: bool, language: str | None, kind: str, output: Path, case: Path) -> None:
    """Refuse what could not be written, before anything is computed."""
    from app.services.folders import is_free  # noqa: PLC0415

    check_output(output, case)
    if language == "both" and kind != _KINDS[0]:
        text = translate("Data are in one language: choose zh or en.")
        raise click.BadParameter(text, param_hint="--lang")
    if is_folder and not is_free(output):
        text = translate("There is something in this folder: name a new or an empty one.")
        raise click.BadParameter(text, param_hint="-o")
    if not is_folder and output.is_dir():
        text = translate("This is a folder: name a file.")
        raise click.BadParameter(text, param_hint="-o")


def _exported(computed_of: Compute, case: Path, kind: Any, language: Any, *, as_json: bool) -> Any:
    from datetime import UTC, datetime  # noqa: PLC0415

    from app.services.case_export import ExportKind, export_case  # noqa: PLC0415

    computed, reference = computed_of(case, as_json=as_json)
    usual: Any = "both" if kind is ExportKind.XLSX else active_language()
    return export_case(
        computed,
        kind,
        reference=reference,
        language=language or usual,
        issued_on=datetime.now(UTC).astimezone().date(),
    )
