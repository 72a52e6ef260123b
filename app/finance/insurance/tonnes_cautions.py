"""What a signatory must know of the tonnes a quote insures."""

from collections.abc import Iterator

from app.finance.case.case import Case
from app.finance.case.cover.heads import CarbonPays, HeadKind, HeadLine, InsuredUnit
from app.finance.case.insurance import Insurance
from app.finance.dates import middle_calendar_year
from app.finance.insurance.caution_parts import warning
from app.finance.insurance.exposure import first_tonnes_year
from app.finance.insurance.results import InsuranceResult
from app.finance.notices import Notice
from app.finance.sink.credits import CarbonResult


def tonnes_cautions(
    case: Case, insurance: Insurance, carbon: CarbonResult, result: InsuranceResult
) -> Iterator[Notice]:
    """Yield what is odd about insured tonnes: another year, a stock that was never verified."""
    entered = {line.head for line in insurance.stock}
    of_case = [
        place
        for place, head in enumerate(insurance.heads)
        if head.quantity is None and head.name not in entered
    ]
    taken, own = first_tonnes_year(case, insurance), middle_calendar_year(insurance.period_start, 1)
    if of_case and taken != own:
        path = f"insurance.heads.{of_case[0]}.quantity"
        yield warning("tonnes_of_other_year", path, taken=str(taken), own=str(own))
    verified = sum(
        issue.credits_tco2 for issue in carbon.issues if issue.verified_on <= insurance.period_start
    )
    for place, (head, found) in enumerate(zip(insurance.heads, result.heads, strict=True)):
        if _is_stock(head) and found.quantity > verified:
            facts = {"head": head.name, "tonnes": found.quantity, "verified": verified}
            yield warning("stock_over_verified", f"insurance.heads.{place}.quantity", **facts)


def _is_stock(head: HeadLine) -> bool:
    """Whether a head insures a stock of carbon, in tonnes."""
    if head.quantity_unit is not InsuredUnit.TCO2E:
        return False
    stock = head.carbon_pays in {CarbonPays.STOCK, CarbonPays.BOTH}
    return stock or (head.kind is HeadKind.CARBON_STOCK and head.carbon_pays is None)
