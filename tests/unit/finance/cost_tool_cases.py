"""Projects of the Blue Carbon Cost Tool as cases of this program."""

import copy
import csv
import json
from pathlib import Path
from typing import Any

from app.finance.sink.credits import CarbonResult, compute_carbon
from app.finance.valuation.cost_tool import compute_cost_tool, last_credit_year
from app.finance.valuation.flows import FlowPlan
from app.finance.valuation.results import ToolResult
from app.reference.tables import load_reference
from app.services.case_file import validate

PEERS = Path(__file__).parents[2] / "cases" / "peers"
START = 2025
"""Calendar year of the valuation date: year -4 of the tool; year 1 is four years later."""

COSTS = {
    "implementationLabor": "implementation_per_ha",
    "feasibilityAnalysis": "feasibility",
    "conservationPlanningAndAdmin": "planning_admin_yr",
    "dataCollectionAndFieldCost": "data_collection_yr",
    "communityRepresentation": "community_yr",
    "blueCarbonProjectPlanning": "project_planning",
    "establishingCarbonRights": "carbon_rights_yr",
    "validation": "validation",
    "monitoring": "monitoring_yr",
    "maintenance": "maintenance_share",
    "carbonStandardFees": "standard_fee_per_credit",
    "baselineReassessment": "baseline_reassessment",
    "mrv": "mrv",
    "longTermProjectOperatingCost": "long_term_operation_yr",
    "financingCost": "financing_share",
}
"""Cost input of the tool and its key in `appraisal.cost_tool`."""

CODES = {
    "implementationLabor": "implementation",
    "feasibilityAnalysis": "feasibility",
    "conservationPlanningAndAdmin": "planning_admin",
    "dataCollectionAndFieldCost": "data_collection",
    "communityRepresentation": "community_representation",
    "blueCarbonProjectPlanning": "project_planning",
    "establishingCarbonRights": "carbon_rights",
    "validation": "validation",
    "monitoring": "monitoring",
    "maintenance": "maintenance",
    "communityBenefitSharingFund": "community",
    "carbonStandardFees": "fee",
    "baselineReassessment": "baseline",
    "mrv": "verification",
    "longTermProjectOperatingCost": "operation",
}
"""Cost line of the tool and its code here."""

COMMUNITY_FROM_THE_START = ("CHN", "COL", "IDN", "KEN")
"""Countries whose projects are of the type "development": community costs also in year -4."""

PRICES = {"mangrove-conservation-indonesia": 20.0}
"""Price of the projects that are not computed at 30 USD/t."""

ECOSYSTEMS = {"Mangrove": "mangrove", "Salt marsh": "salt_marsh", "Seagrass": "seagrass"}


def peer_projects() -> dict[str, dict[str, Any]]:
    """Return the projects the tool's own tests hold, by id."""
    text = (PEERS / "tnc_projects.json").read_text(encoding="utf-8")
    return {project["id"]: project for project in json.loads(text)}


