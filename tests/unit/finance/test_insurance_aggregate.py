"""Laws of a year's loss against published, closed-form and peers' results."""

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from app.finance.case.cover.perils import FrequencyLaw
from app.finance.errors import DomainError
from app.finance.insurance.aggregate import EventSource, panjer_law, year_law
from app.finance.insurance.frequency import Frequency
from app.finance.insurance.loss_law import LossLaw
from app.finance.insurance.payment import Payment, payment_of
from app.finance.insurance.smooth_laws import Beta, Gamma, InverseGaussian, Lognormal, Weibull
from app.finance.insurance.tail_laws import Excess, Points, WithPoints
from tests.case_table import case_table
from tests.insurance_sources import head, layer, poisson, source

CASES = case_table("insurance")
PEERS = Path(__file__).parents[2] / "cases" / "peers"
WHOLE = Payment.whole()

PROGRAMMES: dict[str, EventSource] = {
    "I1_gross_lognorm": source(poisson(0.8), WHOLE, Lognormal.of(120.0, 1.2)),
    "I3_layer_occ_net": source(poisson(0.8), layer(50.0, 200.0), Lognormal.of(120.0, 1.2)),
    "I5_pareto_capped": source(poisson(0.5), layer(0.0, 1000.0), Excess(0.0, 100 / 2.2, 1 / 2.2)),
    "I7_fixed_total_loss": source(
        Frequency(FrequencyLaw.BINOMIAL, 0.03), WHOLE, Points.fixed(500.0)
    ),
}

R01 = source(poisson(0.8), layer(0.2, 5.0), Lognormal.of(1.2, 1.5))


def test_the_reference_layer_with_a_limit_of_the_year() -> None:
    """R01: R actuar, aggregate, gemact, lossmodels agree on it to six digits."""
    assert R01.mean == pytest.approx(0.727903, abs=1e-6)
    assert R01.variance**0.5 == pytest.approx(1.331155, abs=1e-6)
    assert 1 - R01.p_zero == pytest.approx(0.499816, abs=1e-6)
    year = year_law([R01]).with_year_terms(limit=8.0)
    assert year.mean == pytest.approx(0.725389, abs=1e-6)
    assert year.sd == pytest.approx(1.315094, abs=1e-6)
    quantiles = [year.quantile(level) for level in (0.9, 0.95, 0.99, 0.995)]
    assert quantiles == pytest.approx([2.391, 3.826, 5.741, 6.635], abs=1e-3)
    assert year.tvar(0.99) == pytest.approx(6.817186, abs=1e-5)
    assert year.wang(0.3) == pytest.approx(1.085696, abs=1e-5)
    assert year.p_zero == pytest.approx(R01.p_zero, abs=1e-12)


@pytest.mark.parametrize(
    "peer",
    json.loads((PEERS / "insurance_aggregate.json").read_text(encoding="utf-8"))["out"],
    ids=lambda peer: peer["id"],
)
def test_programmes_of_the_peer_come_out_the_same(peer: dict[str, Any]) -> None:
    """Within 0.1 %, or half a step of the peer's grid; the mean as its closed form."""
    programme = PROGRAMMES[peer["id"]]
    year = year_law([programme])
    assert programme.mean == pytest.approx(peer["closed"]["mean"], rel=1e-12)
    assert year.mean == pytest.approx(peer["closed"]["mean"], rel=1e-6)
    assert year.sd == pytest.approx(peer["est_sd"], rel=1e-3)
    if "sd" in peer["closed"]:
        assert programme.variance**0.5 == pytest.approx(peer["closed"]["sd"], rel=1e-9)
    for level, value in peer["q"].items():
        assert year.quantile(float(level)) == pytest.approx(value, rel=1e-3, abs=peer["bs"] / 2)
    assert year.tvar(0.99) == pytest.approx(peer["tvar99"], rel=1e-3)
    assert year.p_zero == pytest.approx(peer["p_zero"], abs=3e-4)


def test_poisson_times_exponential_is_a_sum_of_gamma_laws() -> None:
    expected = json.loads(CASES["I03"]["expected"])
    year = year_law([source(poisson(2.0), WHOLE, Excess(0.0, 100.0, 0.0))])
    assert (year.mean, year.sd**2) == pytest.approx(
        (expected["mean"], expected["variance"]), rel=1e-6
    )
    assert year.p_zero == pytest.approx(expected["p_zero"], rel=1e-12)
    below = 1 - year.exceedance(np.array([200.0, 500.0]))
    assert below == pytest.approx([expected["cdf_200"], expected["cdf_500"]], abs=1e-6)
    assert year.layer_mean(300.0, math.inf) == pytest.approx(expected["stop_loss_300"], rel=1e-6)


