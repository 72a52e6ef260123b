"""A chart of the results, drawn when the screen has time for it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QWidget

from app.i18n import _, active_language, translator

if TYPE_CHECKING:
    from app.finance.engine import Results

DELAY_MS = 180
DOTS_PER_INCH = 96.0


class ChartView(QWidget):
    """Shows the cash flow of a right, or the tonnes of a case that values none.

    It redraws a moment after results or size have changed.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumHeight(120)
        self._results: Results | None = None
        self._pixmap = QPixmap()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DELAY_MS)
        self._timer.timeout.connect(self._draw)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Prefer a wide, low strip."""
        return QSize(480, 200)

    def show_results(self, results: "Results") -> None:
        """Draw other results soon."""
        self._results = results
        self.setAccessibleName(
            _("Removals by pool and credits of the right by year")
            if results.values is None
            else _("Credits sold and net cash flow by year")
        )
        self._timer.start()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Draw at the new size soon."""
        super().resizeEvent(event)
        self._timer.start()

    def _draw(self) -> None:
        if self._results is None or not self.isVisible() or self.width() < 80:
            return
        # matplotlib is loaded when something is first drawn
        from app.reports import carbon_chart, chart_style, charts  # noqa: PLC0415

        draw = (
            carbon_chart.carbon_figure if self._results.values is None else charts.cash_flow_figure
        )
        ratio = self.devicePixelRatioF()
        figure = draw(
            self._results,
            (translator(active_language()),),
            width_inch=chart_style.inches(self.width()),
            height_inch=chart_style.inches(self.height()),
        )
        pixmap = QPixmap()
        pixmap.loadFromData(chart_style.as_png(figure, dots_per_inch=DOTS_PER_INCH * ratio))
        pixmap.setDevicePixelRatio(ratio)
        self._pixmap = pixmap
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the last chart."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), "white")
        if not self._pixmap.isNull():
            painter.drawPixmap(0, 0, self._pixmap)
