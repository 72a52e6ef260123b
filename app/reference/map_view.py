"""A small map without network: which part of the globe it shows, and where things stand on it.

The view is equirectangular: degrees of longitude are shortened by the cosine of the latitude in
the middle, so that distances near the middle are true in all directions. Screen coordinates run
right and down.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

Point = tuple[float, float]
"""Longitude and latitude in degrees, or right and down on the screen."""

KM_PER_DEGREE = 111.195
"""One degree of a great circle on a sphere of 6,371 km (IUGG mean radius)."""

LEAST_SPAN_DEG = 4.0
MARGIN = 0.18
"""What stays free around the sites, on each side, as a share of their span."""

_LEAST_SHRINK = 0.05
_STEPS_DEG = (0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30)
_ROUND_KM = (5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
_MOST_LINES = 6
_BAR_SHARE = 0.28
_GAP = 4.0


@dataclass(frozen=True)
class View:
    """A part of the globe on a rectangle of `width` by `height`.

    `longitude` and `latitude` are in the middle; `scale` is in screen units for a degree of
    latitude.
    """

    longitude: float
    latitude: float
    scale: float
    width: float
    height: float

    @property
    def shrink(self) -> float:
        """Return the length of a degree of longitude over one of latitude."""
        return max(math.cos(math.radians(self.latitude)), _LEAST_SHRINK)

    def place(self, longitude: float, latitude: float) -> Point:
        """Return where a position stands on the screen; the shorter way round the globe."""
        east = (longitude - self.longitude + 180.0) % 360.0 - 180.0
        right = self.width / 2 + east * self.shrink * self.scale
        return right, self.height / 2 - (latitude - self.latitude) * self.scale

    @property
    def half_spans(self) -> Point:
        """Return half of the degrees of longitude and latitude that are seen."""
        return self.width / 2 / self.scale / self.shrink, self.height / 2 / self.scale


def fitted(
    positions: Sequence[Point],
    width: float,
    height: float,
    *,
    least_span_deg: float = LEAST_SPAN_DEG,
) -> View | None:
    """Return the view that shows all positions with a margin; None without positions or room.

    At least `least_span_deg` are seen in the shorter direction, so that the coast is recognised.
    """
    if not positions or width <= 0 or height <= 0:
        return None
    west, span = _shortest_arc([longitude for longitude, _ in positions])
    south = min(latitude for _, latitude in positions)
    north = max(latitude for _, latitude in positions)
    middle = (south + north) / 2
    shrink = max(math.cos(math.radians(middle)), _LEAST_SHRINK)
    wide = max(span * shrink * (1 + 2 * MARGIN), least_span_deg)
    high = max((north - south) * (1 + 2 * MARGIN), least_span_deg)
    longitude = (west + span / 2 + 180.0) % 360.0 - 180.0
    return View(longitude, middle, min(width / wide, height / high), width, height)


def _shortest_arc(longitudes: Sequence[float]) -> tuple[float, float]:
    """Return western end and width of the shortest arc with all longitudes in it."""
    around = sorted(longitude % 360.0 for longitude in longitudes)
    following = [*around[1:], around[0] + 360.0]
    gaps = [after - before for before, after in zip(around, following, strict=True)]
    widest = max(range(len(gaps)), key=gaps.__getitem__)
    return following[widest] % 360.0, 360.0 - gaps[widest]


def visible(lines: Iterable[Sequence[Point]], view: View) -> Iterator[list[Point]]:
    """Yield the lines that touch the view, on the screen; those that jump round the globe break."""
    half_wide, half_high = view.half_spans
    for line in lines:
        easts = [(lon - view.longitude + 180.0) % 360.0 - 180.0 for lon, _ in line]
        norths = [latitude - view.latitude for _, latitude in line]
        if min(easts) > half_wide or max(easts) < -half_wide:
            continue
        if min(norths) > half_high or max(norths) < -half_high:
            continue
        part: list[Point] = []
        before = easts[0]
        for east, position in zip(easts, line, strict=True):
            if abs(east - before) > 180.0 and part:
                yield part
                part = []
            part.append(view.place(*position))
            before = east
        yield part


@dataclass(frozen=True)
class Graticule:
    """Meridians and parallels of a view: degrees and where they stand on the screen."""

    meridians: tuple[tuple[float, float], ...]
    parallels: tuple[tuple[float, float], ...]


def graticule(view: View) -> Graticule:
    """Return round meridians and parallels, at most six of each."""
    half_wide, half_high = view.half_spans
    meridians = tuple(
        ((degrees + 180.0) % 360.0 - 180.0, view.place(degrees, view.latitude)[0])
        for degrees in _round_degrees(view.longitude, min(half_wide, 179.9))
    )
    parallels = tuple(
        (degrees, view.place(view.longitude, degrees)[1])
        for degrees in _round_degrees(view.latitude, half_high)
        if -90 <= degrees <= 90
    )
    return Graticule(meridians, parallels)


def _round_degrees(middle: float, half: float) -> list[float]:
    step = next((s for s in _STEPS_DEG if 2 * half / s <= _MOST_LINES), _STEPS_DEG[-1])
    first, last = math.ceil((middle - half) / step), math.floor((middle + half) / step)
    return [round(number * step, 6) for number in range(first, last + 1)]


def degrees_text(degrees: float, signs: str) -> str:
    """Write degrees with the letter of their side, `signs` being those above and below zero."""
    letter = "" if degrees in (-180, 0, 180) else signs[0] if degrees > 0 else signs[1]
    return f"{abs(degrees):g}°{letter}"


def scale_bar(view: View) -> tuple[int, float]:
    """Return the length of the scale bar in km, a round number, and on the screen."""
    km = view.scale / KM_PER_DEGREE
    room = view.width * _BAR_SHARE
    length = max((round_km for round_km in _ROUND_KM if round_km * km <= room), default=5)
    return length, length * km


Box = tuple[float, float, float, float]
"""Left, top, width and height on the screen."""


def place_labels(
    points: Sequence[Point],
    sizes: Sequence[Point],
    frame: Box,
    *,
    taken: Sequence[Box] = (),
    gap: float = _GAP,
) -> list[Box | None]:
    """Place a label of the given size beside each point: inside the frame, over nothing else.

    Right of the point is tried first, then left, above and below. None where no place is free.

    Args:
        points: where the labelled things stand.
        sizes: width and height of each label.
        frame: what the labels must not leave.
        taken: boxes that are drawn on already.
        gap: distance between point and label.
    """
    marks = [(x - gap, y - gap, 2 * gap, 2 * gap) for x, y in points]
    placed: list[Box | None] = []
    drawn: list[Box] = list(taken)
    for number, ((x, y), (width, height)) in enumerate(zip(points, sizes, strict=True)):
        others = [*drawn, *marks[:number], *marks[number + 1 :]]
        chances = (
            (x + gap, y - height / 2, width, height),
            (x - gap - width, y - height / 2, width, height),
            (x - width / 2, y - gap - height, width, height),
            (x - width / 2, y + gap, width, height),
        )
        free = (
            box
            for box in chances
            if _inside(box, frame) and not any(_overlap(box, other) for other in others)
        )
        found = next(free, None)
        if found is not None:
            drawn.append(found)
        placed.append(found)
    return placed


def _inside(box: Box, frame: Box) -> bool:
    left, top, width, height = box
    frame_left, frame_top, frame_width, frame_height = frame
    across = frame_left <= left and left + width <= frame_left + frame_width
    return across and frame_top <= top and top + height <= frame_top + frame_height


def _overlap(one: Box, other: Box) -> bool:
    apart = one[0] + one[2] <= other[0] or other[0] + other[2] <= one[0]
    return not (apart or one[1] + one[3] <= other[1] or other[1] + other[3] <= one[1])
