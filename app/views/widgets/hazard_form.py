"""What is asked of hazard data: which kind of file, which one, and the choices for it."""

from dataclasses import replace
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QPushButton,
    QRadioButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.finance.case.problems import Problem
from app.finance.fields import FieldSpec
from app.i18n import N_, _, active_language
from app.reference.storms import load_storm_places
from app.services.draft import table_columns
from app.services.hazard_questions import (
    FIELD_OF,
    KIND_LABELS,
    QUESTIONS,
    HazardKind,
    WindsAs,
    question_table,
)
from app.services.hazard_typed import nearest_place
from app.views.widgets.question_form import QuestionForm

SITES_HEIGHT = 84

PATTERNS = {
    HazardKind.TRACKS: N_("Best tracks: IBTrACS CSV, CMA text (*.csv *.txt)"),
    HazardKind.STATION: N_("Tables of days (*.csv *.txt)"),
    HazardKind.TIDES: N_("Tables of red tides (*.csv *.txt)"),
}
NO_FILE = {
    HazardKind.TRACKS: N_("No track file yet"),
    HazardKind.STATION: N_("No station file yet"),
    HazardKind.TIDES: N_("No file of bulletins yet"),
}


class PlaceName(StrEnum):
    """Kind of an input that is answered by a place of the shipped table."""


def _with_places(column: FieldSpec) -> FieldSpec:
    """Offer the places of the shipped table where one is asked for."""
    if column.name != "place":
        return column
    names = tuple((one.place, one.text("place", active_language())) for one in load_storm_places())
    return replace(column, field=replace(column.field, choices=names), kind=PlaceName)


class HazardForm(QuestionForm):
    """Kind, file and questions on top of each other, and the button that computes.

    Signals:
        file_chosen(): another file, or another kind of file.
    """

    file_chosen = Signal()

    def __init__(self, sites: str, parent: QWidget | None = None) -> None:
        columns = {
            kind: map(_with_places, table_columns(question_table(question)))
            for kind, question in QUESTIONS.items()
        }
        super().__init__("hazard", QUESTIONS, columns, parent)
        self.paths: dict[HazardKind, Path] = {}
        self._known = ""
        for fields in self.questions.values():
            fields.changed.connect(self._show_exposure)
        storms = self.questions[HazardKind.TRACKS]
        sites_editor = storms.editors["sites"]
        sites_editor.setFixedHeight(SITES_HEIGHT)
        sites_editor.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        if sites:
            storms.fill({"sites": sites})
            self.questions[HazardKind.PLACES].fill({"place": nearest_place(sites)})
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self._add_kinds(layout)
        self._add_file(layout)
        layout.addWidget(self._stack, 1)
        layout.addWidget(self._compute)
        self._show_exposure()
        self._show_kind()

    def _add_kinds(self, layout: QVBoxLayout) -> None:
        self._kinds = QButtonGroup(self)
        for number, (kind, label) in enumerate(KIND_LABELS.items()):
            button = QRadioButton(_(label))
            button.setObjectName(f"hazard.kind.{kind.value}")
            button.setChecked(kind is HazardKind.TRACKS)
            self._kinds.addButton(button, number)
            layout.addWidget(button)
        self._kinds.idClicked.connect(lambda _number: self._kind_chosen())

    def _add_file(self, layout: QVBoxLayout) -> None:
        self._folder = QPushButton(_("F&older of the CMA…"))
        self._folder.setObjectName("hazard.folder")
        self._folder.setToolTip(_("A folder with the yearly texts CHyyyyBST.txt"))
        self._folder.setAutoDefault(False)
        self._choose.clicked.connect(lambda: self._ask(folder=False))
        self._folder.clicked.connect(lambda: self._ask(folder=True))
        buttons = QHBoxLayout()
        buttons.addWidget(self._choose)
        buttons.addWidget(self._folder)
        buttons.addStretch(1)
        layout.addWidget(self._file)
        layout.addLayout(buttons)

    @property
    def kind(self) -> HazardKind:
        """Return what kind of file is looked at."""
        return tuple(KIND_LABELS)[self._kinds.checkedId()]

    def choose_kind(self, kind: HazardKind) -> None:
        """Look at another kind of file."""
        self._kinds.button(tuple(KIND_LABELS).index(kind)).setChecked(True)
        self._kind_chosen()

    def _kind_chosen(self) -> None:
        self._show_kind()
        self.file_chosen.emit()

    def _show_kind(self) -> None:
        kind = self.kind
        self._stack.setCurrentIndex(tuple(KIND_LABELS).index(kind))
        self._folder.setVisible(kind is HazardKind.TRACKS)
        for widget in (self._file, self._choose):
            widget.setVisible(kind in NO_FILE)
        path = self.paths.get(kind)
        kept = self._known if kind is HazardKind.TRACKS else ""
        text = path.name if path is not None else kept or _(NO_FILE.get(kind, ""))
        self._file.setText(text)
        self._file.setToolTip(str(path) if path is not None else text)

    def _ask(self, *, folder: bool) -> None:
        pattern = _(PATTERNS[self.kind])
        self._ask_file(_("Choose a file of hazard data"), pattern, folder=folder)

    def take_file(self, path: Path) -> None:
        """Look into a file, or a folder of yearly texts."""
        self.paths[self.kind] = path
        self._show_kind()
        self.file_chosen.emit()

    def show_kept(self, text: str) -> None:
        """Say which tracks were read before; they count while no file is chosen."""
        self._known = text
        self._show_kind()

    def _show_exposure(self) -> None:
        """Ask for the surroundings only where winds are turned into another averaging time."""
        for kind in (HazardKind.TRACKS, HazardKind.PLACES):
            fields = self.questions.get(kind)
            if fields is not None:
                held = fields.row().get("averaging", WindsAs.FILE.value)
                fields.offer("exposure", on=held != WindsAs.FILE.value)

    def _place_of(self, problem: Problem) -> str:
        return FIELD_OF.get(problem.code, problem.path)
