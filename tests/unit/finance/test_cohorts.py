"""Planted cohorts by AR-AM0014 and AR-TOOL14."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.finance.case.carbon.cohorts import SOIL_RATE_UNITS, CohortPlan, SoilPool
from app.finance.case.carbon.growth import (
    BiomassAtAge,
    GrowthBasis,
    PlantedCohort,
    Roots,
    StemAtAge,
)
from app.finance.case.units import AREA_UNITS
from app.finance.sink.methods.cohorts import cohort_removals
from app.finance.sink.methods.growth import chapman_richards
from app.finance.sink.pools import Numbers, Pool, Span
from tests.unit.finance.cohort_cases import QUIET, SPAN, plan, refusal, removed, stems


def pool(changed: CohortPlan, which: Pool, span: Span = SPAN) -> list[float]:
    return [float(x) for x in removed(changed, span).pools[which]]


# Stocks and increments


def test_tree_carbon_of_the_senegal_stratum_is_reproduced() -> None:
    """Case W03: 1227.763531 ha x 53.59 t d.m./ha x 0.47 x 44/12."""
    grown = plan(
        plantings=(PlantedCohort(2020, 1227.763531),),
        survival_share=1.0,
        biomass_by_age=(BiomassAtAge(1, 53.59),),
        roots=Roots.INCLUDED,
    )
    assert pool(grown, Pool.ABOVE_GROUND)[0] == pytest.approx(113388.17740930643, rel=1e-9)


def test_a_cohort_first_grows_in_the_year_after_it_was_planted() -> None:
    """80 ha x 10 t x 0.47 x 44/12 = 1378.667 t in 2021; 120 ha from 2022; 2026 only 40 ha."""
    above = pool(plan(), Pool.ABOVE_GROUND)
    assert above[0] == pytest.approx(1378.667, abs=1e-3)
    assert above[1:5] == pytest.approx([2068.0] * 4, abs=1e-3)
    assert above[5] == pytest.approx(689.333, abs=1e-3)
    assert above[6:] == pytest.approx([0.0] * 4)


def test_roots_by_ratio_follow_the_biomass_above_ground() -> None:
    assert pool(plan(), Pool.BELOW_GROUND)[0] == pytest.approx(413.6, abs=1e-3)  # 0.3 x 1378.667


def test_soil_takes_up_carbon_for_its_years_and_then_no_more() -> None:
    """0.5 t C x 44/12 on 80 ha in 2021, on 120 ha in 2022, on 40 ha in 2023, then none."""
    soil = pool(plan(), Pool.SOIL)
    assert soil[:4] == pytest.approx([146.667, 220.0, 73.333, 0.0], abs=1e-3)
    assert soil[4:] == [0.0] * 6


def test_the_baseline_comes_off_on_all_the_area_planted() -> None:
    assert pool(plan(), Pool.BASELINE)[:2] == pytest.approx([-10.0, -15.0])


def test_soil_that_is_left_out_is_no_pool() -> None:
    assert Pool.SOIL not in removed(plan(soil_pool=SoilPool.LEFT_OUT)).pools


def test_a_line_may_state_its_own_survival() -> None:
    lines = (PlantedCohort(2020, 100.0, survival_share=0.4),)
    assert pool(plan(plantings=lines), Pool.ABOVE_GROUND)[0] == pytest.approx(689.333, abs=1e-3)


def test_a_species_with_its_own_lines_grows_by_them() -> None:
    table = (BiomassAtAge(1, 10.0), BiomassAtAge(1, 30.0, species="秋茄"))
    lines = (PlantedCohort(2020, 100.0), PlantedCohort(2020, 100.0, "秋茄"))
    above = pool(plan(plantings=lines, biomass_by_age=table), Pool.ABOVE_GROUND)
    assert above[0] == pytest.approx(5514.667, abs=1e-3)  # 80 ha x (10 + 30) t x 0.47 x 44/12


def test_growth_before_the_years_accounted_for_is_left_out() -> None:
    whole = pool(plan(), Pool.ABOVE_GROUND, Span(2015, 2030))
    late = pool(plan(), Pool.ABOVE_GROUND, Span(2024, 2030))
    assert whole[:6] == [0.0] * 6
    assert late == pytest.approx(whole[9:])


def test_a_cohort_planted_in_the_last_year_adds_nothing() -> None:
    late = plan(plantings=(PlantedCohort(2030, 100.0), PlantedCohort(2031, 100.0)))
    assert removed(late).total.tolist() == [0.0] * 10


def test_constant_growth_ends_at_its_last_age() -> None:
    grown = plan(growth_basis=GrowthBasis.RATE, rate_t_ha_yr=10.0, rate_years=5)
    assert pool(grown, Pool.ABOVE_GROUND) == pytest.approx(pool(plan(), Pool.ABOVE_GROUND))


def test_the_curve_of_chapman_and_richards_reaches_its_known_points() -> None:
    """100 (1 - e^-1) = 63.212 and 100 (1 - e^-1)^2 = 39.958 at age 10, k 0.1."""
    straight = chapman_richards(asymptote=100.0, rate=0.1, shape=1.0, ages=10)
    bent = chapman_richards(asymptote=100.0, rate=0.1, shape=2.0, ages=10)
    assert straight[[0, 10]].tolist() == pytest.approx([0.0, 63.212], abs=1e-3)
    assert bent[10] == pytest.approx(39.958, abs=1e-3)


def test_a_curve_of_biomass_gives_its_increments() -> None:
    grown = plan(
        growth_basis=GrowthBasis.BIOMASS_CURVE,
        plantings=(PlantedCohort(2020, 1.0),),
        survival_share=1.0,
        curve_biomass_t_ha=100.0,
        curve_rate_1_yr=0.1,
        curve_shape=1.0,
        carbon_fraction=1.0,
    )
    above = pool(grown, Pool.ABOVE_GROUND)
    assert sum(above) == pytest.approx(63.212 * 44 / 12, abs=1e-2)
    assert above[0] == pytest.approx(9.5163 * 44 / 12, abs=1e-3)  # 100 (1 - e^-0.1)


def test_trees_by_diameter_grow_in_carbon_not_in_diameter() -> None:
    """38.0043 kg x 1000 trees = 38.0043 t/ha over ten equal years (AR-TOOL14, eq. 11)."""
    above = pool(stems(), Pool.ABOVE_GROUND)
    assert above == pytest.approx([38.0043 / 10 * 44 / 12] * 10, abs=1e-4)
    below = pool(stems(), Pool.BELOW_GROUND)
    assert sum(below) == pytest.approx(18.5045 * 44 / 12, abs=1e-3)


def test_roots_by_the_function_of_ar_tool14_follow_the_stock() -> None:
    """R is 0.2399 at 100 t/ha, so that the roots reach 23.99 t/ha."""
    grown = plan(
        plantings=(PlantedCohort(2020, 1.0),),
        survival_share=1.0,
        biomass_by_age=(BiomassAtAge(10, 100.0),),
        roots=Roots.TOOL14,
        carbon_fraction=1.0,
    )
    assert sum(pool(grown, Pool.BELOW_GROUND)) == pytest.approx(23.99 * 44 / 12, abs=0.02)


def test_roots_may_stand_in_the_table() -> None:
    table = (BiomassAtAge(2, 20.0, 5.0), BiomassAtAge(5, 50.0, 20.0))
    below = pool(plan(biomass_by_age=table, roots=Roots.IN_TABLE), Pool.BELOW_GROUND)
    assert below[0] == pytest.approx(344.667, abs=1e-3)  # 80 ha x 2.5 t x 0.47 x 44/12


def test_a_diameter_curve_ends_at_the_mass_of_its_diameter() -> None:
    grown = stems(
        growth_basis=GrowthBasis.DBH_CURVE,
        curve_dbh_cm=10.0,
        curve_rate_1_yr=10.0,
        curve_shape=1.0,
    )
    assert sum(pool(grown, Pool.ABOVE_GROUND)) == pytest.approx(38.0043 * 44 / 12, abs=1e-3)


def test_measured_wood_density_takes_the_place_of_the_published_one() -> None:
    lines = (PlantedCohort(2020, 1.0, "秋茄", wood_density_g_cm3=1.05),)
    double = sum(pool(stems(plantings=lines), Pool.ABOVE_GROUND))
    assert double == pytest.approx(2 * sum(pool(stems(), Pool.ABOVE_GROUND)))


# Properties


@given(
    area=st.floats(0.01, 1e6),
    survival=st.floats(0, 1),
    stocks=st.lists(st.floats(0, 500), min_size=1, max_size=6),
)
def test_increments_add_up_to_the_last_stock_on_the_established_area(
    area: float, survival: float, stocks: list[float]
) -> None:
    grown = plan(
        plantings=(PlantedCohort(2020, area),),
        survival_share=survival,
        biomass_by_age=tuple(BiomassAtAge(2 * (n + 1), b) for n, b in enumerate(stocks)),
        carbon_fraction=12 / 44,
    )
    total = sum(pool(grown, Pool.ABOVE_GROUND, Span(2021, 2040)))
    assert total == pytest.approx(stocks[-1] * area * survival, rel=1e-9, abs=1e-6 * area)


@given(area=st.floats(0.01, 1e6))
def test_area_in_mu_gives_what_area_in_hectares_gives(area: float) -> None:
    per_mu = dict(AREA_UNITS)["mu"]
    in_ha = removed(plan(plantings=(PlantedCohort(2020, area),))).total
    in_mu = removed(plan(plantings=(PlantedCohort(2020, area * 15 * per_mu),))).total
    assert np.allclose(in_mu, in_ha, rtol=1e-12, atol=0)


@given(rate=st.floats(0, 50))
def test_a_soil_rate_in_co2_gives_what_the_rate_in_carbon_gives(rate: float) -> None:
    per_co2 = dict(SOIL_RATE_UNITS)["tCO2e/ha/yr"]
    in_carbon = pool(plan(soil_rate_tc_ha_yr=rate), Pool.SOIL)
    in_co2 = pool(plan(soil_rate_tc_ha_yr=rate * 44 / 12 * per_co2), Pool.SOIL)
    assert in_co2 == pytest.approx(in_carbon, rel=1e-12)


@given(factor=st.floats(0.1, 10))
def test_twice_the_area_gives_twice_the_removals(factor: float) -> None:
    lines = tuple(replace(row, area_ha=row.area_ha * factor) for row in plan().plantings)
    assert np.allclose(removed(plan(plantings=lines)).total, removed(plan()).total * factor)


def test_no_area_gives_no_removals() -> None:
    lines = (PlantedCohort(2020, 0.0), PlantedCohort(2021, 0.0))
    assert removed(plan(plantings=lines)).total.tolist() == [0.0] * 10


# Draws


def _draw(values: list[float]) -> Any:
    return np.array(values).reshape(-1, 1)


@settings(max_examples=10)
@given(basis=st.sampled_from(list(GrowthBasis)), roots=st.sampled_from(["tool14", "ratio"]))
def test_each_draw_gives_what_its_own_plan_gives(basis: GrowthBasis, roots: str) -> None:
    area, survival, biomass = [100.0, 120.0, 80.0], [0.7, 0.8, 0.9], [40.0, 50.0, 60.0]
    dbh, fraction, soil = [8.0, 10.0, 12.0], [0.45, 0.47, 0.5], [0.4, 0.5, 0.6]

    def of(pick: Any) -> CohortPlan:
        return plan(
            growth_basis=basis,
            roots=Roots(roots),
            survival_share=pick(survival),
            plantings=(
                PlantedCohort(2018, pick(area), "秋茄"),
                PlantedCohort(2021, 50.0, "秋茄"),
                PlantedCohort(2021, 20.0, "红树", survival_share=pick(survival)),
            ),
            trees_per_ha=1000.0,
            biomass_by_age=(BiomassAtAge(2, 20.0), BiomassAtAge(5, pick(biomass))),
            dbh_by_age=(StemAtAge(3, 3.0), StemAtAge(9, pick(dbh))),
            curve_biomass_t_ha=pick(biomass),
            curve_dbh_cm=pick(dbh),
            curve_rate_1_yr=0.1,
            curve_shape=1.5,
            rate_t_ha_yr=pick(biomass),
            rate_years=8,
            carbon_fraction=pick(fraction),
            soil_rate_tc_ha_yr=pick(soil),
        )

    drawn: Numbers = cohort_removals(of(_draw), SPAN, QUIET).total
    assert drawn.shape == (3, 10)
    for number in range(3):
        alone = cohort_removals(of(lambda given, n=number: given[n]), SPAN, QUIET).total
        assert drawn[number] == pytest.approx(alone, rel=1e-12)


def test_a_soil_rate_may_differ_from_year_to_year() -> None:
    rates: Any = np.linspace(0.1, 1.0, 20).reshape(2, 10)
    soil = cohort_removals(plan(soil_rate_tc_ha_yr=rates), SPAN, QUIET).pools[Pool.SOIL]
    assert soil.shape == (2, 10)
    assert soil[0, 0] == pytest.approx(0.1 * 80 * 44 / 12)


@pytest.mark.parametrize("name", ["survival_share", "root_shoot_ratio"])
def test_a_stand_drawn_anew_each_year_is_refused(name: str) -> None:
    yearly = np.full((2, 10), 0.5)
    assert refusal(plan(**{name: yearly})) == ("one_draw_of_stand", f"project.cohorts.{name}")


def test_an_area_drawn_anew_each_year_is_refused_at_its_line() -> None:
    yearly: Any = np.full((2, 10), 5.0)
    lines = (PlantedCohort(2020, 1.0), PlantedCohort(2020, yearly))
    path = "project.cohorts.plantings.1.area_ha"
    assert refusal(plan(plantings=lines)) == ("one_draw_of_stand", path)


# Working


def test_the_working_shows_each_pool_of_the_fullest_year() -> None:
    """2022: 120 ha x 10 t above, 0.3 of it in roots, soil and baseline."""
    steps = {step.key: step for step in removed(plan()).working}
    assert list(steps) == [
        "carbon.cohorts.roots.1",
        "carbon.cohorts.above_ground",
        "carbon.cohorts.below_ground",
        "carbon.cohorts.soil",
        "carbon.cohorts.baseline",
    ]
    assert steps["carbon.cohorts.above_ground"].value == pytest.approx(2068.0, abs=1e-3)
    assert steps["carbon.cohorts.soil"].value == pytest.approx(220.0)
    assert steps["carbon.cohorts.baseline"].value == pytest.approx(-15.0)


def test_the_working_shows_the_mean_tree_and_its_roots() -> None:
    steps = {step.key: step.value for step in removed(stems()).working}
    assert steps["carbon.cohorts.tree.1"] == pytest.approx(38.0043, abs=1e-4)
    assert steps["carbon.cohorts.tree_roots.1"] == pytest.approx(18.5045, abs=1e-4)


def test_no_working_is_made_where_only_figures_are_wanted() -> None:
    assert cohort_removals(plan(), SPAN, QUIET).working == ()
