"""One document of many cases: chosen cases, a kind, a folder; written in the worker."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.formats import moment, number, sentence
from app.i18n import N_, _, active_language, translator
from app.messages import expected_text
from app.messages.system_words import file_problem_text
from app.reports.kinds import KIND_NAMES, Choice, DocumentKind
from app.services.batch import Ended, Outcome, run_batch, stored_jobs
from app.views.jobs import Jobs
from app.views.widgets.file_dialogs import ask_folder
from app.views.widgets.language_box import language_box
from app.views.widgets.record_table import Column, RecordTable
from app.views.widgets.window_size import fit_screen
from app.views.widgets.work_status import Progress, WorkStatus

if TYPE_CHECKING:
    from app.services.ports import CaseEntry
    from app.services.workbench import Workbench

SIZE = (960, 720)
_ENDED = {
    Ended.WRITTEN: N_("written"),
    Ended.SKIPPED: N_("has no such document"),
    Ended.REFUSED: N_("refused"),
    Ended.EXISTS: N_("a file of this name is there"),
    Ended.FAILED: N_("not written"),
}


def _why(outcome: Outcome) -> str:
    tr = translator(active_language())
    if outcome.error is not None:
        return file_problem_text(outcome.error, tr)
    if outcome.problems:
        return "; ".join(expected_text(problem, tr) for problem in outcome.problems)
    return "" if outcome.file is None else outcome.file.name


def _case_columns() -> tuple[Column, ...]:
    return (
        Column(_("Case"), lambda entry: entry.name, width=360),
        Column(_("Version"), lambda entry: entry.version, numeric=True, width=70),
        Column(_("Saved at"), lambda entry: entry.saved_at, moment, width=140),
    )


def _outcome_columns() -> tuple[Column, ...]:
    return (
        Column(_("Case"), lambda one: one.label, width=230),
        Column(_("Result"), lambda one: one.ended, lambda ended: _(_ENDED[ended]), width=165),
        Column(_("File or reason"), _why, width=360),
        Column(_("Bytes"), lambda one: one.size, lambda size: number(size, 0), True, 80),
    )


class BatchDialog(QDialog):
    """Asks for cases, kind, language and folder; shows how it ended for each case."""

    def __init__(
        self,
        workbench: "Workbench",
        jobs: Jobs,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("batch")
        self.setWindowTitle(_("Print many cases"))
        self._workbench = workbench
        self._cases: Sequence[CaseEntry] = workbench.list_cases()
        self._found: list[Outcome] = []
        self.cases = RecordTable(_case_columns(), _("Cases"))
        self.cases.records.set_records(self._cases)
        self.cases.selection_changed.connect(self._count)
        self.outcomes = RecordTable(_outcome_columns(), _("Results"))
        self.outcomes.hide()
        self.status = WorkStatus("batch", _("Printing"), jobs)
        self.status.cut_short.connect(lambda: self._show(self._found))
        self._inputs: list[QWidget] = []
        self._told = QLabel()
        self._told.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.addLayout(self._form())
        layout.addWidget(self.cases, 1)
        layout.addWidget(self.outcomes, 1)
        layout.addWidget(self.status)
        layout.addLayout(self._foot())
        fit_screen(self, SIZE)
        self._count()

    def _form(self) -> QFormLayout:
        self.kind, self.language = QComboBox(), language_box(active_language())
        self.kind.setMaxVisibleItems(20)
        for kind in DocumentKind:
            self.kind.addItem(sentence(_(KIND_NAMES[kind])), kind.value)
        self.folder = QLineEdit()
        self.folder.setPlaceholderText(_("Folder to write into"))
        self.folder.textChanged.connect(lambda _text: self._count())
        choose = QPushButton(_("Choose…"))
        choose.setAutoDefault(False)
        choose.clicked.connect(self._ask_folder)
        row = QHBoxLayout()
        row.addWidget(self.folder, 1)
        row.addWidget(choose)
        self.overwrite = QCheckBox(_("Write over files that are there"))
        self._inputs = [self.kind, self.language, self.folder, choose, self.overwrite]
        form = QFormLayout()
        form.addRow(_("Document"), self.kind)
        form.addRow(_("Language"), self.language)
        form.addRow(_("Folder"), row)
        form.addRow("", self.overwrite)
        return form

    def _foot(self) -> QHBoxLayout:
        self.start = QPushButton(_("Print"))
        self.start.setProperty("primary", True)
        self.start.clicked.connect(self.print_cases)
        self._open = QPushButton(_("Open folder"))
        self._open.setAutoDefault(False)
        self._open.clicked.connect(self._open_folder)
        self._open.hide()
        close = QPushButton(_("Close"))
        close.setAutoDefault(False)
        close.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.addWidget(self._told, 1)
        for button in (self._open, self.start, close):
            foot.addWidget(button)
        return foot

    def _chosen(self) -> Sequence["CaseEntry"]:
        """The selected cases; all where none is selected."""
        return self.cases.selected() or self._cases

    def _count(self) -> None:
        chosen = self.cases.selected()
        if not self._cases:
            self._told.setText(_("The book has no cases yet."))
        elif chosen:
            self._told.setText(_("{count} cases selected.").format(count=len(chosen)))
        else:
            text = _("All {count} cases; select lines to print fewer.")
            self._told.setText(text.format(count=len(self._cases)))
        ready = bool(self._cases) and bool(self.folder.text().strip())
        self.start.setEnabled(ready and not self.status.is_busy())

    def _ask_folder(self) -> None:
        ask_folder(self, _("Folder to write into"), self.folder.setText)

    def print_cases(self) -> None:
        """Write the documents in the worker; what was written stays when it is stopped."""
        folder = Path(self.folder.text().strip())
        choice = Choice(DocumentKind(self.kind.currentData()))
        language: Any = self.language.currentData()
        entries, overwrite = list(self._chosen()), self.overwrite.isChecked()
        found = self._found = []

        def work(progress: Progress) -> list[Outcome]:
            batch = stored_jobs(self._workbench, entries, choice, language)
            run_batch(batch, folder, told=found.append, progress=progress, overwrite=overwrite)
            return found

        self._open.hide()
        self.outcomes.hide()
        self._allow(entering=False)
        self.status.run(work, self._show, saying=_("Documents are being printed…"))

    def _allow(self, *, entering: bool) -> None:
        """Nothing else is chosen while documents are printed."""
        for widget in (*self._inputs, self.cases, self.start):
            widget.setEnabled(entering)

    def _show(self, outcomes: Sequence[Outcome]) -> None:
        self._allow(entering=True)
        self.outcomes.records.set_records(outcomes)
        self.outcomes.show()
        written = sum(one.ended is Ended.WRITTEN for one in outcomes)
        text = _("{written} of {count} documents written.")
        self._told.setText(text.format(written=written, count=len(outcomes)))
        self._open.setVisible(bool(written))

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(self.folder.text().strip()))

    def done(self, result: int) -> None:
        """Let go of what is being printed."""
        self.status.leave()
        super().done(result)
