"""Laws of the carbon price between flow dates, each with its exact transition and moments."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.finance.sink.pools import Numbers

Array = NDArray[np.floating[Any]]
"""Draws in single or double precision."""

_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(64)


@dataclass(frozen=True, slots=True)
class JumpLaw:
    """Jumps of the log price: a compound Poisson process with normal sizes.

    Attributes:
        rate: jumps a year, not negative.
        mean: mean of a jump, log price.
        sd: standard deviation of a jump, log price.
        speed: how fast a jump dies away, 1/yr; the speed of reversion of the price.
    """

    rate: float
    mean: float
    sd: float
    speed: float


@dataclass(frozen=True, slots=True)
class PriceLaw:
    """Deviation of a price from its scale: price = scale x exp(shift + innovations @ loading).

    Attributes:
        shift: constant of the log deviation by date, shape (m,).
        loading: effect of the standard normal innovation of each interval (row) on the log
            price of each date (column), shape (m, m); zero where the date lies before.
        correlation: of the innovations with those of the first price.
        jumps: jumps on top, or None.
    """

    shift: Numbers
    loading: Numbers
    correlation: float = 1.0
    jumps: JumpLaw | None = None


def _intervals(times: Numbers) -> Numbers:
    return np.diff(times, prepend=0.0)


def decay(times: Numbers, speed: float) -> Numbers:
    """Return exp(-speed x (t_i - t_j)) for dates i (columns) not before j (rows), else 0."""
    age = times[None, :] - times[:, None]
    return np.asarray(np.where(age >= 0, np.exp(-speed * np.maximum(age, 0.0)), 0.0))


def brownian_law(times: Numbers, volatility: float, correlation: float = 1.0) -> PriceLaw:
    """Return geometric Brownian motion around a curve that is the MEAN of the price.

    P_t = curve_t exp(sigma W_t - sigma^2 t / 2), so E P_t = curve_t at every date. `times` in
    years from today, ascending, shape (m,); `volatility` in 1/sqrt(yr). Exact at any spacing.

    Source: Black and Scholes 1973; Glasserman, Monte Carlo Methods in Financial Engineering
    (2003), section 3.2.
    """
    loading = volatility * np.sqrt(_intervals(times))[:, None] * decay(times, 0.0)
    return PriceLaw(-(volatility**2) * times / 2, loading, correlation)


def reverting_law(
    times: Numbers, speed: float, volatility: float, jumps: JumpLaw | None = None
) -> PriceLaw:
    """Return a mean-reverting log price, d ln P = kappa (theta - ln P) dt + s dW, plus jumps.

    Its scale is `reverting_centre`. The transition is exact: over an interval D the deviation
    is multiplied by e^(-kappa D) and gets a normal of variance s^2 (1 - e^(-2 kappa D)) /
    (2 kappa). `speed` kappa in 1/yr, above 0; `volatility` s in 1/sqrt(yr).

    Source: Schwartz, The Stochastic Behavior of Commodity Prices, J. Finance 52 (1997), model
    1, with theta for its alpha; jumps after Merton, J. Financial Economics 3 (1976).
    """
    variance = volatility**2 * -np.expm1(-2 * speed * _intervals(times)) / (2 * speed)
    loading = np.sqrt(variance)[:, None] * decay(times, speed)
    return PriceLaw(np.zeros(len(times)), loading, 1.0, jumps)


def reverting_centre(
    times: Numbers, price_today: float, long_run_price: float, speed: float
) -> Numbers:
    """Return the median price of `reverting_law` without jumps, yuan/t, shape (m,).

    exp(theta + (ln P_0 - theta) e^(-kappa t)) with theta = ln(long_run_price). Prices above 0.
    """
    theta = np.log(long_run_price)
    return np.asarray(np.exp(theta + (np.log(price_today) - theta) * np.exp(-speed * times)))


def stationary_loading(times: Numbers, correlation: float) -> Numbers:
    """Return the loading of a stationary autoregression of unit variance, shape (m, m).

    Values at t and u have the correlation c^|t - u|, `correlation` c (0 to 1) being that of
    dates one year apart: z_i = c^D z_(i-1) + sqrt(1 - c^(2 D)) e_i.
    """
    steps = np.diff(times, prepend=-np.inf)
    kept = np.power(correlation, steps, where=np.isfinite(steps), out=np.zeros(len(times)))
    age = np.maximum(times[None, :] - times[:, None], 0.0)
    spread = np.where(times[None, :] >= times[:, None], np.power(correlation, age), 0.0)
    return np.asarray(np.sqrt(1.0 - kept**2)[:, None] * spread)


def jump_sums(
    generator: np.random.Generator, counts: NDArray[np.int64], times: Numbers, law: JumpLaw
) -> Numbers:
    """Return what jumps add to the log price at each date, shape (scenarios, m).

    `counts` is the number of jumps of each scenario up to the last date, Poisson with mean
    rate x times[-1]. Given their number the days are uniform and independent, so each jump
    gets a day u and a normal size J, and adds J e^(-speed (t - u)) at every date t after u:
    the part of the interval that is left after the jump is counted, and the law at the dates
    is exact, without time steps.

    Source: Glasserman 2003, section 3.5.1 (jumps given their number).
    """
    m = len(times)
    scenario = np.repeat(np.arange(len(counts)), counts)
    day = generator.random(len(scenario)) * times[-1]
    size = law.mean + law.sd * generator.standard_normal(len(scenario))
    date = np.searchsorted(times, day)
    left = size * np.exp(-law.speed * (times[date] - day))
    fresh = np.bincount(scenario * m + date, weights=left, minlength=len(counts) * m)
    sums = fresh.astype(np.float64, copy=False).reshape(len(counts), m)
    kept = np.exp(-law.speed * _intervals(times))
    for column in range(1, m):
        sums[:, column] += kept[column] * sums[:, column - 1]
    return np.asarray(sums)


def jump_moments(times: Numbers, law: JumpLaw) -> tuple[Numbers, Numbers]:
    """Return mean and variance of what jumps add to the log price, each of shape (m,).

    Mean l m (1 - e^(-k t)) / k, variance l (m^2 + s^2) (1 - e^(-2 k t)) / (2 k): Campbell's
    theorem for shot noise.
    """
    once = -np.expm1(-law.speed * times) / law.speed
    twice = -np.expm1(-2 * law.speed * times) / (2 * law.speed)
    return law.rate * law.mean * once, law.rate * (law.mean**2 + law.sd**2) * twice


def log_moments(law: PriceLaw, times: Numbers) -> tuple[Numbers, Numbers]:
    """Return mean and variance of the log deviation from the scale by date, each (m,)."""
    mean, variance = law.shift, (law.loading**2).sum(axis=0)
    if law.jumps is not None:
        jump_mean, jump_variance = jump_moments(times, law.jumps)
        mean, variance = mean + jump_mean, variance + jump_variance
    return mean, variance


def _jump_exponent(times: Numbers, law: JumpLaw, order: int) -> Numbers:
    """Return l x integral over 0..t of (M(q e^(-k u)) - 1) du, M the moments of a jump."""
    last = np.exp(-law.speed * times)[:, None]
    a = (1 + last) / 2 + (1 - last) / 2 * _NODES
    values = np.expm1(order * a * law.mean + (order * a * law.sd) ** 2 / 2) / (law.speed * a)
    return np.asarray(law.rate * ((1 - last) / 2 * values * _WEIGHTS).sum(axis=1))


def _moment(law: PriceLaw, times: Numbers, order: int) -> Numbers:
    exponent = order * law.shift + order**2 * (law.loading**2).sum(axis=0) / 2
    if law.jumps is not None:
        exponent = exponent + _jump_exponent(times, law.jumps, order)
    return np.asarray(np.exp(exponent))


def price_moments(law: PriceLaw, times: Numbers, scale: Numbers) -> tuple[Numbers, Numbers]:
    """Return the exact mean and variance of the price by date, yuan/t and its square, (m,).

    E P^q = scale^q exp(q shift + q^2 v / 2 + l x integral of (M(q e^(-k u)) - 1) du) with M(a)
    = exp(a m + a^2 s^2 / 2); the integral, needed with jumps only, by 64 Gauss points.
    """
    mean = scale * _moment(law, times, 1)
    return mean, scale**2 * _moment(law, times, 2) - mean**2
