"""The yearly cash flow as a table: a line for each flow, a column for each thing ever paid."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHeaderView, QTableView, QWidget

from app.finance.valuation.results import CashFlowYear
from app.formats import unit
from app.i18n import _, active_language, translator
from app.reports.cash_facts import CashFlowColumn, cash_flow_columns, flow_date

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class CashFlowModel(QAbstractTableModel):
    """The cash flow, then the totals; heads carry the units."""

    def __init__(self) -> None:
        super().__init__()
        self._columns: tuple[CashFlowColumn, ...] = ()
        self._dates: list[str] = []

    def show_rows(self, rows: tuple[CashFlowYear, ...]) -> None:
        """Show other flows."""
        self.beginResetModel()
        self._columns = cash_flow_columns(rows)
        self._dates = (
            [*(f"{row.index} · {flow_date(row)}" for row in rows), _("Total")] if rows else []
        )
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        """Return the flows and one line of totals."""
        return 0 if parent.isValid() else len(self._dates)

    def columnCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        """Return the columns."""
        return 0 if parent.isValid() else len(self._columns)

    def text(self, row: int, column: int) -> str:
        """Return the text of a place."""
        found = self._columns[column]
        return found.total if row == len(found.texts) else found.texts[row]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return text, side and weight of a place."""
        row, column = index.row(), index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text(row, column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT
        if role == Qt.ItemDataRole.FontRole:
            font = QFont()
            font.setBold(self._columns[column].strong or row == len(self._dates) - 1)
            return font
        return None

    def headerData(  # noqa: N802 - Qt's name
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        """Return the name of a column over its unit, or the date of a flow."""
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Vertical:
            return self._dates[section]
        tr = translator(active_language())
        column = self._columns[section]
        name = unit(column.unit, tr)
        return f"{tr(column.label)}\n{name}" if name else tr(column.label)


class CashFlowTable(QTableView):
    """Shows the cash flow; what is selected can be copied into a spreadsheet."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("cash-flow")
        self.setAccessibleName(_("Cash flow by year"))
        self._rows: tuple[CashFlowYear, ...] | None = None
        self._flows = CashFlowModel()
        self.setModel(self._flows)
        self.setAlternatingRowColors(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 8)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)

    def show_rows(self, rows: tuple[CashFlowYear, ...]) -> None:
        """Show other flows; nothing is done when they are the same."""
        if rows == self._rows:
            return
        widened = self._rows is None or len(self._rows) != len(rows)
        columns = self._flows.columnCount()
        self._rows = rows
        self._flows.show_rows(rows)
        if widened or columns != self._flows.columnCount():
            self.resizeColumnsToContents()

    def keyPressEvent(self, event: Any) -> None:  # noqa: N802 - Qt's name
        """Copy the selected places, with tabulators between them."""
        if event.matches(QKeySequence.StandardKey.Copy):
            QApplication.clipboard().setText(self.selected_text())
            event.accept()
            return
        super().keyPressEvent(event)

    def selected_text(self) -> str:
        """Return the selected places as lines of text."""
        lines: dict[int, list[str]] = {}
        for index in sorted(self.selectedIndexes(), key=lambda i: (i.row(), i.column())):
            lines.setdefault(index.row(), []).append(
                self._flows.text(index.row(), index.column()).replace("−", "-")
            )
        return "\n".join("\t".join(places) for places in lines.values())
