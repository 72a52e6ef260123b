"""`bluecarbon report`: a document of a case as PDF."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from app.cli.document_options import house_of, house_options, kind_option, language_option
from app.cli.refusal import check_output, refuse
from app.i18n import _ as translate
from app.reports.kinds import KIND_NAMES, Choice, DocumentKind, main_choice

Compute = Callable[..., tuple[Any, Any]]
"""Computes a case file: path and `as_json` give the case and the reference tables."""


def report_command(computed_of: Compute) -> click.Command:
    """Return the command."""

    @click.command("report", help=translate("Print a document of a case as PDF."))
    @click.argument("case", type=click.Path(path_type=Path))
    @kind_option(
        text=translate(
            "Kind of document; without one that which the case is made for: term sheet of a loan, "
            "quotation of an insurance, report of an appraisal, record of an account."
        )
    )
    @click.option(
        "--event",
        default="",
        help=translate("Event of the payment letter; without one the letter is over all claims."),
    )
    @language_option
    @house_options
    @click.option(
        "-o",
        "--output",
        required=True,
        type=click.Path(path_type=Path, dir_okay=False),
        help=translate("PDF file to write."),
    )
    @click.option("--json", "as_json", is_flag=True, help=translate("Report refusals as JSON."))
    def report(kind: str | None, event: str, case: Path, output: Path, **how: Any) -> None:
        check_output(output, case)
        chosen, content = _printed(computed_of, case, kind, event, **how)
        from app.services.files import write_atomically  # noqa: PLC0415

        write_atomically(output, content)
        click.echo(
            translate("Wrote {file} ({kind}, {size} bytes).").format(
                file=output, kind=translate(KIND_NAMES[chosen.kind]), size=f"{len(content):,}"
            )
        )

    return report


def _printed(
    computed_of: Compute,
    case: Path,
    kind: str | None,
    event: str,
    *,
    language: Any,
    house: Path | None,
    logo: Path | None,
    as_json: bool,
) -> tuple[Choice, bytes]:
    """The document and its bytes; a refusal leaves the command."""
    from datetime import UTC, datetime  # noqa: PLC0415

    from app.services.case_file import CaseRefused  # noqa: PLC0415
    from app.services.printing import print_document, shows_drawn  # noqa: PLC0415

    named = Choice(DocumentKind(kind), event) if kind else None
    computed, reference = computed_of(case, as_json=as_json, draw=shows_drawn(named))
    chosen = named or Choice(main_choice(computed.file.case).kind, event)
    try:
        content = print_document(
            computed,
            choice=chosen,
            reference=reference,
            language=language,
            issued_on=datetime.now(UTC).astimezone().date(),
            house=house_of(house, logo),
        )
    except CaseRefused as refused:
        refuse(refused.problems, as_json=as_json)
        raise
    return chosen, content
