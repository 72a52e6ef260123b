"""Readings of an index in a claim: what the events of a season are paid."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from app.finance.case.cover.heads import InsuredUnit
from app.finance.case.cover.index_inputs import EventsPaid, IndexCover, StationRule
from app.finance.case.cover.index_tables import (
    BandLine,
    Counting,
    Direction,
    Measure,
    PayoutForm,
    TriggerLine,
)
from app.finance.case.cover.settlement_inputs import ClaimLine, Settlement
from app.finance.insurance.part_results import ClaimStep
from app.finance.insurance.settlement import settle
from tests.unit.finance.claim_policies import PREMIUM, head_of, loss, on_risk, paid, policy_of

STORM = IndexCover(
    quantity=1000.0,
    quantity_unit=InsuredUnit.MU,
    unit_value_yuan=1000.0,
    season_start=date(2026, 4, 1),
    season_end=date(2026, 12, 31),
    triggers=(TriggerLine("wind", Measure.WIND_FORCE, PayoutForm.STEP),),
    bands=(BandLine("wind", 11, 0.2), BandLine("wind", 12, 0.4), BandLine("wind", 14, 1.0)),
)


def read(day: date, value: float, event: str, station: str = "") -> ClaimLine:
    return ClaimLine(event, day, reading=value, station=station)


def index_paid(claims: list[ClaimLine], **fields: Any) -> tuple[ClaimStep, ...]:
    """Return the readings of a claim of the storm index with other clauses."""
    index = replace(STORM, **fields)
    policy = policy_of(index=index, settlement=Settlement(claims=tuple(claims)))
    found, _ = settle(policy, (), gross_premium_yuan=PREMIUM, head_premiums_yuan=())
    return found.steps


SEASON = [
    read(date(2026, 7, 1), 11, "Doksuri"),
    read(date(2026, 8, 1), 13, "Gaemi"),
    read(date(2026, 9, 1), 11, "Bebinca"),
]


def test_of_the_largest_event_alone_a_later_larger_one_brings_the_difference() -> None:
    found = index_paid([*SEASON, read(date(2026, 10, 1), 10, "Kong-rey")])
    assert paid(found) == ["200000.00", "200000.00", "0.00", "0.00"]
    assert found[1].ground_up_yuan == Decimal("400000.00")
    assert found[1].year_terms_yuan == Decimal("200000.00")
    assert [step.reason for step in found] == [
        "", "not_the_event", "not_the_event", "below_trigger",
    ]  # fmt: skip


def test_a_later_reading_of_an_event_that_is_paid_as_much_has_reached_its_trigger() -> None:
    days = (date(2026, 7, 1), date(2026, 7, 2), date(2026, 7, 3))
    claims = [read(day, value, "Doksuri") for day, value in zip(days, (11, 11, 5), strict=True)]
    found = index_paid(claims)
    assert paid(found) == ["200000.00", "0.00", "0.00"]
    assert [step.reason for step in found] == ["", "nothing_more", "below_trigger"]


def test_where_every_event_pays_the_cap_of_the_season_serves_later_ones() -> None:
    found = index_paid(SEASON, events_paid=EventsPaid.EVERY, season_cap_share=0.7)
    assert paid(found) == ["200000.00", "400000.00", "100000.00"]
    assert [step.left_of_year_yuan for step in found] == [500_000, 100_000, 0]
    assert found[2].reason == "limit_reached"


def test_where_the_first_event_pays_later_ones_do_not() -> None:
    assert paid(index_paid(SEASON, events_paid=EventsPaid.FIRST)) == ["200000.00", "0.00", "0.00"]


def test_stations_of_one_event_are_taken_together_as_the_index_says() -> None:
    claims = [
        read(date(2026, 8, 1), 10, "Gaemi", "Xiapu"),
        read(date(2026, 8, 1), 14, "Gaemi", "Lianjiang"),
    ]
    assert paid(index_paid(claims)) == ["0.00", "1000000.00"]
    mean = index_paid(claims, stations=StationRule.MEAN)
    assert paid(mean) == ["0.00", "400000.00"]


def test_a_reading_of_counted_days_is_their_number() -> None:
    cold = TriggerLine(
        "cold", Measure.AIR_TEMPERATURE_MIN, PayoutForm.LINEAR, counting=Counting.RUN_DAYS,
        direction=Direction.BELOW, threshold=4.0, trigger=3.0, exit=7.0,
    )  # fmt: skip
    claims = [read(date(2026, 12, 20), 5, "cold wave")]
    assert paid(index_paid(claims, triggers=(cold,), bands=())) == ["500000.00"]


def test_readings_outside_season_or_period_pay_nothing() -> None:
    claims = [read(date(2026, 3, 31), 14, "a"), read(date(2027, 5, 1), 14, "b")]
    found = index_paid(claims)
    assert [step.reason for step in found] == ["outside_season", "outside_period"]
    assert paid(found) == ["0.00", "0.00"]


def test_the_limit_of_the_policy_for_a_year_counts_head_and_index_together() -> None:
    claims = (loss(date(2026, 7, 1), 250_000.0), read(date(2026, 8, 1), 12, "Gaemi"))
    policy = policy_of(
        [head_of()], index=STORM, settlement=Settlement(claims=claims),
        policy_year_limit_yuan=Decimal(300_000), policy_event_limit_yuan=Decimal(250_000),
    )  # fmt: skip
    found, _ = settle(
        policy, on_risk(policy), gross_premium_yuan=PREMIUM, head_premiums_yuan=[PREMIUM]
    )
    assert paid(found.steps) == ["250000.00", "50000.00"]
