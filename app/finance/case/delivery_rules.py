"""Rules between the fields of the delivery part of an insurance."""

from collections.abc import Iterator
from itertools import pairwise

from app.finance.case.cover.delivery_inputs import DeliveryCover
from app.finance.case.insurance import Insurance
from app.finance.case.problems import Problem

_PATH = "insurance.delivery"
_LINES = f"{_PATH}.deliveries"


def delivery_problems(insurance: Insurance) -> Iterator[Problem]:
    """Yield the problems of the delivery part; none without it."""
    cover = insurance.delivery
    if cover is None:
        return
    if not cover.deliveries:
        yield Problem(_LINES, "too_short", None, {"length": 1})
    yield from _line_problems(cover)
    yield from _failure_problems(cover)
    yield from _reversal_problems(cover)


def _line_problems(cover: DeliveryCover) -> Iterator[Problem]:
    """Policy years in order, and something to be delivered at a price."""
    for number, (above, line) in enumerate(pairwise(cover.deliveries), start=1):
        if line.policy_year <= above.policy_year:
            path = f"{_LINES}.{number}.policy_year"
            facts = {"before": above.policy_year}
            yield Problem(path, "policy_year_not_after", line.policy_year, facts)
    if cover.deliveries and not any(line.tonnes * line.price_yuan_t for line in cover.deliveries):
        yield Problem(_LINES, "nothing_delivered", 0)


def _failure_problems(cover: DeliveryCover) -> Iterator[Problem]:
    """Each year up to the last delivery has a chance to fail: its own, or that of the cover."""
    if cover.failure_per_year is not None or not cover.deliveries:
        return
    stated = {line.policy_year for line in cover.deliveries if line.failure is not None}
    last = max(line.policy_year for line in cover.deliveries)
    if any(year not in stated for year in range(1, last + 1)):
        yield Problem(f"{_PATH}.failure_per_year", "failure_missing")


def _reversal_problems(cover: DeliveryCover) -> Iterator[Problem]:
    """A reversal has a size and a rate."""
    size, rate = cover.reversed_share, cover.reversals_per_year
    if size is not None and rate is None:
        path = f"{_PATH}.reversals_per_year"
        yield Problem(path, "needed", None, {"other": f"{_PATH}.reversed_share"})
    if rate is not None and size is None:
        path = f"{_PATH}.reversed_share"
        yield Problem(path, "needed", None, {"other": f"{_PATH}.reversals_per_year"})
