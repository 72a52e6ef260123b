"""The one undo command of the case page: from one draft to the next."""

from typing import TYPE_CHECKING

from PySide6.QtGui import QUndoCommand

from app.services.case_file import Document

if TYPE_CHECKING:
    from app.views.pages.case_page import CasePage

MERGING = 1


class ChangeDraft(QUndoCommand):
    """Replaces the draft; keystrokes in the same field become one step."""

    def __init__(
        self, page: "CasePage", path: str, before: Document, after: Document, *, merge: bool
    ) -> None:
        super().__init__()
        self._page = page
        self.path = path
        self.before = before
        self.after = after
        self._merge = merge

    def id(self) -> int:
        """Commands of one id may merge."""
        return MERGING if self._merge else -1

    def mergeWith(self, other: QUndoCommand) -> bool:  # noqa: N802 - Qt's name
        """Take over the result of a following change of the same field."""
        if not isinstance(other, ChangeDraft) or other.path != self.path:
            return False
        self.after = other.after
        return True

    def undo(self) -> None:
        """Show the draft as it was before."""
        self._page.apply_document(self.before)

    def redo(self) -> None:
        """Show the changed draft."""
        self._page.apply_document(self.after)
