"""Sales that fail and credits that are reversed: closed forms, simulation, QuantLib's Black-76."""

import csv
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import ndtr, ndtri, owens_t

from app.finance.case.cover.delivery_inputs import DeliveryCover, DeliveryLine, LossTo
from app.finance.errors import DomainError
from app.finance.insurance.delivery import compute_delivery
from app.finance.insurance.replacement import PriceModel, bivariate_normal
from tests.unit.finance.claim_policies import R41_LINES, deliveries

PEERS = Path(__file__).parents[2] / "cases" / "peers" / "black76.csv"
REPLACED: dict[str, Any] = {
    "loss_to": LossTo.REPLACEMENT, "spot_yuan_t": 65.0, "price_growth": 0.05, "volatility": 0.4,
}  # fmt: skip


def test_a_failure_that_loses_all_that_is_left_costs_what_the_reference_case_says() -> None:
    cover = deliveries(R41_LINES, failure_per_year=0.03, recovery_share=0.35, discount_rate=0.03)
    found, law, _ = compute_delivery(cover)
    assert found.pure_premium_yuan == pytest.approx(6987.63, abs=0.005)
    assert found.cover_yuan == pytest.approx(123_540.72, abs=0.005)
    assert found.rate == pytest.approx(0.056561, abs=5e-7)
    assert law.mean == pytest.approx(found.pure_premium_yuan, rel=1e-12)
    assert law.sd == pytest.approx(found.sd_yuan, rel=1e-12)
    assert law.p_zero == pytest.approx(0.97**5, rel=1e-12)
    assert [year.alive for year in found.years] == pytest.approx([0.97**t for t in range(5)])
    assert sum(year.expected_loss_yuan for year in found.years) == pytest.approx(
        found.pure_premium_yuan
    )


def test_the_excess_of_a_price_is_the_black_76_call_of_quantlib() -> None:
    rows = [
        row
        for row in csv.DictReader(PEERS.read_text(encoding="utf-8").splitlines())
        if row["cp"] == "1"
    ]
    assert rows
    for row in rows:
        forward, strike, volatility = (float(row[name]) for name in ("F", "K", "vol"))
        years = float(row["days"]) / 365
        found = PriceModel(volatility, 0.0).excess_at_failure(forward, strike, years, 0.05)
        grown = float(row["ql_engine"]) * math.exp(float(row["r_cont"]) * years)
        assert found == pytest.approx(grown, rel=1e-9, abs=1e-9)


def test_the_bivariate_normal_law_is_that_of_owens_function() -> None:
    rng = np.random.default_rng(1)
    for _ in range(300):
        h, k = rng.normal(0.0, 1.7, 2)
        rho = rng.choice([-0.99, 0.99, rng.uniform(-0.99, 0.99)])
        root = math.sqrt(1 - rho * rho)
        expected = (
            0.5 * (ndtr(h) + ndtr(k) - (h * k < 0))
            - owens_t(h, (k - rho * h) / (h * root))
            - owens_t(k, (h - rho * k) / (k * root))
        )
        assert bivariate_normal(h, k, rho) == pytest.approx(expected, abs=1e-14)


