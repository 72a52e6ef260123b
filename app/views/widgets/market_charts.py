"""The tab of charts: prices by date and by group, what was filtered out left out."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from app.i18n import _
from app.views.widgets.field_editors import CalmCombo
from app.views.widgets.market_chart import MarketChart
from app.views.widgets.market_deals import empty_label
from app.views.widgets.market_filters import DealFilter
from app.views.widgets.market_words import (
    CHOICES,
    counts_in_centre,
    day_said,
    price_text,
    said,
    tag,
    tag_label,
)

if TYPE_CHECKING:
    from app.views.widgets.market_figures import Picture

HOME = "CNY"


class MarketCharts(QWidget):
    """Prices as dots: one colour and mark for each group.

    Signals:
        picked(str): the dot of this record was clicked.
    """

    picked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._records: list[Any] = []
        self.filter = DealFilter()
        self.filter.changed.connect(self._arrange)
        self.filter.tag("currency").hide()
        self.by = CalmCombo()
        self.by.setObjectName("charts.by")
        for name, label in (
            ("ecosystem", _("by ecosystem")),
            ("purpose", _("by purpose")),
            ("method", _("by trade method")),
        ):
            self.by.addItem(label, name)
        self.by.setAccessibleName(_("Groups of the chart"))
        self.by.currentIndexChanged.connect(lambda _index: self._arrange())
        self.currency = CalmCombo()
        self.currency.setObjectName("charts.currency")
        self.currency.setAccessibleName(_("Currency"))
        self.currency.currentIndexChanged.connect(lambda _index: self._arrange())
        self._remark = QLabel()
        self._remark.setProperty("role", "hint")
        self._remark.setWordWrap(True)
        self._remark.setObjectName("charts.remark")
        self.chart = MarketChart(self._tip)
        self.chart.setAccessibleName(_("Prices by date and by group"))
        self.chart.picked.connect(self.picked)
        self._empty = empty_label(_("There is no price to draw: show all, or add deals."))
        self._stack = QStackedWidget()
        self._stack.addWidget(self.chart)
        self._stack.addWidget(self._empty)
        choices = QHBoxLayout()
        choices.addWidget(self.by)
        choices.addWidget(self.currency)
        choices.addWidget(self._remark, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.addWidget(self.filter)
        layout.addLayout(choices)
        layout.addWidget(self._stack, 1)

    def show_records(self, records: Sequence[Any]) -> None:
        """Draw other records; filter and choices stay."""
        self._records = [r for r in records if r.price is not None and r.price > 0]
        self.filter.offer(self._records)
        held = self.currency.currentData() or HOME
        counts: dict[str, int] = {}
        for record in self._records:
            counts[record.currency] = counts.get(record.currency, 0) + 1
        self.currency.blockSignals(True)
        self.currency.clear()
        for code in sorted(counts, key=lambda c: (c != HOME, -counts[c], c)):
            text = _("prices in {currency} ({count})").format(currency=code, count=counts[code])
            self.currency.addItem(text, code)
        self.currency.setCurrentIndex(max(self.currency.findData(held), 0))
        self.currency.blockSignals(False)
        self._arrange()

    def shown(self) -> list[Any]:
        """Return the records that are drawn."""
        currency = self.currency.currentData()
        return [r for r in self.filter.passing(self._records) if r.currency == currency]

    def _arrange(self) -> None:
        shown = self.shown()
        self._stack.setCurrentIndex(0 if shown else 1)
        others = len(self.filter.passing(self._records)) - len(shown)
        said = [_("Point at a mark to see the deal; click to open it.")]
        if others:
            said.append(_("Prices in other currencies are left out: {count}.").format(count=others))
        self._remark.setText("\n".join(said))
        self.chart.show_drawing(self._draw if shown else None)

    def _draw(self, size_inch: tuple[float, float], dots_per_inch: float) -> "Picture":
        # matplotlib is loaded when something is first drawn
        from app.views.widgets.market_figures import Dot, Words, deals_picture  # noqa: PLC0415

        name, currency = self.by.currentData(), self.currency.currentData()
        dots = [
            Dot(
                record_id=record.record_id,
                day=record.day,
                price=float(record.price),
                group=tag_label(name, tag(record, name)),
                hollow=not counts_in_centre(record),
            )
            for record in self.shown()
        ]
        say = Words(
            price=_("Price ({currency}/t), logarithmic").format(currency=currency),
            date=_("Date of the deal"),
            hollow=_(
                "hollow, outside the centre: court, public benefit, forward, not paid, or not "
                "read in its source"
            ),
            count=_("n = {count}"),
            median=_("median of five prices or more"),
        )
        order = [_(label) for _code, label in CHOICES[name]]
        return deals_picture(dots, order, say, size_inch, dots_per_inch=dots_per_inch)

    def _tip(self, record_id: str) -> str:
        record = next((r for r in self._records if r.record_id == record_id), None)
        if record is None:
            return ""
        return _("{day}, {place}: {price} ({ecosystem}, {method})").format(
            day=day_said(record),
            place=said(record, "place") or said(record, "market") or "–",
            price=price_text(record.price, record.currency),
            ecosystem=tag_label("ecosystem", tag(record, "ecosystem")),
            method=tag_label("method", tag(record, "method")),
        )
