"""What event is put on the book: its kind, its questions, the tracks it is looked for in."""

from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.finance.fields import FieldSpec
from app.i18n import N_, _, active_language
from app.services.accumulate_choices import wind_curves
from app.services.accumulation_questions import (
    KIND_LABELS,
    ON_TRACKS,
    QUESTIONS,
    EventKind,
)
from app.services.case_file import CaseRefused, read_line
from app.services.event_desk import question_columns
from app.services.hazard_questions import HazardKind, question_table
from app.views.widgets.elided_label import ElidedLabel
from app.views.widgets.field_editors import TextEditor
from app.views.widgets.hazard_form import BAR, NO_FILE, PATTERNS
from app.views.widgets.line_fields import LineFields

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


class AccumulationForm(QWidget):
    """A choice of events, the questions of the one chosen, and the button that computes.

    Signals:
        asked(): compute with what is entered.
    """

    asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.path: Path | None = None
        self._kept = ""
        self.questions: dict[EventKind, LineFields] = {}
        self.kinds = QComboBox()
        self.kinds.setObjectName("event.kind")
        label = QLabel(_("&Event"))
        label.setBuddy(self.kinds)
        self._stack = QStackedWidget()
        for kind, text in KIND_LABELS.items():
            self.kinds.addItem(_(text), kind)
            fields = LineFields(map(_with_curves, question_columns(kind)), pairs=1)
            self.questions[kind] = fields
            area = QScrollArea()
            area.setWidgetResizable(True)
            area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            area.setWidget(fields)
            area.setMinimumWidth(fields.minimumSizeHint().width() + BAR)
            self._stack.addWidget(area)
        self.kinds.currentIndexChanged.connect(lambda _index: self._show_kind())
        compute = QPushButton(_("Compute"))
        compute.setObjectName("event.compute")
        compute.setProperty("primary", True)
        compute.setDefault(True)
        compute.clicked.connect(self.asked)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(label)
        layout.addWidget(self.kinds)
        layout.addWidget(self._make_tracks())
        layout.addWidget(self._stack, 1)
        layout.addWidget(compute)
        self._show_kind()

    def _make_tracks(self) -> QWidget:
        self._file = ElidedLabel()
        self._file.setObjectName("event.file")
        choose = QPushButton(_("Choose a &file…"))
        choose.setObjectName("event.choose")
        choose.setAutoDefault(False)
        choose.clicked.connect(self._ask)
        self._tracks = QWidget()
        row = QHBoxLayout(self._tracks)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._file, 1)
        row.addWidget(choose)
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
        dialog = QFileDialog(self, _("Choose a file of best tracks"))
        dialog.setObjectName("event.files")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([_(PATTERNS[HazardKind.TRACKS]), _("All files (*)")])
        dialog.fileSelected.connect(lambda name: self.take_file(Path(name)))
        dialog.open()

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

    def answer(self) -> Any:
        """Return the question as it is entered.

        Raises:
            CaseRefused: what is wrong stands beside its field already.
        """
        fields = self.questions[self.kind]
        try:
            fields.clear_problems()
            return read_line(question_table(QUESTIONS[self.kind]), fields.row())
        except CaseRefused as refused:
            fields.show_refused(refused)
            raise

    def show_refused(self, refused: CaseRefused) -> list[str]:
        """Say beside a field what is expected of it; return what belongs to none."""
        placed = [
            replace(problem, path=_FIELD_OF.get(problem.path, problem.path))
            for problem in refused.problems
        ]
        return self.questions[self.kind].show_refused(CaseRefused(placed))
