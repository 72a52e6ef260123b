"""How wide and high the cells of a page are: what is in them, Chinese signs twice as wide.

No spreadsheet fits the height of a row to broken lines when it opens a file, so it is set here.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from math import ceil
from typing import TYPE_CHECKING

from app.reports.workbook.looks import Kind

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

NARROWEST, WIDEST, WIDEST_HEAD = 6.0, 46.0, 15.0
_PADDING = 2.5
_LINE_POINTS, _LEAST_POINTS = 13.2, 15.0
_MOST_POINTS = 400.0
"""A spreadsheet takes rows of up to 409 points."""

_PLACES = {
    Kind.MONEY: 2,
    Kind.FLOW: 2,
    Kind.TONNES: 4,
    Kind.PRICE: 4,
    Kind.FACTOR: 6,
    Kind.COUNT: 0,
}


def width_of(text: str) -> int:
    """Return how many narrow signs a line of text is wide."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


@dataclass(frozen=True, slots=True)
class _Wrapped:
    """A text that breaks into lines in the columns it stands in."""

    row: int
    columns: range
    lines: Sequence[str]


@dataclass(slots=True)
class Widths:
    """What columns and rows of a page have to hold; `fixed` widths win, in signs.

    `folded` are the rows of a group that can be folded away, and whether they are.
    """

    fixed: dict[int, float] = field(default_factory=dict)
    folded: dict[int, bool] = field(default_factory=dict)
    _held: dict[int, float] = field(default_factory=dict)
    _wrapped: list[_Wrapped] = field(default_factory=list)

    def hold_text(self, row: int, column: int, text: str, *, most: float = WIDEST) -> None:
        """Hold the longest line of a text, up to `most` signs; the rest wraps."""
        lines = text.split("\n")
        self._hold(column, min(max(map(width_of, lines)), most))
        self._wrapped.append(_Wrapped(row, range(column, column + 1), lines))

    def hold_figure(self, column: int, value: float | Decimal | date, kind: Kind) -> None:
        """Hold a figure as it is written."""
        if isinstance(value, date) or kind in (Kind.DATE, Kind.PERCENT):
            self._hold(column, 10)
        elif kind is Kind.YEAR:
            self._hold(column, 4)
        else:
            self._hold(column, len(f"{value:,.{_PLACES.get(kind, 4)}f}"))

    def hold_line(self, row: int, lines: Sequence[str], columns: range) -> None:
        """Hold a text that is one cell over some columns."""
        self._wrapped.append(_Wrapped(row, columns, lines))

    def _hold(self, column: int, signs: float) -> None:
        self._held[column] = max(self._held.get(column, 0.0), min(signs, WIDEST))

    def width(self, column: int) -> float:
        """Return the width of a column, in signs."""
        own = self._held.get(column, NARROWEST) + _PADDING
        return self.fixed.get(column, max(own, NARROWEST))

    def _heights(self) -> dict[int, float]:
        """Return the points of each row that needs more than one line."""
        found: dict[int, int] = {}
        for text in self._wrapped:
            room = sum(self.width(column) for column in text.columns) - 1
            count = sum(max(ceil(width_of(line) / room), 1) for line in text.lines)
            found[text.row] = max(found.get(text.row, 1), count)
        return {
            row: min(max(_LINE_POINTS * count + 2, _LEAST_POINTS), _MOST_POINTS)
            for row, count in found.items()
            if count > 1
        }

    def apply(self, sheet: "Worksheet") -> None:
        """Set the columns and rows of a page."""
        for column in sorted({*self._held, *self.fixed}):
            sheet.set_column(column, column, self.width(column))
        heights = self._heights()
        for row in sorted({*heights, *self.folded}):
            options = {"level": 1, "hidden": self.folded[row]} if row in self.folded else {}
            sheet.set_row(row, heights.get(row), None, options)
