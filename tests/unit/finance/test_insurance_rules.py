"""Sums that cannot be are refused by name; those that are odd are told."""

from typing import Any

import pytest

from app.finance.case.cover.placed import PlacedCover
from app.finance.engine import compute_case
from app.finance.sink.tables import SinkTables
from tests.unit.finance.insured_policies import case_of, flags, policy, refusals

HEADS = "insurance.heads.0"
PERILS = "insurance.perils.0"


@pytest.mark.parametrize(
    ("head", "path", "code"),
    [
        ({"deductible_share": 1}, f"{HEADS}.deductible_share", "deductible_below_one"),
        ({"deductible_yuan": 10**6}, f"{HEADS}.deductible_yuan", "deductible_over_sum"),
        (
            {"event_limit_yuan": 10**5, "layer_attachment_yuan": 10**5},
            f"{HEADS}.layer_attachment_yuan",
            "layer_over_limit",
        ),
        ({"reinstatement_rate": 1}, f"{HEADS}.reinstatements", "reinstatements_missing"),
        ({"waiting_days": 365}, f"{HEADS}.waiting_days", "waiting_over_period"),
        ({"quantity": None}, f"{HEADS}.quantity", "quantity_for_unit"),
        ({"quantity": None, "quantity_unit": "t"}, f"{HEADS}.quantity", "no_harvest_plan"),
        ({"carbon_pays": "growth"}, f"{HEADS}.quantity_unit", "carbon_pays_unit"),
        (
            {"carbon_pays": "both", "quantity_unit": "tCO2e"},
            f"{HEADS}.carbon_pays",
            "both_needs_plan",
        ),
        (
            {"deductible_kind": "franchise", "deductible_loss_share": 0.1},
            f"{HEADS}.deductible_loss_share",
            "franchise_of_loss",
        ),
        ({"quantity": 0}, f"{HEADS}.quantity", "greater_than"),
        ({"deductible_days": 3}, f"{PERILS}.interruption_days", "days_need_duration"),
    ],
)
def test_terms_that_cannot_be_are_refused(head: dict[str, Any], path: str, code: str) -> None:
    found = refusals(policy(heads=[head]))
    assert path in found
    assert code in {found[path], "greater_than"}


@pytest.mark.parametrize(
    ("peril", "field", "code"),
    [
        ({"mean_damage": None}, "mean_damage", "needed"),
        ({"damage_cv": None}, "damage_cv", "needed"),
        ({"mean_damage": 1.5}, "mean_damage", "damage_share_above_one"),
        ({"damage_law": "beta", "damage_cv": 2}, "damage_cv", "cv_too_large"),
        ({"damage_law": "pareto", "damage_cv": 1}, "damage_cv", "cv_above_one"),
        ({"damage_law": "pareto", "shape": 1}, "shape", "pareto_without_mean"),
        ({"damage_law": "gpd", "scale": 0.1, "shape": 1}, "shape", "gpd_without_mean"),
        ({"damage_law": "fixed"}, "damage_cv", "damage_not_used"),
        ({"damage_law": "table", "damage_cv": None}, "curve", "needed"),
        ({"damage_law": "table", "damage_cv": None, "curve": "x"}, "curve", "unknown_curve"),
        ({"frequency_law": "negative_binomial"}, "variance_to_mean", "needed"),
        ({"variance_to_mean": 2}, "variance_to_mean", "ratio_not_used"),
        (
            {"frequency_law": "binomial", "events_per_year": 1.2},
            "events_per_year",
            "at_most_one_event",
        ),
        ({"head": "nowhere"}, "head", "unknown_head"),
        ({"site": "nowhere"}, "site", "unknown_site"),
        ({"no_damage_share": 0.7, "total_loss_share": 0.7}, "total_loss_share", "damage_shares"),
        ({"damage_basis": "yuan", "no_damage_share": 0.5}, "damage_basis", "share_basis_only"),
    ],
)
def test_laws_that_cannot_be_are_refused(peril: dict[str, Any], field: str, code: str) -> None:
    assert refusals(policy(perils=[peril])).get(f"{PERILS}.{field}") == code


def test_ten_thousand_claims_a_year_are_refused() -> None:
    assert f"{PERILS}.events_per_year" in refusals(policy(perils=[{"events_per_year": 10_000}]))


def test_a_negative_spread_is_refused() -> None:
    assert f"{PERILS}.damage_cv" in refusals(policy(perils=[{"damage_cv": -0.5}]))


def test_a_damage_in_yuan_is_that_of_one_head() -> None:
    heads = [{"name": "a"}, {"name": "b"}]
    yuan = {"damage_basis": "yuan", "mean_damage": 1000}
    assert refusals(policy(heads=heads, perils=[yuan]))[f"{PERILS}.head"] == "yuan_of_one_head"
    assert not refusals(policy(heads=heads, perils=[{**yuan, "head": "a"}]))


