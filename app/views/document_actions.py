"""What the window does with documents of the book: open, find, check, print many, template."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog

from app.i18n import _, active_language, translator
from app.reports.kinds import KIND_NAMES
from app.services.files import safe_name
from app.services.ports import DocumentEntry, StorageProblem, VersionEntry
from app.services.storage_text import storage_text
from app.views.pages.documents_page import DocumentsPage
from app.views.widgets.document_state import entry_state

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.services.workbench import Workbench
    from app.views.main_window import MainWindow
    from app.views.widgets.pdf_preview import PdfPreview


class DocumentActions:
    """Joins the documents page, its dialogs and the use cases.

    `open_version` opens a version of a case by its id and number.
    """

    def __init__(
        self,
        window: "MainWindow",
        workbench: "Workbench",
        open_version: "Callable[[str, int], None]",
    ) -> None:
        self._window, self._workbench = window, workbench
        self._open_version = open_version
        self._preview: PdfPreview | None = None

    def make_page(self) -> DocumentsPage:
        """Make the page of the documents."""
        page = DocumentsPage()
        page.open_document.connect(self.open_document)
        page.open_version.connect(lambda entry: self._open_version(entry.case_id, entry.version))
        page.find_wanted.connect(lambda text: self.find(text, page))
        page.check_wanted.connect(self.check_file)
        page.batch_wanted.connect(self.print_many)
        page.portfolio_wanted.connect(self.show_portfolio)
        return page

    def open_document(self, entry: DocumentEntry) -> None:
        """Show an issued document."""
        try:
            data = self._workbench.document_bytes(entry.document_id)
        except StorageProblem as problem:
            self._window.tell(storage_text(problem, translator(active_language())))
            return
        name = f"{entry.case_name}-{_(KIND_NAMES.get(entry.kind, entry.kind))}"
        self.show_pdf(data, f"{safe_name(entry.number or name)}.pdf", entry_state(entry))

    def show_pdf(self, data: bytes, name: str, state: str = "") -> None:
        """Show a document in a preview of its own; `state` says what it is worth."""
        from app.views.widgets.pdf_preview import PdfPreview  # noqa: PLC0415 - pdfium on demand

        self._preview = PdfPreview(data, name, self._window, state=state)
        self._preview.open()

    def find(self, text: str, page: DocumentsPage) -> None:
        """Open the version of a case that a number or a code belongs to."""
        found = self._workbench.find_version(text)
        if not found:
            page.tell(
                _(
                    "The book has no document or case of this number or code: {text}. Expected is "
                    "what stands at the top of a document, for example TS-2026-0007 or "
                    "1A2B-3C4D-5E6F."
                ).format(text=text.strip())
            )
            return
        self.open_found(found[0])

    def open_found(self, entry: VersionEntry) -> None:
        """Open a version that was found."""
        self._open_version(entry.case_id, entry.version)

    def _opened(self, dialog: QDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def check_file(self) -> None:
        """Ask for a PDF and say whether it is untouched."""
        from app.views.dialogs.verify_dialog import VerifyDialog  # noqa: PLC0415 - when asked

        dialog = VerifyDialog(self._workbench, self._window.jobs, self._window)
        dialog.open_version.connect(self.open_found)
        self._opened(dialog)

    def print_many(self) -> None:
        """Print one document of many cases."""
        from app.views.dialogs.batch_dialog import BatchDialog  # noqa: PLC0415 - when asked

        self._opened(BatchDialog(self._workbench, self._window.jobs, self._window))

    def show_portfolio(self) -> None:
        """Draw the report of the whole book."""
        from app.views.dialogs.portfolio_dialog import PortfolioDialog  # noqa: PLC0415

        dialog = PortfolioDialog(self._workbench, self._window.jobs, self._window)
        dialog.drawn.connect(self.show_pdf)
        self._opened(dialog)

    def edit_template(self) -> None:
        """Edit the template of the documents."""
        from app.views.dialogs.house_dialog import HouseDialog  # noqa: PLC0415 - when asked

        workbench = self._workbench
        dialog = HouseDialog(
            workbench.house(),
            workbench.save_house,
            self._window.jobs,
            workbench.today(),
            self._window,
        )
        self._opened(dialog)
