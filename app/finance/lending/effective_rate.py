"""Annualised rate of a loan, fees included, as PBOC Notice 2021 No. 3 asks to show it.

Source: 中国人民银行公告〔2021〕第3号: the annualised rate is the internal rate of return of all
interest and fees tied to the loan on the principal actually used; a simple rate is labelled so.
"""

import math
from dataclasses import dataclass
from datetime import date

from app.finance.case.loan import Loan
from app.finance.case.maturity import is_month_end
from app.finance.dates import add_months
from app.finance.errors import DomainError
from app.finance.lending.schedule_results import Schedule
from app.finance.valuation.price_curve import DAYS_OF_YEAR
from app.finance.valuation.returns import internal_rates

_MONTHS = 12


@dataclass(frozen=True, slots=True)
class EffectiveRate:
    """Rates as fractions.

    Attributes:
        monthly_irr: internal rate of return of a month.
        annual_compound: (1 + monthly rate)^12 - 1.
        annual_simple: 12 x monthly rate; it is printed as simple.
        dated: whether flows were counted by days over 365, because some fall on no whole month
            from drawdown.
    """

    monthly_irr: float
    annual_compound: float
    annual_simple: float
    dated: bool = False


def lender_flows(schedule: Schedule) -> list[tuple[date, int]]:
    """Return what the lender pays (below 0) and receives on each day, fen.

    Tranches are flows of their own days; the fees at drawdown come back on the first of them.
    """
    first = min(day for day, _fen in schedule.drawdowns)
    received = zip(schedule.dues, schedule.principal, schedule.interest, schedule.fees, strict=True)
    return [
        *((day, -fen) for day, fen in schedule.drawdowns),
        (first, schedule.upfront_fee),
        *((due, principal + interest + fee) for due, principal, interest, fee in received),
    ]


def months_between(start: date, day: date) -> int | None:
    """Return the months from `start` to `day`, None when days are left over."""
    months = (day.year - start.year) * _MONTHS + day.month - start.month
    if day.day == start.day or add_months(start, months) == day:
        return months
    return months if is_month_end(start) and is_month_end(day) else None


def _rate_near(flows: list[int], times: list[float], near: float) -> float:
    """Return the internal rate per unit of time; of several the one next to `near`."""
    found = internal_rates([float(flow) for flow in flows], times)
    if not found.rates:
        raise DomainError("no_annualised_rate", path="loan.upfront_fee_yuan", value=None)
    return min(found.rates, key=lambda rate: abs(rate - near))


def dated_rate(schedule: Schedule) -> float:
    """Return the yearly compound rate by actual days over 365, as XIRR of the spreadsheets.

    Raises:
        DomainError: `no_annualised_rate` when the fees leave nothing of the loan.
    """
    flows = lender_flows(schedule)
    start = flows[0][0]
    times = [(day - start).days / DAYS_OF_YEAR for day, _fen in flows]
    return _rate_near([fen for _day, fen in flows], times, schedule.rates[0])


def effective_rate(schedule: Schedule, loan: Loan) -> EffectiveRate:
    """Return the rate at which all that is paid is worth what was drawn less the fees.

    Sum of payment_k / (1 + i)^k = sum of tranche_k / (1 + i)^k - fee. When every day is a whole
    number of months after drawdown, k counts months; otherwise days / 365, and the month is the
    twelfth root of the year.

    Raises:
        DomainError: `no_annualised_rate` when the fees leave nothing of the loan.
    """
    flows = lender_flows(schedule)
    whole: list[float] = []
    for day, _fen in flows:
        months = months_between(loan.drawdown_date, day)
        if months is None:
            year = dated_rate(schedule)
            month = math.expm1(math.log1p(year) / _MONTHS)
            return EffectiveRate(month, year, _MONTHS * month, dated=True)
        whole.append(float(months))
    month = _rate_near([fen for _day, fen in flows], whole, schedule.rates[0] / _MONTHS)
    return EffectiveRate(month, math.expm1(_MONTHS * math.log1p(month)), _MONTHS * month)
