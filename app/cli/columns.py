"""Texts under each other in a terminal, where a Chinese sign is two columns wide."""

from collections.abc import Iterator, Sequence
from shutil import get_terminal_size
from unicodedata import combining, east_asian_width

GAP = "  "
WIDTH = 100
"""Columns of a terminal whose width is not known."""


def width(text: str) -> int:
    """Columns of a terminal that a text takes."""
    return sum(
        0 if combining(sign) else 2 if east_asian_width(sign) in "WF" else 1 for sign in text
    )


def _padded(text: str, room: int, *, right: bool) -> str:
    blank = " " * (room - width(text))
    return blank + text if right else text + blank


def columns(rows: Sequence[Sequence[str]], *, texts: int = 1, notes: int = 0) -> Iterator[str]:
    """Yield the rows as lines; the first `texts` and last `notes` columns are flush left.

    The others are flush right.
    """
    rooms = [max(map(width, column)) for column in zip(*rows, strict=True)]
    figures = range(texts, len(rooms) - notes)
    for row in rows:
        places = (
            _padded(text, room, right=at in figures)
            for at, (text, room) in enumerate(zip(row, rooms, strict=True))
        )
        yield GAP.join(places).rstrip()


def table(
    rows: Sequence[Sequence[str]],
    *,
    texts: int = 1,
    notes: int = 0,
    keys: int = 1,
    sums: bool = False,
) -> Iterator[str]:
    """Yield the rows like `columns`, a table wider than the terminal in parts under each other.

    The first row is that of the heads; with `sums` the last one is left out of a part that has
    none. Each part begins with the first `keys` columns, of which a
    long first one is cut from the second part on; of a part that holds notes only, rows without
    one are left out.
    """
    room = max(WIDTH, get_terminal_size((WIDTH, 0)).columns)
    rooms = [max(map(width, column)) for column in zip(*rows, strict=True)]
    later = _cut(rows, room // 3)
    for number, part in enumerate(_parts(rooms, keys, room, max(width(row[0]) for row in later))):
        shown = later if number else rows
        if number and part[0] >= len(rooms) - notes:
            shown = [row for row in later if any(row[at] for at in part)]
        if sums and not any(shown[-1][at] for at in part):
            shown = shown[:-1]
        if len(shown) < 2:
            continue
        if number:
            yield ""
        own_texts = sum(at < texts for at in (*range(keys), *part))
        own_notes = sum(at >= len(rooms) - notes for at in part)
        cells = [[row[at] for at in (*range(keys), *part)] for row in shown]
        yield from columns(cells, texts=own_texts, notes=own_notes)


def _cut(rows: Sequence[Sequence[str]], room: int) -> Sequence[Sequence[str]]:
    """Return the rows with the first text cut to `room`; as they are when two were alike then."""
    short = [[_shortened(row[0], room), *row[1:]] for row in rows]
    alike = len({row[0] for row in short}) < len({row[0] for row in rows})
    return rows if alike else short


def _shortened(text: str, room: int) -> str:
    if width(text) <= room:
        return text
    while width(text) >= room:
        text = text[:-1]
    return f"{text.rstrip()}…"


def _parts(rooms: Sequence[int], keys: int, room: int, later: int) -> list[list[int]]:
    """Return which columns after the keys stand in each part; one at least in each.

    `later` is the width of the first column from the second part on.
    """
    first = sum(rooms[:keys]) + len(GAP) * (keys - 1)
    parts: list[list[int]] = []
    taken = 0
    for at in range(keys, len(rooms)):
        needed = len(GAP) + rooms[at]
        if not parts or taken + needed > room:
            taken = first - rooms[0] + later if parts else first
            parts.append([])
        parts[-1].append(at)
        taken += needed
    return parts
