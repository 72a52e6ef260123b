"""Breaks lines of Chinese text: between signs, never inside a word or a number.

Reportlab breaks such lines by rules of its own: a sign that may not begin a line hangs out at
the right and the spaces of its line are squeezed to nothing, an opening bracket may end a line,
and a long word beside Chinese is cut where the line ends.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from reportlab.lib.utils import isUnicode
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import paragraph
from reportlab.platypus.paragraph import (  # type: ignore[attr-defined]
    ParaLines,
    cjkU,
    makeCJKParaLine,
)

_NO_START = frozenset("!'\",.:;?)]}%…·、。〉》」』】〕〗〞℃‰°′″，；：！？）］｝％’”")
_NO_END = frozenset("([{$#¥£§‘“〈《「『【〔〖〝（［｛￥＄")
_GLUE = "\u00a0"
_FIRST_WIDE = 0x2E80
"""Code point from which on signs are those of East Asian writing."""

_FUZZ = 1e-3


def _is_wide(sign: str) -> bool:
    return bool(sign) and ord(sign[0]) >= _FIRST_WIDE


def may_part(before: str, after: str) -> bool:
    """Whether a line may end between two signs; "" stands for what is no sign, as a mark."""
    if before == " ":
        return after != " "
    if after in _NO_START or before in _NO_END or _GLUE in (before, after) or after == " ":
        return False
    return _is_wide(before) or _is_wide(after)


def line_ends(
    signs: Sequence[str],
    widths: Sequence[float],
    room: Callable[[int], float],
    forced: Callable[[int], bool] = lambda _at: False,
) -> Iterator[int]:
    """Yield for each line where it ends: the place of the first sign after it.

    `room` gives the width of a line by its number; a line ends after each place that is `forced`.
    A space that ends a line takes no room. A word wider than the line is cut where it must be.
    """
    number = start = at = part = 0
    used = 0.0
    while at < len(signs):
        if at > start and may_part(signs[at - 1], signs[at]):
            part = at
        used += widths[at]
        if used > room(number) + _FUZZ and at > start and signs[at] != " ":
            at = part if part > start else at
        elif forced(at):
            at += 1
        else:
            at += 1
            continue
        yield at
        number, start, used = number + 1, at, 0.0
    if start < len(signs):
        yield len(signs)


def _room(widths: Sequence[float]) -> Callable[[int], float]:
    return lambda number: widths[min(number, len(widths) - 1)]


def _split_text(text: str, max_widths: Any, face: str, size: float) -> list[list[Any]]:
    """The lines of a text of one face, each with the width it leaves free."""
    rooms = max_widths if isinstance(max_widths, list | tuple) else [max_widths]
    room, start = _room(rooms), 0
    lines: list[list[Any]] = []
    widths = [paragraph.stringWidth(sign, face, size) for sign in text]  # type: ignore[attr-defined]
    for end in line_ends(text, widths, room):
        line = text[start:end].strip(" ")
        free = room(len(lines)) - stringWidth(line, face, size)
        lines.append([free, line])
        start = end
    return lines


def _split_fragments(
    fragments: Any, max_widths: Sequence[float], bounds: Any, encoding: str = "utf8"
) -> Any:
    """The lines of a text of several faces, as reportlab draws them."""
    signs: list[Any] = []
    for fragment in fragments:
        text = fragment.text if isUnicode(fragment.text) else fragment.text.decode(encoding)
        signs += [cjkU(sign, fragment, encoding) for sign in text or ("",)]
    widths = [float(sign.width) for sign in signs]
    room, start = _room(max_widths), 0
    lines: list[Any] = []

    def breaks(at: int) -> bool:
        return hasattr(signs[at].frag, "lineBreak")

    def blank(at: int) -> bool:
        return signs[at] == " " and not breaks(at)  # a page break turns a forced end into a space

    for end in line_ends(signs, widths, room, breaks):
        first, last = start, end
        while last > first and blank(last - 1):
            last -= 1
        while first < last and blank(first):
            first += 1
        width = room(len(lines))
        used = sum(widths[at] for at in range(first, last) if not breaks(at))
        broken = breaks(end - 1)
        held = signs[first:last] or signs[start:end]
        lines.append(makeCJKParaLine(held, width, used, width - used, broken, bounds))
        start = end
    return ParaLines(kind=1, lines=lines)


def break_by_house_rules() -> None:
    """Let the paragraphs of reportlab that hold Chinese break their lines by these rules."""
    paragraph.wordSplit = _split_text  # type: ignore[attr-defined]
    paragraph.cjkFragSplit = _split_fragments  # type: ignore[attr-defined]
