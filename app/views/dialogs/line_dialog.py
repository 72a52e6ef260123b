"""Enters one line of a table: an editor for each column, and what is expected beside it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.finance.fields import FieldSpec
from app.i18n import _, active_language, translator
from app.services.case_file import CaseRefused
from app.services.ports import StorageProblem
from app.services.storage_text import storage_text
from app.views.widgets.line_fields import NO_SUGGESTIONS, LineFields


class LineDialog(QDialog):
    """One line of a table, an editor for each of its columns.

    `add` takes the line and returns its number, or raises CaseRefused. The names of the widgets
    begin with `name`. `suggestions` are texts to choose from, by the topic of a column or by its
    name.

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
        self._add = add
        self.setObjectName(name)
        self.fields = LineFields(columns, pairs=pairs, suggestions=suggestions)
        self.editors, self.problems = self.fields.editors, self.fields.problems
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(self.fields)
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

    def fill(self, row: dict[str, Any]) -> None:
        """Put values into the fields, as a person enters them."""
        self.fields.fill(row)

    def _give(self) -> None:
        try:
            record_id = self._add(self.fields.row())
        except CaseRefused as refused:
            self._show_general(self.fields.show_refused(refused))
            return
        except StorageProblem as problem:
            self._show_general([storage_text(problem, translator(active_language()))])
            return
        self.added.emit(record_id)
        self.accept()

    def _show_general(self, general: list[str]) -> None:
        self.general.setText("\n".join(general))
        self.general.setVisible(bool(general))
