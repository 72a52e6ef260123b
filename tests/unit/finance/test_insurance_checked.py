"""Quotes recomputed by other means: what an independent check of the figures found."""

import math
from typing import Any

import pytest
from scipy.integrate import quad

from app.finance.engine import compute_case
from app.finance.errors import DomainError
from app.finance.insurance.results import InsuranceResult
from app.finance.sink.tables import SinkTables
from tests.unit.finance.insured_policies import case_of, flags, policy, quote, quoted, refusals

SUM = 1_000_000.0
FIXED = {"damage_law": "fixed", "damage_cv": None}
HIGH = 1e9
"""A limit of the year that no year reaches, but that makes the year the head's own."""

INDEX: dict[str, Any] = {
    "quantity": 1000,
    "quantity_unit": "unit",
    "unit_value_yuan": 1000,
    "season_start": "2026-01-01",
    "season_end": "2026-12-31",
    "triggers": [{"name": "w", "measure": "gust", "form": "linear", "trigger": 20.8, "exit": 41.5}],
    "pricing": "fitted",
    "events_per_year": 0.77,
    "fit_threshold": 17.2,
    "excess_law": "gpd",
    "excess_scale": 5.0,
    "excess_shape": 0.2,
}


def indexed(period: dict[str, Any] | None = None, **changes: Any) -> dict[str, Any]:
    """Return a policy with an index cover alone."""
    document = policy(index={**INDEX, **changes}, **(period or {}))
    del document["insurance"]["heads"], document["insurance"]["perils"]
    return document


def loading(result: InsuranceResult, code: str) -> float:
    return {line.code: line.amount_yuan for line in result.loadings}.get(code, 0.0)


def test_heads_hit_in_different_months_both_count_where_one_has_a_limit_of_the_year() -> None:
    found = quote(
        heads=[{"name": "first", "year_limit_yuan": HIGH}, {"name": "second"}],
        stages=[
            {"head": "first", "stage": "", "first_month": 1, "last_month": 6, "share": 1},
            {"head": "second", "stage": "", "first_month": 7, "last_month": 12, "share": 1},
        ],
        perils=[{"events_per_year": 1, "mean_damage": 0.3, **FIXED}],
    )
    assert found.pure_premium_yuan == pytest.approx(0.3 * SUM)
    assert [head.pure_premium_yuan for head in found.heads] == pytest.approx([0.15 * SUM] * 2)


def test_reinstatement_premium_is_earned_beside_an_event_set_as_well() -> None:
    north = {
        "name": "north",
        "site": "N",
        "event_limit_yuan": 300_000,
        "reinstatements": 1,
        "reinstatement_rate": 1,
    }
    heads = [north, {"name": "south", "site": "S"}]
    perils = [{"head": "north", "damage_law": "beta", "events_per_year": 1.0}]
    lines = [{"event": "storm", "site": "S", "rate": 0.1, "damage_share": 0.5}]
    alone = quote(heads=heads, perils=perils)
    both = quote(heads=heads, perils=perils, events={"event_lines": lines})
    assert loading(alone, "reinstatement") < 0
    assert loading(both, "reinstatement") == pytest.approx(
        loading(alone, "reinstatement"), rel=0.02
    )


def test_a_limit_of_the_year_bounds_what_is_reinstated() -> None:
    # One event of 300,000 a year at most; the year pays 100,000 of it: a third of a limit.
    head = {
        "event_limit_yuan": 300_000,
        "reinstatements": 1,
        "reinstatement_rate": 1,
        "year_limit_yuan": 100_000,
    }
    one = {"frequency_law": "binomial", "events_per_year": 1, "mean_damage": 0.3, **FIXED}
    found = quote(heads=[head], perils=[one])
    assert found.pure_premium_yuan == pytest.approx(100_000)
    assert loading(found, "reinstatement") == pytest.approx(100_000 / (1 + 1 / 3) - 100_000)


