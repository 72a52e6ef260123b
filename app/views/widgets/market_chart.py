"""A chart of the market book: drawn a moment after it changes; its dots can be pointed at."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QToolTip, QWidget

if TYPE_CHECKING:
    from app.views.widgets.market_figures import Picture

DELAY_MS = 120
DOTS_PER_INCH = 96.0
REACH = 9
"""So many pixels from a dot it is still meant."""
LEAST_WIDTH, LEAST_HEIGHT = 120, 80

Draw = Callable[[tuple[float, float], float], "Picture"]
"""Draws at a size in inches and so many dots to the inch."""


class MarketChart(QWidget):
    """Shows what a function draws.

    Signals:
        picked(str): the dot of this record was clicked.
    """

    picked = Signal(str)

    def __init__(self, tip: Callable[[str], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tip = tip
        self._draw_with: Draw | None = None
        self._pixmap = QPixmap()
        self._picture: Picture | None = None
        self.setMinimumSize(LEAST_WIDTH, LEAST_HEIGHT)
        self.setMouseTracking(True)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DELAY_MS)
        self._timer.timeout.connect(self.draw)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Prefer a wide chart."""
        return QSize(640, 320)

    def show_drawing(self, draw: Draw | None) -> None:
        """Draw something else soon; nothing when there is nothing to draw."""
        self._draw_with = draw
        if draw is None:
            self._pixmap, self._picture = QPixmap(), None
            self.update()
        self._timer.start()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Draw at the new size soon."""
        super().resizeEvent(event)
        self._timer.start()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Draw when it comes into sight."""
        super().showEvent(event)
        self._timer.start()

    def draw(self) -> None:
        """Draw now, if the chart is in sight."""
        small = self.width() < LEAST_WIDTH or self.height() < LEAST_HEIGHT
        if self._draw_with is None or not self.isVisible() or small:
            return
        ratio = self.devicePixelRatioF()
        size = (self.width() / DOTS_PER_INCH, self.height() / DOTS_PER_INCH)
        self._picture = self._draw_with(size, DOTS_PER_INCH * ratio)
        pixmap = QPixmap()
        pixmap.loadFromData(self._picture.png)
        pixmap.setDevicePixelRatio(ratio)
        self._pixmap = pixmap
        self.update()

    def is_drawn(self) -> bool:
        """Whether there is a picture."""
        return not self._pixmap.isNull()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the last chart."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), "white")
        if not self._pixmap.isNull():
            painter.drawPixmap(0, 0, self._pixmap)

    def place_of(self, record_id: str) -> QPointF | None:
        """Return where the dot of a record is."""
        spots = self._picture.spots if self._picture is not None else ()
        spot = next((s for s in spots if s.record_id == record_id), None)
        return None if spot is None else QPointF(spot.x * self.width(), spot.y * self.height())

    def _near(self, place: QPointF) -> list[str]:
        """Return the records under the pointer, the nearest first."""
        spots = self._picture.spots if self._picture is not None else ()
        found = []
        for spot in spots:
            away = QPointF(spot.x * self.width(), spot.y * self.height()) - place
            distance = away.manhattanLength()
            if distance <= REACH:
                found.append((distance, spot.record_id))
        return list(dict.fromkeys(record_id for _distance, record_id in sorted(found)))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Name the deals under the pointer."""
        near = self._near(event.position())
        text = "\n".join(self._tip(record_id) for record_id in near[:6])
        self.setCursor(Qt.CursorShape.PointingHandCursor if near else Qt.CursorShape.ArrowCursor)
        QToolTip.showText(event.globalPosition().toPoint(), text, self)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Tell which dot was clicked."""
        near = self._near(event.position())
        if near and event.button() == Qt.MouseButton.LeftButton:
            self.picked.emit(near[0])

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Forget what was pointed at."""
        QToolTip.hideText()
        super().leaveEvent(event)
