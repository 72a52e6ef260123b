"""Takes a file of an exchange into the market book, after a preview."""

import threading
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.i18n import _, active_language, translator
from app.messages import expected_text
from app.services.case_file import CaseRefused
from app.services.import_table import TablePreview
from app.services.market_lines import Target, table_of
from app.services.ports import StorageProblem
from app.services.storage_text import storage_text
from app.services.table_headings import columns_of
from app.views.dialogs.market_file import ask_market_file
from app.views.jobs import Jobs
from app.views.widgets.busy_row import BusyRow
from app.views.widgets.hidden_label import hidden_label
from app.views.widgets.import_parts import SameValues
from app.views.widgets.import_preview import ImportPreview
from app.views.widgets.market_preview import (
    FIELDS_FOR_ALL,
    line_columns,
    refused_columns,
    refused_rows,
    remark_lines,
    shown_lines,
)
from app.views.widgets.record_table import RecordTable

if TYPE_CHECKING:
    from app.services.import_market import MarketPreview
    from app.services.market_desk import MarketDesk

SIZE = (1180, 720)
TYPING_MS = 350
COLUMNS_HEIGHT, REFUSED_HEIGHT = 78, 150
MOST_REMARKS = 4


class _Stopped(Exception):
    """Another file or column is wanted, or the person asked to stop."""


