"""The issued documents: look at them again, save them elsewhere."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedLayout, QVBoxLayout, QWidget

from app.formats import number
from app.i18n import N_, _
from app.reports.kinds import KIND_NAMES
from app.views.widgets.record_table import Column, RecordTable

_LANGUAGES = {"zh": "简体中文", "en": "English", "both": N_("both")}
_STATES = {"draft": N_("draft"), "approved": N_("approved")}


def _columns() -> tuple[Column, ...]:
    return (
        Column(_("Case"), lambda row: row.case_name, width=300),
        Column(_("Document"), lambda row: row.kind, lambda kind: _(KIND_NAMES.get(kind, kind))),
        Column(_("Version"), lambda row: row.version, numeric=True, width=70),
        Column(_("Language"), lambda row: row.language, lambda key: _(_LANGUAGES[key]), width=90),
        Column(_("Status"), lambda row: row.status, lambda key: _(_STATES.get(key, key)), width=90),
        Column(
            _("Issued at"),
            lambda row: row.issued_at,
            lambda moment: f"{moment.astimezone():%Y-%m-%d %H:%M}",
            width=140,
        ),
        Column(_("Bytes"), lambda row: row.size, lambda size: number(size, 0), True, 90),
        Column(_("SHA-256"), lambda row: row.sha256, lambda digest: digest[:16], width=160),
    )


class DocumentsPage(QWidget):
    """Lists what was issued.

    Signals:
        open_document(object): the entry to look at.
    """

    open_document = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        title = QLabel(_("Documents"))
        title.setProperty("role", "title")
        self.table = RecordTable(_columns(), _("Documents"))
        self.table.opened.connect(self.open_document)
        look = QPushButton(_("Open"))
        look.clicked.connect(self._open_selected)
        bar = QHBoxLayout()
        bar.addWidget(look)
        bar.addStretch(1)
        empty = QLabel(_("Nothing was issued yet. Open a saved case and export a document."))
        empty.setProperty("role", "empty")
        empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        body = QWidget()
        self._stack = QStackedLayout(body)
        self._stack.addWidget(self.table)
        self._stack.addWidget(empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 10, 14, 10)
        layout.addWidget(title)
        layout.addLayout(bar)
        layout.addWidget(body, 1)

    def show_documents(self, entries: Sequence[Any]) -> None:
        """Show the issued documents."""
        self.table.records.set_records(entries)
        self._stack.setCurrentIndex(0 if entries else 1)

    def _open_selected(self) -> None:
        for entry in self.table.selected()[:1]:
            self.open_document.emit(entry)
