"""The simulated value against closed forms and against the kernel of the cash flow."""

import threading
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from scipy import stats

from app.finance.case.simulation_rules import simulation_problems
from app.finance.case.valuation.simulation import (
    FactorKind,
    PriceModel,
    Sampling,
    SeriesLine,
    ValueSimulation,
)
from app.finance.errors import DomainError
from app.finance.sink.pools import Numbers
from app.finance.valuation import simulation as module
from app.finance.valuation.drawn_flows import DrawnFlows
from app.finance.valuation.flows import FlowPlan, discount_factors, net_flows, present_value
from app.finance.valuation.price_models import (
    JumpLaw,
    brownian_law,
    price_moments,
    reverting_centre,
    reverting_law,
)
from app.finance.valuation.risk_results import ValueRange
from app.finance.valuation.sampling import blocks, bridge, plan_draws, streams
from app.finance.valuation.simulation import run, simulate_value
from app.services.case_file import CaseRefused, validate

RATE = 0.08
BASE = ValueSimulation(price_model=PriceModel.FIXED, scenarios=4_096, seed=7)
GBM = replace(BASE, price_model=PriceModel.GBM, volatility=0.3)
REVERTING = replace(
    BASE,
    price_model=PriceModel.MEAN_REVERTING,
    volatility=0.4,
    reversion_speed=0.7,
    long_run_price_yuan_t=90.0,
)
SERIES = (
    SeriesLine(
        name="CCER", share=0.3, price_yuan_t=80.0, growth=0.03, volatility=0.35, correlation=0.6
    ),
    SeriesLine(
        name="abroad", share=0.2, price_yuan_t=150.0, growth=0.0, volatility=0.5, correlation=-0.4
    ),
)


def plan(years: int = 20, **more: Any) -> FlowPlan:
    """Yearly sales after a start that costs, one year without a sale."""
    times = np.arange(years + 1.0)
    tonnes = 1000.0 + 10 * times
    tonnes[[0, 3]] = 0.0
    start = np.zeros(years + 1)
    start[0] = 200_000.0
    values: dict[str, Any] = {
        "times": times,
        "years": tuple(range(2025, 2026 + years)),
        "days": (None,) * (years + 1),
        "tonnes": tonnes,
        "prices": 60 * 1.02**times,
        "revenue_shares": {"fee": 0.05, "community": 0.1},
        "fee_per_tonne": 1.5,
        "costs": {"monitoring": np.full(years + 1, 9_000.0), "validation": start},
        "receipts": np.where(times == 2, 5_000.0, 0.0),
    }
    return FlowPlan(**(values | more))


def deterministic(flows: FlowPlan) -> float:
    return float(present_value(flows, net_flows(flows), RATE))


def simulated(flows: FlowPlan, inputs: ValueSimulation, **more: Any) -> ValueRange:
    return simulate_value(flows, inputs, rate=RATE, loan_yuan=more.pop("loan_yuan", None), **more)


def one_sale(years: float = 4.0, price: float = 70.0) -> FlowPlan:
    return FlowPlan(
        times=np.array([years]),
        years=(2029,),
        days=(None,),
        tonnes=np.array([1_000.0]),
        prices=np.array([price]),
        revenue_shares={},
        fee_per_tonne=0.0,
        costs={"operation": np.array([20_000.0])},
        receipts=np.zeros(1),
    )


def test_nothing_uncertain_gives_the_net_value_to_the_last_digit() -> None:
    found = simulated(plan(), BASE, loan_yuan=1.0)
    exact = deterministic(plan())
    assert found.mean_yuan == pytest.approx(exact, rel=1e-12)
    assert found.standard_error_yuan == pytest.approx(0, abs=1e-6)
    assert list(found.percentiles.values()) == pytest.approx([exact] * 9, rel=1e-12)
    assert found.counts == (found.scenarios,)
    assert found.probability_negative == 0.0
    assert found.drawn_means["cost_factor"] == 1.0


@pytest.mark.parametrize("sampling", list(Sampling))
def test_the_mean_of_lognormal_prices_is_within_three_standard_errors(sampling: Sampling) -> None:
    exact = deterministic(plan())
    far = []
    for seed in range(1, 21):
        found = simulated(plan(), replace(GBM, sampling=sampling, seed=seed, scenarios=16_384))
        far.append(abs(found.mean_yuan - exact) / found.standard_error_yuan)
    assert max(far) <= 3
    assert 0.3 < float(np.mean(far)) < 1.3


