"""Draws facts and the table they stand in: decimals under each other, hairlines."""

from collections.abc import Iterator, Sequence
from typing import Any

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable, Table, TableStyle

from app.reports.document import NOTHING, Fact, Facts, Place, Strip
from app.reports.fonts import LATIN, checked
from app.reports.pen import Pen, hexadecimal
from app.reports.styles import (
    ALERT,
    BOTTOM,
    HEIGHT,
    INK,
    LINE,
    LINE_WIDTH,
    MARK,
    TABLE_SIZE,
    TOP,
)

Command = Any
Content = Flowable | list[Flowable] | str


_GAP = 14.0
_HALF = (LINE_WIDTH - _GAP) / 2
_LABEL = 104.0
_UNIT = 54.0
_VALUE = _HALF - _LABEL - MARK - _UNIT
_HALVES = (_LABEL, _VALUE, MARK, _UNIT)
_FACT_WIDTHS = (*_HALVES, _GAP, *_HALVES)
_FACT_SIZE = 8.4
_SMALLEST = 5.4
_USUAL, _TIGHT = (1.6, 2.0), (0.9, 1.3)
"""Points above and below the text of a row."""

_TOGETHER = 2
_NEARLY_A_PAGE = 0.85 * (HEIGHT - TOP - BOTTOM)


class _Rows(Table):
    """A table that divides a row only where no page break helps: at the top of a page.

    First and last rows that are kept together are let go where they are taller than half a page.
    """

    _rowHeights: list[float]  # noqa: N815 - reportlab's name
    _nosplitCmds: list[Command]  # noqa: N815 - reportlab's name

    def split(self, availWidth: float, availHeight: float) -> list[Flowable]:  # noqa: N803 - reportlab's names
        """Return the parts for this page and the next; none moves the table to the next."""
        self.splitInRow = int(availHeight > _NEARLY_A_PAGE)
        ends = self._rowHeights[: _TOGETHER + 1], self._rowHeights[-_TOGETHER:]
        if max(map(sum, ends)) > 0.5 * _NEARLY_A_PAGE:
            self._nosplitCmds = []
        parts: list[Flowable] = super().split(availWidth, availHeight)
        return parts


def first_rows(drawn: Flowable, small: int) -> float:
    """Return the points that the first rows of a table take: all of one with few, else four."""
    drawn.wrap(LINE_WIDTH, HEIGHT)
    heights: list[float] = drawn._rowHeights  # type: ignore[attr-defined]  # noqa: SLF001 - reportlab's
    return sum(heights if len(heights) <= small + 1 else heights[:5])


def table(
    pen: Pen,
    rows: Sequence[Sequence[Content]],
    widths: Sequence[float],
    commands: Sequence[Command],
    *,
    size: float = TABLE_SIZE,
    heads: int = 0,
    tight: bool = False,
) -> Table:
    """Return a table in the house style; a row taller than a page may be divided."""
    drawn = _Rows([list(row) for row in rows], colWidths=list(widths), repeatRows=heads)
    face = pen.styles.face
    above, below = _TIGHT if tight else _USUAL
    drawn.setStyle(
        TableStyle(
            [
                ("FONT", (0, 0), (-1, -1), face, size),
                ("LEADING", (0, 0), (-1, -1), size + 2),
                ("TEXTCOLOR", (0, 0), (-1, -1), INK),
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LEFTPADDING", (0, 0), (-1, -1), 2),
                ("RIGHTPADDING", (0, 0), (-1, -1), 2),
                ("TOPPADDING", (0, 0), (-1, -1), above),
                ("BOTTOMPADDING", (0, 0), (-1, -1), below),
                *commands,
            ]
        )
    )
    drawn.spaceAfter, drawn.hAlign = 3, "LEFT"
    return drawn


def _lines(facts: tuple[Fact, ...]) -> Iterator[tuple[Fact, ...]]:
    """Facts of one line: two short ones, or one that needs the whole line."""
    waiting: list[Fact] = []
    for fact in facts:
        if fact.place is Place.LINE:
            if waiting:
                yield tuple(waiting)
                waiting = []
            yield (fact,)
            continue
        waiting.append(fact)
        if len(waiting) == 2:
            yield tuple(waiting)
            waiting = []
    if waiting:
        yield tuple(waiting)


