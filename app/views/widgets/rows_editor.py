"""A table for inputs of several lines: harvest plan, planting plan, removals of a report."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.finance.fields import FieldSpec
from app.formats import unit
from app.i18n import _, active_language, translator
from app.services.draft import pasted_rows, shown_number, stored_cell, table_columns
from app.views.widgets.field_editors import FieldEditor, PlainLine, Suggest


class _CellDelegate(QStyledItemDelegate):
    """Offers choices and suggestions inside the cells."""

    def __init__(self, columns: tuple[FieldSpec, ...], suggest: Suggest, parent: QWidget) -> None:
        super().__init__(parent)
        self._columns = columns
        self._suggest = suggest

    def createEditor(  # noqa: N802 - Qt's name
        self, parent: QWidget, option: QStyleOptionViewItem, index: Any
    ) -> QWidget:
        """Return a combo box for choices and a line for the rest."""
        column = self._columns[index.column()]
        if column.field.choices:
            box = QComboBox(parent)
            for value, label in column.field.choices:
                box.addItem(_(label), value)
            return box
        line = PlainLine(parent)
        names = self._suggest(column.field.suggestions)
        if names:
            completer = QCompleter(names, line)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            line.setCompleter(completer)
        return line

    def setEditorData(self, editor: QWidget, index: Any) -> None:  # noqa: N802 - Qt's name
        """Put the stored value into the editor."""
        if isinstance(editor, QComboBox):
            found = editor.findData(index.data(Qt.ItemDataRole.UserRole))
            editor.setCurrentIndex(max(found, 0))
        elif isinstance(editor, PlainLine):
            editor.setText(index.data(Qt.ItemDataRole.DisplayRole) or "")

    def setModelData(self, editor: QWidget, model: Any, index: Any) -> None:  # noqa: N802
        """Take the value out of the editor."""
        if isinstance(editor, QComboBox):
            model.setData(index, editor.currentText(), Qt.ItemDataRole.DisplayRole)
            model.setData(index, editor.currentData(), Qt.ItemDataRole.UserRole)
        elif isinstance(editor, PlainLine):
            stored = stored_cell(editor.text().strip(), self._columns[index.column()])
            model.setData(index, editor.text().strip(), Qt.ItemDataRole.DisplayRole)
            model.setData(index, stored, Qt.ItemDataRole.UserRole)


class RowsEditor(FieldEditor):
    """Lines of a table field; rows can be pasted from a spreadsheet."""

    def __init__(self, spec: FieldSpec, suggest: Suggest, parent: QWidget | None = None) -> None:
        super().__init__(spec, parent)
        self._columns = table_columns(spec)
        self._filling = False
        tr = translator(active_language())
        self._table = QTableWidget(0, len(self._columns))
        heads = []
        for column in self._columns:
            name = unit(column.field.unit, tr)
            label = tr(column.field.label)
            heads.append(_("{label} ({unit})").format(label=label, unit=name) if name else label)
        self._table.setHorizontalHeaderLabels(heads)
        for number, column in enumerate(self._columns):
            item = self._table.horizontalHeaderItem(number)
            if item is not None:
                item.setToolTip(_(column.field.help))
        self._table.setItemDelegate(_CellDelegate(self._columns, suggest, self._table))
        header = self._table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self._table.verticalHeader().setDefaultSectionSize(26)
        self._table.setAlternatingRowColors(True)
        self._table.itemChanged.connect(lambda _item: self._tell())
        paste = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self._table)
        paste.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        paste.activated.connect(self._paste)
        box = QWidget()
        layout = QVBoxLayout(box)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._table)
        layout.addLayout(self._buttons())
        self._install(self._table)
        self.row.removeWidget(self._table)
        layout.insertWidget(0, self._table)
        self.row.addWidget(box)

    def _buttons(self) -> QHBoxLayout:
        layout = QHBoxLayout()
        for text, slot, name in (
            (_("Add line"), self._add, "add"),
            (_("Repeat line"), self._repeat, "repeat"),
            (_("Remove line"), self._remove, "remove"),
            (_("Paste from spreadsheet"), self._paste, "paste"),
        ):
            button = QPushButton(text)
            button.setObjectName(f"{self.spec.path}.{name}")
            button.clicked.connect(slot)
            layout.addWidget(button)
        layout.addStretch(1)
        return layout

    def rows(self) -> list[dict[str, Any]]:
        """Return the lines as they are stored; empty cells are left out."""
        found = []
        for row in range(self._table.rowCount()):
            line = {}
            for number, column in enumerate(self._columns):
                item = self._table.item(row, number)
                value = item.data(Qt.ItemDataRole.UserRole) if item is not None else None
                if value is not None:
                    line[column.name] = value
            found.append(line)
        return found

    def _tell(self) -> None:
        if not self._filling:
            self.edited.emit(self.rows() or None)

    def _set_rows(self, rows: list[dict[str, Any]]) -> None:
        self.show_value(rows)
        self._tell()

    def _add(self) -> None:
        self._set_rows([*self.rows(), {}])
        self._table.setCurrentCell(self._table.rowCount() - 1, 0)

    def _repeat(self) -> None:
        rows = self.rows()
        at = self._table.currentRow()
        if rows:
            self._set_rows([*rows, dict(rows[at if at >= 0 else -1])])

    def _remove(self) -> None:
        rows = self.rows()
        at = self._table.currentRow()
        if rows:
            del rows[at if at >= 0 else -1]
            self._set_rows(rows)

    def _paste(self) -> None:
        text = QGuiApplication.clipboard().text()
        rows = pasted_rows(text, self._columns)
        if rows:
            self._set_rows([row for row in self.rows() if row] + rows)

    def show_value(self, value: Any) -> None:
        """Show lines; nothing is told."""
        rows = value if isinstance(value, list) else []
        if rows == self.rows():
            return
        self._filling = True
        self._table.setRowCount(len(rows))
        for number, line in enumerate(rows):
            for place, column in enumerate(self._columns):
                stored = line.get(column.name) if isinstance(line, dict) else None
                self._table.setItem(number, place, self._item(stored, column))
        visible = min(max(len(rows), 2), 8)
        self._table.setFixedHeight(34 + 27 * visible)
        self._filling = False

    def _item(self, stored: Any, column: FieldSpec) -> QTableWidgetItem:
        choices = dict(column.field.choices)
        text = _(choices[stored]) if stored in choices else shown_number(stored, column)
        item = QTableWidgetItem(text)
        item.setData(Qt.ItemDataRole.UserRole, stored)
        if column.kind in (int, float):
            item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return item
