"""`bluecarbon verify` and `bluecarbon find`: is a PDF untouched, and what does it belong to."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from app.cli.book_commands import Doors, opened
from app.cli.market_output import json_option, plain, say_json, say_rows
from app.cli.refusal import refuse, translator_now
from app.i18n import N_
from app.i18n import _ as translate

if TYPE_CHECKING:
    from app.services.verifying import Verification
    from app.services.workbench import Workbench

EXIT_CODES = {"untouched": 0, "changed": 1, "foreign": 2, "damaged": 3, "not_trusted": 4}
EXIT_UNREADABLE = 5


def verify_command(doors: Doors) -> click.Command:
    """Return the command."""
    text = translate(
        "Say whether a PDF is untouched and what it belongs to. Exit code 0: untouched, "
        "1: changed, 2: not of this program, 3: damaged, 4: untouched, but not signed by whom "
        "--trust names, 5: the file cannot be read."
    )

    @click.command("verify", help=text)
    @click.argument("file", type=click.Path(path_type=Path))
    @click.option(
        "--trust",
        type=click.Path(path_type=Path),
        help=translate("Certificates (PEM or DER): only signatures that lead to them count."),
    )
    @click.option("--no-book", is_flag=True, help=translate("Do not ask the book."))
    @json_option
    def verify(file: Path, trust: Path | None, no_book: bool, as_json: bool) -> None:
        from app.messages.system_words import file_problem_text  # noqa: PLC0415
        from app.services.case_file import CaseRefused  # noqa: PLC0415

        try:
            found = _verified(doors, file, trust, ask_book=not no_book)
        except CaseRefused as refused:
            refuse(list(refused.problems), as_json=as_json)
            raise
        except OSError as error:
            click.echo(file_problem_text(error, translator_now()), err=True)
            sys.exit(EXIT_UNREADABLE)
        if as_json:
            say_json(**_as_json(file, found))
        else:
            for line in _lines(found):
                click.echo(line)
        sys.exit(EXIT_CODES[found.verdict])

    return verify


def _verified(doors: Doors, file: Path, trust: Path | None, *, ask_book: bool) -> "Verification":
    from app.services.signature_check import read_trusted  # noqa: PLC0415
    from app.services.verifying import verify_file  # noqa: PLC0415

    trusted = () if trust is None else read_trusted(trust)
    with _book(doors, ask=ask_book) as (workbench, reason):
        found = verify_file(file, book=workbench, trusted=trusted)
    return found.noted("book_unreadable", reason=reason) if reason else found


@contextmanager
def _book(doors: Doors, *, ask: bool) -> "Iterator[tuple[Workbench | None, str]]":
    """Open the book if there is one; a book that cannot be opened is no reason not to verify."""
    from app.services.ports import StorageProblem  # noqa: PLC0415
    from app.services.storage_text import storage_text  # noqa: PLC0415

    if not ask or not doors.maintenance().has_book():
        yield None, ""
        return
    try:
        workbench = doors.open_workbench()
    except StorageProblem as problem:
        yield None, storage_text(problem, translator_now())
        return
    try:
        yield workbench, ""
    finally:
        workbench.close()


def _as_json(file: Path, found: "Verification") -> dict[str, Any]:
    from app.services.verify_text import verification_text  # noqa: PLC0415

    texts = verification_text(found, translator_now()).findings
    return {
        "file": str(file),
        "verdict": found.verdict,
        "findings": [
            plain(finding) | {"text": text}
            for finding, text in zip(found.findings, texts, strict=True)
        ],
        "says": dict(found.says),
        "signatures": found.signatures,
        "book": found.book,
        "size": found.size,
        "sha256": found.sha256,
    }


def _lines(found: "Verification") -> Iterator[str]:
    from app.services.verify_text import verification_text  # noqa: PLC0415

    text = verification_text(found, translator_now())
    yield text.verdict
    for finding in text.findings:
        yield f"  {finding}"
    if text.says:
        yield translate("The file says of itself:")
    named = translate(N_("{label}: {value}"))
    for label, value in text.says:
        yield f"  {named.format(label=label, value=value)}"
    yield from (*text.signatures, *text.book)


def find_command(doors: Doors) -> click.Command:
    """Return the command."""
    text = translate(
        "Find the case of a printed code, a document number, or what the QR code of a document "
        "says. Exit code 1: not in the book."
    )

    @click.command("find", help=text)
    @click.argument("code")
    @json_option
    def find(code: str, as_json: bool) -> None:
        with opened(doors, as_json=as_json) as workbench:
            found = list(workbench.find_version(code))
        if as_json:
            say_json(found=found)
        elif not found:
            click.echo(translate("The book has no case of this code."), err=True)
        else:
            heads = (N_("Case"), N_("Version"), N_("Newest"), N_("Status"), N_("Case no."))
            rows = [
                (
                    entry.name,
                    str(entry.version),
                    str(entry.newest),
                    _state(approved=entry.approved, archived=entry.archived),
                    entry.case_id,
                )
                for entry in found
            ]
            say_rows(heads, rows, texts=len(heads))
        if not found:
            sys.exit(1)

    return find


def _state(*, approved: bool, archived: bool) -> str:
    if archived:
        return translate("approved, deleted") if approved else translate("draft, deleted")
    return translate("approved") if approved else translate("draft")
