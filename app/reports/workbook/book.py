"""The frame of a workbook: pages, named inputs, formulas with their values, checks.

A page is written cell by cell. A formula always comes with the value the core computed for it,
so that a reader who does not let the spreadsheet compute (protected view, a previewer) sees the
figures too. Texts are never formulas, whatever sign they begin with.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING, Any

from app.formats import unit
from app.reports.document import Text, Words
from app.reports.house import House
from app.reports.workbook.looks import Kind, Look, Style, properties
from app.reports.workbook.titles import TITLES
from app.reports.workbook.widths import WIDEST, WIDEST_HEAD, Widths

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

Figure = float | int | Decimal
MOST_OF_A_NAME = 31
"""Signs a spreadsheet takes for the name of a page."""

_A4 = 9
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
_NOT_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))


def begins_as_formula(text: str) -> bool:
    """Whether a spreadsheet could take a text for a formula."""
    return text.startswith(_FORMULA_SIGNS)


def column_letters(column: int) -> str:
    """Return the letters of a column, counted from 0."""
    letters, rest = "", column + 1
    while rest:
        rest, place = divmod(rest - 1, 26)
        letters = chr(ord("A") + place) + letters
    return letters


def cell(row: int, column: int, *, fixed: str = "") -> str:
    """Return the address of a cell, counted from 0; `fixed` holds "row" or "column", or both."""
    letters, number = column_letters(column), row + 1
    return f"{'$' * ('column' in fixed)}{letters}{'$' * ('row' in fixed)}{number}"


@dataclass(frozen=True, slots=True)
class Check:
    """A figure of the workbook that is held against the one the program computed, yuan."""

    label: Text
    place: str
    value: float


@dataclass(slots=True)
class Page:
    """One sheet of the workbook; rows and columns are counted from 0."""

    book: "Book"
    name: str
    sheet: "Worksheet"
    widths: Widths = field(default_factory=Widths)

    def at(self, row: int, column: int) -> str:
        """Return the address of a cell as formulas of every page write it."""
        return f"'{self.name}'!{cell(row, column, fixed='row column')}"

    def span(self, first: tuple[int, int], last: tuple[int, int]) -> str:
        """Return the address of a block of cells, both corners as (row, column)."""
        corners = (cell(*corner, fixed="row column") for corner in (first, last))
        return f"'{self.name}'!{':'.join(corners)}"

    def text(
        self,
        row: int,
        column: int,
        text: Text | str,
        look: Look = Look.LABEL,
        *,
        wide: bool = False,
    ) -> None:
        """Write a text, each language on a line of its own but for titles.

        `wide` lets it run over its column.
        """
        between = " · " if look in (Look.BAND, Look.TITLE) else "\n"
        said = text if isinstance(text, str) else between.join(text.lines)
        style = Style(look, quoted=begins_as_formula(said))
        self.sheet.write_string(row, column, said, self.book.style(style))
        if not wide:
            most = WIDEST_HEAD if look is Look.HEAD else WIDEST
            self.widths.hold_text(row, column, said, most=most)

    def line(self, row: int, text: Text, look: Look, *, last: int, first: int = 0) -> None:
        """Write a text over the columns from `first` to `last`, as one cell."""
        style = self.book.style(Style(look, quoted=begins_as_formula(text.leading)))
        self.sheet.merge_range(row, first, row, last, "", style)
        self.sheet.write_string(row, first, "\n".join(text.lines), style)
        self.widths.hold_line(row, text.lines, range(first, last + 1))

    def value(
        self, row: int, column: int, value: Figure | date, kind: Kind, look: Look = Look.FIXED
    ) -> None:
        """Write a figure or a day that stands as it is."""
        style = self.book.style(Style(look, kind))
        if isinstance(value, date):
            self.sheet.write_datetime(row, column, datetime.combine(value, time()), style)
        else:
            self.sheet.write_number(row, column, float(value), style)
        self.widths.hold_figure(column, value, kind)

    def formula(
        self,
        row: int,
        column: int,
        formula: str,
        value: Figure | str,
        kind: Kind | None = Kind.MONEY,
        *,
        look: Look = Look.LIVE,
    ) -> str:
        """Write a formula, with the value the core computed for it; return the cell's address."""
        shown = value if isinstance(value, str) else float(value)
        style = self.book.style(Style(look, kind))
        self.sheet.write_formula(row, column, formula, style, shown)
        if not isinstance(value, str):
            self.widths.hold_figure(column, value, kind or Kind.PLAIN)
        return self.at(row, column)

    def named(self, name: str, row: int, column: int) -> str:
        """Give a cell a name that formulas of every page can use."""
        self.book.workbook.define_name(name, f"={self.at(row, column)}")
        return name

    def heads(self, row: int, texts: Sequence[Text], *, first: int = 0) -> None:
        """Write the heads of the columns from `first` on."""
        for place, text in enumerate(texts):
            self.text(row, first + place, text, Look.HEAD)

    def fold(self, row: int, *, hidden: bool) -> None:
        """Make a row one of a group that can be folded away; `hidden` folds it from the start."""
        self.widths.folded[row] = hidden

    def freeze(self, row: int, column: int) -> None:
        """Keep the rows above and the columns before a cell in sight and on every printed page."""
        self.sheet.freeze_panes(row, column)
        if row:
            self.sheet.repeat_rows(0, row - 1)
        if column:
            self.sheet.repeat_columns(0, column - 1)


