"""VM0033 v2.1: gases by salinity, biomass of herbs and trees, and the years that count."""

from dataclasses import replace

import numpy as np
import pytest

from app.finance.case.carbon.vm0033 import (
    CapCase,
)
from app.finance.case.carbon.vm0033_lines import (
    WoodyChange,
)
from app.finance.case.carbon.vm0033_rules import vm0033_years
from app.finance.case.carbon.vm0033_strata import (
    NitrogenSource,
    WetlandKind,
)
from app.finance.errors import DomainError
from app.finance.sink.methods.vm0033_gases import nitrous_default_t_ha_yr
from app.finance.sink.pools import Pool
from tests.vm0033_plans import (
    GASES,
    MARSH,
    TABLES,
    codes,
    first,
    plan,
    removals,
)

# Methane and nitrous oxide: equations 60 to 68.


@pytest.mark.parametrize(
    ("salinity", "tonnes"),
    [(18.001, 30.8), (19.999, 30.8), (20.0, 15.68), (35.0, 15.68)],  # 100 x 0.011 | 0.0056 x 28
)
def test_methane_has_two_defaults_by_salinity(salinity: float, tonnes: float) -> None:
    found = removals(replace(MARSH, salinity_ppt=salinity), **GASES)
    assert first(found, Pool.METHANE) == pytest.approx(-tonnes, abs=1e-9)


@pytest.mark.parametrize("salinity", [0.0, 12.0, 18.0])
def test_methane_at_18_ppt_and_below_must_be_measured(salinity: float) -> None:
    row = replace(MARSH, salinity_ppt=salinity)
    assert codes(row, **GASES) == {"project.vm0033.strata.0.ch4_t_ha_yr": "methane_needs_rate"}
    with pytest.raises(DomainError) as refused:
        removals(row, **GASES)
    assert refused.value.code == "methane_needs_rate"
    measured = replace(row, ch4_t_ha_yr=0.2)
    assert codes(measured, **GASES) == {}
    assert first(removals(measured, **GASES), Pool.METHANE) == pytest.approx(-560.0)


def test_salinity_that_is_missing_is_refused_by_name() -> None:
    row = replace(MARSH, salinity_ppt=None)
    found = codes(row, **GASES)
    assert found["project.vm0033.strata.0.salinity_ppt"] == "salinity_needed"
    with pytest.raises(DomainError) as refused:
        removals(row, **GASES)
    assert refused.value.code == "salinity_needed"


def test_the_kind_of_salinity_and_the_warming_potential_have_no_default() -> None:
    found = codes(**{**GASES, "salinity_kind": None, "gwp_ch4": None})
    assert found == {
        "project.vm0033.gwp_ch4": "needed",
        "project.vm0033.salinity_kind": "needed",
    }


@pytest.mark.parametrize(
    ("wetland", "salinity", "factor"),
    [
        (WetlandKind.OPEN_WATER, 18.1, 0.000157),
        (WetlandKind.OPEN_WATER, 18.0, 0.00033),
        (WetlandKind.OPEN_WATER, 5.0, 0.00053),
        (WetlandKind.MARSH, 18.1, 0.000487),
        (WetlandKind.MARSH, 18.0, 0.000754),
        (WetlandKind.MANGROVE, 5.1, 0.000754),
        (WetlandKind.MANGROVE, 5.0, 0.000864),
        (WetlandKind.SEAGRASS, 30.0, 0.0),
    ],
)
def test_nitrous_oxide_has_six_defaults(
    wetland: WetlandKind, salinity: float, factor: float
) -> None:
    assert nitrous_default_t_ha_yr(salinity, wetland, TABLES) == pytest.approx(factor)


def test_nitrous_oxide_is_counted_by_its_warming_potential() -> None:
    found = removals(**GASES)
    assert first(found, Pool.NITROUS_OXIDE) == pytest.approx(-12.9055)  # 100 x 0.000487 x 265


def test_where_nitrogen_drains_in_no_default_is_taken() -> None:
    row = replace(MARSH, nitrogen_source=NitrogenSource.PRESENT)
    place = "project.vm0033.strata.0.n2o_t_ha_yr"
    assert codes(row, **GASES) == {place: "nitrogen_source_needs_rate"}
    with pytest.raises(DomainError) as refused:
        removals(row, **GASES)
    assert refused.value.code == "nitrogen_source_needs_rate"
    assert codes(replace(row, n2o_t_ha_yr=0.002), **GASES) == {}


