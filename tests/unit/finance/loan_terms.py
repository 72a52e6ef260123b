"""A loan of 3,000,000 yuan with any terms, for the tests of its days and rates."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
import QuantLib as ql  # noqa: N813 - the name its own documentation uses

from app.finance.case.lending.pricing import LprLine
from app.finance.case.loan import Loan, Repayment, ValuationBasis


def loan_of(**terms: Any) -> Loan:
    given: dict[str, Any] = {
        "amount_yuan": Decimal(3_000_000),
        "purpose_need_yuan": Decimal(3_000_000),
        "valuation_basis": ValuationBasis.GROSS,
        "pledge_ratio": 0.5,
        "annual_rate": 0.0385,
        "term_months": None if "maturity_date" in terms else 12,
        "repayment": Repayment.EQUAL_INSTALMENT,
        "drawdown_date": date(2025, 7, 1),
        **terms,
    }
    return Loan(**given)


def lpr(*lines: tuple[str, float]) -> tuple[LprLine, ...]:
    """Return a table of one-year rates."""
    return tuple(LprLine(date.fromisoformat(day), one_year=rate) for day, rate in lines)


def random_day(source: np.random.Generator, first: int = 2000, last: int = 2060) -> date:
    start = date(first, 1, 1)
    return start + timedelta(days=int(source.integers((date(last, 12, 31) - start).days)))


def ql_date(day: date) -> Any:
    return ql.Date(day.day, day.month, day.year)


def from_ql(day: Any) -> date:
    return date(day.year(), day.month(), day.dayOfMonth())
