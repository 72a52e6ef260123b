"""The page of one case: form on the left, live results on the right."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import shiboken6
from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QUndoStack
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMessageBox,
    QPushButton,
    QSplitter,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from app.finance.case.problems import Problem
from app.i18n import _, active_language, translator
from app.messages import expected_text
from app.reference.market_data import MarketRecord
from app.services.case_file import CaseRefused, Document
from app.services.draft import is_open, new_document, value_at, with_provenance, with_value
from app.services.estimated_inputs import SIMULATION
from app.services.ports import StorageProblem
from app.services.storage_text import storage_text
from app.services.workbench import Computed
from app.views.case_output import CaseOutput
from app.views.jobs import Jobs
from app.views.range_drawer import RangeDrawer
from app.views.value_actions import ValueActions
from app.views.widgets.draft_commands import ChangeDraft
from app.views.widgets.elided_label import ElidedLabel
from app.views.widgets.field_form import FieldForm
from app.views.widgets.insurance_parts import DEEDS
from app.views.widgets.market_choice import COMPARABLES
from app.views.widgets.market_choice import PATHS as EVIDENCE_PATHS
from app.views.widgets.needed_html import needed_html
from app.views.widgets.results_panel import ResultsPanel
from app.views.widgets.suggestions import Suggestions

if TYPE_CHECKING:
    from app.finance.engine import Results
    from app.services.workbench import Workbench
    from app.views.widgets.market_series import SeriesModel

RECALCULATE_MS = 30
SECTIONS = ("project", "appraisal", "loan", "insurance", "")


class CasePage(QWidget):
    """One case being entered. Every change goes through the undo stack.

    Signals:
        saved(str): id of the case that was stored.
        title_changed(str): name of the case, with a mark while it is unsaved.
        issued(): a document was filed.
        series_wanted(): the price series of the market book shall be shown.
    """

    saved = Signal(str)
    title_changed = Signal(str)
    issued = Signal()
    series_wanted = Signal()

    def __init__(
        self,
        workbench: "Workbench",
        jobs: Jobs,
        *,
        case_id: str | None,
        version: int | None,
        document: Document,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._workbench = workbench
        self._jobs = jobs
        self.case_id = case_id
        self.version = version
        self.newest = version  # what the next version is saved after
        self.document = document or new_document()
        self.undo_stack = stack = QUndoStack()
        self.destroyed.connect(lambda: shiboken6.isValid(stack) and stack.blockSignals(True))
        self.undo_stack.cleanChanged.connect(self._clean_changed)
        self.computed: Computed | None = None
        self._save_tried = False
        self.suggest = Suggestions(workbench.reference, lambda: self.document)
        self.output = CaseOutput(self, workbench, jobs)
        self.output.issued.connect(self.issued)
        self._range = RangeDrawer(workbench, jobs, self)
        self._range.drawn.connect(self._show_drawn)
        self._range.progressed.connect(self._show_progress)
        self.valuing = ValueActions(self, workbench, jobs)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(RECALCULATE_MS)
        self._timer.timeout.connect(self.recalculate)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(10, 8, 10, 8)
        self._build()
        self.recalculate()

    def _build(self) -> None:
        self.forms: dict[str, FieldForm] = {}
        self._name = ElidedLabel()
        self._name.setProperty("role", "title")
        self._state = QLabel()
        self._state.setProperty("role", "state")
        self._state.setObjectName("state")
        head = QHBoxLayout()
        head.addWidget(self._name, 1)
        head.addWidget(self._state)
        for text, slot, primary in (
            (_("Preview"), self.output.preview_pdf, False),
            (_("Export PDF…"), self.output.export_pdf, False),
            (_("Approve…"), self.output.approve, False),
            (_("Save"), self.save, True),
        ):
            button = QPushButton(text)
            button.setProperty("primary", primary)
            button.clicked.connect(slot)
            head.addWidget(button)
        self._tabs = QTabWidget()
        for section, title in zip(SECTIONS, self._section_titles(), strict=True):
            form = FieldForm(section, self.suggest.names, self.suggest.published)
            form.edited.connect(self._edited)
            form.provenance_chosen.connect(self._provenance_chosen)
            form.section_switched.connect(self._section_switched)
            form.import_wanted.connect(self.import_lines)
            form.proposal_wanted.connect(self.valuing.propose)
            self.forms[section] = form
            self._tabs.addTab(form, title)
        self._results = ResultsPanel()
        self._results.field_wanted.connect(self.focus_field)
        self._results.stop_wanted.connect(self._range.stop)
        self.valuing.serve(self._results)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.addWidget(self._tabs)
        splitter.addWidget(self._results)
        splitter.setStretchFactor(0, 1)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([560, 560])
        self._content = QWidget()
        layout = QVBoxLayout(self._content)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(head)
        layout.addWidget(splitter, 1)
        self._box.addWidget(self._content)
        self._show_draft()

    def _section_titles(self) -> tuple[str, ...]:
        return (_("Project"), _("Appraisal"), _("Loan"), _("Insurance"), _("Notes"))

    def retranslate(self) -> None:
        """Build the page anew in the active language; draft and undo stay."""
        index = self._tabs.currentIndex()
        self._box.removeWidget(self._content)
        self._content.setParent(None)
        self._content.deleteLater()
        self._build()
        self._tabs.setCurrentIndex(index)
        self.recalculate()

    def change(self, path: str, after: Document, *, merge: bool = False) -> None:
        """Put a changed draft on the undo stack; changes of one field in a row merge."""
        if after != self.document:
            self.undo_stack.push(ChangeDraft(self, path, self.document, after, merge=merge))

    def apply_document(self, document: Document) -> None:
        """Show a draft and compute it soon; called by the undo stack."""
        self.document = document
        self._show_draft()
        self._timer.start()

    def _edited(self, path: str, value: Any, keystroke: bool) -> None:
        changed = with_value(self.document, path, value)
        rate = self.suggest.rate(value) if path == "project.rate_tco2e_ha_yr" else None
        if rate is not None:
            changed = with_value(self.document, path, rate.tco2e_ha_yr)
            changed = with_provenance(changed, path, "default", rate.source)
        self.change(path, changed, merge=keystroke and rate is None)

    def _provenance_chosen(self, path: str, kind: str, source: str) -> None:
        self.change(f"provenance {path}", with_provenance(self.document, path, kind, source))

    def _section_switched(self, path: str, wanted: bool) -> None:
        kept = self._kept_section(path)
        self.change(f"section {path}", with_value(self.document, path, kept if wanted else None))

    def import_lines(self, path: str) -> None:
        """Take lines of a table from the market book or a file, as one step of undo."""
        if path == SIMULATION:
            self.series_wanted.emit()
        elif path in DEEDS:
            self.valuing.insurance.act(path)
        elif path in EVIDENCE_PATHS:
            self._take_evidence(path)
        else:
            self._import_file(path)

    def take_deals(self, records: Sequence[MarketRecord]) -> None:
        """Show deals of the market book, ticked, to take them as comparables."""
        self._take_evidence(COMPARABLES, [record.record_id for record in records])

    def take_estimate(self, wanted: "SeriesModel") -> None:
        """Draw prices by the estimate of a series, as one step of undo, and show where."""
        self.valuing.take_estimate(wanted, self._kept_section(SIMULATION))

    def _take_evidence(self, path: str, ticked: Sequence[str] = ()) -> None:
        from app.views.dialogs.comparables_dialog import open_evidence  # noqa: PLC0415

        open_evidence(
            path,
            self._workbench.market,
            self.document,
            self,
            taken=lambda changed: self.change(path, changed),
            from_file=lambda: self._import_file(path),
            ticked=ticked,
        )

    def _import_file(self, path: str) -> None:
        from app.services.import_table import table_at  # noqa: PLC0415 - loads pandas
        from app.views.dialogs.import_table_dialog import open_import  # noqa: PLC0415

        def take(lines: list[Any]) -> None:
            self.change(path, with_value(self.document, path, lines))

        held = value_at(self.document, path)
        lines = held if isinstance(held, list) else []
        open_import(table_at(path), lines, self._jobs, self, take)

    def _kept_section(self, path: str) -> Any:
        """Return the values a switched-off section had, so that switching it on restores them."""
        for index in range(self.undo_stack.count() - 1, -1, -1):
            command = self.undo_stack.command(index)
            if isinstance(command, ChangeDraft):
                value = value_at(command.before, path)
                if value is not None:
                    return value
        return {}

    def _show_draft(self) -> None:
        for form in self.forms.values():
            form.show_document(self.document)
        self._show_state()

    @Slot(bool)
    def _clean_changed(self, _clean: bool) -> None:
        if shiboken6.isValid(self._name) and shiboken6.isValid(self.undo_stack):
            self._show_state()

    def _show_state(self) -> None:
        name = value_at(self.document, "project.name") or _("New case")
        self._name.setText(str(name))
        self._name.setToolTip(str(name))
        if self.case_id is None:
            state = _("not saved yet")
        elif self.has_unsaved_changes():
            state = _("version {number}, with unsaved changes").format(number=self.version)
        else:
            state = _("version {number}, saved").format(number=self.version)
        self._state.setText(state)
        self._results.set_has_versions(self.case_id is not None)
        mark = "• " if self.has_unsaved_changes() else ""
        self.title_changed.emit(f"{mark}{name}")

    def show_title(self) -> None:
        """Tell the title again."""
        self._show_state()

    def recalculate(self) -> None:
        """Compute the draft and show results, or what is missing."""
        try:
            computed = self._workbench.compute_document(self.document, draw=False)
        except CaseRefused as refused:
            self._range.stop()
            self.computed = None
            self._show_problems(refused.problems)
            return
        self.computed = computed
        self._show_problems([])
        self._results.show_results(computed)
        self._range.start(computed)

    def _show_problems(self, problems: list[Problem]) -> None:
        tr = translator(active_language())
        waiting = [problem for problem in problems if is_open(problem, self.document)]
        refused = problems if self._save_tried else [p for p in problems if p not in waiting]
        texts = {
            problem.path: _("Expected: {expected}").format(
                expected=expected_text(problem, tr, typed=True)
            )
            for problem in refused
        }
        for section, form in self.forms.items():
            form.show_problems(texts)
            self._show_count(section, texts)
        if not problems:
            return
        self._results.show_nothing(needed_html([problem.path for problem in problems]))

    def _show_count(self, section: str, texts: dict[str, str]) -> None:
        index = SECTIONS.index(section)
        count = sum(1 for path in texts if section and f"{path}.".startswith(f"{section}."))
        title = self._section_titles()[index]
        shown = _("{title} ({count})").format(title=title, count=count) if count else title
        self._tabs.setTabText(index, shown)

    def focus_field(self, path: str) -> None:
        """Open the tab of a field and give the field the focus."""
        for index, section in enumerate(SECTIONS):
            if section and path.startswith(f"{section}."):
                self._tabs.setCurrentIndex(index)
                self.forms[section].focus_field(path)
                return

    def _show_drawn(self, results: "Results") -> None:
        self._results.show_drawn(results)

    def _show_progress(self, done: int, draws: int) -> None:
        self._results.show_progress(done, draws)

    def saved_version(self) -> tuple[str, int] | None:
        """Return case and version when what is shown is what is stored."""
        if self.case_id is None or not self.version or self.has_unsaved_changes():
            return None
        return self.case_id, self.version

    def has_unsaved_changes(self) -> bool:
        """Whether the draft differs from what is stored."""
        return self.case_id is None or not self.undo_stack.isClean()

    def undo(self) -> None:
        """Take the last change back."""
        self.undo_stack.undo()

    def redo(self) -> None:
        """Make the change again."""
        self.undo_stack.redo()

    def results_text(self) -> str:
        """Return the shown results as plain text."""
        return self._results.text()

    def complete(self) -> bool:
        """Compute now; when something is refused show it all and go to the first field."""
        self._timer.stop()
        self._save_tried = True
        self.recalculate()
        if self.computed is not None:
            return True
        try:
            self._workbench.compute_document(self.document, draw=False)
        except CaseRefused as refused:
            self.focus_field(refused.problems[0].path)
        return False

    def save(self) -> bool:
        """Store the draft as the next version; False when it is refused."""
        if not self.complete():
            self.tell(_("The case is not complete. The fields in red say what is expected."))
            return False
        try:
            if self.case_id is None:
                stored = self._workbench.save_new([self.document])[0]
            else:
                stored = self._workbench.save(self.case_id, self.document, after=self.newest or 0)
        except StorageProblem as problem:
            self.tell(storage_text(problem, translator(active_language())))
            return False
        self.case_id, self.version = stored.case_id, stored.number
        self.newest = stored.number
        self.undo_stack.setClean()
        self._show_state()
        self._results.forget_changes()
        self.saved.emit(stored.case_id)
        return True

    def tell(self, text: str) -> None:
        """Show a message."""
        box = QMessageBox(self)
        box.setObjectName("message")
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setWindowTitle(_("Blue Carbon Desk"))
        box.setText(text)
        box.open()
