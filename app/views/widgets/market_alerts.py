"""The tab of alerts: prices outside the band that earlier ones set, with the figures."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.formats import number, plain
from app.i18n import N_, _, active_language, translator
from app.views.widgets.market_deals import empty_label, share_width
from app.views.widgets.market_words import price_text, said, series_label
from app.views.widgets.record_table import Column, RecordTable

if TYPE_CHECKING:
    from app.services.market_alerts import Alert

CODES = {
    "deal_above_band": N_("deal above its band"),
    "deal_below_band": N_("deal below its band"),
    "price_above_band": N_("price above its band"),
    "price_below_band": N_("price below its band"),
    "beyond_daily_limit": N_("beyond the daily limit"),
    "at_daily_limit": N_("at the daily limit"),
    "unchanged_price": N_("price does not move"),
    "stale_price": N_("price is old"),
    "price_not_positive": N_("price not above zero"),
}
SUBJECT, BEHIND = 1, 6
"""Columns that share the width."""


def band_text(low: float | None, high: float | None) -> str:
    """Write the ends of a band; a dash for none."""
    if low is None or high is None:
        return "–"
    return _("{low} to {high}").format(low=number(low, 2), high=number(high, 2))


def behind_text(alert: "Alert", of_class: str) -> str:
    """Say what the band stands on, or how long a price has stood."""
    if alert.code == "unchanged_price":
        return _("the same price {count} times").format(count=alert.count)
    if alert.code == "stale_price":
        return _("{count} days old").format(count=alert.count)
    if alert.code.endswith("daily_limit"):
        return _("price of the trading day before")
    if alert.of_class:
        return _("{count} earlier deals: {of_class}").format(count=alert.count, of_class=of_class)
    if alert.count:
        return _("{count} daily changes before it").format(count=alert.count)
    return "–"


class MarketAlerts(QWidget):
    """What wants a look, newest first.

    Signals:
        record_wanted(str): the deal of this number shall be shown.
        series_wanted(str, object): the series of this name shall be shown, at this day.
    """

    record_wanted = Signal(str)
    series_wanted = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._classes: Mapping[str, str] = {}
        self.table = RecordTable(self._columns(), _("Alerts"))
        self.table.setObjectName("reference")
        share_width(self.table, SUBJECT, BEHIND)
        self.table.opened.connect(self._open)
        self.table.selection_changed.connect(self._say)
        self.words = QLabel()
        self.words.setObjectName("alerts.words")
        self.words.setWordWrap(True)
        self.words.setContentsMargins(4, 4, 4, 8)
        self.show_button = QPushButton()
        self.show_button.setObjectName("alerts.show")
        self.show_button.setProperty("compact", True)
        self.show_button.clicked.connect(self._open_selected)
        hint = QLabel(
            _(
                "Each price is held against those before it: the median of their logarithms, give "
                "or take robust standard deviations. An alert is a call to look, not a verdict. "
                "Double-click to see the deal or the series."
            )
        )
        hint.setProperty("role", "hint")
        hint.setWordWrap(True)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(
            empty_label(
                _(
                    "No price is outside its band. A deal is judged when five earlier ones are "
                    "known, a daily price when twenty daily changes are."
                )
            )
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 0)
        layout.addWidget(hint)
        layout.addWidget(self._stack, 1)
        foot = QHBoxLayout()
        foot.addWidget(self.words, 1)
        foot.addWidget(self.show_button, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(foot)

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column(_("Date"), lambda alert: alert.day, str, width=100),
            Column(_("Deal or series"), self._subject, width=180),
            Column(_("Alert"), lambda alert: _(CODES.get(alert.code, alert.code)), width=168),
            Column(_("Price"), lambda alert: alert.price, plain, True, 90),
            Column(
                _("Band"),
                lambda alert: None if alert.low is None else (alert.low, alert.high),
                lambda ends: band_text(*ends),
                True,
                150,
            ),
            Column(
                _("Unit"),
                lambda alert: _("{currency}/t").format(currency=alert.currency),
                width=80,
            ),
            Column(_("What the band stands on"), self._behind, width=220),
            Column(
                _("Deviations"),
                lambda alert: alert.z,
                lambda z: number(z, 1),
                True,
                80,
                lambda _alert: _("Robust standard deviations of the logarithm off the middle."),
            ),
        )

    def _behind(self, alert: "Alert") -> str:
        return behind_text(alert, _(self._classes.get(alert.of_class) or "–"))

    def _subject(self, alert: "Alert") -> str:
        deal = alert.record
        if deal is None:
            return series_label(alert.key)
        place = said(deal, "place") or said(deal, "market") or deal.record_id
        if deal.currency == alert.currency:
            return place
        return _("{place} ({price})").format(
            place=place, price=price_text(deal.price, deal.currency)
        )

    def show_alerts(self, alerts: Sequence["Alert"]) -> None:
        """Show alerts, newest first."""
        from app.services.market_alerts import CLASSES  # noqa: PLC0415 - loads the core

        self._classes = CLASSES
        self.table.records.set_records(alerts)
        self._stack.setCurrentIndex(0 if alerts else 1)
        if alerts:
            self.table.selectRow(0)
        self._say()

    def _say(self) -> None:
        """Say the selected alert in words."""
        from app.services.market_alerts import alert_text  # noqa: PLC0415 - loads the core

        tr = translator(active_language())
        chosen = self.table.selected()
        self.words.setText(alert_text(chosen[0], tr) if chosen else "")
        self.words.setVisible(bool(chosen))
        self.show_button.setVisible(bool(chosen))
        if chosen:
            of_deal = chosen[0].record is not None
            self.show_button.setText(_("Show the deal") if of_deal else _("Show the series"))

    def _open_selected(self) -> None:
        chosen = self.table.selected()
        if chosen:
            self._open(chosen[0])

    def _open(self, alert: "Alert") -> None:
        if alert.record is not None:
            self.record_wanted.emit(alert.key)
        else:
            self.series_wanted.emit(alert.key, alert.day)
