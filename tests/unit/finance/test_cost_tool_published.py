"""The Blue Carbon Cost Tool against what the tool itself prints: its test cases and defaults."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from app.finance.sink.credits import compute_carbon
from app.finance.valuation.cost_tool import compute_cost_tool, last_credit_year
from app.finance.valuation.results import Roots, ToolYear
from app.reference.tables import load_reference
from app.services.case_file import validate
from tests.unit.finance.cost_tool_cases import (
    CODES,
    COSTS,
    ECOSYSTEMS,
    PEERS,
    conservation,
    document,
    peer_document,
    peer_projects,
    peer_rows,
    planting,
    tool_of,
)

PROJECTS = peer_projects()
SUMMARY = {
    "$/tCO2e (total cost, NPV)": "cost_per_t",
    "$/ha": "cost_per_ha",
    "Total cost (NPV)": "total_npv",
    "Capital expenditure (NPV)": "capex_npv",
    "Operating expenditure (NPV)": "opex_npv",
    "Credits issued": "credits_tco2e",
    "Total revenue (NPV)": "revenue_npv",
    "Total revenue (non-discounted)": "revenue_nominal",
    "Financing cost": "financing_cost",
    "Net revenue after OPEX": "net_after_opex",
    "Net revenue after Total cost": "net_total",
}
SERIES: dict[str, Callable[[ToolYear], float]] = {
    "annualNetCashFlow": lambda row: row.net,
    "annualNetIncome": lambda row: row.revenue - row.opex,
    "capexTotalCostPlan": lambda row: -row.capex,
    "opexTotalCostPlan": lambda row: -row.opex,
    "totalCostPlan": lambda row: -row.capex - row.opex,
    "communityBenefitSharingFund": lambda row: -row.costs["community"],
    "creditsIssuedPlan": lambda row: row.credits_tco2e,
    "estimatedRevenuePlan": lambda row: row.revenue,
}
INPUTS = {
    "P0": "price_per_t",
    "price_growth": "price_growth",
    "baseline_reassess": "baseline_reassessment",
    "baseline_freq": "baseline_interval_yr",
    "mrv_freq": "mrv_interval_yr",
    "standard_fee_per_credit": "standard_fee_per_credit",
    "implementation_per_ha": "implementation_per_ha",
    "maintenance_pct": "maintenance_share",
    "feasibility": "feasibility",
    "planning_admin_y": "planning_admin_yr",
    "data_y": "data_collection_yr",
    "project_planning": "project_planning",
    "community_y": "community_yr",
    "carbon_rights_y": "carbon_rights_yr",
    "validation": "validation",
    "monitoring_y": "monitoring_yr",
    "mrv": "mrv",
    "longterm_y": "long_term_operation_yr",
}
"""Input of an acceptance case and its key in `appraisal.cost_tool`."""


# The projects of the tool's own tests.


@pytest.mark.parametrize("name", PROJECTS)
def test_the_summary_of_a_project_is_that_of_the_tool(name: str) -> None:
    expected = PROJECTS[name]["expected"]["summary"]
    result = tool_of(peer_document(PROJECTS[name]))
    shown = {line: getattr(result, key) for line, key in SUMMARY.items() if line in expected}
    assert len(shown) == 10
    assert shown == pytest.approx({line: expected[line] for line in shown}, rel=1e-9)


@pytest.mark.parametrize("name", PROJECTS)
def test_the_present_value_of_each_cost_is_that_of_the_tool(name: str) -> None:
    expected = PROJECTS[name]["expected"]["cost_npv"]
    result = tool_of(peer_document(PROJECTS[name]))
    found = {line: result.costs_npv[code] for line, code in CODES.items()}
    assert found == pytest.approx({line: expected[line] for line in CODES}, rel=1e-9)
    assert sum(found.values()) == pytest.approx(expected["totalCost"], rel=1e-9)


@pytest.mark.parametrize("name", PROJECTS)
def test_each_yearly_line_is_that_of_the_tool(name: str) -> None:
    result = tool_of(peer_document(PROJECTS[name]))
    expected = {
        (row["series"], int(row["year"])): float(row["value_usd_or_t"])
        for row in peer_rows("tnc_cash_flows")
        if row["project"] == name
    }
    found = {
        (series, row.year): value(row) for row in result.years for series, value in SERIES.items()
    }
    assert len(found) == 8 * (PROJECTS[name]["assumptions"]["projectLength"] + 4)
    assert found == pytest.approx(expected, rel=1e-9, abs=1e-7)


@pytest.mark.parametrize("name", PROJECTS)
def test_the_break_even_price_is_that_of_the_tool(name: str) -> None:
    peer = PROJECTS[name]
    result = tool_of(peer_document(peer))
    whole = peer["revenues_cover"] == "Capex and Opex"
    price = result.breakeven_price_total if whole else result.breakeven_price_opex
    assert price == pytest.approx(peer["expected"]["breakeven_price"], rel=1e-9)


@pytest.mark.parametrize("name", PROJECTS)
def test_a_rate_of_return_is_that_of_the_tool_or_says_why_there_is_none(name: str) -> None:
    expected = PROJECTS[name]["expected"]["summary"]
    result = tool_of(peer_document(PROJECTS[name]))
    shown = {
        "IRR when priced to cover OpEx": result.irr_opex,
        "IRR when priced to cover total cost": result.irr_total,
    }
    for line, roots in shown.items():
        if expected[line] < -0.99:
            assert roots.rates == ()
            assert roots.reason in ("no_sign_change", "no_root")
        elif len(roots.rates) == 1:
            assert roots.rate == pytest.approx(expected[line], rel=1e-9)
        else:
            assert roots.reason == "several"
            assert roots.rate is None
            assert min(abs(rate - expected[line]) for rate in roots.rates) < 1e-9


def test_a_conservation_that_earns_less_than_it_costs_in_late_years_has_several_rates() -> None:
    result = tool_of(peer_document(PROJECTS["custom-project-example-17"]))
    assert len(result.irr_opex.rates) == 2
    assert result.irr_opex.rates[0] == pytest.approx(-0.6737, abs=1e-4)


@pytest.mark.parametrize("name", PROJECTS)
def test_a_cost_a_quarter_lower_or_higher_moves_the_cost_per_tonne_as_in_the_tool(
    name: str,
) -> None:
    peer = PROJECTS[name]
    case = validate(peer_document(peer)).case
    appraisal = case.appraisal
    assert appraisal is not None
    tool = appraisal.cost_tool
    assert tool is not None
    last = last_credit_year(appraisal)
    carbon = compute_carbon(case.project, last_year=last, tables=load_reference().tables)

    def cost_per_t(line: str, factor: float) -> float | None:
        if line == "communityBenefitSharingFund":
            changed = replace(appraisal, benefit_share=appraisal.benefit_share * factor)
        else:
            moved = {COSTS[line]: getattr(tool, COSTS[line]) * factor}
            changed = replace(appraisal, cost_tool=replace(tool, **moved))
        return compute_cost_tool(case.project, changed, carbon)[0].cost_per_t

    for line, expected in peer["expected"]["sensitivity"].items():
        found = [cost_per_t(line, 0.75), cost_per_t(line, 1.25)]
        assert found == pytest.approx(expected, rel=1e-9), line


# The acceptance cases.

ACCEPTED = {row["id"]: row for row in peer_rows("tnc_acceptance")}


def accepted_document(row: dict[str, str]) -> dict[str, Any]:
    inputs = json.loads(row["inputs"])
    if "area_plan_ha" in inputs:
        areas = {int(year): area for year, area in inputs["area_plan_ha"].items()}
        project = planting(areas, inputs["seq_tCO2_ha_y"], inputs.get("planting_success", 1.0))
    else:
        factors = PROJECTS["mangrove-conservation-indonesia"]["resolved"]
        project = conservation(
            inputs["area_ha"],
            inputs["loss_rate"],
            biomass=factors["emissionFactorAgb"],
            soil=factors["emissionFactorSoc"],
            soil_years=10,
            kept=factors["sequestrationRate"],
        ) | {"ecosystem": "mangrove"}
    return document(
        project | {"buffer_share": inputs["buffer"]},
        {key: inputs[name] for name, key in INPUTS.items() if name in inputs},
        horizon_years=inputs["years"],
        discount_rate=inputs["discount"],
        benefit_share=inputs["benefit_share"],
    )


@pytest.mark.parametrize("name", ACCEPTED)
def test_an_acceptance_case_comes_out_to_its_tolerance(name: str) -> None:
    row = ACCEPTED[name]
    expected = json.loads(row["expected"])
    expected["credits_tco2e"] = expected.pop("credits")
    result = tool_of(accepted_document(row))
    found: dict[str, Any] = {key: getattr(result, key) for key in expected}
    for key, value in found.items():
        found[key] = value.rate if isinstance(value, Roots) else value
    assert found == pytest.approx(expected, rel=float(row["tolerance"].split()[0]))


def test_a_restoration_that_costs_more_than_it_earns_stays_negative() -> None:
    result = tool_of(accepted_document(ACCEPTED["T01"]))
    assert result.net_total == pytest.approx(539474.318492 - 136535920.069255, rel=1e-9)
    assert result.breakeven_price_total is not None
    assert result.breakeven_price_opex is not None
    assert result.breakeven_price_total > result.breakeven_price_opex > 2916


# The default projects: costs are only known as their sums, so two lines hold them.

DEFAULTS = {row["name"]: row for row in peer_rows("tnc_default_projects")}
ONE_FACTOR = 3.4
"""Emission factor of seagrass at tier 1, tCO2/ha, as in custom-project-example-5."""


def default_document(row: dict[str, str]) -> dict[str, Any]:
    area, rate = float(row["ha"]), float(row["seqRate"])
    share, revenue = float(row["communityShare"]), float(row["revenueNPV"])
    if row["activity"] == "Restoration":
        plan, left, year = {}, area, -1
        while left > 0:
            plan[year] = min(left, 250.0)
            left, year = left - plan[year], (1 if year == -1 else year + 1)
        project = planting(plan, rate, 0.6 if row["sub"] == "Planting" else 1.0)
    else:
        one = row["efSoc"] == ""
        project = conservation(
            area,
            float(row["lossRate"]),
            biomass=0.0 if one else float(row["efAgb"]),
            soil=ONE_FACTOR if one else float(row["efSoc"]),
            soil_years=20 if one else 10,
            kept=rate,
        )
    annuity = sum(1.04 ** -(year + 3) for year in range(1, 21))
    costs = {
        "price_per_t": float(row["price_in"]),
        "feasibility": float(row["capexNPV"]),
        "monitoring_yr": (float(row["opexNPV"]) - share * revenue) / annuity,
    }
    return document(
        project | {"ecosystem": ECOSYSTEMS[row["ecosystem"]]}, costs, benefit_share=share
    )


@pytest.mark.parametrize("name", DEFAULTS)
def test_a_default_project_of_the_tool_earns_what_the_tool_prints(name: str) -> None:
    row = DEFAULTS[name]
    result = tool_of(default_document(row))
    expected = {
        "credits_tco2e": row["credits"],
        "capex_npv": row["capexNPV"],
        "opex_npv": row["opexNPV"],
        "total_npv": row["totalCostNPV"],
        "revenue_npv": row["revenueNPV"],
        "cost_per_ha": row["usd_per_ha"],
        "net_after_opex": row["netAfterOpexNPV"],
    }
    found = {key: getattr(result, key) for key in expected}
    assert found == pytest.approx(
        {key: float(value) for key, value in expected.items()}, rel=1e-9, abs=1e-6
    )
    if result.credits_tco2e == 0:
        assert (result.cost_per_t, result.breakeven_price_opex) == (None, None)
        return
    assert result.cost_per_t == pytest.approx(float(row["usd_per_t"]), rel=1e-9)
    assert result.breakeven_price_opex == pytest.approx(
        float(row["breakeven_closed_form"]), rel=1e-9
    )
    if not row["err"]:
        assert result.breakeven_price_opex == pytest.approx(
            float(row["breakevenOpexPrice"]), rel=1e-8
        )


def test_a_price_is_found_where_the_tool_gives_up() -> None:
    lost = [name for name, row in DEFAULTS.items() if row["err"].startswith("Max iterations")]
    assert len(lost) == 12
    for name in lost:
        assert tool_of(default_document(DEFAULTS[name])).breakeven_price_opex is not None


def test_the_published_cases_are_the_ones_expected() -> None:
    assert len(PROJECTS) == 11
    assert len(DEFAULTS) == 111
    assert sorted(ACCEPTED) == ["T01", "T03", "T05"]
    assert {path.name for path in PEERS.glob("tnc_*")} == {
        "tnc_acceptance.csv",
        "tnc_cash_flows.csv",
        "tnc_default_projects.csv",
        "tnc_projects.json",
    }
