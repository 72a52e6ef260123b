"""Draws the tables of a document: heads in each language, decimals under each other, marks."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable, Table

from app.reports.document import NOTHING, Cell, Column, Grid, Text
from app.reports.fonts import LATIN, checked, missing_glyphs
from app.reports.pen import Pen
from app.reports.styles import (
    AFTER_FIGURES,
    BLUSH,
    DENSE_SIZE,
    GREY,
    INK,
    LINE,
    LINE_WIDTH,
    MARK,
    TABLE_SIZE,
)
from app.reports.tables import Command, Content, table

_UNBROKEN = re.compile(r"[!-~₀-₉²³]+|.")
_BESIDE = 9.0
"""Points between two languages on one line, with the padding of a cell."""

_SHORT = 10
_PADDING = 2.0
"""Points between the end of a figure and the end of its column."""

_WRITABLE = 8.0
"""Points above and below a line of text that make a row 9 mm high: room to write in by hand."""

_NUMBER = re.compile(r"([^\d]*\d[\d,]*)((?:\.\d+)?\s?[%×]?\)?)")
"""A number up to its decimal point, and what follows: places, unit, closing parenthesis."""


def _widths(block: Grid) -> tuple[list[float], list[int]]:
    """Widths of the drawn columns and where each column starts; marks have a place of their own.

    Without that place a mark would push its figure out of the line of decimals.
    """
    widths: list[float] = []
    starts: list[int] = []
    for number, column in enumerate(block.columns):
        starts.append(len(widths))
        width = column.share * LINE_WIDTH
        if any(row[number].step for row in block.rows):
            widths += [width - MARK, MARK]
        else:
            widths.append(width)
    return widths, starts


class _Faces(NamedTuple):
    """Styles of a table flush left or right: its heads, its texts, the second language of both."""

    head: ParagraphStyle
    text: ParagraphStyle
    second: ParagraphStyle


def _faces(pen: Pen, *, right: bool, dense: bool) -> _Faces:
    styles = pen.styles
    if dense and right:
        return _Faces(styles.dense_head_right, styles.dense_right, styles.dense_second_right)
    if dense:
        return _Faces(styles.dense_head, styles.dense, styles.dense_second)
    if right:
        return _Faces(styles.head_right, styles.cell_right, styles.second_right)
    return _Faces(styles.head, styles.cell, styles.second)


def _second(pen: Pen, text: Text, faces: _Faces) -> list[Flowable]:
    """The second language as a paragraph of its own; beside Chinese, words break anywhere."""
    return [pen.paragraph(pen.line(line, 1), faces.second) for line in text.lines[1:]]


def _head(pen: Pen, column: Column, width: float, *, dense: bool) -> list[Flowable]:
    """The head of a column in each language."""
    faces = _faces(pen, right=column.numeric, dense=dense)
    first = "\n".join(_head_lines(column.head.leading, faces.head, width - 4))
    return [pen.paragraph(pen.line(first), faces.head), *_second(pen, column.head, faces)]


def _head_lines(text: str, style: ParagraphStyle, width: float) -> list[str]:
    """Break a head that is too long between Chinese signs and words, never inside a word.

    A Chinese unit in brackets goes to a line of its own.
    """

    def fits(line: str) -> bool:
        return stringWidth(line, style.fontName, style.fontSize) <= width

    if fits(text) or text.isascii():
        return [text]
    name, bracket, unit = text.partition("（")
    lines = [""]
    for part in _UNBROKEN.findall(name):
        if lines[-1] and not fits(lines[-1] + part):
            lines.append("")
        lines[-1] += part
    return [*lines, bracket + unit] if bracket else lines


def _is_plain(pen: Pen, cell: Cell, width: float, *, dense: bool) -> bool:
    """Whether a text needs no paragraph: one line, one face, and it fits its place."""
    line = cell.text.leading
    if len(cell.text.lines) > 1 or cell.formula or not line.isprintable():
        return False
    if len(line) <= _SHORT and line.isascii():
        return True
    face = f"{pen.styles.face}-Bold" if cell.strong else pen.styles.face
    size = DENSE_SIZE if dense else TABLE_SIZE
    return (
        not missing_glyphs(line, pen.styles.face)
        and stringWidth(line, face, size) <= width - 2 * _PADDING
    )


def _place(pen: Pen, cell: Cell, width: float, *, dense: bool) -> Content:
    """A place of a table; languages that do not fit beside each other stand below each other."""
    if cell.figure:
        return checked(cell.text.leading)
    if cell.text == NOTHING:
        return ""
    if _is_plain(pen, cell, width, dense=dense):
        return cell.text.leading
    faces = _faces(pen, right=cell.right, dense=dense)
    if cell.formula:
        return pen.paragraph(pen.formula(cell.text.leading), faces.text)
    text, size = cell.text, faces.second.fontSize
    face = f"{faces.text.fontName}-Bold" if cell.strong else faces.text.fontName
    wide = stringWidth(text.leading, face, faces.text.fontSize)
    wide += sum(stringWidth(line, LATIN, size) + _BESIDE for line in text.lines[1:])
    if len(text.lines) == 1 or wide <= width:
        return pen.paragraph(pen.beside(text, size=size, bold=cell.strong), faces.text)
    first = pen.paragraph(pen.line(text.leading, bold=cell.strong), faces.text)
    return [first, *_second(pen, text, faces)]


def _cell_commands(pen: Pen, cell: Cell, row: int, first: int, last: int) -> Iterator[Command]:
    """How a place drawn in the columns `first` to `last` departs from the rest."""
    place = ((first, row), (first, row))
    if cell.step:
        yield ("LEFTPADDING", (last, row), (last, row), 0)
    if cell.figure or cell.right:
        yield ("ALIGN", *place, "RIGHT")
    if cell.strong:
        yield ("FONTNAME", *place, f"{pen.styles.face}-Bold")
    if cell.span > 1:
        yield ("SPAN", (first, row), (first + cell.span - 1, row))


def _aligned(pen: Pen, block: Grid, at: int, width: float, *, size: float) -> dict[int, float]:
    """Points that the figures of a column move left by their rows: decimal points stand in line.

    Places, percent signs and closing parentheses hang out at the right. Nothing moves where the
    column is too narrow for it, and texts that are no number stay at its end.
    """
    found: dict[int, tuple[float, float]] = {}
    for number, row in enumerate(block.rows):
        cell = row[at]
        split = _NUMBER.fullmatch(cell.text.leading) if cell.figure and cell.span == 1 else None
        if split:
            face = f"{pen.styles.face}-Bold" if cell.strong else pen.styles.face
            found[number] = (
                stringWidth(split[1], face, size),
                stringWidth(split[2], face, size),
            )
    longest = max((tail for _head, tail in found.values()), default=0.0)
    if any(head + longest > width - 2 * _PADDING for head, _tail in found.values()):
        return {}
    moves = {number: longest - tail for number, (_head, tail) in found.items()}
    return {number: move for number, move in moves.items() if move > 0.05}


def _roomy(starts: list[int]) -> list[Command]:
    """Rows to write in: high, with a line between the columns."""
    return [
        ("TOPPADDING", (0, 1), (-1, -1), _WRITABLE),
        ("BOTTOMPADDING", (0, 1), (-1, -1), _WRITABLE),
        ("VALIGN", (0, 1), (-1, -1), "MIDDLE"),
        ("LINEBELOW", (0, 1), (-1, -1), 0.4, GREY),
        *(("LINEBEFORE", (start, 1), (start, -1), 0.4, LINE) for start in starts[1:]),
    ]


def _apart(block: Grid) -> list[int]:
    """Places of the columns of texts that follow figures and stand further from them."""
    pairs = enumerate(zip(block.columns, block.columns[1:], strict=False), start=1)
    return [at for at, (before, column) in pairs if before.numeric and not column.numeric]


def grid(pen: Pen, block: Grid) -> Table:
    """A table with its head repeated on each page."""
    widths, starts = _widths(block)
    ends = [start - 1 for start in (*starts[1:], len(widths))]
    head: list[Content] = [""] * len(widths)
    for column, start in zip(block.columns, starts, strict=True):
        head[start] = _head(pen, column, widths[start], dense=block.dense)
    rows = [head]
    commands: list[Command] = [
        ("LINEABOVE", (0, 0), (-1, 0), 0.8, pen.styles.colour),
        ("LINEBELOW", (0, 0), (-1, 0), 0.5, pen.styles.colour),
        ("LINEBELOW", (0, 1), (-1, -1), 0.25, LINE),
        ("VALIGN", (0, 0), (-1, 0), "BOTTOM"),
    ]
    apart = _apart(block)
    commands += [
        ("LEFTPADDING", (starts[at], 0), (starts[at], -1), 2 + AFTER_FIGURES) for at in apart
    ]
    for number, cells in enumerate(block.rows, start=1):
        row: list[Content] = [""] * len(widths)
        for at, (cell, first, last) in enumerate(zip(cells, starts, ends, strict=True)):
            row[last] = pen.mark_beside(cell.step)
            width = sum(widths[first : last + cell.span]) - AFTER_FIGURES * (at in apart)
            row[first] = _place(pen, cell, width, dense=block.dense)
            commands += _cell_commands(pen, cell, number, first, last)
        rows.append(row)
    size = DENSE_SIZE if block.dense else TABLE_SIZE
    for at, start in enumerate(starts):
        moves = _aligned(pen, block, at, widths[start], size=size)
        commands += [
            ("RIGHTPADDING", (start, row + 1), (start, row + 1), _PADDING + move)
            for row, move in moves.items()
        ]
    if block.roomy:
        commands += _roomy(starts)
    if block.total:
        commands.append(("LINEABOVE", (0, -1), (-1, -1), 0.6, INK))
    together = min(3 if block.total else 2, len(rows) - 1)
    if together > 1:
        commands.append(("NOSPLIT", (0, -together), (-1, -1)))
        commands.append(("NOSPLIT", (0, 0), (-1, 2)))
    if block.whole:
        commands.append(("NOSPLIT", (0, 0), (-1, -1)))
    tinted = block.bands if block.marked is None else block.bands | {block.marked}
    commands += [
        ("BACKGROUND", (0, row + 1), (-1, row + 1), pen.styles.tint) for row in sorted(tinted)
    ]
    commands += [
        ("BACKGROUND", (0, row + 1), (-1, row + 1), BLUSH) for row in sorted(block.failing)
    ]
    return table(pen, rows, widths, commands, size=size, heads=1, tight=block.tight)
