"""A table of records with a tick before each; ticks stay when other records are shown."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.views.widgets.record_table import HEADING_ROOM, Column, Index, RecordModel, RecordTable


class TickModel(RecordModel):
    """Records with a tick in the first column.

    Signals:
        ticks_changed(): other records are ticked.
    """

    ticks_changed = Signal()

    def __init__(
        self, columns: Sequence[Column], key: Callable[[Any], str], parent: QWidget | None = None
    ) -> None:
        super().__init__(columns, parent)
        self.key = key
        self.ticked: set[str] = set()

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let the first cell of a row be ticked."""
        flags = super().flags(index)
        if index.isValid() and index.column() == 0:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Tick of the first cell; the rest as in every table."""
        if role == Qt.ItemDataRole.CheckStateRole:
            if not index.isValid() or index.column() > 0:
                return None
            held = self.key(self.record(index.row())) in self.ticked
            return Qt.CheckState.Checked if held else Qt.CheckState.Unchecked
        return super().data(index, role)

    def setData(  # noqa: N802 - Qt's name
        self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole
    ) -> bool:
        """Tick a record or take its tick away."""
        if role != Qt.ItemDataRole.CheckStateRole or not index.isValid():
            return False
        wanted = Qt.CheckState(value) == Qt.CheckState.Checked
        self.tick([self.key(self.record(index.row()))], wanted=wanted)
        return True

    def tick(self, record_ids: Iterable[str], *, wanted: bool) -> None:
        """Tick records by their ids, shown or not, or take their ticks away."""
        before = set(self.ticked)
        if wanted:
            self.ticked |= set(record_ids)
        else:
            self.ticked -= set(record_ids)
        if self.ticked == before:
            return
        if self.rowCount():
            last = self.index(self.rowCount() - 1, 0)
            self.dataChanged.emit(self.index(0, 0), last, [Qt.ItemDataRole.CheckStateRole])
        self.ticks_changed.emit()


class TickTable(RecordTable):
    """Shows a `TickModel`; the space bar ticks the selected rows."""

    def __init__(
        self,
        columns: Sequence[Column],
        name: str,
        key: Callable[[Any], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(columns, name, parent)
        self.setObjectName("reference")
        self.ticks = TickModel(columns, key, self)
        self.records = self.ticks
        self.setModel(self.ticks)
        self.selectionModel().selectionChanged.connect(lambda *_a: self.selection_changed.emit())
        header = self.horizontalHeader()
        for number, column in enumerate(columns):
            title = header.fontMetrics().horizontalAdvance(column.title)
            self.setColumnWidth(number, max(column.width, title + HEADING_ROOM))

    def shown_ids(self) -> list[str]:
        """Return the ids of the records that are shown."""
        return [self.ticks.key(self.ticks.record(row)) for row in range(self.ticks.rowCount())]

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Tick or untick the selected rows together with the space bar."""
        chosen = [self.ticks.key(record) for record in self.selected()]
        if event.key() == Qt.Key.Key_Space and chosen:
            self.ticks.tick(chosen, wanted=not set(chosen) <= self.ticks.ticked)
            return
        super().keyPressEvent(event)
