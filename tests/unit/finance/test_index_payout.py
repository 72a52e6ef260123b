"""What an index value pays: triggers, events, seasons."""

import json
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.finance.case.cover.heads import InsuredUnit
from app.finance.case.cover.index_inputs import Combined, EventsPaid, IndexCover
from app.finance.case.cover.index_tables import Counting, Direction, PayoutForm
from app.finance.insurance.index_curve import event_payment, payout_curve, payout_table
from app.finance.insurance.index_payout import event_share, payout_share, season_shares
from app.finance.money import round_to_fen
from tests.case_table import case_table
from tests.unit.finance.index_covers import bands, cover, linear, trigger

CASES = case_table("insurance")
REEF: dict[float, float] = {110: 0.4, 130: 0.8, 160: 1.0}
EXAMPLES = settings(max_examples=60, deadline=None)


def seasonal(index: IndexCover, *values: float) -> list[float]:
    """Return what the events of a season are paid, yuan to the fen."""
    insured = index.quantity * index.unit_value_yuan
    shares = [event_share(index, {"wind": value}) for value in values]
    return [float(round_to_fen(share * insured)) for share in season_shares(index, shares)]


def one(index: IndexCover, value: float) -> float:
    return payout_share(index, index.triggers[0], value)


def test_i14_quintana_roo_pays_what_the_first_storms_left() -> None:
    inputs, expected = (json.loads(CASES["I14"][part]) for part in ("inputs", "expected"))
    index = cover(
        unit_value_yuan=inputs["limit"],
        events_paid=EventsPaid.EVERY,
        bands=bands({float(value): share for value, share in inputs["steps"].items()}),
    )
    assert seasonal(index, *inputs["events_kn"]) == expected["payouts"]


def test_i15_hawaii_caps_each_storm_and_the_year() -> None:
    inputs, expected = (json.loads(CASES["I15"][part]) for part in ("inputs", "expected"))
    whole = inputs["cap_year"]
    index = cover(
        unit_value_yuan=whole,
        triggers=(linear(50, 100),),
        events_paid=EventsPaid.EVERY,
        event_minimum_share=200_000 / whole,
        event_cap_share=inputs["cap_event"] / whole,
    )
    assert seasonal(index, *[120] * inputs["events_at_cap"]) == expected["payouts"]
    assert seasonal(index, 49.9, 50, 52) == [0, 200_000, 200_000]


def test_r21_the_steps_of_the_reef_cover_and_the_second_storm() -> None:
    index = cover(unit_value_yuan=3.8e6, bands=bands(REEF), events_paid=EventsPaid.EVERY)
    paid = {109.9: 0.0, 110: 1.52e6, 130: 3.04e6, 160: 3.8e6}
    assert {value: seasonal(index, value)[0] for value in paid} == paid
    assert seasonal(index, 110, 130) == [1.52e6, round(0.6 * 3.8e6, 2)]


def test_changshu_2024_pays_960_a_mu() -> None:
    index = cover(
        quantity=258.0,
        quantity_unit=InsuredUnit.MU,
        unit_value_yuan=4000.0,
        triggers=(trigger(counting=Counting.DAYS, threshold=37),),
        bands=bands({3: 0.06, 22: 0.24}),
    )
    assert seasonal(index, 22) == [247_680.0]


def test_gaochun_pays_the_shortfall_times_the_agreed_price() -> None:
    short = trigger(form=PayoutForm.TICK, trigger=1000.0, tick_yuan=35.0, direction=Direction.BELOW)
    index = cover(quantity=1000.0, unit_value_yuan=35.0, triggers=(short,), bands=())
    assert seasonal(index, 1000.0) == [0]
    assert seasonal(index, 880.5) == [round(119.5 * 35, 2)]
    assert seasonal(index, -500.0) == [35_000.0]


def test_a_value_equal_to_a_step_has_it_and_equal_to_a_line_begins_it() -> None:
    assert [one(cover(), value) for value in (9.999, 10, 10.999, 11, 99)] == [0, 0.1, 0.1, 0.2, 1]
    line = cover(triggers=(linear(20.8, 41.5, limit_share=0.8),))
    assert one(line, 20.8) == 0
    assert one(line, 41.5) == one(line, 60) == 0.8
    assert one(line, 31.15) == pytest.approx(0.4)


def test_below_a_trigger_less_pays_more() -> None:
    cold = cover(triggers=(trigger(direction=Direction.BELOW),), bands=bands({5: 0.3, 2: 1.0}))
    assert [one(cold, value) for value in (5.1, 5, 2.1, 2, -3)] == [0, 0.3, 0.3, 1, 1]
    line = cover(triggers=(linear(5, 1, direction=Direction.BELOW),))
    assert [one(line, value) for value in (5, 4, 1, -1)] == [0, 0.25, 1, 1]


def test_an_event_that_only_touches_a_line_pays_the_minimum() -> None:
    index = cover(triggers=(linear(50, 100),), event_minimum_share=0.1)
    assert event_share(index, {"wind": 50}) == 0.1
    assert event_share(index, {"wind": 49.999}) == 0
    assert event_share(index, {"wind": 75}) == 0.5


def two(combined: Combined, **changes: Any) -> IndexCover:
    return cover(
        triggers=(trigger(name="a"), trigger(name="b")),
        bands=(*bands({1: 0.3}, "a"), *bands({1: 0.5}, "b")),
        combined=combined,
        **changes,
    )


