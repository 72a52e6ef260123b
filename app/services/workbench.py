"""What a person can do with the book: the one door of window and command line to the use cases."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from app.finance.case.problems import Problem
from app.services import case_file
from app.services.attachments import read_paper
from app.services.case_file import CaseRefused, Document
from app.services.computing import Computed, compute
from app.services.figures import key_figures
from app.services.issuing import Issuing
from app.services.loan_changes import moved_figures
from app.services.market_desk import MarketDesk
from app.services.ports import Approval, AttachmentEntry, CaseVersion, NewVersion
from app.version import VERSION

__all__ = ["ApprovalRefused", "Computed", "Workbench", "compute"]


def _in_file(problem: Problem, place: str) -> Problem:
    """Return a problem whose path begins with a file, or a file and a line, unless it does."""
    if problem.path.startswith(f"{place}:"):
        return problem
    return replace(problem, path=": ".join(filter(None, (place, problem.path))))


class ApprovalRefused(Exception):
    """An approval that is not possible.

    `code` is "same_person", "no_name", "red_flags", or "figures_moved" when the figures saved
    with the version no longer come out.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Workbench(Issuing):
    """The use cases on one book. `now` gives the present time with offset."""

    @property
    def market(self) -> MarketDesk:
        """Return the market book: deals, series, exchange rates."""
        return MarketDesk(self._book, self._now)

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
