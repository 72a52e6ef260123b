"""What leaves a case: documents on screen and as files, case file, approval."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QMenu

from app.formats import sentence
from app.i18n import _, active_language, translator
from app.messages import expected_text
from app.messages.system_words import file_problem_text
from app.reports.kinds import Choice, choices
from app.services import case_file
from app.services.case_file import CaseRefused
from app.services.draft import value_at
from app.services.files import safe_name, write_atomically
from app.services.ports import StorageProblem
from app.services.storage_text import storage_text
from app.services.workbench import ApprovalRefused
from app.views.dialogs.approve_dialog import ApproveDialog
from app.views.jobs import Jobs
from app.views.widgets.document_state import entry_state, version_state
from app.views.widgets.file_dialogs import ask_place

if TYPE_CHECKING:
    from app.services.ports import DocumentEntry
    from app.services.workbench import Workbench
    from app.views.pages.case_page import CasePage
    from app.views.widgets.pdf_preview import PdfPreview, Shown


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

    def _suggested_name(self, suffix: str, choice: Choice | None = None) -> str:
        name = str(value_at(self._page.document, "project.name") or _("case"))[:80]
        if choice is not None:
            name += f"-{choice.said(translator(active_language()))[:60]}"
        return safe_name(name) + suffix

    def _choices(self) -> tuple[Choice, ...]:
        computed = self._page.computed
        return () if computed is None else choices(computed.file.case, computed.results)

    def _draw_pdf(self, choice: Choice, language: Any) -> bytes:
        saved = self._page.saved_version()
        if saved is not None:
            return self._workbench.version_pdf(*saved, language=language, choice=choice)
        return self._workbench.draft_pdf(self._page.document, language=language, choice=choice)

    def _complete(self) -> bool:
        """Whether the case can be computed; says so where it cannot."""
        if self._page.complete():
            return True
        self._page.tell(_("The case is not complete. The fields in red say what is expected."))
        return False

    def _with_pdf(self, choice: Choice, use: Callable[[bytes], None]) -> None:
        if not self._complete():
            return
        self._jobs.run(
            lambda: self._draw_pdf(choice, "both"),
            owner=self._page,
            done=use,
            failed=self._pdf_failed,
        )

    def _pdf_failed(self, error: Exception) -> None:
        tr = translator(active_language())
        if isinstance(error, StorageProblem):
            self._page.tell(storage_text(error, tr))
            return
        if not isinstance(error, CaseRefused):
            raise error
        self._page.tell("\n".join(expected_text(problem, tr) for problem in error.problems))

    def preview_pdf(self) -> None:
        """Show the main document inside the window; other documents are chosen there."""
        found = self._choices()
        self._with_pdf(found[0] if found else Choice(), self._open_preview)

    def _open_preview(self, data: bytes) -> None:
        from app.views.widgets.pdf_preview import PdfPreview  # noqa: PLC0415 - on demand

        documents = self._shown_documents()
        name = documents[0].file_name if documents else self._suggested_name(".pdf")
        preview = PdfPreview(data, name, self._page, documents=documents, state=self._state())
        preview.setObjectName("preview")
        preview.wanted.connect(self._draw_chosen)
        preview.saved.connect(self._file)
        self._preview = preview
        preview.open()

    def _state(self) -> str:
        saved = self._page.saved_version()
        approved = saved is not None and self._workbench.approval(*saved) is not None
        return version_state(saved and saved[1], approved=approved)

    def _shown_documents(self) -> list["Shown"]:
        from app.views.widgets.pdf_preview import Shown  # noqa: PLC0415 - on demand

        tr = translator(active_language())
        return [
            Shown(sentence(choice.said(tr)), self._suggested_name(".pdf", choice), choice)
            for choice in self._choices()
        ]

    def _draw_chosen(self, choice: Choice, language: str) -> None:
        """Draw another document for the preview, off the screen's thread."""
        preview = self._preview
        assert preview is not None  # noqa: S101 - the preview itself asks

        def failed(error: Exception) -> None:
            preview.keep_shown()
            self._pdf_failed(error)

        self._jobs.run(
            lambda: self._draw_pdf(choice, language),
            owner=preview,
            done=preview.show_chosen,
            failed=failed,
        )

    def export_pdf(self) -> None:
        """Ask for the kind, where there are several, and for a file; a saved case is filed."""
        found = self._choices()
        if len(found) < 2:
            self._export(found[0] if found else Choice())
            return
        tr = translator(active_language())
        menu = QMenu(self._page)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for choice in found:
            action = menu.addAction(sentence(choice.said(tr)).replace("&", "&&"))
            action.triggered.connect(lambda _checked=False, one=choice: self._export(one))
        menu.setActiveAction(menu.actions()[0])
        menu.popup(QCursor.pos())

    def _export(self, choice: Choice) -> None:
        self._with_pdf(
            choice,
            lambda data: ask_place(
                self._page,
                _("Export the document"),
                [_("PDF files (*.pdf)")],
                lambda name: self.write_pdf(name, data, choice),
                name=self._suggested_name(".pdf", choice),
                suffix="pdf",
            ),
        )

    def write_pdf(self, name: str, data: bytes, choice: Choice) -> None:
        """Write a document and file it when the case is saved."""
        if self._write(name, data):
            self._file(choice, "both")

    def _file(self, choice: Choice, language: Any) -> None:
        """Keep a document that was written among those of the book, when the case is saved."""
        saved = self._page.saved_version()
        if saved is None:
            return
        self._jobs.run(
            lambda: self._workbench.issue(*saved, language=language, choice=choice),
            owner=self._page,
            done=lambda _entry: self.issued.emit(),
            failed=self._pdf_failed,
        )

    def issue_final(self) -> None:
        """Number, sign and keep a document of the saved and approved version."""
        saved = self._page.saved_version()
        if saved is None:
            self._page.tell(_("Save the case first: a final document is of a saved version."))
            return
        if self._workbench.approval(*saved) is None:
            self._page.tell(
                _(
                    "This version is not approved. A final document takes an approval: choose "
                    "“Approve…” in the menu “File” first."
                )
            )
            return
        from app.views.dialogs.issue_dialog import IssueDialog  # noqa: PLC0415 - when asked

        dialog = IssueDialog(
            self._workbench, self._jobs, saved, self._shown_documents(), self._page
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self._show_issued(dialog.entry))
        dialog.open()

    def _show_issued(self, entry: "DocumentEntry | None") -> None:
        if entry is None:
            return
        from app.views.widgets.pdf_preview import PdfPreview  # noqa: PLC0415 - on demand

        self.issued.emit()
        data = self._workbench.document_bytes(entry.document_id)
        name = f"{safe_name(entry.number)}.pdf"
        self._preview = PdfPreview(data, name, self._page, state=entry_state(entry))
        self._preview.open()

    def export_data(self) -> None:
        """Ask for a format and a place: the workbook, or the data for other programs."""
        if not self._complete():
            return
        from app.views.dialogs.export_dialog import ExportDialog  # noqa: PLC0415 - when asked

        dialog = ExportDialog(
            self._workbench,
            self._jobs,
            self._page.document,
            version=self._page.saved_version(),
            name=self._suggested_name(""),
            parent=self._page,
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def export_case(self) -> None:
        """Ask for a file and write the case file."""
        if not self._complete() or self._page.computed is None:
            return
        text = case_file.to_json(self._page.computed.file)
        ask_place(
            self._page,
            _("Export the case file"),
            [_("Case files (*.bcd.json)")],
            lambda name: self._write(name, text.encode()),
            name=self._suggested_name(case_file.SUFFIX),
            suffix=case_file.SUFFIX.lstrip("."),
        )

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