def test_the_standard_error_is_that_seen_from_seed_to_seed() -> None:
    runs = [simulated(plan(), replace(GBM, seed=seed)) for seed in range(100, 160)]
    seen = np.std([found.mean_yuan for found in runs], ddof=1)
    assert np.mean([found.standard_error_yuan for found in runs]) == pytest.approx(seen, rel=0.35)


def test_one_sale_has_the_quantiles_of_the_lognormal() -> None:
    found = simulated(one_sale(), replace(GBM, scenarios=262_144), loan_yuan=20_000.0)
    factor = 1.08**-4.0
    law = stats.lognorm(s=0.6, scale=70 * np.exp(-0.18))
    for percent in (1, 5, 10, 25, 50, 75, 90, 95, 99):
        exact = (1000 * law.ppf(percent / 100) - 20_000) * factor
        assert found.percentiles[str(percent)] == pytest.approx(exact, rel=2e-3, abs=20)
    assert found.probability_negative == pytest.approx(law.cdf(20.0), abs=2e-4)
    below = law.cdf(20.0 + 20.0 / factor)
    assert found.probability_below_loan == pytest.approx(below, abs=2e-4)
    cut = stats.norm.ppf(0.05)
    worst = 70 * stats.norm.cdf(cut - 0.6) / 0.05
    shortfall = (1000 * worst - 20_000) * factor
    assert found.expected_shortfall_yuan == pytest.approx(shortfall, rel=2e-3)
    assert found.sd_yuan == pytest.approx(1000 * law.std() * factor, rel=5e-3)
    assert sum(found.counts) == found.scenarios
    assert len(found.bins) == len(found.counts) + 1


def test_the_fan_is_the_lognormal_law_of_the_price_at_each_selling_date() -> None:
    found = simulated(plan(), GBM)
    assert found.fan_years == (1.0, 2.0, *range(4, 21))
    law = stats.lognorm(s=0.3 * np.sqrt(20), scale=60 * 1.02**20 * np.exp(-0.9))
    assert found.fan["95"][-1] == pytest.approx(law.ppf(0.95))
    assert found.fan["1"][-1] == pytest.approx(law.ppf(0.01))


def test_the_fan_with_jumps_comes_near_the_exact_mean_and_spread() -> None:
    jumpy = replace(REVERTING, jumps_per_year=0.2, jump_mean=0.0, jump_sd=0.3)
    plain, found = simulated(plan(), REVERTING), simulated(plan(), jumpy)
    assert found.fan["50"][-1] == pytest.approx(plain.fan["50"][-1], rel=0.02)
    assert found.fan["99"][-1] > 1.02 * plain.fan["99"][-1]


@pytest.mark.parametrize(
    "inputs",
    [
        GBM,
        REVERTING,
        replace(REVERTING, jumps_per_year=1.5, jump_mean=-0.2, jump_sd=0.3),
        replace(GBM, series=SERIES),
        replace(BASE, series=SERIES),
        replace(
            GBM,
            yield_kind=FactorKind.PERT,
            yield_low=0.4,
            yield_mode=0.9,
            yield_high=1.2,
            delivery_probability=0.85,
            cost_kind=FactorKind.LOGNORMAL,
            cost_sd=0.2,
        ),
        replace(BASE, yield_kind=FactorKind.LOGNORMAL, yield_sd=0.3, yield_correlation=0.5),
    ],
    ids=["gbm", "reverting", "jumps", "series", "series_alone", "factors", "yearly_yields"],
)
def test_without_tax_the_weights_give_what_the_kernel_gives(inputs: ValueSimulation) -> None:
    """A tax rate too small to matter sends the same draws through `net_flows`."""
    for flows in (plan(), plan(tail=7.5)):
        found = {}
        for tax in (0.0, 1e-300):
            drawn = DrawnFlows(
                replace(flows, tax_rate=tax), inputs, rate=RATE, price_today_yuan_t=60.0
            )
            draws = plan_draws(Sampling.SOBOL, 2_048, drawn.dimensions, 5)
            found[tax], _ = run(drawn, draws)
        gross = float((flows.tonnes * flows.prices).sum())
        assert found[0.0] == pytest.approx(found[1e-300], rel=2e-6, abs=1e-6 * gross)


