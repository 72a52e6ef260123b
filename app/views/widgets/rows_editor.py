"""A table for inputs of several lines: harvest plan, planting plan, removals of a report."""

from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QTableWidgetItem, QVBoxLayout, QWidget

from app.finance.fields import FieldSpec
from app.i18n import N_, _
from app.services.draft import table_columns
from app.services.typed_values import pasted_rows
from app.views.widgets.field_editors import FieldEditor, Suggest
from app.views.widgets.line_form import MANY_COLUMNS, LineForm
from app.views.widgets.market_choice import PATHS as EVIDENCE_PATHS
from app.views.widgets.place_names import place_name
from app.views.widgets.row_cells import NUMBERS, CellDelegate, CellTable, cell_text

Line = dict[str, Any]
DefaultOf = Callable[[FieldSpec], tuple[Any, str] | None]
DEFAULT_COLOUR = QColor("#7A8A91")
REFUSED_COLOUR = QColor("#FBE3DF")
MOST_PROBLEM_LINES = 4
PROPOSED = {
    "appraisal.scenarios": N_("Propose six"),
    "loan.lpr": N_("Take the published LPR"),
    "loan.calendar": N_("Take the published calendar"),
    "insurance.damages": N_("Take a published curve…"),
}
"""Tables whose lines the program can propose, with the text of the button."""

ADDED_TO = ("loan.lpr", "loan.calendar", "insurance.damages")
"""Tables of these to which lines are proposed while there are others."""
UNCERTAIN = "uncertain"
"""The list of inputs by path: a cell shows the name of the input."""


