"""The place of the chart below the results: the chart, and a box to choose another one."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.i18n import _
from app.views.widgets.chart_view import CHARTS, ChartView, charts_of, scrolled

if TYPE_CHECKING:
    from app.finance.engine import Results


class ChartPlace(QWidget):
    """Shows one chart of the results and offers those there are figures for."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chart = ChartView()
        self._chooser = QComboBox()
        self._chooser.setObjectName("chart-chooser")
        self._chooser.setAccessibleName(_("Chart"))
        self._chooser.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._chooser.activated.connect(self._choose)
        label = QLabel(_("Chart"))
        label.setProperty("role", "hint")
        label.setBuddy(self._chooser)
        row = QHBoxLayout()
        row.setContentsMargins(2, 2, 0, 0)
        row.addWidget(label)
        row.addWidget(self._chooser)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addLayout(row)
        layout.addWidget(scrolled(self._chart), 1)

    def show_results(self, results: "Results") -> None:
        """Draw the chart soon and offer those there are figures for."""
        self._chart.show_results(results)
        codes = charts_of(results)
        if [self._chooser.itemData(at) for at in range(self._chooser.count())] != list(codes):
            self._chooser.clear()
            for code in codes:
                self._chooser.addItem(_(CHARTS[code].name), code)
        self._chooser.setCurrentIndex(self._chooser.findData(self._chart.code))

    def show_chart(self, code: str) -> None:
        """Draw another chart soon; nothing is done for ""."""
        if code:
            self._chart.show_chart(code)

    def _choose(self, _index: int) -> None:
        self._chart.show_chart(str(self._chooser.currentData()))
