"""IPCC 2013 Wetlands Supplement, Tier 1: the salinity gate, drainage and losses avoided."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.finance.case.carbon.ipcc_ws import (
    DrainedIn,
    DrainedLine,
    IpccWs,
    LossPlan,
    LostLine,
    RestoredLine,
    check_ipcc_ws,
    ipcc_years,
)
from app.finance.case.carbon.kinds import Ecosystem
from app.finance.case.defaults import with_defaults
from app.finance.errors import DomainError
from app.finance.sink.methods.ipcc_ws import ipcc_removals
from app.finance.sink.pools import Pool, Removals, Span
from app.messages.notices import NOTICES
from app.messages.refusals import EXPECTED
from app.reference.tables import load_reference
from tests.case_table import case_table

TABLES = load_reference().tables
CONSERVED = case_table("conservation")
SPAN = Span(2025, 2044)
ONE_HECTARE = (RestoredLine(2024, 1.0),)


def plan(**changes: Any) -> IpccWs:
    section = IpccWs(loss_plan=LossPlan.NONE)
    return with_defaults(replace(section, **changes), TABLES.value)


def removals(
    ecosystem: Ecosystem = Ecosystem.SALT_MARSH, span: Span = SPAN, **changes: Any
) -> Removals:
    return ipcc_removals(plan(**changes), ecosystem, span, TABLES)


def codes(ecosystem: Ecosystem, **changes: Any) -> dict[str, str]:
    return {one.path: one.code for one in check_ipcc_ws(plan(**changes), ecosystem)}


@pytest.mark.parametrize(
    ("ecosystem", "tonnes"),
    [
        (Ecosystem.MANGROVE, 5.94),
        (Ecosystem.SALT_MARSH, 3.336667),
        (Ecosystem.SEAGRASS, 1.576667),
    ],
)
def test_a_saline_hectare_removes_the_rate_of_table_4_12(
    ecosystem: Ecosystem, tonnes: float
) -> None:
    found = removals(ecosystem, restored=ONE_HECTARE, salinity_ppt=30.0)
    assert found.total == pytest.approx(np.full(20, tonnes), abs=1e-6)
    assert found.notices == ()


@pytest.mark.parametrize(
    ("ecosystem", "gwp", "net"),
    [
        (Ecosystem.SALT_MARSH, 27.0, -1.89),
        (Ecosystem.SALT_MARSH, 28.0, -2.09),
        (Ecosystem.MANGROVE, 27.0, 0.71),
        (Ecosystem.MANGROVE, 28.0, 0.52),
    ],
)
def test_a_brackish_hectare_gives_off_methane(ecosystem: Ecosystem, gwp: float, net: float) -> None:
    found = removals(ecosystem, restored=ONE_HECTARE, salinity_ppt=10.0, gwp_ch4=gwp)
    assert found.total[0] == pytest.approx(net, abs=0.005)
    assert [one.code for one in found.notices] == (["net_source_brackish"] if net < 0 else [])


def test_a_brackish_marsh_is_said_to_be_a_net_source_with_its_figure() -> None:
    found = removals(restored=ONE_HECTARE, salinity_ppt=10.0, gwp_ch4=27.0)
    facts = found.notices[0].facts
    assert (facts["net"], facts["soil"], facts["methane"]) == (-1.89, 3.34, 5.23)


@pytest.mark.parametrize(("salinity", "source"), [(17.999, True), (18.0, True), (18.001, False)])
def test_the_gate_of_methane_stands_at_18_ppt(salinity: float, source: bool) -> None:
    found = removals(restored=ONE_HECTARE, salinity_ppt=salinity, gwp_ch4=27.0)
    assert (found.total[0] < 0) == source


@pytest.mark.parametrize("ecosystem", [Ecosystem.MANGROVE, Ecosystem.SALT_MARSH])
def test_salinity_that_is_missing_is_refused_by_name(ecosystem: Ecosystem) -> None:
    assert codes(ecosystem, restored=ONE_HECTARE) == {
        "project.ipcc_ws.salinity_ppt": "salinity_needed"
    }
    with pytest.raises(DomainError) as refused:
        removals(ecosystem, restored=ONE_HECTARE)
    assert refused.value.code == "salinity_needed"


def test_a_warming_potential_is_needed_for_brackish_water_only() -> None:
    assert codes(Ecosystem.SALT_MARSH, restored=ONE_HECTARE, salinity_ppt=12.0) == {
        "project.ipcc_ws.gwp_ch4": "needed"
    }
    assert codes(Ecosystem.SALT_MARSH, restored=ONE_HECTARE, salinity_ppt=25.0) == {}
    with pytest.raises(DomainError) as refused:
        removals(restored=ONE_HECTARE, salinity_ppt=12.0)
    assert refused.value.facts["path"] == "project.ipcc_ws.gwp_ch4"


def test_seagrass_needs_no_salinity_and_has_no_methane() -> None:
    assert codes(Ecosystem.SEAGRASS, restored=ONE_HECTARE) == {}
    assert Pool.METHANE not in removals(Ecosystem.SEAGRASS, restored=ONE_HECTARE).pools


def test_farmed_shellfish_is_not_covered() -> None:
    assert codes(Ecosystem.SHELLFISH, restored=ONE_HECTARE) == {
        "project.ecosystem": "carrier_not_of_method"
    }
    with pytest.raises(DomainError) as refused:
        removals(Ecosystem.SHELLFISH, restored=ONE_HECTARE)
    assert refused.value.code == "carrier_not_of_method"


def test_an_area_counts_from_the_year_after_it_was_restored() -> None:
    lines = (RestoredLine(2024, 10.0), RestoredLine(2026, 20.0))
    found = removals(Ecosystem.SEAGRASS, restored=lines)
    rate = 0.43 * 44 / 12
    assert found.total[:4] == pytest.approx([10 * rate, 10 * rate, 30 * rate, 30 * rate])
    assert sorted(ipcc_years(plan(restored=lines))) == [2025, 2027]
    assert found.area_ha == 30.0


def test_growth_of_biomass_ends_with_its_years() -> None:
    found = removals(
        Ecosystem.MANGROVE,
        restored=(RestoredLine(2024, 3.0),),
        salinity_ppt=25.0,
        biomass_growth_tc_ha_yr=2.0,
        biomass_growth_years=5,
    )
    assert found.pools[Pool.WOODY] == pytest.approx([22.0] * 5 + [0.0] * 15)


def test_growth_without_its_years_is_refused() -> None:
    found = codes(
        Ecosystem.MANGROVE, restored=ONE_HECTARE, salinity_ppt=25.0, biomass_growth_tc_ha_yr=2.0
    )
    assert found == {"project.ipcc_ws.biomass_growth_years": "needed"}


@pytest.mark.parametrize(
    ("scenario", "pool", "sign"),
    [
        (DrainedIn.BASELINE, Pool.AVOIDED_LOSS, 1),
        (DrainedIn.PROJECT, Pool.PROJECT_EMISSIONS, -1),
    ],
)
def test_drained_soil_loses_29_tonnes_of_co2_a_hectare(
    scenario: DrainedIn, pool: Pool, sign: int
) -> None:
    found = removals(drained=(DrainedLine(2026, 2028, 10.0, scenario),))
    assert found.pools[pool][:5] == pytest.approx(
        sign * np.array([0, 289.667, 289.667, 289.667, 0]), abs=1e-3
    )


def test_drainage_has_no_figure_for_seagrass() -> None:
    line = DrainedLine(2026, 2028, 10.0, DrainedIn.PROJECT)
    assert codes(Ecosystem.SEAGRASS, drained=(line,)) == {
        "project.ipcc_ws.drained": "drainage_not_for_seagrass"
    }
    with pytest.raises(DomainError):
        removals(Ecosystem.SEAGRASS, drained=(line,))


# Losses avoided: biomass at once, soil over ten years (Blue Carbon Cost Tool).


def test_a_lost_hectare_of_china_gives_off_biomass_at_once_and_soil_over_ten_years() -> None:
    found = removals(
        Ecosystem.MANGROVE,
        loss_plan=LossPlan.AREAS,
        lost=(LostLine(2026, 1.0),),
        biomass_carbon_tc_ha=59.695,
        soil_carbon_tc_ha=558.276,
    )
    # 59.695 x 0.82 x 44/12 = 179.4830; 558.276 x 0.54 x 44/12 / 10 = 110.5386
    avoided = found.pools[Pool.AVOIDED_LOSS]
    assert avoided[:3] == pytest.approx([0.0, 290.0216, 110.5386], abs=1e-3)
    assert avoided[10] == pytest.approx(110.5386, abs=1e-3)
    assert avoided[11:] == pytest.approx(np.zeros(9), abs=1e-9)


@pytest.mark.parametrize(
    ("ecosystem", "a_year"), [(Ecosystem.MANGROVE, 76.428), (Ecosystem.SALT_MARSH, 50.49)]
)
def test_the_soil_stock_is_that_of_table_4_11(ecosystem: Ecosystem, a_year: float) -> None:
    found = removals(
        ecosystem,
        loss_plan=LossPlan.AREAS,
        lost=(LostLine(2025, 1.0),),
        biomass_carbon_tc_ha=0.0,
    )
    assert found.pools[Pool.AVOIDED_LOSS][:10] == pytest.approx(np.full(10, a_year))


def test_the_soil_stock_of_seagrass_has_no_default() -> None:
    changes: dict[str, Any] = {
        "loss_plan": LossPlan.AREAS,
        "lost": (LostLine(2025, 1.0),),
        "biomass_carbon_tc_ha": 1.0,
    }
    assert codes(Ecosystem.SEAGRASS, **changes) == {
        "project.ipcc_ws.soil_carbon_tc_ha": "no_seagrass_stock"
    }
    with pytest.raises(DomainError) as refused:
        removals(Ecosystem.SEAGRASS, **changes)
    assert refused.value.code == "no_seagrass_stock"
    assert codes(Ecosystem.SEAGRASS, **changes, soil_carbon_tc_ha=90.0) == {}


@pytest.mark.parametrize("name", sorted(CONSERVED))
def test_protection_gives_the_credits_of_the_cost_tool(name: str) -> None:
    row = CONSERVED[name]
    found = removals(
        Ecosystem(row["ecosystem"]),
        span=Span(2025, 2024 + int(row["years"])),
        loss_plan=LossPlan.RATE,
        protected_area_ha=float(row["ha"]),
        loss_share_yr=float(row["loss_share_yr"]),
        loss_first_year=2025,
        biomass_carbon_tc_ha=float(row["ef_biomass_tco2_ha"]) * 12 / 44,
        biomass_loss_share=1.0,
        soil_carbon_tc_ha=float(row["ef_soil_tco2_ha_yr"]) * 10 * 12 / 44,
        soil_loss_share=1.0,
        kept_removal_tco2e_ha_yr=float(row["seq_tco2_ha_yr"]),
    )
    credited = found.total.sum() * (1 - float(row["buffer"]))
    assert credited == pytest.approx(float(row["credits"]), rel=1e-9, abs=1e-9)


def test_a_rate_of_loss_and_the_areas_it_means_give_the_same_tonnes() -> None:
    changes: dict[str, Any] = {"biomass_carbon_tc_ha": 60.0, "kept_removal_tco2e_ha_yr": 5.0}
    by_rate = removals(
        Ecosystem.MANGROVE,
        loss_plan=LossPlan.RATE,
        protected_area_ha=1000.0,
        loss_share_yr=0.1,
        loss_first_year=2027,
        **changes,
    )
    lines = tuple(LostLine(2027 + t, 100 * 0.9**t) for t in range(18))
    by_area = removals(Ecosystem.MANGROVE, loss_plan=LossPlan.AREAS, lost=lines, **changes)
    assert by_rate.total == pytest.approx(by_area.total, rel=1e-12)
    assert by_rate.total[:2] == pytest.approx([0, 0])


def test_losses_before_the_span_still_give_off_their_soil_within_it() -> None:
    changes: dict[str, Any] = {
        "loss_plan": LossPlan.AREAS,
        "lost": (LostLine(2024, 1.0),),
        "biomass_carbon_tc_ha": 60.0,
    }
    whole = removals(Ecosystem.MANGROVE, span=Span(2024, 2040), **changes).total
    part = removals(Ecosystem.MANGROVE, span=Span(2026, 2040), **changes).total
    assert part == pytest.approx(whole[2:])


def test_a_plan_that_accounts_for_nothing_is_refused() -> None:
    assert codes(Ecosystem.MANGROVE) == {"project.ipcc_ws.restored": "nothing_accounted"}


def test_drained_years_in_the_wrong_order_are_refused() -> None:
    line = DrainedLine(2028, 2026, 10.0, DrainedIn.PROJECT)
    assert codes(Ecosystem.MANGROVE, drained=(line,)) == {
        "project.ipcc_ws.drained.0.last_year": "before_start"
    }


def test_every_code_of_the_method_has_its_words() -> None:
    for code in (
        "salinity_needed",
        "carrier_not_of_method",
        "drainage_not_for_seagrass",
        "no_seagrass_stock",
        "nothing_accounted",
    ):
        assert code in EXPECTED
    assert "net_source_brackish" in NOTICES


def test_the_working_names_the_table_of_each_rate() -> None:
    found = removals(
        Ecosystem.MANGROVE,
        restored=ONE_HECTARE,
        salinity_ppt=10.0,
        gwp_ch4=27.0,
        biomass_growth_tc_ha_yr=2.0,
        biomass_growth_years=5,
        drained=(DrainedLine(2026, 2028, 10.0, DrainedIn.PROJECT),),
        loss_plan=LossPlan.RATE,
        protected_area_ha=100.0,
        loss_share_yr=0.01,
        loss_first_year=2025,
        biomass_carbon_tc_ha=60.0,
    )
    steps = {step.key: step for step in found.working}
    assert steps["carbon.ipcc_ws.soil"].value == pytest.approx(5.94)
    assert steps["carbon.ipcc_ws.methane"].value == pytest.approx(-5.2299)
    assert steps["carbon.ipcc_ws.drained.1"].source.endswith("Table 4.13")
    assert steps["carbon.ipcc_ws.loss_soil"].value == pytest.approx(76.428)
    assert steps["carbon.ipcc_ws.lost_area"].value == pytest.approx(100 * (1 - 0.99**20))


@given(mu=st.floats(1, 1e6), carbon=st.floats(0.01, 20))
def test_mu_and_hectare_and_carbon_and_co2_give_the_same_tonnes(mu: float, carbon: float) -> None:
    changes: dict[str, Any] = {"soil_removal_tc_ha_yr": carbon, "salinity_ppt": 30.0}
    in_mu = removals(restored=(RestoredLine(2024, mu * (1 / 15)),), **changes).total[0]
    in_ha = removals(restored=(RestoredLine(2024, mu / 15),), **changes).total[0]
    assert in_mu == pytest.approx(in_ha, rel=1e-12)
    assert in_ha * 12 / 44 == pytest.approx(carbon * mu / 15, rel=1e-12)


@given(loss=st.floats(0, 0.5), area=st.floats(1, 1e6))
def test_no_more_area_is_saved_than_was_there(loss: float, area: float) -> None:
    found = removals(
        Ecosystem.MANGROVE,
        loss_plan=LossPlan.RATE,
        protected_area_ha=area,
        loss_share_yr=loss,
        loss_first_year=2025,
        biomass_carbon_tc_ha=12.0 / 44.0,
        biomass_loss_share=1.0,
        soil_loss_share=0.0,
    )
    saved = found.pools[Pool.AVOIDED_LOSS]
    assert (saved >= 0).all()
    assert saved.sum() <= area * (1 + 1e-12)


def test_draws_give_the_rows_of_single_runs() -> None:
    salinity, area, loss = [10.0, 18.0, 25.0], [5.0, 10.0, 20.0], [0.0, 0.01, 0.05]
    growth, stock = [1.0, 2.0, 3.0], [100.0, 386.0, 500.0]

    def build(pick: Any) -> IpccWs:
        return plan(
            restored=(RestoredLine(2024, pick(area)), RestoredLine(2030, 7.0)),
            salinity_ppt=pick(salinity),
            gwp_ch4=27.0,
            biomass_growth_tc_ha_yr=pick(growth),
            biomass_growth_years=6,
            drained=(DrainedLine(2026, 2030, pick(area), DrainedIn.BASELINE),),
            loss_plan=LossPlan.RATE,
            protected_area_ha=pick(area),
            loss_share_yr=pick(loss),
            loss_first_year=2026,
            biomass_carbon_tc_ha=60.0,
            soil_carbon_tc_ha=pick(stock),
            kept_removal_tco2e_ha_yr=5.0,
        )

    quiet = replace(TABLES, explain=False)
    together = ipcc_removals(
        build(lambda values: np.array(values)[:, None]), Ecosystem.MANGROVE, SPAN, quiet
    )
    assert together.area_ha is None
    for number in range(3):
        alone = ipcc_removals(
            build(lambda values, n=number: values[n]), Ecosystem.MANGROVE, SPAN, quiet
        )
        assert together.total[number] == pytest.approx(alone.total, rel=1e-12)
