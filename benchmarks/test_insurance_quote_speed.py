"""Speed of a quote: what a keystroke computes, without validation and without showing it.

One site under a layer, ten perils of beta damage on a stock that grows by two months, policies
whose law is 100,000 simulated years, 20,000 daily readings, deliveries with replacement, options,
ten policy years, and the demonstration case of Fujian. Beside them two bounds in numpy: the
transforms of one law, and the drawing of as many years without any terms.
"""

import json
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from app.finance.engine import compute_case
from app.paths import resources
from app.reference.tables import load_reference
from app.services.case_file import validate

GROUP = "a quote computed (goal: 50 ms, aim 15 ms for one site)"
EVENTS, SITES, RATE, YEARS = 20, 3, 2.0, 100_000
READINGS = 20_000
PROJECT: dict[str, Any] = {
    "name": "Insured site",
    "ecosystem": "seagrass",
    "quantity_method": "stated",
    "uncertainty_discount": 0,
    "leakage_share": 0,
    "buffer_share": 0,
    "stated_unit": "tCO2e",
    "stated": [{"first_year": 2026, "last_year": 2030, "tonnes_per_year": 100}],
}
HEAD: dict[str, Any] = {
    "name": "harvest",
    "kind": "harvest_value",
    "quantity": 1000,
    "quantity_unit": "mu",
    "unit_value_yuan": 1000,
    "deductible_share": 0.1,
}
WIND: dict[str, Any] = {"peril": "typhoon_wind", "events_per_year": 0.5, "source": "benchmark"}
LOGNORMAL = {**WIND, "mean_damage": 0.3, "damage_cv": 1.2}
BETA = {**WIND, "mean_damage": 0.3, "damage_cv": 0.8, "damage_law": "beta"}
OPTIONS = [
    {"name": "a", "deductible_share": 0.05},
    {"name": "b", "deductible_share": 0.2},
    {"name": "c", "year_limit_yuan": 500_000},
]


def document(**insurance: Any) -> dict[str, Any]:
    loads = ("fixed_expense_yuan", "variable_expense_share", "commission_share")
    shares = ("profit_share", "tax_share", "risk_load_factor")
    return {
        "schema_version": 2,
        "project": PROJECT,
        "insurance": {
            "period_start": "2026-01-01",
            "period_months": 12,
            **dict.fromkeys((*loads, *shares), 0),
            "heads": [HEAD],
            **insurance,
        },
    }


def by_month() -> dict[str, Any]:
    stages = [
        {
            "head": "harvest",
            "stage": f"stage {k}",
            "first_month": 2 * k + 1,
            "last_month": 2 * k + 2,
            "share": (k + 1) / 6,
        }
        for k in range(6)
    ]
    perils = [{**BETA, "events_per_year": 0.2, "mean_damage": 0.1 + 0.03 * k} for k in range(10)]
    return document(stages=stages, perils=perils)


def common_peril() -> dict[str, Any]:
    heads = [{**HEAD, "name": f"h{k}", "year_limit_yuan": 600_000} for k in range(SITES)]
    return document(heads=heads, perils=[BETA])


def common_events(*, spread: float = 0.0) -> dict[str, Any]:
    damage = np.random.default_rng(1).beta(1, 4, (EVENTS, SITES)).round(3)
    lines = [
        {"event": f"e{e}", "site": f"s{s}", "rate": RATE / EVENTS, "damage_share": float(share)}
        for e, own in enumerate(damage)
        for s, share in enumerate(own)
    ]
    heads = [
        {**HEAD, "name": f"h{s}", "site": f"s{s}", "year_limit_yuan": 700_000} for s in range(SITES)
    ]
    sites = [{"name": f"s{s}"} for s in range(SITES)]
    return document(heads=heads, sites=sites, events={"event_lines": lines, "spread": spread})


def readings(**trigger: Any) -> dict[str, Any]:
    first = date(1970, 1, 1)
    values = np.maximum(np.random.default_rng(1).gumbel(8, 4, READINGS), 0).round(1)
    line = {"name": "wind", "measure": "gust", "form": "linear", "trigger": 24.5, "exit": 40}
    index = {
        "quantity": 1000,
        "quantity_unit": "mu",
        "unit_value_yuan": 1000,
        "season_start": "2026-04-01",
        "season_end": "2026-12-31",
        "first_year": 1970,
        "last_year": 2024,
        "triggers": [{**line, **trigger}],
        "readings": [
            {"trigger": "wind", "day": str(first + timedelta(place)), "value": float(value)}
            for place, value in enumerate(values)
        ],
    }
    return document(perils=[LOGNORMAL], index=index)


