"""The life of the loan: ledger, coverage, events, disposal, release, and what is due."""

from app.finance.lending.life_results import LifeResult
from app.finance.lending.parts import LoanParts


def find_life(parts: LoanParts) -> LifeResult | None:
    """Return the state of the loan on the day watched; None when the loan is not watched."""
    return None
