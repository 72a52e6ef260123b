"""A table described by its columns: filter over all text, sort by native values."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHeaderView, QTableView, QWidget

from app.views.widgets.copied import plain_figure, tab_separated

Index = QModelIndex | QPersistentModelIndex
NO_INDEX = QModelIndex()
HEADING_ROOM = 42


@dataclass(frozen=True)
class Column:
    """One column: heading, the value of a record, how it is shown, and whether it is a figure.

    `tip` says more of a record while the pointer rests on it; without it the cell's own text.
    `tone` gives the colour of the text for a record, `ground` that behind it, "" for the usual one.
    """

    title: str
    value: Callable[[Any], Any]
    show: Callable[[Any], str] = str
    numeric: bool = False
    width: int = 120
    tip: Callable[[Any], str] | None = None
    tone: Callable[[Any], str] | None = None
    ground: Callable[[Any], str] | None = None


class RecordModel(QAbstractTableModel):
    """Records in the order and with the filter the person chose."""

    def __init__(self, columns: Sequence[Column], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._columns = tuple(columns)
        self._all: list[Any] = []
        self._shown: list[Any] = []
        self._filter = ""
        self._sorted: tuple[int, Qt.SortOrder] | None = None

    def set_records(self, records: Sequence[Any]) -> None:
        """Show other records, filtered and sorted as before."""
        self.beginResetModel()
        self._all = list(records)
        self._arrange()
        self.endResetModel()

    def set_filter(self, text: str) -> None:
        """Keep the records that hold every word of `text` somewhere."""
        self.beginResetModel()
        self._filter = text.lower()
        self._arrange()
        self.endResetModel()

    def _arrange(self) -> None:
        words = self._filter.split()
        self._shown = [r for r in self._all if all(word in self._text(r) for word in words)]
        if self._sorted is not None:
            column, order = self._sorted
            value = self._columns[column].value
            filled = [r for r in self._shown if value(r) is not None]
            empty = [r for r in self._shown if value(r) is None]
            filled.sort(key=value, reverse=order == Qt.SortOrder.DescendingOrder)
            self._shown = filled + empty

    def _text(self, record: Any) -> str:
        return "\u0001".join(self._shown_text(record, c) for c in self._columns).lower()

    @staticmethod
    def _shown_text(record: Any, column: Column) -> str:
        value = column.value(record)
        return "–" if value is None else column.show(value)

    def record(self, row: int) -> Any:
        """Return the record in a row."""
        return self._shown[row]

    def rowCount(self, parent: Index = NO_INDEX) -> int:  # noqa: N802 - Qt's name
        """Number of records shown."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = NO_INDEX) -> int:  # noqa: N802 - Qt's name
        """Number of columns."""
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Text, alignment and tooltip of a cell."""
        if not index.isValid():
            return None
        column = self._columns[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole and column.tip is not None:
            return column.tip(self._shown[index.row()])
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._shown_text(self._shown[index.row()], column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(column)
        return self._colour(self._shown[index.row()], column, role)

    @staticmethod
    def _colour(record: Any, column: Column, role: int) -> QColor | None:
        """Colour of the text of a cell, or behind it; None for the usual ones."""
        roles = {
            Qt.ItemDataRole.ForegroundRole: column.tone,
            Qt.ItemDataRole.BackgroundRole: column.ground,
        }
        colour_of = roles.get(Qt.ItemDataRole(role))
        name = "" if colour_of is None else colour_of(record)
        return QColor(name) if name else None

    def lines(self, rows: Sequence[int]) -> list[list[str]]:
        """Return rows as a spreadsheet takes them, under the headings of the columns."""
        return [
            [column.title for column in self._columns],
            *([self._plain(self._shown[row], column) for column in self._columns] for row in rows),
        ]

    def _plain(self, record: Any, column: Column) -> str:
        text = self._shown_text(record, column)
        return plain_figure(text) if column.numeric else text

    def headerData(  # noqa: N802 - Qt's name
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        """Heading of a column."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(self._columns[section])
        return None

    @staticmethod
    def _alignment(column: Column) -> Qt.AlignmentFlag:
        side = Qt.AlignmentFlag.AlignRight if column.numeric else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by the native values of a column; empty ones come last."""
        if column < 0:
            return
        self.beginResetModel()
        self._sorted = (column, order)
        self._arrange()
        self.endResetModel()


class RecordTable(QTableView):
    """Shows a `RecordModel`.

    Signals:
        opened(object): a record was double-clicked or Enter was pressed on it.
        selection_changed(): other rows are selected.
    """

    opened = Signal(object)
    selection_changed = Signal()

    def __init__(self, columns: Sequence[Column], name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.records = RecordModel(columns, self)
        self.setModel(self.records)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(30)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for number, column in enumerate(columns):
            title = header.fontMetrics().horizontalAdvance(column.title)
            self.setColumnWidth(number, max(column.width, title + HEADING_ROOM))
        header.setStretchLastSection(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        self.doubleClicked.connect(lambda index: self.opened.emit(self.records.record(index.row())))
        self.selectionModel().selectionChanged.connect(lambda *_a: self.selection_changed.emit())

    def selected(self) -> list[Any]:
        """Return the records of the selected rows, from top to bottom."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [self.records.record(row) for row in rows]

    def selected_text(self) -> str:
        """Return the selected rows, or all where none is, for a spreadsheet."""
        chosen = sorted(index.row() for index in self.selectionModel().selectedRows())
        return tab_separated(self.records.lines(chosen or range(self.records.rowCount())))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Open the current record with Enter; copy the selected ones with the usual key."""
        if event.matches(QKeySequence.StandardKey.Copy):
            QApplication.clipboard().setText(self.selected_text())
            event.accept()
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.records.record(self.currentIndex().row()))
            return
        super().keyPressEvent(event)
