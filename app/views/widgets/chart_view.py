"""A chart of the results, drawn when the screen has time for it."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from app.i18n import N_, _, active_language, translator

if TYPE_CHECKING:
    from app.finance.engine import Results

DELAY_MS = 180
DOTS_PER_INCH = 96.0
LEAST_HEIGHT = 120


@dataclass(frozen=True, slots=True)
class ChartKind:
    """A chart: message ids of its short name and of what it shows, module and functions.

    matplotlib is loaded with the module, when something is first drawn. `height` names the
    function that gives the inches the chart needs, "" for one that fits any height.
    """

    name: str
    shows: str
    module: str
    draw: str
    there: Callable[["Results"], bool]
    height: str = ""


def _valued(results: "Results") -> bool:
    return results.values is not None


def _lent(results: "Results") -> bool:
    return results.loan is not None


def _insured(results: "Results") -> bool:
    return results.insurance is not None


def _indexed(results: "Results") -> bool:
    return results.insurance is not None and results.insurance.index is not None


def _heated(results: "Results") -> bool:
    return results.loan is not None and results.loan.stress.heat is not None


CHARTS: dict[str, ChartKind] = {
    "cash_flow": ChartKind(
        N_("Cash flow"),
        N_("Credits sold and net cash flow by year"),
        "charts",
        "cash_flow_figure",
        _valued,
    ),
    "waterfall": ChartKind(
        N_("Waterfall"),
        N_("From gross over net and prudent to liquidation value"),
        "value_charts",
        "waterfall_figure",
        _valued,
        "waterfall_height",
    ),
    "evidence": ChartKind(
        N_("Price evidence"),
        N_("Comparables by day and price, with the conclusion"),
        "value_charts",
        "evidence_figure",
        lambda results: results.values is not None and results.values.evidence is not None,
        "evidence_height",
    ),
    "scenarios": ChartKind(
        N_("Scenarios"),
        N_("Net, prudent and liquidation value of each scenario"),
        "value_charts",
        "scenarios_figure",
        lambda results: results.values is not None and bool(results.values.scenarios),
        "scenarios_height",
    ),
    "tornado": ChartKind(
        N_("Tornado"),
        N_("Net value when one input moves down and up by its step"),
        "value_charts",
        "tornado_figure",
        lambda results: results.sensitivity is not None,
        "tornado_height",
    ),
    "spider": ChartKind(
        N_("Spider"),
        N_("Net value over the same relative changes of each input"),
        "value_charts",
        "spider_figure",
        lambda results: results.sensitivity is not None,
        "spider_height",
    ),
    "distribution": ChartKind(
        N_("Distribution"),
        N_("Distribution of the net value, with the loan"),
        "value_charts",
        "distribution_figure",
        lambda results: results.value_range is not None,
        "distribution_height",
    ),
    "fan": ChartKind(
        N_("Price fan"),
        N_("Percentiles of the drawn price by year"),
        "value_charts",
        "fan_figure",
        lambda results: results.value_range is not None,
        "fan_height",
    ),
    "carbon": ChartKind(
        N_("Carbon"),
        N_("Removals by pool and credits of the right by year"),
        "carbon_chart",
        "carbon_figure",
        lambda results: bool(results.carbon.years),
    ),
    "sizing": ChartKind(
        N_("Sizing"),
        N_("Bounds of the loan, the binding one, and the amount asked"),
        "loan_charts",
        "sizing_figure",
        _lent,
        "sizing_height",
    ),
    "coverage_path": ChartKind(
        N_("Coverage over time"),
        N_("Coverage against its lines, balance against what is left of the right"),
        "loan_charts",
        "coverage_path_figure",
        lambda results: results.loan is not None and bool(results.loan.path.points),
        "coverage_path_height",
    ),
    "schedule": ChartKind(
        N_("Schedule"),
        N_("Principal and interest of each payment, and the balance"),
        "loan_charts",
        "schedule_figure",
        _lent,
        "schedule_height",
    ),
    "dscr": ChartKind(
        N_("DSCR by year"),
        N_("Cash over debt service of each loan year"),
        "loan_charts",
        "dscr_figure",
        lambda results: results.loan is not None and results.loan.cover.min_dscr is not None,
        "dscr_height",
    ),
    "heat_coverage": ChartKind(
        N_("Heat map of coverage"),
        N_("Coverage by price and tonnes"),
        "loan_charts",
        "heat_coverage_figure",
        _heated,
        "heat_coverage_height",
    ),
    "heat_dscr": ChartKind(
        N_("Heat map of the DSCR"),
        N_("Lowest DSCR by price and tonnes"),
        "loan_charts",
        "heat_dscr_figure",
        _heated,
        "heat_dscr_height",
    ),
    "exceedance": ChartKind(
        N_("Exceedance curve"),
        N_("Loss of a year and of one event by return period"),
        "insurance_charts",
        "exceedance_figure",
        lambda results: (
            results.insurance is not None and results.insurance.distribution is not None
        ),
        "exceedance_height",
    ),
    "premium_build_up": ChartKind(
        N_("Premium build-up"),
        N_("From pure to gross premium"),
        "insurance_charts",
        "premium_build_up_figure",
        _insured,
        "premium_build_up_height",
    ),
    "payout_curve": ChartKind(
        N_("Payout curve"),
        N_("Payout of the index cover by index value"),
        "insurance_charts",
        "payout_curve_figure",
        _indexed,
        "payout_curve_height",
    ),
    "history_burn": ChartKind(
        N_("History of the index"),
        N_("What the index would have paid, year by year"),
        "insurance_charts",
        "history_burn_figure",
        lambda results: (
            results.insurance is not None
            and results.insurance.index is not None
            and bool(results.insurance.index.history)
        ),
        "history_burn_height",
    ),
}
"""Charts by code, in the order in which they are offered."""


def charts_of(results: "Results") -> tuple[str, ...]:
    """Return the codes of the charts that results have figures for."""
    return tuple(code for code, kind in CHARTS.items() if kind.there(results))


class ChartView(QWidget):
    """Shows one chart of the results, by default the cash flow, or the tonnes without one.

    It redraws a moment after results, choice or size have changed.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumHeight(LEAST_HEIGHT)
        self._results: Results | None = None
        self._wanted = "cash_flow"
        self._pixmap = QPixmap()
        self._drawn_for = QSize()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DELAY_MS)
        self._timer.timeout.connect(self._draw)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Prefer a wide, low strip."""
        return QSize(480, 200)

    @property
    def code(self) -> str:
        """The chart that is shown: the one wanted, or the first that there are figures for."""
        if self._results is None:
            return self._wanted
        there = charts_of(self._results)
        return self._wanted if self._wanted in there or not there else there[0]

    def show_results(self, results: "Results") -> None:
        """Draw other results soon."""
        self._results = results
        self._name()
        self._timer.start()

    def show_chart(self, code: str) -> None:
        """Draw another chart soon."""
        if code == self._wanted:
            return
        self._wanted = code
        self._name()
        self._timer.start()

    def _name(self) -> None:
        if self.accessibleName() != _(CHARTS[self.code].shows):
            self.setAccessibleName(_(CHARTS[self.code].shows))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Draw at the new size soon, unless it was drawn for it."""
        super().resizeEvent(event)
        if event.size() != self._drawn_for:
            self._timer.start()

    def _draw(self) -> None:
        self._timer.stop()
        if self._results is None or not self.isVisible() or self.width() < 80:
            return
        from app.reports import chart_style  # noqa: PLC0415 - loads matplotlib

        kind = CHARTS[self.code]
        module = import_module(f"app.reports.{kind.module}")
        trs = (translator(active_language()),)
        width = chart_style.inches(self.width())
        least = LEAST_HEIGHT
        if kind.height:
            needed = getattr(module, kind.height)(self._results, trs, width)
            least = max(least, round(needed * DOTS_PER_INCH))
        if least != self.minimumHeight():
            self.setMinimumHeight(least)
            # A scroll bar may come or go: draw for the width that is left then, once.
            QTimer.singleShot(0, self, self._draw)
            return
        size = QSize(self.width(), max(self._room(), least))
        ratio = self.devicePixelRatioF()
        figure = getattr(module, kind.draw)(
            self._results,
            trs,
            width_inch=width,
            height_inch=chart_style.inches(size.height()),
        )
        pixmap = QPixmap()
        pixmap.loadFromData(chart_style.as_png(figure, dots_per_inch=DOTS_PER_INCH * ratio))
        pixmap.setDevicePixelRatio(ratio)
        self._pixmap, self._drawn_for = pixmap, size
        self.update()

    def _room(self) -> int:
        """Return the height there is to see, in a place that scrolls or without one."""
        place = self.parentWidget()
        if place is not None and isinstance(place.parentWidget(), QScrollArea):
            return place.height()
        return self.height()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the last chart."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), "white")
        if not self._pixmap.isNull():
            painter.drawPixmap(0, 0, self._pixmap)


def scrolled(chart: ChartView) -> QScrollArea:
    """Return a place for a chart that may need more height than there is."""
    area = QScrollArea()
    area.setObjectName("chart-area")
    area.setWidgetResizable(True)
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(chart)
    return area