def test_ten_gamma_claims_a_year_as_actuar_has_them() -> None:
    """R03: actuar cuts the gamma law at 22, hence 1e-5 in what lies above a quantile."""
    claims = source(poisson(10.0), WHOLE, Gamma(2.0, 1.0))
    year = panjer_law(claims, step=0.5, cells=200)
    sums = np.cumsum(year.probabilities)
    assert year.mean == pytest.approx(19.999937, rel=1e-5)
    assert sums[[20, 40, 60, 80]] == pytest.approx(
        [0.091898, 0.547077, 0.898495, 0.988321], abs=1e-6
    )
    for level, value, beyond in (
        (0.90, 30.5, 35.418738),
        (0.95, 34.0, 38.549201),
        (0.99, 41.0, 45.010662),
    ):
        place = int(np.searchsorted(sums, level))
        assert year.values[place] == value
        worse = slice(place + 1, None)
        mean = year.values[worse] @ year.probabilities[worse] / year.probabilities[worse].sum()
        assert mean == pytest.approx(beyond, rel=1e-4)


def test_a_fleet_with_fewer_claims_and_a_deductible() -> None:
    """R05: 20 claims less 20 %, exponential with mean 200, deductible 100."""
    fleet = source(poisson(20 * 0.8), WHOLE.above(100.0), Excess(0.0, 200.0, 0.0))
    assert fleet.mean == pytest.approx(1940.898, abs=1e-3)


def test_a_geometric_number_of_whole_losses_is_exact() -> None:
    """R07: geometric with mean 4, losses 1 to 4 alike."""
    losses = Points(np.arange(1.0, 5.0), np.full(4, 0.25))
    geometric = Frequency(FrequencyLaw.NEGATIVE_BINOMIAL, 4.0, 5.0)
    year = year_law([source(geometric, WHOLE, losses)])
    assert year.step == 1.0
    assert year.probabilities[3] == pytest.approx(0.0576, abs=1e-12)
    assert 1 - year.exceedance(np.array([3.0]))[0] == pytest.approx(0.3456, abs=1e-12)


def test_the_variance_of_a_year_is_made_of_number_and_size() -> None:
    """R09: N with mean 8 and sd 3, X with mean 10,000 and sd 3,937; the normal is a check only."""
    number = Frequency(FrequencyLaw.NEGATIVE_BINOMIAL, 8.0, 9 / 8)
    year = source(number, WHOLE, Gamma.of(10_000.0, 0.3937))
    assert year.variance == pytest.approx(1_023_999_752, abs=1)
    score = 0.5 * year.mean / year.variance**0.5
    assert stats.norm.sf(score) == pytest.approx(0.1056, abs=1e-4)
    exact = year_law([year]).exceedance(np.array([1.5 * year.mean]))[0]
    assert exact == pytest.approx(0.1056, abs=0.01)


def test_an_excess_layer_of_fifteen_lognormal_losses() -> None:
    """R47, Bahnemann example 5.13."""
    losses = source(poisson(15.0), layer(3000.0, 5000.0), Lognormal(5.9809, 1.8))
    assert losses.mean == pytest.approx(5785.25, abs=0.01)
    assert losses.variance**0.5 == pytest.approx(4910.93, abs=0.01)
    assert losses.frequency.mean * losses.reach == pytest.approx(1.95359, abs=1e-5)
    year = year_law([losses])
    assert (year.mean, year.sd) == pytest.approx((5785.25, 4910.93), abs=0.01)


SEVERITIES: dict[str, LossLaw] = {
    "lognormal": Lognormal.of(0.3, 1.2),
    "gamma": Gamma.of(0.3, 0.8),
    "weibull": Weibull.of(0.3, 1.1),
    "beta": WithPoints(Beta.of(0.4, 0.6), 0.3, 0.1),
    "inverse Gaussian": InverseGaussian.of(0.3, 0.9),
    "GPD": Excess(0.05, 0.2, 0.4),
}
NUMBERS = {
    "poisson": poisson(0.9),
    "many": poisson(60.0),
    "negative binomial": Frequency(FrequencyLaw.NEGATIVE_BINOMIAL, 2.0, 3.0),
    "binomial": Frequency(FrequencyLaw.BINOMIAL, 0.4),
}


@pytest.mark.parametrize("number", list(NUMBERS))
@pytest.mark.parametrize("severity", list(SEVERITIES))
def test_the_grid_keeps_the_closed_moments_and_loses_nothing(severity: str, number: str) -> None:
    events = source(NUMBERS[number], layer(0.05, 0.8).shared(1e6), SEVERITIES[severity])
    year = year_law([events])
    assert year.tail < 1e-10
    assert year.mean == pytest.approx(events.mean, rel=1e-9)
    assert year.sd == pytest.approx(events.variance**0.5, rel=1e-6)
    assert year.exceedance(np.zeros(1))[0] == pytest.approx(1 - events.p_zero, abs=1e-12)
    if NUMBERS[number].law is not FrequencyLaw.BINOMIAL:
        assert 800_000 / year.step == pytest.approx(round(800_000 / year.step), abs=1e-6)


