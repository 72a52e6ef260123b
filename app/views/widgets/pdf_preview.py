"""Shows a PDF inside the window: pages, zoom, search, save."""

from collections.abc import Callable
from pathlib import Path

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

from app.i18n import _, active_language, translator
from app.messages.system_words import file_problem_text
from app.services.files import write_atomically
from app.views.widgets.pdf_pages import Match, PdfPages

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
        self.resize(980, 760)
        self._name = ""
        self._redraw = redraw
        self._data = b""
        self._view = PdfPages(self)
        self._pages = QLabel()
        self._matches: list[Match] = []
        self._found = -1
        layout = QVBoxLayout(self)
        layout.addLayout(self._toolbar(language))
        layout.addWidget(self._view)
        self._view.page_changed.connect(self._show_page)
        self.load(data, suggested_name)

    def _toolbar(self, language: str) -> QHBoxLayout:
        bar = QHBoxLayout()
        for text, slot in (
            (_("Zoom out"), lambda: self._view.zoom(0.8)),
            (_("Zoom in"), lambda: self._view.zoom(1.25)),
            (_("Fit width"), self._view.fit_width),
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

    def load(self, data: bytes, suggested_name: str = "") -> None:
        """Show another document; without a name it is the same one in another language."""
        self._name = suggested_name or self._name
        self.setWindowTitle(_("Preview: {name}").format(name=self._name))
        self._data = data
        self._view.load(data)

    def page_count(self) -> int:
        """Return the number of pages shown."""
        return self._view.page_count()

    def _show_page(self, page: int) -> None:
        text = _("Page {page} of {pages}").format(page=page, pages=self._view.page_count())
        self._pages.setText(text)

    def _search_for(self, text: str) -> None:
        self._matches = self._view.matches(text.strip())
        self._found = -1
        self._next()

    def _next(self) -> None:
        if not self._matches:
            self._view.show_match(None)
            return
        self._found = (self._found + 1) % len(self._matches)
        self._view.show_match(self._matches[self._found])

    def matches(self) -> int:
        """Return how often the searched text was found."""
        return len(self._matches)

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
            box.setText(file_problem_text(error, translator(active_language())))
            box.open()
