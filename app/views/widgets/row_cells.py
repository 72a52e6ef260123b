"""The cells of a table of inputs: how they are edited, and how wide their columns are."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QWidget,
)

from app.finance.fields import FieldSpec
from app.formats import unit
from app.i18n import _, active_language, translator
from app.services.typed_values import YES_NO, shown_number, shown_switch, stored_cell
from app.views.widgets.field_editors import PlainLine, Suggest, completer_of

Index = QModelIndex | QPersistentModelIndex
NUMBERS = (int, float, Decimal)
FEWEST_LINES, MOST_LINES = 2, 8
MOST_HEADING_LINES = 3
WIDEST_CHOICE, WIDEST_TEXT, WIDEST_NUMBER = 200, 150, 130
MEASURED_LINES = 100
"""So many lines are measured for the width of the columns."""
LEAST_NUMBER, LEAST_TEXT = 62, 84
ROW_PADDING, CELL_PADDING, TEXT_PADDING, HEADING_PADDING = 10, 26, 10, 18
_CHINESE = r"\u3000-\u9fff\uff00-\uffef"
_PIECES = re.compile(
    rf"（[^）]{{1,14}}）|\([^)\s]{{1,14}}\)\s*|[{_CHINESE}]|[^\s{_CHINESE}]+\s*|\s+"
)
"""What a heading may be broken between: words, Chinese signs, and units in brackets as a whole."""


def heading(column: FieldSpec) -> str:
    """Return the heading of a column, with its unit."""
    tr = translator(active_language())
    name = "%" if column.field.percent else unit(column.field.unit, tr)
    label = tr(column.field.label)
    return _("{label} ({unit})").format(label=label, unit=name) if name else label


def choices_of(column: FieldSpec) -> tuple[tuple[Any, str], ...]:
    """Return stored value and message id of what a cell may hold; () where it is typed."""
    return tuple(YES_NO.items()) if column.kind is bool else column.field.choices


def cell_text(stored: Any, column: FieldSpec) -> str:
    """Return what a cell shows of its stored value."""
    if isinstance(stored, bool):
        return _(shown_switch(stored))
    choices = dict(column.field.choices)
    if isinstance(stored, str) and stored in choices:
        return _(choices[stored])
    return shown_number(stored, column)


class CellDelegate(QStyledItemDelegate):
    """Offers choices and suggestions inside the cells; `take` gets what was entered."""

    def __init__(
        self,
        columns: tuple[FieldSpec, ...],
        suggest: Suggest,
        take: Callable[[int, int, Any], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._columns = columns
        self._suggest = suggest
        self._take = take

    def createEditor(  # noqa: N802 - Qt's name
        self, parent: QWidget, _option: QStyleOptionViewItem, index: Index
    ) -> QWidget:
        """Return a combo box for choices and a line for the rest."""
        column = self._columns[index.column()]
        if choices_of(column):
            return self._choice_box(parent, column)
        line = PlainLine(parent)
        names = self._suggest(column.field.suggestions)
        if names:
            completer_of(names, line)
        if column.kind is date:
            line.setPlaceholderText(_("YYYY-MM-DD"))
        if column.kind in NUMBERS:
            line.setAlignment(Qt.AlignmentFlag.AlignRight)
        return line

    def _choice_box(self, parent: QWidget, column: FieldSpec) -> QComboBox:
        box = QComboBox(parent)
        box.addItem("", None)
        for value, label in choices_of(column):
            box.addItem(_(label), value)

        def finish() -> None:
            self.commitData.emit(box)
            self.closeEditor.emit(box)

        box.activated.connect(finish)
        # The open list lets the arrows pass choices; closed, the first arrow would be the choice.
        QTimer.singleShot(0, box, box.showPopup)
        return box

    def setEditorData(self, editor: QWidget, index: Index) -> None:  # noqa: N802 - Qt's name
        """Put the stored value into the editor."""
        stored = index.data(Qt.ItemDataRole.UserRole)
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(max(editor.findData(stored), 0))
        elif isinstance(editor, PlainLine):
            editor.setText(cell_text(stored, self._columns[index.column()]))

    def setModelData(self, editor: QWidget, _model: Any, index: Index) -> None:  # noqa: N802
        """Take the value out of the editor."""
        if isinstance(editor, QComboBox):
            self._take(index.row(), index.column(), editor.currentData())
        elif isinstance(editor, PlainLine):
            stored = stored_cell(editor.text(), self._columns[index.column()])
            self._take(index.row(), index.column(), stored)


def pieces(text: str) -> list[str]:
    """Return what a heading may be broken between."""
    return [piece.strip() for piece in _PIECES.findall(text)]


def wrapped(text: str, width: int, metrics: QFontMetrics) -> str:
    """Break a heading into lines no wider than `width`, between words or Chinese signs."""
    lines = [""]
    for piece in _PIECES.findall(text):
        longer = lines[-1] + piece
        if lines[-1] and metrics.horizontalAdvance(longer.rstrip()) > width:
            lines.append(piece.lstrip())
        else:
            lines[-1] = longer
    return "\n".join(line.rstrip() for line in lines)


class CellTable(QTableWidget):
    """A table whose columns share its width, each at least as wide as its words.

    The tabulator key leaves it; the arrows move inside; Delete empties the chosen cells.

    Signals:
        emptied(): the chosen cells shall be emptied.
        pasted(): what the clipboard holds shall be put in.
    """

    emptied = Signal()
    pasted = Signal()

    def __init__(self, columns: tuple[FieldSpec, ...]) -> None:
        super().__init__(0, len(columns))
        self._columns = columns
        self._headings = [heading(column) for column in columns]
        self.setHorizontalHeaderLabels(self._headings)
        for number, column in enumerate(columns):
            item = self.horizontalHeaderItem(number)
            if item is not None:
                item.setToolTip(_(column.field.help))
        self.setTabKeyNavigation(False)
        self.setAlternatingRowColors(True)
        self.setWordWrap(False)
        self.setHorizontalScrollMode(QTableWidget.ScrollMode.ScrollPerPixel)
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + ROW_PADDING)
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.horizontalScrollBar().rangeChanged.connect(lambda _low, _high: self.fit_height())
        self._shared = 0

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Empty cells and paste; the other keys are Qt's."""
        if event.matches(QKeySequence.StandardKey.Paste):
            self.pasted.emit()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.emptied.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Share the new width among the columns."""
        super().resizeEvent(event)
        width = self.viewport().width()
        if width != self._shared:
            self._shared = width
            self._share(width)

    def fit_height(self) -> None:
        """Be as high as the lines need, within limits."""
        lines = min(max(self.rowCount(), FEWEST_LINES), MOST_LINES)
        bar = self.horizontalScrollBar()
        height = self.horizontalHeader().sizeHint().height() + 2 * self.frameWidth()
        height += lines * self.verticalHeader().defaultSectionSize()
        if bar.maximum() > 0:
            height += bar.sizeHint().height()
        if height != self.maximumHeight():
            self.setFixedHeight(height)

    def share(self) -> None:
        """Share the width anew, after values have changed."""
        if self._shared:
            self._share(self._shared)

    def _share(self, width: int) -> None:
        font = self.horizontalHeader().font()
        font.setBold(True)
        metrics = QFontMetrics(font)
        least = [self._least_width(number, metrics) for number in range(len(self._columns))]
        total = sum(least)
        spare = max(width - total, 0)
        for number, wanted in enumerate(least):
            share = wanted + spare * wanted // total
            self.setColumnWidth(number, share)
            item = self.horizontalHeaderItem(number)
            if item is not None:
                item.setText(wrapped(self._headings[number], share - HEADING_PADDING, metrics))
        self.fit_height()

    def _least_width(self, number: int, metrics: QFontMetrics) -> int:
        """Return the width that the values and each word of the heading need."""
        column, text = self._columns[number], self._headings[number]
        third = metrics.horizontalAdvance(text) // MOST_HEADING_LINES
        title = max(*map(metrics.horizontalAdvance, pieces(text)), third) + HEADING_PADDING
        names = (_(label) for _value, label in choices_of(column))
        values = max((self.fontMetrics().horizontalAdvance(name) for name in names), default=0)
        number_column = column.kind in NUMBERS
        plain = LEAST_NUMBER if number_column else LEAST_TEXT
        entered = min(self._entered(number), WIDEST_NUMBER if number_column else WIDEST_TEXT)
        choice = min(values, WIDEST_CHOICE) + CELL_PADDING if values else 0
        return max(title, choice, entered + TEXT_PADDING, plain)

    def _entered(self, number: int) -> int:
        """Return the width of the longest value of a column, among the first lines."""
        items = (self.item(row, number) for row in range(min(self.rowCount(), MEASURED_LINES)))
        texts = {item.text() for item in items if item is not None}
        return max(map(self.fontMetrics().horizontalAdvance, texts), default=0)
