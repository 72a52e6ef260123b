"""What a signatory must know where one cause hits parts that are priced as independent."""

from collections.abc import Iterator

from app.finance.case.insurance import Insurance
from app.finance.insurance.caution_parts import warning
from app.finance.insurance.results import RETURN_YEARS, InsuranceResult
from app.finance.insurance.together import apart_perils
from app.finance.notices import Notice

_YEARS = 100


def independence_cautions(insurance: Insurance, result: InsuranceResult) -> Iterator[Notice]:
    """Yield warnings: the spread of the sum is too low, its mean is not touched."""
    found = result.distribution
    if found is not None and found.together is not None:
        yield warning(
            "parts_taken_independent",
            "insurance.index",
            sd=found.sd_yuan,
            sd_most=found.together.sd_yuan,
            year=found.returns[RETURN_YEARS.index(_YEARS)].aep_yuan,
            year_most=found.together.year_100_yuan,
        )
    if insurance.events is None:
        apart = apart_perils(insurance)
        if apart:
            lines = [place + 1 for place in apart]
            yield warning(
                "sites_taken_independent", f"insurance.perils.{apart[0]}.site", lines=lines
            )
