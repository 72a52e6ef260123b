"""The value simulation beside the normals it needs, its memory, and plain Monte Carlo."""

import subprocess
import sys
from time import perf_counter
from typing import Any

import numpy as np
import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from app.finance.case.valuation.simulation import PriceModel, Sampling, ValueSimulation
from app.finance.valuation.flows import FlowPlan, net_flows, present_value
from app.finance.valuation.simulation import simulate_value

SCENARIOS = 1_000_000
DATES = 40
RATE = 0.08
SEEDS = range(1, 9)
GIBIBYTE = 2**30


def yearly_sales(years: int) -> FlowPlan:
    times = np.arange(1.0, years + 1)
    return FlowPlan(
        times=times,
        years=tuple(range(2025, 2025 + years)),
        days=(None,) * years,
        tonnes=np.full(years, 1_000.0),
        prices=60 * 1.02**times,
        revenue_shares={"fee": 0.05},
        fee_per_tonne=1.0,
        costs={"monitoring": np.full(years, 5_000.0)},
        receipts=np.zeros(years),
    )


def inputs(scenarios: int, **more: Any) -> ValueSimulation:
    return ValueSimulation(
        price_model=PriceModel.GBM, scenarios=scenarios, **({"volatility": 0.3} | more)
    )


def simulate(scenarios: int = SCENARIOS, years: int = DATES, **more: Any) -> Any:
    return simulate_value(
        yearly_sales(years), inputs(scenarios, **more), rate=RATE, loan_yuan=300_000.0
    )


def draw_normals() -> Any:
    return np.random.default_rng().standard_normal((SCENARIOS, DATES))


def fastest(work: Any, rounds: int) -> float:
    times = []
    for _ in range(rounds):
        start = perf_counter()
        work()
        times.append(perf_counter() - start)
    return min(times)


@pytest.mark.benchmark(group="1,000,000 x 40 prices (goal: twice the time of the normals)")
def test_a_million_scenarios(benchmark: BenchmarkFixture) -> None:
    found = benchmark.pedantic(simulate, rounds=5, warmup_rounds=1)
    assert found.scenarios == 2**20
    normals = fastest(draw_normals, 3)
    ratio = fastest(simulate, 3) / normals
    benchmark.extra_info["times the normals"] = round(ratio, 2)
    assert ratio < 2


@pytest.mark.benchmark(group="1,000,000 x 40 prices (goal: twice the time of the normals)")
def test_lower_bound_drawing_the_normals_in_numpy(benchmark: BenchmarkFixture) -> None:
    benchmark.pedantic(draw_normals, rounds=3, warmup_rounds=1)


@pytest.mark.benchmark(group="1,000,000 x 40 prices (goal: twice the time of the normals)")
def test_peer_plain_monte_carlo_in_numpy(benchmark: BenchmarkFixture) -> None:
    plan = yearly_sales(DATES)
    drift = -0.045 * plan.times
    weights = plan.tonnes * plan.prices * 0.95 * (1 + RATE) ** -plan.times

    def plain() -> Any:
        paths = draw_normals()
        np.cumsum(paths, axis=1, out=paths)
        paths *= 0.3
        paths += drift
        return (np.exp(paths, out=paths) @ weights).mean()

    benchmark.pedantic(plain, rounds=3, warmup_rounds=1)


@pytest.mark.benchmark(group="memory of 1,000,000 scenarios (goal: 1 GiB)")
@pytest.mark.parametrize("dates", [40, 60])
def test_memory_of_a_million_scenarios(benchmark: BenchmarkFixture, dates: int) -> None:
    """Peak resident memory of a process that does nothing else, libraries included."""
    program = (
        "import resource, sys; sys.path.insert(0, '.');"
        "from benchmarks.test_simulation_speed import simulate;"
        f"simulate(years={dates}); print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )

    def measured() -> int:
        run = subprocess.run(  # noqa: S603 - this interpreter, a fixed text
            [sys.executable, "-c", program], capture_output=True, text=True, check=True
        )
        return int(run.stdout) * 1024

    peak = benchmark.pedantic(measured, rounds=1)
    benchmark.extra_info["peak MiB"] = round(peak / 2**20)
    assert peak < GIBIBYTE


@pytest.mark.benchmark(group="error of the mean at equal time (goal: 10 times smaller)")
@pytest.mark.parametrize("volatility", [0.2, 0.3])
@pytest.mark.parametrize("scenarios", [2**16, 2**20])
def test_error_against_plain_monte_carlo(
    benchmark: BenchmarkFixture, volatility: float, scenarios: int
) -> None:
    """Root mean square error over seeds, that of plain draws scaled to the same time."""
    plan = yearly_sales(DATES)
    exact = float(present_value(plan, net_flows(plan), RATE))

    def error(sampling: Sampling) -> tuple[float, float]:
        start = perf_counter()
        means = [
            simulate(scenarios, sampling=sampling, volatility=volatility, seed=seed).mean_yuan
            for seed in SEEDS
        ]
        seconds = perf_counter() - start
        return float(np.sqrt(np.mean((np.array(means) - exact) ** 2))), seconds

    plain, plain_seconds = error(Sampling.PLAIN)
    sobol, sobol_seconds = benchmark.pedantic(lambda: error(Sampling.SOBOL), rounds=1)
    gain = plain * np.sqrt(plain_seconds / sobol_seconds) / sobol
    benchmark.extra_info["times smaller"] = round(float(gain), 1)
    assert gain > 10
