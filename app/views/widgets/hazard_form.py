"""What is asked of hazard data: which kind of file, which one, and the choices for it."""

from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFileDialog,
    QHBoxLayout,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.finance.fields import FieldSpec
from app.i18n import N_, _, active_language
from app.reference.storms import load_storm_places
from app.services.case_file import CaseRefused, read_line
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
from app.views.widgets.elided_label import ElidedLabel
from app.views.widgets.line_fields import LineFields

SITES_HEIGHT = 84
BAR = 14
"""Pixels of a scroll bar."""

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


class HazardForm(QWidget):
    """Kind, file and questions on top of each other, and the button that computes.

    Signals:
        asked(): compute with what is entered.
        file_chosen(): another file, or another kind of file.
    """

    asked = Signal()
    file_chosen = Signal()

    def __init__(self, sites: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.paths: dict[HazardKind, Path] = {}
        self._known = ""
        self.questions: dict[HazardKind, LineFields] = {}
        self._stack = QStackedWidget()
        for kind, question in QUESTIONS.items():
            columns = map(_with_places, table_columns(question_table(question)))
            fields = LineFields(columns, pairs=1)
            fields.changed.connect(self._show_exposure)
            self.questions[kind] = fields
            self._stack.addWidget(self._scrolled(fields))
        storms = self.questions[HazardKind.TRACKS]
        sites_editor = storms.editors["sites"]
        sites_editor.setFixedHeight(SITES_HEIGHT)
        sites_editor.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        if sites:
            storms.fill({"sites": sites})
            self.questions[HazardKind.PLACES].fill({"place": nearest_place(sites)})
        self._compute = QPushButton(_("Compute"))
        self._compute.setObjectName("hazard.compute")
        self._compute.setProperty("primary", True)
        self._compute.setDefault(True)
        self._compute.clicked.connect(self.asked)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self._add_kinds(layout)
        self._add_file(layout)
        layout.addWidget(self._stack, 1)
        layout.addWidget(self._compute)
        self._show_exposure()
        self._show_kind()

    def _scrolled(self, fields: QWidget) -> QScrollArea:
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(fields)
        area.setMinimumWidth(fields.minimumSizeHint().width() + BAR)
        return area

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
        self._file = ElidedLabel()
        self._file.setObjectName("hazard.file")
        self._choose = choose = QPushButton(_("Choose a &file…"))
        choose.setObjectName("hazard.choose")
        self._folder = QPushButton(_("F&older of the CMA…"))
        self._folder.setObjectName("hazard.folder")
        self._folder.setToolTip(_("A folder with the yearly texts CHyyyyBST.txt"))
        for button in (choose, self._folder):
            button.setAutoDefault(False)
        choose.clicked.connect(lambda: self._ask(folder=False))
        self._folder.clicked.connect(lambda: self._ask(folder=True))
        buttons = QHBoxLayout()
        buttons.addWidget(choose)
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
        dialog = QFileDialog(self, _("Choose a file of hazard data"))
        dialog.setObjectName("hazard.files")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if folder:
            dialog.setFileMode(QFileDialog.FileMode.Directory)
        else:
            dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
            dialog.setNameFilters([_(PATTERNS[self.kind]), _("All files (*)")])
        dialog.fileSelected.connect(lambda name: self.take_file(Path(name)))
        dialog.open()

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
        """Say beside a field what a study expects of it; return what belongs to none."""
        fields = self.questions[self.kind]
        placed = [
            replace(problem, path=FIELD_OF.get(problem.code, problem.path))
            for problem in refused.problems
        ]
        return fields.show_refused(CaseRefused(placed))
