"""Storms near the sites of a case, station series, red tides: studied, and taken into the draft."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.finance.case.cover.index_tables import Measure
from app.i18n import N_, _, active_language, translator
from app.services.case_file import CaseRefused, Document
from app.services.hazard_desk import HazardDesk, Study
from app.services.hazard_inputs import EVENTS, INDEX, PERILS, with_readings
from app.services.hazard_questions import HazardKind
from app.services.hazard_source import TrackFile
from app.services.hazard_taken import (
    WINDS,
    with_series_as_history,
    with_storms_as_events,
    with_storms_as_peril,
    with_table_as_peril,
    with_tides_as_history,
)
from app.services.hazard_typed import sites_text
from app.views.dialogs.asking_dialog import AskingDialog
from app.views.jobs import Jobs
from app.views.widgets.findings_view import FindingsView
from app.views.widgets.hazard_findings import Finding, FindingsWriter
from app.views.widgets.hazard_form import HazardForm
from app.views.widgets.hazard_taking import HazardTaking, Subject
from app.views.widgets.work_status import Progress, WorkStatus

FORM_WIDTH = 390

EMPTY = {
    HazardKind.TRACKS: N_(
        "Choose a file of best tracks and compute.\n\nIBTrACS v04: the CSV of the basin from the "
        "National Centers for Environmental Information of NOAA (Western Pacific: "
        "ibtracs.WP.list.v04r01.csv).\nChina Meteorological Administration: tropical cyclone best "
        "tracks, the yearly texts CHyyyyBST.txt or their folder, from its Tropical Cyclone Data "
        "Center.\n\nThe file read last is kept. The program works without one too: frequency and "
        "damage are then taken from the shipped table of storms, or entered."
    ),
    HazardKind.STATION: N_(
        "Choose a table of days and compute.\n\nOne line a day: date, station, and measures such "
        "as max wind (m/s), gust, tmax, tmin, rain (mm), salinity, wave height, sea temperature; "
        "headings in English or Chinese, units in brackets. CSV or text from the weather service "
        "or an own buoy."
    ),
    HazardKind.TIDES: N_(
        "Choose a table of red tides and compute.\n\nOne line a red tide: first day, last day, "
        "place, area (km²), toxic, species; headings in English or Chinese, as they stand in the "
        "bulletins of the marine authorities. A year without a line counts as a year without a "
        "red tide."
    ),
    HazardKind.PLACES: N_(
        "Choose a place and compute.\n\nThe program ships the number of storms and the law of "
        "their wind at places of the Chinese coast, counted from best tracks. It stands in for a "
        "file and says so in the draft."
    ),
}


@dataclass(frozen=True, slots=True)
class Draft:
    """The draft that a study is for: what it holds, and how a change is made in one step."""

    held: Callable[[], Document]
    change: Callable[[str, Document], None]


def _subject(study: Study, number: int) -> Subject:
    """Return what a finding of a study is of."""
    if study.report is not None:
        site = study.report.sites[number].site
        winds = study.report.averaging.value
        return Subject(True, True, site.name, winds, WINDS)
    if study.series:
        series = study.series[number]
        return Subject(True, False, series.station, "", (series.measure,))
    if study.place is not None:
        return Subject(True, True, "", study.place.averaging.value, counted=False)
    return Subject(True, False, "", "", (Measure.RED_TIDE_AREA,))


class HazardDialog(AskingDialog):
    """Questions on the left, findings on the right, below them what they can become."""

    form: HazardForm

    def __init__(
        self, desk: HazardDesk, jobs: Jobs, draft: Draft, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            HazardForm(sites_text(draft.held())),
            WorkStatus("hazard", _("Lines read, then sites done"), jobs),
            FindingsView("hazard", _(EMPTY[HazardKind.TRACKS])),
            parent,
        )
        self.setObjectName("hazard")
        self.setWindowTitle(_("Storms and stations"))
        self._desk, self._jobs, self._draft = desk, jobs, draft
        self._studies: dict[HazardKind, Study] = {}
        self._shown = 0
        self.form.file_chosen.connect(self._show_kind)
        self.findings.turned.connect(self._turned)
        self.taking = HazardTaking()
        self.taking.peril_wanted.connect(self._take_peril)
        self.taking.events_wanted.connect(self._take_events)
        self.taking.history_wanted.connect(self._take_history)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.findings, 1)
        column.addWidget(self.taking)
        hint = _("Each takeover is one step of undo and says which file and choices it comes from.")
        self._lay_out(right, FORM_WIDTH, self._make_foot("hazard", hint))
        self.taking.show_draft(draft.held())
        self._show_kind()

    def start(self) -> None:
        """Show the dialog and look for the tracks that were kept."""
        self._open_with(self._desk.shelf, self._jobs)

    def _say_kept(self, text: str, found: TrackFile) -> None:
        self.form.show_kept(text)

    def _show_kind(self) -> None:
        """Show what was found in files of the kind that is looked at."""
        kind = self.form.kind
        self.status.show_problem("")
        self.status.tell("")
        study = self._studies.get(kind)
        if study is None:
            self.findings.show_empty(_(EMPTY[kind]))
            storms = kind in (HazardKind.TRACKS, HazardKind.PLACES)
            self.taking.show_study(Subject(storms=storms))
        else:
            self._show(study)

    def compute(self) -> None:
        """Study the file with what is entered."""

        def work_of(question: Any) -> Callable[[Progress], Study]:
            path = self.form.paths.get(self.form.kind)
            return lambda progress: self._desk.study(question, path, progress)

        self._answer(work_of, self._done, _("Reading and computing…"))

    def _done(self, study: Study) -> None:
        self._studies[study.kind] = study
        self._show(study)

    def _show(self, study: Study) -> None:
        if study.kind is not self.form.kind:
            return
        self.findings.show_findings(self._findings(study))

    def _findings(self, study: Study) -> tuple[Finding, ...]:
        writer = FindingsWriter(translator(active_language()), self.findings.room())
        if study.report is not None:
            return writer.storms(study.report)
        if study.place is not None:
            return writer.place(study.place)
        if study.tides is not None and study.bulletins is not None:
            return writer.tides(study.bulletins.file, study.tides)
        return writer.series(study.series)

    def _turned(self, number: int) -> None:
        """Offer what the finding in front can become."""
        self._shown = number
        study = self._studies[self.form.kind]
        self.taking.show_study(_subject(study, number))

    def _take_peril(self) -> None:
        def changed(document: Document, study: Study) -> Document | None:
            curve, report = self.taking.curve(), study.report
            tr = translator(active_language())
            if curve is not None and study.place is not None:
                return with_table_as_peril(document, study.place, curve, tr)
            if curve is None or report is None:
                return None
            return with_storms_as_peril(document, report, report.sites[self._shown], curve, tr)

        self._take(PERILS, changed)

    def _take_events(self) -> None:
        def changed(document: Document, study: Study) -> Document | None:
            curve, report = self.taking.curve(), study.report
            if curve is None or report is None:
                return None
            return with_storms_as_events(document, report, curve, translator(active_language()))

        self._take(EVENTS, changed)

    def _take_history(self) -> None:
        def changed(document: Document, study: Study) -> Document | None:
            tr = translator(active_language())
            trigger, station = self.taking.trigger(), self.taking.station()
            if study.report is not None:
                hazard = study.report.sites[self._shown]
                return with_readings(
                    document, study.report, hazard, trigger=trigger, station=station, tr=tr
                )
            if study.tides is not None and study.bulletins is not None:
                years = study.tides.study.years
                return with_tides_as_history(
                    document, study.bulletins, years, trigger=trigger, station=station, tr=tr
                )
            if study.stations is None:
                return None
            series = study.series[self._shown]
            return with_series_as_history(
                document, study.stations, series, trigger=trigger, station=station, tr=tr
            )

        self._take(INDEX, changed)

    def _take(self, path: str, changed: Callable[[Document, Study], Document | None]) -> None:
        """Change the draft in one step; say what was refused, or that it was done."""
        study = self._studies.get(self.form.kind)
        if study is None:
            return
        self.status.show_problem("")
        try:
            after = changed(self._draft.held(), study)
        except CaseRefused as refused:
            self.status.tell("")
            self.status.show_refused(refused)
            return
        if after is None:
            self.status.show_problem(_("Choose a damage curve first."))
            return
        self._draft.change(f"hazard {path}", after)
        self.taking.show_draft(after)
        self._turned(self._shown)
        self.status.tell(_("Taken into the draft. Undo takes it back."))
