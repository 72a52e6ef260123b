"""Green classification of the loan and the step of a sustainability-linked rate."""

from app.finance.lending.life_results import GreenResult
from app.finance.lending.parts import LoanParts


def find_green(parts: LoanParts) -> GreenResult | None:
    """Return the classification; None when the case has none."""
    return None
