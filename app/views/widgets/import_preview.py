"""The preview of a file that is imported: its first lines, and a column chosen for each heading."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHeaderView, QTableWidget, QTableWidgetItem

from app.finance.fields import FieldSpec
from app.i18n import _
from app.services.import_table import PREVIEW_LINES, TablePreview
from app.services.imported import Row
from app.services.table_headings import YEAR, Matches, columns_of, year_fields, year_of
from app.views.widgets.field_editors import CalmCombo
from app.views.widgets.row_cells import cell_text, heading

LEAST_COLUMN, WIDEST_COLUMN = 110, 280
CELL_PADDING, BOX_PADDING = 18, 44


class ImportPreview(QTableWidget):
    """Shows lines as they stand in the file; above them a choice of column for each heading.

    Signals:
        matched(): another column was chosen.
    """

    matched = Signal()

    def __init__(self, table: FieldSpec) -> None:
        super().__init__()
        self._spec = table
        self._headings: tuple[str, ...] = ()
        self._boxes: list[QComboBox] = []
        self.setObjectName("import.preview")
        self.setAccessibleName(_("First lines of the file"))
        self.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setAlternatingRowColors(True)
        self.setWordWrap(False)
        self.setHorizontalScrollMode(QTableWidget.ScrollMode.ScrollPerPixel)
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)

    def show_table(self, preview: TablePreview, matches: Matches) -> None:
        """Show a sheet with the columns its headings were matched with."""
        self._headings = preview.headings
        lines = preview.rows[:PREVIEW_LINES]
        self._fill(preview.headings, lines, first=1)
        self.setVerticalHeaderLabels([_("Column"), *map(str, preview.lines[:PREVIEW_LINES])])
        self._boxes = []
        for place, match in enumerate(matches):
            box = self._box(preview.headings[place], match)
            self._boxes.append(box)
            self.setCellWidget(0, place, box)
            self._make_room(place)
        self.resizeRowToContents(0)
        self.setRowHeight(0, max(self.rowHeight(0), self._boxes[0].sizeHint().height() + 4))

    def show_sites(self, rows: Sequence[Row]) -> None:
        """Show lines that come from a map file; there is nothing to match."""
        columns = [c for c in columns_of(self._spec) if any(c.name in row for row in rows)]
        lines = [
            tuple(cell_text(row.get(column.name), column) for column in columns)
            for row in rows[:PREVIEW_LINES]
        ]
        self._boxes = []
        self._fill(tuple(heading(column) for column in columns), lines, first=0)

    def _fill(
        self, headings: tuple[str, ...], lines: Sequence[tuple[str, ...]], *, first: int
    ) -> None:
        self.clear()
        self.setColumnCount(len(headings))
        self.setRowCount(len(lines) + first)
        self.setHorizontalHeaderLabels([text or "–" for text in headings])
        for number, cells in enumerate(lines, start=first):
            for place, text in enumerate(cells):
                self.setItem(number, place, QTableWidgetItem(text))
        metrics = self.fontMetrics()
        for place, title in enumerate(headings):
            texts = [title, *(cells[place] for cells in lines)]
            wanted = max(metrics.horizontalAdvance(text) for text in texts) + CELL_PADDING
            self.setColumnWidth(place, min(max(wanted, LEAST_COLUMN), WIDEST_COLUMN))

    def _box(self, title: str, match: str | None) -> QComboBox:
        box = CalmCombo()
        box.setAccessibleName(_("Column for “{heading}”").format(heading=title or "–"))
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(6)
        box.addItem(_("– do not import –"), None)
        for column in columns_of(self._spec):
            box.addItem(heading(column), column.name)
        if len(year_fields(self._spec)) > 1:
            box.addItem(_("Year (first and last)"), YEAR)
        box.setCurrentIndex(max(box.findData(match), 0))
        widest = max(
            box.fontMetrics().horizontalAdvance(box.itemText(n)) for n in range(box.count())
        )
        box.view().setMinimumWidth(min(widest, 2 * WIDEST_COLUMN) + CELL_PADDING)
        box.activated.connect(lambda _index, own=box: self._chosen(own))
        return box

    def _make_room(self, place: int) -> None:
        """Widen a column until the choice above it can be read."""
        box = self._boxes[place]
        wanted = box.fontMetrics().horizontalAdvance(box.currentText()) + BOX_PADDING
        self.setColumnWidth(place, max(self.columnWidth(place), min(wanted, WIDEST_COLUMN)))
        box.setToolTip(box.currentText())

    def _chosen(self, own: QComboBox) -> None:
        """Keep each column at one heading; only headings that are years share theirs."""
        self._make_room(self._boxes.index(own))
        place = self._boxes.index(own)
        name = own.currentData()
        if name is not None and year_of(self._headings[place], self._spec) is None:
            for other in self._boxes:
                if other is not own and other.currentData() == name:
                    other.setCurrentIndex(0)
        self.matched.emit()

    def columns(self) -> tuple[FieldSpec, ...]:
        """Return the columns that are chosen."""
        chosen = set(self.matches())
        return tuple(c for c in columns_of(self._spec) if c.name in chosen)

    def matches(self) -> Matches:
        """Return the column chosen for each heading."""
        return tuple(box.currentData() for box in self._boxes)

    def choose(self, place: int, name: Any) -> None:
        """Choose a column for a heading, as a person does."""
        box = self._boxes[place]
        box.setCurrentIndex(max(box.findData(name), 0))
        box.activated.emit(box.currentIndex())
