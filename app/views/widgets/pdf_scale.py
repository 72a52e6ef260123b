"""From points of a page to pixels of the screen."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, QSizeF

MARGIN = 44
SMALLEST, LARGEST = 0.3, 5.0


@dataclass(frozen=True)
class Scale:
    """Pixels for a point."""

    factor: float = 1.0

    @staticmethod
    def to_fit(room: QSize, points: QSizeF) -> "Scale":
        """Return the scale at which a page is as wide as the room."""
        width = points.width() or 595.0
        return Scale(max(SMALLEST, min((room.width() - MARGIN) / width, 2.2)))

    @staticmethod
    def to_hold(room: QSize, points: QSizeF) -> "Scale":
        """Return the scale at which the room holds a whole page."""
        height = points.height() or 842.0
        whole = (room.height() - MARGIN / 2) / height
        return Scale(max(SMALLEST, min(whole, Scale.to_fit(room, points).factor)))

    def times(self, factor: float) -> "Scale":
        """Return a larger or smaller scale, within reason."""
        return Scale(max(SMALLEST, min(self.factor * factor, LARGEST)))

    def page(self, points: QSizeF) -> QSize:
        """Return the size of a page on the screen."""
        return QSizeF(points.width() * self.factor, points.height() * self.factor).toSize()

    def area(self, points: QRectF) -> QRectF:
        """Return a rectangle of the page on the screen."""
        k = self.factor
        return QRectF(points.x() * k, points.y() * k, points.width() * k, points.height() * k)


def bounding_area(boxes: list[tuple[float, float, float, float]], page_height: float) -> QRectF:
    """Return the rectangle around character boxes (left, bottom, right, top from the foot)."""
    left = min(box[0] for box in boxes)
    bottom = min(box[1] for box in boxes)
    right = max(box[2] for box in boxes)
    top = max(box[3] for box in boxes)
    return QRectF(left, page_height - top, right - left, top - bottom)