def test_two_defaults_of_methane_are_no_reduction() -> None:
    row = replace(MARSH, salinity_ppt=25.0, baseline_salinity_ppt=19.0)
    changes = GASES | {
        "cap_case": CapCase.BASELINE,
        "ner_at_100_tco2e": 1e6,
        "baseline_uncertainty_share": 0.1,
    }
    place = "project.vm0033.strata.0.baseline_salinity_ppt"
    assert codes(row, **changes) == {place: "methane_defaults_no_reduction"}
    found = removals(row, **changes)
    assert first(found, Pool.BASELINE) + first(found, Pool.METHANE) == pytest.approx(0.0)


def test_measured_methane_of_a_brackish_baseline_is_a_reduction() -> None:
    row = replace(MARSH, salinity_ppt=25.0, baseline_ch4_t_ha_yr=0.2)
    changes = GASES | {
        "cap_case": CapCase.BASELINE,
        "ner_at_100_tco2e": 1e6,
        "baseline_uncertainty_share": 0.1,
    }
    assert codes(row, **changes) == {}
    found = removals(row, **changes)
    assert first(found, Pool.BASELINE) == pytest.approx(560.0)
    assert found.buffer_base == pytest.approx(found.pools[Pool.SOIL])


# Biomass of herbs and trees.


def test_herbs_count_once_by_what_their_cover_gained() -> None:
    row = replace(MARSH, herb_cover_before_share=0.1, herb_cover_after_share=0.6)
    herbs = removals(row).pools[Pool.HERBACEOUS]
    assert herbs == pytest.approx([550.0] + [0.0] * 9)  # 100 ha x 3 tC x 0.5 x 44/12


def test_full_herbs_on_bare_ground_hold_eleven_tonnes_a_hectare() -> None:
    row = replace(MARSH, area_ha=1.0, herb_cover_before_share=0.0, herb_cover_after_share=1.0)
    assert first(removals(row), Pool.HERBACEOUS) == pytest.approx(11.0)


def test_herbs_need_their_baseline_and_no_tree_tool_beside_them() -> None:
    half = replace(MARSH, herb_cover_after_share=0.6)
    assert codes(half) == {"project.vm0033.strata.0.herb_cover_before_share": "needed"}
    whole = replace(half, herb_cover_before_share=0.0)
    line = WoodyChange("A", 2025, 2034, 20.0)
    assert codes(whole, woody_changes=(line,)) == {
        "project.vm0033.woody_changes.0.stratum": "herbs_beside_trees"
    }


def test_a_change_of_biomass_is_spread_over_its_years_and_takes_the_area_of_its_stratum() -> None:
    line = WoodyChange("A", 2026, 2030, 60.0)
    woody = removals(woody_changes=(line,)).pools[Pool.WOODY]
    assert woody == pytest.approx([0] + [2068.0] * 5 + [0] * 4)  # 100 x 60 x 0.47 x 44/12 / 5


def test_a_biomass_line_of_an_unknown_stratum_is_refused() -> None:
    line = WoodyChange("Z", 2026, 2030, 60.0)
    assert codes(woody_changes=(line,)) == {
        "project.vm0033.woody_changes.0.stratum": "unknown_stratum"
    }
    with pytest.raises(DomainError) as refused:
        removals(woody_changes=(line,))
    assert refused.value.facts["known"] == ["A"]


# Time.


def test_a_stratum_counts_from_the_year_after_its_restoration_to_its_last_year() -> None:
    row = replace(MARSH, year=2026, last_year=2029)
    soil = removals(row).pools[Pool.SOIL]
    assert list(np.flatnonzero(soil) + 2025) == [2027, 2028, 2029]
    assert sorted(vm0033_years(plan(row))) == [2027, 2029]


def test_baseline_soil_loss_ends_when_the_soil_is_depleted() -> None:
    row = replace(MARSH, baseline_soil_loss_tc_ha_yr=3.0, depletion_years=5)
    found = removals(
        row, cap_case=CapCase.BASELINE, ner_at_100_tco2e=1e6, baseline_uncertainty_share=0.0
    )
    assert found.pools[Pool.BASELINE] == pytest.approx([1100.0] * 5 + [0.0] * 5)
    assert found.buffer_base is not None
    assert found.buffer_base[0] == pytest.approx(1100.0 + first(found, Pool.SOIL))


def test_baseline_soil_loss_without_a_depletion_time_is_refused() -> None:
    row = replace(MARSH, baseline_soil_loss_tc_ha_yr=3.0)
    found = codes(row, cap_case=CapCase.BASELINE, baseline_uncertainty_share=0.0)
    assert found == {"project.vm0033.strata.0.depletion_years": "needed"}
