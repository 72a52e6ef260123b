"""Events of each year as bars, and the highest of each year as dots above them."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from app.formats import number
from app.i18n import _

BAR, DOT, LINE = QColor("#3F9A9B"), QColor("#9A5B00"), QColor("#D5E2E4")
INK, FAINT, PAPER = QColor("#1B2B33"), QColor("#5A6B72"), QColor("#FFFFFF")
THRESHOLD = QColor("#A3261C")
EDGE, GAP, STEPS = 8.0, 14.0, 4
RADIUS = 3.0


@dataclass(frozen=True, slots=True)
class YearBars:
    """What is drawn: years with number and highest size of their events, None for none.

    `threshold` is drawn across the sizes; `unit` is the name of their unit.
    """

    years: tuple[int, ...]
    counts: tuple[int, ...]
    maxima: tuple[float | None, ...]
    threshold: float | None
    unit: str


class YearChart(QWidget):
    """Two panels over one axis of years: the highest above, the number below."""

    def __init__(self, bars: YearBars, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("year_chart")
        self._bars = bars
        self.setAccessibleName(_("Events and highest of each year"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumWidth(260)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Be as large as there is room."""
        return QSize(520, 320)

    def _panels(self) -> tuple[QRectF, QRectF]:
        """Return the places of the sizes and of the numbers, clear of their scales."""
        metrics = QFontMetricsF(self.font())
        left = EDGE + metrics.horizontalAdvance("0,000") + 4
        foot = metrics.height() + EDGE
        room = self.height() - foot - 2 * (metrics.height() + GAP)
        wide = self.width() - left - EDGE
        top = metrics.height() + GAP
        upper = QRectF(left, top, wide, room * 0.6)
        lower = QRectF(left, upper.bottom() + metrics.height() + GAP, wide, room * 0.4)
        return upper, lower

    def _x(self, place: int, panel: QRectF) -> float:
        return panel.left() + panel.width() * (place + 0.5) / len(self._bars.years)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw both panels."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), PAPER)
        if self._bars.years:
            upper, lower = self._panels()
            self._draw_sizes(painter, upper)
            self._draw_counts(painter, lower)
            self._draw_years(painter, lower)
        painter.end()

    def _scale(self, painter: QPainter, panel: QRectF, top: float, title: str, step: float) -> None:
        """Draw title, lines and numbers of a panel from 0 to `top`."""
        metrics = QFontMetricsF(self.font())
        painter.setPen(INK)
        painter.drawText(QPointF(panel.left(), panel.top() - GAP / 2), title)
        value = 0.0
        while value <= top + 1e-9:
            y = panel.bottom() - panel.height() * value / top
            painter.setPen(QPen(LINE, 1.0))
            painter.drawLine(QPointF(panel.left(), y), QPointF(panel.right(), y))
            painter.setPen(FAINT)
            text = number(value, 0)
            at = QPointF(
                panel.left() - metrics.horizontalAdvance(text) - 5, y + metrics.ascent() / 2
            )
            painter.drawText(at, text)
            value += step

    def _draw_sizes(self, painter: QPainter, panel: QRectF) -> None:
        bars = self._bars
        known = [size for size in bars.maxima if size is not None]
        step = _round_step(max([*known, bars.threshold or 0.0, 1.0]) / STEPS)
        top = step * STEPS
        title = _("Highest of the year ({unit})").format(unit=bars.unit)
        self._scale(painter, panel, top, title, step)

        def height(size: float) -> float:
            return panel.bottom() - panel.height() * size / top

        if bars.threshold is not None:
            painter.setPen(QPen(THRESHOLD, 1.0, Qt.PenStyle.DashLine))
            y = height(bars.threshold)
            painter.drawLine(QPointF(panel.left(), y), QPointF(panel.right(), y))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(DOT)
        for place, size in enumerate(bars.maxima):
            if size is not None:
                painter.drawEllipse(QPointF(self._x(place, panel), height(size)), RADIUS, RADIUS)

    def _draw_counts(self, painter: QPainter, panel: QRectF) -> None:
        bars = self._bars
        step = max(_round_step(max([*bars.counts, 1]) / 2), 1.0)
        top = 2 * step
        self._scale(painter, panel, top, _("Events at or above the threshold"), step)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(BAR)
        wide = max(panel.width() / len(bars.years) * 0.7, 1.0)
        for place, count in enumerate(bars.counts):
            high = panel.height() * count / top
            left = self._x(place, panel) - wide / 2
            painter.drawRect(QRectF(left, panel.bottom() - high, wide, high))

    def _draw_years(self, painter: QPainter, panel: QRectF) -> None:
        """Write as many years below as there is room for."""
        metrics = QFontMetricsF(self.font())
        painter.setPen(FAINT)
        y = panel.bottom() + metrics.ascent() + 3
        free = panel.left() - EDGE
        for place, year in enumerate(self._bars.years):
            text = str(year)
            x = self._x(place, panel) - metrics.horizontalAdvance(text) / 2
            if (place == 0 or year % 5 == 0) and x > free:
                painter.drawText(QPointF(x, y), text)
                free = x + metrics.horizontalAdvance(text) + EDGE

    def event(self, event: object) -> bool:
        """Tell the year under the pointer."""
        if isinstance(event, QHelpEvent) and self._bars.years:
            panel = self._panels()[1]
            share = (event.pos().x() - panel.left()) / max(panel.width(), 1.0)
            place = int(share * len(self._bars.years))
            text = self._said(place) if 0 <= share < 1 else ""
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().event(event)  # type: ignore[arg-type]

    def _said(self, place: int) -> str:
        bars = self._bars
        text = _("{year}: {count} events, highest {size} {unit}")
        return text.format(
            year=bars.years[place],
            count=bars.counts[place],
            size=number(bars.maxima[place], 1),
            unit=bars.unit,
        )


def _round_step(least: float) -> float:
    """Return the smallest of 1, 2, 5 times a power of ten that is not below `least`."""
    power = 10.0 ** len(str(int(least))) / 10 if least >= 1 else 1.0
    return next((m * power for m in (1, 2, 5, 10) if m * power >= least), 10 * power)