def _fact(pen: Pen, fact: Fact, *, tight: bool) -> tuple[Content, Content, Content, Content]:
    styles = pen.styles
    named, said = (styles.cell, styles.cell) if tight else (styles.label, styles.body)
    label = pen.paragraph(pen.fitted(fact.label, _LABEL, named.fontSize), named)
    if not fact.figure:
        value = pen.beside(fact.value, bold=fact.strong) + pen.mark(fact.step)
        if fact.alert:
            value = f'<font color="{hexadecimal(ALERT)}">{value}</font>'
        return label, pen.paragraph(value, said), "", ""
    mark = pen.mark_beside(fact.step)
    unit: Content = ""
    if fact.unit != NOTHING:
        unit = pen.paragraph(pen.fitted(fact.unit, _UNIT, styles.small.fontSize), styles.small)
    return label, checked(fact.value.leading), mark, unit


def _fitting_size(figure: str, width: float, size: float) -> float:
    """The size of a figure, smaller than `size` when the figure is wider than its column."""
    wide = stringWidth(figure, f"{LATIN}-Bold", size)
    return max(_SMALLEST, min(size, size * width / wide))


def facts(pen: Pen, block: Facts) -> Table:
    """Labels left, figures flush right before mark and unit, texts over what is left."""
    rows: list[list[Content]] = []
    commands: list[Command] = []
    bold = f"{pen.styles.face}-Bold"
    usual = TABLE_SIZE if block.tight else _FACT_SIZE
    for index, line in enumerate(_lines(block.facts)):
        row: list[Content] = []
        for start, fact in zip((0, 5), line, strict=False):
            row += [*_fact(pen, fact, tight=block.tight), ""]
            value = start + 1
            if fact.figure:
                commands.append(("ALIGN", (value, index), (value, index), "RIGHT"))
                commands.append(("LEFTPADDING", (value + 1, index), (value + 1, index), 0))
                size = _fitting_size(fact.value.leading, _VALUE - 4, usual)
                commands.append(("FONTSIZE", (value, index), (value, index), size))
                if fact.value.leading.endswith(")"):
                    hanging = 2 - stringWidth(")", pen.styles.face, size)
                    commands.append(("RIGHTPADDING", (value, index), (value, index), hanging))
                if fact.strong:
                    commands.append(("FONTNAME", (value, index), (value, index), bold))
                if fact.note != NOTHING:
                    row.append(pen.paragraph(pen.beside(fact.note), pen.styles.small))
                    commands.append(("SPAN", (len(row) - 1, index), (-1, index)))
            else:
                last = -1 if fact.place is Place.LINE else start + 3
                commands.append(("SPAN", (value, index), (last, index)))
            end = -1 if fact.place is Place.LINE else start + 3
            commands.append(("LINEBELOW", (start, index), (end, index), 0.25, LINE))
        rows.append((row + [""] * len(_FACT_WIDTHS))[: len(_FACT_WIDTHS)])
    if len(rows) > _TOGETHER:
        commands.append(("NOSPLIT", (0, -_TOGETHER), (-1, -1)))
    return table(pen, rows, _FACT_WIDTHS, commands, size=usual, tight=block.tight)


def strip(pen: Pen, block: Strip) -> Table:
    """Short facts on one line, each label above its value."""
    cells = [
        [
            pen.paragraph(pen.beside(fact.label, size=6), pen.styles.small),
            pen.paragraph(pen.beside(fact.value, bold=True), pen.styles.body),
        ]
        for fact in block.facts
    ]
    count = len(cells)
    commands: list[Command] = [
        ("LINEABOVE", (0, 0), (-1, 0), 0.5, LINE),
        ("LINEBELOW", (0, 0), (-1, 0), 0.5, LINE),
    ]
    return table(pen, [cells], [LINE_WIDTH / count] * count, commands)  # type: ignore[list-item]