class Book:
    """A workbook in the making; `finish` gives its bytes, the same for the same input.

    Its parts hand in what other pages need: `checks` for the page of checks, `changed` the
    places that say whether an input was changed, `still` what does not move, for the cover.
    """

    def __init__(self, words: Words, house: House, *, issued_on: date) -> None:
        from xlsxwriter import Workbook  # noqa: PLC0415 - only where a workbook is written

        self.words, self.house = words, house
        self._stream = BytesIO()
        self.workbook = Workbook(
            self._stream,
            {
                "in_memory": True,
                "strings_to_formulas": False,
                "strings_to_numbers": False,
                "strings_to_urls": False,
            },
        )
        self._issued_on = issued_on
        self._styles: dict[Style, Format] = {}
        self.pages: dict[str, Page] = {}
        self.checks: list[Check] = []
        self.changed: list[str] = []
        self.still: list[Text] = []

    @property
    def font(self) -> str:
        """The font of the cells: one that has the signs of the language."""
        return "Arial" if self.words.language == "en" else "Microsoft YaHei"

    def style(self, style: Style) -> "Format":
        """Return the format of a style, made once."""
        if style not in self._styles:
            made = self.workbook.add_format(properties(style, self.house, self.font))
            self._styles[style] = made
        return self._styles[style]

    def reserve(self, codes: Collection[str]) -> None:
        """Make the pages of these codes, in the order of `titles.TITLES`, each with its title."""
        for code in TITLES:
            if code in codes:
                self.pages[code] = self._made(self.words(TITLES[code]))

    def page(self, code: str) -> Page:
        """Return a page that was reserved."""
        return self.pages[code]

    def _made(self, title: Text) -> Page:
        name = " ".join(title.lines).translate(_NOT_IN_NAMES)[:MOST_OF_A_NAME].strip()
        sheet = self.workbook.add_worksheet(name)
        sheet.set_paper(_A4)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        sheet.set_footer("&L&8&F&C&8&A&R&8&P / &N")
        sheet.hide_gridlines(2)
        page = Page(self, name, sheet)
        page.text(0, 0, title, Look.TITLE, wide=True)
        return page

    def check(self, label: str | Text, place: str, value: Figure) -> None:
        """Hold the figure at an address against the one the program computed, to the fen."""
        said = self.words(label) if isinstance(label, str) else label
        self.checks.append(Check(said, place, float(value)))

    def finish(self, *, title: str, subject: str, comments: str) -> bytes:
        """Close the workbook and return its bytes."""
        created: dict[str, Any] = {"created": datetime.combine(self._issued_on, time())}
        self.workbook.set_properties(
            {
                "title": title,
                "subject": subject,
                "author": self.house.zh.name or self.house.en.name or "Blue Carbon Desk",
                "comments": comments,
                **created,
            }
        )
        self.workbook.set_calc_mode("auto")
        for page in self.pages.values():
            page.widths.apply(page.sheet)
        self.workbook.close()
        return self._stream.getvalue()


def headed(label: Text, unit: str) -> Text:
    """Return the head of a column: its name above its unit."""
    return Text((*label.lines, unit)) if unit else label


def unit_text(words: Words, code: str) -> Text:
    """Return a unit in the languages of the workbook."""
    return words.each(lambda tr: unit(code, tr))
