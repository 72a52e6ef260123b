"""What a signatory of the quote must know."""

from collections.abc import Iterator

from app.finance.case.case import Case
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


def insurance_cautions(case: Case, carbon: CarbonResult, result: InsuranceResult) -> list[Notice]:
    """Return warnings and red flags of the quote."""
    return list(_cautions(case, carbon, result))


def _cautions(case: Case, carbon: CarbonResult, result: InsuranceResult) -> Iterator[Notice]:
    insurance = case.insurance
    assert insurance is not None  # noqa: S101 - called for cases with an insurance only
    yield from head_cautions(insurance, result)
    yield from tonnes_cautions(case, carbon, result)
    yield from premium_cautions(case, result)
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