def simulated(cover: DeliveryCover, size: int, seed: int) -> tuple[np.ndarray, ...]:
    """Return losses of failure, shock and shortfall, drawn path by path."""
    rng = np.random.default_rng(seed)
    lines = {line.policy_year: line for line in cover.deliveries}
    last, vol, rho = max(lines), cover.volatility or 0.0, cover.dependence
    tonnes = np.array([lines[t].tonnes if t in lines else 0.0 for t in range(1, last + 1)])
    strikes = np.array([lines[t].price_yuan_t if t in lines else 0.0 for t in range(1, last + 1)])
    times = np.arange(1, last + 1)
    forwards = 65.0 * 1.05**times
    value = tonnes * (1 + cover.discount_rate) ** -times
    failed, shocked, short = (np.zeros(size) for _ in range(3))
    alive = np.ones(size, dtype=bool)
    for place in range(last):
        price_score = rng.standard_normal(size)
        own = rho * price_score + math.sqrt(1 - rho * rho) * rng.standard_normal(size)
        line = lines.get(place + 1)
        chance = cover.failure_per_year if line is None or line.failure is None else line.failure
        fails = own > ndtri(1 - (chance or 0.0))
        shock = rng.random(size) < cover.common_shock
        spread = vol * math.sqrt(place + 1)
        moved = np.exp(spread * price_score - spread * spread / 2)
        lost = range(place, last) if cover.all_left else range(place, place + 1)
        each = [value[s] * np.maximum(forwards[s] * moved - strikes[s], 0.0) for s in lost]
        loss = (1 - cover.recovery_share) * sum(each)
        shocked += np.where(alive & shock, loss, 0.0)
        failed += np.where(alive & fails & ~shock, loss, 0.0)
        short += np.where(alive & ~fails & ~shock, cover.shortfall_share * each[0], 0.0)
        if cover.all_left:
            alive &= ~(fails | shock)
    return failed, shocked, short


@pytest.mark.parametrize("all_left", [True, False])
def test_price_tied_to_failure_shock_and_shortfall_are_those_of_simulated_paths(
    all_left: bool,
) -> None:
    lines = (
        DeliveryLine(1, 400, 60), DeliveryLine(2, 500, 62, failure=0.1), DeliveryLine(4, 600, 70),
    )  # fmt: skip
    cover = DeliveryCover(
        deliveries=lines, failure_per_year=0.05, recovery_share=0.2, discount_rate=0.03,
        common_shock=0.01, shortfall_share=0.1, all_left=all_left, dependence=0.6, **REPLACED,
    )  # fmt: skip
    found, law, _ = compute_delivery(cover)
    size = 400_000
    drawn = simulated(cover, size, 17)
    exact = (found.failure_yuan, found.shock_yuan, found.shortfall_yuan)
    for losses, expected in zip(drawn, exact, strict=True):
        assert losses.mean() == pytest.approx(expected, abs=3 * losses.std() / math.sqrt(size))
    assert law.mean == pytest.approx(found.pure_premium_yuan, rel=1e-9)
    assert law.sd == pytest.approx(found.sd_yuan, rel=1e-3)
    spread = (drawn[0] + drawn[1]).std()
    assert found.sd_yuan == pytest.approx(spread, rel=0.03)


def test_wrong_way_dependence_costs_more_and_right_way_less() -> None:
    rates = []
    for rho in (-0.5, 0.0, 0.5):
        lines = deliveries([(400.0, 70.0)] * 3, failure_per_year=0.03, dependence=rho, **REPLACED)
        rates.append(compute_delivery(lines)[0].rate)
    assert rates[0] < rates[1] < rates[2]


def test_a_failure_of_the_year_alone_costs_the_deliveries_of_the_year_alone() -> None:
    cover = deliveries([(100.0, 50.0)] * 3, failure_per_year=0.1, all_left=False)
    found, law, _ = compute_delivery(cover)
    assert found.pure_premium_yuan == pytest.approx(3 * 0.1 * 5000)
    assert found.sd_yuan == pytest.approx(math.sqrt(3 * 0.1 * 0.9) * 5000)
    assert law.values.tolist() == pytest.approx([0, 5000, 10_000, 15_000])
    assert law.probabilities.tolist() == pytest.approx([0.729, 0.243, 0.027, 0.001])


def test_a_year_without_a_delivery_can_still_end_the_contract() -> None:
    lines = (DeliveryLine(1, 100, 50), DeliveryLine(3, 100, 50))
    found, _, _ = compute_delivery(DeliveryCover(deliveries=lines, failure_per_year=0.1))
    assert [year.tonnes for year in found.years] == [100, 0, 100]
    assert found.pure_premium_yuan == pytest.approx(5000 * (0.1 * 2 + 0.9 * 0.1 + 0.81 * 0.1))


