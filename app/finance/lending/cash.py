"""Cash that serves the loan, by day: of the right, and of the borrower's other sources."""

from collections.abc import Sequence

from app.finance.case.case import Case
from app.finance.valuation.results import ValueResult


def cash_by_period(case: Case, values: ValueResult) -> Sequence[float] | None:
    """Return the cash of each payment period of a sculpted loan, yuan; None for the others."""
    return None
