"""A dialog that asks on the left and answers on the right; the worker computes, and can stop."""

from abc import abstractmethod
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from app.finance.errors import DomainError
from app.i18n import _
from app.messages import domain_problem
from app.services.case_file import CaseRefused
from app.services.hazard_desk import TrackShelf
from app.services.hazard_source import TrackFile
from app.views.jobs import Jobs
from app.views.widgets.findings_view import FindingsView
from app.views.widgets.question_form import QuestionForm
from app.views.widgets.window_size import fit_screen
from app.views.widgets.work_status import Progress, WorkStatus

SIZE = (1240, 760)


class AskingDialog(QDialog):
    """Form, findings and status of questions that the worker answers.

    The worker stops when asked, when something else is asked for, and when the dialog is left.
    """

    form: QuestionForm

    def __init__(
        self, form: QuestionForm, status: WorkStatus, findings: FindingsView, parent: QWidget | None
    ) -> None:
        super().__init__(parent)
        self.form, self.status, self.findings = form, status, findings
        form.asked.connect(self.compute)
        findings.copied.connect(status.tell)

    def _lay_out(self, right: QWidget, form_width: int, foot: QHBoxLayout) -> None:
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.addWidget(self.form)
        splitter.addWidget(right)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([form_width, SIZE[0] - form_width])
        layout = QVBoxLayout(self)
        layout.addWidget(splitter, 1)
        layout.addWidget(self.status)
        layout.addLayout(foot)
        fit_screen(self, SIZE)

    def _make_foot(self, name: str, text: str) -> QHBoxLayout:
        hint = QLabel(text)
        hint.setProperty("role", "hint")
        hint.setWordWrap(True)
        close = QPushButton(_("Close"))
        close.setObjectName(f"{name}.close")
        close.setAutoDefault(False)
        close.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.addWidget(hint, 1)
        foot.addWidget(close)
        return foot

    def _open_with(self, shelf: TrackShelf, jobs: Jobs) -> None:
        """Show the dialog and look for the tracks that were kept."""
        self.open()
        jobs.run(shelf.kept, owner=self, done=self._show_kept)

    def _show_kept(self, found: TrackFile | None) -> None:
        if found is not None:
            text = _("{file} (read before, {first} to {last})").format(
                file=found.file, first=found.first_year, last=found.last_year
            )
            self._say_kept(text, found)

    @abstractmethod
    def _say_kept(self, text: str, found: TrackFile) -> None:
        """Say in the form which tracks are in hand."""

    @abstractmethod
    def compute(self) -> None:
        """Answer what is asked in the form."""

    def _answer(
        self,
        work_of: Callable[[Any], Callable[[Progress], Any]],
        done: Callable[[Any], None],
        saying: str,
    ) -> None:
        """Do the work of the question entered; what is refused stands beside its field."""
        try:
            work = work_of(self.form.answer())
        except CaseRefused:
            self.status.show_problem(_("See the fields in red: they say what is expected."))
            return

        def refusing(progress: Progress) -> Any:
            try:
                return work(progress)
            except DomainError as error:
                raise CaseRefused([domain_problem(error)]) from error

        self.status.run(refusing, done, saying=saying, refused=self.form.show_refused)

    def done(self, code: int) -> None:
        """Leave; what is being read is let go."""
        self.status.leave()
        super().done(code)