def deliveries() -> dict[str, Any]:
    lines = [{"policy_year": t, "tonnes": 10_000, "price_yuan_t": 60.0 + t} for t in range(1, 11)]
    terms = {
        "failure_per_year": 0.03,
        "recovery_share": 0.35,
        "discount_rate": 0.03,
        "loss_to": "replacement",
        "spot_yuan_t": 65.0,
        "price_growth": 0.05,
        "volatility": 0.4,
        "dependence": 0.3,
        "common_shock": 0.01,
        "shortfall_share": 0.05,
        "reversals_per_year": 0.1,
        "reversed_share": 0.3,
        "buffer_share": 0.1,
    }
    return document(perils=[LOGNORMAL], delivery={"deliveries": lines, **terms})


def ten_years() -> dict[str, Any]:
    heads = [{**HEAD, "restored": False}]
    return document(period_months=120, heads=heads, perils=[LOGNORMAL, BETA])


def demonstration() -> dict[str, Any]:
    path = resources() / "demo" / "fujian-oyster-typhoon.bcd.json"
    return dict(json.loads(path.read_text(encoding="utf-8")))


def priced(benchmark: BenchmarkFixture, given: dict[str, Any]) -> None:
    case, tables = validate(given).case, load_reference().tables
    result = benchmark(lambda: compute_case(case, tables).insurance)
    assert result is not None
    assert result.gross_premium_yuan > 0


@pytest.mark.benchmark(group=GROUP)
def test_one_site_one_peril(benchmark: BenchmarkFixture) -> None:
    priced(benchmark, document(perils=[LOGNORMAL]))


@pytest.mark.benchmark(group=GROUP)
def test_ten_perils_of_beta_damage_on_six_values(benchmark: BenchmarkFixture) -> None:
    priced(benchmark, by_month())


@pytest.mark.benchmark(group=GROUP)
def test_three_heads_hit_together_with_limits_of_the_year(benchmark: BenchmarkFixture) -> None:
    priced(benchmark, common_peril())


@pytest.mark.benchmark(group=GROUP)
def test_twenty_common_events_with_limits_of_the_year(benchmark: BenchmarkFixture) -> None:
    priced(benchmark, common_events())


@pytest.mark.benchmark(group=GROUP)
def test_the_same_events_with_a_spread(benchmark: BenchmarkFixture) -> None:
    priced(benchmark, common_events(spread=0.5))


@pytest.mark.benchmark(group=GROUP)
def test_an_index_of_20_000_readings(benchmark: BenchmarkFixture) -> None:
    priced(benchmark, readings())


@pytest.mark.benchmark(group=GROUP)
def test_sums_of_three_days_of_20_000_readings(benchmark: BenchmarkFixture) -> None:
    priced(benchmark, readings(counting="window_sum", window_days=3, trigger=60, exit=100))


@pytest.mark.benchmark(group=GROUP)
def test_deliveries_with_replacement_and_reversal(benchmark: BenchmarkFixture) -> None:
    priced(benchmark, deliveries())


@pytest.mark.benchmark(group=GROUP)
def test_three_options_beside_the_terms_entered(benchmark: BenchmarkFixture) -> None:
    priced(benchmark, document(perils=[LOGNORMAL, BETA], options=OPTIONS))


@pytest.mark.benchmark(group=GROUP)
def test_ten_policy_years_of_a_stock_that_does_not_come_back(benchmark: BenchmarkFixture) -> None:
    priced(benchmark, ten_years())


@pytest.mark.benchmark(group=GROUP)
def test_the_demonstration_of_fujian(benchmark: BenchmarkFixture) -> None:
    priced(benchmark, demonstration())


@pytest.mark.benchmark(group=GROUP)
def test_lower_bound_transforms_of_one_law_in_numpy(benchmark: BenchmarkFixture) -> None:
    chances = np.full(2**15, 2.0**-15)

    def bound() -> float:
        inner = np.exp(0.8 * (np.fft.rfft(chances) - 1))
        return float(np.fft.irfft(inner, 2**15).sum())

    assert benchmark(bound) == pytest.approx(1.0)


@pytest.mark.benchmark(group=GROUP)
def test_lower_bound_years_drawn_without_terms_in_numpy(benchmark: BenchmarkFixture) -> None:
    damage = np.random.default_rng(1).beta(1, 4, (EVENTS, SITES)) * 1e6

    def bound() -> float:
        rng = np.random.default_rng(1)
        year = np.repeat(np.arange(YEARS), rng.poisson(RATE, YEARS))
        loss = damage[rng.integers(0, EVENTS, len(year))]
        sums = [np.bincount(year, loss[:, site], YEARS) for site in range(SITES)]
        return float(np.quantile(np.sum(sums, axis=0), 0.99))

    assert benchmark(bound) > 0
