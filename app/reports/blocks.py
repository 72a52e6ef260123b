"""Draws each kind of block with one pen: the styles and step numbers of a document."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, Paragraph, Spacer, Table, TableStyle

from app.finance.explain import Step, Term
from app.formats import quantity
from app.i18n import N_, Translator
from app.reports import charts
from app.reports.document import (
    Chart,
    Document,
    Fact,
    Facts,
    Grid,
    Heading,
    Hero,
    Notices,
    Prose,
    Signatures,
    Text,
    Words,
    Workings,
)
from app.reports.fonts import checked, markup
from app.reports.page import WIDTH
from app.reports.styles import ALERT, BLUSH, GREY, INK, LINE, MARGIN, MIST, SEA, Styles

LINE_WIDTH = WIDTH - 2 * MARGIN
MARK = "\u0001"


@dataclass(frozen=True)
class Pen:
    """Draws blocks of one document."""

    document: Document
    styles: Styles

    def markup(self, text: str) -> str:
        """Return checked paragraph markup."""
        return markup(checked(text), self.styles.face)

    def two_lines(self, text: Text, *, small: float = 6.8) -> str:
        """Return the first language, and the second one smaller beneath it."""
        first = self._with_mark(text.lines[0])
        if len(text.lines) == 1:
            return first
        second = self.markup(text.lines[1])
        return f'{first}<br/><font size="{small}" color="{_hex(GREY)}">{second}</font>'

    def beside(self, text: Text, *, small: float = 7) -> str:
        """Return the first language, and the second one smaller beside it."""
        first = self._with_mark(text.lines[0])
        if len(text.lines) == 1:
            return first
        second = self.markup(text.lines[1])
        return f'{first}&nbsp; <font size="{small}" color="{_hex(GREY)}">{second}</font>'

    def _with_mark(self, line: str) -> str:
        """Return a line whose step key, if it has one, became the number of its working."""
        shown, _, step = line.partition(MARK)
        return self.markup(shown) + self.mark(step)

    def mark(self, step: str) -> str:
        """Return the small number that leads to a working; nothing without one."""
        number = self.document.step_numbers.get(step)
        if number is None:
            return ""
        return (
            f'<super rise="2.6" size="5.6"><a href="#w{number}" color="{_hex(SEA)}">'
            f"&nbsp;{number}</a></super>"
        )

    def heading(self, block: Heading) -> Flowable:
        """A heading; the first level enters the outline."""
        style = self.styles.heading if block.level == 1 else self.styles.subheading
        joined = "&nbsp;&nbsp;".join(
            self.markup(line)
            if index == 0
            else f'<font size="7.6" color="{_hex(GREY)}">{self.markup(line)}</font>'
            for index, line in enumerate(block.text.lines)
        )
        paragraph = Paragraph(joined, style)
        if block.level == 1:
            paragraph.outline_name = block.text.leading  # type: ignore[attr-defined]
        return paragraph

    def prose(self, block: Prose) -> Flowable:
        """A paragraph, in each language."""
        style = self.styles.small if block.small else self.styles.body
        return Paragraph("<br/>".join(self.markup(line) for line in block.text.lines), style)

    def _fact_cells(self, fact: Fact) -> list[Flowable | str]:
        styles = self.styles
        figure = bool(fact.unit.leading) or _is_figure(fact.value.leading)
        right = styles.strong_figure if fact.strong else styles.figure
        left = styles.strong if fact.strong else styles.body
        value = self.beside(fact.value) + self.mark(fact.step)
        return [
            Paragraph(self.beside(fact.label), styles.body),
            Paragraph(value, right if figure else left),
            Paragraph(self.beside(fact.unit), styles.small) if fact.unit.leading else "",
        ]

    def facts(self, block: Facts) -> Flowable:
        """Labels on the left; figures flush right with their unit, texts over both columns."""
        rows = []
        commands: list[Any] = []
        for index, fact in enumerate(block.facts):
            rows.append(self._fact_cells(fact))
            if not fact.unit.leading and not _is_figure(fact.value.leading):
                commands.append(("SPAN", (1, index), (2, index)))
        widths = [0.47 * LINE_WIDTH, 0.27 * LINE_WIDTH, 0.26 * LINE_WIDTH]
        return self._table(rows, widths, commands)

    def hero(self, block: Hero) -> Flowable:
        """The first figure of the sheet, larger than any other."""
        styles = self.styles
        second = (
            f'{self.beside(block.second_label)}<br/><font size="11">'
            f"{self.markup(block.second_value)}</font>"
        )
        row = [
            [
                Paragraph(self.beside(block.label), styles.strong),
                Paragraph(self.markup(block.value) + self.mark(block.step), styles.hero),
            ],
            [
                Paragraph(second, styles.body),
                Spacer(1, 3),
                Paragraph("<br/>".join(map(self.markup, block.note.lines)), styles.small),
            ],
        ]
        table = Table([row], colWidths=[0.45 * LINE_WIDTH, 0.55 * LINE_WIDTH])
        table.setStyle(
            TableStyle(
                [
                    ("FONT", (0, 0), (-1, -1), styles.face, 8),
                    ("BACKGROUND", (0, 0), (-1, -1), MIST),
                    ("LINEBEFORE", (0, 0), (0, -1), 2.4, SEA),
                    ("VALIGN", (0, 0), (-1, -1), "TOP"),
                    ("LEFTPADDING", (0, 0), (-1, -1), 9),
                    ("TOPPADDING", (0, 0), (-1, -1), 6),
                    ("BOTTOMPADDING", (0, 0), (-1, -1), 7),
                ]
            )
        )
        table.spaceBefore, table.spaceAfter = 6, 4
        return table

    def notices(self, block: Notices) -> Iterator[Flowable]:
        """Red flags, then warnings, in a box."""
        styles = self.styles
        words = Words(self.document.language)
        rows: list[list[Flowable]] = [[Paragraph(self._joined(block.title), styles.alert)]]
        for is_flag, text, rule in block.items:
            kind = words(N_("Red flag")) if is_flag else words(N_("Warning"))
            sign = "■" if is_flag else "□"
            lines = [
                f'<font color="{_hex(ALERT)}">{sign} {self.markup(label)}</font>&nbsp; '
                f"{self.markup(line)}"
                for label, line in zip(_stretched(kind, text), text.lines, strict=True)
            ]
            if rule.leading:
                lines.append(f'<font color="{_hex(GREY)}">{self.markup(rule.leading)}</font>')
            rows.append([Paragraph("<br/>".join(lines), styles.cell)])
        table = Table(rows, colWidths=[LINE_WIDTH])
        table.setStyle(
            TableStyle(
                [
                    ("FONT", (0, 0), (-1, -1), styles.face, 8),
                    ("BACKGROUND", (0, 0), (-1, -1), BLUSH),
                    ("LINEBEFORE", (0, 0), (0, -1), 2.4, ALERT),
                    ("LEFTPADDING", (0, 0), (-1, -1), 9),
                    ("TOPPADDING", (0, 0), (-1, -1), 2.5),
                    ("BOTTOMPADDING", (0, 0), (-1, -1), 2.5),
                ]
            )
        )
        table.spaceBefore = 4
        yield table

    def _joined(self, text: Text) -> str:
        return "&nbsp;&nbsp;".join(self.markup(line) for line in text.lines)

    def grid(self, block: Grid) -> Flowable:
        """A table with its head repeated on each page."""
        styles = self.styles
        rows: list[list[Flowable | str]] = [
            [
                Paragraph(
                    self.two_lines(text, small=6), styles.head_right if right else styles.head
                )
                for text, right in zip(block.head, block.numeric, strict=True)
            ]
        ]
        rows += [
            [
                self._grid_cell(text, right=right)
                for text, right in zip(cells, block.numeric, strict=True)
            ]
            for cells in block.rows
        ]
        commands: list[Any] = [
            ("LINEABOVE", (0, 0), (-1, 0), 0.8, SEA),
            ("LINEBELOW", (0, 0), (-1, 0), 0.5, SEA),
        ]
        for column, right in enumerate(block.numeric):
            if right:
                commands.append(("ALIGN", (column, 1), (column, -1), "RIGHT"))
        if block.total:
            commands += [
                ("LINEABOVE", (0, -1), (-1, -1), 0.6, INK),
                ("FONT", (0, -1), (-1, -1), f"{styles.face}-Bold", 7.4),
            ]
        if block.marked is not None:
            commands.append(("BACKGROUND", (0, block.marked + 1), (-1, block.marked + 1), MIST))
        widths = [share * LINE_WIDTH for share in block.widths]
        return self._table(rows, widths, commands, repeat=1)

    def _grid_cell(self, text: Text, *, right: bool) -> Flowable | str:
        line = text.lines[0]
        if right and MARK not in line and len(text.lines) == 1:
            return checked(line)
        style = self.styles.cell_right if right else self.styles.cell
        return Paragraph(self.beside(text, small=6.2), style) if line else ""

    def _table(
        self,
        rows: Sequence[Sequence[object]],
        widths: Sequence[float],
        commands: list[Any],
        repeat: int = 0,
    ) -> Table:
        table = Table([list(row) for row in rows], colWidths=list(widths), repeatRows=repeat)
        table.setStyle(
            TableStyle(
                [
                    ("FONT", (0, 0), (-1, -1), self.styles.face, 7.4),
                    ("TEXTCOLOR", (0, 0), (-1, -1), INK),
                    ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
                    ("LINEBELOW", (0, 0), (-1, -1), 0.25, LINE),
                    ("LEFTPADDING", (0, 0), (-1, -1), 3),
                    ("RIGHTPADDING", (0, 0), (-1, -1), 3),
                    ("TOPPADDING", (0, 0), (-1, -1), 1.7),
                    ("BOTTOMPADDING", (0, 0), (-1, -1), 2.1),
                    *commands,
                ]
            )
        )
        table.spaceAfter = 3
        return table

    def chart(self, block: Chart, trs: tuple[Translator, ...]) -> Iterator[Flowable]:
        """The chart as a vector drawing over the whole line."""
        inches = LINE_WIDTH / 72
        figure = charts.cash_flow_figure(block.results, trs, width_inch=inches, height_inch=2.3)
        drawing = charts.as_drawing(figure)
        scale = LINE_WIDTH / drawing.width
        drawing.scale(scale, scale)
        drawing.width, drawing.height = LINE_WIDTH, drawing.height * scale
        caption = Paragraph(self._joined(block.caption), self.styles.small)
        yield KeepTogether([Spacer(1, 4), caption, drawing])

    def workings(self, block: Workings) -> Iterator[Flowable]:
        """Each step: number, label, formula, values put in, result, source."""
        for number, step in enumerate(block.steps, start=1):
            yield KeepTogether(list(self._working(number, step)))

    def _working(self, number: int, step: Step) -> Iterator[Flowable]:
        styles = self.styles
        words = Words(self.document.language)
        lead = words.translators[0]
        label = self._joined(words(step.label))
        result = self.markup(quantity(step.value, step.unit, lead))
        yield Paragraph(f'<a name="w{number}"/>{number}&nbsp;&nbsp;{label}', styles.subheading)
        yield Paragraph(
            f'{self.markup(step.formula)} = <font name="{styles.face}-Bold">{result}</font>',
            styles.body,
        )
        terms = [self._term(term, words, lead) for term in step.terms]
        widths = [0.16 * LINE_WIDTH, 0.54 * LINE_WIDTH, 0.3 * LINE_WIDTH]
        yield self._table(terms, widths, [])
        tail = [words(step.note), words(step.source)]
        text = "<br/>".join(self._joined(part) for part in tail if part.leading)
        yield Paragraph(text, styles.small)

    def _term(self, term: Term, words: Words, lead: Translator) -> list[Flowable]:
        return [
            Paragraph(self.markup(term.symbol), self.styles.cell),
            Paragraph(self._joined(words(term.label)), self.styles.cell),
            Paragraph(self.markup(quantity(term.value, term.unit, lead)), self.styles.cell_right),
        ]

    def signatures(self, block: Signatures) -> Flowable:
        """A line to sign for each role, with name and date when they are known."""
        words = Words(self.document.language)
        cells = []
        for role, name, day in block.roles:
            date_label = self._joined(words(N_("Date")))
            cells.append(
                [
                    Paragraph(self.two_lines(role), self.styles.body),
                    Spacer(1, 8 * mm),
                    Paragraph(self.markup(name) or "&nbsp;", self.styles.strong),
                    Paragraph(f"{date_label} {self.markup(day)}", self.styles.small),
                ]
            )
        third = LINE_WIDTH / len(cells)
        table = Table([cells], colWidths=[third] * len(cells))
        table.setStyle(
            TableStyle(
                [
                    ("FONT", (0, 0), (-1, -1), self.styles.face, 8),
                    ("VALIGN", (0, 0), (-1, -1), "TOP"),
                    ("BOX", (0, 0), (-1, -1), 0.5, LINE),
                    ("INNERGRID", (0, 0), (-1, -1), 0.5, LINE),
                    ("TOPPADDING", (0, 0), (-1, -1), 5),
                    ("BOTTOMPADDING", (0, 0), (-1, -1), 5),
                ]
            )
        )
        return table


def _hex(color: object) -> str:
    return f"#{color.hexval()[2:]}"  # type: ignore[attr-defined]


def _is_figure(text: str) -> bool:
    """Whether a value is a bare number, which is set flush right."""
    shown = text.partition(MARK)[0]
    return bool(shown) and set(shown) <= set("0123456789.,%−")


def _stretched(kind: Text, text: Text) -> tuple[str, ...]:
    """The kind in as many languages as the text has."""
    return (kind.lines * len(text.lines))[: len(text.lines)]
