"""Harvest of bivalves and macroalgae against published figures and hand-computed ones."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.finance.case.carbon.harvest import (
    AccountingMode,
    HarvestLine,
    HarvestNet,
    SampledQuantity,
    SampleLine,
    WeightBasis,
    check_harvest,
)
from app.finance.case.carbon.kinds import Ecosystem, QuantityMethod
from app.finance.case.project import Project
from app.finance.errors import DomainError
from app.finance.fields import specs_by_path
from app.finance.sink.methods.harvest import harvest_removals
from app.finance.sink.methods.samples import sample_errors, sampled_coefficients
from app.finance.sink.pools import Pool, Removals, Span
from app.finance.sink.tables import SinkTables
from app.reference.tables import load_reference

YEAR = Span(2025, 2025)
TABLES = SinkTables(species=load_reference().species)
QUIET = replace(TABLES, explain=False)
FACTORS = HarvestNet(
    poc_burial_share=0.1,
    fuel_tco2_yr=12.0,
    fuel_tco2_t=0.02,
    calcification_release=0.5,
    egestion_ratio=1.0,
    litter_share=0.2,
    exudate_share=0.1,
    doc_remaining_share=0.1,
)


def line(
    tonnes: float,
    species: str = "oyster",
    basis: str = "wet",
    years: tuple[int, int] = (2025, 2025),
    site: str = "",
) -> HarvestLine:
    return HarvestLine(species, *years, tonnes, WeightBasis(basis), site)


def farm(*lines: HarvestLine, mode: str = "soft_and_shell", **more: Any) -> Project:
    given = {
        "name": "A bay",
        "ecosystem": Ecosystem.SHELLFISH,
        "quantity_method": QuantityMethod.HARVEST,
        "accounting_mode": AccountingMode(mode),
        "harvest": lines,
        **more,
    }
    return Project(**given)


def removed(*lines: HarvestLine, span: Span = YEAR, **more: Any) -> Removals:
    return harvest_removals(farm(*lines, **more), span, TABLES)


def sample(quantity: str, mean: float, n: int = 30, sd: float = 0.0, **more: Any) -> SampleLine:
    species = more.pop("species", "oyster")
    return SampleLine(species, SampledQuantity(quantity), mean, n, sd, **more)


ABALONE = tuple(
    sample(quantity, mean, species="abalone")
    for quantity, mean in (
        ("dry_to_wet", 0.4),
        ("soft_mass_share", 0.3),
        ("carbon_soft", 0.4),
        ("carbon_shell", 0.12),
    )
)


def test_soft_tissue_and_shell_of_a_thousand_tonnes_of_oyster_stand_in_two_pools() -> None:
    pools = removed(line(1000)).pools
    assert pools[Pool.SOFT_TISSUE][0] == pytest.approx(67.389, abs=5e-4)  # W41
    assert pools[Pool.SHELL][0] == pytest.approx(351.477 - 67.389, abs=1e-3)
    assert set(pools) == {Pool.SOFT_TISSUE, Pool.SHELL}


@pytest.mark.parametrize(
    ("mode", "tonnes"),
    [("soft_and_shell", 351.477), ("soft_only", 67.389), ("shell_only", 284.088)],
)
def test_the_mode_says_which_carbon_of_an_oyster_counts(mode: str, tonnes: float) -> None:
    assert removed(line(1000), mode=mode).total[0] == pytest.approx(tonnes, abs=1e-3)  # W41


@pytest.mark.parametrize("mode", ["soft_and_shell", "soft_only", "shell_only"])
def test_an_algal_body_counts_in_every_mode(mode: str) -> None:
    pools = removed(line(1000, "kelp"), mode=mode).pools
    assert pools == {Pool.ALGAE: pytest.approx([228.8], abs=1e-9)}  # carbon.md 1.2


def test_three_years_of_xiuyu_need_ten_thousand_tonnes_of_oyster_a_year() -> None:
    span = Span(2020, 2022)
    total = removed(line(10280, years=(2020, 2022)), span=span).total.sum()
    assert total == pytest.approx(10840, rel=0.01)  # W16


def test_the_rushan_claim_needs_four_and_a_half_tonnes_of_oyster_on_each_mu() -> None:
    assert removed(line(4.38 * 50_000)).total[0] == pytest.approx(77_000, rel=1e-3)  # W15


def test_the_lianjiang_ticket_needs_698_tonnes_of_wet_kelp_on_each_hectare() -> None:
    assert removed(line(698 * 171.8, "kelp")).total[0] == pytest.approx(27_456, rel=1e-3)  # W36


def test_twelve_million_tonnes_of_shellfish_hold_a_million_tonnes_of_carbon() -> None:
    ratio = replace(
        TABLES.species["oyster"],
        dry_to_wet=1.0,
        soft_mass_share=0.0,
        shell_mass_share=1.0,
        carbon_shell=0.0837,
    )
    tables = SinkTables(species={"oyster": ratio})
    total = harvest_removals(farm(line(12.04e6)), YEAR, tables).total[0]
    assert total * 12 / 44 == pytest.approx(1.1e6 * 0.9163, rel=0.005)  # W11


def test_lines_of_several_sites_and_species_add_up_year_by_year() -> None:
    result = removed(
        line(1000, years=(2025, 2026), site="north"),
        line(1000, years=(2026, 2027), site="south"),
        line(50, "kelp", "dry", years=(2027, 2027)),
        span=Span(2024, 2028),
    )
    assert result.total == pytest.approx([0, 351.477, 702.954, 351.477 + 57.2, 0], abs=1e-3)
    assert [step.key for step in result.working] == [f"carbon.harvest.{n}" for n in (1, 2, 3)]
    assert [t.value for t in result.working[1].terms if t.symbol == "s"] == ["south"]


def test_years_outside_the_span_are_left_out() -> None:
    result = removed(line(1000, years=(2020, 2030)), span=Span(2025, 2026))
    assert result.total == pytest.approx([351.477, 351.477], abs=1e-3)


def test_net_takes_off_calcification_and_counts_no_soft_tissue() -> None:
    result = removed(line(1000), line(50, "kelp", "dry"), mode="net", harvest_net=FACTORS)
    expected = {
        Pool.SHELL: 284.088,
        Pool.CALCIFICATION: -142.044,
        Pool.LITTER: 35.1477 + 1.634286,
        Pool.FARMING_EMISSIONS: -(12 + 20 + 5),
        Pool.ALGAE: 57.2,
        Pool.DISSOLVED: 0.817143,
    }
    assert set(result.pools) == set(expected)
    for pool, tonnes in expected.items():
        assert result.pools[pool][0] == pytest.approx(tonnes, abs=1e-3)
    assert sum(float(str(step.value)) for step in result.working) == pytest.approx(result.total[0])


def test_farming_gives_off_its_fixed_part_in_a_year_between_two_harvests_too() -> None:
    lines = (line(1000), line(1000, years=(2027, 2027)))
    result = removed(*lines, span=Span(2025, 2028), mode="net", harvest_net=FACTORS)
    assert result.pools[Pool.FARMING_EMISSIONS] == pytest.approx([-32, -12, -32, 0])


@pytest.mark.parametrize(
    ("factor", "species"),
    [
        ("calcification_release", "oyster"),
        ("egestion_ratio", "mussel"),
        ("litter_share", "kelp"),
        ("exudate_share", "laver"),
        ("doc_remaining_share", "wakame"),
    ],
)
def test_net_asks_for_each_factor_that_the_species_needs(factor: str, species: str) -> None:
    empty: dict[str, Any] = {factor: None}
    net = replace(FACTORS, **empty)
    with pytest.raises(DomainError) as refused:
        removed(line(10, species), mode="net", harvest_net=net)
    assert refused.value.code == "needed"
    assert refused.value.facts["path"] == f"project.harvest_net.{factor}"


def test_net_without_factors_and_a_plan_without_a_mode_are_refused() -> None:
    with pytest.raises(DomainError, match="harvest_net"):
        removed(line(10), mode="net")
    with pytest.raises(DomainError, match="accounting_mode"):
        harvest_removals(replace(farm(line(10)), accounting_mode=None), YEAR, TABLES)


def test_algae_cannot_lose_all_they_fix() -> None:
    net = replace(FACTORS, litter_share=0.6, exudate_share=0.4)
    (problem,) = check_harvest(net, ())
    assert (problem.path, problem.code) == (
        "project.harvest_net.litter_share",
        "litter_shares_below_one",
    )
    assert check_harvest(FACTORS, ()) == []


def test_a_measured_mean_takes_the_place_of_the_published_one_on_all_lines() -> None:
    samples = (sample("carbon_shell", 0.12, species="牡蛎", origin="Laboratory A"),)
    result = removed(line(500), line(500, "牡蛎"), samples=samples)
    assert result.total[0] == pytest.approx(67.389 + 284.088 * 0.12 / 0.1268, abs=1e-3)
    step = result.working[0]
    assert (step.key, step.value) == ("carbon.sample.oyster.carbon_shell", 0.12)
    assert step.source == "Laboratory A"


def test_samples_of_one_coefficient_are_pooled_by_their_numbers() -> None:
    samples = (sample("carbon_soft", 0.44, n=10), sample("carbon_soft", 0.48, n=30))
    row = sampled_coefficients(TABLES.species["oyster"], samples)
    assert row.carbon_soft == pytest.approx(0.47)
    assert row.carbon_shell == 0.1268


def test_one_measured_mass_share_makes_the_other_the_rest() -> None:
    row = sampled_coefficients(TABLES.species["oyster"], (sample("soft_mass_share", 0.08),))
    assert row.shell_mass_share == pytest.approx(0.92)
    row = sampled_coefficients(TABLES.species["oyster"], (sample("shell_mass_share", 0.9),))
    assert row.soft_mass_share == pytest.approx(0.1)


def test_two_measured_mass_shares_must_add_up() -> None:
    near = (sample("soft_mass_share", 0.08), sample("shell_mass_share", 0.91))
    row = sampled_coefficients(TABLES.species["oyster"], near)
    assert (row.soft_mass_share, row.shell_mass_share) == (0.08, 0.91)
    assert check_harvest(None, near) == []
    far = (sample("soft_mass_share", 0.08), sample("shell_mass_share", 0.95))
    (problem,) = check_harvest(None, far)
    assert (problem.path, problem.code) == ("project.samples.0.mean", "mass_shares_do_not_add")
    with pytest.raises(DomainError) as refused:
        sampled_coefficients(TABLES.species["oyster"], far)
    assert refused.value.code == "mass_shares_do_not_add"


def test_a_shell_of_an_alga_is_refused() -> None:
    with pytest.raises(DomainError) as refused:
        sampled_coefficients(TABLES.species["kelp"], (sample("carbon_shell", 0.1),))
    assert refused.value.code == "sample_not_of_alga"


def test_a_single_sample_has_no_spread_and_is_pointed_out() -> None:
    (problem,) = check_harvest(None, (sample("carbon_soft", 0.44, n=1, sd=0.01),))
    assert (problem.path, problem.code) == ("project.samples.0.sd", "single_sample_spread")
    (notice,) = removed(line(1), samples=(sample("carbon_soft", 0.44, n=1),)).notices
    assert (notice.code, notice.path) == ("single_sample", "project.samples.0.n")
    assert removed(line(1), samples=(sample("carbon_soft", 0.44, n=2),)).notices == ()


def test_abalone_counts_once_all_it_needs_is_measured() -> None:
    result = removed(line(1000, "abalone"), samples=ABALONE)
    assert result.total[0] == pytest.approx(299.2)  # 0.4 (0.3 x 0.4 + 0.7 x 0.12) x 44/12
    for number in range(len(ABALONE)):
        partly = ABALONE[:number] + ABALONE[number + 1 :]
        with pytest.raises(DomainError) as refused:
            removed(line(1000, "abalone"), samples=partly)
        assert refused.value.code == "unknown_species"


def test_hizikia_needs_its_dry_share_and_its_carbon() -> None:
    samples = (
        sample("dry_to_wet", 0.15, species="Hizikia"),
        sample("carbon_soft", 0.3, species="Hizikia"),
    )
    result = removed(line(1000, "Hizikia"), samples=samples, ecosystem=Ecosystem.MACROALGAE)
    assert result.pools == {Pool.ALGAE: pytest.approx([165.0])}


def test_the_kind_of_an_unpublished_species_comes_from_the_carrier() -> None:
    with pytest.raises(DomainError) as refused:
        removed(line(1, "abalone"), samples=ABALONE, ecosystem=Ecosystem.MANGROVE)
    assert refused.value.code == "unknown_species"


def test_the_standard_error_is_the_spread_over_the_root_of_the_number() -> None:
    errors = sample_errors((sample("carbon_soft", 0.44, n=9, sd=0.006),))
    assert errors["oyster", SampledQuantity.CARBON_SOFT] == pytest.approx((0.44, 0.002, 9))


def test_pooled_samples_have_the_error_of_all_their_specimens() -> None:
    errors = sample_errors(
        (sample("carbon_soft", 0.42, n=2, sd=0.01), sample("carbon_soft", 0.44, n=2, sd=0.01))
    )
    mean, error, n = errors["oyster", SampledQuantity.CARBON_SOFT]
    assert (mean, n) == pytest.approx((0.43, 4))
    assert error == pytest.approx(0.00707107, abs=1e-8)  # sqrt(6e-4 / 3 / 4)


def test_draws_of_tonnes_and_of_samples_give_a_row_for_each_draw() -> None:
    tonnes: Any = np.array([[1000.0], [2000.0]])
    shares: Any = np.array([[0.08], [0.10]])
    drawn = (replace(sample("soft_mass_share", 0.08), mean=shares), sample("carbon_shell", 0.12))
    plan = farm(
        replace(line(0, years=(2025, 2027)), tonnes_per_year=tonnes),
        samples=drawn,
        mode="net",
        harvest_net=FACTORS,
    )
    total = harvest_removals(plan, Span(2025, 2027), QUIET).total
    assert total.shape == (2, 3)
    for row, (mass, soft) in enumerate(((1000.0, 0.08), (2000.0, 0.10))):
        alone = removed(
            line(mass),
            samples=(sample("soft_mass_share", soft), drawn[1]),
            mode="net",
            harvest_net=FACTORS,
        )
        assert total[row] == pytest.approx([alone.total[0]] * 3)


SPECIES = sorted({row.key for row in TABLES.species.values()})
TONNES = st.floats(min_value=1e-3, max_value=1e8)


@given(species=st.sampled_from(SPECIES), mode=st.sampled_from(list(AccountingMode)), tonnes=TONNES)
def test_dry_weight_gives_what_the_same_wet_weight_gives(
    species: str, mode: AccountingMode, tonnes: float
) -> None:
    dry = tonnes * TABLES.species[species].dry_to_wet
    plans = [
        farm(entry, mode=mode, harvest_net=FACTORS)
        for entry in (line(tonnes, species, "wet"), line(dry, species, "dry"))
    ]
    wet_pools, dry_pools = (harvest_removals(plan, YEAR, QUIET).pools for plan in plans)
    assert wet_pools.keys() == dry_pools.keys()
    for pool, tco2 in wet_pools.items():
        assert dry_pools[pool] == pytest.approx(tco2, rel=1e-12, abs=0)


@given(species=st.sampled_from(SPECIES), tonnes=TONNES)
def test_kilograms_give_what_the_same_tonnes_give(species: str, tonnes: float) -> None:
    units = dict(specs_by_path(HarvestLine)["tonnes_per_year"].field.other_units)
    typed = tonnes * 1000 * units["kg"]
    totals = [
        harvest_removals(farm(line(mass, species)), YEAR, QUIET).total for mass in (tonnes, typed)
    ]
    assert totals[1] == pytest.approx(totals[0], rel=1e-12, abs=0)
