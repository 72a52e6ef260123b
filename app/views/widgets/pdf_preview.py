"""Shows a PDF inside the window: pages, zoom, search, print, save."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QKeySequence
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QMessageBox,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.i18n import _, active_language, translator
from app.messages.system_words import file_problem_text
from app.services.files import write_atomically
from app.views.widgets.elided_label import ElidedLabel
from app.views.widgets.file_dialogs import ask_place
from app.views.widgets.language_box import language_box
from app.views.widgets.pdf_bar import PdfBar
from app.views.widgets.pdf_pages import PdfPages
from app.views.widgets.pdf_thumbnails import PdfThumbnails
from app.views.widgets.window_size import fit_screen

SIZE = (1240, 860)


@dataclass(frozen=True, slots=True)
class Shown:
    """A document that can be shown: its name, the name of its file, what stands for it."""

    title: str
    file_name: str
    choice: object


class PdfPreview(QDialog):
    """A document to look at; with `documents` it is offered in each language, and so are they.

    `state` says what the document is worth: a draft, approved, final.

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
        state: str = "",
    ) -> None:
        super().__init__(parent)
        fit_screen(self, SIZE)
        self._name, self._state = "", state
        self._documents = tuple(documents)
        self._boxes: list[QComboBox] = []
        self._shown: tuple[int, int] = (0, 0)
        self._data = b""
        self._place = QUrl()
        self._printing: Iterator[int] = iter(())
        self._sent = 0
        self._turns = QTimer(self)
        self._turns.setInterval(0)
        self._turns.timeout.connect(self._print_next)
        self._view = PdfPages(self)
        self._bar = PdfBar(self._view, self)
        self._small = PdfThumbnails(self)
        self._small.page_wanted.connect(self._view.go_to)
        self._view.page_changed.connect(self._small.mark)
        self._bar.thumbnails_wanted.connect(self._small.setVisible)
        layout = QVBoxLayout(self)
        layout.addWidget(self._bar)
        body = QHBoxLayout()
        body.addWidget(self._small)
        body.addWidget(self._view, 1)
        layout.addLayout(body, 1)
        layout.addLayout(self._foot())
        self.load(data, suggested_name)
        self._view.setFocus()

    def _foot(self) -> QHBoxLayout:
        """What is shown at the left, what can be done with it at the right."""
        foot = QHBoxLayout()
        for box in self._choosers():
            foot.addWidget(box)
        self._told = ElidedLabel("")
        foot.addWidget(self._told, 1)
        self._folder = QPushButton(_("Open folder"))
        self._folder.clicked.connect(lambda: QDesktopServices.openUrl(self._place))
        self._folder.hide()
        self._print = QPushButton(_("Print…"))
        self._print.setShortcut(QKeySequence.StandardKey.Print)
        self._print.clicked.connect(self._ask_printer)
        self._save = QPushButton(_("Save as…"))
        self._save.setShortcut(QKeySequence.StandardKey.Save)
        self._save.setProperty("primary", True)
        self._save.clicked.connect(self._ask_where)
        for button in (self._folder, self._print, self._save):
            button.setAutoDefault(False)
            foot.addWidget(button)
        return foot

    def _choosers(self) -> list[QComboBox]:
        """The choice of the document, where there are several, and of its language."""
        if not self._documents:
            return []
        kinds, languages = QComboBox(), language_box()
        kinds.setAccessibleName(_("Kind of document."))
        for shown in self._documents:
            kinds.addItem(shown.title, shown)
        kinds.setVisible(len(self._documents) > 1)
        kinds.setMaxVisibleItems(20)
        languages.setAccessibleName(_("Language of the document."))
        self._boxes = [kinds, languages]
        self._shown = self._places()
        for box in self._boxes:
            box.activated.connect(self._ask)
        return self._boxes

    def _say(self, text: str) -> None:
        self._told.setText(text)
        self._told.setToolTip(text)

    def _places(self) -> tuple[int, int]:
        kinds, languages = self._boxes
        return kinds.currentIndex(), languages.currentIndex()

    def _ask(self) -> None:
        """Ask for what was chosen; nothing else can be chosen or saved until it is there."""
        self._wait(waiting=True)
        kinds, languages = self._boxes
        self.wanted.emit(kinds.currentData().choice, languages.currentData())

    def _wait(self, *, waiting: bool) -> None:
        for widget in (*self._boxes, self._save, self._print):
            widget.setEnabled(not waiting)
        self._say(_("The document is being drawn…") if waiting else self._state)

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
        self._folder.hide()
        self._say(self._state)
        self._view.load(data)
        self._small.show_document(self._view.document)
        self._bar.show_pages(self.page_count())
        self._small.mark(1)

    def page_count(self) -> int:
        """Return the number of pages shown."""
        return self._view.page_count()

    def search_for(self, text: str) -> None:
        """Find a text in the document."""
        self._bar.search_for(text)

    def matches(self) -> int:
        """Return how often the searched text was found."""
        return self._bar.matches()

    def _ask_printer(self) -> None:
        from app.views.widgets.pdf_print import print_dialog, printer_for  # noqa: PLC0415 - on demand

        printer = printer_for(self._name)
        dialog = print_dialog(printer, self.page_count(), self)
        dialog.accepted.connect(lambda: self.print_on(printer))
        dialog.setModal(True)
        dialog.show()

    def print_on(self, printer: QPrinter) -> None:
        """Print the chosen pages, one at a turn: the window stays awake."""
        from app.views.widgets.pdf_print import print_pages  # noqa: PLC0415 - on demand

        self._printing, self._sent = print_pages(self._view.document, printer), 0
        self._print.setEnabled(False)
        self._turns.start()

    def _print_next(self) -> None:
        sent = next(self._printing, 0)
        if sent:
            self._sent = sent
            self._say(_("Printing: {count} pages sent…").format(count=sent))
            return
        self._turns.stop()
        self._print.setEnabled(True)
        if self._sent:
            self._say(_("Sent to the printer: {count} pages.").format(count=self._sent))
        else:
            self._refuse(_("The printer could not begin. Check that it is there and switched on."))

    def _ask_where(self) -> None:
        pattern = _("PDF files (*.pdf)")
        ask_place(
            self, _("Save the document"), [pattern], self.save_to, name=self._name, suffix="pdf"
        )

    def _refuse(self, text: str) -> None:
        box = QMessageBox(self)
        box.setText(text)
        box.open()

    def save_to(self, name: str) -> None:
        """Write the document to a file."""
        target = Path(name)
        try:
            write_atomically(target, self._data)
        except OSError as error:
            self._refuse(file_problem_text(error, translator(active_language())))
            return
        self._say(_("Saved: {file}").format(file=target))
        self._offer_folder(target.parent)
        if self._boxes:
            kinds, languages = self._boxes
            self.saved.emit(kinds.currentData().choice, languages.currentData())

    def _offer_folder(self, folder: Path) -> None:
        self._place = QUrl.fromLocalFile(str(folder.resolve()))
        self._folder.show()
