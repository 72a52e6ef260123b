"""The pages of a loan: terms, schedule, annualised rate, cover of the debt, sizing."""

from collections.abc import Sequence

from app.finance.case.lending.terms import Repayment
from app.finance.case.loan import Loan
from app.finance.lending.results import LoanResult
from app.finance.valuation.results import ValueResult
from app.i18n import N_
from app.reports.sheet import Sheet
from app.reports.workbook.annualised_page import AnnualisedPage
from app.reports.workbook.book import Book
from app.reports.workbook.debt_cover_page import write_debt_cover
from app.reports.workbook.level_page import LevelPage, floors_interest
from app.reports.workbook.loan_cash import LoanCash
from app.reports.workbook.loan_course import Course
from app.reports.workbook.loan_days import DaysPage
from app.reports.workbook.loan_page import write_loan
from app.reports.workbook.repaid import STILL, Repaid
from app.reports.workbook.schedule_page import SchedulePage
from app.reports.workbook.sizing_page import SizingPage
from app.reports.workbook.streams import Streams

_STILL_BOUNDS = N_(
    "Cover over the life of the loan and of the project, DSCR under stress, loan over remaining "
    "value: what a ratio of 1 allows is computed by the program."
)
_INSTALMENTS = (Repayment.EQUAL_INSTALMENT, Repayment.BALLOON)


class LoanPages:
    """The pages of one loan."""

    def __init__(self, sheet: Sheet, loan: Loan, found: LoanResult, values: ValueResult) -> None:
        self._sheet, self._loan, self._found, self._values = sheet, loan, found, values
        self._course = Course(sheet.case, loan, values, found.plan)

    @property
    def codes(self) -> Sequence[str]:
        """The codes of the pages."""
        codes = ["loan", "schedule", "annualised", "sizing", "debt_cover", "loan_days"]
        return [*codes, "levels"] if self._finds_levels else codes

    @property
    def _finds_levels(self) -> bool:
        """Whether a plan follows the cash, or some instalment is no more than its interest."""
        course = self._course
        return any(
            plan.way is Repayment.SCULPTED
            or (plan.way in _INSTALMENTS and floors_interest(course, plan))
            for plan in course.plans.values()
        )

    def write(self, book: Book, streams: Streams | None) -> None:
        """Write the pages."""
        if streams is None:
            raise ValueError("a loan is sized on a value: there is a cash flow")
        course, loan, values = self._course, self._loan, self._values
        write_loan(book, self._sheet, loan, course)
        days = DaysPage(book, course)
        cash = LoanCash(self._sheet.case, loan, values, streams)
        levels = LevelPage(book, course, days, cash) if self._finds_levels else None
        if levels is not None and loan.target_dscr is not None:
            levels.cash_only(range(course.rows.matures + 1))
        SchedulePage(book, course, days, Repaid(book, course, days, levels)).write()
        AnnualisedPage(book, course, self._found.effective).write()
        dscr = write_debt_cover(book, course, cash, self._found.cover)
        SizingPage(book, course, self._found, values, streams).write(dscr)
        book.still += [book.words(text) for text in (STILL, _STILL_BOUNDS)]


def loan_pages(sheet: Sheet) -> LoanPages | None:
    """Return the pages of the loan of a case, None without one."""
    loan, found, values = sheet.case.loan, sheet.results.loan, sheet.results.values
    if loan is None or found is None or values is None:
        return None
    return LoanPages(sheet, loan, found, values)
