"""Commands that put lines of a spreadsheet, or the sites of a map, into a case file."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from app.cli.refusal import EXIT_REFUSED, check_output, refuse, translator_now
from app.i18n import _ as translate


def _refused_entries(refused: Any) -> list[dict[str, Any]]:
    from app.messages import expected_text, field_label  # noqa: PLC0415

    tr = translator_now()
    return [
        {
            "line": entry.line,
            "path": entry.problem.path,
            "column": field_label(entry.problem.path, tr),
            "value": None if entry.problem.value is None else str(entry.problem.value)[:200],
            "code": entry.problem.code,
            "expected": expected_text(entry.problem, tr),
        }
        for entry in refused
    ]


def _say_refused(entries: list[dict[str, Any]]) -> None:
    from app.messages import given_text  # noqa: PLC0415

    for entry in entries:
        text = translate("Line {line}, {column}: given {value}; expected {expected}").format(
            line=entry["line"],
            column=entry["column"],
            value=given_text(entry["value"]),
            expected=entry["expected"],
        )
        click.echo(text, err=True)


def _open_problems(document: dict[str, Any]) -> list[str]:
    """Return what the new case file would still be refused for."""
    from app.messages import problem_text  # noqa: PLC0415
    from app.services.case_file import CaseRefused, validate  # noqa: PLC0415

    try:
        validate(document)
    except CaseRefused as refused:
        return [problem_text(problem, translator_now()) for problem in refused.problems]
    return []


def _run(
    case: Path,
    table_path: str,
    convert: Callable[[Any], Any],
    output: Path,
    *,
    append: bool,
    strict: bool,
    as_json: bool,
) -> None:
    """Write the case with the lines `convert` gives for its table; nothing when none are good."""
    from app.services.case_file import CaseRefused, migrate, parse_json  # noqa: PLC0415
    from app.services.files import write_atomically  # noqa: PLC0415
    from app.services.import_table import table_at, with_rows  # noqa: PLC0415
    from app.services.imported import file_refused, read_bounded  # noqa: PLC0415

    try:
        table = table_at(table_path)
        try:
            document = migrate(parse_json(read_bounded(case)))
        except OSError as error:
            reason = error.strerror or str(error)
            raise file_refused("not_readable", str(case), reason=reason) from error
        converted = convert(table)
        document = with_rows(document, table, converted.rows, append=append)
    except CaseRefused as refused:
        refuse(refused.problems, as_json=as_json)
        raise
    entries = _refused_entries(converted.refused)
    wrote = bool(converted.rows) and not (strict and entries)
    still_open = _open_problems(document) if wrote else []
    if wrote:
        text = json.dumps(document, ensure_ascii=False, indent=2) + "\n"
        write_atomically(output, text.encode())
    if as_json:
        answer = {
            "file": str(output) if wrote else None,
            "table": table_path,
            "unmatched": list(converted.unmatched),
            "taken": len(converted.rows),
            "refused_rows": converted.refused_lines,
            "refused": entries,
            "still_open": still_open,
        }
        click.echo(json.dumps(answer, ensure_ascii=False, indent=2))
    else:
        if converted.unmatched:
            left = translate("Headings that name no column, left aside: {names}.")
            click.echo(left.format(names=", ".join(converted.unmatched)), err=True)
        _say_refused(entries)
        counts = translate("Rows taken: {good}; refused: {bad}.")
        click.echo(counts.format(good=len(converted.rows), bad=converted.refused_lines))
        if wrote:
            click.echo(translate("Wrote {file}.").format(file=output))
        for line in still_open:
            click.echo(translate("Still open: {problem}").format(problem=line), err=True)
    if not wrote:
        sys.exit(EXIT_REFUSED)


def _output_options(command: Callable[..., None]) -> Callable[..., None]:
    options = (
        click.option(
            "-o",
            "--output",
            required=True,
            type=click.Path(path_type=Path, dir_okay=False),
            help=translate("Case file to write."),
        ),
        click.option(
            "--append", is_flag=True, help=translate("Add to the lines the case has already.")
        ),
        click.option(
            "--strict", is_flag=True, help=translate("Write nothing when a row is refused.")
        ),
        click.option("--json", "as_json", is_flag=True, help=translate("Print JSON.")),
    )
    for option in reversed(options):
        command = option(command)
    return command


def pairs(texts: tuple[str, ...]) -> dict[str, str]:
    """Split COLUMN=VALUE."""
    pairs = {}
    for text in texts:
        name, sign, value = text.partition("=")
        if not sign:
            raise click.BadParameter(translate("Write COLUMN=VALUE."))
        pairs[name.strip()] = value.strip()
    return pairs


def _fill_command() -> click.Command:
    @click.command(
        "fill", help=translate("Put the rows of a CSV or XLSX file into a table of a case.")
    )
    @click.argument("case", type=click.Path(path_type=Path))
    @click.argument("file", type=click.Path(path_type=Path))
    @click.option("--table", required=True, help=translate("Path of the table."))
    @click.option("--sheet", help=translate("Sheet of the workbook; the first one by default."))
    @click.option(
        "--set",
        "same",
        multiple=True,
        metavar="COLUMN=VALUE",
        help=translate("A value that is the same in every row and not in the file."),
    )
    @_output_options
    def fill(
        case: Path, file: Path, table: str, sheet: str | None, same: tuple[str, ...], **rest: Any
    ) -> None:
        values = pairs(same)
        check_output(rest["output"], file)

        def convert(declared: Any) -> Any:
            from app.services.import_table import read_matched  # noqa: PLC0415 - loads pandas

            return read_matched(file, declared, sheet, values)

        _run(case, table, convert, **rest)

    return fill


def _sites_command() -> click.Command:
    @click.command("sites", help=translate("Put the sites of a map file into a case."))
    @click.argument("case", type=click.Path(path_type=Path))
    @click.argument("file", type=click.Path(path_type=Path))
    @_output_options
    def sites(case: Path, file: Path, **rest: Any) -> None:
        check_output(rest["output"], file)

        def convert(_table: Any) -> Any:
            from app.services.import_sites import read_sites  # noqa: PLC0415

            return read_sites(file)

        _run(case, "project.sites", convert, **rest)

    return sites


def table_commands() -> list[click.Command]:
    """Return the commands that fill tables of a case file."""
    return [_fill_command(), _sites_command()]
