"""What a signatory must know of the settlement part of a quote."""

from collections.abc import Iterator

from app.finance.case.insurance import Insurance
from app.finance.insurance.results import InsuranceResult
from app.finance.notices import Notice


def settlement_cautions(insurance: Insurance, result: InsuranceResult) -> Iterator[Notice]:
    """Yield warnings and red flags."""
    raise NotImplementedError
