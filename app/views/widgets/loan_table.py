"""A table of facts as a table of the window: made as it is looked at, copied to a spreadsheet."""

from collections.abc import Sequence
from math import ceil
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetrics, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHeaderView, QTableView, QWidget

from app.formats import unit
from app.i18n import N_, _, active_language, translator
from app.reports.fact_tables import FactCell, FactTable
from app.views.widgets.copied import plain_figure, tab_separated
from app.views.widgets.row_cells import pieces, wrapped

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_MARKED = "#FBEFEC"
_TOTALS = "#E8F1F1"
CELL_PADDING, WORDS_PADDING, WIDEST_COLUMN = 18, 10, 460
LEAST_WORDS, MOST_LINES, MOST_FITTED = 160, 3, 1000
HEAD_PADDING, MOST_SPARE = 14, 40
HEAD_LINES, BROKEN, LEAST_BROKEN = 2, 1.2, 56
"""Lines of a name at most, how much longer broken lines are, pixels below which none is broken."""
NO_TABLE = FactTable((), ())
COPY_TIP = N_("Copies what is selected, or all of it, with headings (Ctrl+C)")
COPIED = N_("Copied with headings, lines: {count}. Paste it into a spreadsheet.")


class FactModel(QAbstractTableModel):
    """The rows of a table, then its sums; heads carry the units."""

    def __init__(self) -> None:
        super().__init__()
        self._tr = translator(active_language())
        self._table = NO_TABLE
        self._marked: frozenset[int] = frozenset()
        self._bold = QFont()
        self._bold.setBold(True)
        self._broken: list[str] = []

    def show_table(self, table: FactTable) -> None:
        """Show another table."""
        self.beginResetModel()
        self._tr = translator(active_language())
        self._table = table
        self._marked = frozenset(table.marked)
        self._broken = [self._tr(head.label) for head in table.heads]
        self.endResetModel()

    def break_heads(self, labels: list[str]) -> None:
        """Show the names of the columns broken into lines."""
        if labels != self._broken:
            self._broken = labels
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(labels) - 1)

    @property
    def ends_in_figures(self) -> bool:
        """Whether no words stand in the last column."""
        return not self._table.heads or self._table.heads[-1].numeric

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        """Return the rows and one line of sums where there is one."""
        return 0 if parent.isValid() else len(self._table.rows) + bool(self._table.totals)

    def columnCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        """Return the columns."""
        return 0 if parent.isValid() else len(self._table.heads)

    def _cell(self, row: int, column: int) -> FactCell:
        rows = self._table.rows
        return (rows[row] if row < len(rows) else self._table.totals)[column]

    def text(self, row: int, column: int) -> str:
        """Return the text of a place."""
        return self._cell(row, column).said(self._tr)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return text, side, weight and ground of a place."""
        row, column = index.row(), index.column()
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self.text(row, column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._side(column)
        is_sum = row == len(self._table.rows)
        if role == Qt.ItemDataRole.FontRole:
            return self._bold if is_sum else None
        if role == Qt.ItemDataRole.BackgroundRole and (is_sum or row in self._marked):
            return QBrush(QColor(_TOTALS if is_sum else _MARKED))
        return None

    def _side(self, column: int) -> Qt.AlignmentFlag:
        return _RIGHT if self._table.heads[column].numeric else _LEFT

    def headerData(  # noqa: N802 - Qt's name
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        """Return the name of a column over its unit."""
        if orientation == Qt.Orientation.Vertical:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return "\n".join(filter(None, (self._broken[section], self.names(section)[1])))
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._heading(section)
        return self._side(section) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def names(self, column: int) -> tuple[str, str]:
        """Return the name of a column and its unit."""
        head = self._table.heads[column]
        return self._tr(head.label), unit(head.unit, self._tr)

    def _heading(self, column: int) -> str:
        label, name = self.names(column)
        return _("{label} ({unit})").format(label=label, unit=name) if name else label

    def widest(self, column: int) -> str:
        """Return the longest text of a column."""
        return max((self.text(row, column) for row in range(self.rowCount())), key=len, default="")

    def lines(self, rows: Sequence[int], columns: Sequence[int]) -> list[list[str]]:
        """Return places as a spreadsheet takes them, under the heads of their columns."""
        return [
            [self._heading(column) for column in columns],
            *([self._plain(row, column) for column in columns] for row in rows),
        ]

    def _plain(self, row: int, column: int) -> str:
        text = self.text(row, column)
        return plain_figure(text) if self._table.heads[column].numeric else text


def spreadsheet_text(table: FactTable | None) -> str:
    """Return a table as lines with tabulators, heads first, its sums last; "" for none."""
    if table is None:
        return ""
    model = FactModel()
    model.show_table(table)
    return tab_separated(model.lines(range(model.rowCount()), range(model.columnCount())))


class _Need(NamedTuple):
    """Pixels that a column needs: its texts and unit, the longest piece of its name, all of it."""

    texts: int
    piece: int
    name: int

    def width(self, lines: int, widest: int) -> int:
        """Return the width of the column when its name stands on so many lines."""
        share = max(self.piece, ceil(self.name * BROKEN / lines), LEAST_BROKEN)
        broken = self.name if lines == 1 else min(self.name, share)
        return min(max(self.texts, broken) + CELL_PADDING, widest)


class FactTableView(QTableView):
    """Shows a table of facts; Ctrl+C copies what is selected, or all of it, with its heads.

    Where there is little room, the names of its columns are broken into lines. No column is
    wider than `widest`.
    """

    def __init__(
        self,
        name: str,
        title: str,
        parent: QWidget | None = None,
        *,
        widest: int = WIDEST_COLUMN,
    ) -> None:
        super().__init__(parent)
        self._widest = widest
        self.setObjectName(name)
        self.setAccessibleName(title)
        self._facts = FactModel()
        self._shown = NO_TABLE
        self._needs: list[_Need] = []
        self._widths: list[int] = []
        self.setModel(self._facts)
        self.setAlternatingRowColors(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 8)

    def show_table(self, table: FactTable) -> None:
        """Show another table; nothing is done when it is the same."""
        if table == self._shown:
            return
        self._shown = table
        self._facts.show_table(table)
        self._needs = [self._need(column) for column in range(self._facts.columnCount())]
        self._fit()

    def _bold_metrics(self) -> QFontMetrics:
        font = self.font()
        font.setBold(True)
        return QFontMetrics(font)

    def _need(self, column: int) -> _Need:
        bold = self._bold_metrics()
        label, name = self._facts.names(column)
        texts = max(bold.horizontalAdvance(text) for text in (self._facts.widest(column), name))
        piece = max(map(bold.horizontalAdvance, pieces(label)), default=0)
        return _Need(texts, piece, bold.horizontalAdvance(label))

    def _share(self) -> None:
        """Keep the names on as few lines as there is room for; share what is left of it."""
        room = self.viewport().width()
        for lines in range(1, HEAD_LINES + 1):
            self._widths = [need.width(lines, self._widest) for need in self._needs]
            over = 0 if self._facts.ends_in_figures else max(self._widths[-1] - LEAST_WORDS, 0)
            if sum(self._widths) - over <= room:
                break
        bold = self._bold_metrics()
        names = [self._facts.names(column)[0] for column in range(len(self._needs))]
        self._facts.break_heads(
            [
                wrapped(name, width - HEAD_PADDING, bold)
                for name, width in zip(names, self._widths, strict=True)
            ]
        )
        spare = max(room - sum(self._widths), 0) // max(len(self._widths), 1)
        if self._facts.ends_in_figures:
            self._widths = [width + min(spare, MOST_SPARE) for width in self._widths]
        for column, width in enumerate(self._widths):
            self.setColumnWidth(column, width)

    def _fit(self) -> None:
        """Give words in the last column what room is left, and lines the height they need."""
        self._share()
        rows, last = self._facts.rowCount(), self._facts.columnCount() - 1
        if self._facts.ends_in_figures or rows > MOST_FITTED:
            return
        left = self.viewport().width() - sum(self._widths[:last])
        width = max(left, min(self._widths[last], LEAST_WORDS))
        self.setColumnWidth(last, width)
        metrics, plain = self.fontMetrics(), self.verticalHeader().defaultSectionSize()
        for row in range(rows):
            advance = metrics.horizontalAdvance(self._facts.text(row, last))
            lines = min(ceil(advance / max(width - WORDS_PADDING, 1)), MOST_LINES)
            height = plain + max(lines - 1, 0) * metrics.height()
            if self.rowHeight(row) != height:
                self.setRowHeight(row, height)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Fit the last column to the new width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def copied_text(self) -> str:
        """Return what is selected, or all where no more than one place is, for a spreadsheet."""
        chosen = self.selectedIndexes()
        if len(chosen) > 1:
            rows = sorted({index.row() for index in chosen})
            columns = sorted({index.column() for index in chosen})
        else:
            rows = list(range(self._facts.rowCount()))
            columns = list(range(self._facts.columnCount()))
        return tab_separated(self._facts.lines(rows, columns))

    def copy(self) -> str:
        """Put it into the clipboard; return what is to be told."""
        text = self.copied_text()
        QApplication.clipboard().setText(text)
        return _(COPIED).format(count=max(text.count("\n"), 0))

    def keyPressEvent(self, event: Any) -> None:  # noqa: N802 - Qt's name
        """Copy with the usual key."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
            event.accept()
            return
        super().keyPressEvent(event)
