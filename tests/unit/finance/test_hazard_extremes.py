"""Extremes: published cases, scipy as the second engine, what is refused."""

import csv
import json
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy import stats
from scipy.optimize import minimize

from app.finance.errors import DomainError
from app.finance.insurance.hazard_extremes import (
    ParetoFit,
    fit_pareto,
    pareto_log_likelihood,
    threshold_table,
)
from app.finance.insurance.hazard_gev import GevMethod, fit_gev, gev_level, gev_return_levels
from app.finance.insurance.hazard_levels import return_levels
from tests.case_table import case_table
from tests.hazard_files import HAZARD_FILES

CASES = case_table("insurance")
QUANTILE = 3.841458820694124
"""95 % quantile of chi-square with one degree of freedom."""


def danish() -> NDArray[np.float64]:
    """Fire losses above 10 million kroner, Copenhagen Reinsurance 1980-1990 (McNeil 1997)."""
    path = HAZARD_FILES / "danish_fire_above_10.csv"
    with path.open(encoding="utf-8") as lines:
        return np.array([float(row["loss_million_kroner"]) for row in csv.DictReader(lines)])


def yearly_maxima() -> NDArray[np.float64]:
    rng = np.random.default_rng(1)
    found = stats.genextreme.rvs(-0.1, 25, 5, size=60, random_state=rng)
    return np.asarray(found)


def pareto_sample(shape: float, size: int, seed: int) -> NDArray[np.float64]:
    drawn = stats.genpareto.rvs(shape, scale=8, size=size, random_state=np.random.default_rng(seed))
    return 17.2 + np.asarray(drawn)


def test_i06_the_return_levels_of_a_gev_law_are_those_of_the_closed_form() -> None:
    given_, expected = (json.loads(CASES["I06"][name]) for name in ("inputs", "expected"))
    levels = [gev_level(given_["mu"], given_["sigma"], given_["xi"], t) for t in given_["T"]]
    assert levels == pytest.approx(expected["level"], abs=1e-10)


def test_r35_danish_fire_losses_have_the_published_pareto_fit() -> None:
    fit = fit_pareto(danish(), 10.0)
    assert fit.exceedances == 109
    assert (fit.scale, fit.shape) == pytest.approx((6.975, 0.497), abs=1e-3)
    assert (fit.scale_se, fit.shape_se) == pytest.approx((1.1135, 0.1363), abs=1e-3)


@pytest.mark.parametrize("shape", [-0.3, 0.0, 0.2, 0.6])
def test_the_pareto_fit_is_the_one_scipy_finds(shape: float) -> None:
    values = pareto_sample(shape, 80, 3)
    fit = fit_pareto(values, 17.2)
    peer_shape, _, peer_scale = stats.genpareto.fit(values - 17.2, floc=0)
    assert fit.shape == pytest.approx(peer_shape, abs=2e-4)
    assert fit.scale == pytest.approx(peer_scale, rel=2e-4)
    peer = stats.genpareto.logpdf(values - 17.2, fit.shape, scale=fit.scale).sum()
    assert fit.log_likelihood == pytest.approx(peer)


def test_the_likelihood_of_an_exponential_law_is_that_of_shape_0() -> None:
    above = np.array([1.0, 2.0, 5.0])
    exact = stats.expon.logpdf(above, scale=3.0).sum()
    assert float(pareto_log_likelihood(above, np.array(3.0), np.array(0.0))) == pytest.approx(exact)
    assert float(pareto_log_likelihood(above, np.array(1.0), np.array(-0.5))) == -np.inf


def joint_fall(
    values: NDArray[np.float64], fit: ParetoFit, years: float, at: NDArray[np.float64]
) -> float:
    """Twice the fall of the likelihood of number and size from its top, by scipy."""
    rate, scale, shape = at
    if rate <= 0 or scale <= 0:
        return float("inf")
    count = len(values)
    size = stats.genpareto.logpdf(values - fit.threshold, shape, scale=scale).sum()
    top = stats.poisson.logpmf(count, count) + fit.log_likelihood
    return float(2 * (top - stats.poisson.logpmf(count, rate * years) - size))


