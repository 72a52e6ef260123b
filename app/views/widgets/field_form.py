"""The form of one section of a case, made from its declarations."""

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QApplication, QScrollArea, QVBoxLayout, QWidget

from app.services.case_file import Document
from app.views.widgets.field_editors import Suggest
from app.views.widgets.field_row import (
    FieldRow,
    FormEvents,
    Offers,
    Published,
    nothing_published,
)
from app.views.widgets.provenance_editor import KEY
from app.views.widgets.section_block import SectionBlock

STEP_MS = 15
"""Milliseconds between two groups of a form that nobody looks at."""


class FieldForm(QScrollArea):
    """All inputs of a section, grouped as they are declared.

    The fields are made when the form is first looked at or asked for them. Until then they are
    made group by group, while nothing else is to be done.

    Signals:
        edited(str, object, bool): path, stored value, and whether it is one keystroke of many.
        provenance_chosen(str, str, str): path, kind, source.
        section_switched(str, bool): path of an optional section, and whether it is wanted.
        import_wanted(str): path of a table whose lines shall be taken from a file.
        proposal_wanted(str): path of a table whose lines shall be proposed.
    """

    edited = Signal(str, object, bool)
    provenance_chosen = Signal(str, str, str)
    section_switched = Signal(str, bool)
    import_wanted = Signal(str)
    proposal_wanted = Signal(str)

    def __init__(
        self,
        section: str,
        suggest: Suggest,
        published: Published = nothing_published,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self._rows: dict[str, FieldRow] = {}
        self._blocks: dict[str, SectionBlock] = {}
        self._texts: dict[str, str] = {}
        self._problem_places: set[str] = set()
        self._steps: Iterator[None] | None = None
        self._filled = False
        self._made = 0
        self._stepping = QTimer(self)
        self._stepping.setInterval(STEP_MS)
        self._stepping.timeout.connect(self._step)
        events = FormEvents(self)
        events.edited.connect(self.edited)
        events.provenance_chosen.connect(self.provenance_chosen)
        events.section_switched.connect(self.section_switched)
        events.import_wanted.connect(self.import_wanted)
        events.proposal_wanted.connect(self.proposal_wanted)
        events.unfolded.connect(self._order_tabs)
        body = QWidget()
        layout = QVBoxLayout(body)
        layout.setContentsMargins(14, 6, 10, 14)
        self._top = SectionBlock(
            section, Offers(suggest, published), events, self._rows, self._blocks
        )
        layout.addWidget(self._top)
        if section:
            layout.addStretch(1)
        self.setWidget(body)
        ask = QShortcut(QKeySequence(KEY), self)
        ask.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        ask.activated.connect(self._ask_provenance)

    @property
    def rows(self) -> dict[str, FieldRow]:
        """The rows of the draft by path of the input."""
        self._settle()
        return self._rows

    @property
    def blocks(self) -> dict[str, SectionBlock]:
        """The sections of the draft by path."""
        self._settle()
        return self._blocks

    def show_document(self, document: Document) -> None:
        """Show a draft: values, provenance, and only the fields that apply."""
        self._steps = self._top.showing(document)
        if self.isVisible() or self._filled:
            self._settle()
        else:
            self._stepping.start()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Show what is still to be shown."""
        self._settle()
        super().showEvent(event)

    def _step(self) -> None:
        """Show the next group; after the last one what is wrong."""
        if self._steps is not None and next(self._steps, self) is self:
            self._settle()

    def _settle(self) -> None:
        """Show all that is still to be shown."""
        if self._steps is None:
            return
        for _group in self._steps:
            pass
        self._steps, self._filled = None, True
        self._stepping.stop()
        if len(self._rows) + len(self._blocks) != self._made:
            self._order_tabs()
        self._show_problems()

    def _order_tabs(self) -> None:
        """Let the tabulator key enter the fields from the form, and leave them behind the last."""
        self._made = len(self._rows) + len(self._blocks)
        for before, after in pairwise((self, *self._top.tab_stops())):
            QWidget.setTabOrder(before, after)

    def _reveal(self, place: str) -> None:
        """Show the input of a problem or of a link when it is folded away."""
        made = len(self._rows)
        self._top.reveal(place)
        if len(self._rows) != made:
            self._order_tabs()

    def is_shown(self, path: str) -> bool:
        """Whether an input is asked for in the draft that is shown."""
        row = self.rows.get(path)
        return row is not None and row.editor.isVisibleTo(self)

    def show_problems(self, texts: dict[str, str]) -> None:
        """Show each problem beside its field, its table or its section."""
        self._texts = texts
        if self._steps is None:
            self._show_problems()

    def _show_problems(self) -> None:
        found: dict[str, dict[str, str]] = {}
        for place, text in self._texts.items():
            self._reveal(place)
            found.setdefault(self._owner(place), {})[place] = text
        for path in self._problem_places | set(found):
            problems = found.get(path, {})
            if path in self._rows:
                self._rows[path].show_problems(problems)
            elif path in self._blocks:
                self._blocks[path].show_problem("\n".join(problems.values()))
        self._problem_places = set(found)

    def _owner(self, place: str) -> str:
        """Return the path of the row or section that shows a problem of `place`."""
        path = place
        while path and path not in self._rows and path not in self._blocks:
            path = path.rpartition(".")[0]
        return path

    def _ask_provenance(self) -> None:
        """Open the mark of the field that has the focus."""
        focused = QApplication.focusWidget()
        for row in self.rows.values():
            if focused is not None and row.editor.isAncestorOf(focused):
                row.mark.ask()
                return

    def focus_field(self, path: str) -> bool:
        """Bring a field into view and give it the focus; False when it is not here."""
        self._settle()
        self._reveal(path)
        owner = self._owner(path)
        if owner in self._rows:
            editor = self._rows[owner].editor
            self._bring_into_view(editor)
            editor.focus_place(path)
            return True
        switch = self._blocks[owner].switch if owner in self._blocks else None
        if switch is None:
            return False
        self._bring_into_view(switch)
        switch.setFocus()
        return True

    def _bring_into_view(self, widget: QWidget) -> None:
        """Scroll to a widget; once more when widgets that were just made have their places."""
        self.ensureWidgetVisible(widget)
        QTimer.singleShot(0, widget, lambda: self.ensureWidgetVisible(widget))
