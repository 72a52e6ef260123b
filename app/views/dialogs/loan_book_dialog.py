"""Holds the loans of the book against moves of the carbon price."""

import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.i18n import _, active_language, translator
from app.messages import expected_text
from app.services.case_file import CaseRefused
from app.services.loan_book import MovedBook
from app.services.loan_book_facts import loan_rows
from app.services.loan_desk import LoanDesk
from app.services.ports import StorageProblem
from app.services.storage_text import storage_text
from app.views.jobs import Jobs
from app.views.widgets.busy_row import BusyRow
from app.views.widgets.hidden_label import hidden_label
from app.views.widgets.loan_book_form import PriceMoveForm
from app.views.widgets.loan_book_tables import LoanBookTable, TotalsTable, left_out_columns
from app.views.widgets.loan_table import COPIED, COPY_TIP
from app.views.widgets.record_table import RecordTable
from app.views.widgets.window_size import fit_screen

if TYPE_CHECKING:
    from app.services.workbench import Workbench

SIZE = (1240, 760)
LEFT_OUT_HEAD, LEFT_OUT_ROW, LEFT_OUT_ROWS = 40, 30, 3


class _Stopped(Exception):
    """Other prices or another day are wanted, or the person asked to stop."""


class LoanBookDialog(QDialog):
    """Prices to try, how the loans stand at each, their totals, and what cannot be computed.

    The worker reads; it stops when asked, when something else is asked for, and when the dialog
    is left. What was read is kept, so that other prices, and the next time, cost little.

    Signals:
        open_case(str): id of the case a person wants to see.
    """

    open_case = Signal(str)
    _step = Signal(object, int, int)

    def __init__(self, workbench: "Workbench", jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("loan.book")
        self.setWindowTitle(_("Price move"))
        self._workbench, self._jobs = workbench, jobs
        self._desk = LoanDesk(workbench)
        self._stop = threading.Event()
        self._found: MovedBook | None = None
        self.loans: LoanBookTable | None = None
        self.totals: TotalsTable | None = None
        self._step.connect(self._show_progress)
        self._busy = BusyRow("book", _("Loans read"))
        self._busy.stop_wanted.connect(self._stopped)
        self._problem = hidden_label("book.problem", "problem")
        self._told = hidden_label("book.told", "hint")
        self._empty = hidden_label("book.empty", "empty")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setText(
            _("No case of the book asks for a loan. Open a case and tick the loan on its tab.")
        )
        self.left_out = RecordTable(left_out_columns(), _("Not computed"))
        self.left_out.setObjectName("book.left_out")
        self.left_out.opened.connect(lambda one: self._open(one.case_id))
        self.left_out.hide()
        body = QWidget()
        self._body = QVBoxLayout(body)
        self._body.setContentsMargins(0, 0, 0, 0)
        self._body.addWidget(self._empty, 1)
        layout = QVBoxLayout(self)
        self.form = PriceMoveForm(workbench.today())
        self.form.asked.connect(self.read)
        self.form.filtered.connect(self._filter_loans)
        layout.addWidget(self.form)
        for widget in (self._busy, self._problem, self._told):
            layout.addWidget(widget)
        layout.addWidget(body, 1)
        layout.addWidget(self.left_out)
        layout.addLayout(self._make_foot())
        fit_screen(self, SIZE)
        self._enable()

    def _make_foot(self) -> QHBoxLayout:
        self.copy = self._button("book.copy", _("Copy the table"), self._copy)
        self.copy.setToolTip(_(COPY_TIP))
        self.show_case = self._button("book.open", _("Open the case"), self._open_selected)
        close = self._button("book.close", _("Close"), self.reject)
        hint = QLabel(
            _(
                "Owed is what the ledger knows on the day, later payments taken as made when due. "
                "A loan that is not watched is held against the lines of the house."
            )
        )
        hint.setProperty("role", "hint")
        hint.setWordWrap(True)
        foot = QHBoxLayout()
        foot.addWidget(hint, 1)
        for button in (self.copy, self.show_case, close):
            foot.addWidget(button)
        return foot

    def _button(self, name: str, text: str, call: object) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(name)
        button.setAutoDefault(False)
        button.clicked.connect(call)
        return button

    def start(self) -> None:
        """Show the dialog and read the loans that are new since the last time."""
        self.open()
        self.read()

    def read(self) -> None:
        """Read the loans on the day that is typed and move the prices as typed."""
        self._stop.set()
        self._problem.hide()
        try:
            changes, day = self.form.changes(), self.form.day()
        except CaseRefused as refused:
            self._busy.hide()
            self._show_refused(refused)
            return
        stop = self._stop = threading.Event()
        self._say(_("Reading the loans…"))
        self._busy.begin(stops=True)

        def progress(done: int, of: int) -> None:
            if stop.is_set():
                raise _Stopped
            self._step.emit(stop, done, of)

        def work() -> MovedBook:
            progress(0, 0)
            return self._desk.read(day, progress).moved(changes)

        def done(found: MovedBook) -> None:
            if not stop.is_set():
                self._show_book(found)

        def failed(error: Exception) -> None:
            if not isinstance(error, _Stopped):
                self._failed(error, stop)

        self._jobs.run(work, owner=self, done=done, failed=failed)

    def is_reading(self) -> bool:
        """Whether an answer is still to come."""
        return not self._busy.isHidden()

    def _failed(self, error: Exception, stop: threading.Event) -> None:
        if not isinstance(error, CaseRefused | StorageProblem):
            raise error
        if stop.is_set():
            return
        self._busy.hide()
        self._told.hide()
        if isinstance(error, CaseRefused):
            self._show_refused(error)
        else:
            self._show_problem(storage_text(error, translator(active_language())))

    def _show_refused(self, refused: CaseRefused) -> None:
        tr = translator(active_language())
        self._show_problem(
            "\n".join(
                _("Typed: {value}. Expected: {expected}.").format(
                    value=problem.value, expected=expected_text(problem, tr)
                )
                for problem in refused.problems
            )
        )

    def _show_problem(self, text: str) -> None:
        self._problem.setText(text)
        self._problem.show()

    def _say(self, text: str) -> None:
        self._told.setText(text)
        self._told.show()

    def _show_progress(self, stop: threading.Event, done: int, of: int) -> None:
        """Show how far the reading is, unless it was stopped while the word was on its way."""
        if stop.is_set():
            return
        self._busy.show_progress(done, of)
        if of:
            text = _("Loans read: {done} of {of}")
            self._say(text.format(done=f"{done:,}", of=f"{of:,}"))

    def _stopped(self) -> None:
        """Stop reading; what was shown before stays."""
        self._stop.set()
        self._busy.hide()
        self._say(_("Stopped. Compute goes on with the loans that are not read yet."))

    def _show_book(self, found: MovedBook) -> None:
        self._busy.hide()
        there = bool(found.loans)
        self._empty.setVisible(not there and not found.left_out)
        if self.loans is None or self._found is None or self._found.changes != found.changes:
            self._make_tables(found)
        self._found = found
        assert self.loans is not None  # noqa: S101 - made above
        assert self.totals is not None  # noqa: S101
        self.loans.show_book(found, loan_rows(found))
        self.totals.show_book(found)
        for table in (self.loans, self.totals):
            table.setVisible(there)
        self.left_out.records.set_records(found.left_out)
        rows = min(len(found.left_out), LEFT_OUT_ROWS)
        least = LEFT_OUT_HEAD + LEFT_OUT_ROW * rows
        self.left_out.setMaximumHeight(least if there else self.maximumHeight())
        self.left_out.setVisible(bool(found.left_out))
        text = _(
            "Loans on {day}: {count} · not computed: {left}. Beside each other: coverage (security "
            "over debt) and state at each price."
        )
        self._say(
            text.format(
                day=found.day.isoformat(),
                count=f"{len(found.loans):,}",
                left=f"{len(found.left_out):,}",
            )
        )
        self._enable()

    def _make_tables(self, found: MovedBook) -> None:
        """Make the tables for other prices; sorting starts anew, the filter stays."""
        for old in (self.totals, self.loans):
            if old is not None:
                self._body.removeWidget(old)
                old.deleteLater()
        self.totals, self.loans = TotalsTable(found), LoanBookTable(found)
        self.loans.opened.connect(lambda row: self._open(row[0].case_id))
        self.loans.selection_changed.connect(self._enable)
        self._filter_loans(self.form.filter())
        self._body.addWidget(self.totals)
        self._body.addWidget(self.loans, 1)

    def _filter_loans(self, text: str) -> None:
        if self.loans is not None:
            self.loans.records.set_filter(text)

    def _enable(self) -> None:
        loans = self.loans
        self.copy.setEnabled(loans is not None and bool(self._found and self._found.loans))
        self.show_case.setEnabled(loans is not None and len(loans.selected()) == 1)

    def _copy(self) -> None:
        if self.loans is not None:
            text = self.loans.selected_text()
            QApplication.clipboard().setText(text)
            self._say(_(COPIED).format(count=text.count("\n")))

    def _open_selected(self) -> None:
        if self.loans is not None:
            self._open(self.loans.selected()[0][0].case_id)

    def _open(self, case_id: str) -> None:
        self.accept()
        self.open_case.emit(case_id)

    def done(self, code: int) -> None:
        """Leave; loans that are being read are let go."""
        self._stop.set()
        self._busy.hide()
        super().done(code)