def test_a_limit_above_the_value_is_reinstated_as_the_value() -> None:
    heads = [{"event_limit_yuan": limit, "reinstatements": 0} for limit in (SUM, 2 * SUM, None)]
    perils = [{"events_per_year": 3, "mean_damage": 0.8, **FIXED}]
    found = [quote(heads=[head], perils=perils).pure_premium_yuan for head in heads]
    assert found[1:] == pytest.approx([found[0]] * 2)


def test_options_hold_the_events_of_a_frequency_to_the_layer() -> None:
    found = quote(
        heads=[{"deductible_share": 0.05}],
        perils=[{"damage_cv": 2.0, "frequency_basis": "to_layer"}],
        options=[
            {"name": "same", "deductible_share": 0.05},
            {"name": "higher", "deductible_share": 0.3},
            {"name": "nothing", "event_limit_yuan": 0},
        ],
    ).options
    entered, same, higher, nothing = (option.pure_premium_yuan for option in found)
    assert same == pytest.approx(entered)
    assert higher < entered
    assert nothing == 0


def test_more_paid_events_than_one_event_a_year_can_give_are_refused_by_name() -> None:
    peril = {
        "events_per_year": 0.9,
        "frequency_law": "binomial",
        "frequency_basis": "to_layer",
        "damage_law": "beta",
    }
    case = case_of(policy(heads=[{"deductible_share": 0.3}], perils=[peril]))
    with pytest.raises(DomainError) as refused:
        compute_case(case, SinkTables({}))
    assert refused.value.code == "at_most_one_event"
    assert refused.value.facts["path"] == "insurance.perils.0.events_per_year"
    assert refused.value.facts["value"] == 0.9


@pytest.mark.parametrize("shape", [-0.3, 0.2])
@pytest.mark.parametrize("cap", [0.2, 0.5, 0.7, 1.0])
def test_a_line_on_the_largest_event_is_the_integral_up_to_the_cap(
    shape: float, cap: float
) -> None:
    def largest(wind: float) -> float:
        beyond = max(1 + shape * (wind - 17.2) / 5.0, 0.0) ** (-1 / shape)
        return 1 - math.exp(-0.77 * beyond)

    end = 20.8 + 20.7 * cap
    kinks = [17.2 + 5.0 / 0.3] if shape < 0 and end > 17.2 + 5.0 / 0.3 else None
    share = quad(largest, 20.8, end, points=kinks, epsabs=1e-12)[0] / 20.7
    found = quoted(indexed(excess_shape=shape, season_cap_share=cap))
    assert found.pure_premium_yuan == pytest.approx(SUM * share, rel=1e-8)


def test_losses_of_one_size_stay_whole_beside_small_ones() -> None:
    found = quote(
        heads=[
            {"name": "large", "year_limit_yuan": HIGH},
            {"name": "small", "unit_value_yuan": 10, "year_limit_yuan": HIGH},
        ],
        perils=[
            {"head": "large", "events_per_year": 2, "mean_damage": 0.1, **FIXED},
            {"head": "small", "events_per_year": 0.001, "damage_law": "beta"},
        ],
    )
    assert found.distribution is not None
    # Poisson 2: 2 events at the median, 3 at 75 %, 4 at 90 %, 5 at 95 and 98 %, 6 at 99 %.
    sizes = [round(value / 100_000, 3) for value in found.distribution.quantiles[:6]]
    assert sizes == [2, 3, 4, 5, 5, 6]


def test_a_limit_of_the_policy_that_no_event_reaches_changes_nothing() -> None:
    heads = [{"year_limit_yuan": 900_000}]
    free = quote(heads=heads)
    limited = quote(heads=heads, policy_event_limit_yuan=SUM)
    assert limited.distribution is not None
    assert limited.distribution.method == "exact"
    assert limited.pure_premium_yuan == free.pure_premium_yuan


def test_the_premium_rises_to_the_exact_one_as_the_limit_of_an_event_goes() -> None:
    heads = [{"name": "first", "year_deductible_yuan": 50_000}, {"name": "second"}]
    premiums = [
        quote(heads=heads, policy_event_limit_yuan=limit).pure_premium_yuan
        for limit in (200_000, 900_000, 1_990_000, None)
    ]
    assert premiums == sorted(premiums)
    assert premiums[2] == pytest.approx(premiums[3], rel=1e-3)


