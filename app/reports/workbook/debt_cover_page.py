"""The page of the debt service cover: cash over principal and interest of each year of the loan."""

from collections.abc import Callable, Sequence
from datetime import date

import numpy as np

from app.finance.lending.debt import loan_years
from app.finance.lending.remaining import ordinals
from app.finance.lending.results import CoverResult
from app.finance.lending.schedule_changes import PREPAYMENT
from app.i18n import N_
from app.reports.workbook.book import Book, headed, unit_text
from app.reports.workbook.loan_cash import LoanCash
from app.reports.workbook.loan_course import Course
from app.reports.workbook.looks import Kind, Look
from app.reports.workbook.schedule_columns import FIRST, INTEREST, PRINCIPAL

_HEADS = (
    (N_("Loan year"), ""),
    (N_("From"), ""),
    (N_("To"), ""),
    (N_("Principal"), "yuan"),
    (N_("Interest"), "yuan"),
    (N_("Debt service"), "yuan"),
    (N_("Cash of the right"), "yuan"),
    (N_("Other cash"), "yuan"),
    (N_("DSCR"), "x"),
)
_ROW = 3


def write_debt_cover(book: Book, course: Course, cash: LoanCash, found: CoverResult) -> str:
    """Write the page; return the address of the ratios, "" where nothing is due."""
    page, words = book.page("debt_cover"), book.words
    page.line(
        1,
        words(
            N_(
                "Principal and interest are those of the schedule, what is prepaid left out; cash "
                "of the right is that of the cash flow, other cash as entered."
            )
        ),
        Look.NOTE,
        last=len(_HEADS) - 1,
    )
    for column, (head, code) in enumerate(_HEADS):
        said = " ".join(dict.fromkeys(unit_text(words, code).lines)) if code else ""
        page.text(_ROW, column, headed(words(head), said), Look.HEAD)
    page.freeze(_ROW + 1, 1)
    ends = loan_years(course.loan, course.schedule)
    formulas, amounts = cash.of_right(ends)
    others = cash.of_others(ends)
    schedule = book.page("schedule")

    def at(row: int, column: int) -> str:
        return schedule.at(FIRST + row, column)

    for place, year in enumerate(found.years):
        row = _ROW + 1 + place
        page.value(row, 0, year.index, Kind.COUNT)
        page.value(row, 1, year.first_day, Kind.DATE)
        page.value(row, 2, year.last_day, Kind.DATE)
        lines = _rows_of(course, ends, place)
        due = _due(course, lines, PRINCIPAL, at)
        paid = page.formula(row, 3, f"={due}", year.principal_yuan, Kind.FLOW)
        due = _due(course, lines, INTEREST, at)
        interest = page.formula(row, 4, f"={due}", year.interest_yuan, Kind.FLOW)
        service = year.principal_yuan + year.interest_yuan
        in_all = page.formula(row, 5, f"={paid}+{interest}", service, Kind.FLOW)
        right = page.formula(row, 6, f"={formulas[place]}", amounts[place], Kind.FLOW)
        page.value(row, 7, others[place], Kind.FLOW)
        ratio = f'=IF({in_all}=0,"",({right}+{page.at(row, 7)})/{in_all})'
        page.formula(row, 8, ratio, "" if year.dscr is None else year.dscr, Kind.PLAIN)
    return page.span((_ROW + 1, 8), (_ROW + len(found.years), 8))


def _rows_of(course: Course, ends: Sequence[date], place: int) -> list[int]:
    """Return the rows due in a year of the loan; what is after its last payment is no payment."""
    dues = [*course.rows.dues, *course.schedule.dues[course.count :]]
    closes = ordinals(ends[1:-1])
    years = np.searchsorted(closes, ordinals(dues), side="left")
    return [row for row, year in enumerate(years.tolist()) if year == place]


def _due(course: Course, rows: Sequence[int], column: int, at: Callable[[int, int], str]) -> str:
    """Return the sum of a column over the rows of a year, without what is prepaid."""
    if not rows:
        return "0"
    first, last = at(rows[0], column), at(rows[-1], column).rpartition("!")[2]
    formula = f"SUM({first}:{last})"
    if column == PRINCIPAL:
        for row in rows:
            if row < len(course.rows.kinds) and course.rows.kinds[row] == PREPAYMENT:
                formula += f"-{at(row, column)}"
    return formula
