"""The years, costs and figures of the Blue Carbon Cost Tool as a convention, and its limits."""

from dataclasses import fields, replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.finance.case.appraisal import Appraisal
from app.finance.case.valuation.cost_tool import CostTool
from app.finance.errors import DomainError
from app.finance.explain import Step
from app.finance.notices import Severity
from app.finance.sink.credits import CarbonResult, compute_carbon
from app.finance.valuation.cost_tool import compute_cost_tool
from app.finance.valuation.cost_tool_schedule import COST_LABELS
from app.finance.valuation.flows import net_flows, present_value
from app.finance.valuation.results import ToolResult, ToolYear
from app.i18n import translator
from app.messages import notice_text
from app.messages.refusals import EXPECTED
from app.messages.valuation_words import TOOL_COST_LABELS
from app.reference.tables import load_reference
from app.services.case_file import validate
from tests.unit.finance.cost_tool_cases import (
    MARSH,
    calendar_year,
    computed,
    conservation,
    marsh,
    planting,
    tool_of,
)


def amounts(step: Step) -> list[float]:
    """Values put into a formula."""
    return [term.value for term in step.terms if isinstance(term.value, float | int)]


def codes(result: ToolResult) -> dict[str, str]:
    return {notice.path: notice.code for notice in result.notices}


def row_of(result: ToolResult, year: int) -> ToolYear:
    return next(row for row in result.years if row.year == year)


# The years.


def test_the_years_have_no_zero_and_start_with_the_year_of_the_valuation_date() -> None:
    result = tool_of(marsh(valuation_date="2026-08-15", project={}))
    assert [row.year for row in result.years[:6]] == [-4, -3, -2, -1, 1, 2]
    assert [row.calendar_year for row in result.years[:6]] == list(range(2026, 2032))
    assert row_of(result, 20).calendar_year == 2049
    assert row_of(result, -1).factor == pytest.approx(1.04**-3)
    assert row_of(result, 1).factor == pytest.approx(1.04**-4)


def test_credits_of_year_1_come_from_the_area_of_year_minus_1() -> None:
    result = tool_of(marsh())
    assert row_of(result, -1).area_restored_ha == 250
    assert row_of(result, 1).credits_tco2e == pytest.approx(250 * 3.3 * 0.8)
    assert row_of(result, 2).credits_tco2e == pytest.approx(500 * 3.3 * 0.8)
    assert row_of(result, 1).revenue == pytest.approx(250 * 3.3 * 0.8 * 30 * 1.015)


def test_each_start_up_cost_has_its_years() -> None:
    result = tool_of(
        marsh(
            tool={
                "data_collection_yr": 1,
                "carbon_rights_yr": 1,
                "project_planning": 1,
                "validation": 1,
            }
        )
    )
    paid = {
        code: [row.year for row in result.years if row.costs[code]]
        for code in ("data_collection", "carbon_rights", "project_planning", "validation")
    }
    assert paid == {
        "data_collection": [-4, -3, -2],
        "carbon_rights": [-3, -2, -1],
        "project_planning": [-1],
        "validation": [-1],
    }
    assert [row.year for row in result.years if row.costs["feasibility"]] == [-4]


@pytest.mark.parametrize(("count", "years"), [(4, [-4, -3, -2, -1]), (3, [-3, -2, -1]), (0, [])])
def test_community_representation_is_paid_in_its_last_start_up_years(
    count: int, years: list[int]
) -> None:
    result = tool_of(marsh(tool={"community_years": count}))
    assert [row.year for row in result.years if row.costs["community_representation"]] == years


def test_only_verification_and_baseline_grow_with_the_costs() -> None:
    result = tool_of(marsh(tool={"cost_growth": 0.02, "mrv_interval_yr": 7}))
    baseline = {row.year: row.costs["baseline"] for row in result.years if row.costs["baseline"]}
    verified = {row.year: row.costs["verification"] for row in result.years}
    assert baseline == pytest.approx({-1: 40_000, 10: 40_000 * 1.02**10, 20: 40_000 * 1.02**20})
    assert {year for year, cost in verified.items() if cost} == {7, 14}
    assert verified[7] == pytest.approx(30_000 * 1.02**7)
    assert row_of(result, 20).costs["monitoring"] == 2_000


