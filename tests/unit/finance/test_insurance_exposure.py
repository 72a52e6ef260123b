"""What is on risk: tonnes, stages, months covered, policy years."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.finance.insurance.cover_months import covered_months
from app.finance.insurance.exposure import Exposure, exposures_of, missing_growth, season_months
from app.finance.sink.credits import compute_carbon
from app.finance.sink.tables import SinkTables
from tests.unit.finance.insured_policies import case_of, policy, quote

CARBON: dict[str, Any] = {
    "kind": "carbon_value",
    "quantity": None,
    "quantity_unit": "tCO2e",
    "unit_value_yuan": 50,
}


def exposed(**changes: Any) -> Exposure:
    case = case_of(policy(**changes))
    carbon = compute_carbon(case.project, last_year=2035, tables=SinkTables({}))
    assert case.insurance is not None
    return exposures_of(case, case.insurance, carbon)[0]


def test_an_entered_quantity_is_insured_at_its_agreed_value() -> None:
    assert exposed().values_yuan == (1_000_000.0,)


def test_the_tonnes_of_each_policy_year_are_insured_where_none_are_entered() -> None:
    stated = [
        {"first_year": 2026, "last_year": 2026, "tonnes_per_year": 100},
        {"first_year": 2027, "last_year": 2027, "tonnes_per_year": 140},
    ]
    found = exposed(heads=[CARBON], project={"stated": stated}, period_months=24)
    assert found.quantities == (100.0, 140.0)
    assert found.values_yuan == (5_000.0, 7_000.0)


def test_a_harvest_head_takes_the_harvest_of_its_site() -> None:
    line = {"species": "牡蛎", "first_year": 2026, "last_year": 2026, "basis": "wet"}
    project = {
        "harvest": [
            {**line, "tonnes_per_year": 500, "site": "north"},
            {**line, "tonnes_per_year": 300, "site": "south"},
        ]
    }
    head = {"quantity": None, "quantity_unit": "t", "unit_value_yuan": 10}
    assert exposed(heads=[head], project=project).quantities == (800.0,)
    assert exposed(heads=[{**head, "site": "south"}], project=project).quantities == (300.0,)


def test_growth_is_missing_until_it_is_back_in_a_straight_line() -> None:
    # 100 + 100 x (1 - 1/4) + 100 x (1 - 2/4) + 100 x (1 - 3/4)
    assert missing_growth(lambda _year: 100.0, 2026, 4.0) == pytest.approx(250.0)
    assert missing_growth(lambda _year: 100.0, 2026, 0.0) == 100.0
    assert missing_growth(lambda _year: 100.0, 2026, 1.5) == pytest.approx(100 + 100 / 3)


def test_a_carbon_head_pays_growth_stock_or_both() -> None:
    stated = [{"first_year": 2024, "last_year": 2030, "tonnes_per_year": 100}]
    common = {**CARBON, "recovery_years": 4, "stock_release_share": 0.5}

    def tonnes(pays: str) -> float:
        head = {**common, "carbon_pays": pays}
        return exposed(heads=[head], project={"stated": stated}).quantities[0]

    assert tonnes("growth") == pytest.approx(250)
    # built up in 2024 and 2025, before the policy year 2026
    assert tonnes("stock") == pytest.approx(0.5 * 200)
    assert tonnes("both") == pytest.approx(350)


def test_an_entered_stock_grows_by_policy_year() -> None:
    stock = [
        {"head": "harvest", "policy_year": 1, "quantity": 1000},
        {"head": "harvest", "policy_year": 3, "quantity": 1600, "unit_value_yuan": 60},
    ]
    head = {**CARBON, "carbon_pays": "stock", "stock_release_share": 0.5}
    found = exposed(heads=[head], stock=stock, period_months=36)
    assert found.quantities == (500.0, 500.0, 800.0)
    assert found.values_yuan == (25_000.0, 25_000.0, 48_000.0)


def test_months_without_a_stage_are_not_on_risk() -> None:
    stages = [
        {"head": "harvest", "stage": "seed", "first_month": 11, "last_month": 2, "share": 0.4},
        {"head": "harvest", "stage": "grown", "first_month": 3, "last_month": 5, "share": 1},
    ]
    shares = exposed(stages=stages).month_shares
    assert shares == (0.4, 0.4, 1, 1, 1, 0, 0, 0, 0, 0, 0.4, 0.4)


def test_a_season_may_run_over_new_year() -> None:
    assert season_months(11, 2) == (11, 12, 1, 2)
    assert season_months(5, 5) == (5,)


@settings(max_examples=60, deadline=None)
@given(st.dates(date(2020, 1, 1), date(2040, 12, 31)), st.integers(1, 12))
def test_a_period_of_n_months_covers_n_months(start: date, months: int) -> None:
    covered = covered_months(start, months, 1)
    assert sum(covered) == pytest.approx(months, abs=1e-12)
    assert all(0 <= part <= 1 + 1e-12 for part in covered)


def test_the_first_month_counts_by_its_days_and_the_last_is_its_complement() -> None:
    covered = covered_months(date(2026, 4, 16), 2, 1)
    assert covered[3:6] == pytest.approx((0.5, 1.0, 0.5))


def test_a_waiting_period_takes_the_first_days() -> None:
    covered = covered_months(date(2026, 1, 1), 12, 1, waiting_days=31)
    assert covered[0] == 0
    assert sum(covered) == 11


def test_the_last_policy_year_may_be_a_part_of_one() -> None:
    found = exposed(period_months=18)
    assert len(found.values_yuan) == 2
    assert sum(found.in_year(1).month_cover) == 12
    assert sum(found.in_year(2).month_cover) == 6


def test_half_a_year_has_half_the_events() -> None:
    whole, half = quote(), quote(period_months=6)
    assert half.pure_premium_yuan == pytest.approx(whole.pure_premium_yuan / 2)


def test_a_stage_prices_what_is_on_risk_in_its_months() -> None:
    # Storms in July and August alone; the kelp is bare from July on and seeded in August.
    stages = [{"head": "harvest", "stage": "a", "first_month": 8, "last_month": 6, "share": 0.5}]
    season = {"first_month": 7, "last_month": 8, "mean_damage": 0.2, "damage_cv": 0}
    found = quote(perils=[season], stages=stages)
    # half of the storms, half of the value, a fifth of it each
    assert found.pure_premium_yuan == pytest.approx(0.25 * 0.2 * 500_000)
    assert found.perils[0].events_ground_up == pytest.approx(0.25)


def test_a_value_that_is_not_restored_is_not_lost_twice() -> None:
    calm = {"events_per_year": 0.1, "mean_damage": 0.3, "damage_cv": 0}
    kept = quote(perils=[calm], period_months=36)
    gone = quote(heads=[{"restored": False}], perils=[calm], period_months=36)
    assert kept.pure_premium_yuan == pytest.approx(3 * 0.03 * 1_000_000)
    expected = 0.03 * 1_000_000 * (1 + 0.97 + 0.97**2)
    assert gone.pure_premium_yuan == pytest.approx(expected)


def test_later_policy_years_are_discounted_from_their_middle() -> None:
    calm = {"events_per_year": 0.1, "mean_damage": 0.3, "damage_cv": 0}
    found = quote(perils=[calm], period_months=24, discount_rate=0.05)
    assert found.pure_premium_yuan == pytest.approx(30_000 * (1 + 1.05**-1.5))
