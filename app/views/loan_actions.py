"""What a person does with the loan of a case: records what happened, keeps its papers."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt

from app.i18n import _, active_language, translator
from app.services.case_file import Document
from app.services.draft import value_at, with_value
from app.services.recorded import with_recorded
from app.views.widgets.loan_checklist import CLAUSES
from app.views.widgets.loan_life import RECORDS, TODAY
from app.views.widgets.loan_registration import PAPERS

if TYPE_CHECKING:
    from app.services.workbench import Workbench
    from app.views.dialogs.clauses_dialog import ClausesDialog
    from app.views.dialogs.record_dialog import RecordDialog
    from app.views.pages.case_page import CasePage

_WATCH = "loan.monitoring"
_DAY = f"{_WATCH}.as_of"


class LoanActions(QObject):
    """Serves what the pages of the loan want; each answer is one step of undo."""

    def __init__(self, page: "CasePage", workbench: "Workbench") -> None:
        super().__init__(page)
        self._page, self._workbench = page, workbench

    def act(self, wanted: str) -> None:
        """Do what a page wants: a table to record into, the state of today, the papers."""
        if wanted in RECORDS:
            self.record(wanted)
        elif wanted == TODAY:
            self.watch_today()
        elif wanted == PAPERS:
            self.show_papers()
        elif wanted == CLAUSES:
            self.show_clauses()

    def record(self, table: str) -> "RecordDialog":
        """Ask for a line of a table of the watch, and put it into the draft."""
        from app.views.dialogs.record_dialog import RecordDialog  # noqa: PLC0415 - when asked

        dialog = RecordDialog(table, lambda row, follow: self._take(table, row, follow), self._page)
        dialog.open()
        return dialog

    def _take(self, table: str, row: dict[str, Any], follow: bool) -> str:
        """Append a line; refuse it when something in it is refused, whatever else is open."""
        page, path = self._page, f"{_WATCH}.{table}"
        changed, number = with_recorded(page.document, path, row, self._compute)
        if follow and str(row["day"]) > self._day_watched():
            changed = with_value(changed, _DAY, row["day"])
        page.change(f"record {path}", changed)
        return str(number)

    def _compute(self, document: Document) -> None:
        self._workbench.compute_document(document, draw=False)

    def _day_watched(self) -> str:
        document = self._page.document
        return str(value_at(document, _DAY) or value_at(document, "loan.drawdown_date") or "")

    def watch_today(self) -> None:
        """Show the state of the loan on the present day."""
        today = self._workbench.today().isoformat()
        self._page.change(_DAY, with_value(self._page.document, _DAY, today))

    def show_clauses(self) -> "ClausesDialog":
        """Offer the usual clauses; those chosen go into the draft, one step of undo."""
        from app.views.dialogs.clauses_dialog import ClausesDialog  # noqa: PLC0415 - when asked

        dialog = ClausesDialog(self.take_clauses, self._page)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
        return dialog

    def take_clauses(self, keys: Sequence[str]) -> None:
        """Enter usual clauses into the agreement."""
        from app.services.clause_proposals import with_clauses  # noqa: PLC0415 - when asked

        page = self._page
        changed = with_clauses(page.document, keys, translator(active_language()))
        page.change("clauses", changed)

    def show_papers(self) -> None:
        """Show the papers of the case; a case that is not stored has none."""
        from app.views.dialogs.attachments_dialog import open_attachments  # noqa: PLC0415

        if self._page.case_id is None:
            self._page.tell(_("Save the case first: attachments belong to a stored case."))
            return
        open_attachments(self._workbench, self._page.case_id, self._page)
