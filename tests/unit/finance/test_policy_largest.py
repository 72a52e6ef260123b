"""The largest event of a policy of several parts: closed forms, enumeration, plain drawing."""

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.finance.case.cover.delivery_inputs import LossTo
from app.finance.case.cover.index_inputs import EventsPaid, IndexCover, IndexPricing
from app.finance.insurance.index import compute_index
from app.finance.insurance.index_payout import event_share
from app.finance.insurance.part_results import IndexResult
from app.finance.insurance.policy_largest import delivery_events, index_event
from app.finance.insurance.results import LossDistribution
from tests.unit.finance.claim_policies import R41_LINES, deliveries
from tests.unit.finance.index_covers import bands, cover, linear
from tests.unit.finance.insured_policies import policy, quoted

FORCES = [9, 11, 8, 13, 10, 12, 7, 14, 10, 11]
SHARES: dict[float, float] = {10: 0.1, 11: 0.2, 12: 0.4, 13: 0.7, 14: 1.0}
YEARS = 400_000


def wind_index(**changes: Any) -> dict[str, Any]:
    """Return a cover of 1,000,000 yuan on the strongest wind of ten seasons."""
    return {
        "quantity": 1000,
        "quantity_unit": "unit",
        "unit_value_yuan": 1000,
        "season_start": "2026-04-01",
        "season_end": "2026-12-31",
        "triggers": [{"name": "wind", "measure": "wind_force", "form": "step"}],
        "bands": [
            {"trigger": "wind", "value": force, "payout_share": share}
            for force, share in SHARES.items()
        ],
        "first_year": 2015,
        "last_year": 2024,
        "readings": [
            {"trigger": "wind", "day": f"{2015 + place}-08-15", "value": force}
            for place, force in enumerate(FORCES)
        ],
        **changes,
    }


def delivered(**changes: Any) -> dict[str, Any]:
    """Return the deliveries of case R41 as a document."""
    lines = [
        {"policy_year": year, "tonnes": tonnes, "price_yuan_t": price}
        for year, (tonnes, price) in enumerate(R41_LINES, start=1)
    ]
    return {"deliveries": lines, "failure_per_year": 0.03, "discount_rate": 0.03, **changes}


def law_of(document: dict[str, Any]) -> LossDistribution:
    found = quoted(document).distribution
    assert found is not None
    return found


def test_no_event_above_a_loss_multiplies_over_heads_and_observed_index_years() -> None:
    peril = {"mean_damage": 0.35, "damage_cv": 0, "events_per_year": 0.25}
    law = law_of(policy(perils=[peril], index=wind_index()))
    paid = np.array([SHARES.get(force, 0.0) for force in FORCES]) * 1e6
    for point in law.curve:
        heads = 1 - math.exp(-0.25) if point.loss_yuan < 350_000 else 0.0
        index = float((paid > point.loss_yuan).mean())
        assert point.event_probability == pytest.approx(1 - (1 - heads) * (1 - index), abs=1e-12)
    # Three of ten years pay more than 350,000 yuan, one the whole sum.
    assert list(law.pml.values()) == [1e6, 1e6]
    assert [p.oep_yuan for p in law.returns[:3]] == pytest.approx([2e5, 4e5, 7e5])


def test_an_index_alone_has_its_largest_event_by_year() -> None:
    document = policy(index=wind_index())
    document["insurance"] |= {"heads": [], "perils": []}
    law = law_of(document)
    # One event a year: the year is its largest event.
    assert [p.oep_yuan for p in law.returns] == pytest.approx([p.aep_yuan for p in law.returns])


def test_of_two_paid_events_of_a_year_the_larger_one_counts() -> None:
    more = [{"trigger": "wind", "day": f"2018-0{month}-15", "value": 11} for month in (5, 6, 7)]
    index = wind_index(events_paid="every", season_cap_share=2.0)
    index["readings"] = [*index["readings"], *more]
    document = policy(index=index)
    document["insurance"] |= {"heads": [], "perils": []}
    found = quoted(document)
    assert found.index is not None
    year = next(one for one in found.index.history if one.year == 2018)
    assert year.events == 4
    assert year.payout_share == pytest.approx(1.3)
    assert year.largest_share == pytest.approx(0.7)


def fitted(**changes: Any) -> tuple[IndexCover, IndexResult]:
    index = cover(
        pricing=IndexPricing.FITTED, fit_threshold=9.0, events_per_year=1.3, excess_scale=1.6,
        season_cap_share=None, **changes,
    )  # fmt: skip
    return index, compute_index(index, modelled={}, seed=1)[0]


