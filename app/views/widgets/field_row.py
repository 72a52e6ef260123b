"""One input of a form: label, editor, where it comes from, and what is expected of it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QScrollBar, QSizePolicy, QWidget

from app.finance.fields import FieldSpec
from app.i18n import _
from app.services.documents import Document, value_at
from app.services.draft import provenance_at
from app.views.widgets.field_editors import FieldEditor, Suggest
from app.views.widgets.provenance_editor import ProvenanceButton
from app.views.widgets.rows_editor import RowsEditor
from app.views.widgets.sites_editor import SitesEditor
from app.views.widgets.value_editors import make_editor

Published = Callable[[FieldSpec], tuple[Any, str] | None]
LINES_OF_A_ROW = 3
_NOTHING_SHOWN = object()


def nothing_published(_spec: FieldSpec) -> tuple[Any, str] | None:
    """Know no published figure."""
    return None


@dataclass(frozen=True)
class Offers:
    """What a form offers: names while typing, and the figure that counts when nothing is typed.

    `published` gives the figure of a field's `reference` with its source.
    """

    suggest: Suggest
    published: Published = nothing_published

    def default_of(self, spec: FieldSpec) -> tuple[Any, str] | None:
        """Return the figure that counts when a field is left empty, with its source."""
        if spec.field.reference:
            return self.published(spec)
        return (spec.default, _(spec.field.default_source)) if spec.has_default else None


class FormEvents(QObject):
    """What is done in a form, wherever in it.

    Signals:
        edited(str, object, bool): path, stored value, and whether it is one keystroke of many.
        provenance_chosen(str, str, str): path, kind, source.
        section_switched(str, bool): path of a section, and whether it is wanted.
        import_wanted(str): path of a table whose lines shall be taken from a file.
        proposal_wanted(str): path of a table whose lines shall be proposed.
        unfolded(): inputs that were folded away are in view, or the other way round.
    """

    edited = Signal(str, object, bool)
    provenance_chosen = Signal(str, str, str)
    section_switched = Signal(str, bool)
    import_wanted = Signal(str)
    proposal_wanted = Signal(str)
    unfolded = Signal()


class FieldRow:
    """The widgets of one input. A draft that holds nothing new for it costs next to nothing."""

    def __init__(
        self, spec: FieldSpec, offers: Offers, events: FormEvents, grid: QGridLayout, number: int
    ) -> None:
        self.spec = spec
        self._grid, self._line = grid, LINES_OF_A_ROW * number
        self._default = offers.default_of(spec)
        self.editor = self._make_editor(offers)
        self.editor.edited.connect(
            lambda value: events.edited.emit(spec.path, value, self.editor.keystrokes)
        )
        if isinstance(self.editor, RowsEditor):
            self.editor.import_wanted.connect(lambda: events.import_wanted.emit(spec.path))
            self.editor.proposal_wanted.connect(lambda: events.proposal_wanted.emit(spec.path))
        text = _(spec.field.label)
        needed = spec.required or (spec.field.needed is not None and self._default is None)
        self.label = QLabel(_("{label}\u00a0*").format(label=text) if needed else text)
        self.label.setBuddy(self.editor.focus_widget)
        self.label.setToolTip(_(spec.field.help))
        self.label.setWordWrap(True)
        self.label.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.label.setContentsMargins(0, 4, 0, 0)
        self.mark = ProvenanceButton(spec.path, text)
        self.mark.chosen.connect(
            lambda kind, source: events.provenance_chosen.emit(spec.path, kind, source)
        )
        self.problem = QLabel()
        self.problem.setProperty("role", "problem")
        self.problem.setWordWrap(True)
        self.problem.setObjectName(f"problem.{spec.path}")
        self.problem.hide()
        self._visible: bool | None = None
        self._value: Any = _NOTHING_SHOWN
        self._problems: dict[str, str] = {}
        grid.addWidget(self.label, self._line, 0)
        grid.addWidget(self.mark, self._line, 2, Qt.AlignmentFlag.AlignTop)
        self._place_editor()

    def _make_editor(self, offers: Offers) -> FieldEditor:
        spec = self.spec
        if spec.table:
            make = SitesEditor if spec.path == "project.sites" else RowsEditor
            editor: FieldEditor = make(spec, offers.suggest, offers.default_of)
        else:
            editor = make_editor(spec, offers.suggest)
            if self._default is not None:
                editor.show_default(self._default[0])
        grows = QSizePolicy.Policy.Expanding if spec.field.multiline else QSizePolicy.Policy.Fixed
        editor.setSizePolicy(QSizePolicy.Policy.Expanding, grows)
        return editor

    def _place_editor(self) -> None:
        """Put the editor beside its label, or below it over the whole width."""
        grid, line = self._grid, self._line
        self._wide = self.editor.wide
        for widget in (self.editor, self.problem):
            grid.removeWidget(widget)
        if self._wide:
            grid.addWidget(self.editor, line + 1, 0, 1, 3)
            grid.addWidget(self.problem, line + 2, 0, 1, 3)
        else:
            grid.addWidget(self.editor, line, 1, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(self.problem, line + 1, 1, 1, 2)

    def set_visible(self, visible: bool) -> None:
        """Show or hide the whole row."""
        if visible == self._visible:
            return
        self._visible = visible
        for widget in (self.label, self.editor, self.mark):
            widget.setVisible(visible)
        self.problem.setVisible(visible and bool(self._problems))

    def show_document(self, document: Document) -> None:
        """Show what a draft holds for this input."""
        value = value_at(document, self.spec.path)
        if value != self._value or type(value) is not type(self._value):
            self._value = value
            self.editor.show_value(value)
            if self.editor.wide != self._wide:
                self._place_editor()
        kind, source = provenance_at(document, self.spec.path)
        if not kind and value is None and self._default is not None:
            kind, source = "default", self._default[1]
        self.mark.show_provenance(kind, source)

    def show_problems(self, problems: dict[str, str]) -> None:
        """Show what is expected instead, by path: the input's own, or one of a cell of it."""
        if problems == self._problems:
            return
        self._problems = problems
        text = "\n".join(self.editor.problem_lines(problems))
        self.problem.setText(text)
        self.problem.setVisible(bool(self._visible and text))
        self.editor.set_invalid(bool(text), text)

    def tab_stops(self) -> list[QWidget]:
        """Return the widgets the tabulator key stops at, in their order."""
        window = self.editor.window()
        return [
            widget
            for widget in self.editor.findChildren(QWidget)
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            and widget.window() is window
            and not isinstance(widget, QScrollBar)
        ]
