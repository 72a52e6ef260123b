"""The page of the interest days: rates of the loan, periods, and the days interest is made of."""

from math import gcd

from app.finance.case.lending.pricing import RateKind
from app.finance.lending.day_count import Ratio
from app.i18n import N_
from app.reports.workbook.book import Book, headed, unit_text
from app.reports.workbook.loan_course import Course
from app.reports.workbook.loan_page import SHIFT, lpr_name
from app.reports.workbook.looks import Kind, Look

_FIRST, _LAST, _DAYS, _PART, _RATE, _PRODUCT = range(1, 7)
_WIDTH = 7


class DaysPage:
    """Writes the page and says where rates, parts of a year and their products stand."""

    def __init__(self, book: Book, course: Course) -> None:
        self._course = course
        self._page = book.page("loan_days")
        self._row = 3
        words = book.words
        self._page.line(
            1,
            words(
                N_(
                    "Days and parts of a year are those of the program, by the day count and the "
                    "calendar of the loan; they do not move. Rates follow the terms of the loan."
                )
            ),
            Look.NOTE,
            last=_WIDTH - 1,
        )
        self._rates: list[str] = []
        self._parts: list[str] = []
        self._products: dict[tuple[int, int | None], tuple[str, str]] = {}
        self._factors: dict[tuple[int, int | None], float] = {}
        self._write_rates()
        self._write_periods()
        self._write_pieces()

    def _band(self, label: str, heads: tuple[tuple[str, str], ...]) -> None:
        page, words = self._page, self._page.book.words
        for column in range(_WIDTH):
            text = words(label) if column == 0 else ""
            page.text(self._row, column, text, Look.BAND, wide=True)
        self._row += 1
        for column, (head, unit) in enumerate(heads):
            said = " ".join(dict.fromkeys(unit_text(words, unit).lines)) if unit else ""
            page.text(self._row, column, headed(words(head), said), Look.HEAD)
        self._row += 1

    def _write_rates(self) -> None:
        self._band(
            N_("Rates of the loan"),
            ((N_("No."), ""), (N_("From"), ""), (N_("Rate"), "1/yr")),
        )
        page = self._page
        for number, stretch in enumerate(self._course.stretches, start=1):
            page.value(self._row, 0, number, Kind.COUNT)
            page.value(self._row, _FIRST, stretch.day, Kind.DATE)
            formula = self._rate_formula(number - 1)
            address = page.formula(self._row, 2, formula, stretch.rate, Kind.PERCENT)
            self._rates.append(address)
            self._row += 1
        self._row += 1

    def _rate_formula(self, number: int) -> str:
        stretch, loan = self._course.stretches[number], self._course.loan
        if stretch.extension:
            return "=loan_extension_annual_rate"
        if loan.rate_kind is RateKind.FIXED or stretch.line is None:
            return "=loan_annual_rate"
        shift = f"+{SHIFT}" if stretch.moved else ""
        return f"=MAX({lpr_name(loan, stretch.line)}+(loan_margin_bp{shift})/10000,0)"

    def _write_periods(self) -> None:
        self._band(
            N_("Periods of payment"),
            (
                (N_("No."), ""),
                (N_("Part of a year"), "yr"),
                (N_("Repays principal"), ""),
            ),
        )
        page, rows = self._page, self._course.rows
        for number, (fraction, pays) in enumerate(zip(rows.fractions, rows.pays, strict=True)):
            page.value(self._row, 0, number + 1, Kind.COUNT)
            part = (fraction, rows.year)
            address = page.formula(
                self._row, 1, f"={ratio_text(part)}", fraction / rows.year, Kind.YEARS,
                look=Look.FIXED,
            )  # fmt: skip
            page.value(self._row, 2, 1 if pays else 0, Kind.MARK)
            self._parts.append(address)
            self._row += 1
        self._first_period = self._row - len(rows.fractions)
        self._row += 1

    def _write_pieces(self) -> None:
        self._band(
            N_("Days of interest"),
            (
                (N_("Line"), ""),
                (N_("From"), ""),
                (N_("To"), ""),
                (N_("Days"), "day"),
                (N_("Part of a year"), "yr"),
                (N_("Rate"), "1/yr"),
                (N_("Rate × part of a year"), ""),
            ),
        )
        page, course = self._page, self._course
        for piece in course.pieces:
            page.value(self._row, 0, piece.row + 1, Kind.COUNT)
            page.value(self._row, _FIRST, piece.first, Kind.DATE)
            page.value(self._row, _LAST, piece.last, Kind.DATE)
            page.value(self._row, _DAYS, (piece.last - piece.first).days, Kind.COUNT)
            text = f"={ratio_text(piece.part)}"
            part = page.formula(self._row, _PART, text, piece.share, Kind.YEARS, look=Look.FIXED)
            rate = course.stretches[piece.stretch].rate
            source = self._rates[piece.stretch]
            held = page.formula(self._row, _RATE, f"={source}", rate, Kind.PERCENT)
            product = rate * piece.share
            address = page.formula(self._row, _PRODUCT, f"={held}*{part}", product, Kind.FACTOR)
            key = piece.row, piece.drawing
            first = self._products.get(key, (address, ""))[0]
            self._products[key] = first, address
            self._factors[key] = self._factors.get(key, 0.0) + product
            self._row += 1

    def rate(self, row: int) -> str:
        """Return the address of the rate of a row."""
        return self._rates[self._course.last_stretch(row)]

    def part(self, period: int) -> str:
        """Return the address of the part of a year of a period."""
        return self._parts[period]

    def parts(self, first: int, last: int) -> str:
        """Return the address of the parts of a year of some periods."""
        start = self._first_period
        return self._page.span((start + first, 1), (start + last, 1))

    def factor(self, row: int, drawing: int | None = None) -> str:
        """Return rate x part of a year of a row, or of a tranche drawn within it."""
        key = (row, drawing) if (row, drawing) in self._products else (row, None)
        first, last = self._products[key]
        return first if first == last else f"SUM({first}:{last.rpartition('!')[2]})"


def ratio_text(part: Ratio) -> str:
    """Return a part of a year as a fraction in its lowest terms."""
    above, below = part
    common = gcd(above, below) or 1
    return f"{above // common}/{below // common}"
