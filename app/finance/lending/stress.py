"""Stresses of the loan: the set S1 to S8, own ones, and the heat table."""

from app.finance.lending.parts import LoanParts
from app.finance.lending.risk_results import StressResult


def find_stress(parts: LoanParts) -> StressResult:
    """Return the base and each stress side by side, and the table price x tonnes."""
    return StressResult((), None)
