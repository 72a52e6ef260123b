"""Debt service and the cash that covers it, year by year of the loan."""

from app.finance.lending.parts import LoanParts
from app.finance.lending.results import CoverResult


def find_cover(parts: LoanParts) -> CoverResult:
    """Return DSCR by year, LLCR, PLCR and the first shortfall."""
    return CoverResult((), None, None, None, None, None)
