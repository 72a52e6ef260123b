"""Enters one line of a table: an editor for each column, and what is expected beside it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.finance.fields import FieldSpec
from app.i18n import _, active_language, translator
from app.messages import expected_text
from app.services.case_file import CaseRefused
from app.services.ports import StorageProblem
from app.services.storage_text import storage_text
from app.views.widgets.field_editors import FieldEditor
from app.views.widgets.row_cells import heading
from app.views.widgets.value_editors import make_editor

WIDE = ("note", "source", "place", "market", "standard", "species", "finding")
NO_SUGGESTIONS: Mapping[str, Sequence[str]] = MappingProxyType({})


class LineDialog(QDialog):
    """One line of a table, an editor for each of its columns.

    `add` takes the line and returns its number, or raises CaseRefused. The names of the widgets
    begin with `name`. `suggestions` are texts to choose from, by the topic of a column.

    Signals:
        added(str): number of the line that was taken.
    """

    added = Signal(str)

    def __init__(
        self,
        columns: Iterable[FieldSpec],
        add: Callable[[dict[str, Any]], str],
        parent: QWidget | None = None,
        *,
        name: str,
        pairs: int = 2,
        suggestions: Mapping[str, Sequence[str]] = NO_SUGGESTIONS,
    ) -> None:
        super().__init__(parent)
        self._pairs = pairs
        self._suggestions = suggestions
        self._add = add
        self._row: dict[str, Any] = {}
        self.editors: dict[str, FieldEditor] = {}
        self.problems: dict[str, QLabel] = {}
        self.setObjectName(name)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(6)
        self._grid.setAlignment(Qt.AlignmentFlag.AlignTop)
        for pair in range(pairs):
            self._grid.setColumnStretch(2 * pair + 1, 1)
        self._place(columns)
        content = QWidget()
        content.setLayout(self._grid)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(content)
        self.general = QLabel()
        self.general.setObjectName(f"{name}.problem")
        self.general.setProperty("role", "problem")
        self.general.setWordWrap(True)
        self.general.hide()
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.take = buttons.addButton(_("Add"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.take.setObjectName(f"{name}.add")
        self.take.setProperty("primary", True)
        self.take.setDefault(True)
        buttons.accepted.connect(self._give)
        buttons.rejected.connect(self.reject)
        self.column = QVBoxLayout(self)
        self.column.addWidget(area, 1)
        self.column.addWidget(self.general)
        self.column.addWidget(buttons)

    def _suggest(self, topic: str) -> dict[str, str]:
        return {text: text for text in self._suggestions.get(topic, ())}

    def _place(self, columns: Iterable[FieldSpec]) -> None:
        """Put short fields two to a line, long ones over the whole width."""
        line, pair = 0, 0
        for spec in columns:
            wide = spec.name in WIDE
            if wide and pair:
                line, pair = line + 1, 0
            self._put(spec, 2 * line, 2 * pair, span=2 * self._pairs - 1 if wide else 1)
            pair = self._pairs if wide else pair + 1
            if pair >= self._pairs:
                line, pair = line + 1, 0

    def _put(self, spec: FieldSpec, line: int, column: int, *, span: int) -> None:
        editor = make_editor(spec, self._suggest)
        if spec.has_default and not spec.field.choices:
            editor.show_default(spec.default)
        editor.show_value(None)
        editor.edited.connect(lambda value, name=spec.name: self._edited(name, value))
        text = (
            _("{label}\u00a0*").format(label=heading(spec))
            if spec.required
            else _(spec.field.label)
        )
        label = QLabel(text)
        label.setBuddy(editor.focus_widget)
        problem = QLabel()
        problem.setObjectName(f"problem.{spec.name}")
        problem.setProperty("role", "problem")
        problem.setWordWrap(True)
        problem.hide()
        self._grid.addWidget(label, line, column)
        self._grid.addWidget(editor, line, column + 1, 1, span)
        self._grid.addWidget(problem, line + 1, column + 1, 1, span)
        self.editors[spec.name] = editor
        self.problems[spec.name] = problem

    def _edited(self, name: str, value: Any) -> None:
        if value is None:
            self._row.pop(name, None)
        else:
            self._row[name] = value
        self.editors[name].show_value(value)
        self.problems[name].hide()
        self.editors[name].set_invalid(False)

    def fill(self, row: dict[str, Any]) -> None:
        """Put values into the fields, as a person enters them."""
        for name, value in row.items():
            self._edited(name, value)

    def _give(self) -> None:
        try:
            record_id = self._add(dict(self._row))
        except CaseRefused as refused:
            self._show_refused(refused)
            return
        except StorageProblem as problem:
            self._show_general([storage_text(problem, translator(active_language()))])
            return
        self.added.emit(record_id)
        self.accept()

    def _show_refused(self, refused: CaseRefused) -> None:
        tr = translator(active_language())
        general: list[str] = []
        for name, label in self.problems.items():
            label.hide()
            self.editors[name].set_invalid(False)
        for problem in reversed(refused.problems):
            name = problem.path.rpartition(".")[2]
            text = _("Expected: {expected}").format(expected=expected_text(problem, tr))
            if name in self.problems:
                self.problems[name].setText(text)
                self.problems[name].show()
                self.editors[name].set_invalid(True, text)
                self.editors[name].setFocus()
            else:
                general.insert(0, text)
        self._show_general(general)

    def _show_general(self, general: list[str]) -> None:
        self.general.setText("\n".join(general))
        self.general.setVisible(bool(general))
