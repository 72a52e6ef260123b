"""What event is put on the book: its kind, its questions, the tracks it is looked for in."""

from dataclasses import replace
from enum import StrEnum
from pathlib import Path

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.finance.case.problems import Problem
from app.finance.fields import FieldSpec
from app.i18n import N_, _, active_language
from app.services.accumulate_choices import wind_curves
from app.services.accumulation_questions import KIND_LABELS, ON_TRACKS, QUESTIONS, EventKind
from app.services.event_desk import question_columns
from app.services.hazard_questions import HazardKind
from app.views.widgets.field_editors import TextEditor
from app.views.widgets.hazard_form import NO_FILE, PATTERNS
from app.views.widgets.question_form import QuestionForm

_FIELD_OF = {"radius": "radius_km", "worst_at": "latitude"}
"""Field of a question by the path of what is refused."""


class CurveName(StrEnum):
    """Kind of an input that is answered by the name of a curve, or not at all."""


def _with_curves(column: FieldSpec) -> FieldSpec:
    """Offer the shipped curves where one is asked for."""
    if column.name != "curve":
        return column
    names = tuple((one.curve_id, one.text("title", active_language())) for one in wind_curves())
    field = replace(
        column.field, choices=names, default_source=N_("none: only index covers are paid")
    )
    return replace(column, field=field, kind=CurveName, default=None)


class AccumulationForm(QuestionForm):
    """A choice of events, the questions of the one chosen, and the button that computes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        columns = {kind: map(_with_curves, question_columns(kind)) for kind in KIND_LABELS}
        super().__init__("event", QUESTIONS, columns, parent)
        self.path: Path | None = None
        self._kept = ""
        self.kinds = QComboBox()
        self.kinds.setObjectName("event.kind")
        label = QLabel(_("&Event"))
        label.setBuddy(self.kinds)
        for kind, text in KIND_LABELS.items():
            self.kinds.addItem(_(text), kind)
        self.kinds.currentIndexChanged.connect(lambda _index: self._show_kind())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(label)
        layout.addWidget(self.kinds)
        layout.addWidget(self._make_tracks())
        layout.addWidget(self._stack, 1)
        layout.addWidget(self._compute)
        self._show_kind()

    def _make_tracks(self) -> QWidget:
        self._choose.clicked.connect(self._ask)
        self._tracks = QWidget()
        row = QHBoxLayout(self._tracks)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._file, 1)
        row.addWidget(self._choose)
        return self._tracks

    @property
    def kind(self) -> EventKind:
        """Return what event is asked for."""
        return EventKind(self.kinds.currentData())

    def choose_kind(self, kind: EventKind) -> None:
        """Ask for another kind of event."""
        self.kinds.setCurrentIndex(self.kinds.findData(kind))

    def _show_kind(self) -> None:
        self._stack.setCurrentIndex(self.kinds.currentIndex())
        self._tracks.setVisible(self.kind in ON_TRACKS)
        text = self.path.name if self.path is not None else self._kept
        self._file.setText(text or _(NO_FILE[HazardKind.TRACKS]))
        self._file.setToolTip(self._file.text())

    def _ask(self) -> None:
        self._ask_file(_("Choose a file of best tracks"), _(PATTERNS[HazardKind.TRACKS]))

    def take_file(self, path: Path) -> None:
        """Look for storms in a file."""
        self.path = path
        self._show_kind()

    def show_kept(self, text: str, storms: dict[str, str]) -> None:
        """Say which tracks are in hand, and offer their storms while a name is typed."""
        self._kept = text
        editor = self.questions[EventKind.STORM].editors["storm"]
        if isinstance(editor, TextEditor):
            editor.offer(storms)
        self._show_kind()

    def _place_of(self, problem: Problem) -> str:
        return _FIELD_OF.get(problem.path, problem.path)
