"""Laws of the price against their exact moments."""

import numpy as np
import pytest
from scipy import integrate, stats

from app.finance.valuation.price_models import (
    JumpLaw,
    brownian_law,
    decay,
    jump_moments,
    jump_sums,
    log_moments,
    price_moments,
    reverting_centre,
    reverting_law,
    stationary_loading,
)

TIMES = np.array([0.5, 1.0, 3.0, 7.25])
JUMPS = JumpLaw(rate=0.8, mean=0.3, sd=0.25, speed=1.2)


def test_brownian_prices_have_the_curve_as_mean_and_the_lognormal_variance() -> None:
    curve = np.array([60.0, 61.0, 70.0, 65.0])
    mean, variance = price_moments(brownian_law(TIMES, 0.4), TIMES, curve)
    assert mean == pytest.approx(curve)
    for price, time, found in zip(curve, TIMES, variance, strict=True):
        law = stats.lognorm(s=0.4 * np.sqrt(time), scale=price * np.exp(-0.08 * time))
        assert found == pytest.approx(law.var())


def test_brownian_log_prices_covary_by_the_earlier_time() -> None:
    loading = brownian_law(TIMES, 0.4).loading
    assert loading.T @ loading == pytest.approx(0.16 * np.minimum.outer(TIMES, TIMES))


def test_reverting_log_prices_have_the_moments_of_ornstein_and_uhlenbeck() -> None:
    speed, volatility = 1.2, 0.5
    law = reverting_law(TIMES, speed, volatility)
    covariance = law.loading.T @ law.loading
    for i, t in enumerate(TIMES):
        for j, u in enumerate(TIMES):
            expected = (
                volatility**2
                / (2 * speed)
                * (np.exp(-speed * abs(t - u)) - np.exp(-speed * (t + u)))
            )
            assert covariance[i, j] == pytest.approx(expected)
    centre = reverting_centre(TIMES, 40.0, 90.0, speed)
    shares = np.exp(-speed * TIMES)
    assert centre == pytest.approx(40.0**shares * 90.0 ** (1 - shares))


def test_a_reverting_price_without_jumps_is_lognormal() -> None:
    law = reverting_law(TIMES, 1.2, 0.5)
    centre = reverting_centre(TIMES, 40.0, 90.0, 1.2)
    mean, variance = price_moments(law, TIMES, centre)
    spread = np.sqrt(log_moments(law, TIMES)[1])
    for column in range(len(TIMES)):
        exact = stats.lognorm(s=spread[column], scale=centre[column])
        assert mean[column] == pytest.approx(exact.mean())
        assert variance[column] == pytest.approx(exact.var())


def test_slow_reversion_comes_near_brownian_motion() -> None:
    slow = reverting_law(TIMES, 1e-9, 0.4).loading
    assert slow == pytest.approx(brownian_law(TIMES, 0.4).loading, abs=1e-7)


def test_the_fastest_reversion_over_a_century_stays_finite() -> None:
    times = np.arange(1.0, 101.0)
    assert reverting_law(times, 100.0, 5.0).loading.max() == pytest.approx(5 / np.sqrt(200))


def test_jumps_have_the_mean_and_variance_of_shot_noise() -> None:
    generator = np.random.default_rng(3)
    counts = generator.poisson(JUMPS.rate * TIMES[-1], 400_000)
    drawn = jump_sums(generator, counts, TIMES, JUMPS)
    mean, variance = jump_moments(TIMES, JUMPS)
    assert drawn.mean(axis=0) == pytest.approx(mean, rel=0.01)
    assert drawn.var(axis=0) == pytest.approx(variance, rel=0.02)


def test_a_jump_decays_from_its_own_day_within_the_interval() -> None:
    """One jump of size 1, uniform over a single interval: E e^(-k (T - u)) in closed form."""
    law = JumpLaw(rate=1.0, mean=1.0, sd=0.0, speed=2.0)
    generator = np.random.default_rng(4)
    drawn = jump_sums(generator, np.ones(200_000, dtype=np.int64), np.array([3.0]), law)
    assert drawn.mean() == pytest.approx((1 - np.exp(-6)) / 6, rel=0.01)
    assert (drawn**2).mean() == pytest.approx((1 - np.exp(-12)) / 12, rel=0.01)


def test_moments_with_jumps_agree_with_numerical_integration() -> None:
    law = reverting_law(TIMES, JUMPS.speed, 0.5, JUMPS)
    mean, variance = price_moments(law, TIMES, np.full(4, 50.0))
    plain_mean, _ = price_moments(reverting_law(TIMES, JUMPS.speed, 0.5), TIMES, np.full(4, 50.0))

    def exponent(order: int, time: float) -> float:
        def inner(age: float) -> float:
            a = order * np.exp(-JUMPS.speed * age)
            return float(np.expm1(a * JUMPS.mean + (a * JUMPS.sd) ** 2 / 2))

        return JUMPS.rate * float(integrate.quad(inner, 0, time)[0])

    for column, time in enumerate(TIMES):
        assert mean[column] == pytest.approx(plain_mean[column] * np.exp(exponent(1, time)))
    generator = np.random.default_rng(5)
    counts = generator.poisson(JUMPS.rate * TIMES[-1], 400_000)
    logs = generator.standard_normal((400_000, 4)) @ law.loading
    prices = 50 * np.exp(logs + jump_sums(generator, counts, TIMES, JUMPS))
    assert prices.mean(axis=0) == pytest.approx(mean, rel=0.01)
    assert prices.var(axis=0) == pytest.approx(variance, rel=0.05)


def test_no_jumps_add_nothing() -> None:
    drawn = jump_sums(np.random.default_rng(1), np.zeros(5, dtype=np.int64), TIMES, JUMPS)
    assert not drawn.any()
    assert drawn.shape == (5, 4)


def test_yearly_yields_are_correlated_by_the_power_of_the_years_between() -> None:
    loading = stationary_loading(TIMES, 0.6)
    expected = 0.6 ** np.abs(TIMES[:, None] - TIMES[None, :])
    assert loading.T @ loading == pytest.approx(expected)
    assert stationary_loading(TIMES, 0.0) == pytest.approx(np.eye(4))
    same = stationary_loading(TIMES, 1.0)
    assert same.T @ same == pytest.approx(np.ones((4, 4)))


def test_nothing_decays_backwards() -> None:
    assert decay(TIMES, 1.0) == pytest.approx(np.triu(decay(TIMES, 1.0)))
    assert np.diag(decay(TIMES, 1.0)) == pytest.approx(np.ones(4))
