"""Speed of sensitivity and of what changed, beside valuing the case anew for each figure."""

import time
from collections.abc import Callable
from typing import Any

from pytest_benchmark.fixture import BenchmarkFixture

from app.finance.case.case import Case, CaseFile
from app.finance.valuation.risk_results import Sensitivity
from app.finance.valuation.sensitivity import sensitivity
from app.reference.tables import load_reference
from app.services.case_file import validate
from app.services.changes import Changes, changes
from tests.unit.finance.moved_rights import document, right

YEARS = {"horizon_years": 60}
CHANGED: dict[str, Any] = {
    "price_yuan_t": 70,
    "price_growth": 0.02,
    "discount_rate": 0.09,
    "horizon_years": 55,
    "transaction_fee_share": 0.06,
    "monitoring_cost_yuan_yr": 70_000,
    "verification_cost_yuan": 60_000,
    "operating_cost_yuan_yr": 45_000,
    "benefit_share": 0.12,
    "tax_share": 0.04,
    "verification_interval_years": 2,
    "cost_share_of_revenue": 0.01,
    "initial_cost_yuan": 250_000,
    "issuance_fee_yuan_t": 0.5,
    "validation_cost_yuan": 50_000,
    "baseline_cost_yuan": 30_000,
    "maintenance_cost_yuan_yr": 1_000,
    "maintenance_years": 5,
}
CHANGES_S = 0.5


def shortest(call: Callable[[], object]) -> float:
    """Return the shortest of 10 runs, seconds."""
    times = []
    for _ in range(10):
        start = time.perf_counter()
        call()
        times.append(time.perf_counter() - start)
    return min(times)


def test_all_of_the_sensitivity_takes_less_than_valuing_anew_for_the_tornado_alone(
    benchmark: BenchmarkFixture,
) -> None:
    """Tornado, spider, grid and break-even of 60 years against one valuation a bar end."""
    found = right(appraisal=YEARS)

    def answer() -> Sensitivity:
        return sensitivity(found.project, found.appraisal, found.values, found.carbon)

    ends = 2 * len(benchmark(answer).tornado)

    def value_anew() -> None:
        for _ in range(ends):
            found.again(price_yuan_t=70.0)

    anew_s = shortest(value_anew)
    benchmark.extra_info["anew_s"] = anew_s
    assert shortest(answer) < anew_s


def test_twenty_changed_inputs_are_attributed_in_half_a_second(
    benchmark: BenchmarkFixture,
) -> None:
    """Each step values the case of 60 years anew."""
    reference = load_reference()
    before: Case = validate(document(appraisal=YEARS)).case
    shares = {"buffer_share": 0.15, "leakage_share": 0.02}
    after: Case = validate(document(shares, {**YEARS, **CHANGED})).case

    def compare() -> Changes:
        return changes(CaseFile(before), CaseFile(after), reference)

    assert len(benchmark(compare).inputs) == len(CHANGED) + len(shares)
    assert shortest(compare) < CHANGES_S
