"""The issued documents: look at them again, find, check, print many."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from app.formats import moment, number
from app.i18n import _
from app.messages.document_words import LANGUAGE_NAMES, STATUS_NAMES
from app.reports.kinds import KIND_NAMES
from app.views.widgets.hidden_label import hidden_label
from app.views.widgets.record_table import Column, RecordTable


def _columns() -> tuple[Column, ...]:
    return (
        Column(_("Document number"), lambda row: row.number or "–", width=125),
        Column(_("Case"), lambda row: row.case_name, width=200),
        Column(
            _("Document"),
            lambda row: row.kind,
            lambda kind: _(KIND_NAMES.get(kind, kind)),
            width=130,
        ),
        Column(_("Version"), lambda row: row.version, numeric=True, width=60),
        Column(
            _("Language"), lambda row: row.language, lambda key: _(LANGUAGE_NAMES[key]), width=80
        ),
        Column(_("Status"), lambda row: row.status, lambda key: _(STATUS_NAMES[key]), width=140),
        Column(_("Signed by"), lambda row: row.signer or "–", width=105),
        Column(_("Issued at"), lambda row: row.issued_at, moment, width=125),
        Column(_("Bytes"), lambda row: row.size, lambda size: number(size, 0), True, 80),
        Column(_("SHA-256"), lambda row: row.sha256, lambda digest: digest[:16], width=140),
    )


class DocumentsPage(QWidget):
    """Lists what was issued.

    Signals:
        open_document(object): the entry to look at; open_version(object): its version of the case.
        find_wanted(str): a document number or a code that was typed or scanned.
        check_wanted(), batch_wanted(), portfolio_wanted(): dialogs.
    """

    open_document = Signal(object)
    open_version = Signal(object)
    find_wanted = Signal(str)
    check_wanted = Signal()
    batch_wanted = Signal()
    portfolio_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        title = QLabel(_("Documents"))
        title.setProperty("role", "title")
        self.table = RecordTable(_columns(), _("Documents"))
        self.table.opened.connect(self.open_document)
        self.table.selection_changed.connect(self._allow)
        empty = QLabel(_("Nothing was issued yet. Open a saved case and export a document."))
        empty.setProperty("role", "empty")
        empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        body = QWidget()
        self._stack = QStackedLayout(body)
        self._stack.addWidget(self.table)
        self._stack.addWidget(empty)
        self._told = hidden_label("documents.told", "problem")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 10, 14, 10)
        layout.addWidget(title)
        layout.addLayout(self._bar())
        layout.addWidget(self._told)
        layout.addWidget(body, 1)
        self._allow()

    def _bar(self) -> QHBoxLayout:
        bar = QHBoxLayout()
        self._of_one: list[QPushButton] = []
        for text, signal in ((_("Open"), self.open_document), (_("Go to case"), self.open_version)):
            button = QPushButton(text)
            button.clicked.connect(lambda _checked=False, tell=signal: self._with_selected(tell))
            self._of_one.append(button)
            bar.addWidget(button)
        for text, signal in (
            (_("Check a file…"), self.check_wanted),
            (_("Print many cases…"), self.batch_wanted),
            (_("Portfolio report…"), self.portfolio_wanted),
        ):
            button = QPushButton(text)
            button.clicked.connect(signal)
            bar.addWidget(button)
        bar.addStretch(1)
        self.code = QLineEdit()
        self.code.setObjectName("documents.code")
        self.code.setPlaceholderText(_("Document number or code"))
        self.code.setAccessibleName(_("Document number or code"))
        self.code.setToolTip(
            _("Type the number or the code printed under the QR code of a document, or scan it.")
        )
        self.code.setClearButtonEnabled(True)
        self.code.setMinimumWidth(210)
        self.code.returnPressed.connect(self._find)
        find = QPushButton(_("Find"))
        find.clicked.connect(self._find)
        bar.addWidget(self.code)
        bar.addWidget(find)
        return bar

    def _find(self) -> None:
        self.tell("")
        if self.code.text().strip():
            self.find_wanted.emit(self.code.text())

    def tell(self, text: str) -> None:
        """Say what could not be done; "" for nothing."""
        self._told.setText(text)
        self._told.setVisible(bool(text))

    def show_documents(self, entries: Sequence[Any]) -> None:
        """Show the issued documents."""
        self.table.records.set_records(entries)
        self._stack.setCurrentIndex(0 if entries else 1)
        self._allow()

    def _allow(self) -> None:
        for button in self._of_one:
            button.setEnabled(bool(self.table.selected()))

    def _with_selected(self, tell: Any) -> None:
        for entry in self.table.selected()[:1]:
            tell.emit(entry)
