"""`bluecarbon batch`: a document of many cases, one file each."""

import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from app.cli.book_commands import Doors, opened
from app.cli.document_options import house_of, house_options, kind_option, language_option
from app.cli.market_output import written_text
from app.cli.refusal import refuse, translator_now
from app.i18n import _ as translate
from app.reports.kinds import Choice, DocumentKind

if TYPE_CHECKING:
    from app.services.batch import Job, Outcome


def batch_command(doors: Doors) -> click.Command:
    """Return the command."""
    text = translate(
        "Print a document of many cases into a folder: case files, or cases of the book. Cases "
        "that have no such document are left out. Exit code 1: something was not written."
    )

    @click.command("batch", help=text)
    @click.argument("files", nargs=-1, type=click.Path(path_type=Path))
    @click.option(
        "--case",
        "cases",
        multiple=True,
        help=translate("Number or name of a case of the book; may be given several times."),
    )
    @click.option("--all", "every", is_flag=True, help=translate("All cases of the book."))
    @kind_option(text=translate("Kind of document."), required=True)
    @language_option
    @house_options
    @click.option("--force", is_flag=True, help=translate("Write over files that are there."))
    @click.option(
        "-o",
        "--output",
        required=True,
        type=click.Path(path_type=Path, file_okay=False),
        help=translate("Folder to write into."),
    )
    def batch(
        files: tuple[Path, ...],
        cases: tuple[str, ...],
        every: bool,
        output: Path,
        force: bool,
        **how: Any,
    ) -> None:
        if sum(map(bool, (files, cases, every))) != 1:
            raise click.UsageError(translate("Give case files, or --case, or --all."))
        if files:
            told = _run(_of_files(files, **how), output, force=force)
        else:
            told = _of_book(doors, cases, output, force=force, **how)
        click.echo(_summary(told))
        if told.keys() - {"written", "skipped"}:
            sys.exit(1)

    return batch


def _of_files(
    files: tuple[Path, ...], *, kind: str, language: Any, house: Path | None, logo: Path | None
) -> "list[Job]":
    from datetime import UTC, datetime  # noqa: PLC0415

    from app.reference.tables import load_reference  # noqa: PLC0415
    from app.reports.house import House  # noqa: PLC0415
    from app.services.batch import Press, file_jobs  # noqa: PLC0415
    from app.services.case_file import CaseRefused  # noqa: PLC0415

    try:
        template = house_of(house, logo) or House()
    except CaseRefused as refused:
        refuse(list(refused.problems), as_json=False)
        raise
    press = Press(load_reference(), datetime.now(UTC).astimezone().date(), template)
    return file_jobs(files, Choice(DocumentKind(kind)), language, press)


def _of_book(
    doors: Doors,
    cases: tuple[str, ...],
    output: Path,
    *,
    force: bool,
    kind: str,
    language: Any,
    house: Path | None,
    logo: Path | None,
) -> Counter[str]:
    from app.services.batch import stored_jobs  # noqa: PLC0415
    from app.services.finding import named_case  # noqa: PLC0415

    if house is not None or logo is not None:
        text = translate("Cases of the book are printed with its template: see `house set`.")
        raise click.UsageError(text)
    with opened(doors, as_json=False) as workbench:
        entries = workbench.list_cases()
        chosen = [named_case(entries, name) for name in cases] if cases else entries
        jobs = stored_jobs(workbench, chosen, Choice(DocumentKind(kind)), language)
        return _run(jobs, output, force=force)


def _run(jobs: "Iterable[Job]", output: Path, *, force: bool) -> Counter[str]:
    from app.services.batch import run_batch  # noqa: PLC0415

    listed = list(jobs)
    told: Counter[str] = Counter()

    def say(outcome: "Outcome") -> None:
        told[outcome.ended] += 1
        place = f"{told.total()}/{len(listed)}"
        click.echo(f"{place} {_said(outcome)}", err=outcome.ended not in ("written", "skipped"))

    run_batch(listed, output, told=say, overwrite=force)
    return told


def _said(outcome: "Outcome") -> str:
    from app.messages import problem_text  # noqa: PLC0415
    from app.messages.system_words import file_problem_text  # noqa: PLC0415

    if outcome.error is not None:
        return file_problem_text(outcome.error, translator_now())
    if outcome.problems:
        reasons = "; ".join(problem_text(each, translator_now()) for each in outcome.problems)
        text = translate("{case}: left out. {reasons}")
        return text.format(case=outcome.label, reasons=reasons)
    if outcome.ended == "exists":
        return translate("{file}: there is a file of this name already.").format(file=outcome.file)
    return written_text(outcome.file, outcome.size)


def _summary(told: Counter[str]) -> str:
    text = translate(
        "{written} written, {skipped} without such a document, {exists} there already, "
        "{refused} refused, {failed} failed."
    )
    names = ("written", "skipped", "exists", "refused", "failed")
    return text.format(**{name: told[name] for name in names})
