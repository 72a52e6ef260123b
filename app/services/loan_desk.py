"""Reads the loans of the stored cases on a day, for `loan_book`."""

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from app.finance.case.case import Case
from app.finance.case.lending.monitoring import Monitoring
from app.finance.engine import last_plan_year
from app.finance.errors import DomainError
from app.finance.lending.balance import known_until, standing_on
from app.finance.lending.book import position_of
from app.finance.lending.cash import cash_by_period
from app.finance.lending.collateral import secure
from app.finance.lending.parts import LoanParts
from app.finance.lending.path import lines_of
from app.finance.lending.pledged import PledgedOnDays
from app.finance.lending.schedule import build_schedule
from app.finance.sink.tables import SinkTables
from app.finance.valuation.portfolio import plain_carbon
from app.finance.valuation.values import compute_values
from app.messages import domain_problem
from app.services import case_file
from app.services.case_file import CaseRefused
from app.services.loan_book import BookLoan, LeftOut, LoanBook
from app.services.stored_cases import Progress, StoredCases

if TYPE_CHECKING:
    from app.services.ports import CaseEntry
    from app.services.workbench import Workbench


class LoanDesk:
    """Reads the loans of a book; a loan read once stays until its version or the day changes."""

    def __init__(self, workbench: "Workbench") -> None:
        self._workbench = workbench
        self._tables = replace(workbench.reference.tables, explain=False)
        self._stored = StoredCases(workbench, ("amount_yuan",), self._read)

    def read(self, day: date | None = None, progress: Progress | None = None) -> LoanBook:
        """Return the loans of all cases that are not deleted, on a day; today by default.

        Their newest versions count. `progress(done, of)` is called before each loan and at the
        end, and may raise to stop; what was read until then stays known.

        Raises:
            CaseRefused: `date_too_far` at "day".
        """
        day = day or self._workbench.today()
        found = self._stored.read(day, progress)
        return LoanBook(
            day,
            tuple(one for one in found if isinstance(one, BookLoan)),
            tuple(one for one in found if isinstance(one, LeftOut)),
        )

    def _read(self, entry: "CaseEntry", text: str, day: date) -> BookLoan | LeftOut:
        named = (entry.case_id, entry.version, entry.name)
        try:
            case = case_file.read_document(text.encode()).case
        except CaseRefused as refused:
            return LeftOut(*named, tuple(refused.problems))
        return read_loan(named, case, self._tables, day)[0]


def read_loan(
    named: tuple[str, int, str], case: Case, tables: SinkTables, day: date
) -> tuple[BookLoan | LeftOut, LoanParts | None]:
    """Return the loan of a case on a day with what it was found from, or why it is left out."""
    try:
        parts = loan_parts(case, tables)
        if not PledgedOnDays(parts, [day]).is_known:
            return LeftOut(*named, not_followed=True), None
        return loan_on_day(named, parts, day), parts
    except DomainError as error:
        return LeftOut(*named, (domain_problem(error),)), None


def loan_parts(case: Case, tables: SinkTables) -> LoanParts:
    """Return value, schedule and collaterals of a case with a loan, and nothing else of it.

    Raises:
        DomainError: as `compute_case` does; `missing` for a case without a loan or an appraisal.
    """
    if case.loan is None or case.appraisal is None:
        path = "loan" if case.loan is None else "appraisal"
        raise DomainError("missing", path=path, value=None)
    carbon = plain_carbon(case.project, last_year=last_plan_year(case), tables=tables)
    values = compute_values(case.project, case.appraisal, carbon)
    schedule = build_schedule(case.loan, cash=cash_by_period(case, values))
    return LoanParts(case, carbon, values, schedule, secure(case, values))


def loan_on_day(named: tuple[str, int, str], parts: LoanParts, day: date) -> BookLoan:
    """Return a loan on a day; one that is not watched is held against the lines of the house."""
    loan = parts.loan
    standing = standing_on(loan, parts.schedule, day)
    owed = standing.owed_yuan
    warning, margin, enforcement = lines_of(loan.monitoring or Monitoring())
    lines = (warning, margin, enforcement)
    position = position_of(parts, day, float(owed), lines)
    price = float(parts.values.price_yuan_t) * position.price_factor
    factors = position.line_factors() if price > 0 else (None, None, None)
    return BookLoan(
        *named,
        borrower=loan.borrower,
        lender=loan.lender,
        level=loan.valuation_basis.value,
        owed_yuan=owed,
        known_until=known_until(loan, day),
        is_drawn=loan.drawdown_date <= day,
        price_yuan_t=price,
        lines=lines,
        line_prices=tuple(None if one is None else one * price for one in factors),
        position=position,
        standing=standing,
    )
