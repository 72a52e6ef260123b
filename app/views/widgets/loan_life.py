"""The page of the life of a loan: state, what is due, ledger, coverage, and what to record."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QTabWidget, QWidget

from app.finance.lending.life_results import DueItem, LifeResult
from app.i18n import N_, Translator, _, active_language, translator
from app.reports.due_facts import due_table
from app.reports.fact_tables import FactTable
from app.reports.life_facts import (
    call_rows,
    event_table,
    ledger_table,
    state_rows,
    watch_table,
    waterfall_table,
)
from app.services.due_list import first_missed
from app.views.widgets.fact_html import NARROW
from app.views.widgets.loan_page import LoanPage, page_browser
from app.views.widgets.loan_table import COPY_TIP, NO_TABLE, FactTableView
from app.views.widgets.value_parts import PageParts

if TYPE_CHECKING:
    from app.services.workbench import Computed

RECORDS = {
    "receipts": N_("Receipt…"),
    "revaluations": N_("Revaluation…"),
    "events": N_("Event…"),
    "inspections": N_("Inspection…"),
}
"""Tables of the watch that a line can be added to, with the text of the button."""

TODAY = "today"
"""What the page wants when the state of the present day is asked for."""

NEXT_SHOWN = 6
_ORDER = ("late", "due", "ahead", "done")


def by_urgency(items: Iterable[DueItem]) -> list[DueItem]:
    """Return what is late first, then what is due, ahead and done, each by day."""
    return sorted(items, key=lambda item: (_ORDER.index(item.state), item.day))


def state_html(life: LifeResult | None, tr: Translator, room: int = NARROW) -> str:
    """Return the state of the loan on the day watched; what to enter when nobody watches it."""
    parts = PageParts(tr, room)
    if life is None:
        return parts.heading(N_("Life of the loan")) + parts.empty(
            N_(
                "The life of this loan is not followed yet. Record what happens with the buttons "
                "above, or enter the lines of coverage and the days of checks; balances, coverage, "
                "margin calls and what is due then stand here."
            ),
            "loan.monitoring",
            N_("Follow the life of the loan"),
        )
    call = call_rows(life)
    written = [
        parts.heading(N_("State of the loan")),
        parts.facts(state_rows(life)),
        parts.ways(
            parts.link(f"do:{TODAY}", N_("Show the state of today")),
            parts.field(N_("Choose another day"), "loan.monitoring.as_of"),
        ),
        _next_due(life, parts),
        parts.heading(N_("Coverage on the last day watched")) + parts.facts(call) if call else "",
    ]
    for heading, table in (
        (N_("Events"), event_table(life)),
        (N_("Disposal on the day watched"), waterfall_table(life)),
    ):
        if table is not None:
            written.append(parts.heading(heading) + parts.fact_table(table))
    return "".join(written)


def _next_due(life: LifeResult, parts: PageParts) -> str:
    """The first of what is late, due or ahead, with the way to the rest."""
    open_items = by_urgency(first_missed(item for item in life.due if item.state != "done"))
    table = due_table(open_items[:NEXT_SHOWN])
    if table is None:
        return ""
    more = len(open_items) - NEXT_SHOWN
    text = parts.say(N_("and {count} more"), count=str(more)) if more > 0 else ""
    link = f'<p><a class="more" href="tab:{DUE}">{text}</a></p>' if text else ""
    return parts.heading(N_("Due next")) + parts.fact_table(table) + link


STATE, DUE, LEDGER, COVERAGE = "state", "due", "ledger", "coverage"


class LifePage(LoanPage):
    """State, calendar, ledger and coverage, each filled when it is looked at."""

    def __init__(self) -> None:
        self._page = page_browser("life.state", _("State of the loan"))
        super().__init__(self._page)
        self._life: LifeResult | None = None
        self._fresh: set[str] = set()
        self._page.anchorClicked.connect(self._follow)
        self._tabs = QTabWidget()
        self._tabs.setObjectName("life.tabs")
        self._tabs.setDocumentMode(True)
        self._tables = {
            DUE: FactTableView("life.due", _("What is due")),
            LEDGER: FactTableView("life.ledger", _("Ledger")),
            COVERAGE: FactTableView("life.coverage", _("Coverage")),
        }
        self._places: dict[str, QWidget] = {STATE: self._page, **self._tables}
        titles = (_("State"), _("What is due"), _("Ledger"), _("Coverage"))
        for place, title in zip(self._places.values(), titles, strict=True):
            self._tabs.addTab(place, title)
        self._tabs.currentChanged.connect(lambda _index: self._fill())
        self.column.addLayout(self._bar())
        self.column.addWidget(self._tabs, 1)

    def _bar(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(2, 0, 2, 0)
        row.setSpacing(5)
        label = QLabel(_("Record"))
        label.setProperty("role", "hint")
        row.addWidget(label)
        for code, text in RECORDS.items():
            row.addWidget(self._button(code, text))
        row.addStretch(1)
        self._copy = QPushButton(_("Copy"))
        self._copy.setObjectName("life.copy")
        self._copy.setProperty("compact", True)
        self._copy.setToolTip(_(COPY_TIP))
        self._copy.clicked.connect(self._copy_table)
        row.addWidget(self._copy)
        return row

    def _button(self, code: str, text: str) -> QPushButton:
        button = QPushButton(_(text))
        button.setObjectName(f"record.{code}")
        button.setProperty("compact", True)
        button.setAccessibleName(_("Record: {what}").format(what=_(text).rstrip("…")))
        button.clicked.connect(lambda: self.wanted.emit(code))
        return button

    def _copy_table(self) -> None:
        table = self._tables.get(self._shown())
        if table is not None:
            table.copy()

    def _shown(self) -> str:
        return list(self._places)[self._tabs.currentIndex()]

    def write(self, computed: "Computed") -> None:
        """Show the life of the loan of a case."""
        loan = computed.results.loan
        self._life = None if loan is None else loan.life
        self._fresh.clear()
        for index, code in enumerate(self._places):
            self._tabs.setTabVisible(index, code == STATE or self._life is not None)
        self._fill()

    def _fill(self) -> None:
        """Write the part in front, unless it is written."""
        code = self._shown()
        self._copy.setVisible(code in self._tables)
        if code in self._fresh:
            return
        self._fresh.add(code)
        if code == STATE:
            place = self._page.verticalScrollBar().value()
            written = state_html(self._life, translator(active_language()), self.room)
            self._page.setHtml(written)
            self._page.verticalScrollBar().setValue(place)
        elif self._life is not None:
            self._tables[code].show_table(_WRITERS[code](self._life) or NO_TABLE)

    def _follow(self, link: QUrl) -> None:
        kind, _colon, target = link.toString().partition(":")
        if kind == "tab":
            self._tabs.setCurrentWidget(self._places[target])
        else:
            self.followed.emit(link)

    def text(self) -> str:
        """Return the part in front as plain text."""
        table = self._tables.get(self._shown())
        return self._page.toPlainText() if table is None else table.copied_text()


_WRITERS: dict[str, Callable[[LifeResult], FactTable | None]] = {
    DUE: lambda life: due_table(by_urgency(life.due)),
    LEDGER: ledger_table,
    COVERAGE: watch_table,
}
"""What fills each table."""
