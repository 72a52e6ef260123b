"""The coast of China and its neighbours, for a map without network."""

import json
from functools import cache

from app.paths import resources

Line = tuple[tuple[float, float], ...]
"""Points of a line: longitude and latitude in degrees, WGS 84."""


@cache
def coastlines() -> tuple[Line, ...]:
    """Return the coast between 104 and 126 E and 15 and 42 N as lines; land borders are not in."""
    text = (resources() / "reference" / "coast.json").read_text(encoding="utf-8")
    return tuple(tuple((float(x), float(y)) for x, y in line) for line in json.loads(text))
