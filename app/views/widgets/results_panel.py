"""The right half of the case page: pages of results, a chart, and the working of each figure."""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QCursor, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QToolTip,
    QVBoxLayout,
    QWidget,
)

from app.i18n import _, active_language, translator
from app.views.widgets.chart_place import ChartPlace
from app.views.widgets.fact_html import NARROW, signs_beside
from app.views.widgets.insurance_copy import TABLES
from app.views.widgets.insurance_copy import copied as copied_table
from app.views.widgets.insurance_parts import DEEDS
from app.views.widgets.loan_copy import copied
from app.views.widgets.loan_page import FIT_MS, page_browser
from app.views.widgets.loan_pages import LoanWidgets
from app.views.widgets.loan_table import COPIED
from app.views.widgets.result_page import ResultPage
from app.views.widgets.results_html import ResultsPage
from app.views.widgets.value_chips import PageChips
from app.views.widgets.value_pages import (
    CASH_FLOW,
    CHANGES,
    FITTED,
    OVERVIEW,
    ValuePages,
    first_page,
    groups_of,
    pages_of,
    with_earlier,
)
from app.views.widgets.value_table import CashFlowTable
from app.views.widgets.working_dialog import open_working

if TYPE_CHECKING:
    from app.finance.engine import Results
    from app.services.workbench import Computed
    from app.views.widgets.value_changes import Compared

LED_SHARE = 0.4
"""Share of a high window that a chart takes that leads."""


