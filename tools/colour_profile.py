"""Writes resources/colour/sRGB.icc: the profile that printed documents name for their colours.

An ICC profile of version 2.1 (ICC.1:1998-09, three curves and a matrix) of the colours of
IEC 61966-2-1. Run it again and the same bytes come out: `.venv/bin/python tools/colour_profile.py`.
"""

import struct
from pathlib import Path

TARGET = Path(__file__).parent.parent / "resources" / "colour" / "sRGB.icc"
NAME = b"sRGB IEC61966-2.1"
RIGHTS = b"No copyright; made by Blue Carbon Desk from the published figures of IEC 61966-2-1."
WHITE = (0.95047, 1.0, 1.08883)
"""White of D65 (IEC 61966-2-1)."""

PRIMARIES = {
    b"rXYZ": (0.43607, 0.22249, 0.01392),
    b"gXYZ": (0.38515, 0.71687, 0.09708),
    b"bXYZ": (0.14307, 0.06061, 0.71410),
}
"""Red, green and blue, adapted to D50 (the figures of the profile of HP and Microsoft, 1998)."""

D50 = (0.96420, 1.0, 0.82491)
POINTS = 1024


def _fixed(values: tuple[float, ...]) -> bytes:
    return b"".join(struct.pack(">i", round(value * 65536)) for value in values)


def _xyz(values: tuple[float, ...]) -> bytes:
    return b"XYZ \0\0\0\0" + _fixed(values)


def _text(content: bytes) -> bytes:
    return b"text\0\0\0\0" + content + b"\0"


def _description(content: bytes) -> bytes:
    """Plain letters; the places for other letters stay empty (67 bytes of them for Macintosh)."""
    length = struct.pack(">I", len(content) + 1)
    return b"desc\0\0\0\0" + length + content + b"\0" + bytes(4 + 4 + 2 + 1 + 67)


def _curve() -> bytes:
    """The curve of IEC 61966-2-1, 5.2."""
    shares = (place / (POINTS - 1) for place in range(POINTS))
    linear = (
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares
    )
    table = b"".join(struct.pack(">H", round(value * 65535)) for value in linear)
    return b"curv\0\0\0\0" + struct.pack(">I", POINTS) + table


def profile() -> bytes:
    """Return the profile."""
    parts = {b"desc": _description(NAME), b"cprt": _text(RIGHTS), b"wtpt": _xyz(WHITE)}
    parts |= {name: _xyz(values) for name, values in PRIMARIES.items()}
    curve = _curve()
    names = [*parts, b"rTRC", b"gTRC", b"bTRC"]
    start = 128 + 4 + 12 * len(names)
    body, places = b"", {}
    for name, content in (*parts.items(), (b"rTRC", curve)):
        places[name] = (start + len(body), len(content))
        body += content + bytes(-len(content) % 4)
    places[b"gTRC"] = places[b"bTRC"] = places[b"rTRC"]
    table = struct.pack(">I", len(names))
    table += b"".join(name + struct.pack(">II", *places[name]) for name in names)
    head = struct.pack(">I", start + len(body)) + bytes(4) + b"\x02\x10\0\0" + b"mntrRGB XYZ "
    head += struct.pack(">6H", 2026, 1, 1, 0, 0, 0) + b"acsp" + bytes(28) + _fixed(D50)
    return head.ljust(128, b"\0") + table + body


if __name__ == "__main__":
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_bytes(profile())
