"""Shows a PDF inside the window: pages, zoom, search, save."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtPdf import QPdfDocument, QPdfSearchModel
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.i18n import _
from app.services.files import write_atomically

Redraw = Callable[[str], bytes]


class PdfPreview(QDialog):
    """A document to look at; `redraw` gives it in another language."""

    def __init__(
        self,
        data: bytes,
        suggested_name: str,
        parent: QWidget | None = None,
        *,
        redraw: Redraw | None = None,
        language: str = "both",
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Preview: {name}").format(name=suggested_name))
        self.resize(980, 760)
        self._name = suggested_name
        self._redraw = redraw
        self._data = b""
        self._buffer = QBuffer(self)
        self._document = QPdfDocument(self)
        self._search = QPdfSearchModel(self)
        self._search.setDocument(self._document)
        self._view = QPdfView(self)
        self._view.setPageMode(QPdfView.PageMode.MultiPage)
        self._view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self._view.setSearchModel(self._search)
        self._pages = QLabel()
        self._found = -1
        layout = QVBoxLayout(self)
        layout.addLayout(self._toolbar(language))
        layout.addWidget(self._view)
        self._view.pageNavigator().currentPageChanged.connect(lambda _page: self._show_page())
        self.load(data)

    def _toolbar(self, language: str) -> QHBoxLayout:
        bar = QHBoxLayout()
        for text, slot in (
            (_("Zoom out"), lambda: self._zoom(0.8)),
            (_("Zoom in"), lambda: self._zoom(1.25)),
            (_("Fit width"), self._fit),
        ):
            button = QPushButton(text)
            button.clicked.connect(slot)
            bar.addWidget(button)
        bar.addWidget(self._pages)
        bar.addStretch(1)
        self._text = QLineEdit()
        self._text.setPlaceholderText(_("Search in the document"))
        self._text.setClearButtonEnabled(True)
        self._text.textChanged.connect(self._search_for)
        self._text.returnPressed.connect(self._next)
        bar.addWidget(self._text)
        if self._redraw is not None:
            box = QComboBox()
            box.setAccessibleName(_("Language of the document."))
            for name, code in ((_("Both"), "both"), ("简体中文", "zh"), ("English", "en")):
                box.addItem(name, code)
            box.setCurrentIndex(max(box.findData(language), 0))
            box.activated.connect(lambda _index: self._in_language(box.currentData()))
            bar.addWidget(box)
        save = QPushButton(_("Save as…"))
        save.setProperty("primary", True)
        save.clicked.connect(self._ask_where)
        bar.addWidget(save)
        return bar

    def load(self, data: bytes) -> None:
        """Show other bytes."""
        self._document.close()
        self._buffer.close()
        self._data = data
        self._buffer.setData(QByteArray(data))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self._document.load(self._buffer)
        self._view.setDocument(self._document)
        self._show_page()

    def page_count(self) -> int:
        """Return the number of pages shown."""
        return self._document.pageCount()

    def _show_page(self) -> None:
        page = self._view.pageNavigator().currentPage() + 1
        text = _("Page {page} of {pages}").format(page=page, pages=self._document.pageCount())
        self._pages.setText(text)

    def _zoom(self, factor: float) -> None:
        self._view.setZoomMode(QPdfView.ZoomMode.Custom)
        self._view.setZoomFactor(self._view.zoomFactor() * factor)

    def _fit(self) -> None:
        self._view.setZoomMode(QPdfView.ZoomMode.FitToWidth)

    def _search_for(self, text: str) -> None:
        self._search.setSearchString(text)
        self._found = -1

    def _next(self) -> None:
        count = self._search.rowCount(self._search.index(-1, -1))
        if count == 0:
            return
        self._found = (self._found + 1) % count
        self._view.setCurrentSearchResultIndex(self._found)
        link = self._search.resultAtIndex(self._found)
        self._view.pageNavigator().jump(link.page(), link.location())

    def _in_language(self, language: str) -> None:
        if self._redraw is not None:
            self.load(self._redraw(language))

    def _ask_where(self) -> None:
        dialog = QFileDialog(self, _("Save the document"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(_("PDF files (*.pdf)"))
        dialog.setDefaultSuffix("pdf")
        dialog.selectFile(self._name)
        dialog.fileSelected.connect(self.save_to)
        dialog.open()

    def save_to(self, name: str) -> None:
        """Write the document to a file."""
        try:
            write_atomically(Path(name), self._data)
        except OSError as error:
            box = QMessageBox(self)
            box.setText(_("The file cannot be read or written: {reason}").format(reason=error))
            box.open()
