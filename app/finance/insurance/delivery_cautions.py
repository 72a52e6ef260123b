"""What a signatory must know of the delivery part of a quote."""

import math
from collections.abc import Iterator

from app.finance.case.cover.delivery_inputs import DeliveryCover, LossTo
from app.finance.case.cover.heads import HeadKind
from app.finance.case.insurance import Insurance
from app.finance.insurance.part_results import DeliveryResult
from app.finance.insurance.results import InsuranceResult
from app.finance.notices import Notice, Severity

_PATH = "insurance.delivery"
_SAME_LOSS = (HeadKind.SALE_FAILURE, HeadKind.REVERSAL, HeadKind.INVALIDATION)


def delivery_cautions(insurance: Insurance, result: InsuranceResult) -> Iterator[Notice]:
    """Yield warnings and red flags."""
    cover, found = insurance.delivery, result.delivery
    if cover is None or found is None:
        return
    yield from _failure(cover, found)
    yield from _price(cover)
    yield from _reversal(cover)
    last, years = found.years[-1].policy_year, math.ceil(insurance.period_months / 12)
    if last > years:
        yield _warning("deliveries_after_period", "deliveries", last=last, years=years)
    twice = [head.name for head in insurance.heads if head.kind in _SAME_LOSS]
    if twice:
        yield _warning("delivery_counted_twice", "deliveries", heads=twice)


def _warning(code: str, field: str, **facts: object) -> Notice:
    return Notice(code, Severity.WARNING, f"{_PATH}.{field}", dict(facts))


def _failure(cover: DeliveryCover, found: DeliveryResult) -> Iterator[Notice]:
    """Where the chances come from, and what is not in them."""
    if all(year.failure == 0 for year in found.years):
        yield _warning("no_failure", "failure_per_year")
    elif not cover.grade:
        yield _warning("failure_without_grade", "grade")
    if cover.common_shock == 0:
        yield _warning("common_shock_not_counted", "common_shock")
    if cover.shortfall_share > 0:
        yield _warning("shortfall_without_spread", "shortfall_share")


def _price(cover: DeliveryCover) -> Iterator[Notice]:
    """The tie between price and failure."""
    if cover.loss_to is not LossTo.REPLACEMENT:
        return
    if cover.dependence == 0:
        yield _warning("wrong_way_not_counted", "dependence")
    elif cover.dependence < 0:
        yield _warning("right_way_counted", "dependence", rho=cover.dependence)


def _reversal(cover: DeliveryCover) -> Iterator[Notice]:
    size, rate = cover.reversed_share, cover.reversals_per_year
    if size is None or rate is None:
        return
    if size <= cover.buffer_share:
        facts = {"percent": 100 * size, "buffer": 100 * cover.buffer_share}
        yield Notice("reversal_within_buffer", Severity.WARNING, f"{_PATH}.buffer_share", facts)
    if rate * size > 1:
        yield _warning("reversal_over_issued", "reversals_per_year", percent=100 * rate * size)
