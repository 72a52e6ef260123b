"""One line of a table as a form, for tables with more columns than fit beside each other."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from enum import StrEnum
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from app.finance.fields import FieldSpec
from app.i18n import _
from app.services.typed_values import YES_NO
from app.views.widgets.field_editors import FieldEditor, Suggest
from app.views.widgets.value_editors import make_editor

MANY_COLUMNS = 7
"""A table with more columns than this offers its lines as forms."""

BESIDE = 2
"""Inputs beside each other."""


class YesNo(StrEnum):
    """Kind of an input that is answered by yes or no, or not at all."""


Take = Callable[[int, Any], None]
"""Stores what was entered in a column."""


def _as_input(column: FieldSpec) -> FieldSpec:
    """Return a column as an input: in one unit, a switch nobody has to answer as a choice."""
    field = replace(column.field, other_units=())
    if column.kind is bool and column.optional:
        choices: Any = tuple(YES_NO.items())
        return replace(column, field=replace(field, choices=choices), kind=YesNo)
    return replace(column, field=field)


class LineForm(QWidget):
    """Label and editor of each column of one line; a text is stored when it is left.

    Choices and switches are stored at once, so that each change is one step of undo.
    """

    def __init__(
        self,
        path: str,
        columns: Sequence[FieldSpec],
        suggest: Suggest,
        defaults: Sequence[tuple[Any, str] | None],
        take: Take,
    ) -> None:
        super().__init__()
        self.setObjectName(f"{path}.line")
        self._columns = columns
        self._take = take
        self._waiting: dict[int, Any] = {}
        self._title = QLabel()
        self._title.setProperty("role", "hint")
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(2)
        self.editors: list[FieldEditor] = []
        for place, column in enumerate(columns):
            editor = self._make(place, path, column, suggest)
            default = defaults[place]
            if default is not None:
                editor.show_default(default[0])
            label = QLabel(_(column.field.label))
            label.setBuddy(editor.focus_widget)
            label.setToolTip(_(column.field.help))
            row, side = 2 * (place // BESIDE), place % BESIDE
            grid.addWidget(label, row, side)
            grid.addWidget(editor, row + 1, side, Qt.AlignmentFlag.AlignTop)
            grid.setColumnStretch(side, 1)
            self.editors.append(editor)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 4, 8, 6)
        layout.addWidget(self._title)
        layout.addLayout(grid)

    def _make(self, place: int, path: str, column: FieldSpec, suggest: Suggest) -> FieldEditor:
        editor = make_editor(_as_input(column), suggest)
        editor.focus_widget.setObjectName(f"{path}.line.{column.name}")
        editor.edited.connect(lambda value: self._edited(place, value))
        line = editor.focus_widget
        if isinstance(line, QLineEdit):
            line.editingFinished.connect(lambda: self._store(place))
        return editor

    def _edited(self, place: int, value: Any) -> None:
        """Keep what is typed until the input is left; store what is chosen."""
        self._waiting[place] = value
        line = self.editors[place].focus_widget
        if not isinstance(line, QLineEdit) or not line.isModified():
            self._store(place)

    def _store(self, place: int) -> None:
        if place in self._waiting:
            self._take(place, self._waiting.pop(place))

    def show_line(self, number: int, count: int, line: dict[str, Any]) -> None:
        """Show the line of a number, from zero on, of so many."""
        self._waiting.clear()
        text = _("Line {number} of {count}; choose another in the table.")
        self._title.setText(text.format(number=number + 1, count=count))
        for editor, column in zip(self.editors, self._columns, strict=True):
            editor.show_value(line.get(column.name))
