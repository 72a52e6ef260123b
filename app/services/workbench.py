"""What a person can do with the book: the one door of window and command line to the use cases."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from app.finance.case.case import CaseFile
from app.finance.case.problems import Problem
from app.finance.engine import Results, compute_case, with_drawn
from app.finance.errors import DomainError
from app.messages import domain_problem
from app.reference.tables import Reference
from app.reports.kinds import Choice, main_choice
from app.services import case_file
from app.services.attachments import read_paper
from app.services.case_file import CaseRefused, Document
from app.services.figures import key_figures
from app.services.fingerprint import input_hash
from app.services.loan_changes import moved_figures
from app.services.market_desk import MarketDesk
from app.services.ports import (
    Approval,
    AttachmentEntry,
    Book,
    CaseEntry,
    CaseVersion,
    DocumentEntry,
    NewVersion,
)
from app.services.printing import Language, print_document
from app.version import VERSION

if TYPE_CHECKING:
    from app.services.changes import Changes


@dataclass(frozen=True, slots=True)
class Computed:
    """A valid case with its results and the hash of its inputs."""

    file: CaseFile
    results: Results
    input_hash: str


def _in_file(problem: Problem, place: str) -> Problem:
    """Return a problem whose path begins with a file, or a file and a line, unless it does."""
    if problem.path.startswith(f"{place}:"):
        return problem
    return replace(problem, path=": ".join(filter(None, (place, problem.path))))


def compute(file: CaseFile, reference: Reference, *, draw: bool = True) -> Computed:
    """Compute a case; without `draw` ranges, sensitivity and the price model are left out.

    Raises:
        CaseRefused: a calculation refuses an input, for example an unknown species.
    """
    try:
        results = compute_case(file.case, reference.tables)
        if draw:
            results = with_drawn(file.case, results, reference.tables)
    except DomainError as error:
        raise CaseRefused([domain_problem(error)]) from error
    return Computed(file, results, input_hash(file))


class ApprovalRefused(Exception):
    """An approval that is not possible.

    `code` is "same_person", "no_name", "red_flags", or "figures_moved" when the figures saved
    with the version no longer come out.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Workbench:
    """The use cases on one book. `now` gives the present time with offset."""

    def __init__(self, book: Book, reference: Reference, now: Callable[[], datetime]) -> None:
        self._book = book
        self._now = now
        self.reference = reference

    def compute_document(self, document: Document, *, draw: bool = True) -> Computed:
        """Validate and compute a draft; without `draw` the rest is left for `draw_range`.

        Raises:
            CaseRefused: with every problem of the draft.
        """
        file = case_file.validate(case_file.migrate(dict(document)))
        return compute(file, self.reference, draw=draw)

    def draw_range(
        self, computed: Computed, progress: Callable[[int, int], None] | None = None
    ) -> Computed:
        """Return a computed case with its ranges, its sensitivity and the price model.

        `progress(done, of)` is called between chunks and may raise to stop.
        """
        case, tables = computed.file.case, self.reference.tables
        return replace(computed, results=with_drawn(case, computed.results, tables, progress))

    @property
    def market(self) -> MarketDesk:
        """Return the market book: deals, series, exchange rates."""
        return MarketDesk(self._book, self._now)

    def today(self) -> date:
        """Return the present date of the clock this workbench was given."""
        return self._now().date()

    def list_cases(self, *, archived: bool = False) -> Sequence[CaseEntry]:
        """Return the newest version of each case."""
        return self._book.list_cases(archived=archived)

    def open(self, case_id: str, number: int | None = None) -> tuple[CaseVersion, CaseFile]:
        """Return a stored version and its case; the newest by default."""
        version = self._book.load(case_id, number)
        return version, case_file.read_document(version.document.encode())

    def version_documents(self, keys: Sequence[tuple[str, int]]) -> Mapping[tuple[str, int], str]:
        """Return the documents of many versions at once, by case and number."""
        return self._book.version_documents(keys)

    def versions(self, case_id: str) -> Sequence[CaseVersion]:
        """Return all versions of a case, oldest first."""
        return self._book.versions(case_id)

    def _new_version(self, computed: Computed) -> NewVersion:
        return NewVersion(
            name=computed.file.case.project.name,
            document=case_file.to_json(computed.file),
            schema_version=case_file.SCHEMA_VERSION,
            input_hash=computed.input_hash,
            program_version=VERSION,
            data_version=self.reference.data_version,
            saved_at=self._now(),
            figures=key_figures(computed.file, computed.results),
        )

    def save_new(self, documents: Sequence[Document]) -> Sequence[CaseVersion]:
        """Store drafts as new cases, all or none.

        Raises:
            CaseRefused: when one of them is refused; nothing is stored then.
        """
        return self._book.add_cases(
            [
                self._new_version(self.compute_document(document, draw=False))
                for document in documents
            ]
        )

    def save(self, case_id: str, document: Document, *, after: int) -> CaseVersion:
        """Store a draft as the version after `after`; the earlier ones are kept."""
        return self._book.append(
            case_id, self._new_version(self.compute_document(document, draw=False)), after=after
        )

    def duplicate(self, case_id: str, name: str) -> CaseVersion:
        """Store a copy of the newest version under another name."""
        _, file = self.open(case_id)
        document = case_file.to_document(file)
        document["project"]["name"] = name
        return self.save_new([document])[0]

    def set_archived(self, case_id: str, *, archived: bool) -> None:
        """Delete a case from the lists, or take the deletion back."""
        self._book.set_archived(case_id, archived=archived)

    def import_files(self, paths: Sequence[Path]) -> Sequence[CaseVersion]:
        """Store case files, and the rows of CSV or XLSX sheets, as new cases, all or none.

        Raises:
            CaseRefused: with the file's name in front of each path when there are several.
        """
        documents: list[Document] = []
        problems: list[Problem] = []
        for path in paths:
            try:
                documents += self._documents_in(path)
            except CaseRefused as refused:
                named = len(paths) > 1
                problems += [
                    _in_file(problem, path.name) if named else problem
                    for problem in refused.problems
                ]
        if problems:
            raise CaseRefused(problems)
        return self.save_new(documents)

    def _documents_in(self, path: Path) -> list[Document]:
        """Return the complete documents of a case file, or of the rows of a sheet."""
        if not path.name.lower().endswith((".csv", ".xlsx")):
            computed = compute(case_file.read_file(path), self.reference, draw=False)
            return [case_file.to_document(computed.file)]
        from app.services.import_sheet import read_sheet  # noqa: PLC0415 - loads pandas

        found = []
        for number, draft in read_sheet(path):
            try:
                found.append(case_file.to_document(self.compute_document(draft, draw=False).file))
            except CaseRefused as refused:
                row = f"{path.name}:{number}"
                raise CaseRefused([_in_file(p, row) for p in refused.problems]) from refused
        return found

    def approve(
        self, case_id: str, version: int, *, prepared_by: str, approved_by: str, remark: str
    ) -> Approval:
        """Approve a stored version.

        Raises:
            ApprovalRefused: a name is missing, both names are the same, red flags are open, or
                the figures saved with the version no longer come out.
        """
        prepared, approved = prepared_by.strip(), approved_by.strip()
        if not prepared or not approved:
            raise ApprovalRefused("no_name")
        if prepared == approved:
            raise ApprovalRefused("same_person")
        stored, file = self.open(case_id, version)
        computed = compute(file, self.reference, draw=False)
        if computed.results.red_flags:
            raise ApprovalRefused("red_flags")
        if moved_figures(stored.figures, key_figures(file, computed.results)):
            raise ApprovalRefused("figures_moved")
        approval = Approval(case_id, version, prepared, approved, self._now(), remark.strip())
        self._book.approve(approval)
        return approval

    def approval(self, case_id: str, version: int) -> Approval | None:
        """Return the approval of a version, if any."""
        return self._book.approval(case_id, version)

    def draft_pdf(
        self, document: Document, *, language: Language, choice: Choice | None = None
    ) -> bytes:
        """Draw a document of a draft that is not stored; by default that which it is made for."""
        computed = self.compute_document(document)
        return print_document(
            computed,
            choice=choice,
            reference=self.reference,
            language=language,
            issued_on=self.today(),
        )

    def version_pdf(
        self, case_id: str, version: int, *, language: Language, choice: Choice | None = None
    ) -> bytes:
        """Draw a document of a stored version, with its approval if there is one.

        Raises:
            CaseRefused: the case has no such document; "signed_figures_moved" when an approved
                version no longer comes out as it was approved, because the program or its data
                have changed since.
        """
        stored, file = self.open(case_id, version)
        approval = self.approval(case_id, version)
        computed = compute(file, self.reference)
        if approval is not None:
            moved = moved_figures(stored.figures, key_figures(file, computed.results))
            if moved:
                raise CaseRefused([Problem("", "signed_figures_moved", ", ".join(moved))])
        return print_document(
            computed,
            choice=choice,
            reference=self.reference,
            language=language,
            issued_on=self.today(),
            version=version,
            approval=approval,
            changed=self.changes_of(case_id, version),
        )

    def changes_of(self, case_id: str, version: int) -> "Changes | None":
        """Return what a stored version changed; None for the first, or without an appraisal."""
        if version < 2:
            return None
        from app.services.changes import changes  # noqa: PLC0415 - when there is one before

        first, before = self.open(case_id, version - 1)
        second, after = self.open(case_id, version)
        if before.case.appraisal is None or after.case.appraisal is None:
            return None
        return changes(before, after, self.reference, saved=(first.figures, second.figures))

    def issue(
        self, case_id: str, version: int, *, language: Language, choice: Choice | None = None
    ) -> DocumentEntry:
        """Draw a document of a stored version and keep it among the documents."""
        chosen = choice or main_choice(self.open(case_id, version)[1].case)
        content = self.version_pdf(case_id, version, language=language, choice=chosen)
        approved = self.approval(case_id, version) is not None
        return self._book.add_document(
            case_id=case_id,
            version=version,
            kind=chosen.kind.value,
            language=language,
            status="approved" if approved else "draft",
            issued_at=self._now(),
            content=content,
        )

    def list_documents(self) -> Sequence[DocumentEntry]:
        """Return the issued documents, newest first."""
        return self._book.list_documents()

    def document_bytes(self, document_id: str) -> bytes:
        """Return the PDF of an issued document."""
        return self._book.document_bytes(document_id)

    def add_attachment(self, case_id: str, path: Path) -> AttachmentEntry:
        """Keep a copy of a file with a case, beside its versions.

        Raises:
            CaseRefused: the file is empty, above 20 MB, or cannot be read.
        """
        paper = read_paper(path)
        return self._book.add_attachment(
            case_id=case_id,
            name=paper.name,
            media_type=paper.media_type,
            added_at=self._now(),
            content=paper.content,
        )

    def list_attachments(self, case_id: str) -> Sequence[AttachmentEntry]:
        """Return the papers of a case, oldest first."""
        return self._book.list_attachments(case_id)

    def attachment_bytes(self, attachment_id: str) -> bytes:
        """Return the bytes of a paper as they were when it was attached."""
        return self._book.attachment_bytes(attachment_id)

    def remove_attachment(self, attachment_id: str) -> None:
        """Delete a paper from the book."""
        self._book.remove_attachment(attachment_id)

    def close(self) -> None:
        """Release the book."""
        self._book.close()
