"""Turns the tables of facts into grids that fit the page: one table, a denser one, or several."""

import itertools
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from reportlab.pdfbase.pdfmetrics import stringWidth

from app.reports.document import EMPTY, Cell, Column, Grid, Text, Words, free
from app.reports.fact_tables import FactCell, FactHead, FactTable
from app.reports.fonts import CHINESE, register_fonts
from app.reports.styles import AFTER_FIGURES, DENSE_SIZE, LINE_WIDTH, MARK, TABLE_SIZE
from app.reports.value_blocks import half_widths, head

_SECOND = 0.84
"""Size of the second language in sizes of the first."""

_WORD = re.compile(r"[!-~]+")
_PADDING = {TABLE_SIZE: 0.95, DENSE_SIZE: 0.78}
_LEAST = {TABLE_SIZE: 10.0, DENSE_SIZE: 6.5}
_MOST, _NAME = 46.0, 12.0
"""In sizes of the face: between columns, what a text that is longer takes at least and at most,
and what the head of figures takes at most; a denser table is better than one of narrow texts."""

_TALLEST = 5
"""Lines that a text of a denser table may take, both languages together."""

_STEP = 8.0


@dataclass(frozen=True, slots=True)
class _Shape:
    """What a column needs and would like, and its longest text on one line, in points."""

    least: float
    liked: float
    longest: float


def grids(words: Words, table: FactTable, *, failing: bool = False) -> Iterator[Grid]:
    """Yield a table of facts as one grid, or as several that repeat the columns naming a line.

    With `failing` the lines that stand out are those that do not suffice, and are tinted as such.
    """
    register_fonts()
    heads = [head(words, found.label, found.unit) for found in table.heads]
    lines = [
        [_cell(words, found, at) for found, at in zip(table.heads, row, strict=True)]
        for row in table.rows
    ]
    if table.totals:
        lines.append(_sums(words, table))
    standing = frozenset(table.marked)
    size, groups = _groups(heads, table, lines)
    for places in groups:
        shapes = _shapes(heads, table, [_texts(lines, at) for at in places], places, size)
        summed = _is_summed(table, places)
        yield Grid(
            tuple(
                Column(heads[at], width / LINE_WIDTH, table.heads[at].numeric)
                for at, width in zip(places, _widths(shapes), strict=True)
            ),
            tuple(
                tuple(line[at] for at in places)
                for line in (lines if summed or not table.totals else lines[:-1])
            ),
            total=summed,
            bands=frozenset() if failing else standing,
            failing=standing if failing else frozenset(),
            dense=size == DENSE_SIZE,
        )


def _is_summed(table: FactTable, places: Sequence[int]) -> bool:
    """Whether a part of a table has a sum below one of its columns."""
    return bool(table.totals) and any(
        not table.totals[at].empty for at in places if at >= table.keys
    )


def _cell(words: Words, found: FactHead, at: FactCell, *, strong: bool = False) -> Cell:
    """A place of the grid: a figure, or words, flush right among figures."""
    if at.empty:
        return EMPTY
    if at.text:
        return Cell(free(at.text), at.step, strong=strong, figure=found.numeric)
    said = _name_once(words.each(at.said), at.facts.get("name", ""))
    return Cell(said, at.step, strong=strong, right=found.numeric)


def _name_once(text: Text, name: str) -> Text:
    """Leave a name that somebody entered out of the second language where both end in it."""
    if not name or len(text.lines) == 1 or not all(line.endswith(name) for line in text.lines):
        return text
    first, second = text.lines
    return Text((first, second.removesuffix(name).rstrip(" :")))


def _sums(words: Words, table: FactTable) -> list[Cell]:
    """The line of the sums; its name may run on over the next columns that name a line."""
    totals = zip(table.heads, table.totals, strict=True)
    cells = [_cell(words, found, at, strong=True) for found, at in totals]
    free_keys = itertools.takewhile(lambda at: at.empty, table.totals[1 : table.keys])
    cells[0] = replace(cells[0], span=1 + len(tuple(free_keys)))
    return cells


def _texts(lines: Sequence[Sequence[Cell]], place: int) -> tuple[Collection[Text], bool]:
    """The texts of a column, and whether marks of workings stand beside them."""
    cells = [line[place] for line in lines]
    texts = {cell.text for cell in cells if cell is not EMPTY and cell.span == 1}
    return texts, any(cell.step for cell in cells)


def _wide(text: str, size: float) -> float:
    """Points of a line of text set bold."""
    return stringWidth(text, f"{CHINESE}-Bold", size)


def _line_width(text: Text, size: float) -> float:
    """Points of both languages beside each other."""
    first = _wide(text.lines[0], size)
    return first + sum(_wide(f"  {line}", _SECOND * size) for line in text.lines[1:])


