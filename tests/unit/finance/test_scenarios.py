"""Scenarios: each against the whole case computed anew, or against figures by hand."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import numpy as np
import pytest

from app.finance.case.case import Case
from app.finance.case.scenario_rules import scenario_problems
from app.finance.case.valuation.scenarios import ScenarioKind, ScenarioLine
from app.finance.dates import add_months
from app.finance.errors import DomainError
from app.finance.valuation.levels import Levels
from app.finance.valuation.plan_moves import basis_of, delayed
from app.finance.valuation.risk_results import ScenarioResult
from app.finance.valuation.scenarios import (
    loss_weight,
    preset_lines,
    scenario_plan,
    scenario_results,
    weighted_value,
)
from tests.unit.finance.moved_rights import VERIFIED, Valued, right
from tests.unit.finance.right_plans import appraisal as small_appraisal
from tests.unit.finance.right_plans import plan as small_plan

OWN = ScenarioKind.OWN
TIMINGS = ("mid_year", "end_year", "exact_dates")


def line(**changes: Any) -> ScenarioLine:
    return ScenarioLine(kind=OWN, **changes)


def results(found: Valued, *lines: ScenarioLine) -> tuple[ScenarioResult, ...]:
    values = found.values
    base = Levels(values.gross_yuan, values.net_yuan, values.prudent_yuan, values.liquidation_yuan)
    return scenario_results(
        values.plan,
        replace(found.appraisal, scenarios=lines),
        price_today_yuan_t=values.price_yuan_t,
        rate=values.rate.rate,
        base=base,
    )


def test_a_scenario_that_changes_nothing_is_the_base() -> None:
    found = right()
    (same,) = results(found, line())
    values = found.values
    assert (same.net_yuan, same.prudent_yuan, same.liquidation_yuan) == (
        values.net_yuan,
        values.prudent_yuan,
        values.liquidation_yuan,
    )
    assert same.credits_tco2e == pytest.approx(values.credits_in_horizon_tco2e)
    assert same.revenue_yuan == pytest.approx(sum(row.revenue_yuan for row in values.cash_flow))
    assert same.change == 0


@pytest.mark.parametrize("timing", TIMINGS)
@pytest.mark.parametrize(
    ("changed", "inputs"),
    [
        ({"price_change": -0.3}, {"price_yuan_t": 56.0}),
        ({"growth_change": -0.01}, {"price_growth": 0.02}),
        ({"rate_change": 0.02}, {"discount_rate": 0.10}),
        (
            {"cost_change": 0.5},
            {
                "monitoring_cost_yuan_yr": 90_000.0,
                "verification_cost_yuan": 75_000.0,
                "operating_cost_yuan_yr": 60_000.0,
                "initial_cost_yuan": 300_000.0,
            },
        ),
    ],
)
def test_a_scenario_values_as_the_case_computed_anew_with_its_figures(
    changed: dict[str, float], inputs: dict[str, float], timing: str
) -> None:
    found = right(appraisal={"timing": timing})
    (moved,) = results(found, line(**changed))
    anew = found.again(**inputs)
    assert moved.net_yuan == anew.net_yuan
    assert moved.prudent_yuan == anew.prudent_yuan
    assert moved.liquidation_yuan == anew.liquidation_yuan
    change = (anew.net_yuan - found.values.net_yuan) / abs(found.values.net_yuan)
    assert moved.change == pytest.approx(float(change))


def test_fewer_tonnes_are_those_of_a_larger_buffer() -> None:
    found = right()
    (moved,) = results(found, line(tonnes_change=-0.2))
    assert moved.net_yuan == found.with_project(buffer_share=1 - 0.9 * 0.8).net_yuan


@pytest.mark.parametrize("timing", ["mid_year", "end_year"])
@pytest.mark.parametrize("months", [12, 24, 36])
def test_a_delay_by_years_is_the_case_whose_registry_takes_longer(timing: str, months: int) -> None:
    project = {"verifications": VERIFIED, "issuance_lag_months": 4}
    found = right(project, {"timing": timing})
    (late,) = results(found, line(delay_months=months))
    anew = found.with_project(issuance_lag_months=4 + months)
    assert late.net_yuan == anew.net_yuan
    assert late.prudent_yuan == anew.prudent_yuan
    assert late.credits_tco2e == pytest.approx(anew.credits_in_horizon_tco2e)
    assert late.net_yuan < found.values.net_yuan


@pytest.mark.parametrize("months", [1, 5, 12, 30])
@pytest.mark.parametrize("growth", [0.0, 0.03])
def test_on_exact_days_a_delay_is_the_case_whose_registry_takes_longer(
    months: int, growth: float
) -> None:
    project = {"verifications": VERIFIED, "issuance_lag_months": 4}
    found = right(project, {"timing": "exact_dates", "price_growth": growth})
    (late,) = results(found, line(delay_months=months))
    anew = found.with_project(issuance_lag_months=4 + months)
    assert late.net_yuan == anew.net_yuan
    assert late.credits_tco2e == pytest.approx(anew.credits_in_horizon_tco2e)


def test_half_a_year_late_moves_half_of_each_year_into_the_next() -> None:
    found = small_plan(
        times=np.array([0.5, 1.5, 2.5]),
        years=(2025, 2026, 2027),
        tonnes=np.array([100.0, 200.0, 400.0]),
        prices=np.array([10.0, 20.0, 30.0]),
        costs={},
    )
    basis = basis_of(found, small_appraisal(horizon_years=3), price_today_yuan_t=10, rate=0.0)
    assert delayed(basis, 6).plan.tonnes.tolist() == [50, 150, 300]
    assert delayed(basis, 15).plan.tonnes.tolist() == [0, 75, 175]
    assert delayed(basis, 36).plan.tonnes.tolist() == [0, 0, 0]
    assert delayed(basis, 0) is basis


def test_what_is_sold_after_the_horizon_is_lost() -> None:
    found = right()
    (late,) = results(found, line(delay_months=12))
    whole = found.values.credits_in_horizon_tco2e
    assert late.credits_tco2e == pytest.approx(whole * 19 / 20)


def test_after_the_delisting_only_a_share_of_the_price_is_paid() -> None:
    found = small_plan()
    lines = (line(delisting_year=2026, delisted_price_share=0.25), line(delisting_year=2025))
    basis = basis_of(found, small_appraisal(), price_today_yuan_t=80, rate=0.08)
    assert [scenario_plan(basis, each).prices.tolist() for each in lines] == [
        [80, 80, 22.5],
        [0, 0, 0],
    ]


def test_a_delay_past_the_delisting_sells_at_the_delisted_price() -> None:
    basis = basis_of(small_plan(), small_appraisal(), price_today_yuan_t=80, rate=0.08)
    moved = scenario_plan(
        basis, line(delisting_year=2026, delisted_price_share=0.5, delay_months=12)
    )
    assert (moved.tonnes * moved.prices).tolist() == [0, 0, 45_000]


@pytest.mark.parametrize(
    ("recovery", "lost"),
    [
        (0, [0, 0.6, 0, 0, 0]),
        (1, [0, 0.6, 0, 0, 0]),
        (3, [0, 0.6, 0.4, 0.2, 0]),
    ],
)
def test_a_loss_shrinks_evenly_to_nothing(recovery: int, lost: list[float]) -> None:
    storm = line(loss_year=2027, loss_share=0.6, recovery_years=recovery)
    assert [loss_weight(year, storm) for year in range(2026, 2031)] == pytest.approx(lost)
    found = right()
    (hit,) = results(found, storm)
    yearly = 5000 * 0.95 * 0.9
    assert hit.credits_tco2e == pytest.approx(yearly * (20 - sum(lost)))


def test_a_storm_takes_the_tonnes_of_its_year_out_of_the_sale_that_holds_them() -> None:
    storm = line(loss_year=2027, loss_share=0.6)
    found = right(appraisal={"verification_interval_years": 5})
    (hit,) = results(found, storm)
    rows = found.values.cash_flow
    expected = [row.credits_sold_tco2e * (1 - 0.6 / 5 * (row.index == 5)) for row in rows]
    assert hit.credits_tco2e == pytest.approx(sum(expected))
    dated = right(appraisal={"verification_interval_years": 5, "timing": "exact_dates"})
    (hit,) = results(dated, storm)
    assert hit.credits_tco2e == pytest.approx(sum(expected), rel=1e-4)


def test_everything_at_once_is_less_than_each_alone() -> None:
    found = right()
    storm = {"loss_year": 2030, "loss_share": 0.5, "recovery_years": 4}
    late, hit, both = results(
        found,
        line(delay_months=18),
        line(**storm),
        line(delay_months=18, **storm),
    )
    assert both.net_yuan < min(late.net_yuan, hit.net_yuan)
    assert both.credits_tco2e < min(late.credits_tco2e, hit.credits_tco2e)


def test_a_perpetuity_follows_rate_and_growth_of_the_scenario() -> None:
    found = right(appraisal={"perpetual": True})
    (moved,) = results(found, line(rate_change=0.01, growth_change=-0.01))
    assert moved.net_yuan == found.again(discount_rate=0.09, price_growth=0.02).net_yuan


def test_a_perpetuity_without_a_value_is_refused() -> None:
    found = right(appraisal={"perpetual": True})
    with pytest.raises(DomainError) as refused:
        results(found, line(rate_change=-0.05))
    assert refused.value.code == "rate_below_growth"


def test_a_curve_by_year_is_tilted_by_a_change_of_growth() -> None:
    points = [{"year": 2025, "price_yuan_t": 80}, {"year": 2044, "price_yuan_t": 120}]
    found = right(appraisal={"price_curve": "table", "curve_points": points, "price_growth": None})
    (moved,) = results(found, line(growth_change=0.01))
    rows = found.values.cash_flow
    expected = sum(row.revenue_yuan * 1.01**row.time_yr for row in rows)
    assert moved.revenue_yuan == pytest.approx(expected)


def test_a_late_sale_on_its_day_takes_the_price_of_the_curve_on_that_day() -> None:
    appraisal = {
        "timing": "exact_dates",
        "price_curve": "carry",
        "carry_rate": 0.05,
        "price_growth": None,
    }
    found = right(appraisal=appraisal)
    basis = basis_of(
        found.values.plan, found.appraisal, price_today_yuan_t=80, rate=found.values.rate.rate
    )
    late = delayed(basis, 7).plan
    first = int(np.flatnonzero(late.tonnes)[0])
    assert late.days[first] == add_months(found.appraisal.valuation_date, 19)
    assert late.prices[first] == pytest.approx(80 * np.exp(0.05 * late.times[first]))
    assert list(late.times) == sorted(late.times)
    assert late.all_costs.sum() == pytest.approx(found.values.plan.all_costs.sum())


def test_the_change_is_measured_against_the_size_of_a_negative_base() -> None:
    found = right(appraisal={"operating_cost_yuan_yr": 900_000})
    assert found.values.net_yuan < 0
    worse, better = results(found, line(cost_change=0.5), line(price_change=0.5))
    assert worse.change is not None
    assert worse.change < 0
    assert worse.liquidation_yuan == 0
    assert better.change is not None
    assert better.change > 0


def test_the_weighted_value_is_the_sum_of_probability_times_net_value() -> None:
    found = right()
    lines = (
        line(probability=0.5),
        line(probability=0.3, price_change=-0.3),
        line(probability=0.2, price_change=0.3),
    )
    moved = results(found, *lines)
    weighted = sum(p * float(each.net_yuan) for p, each in zip((0.5, 0.3, 0.2), moved, strict=True))
    assert weighted_value(moved) == Decimal(str(round(weighted, 2)))
    assert weighted_value(results(found, line(), line(price_change=0.1))) is None
    assert weighted_value(()) is None


def test_no_scenarios_give_no_results() -> None:
    assert results(right()) == ()


def test_the_schedule_of_the_cost_tool_takes_scenarios_too() -> None:
    tool = {
        "currency": "USD",
        "yuan_per_unit": 7.2,
        "price_per_t": 20,
        "price_growth": 0.015,
        "monitoring_yr": 8400,
        "validation": 50_000,
        "mrv": 75_000,
    }
    found = right(appraisal={"income_method": "cost_tool", "cost_tool": tool})
    cheaper, slower, late = results(
        found, line(price_change=-0.25), line(growth_change=0.01), line(delay_months=12)
    )
    assert found.appraisal.cost_tool is not None
    changes: tuple[tuple[ScenarioResult, dict[str, Any]], ...] = (
        (cheaper, {"price_per_t": 15.0}),
        (slower, {"price_growth": 0.025}),
    )
    for moved, change in changes:
        anew = found.again(cost_tool=replace(found.appraisal.cost_tool, **change))
        assert moved.net_yuan == anew.net_yuan
    assert late.credits_tco2e == pytest.approx(found.values.credits_in_horizon_tco2e * 19 / 20)


def test_the_proposed_lines_hold_the_rules_and_each_moves_the_value() -> None:
    found = right()
    lines = preset_lines(found.appraisal)
    assert [each.kind.value for each in lines] == [
        "base",
        "bear",
        "bull",
        "delay",
        "delisting",
        "typhoon",
    ]
    case = Case(found.project, replace(found.appraisal, scenarios=lines))
    assert scenario_problems(case) == []
    base, bear, bull, *worse = results(found, *lines)
    assert base.net_yuan == found.values.net_yuan
    assert bear.net_yuan < base.net_yuan < bull.net_yuan
    assert all(each.net_yuan < base.net_yuan for each in worse)


@pytest.mark.parametrize("years", [1, 2, 3, 40])
@pytest.mark.parametrize("timing", TIMINGS)
def test_the_proposed_lines_fit_any_horizon(years: int, timing: str) -> None:
    found = right(appraisal={"horizon_years": years, "timing": timing})
    appraisal = replace(found.appraisal, scenarios=preset_lines(found.appraisal))
    assert scenario_problems(Case(found.project, appraisal)) == []


def problems(*lines: dict[str, Any], **appraisal: Any) -> list[tuple[str, str]]:
    found = right(appraisal={"horizon_years": 10, **appraisal})
    rows = tuple(ScenarioLine(kind=ScenarioKind(row.pop("kind", "own")), **row) for row in lines)
    case = Case(found.project, replace(found.appraisal, scenarios=rows))
    return [(problem.path, problem.code) for problem in scenario_problems(case)]


def test_probabilities_are_given_for_all_lines_or_none() -> None:
    assert problems({}, {}) == []
    assert problems({"probability": 0.4}, {"probability": 0.6}) == []
    assert problems({"probability": 1.0}, {}) == [
        ("appraisal.scenarios.1.probability", "probability_missing")
    ]


def test_probabilities_add_up_to_one() -> None:
    thirds = [{"probability": 1 / 3} for _ in range(3)]
    assert problems(*thirds) == []
    assert problems({"probability": 0.4}, {"probability": 0.5999995}) == []
    assert problems({"probability": 0.4}, {"probability": 0.59999}) == [
        ("appraisal.scenarios.0.probability", "probabilities_not_one")
    ]


def test_there_is_one_base_at_most_and_it_changes_nothing() -> None:
    assert problems({"kind": "base"}, {"kind": "base"}) == [
        ("appraisal.scenarios.1.kind", "second_base")
    ]
    assert problems({"kind": "base", "price_change": -0.1}) == [
        ("appraisal.scenarios.0.price_change", "base_changed")
    ]


def test_a_named_scenario_needs_what_it_is_named_for() -> None:
    assert problems({"kind": "delay"}, {"kind": "delisting"}, {"kind": "typhoon"}) == [
        ("appraisal.scenarios.0.delay_months", "scenario_needs"),
        ("appraisal.scenarios.1.delisting_year", "scenario_needs"),
        ("appraisal.scenarios.2.loss_year", "scenario_needs"),
        ("appraisal.scenarios.2.loss_share", "scenario_needs"),
    ]


@pytest.mark.parametrize(
    ("year", "fits"), [(2024, False), (2025, True), (2034, True), (2035, False)]
)
def test_years_lie_inside_the_horizon(year: int, fits: bool) -> None:
    found = problems({"delisting_year": year}, {"loss_year": year, "loss_share": 0.5})
    assert (found == []) is fits


def test_on_exact_days_the_year_of_the_last_day_counts_too() -> None:
    assert problems({"delisting_year": 2035}, timing="exact_dates") == []


def test_a_scenario_keeps_the_rate_within_what_may_be_stated() -> None:
    assert problems({"rate_change": -0.5}) == []
    assert problems({"rate_change": -0.5}, discount_rate=0.0) == [
        ("appraisal.scenarios.0.rate_change", "scenario_rate_low")
    ]


def test_a_case_without_an_appraisal_has_no_scenario_problems() -> None:
    assert scenario_problems(Case(right().project)) == []


def test_a_scenario_may_have_a_price_curve_of_its_own() -> None:
    """2026: 80 and 2030: 100 give 90 in 2028; before and beyond prices stay."""
    found = right()
    values = found.values
    basis = basis_of(
        values.plan,
        found.appraisal,
        price_today_yuan_t=values.price_yuan_t,
        rate=values.rate.rate,
    )
    first = values.plan.years[0]
    text = f"{first + 1}: 80; {first + 5}：100"
    plan = scenario_plan(basis, line(prices=text))
    prices = dict(zip(plan.years, plan.prices, strict=True))
    assert prices[first] == 80
    assert prices[first + 3] == pytest.approx(90)
    assert prices[max(prices)] == 100
    (own,) = results(found, line(prices=text))
    assert own.revenue_yuan == pytest.approx(float((plan.tonnes * plan.prices).sum()))


@pytest.mark.parametrize("text", ["80", "2026; 2030", "2030: 80; 2026: 90", "2026: -1", "2026: x"])
def test_an_unreadable_curve_of_a_scenario_is_refused(text: str) -> None:
    found = right()
    lines = (line(prices=text),)
    changed = Case(found.project, replace(found.appraisal, scenarios=lines))
    problems = scenario_problems(changed)
    assert [problem.code for problem in problems] == ["not_year_prices"]
