"""What a signatory of the quote must know."""

from app.finance.case.case import Case
from app.finance.insurance.results import InsuranceResult
from app.finance.notices import Notice
from app.finance.sink.credits import CarbonResult


def insurance_cautions(case: Case, carbon: CarbonResult, result: InsuranceResult) -> list[Notice]:
    """Return warnings and red flags of the quote."""
    raise NotImplementedError
