"""Editors for the columns of one line, with what is expected of each below it."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from app.finance.fields import FieldSpec
from app.i18n import _, active_language, translator
from app.messages import expected_text
from app.services.case_file import CaseRefused
from app.views.widgets.field_editors import FieldEditor
from app.views.widgets.value_editors import make_editor

WIDE = ("note", "source", "place", "market", "standard", "species", "finding", "evidence")
NO_SUGGESTIONS: Mapping[str, Sequence[str]] = MappingProxyType({})
LINES_OF_A_FIELD = 2


class LineFields(QWidget):
    """One line, an editor for each of its columns, so many pairs of label and editor beside
    each other.

    `suggestions` are texts to choose from, by the topic of a column or by its name.

    Signals:
        changed(): something else is entered.
    """

    changed = Signal()

    def __init__(
        self,
        columns: Iterable[FieldSpec],
        *,
        pairs: int = 2,
        suggestions: Mapping[str, Sequence[str]] = NO_SUGGESTIONS,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._pairs = pairs
        self._suggestions = suggestions
        self._row: dict[str, Any] = {}
        self._labels: dict[str, QLabel] = {}
        self.editors: dict[str, FieldEditor] = {}
        self.problems: dict[str, QLabel] = {}
        self._grid = QGridLayout(self)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(6)
        self._grid.setAlignment(Qt.AlignmentFlag.AlignTop)
        for pair in range(pairs):
            self._grid.setColumnStretch(2 * pair + 1, 1)
        self._place(columns)

    def _suggest(self, topic: str) -> dict[str, str]:
        return {text: text for text in self._suggestions.get(topic, ())}

    def _place(self, columns: Iterable[FieldSpec]) -> None:
        """Put short fields beside each other, long ones over the whole width."""
        line, pair = 0, 0
        for spec in columns:
            wide = spec.name in WIDE or spec.field.multiline
            if wide and pair:
                line, pair = line + 1, 0
            self._put(spec, LINES_OF_A_FIELD * line, 2 * pair, wide=wide)
            pair = self._pairs if wide else pair + 1
            if pair >= self._pairs:
                line, pair = line + 1, 0

    def _put(self, spec: FieldSpec, line: int, column: int, *, wide: bool) -> None:
        by_name = spec.name in self._suggestions
        editor = make_editor(spec, lambda topic: self._suggest(spec.name if by_name else topic))
        if spec.has_default and not spec.field.choices:
            editor.show_default(spec.default)
        editor.show_value(None)
        editor.edited.connect(lambda value, name=spec.name: self._edited(name, value))
        text = _(spec.field.label)
        label = QLabel(_("{label}\u00a0*").format(label=text) if spec.required else text)
        label.setBuddy(editor.focus_widget)
        label.setToolTip(_(spec.field.help))
        problem = QLabel()
        problem.setObjectName(f"problem.{spec.name}")
        problem.setProperty("role", "problem")
        problem.setWordWrap(True)
        problem.hide()
        span = 2 * self._pairs - 1 if wide else 1
        self._grid.addWidget(label, line, column)
        self._grid.addWidget(editor, line, column + 1, 1, span)
        self._grid.addWidget(problem, line + 1, column + 1, 1, span)
        self._labels[spec.name] = label
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
        self.changed.emit()

    def fill(self, row: Mapping[str, Any]) -> None:
        """Put values into the fields, as a person enters them."""
        for name, value in row.items():
            self._edited(name, value)

    def row(self) -> dict[str, Any]:
        """Return what is entered; empty fields are left out."""
        return dict(self._row)

    def offer(self, name: str, *, on: bool) -> None:
        """Show a field or hide it; what is entered in it stays."""
        self._labels[name].setVisible(on)
        self.editors[name].setVisible(on)
        if not on:
            self.problems[name].hide()

    def clear_problems(self) -> None:
        """Forget what was refused."""
        for name, label in self.problems.items():
            label.hide()
            self.editors[name].set_invalid(False)

    def show_refused(self, refused: CaseRefused) -> list[str]:
        """Say beside each field what is expected of it; return what belongs to none.

        A problem belongs to the field that its path ends in; the first one takes the focus.
        """
        tr = translator(active_language())
        general: list[str] = []
        self.clear_problems()
        for problem in reversed(refused.problems):
            name = problem.path.rpartition(".")[2]
            text = _("Expected: {expected}").format(expected=expected_text(problem, tr, typed=True))
            if name in self.problems:
                self.problems[name].setText(text)
                self.problems[name].show()
                self.editors[name].set_invalid(True, text)
                self.editors[name].setFocus()
            else:
                general.insert(0, text)
        return general
