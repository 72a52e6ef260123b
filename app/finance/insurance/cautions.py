"""What a signatory of the quote must know."""

from collections.abc import Iterator

from app.finance.case.case import Case
from app.finance.case.insurance import Insurance
from app.finance.insurance.delivery_cautions import delivery_cautions
from app.finance.insurance.event_cautions import event_cautions
from app.finance.insurance.experience_cautions import experience_cautions
from app.finance.insurance.head_cautions import head_cautions
from app.finance.insurance.independence_cautions import independence_cautions
from app.finance.insurance.index_cautions import index_cautions, index_period_cautions
from app.finance.insurance.premium_cautions import premium_cautions
from app.finance.insurance.results import InsuranceResult
from app.finance.insurance.settlement_cautions import settlement_cautions
from app.finance.insurance.tonnes_cautions import tonnes_cautions
from app.finance.notices import Notice
from app.finance.sink.credits import CarbonResult


def insurance_cautions(
    case: Case, insurance: Insurance, carbon: CarbonResult, result: InsuranceResult
) -> Iterator[Notice]:
    """Yield warnings and red flags of the quote."""
    yield from head_cautions(insurance, result)
    yield from tonnes_cautions(case, insurance, carbon, result)
    yield from premium_cautions(case, insurance, result)
    yield from independence_cautions(insurance, result)
    if insurance.index is not None and result.index is not None:
        yield from index_cautions(insurance.index, result.index)
        yield from index_period_cautions(insurance)
    if insurance.events is not None:
        yield from event_cautions(insurance, result)
    if insurance.delivery is not None:
        yield from delivery_cautions(insurance, result)
    if insurance.experience is not None:
        yield from experience_cautions(insurance, result)
    if insurance.settlement is not None:
        yield from settlement_cautions(insurance, result)
