"""What is due across the book: payments, registrations, checks, cures, of every stored loan."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from app.formats import number
from app.i18n import N_, _, active_language, translator
from app.messages.lending_words import DUE_STATES
from app.reports.due_facts import due_cell
from app.services.due_book import (
    DueLine,
    Version,
    due_lines,
    found_text,
    has_loan,
    kept_text,
    version_of,
)
from app.services.ports import CaseEntry
from app.views.jobs import Jobs
from app.views.widgets.busy_row import BusyRow
from app.views.widgets.field_editors import CalmCombo
from app.views.widgets.record_table import Column, RecordTable

if TYPE_CHECKING:
    from app.services.workbench import Workbench

KINDS: dict[str, tuple[str, tuple[str, ...]]] = {
    "payments": (N_("Repayments"), ("payment",)),
    "registration": (
        N_("Pledge registration"),
        (
            "registration_90",
            "registration_30",
            "registration_7",
            "registration_end",
            "cancel_registration",
            "amend_registration",
        ),
    ),
    "ends": (
        N_("Appraisals, insurance, guarantees"),
        ("appraisal_end", "insurance_end", "guarantee_end"),
    ),
    "cures": (N_("Margin calls and cures"), ("cure",)),
    "checks": (
        N_("Inspections, revaluations, verifications"),
        ("inspection", "revaluation", "verification"),
    ),
    "rates": (N_("Drawdowns, repricing, indicators"), ("drawdown", "repricing", "kpi_test")),
}
"""Kinds to filter by: name, and the codes of what is due."""

HORIZONS = (30, 90, 365)
USUAL_HORIZON = 90
_STATES = ("late", "due", "ahead")
_TONES = {"late": "#A3261C", "due": "#9A5B00"}
SHOWN_EVERY = 40
"""After so many cases computed the list is filled anew."""

NO_LOANS = N_(
    "No stored case has a loan. Open a case, tick the loan on its tab and save it: its payments, "
    "registration and checks then stand here."
)
NOTHING_DUE = N_("Nothing is due by these filters. Choose a longer time or all kinds.")
HINT = N_(
    "A payment counts as made once its receipt is recorded in the case and the day watched has "
    "reached it. Of a loan that is not watched nobody knows what was paid: its payments leave the "
    "list when their day has passed. Double-click opens the case."
)


class _Row:
    """A line of the list; its sentence is made when it is first looked at."""

    def __init__(self, line: DueLine) -> None:
        self.line = line

    @cached_property
    def what(self) -> str:
        return due_cell(self.line.item.item).said(translator(active_language()))


def _state(row: _Row) -> int:
    return _STATES.index(row.line.item.state)


def _columns() -> tuple[Column, ...]:
    def tone(row: _Row) -> str:
        return _TONES.get(row.line.item.state, "")

    return (
        Column(_("Due on"), lambda row: row.line.item.day.isoformat(), width=100, tone=tone),
        Column(
            _("Days to go"),
            lambda row: row.line.days,
            lambda days: number(days, 0),
            numeric=True,
            width=80,
            tone=tone,
        ),
        Column(_("State"), _state, lambda at: _(DUE_STATES[_STATES[at]]), width=70, tone=tone),
        Column(_("Case"), lambda row: row.line.case_name, width=280),
        Column(_("What is due"), lambda row: row.what, width=420),
    )


class DuePage(QWidget):
    """The list with its filters.

    Versions saved by an earlier program hold no calendar: theirs is computed in the worker, one
    case at a time, so that other work is not held up; it can be stopped.

    Signals:
        open_case(str): id of the case whose life is to be looked at.
    """

    open_case = Signal(str)

    def __init__(self, workbench: "Workbench", jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._workbench, self._jobs = workbench, jobs
        self._entries: Sequence[CaseEntry] = ()
        self._today = date.min
        self._found: dict[Version, str | None] = {}
        self._waiting: list[CaseEntry] = []
        self._asked = 0
        self.table = RecordTable(_columns(), _("What is due"))
        self.table.opened.connect(lambda row: self.open_case.emit(row.line.case_id))
        self.table.selection_changed.connect(self._enable)
        self._busy = BusyRow("due", _("Cases computed"))
        self._busy.stop_wanted.connect(self._stop)
        self._told = QLabel()
        self._told.setObjectName("due.told")
        self._told.setProperty("role", "hint")
        self._told.setWordWrap(True)
        self._told.hide()
        self._empty = QLabel()
        self._empty.setProperty("role", "empty")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        body = QWidget()
        self._stack = QStackedLayout(body)
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._empty)
        hint = QLabel(_(HINT))
        hint.setProperty("role", "hint")
        hint.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 10, 14, 10)
        layout.addLayout(self._head())
        layout.addLayout(self._filters())
        layout.addWidget(self._busy)
        layout.addWidget(self._told)
        layout.addWidget(body, 1)
        layout.addWidget(hint)
        self._enable()

    def _head(self) -> QHBoxLayout:
        title = QLabel(_("What is due"))
        title.setProperty("role", "title")
        self._count = QLabel()
        self._count.setObjectName("due.count")
        self._count.setProperty("role", "hint")
        self._search = QLineEdit()
        self._search.setObjectName("filter")
        self._search.setPlaceholderText(_("Filter by any word"))
        self._search.setClearButtonEnabled(True)
        self._search.setFixedWidth(240)
        self._search.textChanged.connect(self.table.records.set_filter)
        row = QHBoxLayout()
        row.addWidget(title)
        row.addWidget(self._count)
        row.addStretch(1)
        row.addWidget(self._search)
        return row

    def _filters(self) -> QHBoxLayout:
        self._open = QPushButton(_("Open the case"))
        self._open.setObjectName("due.open")
        self._open.clicked.connect(self._open_selected)
        self._kind = self._choice("due.kind", _("Kind"))
        self._kind.addItem(_("all kinds"), None)
        for code, (name, _codes) in KINDS.items():
            self._kind.addItem(_(name), code)
        self._horizon = self._choice("due.horizon", _("Within"))
        for days in HORIZONS:
            self._horizon.addItem(_("{days} days").format(days=days), days)
        self._horizon.addItem(_("all days"), None)
        self._horizon.setCurrentIndex(HORIZONS.index(USUAL_HORIZON))
        row = QHBoxLayout()
        row.addWidget(self._open)
        row.addSpacing(12)
        for text, box in ((_("Kind"), self._kind), (_("Within"), self._horizon)):
            label = QLabel(text)
            label.setBuddy(box)
            row.addWidget(label)
            row.addWidget(box)
        row.addStretch(1)
        return row

    def _choice(self, name: str, title: str) -> QComboBox:
        box = CalmCombo()
        box.setObjectName(name)
        box.setAccessibleName(title)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        box.activated.connect(lambda _index: self._show())
        return box

    def show_entries(self, entries: Sequence[CaseEntry], today: date) -> None:
        """Show what is due on a day in the stored cases; compute what was not kept with them."""
        self._entries = [entry for entry in entries if has_loan(entry)]
        self._today = today
        self._show()
        self._begin()

    def _begin(self) -> None:
        """Compute the calendars that are missing, one after the other."""
        self._asked += 1
        self._waiting = [
            entry
            for entry in self._entries
            if kept_text(entry) is None and version_of(entry) not in self._found
        ]
        self._tell()
        if self._waiting:
            self._busy.begin(stops=True)
            self._next(self._asked, len(self._waiting))
        else:
            self._busy.hide()

    def _next(self, asked: int, total: int) -> None:
        entry = self._waiting[0]

        def done(text: str | None) -> None:
            if asked != self._asked:
                return
            self._found[version_of(entry)] = text
            self._waiting.pop(0)
            ready = total - len(self._waiting)
            self._busy.show_progress(ready, total)
            if not self._waiting or ready % SHOWN_EVERY == 0:
                self._show()
            if self._waiting:
                self._next(asked, total)
            else:
                self._busy.hide()
                self._tell()

        self._jobs.run(lambda: found_text(self._workbench, entry), owner=self, done=done)

    def _stop(self) -> None:
        self._asked += 1
        self._busy.hide()
        self._show()
        self._tell(stopped=True)

    def _tell(self, *, stopped: bool = False) -> None:
        """Say of which cases nothing is known: not computed yet, or refused."""
        lost = [
            entry.name
            for entry in self._entries
            if kept_text(entry) is None
            and version_of(entry) in self._found
            and self._found[version_of(entry)] is None
        ]
        texts = []
        if lost:
            text = _("Cases that can no longer be computed; open them to see why: {names}")
            texts.append(text.format(names=", ".join(lost)))
        if self._waiting and stopped:
            text = _("Stopped. Cases saved by an earlier program that are not in the list: {count}")
            texts.append(text.format(count=len(self._waiting)))
        elif self._waiting:
            text = _("Cases saved by an earlier program are being computed: {count}")
            texts.append(text.format(count=len(self._waiting)))
        self._told.setText("\n".join(texts))
        self._told.setVisible(bool(texts))

    def _show(self) -> None:
        """Fill the table by the filters; what is late is in every horizon."""
        kind, horizon = self._kind.currentData(), self._horizon.currentData()
        codes = KINDS[kind][1] if kind else None
        until = date.max if horizon is None else self._today + timedelta(days=horizon)
        rows = [
            _Row(line)
            for line in due_lines(self._entries, self._found, self._today, until)
            if codes is None or line.item.code in codes
        ]
        self.table.records.set_records(rows)
        late = sum(1 for row in rows if row.line.item.state == "late")
        self._count.setText(
            _("Things due: {count} · late: {late}").format(count=len(rows), late=late)
        )
        self._empty.setText(_(NOTHING_DUE if self._entries else NO_LOANS))
        self._stack.setCurrentIndex(0 if rows else 1)
        self._enable()

    def _enable(self) -> None:
        self._open.setEnabled(len(self.table.selected()) == 1)

    def _open_selected(self) -> None:
        for row in self.table.selected()[:1]:
            self.open_case.emit(row.line.case_id)
