"""The command that takes an exchange file into the market book."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from app.cli.book_commands import Doors
from app.cli.market_output import alerts_json, json_option, open_desk, say_alerts, say_json
from app.cli.refusal import EXIT_REFUSED, translator_now
from app.cli.table_commands import pairs
from app.i18n import _ as translate

if TYPE_CHECKING:
    from app.services.import_market import MarketPreview
    from app.services.market_alerts import Alert
    from app.services.market_desk import MarketDesk

TARGETS = ("records", "series", "fx")


def _refused(preview: "MarketPreview") -> list[dict[str, Any]]:
    from app.services.import_market import refused_text  # noqa: PLC0415

    tr = translator_now()
    found = []
    for entry in preview.refused:
        said = refused_text(entry, tr)
        found.append(
            {
                "line": said.line,
                "path": entry.problem.path,
                "column": said.column,
                "value": said.value,
                "code": entry.problem.code,
                "expected": said.expected,
            }
        )
    return found


def _import_json(preview: "MarketPreview", taken: int | None, alerts: "list[Alert]") -> None:
    from app.messages import notice_text  # noqa: PLC0415
    from app.services.market_desk import number_of  # noqa: PLC0415

    tr = translator_now()
    say_json(
        file=preview.file,
        sheet=preview.sheet,
        target=preview.target,
        columns=preview.columns,
        unmatched=preview.unmatched,
        new=len(preview.new),
        taken=taken,
        duplicates=[
            {
                "line": double.line,
                "repeats": number_of(double.repeats) or None,
                "repeats_line": double.repeats_line,
                "differs": double.differs,
            }
            for double in preview.duplicates
        ],
        refused_rows=preview.refused_lines,
        refused=_refused(preview),
        remarks=[
            {"code": remark.code, "text": notice_text(remark, tr), "facts": remark.facts}
            for remark in preview.remarks
        ],
        alerts=alerts_json(alerts),
    )


def _import_text(preview: "MarketPreview", taken: int | None, alerts: "list[Alert]") -> None:
    from app.messages import notice_text  # noqa: PLC0415
    from app.services.market_desk import number_of  # noqa: PLC0415

    for entry in _refused(preview):
        text = translate("Line {line}, {column}: given {value}; expected {expected}")
        click.echo(text.format(**entry), err=True)
    for double in preview.duplicates:
        if double.repeats_line is not None:
            text = translate("Line {line} repeats line {other}.")
            said = text.format(line=double.line, other=double.repeats_line)
        else:
            text = translate("Line {line} repeats {number} of the market book.")
            said = text.format(line=double.line, number=number_of(double.repeats))
        click.echo(said, err=True)
    for remark in preview.remarks:
        click.echo(notice_text(remark, translator_now()), err=True)
    if preview.unmatched:
        text = translate("Headings not taken: {headings}.")
        click.echo(text.format(headings=", ".join(preview.unmatched)[:400]), err=True)
    say_alerts(alerts, err=True)
    counts = translate("New rows: {new}; repeated: {repeated}; refused: {refused}.")
    click.echo(
        counts.format(
            new=len(preview.new), repeated=len(preview.duplicates), refused=preview.refused_lines
        )
    )
    if taken is None:
        click.echo(translate("Nothing was stored: this was a trial."))
    else:
        click.echo(translate("Rows stored: {count}.").format(count=taken))


def _taken(
    desk: "MarketDesk", preview: "MarketPreview", *, keep: bool
) -> "tuple[int, list[Alert]]":
    """Store the lines; return how many, and the alerts that they raise."""
    before = desk.alerts()
    count = desk.take(preview, skip_duplicates=not keep)
    return count, desk.new_alerts(before) if count else []


def import_command(doors: Doors) -> click.Command:
    @click.command(
        "import", help=translate("Take deals, a price series or exchange rates from a file.")
    )
    @click.argument("file", type=click.Path(path_type=Path))
    @click.option(
        "--target",
        type=click.Choice(TARGETS),
        required=True,
        help=translate("What the lines of the file are."),
    )
    @click.option("--name", default="", help=translate("Name of the series, for the whole file."))
    @click.option("--sheet", help=translate("Sheet of the workbook; the first one by default."))
    @click.option(
        "--column",
        "chosen",
        multiple=True,
        metavar="COLUMN=HEADING",
        help=translate("A heading for a column that is not found by itself."),
    )
    @click.option(
        "--set",
        "same",
        multiple=True,
        metavar="COLUMN=VALUE",
        help=translate("A value that is the same in every row and not in the file."),
    )
    @click.option("--keep-duplicates", is_flag=True, help=translate("Store repeated rows as well."))
    @click.option("--dry-run", is_flag=True, help=translate("Show only, store nothing."))
    @json_option
    def import_market(file: Path, target: str, name: str, **options: Any) -> None:
        fixed, headings = pairs(options["same"]), pairs(options["chosen"])
        as_json, trial = options["as_json"], options["dry_run"]
        if name and target != "series":
            text = translate("Only a series has a name for the whole file.")
            raise click.BadParameter(text, param_hint="--name")
        with open_desk(doors, as_json=as_json) as desk:
            preview = desk.preview(
                file, target, sheet=options["sheet"], name=name, columns=headings, same=fixed
            )
            keep = options["keep_duplicates"]
            taken, alerts = (None, []) if trial else _taken(desk, preview, keep=keep)
        if as_json:
            _import_json(preview, taken, alerts)
        else:
            _import_text(preview, taken, alerts)
        if not preview.new and not preview.duplicates:
            sys.exit(EXIT_REFUSED)

    return import_market
