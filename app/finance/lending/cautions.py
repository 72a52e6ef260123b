"""What a signatory must know of the loan: warnings, and red flags that stop a final print."""

from app.finance.case.case import Case
from app.finance.lending.results import LoanResult
from app.finance.notices import Notice
from app.finance.sink.credits import CarbonResult
from app.finance.valuation.results import ValueResult


def loan_cautions(
    case: Case, loan: LoanResult, values: ValueResult | None, carbon: CarbonResult
) -> list[Notice]:
    """Return the warnings and red flags of a loan."""
    return []
