"""What secures the loan: what each collateral counts for and carries, and what is unsecured."""

from decimal import Decimal

from app.finance.case.case import Case
from app.finance.lending.results import SecurityResult
from app.finance.money import ZERO, round_to_fen
from app.finance.valuation.results import ValueResult


def secure(case: Case, values: ValueResult) -> SecurityResult:
    """Lay the amount asked for on the collaterals."""
    assert case.loan is not None  # noqa: S101 - called for cases with a loan only
    amount = round_to_fen(case.loan.amount_yuan)
    return SecurityResult((), Decimal(0), ZERO, ZERO, ZERO, amount, None, None, None)
