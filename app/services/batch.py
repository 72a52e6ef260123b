"""Writes a document of many cases into a folder, one file each, one after the other.

One process: a document is drawn and written before the next case is read, so that memory stays as
it is however many there are, and what is written is whole.
"""

import errno
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from app.finance.case.case import CaseFile
from app.finance.case.problems import Problem
from app.reference.tables import Reference
from app.reports.house import House
from app.reports.kinds import Choice, draft_number
from app.services import case_file
from app.services.case_file import CaseRefused
from app.services.computing import compute
from app.services.files import FreeNames, check_folder, safe_name, write_atomically
from app.services.fingerprint import input_hash
from app.services.printing import Language, print_document, shows_drawn

if TYPE_CHECKING:
    from app.services.issuing import Issuing
    from app.services.ports import CaseEntry

_LACKS = "kind_without_"
"""What the codes of `kinds.refusal` begin with when a case has no document of a kind."""

_LONGEST_CASE = 120
"""Bytes of the name of a case in the name of a file."""

Progress = Callable[[int, int], None]


class Ended(StrEnum):
    """How it ended for one case.

    "skipped": the case has no document of the kind; "refused": it cannot be read, or a sign
    cannot be drawn; "exists": a file of this name is there; "failed": it could not be written.
    """

    WRITTEN = "written"
    SKIPPED = "skipped"
    REFUSED = "refused"
    EXISTS = "exists"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Opened:
    """A case that was read: the name of its file without ending, and what draws the document."""

    name: str
    draw: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class Job:
    """One case of a batch: what it is called, and what reads it."""

    label: str
    open: Callable[[], Opened]


@dataclass(frozen=True, slots=True)
class Press:
    """What prints case files that are not in a book: reference data, day, template."""

    reference: Reference
    issued_on: date
    house: House

    def pdf(self, file: CaseFile, choice: Choice, language: Language) -> bytes:
        """Compute a case and draw its document."""
        return print_document(
            compute(file, self.reference, draw=shows_drawn(choice)),
            choice=choice,
            reference=self.reference,
            language=language,
            issued_on=self.issued_on,
            house=self.house,
        )


@dataclass(frozen=True, slots=True)
class Outcome:
    """How it ended for one case; `problems` say why there is no document, `error` why no file."""

    label: str
    ended: Ended
    file: Path | None = None
    size: int = 0
    problems: tuple[Problem, ...] = ()
    error: OSError | None = None


def stored_jobs(
    workbench: "Issuing", entries: Iterable["CaseEntry"], choice: Choice, language: Language
) -> list[Job]:
    """Return the jobs for the newest versions of stored cases, as drafts or approved copies."""

    def opened(entry: "CaseEntry") -> Opened:
        _, file = workbench.open(entry.case_id, entry.version)
        number = draft_number(choice, file.case, entry.input_hash, entry.version)
        return Opened(
            _named(entry.name, number),
            lambda: workbench.version_pdf(
                entry.case_id, entry.version, language=language, choice=choice
            ),
        )

    return [Job(entry.name, partial(opened, entry)) for entry in entries]


def file_jobs(paths: Iterable[Path], choice: Choice, language: Language, press: Press) -> list[Job]:
    """Return the jobs for case files that are not in a book."""

    def opened(path: Path) -> Opened:
        file = case_file.read_file(path)
        number = draft_number(choice, file.case, input_hash(file), None)
        name = _named(file.case.project.name, number)
        return Opened(name, partial(press.pdf, file, choice, language))

    return [Job(path.name, partial(opened, path)) for path in paths]


def _named(case: str, number: str) -> str:
    """The name of a file: a long name of a case is cut, not the number."""
    return f"{safe_name(case, _LONGEST_CASE)}-{number}"


def run_batch(
    jobs: Sequence[Job],
    folder: Path,
    *,
    told: Callable[[Outcome], None],
    progress: Progress | None = None,
    overwrite: bool = False,
) -> None:
    """Write the documents of all jobs; each outcome is handed to `told` when it is known.

    `progress(done, of)` is called before each case and at the end, and may raise to stop: what
    was written stays, whole. With a full disk nothing more is tried.

    Raises:
        OSError: nothing can be written into the folder, or the disk is full.
    """
    folder.mkdir(parents=True, exist_ok=True)
    check_folder(folder)
    names = FreeNames()
    for place, job in enumerate(jobs):
        if progress is not None:
            progress(place, len(jobs))
        outcome = _run(job, folder, names, overwrite=overwrite)
        told(outcome)
        if outcome.error is not None and outcome.error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise outcome.error
    if progress is not None:
        progress(len(jobs), len(jobs))


def _run(job: Job, folder: Path, names: FreeNames, *, overwrite: bool) -> Outcome:
    try:
        opened = job.open()
        target = folder / names.name(opened.name, ".pdf")
        if target.exists() and not overwrite:
            return Outcome(job.label, Ended.EXISTS, target)
        content = opened.draw()
    except CaseRefused as refused:
        lacks = all(problem.code.startswith(_LACKS) for problem in refused.problems)
        ended = Ended.SKIPPED if lacks else Ended.REFUSED
        return Outcome(job.label, ended, problems=tuple(refused.problems))
    try:
        write_atomically(target, content)
    except OSError as error:
        return Outcome(job.label, Ended.FAILED, target, error=error)
    return Outcome(job.label, Ended.WRITTEN, target, len(content))
