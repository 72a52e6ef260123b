"""The papers of a stored case: add, look at, save elsewhere, remove."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTemporaryDir, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QMessageBox,
    QPushButton,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from app.formats import moment, number
from app.i18n import N_, _, active_language, translator
from app.messages import expected_text
from app.messages.system_words import file_problem_text
from app.services.case_file import CaseRefused
from app.services.files import write_atomically
from app.services.ports import AttachmentEntry, StorageProblem
from app.services.storage_text import storage_text
from app.views.widgets.file_dialogs import ask_files, ask_place
from app.views.widgets.record_table import Column, RecordTable

if TYPE_CHECKING:
    from app.services.workbench import Workbench

SIZE = (720, 420)
OPENED = (
    ".pdf", ".ofd", ".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".txt", ".csv",
    ".doc", ".docx", ".xls", ".xlsx", ".ppt", ".pptx", ".wps", ".et",
)  # fmt: skip
"""Ends of names of papers that are opened from here; others are saved first, for safety."""

_KILO, _MEGA = 1_000, 1_000_000


def size_text(size: int) -> str:
    """Return the size of a file as people read it."""
    if size < _KILO:
        return _("{size} bytes").format(size=size)
    if size < _MEGA:
        return _("{size} kB").format(size=number(size / _KILO, 1))
    return _("{size} MB").format(size=number(size / _MEGA, 1))


def _columns() -> tuple[Column, ...]:
    return (
        Column(_("File"), lambda entry: entry.name, width=330),
        Column(_("Size"), lambda entry: entry.size, size_text, numeric=True, width=100),
        Column(_("Added"), lambda entry: entry.added_at, moment, width=140),
    )


class AttachmentsDialog(QDialog):
    """Lists the papers of a case; they belong to the case, not to one of its versions."""

    def __init__(self, workbench: "Workbench", case_id: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("attachments")
        self.setWindowTitle(_("Attachments of the case"))
        self.resize(*SIZE)
        self._workbench, self._case_id = workbench, case_id
        self._opened = QTemporaryDir()
        self.table = RecordTable(_columns(), _("Attachments of the case"))
        self.table.opened.connect(self._open)
        self.table.selection_changed.connect(self._enable)
        empty = QLabel(_("No paper is attached. Add contracts, certificates and reports here."))
        empty.setProperty("role", "empty")
        empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        empty.setWordWrap(True)
        body = QWidget()
        self._stack = QStackedLayout(body)
        self._stack.addWidget(self.table)
        self._stack.addWidget(empty)
        self._told = QLabel()
        self._told.setObjectName("attachments.problem")
        self._told.setProperty("role", "problem")
        self._told.setTextFormat(Qt.TextFormat.PlainText)
        self._told.setWordWrap(True)
        self._told.hide()
        close = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        close.rejected.connect(self.close)
        layout = QVBoxLayout(self)
        layout.addLayout(self._bar())
        layout.addWidget(body, 1)
        layout.addWidget(self._told)
        layout.addWidget(close)
        self._show()

    def _bar(self) -> QHBoxLayout:
        add = self._button("add", N_("Add…"), self.ask_files)
        add.setProperty("primary", True)
        self._look = self._button("open", N_("Open"), lambda: self._each(self._open))
        self._keep = self._button("save", N_("Save as…"), lambda: self._each(self._ask_place))
        self._drop = self._button("remove", N_("Remove…"), self._ask_removal)
        bar = QHBoxLayout()
        for button in (add, self._look, self._keep, self._drop):
            bar.addWidget(button)
        bar.addStretch(1)
        return bar

    def _button(self, name: str, text: str, slot: Callable[[], object]) -> QPushButton:
        button = QPushButton(_(text))
        button.setObjectName(f"attachments.{name}")
        button.setAutoDefault(False)
        button.clicked.connect(slot)
        return button

    def _each(self, use: Callable[[AttachmentEntry], object]) -> None:
        for entry in self.table.selected()[:1]:
            use(entry)

    def _show(self) -> None:
        entries = self._workbench.list_attachments(self._case_id)
        self.table.records.set_records(entries)
        self._stack.setCurrentIndex(0 if entries else 1)
        self._enable()

    def _enable(self) -> None:
        chosen = self.table.selected()
        one = len(chosen) == 1
        opens = one and _opens(chosen[0])
        self._look.setEnabled(opens)
        tip = _("Files of this kind are not opened from here: save it elsewhere first.")
        self._look.setToolTip(tip if one and not opens else "")
        self._keep.setEnabled(one)
        self._drop.setEnabled(bool(chosen))

    def _tell(self, lines: list[str]) -> None:
        self._told.setText("\n".join(lines))
        self._told.setVisible(bool(lines))

    def ask_files(self) -> None:
        """Ask for files and attach them."""
        ask_files(self, _("Files to attach"), (), self.add)

    def add(self, paths: list[Path]) -> None:
        """Attach files; say which are refused, and why."""
        tr = translator(active_language())
        refused: list[str] = []
        for path in paths:
            try:
                self._workbench.add_attachment(self._case_id, path)
            except CaseRefused as error:
                refused += [
                    _("{file} is not attached. Expected: {expected}").format(
                        file=path.name, expected=expected_text(problem, tr)
                    )
                    for problem in error.problems
                ]
            except StorageProblem as problem:
                refused.append(storage_text(problem, tr))
        self._show()
        self._tell(refused)

    def _content(self, entry: AttachmentEntry) -> bytes | None:
        try:
            content = self._workbench.attachment_bytes(entry.attachment_id)
        except StorageProblem as problem:
            self._tell([storage_text(problem, translator(active_language()))])
            self._show()
            return None
        self._tell([])
        return content

    def _open(self, entry: AttachmentEntry) -> None:
        """Open a copy with the program of the system for its kind."""
        if not _opens(entry):
            return
        folder = Path(self._opened.path()) / entry.attachment_id
        if self._write(entry, folder / Path(entry.name).name):
            url = QUrl.fromLocalFile(str(folder / Path(entry.name).name))
            QDesktopServices.openUrl(url)

    def _ask_place(self, entry: AttachmentEntry) -> None:
        ask_place(
            self,
            _("Save the attachment"),
            (),
            lambda name: self._write(entry, Path(name)),
            name=entry.name,
        )

    def _write(self, entry: AttachmentEntry, path: Path) -> bool:
        content = self._content(entry)
        if content is None:
            return False
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(path, content)
        except OSError as error:
            self._tell([file_problem_text(error, translator(active_language()))])
            return False
        return True

    def _ask_removal(self) -> None:
        """Ask before papers are deleted: what is deleted is gone."""
        chosen = self.table.selected()
        box = QMessageBox(self)
        box.setObjectName("attachments.ask")
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setWindowTitle(_("Remove attachments"))
        box.setText(
            _("Delete these files from the book? They cannot be brought back:\n{names}").format(
                names="\n".join(entry.name for entry in chosen)
            )
        )
        box.setStandardButtons(QMessageBox.StandardButton.Cancel)
        delete = box.addButton(_("Delete"), QMessageBox.ButtonRole.DestructiveRole)
        delete.clicked.connect(lambda: self.remove(chosen))
        box.open()

    def remove(self, entries: list[AttachmentEntry]) -> None:
        """Delete papers from the book."""
        lines: list[str] = []
        for entry in entries:
            try:
                self._workbench.remove_attachment(entry.attachment_id)
            except StorageProblem as problem:
                lines.append(storage_text(problem, translator(active_language())))
        self._show()
        self._tell(lines)


def _opens(entry: AttachmentEntry) -> bool:
    return entry.name.lower().endswith(OPENED)


def open_attachments(
    workbench: "Workbench", case_id: str, parent: QWidget | None
) -> AttachmentsDialog:
    """Show the papers of a case."""
    dialog = AttachmentsDialog(workbench, case_id, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    return dialog
