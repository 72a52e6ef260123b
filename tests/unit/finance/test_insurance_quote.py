"""Whole quotes: terms against each other, parts that add up, checks of the distribution."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.finance.engine import compute_case
from app.finance.insurance.quote_checks import checked
from app.finance.insurance.results import InsuranceResult
from app.finance.sink.tables import SinkTables
from tests.unit.finance.insured_policies import HEAD, case_of, policy, quote, quoted

SUM = 1_000_000.0
AMOUNTS = st.integers(0, 120_000_000).map(lambda fen: fen / 100)
FEW = settings(max_examples=20, deadline=None)
LOADED = {"risk_load_factor": 0.2, "fixed_expense_yuan": 100, "variable_expense_share": 0.2}

TWO_SITES: list[dict[str, Any]] = [
    {"name": "north", "site": "N", "deductible_share": 0.1},
    {"name": "south", "site": "S", "deductible_share": 0.05, "unit_value_yuan": 500},
]


def gross(head: dict[str, Any], **changes: Any) -> float:
    return float(quote(heads=[head], **LOADED, **changes).gross_premium_yuan)


@FEW
@given(AMOUNTS, AMOUNTS, st.booleans())
def test_the_premium_never_rises_with_a_higher_deductible(
    one: float, other: float, franchise: bool
) -> None:
    low, high = sorted((min(one, 0.99 * SUM), min(other, 0.99 * SUM)))
    kind = "franchise" if franchise else "absolute"
    dear = gross({"deductible_yuan": low, "deductible_kind": kind})
    assert gross({"deductible_yuan": high, "deductible_kind": kind}) <= dear


@FEW
@given(AMOUNTS, AMOUNTS, st.sampled_from(["event_limit_yuan", "year_limit_yuan"]))
def test_the_premium_never_falls_with_a_higher_limit(one: float, other: float, name: str) -> None:
    low, high = sorted((one, other))
    # A limit of the year is on the grid of the distribution: within a fen of each other.
    assert gross({name: high}) >= gross({name: low}) - 0.01


@FEW
@given(st.integers(1, 99), st.integers(1, 99))
def test_layers_add_up_to_the_whole(one: int, other: int) -> None:
    low, high = sorted((one * SUM / 100, other * SUM / 100))
    layers: list[dict[str, Any]] = [
        {"layer_limit_yuan": low},
        {"layer_attachment_yuan": low, "layer_limit_yuan": high - low},
        {"layer_attachment_yuan": high},
    ]
    whole = quote().pure_premium_yuan
    assert sum(quote(heads=[one]).pure_premium_yuan for one in layers) == pytest.approx(whole)


def test_a_limit_of_nothing_pays_nothing_and_no_limit_pays_all() -> None:
    assert quote(heads=[{"event_limit_yuan": 0}]).pure_premium_yuan == 0
    assert quote(heads=[{"year_limit_yuan": 0}]).pure_premium_yuan == 0
    assert quote(policy_year_limit_yuan=0).pure_premium_yuan == 0
    assert quote(heads=[{"event_limit_yuan": None}]).pure_premium_yuan > 0


def test_the_share_of_the_insurer_is_one_of_each_loss() -> None:
    whole = quote().pure_premium_yuan
    for basis in ("event", "year"):
        found = quote(heads=[{"share": 0.6, "share_on": basis}]).pure_premium_yuan
        assert found == pytest.approx(0.6 * whole, rel=1e-12)


def test_perils_add_up() -> None:
    storm, cold = {"events_per_year": 0.3}, {"peril": "cold", "mean_damage": 0.1}
    both = quote(perils=[storm, cold])
    apart = quote(perils=[storm]).pure_premium_yuan + quote(perils=[cold]).pure_premium_yuan
    assert both.pure_premium_yuan == pytest.approx(apart)
    assert sum(p.pure_premium_yuan for p in both.perils) == pytest.approx(both.pure_premium_yuan)


def test_an_event_of_all_heads_costs_the_same_but_varies_more() -> None:
    common = quote(heads=TWO_SITES)
    own = quote(heads=TWO_SITES, perils=[{"site": "N"}, {"site": "S"}])
    assert common.pure_premium_yuan == pytest.approx(own.pure_premium_yuan)
    assert common.distribution is not None
    assert own.distribution is not None
    assert common.distribution.sd_yuan > 1.2 * own.distribution.sd_yuan
    assert common.distribution.method == own.distribution.method == "exact"


def test_the_event_limit_of_the_policy_caps_the_sum_of_the_heads() -> None:
    fixed = [{"mean_damage": 0.5, "damage_cv": 0, "events_per_year": 0.4}]
    found = quote(heads=TWO_SITES, perils=fixed, policy_event_limit_yuan=300_000)
    assert found.pure_premium_yuan == pytest.approx(0.4 * 300_000)
    # 400,000 and 225,000 before the limit: the heads give way in proportion.
    north, south = (head.pure_premium_yuan for head in found.heads)
    assert north / south == pytest.approx(400_000 / 225_000)


def test_terms_of_the_year_of_heads_hit_together_are_simulated() -> None:
    heads = [{**one, "year_limit_yuan": 200_000} for one in TWO_SITES]
    found = quote(heads=heads, simulated_years=20_000, seed=7)
    law = found.distribution
    assert law is not None
    assert (law.method, law.years, law.seed) == ("simulated", 20_000, 7)
    # the mean of each head stays exact
    alone = [quote(heads=[head]).pure_premium_yuan for head in heads]
    assert [head.pure_premium_yuan for head in found.heads] == pytest.approx(alone)
    assert law.standard_error is not None
    again = quote(heads=heads, simulated_years=20_000, seed=7)
    assert again.distribution == law


def test_the_largest_event_exceeds_less_often_than_the_year() -> None:
    law = quote().distribution
    assert law is not None
    for point in law.curve:
        assert point.event_probability is not None
        assert point.event_probability <= point.year_probability + 1e-3
    assert len(law.curve) > 100
    for point_ in law.returns:
        assert point_.oep_yuan is not None
        assert point_.oep_yuan <= point_.aep_yuan * (1 + 1e-3) + 1


def test_the_curve_begins_with_the_chance_of_a_payment() -> None:
    law = quote(perils=[{"mean_damage": 0.5, "damage_cv": 0, "events_per_year": 0.25}]).distribution
    assert law is not None
    assert law.curve[0].year_probability == pytest.approx(1 - law.p_no_loss)
    assert law.curve[0].event_probability == pytest.approx(1 - law.p_no_loss)


def quote_checked(**changes: Any) -> InsuranceResult:
    case = case_of(policy(**changes))
    result = compute_case(case, SinkTables({})).insurance
    assert case.insurance is not None
    assert result is not None
    return checked(case.insurance, result)


def test_panjer_gemact_and_simulation_agree_with_the_transform() -> None:
    head = {"deductible_share": 0.1, "year_limit_yuan": 900_000}
    law = quote_checked(heads=[head], simulated_years=100_000).distribution
    assert law is not None
    engines = {check.engine: check for check in law.checks}
    assert set(engines) == {"panjer", "gemact", "simulation"}
    for name in ("panjer", "gemact"):
        assert engines[name].mean_yuan == pytest.approx(law.mean_yuan, rel=1e-5)
        assert engines[name].sd_yuan == pytest.approx(law.sd_yuan, rel=1e-4)
    drawn = engines["simulation"]
    assert drawn.standard_error is not None
    assert abs(drawn.mean_yuan - law.mean_yuan) < 3 * drawn.standard_error


def test_several_perils_are_checked_by_simulation_alone() -> None:
    law = quote_checked(perils=[{}, {"peril": "cold"}], simulated_years=20_000).distribution
    assert law is not None
    assert [check.engine for check in law.checks] == ["simulation"]


def test_options_stand_beside_the_terms_entered() -> None:
    found = quote(
        options=[
            {"name": "high", "deductible_yuan": 200_000},
            {"name": "low", "event_limit_yuan": 100_000},
        ]
    )
    entered, high, low = found.options
    assert (entered.option, high.name, low.option) == (None, "high", 1)
    assert entered.gross_premium_yuan == found.gross_premium_yuan
    alone = quote(heads=[{"deductible_yuan": 200_000}])
    assert high.gross_premium_yuan == alone.gross_premium_yuan
    assert low.gross_premium_yuan < entered.gross_premium_yuan


def test_the_quote_rests_on_the_history_where_it_is_asked_to() -> None:
    history = {
        "losses": [
            {"year": year, "loss_yuan": loss}
            for year, loss in zip(range(2016, 2026), [0, 0, 300_000] + [0] * 7, strict=True)
        ]
    }
    document = policy(heads=[{"deductible_yuan": 100_000}], pure_basis="burn", experience=history)
    found = quoted(document)
    assert found.basis == "burn"
    assert found.pure_premium_yuan == pytest.approx(20_000)
    assert found.model_pure_yuan == pytest.approx(
        quote(heads=[{"deductible_yuan": 100_000}]).pure_premium_yuan
    )
    document["insurance"]["perils"] = []
    alone = quoted(document)
    assert alone.distribution is None
    assert alone.gross_premium_yuan == found.gross_premium_yuan


def test_every_printed_figure_has_a_step_with_its_source() -> None:
    found = quote(subsidies=[{"payer": "city", "share": 0.5}], asked_premium_yuan=100_000)
    steps = {step.key: step for step in found.working}
    assert len(steps) == len(found.working)
    assert all(key.startswith("insurance.") for key in steps)
    assert all(step.source for step in found.working)
    assert steps["insurance.pure_premium"].value == found.pure_premium_yuan
    assert steps["insurance.gross_premium"].value == found.gross_premium_yuan
    assert steps["insurance.insured_pays"].value == found.subsidies[-1].amount_yuan
    assert HEAD["quantity"] in [t.value for t in steps["insurance.heads.0.sum_insured"].terms]
