"""The tab of deals and quotes: filter, table, details, and deleting what is one's own."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from app.i18n import _
from app.views.theme import page_css
from app.views.widgets.market_deal_html import deal_html
from app.views.widgets.market_filters import DealFilter
from app.views.widgets.market_words import deal_columns, price_ranges
from app.views.widgets.record_table import RecordTable

LEAST_COLUMN = 44
PLACE, SOURCE = 1, 8
"""Columns of a table of deals that share the width."""


def empty_label(text: str) -> QLabel:
    """Return the words that stand where a table or chart has nothing to show."""
    label = QLabel(text)
    label.setProperty("role", "empty")
    label.setAlignment(Qt.AlignmentFlag.AlignCenter)
    label.setWordWrap(True)
    label.setContentsMargins(40, 20, 40, 20)
    return label


def share_width(table: RecordTable, *columns: int) -> None:
    """Let some columns share what the others leave of the width."""
    header = table.horizontalHeader()
    header.setStretchLastSection(False)
    header.setMinimumSectionSize(LEAST_COLUMN)
    for column in columns:
        header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)


class MarketDeals(QWidget):
    """Deals and quotes of the book.

    Signals:
        delete_wanted(list): ids of own records.
        case_wanted(list): records that a case shall take as comparables.
    """

    delete_wanted = Signal(list)
    case_wanted = Signal(list)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._records: list[Any] = []
        self._shown_id = ""
        self.filter = DealFilter()
        self.filter.changed.connect(self._arrange)
        self.table = RecordTable(deal_columns(), _("Deals and quotes"))
        self.table.setObjectName("reference")
        share_width(self.table, PLACE, SOURCE)
        self.table.selection_changed.connect(self._selected)
        self.table.records.modelReset.connect(self._select_again)
        self.table.installEventFilter(self)
        self._empty = empty_label("")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._empty)
        self.details = QTextBrowser()
        self.details.setObjectName("details")
        self.details.setAccessibleName(_("Deal or quote"))
        self.details.setOpenLinks(False)
        self.details.anchorClicked.connect(_open_page)
        self.details.document().setDefaultStyleSheet(page_css())
        self.details.document().setDocumentMargin(10)
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.addWidget(self._stack)
        splitter.addWidget(self.details)
        splitter.setStretchFactor(0, 3)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([340, 240])
        splitter.setChildrenCollapsible(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 0)
        layout.addWidget(self.filter)
        layout.addLayout(self._make_line())
        layout.addWidget(splitter, 1)

    def _make_line(self) -> QHBoxLayout:
        self._count = QLabel()
        self._count.setObjectName("deals.count")
        self._count.setProperty("role", "hint")
        self._count.setWordWrap(True)
        self.delete = QPushButton(_("Delete"))
        self.delete.setObjectName("deals.delete")
        self.delete.setProperty("compact", True)
        self.delete.clicked.connect(self._ask_delete)
        self.take = QPushButton(_("Take to the case…"))
        self.take.setObjectName("deals.take")
        self.take.setProperty("compact", True)
        self.take.clicked.connect(lambda: self.case_wanted.emit(self.table.selected()))
        line = QHBoxLayout()
        line.addWidget(self._count, 1)
        line.addWidget(self.delete)
        line.addWidget(self.take)
        return line

    def show_records(self, records: Sequence[Any]) -> None:
        """Show other records; the filter stays."""
        self._records = sorted(records, key=lambda record: record.day, reverse=True)
        self.filter.offer(self._records)
        self._arrange()

    def show_record(self, record_id: str) -> None:
        """Choose a record; the filter gives way when it hides it."""
        if record_id not in [record.record_id for record in self._shown()]:
            self.filter.show_all()
        for row, record in enumerate(self._shown()):
            if record.record_id == record_id:
                self.table.selectRow(row)
                self.table.scrollTo(self.table.records.index(row, 0))

    def _shown(self) -> list[Any]:
        records = self.table.records
        return [records.record(row) for row in range(records.rowCount())]

    def _arrange(self) -> None:
        found = self.filter.passing(self._records)
        self.table.records.set_records(found)
        self._stack.setCurrentIndex(0 if found else 1)
        if self._records:
            self._empty.setText(_("No deal holds all of these words and tags."))
        else:
            self._empty.setText(
                _("There are no deals yet. Import a file of an exchange, or add a deal.")
            )
        count = _("{count} of {total} deals and quotes").format(
            count=len(found), total=len(self._records)
        )
        self._count.setText(_("{count} · {ranges}").format(count=count, ranges=price_ranges(found)))
        self._enable()

    def _select_again(self) -> None:
        """Choose the record shown before, else the first: a reset drops the selection."""
        ids = [record.record_id for record in self._shown()]
        if not ids:
            self.details.clear()
            self._enable()
            return
        self.table.selectRow(ids.index(self._shown_id) if self._shown_id in ids else 0)

    def _selected(self) -> None:
        chosen = self.table.selected()
        if chosen:
            self._shown_id = chosen[-1].record_id
            self.details.setHtml(deal_html(chosen[-1]))
        self._enable()

    def own_ids(self) -> list[str]:
        """Return the ids of the selected records that may be deleted."""
        return [record.record_id for record in self.table.selected() if not record.shipped]

    def _enable(self) -> None:
        chosen = self.table.selected()
        self.delete.setEnabled(bool(self.own_ids()))
        self.delete.setToolTip(
            "" if self.own_ids() else _("Records shipped with the program cannot be deleted.")
        )
        self.take.setEnabled(any(record.price is not None for record in chosen))

    def _ask_delete(self) -> None:
        if self.own_ids():
            self.delete_wanted.emit(self.own_ids())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Delete own records with the Delete key."""
        if watched is self.table and isinstance(event, QKeyEvent):
            pressed = event.type() == QEvent.Type.KeyPress
            if pressed and event.key() == Qt.Key.Key_Delete:
                self._ask_delete()
                return True
        return super().eventFilter(watched, event)


def _open_page(address: QUrl) -> None:
    if address.scheme() in ("http", "https"):
        QDesktopServices.openUrl(address)
