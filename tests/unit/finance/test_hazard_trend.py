"""Number of events a year and change with time: published examples and peers."""

import numpy as np
import pytest
from scipy import stats
from statsmodels.api import GLM, add_constant, families

from app.finance.case.cover.perils import FrequencyLaw
from app.finance.errors import DomainError
from app.finance.insurance.hazard_counts import fit_counts, poisson_interval
from app.finance.insurance.hazard_study import study_events
from app.finance.insurance.hazard_trend import mann_kendall, rate_trend

LITTLE = [12.9, 14.8, 13.2, 15.7, 13.8, 15.6, 12.9, 11.0, 17.3, 15.9, 19.0, 18.3, 20.1, 21.7]
"""Series of "A Mann-Kendall example (by hand)", J. Little, College of the Holy Cross."""


def test_the_worked_example_of_mann_kendall_comes_out() -> None:
    found = mann_kendall(range(14), LITTLE)
    assert found.score == 54
    assert found.variance == pytest.approx(14 * 13 * 33 / 18 - 2 * 1 * 9 / 18)
    assert found.z == pytest.approx(2.9058, abs=5e-5)
    assert found.p_value == pytest.approx(2 * 0.0018, abs=1e-4)
    assert found.found


def test_the_rank_test_agrees_with_kendalls_tau_of_scipy_and_the_slope_with_theil_sen() -> None:
    values = [round(float(x), 1) for x in np.random.default_rng(4).normal(20, 2, 40)]
    found = mann_kendall(range(40), values)
    tau = stats.kendalltau(range(40), values, method="asymptotic")
    uncorrected = found.score / np.sqrt(found.variance)
    assert 2 * stats.norm.sf(abs(uncorrected)) == pytest.approx(tau.pvalue)
    assert found.slope == pytest.approx(stats.theilslopes(values, range(40)).slope)


def test_a_constant_series_has_no_trend_and_three_values_are_too_few() -> None:
    found = mann_kendall(range(5), [3.0] * 5)
    assert (found.score, found.z, found.p_value) == (0, 0.0, 1.0)
    with pytest.raises(DomainError, match="hazard_few_years"):
        mann_kendall(range(4), [1.0, 2.0, float("nan"), 3.0])


def test_the_trend_of_the_rate_is_that_of_a_poisson_regression() -> None:
    years = np.arange(1977, 2025)
    counts = np.random.default_rng(2).poisson(np.exp(0.02 * (years - 2000)))
    found = rate_trend(years.tolist(), counts.tolist())
    peer = GLM(counts, add_constant((years - 2000) / 10), family=families.Poisson()).fit()
    assert found.growth == pytest.approx(np.expm1(peer.params[1]), abs=1e-7)
    low, high = np.expm1(peer.conf_int()[1])
    assert (found.growth_low, found.growth_high) == pytest.approx((low, high), abs=1e-6)
    gain = peer.null_deviance - peer.deviance
    assert found.p_value == pytest.approx(stats.chi2.sf(gain, 1))


def test_a_rate_without_events_has_no_trend() -> None:
    with pytest.raises(DomainError, match="hazard_no_events"):
        rate_trend(range(10), [0] * 10)


def test_the_dispersion_test_is_chi_square() -> None:
    counts = [0, 1, 0, 2, 1, 3, 0, 1, 1, 2]
    found = fit_counts(counts)
    statistic = sum((n - 1.1) ** 2 for n in counts) / 1.1
    assert found.dispersion == pytest.approx(statistic)
    assert found.p_over == pytest.approx(stats.chi2.sf(statistic, 9))
    assert found.p_under == pytest.approx(stats.chi2.cdf(statistic, 9))


def test_the_interval_of_a_rate_is_the_exact_one() -> None:
    low, high = poisson_interval(30, 48)
    assert stats.poisson.sf(29, low * 48) == pytest.approx(0.025)
    assert stats.poisson.cdf(30, high * 48) == pytest.approx(0.025)
    assert poisson_interval(0, 10)[0] == 0.0


def test_only_a_significant_spread_makes_the_number_negative_binomial() -> None:
    even = fit_counts([1, 1, 2, 1, 1, 0, 1, 1, 2, 1])
    assert even.law is FrequencyLaw.POISSON
    assert even.p_under is not None
    assert even.p_under < 0.05
    slight = fit_counts([0, 1, 0, 3, 1, 0, 1, 2])
    assert slight.ratio is not None
    assert slight.ratio > 1
    assert slight.law is FrequencyLaw.POISSON
    assert slight.variance_to_mean is None
    wild = fit_counts([0, 0, 0, 9, 0, 0, 8, 0, 0, 0])
    assert wild.law is FrequencyLaw.NEGATIVE_BINOMIAL
    assert wild.variance_to_mean == pytest.approx(wild.variance / wild.mean)


def test_years_without_an_event_count_and_one_year_is_no_history() -> None:
    found = fit_counts([0, 0, 0])
    assert (found.mean, found.ratio, found.law) == (0.0, None, FrequencyLaw.POISSON)
    with pytest.raises(DomainError, match="hazard_few_years"):
        fit_counts([3])


def test_a_study_names_why_there_is_no_law_and_tells_a_history_that_changes() -> None:
    years = range(1980, 2020)
    happened = np.array([year for year in years for _ in range((year - 1975) // 12)])
    sizes = np.linspace(20.0, 28.0, len(happened))
    found = study_events(years, happened, sizes, 17.2)
    assert found.stationary is False
    assert sum(found.counts) == len(happened)
    few = study_events(years, happened[:5], sizes[:5], 17.2)
    assert few.severity is None
    assert few.severity_refused is not None
    assert few.severity_refused.code == "hazard_few_exceedances"
    assert few.levels == ()


def test_an_event_of_unknown_size_is_below_the_threshold() -> None:
    found = study_events([2000, 2001], np.array([2000, 2001]), np.array([np.nan, 17.2]), 17.2)
    assert found.counts == (0, 1)
    assert found.maxima == (None, 17.2)
