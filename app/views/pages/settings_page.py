"""Preferences and the care of the book."""

from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QGroupBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.i18n import LANGUAGES, _, active_language
from app.settings import POINT_SIZES, Settings
from app.views.widgets.file_dialogs import ask_file, ask_place

CHOICE_WIDTH = 280


class SettingsPage(QWidget):
    """Language, text size, and backup of the book.

    Signals:
        language_chosen(str), size_chosen(int): preferences.
        backup_wanted(str), restore_wanted(str): files; check_wanted().
        template_wanted(): edit the template of the documents.
    """

    language_chosen = Signal(str)
    size_chosen = Signal(int)
    backup_wanted = Signal(str)
    restore_wanted = Signal(str)
    check_wanted = Signal()
    template_wanted = Signal()

    def __init__(self, settings: Settings, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._folder = folder
        title = QLabel(_("Settings"))
        title.setProperty("role", "title")
        look = QGroupBox(_("Display"))
        form = QFormLayout(look)
        self.language = QComboBox()
        self.language.setObjectName("language")
        for code, name in LANGUAGES.items():
            self.language.addItem(name, code)
        self.language.setCurrentIndex(self.language.findData(active_language()))
        self.language.activated.connect(
            lambda _index: self.language_chosen.emit(self.language.currentData())
        )
        size = QComboBox()
        size.setObjectName("size")
        for points in POINT_SIZES:
            size.addItem(_("{points} points").format(points=points), points)
        size.setCurrentIndex(size.findData(settings.font_points))
        size.activated.connect(lambda _index: self.size_chosen.emit(size.currentData()))
        for choice in (self.language, size):
            choice.setFixedWidth(CHOICE_WIDTH)
        form.addRow(_("Language"), self.language)
        form.addRow(_("Text size"), size)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 10, 14, 10)
        layout.addWidget(title)
        layout.addWidget(look)
        layout.addWidget(self._documents_group())
        layout.addWidget(self._book_group())
        hint = QLabel(_("Settings never change a figure: assumptions belong to each case."))
        hint.setProperty("role", "hint")
        layout.addWidget(hint)
        layout.addStretch(1)

    def _documents_group(self) -> QGroupBox:
        group = QGroupBox(_("Documents"))
        row = QHBoxLayout(group)
        edit = QPushButton(_("Template of the documents…"))
        edit.setObjectName("template")
        edit.clicked.connect(self.template_wanted)
        hint = QLabel(
            _("Logo, colour, offices, disclaimers, who signs, numbering; kept in the book.")
        )
        hint.setProperty("role", "hint")
        row.addWidget(edit)
        row.addWidget(hint, 1)
        return group

    def _book_group(self) -> QGroupBox:
        group = QGroupBox(_("Book"))
        form = QFormLayout(group)
        place = QLabel(str(self._folder))
        place.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        form.addRow(_("Folder"), place)
        bar = QHBoxLayout()
        for text, slot in (
            (_("Open folder"), self._open_folder),
            (_("Check"), self.check_wanted.emit),
            (_("Back up…"), self._ask_backup),
            (_("Restore a backup…"), self._ask_restore),
        ):
            button = QPushButton(text)
            button.clicked.connect(slot)
            bar.addWidget(button)
        bar.addStretch(1)
        form.addRow(bar)
        return group

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))

    def _ask_backup(self) -> None:
        pattern = _("Books (*.db)")
        ask_place(self, _("Back up the book"), [pattern], self.backup_wanted.emit, suffix="db")

    def _ask_restore(self) -> None:
        ask_file(self, _("Restore a backup"), [_("Books (*.db)")], self.restore_wanted.emit)
