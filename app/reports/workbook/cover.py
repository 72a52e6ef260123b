"""The cover of a workbook: what it is of, whether a reader changed it, how to use it, red flags."""

from app.finance.notices import Notice, Severity
from app.i18n import N_, Translator
from app.messages import notice_source, notice_text
from app.reports.document import NOTHING, Fact, free
from app.reports.frame import identity
from app.reports.house_texts import house_text
from app.reports.sheet import Sheet
from app.reports.workbook.book import Book, Page
from app.reports.workbook.looks import Kind, Look

LAST = 3
"""Last column of the cover."""

TITLE = N_("Workbook of the case")
_HOW = (
    N_(
        "Change a cell with blue figures on a yellow ground; everything that depends on it moves "
        "at once. The column beside it keeps the value of the case."
    ),
    N_(
        "A changed workbook is a reader's own trial. What counts is the document of the case; to "
        "make a change count, enter it in the program and save a new version."
    ),
    N_(
        "The choices that decide how a formula is written (method, horizon, valuation date, kind "
        "of price curve) are grey: to change them, change the case and make a new workbook."
    ),
)


def write_cover(book: Book, sheet: Sheet, differing: str) -> None:
    """Write the page, when the others have said what does not move.

    `differing` is the address of how many figures differ, "" without any.
    """
    _Cover(book).fill(sheet, differing)


class _Cover:
    """Writes the page line by line."""

    def __init__(self, book: Book) -> None:
        self._page: Page = book.page("cover")
        self._row = 0

    def fill(self, sheet: Sheet, differing: str) -> None:
        """Write everything."""
        page, words = self._page, sheet.words
        page.widths.fixed |= {0: 26.0, 1: 34.0, 2: 30.0, 3: 34.0}
        page.text(self._next(), 0, words(TITLE), Look.TITLE, wide=True)
        name = house_text(sheet.house, words, "name")
        if any(name.lines):
            page.line(self._next(), name, Look.STRONG, last=LAST)
        page.line(self._next(), free(sheet.case.project.name), Look.STRONG, last=LAST)
        self._row += 1
        self._identity(sheet)
        self._changed(differing)
        self._flags(sheet)
        self._texts(N_("How to use it"), _HOW)
        self._key()
        self._still()

    def _next(self) -> int:
        self._row += 1
        return self._row - 1

    def _band(self, label: str) -> None:
        self._row += 1
        row = self._next()
        for column in range(LAST + 1):
            said = self._page.book.words(label) if column == 0 else NOTHING
            self._page.text(row, column, said, Look.BAND, wide=True)

    def _fact(self, fact: Fact) -> None:
        row = self._next()
        self._page.text(row, 0, fact.label)
        self._page.text(row, 1, fact.value, Look.STRONG)

    def _identity(self, sheet: Sheet) -> None:
        words, stamp = sheet.words, sheet.stamp
        facts = (
            *identity(sheet).facts,
            Fact(words(N_("Code of the version")), free(stamp.code)),
            Fact(words(N_("Hash of the inputs")), free(stamp.input_hash)),
            Fact(words(N_("Program")), free(stamp.program_version)),
            Fact(words(N_("Data version")), free(stamp.data_version)),
        )
        for fact in facts:
            self._fact(fact)

    def _changed(self, differing: str) -> None:
        """How many inputs a reader changed, and how many figures differ since."""
        page, words = self._page, self._page.book.words
        if not page.book.changed:
            return
        self._band(N_("State of this copy"))
        counted = "+".join(f"SUM({span})" for span in page.book.changed)
        changed = self._count(N_("Inputs changed"), counted, "inputs_changed")
        if differing:
            self._count(N_("Figures that differ"), differing, "figures_that_differ")
        same, moved = (
            " · ".join(words(text).lines)
            for text in (
                N_("As it left the program"),
                N_("Changed by a reader: these are not the figures of the document"),
            )
        )
        row = self._next()
        page.text(row, 0, words(N_("State")))
        page.formula(row, 1, f'=IF({changed}=0,"{same}","{moved}")', same, None, look=Look.TOTAL)

    def _count(self, label: str, formula: str, name: str) -> str:
        """Write a number that is 0 as the workbook leaves the program; return its name."""
        row, page = self._next(), self._page
        page.text(row, 0, page.book.words(label))
        page.formula(row, 1, f"={formula}", 0, Kind.COUNT, look=Look.TOTAL)
        return page.named(name, row, 1)

    def _flags(self, sheet: Sheet) -> None:
        words, page = sheet.words, self._page
        self._band(N_("Red flags and warnings"))
        if not sheet.results.notices:
            none = words(N_("The checks of the program found none."))
            page.line(self._next(), none, Look.TEXT, last=LAST)
        ordered = sorted(sheet.results.notices, key=lambda n: n.severity is not Severity.RED_FLAG)
        for notice in ordered:
            self._flag(sheet, notice)

    def _flag(self, sheet: Sheet, notice: Notice) -> None:
        words = sheet.words
        red = notice.severity is Severity.RED_FLAG
        mark = N_("Red flag") if red else N_("Warning")

        def said(tr: Translator) -> str:
            rule = notice_source(notice, tr)
            text = f"{tr(mark)}: {notice_text(notice, tr)}"
            return f"{text} ({rule})" if rule else text

        look = Look.ALERT if red else Look.TEXT
        self._page.line(self._next(), words.each(said), look, last=LAST)

    def _texts(self, label: str, texts: tuple[str, ...]) -> None:
        self._band(label)
        for text in texts:
            self._page.line(self._next(), self._page.book.words(text), Look.TEXT, last=LAST)

    def _key(self) -> None:
        """The colours of the cells."""
        page, words = self._page, self._page.book.words
        self._band(N_("Colours"))
        for look, text in (
            (Look.INPUT, N_("an assumption: change it")),
            (Look.LIVE, N_("a formula: it follows the assumptions")),
            (Look.TOTAL, N_("a result or a sum: it follows the assumptions")),
            (Look.FIXED, N_("as it is: computed by the program or entered in the case")),
        ):
            row = self._next()
            page.value(row, 0, 1234.5, Kind.MONEY, look)
            page.line(row, words(text), Look.TEXT, first=1, last=LAST)

    def _still(self) -> None:
        """What was computed by the program and does not move."""
        page, book = self._page, self._page.book
        if not book.still:
            return
        self._band(N_("Computed by the program; does not move here"))
        for text in book.still:
            page.line(self._next(), text, Look.TEXT, last=LAST)
