"""VM0033 v2.1: net reductions, cap, error and buffer; words, working, units and draws."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.finance.case.carbon.vm0033 import (
    Allochthonous,
    BufferPath,
    CapCase,
    Confidence,
    Vm0033,
)
from app.finance.case.carbon.vm0033_lines import (
    BaselineKind,
    BaselineTonnes,
    NaturalRisk,
    WoodyChange,
    YearlyTonnes,
)
from app.finance.case.carbon.vm0033_rules import check_vm0033
from app.finance.case.carbon.vm0033_strata import (
    SoilPath,
)
from app.finance.errors import DomainError
from app.finance.sink.methods.vm0033 import vm0033_removals
from app.finance.sink.methods.vm0033_credits import combined_error
from app.finance.sink.methods.vm0033_soil import cover_factor
from app.finance.sink.pools import Pool, Span
from app.messages.notices import NOTICES
from app.messages.refusals import EXPECTED
from tests.vm0033_plans import (
    GASES,
    MARSH,
    SPAN,
    TABLES,
    codes,
    first,
    net_plan,
    plan,
    removals,
)

# Net reductions, cap, uncertainty, buffer: equations 85 to 94.


def test_net_reductions_are_baseline_less_project_plus_premium_less_leakage() -> None:
    found = vm0033_removals(net_plan(), SPAN, TABLES)
    project = 535.333333333 - 15.68 - 12.9055  # soil, methane, nitrous oxide
    assert found.total[0] == pytest.approx(490 + project - 30 + 20 - 15)
    assert found.total[1] == pytest.approx(490 + project + 20 - 15)
    assert found.cap_total == 50_000.0
    assert check_vm0033(net_plan()) == []


def test_the_buffer_rests_on_stocks_and_not_on_gases_or_fuel() -> None:
    found = vm0033_removals(net_plan(), SPAN, TABLES)
    assert found.buffer_base == pytest.approx(
        np.full(10, 400 + 535.333333333 + 20 - 15)
    )  # without 90 t, methane, nitrous oxide and the 30 t of machines
    assert found.buffer_share == 0.12


def test_the_error_of_the_plan_weighs_baseline_and_project_by_absolute_tonnes() -> None:
    # GHG_BSL 4,900 t; GHG_WPS -5,037.478333 t; sqrt(1225^2 + 1511.2435^2)/9937.478333 = 19.5761%
    found = vm0033_removals(net_plan(), SPAN, TABLES)
    assert found.facts["ner_error"] == pytest.approx(0.195761, abs=1e-6)
    assert found.uncertainty_share == 0.0


@pytest.mark.parametrize(
    ("error", "confidence", "share"),
    [
        (0.20, Confidence.P90, 0.0),
        (0.25, Confidence.P90, 0.05),
        (0.30, Confidence.P95, 0.0),
        (0.35, Confidence.P95, 0.05),
        (0.19, Confidence.P90, 0.0),
        (2.0, Confidence.P90, 1.0),
    ],
)
def test_only_the_excess_over_the_allowed_error_is_taken_off(
    error: float, confidence: Confidence, share: float
) -> None:
    found = removals(project_uncertainty_share=error, confidence=confidence)
    assert found.uncertainty_share == pytest.approx(share, abs=1e-12)
    told = [one.code for one in found.notices]
    assert ("uncertainty_above_allowed" in told) == (share > 0)


def test_an_error_exactly_as_large_as_allowed_costs_nothing_whatever_the_rounding() -> None:
    rows = [replace(MARSH, name=name, uncertainty_share=0.2) for name in "A"]
    found = removals(*rows, project_uncertainty_share=None)
    assert found.uncertainty_share == 0.0


def test_errors_of_strata_combine_by_area() -> None:
    rows = (
        replace(MARSH, uncertainty_share=0.3),
        replace(MARSH, name="B", area_ha=300.0, uncertainty_share=0.4),
    )
    found = removals(*rows, project_uncertainty_share=None)
    # sqrt((0.3 x 100)^2 + (0.4 x 300)^2)/400 = sqrt(900 + 14400)/400
    assert found.facts["ner_error"] == pytest.approx(0.3092329, abs=1e-7)
    assert found.uncertainty_share == pytest.approx(0.1092329, abs=1e-7)


def test_an_error_of_a_stratum_that_is_missing_is_refused() -> None:
    assert codes(project_uncertainty_share=None) == {
        "project.vm0033.strata.0.uncertainty_share": "uncertainty_needed"
    }


def test_errors_combine_by_absolute_amounts() -> None:
    assert combined_error([(0.1, 300.0), (0.2, -200.0)]) == pytest.approx(0.1)  # 50/500
    assert combined_error([(0.1, 0.0)]) == 0.0


def test_a_claimed_baseline_needs_its_cap_and_its_error() -> None:
    line = BaselineTonnes(2025, 2034, BaselineKind.STOCK, 400.0)
    assert codes(baseline=(line,)) == {
        "project.vm0033.cap_case": "baseline_needs_cap",
        "project.vm0033.baseline_uncertainty_share": "baseline_needs_uncertainty",
    }


def test_loss_to_the_sea_bounds_removals_without_a_baseline() -> None:
    found = removals(cap_case=CapCase.SEA_LEVEL, ner_at_100_tco2e=3_000.0)
    assert found.cap_total == 3_000.0
    assert removals().cap_total is None


def test_a_fire_premium_needs_organic_soil() -> None:
    assert codes(fire_premium=(YearlyTonnes(2025, 2034, 20.0),)) == {
        "project.vm0033.fire_premium": "premium_needs_organic_soil"
    }


def test_the_buffer_adds_the_ratings_of_the_natural_risk_table() -> None:
    changes: dict[str, Any] = {
        "buffer_path": BufferPath.RISK_TABLE,
        "internal_risk_share": 0.04,
        "external_risk_share": 0.02,
        "least_buffer_share": 0.10,
        "natural_risks": (
            NaturalRisk("storm", 0.30, 30.0, 0.5),  # 4 points x 0.5
            NaturalRisk("pest", 0.10, 5.0, 1.0),  # 5 points
        ),
    }
    assert codes(**changes) == {}
    assert removals(**changes).buffer_share == pytest.approx(0.13)
    low = changes | {"natural_risks": (NaturalRisk("pest", 0.01, 200.0, 0.25),)}
    assert removals(**low).buffer_share == pytest.approx(0.10)


def test_a_natural_risk_that_fails_the_project_is_refused() -> None:
    with pytest.raises(DomainError) as refused:
        removals(
            buffer_path=BufferPath.RISK_TABLE,
            internal_risk_share=0.0,
            external_risk_share=0.0,
            least_buffer_share=0.1,
            natural_risks=(NaturalRisk("typhoon", 0.8, 5.0, 1.0),),
        )
    assert refused.value.code == "natural_risk_fails"
    assert codes(natural_risks=(NaturalRisk("typhoon", 0.8, 5.0, 0.7),)) == {
        "project.vm0033.natural_risks.0.mitigation": "mitigation_factor"
    }


def test_years_in_the_wrong_order_and_strata_of_one_name_are_refused() -> None:
    rows = (replace(MARSH, last_year=2024), MARSH)
    found = codes(*rows, woody_stated=(YearlyTonnes(2030, 2029, 1.0),))
    assert found == {
        "project.vm0033.strata.0.last_year": "before_start",
        "project.vm0033.strata": "stratum_twice",
        "project.vm0033.woody_stated.0.last_year": "before_start",
    }


# Words, working, units and draws.


def test_every_code_of_the_method_has_its_words() -> None:
    for code in (
        "default_not_for_seagrass",
        "default_not_for_open_water",
        "default_needs_allochthonous",
        "no_organic_matter_relation",
        "organic_matter_needed",
        "deposit_above_soil",
        "salinity_needed",
        "methane_needs_rate",
        "nitrogen_source_needs_rate",
        "methane_defaults_no_reduction",
        "drained_baseline_has_no_methane",
        "unknown_stratum",
        "stratum_twice",
        "herbs_beside_trees",
        "baseline_needs_cap",
        "baseline_needs_uncertainty",
        "uncertainty_needed",
        "premium_needs_organic_soil",
        "mitigation_factor",
        "natural_risk_fails",
    ):
        assert code in EXPECTED
    for code in (
        "allochthonous_not_deducted",
        "soil_gases_left_out",
        "cover_below_default",
        "uncertainty_above_allowed",
    ):
        assert code in NOTICES


def test_the_working_names_the_equation_of_each_figure() -> None:
    found = vm0033_removals(net_plan(), SPAN, TABLES)
    steps = {step.key: step for step in found.working}
    assert steps["carbon.vm0033.soil.1"].value == pytest.approx(535.3333333)
    assert steps["carbon.vm0033.methane.1"].value == pytest.approx(-15.68)
    assert steps["carbon.vm0033.net"].value == pytest.approx(float(found.total.sum()))
    assert steps["carbon.vm0033.cap"].source.endswith("eq. 86")
    assert steps["carbon.vm0033.buffer"].value == pytest.approx(0.12 * 9403.333333333)
    quiet = vm0033_removals(net_plan(), SPAN, replace(TABLES, explain=False))
    assert quiet.working == ()


@given(mu=st.floats(1, 1e6), carbon=st.floats(0.01, 20))
def test_mu_and_hectare_and_carbon_and_co2_give_the_same_tonnes(mu: float, carbon: float) -> None:
    row = replace(
        MARSH, soil_path=SoilPath.RATE, soil_rate_tc_ha_yr=carbon, allochthonous_share=0.0
    )
    in_mu = first(removals(replace(row, area_ha=mu * (1 / 15))), Pool.SOIL)
    in_ha = first(removals(replace(row, area_ha=mu / 15)), Pool.SOIL)
    assert in_mu == pytest.approx(in_ha, rel=1e-12)
    assert in_ha * 12 / 44 == pytest.approx(carbon * mu / 15, rel=1e-12)


@given(cover=st.floats(0, 1), more=st.floats(0, 1))
def test_more_cover_never_lowers_the_soil_rate(cover: float, more: float) -> None:
    low, high = sorted((cover, more))
    assert cover_factor(low, 0.15, 0.5) <= cover_factor(high, 0.15, 0.5)


@given(
    area=st.floats(0.1, 1e5),
    soil=st.floats(-5, 20),
    share=st.floats(0, 1),
    salinity=st.floats(18.01, 40),
)
def test_pools_add_up_and_the_buffer_base_has_no_gas(
    area: float, soil: float, share: float, salinity: float
) -> None:
    row = replace(
        MARSH,
        area_ha=area,
        soil_path=SoilPath.RATE,
        soil_rate_tc_ha_yr=soil,
        allochthonous_share=share,
        salinity_ppt=salinity,
    )
    found = removals(row, **GASES)
    gases = found.pools[Pool.METHANE] + found.pools[Pool.NITROUS_OXIDE]
    assert found.buffer_base is not None
    assert found.total - gases == pytest.approx(found.buffer_base, rel=1e-9, abs=1e-9)


def drawn(values: list[float]) -> Any:
    return np.array(values)[:, None]


def test_draws_give_the_rows_of_single_runs() -> None:
    areas, covers, salinities = [100.0, 80.0, 120.0], [0.2, 0.4, 0.9], [18.5, 20.0, 33.0]
    carbons, deltas = [0.04, 0.05, 0.06], [10.0, 20.0, 30.0]
    losses, errors = [1.0, 2.0, 3.0], [0.1, 0.25, 0.5]

    def build(pick: Any) -> Vm0033:
        row = replace(
            MARSH,
            area_ha=pick(areas),
            cover_share=pick(covers),
            salinity_ppt=pick(salinities),
            soil_carbon_share=pick(carbons),
            allochthonous_share=None,
            baseline_soil_loss_tc_ha_yr=pick(losses),
            depletion_years=4,
        )
        return plan(
            row,
            replace(MARSH, name="B", year=2027, last_year=2031, area_ha=pick(areas)),
            allochthonous=Allochthonous.ORGANIC_MATTER,
            woody_changes=(WoodyChange("A", 2025, 2029, pick(deltas)),),
            cap_case=CapCase.BASELINE,
            ner_at_100_tco2e=1e6,
            baseline_uncertainty_share=pick(errors),
            project_uncertainty_share=pick(errors),
            **GASES,
        )

    quiet = replace(TABLES, explain=False)
    together = vm0033_removals(build(drawn), SPAN, quiet)
    for number in range(3):
        alone = vm0033_removals(build(lambda values, n=number: values[n]), SPAN, quiet)
        assert together.total[number] == pytest.approx(alone.total, rel=1e-12)
        assert together.pools[Pool.BASELINE][number] == pytest.approx(alone.pools[Pool.BASELINE])
        assert np.asarray(together.uncertainty_share)[number, 0] == pytest.approx(
            alone.uncertainty_share
        )
        assert np.asarray(together.buffer_base)[number] == pytest.approx(alone.buffer_base)


def test_a_yearly_draw_of_the_soil_rate_counts_in_its_own_year() -> None:
    rates: Any = np.arange(20.0).reshape(2, 10)
    row = replace(
        MARSH, soil_path=SoilPath.RATE, soil_rate_tc_ha_yr=rates, allochthonous_share=0.0, year=2026
    )
    soil = vm0033_removals(plan(row), SPAN, replace(TABLES, explain=False)).pools[Pool.SOIL]
    expected = rates * 100 * 44 / 12
    expected[:, :2] = 0.0
    assert soil == pytest.approx(expected)


def test_forty_strata_and_ten_thousand_draws_keep_the_shape_of_the_draws() -> None:
    generator: Any = np.random.default_rng(7)
    rows = tuple(
        replace(
            MARSH,
            name=str(number),
            year=2024 + number,
            soil_path=SoilPath.RATE,
            soil_rate_tc_ha_yr=generator.normal(1.5, 0.3, (10_000, 1)),
        )
        for number in range(40)
    )
    span = Span(2025, 2084)
    found = vm0033_removals(plan(*rows), span, replace(TABLES, explain=False))
    assert found.pools[Pool.SOIL].shape == (10_000, 60)
    assert found.pools[Pool.SOIL][:, -1].mean() == pytest.approx(
        40 * 100 * 1.5 * 0.8 * 44 / 12, rel=0.01
    )