def test_reversal_pays_what_goes_beyond_the_buffer() -> None:
    cover = deliveries(
        [(10_000.0, 60.0)], failure_per_year=0.0, reversed_share=0.3, buffer_share=0.2,
        reversals_per_year=0.02,
    )  # fmt: skip
    found, law, _ = compute_delivery(cover)
    assert found.reversal_yuan == pytest.approx(0.02 * 1000 * 60)
    assert found.pure_premium_yuan == found.reversal_yuan
    assert found.sd_yuan == pytest.approx(math.sqrt(0.02) * 60_000)
    assert law.mean == pytest.approx(found.reversal_yuan, rel=1e-9)
    within = deliveries(
        [(10_000.0, 60.0)], failure_per_year=0.0, reversed_share=0.2, buffer_share=0.2,
        reversals_per_year=0.02,
    )  # fmt: skip
    assert compute_delivery(within)[0].reversal_yuan == 0
    assert compute_delivery(within)[1].p_zero == 1


def test_reversal_takes_the_tonnes_issued_so_far_and_is_independent_of_the_sales() -> None:
    cover = deliveries(
        [(100.0, 50.0), (200.0, 60.0)], failure_per_year=0.1, reversed_share=0.5,
        reversals_per_year=0.04, discount_rate=0.05,
    )  # fmt: skip
    found, law, _ = compute_delivery(cover)
    expected = 0.04 * 0.5 * (100 * 50 / 1.05 + 300 * 60 / 1.05**2)
    assert found.reversal_yuan == pytest.approx(expected)
    assert law.mean == pytest.approx(found.pure_premium_yuan, rel=1e-9)
    assert law.sd == pytest.approx(found.sd_yuan, rel=1e-6)
    assert law.p_zero == pytest.approx(0.81 * math.exp(-0.08), rel=1e-9)


def test_a_certain_failure_a_price_without_spread_and_a_free_delivery_have_their_limits() -> None:
    sure = deliveries([(100.0, 50.0)] * 2, failure_per_year=1.0)
    assert compute_delivery(sure)[0].pure_premium_yuan == pytest.approx(10_000)
    fixed = REPLACED | {"volatility": 0.0}
    flat = deliveries([(100.0, 60.0)], failure_per_year=0.1, dependence=0.5, **fixed)
    assert compute_delivery(flat)[0].pure_premium_yuan == pytest.approx(0.1 * 100 * 8.25)
    model = PriceModel(0.4, 0.6)
    reach = ndtr(ndtri(0.1) + 0.6 * 0.4)
    assert model.excess_at_failure(50.0, 0.0, 1.0, 0.1) == pytest.approx(50 * reach / 0.1)
    assert model.excess_at_failure(0.0, 50.0, 1.0, 0.1) == 0.0
    assert model.excess_at_failure(60.0, 50.0, 1.0, 1.0) == pytest.approx(
        model.excess(60.0, 50.0, 1.0)
    )


def test_a_delivery_without_a_chance_to_fail_is_refused() -> None:
    with pytest.raises(DomainError, match="failure_missing"):
        compute_delivery(deliveries([(100.0, 50.0)]))
    missing = deliveries([(1.0, 1.0)], failure_per_year=0.1, loss_to=LossTo.REPLACEMENT)
    with pytest.raises(DomainError, match="needed"):
        compute_delivery(missing)


shares = st.floats(0, 1)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.floats(0, 1000), st.floats(0, 200)), min_size=1, max_size=6),
    st.fixed_dictionaries(
        {
            "failure_per_year": shares,
            "common_shock": shares,
            "recovery_share": shares,
            "shortfall_share": shares,
            "all_left": st.booleans(),
        }
    ),
)
def test_the_law_keeps_the_mean_and_no_loss_exceeds_what_is_delivered(
    lines: list[tuple[float, float]], terms: dict[str, Any]
) -> None:
    found, law, _ = compute_delivery(deliveries(lines, **terms))
    assert law.mean == pytest.approx(found.pure_premium_yuan, rel=1e-9, abs=1e-6)
    assert found.pure_premium_yuan <= found.cover_yuan * (1 + 1e-9)
    assert float(law.probabilities.sum()) == pytest.approx(1.0)
    assert float(law.values[-1]) <= found.cover_yuan * (1 + 1e-9) + 1e-9
