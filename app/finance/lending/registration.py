"""The registration of the pledge: its record, its history, and by when what is to be done."""

from app.finance.lending.life_results import RegistrationResult
from app.finance.lending.parts import LoanParts


def find_registration(parts: LoanParts) -> RegistrationResult | None:
    """Return the record and its dates; None when the case keeps none."""
    return None