@pytest.mark.parametrize("shape", [-0.2, 0.15])
def test_a_return_level_has_its_interval_where_the_likelihood_has_fallen_by_1_92(
    shape: float,
) -> None:
    values, years = pareto_sample(shape, 40, 7), 48.0
    fit = fit_pareto(values, 17.2)
    (found,) = return_levels(values, fit, years, [50])

    def least_fall(level: float) -> float:
        def fall(rest: NDArray[np.float64]) -> float:
            rate, bent = float(np.exp(rest[0])), float(rest[1])
            reach = np.expm1(bent * np.log(rate * 50)) / bent
            at = np.array([rate, (level - fit.threshold) / reach, bent])
            return min(joint_fall(values, fit, years, at), 1e6)

        starts = [[np.log(40 / 48), bent] for bent in (-0.3, -0.1, 0.1, 0.3)]
        return min(float(minimize(fall, start, method="Nelder-Mead").fun) for start in starts)

    assert found.low < found.level < found.high
    assert least_fall(found.level) == pytest.approx(0.0, abs=1e-3)
    assert least_fall(found.low) == pytest.approx(QUANTILE, abs=0.06)
    assert least_fall(found.high) == pytest.approx(QUANTILE, abs=0.06)


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000), shape=st.floats(-0.4, 0.5))
def test_return_levels_rise_with_the_period_and_lie_in_their_interval(
    seed: int, shape: float
) -> None:
    values = pareto_sample(shape, 25, seed)
    levels = return_levels(values, fit_pareto(values, 17.2), 30.0)
    assert all(one.low <= one.level <= one.high for one in levels)
    assert all(a.level < b.level for a, b in pairwise(levels))


def test_a_period_with_less_than_one_event_reaches_no_level_above_the_threshold() -> None:
    values = pareto_sample(0.0, 12, 1)
    (found,) = return_levels(values, fit_pareto(values, 17.2), 48.0, [2])
    assert (found.reached, found.level) == (False, 17.2)


def test_nine_exceedances_are_no_law() -> None:
    values = np.arange(18.0, 27.0)
    with pytest.raises(DomainError) as refused:
        fit_pareto(values, 17.2)
    assert refused.value.code == "hazard_few_exceedances"
    assert refused.value.facts == {"value": 9, "minimum": 10}


def test_values_that_are_all_the_same_are_no_law() -> None:
    with pytest.raises(DomainError, match="hazard_same_values"):
        fit_pareto([20.0] * 12, 17.2)


def test_the_threshold_table_keeps_ten_exceedances_and_shows_the_mean_excess() -> None:
    values = np.concatenate([pareto_sample(0.1, 60, 5), [np.nan]])
    table = threshold_table(values)
    assert 5 < len(table) <= 12
    assert all(line.exceedances >= 10 for line in table)
    held = values[values >= table[3].threshold]
    assert table[3].mean_excess == pytest.approx(float(held.mean()) - table[3].threshold)
    assert threshold_table([18.0, 19.0]) == ()


def test_the_gev_fit_is_the_one_scipy_finds() -> None:
    fit = fit_gev(yearly_maxima())
    shape, location, scale = stats.genextreme.fit(yearly_maxima())
    assert (fit.location, fit.scale, fit.shape) == pytest.approx(
        (location, scale, -shape), abs=1e-3
    )


def test_l_moments_give_back_a_large_sample_of_a_known_law() -> None:
    drawn = stats.genextreme.ppf((np.arange(4000) + 0.5) / 4000, -0.1, 25, 5)
    fit = fit_gev(drawn, GevMethod.L_MOMENTS)
    assert (fit.location, fit.scale, fit.shape) == pytest.approx((25, 5, 0.1), abs=0.02)


def test_a_gev_interval_ends_where_the_likelihood_has_fallen_by_1_92() -> None:
    values = yearly_maxima()
    fit = fit_gev(values)
    (found,) = gev_return_levels(values, fit, [100])
    top = stats.genextreme.logpdf(values, -fit.shape, fit.location, fit.scale).sum()

    def fall(level: float) -> float:
        def loss(rest: NDArray[np.float64]) -> float:
            scale, bent = float(rest[0]), float(rest[1])
            if scale <= 0:
                return 1e6
            location = level - scale * np.expm1(-bent * np.log(-np.log(0.99))) / bent
            return min(-float(stats.genextreme.logpdf(values, -bent, location, scale).sum()), 1e6)

        starts = [[5.0, bent] for bent in (-0.1, 0.1, 0.3)]
        best = min(float(minimize(loss, start, method="Nelder-Mead").fun) for start in starts)
        return 2 * (float(top) + best)

    assert fall(found.low) == pytest.approx(QUANTILE, abs=0.02)
    assert fall(found.high) == pytest.approx(QUANTILE, abs=0.02)


@pytest.mark.parametrize("empty", [0.0, float("nan")])
def test_no_gev_law_is_fitted_to_years_without_an_event(empty: float) -> None:
    values = yearly_maxima()
    values[3] = empty
    with pytest.raises(DomainError) as refused:
        fit_gev(values)
    assert refused.value.code == "hazard_empty_years"
    assert refused.value.facts["value"] == 1


def test_nine_maxima_are_no_gev_law_and_a_period_of_one_year_has_no_level() -> None:
    with pytest.raises(DomainError, match="hazard_few_maxima"):
        fit_gev(yearly_maxima()[:9])
    with pytest.raises(DomainError, match="hazard_return_years"):
        gev_level(25, 5, 0.1, 1.0)