class MarketImportDialog(QDialog):
    """What a file holds, line by line: new, repeated, refused. The worker reads and stores.

    Reading shows how far it is and stops when asked, when another choice is made, and when the
    dialog is left. Lines that are being stored are all stored: the dialog stays until then.

    Signals:
        taken(int): so many lines are in the book now; told once.
    """

    taken = Signal(int)
    _step = Signal(object, int, int)

    def __init__(
        self, desk: "MarketDesk", target: Target, jobs: Jobs, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._jobs = jobs
        self._path = Path()
        self._chosen: dict[str, str] = {}
        self._stop = threading.Event()
        self._storing = False
        self._preview: MarketPreview | None = None
        self._step.connect(self._show_progress)
        self.setObjectName("market.import")
        self.setWindowTitle(_("Import into the market book"))
        self.resize(*SIZE)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(TYPING_MS)
        self._timer.timeout.connect(self._read)
        self._layout = QVBoxLayout(self)
        self._layout.addLayout(self._make_head(target))
        self._hint = hidden_label("import.hint", "hint")
        self.same = SameValues()
        self.same.changed.connect(self._timer.start)
        self.refused = RecordTable(refused_columns(), _("Refused rows"))
        self.refused.setObjectName("reference")
        self.refused.setMaximumHeight(REFUSED_HEIGHT)
        self.refused.hide()
        self._remarks = hidden_label("import.remarks", "hint")
        self._count = hidden_label("import.count")
        self._problem = hidden_label("import.problem", "problem")
        self._busy = BusyRow("import", _("Lines read"))
        self._busy.stop_wanted.connect(self._stopped)
        self._body = QVBoxLayout()
        for widget in (
            self._hint, self.same, self._count, self._busy, self._problem, self._remarks,
            self.refused,
        ):  # fmt: skip
            self._body.addWidget(widget)
        self._layout.addLayout(self._body, 1)
        self._layout.addLayout(self._make_foot())
        self._make_tables()

    def _make_head(self, target: Target) -> QHBoxLayout:
        self._file = QLabel()
        self._file.setObjectName("import.file")
        self._file.setTextFormat(Qt.TextFormat.PlainText)
        self._target = QComboBox()
        self._target.setObjectName("import.target")
        for each in Target:
            self._target.addItem(_(table_of(each).field.label), each)
        self._target.setCurrentIndex(self._target.findData(target))
        self._target.activated.connect(lambda _index: self._turn())
        holds = QLabel(_("The file &holds"))
        holds.setBuddy(self._target)
        self._sheet = QComboBox()
        self._sheet.setObjectName("import.sheet")
        self._sheet.setAccessibleName(_("Sheet"))
        self._sheet.activated.connect(lambda _index: self._turn())
        self._sheet_label = QLabel(_("&Sheet"))
        self._sheet_label.setBuddy(self._sheet)
        other = QPushButton(_("Another &file…"))
        other.setObjectName("import.other")
        other.setAutoDefault(False)
        other.clicked.connect(lambda: ask_market_file(self, self.load))
        head = QHBoxLayout()
        head.addWidget(self._file, 1)
        for widget in (holds, self._target, self._sheet_label, self._sheet, other):
            head.addWidget(widget)
        return head

    def _make_foot(self) -> QHBoxLayout:
        self._repeated = QCheckBox()
        self._repeated.setObjectName("import.repeated")
        self._repeated.toggled.connect(lambda _on: self._show_counts())
        self._repeated.hide()
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.take = buttons.addButton(_("Import"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.take.setObjectName("import.take")
        self.take.setProperty("primary", True)
        self.take.setDefault(True)
        self.take.setEnabled(False)
        self._cancel = buttons.button(QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self._take)
        buttons.rejected.connect(self.reject)
        foot = QHBoxLayout()
        foot.addWidget(self._repeated)
        foot.addStretch(1)
        foot.addWidget(buttons)
        return foot

    def target(self) -> Target:
        """Return what the file is read as."""
        return Target(self._target.currentData())

    def _make_tables(self) -> None:
        """Make the tables of headings and lines for what the file is read as."""
        self.columns = ImportPreview(table_of(self.target()))
        self.columns.setMaximumHeight(COLUMNS_HEIGHT)
        self.columns.setMinimumHeight(COLUMNS_HEIGHT)
        self.columns.matched.connect(self._rematch)
        self.columns.hide()
        self.lines = RecordTable(line_columns(self.target()), _("Lines of the file"))
        self.lines.setObjectName("reference")
        self._body.insertWidget(1, self.columns)
        self._body.insertWidget(3, self.lines, 1)

    # ------------------------------------------------------------------------------- reading

    def load(self, name: str) -> None:
        """Read a file and show what is in it."""
        self._path = Path(name)
        self._file.setText(self._path.name)
        self._sheet.clear()
        self._turn()

    def _turn(self) -> None:
        """Read the file anew as something else, or another sheet of it."""
        self._chosen = {}
        self._preview = None
        for old in (self.columns, self.lines):
            self._body.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._make_tables()
        self._read()

    def _rematch(self) -> None:
        """Read the file anew with the columns that are chosen above its headings."""
        preview = self._preview
        if preview is not None:
            self._chosen = {
                name: heading
                for name, heading in zip(self.columns.matches(), preview.headings, strict=True)
                if name is not None
            }
            self._read()

    def _read(self) -> None:
        self._timer.stop()
        if not self._path.name:
            return
        self._stop.set()
        stop = self._stop = threading.Event()
        path, target = self._path, self.target()
        sheet, chosen, same = self._sheet.currentText() or None, self._chosen, self.same.texts()
        self._show_busy(_("Reading {file}…").format(file=path.name), stops=True)

        def progress(done: int, total: int) -> None:
            if stop.is_set():
                raise _Stopped
            self._step.emit(stop, done, total)

        def read() -> "MarketPreview":
            progress(0, 0)
            return self._desk.preview(
                path, target, sheet=sheet, columns=chosen, same=same, progress=progress
            )

        def done(preview: "MarketPreview") -> None:
            if not stop.is_set():
                self._show_preview(preview)

        self._jobs.run(
            read,
            owner=self,
            done=done,
            failed=lambda error: self._reading_failed(stop, error),
        )

    def _reading_failed(self, stop: threading.Event, error: Exception) -> None:
        if isinstance(error, CaseRefused) and not stop.is_set():
            self._show_refused_file(error)
        elif not isinstance(error, CaseRefused | _Stopped):
            raise error

    def _show_progress(self, stop: threading.Event, done: int, total: int) -> None:
        """Show how far the reading is, unless it was stopped while the word was on its way."""
        if stop.is_set():
            return
        self._busy.show_progress(done, total)
        if total:
            text = _("Lines looked at: {done} of {total}")
            self._count.setText(text.format(done=f"{done:,}", total=f"{total:,}"))
        elif done:
            self._count.setText(_("Lines read: {done}").format(done=f"{done:,}"))

    def _stopped(self) -> None:
        """Stop reading; nothing of the file is shown, and nothing is taken."""
        self._stop.set()
        self._show_nothing()
        self._count.setText(_("Stopped. Nothing was taken; choose the file again to read it."))
        self._count.show()

    def _show_busy(self, text: str, *, stops: bool) -> None:
        self._count.setText(text)
        self._count.show()
        self._busy.begin(stops=stops)
        self._problem.hide()
        self.take.setEnabled(False)

    def reject(self) -> None:
        """Leave, unless lines are being stored; a file that is being read is let go."""
        if not self._storing:
            self._stop.set()
            super().reject()

    def _show_nothing(self) -> None:
        self._preview = None
        for widget in (
            self._busy, self.columns, self.same, self._hint, self._count, self._problem,
            self._remarks, self.refused, self._repeated,
        ):  # fmt: skip
            widget.hide()
        self.lines.records.set_records([])
        self.take.setEnabled(False)

    def _show_refused_file(self, refused: CaseRefused) -> None:
        tr = translator(active_language())
        self._show_nothing()
        self._problem.setText(
            "\n".join(
                _("Given: {value}. Expected: {expected}.").format(
                    value="–" if problem.value is None else problem.value,
                    expected=expected_text(problem, tr),
                )
                for problem in refused.problems
            )
        )
        self._problem.show()

    def _show_preview(self, preview: "MarketPreview") -> None:
        self._preview = preview
        self._show_sheets(preview)
        by_heading = {heading: name for name, heading in preview.columns.items()}
        headings = TablePreview(headings=preview.headings, rows=(), lines=())
        self.columns.show_table(headings, tuple(by_heading.get(h) for h in preview.headings))
        self.columns.show()
        names = FIELDS_FOR_ALL[preview.target]
        open_fields = [name for name in names if name not in preview.columns]
        specs = {column.name: column for column in columns_of(table_of(preview.target))}
        self.same.ask_for(tuple(specs[name] for name in open_fields))
        if open_fields and not preview.new and not self.same.isAncestorOf(self.focusWidget()):
            self.same.focus_empty(open_fields[0])
        self._hint.setText(_("Choose above each column of the file what it holds."))
        self._hint.show()
        self.lines.records.set_records(shown_lines(preview))
        rows = refused_rows(preview)
        self.refused.records.set_records(rows)
        self.refused.setVisible(bool(rows))
        remarks = list(remark_lines(preview))
        more = len(remarks) - MOST_REMARKS
        if more > 0:
            remarks = [*remarks[:MOST_REMARKS], _("and {count} more").format(count=more)]
        self._remarks.setText("\n".join(remarks))
        self._remarks.setVisible(bool(remarks))
        self._show_counts()

    def _show_sheets(self, preview: "MarketPreview") -> None:
        self._sheet.clear()
        self._sheet.addItems(preview.sheets)
        self._sheet.setCurrentText(preview.sheet)
        for widget in (self._sheet, self._sheet_label):
            widget.setVisible(len(preview.sheets) > 1)

    def _show_counts(self) -> None:
        preview = self._preview
        if preview is None:
            return
        self._busy.hide()
        repeated = len(preview.duplicates)
        self._repeated.setVisible(bool(repeated))
        self._repeated.setText(
            _("Take repeated lines as well ({count})").format(count=f"{repeated:,}")
        )
        also = repeated > 0 and self._repeated.isChecked()
        good = len(preview.new) + (repeated if also else 0)
        left = 0 if also else repeated
        self._count.setText(
            _(
                "Lines that will be taken: {good}; repeated, left out: {left}; refused: {bad}."
            ).format(good=f"{good:,}", left=f"{left:,}", bad=f"{preview.refused_lines:,}")
        )
        self._count.show()
        self.take.setEnabled(good > 0)

    # -------------------------------------------------------------------------------- taking

    def _take(self) -> None:
        preview = self._preview
        if preview is None:
            return
        skip = not self._repeated.isChecked()
        self._storing = True
        self._cancel.setEnabled(False)
        self._show_busy(_("Storing the lines…"), stops=False)

        def done(count: int) -> None:
            self._storing = False
            self.taken.emit(count)
            self.accept()

        def failed(error: Exception) -> None:
            self._storing = False
            self._cancel.setEnabled(True)
            if not isinstance(error, StorageProblem):
                raise error
            self._show_counts()
            self._problem.setText(storage_text(error, translator(active_language())))
            self._problem.show()

        self._jobs.run(
            lambda: self._desk.take(preview, skip_duplicates=skip),
            owner=self,
            done=done,
            failed=failed,
        )