def test_the_largest_event_is_the_insurers_share_of_it() -> None:
    head = {"share": 0.5, "share_on": "year", "year_limit_yuan": HIGH}
    found = quote(heads=[head], perils=[{"mean_damage": 0.4, **FIXED}])
    assert found.distribution is not None
    assert found.distribution.returns[-1].oep_yuan == pytest.approx(0.5 * 0.4 * SUM)


@pytest.mark.parametrize(
    ("change", "path", "code"),
    [
        ({"delivery": {}}, "insurance.delivery.deliveries", "too_short"),
        ({"events": {}}, "insurance.events.event_lines", "too_short"),
        ({"heads": [{"name": "a"}, {"name": "a "}]}, "insurance.heads.1.name", "head_twice"),
        ({"heads": [{"name": "\u3000"}]}, "insurance.heads.0.name", "too_short"),
        ({"sites": [{"name": "A"}, {"name": " A"}]}, "insurance.sites.1.name", "site_twice"),
    ],
)
def test_empty_tables_and_names_of_blanks_are_refused(
    change: dict[str, Any], path: str, code: str
) -> None:
    assert refusals(policy(**change))[path] == code


def test_an_index_cover_of_less_than_a_fen_is_refused() -> None:
    assert refusals(indexed(quantity=1e-6)) == {"insurance.index.quantity": "index_insures_nothing"}


def test_a_limit_of_less_than_a_fen_pays_nothing() -> None:
    assert quote(heads=[{"layer_limit_yuan": 1e-9}]).pure_premium_yuan == 0


@pytest.mark.parametrize("law", ["lognormal", "gamma", "beta", "weibull", "inverse_gaussian"])
@pytest.mark.parametrize("spread", [1e-12, 1e-9, 1e-6])
def test_hardly_any_spread_is_a_fixed_damage(law: str, spread: float) -> None:
    peril = {"damage_law": law, "mean_damage": 0.3, "damage_cv": spread}
    found = quote(heads=[{"deductible_share": 0.1}], perils=[peril])
    assert found.pure_premium_yuan == pytest.approx(0.5 * 0.2 * SUM)


def test_a_beta_damage_next_to_nothing_is_priced() -> None:
    peril = {"damage_law": "beta", "mean_damage": 1e-300}
    assert quote(perils=[peril]).pure_premium_yuan == pytest.approx(0)


def test_an_intensity_that_never_leaves_its_threshold_costs_nothing() -> None:
    points = [
        {"curve": "c", "intensity": 10, "damage": 0},
        {"curve": "c", "intensity": 20, "damage": 1},
    ]
    peril = {
        "damage_law": "curve",
        "curve": "c",
        "threshold": 10,
        "scale": 1e-300,
        "shape": 0.1,
        "mean_damage": None,
        "damage_cv": None,
    }
    assert quote(perils=[peril], damages=points).pure_premium_yuan == 0


def test_terms_that_never_pay_are_told() -> None:
    perils = [{"mean_damage": 0.3, **FIXED}]
    assert "head_never_paid" in flags(heads=[{"deductible_share": 0.5}], perils=perils)
    assert "head_never_paid" not in flags(heads=[{"deductible_share": 0.2}], perils=perils)


@pytest.mark.parametrize(
    ("season", "months", "code"),
    [
        (("2027-02-01", "2027-04-30"), 12, "index_season_outside_period"),
        (("2026-04-01", "2026-12-31"), 9, "index_season_beyond_period"),
        (("2026-04-01", "2026-12-31"), 24, "index_one_season"),
        (("2026-04-01", "2026-12-31"), 12, None),
    ],
)
def test_a_season_that_does_not_fit_the_period_is_told(
    season: tuple[str, str], months: int, code: str | None
) -> None:
    start, end = season
    document = indexed({"period_months": months}, season_start=start, season_end=end)
    notices = compute_case(case_of(document), SinkTables({})).notices
    found = {notice.code for notice in notices if notice.path == "insurance.index.season_start"}
    assert found == ({code} if code else set())
