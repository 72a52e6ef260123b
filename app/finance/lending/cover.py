"""Debt service and the cash that covers it, year by year of the loan."""

from datetime import timedelta

from app.finance.lending.parts import LoanParts
from app.finance.lending.results import CoverResult, LoanYear

_DAY = timedelta(days=1)


def find_cover(parts: LoanParts) -> CoverResult:
    """Return DSCR by year, LLCR, PLCR and the first shortfall.

    DSCR_t = cash_t / (principal_t + interest_t) of each loan year, what is prepaid left out.
    LLCR = present value at the rate of the loan of the cash to the last payment, over what is
    drawn; PLCR the same to the end of the right, a perpetuity left out. A loan that is sculpted
    to its cash at a DSCR of x has an LLCR of x. None where nothing is due or drawn.

    Source: Yescombe, E. R. (2013) Principles of Project Finance, 2nd ed., on cover ratios.
    """
    cash, years, present = parts.common.cash, parts.common.years, parts.common.present
    right, others = cash.of_right(years.ends), cash.of_others(years.ends)
    columns = zip(
        years.ends,
        years.ends[1:],
        years.principal.tolist(),
        years.interest.tolist(),
        right.tolist(),
        others.tolist(),
        (right + others).tolist(),
        years.service.tolist(),
        strict=False,
    )
    rows = tuple(
        LoanYear(number, begun + _DAY, ended, paid, interest, own, other, _over(in_all, due))
        for number, (begun, ended, paid, interest, own, other, in_all, due) in enumerate(columns, 1)
    )
    ratios = [row.dscr for row in rows if row.dscr is not None]
    in_loan, in_all = present.of(cash.between(present.ends))
    short = next((row for row in rows if row.dscr is not None and row.dscr < 1), None)
    return CoverResult(
        years=rows,
        min_dscr=min(ratios, default=None),
        average_dscr=sum(ratios) / len(ratios) if ratios else None,
        llcr=_over(float(in_loan), present.drawn_yuan),
        plcr=_over(float(in_all), present.drawn_yuan),
        shortfall_on=None if short is None else short.last_day,
        required_dscr=parts.loan.min_dscr,
    )


def _over(cash: float, owed: float) -> float | None:
    return cash / owed if owed > 0 else None
