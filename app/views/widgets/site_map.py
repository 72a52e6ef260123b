"""A small map of the sites beside the coast, drawn without network."""

import math
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QHelpEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from app.i18n import _
from app.reference.map_view import (
    Box,
    Point,
    View,
    degrees_text,
    fitted,
    graticule,
    place_labels,
    scale_bar,
    visible,
)

HEIGHT = 240
LEAST_WIDTH = 260
LONGEST_NAME = 150
EDGE = 4.0
DOT = 4.0
NEAR = 9.0
WATER, COAST, GRID = QColor("#F4F9FA"), QColor("#5F7F86"), QColor("#D5E2E4")
TEXT, FAINT, FRAME = QColor("#1B2B33"), QColor("#5A6B72"), QColor("#C9D6D8")
BACK = QColor(244, 249, 250, 205)
MARK, HALO = QColor("#0B6E75"), QColor("#FFFFFF")


class SiteMap(QWidget):
    """Shows the sites that have coordinates; it can be read, not changed.

    The coast is loaded after the first paint.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("site_map")
        self.setAccessibleName(_("Map of the sites"))
        self.setAccessibleDescription(self._empty_text())
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(LEAST_WIDTH)
        self._names: list[str] = []
        self._positions: list[Point] = []
        self._coast: Sequence[Sequence[Point]] = ()
        self._coast_wanted = False
        self._view: View | None = None
        self._shore: list[QPolygonF] = []
        self._labels: list[Box | None] = []

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Be as wide as there is room."""
        return QSize(2 * LEAST_WIDTH, HEIGHT)

    def show_sites(self, sites: Sequence[Any]) -> None:
        """Show lines of the table of sites; those without usable coordinates are left out."""
        found = [(str(site.get("name") or ""), *place) for site in sites if (place := _place(site))]
        names = [name for name, _longitude, _latitude in found]
        positions = [(longitude, latitude) for _name, longitude, latitude in found]
        if (names, positions) == (self._names, self._positions):
            return
        self._names, self._positions = names, positions
        self.setAccessibleDescription(", ".join(filter(None, names)) or self._empty_text())
        self._fit()

    def labels(self) -> list[Box | None]:
        """Return where the names stand on the widget; None for those that found no room."""
        return list(self._labels)

    def _empty_text(self) -> str:
        return _("Enter coordinates, or import a map file, to see the sites here.")

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Fit the sites into the new size."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Work out once what each paint draws."""
        self._view = fitted(self._extent(), float(self.width()), float(self.height()))
        self._shore, self._labels = [], []
        if self._view is not None:
            self._shore = [
                QPolygonF([QPointF(*point) for point in line])
                for line in visible(self._coast, self._view)
            ]
            self._labels = self._placed(self._view)
        self.update()

    def _extent(self) -> Sequence[Point]:
        """Return the positions that are to be seen."""
        return self._positions

    def _placed(self, view: View) -> list[Box | None]:
        metrics = QFontMetricsF(self.font())
        points = [view.place(*position) for position in self._positions]
        sizes = [
            (metrics.horizontalAdvance(self._shown(name)) + 2, metrics.height())
            for name in self._names
        ]
        frame = (EDGE, EDGE, view.width - 2 * EDGE, view.height - 2 * EDGE)
        return place_labels(points, sizes, frame, taken=[self._bar_box(view)], gap=DOT + 3)

    def _shown(self, name: str) -> str:
        metrics = QFontMetricsF(self.font())
        return metrics.elidedText(name, Qt.TextElideMode.ElideRight, LONGEST_NAME)

    def _bar_box(self, view: View) -> Box:
        """Return the box of the scale bar with its number, at the lower right."""
        _km, length = scale_bar(view)
        height = QFontMetricsF(self.font()).height() + 10
        return view.width - length - 14, view.height - height - 4, length + 10, height

    def _load_coast(self) -> None:
        from app.reference.coast import coastlines  # noqa: PLC0415 - not before the first paint

        self._coast = coastlines()
        self._fit()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the map, or say what is missing."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), WATER)
        if self._view is None:
            painter.setPen(FAINT)
            middle = int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap)
            painter.drawText(self.rect().adjusted(16, 8, -16, -8), middle, self._empty_text())
        else:
            self._draw_grid(painter, self._view)
            painter.setPen(QPen(COAST, 1.0))
            for line in self._shore:
                painter.drawPolyline(line)
            self._draw_below(painter, self._view)
            self._draw_degrees(painter, self._view)
            self._draw_bar(painter, self._view)
            self._draw_sites(painter, self._view)
        painter.setPen(FRAME)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        painter.end()
        if not self._coast_wanted and self._view is not None:
            self._coast_wanted = True
            QTimer.singleShot(0, self, self._load_coast)

    def _draw_below(self, painter: QPainter, view: View) -> None:
        """Draw what lies below the sites and above the coast: nothing here."""

    def _mark(self, _place: int) -> QColor:
        """Return the colour of the dot of a site."""
        return MARK

    def _draw_grid(self, painter: QPainter, view: View) -> None:
        lines = graticule(view)
        painter.setPen(QPen(GRID, 1.0))
        for _degrees, x in lines.meridians:
            painter.drawLine(QPointF(x, 0), QPointF(x, view.height))
        for _degrees, y in lines.parallels:
            painter.drawLine(QPointF(0, y), QPointF(view.width, y))

    def _draw_degrees(self, painter: QPainter, view: View) -> None:
        """Write the degrees along the upper and the left edge, clear of the corner."""
        lines = graticule(view)
        metrics = QFontMetricsF(self.font())
        painter.setPen(FAINT)
        corner = 0.0
        for degrees, y in lines.parallels:
            text = degrees_text(degrees, "NS")
            if metrics.height() + EDGE < y < view.height - EDGE:
                self._write(painter, QPointF(EDGE, y - 2), text)
                corner = max(corner, metrics.horizontalAdvance(text) + 2 * EDGE)
        for degrees, x in lines.meridians:
            text = degrees_text(degrees, "EW")
            if corner < x < view.width - metrics.horizontalAdvance(text) - EDGE:
                self._write(painter, QPointF(x + 3, metrics.ascent() + 2), text)

    def _write(self, painter: QPainter, at: QPointF, text: str) -> None:
        """Write over the lines of the map so that both can be read."""
        area = QFontMetricsF(self.font()).boundingRect(text).translated(at)
        painter.fillRect(area, BACK)
        painter.drawText(at, text)

    def _draw_bar(self, painter: QPainter, view: View) -> None:
        km, length = scale_bar(view)
        left, top, _width, height = self._bar_box(view)
        y = top + height - 5
        painter.setPen(QPen(TEXT, 1.6))
        painter.drawLine(QPointF(left + 5, y), QPointF(left + 5 + length, y))
        for x in (left + 5, left + 5 + length):
            painter.drawLine(QPointF(x, y - 3), QPointF(x, y))
        text = QRectF(left, top, length + 10, height - 8)
        painter.drawText(text, Qt.AlignmentFlag.AlignCenter, _("{km} km").format(km=f"{km:,}"))

    def _draw_sites(self, painter: QPainter, view: View) -> None:
        named = zip(self._names, self._labels, strict=True)
        labels = [(self._shown(name), QRectF(*box)) for name, box in named if box and name]
        for _text, area in labels:
            painter.fillRect(area, BACK)
        painter.setPen(Qt.PenStyle.NoPen)
        for radius in (DOT + 1.2, DOT):
            for place, position in enumerate(self._positions):
                painter.setBrush(self._mark(place) if radius == DOT else HALO)
                painter.drawEllipse(QPointF(*view.place(*position)), radius, radius)
        painter.setPen(TEXT)
        for text, area in labels:
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, text)

    def event(self, event: Any) -> bool:
        """Name the sites under the pointer."""
        if isinstance(event, QHelpEvent) and self._view is not None:
            at = event.pos()
            near = [
                _site_text(name, *position)
                for name, position in zip(self._names, self._positions, strict=True)
                if math.dist(self._view.place(*position), (at.x(), at.y())) <= NEAR
            ]
            QToolTip.showText(event.globalPos(), "\n".join(near), self)
            return True
        return super().event(event)


def _site_text(name: str, longitude: float, latitude: float) -> str:
    north, east = degrees_text(latitude, "NS"), degrees_text(longitude, "EW")
    return f"{name}  {north} {east}".strip()


def _place(site: Any) -> Point | None:
    """Return longitude and latitude of a line; None unless both are numbers on the globe."""
    if not isinstance(site, dict):
        return None
    longitude = _degrees(site.get("longitude"), 180.0)
    latitude = _degrees(site.get("latitude"), 90.0)
    return None if longitude is None or latitude is None else (longitude, latitude)


def _degrees(value: Any, limit: float) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > limit:
        return None
    return float(value)
