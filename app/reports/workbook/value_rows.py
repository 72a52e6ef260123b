"""Figures one below the other: label, amount, unit, and what it is."""

from dataclasses import dataclass

from app.i18n import N_
from app.reports.document import NOTHING, Text
from app.reports.workbook.book import Figure, Page, unit_text
from app.reports.workbook.looks import Kind, Look
from app.reports.workbook.streams import Part

LABEL, AMOUNT, UNIT, NOTE = range(4)


@dataclass(slots=True)
class ValueRows:
    """Writes figures down a page; `row` is the next free line."""

    page: Page
    row: int

    def heads(self) -> None:
        """Write the heads of the columns."""
        words = self.page.book.words
        heads = (N_("Figure"), N_("Amount"), N_("Unit"), N_("What it stands for"))
        self.page.heads(self.row, [words(head) for head in heads])
        self.page.widths.fixed |= {LABEL: 40.0, AMOUNT: 22.0, UNIT: 12.0, NOTE: 60.0}
        self.row += 1

    def band(self, label: str) -> None:
        """Write the name of a group of figures."""
        for column in range(NOTE + 1):
            text = self.page.book.words(label) if column == LABEL else NOTHING
            self.page.text(self.row, column, text, Look.BAND, wide=True)
        self.row += 1

    def live(
        self,
        label: str | Text,
        formula: str,
        value: Figure,
        *,
        kind: Kind = Kind.MONEY,
        unit: str = "yuan",
        note: str | Text = "",
        name: str = "",
        strong: bool = False,
        checked: bool = False,
    ) -> str:
        """Write a formula with its value; return the address of its cell, or its name.

        What is `checked` has a name, and is held against the figure of the program.
        """
        page, row = self.page, self.row
        look = Look.TOTAL if strong else Look.LIVE
        address = page.formula(row, AMOUNT, f"={formula}", value, kind, look=look)
        self._beside(label, unit, note, strong=strong)
        if checked:
            page.book.check(label, name, value)
        return page.named(name, row, AMOUNT) if name else address

    def still(
        self, label: str | Text, value: Figure, *, kind: Kind, unit: str, note: str | Text = ""
    ) -> str:
        """Write a figure that does not move; return the address of its cell."""
        page, row = self.page, self.row
        page.value(row, AMOUNT, value, kind, Look.FIXED)
        self._beside(label, unit, note, strong=False)
        return page.at(row, AMOUNT)

    def part(self, part: Part) -> str:
        """Write a figure of another page, yuan."""
        return self.live(part.label, part.formula, part.value, kind=Kind.FLOW)

    def _beside(self, label: str | Text, unit: str, note: str | Text, *, strong: bool) -> None:
        page, words = self.page, self.page.book.words
        said = words(label) if isinstance(label, str) else label
        page.text(self.row, LABEL, said, Look.STRONG if strong else Look.LABEL)
        page.text(self.row, UNIT, unit_text(words, unit), Look.TEXT)
        beside = words(note) if isinstance(note, str) else note
        page.text(self.row, NOTE, beside, Look.NOTE)
        self.row += 1