def test_labour_is_maintained_for_its_years() -> None:
    result = tool_of(marsh())
    found = [row.costs["maintenance"] for row in result.years if row.year > 0]
    assert found[:6] == pytest.approx([2_500, 5_000, 5_000, 2_500, 0, 0])
    longer = tool_of(marsh(tool={"maintenance_years": 5}))
    assert sum(row.costs["maintenance"] for row in longer.years) == pytest.approx(5 * 5_000)


def test_what_is_restored_last_is_maintained_after_the_last_credits() -> None:
    lines = planting({-1: 250.0, 20: 100.0}, 3.3, 1.0)
    result = tool_of(marsh(project=lines))
    assert [row.year for row in result.years[-3:]] == [21, 22, 23]
    assert [row.costs["maintenance"] for row in result.years[-3:]] == pytest.approx([1_000] * 3)
    assert all(row.credits_tco2e == 0 for row in result.years[-3:])
    assert all(row.opex == row.costs["maintenance"] for row in result.years[-3:])


def test_labour_on_a_protected_area_is_paid_in_year_minus_1() -> None:
    case = marsh()
    kept = case["project"] | conservation(
        4_000, -0.01, biomass=100, soil=10, soil_years=10, kept=3.0
    )
    case["project"] = kept
    result = tool_of(case)
    assert row_of(result, -1).costs["implementation"] == 400_000
    assert row_of(result, 1).credits_tco2e > 0


def test_restored_areas_of_another_method_pay_labour_too() -> None:
    case = marsh(
        project={
            "quantity_method": "ipcc_ws",
            "ipcc_ws": {
                "loss_plan": "none",
                "salinity_ppt": 30,
                "restored": [{"year": calendar_year(-1), "area_ha": 10}],
            },
        }
    )
    result = tool_of(case)
    assert row_of(result, -1).costs["implementation"] == 1_000
    assert row_of(result, 1).credits_tco2e == pytest.approx(10 * 0.91 * 44 / 12 * 0.8)


# What the figures are made of.


def test_the_flows_in_yuan_are_worth_the_net_of_the_tool() -> None:
    result, plan, _carbon = computed(marsh())
    value = present_value(plan, net_flows(plan), 0.04)
    assert float(value) == pytest.approx(result.net_total * 7.2, rel=1e-12)
    assert plan.years[0] == 2025
    assert plan.times[4] == 4
    assert set(plan.costs) | {"community", "fee"} == set(COST_LABELS)


def test_a_built_up_rate_discounts_too() -> None:
    parts = {"risk_free": 0.02, "industry": 0.01, "operating": 0.01}
    built = marsh(rate_basis="build_up", build_up=parts)
    built["appraisal"].pop("discount_rate")
    assert tool_of(built).total_npv == pytest.approx(tool_of(marsh()).total_npv, rel=1e-12)


def test_the_levelised_cost_is_above_the_cost_that_the_tool_prints() -> None:
    result = tool_of(marsh())
    discounted = sum(row.credits_tco2e * row.factor for row in result.years)
    assert result.levelised_per_t == pytest.approx(result.total_npv / discounted)
    assert result.levelised_per_t is not None
    assert result.cost_per_t is not None
    assert result.levelised_per_t > result.cost_per_t


def test_the_financing_cost_is_in_no_present_value() -> None:
    result, other = tool_of(marsh(tool={"financing_share": 0.05})), tool_of(marsh())
    assert result.financing_cost == pytest.approx(0.05 * result.capex_nominal)
    assert result.net_total == other.net_total


def test_the_working_shows_the_figures_and_their_parts() -> None:
    result = tool_of(marsh())
    steps = {step.key: step for step in result.working}
    assert {key.removeprefix("value.tool."): step.value for key, step in steps.items()} == {
        "capex_npv": result.capex_npv,
        "opex_npv": result.opex_npv,
        "total_npv": result.total_npv,
        "revenue": result.revenue_npv,
        "net": result.net_total,
        "cost_per_t": result.cost_per_t,
        "levelised_per_t": result.levelised_per_t,
        "break_even_opex": result.breakeven_price_opex,
        "break_even_total": result.breakeven_price_total,
    }
    capex = steps["value.tool.capex_npv"]
    assert capex.unit == "USD"
    assert sum(amounts(capex)) == pytest.approx(result.capex_npv)
    costs, share, tonnes = amounts(steps["value.tool.break_even_total"])
    assert result.breakeven_price_total == pytest.approx(costs / ((1 - share) * tonnes))


