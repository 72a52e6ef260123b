"""Pages of what does not move: blocks of a document as cells, figures as numbers."""

import re
from collections.abc import Iterable, Sequence

from app.finance.explain import Step, Value
from app.formats import quantity
from app.i18n import N_
from app.reports.document import (
    Block,
    Cell,
    Fact,
    Facts,
    Flags,
    Grid,
    Heading,
    Prose,
    Strip,
    Text,
    Words,
    Workings,
)
from app.reports.workbook.book import Book, Page
from app.reports.workbook.looks import Kind, Look

_FIGURE = re.compile(r"[−-]?\d{1,3}(?:,\d{3})*(?:\.(\d+))?(%?)")


def figure_of(text: str) -> tuple[float, Kind] | None:
    """Return the number a printed figure is, and how it is written; None for other texts."""
    match = _FIGURE.fullmatch(text)
    if match is None:
        return None
    number = float(text.replace(",", "").replace("−", "-").rstrip("%"))
    if match[2]:
        return number / 100, Kind.PERCENT
    if match[1] is None:
        return number, Kind.COUNT
    return number, Kind.MONEY if len(match[1]) == 2 else Kind.PLAIN


class BlockPage:
    """Writes blocks one below the other; what is drawn on paper (charts, maps) is left out."""

    def __init__(self, book: Book, code: str, note: str) -> None:
        self.page: Page = book.page(code)
        self.page.line(1, book.words(note), Look.NOTE, last=5)
        self.row = 3

    def write(self, blocks: Iterable[Block]) -> None:
        """Write the blocks in their order."""
        for block in blocks:
            match block:
                case Heading(text=text):
                    self.row += 1
                    self.page.text(self.row, 0, text, Look.BAND, wide=True)
                    self.row += 1
                case Prose(text=text):
                    self.page.line(self.row, text, Look.NOTE, last=5)
                    self.row += 1
                case Facts(facts=found) | Strip(facts=found):
                    self._facts(found)
                case Grid():
                    self._grid(block)
                case Flags():
                    self._flags(block)
                case Workings(steps=steps):
                    self._workings(steps)
                case _:
                    pass

    def _facts(self, found: Sequence[Fact]) -> None:
        for fact in found:
            self.page.text(self.row, 0, fact.label)
            self._place(1, fact.value, strong=fact.strong, figure=fact.figure)
            self.page.text(self.row, 2, fact.unit, Look.TEXT)
            if any(fact.note.lines):
                self.page.text(self.row, 3, fact.note, Look.NOTE)
            self.row += 1

    def _flags(self, found: Flags) -> None:
        if not found.flags:
            self.page.line(self.row, found.none, Look.TEXT, last=5)
            self.row += 1
        for flag in found.flags:
            label = found.red_label if flag.red else found.warning_label
            look = Look.ALERT if flag.red else Look.TEXT
            self.page.text(self.row, 0, label, look)
            self.page.text(self.row, 1, flag.text, look)
            self.row += 1

    def _grid(self, grid: Grid) -> None:
        self.page.heads(self.row, [column.head for column in grid.columns])
        self.row += 1
        for place, row in enumerate(grid.rows):
            strong = place in grid.bands or (grid.total and place == len(grid.rows) - 1)
            self._cells(row, strong=strong)
            self.row += 1
        self.row += 1

    def _cells(self, row: Sequence[Cell], *, strong: bool) -> None:
        for column, place in enumerate(row):
            if any(place.text.lines):
                self._place(column, place.text, strong=strong or place.strong, figure=place.figure)

    def _place(self, column: int, text: Text, *, strong: bool, figure: bool) -> None:
        found = figure_of(text.leading) if figure else None
        if found is None:
            self.page.text(self.row, column, text, Look.STRONG if strong else Look.TEXT)
        else:
            self.page.value(self.row, column, *found, Look.TOTAL if strong else Look.FIXED)

    def _workings(self, steps: Sequence[Step]) -> None:
        """One line a working: number, figure, formula, values put in, result, source."""
        words = self.page.book.words
        heads = (
            N_("Number"),
            N_("Figure"),
            N_("Formula"),
            N_("Values put in"),
            N_("Result"),
            N_("Source"),
        )
        self.page.heads(self.row, [words(head) for head in heads])
        self.page.freeze(self.row + 1, 2)
        for number, step in enumerate(steps, start=1):
            self.row += 1
            self.page.value(self.row, 0, number, Kind.COUNT)
            self.page.text(self.row, 1, words(step.label), Look.STRONG)
            self.page.text(self.row, 2, step.formula, Look.TEXT)
            self.page.text(self.row, 3, _terms(words, step), Look.TEXT)
            self.page.text(self.row, 4, _said(words, step.value, step.unit), Look.TEXT)
            self.page.text(self.row, 5, words(step.source), Look.NOTE)
        self.row += 2


def _said(words: Words, value: Value, unit: str) -> Text:
    return words.each(lambda tr: quantity(value, unit, tr))


def _terms(words: Words, step: Step) -> Text:
    return words.each(
        lambda tr: "; ".join(
            f"{term.symbol} = {quantity(term.value, term.unit, tr)} ({tr(term.label)})"
            for term in step.terms
        )
    )
