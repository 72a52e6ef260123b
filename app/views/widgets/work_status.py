"""Long work of a dialog: done in the worker, with how far it is, a stop, and what was refused."""

import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.i18n import _, active_language, translator
from app.messages import expected_text
from app.messages.system_words import file_problem_text
from app.services.case_file import CaseRefused
from app.services.ports import StorageProblem
from app.services.storage_text import storage_text
from app.views.jobs import Jobs
from app.views.widgets.busy_row import BusyRow
from app.views.widgets.hidden_label import hidden_label

Progress = Callable[[int, int], None]
Refused = Callable[[CaseRefused], list[str]]
"""Shows what is refused where it was entered; returns what belongs nowhere."""


class _Stopped(Exception):
    """Something else is wanted, or the person asked to stop."""


class WorkStatus(QWidget):
    """A bar with a stop, what is refused, and what is told. One piece of work counts at a time.

    Signals:
        cut_short(): the work was stopped, or failed; what it did until then may be shown.
    """

    cut_short = Signal()
    _step = Signal(object, int, int)

    def __init__(self, name: str, bar_name: str, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._stop = threading.Event()
        self._step.connect(self._show_progress)
        self._busy = BusyRow(name, bar_name)
        self._busy.stop_wanted.connect(self._stop_asked)
        self._problem = hidden_label(f"{name}.problem", "problem")
        self._told = hidden_label(f"{name}.told", "hint")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for widget in (self._busy, self._problem, self._told):
            layout.addWidget(widget)

    def run(
        self,
        work: Callable[[Progress], Any],
        done: Callable[[Any], None],
        *,
        saying: str,
        refused: Refused | None = None,
        stops: bool = True,
    ) -> None:
        """Do some work in the worker; what runs already is stopped.

        `stops` says whether the person may stop it.

        `work` gets the progress it is to call; that raises when the work is to end. `done` gets
        the answer, unless it was stopped. What is refused is shown here, or by `refused`.
        """
        self.leave()
        self._problem.hide()
        stop = self._stop = threading.Event()
        self.tell(saying)
        self._busy.begin(stops=stops)

        def progress(count: int, of: int) -> None:
            if stop.is_set():
                raise _Stopped
            self._step.emit(stop, count, of)

        def finished(found: Any) -> None:
            if not stop.is_set():
                self._busy.hide()
                self._told.hide()
                done(found)

        def failed(error: Exception) -> None:
            if not isinstance(error, _Stopped):
                self._failed(error, stop, refused)

        self._jobs.run(lambda: work(progress), owner=self, done=finished, failed=failed)

    def is_busy(self) -> bool:
        """Whether an answer is still to come."""
        return not self._busy.isHidden()

    def leave(self) -> None:
        """Let go of what is being done."""
        self._stop.set()
        self._busy.hide()

    def tell(self, text: str) -> None:
        """Say something; "" for nothing."""
        self._told.setText(text)
        self._told.setVisible(bool(text))

    def show_problem(self, text: str) -> None:
        """Say what is wrong; "" for nothing."""
        self._problem.setText(text)
        self._problem.setVisible(bool(text))

    def show_refused(self, refused: CaseRefused) -> None:
        """Say what was given and what is expected."""
        tr = translator(active_language())
        self.show_problem(
            "\n".join(
                _("Given: {value}. Expected: {expected}.").format(
                    value="–" if problem.value is None else problem.value,
                    expected=expected_text(problem, tr),
                )
                for problem in refused.problems
            )
        )

    def _failed(
        self, error: Exception, stop: threading.Event, refused: Refused | None = None
    ) -> None:
        """Say what was refused; an error that nobody expects meets the last resort."""
        if not isinstance(error, CaseRefused | StorageProblem | OSError):
            raise error
        if stop.is_set():
            return
        self._busy.hide()
        self._told.hide()
        self.cut_short.emit()
        tr = translator(active_language())
        if isinstance(error, StorageProblem):
            self.show_problem(storage_text(error, tr))
        elif isinstance(error, OSError):
            self.show_problem(file_problem_text(error, tr))
        elif refused is not None:
            self.show_problem("\n".join(refused(error)))
        else:
            self.show_refused(error)

    def _show_progress(self, stop: threading.Event, count: int, of: int) -> None:
        """Show how far it is, unless it was stopped while the word was on its way."""
        if not stop.is_set():
            self._busy.show_progress(count, of)

    def _stop_asked(self) -> None:
        self.leave()
        self.tell(_("Stopped. What was shown before stays."))
        self.cut_short.emit()