@pytest.mark.parametrize("paid", list(EventsPaid))
@pytest.mark.parametrize("form", ["step", "line"])
def test_the_largest_event_of_a_fitted_index_is_that_of_drawn_seasons(
    paid: EventsPaid, form: str
) -> None:
    shape = {"bands": bands(SHARES)} if form == "step" else {
        "bands": (), "triggers": (linear(10.0, 14.0),)
    }  # fmt: skip
    index, result = fitted(events_paid=paid, **shape)
    rng = np.random.default_rng(5)
    season = np.repeat(np.arange(YEARS), rng.poisson(1.3, YEARS))
    values = 9.0 + rng.exponential(1.6, season.size)
    grid = np.linspace(8.0, 40.0, 6401)
    table = np.array([event_share(index, {"wind": float(v)}) for v in grid]) * 1000.0
    amounts = table[np.floor((values - 8.0) / 0.005 + 1e-9).astype(int).clip(0, 6400)]
    largest = np.zeros(YEARS)
    if paid is EventsPaid.FIRST:
        first, place = np.unique(season[amounts > 0], return_index=True)
        largest[first] = amounts[amounts > 0][place]
    else:
        np.maximum.at(largest, season, amounts)
    losses = np.array([0.0, 50.0, 150.0, 300.0, 500.0, 900.0])
    found = index_event(index, result).exceedance(losses)
    for chance, loss in zip(found, losses, strict=True):
        seen = float((largest > loss).mean())
        error = math.sqrt(max(chance * (1 - chance), 1e-9) / YEARS)
        # A line is drawn to a twentieth of a percent of its width.
        assert abs(seen - chance) < 3 * error + 1e-3 * (form == "line")
    assert float(index_event(index, result).exceedance(np.array([1000.0]))[0]) == 0.0


def test_a_failure_that_ends_the_contract_is_one_event() -> None:
    plan = deliveries(R41_LINES, failure_per_year=0.03, recovery_share=0.35, discount_rate=0.03)
    left = [
        0.65 * sum(tonnes * price * 1.03**-(t + 1)
                   for t, (tonnes, price) in enumerate(R41_LINES) if t >= failed)
        for failed in range(5)
    ]  # fmt: skip
    events = delivery_events(plan)
    for loss in (0.0, 20_000.0, 40_000.0, 70_000.0, 90_000.0):
        chance = sum(0.97**t * 0.03 for t, lost in enumerate(left) if lost > loss)
        assert events.exceedance(np.array([loss]))[0] == pytest.approx(chance, abs=1e-14)
    assert events.return_levels([100])[0] == pytest.approx(left[0], rel=1e-8)


def test_failures_of_single_years_and_reversals_are_events_of_their_own() -> None:
    plan = deliveries(
        R41_LINES, failure_per_year=0.03, common_shock=0.01, all_left=False, discount_rate=0.03,
        shortfall_share=0.1, reversals_per_year=0.02, reversed_share=0.2, buffer_share=0.1,
    )  # fmt: skip
    none = (0.97 * 0.99) ** 5 * math.exp(-5 * 0.02)
    # A shortfall is no event.
    assert delivery_events(plan).exceedance(np.zeros(1))[0] == pytest.approx(1 - none, rel=1e-12)


def test_a_replacement_costs_more_than_a_loss_as_often_as_drawn() -> None:
    plan = deliveries(
        R41_LINES, failure_per_year=0.2, discount_rate=0.03, loss_to=LossTo.REPLACEMENT,
        spot_yuan_t=65.0, volatility=0.4,
    )  # fmt: skip
    rng = np.random.default_rng(9)
    failed = rng.random((YEARS, 5)) < 0.2
    year = np.where(failed.any(axis=1), failed.argmax(axis=1), 5)
    time = year + 1.0
    moved = np.exp(0.4 * np.sqrt(time) * rng.standard_normal(YEARS) - 0.08 * time)
    lost = np.zeros(YEARS)
    for place, (tonnes, price) in enumerate(R41_LINES):
        left = np.maximum(65.0 * moved - price, 0.0) * tonnes * 1.03 ** -(place + 1)
        lost += np.where(year <= place, left, 0.0)
    for loss in (1000.0, 20_000.0, 60_000.0):
        chance = float(delivery_events(plan).exceedance(np.array([loss]))[0])
        error = math.sqrt(chance * (1 - chance) / YEARS)
        assert abs(float((lost > loss).mean()) - chance) < 3 * error + 5e-4


def test_the_parts_together_are_the_product_of_the_parts_alone() -> None:
    heads = policy()
    whole = law_of(policy(index=wind_index(), delivery=delivered()))
    alone = policy(delivery=delivered())
    alone["insurance"] |= {"heads": [], "perils": []}
    assert whole.pml[200] == 1e6
    assert law_of(heads).pml[100] is not None
    assert law_of(alone).curve[0].event_probability == pytest.approx(1 - 0.97**5)
    none = (1 - law_of(heads).curve[0].event_probability) * 0.97**5 * 0.3  # type: ignore[operator]
    assert whole.curve[0].event_probability == pytest.approx(1 - none, rel=1e-9)


@settings(max_examples=10, deadline=None)
@given(
    st.integers(20, 800).map(lambda k: 1000.0 * k),
    st.sampled_from(["year_limit_yuan", "year_deductible_yuan", "policy_year_limit_yuan"]),
    st.booleans(),
)
def test_one_event_never_costs_more_than_its_year(amount: float, name: str, index: bool) -> None:
    of_policy = name.startswith("policy")
    changes: dict[str, Any] = {name: amount} if of_policy else {}
    head = {} if of_policy else {name: amount}
    if index:
        changes["index"] = wind_index()
    for point in law_of(policy(heads=[head], **changes)).returns:
        assert point.oep_yuan is not None
        assert point.oep_yuan <= point.aep_yuan * (1 + 2e-3) + 100
