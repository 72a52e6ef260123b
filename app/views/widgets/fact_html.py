"""Tables of facts as HTML: as many columns as there is room for, the rest below with its names."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import east_asian_width

from PySide6.QtWidgets import QTextBrowser

from app.formats import unit
from app.i18n import N_
from app.reports.fact_tables import FactCell, FactHead, FactTable

if TYPE_CHECKING:
    from app.views.widgets.value_parts import PageParts

Links = Mapping[tuple[int, int], str]
"""Paths of the inputs that places of a table lead to, by line and column."""

NARROW = 70
"""Signs beside each other in the narrowest place that results are shown in."""

_GAP = 1.3
_LONGEST_WORDS = 22
"""Signs that a place of words takes at most; longer ones are broken."""

_SMALL = 0.95
"""Width of a bold sign of a small table, to a sign of the text."""

_MARGINS, _LEAST_ROOM = 14, 40
_HEAD_LINES = 3
_TURNED_HEAD = 20
_LARGER = 0.85
"""Share of the room that a table may take to be set in the size of the text."""

_REMEMBERED = 4096
"""Texts whose width is remembered: most of a page stays while an input is typed."""

_BLANK = "&nbsp;"
_JOINER = "\u2060"
"""Keeps a unit like yuan/t on one line."""


@lru_cache(maxsize=_REMEMBERED)
def _signs(text: str) -> int:
    if text.isascii():
        return len(text)
    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in text)


@lru_cache(maxsize=_REMEMBERED)
def _longest_word(text: str) -> int:
    """Return the signs of what cannot be broken: a word, or two Chinese signs."""
    words = text.split() or [""]
    return max(min(_signs(word), 4) if not word.isascii() else len(word) for word in words)


def signs_beside(browser: QTextBrowser) -> int:
    """Return how many signs of a small table stand beside each other in a browser."""
    sign = browser.fontMetrics().horizontalAdvance("0") * _SMALL
    return max(int((browser.viewport().width() - _MARGINS) / sign), _LEAST_ROOM)


def _fits(widths: Sequence[int], room: int) -> bool:
    return sum(widths) + _GAP * len(widths) <= room


def _all_rows(found: FactTable) -> tuple[tuple[FactCell, ...], ...]:
    """Return the lines, and the sums behind them where there are any."""
    return (*found.rows, found.totals) if found.totals else found.rows


class FactHtml:
    """Writes tables of facts with the parts of a page, in a place of so many signs."""

    def __init__(self, parts: "PageParts", room: int = NARROW) -> None:
        self._parts, self._room = parts, room

    def table(
        self,
        found: FactTable,
        *,
        own: str = "yuan",
        links: Links | None = None,
        tight: bool | None = None,
        turned: bool = False,
    ) -> str:
        """Return a table of facts.

        Where its columns do not fit beside each other, a table of few lines is turned, and one of
        many is set in parts that repeat the columns that name a line. `own` is a unit that goes
        without saying. `links` are the inputs that places lead to, by line and column. `tight`
        sets it smaller; None for what is too wide otherwise. `turned` makes its lines columns.
        """
        lines = self._written(found, links or {})
        if turned:
            return self._turned(found, lines, own)
        widths = self._widths(found)
        if _fits(widths, self._room):
            small = not _fits(widths, int(self._room * _LARGER)) if tight is None else tight
            return self._part(found, lines, dict(enumerate(widths)), own=own, tight=small)
        if self._turns(found, len(lines)):
            return self._turned(found, lines, own)
        return "".join(
            self._part(
                found, lines, {at: widths[at] for at in columns}, own=own, tight=tight is not False
            )
            for columns in self._columns(found.keys, widths)
        )

    def _said_head(self, found: FactHead, own: str = "yuan") -> str:
        name = unit(found.unit, self._parts.tr) if found.unit != own else ""
        name = name.replace("/", f"/{_JOINER}")
        label = self._parts.tr(found.label)
        if not name:
            return label
        return self._parts.tr(N_("{label} ({unit})")).format(label=label, unit=name)

    def _head(self, found: FactHead, own: str) -> str:
        return escape(self._said_head(found, own))

    def _written(self, found: FactTable, links: Links) -> list[list[str]]:
        """Return the lines and the sums with their links."""
        return [
            [
                self._cell(cell, head, links.get((at, place), ""))
                for place, (cell, head) in enumerate(zip(row, found.heads, strict=True))
            ]
            for at, row in enumerate(_all_rows(found))
        ]

    def _cell(self, found: FactCell, head: FactHead, path: str) -> str:
        said = found.said(self._parts.tr)
        if path:
            return f'<a class="more" href="field:{path}">{escape(said)}</a>'
        negative = head.numeric and said.startswith("−")
        return self._parts.figure(said, found.step, negative=negative) or _BLANK

    def _needed(self, text: str, head: FactHead) -> int:
        """Return the signs that a text takes in its column; words can be broken."""
        return _signs(text) if head.numeric else min(_signs(text), _LONGEST_WORDS)

    def _widths(self, found: FactTable) -> list[int]:
        """Return the signs that each column takes: its heads on few lines if there is room."""
        tr = self._parts.tr
        needed = [
            max(
                _longest_word(tr(head.label)),
                *(self._needed(row[place].said(tr), head) for row in _all_rows(found)),
            )
            for place, head in enumerate(found.heads)
        ]
        heads = [_signs(self._said_head(head)) for head in found.heads]
        widths = needed
        for lines in range(1, _HEAD_LINES + 1):
            widths = [
                max(signs, -(-head // lines)) for signs, head in zip(needed, heads, strict=True)
            ]
            if _fits(widths, self._room):
                break
        return widths

    def _columns(self, keys: int, widths: list[int]) -> Iterator[list[int]]:
        """Yield the columns of each part; those that name a line are in all of them."""
        part = list(range(keys))
        for place in range(keys, len(widths)):
            if len(part) > keys and not _fits([widths[one] for one in (*part, place)], self._room):
                yield part
                part = list(range(keys))
            part.append(place)
        yield part

    def _turns(self, found: FactTable, lines: int) -> bool:
        """Whether a table fits when its lines become columns."""
        tr = self._parts.tr
        widest = max(
            _signs(cell.said(tr)) if head.numeric else _longest_word(cell.said(tr))
            for row in _all_rows(found)
            for cell, head in zip(row, found.heads, strict=True)
        )
        return found.keys == 1 and _fits([_TURNED_HEAD, *[widest] * lines], self._room)

    def _turned(self, found: FactTable, lines: list[list[str]], own: str) -> str:
        strong = {*found.marked, *([len(lines) - 1] if found.totals else [])}
        rows = [
            [
                self._head(head, own),
                *(f"<b>{text}</b>" if at in strong else text for at, text in enumerate(column)),
            ]
            for head, column in zip(found.heads, zip(*lines, strict=True), strict=True)
        ]
        figures = 2 * sum(head.numeric for head in found.heads) >= len(found.heads)
        sides = [False, *[figures] * len(lines)]
        return _html(rows[0], [_Line(row) for row in rows[1:]], sides)

    def _part(
        self,
        found: FactTable,
        lines: list[list[str]],
        places: Mapping[int, int],
        *,
        own: str,
        tight: bool,
    ) -> str:
        summed = bool(found.totals) and any(
            not found.totals[place].empty for place in list(places)[found.keys :]
        )
        if found.totals and not summed:
            lines = lines[:-1]
        total = len(lines) - 1 if summed else -1
        kinds = {**dict.fromkeys(found.marked, "marked"), total: "binding"}
        alone = len(found.marked) == 1
        rows = [
            _Line(
                [line[place] for place in places],
                kinds.get(at, ""),
                len(places) if alone or at == total else found.keys,
            )
            for at, line in enumerate(lines)
        ]
        heads = [self._head(found.heads[place], own) for place in places]
        right = [found.heads[place].numeric for place in places]
        whole = sum(places.values()) + _GAP * len(places)
        shares = [round(99 * (signs + _GAP) / whole) for signs in places.values()]
        return _html(heads, rows, right, tight=tight, shares=shares)


class _Line(NamedTuple):
    """A line of a table; where it is of a kind its ground stands out, and its first places."""

    cells: Sequence[str]
    kind: str = ""
    strong: int = 0


def _html(
    heads: Sequence[str],
    rows: Iterable[_Line],
    right: Sequence[bool],
    *,
    tight: bool = True,
    shares: Sequence[int] = (),
) -> str:
    """Write a table; `shares` are the widths of its columns in percent, () to let Qt find them."""
    sides = ["right" if figures else "left" for figures in right]
    widths = [f' width="{share}%"' for share in shares] or [""] * len(heads)
    head = "".join(
        f'<th align="{side}" valign="bottom"{width}>{text}</th>'
        for text, side, width in zip(heads, sides, widths, strict=True)
    )
    body = "".join(_line(line, sides) for line in rows)
    style = ' class="tight"' if tight else ""
    return f'<table{style} width="99%" cellspacing="0"><tr>{head}</tr>{body}</table>'


def _line(line: _Line, sides: Sequence[str]) -> str:
    style = f' class="{line.kind}"' if line.kind else ""
    strong = line.strong if line.kind else 0
    body = "".join(
        f'<td align="{side}">{f"<b>{text}</b>" if at < strong else text}</td>'
        for at, (text, side) in enumerate(zip(line.cells, sides, strict=True))
    )
    return f"<tr{style}>{body}</tr>"
