"""The quote: pure premium of all parts, loads, premium."""

from app.finance.case.case import Case
from app.finance.insurance.results import InsuranceResult
from app.finance.sink.credits import CarbonResult
from app.finance.sink.tables import SinkTables


def compute_insurance(case: Case, carbon: CarbonResult, tables: SinkTables) -> InsuranceResult:
    """Quote the insurance of a case.

    Raises:
        DomainError: an input that a part needs is missing or does not fit.
    """
    raise NotImplementedError


def with_checks(case: Case, result: InsuranceResult) -> InsuranceResult:
    """Return the quote with the checks of its distribution: Panjer, simulation, second engine."""
    raise NotImplementedError
