"""The day on which a loan ends, before any extension."""

import calendar
from datetime import date

from app.finance.case.lending.terms import Repayment
from app.finance.case.loan import Loan
from app.finance.dates import add_months


def is_month_end(day: date) -> bool:
    """Whether `day` is the last one of its month."""
    return day.day == calendar.monthrange(day.year, day.month)[1]


def months_on(start: date, months: int, *, month_end: bool) -> date:
    """Return the day `months` after `start`.

    With `month_end` the last day of a month leads to the last day of the later month.
    """
    day = add_months(start, months)
    if month_end and is_month_end(start):
        return day.replace(day=calendar.monthrange(day.year, day.month)[1])
    return day


def day_by_term(loan: Loan, months: int) -> date:
    """Return the day `months` after drawdown, at the month's end where the loan keeps to it."""
    return months_on(loan.drawdown_date, months, month_end=loan.month_end)


def is_open_ended(loan: Loan) -> bool:
    """Whether nothing says when a loan ends: no term, no day, no table of principal."""
    if loan.repayment is Repayment.CUSTOM and loan.principal_table:
        return False
    return loan.term_months is None and loan.maturity_date is None


def maturity_of(loan: Loan) -> date:
    """Return the maturity: the day entered, else by the term, else the last day of a table.

    Only a loan with a table of principal of its own may come without day and term.
    """
    if loan.maturity_date is not None:
        return loan.maturity_date
    if loan.term_months is None:
        return loan.principal_table[-1].day
    return day_by_term(loan, loan.term_months)


def last_day_of(loan: Loan) -> date:
    """Return the day on which the loan ends, its extension included."""
    end = maturity_of(loan)
    if loan.extension is None:
        return end
    return months_on(end, loan.extension.months, month_end=loan.month_end)