def test_income_tax_is_that_of_each_scenario_alone() -> None:
    flows = plan(tax_rate=0.25, loss_carry=5)
    drawn = DrawnFlows(flows, GBM, rate=RATE, price_today_yuan_t=60.0)
    draws = plan_draws(Sampling.PLAIN, 1_024, drawn.dimensions, 5)
    values, _ = run(drawn, draws)
    stream = streams(draws)[0]
    scores = next(blocks(draws, stream)).scores[:20].astype(float)
    law_times = flows.times[flows.tonnes > 0]
    law = brownian_law(law_times, 0.3)
    for number in range(20):
        prices = flows.prices.copy()
        log = scores[number] @ (bridge(law_times) @ law.loading) + law.shift
        prices[flows.tonnes > 0] *= np.exp(log)
        exact = present_value(flows, net_flows(flows, prices=prices), RATE)
        assert values[number] == pytest.approx(float(exact), rel=1e-5, abs=1)


def test_tax_without_uncertainty_is_the_deterministic_value() -> None:
    flows = plan(tax_rate=0.25, loss_carry=5)
    assert simulated(flows, BASE).mean_yuan == pytest.approx(deterministic(flows), rel=1e-12)


def test_reverting_prices_with_jumps_have_their_exact_mean() -> None:
    inputs = replace(REVERTING, jumps_per_year=0.5, jump_mean=0.2, jump_sd=0.3, scenarios=131_072)
    flows = plan()
    found = simulated(flows, inputs, price_today_yuan_t=55.0)
    times = flows.times[flows.tonnes > 0]
    law = reverting_law(times, 0.7, 0.4, JumpLaw(0.5, 0.2, 0.3, 0.7))
    mean, _ = price_moments(law, times, reverting_centre(times, 55.0, 90.0, 0.7))
    prices = flows.prices.copy()
    prices[flows.tonnes > 0] = mean
    exact = float(present_value(flows, net_flows(flows, prices=prices), RATE))
    assert found.mean_yuan == pytest.approx(exact, abs=3.5 * found.standard_error_yuan)
    assert found.standard_error_yuan < 0.005 * abs(exact)


def test_a_reverting_price_starts_from_the_price_of_the_plan_by_default() -> None:
    assert simulated(plan(), REVERTING) == simulated(plan(), REVERTING, price_today_yuan_t=60.0)


def test_a_reverting_price_that_starts_from_zero_is_refused() -> None:
    with pytest.raises(DomainError) as caught:
        simulated(plan(), REVERTING, price_today_yuan_t=0.0)
    assert caught.value.code == "price_today_needed"


def test_prices_that_leave_the_range_of_numbers_are_refused() -> None:
    with pytest.raises(DomainError) as caught:
        simulated(plan(), replace(REVERTING, jumps_per_year=50.0, jump_mean=5.0))
    assert caught.value.code == "price_model_overflow"


def test_the_widest_volatility_still_gives_finite_values() -> None:
    found = simulated(plan(60), replace(GBM, volatility=5.0))
    assert np.isfinite(list(found.percentiles.values())).all()


def test_further_markets_keep_their_means_and_their_correlation_with_the_first_price() -> None:
    drawn = DrawnFlows(plan(), replace(GBM, series=SERIES), rate=RATE, price_today_yuan_t=60.0)
    draws = plan_draws(Sampling.SOBOL, 16_384, drawn.dimensions, 3)
    logs: list[list[Numbers]] = [[], [], []]
    for stream in streams(draws):
        for block in blocks(draws, stream):
            for number, log in drawn.logs(block).items():
                logs[number].append(np.diff(log, axis=1)[:, 5].astype(np.float64))
    seen = np.corrcoef([np.concatenate(parts) for parts in logs])
    assert seen[0, 1] == pytest.approx(0.6, abs=0.02)
    assert seen[0, 2] == pytest.approx(-0.4, abs=0.02)
    assert seen[1, 2] == pytest.approx(-0.24, abs=0.02)


