"""What a plan of cohorts tells its reader, and what it refuses."""

from typing import Any

import pytest

from app.finance.case.carbon.cohort_rules import check_cohorts
from app.finance.case.carbon.cohorts import Answer, CohortPlan
from app.finance.case.carbon.growth import (
    BiomassAtAge,
    GrowthBasis,
    PlantedCohort,
    Roots,
    StemAtAge,
)
from app.messages.notices import NOTICES
from app.messages.refusals import EXPECTED
from tests.unit.finance.cohort_cases import plan, refusal, removed, stems


def codes(changed: CohortPlan) -> list[str]:
    found = [notice.code for notice in removed(changed).notices]
    assert set(found) <= set(NOTICES)
    return found


def problems(changed: CohortPlan) -> list[tuple[str, str]]:
    found = check_cohorts(changed)
    assert {problem.code for problem in found} <= set(EXPECTED)
    return [(problem.code, problem.path) for problem in found]


# What a reader is told


def test_a_project_that_meets_the_criteria_raises_no_flag() -> None:
    assert codes(plan(biomass_by_age=(BiomassAtAge(20, 50.0),))) == []


@pytest.mark.parametrize(
    ("answer", "code"),
    [(Answer.NO, "method_not_applicable"), (Answer.UNKNOWN, "applicability_unknown")],
)
@pytest.mark.parametrize(
    "name", ["degraded_habitat", "mangrove_or_hydrology", "soil_disturbance_low"]
)
def test_a_criterion_that_is_not_met_or_not_known_is_a_red_flag(
    name: str, answer: Answer, code: str
) -> None:
    notice = removed(plan(**{name: answer})).notices[0]
    assert (notice.code, notice.severity.value) == (code, "red_flag")
    assert notice.path == f"project.cohorts.{name}"
    assert "AR-AM0014" in str(notice.facts["clause"])


def test_a_stand_that_outlives_its_table_is_pointed_out() -> None:
    notice = removed(plan()).notices[0]
    assert notice.code == "growth_table_ends"
    assert notice.facts == {"last_age": 5, "oldest": 10, "last_year": 2030}


def test_an_equation_to_be_used_with_care_is_pointed_out_once() -> None:
    lines = (PlantedCohort(2020, 1.0, "秋茄"), PlantedCohort(2021, 1.0, "Kandelia obovata"))
    assert codes(stems(plantings=lines)).count("allometry_caution") == 1


# What is refused


def test_a_tree_without_an_equation_is_refused() -> None:
    lines = (PlantedCohort(2020, 1.0, "Sonneratia apetala"),)
    path = "project.cohorts.plantings.0.species"
    assert refusal(stems(plantings=lines)) == ("unknown_tree_species", path)


def test_an_equation_of_height_asks_for_it_by_line() -> None:
    lines = (PlantedCohort(2020, 1.0, "桐花树"),)
    table = (StemAtAge(5, 3.0, 1.5), StemAtAge(10, 5.0))
    found = refusal(stems(plantings=lines, dbh_by_age=table, roots=Roots.TOOL14))
    assert found == ("height_needed", "project.cohorts.dbh_by_age.1.height_m")


def test_an_equation_of_height_does_not_go_with_a_curve_of_diameter() -> None:
    grown = stems(
        plantings=(PlantedCohort(2020, 1.0, "桐花树"),),
        growth_basis=GrowthBasis.DBH_CURVE,
        curve_dbh_cm=10.0,
        curve_rate_1_yr=0.1,
        curve_shape=1.0,
        roots=Roots.TOOL14,
    )
    assert refusal(grown) == ("height_needs_table", "project.cohorts.growth_basis")


def test_the_general_equation_asks_for_the_wood_density() -> None:
    lines = (PlantedCohort(2020, 1.0, "general"),)
    path = "project.cohorts.plantings.0.wood_density_g_cm3"
    assert refusal(stems(plantings=lines)) == ("wood_density_needed", path)


@pytest.mark.parametrize(
    "name", ["carbon_fraction", "soil_rate_tc_ha_yr", "soil_years", "baseline_tco2e_ha_yr"]
)
def test_a_missing_factor_is_refused_by_name(name: str) -> None:
    assert refusal(plan(**{name: None})) == ("needed", f"project.cohorts.{name}")


@pytest.mark.parametrize(
    ("basis", "name"),
    [
        ("rate", "rate_t_ha_yr"),
        ("biomass_curve", "curve_rate_1_yr"),
        ("dbh_curve", "curve_rate_1_yr"),
    ],
)
def test_a_missing_number_of_growth_is_refused_by_name(basis: str, name: str) -> None:
    assert refusal(plan(growth_basis=GrowthBasis(basis))) == ("needed", f"project.cohorts.{name}")


def test_ages_that_do_not_increase_are_refused() -> None:
    table = (BiomassAtAge(5, 10.0), BiomassAtAge(5, 12.0))
    path = "project.cohorts.biomass_by_age.1.age"
    assert problems(plan(biomass_by_age=table)) == [("ages_not_increasing", path)]


def test_ages_of_two_species_may_alternate() -> None:
    table = (BiomassAtAge(5, 10.0), BiomassAtAge(5, 12.0, species="秋茄"), BiomassAtAge(9, 20.0))
    assert problems(plan(biomass_by_age=table)) == []


def test_a_species_without_growth_is_refused() -> None:
    table = (BiomassAtAge(5, 10.0, species="秋茄"),)
    lines = (PlantedCohort(2020, 1.0, "红树"),)
    path = "project.cohorts.plantings.0.species"
    assert problems(plan(biomass_by_age=table, plantings=lines)) == [("no_growth_of_species", path)]


def test_growth_by_diameter_asks_for_the_species() -> None:
    lines = (PlantedCohort(2020, 1.0),)
    path = "project.cohorts.plantings.0.species"
    assert problems(stems(plantings=lines)) == [("needed", path)]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"roots": Roots.EQUATION}, "roots_need_diameter"),
        ({"roots": Roots.IN_TABLE, "growth_basis": GrowthBasis.RATE}, "roots_need_table"),
    ],
)
def test_roots_that_do_not_go_with_the_growth_are_refused(
    changes: dict[str, Any], code: str
) -> None:
    assert problems(plan(**changes)) == [(code, "project.cohorts.roots")]


def test_a_table_without_its_column_of_roots_is_refused_by_line() -> None:
    table = (BiomassAtAge(5, 10.0, 3.0), BiomassAtAge(9, 20.0))
    path = "project.cohorts.biomass_by_age.1.below_ground_t_ha"
    assert problems(plan(biomass_by_age=table, roots=Roots.IN_TABLE)) == [("needed", path)]
