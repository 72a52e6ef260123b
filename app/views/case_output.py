"""What leaves a case: term sheet on screen and as file, case file, approval."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from app.i18n import _, active_language, translator
from app.messages import expected_text
from app.messages.system_words import file_problem_text
from app.services import case_file
from app.services.case_file import CaseRefused
from app.services.draft import value_at
from app.services.files import write_atomically
from app.services.ports import StorageProblem
from app.services.storage_text import storage_text
from app.services.workbench import ApprovalRefused
from app.views.dialogs.approve_dialog import ApproveDialog
from app.views.jobs import Jobs

if TYPE_CHECKING:
    from app.services.workbench import Workbench
    from app.views.pages.case_page import CasePage
    from app.views.widgets.pdf_preview import PdfPreview


class CaseOutput(QObject):
    """Prints, exports and approves the case of a page.

    Signals:
        issued(): a document was filed.
    """

    issued = Signal()

    def __init__(self, page: "CasePage", workbench: "Workbench", jobs: Jobs) -> None:
        super().__init__(page)
        self._page = page
        self._workbench = workbench
        self._jobs = jobs
        self._preview: PdfPreview | None = None
        self._approval: ApproveDialog | None = None

    def _suggested_name(self, suffix: str) -> str:
        name = str(value_at(self._page.document, "project.name") or _("case"))
        safe = "".join("-" if char in '\\/:*?"<>|' else char for char in name)[:80]
        return f"{safe}{suffix}"

    def _draw_pdf(self, language: Any) -> bytes:
        saved = self._page.saved_version()
        if saved is not None:
            return self._workbench.version_pdf(*saved, language=language)
        return self._workbench.draft_pdf(self._page.document, language=language)

    def _with_pdf(self, use: Callable[[bytes], None]) -> None:
        if not self._page.complete():
            self._page.tell(_("The case is not complete. The fields in red say what is expected."))
            return
        self._jobs.run(
            lambda: self._draw_pdf("both"), owner=self._page, done=use, failed=self._pdf_failed
        )

    def _pdf_failed(self, error: Exception) -> None:
        if not isinstance(error, CaseRefused):
            raise error
        tr = translator(active_language())
        self._page.tell("\n".join(expected_text(problem, tr) for problem in error.problems))

    def preview_pdf(self) -> None:
        """Show the term sheet inside the window."""
        self._with_pdf(self._open_preview)

    def _open_preview(self, data: bytes) -> None:
        from app.views.widgets.pdf_preview import PdfPreview  # noqa: PLC0415 - QtPdf on demand

        name = self._suggested_name(".pdf")
        self._preview = PdfPreview(data, name, self._page, redraw=self._draw_pdf)
        self._preview.setObjectName("preview")
        self._preview.open()

    def export_pdf(self) -> None:
        """Ask for a file and write the term sheet; a saved case is filed among the documents."""
        self._with_pdf(
            lambda data: self._ask_file(
                _("Export the term sheet"),
                _("PDF files (*.pdf)"),
                ".pdf",
                lambda name: self.write_pdf(name, data),
            )
        )

    def write_pdf(self, name: str, data: bytes) -> None:
        """Write the term sheet and file it when the case is saved."""
        if not self._write(name, data):
            return
        saved = self._page.saved_version()
        if saved is not None:
            self._workbench.issue(*saved, language="both")
            self.issued.emit()

    def export_case(self) -> None:
        """Ask for a file and write the case file."""
        if not self._page.complete() or self._page.computed is None:
            self._page.tell(_("The case is not complete. The fields in red say what is expected."))
            return
        text = case_file.to_json(self._page.computed.file)
        self._ask_file(
            _("Export the case file"),
            _("Case files (*.bcd.json)"),
            case_file.SUFFIX,
            lambda name: self._write(name, text.encode()),
        )

    def _ask_file(
        self, title: str, pattern: str, suffix: str, use: Callable[[str], object]
    ) -> None:
        dialog = QFileDialog(self._page, title)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(pattern)
        dialog.setDefaultSuffix(suffix.lstrip("."))
        dialog.selectFile(self._suggested_name(suffix))
        dialog.fileSelected.connect(use)
        dialog.open()

    def _write(self, name: str, data: bytes) -> bool:
        try:
            write_atomically(Path(name), data)
        except OSError as error:
            self._page.tell(file_problem_text(error, translator(active_language())))
            return False
        return True

    def approve(self) -> None:
        """Ask who prepared and who approves the saved version."""
        if self._page.case_id is None or self._page.has_unsaved_changes():
            self._page.tell(_("Save the case first: an approval belongs to a saved version."))
            return
        self._approval = ApproveDialog(self._page)
        self._approval.given.connect(self._approve)
        self._approval.open()

    def _approve(self, prepared_by: str, approved_by: str, remark: str) -> None:
        reasons = {
            "no_name": _("Name both the person who prepared the case and the one who approves."),
            "same_person": _("The person who approves must not be the one who prepared the case."),
            "red_flags": _("Red flags are open. Clear them before the case is approved."),
            "figures_moved": _(
                "The program or its data have changed since this version was saved, and its "
                "figures with them. Save it anew and approve that version."
            ),
        }
        try:
            self._workbench.approve(
                self._page.case_id or "",
                self._page.version or 0,
                prepared_by=prepared_by,
                approved_by=approved_by,
                remark=remark,
            )
        except ApprovalRefused as refused:
            self._page.tell(reasons[refused.code])
            return
        except StorageProblem as problem:
            self._page.tell(storage_text(problem, translator(active_language())))
            return
        self._page.tell(
            _("Approved. Documents of this version are printed without the draft mark.")
        )
