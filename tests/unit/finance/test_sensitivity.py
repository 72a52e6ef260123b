"""Tornado, spider, grid and break-even, against the whole case computed anew."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from scipy.optimize import brentq

from app.finance.errors import DomainError
from app.finance.sink.pools import Numbers
from app.finance.valuation.plan_moves import basis_of, net_values
from app.finance.valuation.risk_results import Sensitivity, TornadoBar
from app.finance.valuation.sensitivity import CHANGES, sensitivity
from app.finance.valuation.sensitivity_inputs import STEPS, model_of
from app.messages.sensitivity_words import SENSITIVITY_LABELS, STEP_WORDS, sensitivity_unit
from tests.unit.finance.moved_rights import VERIFIED, Valued, right

TIMINGS = ("mid_year", "end_year", "exact_dates")
TAXED = {"income_tax_rate": 0.25, "loss_carry_years": 5}
TOOL = {
    "income_method": "cost_tool",
    "cost_tool": {
        "currency": "USD",
        "yuan_per_unit": 7.2,
        "price_per_t": 20,
        "price_growth": 0.015,
        "monitoring_yr": 8400,
        "validation": 50_000,
        "mrv": 75_000,
        "standard_fee_per_credit": 0.2,
    },
}


def of(found: Valued, **options: Any) -> Sensitivity:
    return sensitivity(found.project, found.appraisal, found.values, found.carbon, **options)


def bars(found: Sensitivity) -> dict[str, TornadoBar]:
    return {bar.path: bar for bar in found.tornado}


def anew(found: Valued, path: str, value: float) -> float:
    """Value the whole case again with one input of the tornado changed."""
    fields = {
        "cost.monitoring": "monitoring_cost_yuan_yr",
        "cost.verification": "verification_cost_yuan",
        "cost.operation": "operating_cost_yuan_yr",
        "cost.registration": "initial_cost_yuan",
        "cost.issuance_fee": "issuance_fee_yuan_t",
    }
    if path in fields:
        base = getattr(found.appraisal, fields[path])
        size = bars(of(found))[path].base
        return float(found.again(**{fields[path]: base * value / size}).net_yuan)
    if path == "project.buffer_share":
        return float(found.with_project(buffer_share=value).net_yuan)
    name = path.removeprefix("appraisal.")
    moved = int(value) if name == "horizon_years" else value
    return float(found.again(**{name: moved}).net_yuan)


@pytest.mark.parametrize("timing", TIMINGS)
@pytest.mark.parametrize("tax", [{}, TAXED], ids=["untaxed", "taxed"])
def test_each_bar_is_the_whole_case_computed_anew(timing: str, tax: dict[str, Any]) -> None:
    found = right(appraisal={"timing": timing, "cost_growth": 0.02, **tax})
    tornado = bars(of(found))
    assert set(tornado) == {
        "appraisal.price_yuan_t",
        "tonnes",
        "appraisal.discount_rate",
        "appraisal.price_growth",
        "project.buffer_share",
        "appraisal.benefit_share",
        "appraisal.horizon_years",
        "cost.monitoring",
        "cost.verification",
        "cost.operation",
        "cost.registration",
        "cost.issuance_fee",
        "delay",
    }
    for path, bar in tornado.items():
        if path in ("tonnes", "delay"):
            continue
        assert bar.low_net_yuan == pytest.approx(anew(found, path, bar.low_input), abs=0.01)
        assert bar.high_net_yuan == pytest.approx(anew(found, path, bar.high_input), abs=0.01)
    tonnes = tornado["tonnes"]
    assert tonnes.base == pytest.approx(found.values.credits_in_horizon_tco2e)
    assert tonnes.low_net_yuan == pytest.approx(
        float(found.with_project(buffer_share=1 - 0.9 * 0.8).net_yuan), abs=0.01
    )


def test_a_delay_is_the_case_whose_registry_takes_a_year_longer() -> None:
    found = right({"verifications": VERIFIED, "issuance_lag_months": 3})
    bar = bars(of(found))["delay"]
    assert (bar.low_input, bar.high_input) == (0, 12)
    assert bar.low_net_yuan == pytest.approx(float(found.values.net_yuan), abs=0.01)
    later = found.with_project(issuance_lag_months=15)
    assert bar.high_net_yuan == pytest.approx(float(later.net_yuan), abs=0.01)


def test_bars_run_from_the_widest_to_the_narrowest() -> None:
    found = of(right())
    spans = [
        max(bar.low_net_yuan, bar.high_net_yuan, found.base_net_yuan)
        - min(bar.low_net_yuan, bar.high_net_yuan, found.base_net_yuan)
        for bar in found.tornado
    ]
    assert spans == sorted(spans, reverse=True)


def test_bars_step_as_the_table_of_steps_says() -> None:
    found = bars(of(right()))
    assert found["appraisal.price_yuan_t"].low_input == pytest.approx(80 * 0.8)
    assert found["appraisal.discount_rate"].high_input == pytest.approx(0.09)
    assert found["project.buffer_share"].low_input == pytest.approx(0.05)
    assert (
        found["appraisal.horizon_years"].low_input,
        found["appraisal.horizon_years"].high_input,
    ) == (16, 24)
    assert {step.kind for step in STEPS.values()} == set(STEP_WORDS)


def test_a_share_is_stepped_within_zero_and_what_the_others_leave() -> None:
    found = bars(of(right({"buffer_share": 0.02}, {"benefit_share": 0.01})))
    assert found["project.buffer_share"].low_input == 0
    assert found["appraisal.benefit_share"].low_input == 0


def test_every_input_has_its_words_and_its_unit() -> None:
    for found in (of(right()), of(right(appraisal=TOOL))):
        paths = {bar.path for bar in found.tornado} | {root.path for root in found.break_even}
        assert paths <= set(SENSITIVITY_LABELS)
        assert {sensitivity_unit(path) for path in paths} <= {
            "yuan/t",
            "tCO2e",
            "1/yr",
            "share",
            "yr",
            "yuan",
            "month",
        }


def test_the_elasticity_of_the_price_is_that_of_the_values() -> None:
    found = right()
    elasticity = bars(of(found))["appraisal.price_yuan_t"].elasticity
    assert elasticity == pytest.approx(found.values.price_elasticity)


def test_an_elasticity_needs_a_base_that_is_not_zero() -> None:
    found = bars(of(right(appraisal={"price_growth": 0})))
    assert found["appraisal.price_growth"].elasticity is None
    assert found["delay"].elasticity is None


def test_a_right_that_ends_is_not_valued_longer() -> None:
    found = bars(of(right({"sea_area_right_end": "2039-12-31"})))["appraisal.horizon_years"]
    assert (found.base, found.low_input, found.high_input) == (15, 12, 15)


def test_a_plan_known_to_the_horizon_only_is_not_valued_longer() -> None:
    planting = {
        "quantity_method": "planting",
        "planting": [{"year": 2020, "area_ha": 500}],
        "rate_tco2e_ha_yr": 12,
        "survival_share": 0.6,
    }
    found = bars(of(right(planting)))["appraisal.horizon_years"]
    assert (found.low_input, found.high_input) == (16, 20)
    ended = bars(of(right({**planting, "crediting_end": "2060-12-31"})))
    assert ended["appraisal.horizon_years"].high_input == 24


def test_the_spider_runs_through_the_base_and_agrees_with_the_tornado() -> None:
    found = of(right())
    tornado = bars(found)
    assert {line.path for line in found.spider} == {
        "appraisal.price_yuan_t",
        "tonnes",
        "appraisal.discount_rate",
        "appraisal.price_growth",
        "appraisal.benefit_share",
        "costs",
    }
    for line in found.spider:
        assert line.changes == CHANGES
        assert line.net_yuan[CHANGES.index(0.0)] == pytest.approx(found.base_net_yuan)
    price = next(line for line in found.spider if line.path == "appraisal.price_yuan_t")
    low = price.net_yuan[CHANGES.index(-0.2)]
    assert low == pytest.approx(tornado["appraisal.price_yuan_t"].low_net_yuan)


def test_the_grid_holds_each_pair_of_price_and_tonnes() -> None:
    found = right()
    grid = of(found).grid
    assert grid is not None
    assert (grid.row_path, grid.column_path) == ("appraisal.price_yuan_t", "tonnes")
    assert grid.net_yuan[5][5] == pytest.approx(float(found.values.net_yuan), abs=0.01)
    fewer = found.with_project(buffer_share=1 - 0.9 * 0.6)
    again = replace(found, project=replace(found.project, buffer_share=1 - 0.9 * 0.6))
    assert grid.net_yuan[5][1] == pytest.approx(float(fewer.net_yuan), abs=0.01)
    assert grid.columns[1] == pytest.approx(found.values.credits_in_horizon_tco2e * 0.6)
    cheap = again.again(price_yuan_t=80 * 0.7)
    assert grid.net_yuan[2][1] == pytest.approx(float(cheap.net_yuan), abs=0.01)


def test_the_grid_may_show_price_and_rate() -> None:
    found = right()
    grid = of(found, grid=("appraisal.price_yuan_t", "appraisal.discount_rate")).grid
    assert grid is not None
    assert grid.columns[10] == pytest.approx(0.12)
    moved = found.again(price_yuan_t=40.0, discount_rate=0.12)
    assert grid.net_yuan[0][10] == pytest.approx(float(moved.net_yuan), abs=0.01)


def test_a_grid_of_an_input_the_case_lacks_is_none() -> None:
    assert of(right(), grid=("appraisal.price_yuan_t", "cost.insurance")).grid is None


@pytest.mark.parametrize("timing", TIMINGS)
@pytest.mark.parametrize("tax", [{}, TAXED], ids=["untaxed", "taxed"])
def test_at_its_break_even_an_input_leaves_no_value(timing: str, tax: dict[str, Any]) -> None:
    found = right(appraisal={"timing": timing, **tax})
    roots = {root.path: root for root in of(found).break_even}
    scale = abs(float(found.values.net_yuan))
    checked = 0
    for path, root in roots.items():
        if root.value is None or path in ("tonnes", "costs", "delay"):
            continue
        assert anew(found, path, root.value) == pytest.approx(0, abs=1e-7 * scale)
        checked += 1
    assert checked >= 8
    price = roots["appraisal.price_yuan_t"].value
    assert price == pytest.approx(found.values.break_even_price_yuan_t)
    assert roots["appraisal.discount_rate"].value == pytest.approx(found.values.irr.rate)


def test_the_break_even_delay_is_where_the_value_runs_out() -> None:
    found = right(appraisal={"operating_cost_yuan_yr": 150_000})
    basis = basis_of(
        found.values.plan, found.appraisal, price_today_yuan_t=80, rate=found.values.rate.rate
    )
    model = model_of(found.project, found.carbon, basis)
    delay = model.input_of("delay")
    assert delay is not None

    def value(months: float) -> float:
        return float(model.values([(delay, np.array([months]))])[0][0])

    root = next(entry for entry in of(found).break_even if entry.path == "delay")
    assert root.value == pytest.approx(brentq(value, 0, 240), rel=1e-9)


def test_an_input_that_cannot_bring_the_value_to_zero_says_so() -> None:
    found = right(appraisal={"operating_cost_yuan_yr": 900_000})
    roots = {root.path: root for root in of(found).break_even}
    assert (roots["cost.monitoring"].value, roots["cost.monitoring"].reason) == (None, "none")
    assert roots["appraisal.benefit_share"].reason == "none"
    assert roots["appraisal.price_yuan_t"].value is not None


def test_a_value_with_two_rates_of_return_names_none_of_them() -> None:
    flows = [
        {"kind": "grant", "day": "2025-01-01", "amount_yuan": 3_000_000},
        {"kind": "investment", "day": "2027-07-01", "amount_yuan": 6_000_000},
    ]
    found = right(appraisal={"flows": flows})
    assert len(found.values.irr.rates) == 2
    roots = {root.path: root for root in of(found).break_even}
    assert roots["appraisal.discount_rate"].value is None
    assert roots["appraisal.discount_rate"].reason == "several"


def test_a_price_of_zero_still_has_a_break_even_price() -> None:
    found = right(appraisal={"price_yuan_t": 0})
    result = of(found)
    assert "appraisal.price_yuan_t" not in bars(result)
    root = result.break_even[0]
    assert root.path == "appraisal.price_yuan_t"
    assert root.value == pytest.approx(right().values.break_even_price_yuan_t)


def test_a_right_without_credits_moves_with_its_costs_and_rates() -> None:
    found = of(right({"stated": [{"first_year": 2090, "last_year": 2091, "tonnes_per_year": 10}]}))
    assert "tonnes" not in bars(found)
    assert found.grid is None
    assert bars(found)["cost.monitoring"].low_net_yuan > found.base_net_yuan


def test_a_perpetuity_moves_with_rate_and_growth() -> None:
    found = right(appraisal={"perpetual": True})
    tornado = bars(of(found))
    assert "appraisal.horizon_years" not in tornado
    for path in ("appraisal.discount_rate", "appraisal.price_growth", "appraisal.price_yuan_t"):
        bar = tornado[path]
        assert bar.low_net_yuan == pytest.approx(anew(found, path, bar.low_input), abs=0.01)
        assert bar.high_net_yuan == pytest.approx(anew(found, path, bar.high_input), abs=0.01)


def test_a_bar_that_ends_in_no_finite_value_is_left_out() -> None:
    found = of(right(appraisal={"perpetual": True, "discount_rate": 0.035}), sobol_samples=16)
    assert not {"appraisal.discount_rate", "appraisal.price_growth"} & set(bars(found))
    assert "appraisal.discount_rate" not in {line.path for line in found.spider}
    assert found.sobol == ()


def test_the_schedule_of_the_cost_tool_answers_to_its_own_price_and_growth() -> None:
    found = right(appraisal=TOOL)
    tornado = bars(of(found))
    assert found.appraisal.cost_tool is not None
    for path, name, factor in (
        ("appraisal.price_yuan_t", "price_per_t", 1 / 7.2),
        ("appraisal.price_growth", "price_growth", 1.0),
    ):
        bar = tornado[path]
        moved: dict[str, Any] = {name: bar.high_input * factor}
        tool = replace(found.appraisal.cost_tool, **moved)
        assert bar.high_net_yuan == pytest.approx(
            float(found.again(cost_tool=tool).net_yuan), abs=0.01
        )
    share = tornado["appraisal.benefit_share"]
    anew_share = found.again(benefit_share=share.high_input)
    assert share.high_net_yuan == pytest.approx(float(anew_share.net_yuan), abs=0.01)


def test_a_buffer_set_by_the_method_is_read_off_its_credits() -> None:
    found = right()
    stated = bars(of(found))["project.buffer_share"]
    project = replace(found.project, buffer_share=None)
    read = bars(of(replace(found, project=project)))["project.buffer_share"]
    assert read.base == pytest.approx(stated.base)
    assert read.high_net_yuan == pytest.approx(stated.high_net_yuan)


def test_global_indices_share_out_the_variance() -> None:
    found = of(right(), sobol_samples=1024, seed=3)
    assert {index.path for index in found.sobol} == {
        "appraisal.price_yuan_t",
        "tonnes",
        "appraisal.discount_rate",
        "appraisal.price_growth",
        "appraisal.benefit_share",
        "costs",
        "delay",
    }
    assert sum(index.first for index in found.sobol) == pytest.approx(1, abs=0.05)
    assert all(index.total >= index.first - 0.05 for index in found.sobol)
    ranked = sorted(found.sobol, key=lambda index: -index.total)
    assert {index.path for index in ranked[:2]} == {"appraisal.price_yuan_t", "tonnes"}
    assert (found.sobol_samples, found.sobol_seed) == (1024, 3)
    assert of(right(), sobol_samples=1024, seed=3).sobol == found.sobol


def test_on_exact_days_the_global_indices_come_out_alike() -> None:
    whole = of(right(appraisal={"timing": "end_year"}), sobol_samples=512, seed=3)
    dated = of(right(appraisal={"timing": "exact_dates"}), sobol_samples=512, seed=3)
    for one, other in zip(whole.sobol, dated.sobol, strict=True):
        assert one.path == other.path
        assert one.total == pytest.approx(other.total, abs=0.03)


def test_the_samples_taken_are_told_not_those_asked_for() -> None:
    found = of(right(), sobol_samples=100, seed=3)
    assert found.sobol_samples == 128


def test_without_samples_there_are_no_global_indices() -> None:
    found = of(right(), seed=3)
    assert (found.sobol, found.sobol_samples, found.sobol_seed) == ((), 0, 0)


def test_too_few_samples_are_refused() -> None:
    with pytest.raises(DomainError) as refused:
        of(right(), sobol_samples=4)
    assert refused.value.code == "sobol_samples"


@pytest.mark.parametrize("timing", TIMINGS)
def test_many_moves_at_once_are_each_move_alone(timing: str) -> None:
    found = right(appraisal={"timing": timing, **TAXED})
    basis = basis_of(
        found.values.plan, found.appraisal, price_today_yuan_t=80, rate=found.values.rate.rate
    )
    model = model_of(found.project, found.carbon, basis)
    rows = np.random.default_rng(5).uniform(0.7, 1.3, size=(40, 5))

    def value(block: Numbers) -> Numbers:
        moves = model.moves(len(block))
        moves.price[:] = block[:, 0]
        moves.tonnes[:] = block[:, 1]
        moves.rate[:] = basis.rate * block[:, 2]
        moves.growth[:] = 0.02 * (block[:, 3] - 1)
        moves.delay[:] = np.round(10 * (block[:, 4] - 0.7))
        return net_values(basis, moves)

    together = value(rows)
    alone = [float(value(rows[n : n + 1])[0]) for n in range(len(rows))]
    assert together.tolist() == pytest.approx(alone, rel=1e-12)
