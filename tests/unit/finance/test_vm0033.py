"""VM0033 v2.1, soil: a real project, the cover rule and carbon from outside."""

from dataclasses import replace

import pytest

from app.finance.case.carbon.vm0033 import (
    Allochthonous,
)
from app.finance.case.carbon.vm0033_lines import (
    WoodyChange,
    YearlyTonnes,
)
from app.finance.case.carbon.vm0033_strata import (
    SoilKind,
    SoilPath,
    WetlandKind,
)
from app.finance.errors import DomainError
from app.finance.sink.methods.vm0033_soil import allochthonous_from_organic_matter
from app.finance.sink.pools import Pool, Span
from tests.vm0033_plans import (
    MARSH,
    SENEGAL,
    codes,
    first,
    removals,
)

# The project ABC Mangrove Senegal (VM0033 v2.1), project description as published.


def test_w03_the_trees_of_a_stratum_of_senegal_hold_113388_tonnes() -> None:
    line = WoodyChange("A", 2023, 2023, 53.59, 0.47)
    found = removals(SENEGAL, woody_changes=(line,), span=Span(2023, 2024))
    assert found.pools[Pool.WOODY] == pytest.approx([113388.17740930643, 0], rel=1e-9)
    assert 12 / 44 * first(found, Pool.WOODY) == pytest.approx(30924.048384356298, rel=1e-9)


@pytest.mark.parametrize(
    ("area", "soil", "trees"),
    [
        (1227.763531, 8258.651439266114, 113388.17740930643),
        (1090.442036, 7334.947213094628, 100706.06587559026),
    ],
)
def test_the_soil_of_strata_of_senegal_is_that_of_the_project_description(
    area: float, soil: float, trees: float
) -> None:
    line = WoodyChange("A", 2023, 2023, 53.59, 0.47)
    found = removals(replace(SENEGAL, area_ha=area), woody_changes=(line,), span=Span(2023, 2023))
    assert first(found, Pool.SOIL) == pytest.approx(soil, rel=1e-12)
    assert first(found, Pool.WOODY) == pytest.approx(trees, rel=1e-12)


def test_w04_the_life_total_of_senegal_is_71548_tonnes_a_year() -> None:
    stated = YearlyTonnes(2023, 2062, 2861923 / 40)
    bare = replace(SENEGAL, area_ha=7000.0, soil_path=SoilPath.NONE)
    found = removals(bare, woody_stated=(stated,), span=Span(2023, 2062))
    assert found.total.sum() == pytest.approx(2861923, abs=1)
    assert found.total[7] == pytest.approx(71548, abs=1)
    assert found.total[7] / found.area_ha == pytest.approx(10.22, abs=0.005)
    assert found.buffer_share == 0.12


# Soil: equation 33 and the cover rule.


@pytest.mark.parametrize(
    ("cover", "rate"),
    [
        (0.0, 0.0),
        (0.1499, 0.0),
        (0.15, 0.0),
        (0.325, 0.73),
        (0.4999, 1.4595828571428571),
        (0.5, 1.46),
        (1.0, 1.46),
    ],
)
def test_the_default_soil_rate_follows_the_cover(cover: float, rate: float) -> None:
    row = replace(MARSH, cover_share=cover, allochthonous_share=0.0)
    assert first(removals(row), Pool.SOIL) == pytest.approx(100 * rate * 44 / 12, abs=1e-9)


def test_a_hectare_of_full_cover_removes_5353_kg_of_co2_before_the_deduction() -> None:
    row = replace(MARSH, area_ha=1.0, allochthonous_share=0.0)
    assert first(removals(row), Pool.SOIL) == pytest.approx(5.353333333, abs=1e-9)


def test_a_thin_cover_is_said_to_count_nothing() -> None:
    found = removals(replace(MARSH, cover_share=0.1))
    assert [one.code for one in found.notices] == ["soil_gases_left_out", "cover_below_default"]


def test_the_default_is_not_for_seagrass() -> None:
    row = replace(MARSH, wetland=WetlandKind.SEAGRASS)
    assert codes(row) == {"project.vm0033.strata.0.soil_path": "default_not_for_seagrass"}
    with pytest.raises(DomainError) as refused:
        removals(row)
    assert refused.value.code == "default_not_for_seagrass"


def test_the_default_is_not_for_open_water() -> None:
    row = replace(MARSH, wetland=WetlandKind.OPEN_WATER)
    assert codes(row) == {"project.vm0033.strata.0.soil_path": "default_not_for_open_water"}


def test_measured_stocks_count_by_their_change_a_year() -> None:
    row = replace(
        MARSH,
        wetland=WetlandKind.SEAGRASS,
        soil_path=SoilPath.STOCK_CHANGE,
        soil_stock_before_tc_ha=40.0,
        soil_stock_after_tc_ha=46.0,
        stock_interval_years=5.0,
        allochthonous_share=0.0,
    )
    assert first(removals(row), Pool.SOIL) == pytest.approx(440.0)  # 100 ha x 1.2 tC x 44/12


