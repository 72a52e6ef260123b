"""Draws facts and tables: one grid of columns, decimals under each other, hairlines."""

from collections.abc import Iterator, Sequence
from typing import Any

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable, Paragraph, Table, TableStyle

from app.reports.document import NOTHING, Cell, Column, Fact, Facts, Grid, Place, Strip, Text
from app.reports.fonts import LATIN, checked
from app.reports.pen import Pen, hexadecimal
from app.reports.styles import ALERT, BOTTOM, HEIGHT, INK, LINE, LINE_WIDTH, MIST, SEA, TOP

Command = Any
Content = Flowable | str

_GAP = 14.0
_MARK = 17.0
_HALF = (LINE_WIDTH - _GAP) / 2
_LABEL = 104.0
_UNIT = 54.0
_VALUE = _HALF - _LABEL - _MARK - _UNIT
_HALVES = (_LABEL, _VALUE, _MARK, _UNIT)
_FACT_WIDTHS = (*_HALVES, _GAP, *_HALVES)
_SIZE = 7.4
_FACT_SIZE = 8.4
_SMALLEST = 5.4
_SHORT = 10
_NEARLY_A_PAGE = 0.85 * (HEIGHT - TOP - BOTTOM)


class _Rows(Table):
    """A table that divides a row only where no page break helps: at the top of a page."""

    def split(self, availWidth: float, availHeight: float) -> list[Flowable]:  # noqa: N803 - reportlab's names
        """Return the parts for this page and the next; none moves the table to the next."""
        self.splitInRow = int(availHeight > _NEARLY_A_PAGE)
        parts: list[Flowable] = super().split(availWidth, availHeight)
        return parts


