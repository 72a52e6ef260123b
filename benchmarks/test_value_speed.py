"""Speed of valuing: one case with all its working, and a portfolio of 100,000 rights."""

from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from app.finance.case.case import Case
from app.finance.engine import compute_case, last_plan_year
from app.finance.sink.credits import compute_carbon
from app.finance.valuation.portfolio import Right, plain_carbon, value_right, value_rights
from app.finance.valuation.returns import internal_rates
from app.reference.tables import load_reference
from app.services.case_file import validate

YEARS = 40
RIGHTS = 100_000
CORES = 2


def right(number: int = 0, **appraisal: Any) -> Case:
    """A planted mangrove whose right is valued over 40 years; each number is another one."""
    document = {
        "schema_version": 1,
        "project": {
            "name": f"Right {number}",
            "ecosystem": "mangrove",
            "quantity_method": "planting",
            "sea_area_right_end": f"{2024 + YEARS}-12-31",
            "crediting_end": f"{2024 + YEARS}-12-31",
            "uncertainty_discount": 0.1,
            "leakage_share": 0.0,
            "buffer_share": 0.1,
            "planting": [{"year": 2024 + n, "area_ha": 10.0 + number % 7} for n in range(5)],
            "rate_tco2e_ha_yr": 5.0 + number % 11 / 10,
            "survival_share": 0.6,
        },
        "appraisal": {
            "valuation_date": "2025-01-01",
            "price_yuan_t": 60.0 + number % 13,
            "price_growth": 0.02,
            "horizon_years": YEARS,
            "discount_rate": 0.08,
            "transaction_fee_share": 0.05,
            "monitoring_cost_yuan_yr": 10_000,
            "verification_cost_yuan": 30_000,
            "verification_interval_years": 5,
            "operating_cost_yuan_yr": 5_000,
            "initial_cost_yuan": 80_000,
            "benefit_share": 0.2,
            "tax_share": 0.03,
            "liquidation_discount": 0.4,
            "disposal_cost_share": 0.1,
            "months_to_sell": 9,
            **appraisal,
        },
    }
    return validate(document).case


def _portfolio(cases: list[Case]) -> Decimal:
    """Account for and value each right, from its inputs to its four values."""
    tables = replace(load_reference().tables, explain=False)
    total = Decimal(0)
    for case in cases:
        assert case.appraisal is not None
        carbon = plain_carbon(case.project, last_year=last_plan_year(case), tables=tables)
        total += value_right(case.project, case.appraisal, carbon).net_yuan
    return total


@pytest.mark.benchmark(group="a case of 40 years, all values with their working (goal: 20 ms)")
@pytest.mark.parametrize("timing", ["mid_year", "exact_dates"])
def test_one_case_with_its_working(benchmark: BenchmarkFixture, timing: str) -> None:
    case, tables = right(timing=timing), load_reference().tables
    found = benchmark(lambda: compute_case(case, tables))
    assert found.values is not None


@pytest.mark.benchmark(group="a case of 40 years, all values with their working (goal: 20 ms)")
def test_lower_bound_discounting_its_flows_in_numpy(benchmark: BenchmarkFixture) -> None:
    flows, times = np.full(YEARS, 1000.0), np.arange(1, YEARS + 1) - 0.5
    benchmark(lambda: float(flows @ 1.08**-times))


@pytest.mark.benchmark(group="100,000 rights on two cores (goal: 30 s)")
def test_a_portfolio_of_a_hundred_thousand_rights(benchmark: BenchmarkFixture) -> None:
    some = [right(number) for number in range(100)]
    share = some * (RIGHTS // len(some) // CORES)
    with ProcessPoolExecutor(CORES) as pool:
        list(pool.map(_portfolio, [some] * CORES))
        totals = benchmark.pedantic(
            lambda: list(pool.map(_portfolio, [share] * CORES)), rounds=1, warmup_rounds=0
        )
    assert totals[0] == totals[1]


@pytest.mark.benchmark(group="100,000 rights on two cores (goal: 30 s)")
def test_lower_bound_discounting_as_many_flows_in_numpy(benchmark: BenchmarkFixture) -> None:
    flows, times = np.ones((RIGHTS, YEARS)), np.arange(1, YEARS + 1) - 0.5
    benchmark.pedantic(lambda: (flows * 1.08**-times).sum(axis=1), rounds=3)


@pytest.mark.benchmark(group="1,000 rights whose credits are known")
def test_values_of_known_credits(benchmark: BenchmarkFixture) -> None:
    tables = load_reference().tables
    rights: list[Right] = []
    for number in range(1000):
        case = right(number)
        assert case.appraisal is not None
        carbon = compute_carbon(case.project, last_year=last_plan_year(case), tables=tables)
        rights.append((case.project, case.appraisal, carbon))
    benchmark.pedantic(lambda: value_rights(rights), rounds=3)


@pytest.mark.benchmark(group="all rates of return of 60 flows")
@pytest.mark.parametrize("changes", [1, 5, 59])
def test_rates_of_return(benchmark: BenchmarkFixture, changes: int) -> None:
    rng = np.random.default_rng(changes)
    flows = rng.lognormal(0, 1, 60)
    edges = np.linspace(0, 60, changes + 2).astype(int)[1:-1]
    for edge in edges:
        flows[edge:] *= -1
    found = benchmark(lambda: internal_rates(flows, range(60)))
    assert found.sign_changes == changes
