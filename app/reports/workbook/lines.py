"""Lines of figures over periods: one row a line, one column a period, their sum in front."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from app.finance.sink.pools import Numbers
from app.reports.document import Text
from app.reports.workbook.book import Page, cell, unit_text
from app.reports.workbook.looks import Kind, Look

LABEL, UNIT, TOTAL, FIRST = range(4)
"""Columns: what a line is, its unit, its sum, the first period."""

Formula = Callable[[int], str]
Amounts = Sequence[float] | Numbers


@dataclass(frozen=True, slots=True)
class Line:
    """A line: its code on the page, what it is (message id or text), unit code, kind of figure."""

    code: str
    label: str | Text
    unit: str | Text = ""
    kind: Kind = Kind.FLOW


@dataclass(slots=True)
class Lines:
    """Writes lines of `count` periods down a page; `row` is the next free one.

    Formulas are asked for by the number of the period, from 0; `sums` are those of the values.
    """

    page: Page
    row: int
    count: int
    rows: dict[str, int] = field(default_factory=dict)
    sums: dict[str, float] = field(default_factory=dict)

    def _begin(self, line: Line, look: Look) -> int:
        row, words = self.row, self.page.book.words
        self.rows[line.code] = row
        label = words(line.label) if isinstance(line.label, str) else line.label
        unit = unit_text(words, line.unit) if isinstance(line.unit, str) else line.unit
        self.page.text(row, LABEL, label, look)
        self.page.text(row, UNIT, unit, Look.TEXT)
        self.row += 1
        return row

    def heads(self, row: int, values: Sequence[int]) -> None:
        """Write the numbers of the periods as heads; formulas find them as the line "index"."""
        for period, value in enumerate(values):
            self.page.value(row, FIRST + period, value, Kind.COUNT, Look.HEAD)
        self.rows["index"] = row

    def band(self, label: str | Text) -> None:
        """Write the name of a group of lines."""
        text = self.page.book.words(label) if isinstance(label, str) else label
        for column in range(FIRST + self.count):
            self.page.text(self.row, column, text if column == 0 else "", Look.BAND, wide=True)
        self.row += 1

    def live(
        self,
        line: Line,
        formula: Formula,
        values: Amounts,
        *,
        summed: bool = True,
        strong: bool = False,
    ) -> int:
        """Write a line of formulas with the values of the core; return its row."""
        row = self._begin(line, Look.STRONG if strong else Look.LABEL)
        look = Look.TOTAL if strong else Look.LIVE
        for period in range(self.count):
            value = float(values[period])
            self.page.formula(row, FIRST + period, formula(period), value, line.kind, look=look)
        if summed:
            self._sum(line, values)
        return row

    def given(
        self,
        line: Line,
        values: Amounts,
        *,
        look: Look = Look.FIXED,
        summed: bool = False,
    ) -> int:
        """Write a line of figures as they are; return its row."""
        row = self._begin(line, Look.LABEL)
        for period in range(self.count):
            self.page.value(row, FIRST + period, float(values[period]), line.kind, look)
        if summed:
            self._sum(line, values)
        return row

    def _sum(self, line: Line, values: Amounts) -> None:
        row = self.rows[line.code]
        self.sums[line.code] = float(sum(float(value) for value in values))
        self.page.formula(
            row,
            TOTAL,
            f"=SUM({cell(row, FIRST)}:{cell(row, FIRST + self.count - 1)})",
            self.sums[line.code],
            line.kind,
            look=Look.TOTAL,
        )

    def at(self, code: str, period: int) -> str:
        """Return the address of a place of a line, as formulas of this page write it."""
        return cell(self.rows[code], FIRST + period)

    def over(self, code: str, first: int = 0, last: int | None = None) -> str:
        """Return the address of a line from one period to another, the last by default."""
        end = self.count - 1 if last is None else last
        row = self.rows[code]
        begin, close = (cell(row, FIRST + place, fixed="column") for place in (first, end))
        return f"{begin}:{close}"

    def total(self, code: str) -> str:
        """Return the address of a line's sum, as formulas of every page write it."""
        return self.page.at(self.rows[code], TOTAL)

    def everywhere(self, code: str, period: int) -> str:
        """Return the address of a place of a line, as formulas of every page write it."""
        return self.page.at(self.rows[code], FIRST + period)

    def across(self, code: str) -> str:
        """Return the address of a whole line, as formulas of every page write it."""
        row = self.rows[code]
        return self.page.span((row, FIRST), (row, FIRST + self.count - 1))