def test_the_mean_with_further_markets_is_that_of_their_curves() -> None:
    flows = plan()
    found = simulated(flows, replace(GBM, series=SERIES, scenarios=65_536))
    prices = 0.5 * flows.prices + 0.3 * 80 * 1.03**flows.times + 0.2 * 150
    exact = float(present_value(flows, net_flows(flows, prices=prices), RATE))
    assert found.mean_yuan == pytest.approx(exact, abs=3.5 * found.standard_error_yuan)


def test_a_lognormal_yield_of_one_draw_scales_revenue_with_mean_one() -> None:
    inputs = replace(BASE, yield_kind=FactorKind.LOGNORMAL, yield_sd=0.25, scenarios=65_536)
    found, flows = simulated(plan(), inputs), plan()
    factors = discount_factors(flows.times, RATE)
    revenue = float((flows.tonnes * (flows.prices * 0.85 - 1.5) * factors).sum())
    assert found.mean_yuan == pytest.approx(deterministic(flows), rel=1e-4)
    assert found.sd_yuan == pytest.approx(0.25 * revenue, rel=0.01)
    assert found.drawn_means["yield_factor"] == pytest.approx(1, abs=1e-3)


def test_yearly_yields_narrow_the_value_as_their_correlation_falls() -> None:
    flows = plan()
    factors = discount_factors(flows.times, RATE)
    weights = flows.tonnes * (flows.prices * 0.85 - 1.5) * factors
    inputs = replace(BASE, yield_kind=FactorKind.UNIFORM, yield_low=0.9, yield_high=1.1)
    spread = 0.2 / np.sqrt(12)
    independent = simulated(flows, replace(inputs, yield_correlation=0.0, scenarios=65_536))
    assert independent.sd_yuan == pytest.approx(spread * np.sqrt((weights**2).sum()), rel=0.01)
    half = simulated(flows, replace(inputs, yield_correlation=0.8, scenarios=65_536))
    whole = simulated(flows, replace(inputs, scenarios=65_536))
    assert independent.sd_yuan < half.sd_yuan < whole.sd_yuan
    assert whole.sd_yuan == pytest.approx(spread * weights.sum(), rel=0.01)


def test_each_selling_date_delivers_or_not_on_its_own() -> None:
    flows = plan()
    factors = discount_factors(flows.times, RATE)
    weights = flows.tonnes * (flows.prices * 0.85 - 1.5) * factors
    found = simulated(flows, replace(BASE, delivery_probability=0.7, scenarios=65_536))
    fixed = deterministic(flows) - weights.sum()
    assert found.mean_yuan == pytest.approx(fixed + 0.7 * weights.sum(), rel=2e-3)
    assert found.sd_yuan == pytest.approx(np.sqrt(0.21 * (weights**2).sum()), rel=0.01)
    assert found.drawn_means["delivered_share"] == pytest.approx(0.7, abs=2e-3)


def test_nothing_is_sold_when_nothing_is_delivered() -> None:
    found = simulated(plan(), replace(GBM, delivery_probability=0.0))
    flows = plan(tonnes=np.zeros(21))
    assert found.mean_yuan == pytest.approx(deterministic(flows), rel=1e-12)
    assert simulated(flows, GBM).mean_yuan == pytest.approx(deterministic(flows), rel=1e-12)
    assert found.probability_negative == 1.0


@pytest.mark.parametrize("kind", [FactorKind.TRIANGULAR, FactorKind.PERT])
def test_bounded_cost_factors_have_their_known_mean(kind: FactorKind) -> None:
    inputs = replace(
        BASE, cost_kind=kind, cost_low=0.8, cost_mode=1.0, cost_high=1.8, scenarios=65_536
    )
    found = simulated(plan(), inputs)
    mode = 1 if kind is FactorKind.TRIANGULAR else 4
    exact = (0.8 + mode * 1.0 + 1.8) / (2 + mode)
    assert found.drawn_means["cost_factor"] == pytest.approx(exact, rel=1e-3)
    flows = plan()
    costs = float((flows.all_costs * discount_factors(flows.times, RATE)).sum())
    assert found.mean_yuan == pytest.approx(deterministic(flows) - (exact - 1) * costs, rel=1e-3)