@pytest.mark.parametrize(
    ("changes", "path", "code"),
    [
        ({"heads": []}, "insurance.heads", "nothing_to_quote"),
        ({"perils": []}, "insurance.perils", "heads_without_events"),
        ({"pure_basis": "burn"}, "insurance.pure_basis", "basis_without_history"),
        ({"tax_share": 0.5, "profit_share": 0.5}, "insurance.variable_expense_share",
         "loadings_below_one"),
        ({"subsidies": [{"payer": "city", "share": 0.7}, {"payer": "county", "share": 0.4}]},
         "insurance.subsidies", "subsidies_over_one"),
        ({"coinsurers": [{"name": "A", "share": 0.5}]}, "insurance.coinsurers",
         "coinsurers_not_one"),
        ({"coinsurers": [{"name": "A", "share": 0.5, "leads": True},
                         {"name": "B", "share": 0.5, "leads": True}]},
         "insurance.coinsurers.1.leads", "two_leaders"),
        ({"sites": [{"name": "N"}, {"name": "N"}]}, "insurance.sites.1.name", "site_twice"),
        ({"options": [{"name": "A", "season_cap_share": 1}]},
         "insurance.options.0.season_cap_share", "option_without_index"),
        ({"stages": [{"head": "harvest", "stage": "a", "first_month": 1, "last_month": 3,
                      "share": 1},
                     {"head": "harvest", "stage": "b", "first_month": 3, "last_month": 5,
                      "share": 1}]},
         "insurance.stages.1.first_month", "stages_overlap"),
        ({"stock": [{"head": "harvest", "policy_year": 2, "quantity": 1}]},
         "insurance.stock.0.policy_year", "stock_year_beyond"),
        ({"risk_load_factor": None}, "insurance.risk_load_factor", "needed"),
        ({"risk_load": "tvar"}, "insurance.tvar_level", "needed"),
    ],
)  # fmt: skip
def test_a_policy_that_cannot_be_is_refused(changes: dict[str, Any], path: str, code: str) -> None:
    document = policy()
    document["insurance"] |= changes
    assert refusals(document).get(path) == code


def test_two_heads_of_one_name_are_refused() -> None:
    assert refusals(policy(heads=[{}, {}]))["insurance.heads.1.name"] == "head_twice"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"heads": [{"event_limit_yuan": 0}]}, "limit_of_nothing"),
        ({"policy_event_limit_yuan": 0}, "limit_of_nothing"),
        ({"heads": [{"deductible_yuan": 200_000, "event_limit_yuan": 100_000}]},
         "deductible_over_limit"),
        ({"heads": [{"salvage_share": 0.5, "deductible_share": 0.5}]},
         "deductible_over_sum_insured"),
        ({"heads": [{"layer_attachment_yuan": 2_000_000}]}, "layer_over_sum_insured"),
        ({"stock": [{"head": "harvest", "policy_year": 1, "quantity": 0}]}, "nothing_insured"),
        ({"stages": [{"head": "harvest", "stage": "a", "first_month": 1, "last_month": 3,
                      "share": 1}],
          "perils": [{"first_month": 7, "last_month": 9}]}, "peril_not_on_risk"),
        ({"period_months": 3,
          "stages": [{"head": "harvest", "stage": "a", "first_month": 7, "last_month": 9,
                      "share": 1}]}, "no_month_on_risk"),
        ({"heads": [{"name": "a"}, {"name": "b"}], "perils": [{"head": "a"}]},
         "head_without_peril"),
        ({"heads": [{"name": "a", "kind": "carbon_and_restoration"},
                    {"name": "b", "kind": "restoration_cost"}]}, "heads_count_twice"),
        ({"heads": [{"name": "a"}, {"name": "b", "kind": "farming_cost"}]}, "heads_count_twice"),
        ({"heads": [{"kind": "carbon_stock", "quantity_unit": "tCO2e"}]}, "stock_over_verified"),
        ({"perils": [{"source": ""}]}, "peril_without_source"),
        ({"perils": [{"frequency_basis": "to_layer"}]}, "frequency_to_layer"),
        ({"perils": [{"events_per_year": 50, "mean_damage": 0.9, "damage_cv": 0}]},
         "premium_over_sum"),
        ({"rate_coefficient": 1.6}, "coefficient_out_of_range"),
        ({"rate_coefficient": 1.3, "subsidised": True}, "coefficient_out_of_range"),
        ({"asked_premium_yuan": 100}, "asked_below_pure"),
        ({"asked_premium_yuan": 100}, "asked_without_reason"),
        ({"subsidies": [{"payer": "city", "share": 0.5}]}, "subsidised_not_stated"),
    ],
)  # fmt: skip
def test_what_is_odd_is_told(changes: dict[str, Any], code: str) -> None:
    assert code in flags(**changes)


def test_a_usual_policy_is_told_nothing_of() -> None:
    assert not flags() - {"no_compliance_market", "no_compliance_exit"}


def test_a_coefficient_inside_its_range_is_not_told() -> None:
    assert "coefficient_out_of_range" not in flags(rate_coefficient=1.3)


def test_a_rate_is_held_against_those_placed_for_the_like() -> None:
    def placed(key: str, rate: float | None, low: float | None, high: float | None) -> PlacedCover:
        return PlacedCover(
            key=key, day_text="", cover_class="indemnity", insurer="", insurer_zh="", place="",
            place_zh="", insured_object="", insured_object_zh="", peril="", sum_insured=None,
            premium=None, currency="CNY", rate=rate, rate_low=low, rate_high=high,
            rate_basis="stated", source="",
        )  # fmt: skip

    covers = (placed("a", 0.06, None, None), placed("b", None, 0.045, 0.065),
              placed("c", None, None, None))  # fmt: skip
    results = compute_case(case_of(policy()), SinkTables({}, placed=covers))
    assert results.insurance is not None
    found = results.insurance.placed
    assert found is not None
    assert [cover.key for cover in found.covers] == ["a", "b"]
    assert (found.low, found.high) == (0.045, 0.065)
    assert found.middle == pytest.approx(0.0575)
    assert "rate_above_placed" in {notice.code for notice in results.notices}
