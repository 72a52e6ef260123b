"""Planted cohorts as case files: what is refused, and the credits that come of them."""

from typing import Any

import pytest

from app.finance.sink.credits import CarbonResult, compute_carbon
from app.reference.tables import load_reference
from app.services.case_file import CaseRefused, validate


def document(**cohorts: Any) -> dict[str, Any]:
    """One hectare whose trees take up 100 t/ha in ten years, with its soil; no deductions."""
    return {
        "schema_version": 1,
        "project": {
            "name": "one hectare",
            "ecosystem": "mangrove",
            "activity": "planting",
            "quantity_method": "ar_am0014",
            "crediting_end": "2030-12-31",
            "uncertainty_discount": 0,
            "leakage_share": 0,
            "buffer_share": 0,
            "cohorts": {
                "survival_share": 1,
                "growth_basis": "biomass_table",
                "roots": "included",
                "plantings": [{"year": 2020, "area_ha": 1}],
                "biomass_by_age": [{"age": 10, "above_ground_t_ha": 100}],
                "soil_pool": "counted",
                "baseline_tco2e_ha_yr": 0,
                "degraded_habitat": "yes",
                "mangrove_or_hydrology": "yes",
                "soil_disturbance_low": "yes",
                **cohorts,
            },
        },
    }


def computed(given: dict[str, Any]) -> CarbonResult:
    case = validate(given).case
    return compute_carbon(case.project, last_year=None, tables=load_reference().tables)


def refused(given: dict[str, Any]) -> list[tuple[str, str]]:
    with pytest.raises(CaseRefused) as caught:
        validate(given)
    return [(problem.code, problem.path) for problem in caught.value.problems]


def test_factors_left_empty_are_those_of_the_method() -> None:
    """100 t x 0.47 x 44/12 = 172.333 t CO2 in trees, 0.50 x 44/12 x 10 = 18.333 in soil."""
    found = computed(document())
    assert found.total_by_pool["above_ground"] == pytest.approx(172.333, abs=1e-3)
    assert found.total_by_pool["soil"] == pytest.approx(18.333, abs=1e-3)
    assert found.total_credits_tco2 == pytest.approx(190.667, abs=1e-3)


def test_plots_lower_the_credits_of_the_trees_but_not_of_the_soil() -> None:
    """U 15 % on 60 ± 9: 3.75 % of 172.333 = 6.4625 t off 190.667 t."""
    line = {"survey_year": 2030, "area_ha": 1, "plots": 25, "mean_t_ha": 60, "sd_t_ha": 22.5}
    found = computed(document(plots=[line], t_value=2))
    assert found.total_removals_tco2 == pytest.approx(190.667, abs=1e-3)
    assert found.total_credits_tco2 == pytest.approx(184.204, abs=1e-3)


def test_plots_take_the_place_of_the_stated_discount() -> None:
    line = {"survey_year": 2030, "area_ha": 1, "plots": 25, "mean_t_ha": 60, "sd_t_ha": 1}
    given = document(plots=[line])
    given["project"]["uncertainty_discount"] = 0.3
    assert computed(given).total_credits_tco2 == pytest.approx(190.667, abs=1e-3)


@pytest.mark.parametrize(
    ("cohorts", "code", "path"),
    [
        ({"plantings": []}, "needed", "plantings"),
        ({"plantings": [{"year": 2031, "area_ha": 1}]}, "planted_after_end", "plantings.0.year"),
        ({"plantings": [{"year": 1989, "area_ha": 1}]}, "minimum", "plantings.0.year"),
        ({"plantings": [{"year": 2020, "area_ha": -1}]}, "minimum", "plantings.0.area_ha"),
        ({"survival_share": -0.1}, "minimum", "survival_share"),
        ({"survival_share": 1.1}, "maximum", "survival_share"),
        ({"growth_basis": "rate"}, "needed", "rate_t_ha_yr"),
        ({"growth_basis": "dbh_table"}, "needed", "dbh_by_age"),
        ({"growth_basis": "dbh_curve"}, "needed", "trees_per_ha"),
        ({"growth_basis": "biomass_curve"}, "needed", "curve_shape"),
        ({"roots": "ratio"}, "needed", "root_shoot_ratio"),
        ({"soil_pool": None}, "needed", "soil_pool"),
        ({"degraded_habitat": None}, "needed", "degraded_habitat"),
        (
            {
                "biomass_by_age": [
                    {"age": 9, "above_ground_t_ha": 1},
                    {"age": 8, "above_ground_t_ha": 1},
                ]
            },
            "ages_not_increasing",
            "biomass_by_age.1.age",
        ),
    ],
)
def test_what_does_not_fit_is_refused_by_name(
    cohorts: dict[str, Any], code: str, path: str
) -> None:
    assert (code, f"project.cohorts.{path}") in refused(document(**cohorts))


def test_a_method_of_cohorts_without_its_section_is_refused() -> None:
    given = document()
    del given["project"]["cohorts"]
    assert {path for _, path in refused(given)} == {
        "project.cohorts.survival_share",
        "project.cohorts.growth_basis",
        "project.cohorts.roots",
    }


@pytest.mark.parametrize(
    ("method", "missing"),
    [
        ("ccer_14_002", {"site_kind", "built_by_planting", "title_document"}),
        ("ccer_14_003", {"site_kind", "vegetation_cover_share"}),
        ("ccer_14_004", set()),
    ],
)
def test_each_ccer_method_asks_for_its_own_conditions(method: str, missing: set[str]) -> None:
    given = document()
    given["project"]["quantity_method"] = method
    given["project"]["ccer"] = {
        "carbon_fraction": 0.45,
        "soil_rate_tc_ha_yr": 0.5,
        "soil_years": 20,
        "baseline_tco2e_ha_yr": 0,
        "risk_deduction_share": 0.1,
    }
    if missing:
        assert {path for _, path in refused(given)} == {f"project.ccer.{name}" for name in missing}
    else:
        assert computed(given).total_credits_tco2 == pytest.approx(165.0)  # (165 + 18.33) x 0.9


def test_numbers_of_a_ccer_method_are_asked_for() -> None:
    given = document()
    given["project"]["quantity_method"] = "ccer_14_004"
    given["project"]["ccer"] = {}
    assert {path for code, path in refused(given) if code == "missing"} == {
        "project.ccer.carbon_fraction",
        "project.ccer.soil_rate_tc_ha_yr",
        "project.ccer.soil_years",
        "project.ccer.baseline_tco2e_ha_yr",
        "project.ccer.risk_deduction_share",
    }
