"""The tab of price series: a list, the observations, their chart, and what they estimate."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QSpinBox,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.finance.case.valuation.simulation import PriceModel
from app.formats import plain
from app.i18n import N_, _
from app.reference.market_data import DAILY, SeriesBasis, SeriesObservation
from app.services.case_file import CaseRefused
from app.services.market_desk import SERIES_GAP_DAYS
from app.views.jobs import Jobs
from app.views.widgets.market_chart import MarketChart
from app.views.widgets.market_deals import empty_label, share_width
from app.views.widgets.market_estimate import estimate_lines, refused_line, warning_lines
from app.views.widgets.market_words import said, series_label, tag, tag_label, tonnes_text
from app.views.widgets.record_table import Column, RecordTable

if TYPE_CHECKING:
    from app.finance.valuation.estimation import SeriesEstimate
    from app.views.widgets.market_figures import Picture

NOTE, SOURCE = 6, 7
"""Columns of the observations that share the width."""
MODELS = {
    PriceModel.GBM: N_("Volatility, for geometric Brownian motion"),
    PriceModel.MEAN_REVERTING: N_("Mean reversion and jumps"),
}
LONGEST_GAPS = (31, 3660)
"""Fewest and most days of the gap that an estimate may be asked to bridge."""


@dataclass(frozen=True, slots=True)
class SeriesModel:
    """What a case shall take: the estimate of a series, and the price model to draw by."""

    series: str
    currency: str
    found: "SeriesEstimate"
    model: PriceModel


def _span(point: SeriesObservation) -> str:
    if point.day_from is None or point.day_from == point.day:
        return point.day.isoformat()
    return _("{first} to {last}").format(first=point.day_from, last=point.day)


def _price(title: str, name: str) -> Column:
    return Column(title, lambda point: getattr(point, name), plain, True, 84)


def _columns() -> tuple[Column, ...]:
    return (
        Column(
            _("Date"),
            lambda point: (point.day, _span(point)),
            lambda value: value[1],
            width=178,
        ),
        _price(_("Price"), "price"),
        _price(_("Low"), "low"),
        _price(_("High"), "high"),
        Column(_("Volume (t)"), lambda point: point.volume_t, tonnes_text, True, 96),
        Column(_("What it is"), lambda point: tag_label("basis", tag(point, "basis")), width=150),
        Column(_("Note"), lambda point: said(point, "note") or None, width=120),
        Column(_("Source"), lambda point: said(point, "source") or None, width=120),
    )


class MarketSeries(QWidget):
    """Price series; `load` gives the observations of a name, `estimate` what follows from them.

    Estimates are made by the worker, over gaps of at most the days that `estimate` is given.

    Signals:
        add_wanted(str): a price shall be entered, of the series of this name if there is one.
        delete_wanted(list): ids of own observations.
        estimate_wanted(object): a `SeriesModel` that a case shall draw its prices by.
    """

    add_wanted = Signal(str)
    delete_wanted = Signal(list)
    estimate_wanted = Signal(object)

    def __init__(
        self,
        load: Callable[[str], Sequence[Any]],
        estimate: Callable[[str, int], "SeriesEstimate"],
        jobs: Jobs,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._load = load
        self._estimate = estimate
        self._jobs = jobs
        self._points: list[Any] = []
        self._found: SeriesEstimate | None = None
        self._make_parts()
        self._place_parts()

    def _make_parts(self) -> None:
        self.names = RecordTable((Column(_("Series"), series_label, width=180),), _("Price series"))
        self.names.setObjectName("reference")
        self.names.setSelectionMode(RecordTable.SelectionMode.SingleSelection)
        self.names.selection_changed.connect(self._show_series)
        self.table = RecordTable(_columns(), _("Observations"))
        self.table.setObjectName("reference")
        share_width(self.table, NOTE, SOURCE)
        self.table.selection_changed.connect(self._enable)
        self.chart = MarketChart(lambda _record_id: "")
        self.chart.setAccessibleName(_("Price over time"))
        self.figures = QLabel()
        self.figures.setObjectName("series.estimate")
        self.figures.setWordWrap(True)
        self.figures.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.warning = QLabel()
        self.warning.setObjectName("series.warning")
        self.warning.setProperty("role", "problem")
        self.warning.setWordWrap(True)
        self.add = QPushButton(_("Add a price…"))
        self.add.setObjectName("series.add")
        self.add.setProperty("compact", True)
        self.add.setToolTip(_("Enters a price of a day, of this series or of a new one."))
        self.add.clicked.connect(lambda: self.add_wanted.emit(self.current_name()))
        self.delete = QPushButton(_("Delete observations"))
        self.delete.setObjectName("series.delete")
        self.delete.setProperty("compact", True)
        self.delete.setToolTip(_("Deletes the selected observations that were entered here."))
        self.delete.setEnabled(False)
        self.delete.clicked.connect(lambda: self.delete_wanted.emit(self.own_ids()))

        self._make_take()
        self.gap = QSpinBox()
        self.gap.setObjectName("series.gap")
        self.gap.setRange(*LONGEST_GAPS)
        self.gap.setValue(SERIES_GAP_DAYS)
        self.gap.setKeyboardTracking(False)
        self.gap.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        self.gap.setFixedWidth(64)
        self.gap.setToolTip(_("A series with a longer gap between two prices is not estimated."))
        self.gap.valueChanged.connect(lambda _days: self._ask_estimate())

    def _make_take(self) -> None:
        """The button that takes the estimate to a case, by one of the price models."""
        self.take = QPushButton(_("Take to the case…"))
        self.take.setObjectName("series.take")
        self.take.setProperty("compact", True)
        self.take.setToolTip(
            _("Enters the estimate into the simulation of an open case, with its source.")
        )
        menu = QMenu(self.take)
        for model, text in MODELS.items():
            action = menu.addAction(_(text))
            action.setData(model)
            action.triggered.connect(lambda _on=False, own=model: self.take_estimate(own))
        self.take.setMenu(menu)
        self.take.setEnabled(False)

    def take_estimate(self, model: PriceModel) -> None:
        """Ask that a case takes the estimate that is shown."""
        if self._found is not None:
            wanted = SeriesModel(self.current_name(), self._points[-1].currency, self._found, model)
            self.estimate_wanted.emit(wanted)

    def _place_parts(self) -> None:
        upper = QSplitter(Qt.Orientation.Vertical)
        upper.addWidget(self.chart)
        upper.addWidget(self.table)
        upper.setSizes([320, 200])
        upper.setChildrenCollapsible(False)
        foot = QHBoxLayout()
        foot.addWidget(self.figures, 1)
        gap_label = QLabel(_("Longest gap (days)"))
        gap_label.setProperty("role", "hint")
        gap_label.setBuddy(self.gap)
        for widget in (gap_label, self.gap, self.take, self.add, self.delete):
            foot.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(upper, 1)
        column.addLayout(foot)
        column.addWidget(self.warning)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.addWidget(self.names)
        splitter.addWidget(right)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([210, 850])
        splitter.setChildrenCollapsible(False)
        self._stack = QStackedWidget()
        self._stack.addWidget(splitter)
        self._stack.addWidget(
            empty_label(
                _(
                    "There are no price series. Import a file with a date and a price in each "
                    "line, for example the daily prices of an exchange."
                )
            )
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.addWidget(self._stack)

    def show_names(self, names: Sequence[str]) -> None:
        """Show other series; the one in front stays."""
        held = self.current_name()
        self.names.blockSignals(True)
        self.names.records.set_records(list(names))
        self.names.blockSignals(False)
        self._stack.setCurrentIndex(0 if names else 1)
        self.names.clearSelection()
        self.choose(held if held in names else next(iter(names), ""))
        if not names:
            self._show_series()

    def current_name(self) -> str:
        """Return the name of the series in front, empty when there is none."""
        return str(next(iter(self.names.selected()), ""))

    def choose(self, name: str, day: date | None = None) -> None:
        """Bring a series to the front, and of it the observation of a day."""
        self._select(self.names, lambda record: record == name)
        if day is not None:
            self._select(self.table, lambda point: point.day == day)

    @staticmethod
    def _select(table: RecordTable, fits: Callable[[Any], bool]) -> None:
        records = table.records
        row = next((at for at in range(records.rowCount()) if fits(records.record(at))), None)
        if row is not None:
            table.selectRow(row)
            table.scrollTo(records.index(row, 0))

    def own_ids(self) -> list[str]:
        """Return the ids of the selected observations that may be deleted."""
        return [point.observation_id for point in self.table.selected() if not point.shipped]

    def _enable(self) -> None:
        self.delete.setEnabled(bool(self.own_ids()))

    def _show_series(self) -> None:
        name = self.current_name()
        self._points = list(self._load(name)) if name else []
        self.table.records.set_records(sorted(self._points, key=lambda p: p.day, reverse=True))
        self._enable()
        self.chart.show_drawing(self._draw if self._points else None)
        self._ask_estimate()

    def _ask_estimate(self) -> None:
        asked = name, days = self.current_name(), self.gap.value()
        self._hold(None)
        self.figures.setText(_("Estimating…") if name else "")
        self._warn("")
        if name:
            self._jobs.run(
                lambda: self._estimate(name, days),
                owner=self,
                done=lambda found: self._show_estimate(asked, found),
                failed=lambda error: self._show_refused(asked, error),
            )

    def _hold(self, found: "SeriesEstimate | None") -> None:
        """Keep an estimate to be taken; a model the series does not show is not offered."""
        self._found = found
        self.take.setEnabled(found is not None)
        for action in self.take.menu().actions():
            reverts = found is not None and found.reversion is not None
            action.setEnabled(action.data() != PriceModel.MEAN_REVERTING or reverts)

    def _is_asked(self, asked: tuple[str, int]) -> bool:
        return asked == (self.current_name(), self.gap.value())

    def _show_estimate(self, asked: tuple[str, int], found: "SeriesEstimate") -> None:
        """Say the estimate, unless another one is asked for by now."""
        if self._is_asked(asked):
            self._hold(found)
            self.figures.setText("\n".join(estimate_lines(found, self._points[-1].currency)))
            self._warn("\n".join(warning_lines(found)))

    def _show_refused(self, asked: tuple[str, int], error: Exception) -> None:
        if not isinstance(error, CaseRefused):
            raise error
        if self._is_asked(asked):
            self.figures.clear()
            self._warn(refused_line(error))

    def _warn(self, text: str) -> None:
        self.warning.setText(text)
        self.warning.setVisible(bool(text))

    def _draw(self, size_inch: tuple[float, float], dots_per_inch: float) -> "Picture":
        # matplotlib is loaded when something is first drawn
        from app.views.widgets.market_series_figure import (  # noqa: PLC0415
            Point,
            SeriesWords,
            series_picture,
        )

        kinds = {point.basis for point in self._points}
        points = [
            Point(p.day, p.price, p.low, p.high, None if p.basis in DAILY else p.day_from or p.day)
            for p in self._points
            if p.basis is not SeriesBasis.EXPECTATION or len(kinds) == 1
        ]
        currency = self._points[0].currency
        say = SeriesWords(
            price=_("Price ({currency}/t)").format(currency=currency),
            date=_("Date"),
            band=_("low to high"),
            mean=_("mean of a long span, or a forecast"),
        )
        return series_picture(points, say, size_inch, dots_per_inch=dots_per_inch)