def test_a_loss_of_soil_carbon_is_not_lessened_by_the_allochthonous_share() -> None:
    row = replace(MARSH, soil_path=SoilPath.RATE, soil_rate_tc_ha_yr=-0.6)
    assert first(removals(row), Pool.SOIL) == pytest.approx(-220.0)


# Allochthonous carbon: equations 39 to 46.


@pytest.mark.parametrize(
    ("wetland", "carbon", "share"),
    [
        (WetlandKind.MARSH, 0.05, 0.1224036564),  # OM 11.65151 -> 10.30611 -> C 4.387982
        (WetlandKind.MANGROVE, 0.05, 0.1199564467),  # OM 5.094699 -> 3.649440 -> C 4.400218
        (WetlandKind.SEAGRASS, 0.02, 0.2877411168),  # OM 5.525 -> 4.086294 -> C 1.424518
    ],
)
def test_three_relations_give_the_allochthonous_share(
    wetland: WetlandKind, carbon: float, share: float
) -> None:
    row = replace(MARSH, wetland=wetland, soil_carbon_share=carbon, allochthonous_share=None)
    row = replace(row, soil_path=SoilPath.RATE, soil_rate_tc_ha_yr=1.0)
    found = removals(row, allochthonous=Allochthonous.ORGANIC_MATTER)
    assert 1 - first(found, Pool.SOIL) / (100 * 44 / 12) == pytest.approx(share, abs=1e-9)


def test_marsh_carbon_of_425_percent_belongs_to_ten_percent_of_organic_matter() -> None:
    # Craft et al. 1991: 0.40 x 10 + 0.0025 x 100 = 4.25; own 8.629442%, carbon 3.637945%.
    by_carbon, by_matter = (
        allochthonous_from_organic_matter(
            WetlandKind.MARSH,
            soil_carbon_share=carbon,
            soil_organic_matter_share=matter,
            deposit_share=0.015,
        )
        for carbon, matter in ((0.0425, None), (None, 0.10))
    )
    assert by_carbon == pytest.approx(0.1440130, abs=1e-6)
    assert by_matter == pytest.approx(0.1440130, abs=1e-6)


def test_rich_seagrass_soil_takes_the_second_relation() -> None:
    # 30% matter: 12.57% carbon; own (30 - 1.5)/0.985 = 28.934010%, carbon 12.111624%.
    share = allochthonous_from_organic_matter(
        WetlandKind.SEAGRASS,
        soil_carbon_share=None,
        soil_organic_matter_share=0.30,
        deposit_share=0.015,
    )
    assert share == pytest.approx(0.0364658, abs=1e-6)
    rich = replace(
        MARSH,
        wetland=WetlandKind.SEAGRASS,
        soil_path=SoilPath.RATE,
        soil_rate_tc_ha_yr=1.0,
        soil_carbon_share=0.08,
        allochthonous_share=None,
    )
    assert codes(rich, allochthonous=Allochthonous.ORGANIC_MATTER) == {
        "project.vm0033.strata.0.soil_organic_matter_share": "organic_matter_needed"
    }


def test_a_deposit_richer_than_the_soil_is_refused() -> None:
    row = replace(
        MARSH, wetland=WetlandKind.MANGROVE, soil_carbon_share=0.0288, allochthonous_share=None
    )
    with pytest.raises(DomainError) as refused:
        removals(row, allochthonous=Allochthonous.ORGANIC_MATTER)
    assert refused.value.code == "deposit_above_soil"


def test_organic_soil_bears_no_deduction() -> None:
    row = replace(MARSH, soil=SoilKind.ORGANIC)
    assert first(removals(row), Pool.SOIL) == pytest.approx(535.3333333)


def test_soil_data_that_count_own_carbon_only_bear_no_deduction() -> None:
    row = replace(MARSH, soil_path=SoilPath.RATE, soil_rate_tc_ha_yr=1.0, allochthonous_share=None)
    found = removals(row, allochthonous=Allochthonous.AUTOCHTHONOUS)
    assert first(found, Pool.SOIL) == pytest.approx(100 * 44 / 12)


def test_the_default_rate_needs_an_allochthonous_share() -> None:
    row = replace(MARSH, allochthonous_share=None)
    place = "project.vm0033.strata.0.allochthonous_share"
    assert codes(row) == {place: "needed"}
    assert codes(row, allochthonous=Allochthonous.AUTOCHTHONOUS) == {
        place: "default_needs_allochthonous"
    }


def test_carbon_that_would_return_to_the_air_is_not_deducted_but_pointed_out() -> None:
    row = replace(MARSH, allochthonous_share=None)
    found = removals(row, allochthonous=Allochthonous.RETURNED)
    assert first(found, Pool.SOIL) == pytest.approx(535.3333333)
    assert "allochthonous_not_deducted" in [one.code for one in found.notices]
