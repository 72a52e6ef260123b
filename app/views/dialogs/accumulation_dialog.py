"""One event on the whole book: what insurers pay and lenders lose, on a map and in tables."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QSplitter, QWidget

from app.finance.insurance.accumulation_results import Accumulation
from app.i18n import N_, _, active_language, translator
from app.services.accumulation_questions import BookQuestion
from app.services.event_desk import EventDesk, storm_names
from app.services.hazard_source import TrackFile
from app.views.dialogs.asking_dialog import SIZE, AskingDialog
from app.views.jobs import Jobs
from app.views.widgets.accumulation_findings import event_finding, hits_of
from app.views.widgets.accumulation_form import AccumulationForm
from app.views.widgets.event_map import EventMap
from app.views.widgets.findings_view import FindingsView
from app.views.widgets.work_status import Progress, WorkStatus

if TYPE_CHECKING:
    from app.services.workbench import Workbench

FORM_WIDTH, MAP_HEIGHT, LEAST_MAP = 370, 270, 140
EMPTY = N_(
    "Choose an event and compute: every policy in force and every pledged loan of the book is put "
    "under it at once.\n\nThe reported event needs nothing else. A storm is looked for in a file "
    "of best tracks (IBTrACS v04 CSV of the basin, or best tracks of the China Meteorological "
    "Administration); the file read last is kept."
)
NOBODY = N_(
    "No policy is in force on this day and no loan has debt. Choose another day, or enter cases."
)


Answer = tuple[Accumulation, TrackFile | None]
"""The book under the event, and the tracks in hand then."""


class AccumulationDialog(AskingDialog):
    """The event on the left; map, totals and tables on the right.

    What was read is kept, so that another event costs little.

    Signals:
        open_case(str): id of the case a person wants to see.
    """

    open_case = Signal(str)
    form: AccumulationForm

    def __init__(self, workbench: "Workbench", jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(
            AccumulationForm(),
            WorkStatus("event", _("Lines read, then cases done"), jobs),
            FindingsView("event", _(EMPTY)),
            parent,
        )
        self.setObjectName("accumulation")
        self.setWindowTitle(_("One event, whole book"))
        self._jobs = jobs
        self._desk = EventDesk(workbench)
        self._found: Accumulation | None = None
        self.map = EventMap()
        self.map.setMinimumHeight(LEAST_MAP)
        self.map.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.map.hide()
        self.findings.opened.connect(self._open)
        right = QSplitter(Qt.Orientation.Vertical)
        right.addWidget(self.map)
        right.addWidget(self.findings)
        right.setStretchFactor(1, 1)
        right.setSizes([MAP_HEIGHT, SIZE[1] - MAP_HEIGHT])
        hint = _("Double-click a case, or press Enter on it, to open it.")
        self._lay_out(right, FORM_WIDTH, self._make_foot("event", hint))

    def start(self) -> None:
        """Show the dialog and look for the tracks that were kept."""
        self._open_with(self._desk.shelf, self._jobs)

    def _say_kept(self, text: str, found: TrackFile) -> None:
        self.form.show_kept(text, storm_names(found))

    def compute(self) -> None:
        """Put the event on the book."""

        def work_of(question: BookQuestion) -> Callable[[Progress], Answer]:
            path = self.form.path

            def work(progress: Progress) -> Answer:
                return self._desk.answer(question, path, progress), self._desk.shelf.held

            return work

        self._answer(work_of, self._done, _("Reading the book…"))

    def _done(self, answer: Answer) -> None:
        found, tracks = answer
        self._found = found
        self._show_kept(tracks)
        self.map.show_event(found)
        self.map.setVisible(any(one.case.places for one in found.hits))
        if not (found.hits or found.unplaced or found.not_in_force or found.not_read):
            self.findings.show_empty(_(NOBODY))
            return
        tr = translator(active_language())
        self.findings.show_findings([event_finding(found, tr, self.findings.room())])

    def _open(self, title: str, row: int) -> None:
        """Open the case of a line of a table of cases; the line of the sums is none."""
        if self._found is None:
            return
        hits = hits_of(self._found, title)
        if row < len(hits):
            self.accept()
            self.open_case.emit(hits[row].case.case_id)
