"""The balance against what is left of the right, from drawdown to maturity."""

from app.finance.lending.parts import LoanParts
from app.finance.lending.results import PathResult


def value_path(parts: LoanParts) -> PathResult:
    """Return loan over remaining value at drawdown and each payment, and the trigger prices."""
    return PathResult("", (), None, None, None, None)
