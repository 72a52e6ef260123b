"""A page with one list of cases: filter, open, new, import, duplicate, delete."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from app.i18n import _
from app.views.widgets.case_lists import CaseList
from app.views.widgets.record_table import RecordTable

SUFFIX = ".json"


class ListPage(QWidget):
    """Shows the cases of one view.

    Signals:
        open_case(str), new_case(), import_wanted(list), duplicate(str), delete(list),
        restore(list), deleted_shown(bool): what the person asks for; ids of cases.
        price_move(): the loans of the book shall be held against moves of the price.
        event_wanted(): one event shall be put on all policies and loans of the book.
        templates_wanted(): the published covers shall be shown.
    """

    open_case = Signal(str)
    new_case = Signal()
    import_wanted = Signal(list)
    duplicate = Signal(str)
    delete = Signal(list)
    restore = Signal(list)
    deleted_shown = Signal(bool)
    price_move = Signal()
    event_wanted = Signal()
    templates_wanted = Signal()

    def __init__(self, view: CaseList, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAcceptDrops(True)
        self._view = view
        title = QLabel(_(view.title))
        title.setProperty("role", "title")
        self._filter = QLineEdit()
        self._filter.setObjectName("filter")
        self._filter.setPlaceholderText(_("Filter by any word"))
        self._filter.setClearButtonEnabled(True)
        self._filter.setMaximumWidth(280)
        self.table = RecordTable(view.columns(), _(view.title))
        self._filter.textChanged.connect(self.table.records.set_filter)
        self.table.opened.connect(lambda entry: self.open_case.emit(entry.case_id))
        self.table.selection_changed.connect(self._enable)
        self._count = QLabel()
        self._count.setProperty("role", "hint")
        self._empty = QLabel(_(view.empty))
        self._empty.setProperty("role", "empty")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        head = QHBoxLayout()
        head.addWidget(title)
        head.addWidget(self._count)
        head.addStretch(1)
        head.addWidget(self._filter)
        body = QWidget()
        self._stack = QStackedLayout(body)
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 10, 14, 10)
        layout.addLayout(head)
        layout.addLayout(self._buttons())
        layout.addWidget(body, 1)
        self._enable()

    def _buttons(self) -> QHBoxLayout:
        bar = QHBoxLayout()
        new = QPushButton(_("New case"))
        new.setProperty("primary", True)
        new.clicked.connect(self.new_case)
        load = QPushButton(_("Import…"))
        load.clicked.connect(lambda: self.import_wanted.emit([]))
        self._open = QPushButton(_("Open"))
        self._open.clicked.connect(self._open_selected)
        self._copy = QPushButton(_("Duplicate"))
        self._copy.clicked.connect(lambda: self.duplicate.emit(self.selected_ids()[0]))
        self._delete = QPushButton(_("Delete"))
        self._delete.clicked.connect(self._delete_or_restore)
        self._deleted = QCheckBox(_("Show deleted"))
        self._deleted.toggled.connect(self._show_deleted)
        for widget in (new, load, self._open, self._copy, self._delete):
            bar.addWidget(widget)
        self._add_own(bar)
        bar.addStretch(1)
        bar.addWidget(self._deleted)
        return bar

    def _add_own(self, bar: QHBoxLayout) -> None:
        """Add what this view offers beside its cases."""
        view = self._view
        offered = (
            (
                view.moves_prices, "price-move", _("Price move…"), self.price_move,
                _("Hold all loans of the book against moves of the carbon price"),
            ),
            (
                view.takes_events, "one-event", _("One event, whole book…"), self.event_wanted,
                _("Put one event on all policies in force and all pledged loans at once"),
            ),
            (
                view.has_templates, "templates", _("Templates…"), self.templates_wanted,
                _("Published covers: what each states, and what it leaves open"),
            ),
        )  # fmt: skip
        for is_offered, name, text, wanted, tip in offered:
            if is_offered:
                button = QPushButton(text)
                button.setObjectName(name)
                button.setToolTip(tip)
                button.clicked.connect(wanted)
                bar.addWidget(button)

    def show_entries(self, entries: Sequence[Any]) -> None:
        """Show the cases that belong into this view."""
        found = [entry for entry in entries if self._view.belongs(entry)]
        self.table.records.set_records(found)
        self._count.setText(_("{count} cases").format(count=len(found)))
        self._stack.setCurrentIndex(0 if found else 1)
        if not found and self._deleted.isChecked():
            self._empty.setText(_("Nothing has been deleted."))
        else:
            self._empty.setText(_(self._view.empty))
        self._enable()

    def selected_ids(self) -> list[str]:
        """Return the ids of the selected cases."""
        return [entry.case_id for entry in self.table.selected()]

    def _enable(self) -> None:
        count = len(self.selected_ids())
        deleted = self._deleted.isChecked()
        self._open.setEnabled(count > 0 and not deleted)
        self._copy.setEnabled(count == 1 and not deleted)
        self._delete.setEnabled(count > 0)

    def _open_selected(self) -> None:
        for case_id in self.selected_ids():
            self.open_case.emit(case_id)

    def _show_deleted(self, shown: bool) -> None:
        self._delete.setText(_("Restore") if shown else _("Delete"))
        self.deleted_shown.emit(shown)

    def shows_deleted(self) -> bool:
        """Whether the deleted cases are shown instead of the present ones."""
        return self._deleted.isChecked()

    def _delete_or_restore(self) -> None:
        signal = self.restore if self.shows_deleted() else self.delete
        signal.emit(self.selected_ids())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        """Take case files."""
        if any(url.toLocalFile().endswith(SUFFIX) for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        """Import what was dropped."""
        files = [Path(url.toLocalFile()) for url in event.mimeData().urls()]
        self.import_wanted.emit([path for path in files if path.suffix == SUFFIX])
