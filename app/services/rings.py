"""Rings of longitude and latitude: whether together they bound a site."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

Ring = Sequence[tuple[float, float]]
"""Corners of a closed ring: longitude and latitude in degrees, the last one equal to the first."""

Points = np.ndarray[tuple[int, ...], np.dtype[np.float64]]

_FEWEST_CORNERS = 4
_ON_ONE_LINE = 1e-9
"""Degrees, a tenth of a millimetre: lines closer than this are one line."""


class RingRefused(Exception):
    """Rings that bound no site; `code` has its words in `app.messages`.

    Codes: `latitude_range`, `longitude_range`, `ring_open`, `ring_short`, `ring_flat`,
    `ring_crossing`, `rings_nested`. `value` is what was found.
    """

    def __init__(self, code: str, value: object) -> None:
        super().__init__(f"{code}: {value}")
        self.code = code
        self.value = value


@dataclass(frozen=True)
class Polygon:
    """An outer ring and the holes in it; the sense in which a ring runs does not matter."""

    outer: Ring
    holes: tuple[Ring, ...] = ()


def unrolled(longitudes: Sequence[float]) -> list[float]:
    """Return longitudes without a jump at the antimeridian."""
    along = [longitudes[0]]
    for longitude in longitudes[1:]:
        step = (longitude - along[-1] + 180.0) % 360.0 - 180.0
        along.append(along[-1] + step)
    return along


def check_position(longitude: float, latitude: float) -> None:
    """Refuse coordinates that are not on the globe.

    Raises:
        RingRefused: `latitude_range` or `longitude_range`.
    """
    if not (math.isfinite(latitude) and -90 <= latitude <= 90):
        raise RingRefused("latitude_range", latitude)
    if not (math.isfinite(longitude) and -180 <= longitude <= 180):
        raise RingRefused("longitude_range", longitude)


def check_polygons(polygons: Sequence[Polygon]) -> None:
    """Refuse a site whose rings do not bound one area each, once.

    Raises:
        RingRefused: a ring is open, short, flat or not on the globe; edges cross; a hole is not
            in its area, or two areas of the site lie on one another.
    """
    rings = [ring for polygon in polygons for ring in (polygon.outer, *polygon.holes)]
    for ring in rings:
        _check_ring(ring)
    start = rings[0][0][0]
    drawn = [_drawn(ring, start) for ring in rings]
    crossing = _crossing(drawn)
    if crossing is not None:
        raise RingRefused("ring_crossing", crossing)
    for ring, points in zip(rings, drawn, strict=True):
        if not _flat_area(points):
            raise RingRefused("ring_flat", ring[0])
    _check_nesting([len(polygon.holes) for polygon in polygons], rings, drawn)


def _check_ring(ring: Ring) -> None:
    if len(ring) < _FEWEST_CORNERS:
        raise RingRefused("ring_short", len(ring))
    for longitude, latitude in ring:
        check_position(longitude, latitude)
    if ring[0] != ring[-1]:
        raise RingRefused("ring_open", f"{ring[0]} … {ring[-1]}")


def _drawn(ring: Ring, start: float) -> Points:
    """Return the corners in a plane without a jump at the antimeridian."""
    along = unrolled([start, *(longitude for longitude, _ in ring)])[1:]
    return np.column_stack([along, [latitude for _, latitude in ring]])


def _flat_area(points: Points) -> float:
    """Twice the area in the plane, from the first corner: exactly 0 for corners on one point."""
    x, y = (points - points[0]).T
    return float((x[:-1] * y[1:] - x[1:] * y[:-1]).sum())


def _crossing(rings: Sequence[Points]) -> tuple[float, float] | None:
    """Return the start of an edge that another edge properly crosses; None when none does.

    Edges are sorted along the axis on which fewer of them overlap; each is compared with those
    that begin before it ends.
    """
    starts = np.concatenate([points[:-1] for points in rings])
    ends = np.concatenate([points[1:] for points in rings])
    _, start, end, reach = min(
        (_sorted_along(axis, starts, ends) for axis in (0, 1)), key=lambda found: found[0]
    )
    first = np.arange(len(start))
    for step in range(1, len(start)):
        first = first[first + step <= reach[first]]
        if not first.size:
            return None
        a, b, c, d = start[first], end[first], start[first + step], end[first + step]
        apart = (_side(a, b, c) * _side(a, b, d) < 0) & (_side(c, d, a) * _side(c, d, b) < 0)
        if apart.any():
            longitude, latitude = a[apart][0].tolist()
            return longitude, latitude
    return None


def _sorted_along(
    axis: int, starts: Points, ends: Points
) -> tuple[int, Points, Points, np.ndarray[tuple[int, ...], np.dtype[np.intp]]]:
    """Return how often edges overlap on an axis, the sorted edges, and the last each one meets."""
    low = np.minimum(starts[:, axis], ends[:, axis])
    order = np.argsort(low, kind="stable")
    high = np.maximum(starts[:, axis], ends[:, axis])[order]
    reach = np.searchsorted(low[order], high, side="right") - 1
    return int(reach.sum()), starts[order], ends[order], reach


def _side(a: Points, b: Points, c: Points) -> Points:
    """Return 1, 0 or -1: on which side of the line from a to b the point c lies."""
    along, across = b - a, c - a
    return np.sign(along[:, 0] * across[:, 1] - along[:, 1] * across[:, 0])


def _check_nesting(holes: Sequence[int], rings: Sequence[Ring], drawn: Sequence[Points]) -> None:
    """Refuse an area inside an odd number of other rings, and a hole inside an even one.

    The place looked at lies just inside the western side of each ring, before the next ring.
    """
    is_hole = [at > 0 for count in holes for at in range(count + 1)]
    lowest = np.array([points.min(axis=0) for points in drawn])
    highest = np.array([points.max(axis=0) for points in drawn])
    for number, points in enumerate(drawn):
        level = _level_within(points)
        near: list[int] = np.flatnonzero(
            (lowest[:, 1] < level)
            & (level < highest[:, 1])
            & (lowest[:, 0] <= highest[number, 0])
            & (highest[:, 0] >= lowest[number, 0])
        ).tolist()
        met = {other: _met_at(drawn[other], level) for other in near}
        side = met.pop(number)
        beyond = np.concatenate([side, *met.values()])
        west = float(side.min())
        east = beyond[beyond > west + _ON_ONE_LINE]
        place = (west + float(east.min() if east.size else side.max())) / 2
        depth = sum(np.count_nonzero(found > place) % 2 for found in met.values())
        if depth % 2 != is_hole[number]:
            raise RingRefused("rings_nested", rings[number][0])


def _level_within(points: Points) -> float:
    """Return a latitude at half the height of a ring that no corner lies on."""
    heights = np.unique(points[:, 1])
    middle = (len(heights) - 1) // 2
    return float(heights[middle] + heights[middle + 1]) / 2


def _met_at(points: Points, level: float) -> Points:
    """Return the longitudes at which a ring meets a latitude."""
    (x, y), (next_x, next_y) = points[:-1].T, points[1:].T
    meets = (y > level) != (next_y > level)
    x, y, next_x, next_y = x[meets], y[meets], next_x[meets], next_y[meets]
    met: Points = x + (level - y) / (next_y - y) * (next_x - x)
    return met
