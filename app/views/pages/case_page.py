"""The page of one case: form on the left, live results on the right."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import shiboken6
from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QUndoStack
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QMessageBox,
    QPushButton,
    QSplitter,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from app.finance.case.rules import Problem
from app.i18n import _, active_language, translator
from app.messages import expected_text, field_label
from app.services import case_file
from app.services.case_file import CaseRefused, Document
from app.services.draft import is_open, new_document, value_at, with_provenance, with_value
from app.services.files import write_atomically
from app.services.ports import StorageProblem
from app.services.storage_text import storage_text
from app.services.workbench import ApprovalRefused, Computed
from app.views.dialogs.approve_dialog import ApproveDialog
from app.views.jobs import Jobs
from app.views.widgets.draft_commands import ChangeDraft
from app.views.widgets.field_form import FieldForm
from app.views.widgets.results_panel import ResultsPanel
from app.views.widgets.suggestions import Suggestions

if TYPE_CHECKING:
    from app.services.workbench import Workbench
    from app.views.widgets.pdf_preview import PdfPreview

RECALCULATE_MS = 30
SECTIONS = ("project", "appraisal", "loan", "insurance", "")


class CasePage(QWidget):
    """One case being entered. Every change goes through the undo stack.

    Signals:
        saved(str): id of the case that was stored.
        title_changed(str): name of the case, with a mark while it is unsaved.
        issued(): a document was filed.
    """

    saved = Signal(str)
    title_changed = Signal(str)
    issued = Signal()

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
        self.document = document or new_document()
        self.undo_stack = stack = QUndoStack()
        self.destroyed.connect(lambda: shiboken6.isValid(stack) and stack.blockSignals(True))
        self.undo_stack.cleanChanged.connect(self._clean_changed)
        self._computed: Computed | None = None
        self._save_tried = False
        self._preview: PdfPreview | None = None
        self._approval: ApproveDialog | None = None
        self._suggest = Suggestions(workbench.reference)
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
        self._name = QLabel()
        self._name.setProperty("role", "title")
        self._name.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._state = QLabel()
        self._state.setProperty("role", "state")
        self._state.setObjectName("state")
        head = QHBoxLayout()
        head.addWidget(self._name, 1)
        head.addWidget(self._state)
        for text, slot, primary in (
            (_("Preview"), self.preview_pdf, False),
            (_("Export PDF…"), self.export_pdf, False),
            (_("Approve…"), self.approve, False),
            (_("Save"), self.save, True),
        ):
            button = QPushButton(text)
            button.setProperty("primary", primary)
            button.clicked.connect(slot)
            head.addWidget(button)
        self._tabs = QTabWidget()
        for section, title in zip(SECTIONS, self._section_titles(), strict=True):
            form = FieldForm(section, self._suggest.names)
            form.edited.connect(self._edited)
            form.provenance_chosen.connect(self._provenance_chosen)
            form.section_switched.connect(self._section_switched)
            self.forms[section] = form
            self._tabs.addTab(form, title)
        self._results = ResultsPanel()
        self._results.field_wanted.connect(self.focus_field)
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

    def _edited(self, path: str, value: Any) -> None:
        changed = with_value(self.document, path, value)
        rate = self._suggest.rate(value) if path == "project.rate_tco2e_ha_yr" else None
        if rate is not None:
            changed = with_value(self.document, path, rate.tco2e_ha_yr)
            changed = with_provenance(changed, path, "default", rate.source)
        self.change(path, changed, merge=True)

    def _provenance_chosen(self, path: str, kind: str, source: str) -> None:
        self.change(f"provenance {path}", with_provenance(self.document, path, kind, source))

    def _section_switched(self, path: str, wanted: bool) -> None:
        kept = self._kept_section(path)
        self.change(f"section {path}", with_value(self.document, path, kept if wanted else None))

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
        if self.case_id is None:
            state = _("not saved yet")
        elif self.has_unsaved_changes():
            state = _("version {number}, with unsaved changes").format(number=self.version)
        else:
            state = _("version {number}, saved").format(number=self.version)
        self._state.setText(state)
        mark = "• " if self.has_unsaved_changes() else ""
        self.title_changed.emit(f"{mark}{name}")

    def show_title(self) -> None:
        """Tell the title again."""
        self._show_state()

    def recalculate(self) -> None:
        """Compute the draft and show results, or what is missing."""
        try:
            computed = self._workbench.compute_document(self.document)
        except CaseRefused as refused:
            self._computed = None
            self._show_problems(refused.problems)
            return
        self._computed = computed
        self._show_problems([])
        self._results.show_results(computed)

    def _show_problems(self, problems: list[Problem]) -> None:
        tr = translator(active_language())
        waiting = [problem for problem in problems if is_open(problem, self.document)]
        refused = problems if self._save_tried else [p for p in problems if p not in waiting]
        texts = {
            problem.path: _("Expected: {expected}").format(expected=expected_text(problem, tr))
            for problem in refused
        }
        for section, form in self.forms.items():
            form.show_problems(texts)
            self._show_count(section, texts)
        if not problems:
            return
        names = [field_label(problem.path, tr) for problem in problems[:8]]
        listed = "\n".join(_("• {field}").format(field=name) for name in names)
        more = len(problems) - len(names)
        tail = "\n" + _("and {count} more").format(count=more) if more > 0 else ""
        intro = _("Still needed before there are results:")
        self._results.show_nothing(f"{intro}\n\n{listed}{tail}")

    def _show_count(self, section: str, texts: dict[str, str]) -> None:
        index = SECTIONS.index(section)
        count = sum(1 for path in texts if section and path.startswith(f"{section}"))
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

    def _complete(self) -> bool:
        """Compute now; when something is refused show it all and go to the first field."""
        self._timer.stop()
        self._save_tried = True
        self.recalculate()
        if self._computed is not None:
            return True
        try:
            self._workbench.compute_document(self.document)
        except CaseRefused as refused:
            self.focus_field(refused.problems[0].path)
        return False

    def save(self) -> bool:
        """Store the draft as the next version; False when it is refused."""
        if not self._complete():
            self._tell(_("The case is not complete. The fields in red say what is expected."))
            return False
        try:
            if self.case_id is None:
                stored = self._workbench.save_new([self.document])[0]
            else:
                stored = self._workbench.save(self.case_id, self.document, after=self.version or 0)
        except StorageProblem as problem:
            self._tell(storage_text(problem, translator(active_language())))
            return False
        self.case_id, self.version = stored.case_id, stored.number
        self.undo_stack.setClean()
        self._show_state()
        self.saved.emit(stored.case_id)
        return True

    def _suggested_name(self, suffix: str) -> str:
        name = str(value_at(self.document, "project.name") or _("case"))
        safe = "".join("-" if char in '\\/:*?"<>|' else char for char in name)[:80]
        return f"{safe}{suffix}"

    def _draw_pdf(self, language: Any) -> bytes:
        if self.case_id is not None and self.version and not self.has_unsaved_changes():
            return self._workbench.version_pdf(self.case_id, self.version, language=language)
        return self._workbench.draft_pdf(self.document, language=language)

    def _with_pdf(self, use: Callable[[bytes], None]) -> None:
        if not self._complete():
            self._tell(_("The case is not complete. The fields in red say what is expected."))
            return
        self._jobs.run(
            lambda: self._draw_pdf("both"), owner=self, done=use, failed=self._pdf_failed
        )

    def _pdf_failed(self, error: Exception) -> None:
        if not isinstance(error, CaseRefused):
            raise error
        tr = translator(active_language())
        self._tell("\n".join(expected_text(problem, tr) for problem in error.problems))

    def preview_pdf(self) -> None:
        """Show the term sheet inside the window."""
        self._with_pdf(self._open_preview)

    def _open_preview(self, data: bytes) -> None:
        from app.views.widgets.pdf_preview import PdfPreview  # noqa: PLC0415 - QtPdf on demand

        name = self._suggested_name(".pdf")
        self._preview = PdfPreview(data, name, self, redraw=self._draw_pdf)
        self._preview.setObjectName("preview")
        self._preview.open()

    def export_pdf(self) -> None:
        """Ask for a file and write the term sheet; a saved case is filed among the documents."""
        self._with_pdf(
            lambda data: self._ask_file(
                _("Export the term sheet"),
                _("PDF files (*.pdf)"),
                ".pdf",
                lambda name: self.write_pdf(name, data),
            )
        )

    def write_pdf(self, name: str, data: bytes) -> None:
        """Write the term sheet and file it when the case is saved."""
        if not self._write(name, data):
            return
        if self.case_id is not None and self.version and not self.has_unsaved_changes():
            self._workbench.issue(self.case_id, self.version, language="both")
            self.issued.emit()

    def export_case(self) -> None:
        """Ask for a file and write the case file."""
        if not self._complete() or self._computed is None:
            self._tell(_("The case is not complete. The fields in red say what is expected."))
            return
        text = case_file.to_json(self._computed.file)
        self._ask_file(
            _("Export the case file"),
            _("Case files (*.bcd.json)"),
            case_file.SUFFIX,
            lambda name: self._write(name, text.encode()),
        )

    def _ask_file(
        self, title: str, pattern: str, suffix: str, use: Callable[[str], object]
    ) -> None:
        dialog = QFileDialog(self, title)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(pattern)
        dialog.setDefaultSuffix(suffix.lstrip("."))
        dialog.selectFile(self._suggested_name(suffix))
        dialog.fileSelected.connect(use)
        dialog.open()

    def _write(self, name: str, data: bytes) -> bool:
        try:
            write_atomically(Path(name), data)
        except OSError as error:
            text = _("The file cannot be read or written: {reason}").format(reason=error)
            self._tell(text)
            return False
        return True

    def approve(self) -> None:
        """Ask who prepared and who approves the saved version."""
        if self.case_id is None or self.has_unsaved_changes():
            self._tell(_("Save the case first: an approval belongs to a saved version."))
            return
        self._approval = ApproveDialog(self)
        self._approval.given.connect(self._approve)
        self._approval.open()

    def _approve(self, prepared_by: str, approved_by: str, remark: str) -> None:
        reasons = {
            "no_name": _("Name both the person who prepared the case and the one who approves."),
            "same_person": _("The person who approves must not be the one who prepared the case."),
            "red_flags": _("Red flags are open. Clear them before the case is approved."),
        }
        try:
            self._workbench.approve(
                self.case_id or "",
                self.version or 0,
                prepared_by=prepared_by,
                approved_by=approved_by,
                remark=remark,
            )
        except ApprovalRefused as refused:
            self._tell(reasons[refused.code])
            return
        except StorageProblem as problem:
            self._tell(storage_text(problem, translator(active_language())))
            return
        self._tell(_("Approved. Documents of this version are printed without the draft mark."))

    def _tell(self, text: str) -> None:
        box = QMessageBox(self)
        box.setObjectName("message")
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setWindowTitle(_("Blue Carbon Desk"))
        box.setText(text)
        box.open()
