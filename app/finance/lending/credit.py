"""Credit risk of the loan: default, loss, expected credit loss, capital, return."""

from app.finance.lending.parts import LoanParts
from app.finance.lending.risk_results import CreditResult


def find_credit(parts: LoanParts) -> CreditResult | None:
    """Return the credit risk; None when the case has no inputs for it."""
    return None


def twelve_month_loss(parts: LoanParts, *, value_factor: float = 1.0) -> float | None:
    """Return the loss expected within a year, yuan, with the collaterals worth `value_factor`."""
    return None
