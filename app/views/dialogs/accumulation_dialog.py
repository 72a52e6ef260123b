"""One event on the whole book: what insurers pay and lenders lose, on a map and in tables."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from app.finance.errors import DomainError
from app.finance.insurance.accumulation_results import Accumulation
from app.i18n import N_, _, active_language, translator
from app.messages import domain_problem
from app.services.case_file import CaseRefused
from app.services.event_desk import EventDesk, storm_names
from app.services.hazard_source import TrackFile
from app.views.jobs import Jobs
from app.views.widgets.accumulation_findings import event_finding, hits_of
from app.views.widgets.accumulation_form import AccumulationForm
from app.views.widgets.event_map import EventMap
from app.views.widgets.findings_view import FindingsView
from app.views.widgets.window_size import fit_screen
from app.views.widgets.work_status import Progress, WorkStatus

if TYPE_CHECKING:
    from app.services.workbench import Workbench

SIZE = (1240, 760)
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


class AccumulationDialog(QDialog):
    """The event on the left; map, totals and tables on the right.

    The worker reads; it stops when asked, when something else is asked for, and when the dialog
    is left. What was read is kept, so that another event costs little.

    Signals:
        open_case(str): id of the case a person wants to see.
    """

    open_case = Signal(str)

    def __init__(self, workbench: "Workbench", jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("accumulation")
        self.setWindowTitle(_("One event, whole book"))
        self._jobs = jobs
        self._desk = EventDesk(workbench)
        self._found: Accumulation | None = None
        self.form = AccumulationForm()
        self.form.asked.connect(self.compute)
        self.status = WorkStatus("event", _("Lines read, then cases done"), jobs)
        self.map = EventMap()
        self.map.setMinimumHeight(LEAST_MAP)
        self.map.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.map.hide()
        self.findings = FindingsView("event", _(EMPTY))
        self.findings.copied.connect(self.status.tell)
        self.findings.opened.connect(self._open)
        right = QSplitter(Qt.Orientation.Vertical)
        right.addWidget(self.map)
        right.addWidget(self.findings)
        right.setStretchFactor(1, 1)
        right.setSizes([MAP_HEIGHT, SIZE[1] - MAP_HEIGHT])
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.addWidget(self.form)
        splitter.addWidget(right)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([FORM_WIDTH, SIZE[0] - FORM_WIDTH])
        layout = QVBoxLayout(self)
        layout.addWidget(splitter, 1)
        layout.addWidget(self.status)
        layout.addLayout(self._make_foot())
        fit_screen(self, SIZE)

    def _make_foot(self) -> QHBoxLayout:
        hint = QLabel(_("Double-click a case, or press Enter on it, to open it."))
        hint.setProperty("role", "hint")
        hint.setWordWrap(True)
        close = QPushButton(_("Close"))
        close.setObjectName("event.close")
        close.setAutoDefault(False)
        close.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.addWidget(hint, 1)
        foot.addWidget(close)
        return foot

    def start(self) -> None:
        """Show the dialog and look for the tracks that were kept."""
        self.open()
        self._jobs.run(self._desk.shelf.kept, owner=self, done=self._show_kept)

    def _show_kept(self, found: TrackFile | None) -> None:
        if found is None:
            return
        text = _("{file} (read before, {first} to {last})").format(
            file=found.file, first=found.first_year, last=found.last_year
        )
        self.form.show_kept(text, storm_names(found))

    def compute(self) -> None:
        """Put the event on the book."""
        try:
            question = self.form.answer()
        except CaseRefused:
            self.status.show_problem(_("See the fields in red: they say what is expected."))
            return
        path = self.form.path

        def work(progress: Progress) -> tuple[Accumulation, TrackFile | None]:
            try:
                found = self._desk.answer(question, path, progress)
            except DomainError as error:
                raise CaseRefused([domain_problem(error)]) from error
            return found, self._desk.shelf.held

        self.status.run(
            work, self._done, saying=_("Reading the book…"), refused=self.form.show_refused
        )

    def _done(self, answer: tuple[Accumulation, TrackFile | None]) -> None:
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

    def done(self, code: int) -> None:
        """Leave; what is being read is let go."""
        self.status.leave()
        super().done(code)