def test_amounts_in_yuan_are_named_as_everywhere() -> None:
    result = tool_of(marsh(tool={"currency": "CNY", "yuan_per_unit": 1}))
    assert {step.unit for step in result.working} == {"yuan", "yuan/t"}


def test_every_cost_has_its_words() -> None:
    assert dict(COST_LABELS) == TOOL_COST_LABELS


# Limits.


def test_a_plan_without_credits_has_no_cost_per_tonne_and_no_price() -> None:
    result = tool_of(marsh(project={"rate_tco2e_ha_yr": 0}))
    assert result.credits_tco2e == 0
    assert (result.cost_per_t, result.levelised_per_t) == (None, None)
    assert (result.breakeven_price_opex, result.breakeven_price_total) == (None, None)
    assert result.irr_total.reason == "no_sign_change"
    notes = {step.key: step.note for step in result.working}
    assert notes["value.tool.cost_per_t"] == "There is none: the years have no credits."


def test_a_community_that_takes_all_revenue_leaves_no_break_even_price() -> None:
    result = tool_of(marsh(benefit_share=1))
    assert result.breakeven_price_opex is None
    steps = {step.key: step for step in result.working}
    assert steps["value.tool.break_even_opex"].note.startswith("There is none")


def test_nothing_survives_and_nothing_is_divided_by_its_area() -> None:
    assert tool_of(marsh(project={"survival_share": 0})).cost_per_ha is None


def test_without_discounting_present_values_are_sums() -> None:
    result = tool_of(marsh(discount_rate=0))
    assert result.opex_npv == pytest.approx(result.opex_nominal)
    assert result.revenue_npv == pytest.approx(result.revenue_nominal)
    assert result.cost_per_t == pytest.approx(result.levelised_per_t)


def test_one_year_of_credits_is_enough() -> None:
    result = tool_of(marsh(horizon_years=1))
    assert [row.year for row in result.years if row.credits_tco2e] == [1]
    assert sum(row.costs["verification"] for row in result.years) == 0


# What is told, and what is refused.


def test_a_plan_within_its_years_has_nothing_special_to_tell() -> None:
    assert tool_of(marsh()).notices == ()


def test_areas_outside_the_years_are_told_with_their_hectares() -> None:
    case = marsh()
    case["project"]["planting"] += [{"year": 2020, "area_ha": 7}, {"year": 2050, "area_ha": 5}]
    notices = {one.code: one for one in tool_of(case).notices}
    assert notices["tool_area_outside"].facts == {"area": 12, "first": 2025, "last": 2048}
    text = notice_text(notices["tool_area_outside"], translator("en"))
    assert text.startswith("12 ha are planted or restored outside the years of the Cost Tool, 2025")


def test_credits_of_the_start_up_years_are_told_and_left_out() -> None:
    case = marsh()
    case["project"]["planting"] += [{"year": 2026, "area_ha": 10}]
    result = tool_of(case)
    told = next(one for one in result.notices if one.code == "tool_credits_before")
    assert told.facts == {"tonnes": pytest.approx(10 * 3.3 * 0.8 * 2), "year": 2029}
    assert all(row.credits_tco2e == 0 for row in result.years if row.year < 0)
    assert row_of(result, -3).costs["implementation"] == 1_000


def test_labour_without_an_area_is_told() -> None:
    case = marsh(
        project={
            "quantity_method": "stated",
            "stated_unit": "tCO2e",
            "stated": [{"first_year": 2029, "last_year": 2048, "tonnes_per_year": 100}],
        }
    )
    assert codes(tool_of(case)) == {"appraisal.cost_tool.implementation_per_ha": "tool_no_area"}


