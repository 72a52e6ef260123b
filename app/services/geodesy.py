"""Area and middle of polygons given by longitude and latitude on WGS 84."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from geographiclib.geodesic import Geodesic

Ring = Sequence[tuple[float, float]]
"""Corners of a closed ring: longitude and latitude in degrees, the last one equal to the first."""

Points = np.ndarray[tuple[int, ...], np.dtype[np.float64]]

M2_PER_HA = 10_000.0
_FEWEST_CORNERS = 4


class RingRefused(Exception):
    """A ring that encloses no area; `code` has its words in `app.messages`.

    Codes: `latitude_range`, `longitude_range`, `ring_open`, `ring_short`, `ring_crossing`,
    `hole_too_large`. `value` is what was found.
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


@dataclass(frozen=True)
class Measured:
    """Area in ha and the middle, in degrees WGS 84."""

    area_ha: float
    latitude: float
    longitude: float


def check_position(longitude: float, latitude: float) -> None:
    """Refuse coordinates that are not on the globe.

    Raises:
        RingRefused: `latitude_range` or `longitude_range`.
    """
    if not (math.isfinite(latitude) and -90 <= latitude <= 90):
        raise RingRefused("latitude_range", latitude)
    if not (math.isfinite(longitude) and -180 <= longitude <= 180):
        raise RingRefused("longitude_range", longitude)


def check_ring(ring: Ring) -> None:
    """Refuse a ring that is open, has fewer than four positions or crosses itself.

    Raises:
        RingRefused: with the code of the first defect.
    """
    if len(ring) < _FEWEST_CORNERS:
        raise RingRefused("ring_short", len(ring))
    for longitude, latitude in ring:
        check_position(longitude, latitude)
    if ring[0] != ring[-1]:
        raise RingRefused("ring_open", f"{ring[0]} … {ring[-1]}")
    crossing = _crossing(ring)
    if crossing is not None:
        raise RingRefused("ring_crossing", crossing)


def _crossing(ring: Ring) -> tuple[float, float] | None:
    """Return the start of an edge that another edge properly crosses; None when none does.

    Edges are sorted by their western ends; each is compared with those that begin before it ends.
    """
    points = np.column_stack([_unrolled([lon for lon, _ in ring]), [lat for _, lat in ring]])
    order = np.argsort(np.minimum(points[:-1, 0], points[1:, 0]), kind="stable")
    start, end = points[:-1][order], points[1:][order]
    west, east = np.minimum(start[:, 0], end[:, 0]), np.maximum(start[:, 0], end[:, 0])
    first = np.arange(len(west))
    reach = np.searchsorted(west, east, side="right") - 1
    for step in range(1, len(west)):
        first = first[first + step <= reach[first]]
        if not first.size:
            return None
        a, b, c, d = start[first], end[first], start[first + step], end[first + step]
        apart = (_side(a, b, c) * _side(a, b, d) < 0) & (_side(c, d, a) * _side(c, d, b) < 0)
        if apart.any():
            longitude, latitude = a[apart][0].tolist()
            return longitude, latitude
    return None


def _side(a: Points, b: Points, c: Points) -> Points:
    """Return 1, 0 or -1: on which side of the line from a to b the point c lies."""
    along, across = b - a, c - a
    return np.sign(along[:, 0] * across[:, 1] - along[:, 1] * across[:, 0])


def _unrolled(longitudes: Sequence[float]) -> list[float]:
    """Return longitudes without a jump at the antimeridian."""
    unrolled = [longitudes[0]]
    for longitude in longitudes[1:]:
        step = (longitude - unrolled[-1] + 180.0) % 360.0 - 180.0
        unrolled.append(unrolled[-1] + step)
    return unrolled


def ring_area_m2(ring: Ring) -> float:
    """Area in m2 inside a ring on the ellipsoid of WGS 84, whatever the sense of the ring.

    Edges are geodesics (C. F. F. Karney, Algorithms for geodesics, J. Geodesy 87, 43-55, 2013,
    section 6). RFC 7946, section 3.1.1, draws edges straight in longitude and latitude; over 10 km
    at 40 degrees of latitude the two lie less than 2 m apart.
    """
    polygon = Geodesic.WGS84.Polygon()
    for longitude, latitude in ring[:-1] if ring[0] == ring[-1] else ring:
        polygon.AddPoint(latitude, longitude)
    return abs(float(polygon.Compute(False, True)[2]))


def _flat_moments(ring: Ring, origin: tuple[float, float]) -> tuple[float, float, float]:
    """Return area and first moments of a ring in an equirectangular plane about `origin`."""
    shrink = math.cos(math.radians(origin[1]))
    unrolled = _unrolled([origin[0], *(longitude for longitude, _ in ring)])[1:]
    x = (np.array(unrolled) - origin[0]) * shrink
    y = np.array([latitude for _, latitude in ring]) - origin[1]
    cross = x[:-1] * y[1:] - x[1:] * y[:-1]
    area = float(cross.sum()) / 2
    sign = math.copysign(1.0, area)
    moment_x = float(((x[:-1] + x[1:]) * cross).sum()) / 6
    moment_y = float(((y[:-1] + y[1:]) * cross).sum()) / 6
    return abs(area), sign * moment_x, sign * moment_y


def _middle(polygons: Sequence[Polygon]) -> tuple[float, float]:
    """Return longitude and latitude of the centre of area, in the plane about the first corner.

    It may lie outside a bent site. For a site of 100 km the plane moves it by less than 1 km.
    """
    origin = polygons[0].outer[0]
    area = moment_x = moment_y = 0.0
    for polygon in polygons:
        for ring, sign in ((polygon.outer, 1.0), *((hole, -1.0) for hole in polygon.holes)):
            own, own_x, own_y = _flat_moments(ring, origin)
            area += sign * own
            moment_x += sign * own_x
            moment_y += sign * own_y
    if area <= 0:
        return origin
    longitude = origin[0] + moment_x / area / math.cos(math.radians(origin[1]))
    return (longitude + 180.0) % 360.0 - 180.0, origin[1] + moment_y / area


def measure(polygons: Sequence[Polygon]) -> Measured:
    """Measure a site: the areas of its polygons less their holes, and its middle.

    Raises:
        RingRefused: a ring that is open, too short, crosses itself or leaves the globe; holes
            that are not smaller than what they are cut from.
    """
    area = 0.0
    for polygon in polygons:
        for ring in (polygon.outer, *polygon.holes):
            check_ring(ring)
        outer = ring_area_m2(polygon.outer)
        cut = sum(ring_area_m2(hole) for hole in polygon.holes)
        if cut >= outer:
            raise RingRefused("hole_too_large", round(cut / M2_PER_HA, 4))
        area += outer - cut
    longitude, latitude = _middle(polygons)
    return Measured(area / M2_PER_HA, latitude, longitude)
