"""Removals and credits against published figures."""

import json
from typing import Any

import pytest

from app.finance.case.carbon.harvest import AccountingMode, WeightBasis
from app.finance.case.case import Case
from app.finance.errors import DomainError
from app.finance.sink.credits import compute_carbon
from app.reference.tables import check_tables, load_reference
from app.services.case_file import validate
from tests.case_table import case_table

CASES = case_table("carbon")
PLANTED = sorted(name for name in CASES if "restored_per_year_ha" in CASES[name]["inputs"])


def build(document: dict[str, Any], **project: object) -> Case:
    document["project"].update(project)
    return validate(document).case


def carbon_of(case: Case, last_year: int = 2060) -> Any:
    return compute_carbon(case.project, last_year=last_year, tables=load_reference().tables)


def oyster(document: dict[str, Any], mode: str, tonnes: float = 1000, basis: str = "wet") -> Any:
    line = {
        "species": "oyster",
        "first_year": 2025,
        "last_year": 2025,
        "tonnes_per_year": tonnes,
        "basis": basis,
    }
    return carbon_of(
        build(document, quantity_method="harvest", accounting_mode=mode, harvest=[line])
    )


def test_a_thousand_tonnes_of_wet_oyster_hold_351_tonnes_of_co2(document: dict[str, Any]) -> None:
    assert oyster(document, "soft_and_shell").total_removals_tco2 == pytest.approx(
        351.477, abs=5e-4
    )


def test_soft_tissue_alone_holds_a_fifth_of_it(document: dict[str, Any]) -> None:
    assert oyster(document, "soft_only").total_removals_tco2 == pytest.approx(67.389, abs=5e-4)


def test_soft_and_shell_add_up(document: dict[str, Any]) -> None:
    shell = oyster(document, "shell_only").total_removals_tco2
    assert shell == pytest.approx(351.477 - 67.389, abs=1e-3)


def test_dry_weight_is_not_dried_again() -> None:
    kelp = load_reference().species["kelp"]
    dry = kelp.tco2_per_t(WeightBasis.DRY, AccountingMode.SOFT_ONLY)
    wet = kelp.tco2_per_t(WeightBasis.WET, AccountingMode.SOFT_ONLY)
    assert dry == pytest.approx(1.144, abs=5e-4)
    assert wet == pytest.approx(0.2288, abs=5e-5)


def test_a_species_is_found_by_its_chinese_name() -> None:
    species = load_reference().species
    assert species["牡蛎"] is species["oyster"]


def test_an_unknown_species_is_refused_by_name(document: dict[str, Any]) -> None:
    case = build(
        document,
        quantity_method="harvest",
        accounting_mode="soft_only",
        harvest=[
            {
                "species": "abalone",
                "first_year": 2025,
                "last_year": 2025,
                "tonnes_per_year": 1,
                "basis": "wet",
            }
        ],
    )
    with pytest.raises(DomainError) as refused:
        carbon_of(case)
    assert refused.value.code == "unknown_species"
    assert refused.value.facts["value"] == "abalone"


@pytest.mark.parametrize("name", PLANTED)
def test_planted_areas_give_the_credits_of_the_cost_tool(
    name: str, document: dict[str, Any]
) -> None:
    given = json.loads(CASES[name]["inputs"])
    expected = json.loads(CASES[name]["expected"])
    left, year, plan = given["ha"], 2024, []
    while left > 0:
        area = min(left, given["restored_per_year_ha"])
        plan.append({"year": year, "area_ha": area})
        left, year = left - area, year + 1
    case = build(
        document,
        ecosystem="mangrove",
        quantity_method="planting",
        planting=plan,
        rate_tco2e_ha_yr=given["rate_tCO2_ha_yr"],
        survival_share=given["success"],
        buffer_share=given["buffer"],
    )
    carbon = carbon_of(case, last_year=2024 + given["years"])
    assert carbon.total_removals_tco2 == pytest.approx(expected["abatement_t"], abs=1)
    assert carbon.total_credits_tco2 == pytest.approx(expected["credits_t"], abs=1)


def test_accrual_stops_after_its_years(document: dict[str, Any]) -> None:
    case = build(
        document,
        quantity_method="planting",
        planting=[{"year": 2024, "area_ha": 10}],
        rate_tco2e_ha_yr=0.5 * 44 / 12,
        survival_share=1,
        accrual_years=20,
    )
    years = [row.year for row in carbon_of(case, last_year=2100).years]
    assert (years[0], years[-1]) == (2025, 2044)


def test_tonnes_of_carbon_become_tonnes_of_co2(document: dict[str, Any]) -> None:
    case = build(document, stated_unit="tC")
    assert carbon_of(case).total_removals_tco2 == pytest.approx(12504.14 * 44 / 12)


def test_deductions_multiply(document: dict[str, Any]) -> None:
    case = build(
        document, uncertainty_discount=0.1, leakage_share=0.05, buffer_share=0.2, own_share=0.5
    )
    assert carbon_of(case).credit_share == pytest.approx(0.9 * 0.95 * 0.8 * 0.5)


def test_the_kelp_ticket_of_lianjiang_has_an_implausible_rate(document: dict[str, Any]) -> None:
    line = {"first_year": 2025, "last_year": 2025, "tonnes_per_year": 27456}
    carbon = carbon_of(build(document, stated=[line], site_area_ha=171.8))
    assert carbon.peak_rate_tco2_ha_yr == pytest.approx(159.8, abs=0.05)


def test_shipped_tables_match_their_checksums() -> None:
    assert check_tables() == []
