"""The cases of the book as they are read and computed; what issues and saves them stands on it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from app.finance.case.case import CaseFile
from app.finance.engine import with_drawn
from app.reference.tables import Reference
from app.services import case_file
from app.services.case_file import Document
from app.services.computing import Computed, compute
from app.services.ports import Approval, Book, CaseEntry, CaseVersion

if TYPE_CHECKING:
    from app.services.changes import Changes


class CaseDesk:
    """Reads the cases of one book. `now` gives the present time with offset."""

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

    def approval(self, case_id: str, version: int) -> Approval | None:
        """Return the approval of a version, if any."""
        return self._book.approval(case_id, version)

    def approved_versions(self) -> frozenset[tuple[str, int]]:
        """Return case and number of every version that has an approval."""
        return self._book.approved_versions()

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

    def close(self) -> None:
        """Release the book."""
        self._book.close()
