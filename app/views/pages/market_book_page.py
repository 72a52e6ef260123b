"""The market book: deals and quotes, price series, exchange rates, charts, alerts."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMessageBox,
    QPushButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from app.i18n import _, active_language, translator
from app.services.market_lines import Target
from app.services.ports import StorageProblem
from app.services.storage_text import storage_text
from app.views.jobs import Jobs
from app.views.widgets.market_alerts import MarketAlerts
from app.views.widgets.market_charts import MarketCharts
from app.views.widgets.market_deals import MarketDeals
from app.views.widgets.market_rates import MarketRates
from app.views.widgets.market_series import MarketSeries

if TYPE_CHECKING:
    from app.services.market_alerts import Alert
    from app.services.market_desk import MarketDesk

DEALS, SERIES, RATES, CHARTS, ALERTS = range(5)
SUFFIXES = (".csv", ".xlsx", ".txt", ".tsv", ".xlsm")


class MarketBookPage(QWidget):
    """What the price evidence is taken from.

    Signals:
        case_wanted(list): records that a case shall take as comparables.
        estimate_wanted(object): the `SeriesModel` that a case shall draw its prices by.
        told(str): something was done that the status bar should say.
    """

    case_wanted = Signal(list)
    estimate_wanted = Signal(object)
    told = Signal(str)

    def __init__(self, desk: "MarketDesk", jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAcceptDrops(True)
        self._desk = desk
        self._jobs = jobs
        self.deals = MarketDeals()
        self.deals.delete_wanted.connect(self._ask_delete)
        self.deals.case_wanted.connect(self.case_wanted)
        self.series = MarketSeries(desk.series, desk.estimate, jobs)
        self.series.add_wanted.connect(self.add_point)
        self.series.delete_wanted.connect(self._ask_delete)
        self.series.estimate_wanted.connect(self.estimate_wanted)
        self.rates = MarketRates()
        self.rates.add_wanted.connect(self.add_rate)
        self.rates.delete_wanted.connect(self._ask_delete)
        self.charts = MarketCharts()
        self.charts.picked.connect(self.show_record)
        self.alerts = MarketAlerts()
        self._alerts_before: tuple[Alert, ...] = ()
        self.alerts.record_wanted.connect(self.show_record)
        self.alerts.series_wanted.connect(self.show_series)
        self.tabs = QTabWidget()
        self.tabs.addTab(self.deals, _("Deals and quotes"))
        self.tabs.addTab(self.series, _("Price series"))
        self.tabs.addTab(self.rates, _("Exchange rates"))
        self.tabs.addTab(self.charts, _("Charts"))
        self.tabs.addTab(self.alerts, _("Alerts"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 10, 14, 10)
        layout.addLayout(self._make_head())
        layout.addWidget(self.tabs, 1)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self, self._focus_filter)

    def _make_head(self) -> QHBoxLayout:
        title = QLabel(_("Market book"))
        title.setProperty("role", "title")
        self._count = QLabel()
        self._count.setObjectName("market.count")
        self._count.setProperty("role", "hint")
        head = QHBoxLayout()
        head.addWidget(title)
        head.addWidget(self._count, 1)
        for name, text, call, primary in (
            ("market.add", _("Add a deal…"), self.add_deal, False),
            ("market.import", _("Import a file…"), self.ask_import, True),
        ):
            button = QPushButton(text)
            button.setObjectName(name)
            button.setProperty("primary", primary)
            button.clicked.connect(lambda _checked=False, own=call: own())
            head.addWidget(button)
        return head

    def refresh(self, *, added: bool = False) -> None:
        """Show what the book holds now; `added` tells the alerts on what has just come in."""
        records, rates = self._desk.records(), self._desk.fx()
        names = self._desk.series_names()
        self.deals.show_records(records)
        self.charts.show_records(records)
        self.series.show_names(names)
        self.rates.show_rates(rates)
        self._jobs.run(
            self._desk.alerts,
            owner=self,
            done=lambda alerts: self._show_alerts(alerts, added=added),
        )
        own = sum(1 for record in records if not record.shipped)
        self._count.setText(
            _("{deals} deals and quotes, {own} of them entered here; {series} price series").format(
                deals=len(records), own=own, series=len(names)
            )
        )

    def _show_alerts(self, alerts: Sequence["Alert"], *, added: bool) -> None:
        new = self._desk.new_alerts(self._alerts_before, alerts)
        self._alerts_before = tuple(alerts)
        self.alerts.show_alerts(alerts)
        if added and new:
            self._tell_alerts(new)
        title = _("Alerts ({count})").format(count=len(alerts)) if alerts else _("Alerts")
        self.tabs.setTabText(ALERTS, title)

    def _tell_alerts(self, new: Sequence["Alert"]) -> None:
        """Show the monitor's word on what has just come in, with the figure of the first."""
        from app.services.market_alerts import alert_text  # noqa: PLC0415 - loaded with the desk

        first = alert_text(new[0], translator(active_language()))
        text = _("The price monitor raises {count} alerts on what was added. {first}")
        self.tabs.setCurrentIndex(ALERTS)
        self.told.emit(text.format(count=len(new), first=first))

    def show_record(self, record_id: str) -> None:
        """Go to a deal."""
        self.tabs.setCurrentIndex(DEALS)
        self.deals.show_record(record_id)

    def show_series(self, name: str = "", day: date | None = None) -> None:
        """Go to the price series, to that of a name, and to its observation of a day."""
        self.tabs.setCurrentIndex(SERIES)
        if name:
            self.series.choose(name, day)

    # -------------------------------------------------------------------------------- adding

    def _target(self) -> Target:
        found = {SERIES: Target.SERIES, RATES: Target.FX}
        return found.get(self.tabs.currentIndex(), Target.RECORDS)

    def ask_import(self) -> None:
        """Ask for a file and show its preview."""
        from app.views.dialogs.market_file import ask_market_file  # noqa: PLC0415

        ask_market_file(self, self._open_import)

    def _open_import(self, name: str) -> None:
        """Show the preview of a file."""
        from app.views.dialogs.market_import_dialog import MarketImportDialog  # noqa: PLC0415

        dialog = MarketImportDialog(self._desk, self._target(), self._jobs, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.taken.connect(self._taken)
        dialog.open()
        dialog.load(name)

    def _taken(self, count: int) -> None:
        self.refresh(added=True)
        self.told.emit(_("Taken into the market book: {count}.").format(count=count))

    def add_deal(self) -> None:
        """Ask for a deal or quote and enter it."""
        from app.views.dialogs.market_record_dialog import DealDialog  # noqa: PLC0415

        text = _("The deal is in the market book.")
        self._enter(DealDialog(self._desk, self), text, self.deals.show_record)

    def add_point(self, series: str = "") -> None:
        """Ask for a price of a series and enter it."""
        from app.views.dialogs.market_record_dialog import PointDialog  # noqa: PLC0415

        dialog = PointDialog(self._desk, self, series=series)

        def show(_number: str) -> None:
            if dialog.point is not None:
                self.series.choose(dialog.point.series, dialog.point.day)

        self._enter(dialog, _("The price is in the market book."), show)

    def add_rate(self) -> None:
        """Ask for an exchange rate and enter it."""
        from app.views.dialogs.market_record_dialog import RateDialog  # noqa: PLC0415

        text = _("The rate is in the market book.")
        self._enter(RateDialog(self._desk, self), text, lambda _number: None)

    def _enter(self, dialog: Any, text: str, show: Callable[[str], None]) -> None:
        def added(number: str) -> None:
            self.refresh(added=True)
            show(number)
            self.told.emit(text)

        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.added.connect(added)
        dialog.open()

    # ------------------------------------------------------------------------------ deleting

    def _ask_delete(self, ids: list[str]) -> None:
        text = _("Delete {count} records from the market book? This cannot be undone.")
        self._ask(text.format(count=len(ids)), lambda: self._delete(ids))

    def _delete(self, ids: list[str]) -> None:
        try:
            self._desk.remove(ids)
        except StorageProblem as problem:
            self.told.emit(storage_text(problem, translator(active_language())))
            return
        self.refresh()
        self.told.emit(_("Records deleted: {count}.").format(count=len(ids)))

    def _ask(self, text: str, go_on: Callable[[], None]) -> None:
        box = QMessageBox(self)
        box.setObjectName("market.confirm")
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setWindowTitle(_("Delete"))
        box.setText(text)
        delete = box.addButton(_("Delete"), QMessageBox.ButtonRole.DestructiveRole)
        delete.setObjectName("market.confirm.delete")
        box.addButton(QMessageBox.StandardButton.Cancel)
        box.setDefaultButton(QMessageBox.StandardButton.Cancel)
        delete.clicked.connect(go_on)
        box.open()

    # ---------------------------------------------------------------------------------- keys

    def _focus_filter(self) -> None:
        shown = self.tabs.currentWidget()
        words = getattr(shown, "filter", self.deals.filter).words
        if words is self.deals.filter.words:
            self.tabs.setCurrentIndex(DEALS)
        words.setFocus(Qt.FocusReason.ShortcutFocusReason)
        words.selectAll()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        """Take a table."""
        if any(url.toLocalFile().lower().endswith(SUFFIXES) for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        """Show the preview of the table that was dropped."""
        names = [url.toLocalFile() for url in event.mimeData().urls()]
        name = next((n for n in names if n.lower().endswith(SUFFIXES)), "")
        if name:
            self._open_import(name)
