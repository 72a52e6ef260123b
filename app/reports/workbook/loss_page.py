"""Income tax with losses carried forward, as formulas: who uses which loss in which year."""

import numpy as np

from app.finance.sink.pools import Numbers
from app.i18n import N_
from app.reports.document import Text
from app.reports.workbook.axis import Axis, Losses
from app.reports.workbook.book import Book
from app.reports.workbook.lines import FIRST, LABEL, UNIT, Formula, Line, Lines
from app.reports.workbook.looks import Look

HEADS = 3


class LossPage:
    """The page of income tax: one block for each cash flow that is taxed, years across."""

    def __init__(self, book: Book, axis: Axis) -> None:
        self._axis = axis
        words = book.words
        self._page = book.page("tax")
        self._page.line(
            1,
            words(
                N_(
                    "Tax is paid on the profit of a year of the right after losses of earlier "
                    "years, the oldest first. A loss stands in its row, the year that uses it in "
                    "its column."
                )
            ),
            Look.NOTE,
            last=FIRST + min(len(axis.years), 8),
        )
        self._page.heads(HEADS, [words(N_("Item")), words(N_("Unit")), words(N_("Sum"))])
        self._page.freeze(HEADS + 1, FIRST)
        self._page.sheet.fit_to_pages(max(1, -(-len(axis.years) // 12)), 0)
        self._page.widths.fixed |= {LABEL: 36.0, UNIT: 11.0}
        self._lines = Lines(self._page, HEADS + 1, len(axis.years))
        self._lines.heads(HEADS, axis.years)

    def block(self, title: Text, code: str, flow: Lines, losses: Losses) -> None:
        """Write the set-off for a cash flow whose line `before` is on the page of `flow`."""
        lines, words = self._lines, self._page.book.words
        lines.band(title)
        index, before = flow.across("index"), flow.across("before")
        lines.live(
            Line(f"{code}.profit", N_("Profit before tax, loss negative"), "yuan"),
            lambda y: f"=SUMIF({index},{lines.at('index', y)},{before})",
            losses.profits,
        )
        for loss, year in enumerate(self._axis.years[:-1]):
            row = lines.live(
                Line(f"{code}.{loss}", words(N_("Loss of year {year} set off"), year=year), "yuan"),
                _set_off(lines, code, loss),
                losses.used[loss],
            )
            self._page.fold(row, hidden=not losses.used.any())
        lines.live(
            Line(f"{code}.taxable", N_("Taxable profit"), "yuan"),
            lambda y: f"=MAX({lines.at(f'{code}.profit', y)},0)" + _used_by(lines, code, y, y),
            losses.taxable,
            strong=True,
        )

    def untaxed_at_last(self, code: str) -> str:
        """Return the formula of the tax that losses save in the last year of a cash flow."""
        last = len(self._axis.years) - 1
        if last < 1:
            return "0"
        first, end = (self._lines.rows[f"{code}.{loss}"] for loss in (0, last - 1))
        span = self._page.span((first, FIRST + last), (end, FIRST + last))
        return f"income_tax_rate*SUM({span})"

    def tax_line(self, code: str, flow: Lines, taxes: Numbers) -> None:
        """Write the tax of each column of a cash flow: in the last one of each year, negative."""
        lines = self._lines

        def tax(k: int) -> str:
            if not self._axis.is_last(k):
                return "=0"
            year = self._axis.years.index(self._axis.indices[k])
            return f"=-income_tax_rate*{lines.everywhere(f'{code}.taxable', year)}"

        flow.live(
            Line("income_tax", N_("Income tax"), "yuan"),
            tax,
            0.0 - np.asarray(taxes),
        )


def _set_off(lines: Lines, code: str, loss: int) -> Formula:
    """Return the formula of what the loss of a year gives to each later year."""
    size = f"MAX(-{lines.at(f'{code}.profit', loss)},0)"

    def formula(year: int) -> str:
        if year <= loss:
            return "=0"
        left = size
        if year > loss + 1:
            left += f"-SUM({lines.over(f'{code}.{loss}', loss + 1, year - 1)})"
        open_profit = f"MAX({lines.at(f'{code}.profit', year)},0)"
        open_profit += _used_by(lines, code, year, loss)
        age = f"{lines.at('index', year)}-{lines.at('index', loss)}"
        return f"=IF({age}<=loss_carry_years,MIN({left},{open_profit}),0)"

    return formula


def _used_by(lines: Lines, code: str, year: int, before: int) -> str:
    """What a year has used of the losses of the years before `before`, to be taken off."""
    if before == 0:
        return ""
    first, last = lines.at(f"{code}.0", year), lines.at(f"{code}.{before - 1}", year)
    return f"-SUM({first}:{last})"