class RowsEditor(FieldEditor):
    """Lines of a table field; rows can be pasted from a spreadsheet.

    Signals:
        import_wanted(): lines shall be taken from a file.
        proposal_wanted(): lines shall be proposed; only tables of `PROPOSED` offer it.

    A table of many columns offers the chosen line as a form below it.
    """

    import_wanted = Signal()
    proposal_wanted = Signal()

    def __init__(
        self,
        spec: FieldSpec,
        suggest: Suggest,
        default_of: DefaultOf,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(spec, parent)
        self._columns = table_columns(spec)
        self._defaults = [default_of(column) for column in self._columns]
        self._lines: list[Line] = []
        self._refused: set[tuple[int, int]] = set()
        self._buttons: dict[str, QPushButton] = {}
        self._table = CellTable(self._columns)
        self._table.setItemDelegate(CellDelegate(self._columns, suggest, self._take, self._table))
        self._table.pasted.connect(self._paste)
        self._table.emptied.connect(self._empty)
        self._table.currentCellChanged.connect(lambda *_cells: self._show_line())
        self._suggest = suggest
        self._line_form: LineForm | None = None
        box = QWidget()
        layout = QVBoxLayout(box)
        layout.setContentsMargins(0, 0, 0, 0)
        self._install(self._table)
        self.row.removeWidget(self._table)
        layout.addWidget(self._table)
        layout.addLayout(self._make_buttons())
        if spec.path in ADDED_TO:
            button = self._proposal_button(PROPOSED[spec.path])
            layout.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self.row.addWidget(box)
        self._below = layout
        if len(self._columns) > MANY_COLUMNS:
            layout.addWidget(self._form_button(), 0, Qt.AlignmentFlag.AlignLeft)
        self._show_parts()

    def place_below(self, widget: QWidget) -> None:
        """Put a widget below the buttons."""
        self._below.addWidget(widget)

    def _make_buttons(self) -> QHBoxLayout:
        layout = QHBoxLayout()
        layout.setSpacing(5)
        in_book = self.spec.path in EVIDENCE_PATHS
        for text, slot, name in (
            (_("Add line"), self._add, "add"),
            (_("Repeat line"), self._repeat, "repeat"),
            (_("Remove line"), self._remove, "remove"),
            (_("Paste"), self._paste, "paste"),
            (
                _("From the market book…") if in_book else _("Import file…"),
                self.import_wanted,
                "import",
            ),
        ):
            button = QPushButton(text)
            button.setObjectName(f"{self.spec.path}.{name}")
            button.setProperty("compact", True)
            button.clicked.connect(slot)
            layout.addWidget(button)
            self._buttons[name] = button
        if self.spec.path in PROPOSED and self.spec.path not in ADDED_TO:
            layout.addWidget(self._proposal_button(PROPOSED[self.spec.path]))
        layout.addStretch(1)
        self._buttons["paste"].setToolTip(_("Paste lines copied from a spreadsheet (Ctrl+V)"))
        return layout

    def _proposal_button(self, text: str) -> QPushButton:
        button = QPushButton(_(text))
        button.setObjectName(f"{self.spec.path}.propose")
        button.setProperty("compact", True)
        button.clicked.connect(self.proposal_wanted)
        self._buttons["propose"] = button
        return button

    def _form_button(self) -> QPushButton:
        button = QPushButton(_("Line as a form"))
        button.setObjectName(f"{self.spec.path}.form")
        button.setProperty("role", "fold")
        button.setCheckable(True)
        button.setToolTip(_("Shows all columns of the chosen line under each other."))
        button.toggled.connect(self._turn_form)
        self._buttons["form"] = button
        return button

    def _turn_form(self, on: bool) -> None:
        """Show or hide the chosen line as a form, which is made when it is first wanted."""
        if on and self._line_form is None:
            self._line_form = LineForm(
                self.spec.path, self._columns, self._suggest, self._defaults, self._take_here
            )
            self._below.addWidget(self._line_form)
            stops = [editor.focus_widget for editor in self._line_form.editors]
            for before, after in pairwise([self._buttons["form"], *stops]):
                QWidget.setTabOrder(before, after)
        self._show_line()

    def _take_here(self, place: int, value: Any) -> None:
        self._take(self._current(), place, value)

    def _show_line(self) -> None:
        """Show the chosen line in its form, where that is wanted."""
        if self._line_form is None:
            return
        wanted = self._buttons["form"].isChecked() and bool(self._lines)
        self._buttons["form"].setText(_("Close the form") if wanted else _("Line as a form"))
        self._line_form.setVisible(wanted)
        if wanted:
            at = self._current()
            self._line_form.show_line(at, len(self._lines), self._lines[at])

    def _show_parts(self) -> None:
        """Leave out the table, and what needs a line, while there is none."""
        for name in ("repeat", "remove", "form"):
            if name in self._buttons:
                self._buttons[name].setVisible(bool(self._lines))
        self._table.setVisible(bool(self._lines))
        if "propose" in self._buttons:
            self._buttons["propose"].setVisible(not self._lines or self.spec.path in ADDED_TO)

    @property
    def wide(self) -> bool:
        """A table wants the whole width, and so do more or longer buttons than usual."""
        return bool(self._lines) or self.spec.path in (*PROPOSED, *EVIDENCE_PATHS)

    def rows(self) -> list[Line]:
        """Return the lines as they are stored; empty cells are left out."""
        return [dict(line) for line in self._lines]

    def _set_rows(self, rows: list[Line]) -> None:
        self.show_value(rows)
        self.edited.emit(self.rows() or None)

    def _take(self, row: int, place: int, value: Any) -> None:
        """Store what was entered in a cell."""
        name = self._columns[place].name
        if row >= len(self._lines) or self._lines[row].get(name) == value:
            return
        rows = self.rows()
        if value is None:
            del rows[row][name]
        else:
            rows[row][name] = value
        self._set_rows(rows)

    def _empty(self) -> None:
        rows = self.rows()
        for index in self._table.selectedIndexes():
            rows[index.row()].pop(self._columns[index.column()].name, None)
        if rows != self._lines:
            self._set_rows(rows)

    def _current(self) -> int:
        at = self._table.currentRow()
        return at if at >= 0 else len(self._lines) - 1

    def _add(self) -> None:
        self._set_rows([*self.rows(), {}])
        self._table.setCurrentCell(len(self._lines) - 1, 0)
        self._table.setFocus()

    def _repeat(self) -> None:
        rows = self.rows()
        if rows:
            at = self._current()
            self._set_rows([*rows[: at + 1], dict(rows[at]), *rows[at + 1 :]])
            self._table.setCurrentCell(at + 1, max(self._table.currentColumn(), 0))

    def _remove(self) -> None:
        rows = self.rows()
        if rows:
            del rows[self._current()]
            self._set_rows(rows)
            self.focus_place(self.spec.path)

    def _paste(self) -> None:
        rows = pasted_rows(QGuiApplication.clipboard().text(), self._columns)
        if rows:
            self._set_rows([row for row in self.rows() if row] + rows)

    def show_value(self, value: Any) -> None:
        """Show lines; only what changed is drawn anew."""
        rows = value if isinstance(value, list) else []
        lines = [dict(line) if isinstance(line, dict) else {} for line in rows]
        before, self._lines = self._lines, lines
        if len(before) != len(lines):
            self._table.setRowCount(len(lines))
            self._table.fit_height()
            self._show_parts()
        for number, line in enumerate(lines):
            old = before[number] if number < len(before) else None
            if line == old:
                continue
            for place, column in enumerate(self._columns):
                stored = line.get(column.name)
                if old is None or stored != old.get(column.name):
                    self._table.setItem(number, place, self._item(stored, place))
                    if (number, place) in self._refused:
                        self._colour(number, place, refused=True)
        if lines != before:
            self._table.share()
            self._show_line()

    def _item(self, stored: Any, place: int) -> QTableWidgetItem:
        column, default = self._columns[place], self._defaults[place]
        item = QTableWidgetItem(cell_text(stored, column))
        item.setData(Qt.ItemDataRole.UserRole, stored)
        if isinstance(stored, str) and column.kind is str:
            item.setToolTip(stored)
            if column.field.suggestions == UNCERTAIN:
                item.setText(place_name(stored))
        if stored is None and default is not None:
            item.setText(cell_text(default[0], column))
            item.setForeground(DEFAULT_COLOUR)
            item.setToolTip(default[1])
        if column.kind in NUMBERS:
            item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return item

    def problem_lines(self, problems: Mapping[str, str]) -> list[str]:
        """Name line and column of each problem, and colour its cell."""
        for row, place in self._refused:
            self._colour(row, place, refused=False)
        self._refused = set()
        said = []
        for path, text in problems.items():
            cell = self._cell(path)
            if cell is None:
                said.append(text)
                continue
            row, place = cell
            name = _(self._columns[place].field.label)
            said.append(
                _("Line {number}, {column}: {text}").format(number=row + 1, column=name, text=text)
            )
            self._refused.add(cell)
            self._colour(row, place, refused=True)
        more = len(said) - MOST_PROBLEM_LINES
        if more > 0:
            said = [*said[:MOST_PROBLEM_LINES], _("and {count} more").format(count=more)]
        return said

    def _colour(self, row: int, place: int, *, refused: bool) -> None:
        item = self._table.item(row, place)
        if item is not None:
            item.setData(Qt.ItemDataRole.BackgroundRole, REFUSED_COLOUR if refused else None)

    def _cell(self, path: str) -> tuple[int, int] | None:
        """Return row and column of the path of a cell; None when it is not one of a cell."""
        row, _dot, name = path.removeprefix(f"{self.spec.path}.").partition(".")
        places = [number for number, c in enumerate(self._columns) if c.name == name]
        return (int(row), places[0]) if row.isdigit() and places else None

    def focus_place(self, path: str) -> None:
        """Take the focus, in the cell of a path."""
        if not self._lines:
            self._buttons["add"].setFocus()
            return
        cell = self._cell(path)
        if cell is not None:
            self._table.setCurrentCell(*cell)
        self._table.setFocus()