def test_several_triggers_of_an_event_pay_the_highest_or_the_sum() -> None:
    values = {"a": 1.0, "b": 1.0}
    assert event_share(two(Combined.HIGHEST), values) == 0.5
    assert event_share(two(Combined.SUM), values) == 0.8
    assert event_share(two(Combined.SUM, event_cap_share=0.6), values) == 0.6
    assert event_share(two(Combined.SUM), {"a": 1.0}) == 0.3


@pytest.mark.parametrize(
    ("paid", "expected"),
    [
        (EventsPaid.LARGEST, (0, 0, 0.4, 0)),
        (EventsPaid.FIRST, (0, 0.2, 0, 0)),
        (EventsPaid.EVERY, (0, 0.2, 0.4, 0.1)),
    ],
)
def test_the_season_pays_its_largest_first_or_every_event(
    paid: EventsPaid, expected: tuple[float, ...]
) -> None:
    index = cover(events_paid=paid)
    assert season_shares(index, (0, 0.2, 0.4, 0.1)) == expected


def test_a_count_of_the_season_pays_what_the_events_have_not() -> None:
    shares, counts = (0.2, 0.5), (False, True)
    assert season_shares(cover(), shares, counts) == (0.2, 0.3)
    assert season_shares(cover(combined=Combined.SUM), shares, counts) == (0.2, 0.5)
    assert season_shares(cover(), (0.6, 0.5), counts) == (0.6, 0)


def test_a_cap_of_nothing_pays_nothing_and_no_cap_pays_all() -> None:
    every = cover(events_paid=EventsPaid.EVERY, season_cap_share=0)
    assert season_shares(every, (0.4, 0.9)) == (0, 0)
    open_end = cover(events_paid=EventsPaid.EVERY, season_cap_share=None)
    assert season_shares(open_end, (0.4, 0.9)) == (0.4, 0.9)


VALUES = st.floats(0, 60)
FORMS = st.sampled_from(
    [
        cover(bands=bands({10: 0.1, 25: 0.5, 40: 0.9})),
        cover(triggers=(linear(15, 35, limit_share=0.7),), event_minimum_share=0.2),
        cover(
            triggers=(trigger(form=PayoutForm.TICK, trigger=12.0, tick_yuan=37.0),),
            event_cap_share=0.8,
        ),
        cover(bands=bands({10: 0.1, 25: 0.5}), event_minimum_share=0.3, event_cap_share=0.4),
    ]
)


@EXAMPLES
@given(index=FORMS, low=VALUES, more=VALUES)
def test_the_payout_never_falls_with_the_value(index: IndexCover, low: float, more: float) -> None:
    assert event_share(index, {"wind": low}) <= event_share(index, {"wind": low + more})


@EXAMPLES
@given(
    shares=st.lists(st.floats(0, 1), max_size=8),
    paid=st.sampled_from(list(EventsPaid)),
    cap=st.floats(0, 3),
)
def test_a_season_never_pays_more_than_its_cap(
    shares: list[float], paid: EventsPaid, cap: float
) -> None:
    found = season_shares(cover(events_paid=paid, season_cap_share=cap), shares)
    assert sum(found) <= cap + 1e-12
    assert all(0 <= one <= share for one, share in zip(found, shares, strict=True))


@EXAMPLES
@given(shares=st.lists(st.floats(0, 1), max_size=8))
def test_every_event_pays_no_less_than_the_largest_and_that_no_less_than_the_first(
    shares: list[float],
) -> None:
    every, largest, first = (
        sum(season_shares(cover(events_paid=paid), shares))
        for paid in (EventsPaid.EVERY, EventsPaid.LARGEST, EventsPaid.FIRST)
    )
    assert every + 1e-12 >= largest >= first


@EXAMPLES
@given(index=FORMS, value=VALUES)
def test_the_payout_as_a_curve_is_the_payout_of_the_clause(index: IndexCover, value: float) -> None:
    payment = event_payment(index, index.triggers[0], 0.0, cap=None)
    corners = {10.0, 12.0, 15.0, 25.0, 35.0, 40.0}
    if min(abs(value - corner) for corner in corners) > 1e-6:
        found = float(payment.paid(np.array([value]))[0])
        assert found == pytest.approx(event_share(index, {"wind": value}), abs=1e-12)


@EXAMPLES
@given(index=FORMS)
def test_table_and_curve_rise(index: IndexCover) -> None:
    shares = [step.payout_share for step in payout_table(index)]
    assert all(a <= b for a, b in pairwise(shares))
    curve = payout_curve(index)
    assert all(a[0] <= b[0] and a[1] <= b[1] for a, b in pairwise(curve))
    assert curve[-1][1] == shares[-1]


def test_the_table_of_a_line_runs_from_trigger_to_exit() -> None:
    index = cover(triggers=(linear(20, 40),), bands=())
    assert [(step.value, step.payout_yuan) for step in payout_table(index)] == [
        (20, 0), (25, 250), (30, 500), (35, 750), (40, 1000)
    ]  # fmt: skip
    below = cover(triggers=(linear(5, 1, direction=Direction.BELOW),), bands=())
    assert payout_curve(below) == ((0.6, 1.0), (1.0, 1.0), (5.0, 0.0), (5.4, 0.0))