def table(
    pen: Pen,
    rows: Sequence[Sequence[Content]],
    widths: Sequence[float],
    commands: Sequence[Command],
    *,
    size: float = _SIZE,
    heads: int = 0,
) -> Table:
    """Return a table in the house style; a row taller than a page may be divided."""
    drawn = _Rows([list(row) for row in rows], colWidths=list(widths), repeatRows=heads)
    face = pen.styles.face
    drawn.setStyle(
        TableStyle(
            [
                ("FONT", (0, 0), (-1, -1), face, size),
                ("LEADING", (0, 0), (-1, -1), size + 2),
                ("TEXTCOLOR", (0, 0), (-1, -1), INK),
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LEFTPADDING", (0, 0), (-1, -1), 2),
                ("RIGHTPADDING", (0, 0), (-1, -1), 2),
                ("TOPPADDING", (0, 0), (-1, -1), 1.6),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
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


def _fact(pen: Pen, fact: Fact) -> tuple[Content, Content, Content, Content]:
    styles = pen.styles
    label = pen.paragraph(pen.fitted(fact.label, _LABEL, styles.label.fontSize), styles.label)
    if not fact.figure:
        value = pen.beside(fact.value, bold=fact.strong) + pen.mark(fact.step)
        if fact.alert:
            value = f'<font color="{hexadecimal(ALERT)}">{value}</font>'
        return label, pen.paragraph(value, styles.body), "", ""
    mark = pen.mark_beside(fact.step)
    unit: Content = ""
    if fact.unit != NOTHING:
        unit = pen.paragraph(pen.fitted(fact.unit, _UNIT, styles.small.fontSize), styles.small)
    return label, checked(fact.value.leading), mark, unit


def _fitting_size(figure: str, width: float) -> float:
    """The size of a figure, smaller when the figure is wider than its column."""
    wide = stringWidth(figure, f"{LATIN}-Bold", _FACT_SIZE)
    return max(_SMALLEST, min(_FACT_SIZE, _FACT_SIZE * width / wide))


def facts(pen: Pen, block: Facts) -> Table:
    """Labels left, figures flush right before mark and unit, texts over what is left."""
    rows: list[list[Content]] = []
    commands: list[Command] = []
    bold = f"{pen.styles.face}-Bold"
    for index, line in enumerate(_lines(block.facts)):
        row: list[Content] = []
        for start, fact in zip((0, 5), line, strict=False):
            row += [*_fact(pen, fact), ""]
            value = start + 1
            if fact.figure:
                commands.append(("ALIGN", (value, index), (value, index), "RIGHT"))
                commands.append(("LEFTPADDING", (value + 1, index), (value + 1, index), 0))
                size = _fitting_size(fact.value.leading, _VALUE - 4)
                commands.append(("FONTSIZE", (value, index), (value, index), size))
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
    return table(pen, rows, _FACT_WIDTHS, commands, size=_FACT_SIZE)


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
            widths += [width - _MARK, _MARK]
        else:
            widths.append(width)
    return widths, starts


def _head(pen: Pen, column: Column, width: float) -> Paragraph:
    """The head of a column; where it is too long its unit goes to a line of its own."""
    style = pen.styles.head_right if column.numeric else pen.styles.head
    name, bracket, unit = column.head.leading.partition("（")
    broken = column.head
    if bracket and stringWidth(column.head.leading, style.fontName, style.fontSize) > width - 4:
        broken = Text((f"{name}\n{bracket}{unit}", *column.head.lines[1:]))
    return pen.paragraph(pen.stacked(broken, size=6), style)


def _is_short(text: Text) -> bool:
    """Whether a text fits any column and needs no paragraph: a year, a day, a mark."""
    line = text.leading
    return len(text.lines) == 1 and len(line) <= _SHORT and line.isascii() and line.isprintable()


def _place(pen: Pen, cell: Cell) -> Content:
    if cell.figure:
        return checked(cell.text.leading)
    if cell.text == NOTHING:
        return ""
    if not cell.strong and _is_short(cell.text):
        return cell.text.leading
    style = pen.styles.cell_right if cell.right else pen.styles.cell
    return pen.paragraph(pen.beside(cell.text, size=6.2, bold=cell.strong), style)


def _cell_commands(pen: Pen, cell: Cell, row: int, first: int, last: int) -> Iterator[Command]:
    """How a place drawn in the columns `first` to `last` departs from the rest."""
    place = ((first, row), (first, row))
    if cell.step:
        yield ("LEFTPADDING", (last, row), (last, row), 0)
    if cell.figure or cell.right:
        yield ("ALIGN", *place, "RIGHT")
    if cell.figure and cell.strong:
        yield ("FONTNAME", *place, f"{pen.styles.face}-Bold")
    if cell.span > 1:
        yield ("SPAN", (first, row), (first + cell.span - 1, row))


def grid(pen: Pen, block: Grid) -> Table:
    """A table with its head repeated on each page."""
    widths, starts = _widths(block)
    ends = [start - 1 for start in (*starts[1:], len(widths))]
    head: list[Content] = [""] * len(widths)
    for column, start in zip(block.columns, starts, strict=True):
        head[start] = _head(pen, column, widths[start])
    rows = [head]
    commands: list[Command] = [
        ("LINEABOVE", (0, 0), (-1, 0), 0.8, SEA),
        ("LINEBELOW", (0, 0), (-1, 0), 0.5, SEA),
        ("LINEBELOW", (0, 1), (-1, -1), 0.25, LINE),
        ("VALIGN", (0, 0), (-1, 0), "BOTTOM"),
    ]
    for before, column, start in zip(block.columns, block.columns[1:], starts[1:], strict=False):
        if before.numeric and not column.numeric:
            commands.append(("LEFTPADDING", (start, 0), (start, -1), 9))
    for number, cells in enumerate(block.rows, start=1):
        row: list[Content] = [""] * len(widths)
        for cell, first, last in zip(cells, starts, ends, strict=True):
            row[last] = pen.mark_beside(cell.step)
            row[first] = _place(pen, cell)
            commands += _cell_commands(pen, cell, number, first, last)
        rows.append(row)
    if block.total:
        commands.append(("LINEABOVE", (0, -1), (-1, -1), 0.6, INK))
        commands.append(("NOSPLIT", (0, -min(3, len(rows) - 1)), (-1, -1)))
    if block.whole:
        commands.append(("NOSPLIT", (0, 0), (-1, -1)))
    tinted = block.bands if block.marked is None else block.bands | {block.marked}
    commands += [("BACKGROUND", (0, row + 1), (-1, row + 1), MIST) for row in sorted(tinted)]
    return table(pen, rows, widths, commands, heads=1)