def _widest(texts: Collection[Text], size: float) -> float:
    """Points of the longest of the texts; only those of many signs are measured."""
    signs = {text: sum(map(half_widths, text.lines)) for text in texts}
    many = 0.9 * max(signs.values(), default=0)
    return max((_line_width(text, size) for text in texts if signs[text] >= many), default=0.0)


def _longest_word(text: Text, size: float) -> float:
    """Points of the longest part of a text that no line break may divide."""
    words = [
        _wide(word, scale * size)
        for line, scale in zip(text.lines, (1.0, _SECOND), strict=False)
        for word in _WORD.findall(line)
    ]
    return max([size, *words])


def _shapes(
    heads: Sequence[Text],
    table: FactTable,
    columns: Sequence[tuple[Collection[Text], bool]],
    places: Sequence[int],
    size: float,
) -> list[_Shape]:
    """The rooms of columns that stand beside each other."""
    found, after_figures = [], False
    for at, column in zip(places, columns, strict=True):
        numeric = table.heads[at].numeric
        shape = _shape(heads[at], table.heads[at], column, size)
        more = AFTER_FIGURES * (after_figures and not numeric)
        found.append(_Shape(shape.least + more, shape.liked + more, shape.longest))
        after_figures = numeric
    return found


def _shape(
    name: Text, found: FactHead, column: tuple[Collection[Text], bool], size: float
) -> _Shape:
    """The room of a column for its head, its figures and its texts."""
    texts, marked = column
    more = _PADDING[size] * size + MARK * marked
    named = max(_longest_word(name, size), 0.0 if name.leading.isascii() else 3 * size)
    widest = _widest(texts, size)
    if found.numeric and all(len(text.lines) == 1 for text in texts):
        least = max(named, widest)
        liked = max(least, min(_wide(name.leading.partition("（")[0], size), _NAME * size))
        return _Shape(least + more, liked + more, widest)
    word = max((_longest_word(text, size) for text in texts), default=0.0)
    few = _LEAST[size] * size
    least = max(named, min(word, 2 * few), min(widest, few))
    return _Shape(least + more, max(least, min(widest, _MOST * size)) + more, widest)


def _groups(
    heads: Sequence[Text], table: FactTable, lines: Sequence[Sequence[Cell]]
) -> tuple[float, list[list[int]]]:
    """Return the size, and the places of the columns of each grid."""
    every = list(range(len(heads)))
    columns = [_texts(lines, at) for at in every]

    normal = [shape.least for shape in _shapes(heads, table, columns, every, TABLE_SIZE)]
    if sum(normal) <= LINE_WIDTH:
        return TABLE_SIZE, [every]
    if _fit(_shapes(heads, table, columns, every, DENSE_SIZE)):
        return DENSE_SIZE, [every]
    keys, others = every[: table.keys], every[table.keys :]
    room = LINE_WIDTH - sum(normal[: table.keys])
    return TABLE_SIZE, [[*keys, *group] for group in _balanced(others, normal, room)]


def _fit(shapes: Sequence[_Shape]) -> bool:
    """Whether columns stand beside each other without a text that becomes a tower."""
    if sum(shape.least for shape in shapes) > LINE_WIDTH:
        return False
    pairs = zip(shapes, _widths(shapes), strict=True)
    return all(shape.longest <= _TALLEST * width for shape, width in pairs)


def _balanced(places: Sequence[int], widths: Sequence[float], room: float) -> list[list[int]]:
    """Return the columns on as few grids as fit, the grids about equally wide."""
    count = len(_packed(places, widths, room))
    narrow = sum(widths[at] for at in places) / count
    while len(_packed(places, widths, narrow)) > count:
        narrow = min(narrow + _STEP, room)
    return _packed(places, widths, narrow)


def _packed(places: Sequence[int], widths: Sequence[float], room: float) -> list[list[int]]:
    groups: list[list[int]] = [[]]
    used = 0.0
    for at in places:
        if groups[-1] and used + widths[at] > room:
            groups.append([])
            used = 0.0
        groups[-1].append(at)
        used += widths[at]
    return groups


def _widths(shapes: Sequence[_Shape]) -> list[float]:
    """Give what is left of the line to the texts that like it, then to all columns alike."""
    widths = [shape.least for shape in shapes]
    left = LINE_WIDTH - sum(widths)
    wanted = [shape.liked - shape.least for shape in shapes]
    if left > 0 and sum(wanted) > 0:
        given = min(1.0, left / sum(wanted))
        widths = [width + given * more for width, more in zip(widths, wanted, strict=True)]
    scale = LINE_WIDTH / sum(widths)
    return [width * scale for width in widths]
