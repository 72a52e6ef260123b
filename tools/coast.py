"""Makes the coast of the offline map from a TopoJSON file of land (Natural Earth, 1:10m).

Run `python tools/coast.py land-10m.json`, then `python tools/manifest.py`. The file is the land
of the package `world-atlas`, version 2; nothing is downloaded here. Only the shores of land
polygons are drawn, so no border between countries comes in.
"""

import json
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
TARGET = ROOT / "resources" / "reference" / "coast.json"
WEST, EAST, SOUTH, NORTH = 104.0, 126.0, 15.0, 42.0
TOLERANCE_DEGREES = 0.02
DIGITS = 3

Point = tuple[float, float]
Line = list[Point]


def decoded_arcs(topology: dict[str, Any]) -> list[Line]:
    """Return the arcs in degrees: sums of whole-number steps, scaled and moved."""
    (scale_x, scale_y), (move_x, move_y) = (
        topology["transform"]["scale"],
        topology["transform"]["translate"],
    )
    arcs = []
    for steps in topology["arcs"]:
        x = y = 0
        line = []
        for dx, dy, *_ in steps:
            x, y = x + dx, y + dy
            line.append((x * scale_x + move_x, y * scale_y + move_y))
        arcs.append(line)
    return arcs


def rings(topology: dict[str, Any]) -> Iterator[Line]:
    """Yield the closed shores of the object `land`; an arc ~i runs backwards."""
    arcs = decoded_arcs(topology)
    for shape in topology["objects"]["land"]["geometries"]:
        polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        for polygon in polygons:
            for indices in polygon:
                ring: Line = []
                for index in indices:
                    arc = arcs[index] if index >= 0 else arcs[~index][::-1]
                    ring += arc[1:] if ring else arc
                yield ring


def clipped_segment(start: Point, end: Point) -> tuple[Point, Point] | None:
    """Return the part of a segment inside the window (Liang and Barsky 1984), None if none is."""
    (x0, y0), (x1, y1) = start, end
    dx, dy = x1 - x0, y1 - y0
    low, high = 0.0, 1.0
    for step, room in ((-dx, x0 - WEST), (dx, EAST - x0), (-dy, y0 - SOUTH), (dy, NORTH - y0)):
        if step == 0:
            if room < 0:
                return None
        elif step < 0:
            low = max(low, room / step)
        else:
            high = min(high, room / step)
    if low > high:
        return None
    return (x0 + low * dx, y0 + low * dy), (x0 + high * dx, y0 + high * dy)


def clipped(ring: Line) -> list[Line]:
    """Return the parts of a shore inside the window; a shore wholly inside stays closed."""
    lines: list[Line] = []
    for start, end in pairwise(ring):
        part = clipped_segment(start, end)
        if part is None:
            continue
        if lines and lines[-1][-1] == part[0]:
            lines[-1].append(part[1])
        else:
            lines.append([part[0], part[1]])
    if len(lines) > 1 and lines[0][0] == lines[-1][-1]:
        lines[0] = lines.pop() + lines[0][1:]
    return lines


def _distance(point: Point, start: Point, end: Point) -> float:
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = dx * dx + dy * dy
    along = 0.0
    if length:
        along = ((point[0] - start[0]) * dx + (point[1] - start[1]) * dy) / length
        along = min(max(along, 0.0), 1.0)
    x, y = start[0] + along * dx - point[0], start[1] + along * dy - point[1]
    return float((x * x + y * y) ** 0.5)


def simplified(line: Line) -> Line:
    """Leave out points less than the tolerance off the line (Douglas and Peucker 1973)."""
    kept = {0, len(line) - 1}
    open_parts = [(0, len(line) - 1)]
    while open_parts:
        first, last = open_parts.pop()
        if last - first < 2:
            continue
        distances = [_distance(line[i], line[first], line[last]) for i in range(first + 1, last)]
        widest = max(distances)
        if widest > TOLERANCE_DEGREES:
            middle = first + 1 + distances.index(widest)
            kept.add(middle)
            open_parts += [(first, middle), (middle, last)]
    return [line[i] for i in sorted(kept)]


def drawn(line: Line) -> Line:
    """Return a line simplified; an islet below the tolerance keeps a triangle of its shore."""
    short = simplified(line)
    if len(short) < 4 and line[0] == line[-1] and len(line) >= 4:
        third = (len(line) - 1) // 3
        short = [line[0], line[third], line[2 * third], line[0]]
    return short


def main(path: Path) -> None:
    """Write the coast of the window."""
    topology = json.loads(path.read_text(encoding="utf-8"))
    lines = [drawn(part) for ring in rings(topology) for part in clipped(ring)]
    lines.sort(key=len, reverse=True)
    rounded = [[[round(x, DIGITS), round(y, DIGITS)] for x, y in line] for line in lines]
    text = "[\n" + ",\n".join(json.dumps(line, separators=(",", ":")) for line in rounded) + "\n]\n"
    TARGET.write_text(text, encoding="utf-8")
    points = sum(len(line) for line in rounded)
    sys.stdout.write(f"{TARGET}: {len(rounded)} lines, {points} points, {len(text)} bytes\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