def test_flows_at_equal_times_share_a_price() -> None:
    whole = one_sale()
    halves = FlowPlan(
        times=np.array([4.0, 4.0]),
        years=(2029, 2029),
        days=(None, None),
        tonnes=np.array([400.0, 600.0]),
        prices=np.array([70.0, 70.0]),
        revenue_shares={},
        fee_per_tonne=0.0,
        costs={"operation": np.array([10_000.0, 10_000.0])},
        receipts=np.zeros(2),
    )
    assert simulated(halves, GBM).percentiles == pytest.approx(
        simulated(whole, GBM).percentiles, rel=1e-6
    )


def test_a_sale_on_the_valuation_date_has_the_price_of_the_day() -> None:
    found = simulated(one_sale(0.0), GBM)
    assert found.sd_yuan == pytest.approx(0, abs=0.05)
    assert found.mean_yuan == pytest.approx(50_000.0, rel=1e-6)


@pytest.mark.parametrize("sampling", list(Sampling))
def test_the_numbers_do_not_hang_on_the_threads(sampling: Sampling) -> None:
    inputs = replace(
        REVERTING, jumps_per_year=1.0, jump_sd=0.2, sampling=sampling, delivery_probability=0.9
    )
    drawn = DrawnFlows(plan(), inputs, rate=RATE, price_today_yuan_t=60.0)
    draws = plan_draws(sampling, 20_000, drawn.dimensions, 11)
    one, sums = run(drawn, draws, threads=1)
    for threads in (2, 5):
        again, others = run(drawn, draws, threads=threads)
        assert np.array_equal(one, again)
        assert np.array_equal(sums, others)


@pytest.mark.parametrize("sampling", list(Sampling))
def test_the_same_seed_gives_the_same_result(sampling: Sampling) -> None:
    inputs = replace(GBM, sampling=sampling)
    assert simulated(plan(), inputs) == simulated(plan(), inputs)
    assert simulated(plan(), inputs) != simulated(plan(), replace(inputs, seed=8))


def test_progress_counts_up_to_all_scenarios() -> None:
    seen: list[tuple[int, int]] = []
    found = simulated(plan(), GBM, progress=lambda done, total: seen.append((done, total)))
    assert [done for done, _ in seen] == sorted({done for done, _ in seen})
    assert seen[-1] == (found.scenarios, found.scenarios)


def test_what_progress_raises_ends_the_run_and_leaves_no_thread() -> None:
    class Cancelled(Exception):
        pass

    calls = []

    def cancel(done: int, _total: int) -> None:
        calls.append(done)
        if len(calls) == 3:
            raise Cancelled

    before = threading.active_count()
    with pytest.raises(Cancelled):
        simulated(plan(), replace(GBM, scenarios=1_048_576), progress=cancel)
    assert len(calls) == 3
    assert threading.active_count() == before


def test_a_failure_in_a_worker_reaches_the_caller(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: object) -> None:
        raise MemoryError

    monkeypatch.setattr(module, "blocks", fail)
    with pytest.raises(MemoryError):
        simulated(plan(), GBM)


def simulation_of(document: dict[str, Any], **inputs: object) -> list[tuple[str, str]]:
    document["appraisal"]["simulation"] = {"price_model": "gbm", "volatility": 0.3, **inputs}
    try:
        case = validate(document).case
    except CaseRefused as refused:
        return [(problem.path, problem.code) for problem in refused.problems]
    return [(problem.path, problem.code) for problem in simulation_problems(case)]


def test_bounds_out_of_order_and_shares_that_leave_nothing_are_refused(
    document: dict[str, Any],
) -> None:
    assert simulation_of(document) == []
    bounds = {"yield_kind": "pert", "yield_low": 0.5, "yield_mode": 1.3, "yield_high": 1.2}
    order = ("appraisal.simulation.yield_high", "distribution_order")
    assert order in simulation_of(document, **bounds)
    assert simulation_of(document, **(bounds | {"yield_mode": 1.0})) == []
    flat = {"cost_kind": "uniform", "cost_low": 1.0, "cost_high": 1.0}
    assert ("appraisal.simulation.cost_high", "distribution_order") in simulation_of(
        document, **flat
    )
    line = {"name": "A", "price_yuan_t": 60.0, "growth": 0.0, "volatility": 0.2}
    both = [line | {"share": 0.5}, line | {"name": "B", "share": 0.5}]
    assert ("appraisal.simulation.series", "series_shares_below_one") in simulation_of(
        document, series=both
    )
