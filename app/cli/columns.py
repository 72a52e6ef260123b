"""Texts under each other in a terminal, where a Chinese sign is two columns wide."""

from collections.abc import Iterator, Sequence
from unicodedata import combining, east_asian_width

GAP = "  "


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
