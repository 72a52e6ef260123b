"""Tables on their way into a spreadsheet: lines with tabulators, numbers as it reads them."""

from collections.abc import Iterable, Sequence

NOTHING = "–"


def plain_figure(text: str) -> str:
    """Return a figure without thousands separators, with a plain minus; "" for a dash."""
    return "" if text == NOTHING else text.replace(",", "").replace("−", "-")


def tab_separated(lines: Iterable[Sequence[str]]) -> str:
    """Return lines of places with tabulators between them; breaks in a place become spaces."""
    return "\n".join("\t".join(" ".join(place.split()) for place in line) for line in lines)