class ResultsPanel(QWidget):
    """Shows results; keeps the last complete ones while the input is incomplete.

    Only the page that is looked at is written. What takes longer to draw stays, marked, from
    the earlier results until it comes.

    Signals:
        field_wanted(str): path of the field a notice is about.
        stop_wanted(): the drawing of the range is to stop.
        changes_wanted(): the page of changes is looked at and has nothing fresh to show.
        versions_wanted(): two versions are to be chosen and compared.
        evidence_price_wanted(): the value shall rest on the concluded price.
        loan_wanted(str): something to do with the loan; see `loan_actions`.
        insurance_wanted(str): something to do with the insurance, one of `DEEDS`.
    """

    field_wanted = Signal(str)
    stop_wanted = Signal()
    changes_wanted = Signal()
    versions_wanted = Signal()
    evidence_price_wanted = Signal()
    loan_wanted = Signal(str)
    insurance_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._computed: Computed | None = None
        self._earlier: Results | None = None
        self._stale = False
        self._drawing = True
        self._unsized = False
        self._code = OVERVIEW
        self._has_versions = False
        self._compared: Compared | None = None
        self._places: dict[str, int] = {}
        self._room = NARROW
        self._fitting = QTimer(self)
        self._fitting.setSingleShot(True)
        self._fitting.setInterval(FIT_MS)
        self._fitting.timeout.connect(self._fit)
        self._browser = page_browser("results", _("Results"))
        self._browser.anchorClicked.connect(self._follow)
        self._table = CashFlowTable()
        self._stack = QStackedWidget()
        self._stack.addWidget(self._browser)
        self._stack.addWidget(self._table)
        self._loan = LoanWidgets(self._stack)
        self._loan.followed.connect(self._follow)
        self._loan.wanted.connect(self.loan_wanted)
        self._chips = PageChips()
        self._chips.chosen.connect(self.show_page)
        self._chips.hide()
        self._splitter = splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.addWidget(self._stack)
        self._chart = ChartPlace()
        splitter.addWidget(self._chart)
        splitter.setStretchFactor(0, 3)
        splitter.setStretchFactor(1, 1)
        self._sizes: dict[int, list[int]] = {0: [500, 220]}
        splitter.setSizes(self._sizes[0])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self._chips)
        layout.addWidget(splitter, 1)
        self._progress = self._progress_row()
        layout.addWidget(self._progress)

    def _progress_row(self) -> QWidget:
        row = QWidget()
        row.setObjectName("drawing")
        self._bar = QProgressBar()
        self._bar.setAccessibleName(_("Draws of the range"))
        stop = QPushButton(_("Stop"))
        stop.setObjectName("stop-drawing")
        stop.clicked.connect(self._stop)
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.addWidget(self._bar, 1)
        layout.addWidget(stop)
        row.hide()
        return row

    def _stop(self) -> None:
        self._progress.hide()
        self._drawing = False
        self._show()
        self.stop_wanted.emit()

    def show_progress(self, done: int, draws: int) -> None:
        """Show how far the drawing of the range is; it goes when the last draw is done."""
        self._bar.setMaximum(draws)
        self._bar.setValue(done)
        text = _("Drawing the range: {done} of {draws} draws")
        self._bar.setFormat(text.format(done=f"{done:,}", draws=f"{draws:,}"))
        self._progress.setVisible(done < draws)

    def show_nothing(self, page: str) -> None:
        """Say in HTML what is still needed before there are results."""
        self._stale = True
        if self._computed is None:
            self._chart.hide()
            self._chips.hide()
            self._stack.setCurrentWidget(self._browser)
            self._write(page)
        else:
            self._show()

    def show_results(self, computed: "Computed") -> None:
        """Show fresh results; what was drawn for them may follow by `show_drawn`."""
        self._progress.hide()
        if self._computed is not None:
            self._earlier, _taken = with_earlier(self._computed.results, self._earlier)
        opens = self._computed is None
        self._computed = computed
        self._compared = None
        self._stale = False
        self._drawing = True
        if opens:
            self._open_on(first_page(computed))
        self._show()
        self._show_chart()

    def _open_on(self, code: str) -> None:
        """Begin on a page; its chart gets its height once the panel has its own."""
        self._code = code
        self._chart.show_chart(self._page().chart)
        self._unsized = not self.isVisible()
        if self.isVisible():
            self._splitter.setSizes(self._sizes_of(self._page().led))

    def show_drawn(self, results: "Results") -> None:
        """Show the same results with what was drawn for them."""
        self._progress.hide()
        if self._computed is None:
            return
        self._computed = replace(self._computed, results=results)
        self._earlier = None
        if self._code not in (CASH_FLOW, CHANGES):
            self._show()
        self._show_chart()

    def set_has_versions(self, there: bool) -> None:
        """Tell whether the case is stored, so that its changes can be shown."""
        if there != self._has_versions:
            self._has_versions = there
            self._show()

    def forget_changes(self) -> None:
        """Find the changes anew; another version is the one to compare with."""
        self._compared = None
        if self._code == CHANGES:
            self._show()

    def show_changes(self, compared: "Compared | None") -> None:
        """Show what changed since a version; None when there is no version before this one."""
        self._compared = compared
        if self._code == CHANGES:
            self._write_changes(asked=True)

    def show_page(self, code: str) -> None:
        """Turn to a page, and to the chart that goes with it."""
        if self._computed is None or code == self._code:
            return
        self._places[self._code] = self._browser.verticalScrollBar().value()
        self._sizes[self._page().led] = self._splitter.sizes()
        self._code = code
        self._show()
        self._splitter.setSizes(self._sizes_of(self._page().led))
        self._browser.verticalScrollBar().setValue(self._places.get(code, 0))
        self._chart.show_chart(self._page().chart)
        self._show_chart()

    def _sizes_of(self, led: int) -> list[int]:
        """Return the heights of words and chart as they were left; at first the chart just fits."""
        if led not in self._sizes:
            whole = max(self._splitter.height(), 1)
            chart = min(max(led, int(LED_SHARE * whole)), whole * 3 // 5)
            self._sizes[led] = [whole - chart, chart]
        return self._sizes[led]

    @property
    def page(self) -> str:
        """The code of the page that is shown."""
        return self._code

    def _pages(self) -> tuple[ResultPage, ...]:
        if self._computed is None:
            return ()
        return pages_of(self._computed, compared=self._has_versions)

    def _page(self) -> ResultPage:
        return next(page for page in self._pages() if page.code == self._code)

    def _show_chips(self) -> None:
        """Show the names of the pages; a page that is gone gives way to the first."""
        pages = self._pages()
        if self._code not in [page.code for page in pages]:
            self._code = OVERVIEW
            self._splitter.setSizes(self._sizes[0])
            self._chart.show_chart(pages[0].chart)
        self._chips.show_pages(
            {page.code: _(page.title) for page in pages}, self._code, groups_of(pages)
        )
        self._chips.setVisible(len(pages) > 1)

    def _show(self) -> None:
        if self._computed is None:
            return
        self._show_chips()
        self._chart.setVisible(bool(self._page().chart))
        page = self._loan.page(self._code)
        if page is not None:
            page.show_loan(self._computed, stale=self._stale)
            self._stack.setCurrentWidget(page)
            return
        values = self._computed.results.values
        if self._code == CASH_FLOW and values is not None:
            self._table.show_rows(values.cash_flow)
            self._stack.setCurrentWidget(self._table)
            return
        self._stack.setCurrentWidget(self._browser)
        if self._code == CHANGES:
            self._write_changes(asked=False)
        else:
            self._write(self._html(self._computed))

    def _html(self, computed: "Computed") -> str:
        tr = translator(active_language())
        page = ResultsPage(computed, tr, drawing=self._drawing)
        if self._code == OVERVIEW:
            return page.html(stale=self._stale)
        self._room = signs_beside(self._browser)
        pages = ValuePages(
            computed, tr, earlier=self._earlier, drawing=self._drawing, room=self._room
        )
        return page.framed(pages.html(self._code), stale=self._stale)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Set tables anew soon, when there is more or less room for their columns."""
        super().resizeEvent(event)
        if self._unsized and self._computed is not None:
            self._unsized = False
            self._splitter.setSizes(self._sizes_of(self._page().led))
        if event.size().width() != event.oldSize().width():
            self._fitting.start()

    def _fit(self) -> None:
        looked_at = self._stack.currentWidget() is self._browser and self._code in FITTED
        if looked_at and signs_beside(self._browser) != self._room:
            self._show()

    def _write(self, html: str) -> None:
        """Write a page; a bar that stays where it is spares laying the page out a second time."""
        bar = self._browser.verticalScrollBar()
        place = bar.value()
        self._browser.setHtml(html)
        policy = Qt.ScrollBarPolicy
        self._browser.setVerticalScrollBarPolicy(
            policy.ScrollBarAlwaysOn if bar.maximum() else policy.ScrollBarAsNeeded
        )
        bar.setValue(place)

    def _write_changes(self, *, asked: bool) -> None:
        """Write what changed; ask for it when it is not there and nobody has been asked."""
        from app.views.widgets.value_changes import changes_html  # noqa: PLC0415 - when looked at

        waiting = self._compared is None and not asked
        self._write(changes_html(self._compared, translator(active_language()), waiting=waiting))
        if waiting:
            self.changes_wanted.emit()

    def _show_chart(self) -> None:
        """Draw the chart soon, with what was drawn before where nothing fresh is there."""
        if self._computed is not None:
            results, _taken = with_earlier(self._computed.results, self._earlier)
            self._chart.show_results(results)

    def text(self) -> str:
        """Return what is shown, as plain text."""
        page = self._loan.page(self._code)
        return self._browser.toPlainText() if page is None else page.text()

    def _follow(self, link: QUrl) -> None:
        kind, _colon, target = link.toString().partition(":")
        if kind == "field":
            self.field_wanted.emit(target)
        elif kind == "step":
            self.show_working(target)
        elif kind == "page":
            self.show_page(target)
        elif kind == "versions":
            self.versions_wanted.emit()
        elif kind == "take":
            self.evidence_price_wanted.emit()
        elif kind == "copy":
            self._copy(target)
        elif kind == "do" and target in DEEDS:
            self.insurance_wanted.emit(target)
        elif kind == "do":
            self.loan_wanted.emit(target)

    def _copy(self, name: str) -> None:
        """Copy a table of loan or insurance for a spreadsheet, and say so beside the pointer."""
        if self._computed is None:
            return
        results = self._computed.results
        if name in TABLES and results.insurance is not None:
            text = copied_table(self._computed.file.case, results.insurance, name)
        elif results.loan is not None:
            text = copied(results.loan, name)
        else:
            return
        QApplication.clipboard().setText(text)
        QToolTip.showText(QCursor.pos(), _(COPIED).format(count=text.count("\n")), self._browser)

    def show_working(self, key: str) -> QDialog | None:
        """Open the working of a figure; None when there is none of this key."""
        if self._computed is None:
            return None
        step = next((s for s in self._computed.results.working if s.key == key), None)
        return None if step is None else open_working(step, self)
