"""Policies of several years: the rate over the sums insured of all of them.

Source: section 1.10 of the evidence on carbon covers, a stock that grows: restored after each
loss, the level rate is frequency times mean damage whatever the growth.
"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.finance.insurance.results import InsuranceResult
from tests.unit.finance.insured_policies import quote

FREQUENCY, DAMAGE = 0.1, 0.3


def growing(tonnes: list[float], *, restored: bool, discount: float = 0.0) -> InsuranceResult:
    """Return the quote of a stock by policy year at 60 yuan a tonne, without loadings."""
    head = {
        "name": "stock", "kind": "carbon_stock", "quantity": tonnes[0], "quantity_unit": "tCO2e",
        "unit_value_yuan": 60, "restored": restored,
    }  # fmt: skip
    return quote(
        heads=[head],
        perils=[{"events_per_year": FREQUENCY, "mean_damage": DAMAGE, "damage_law": "beta"}],
        stock=[
            {"head": "stock", "policy_year": year, "quantity": quantity}
            for year, quantity in enumerate(tonnes, start=1)
        ],
        period_months=12 * len(tonnes),
        discount_rate=discount,
    )


@settings(max_examples=10, deadline=None)
@given(st.lists(st.integers(1000, 90_000), min_size=2, max_size=6), st.sampled_from([0.0, 0.03]))
def test_a_restored_stock_pays_frequency_times_damage_of_each_year(
    tonnes: list[int], discount: float
) -> None:
    found = growing([float(one) for one in tonnes], restored=True, discount=discount)
    # Booked to the fen.
    assert found.rate_of_all_years == pytest.approx(FREQUENCY * DAMAGE, rel=1e-5)


def test_the_level_rate_of_a_restored_stock_is_three_percent() -> None:
    found = growing([10_000.0 * year for year in range(1, 11)], restored=True)
    assert f"{found.rate_of_all_years:.4%}" == "3.0000%"
    assert found.rate == pytest.approx(55 * 0.03)


def test_without_restoring_it_is_a_sixth_less() -> None:
    tonnes = [10_000.0 * year for year in range(1, 11)]
    found = growing(tonnes, restored=False)
    left = sum(year * 0.97 ** (year - 1) for year in range(1, 11)) / 55
    assert found.rate_of_all_years == pytest.approx(0.03 * left, rel=1e-6)
    assert 1 - left == pytest.approx(0.17, abs=0.01)


def test_of_one_year_it_is_the_rate_on_the_sum_insured() -> None:
    found = quote()
    assert found.rate_of_all_years == found.rate
