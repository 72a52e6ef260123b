"""Shows a PDF inside the window: pages, zoom, search, save."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal
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


@dataclass(frozen=True, slots=True)
class Shown:
    """A document that can be shown: its name, the name of its file, what stands for it."""

    title: str
    file_name: str
    choice: object


class PdfPreview(QDialog):
    """A document to look at; with `documents` it is offered in each language, and so are they.

    Signals:
        wanted(object, str): another document or language: the choice, "zh", "en" or "both".
        saved(object, str): the document shown was written to a file: its choice and language.
    """

    wanted = Signal(object, str)
    saved = Signal(object, str)

    def __init__(
        self,
        data: bytes,
        suggested_name: str,
        parent: QWidget | None = None,
        *,
        documents: Sequence[Shown] = (),
        language: str = "both",
    ) -> None:
        super().__init__(parent)
        self.resize(980, 760)
        self._name = ""
        self._documents = tuple(documents)
        self._boxes: list[QComboBox] = []
        self._shown: tuple[int, int] = (0, 0)
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
        for box in self._choosers(language):
            bar.addWidget(box)
        self._save = QPushButton(_("Save as…"))
        self._save.setProperty("primary", True)
        self._save.clicked.connect(self._ask_where)
        bar.addWidget(self._save)
        return bar

    def _choosers(self, language: str) -> list[QComboBox]:
        """The choice of the document, where there are several, and of its language."""
        if not self._documents:
            return []
        kinds, languages = QComboBox(), QComboBox()
        kinds.setAccessibleName(_("Kind of document."))
        for shown in self._documents:
            kinds.addItem(shown.title, shown)
        kinds.setVisible(len(self._documents) > 1)
        languages.setAccessibleName(_("Language of the document."))
        for name, code in ((_("Both"), "both"), ("简体中文", "zh"), ("English", "en")):
            languages.addItem(name, code)
        languages.setCurrentIndex(max(languages.findData(language), 0))
        self._boxes = [kinds, languages]
        self._shown = self._places()
        for box in self._boxes:
            box.activated.connect(self._ask)
        return self._boxes

    def _places(self) -> tuple[int, int]:
        kinds, languages = self._boxes
        return kinds.currentIndex(), languages.currentIndex()

    def _ask(self) -> None:
        """Ask for what was chosen; nothing else can be chosen or saved until it is there."""
        self._wait(waiting=True)
        kinds, languages = self._boxes
        self.wanted.emit(kinds.currentData().choice, languages.currentData())

    def _wait(self, *, waiting: bool) -> None:
        for widget in (*self._boxes, self._save):
            widget.setEnabled(not waiting)

    def show_chosen(self, data: bytes) -> None:
        """Show the document that was asked for."""
        self._wait(waiting=False)
        self._shown = self._places()
        self.load(data, self._documents[self._shown[0]].file_name)

    def keep_shown(self) -> None:
        """Go back to the choice of what is shown: the other document could not be drawn."""
        self._wait(waiting=False)
        for box, place in zip(self._boxes, self._shown, strict=True):
            box.setCurrentIndex(place)

    def load(self, data: bytes, suggested_name: str = "") -> None:
        """Show another document; without a name it keeps that of the one before."""
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
            return
        if self._boxes:
            kinds, languages = self._boxes
            self.saved.emit(kinds.currentData().choice, languages.currentData())
