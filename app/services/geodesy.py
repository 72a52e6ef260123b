"""Area and middle of polygons given by longitude and latitude on WGS 84."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from geographiclib.geodesic import Geodesic

from app.services.rings import Polygon, Ring, check_polygons, unrolled

M2_PER_HA = 10_000.0


@dataclass(frozen=True)
class Measured:
    """Area in ha and the middle, in degrees WGS 84."""

    area_ha: float
    latitude: float
    longitude: float


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
    along = unrolled([origin[0], *(longitude for longitude, _ in ring)])[1:]
    x = (np.array(along) - origin[0]) * shrink
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
        RingRefused: rings that are open, too short, without an area, leave the globe, cross or
            lie in one another.
    """
    check_polygons(polygons)
    area = 0.0
    for polygon in polygons:
        area += ring_area_m2(polygon.outer)
        area -= sum(ring_area_m2(hole) for hole in polygon.holes)
    longitude, latitude = _middle(polygons)
    return Measured(area / M2_PER_HA, latitude, longitude)