def peer_rows(name: str) -> list[dict[str, str]]:
    """Return the rows of `tests/cases/peers/<name>.csv`."""
    text = (PEERS / f"{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def calendar_year(year: int) -> int:
    """Return the calendar year of a year of the tool."""
    return START + (year + 4 if year < 0 else year + 3)


def planting(areas: dict[int, float], rate: float, success: float) -> dict[str, Any]:
    """Inputs of a restoration; `areas` by year of the tool."""
    return {
        "quantity_method": "planting",
        "activity": "planting",
        "planting": [
            {"year": calendar_year(year), "area_ha": area}
            for year, area in sorted(areas.items())
            if area
        ],
        "rate_tco2e_ha_yr": rate,
        "survival_share": success,
    }


def conservation(
    area: float, loss: float, *, biomass: float, soil: float, soil_years: int, kept: float
) -> dict[str, Any]:
    """Inputs of a conservation; emission factors in tCO2/ha, that of the soil a year."""
    return {
        "quantity_method": "ipcc_ws",
        "activity": "protection",
        "ipcc_ws": {
            "loss_plan": "rate",
            "protected_area_ha": area,
            "loss_share_yr": -loss,
            "loss_first_year": calendar_year(1),
            "biomass_carbon_tc_ha": biomass * 12 / 44,
            "biomass_loss_share": 1.0,
            "soil_carbon_tc_ha": soil * soil_years * 12 / 44,
            "soil_loss_share": 1.0,
            "soil_loss_years": soil_years,
            "kept_removal_tco2e_ha_yr": kept,
        },
    }


def document(project: dict[str, Any], tool: dict[str, Any], **appraisal: object) -> dict[str, Any]:
    """A complete case document in the convention of the tool; appraisal inputs by keyword."""
    return {
        "schema_version": 1,
        "project": {
            "name": "A project of the Cost Tool",
            "ecosystem": "salt_marsh",
            "uncertainty_discount": 0,
            "leakage_share": 0,
            "buffer_share": 0.2,
            **project,
        },
        "appraisal": {
            "valuation_date": f"{START}-01-01",
            "income_method": "cost_tool",
            "horizon_years": 20,
            "discount_rate": 0.04,
            "benefit_share": 0,
            "liquidation_discount": 0.4,
            "disposal_cost_share": 0.1,
            "months_to_sell": 12,
            **appraisal,
            "cost_tool": {
                "currency": "USD",
                "yuan_per_unit": 7.2,
                "price_per_t": 30,
                "price_growth": 0.015,
                **tool,
            },
        },
    }


def peer_document(peer: dict[str, Any]) -> dict[str, Any]:
    """The case document of a project of the tool."""
    given, costs, found = peer["assumptions"], peer["cost_inputs"], peer["resolved"]
    if peer["activity"] == "Restoration":
        planted = peer["parameters"]["restorationActivity"] == "Planting"
        areas = {int(year): area for year, area in found["restorationPlan"].items()}
        success = peer["parameters"]["plantingSuccessRate"] if planted else 1.0
        project = planting(areas, found["sequestrationRate"], success)
    else:
        two = bool(found["emissionFactorAgb"] and found["emissionFactorSoc"])
        project = conservation(
            peer["project_size_ha"],
            found["lossRate"],
            biomass=found["emissionFactorAgb"] if two else 0.0,
            soil=found["emissionFactorSoc"] if two else found["emissionFactor"],
            soil_years=peer["soc_release_years"] if two else given["projectLength"],
            kept=found["sequestrationRate"],
        )
    project |= {"ecosystem": ECOSYSTEMS[peer["ecosystem"]], "buffer_share": given["buffer"]}
    tool = {key: costs[name] for name, key in COSTS.items()} | {
        "price_per_t": PRICES.get(peer["id"], 30.0),
        "price_growth": given["carbonPriceIncrease"],
        "baseline_interval_yr": given["baselineReassessmentFrequency"],
        "mrv_interval_yr": given["verificationFrequency"],
        "community_years": 4 if peer["country"] in COMMUNITY_FROM_THE_START else 3,
    }
    return document(
        project,
        tool,
        horizon_years=given["projectLength"],
        discount_rate=given["discountRate"],
        benefit_share=costs["communityBenefitSharingFund"],
    )


def computed(case: dict[str, Any]) -> tuple[ToolResult, FlowPlan, CarbonResult]:
    """Validate a document and compute it in the convention of the tool."""
    found = validate(case).case
    assert found.appraisal is not None
    tables = load_reference().tables
    last = last_credit_year(found.appraisal)
    carbon = compute_carbon(found.project, last_year=last, tables=tables)
    result, plan = compute_cost_tool(found.project, found.appraisal, carbon)
    return result, plan, carbon


def tool_of(case: dict[str, Any]) -> ToolResult:
    """Return the figures of the tool of a document."""
    return computed(case)[0]


MARSH = document(
    planting({-1: 250.0, 1: 250.0}, 3.3, 1.0),
    {
        "feasibility": 50_000,
        "planning_admin_yr": 10_000,
        "community_yr": 5_000,
        "implementation_per_ha": 100,
        "maintenance_share": 0.1,
        "monitoring_yr": 2_000,
        "standard_fee_per_credit": 0.2,
        "baseline_reassessment": 40_000,
        "mrv": 30_000,
        "long_term_operation_yr": 1_000,
    },
    benefit_share=0.3,
)


def marsh(
    project: dict[str, Any] | None = None, tool: dict[str, Any] | None = None, **appraisal: object
) -> dict[str, Any]:
    """A small restoration with some inputs changed."""
    case = copy.deepcopy(MARSH)
    case["project"] |= project or {}
    case["appraisal"] |= appraisal
    case["appraisal"]["cost_tool"] |= tool or {}
    return case
