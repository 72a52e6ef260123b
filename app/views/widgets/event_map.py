"""A map of one event on the book: places that are hit, those that are not, the track."""

import math
from collections.abc import Sequence

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from app.finance.insurance.accumulation_results import Accumulation
from app.i18n import _
from app.reference.map_view import KM_PER_DEGREE, Point, View, visible
from app.views.widgets.site_map import EDGE, MARK, TEXT, SiteMap

HIT, TRACK, AREA = QColor("#A3261C"), QColor("#9A5B00"), QColor(163, 38, 28, 28)
_LEGEND_DOT, _LEGEND_LEFT = 4.0, 64.0
"""Radius of a dot of the legend, and where it begins: right of the degrees."""


class EventMap(SiteMap):
    """Places of policies and pledged rights in two colours, with the track or the footprint."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("event_map")
        self._hit: list[bool] = []
        self._track: list[Point] = []
        self._circle: tuple[float, float, float] | None = None

    def _empty_text(self) -> str:
        return _("Places of policies and loans with coordinates stand here once an event is on.")

    def show_event(self, found: Accumulation) -> None:
        """Show the places of an event."""
        hit: dict[int, bool] = {}
        names: dict[int, str] = {}
        for one in found.hits:
            for place in one.case.places:
                hit[place] = hit.get(place, False) or one.is_hit
                names.setdefault(place, one.case.name)
        order = sorted(hit)
        self._hit = [hit[place] for place in order]
        self._track = [(longitude, latitude) for latitude, longitude in found.track]
        event = found.event
        self._circle = None
        if found.kind == "footprint":
            self._circle = event["longitude"], event["latitude"], event["radius_km"]
        self.show_sites(
            [
                {
                    "name": names[place] if hit[place] else "",
                    "latitude": found.spots[place][0],
                    "longitude": found.spots[place][1],
                }
                for place in order
            ]
        )
        self._fit()
        text = _("Map: {hit} of {count} places are hit")
        self.setAccessibleDescription(text.format(hit=sum(self._hit), count=len(self._hit)))

    def _extent(self) -> Sequence[Point]:
        """Return the sites, and the edge of a footprint."""
        if self._circle is None:
            return self._positions
        longitude, latitude, radius = self._circle
        north = radius / KM_PER_DEGREE
        east = north / max(math.cos(math.radians(latitude)), 0.05)
        box = [(longitude + s * east, latitude + s * north) for s in (-1, 1)]
        return [*self._positions, *box]

    def _mark(self, place: int) -> QColor:
        return HIT if place < len(self._hit) and self._hit[place] else MARK

    def _draw_below(self, painter: QPainter, view: View) -> None:
        """Draw the track or the footprint, and what the colours mean."""
        if self._circle is not None:
            longitude, latitude, radius = self._circle
            reach = radius / KM_PER_DEGREE * view.scale
            painter.setPen(QPen(HIT, 1.0))
            painter.setBrush(AREA)
            painter.drawEllipse(QPointF(*view.place(longitude, latitude)), reach, reach)
            painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(TRACK, 1.6, Qt.PenStyle.DashLine))
        for line in visible([self._track], view) if self._track else ():
            painter.drawPolyline(QPolygonF([QPointF(*point) for point in line]))
        self._draw_legend(painter, view)

    def _draw_legend(self, painter: QPainter, view: View) -> None:
        """Say at the lower left what the dots and the line are."""
        metrics = QFontMetricsF(self.font())
        entries = [(HIT, _("hit")), (MARK, _("not hit"))]
        y = view.height - EDGE - metrics.descent() - 2
        x = _LEGEND_LEFT
        for colour, text in entries:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            middle = y - metrics.ascent() / 2 + 1
            painter.drawEllipse(QPointF(x + _LEGEND_DOT, middle), _LEGEND_DOT, _LEGEND_DOT)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(TEXT)
            self._write(painter, QPointF(x + 3 * _LEGEND_DOT, y), text)
            x += 4 * _LEGEND_DOT + metrics.horizontalAdvance(text) + 8
        if self._track:
            painter.setPen(QPen(TRACK, 1.6, Qt.PenStyle.DashLine))
            middle = y - metrics.ascent() / 2 + 1
            painter.drawLine(QPointF(x, middle), QPointF(x + 22, middle))
            painter.setPen(TEXT)
            self._write(painter, QPointF(x + 27, y), _("track"))