@pytest.mark.parametrize("name", ["sea_area_right_end", "contract_end"])
def test_credits_after_the_end_of_a_right_are_a_red_flag(name: str) -> None:
    result = tool_of(marsh(project={name: "2046-12-31"}))
    (told,) = result.notices
    assert (told.code, told.severity) == ("tool_beyond_right", Severity.RED_FLAG)
    assert told.facts["tonnes"] == pytest.approx(2 * 500 * 3.3 * 0.8)
    assert "after 2046-12-31" in notice_text(told, translator("en"))
    assert tool_of(marsh(project={name: "2048-12-31"})).notices == ()


def test_the_convention_without_its_inputs_is_refused() -> None:
    case = marsh()
    found = validate(case).case
    assert found.appraisal is not None
    bare = replace(found.appraisal, cost_tool=None)
    carbon = compute_carbon(found.project, last_year=2048, tables=load_reference().tables)
    with pytest.raises(DomainError) as refused:
        compute_cost_tool(found.project, bare, carbon)
    assert (refused.value.code, refused.value.facts["path"]) == ("needed", "appraisal.cost_tool")


def test_yuan_with_an_exchange_rate_are_refused() -> None:
    with pytest.raises(DomainError) as refused:
        computed(marsh(tool={"currency": "CNY", "yuan_per_unit": 7.2}))
    assert refused.value.code == "yuan_is_one"
    assert refused.value.code in EXPECTED


# Properties.

_FOUND = validate(MARSH).case
_BASE = _FOUND.appraisal
assert _BASE is not None


def _carbon() -> CarbonResult:
    return compute_carbon(_FOUND.project, last_year=2048, tables=load_reference().tables)


def _changed(**tool: Any) -> Appraisal:
    assert _BASE is not None
    assert _BASE.cost_tool is not None
    return replace(_BASE, cost_tool=replace(_BASE.cost_tool, **tool))


@given(
    rate=st.floats(0.0, 0.3),
    share=st.floats(0.0, 0.95),
    growth=st.floats(-0.2, 0.2),
    monitoring=st.floats(1.0, 1e7),
)
def test_at_the_break_even_price_the_net_is_zero(
    rate: float, share: float, growth: float, monitoring: float
) -> None:
    carbon = _carbon()
    changed = replace(
        _changed(price_growth=growth, monitoring_yr=monitoring),
        discount_rate=rate,
        benefit_share=share,
    )
    tool = changed.cost_tool
    assert tool is not None
    first = compute_cost_tool(_FOUND.project, changed, carbon)[0]
    for price, kept in (
        (first.breakeven_price_total, "net_total"),
        (first.breakeven_price_opex, "net_after_opex"),
    ):
        assert price is not None
        at_price = replace(changed, cost_tool=replace(tool, price_per_t=price))
        found = compute_cost_tool(_FOUND.project, at_price, carbon)[0]
        assert abs(getattr(found, kept)) < 1e-9 * found.revenue_npv


_MONEY = [
    entry.name
    for entry in fields(CostTool)
    if entry.name
    not in {
        "currency",
        "yuan_per_unit",
        "price_growth",
        "cost_growth",
        "financing_share",
        "maintenance_share",
        "maintenance_years",
        "community_years",
        "baseline_interval_yr",
        "mrv_interval_yr",
    }
]


@given(scale=st.floats(0.001, 1000.0))
def test_another_currency_scales_the_money_and_nothing_else(scale: float) -> None:
    assert _BASE is not None
    assert _BASE.cost_tool is not None
    carbon = _carbon()
    amounts = {name: getattr(_BASE.cost_tool, name) * scale for name in _MONEY}
    first, first_plan = compute_cost_tool(_FOUND.project, _BASE, carbon)
    other, plan = compute_cost_tool(
        _FOUND.project, _changed(**amounts, yuan_per_unit=7.2 / scale), carbon
    )
    for name in ("total_npv", "revenue_npv", "net_total", "cost_per_t", "breakeven_price_total"):
        assert getattr(other, name) == pytest.approx(getattr(first, name) * scale, rel=1e-9)
    assert other.credits_tco2e == first.credits_tco2e
    assert other.irr_total.rates == pytest.approx(first.irr_total.rates, abs=1e-9)
    assert np.allclose(net_flows(plan), net_flows(first_plan), rtol=1e-9)
