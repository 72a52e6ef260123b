"""Claims through the terms of the policy, to the fen."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.finance.case.cover.head_tables import StageLine
from app.finance.case.cover.heads import DeductibleKind, ShareOn
from app.finance.case.cover.settlement_inputs import ClaimLine, Settlement
from app.finance.errors import DomainError
from app.finance.insurance.settlement import loss_lines, settle
from tests.unit.finance.claim_policies import (
    PREMIUM,
    head_of,
    loss,
    on_risk,
    paid,
    policy_of,
    settled,
)

SUMMER = date(2026, 7, 26)


def test_each_term_takes_its_part_of_a_loss_in_the_order_of_the_policy() -> None:
    head = head_of(
        salvage_share=0.1, deductible_yuan=50_000.0, event_limit_yuan=600_000.0,
        layer_attachment_yuan=100_000.0, layer_limit_yuan=400_000.0, share=0.35,
    )  # fmt: skip
    (step,) = settled([head], [loss(SUMMER, 1_200_000.33)]).steps
    assert step.ground_up_yuan == Decimal("1200000.33")
    assert step.salvage_yuan == Decimal("100000.00")
    assert step.deductible_yuan == Decimal("50000.00")
    assert step.over_limit_yuan == Decimal("200000.33") + Decimal(450_000)
    assert step.retained_share_yuan == Decimal("260000.00")
    assert step.payable_yuan == Decimal("140000.00")
    assert step.covered


def test_half_a_fen_is_rounded_up() -> None:
    (step,) = settled([head_of(share=0.35)], [loss(SUMMER, 1000.30)]).steps
    assert step.payable_yuan == Decimal("350.11")
    assert step.retained_share_yuan == Decimal("650.19")


def test_a_damage_is_of_the_value_on_risk_in_the_month() -> None:
    stages = (StageLine("kelp", "seedling", 1, 3, 0.2), StageLine("kelp", "grown", 4, 6, 1.0))
    claims = [
        ClaimLine("frost", date(2026, 2, 1), head="kelp", damage_share=0.5),
        ClaimLine("gale", date(2026, 5, 1), head="kelp", damage_share=0.5),
        ClaimLine("heat", date(2026, 8, 1), head="kelp", damage_share=0.5),
    ]
    found = settled([head_of()], claims, stages=stages).steps
    assert paid(found) == ["100000.00", "500000.00", "0.00"]
    assert [step.covered for step in found] == [True, True, False]
    assert found[2].reason == "not_on_risk"


def test_claims_outside_period_and_waiting_time_are_kept_and_pay_nothing() -> None:
    claims = [
        loss(date(2027, 1, 1), 1000.0),
        loss(date(2026, 1, 30), 1000.0),
        loss(date(2026, 1, 31), 1000.0),
        loss(date(2025, 12, 31), 1000.0, paid_yuan=Decimal(200)),
    ]
    found = settled([head_of(waiting_days=30)], claims)
    reasons = [step.reason for step in found.steps]
    assert reasons == ["outside_period", "waiting_period", "", "outside_period"]
    assert paid(found.steps) == ["0.00", "0.00", "1000.00", "0.00"]
    assert found.steps[0].due_yuan == Decimal("-200.00")
    assert found.due_yuan == Decimal("800.00")


def test_lines_of_one_event_bear_one_deductible() -> None:
    claims = [
        loss(SUMMER, 60_000.0, event="Gaemi"),
        loss(date(2026, 7, 28), 60_000.0, event="Gaemi"),
        loss(date(2026, 9, 1), 60_000.0, event="Bebinca"),
    ]
    found = settled([head_of(deductible_yuan=100_000.0)], claims).steps
    assert paid(found) == ["0.00", "20000.00", "0.00"]
    assert [step.reason for step in found] == ["below_deductible", "", "below_deductible"]


def test_a_franchise_pays_the_whole_loss_above_it() -> None:
    head = head_of(deductible_share=0.1, deductible_kind=DeductibleKind.FRANCHISE)
    claims = [loss(SUMMER, 100_000.0), loss(date(2026, 8, 1), 100_000.01)]
    assert paid(settled([head], claims).steps) == ["0.00", "100000.01"]


def test_days_of_an_interruption_come_off_by_its_length() -> None:
    claims = [loss(SUMMER, 90_000.0, duration_days=30.0)]
    (step,) = settled([head_of(deductible_days=10.0)], claims).steps
    assert step.deductible_yuan == Decimal("30000.00")
    assert step.payable_yuan == Decimal("60000.00")


def test_the_year_keeps_its_deductible_and_its_limit_over_all_events() -> None:
    head = head_of(
        year_deductible_yuan=50_000.0, year_limit_yuan=200_000.0, share=0.5,
        share_on=ShareOn.YEAR,
    )  # fmt: skip
    claims = [
        loss(date(2026, 5, 1), 30_000.0),
        loss(date(2026, 6, 1), 100_000.0),
        loss(date(2026, 7, 1), 300_000.0),
        loss(date(2026, 8, 1), 10_000.0),
    ]
    found = settled([head], claims).steps
    assert paid(found) == ["0.00", "40000.00", "60000.00", "0.00"]
    assert [step.left_of_year_yuan for step in found] == [200_000, 120_000, 0, 0]
    assert [step.reason for step in found] == [
        "below_deductible", "", "limit_reached", "limit_used",
    ]  # fmt: skip
    for step in found:
        assert step.ground_up_yuan == (
            step.deductible_yuan + step.over_limit_yuan + step.retained_share_yuan
            + step.year_terms_yuan + step.payable_yuan
        )  # fmt: skip


def test_reinstatements_fill_the_limit_up_again_for_a_premium_in_proportion() -> None:
    head = head_of(event_limit_yuan=100_000.0, reinstatements=1, reinstatement_rate=0.8)
    claims = [loss(date(2026, month, 1), 80_000.0) for month in (5, 6, 7)]
    found = settled([head], claims)
    assert paid(found.steps) == ["80000.00", "80000.00", "40000.00"]
    premiums = [step.reinstatement_premium_yuan for step in found.steps]
    assert premiums == [Decimal("6400.00"), Decimal("1600.00"), Decimal("0.00")]
    assert found.reinstatement_premium_yuan == Decimal("8000.00")


def test_limits_of_the_policy_hold_over_its_heads() -> None:
    heads = [head_of("kelp"), head_of("rafts")]
    claims = [
        loss(SUMMER, 60_000.0, event="Gaemi"),
        loss(SUMMER, 60_000.0, event="Gaemi", head="rafts"),
        loss(date(2026, 9, 1), 90_000.0, event="Bebinca"),
    ]
    found = settled(
        heads, claims, policy_event_limit_yuan=Decimal(100_000),
        policy_year_limit_yuan=Decimal(150_000),
    ).steps  # fmt: skip
    assert paid(found) == ["60000.00", "40000.00", "50000.00"]
    assert found[1].over_limit_yuan == Decimal("20000.00")
    assert found[2].year_terms_yuan == Decimal("40000.00")
    assert [step.left_of_year_yuan for step in found] == [90_000, 50_000, 0]


def test_what_is_lost_and_not_restored_is_gone_in_later_years_alone() -> None:
    head = head_of(restored=False)
    claims = [
        ClaimLine(str(day), day, head="kelp", damage_share=0.4)
        for day in (date(2026, 5, 1), date(2026, 6, 1), date(2027, 5, 1))
    ]
    found = settled([head], claims, years=(1.0, 2.0), period_months=24)
    assert paid(found.steps) == ["400000.00", "400000.00", "288000.00"]


def test_claims_are_taken_in_the_order_of_their_days_and_the_account_comes_off() -> None:
    claims = [
        loss(date(2026, 8, 1), 80_000.0, paid_yuan=Decimal("50000.00")),
        loss(date(2026, 6, 1), 80_000.0),
    ]
    found = settled([head_of(year_limit_yuan=100_000.0)], claims)
    assert [step.day.month for step in found.steps] == [6, 8]
    assert paid(found.steps) == ["80000.00", "20000.00"]
    assert [step.due_yuan for step in found.steps] == [80_000, -30_000]
    assert found.payable_yuan == Decimal("100000.00")
    assert found.loss_ratio == pytest.approx(10.0)


def test_a_claim_of_what_is_not_insured_is_refused() -> None:
    with pytest.raises(DomainError, match="unknown_head"):
        settled([head_of()], [loss(SUMMER, 1.0, head="ice")])
    with pytest.raises(DomainError, match="index_missing"):
        settled([head_of()], [ClaimLine("Gaemi", SUMMER, reading=12.0)])


def test_settled_claims_of_years_that_are_over_become_lines_of_the_history() -> None:
    claims = [
        loss(date(2026, 6, 1), 50_000.0, event="Gaemi"),
        loss(date(2026, 6, 2), 20_000.0, event="Gaemi"),
        loss(date(2028, 6, 1), 70_000.0),
        loss(date(2030, 1, 1), 70_000.0),
    ]
    policy = policy_of([head_of(deductible_yuan=60_000.0)], period_months=36)
    exposures = on_risk(policy, (1.0, 1.1, 1.2))
    policy = policy_of(policy.heads, period_months=36, settlement=Settlement(claims=tuple(claims)))
    found, _ = settle(policy, exposures, gross_premium_yuan=PREMIUM, head_premiums_yuan=[PREMIUM])
    lines = loss_lines(policy, exposures, found, head="kelp", as_of=date(2028, 1, 1))
    assert [(line.year, line.loss_yuan, line.event) for line in lines] == [
        (2026, 70_000.0, "Gaemi"), (2027, 0.0, ""),
    ]  # fmt: skip
    assert [line.exposure_yuan for line in lines] == pytest.approx([1e6, 1.1e6])
    whole = loss_lines(policy, exposures, found, head="kelp", as_of=date(2029, 1, 1))
    assert [line.loss_yuan for line in whole] == [70_000.0, 0.0, 70_000.0]


@settings(max_examples=50, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 364), st.integers(0, 150_000_000), st.integers(0, 3)),
        min_size=1,
        max_size=6,
    ),
    st.floats(0, 3e5),
    st.floats(0, 5e5),
    st.floats(0.05, 1),
    st.integers(0, 2),
)
def test_terms_and_payment_sum_to_the_loss_and_no_limit_is_passed(
    losses: list[tuple[int, int, int]], low: float, limit: float, share: float, again: int
) -> None:
    head = head_of(
        deductible_yuan=low, event_limit_yuan=limit, share=share, reinstatements=again,
        year_limit_yuan=9e5,
    )  # fmt: skip
    claims = [
        loss(date.fromordinal(date(2026, 1, 1).toordinal() + day), fen / 100, event=f"e{event}")
        for day, fen, event in losses
    ]
    found = settled([head], claims)
    for step in found.steps:
        parts = (
            step.salvage_yuan, step.deductible_yuan, step.over_limit_yuan,
            step.retained_share_yuan, step.year_terms_yuan, step.payable_yuan,
        )  # fmt: skip
        assert sum(parts) == step.ground_up_yuan
        assert all(part >= 0 for part in parts)
        assert step.payable_yuan == step.payable_yuan.quantize(Decimal("0.01"))
    most = min(9e5, (again + 1) * limit * share)
    assert float(found.payable_yuan) <= most + 0.03