@pytest.mark.parametrize("number", list(NUMBERS))
def test_panjer_and_the_transform_agree_on_the_same_grid(number: str) -> None:
    events = source(NUMBERS[number], layer(0.05, 0.8), SEVERITIES["lognormal"])
    year = year_law([events], cells=2**11)
    check = panjer_law(events, step=year.step, cells=2**11)
    size = min(year.values.size, check.values.size)
    assert check.probabilities[:size] == pytest.approx(year.probabilities[:size], abs=1e-13)


def test_events_spread_over_months_are_a_mixture() -> None:
    growing = tuple(
        (weight, layer(1e5, 2e6).scaled(value).held_from(1.0), Beta.of(0.3, 0.8))
        for weight, value in ((0.5, 1e6), (0.3, 2e6), (0.2, 3e6))
    )
    together = EventSource(poisson(1.2), growing)
    months = [EventSource(poisson(1.2 * part[0]), ((1.0, *part[1:]),)) for part in growing]
    assert together.mean == pytest.approx(sum(month.mean for month in months))
    one, three = year_law([together]), year_law(months)
    for level in (0.5, 0.9, 0.99):
        assert one.quantile(level) == pytest.approx(three.quantile(level), rel=1e-5)
    assert one.p_zero == pytest.approx(three.p_zero)


def test_a_year_without_paid_events_has_no_loss() -> None:
    never = source(poisson(0.0), WHOLE, Gamma.of(1.0, 1.0))
    beyond = source(poisson(2.0), layer(5.0, 1.0), Points.fixed(2.0))
    year = year_law([never, beyond])
    assert (year.mean, year.p_zero, year.quantile(0.999)) == (0.0, 1.0, 0.0)


def test_a_hundred_events_a_year_are_priced_and_ten_thousand_refused() -> None:
    hundred = source(poisson(100.0), layer(0.0, 1.0), Gamma.of(0.2, 1.0))
    assert year_law([hundred]).mean == pytest.approx(hundred.mean, rel=1e-9)
    with pytest.raises(DomainError, match="too_many_events"):
        year_law([source(poisson(10_000.0), layer(0.0, 1.0), Gamma.of(0.2, 1.0))])


def test_an_endless_heavy_tail_says_what_it_leaves_out() -> None:
    heavy = source(poisson(1.0), WHOLE, Excess(0.0, 1.0, 1 / 1.5))
    year = year_law([heavy])
    assert 0 < year.tail < 1e-5
    assert year.step < heavy.payment_mean / 2
    assert year.mean < heavy.mean


@given(
    st.sampled_from(list(SEVERITIES.values())),
    st.sampled_from(list(NUMBERS.values())),
    st.floats(0.0, 0.5),
    st.floats(0.01, 2.0),
)
@settings(max_examples=25, deadline=None)
def test_terms_of_the_year_never_pay_more_for_less(
    severity: LossLaw, number: Frequency, deductible: float, limit: float
) -> None:
    payment = payment_of(head(deductible_yuan=0.05), 1.0)
    year = year_law([source(number, payment, severity)], cells=2**11)
    terms = year.with_year_terms(deductible=deductible, limit=limit)
    rest = year.with_year_terms(deductible=deductible + limit)
    below = year.with_year_terms(limit=deductible)
    assert terms.mean + rest.mean + below.mean == pytest.approx(year.mean, rel=1e-9)
    assert year.with_year_terms(deductible=deductible + 0.1, limit=limit).mean <= terms.mean + 1e-9
    assert year.with_year_terms(deductible=deductible, limit=2 * limit).mean >= terms.mean - 1e-9


@pytest.mark.parametrize("number", list(NUMBERS))
def test_simulated_years_lie_within_three_standard_errors(number: str) -> None:
    """20,000 years here; 10 million of five programmes were run once, all within three."""
    events = source(NUMBERS[number], layer(0.05, 0.8), SEVERITIES["GPD"])
    years = 20_000
    drawn = events.drawn(np.random.default_rng(6), years)
    year = year_law([events])
    assert drawn.mean() == pytest.approx(year.mean, abs=3 * year.sd / years**0.5)
    for level in (0.5, 0.95):
        at = year.quantile(level)
        beyond = float(year.exceedance(np.array([at]))[0])
        error = 3 * (beyond * (1 - beyond) / years) ** 0.5
        assert (drawn > at).mean() == pytest.approx(beyond, abs=error)
