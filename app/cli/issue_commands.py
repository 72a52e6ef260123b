"""Commands that issue the documents of the book, list them and give them out again."""

from pathlib import Path
from typing import Any

import click

from app.cli.book_commands import Doors, opened
from app.cli.document_options import (
    kind_option,
    language_option,
    secret,
    signer_of,
    signing_options,
)
from app.cli.market_output import json_option, say_json, say_rows, written_text
from app.formats import moment
from app.i18n import N_
from app.i18n import _ as translate
from app.messages.document_words import STATUS_NAMES
from app.reports.kinds import KIND_NAMES, Choice, DocumentKind, main_choice


def _output_option(command: Any) -> Any:
    return click.option(
        "-o",
        "--output",
        required=True,
        type=click.Path(path_type=Path, dir_okay=False),
        help=translate("PDF file to write."),
    )(command)


def _issue_command(doors: Doors) -> click.Command:
    @click.command("issue", help=translate("Issue a document of a stored case and keep it."))
    @click.argument("case")
    @click.option("--version", type=int, help=translate("Version; the newest by default."))
    @kind_option(text=translate("Kind of document; by default that which the case is made for."))
    @click.option("--event", default="", help=translate("Event of the payment letter."))
    @language_option
    @click.option(
        "--final",
        is_flag=True,
        help=translate("Number it and keep it for good; takes an approved version."),
    )
    @signing_options
    @_output_option
    @json_option
    def issue(case: str, output: Path, final: bool, as_json: bool, **how: Any) -> None:
        from app.services.files import check_folder, write_atomically  # noqa: PLC0415

        signing = {name: how.pop(name) for name in _SIGNING}
        signer = signer_of(**signing)
        if signer is not None and not final:
            raise click.UsageError(translate("Only a final document is signed: give --final."))
        check_folder(output.absolute().parent)
        with opened(doors, as_json=as_json) as workbench:
            entry = _issued(workbench, case, final=final, signer=signer, **how)
            content = workbench.document_bytes(entry.document_id)
        if not as_json:
            _say_issued(entry)
        write_atomically(output, content)
        if as_json:
            say_json(issued=entry, file=str(output))
            return
        click.echo(written_text(output, len(content)))

    return issue


_SIGNING = ("sign", "pkcs11", "token", "key", "passphrase_file")


def _issued(
    workbench: Any,
    case: str,
    *,
    version: int | None,
    kind: str | None,
    event: str,
    language: Any,
    final: bool,
    signer: Any,
) -> Any:
    from app.services.finding import named_case  # noqa: PLC0415

    entry = named_case(workbench.list_cases(), case)
    number = version or entry.version
    main = main_choice(workbench.open(entry.case_id, number)[1].case)
    choice = Choice(DocumentKind(kind) if kind else main.kind, event)
    if final:
        return workbench.issue_final(
            entry.case_id, number, language=language, choice=choice, signer=signer
        )
    return workbench.issue(entry.case_id, number, language=language, choice=choice)


def _say_issued(entry: Any) -> None:
    facts = {
        "document": translate(KIND_NAMES[entry.kind]),
        "number": entry.number,
        "status": translate(STATUS_NAMES[entry.status]),
        "case": entry.case_name,
        "version": entry.version,
        "signer": entry.signer,
    }
    if entry.signer:
        text = translate(
            "Issued: {document} {number} of {case}, version {version}, signed by {signer}."
        )
    elif entry.number:
        text = translate("Issued: {document} {number} of {case}, version {version}, not signed.")
    else:
        text = translate("Kept: {document} of {case}, version {version}, status: {status}.")
    click.echo(text.format(**facts))


def _documents_group(doors: Doors) -> click.Group:
    @click.group(
        "documents",
        invoke_without_command=True,
        help=translate("List the issued documents of the book, or give one out again."),
    )
    @json_option
    @click.pass_context
    def documents(context: click.Context, as_json: bool) -> None:
        if context.invoked_subcommand is not None:
            return
        with opened(doors, as_json=as_json) as workbench:
            found = list(workbench.list_documents())
        if as_json:
            say_json(documents=found)
            return
        heads = (
            N_("Document number"),
            N_("Kind"),
            N_("Status"),
            N_("Case"),
            N_("Signer"),
            N_("Issued on"),
        )
        rows = [
            (
                entry.number or entry.document_id,
                translate(KIND_NAMES[entry.kind]),
                translate(STATUS_NAMES[entry.status]),
                f"{entry.case_name} v{entry.version}",
                entry.signer or "–",
                moment(entry.issued_at),
            )
            for entry in found
        ]
        say_rows(heads, rows, texts=len(heads))

    documents.add_command(_export_command(doors))
    return documents


def _export_command(doors: Doors) -> click.Command:
    @click.command("export", help=translate("Write an issued document, byte for byte as kept."))
    @click.argument("number")
    @_output_option
    @json_option
    def export(number: str, output: Path, as_json: bool) -> None:
        from app.services.files import write_atomically  # noqa: PLC0415
        from app.services.finding import named_document  # noqa: PLC0415

        with opened(doors, as_json=as_json) as workbench:
            entry = named_document(workbench.list_documents(), number)
            content = workbench.document_bytes(entry.document_id)
        write_atomically(output, content)
        if as_json:
            say_json(document=entry, file=str(output))
            return
        click.echo(written_text(output, len(content)))

    return export


def _certificate_command() -> click.Command:
    text = translate(
        "Make a self-made certificate for demonstration, without legal effect: RSA of 3,072 bits, "
        "valid two years. The passphrase is asked for twice."
    )

    @click.command("certificate", help=text)
    @click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
    @click.option("--name", required=True, help=translate("Name of the holder."))
    @click.option(
        "--passphrase-file",
        type=click.Path(path_type=Path),
        help=translate("File whose first line is the passphrase; else it is asked for."),
    )
    def certificate(file: Path, name: str, passphrase_file: Path | None) -> None:
        from datetime import UTC, datetime  # noqa: PLC0415

        from app.cli.refusal import refuse  # noqa: PLC0415
        from app.services.case_file import CaseRefused  # noqa: PLC0415
        from app.services.certificates import (  # noqa: PLC0415
            demonstration_pkcs12,
            write_private,
        )

        typed = secret(passphrase_file, translate("Passphrase"), twice=True)
        try:
            content = demonstration_pkcs12(name, typed, datetime.now(UTC))
        except CaseRefused as refused:
            refuse(list(refused.problems), as_json=False)
            raise
        write_private(file, content)
        said = translate(
            "Wrote {file}: a certificate for demonstration only, without legal effect."
        )
        click.echo(said.format(file=file))

    return certificate


def issue_commands(doors: Doors) -> list[click.Command]:
    """Return the commands `issue`, `documents` and `certificate`."""
    return [_issue_command(doors), _documents_group(doors), _certificate_command()]
