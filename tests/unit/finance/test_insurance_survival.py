"""Laws of a year to the last digits that are asked: one event, and sums of several."""

import math
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from scipy import stats
from scipy.integrate import quad
from scipy.optimize import brentq

from app.finance.case.cover.perils import FrequencyLaw
from app.finance.insurance.aggregate import EventSource, YearLaw, year_law
from app.finance.insurance.frequency import Frequency
from app.finance.insurance.grid_survival import survival_on_grid
from app.finance.insurance.loss_law import LossLaw
from app.finance.insurance.payment import Payment
from app.finance.insurance.smooth_laws import Beta, Gamma, InverseGaussian, Lognormal, Weibull
from app.finance.insurance.survival import Survival
from app.finance.insurance.tail_laws import Excess, Points, WithPoints
from tests.insurance_sources import layer, poisson, source

ONCE = Frequency(FrequencyLaw.BINOMIAL, 1.0)
PRINTED = (0.5, 0.75, 0.9, 0.95, 0.98, 0.99, 0.995)
PEERS: dict[str, tuple[LossLaw, Any]] = {
    "lognormal": (Lognormal(0.3, 0.9), stats.lognorm(0.9, scale=math.exp(0.3))),
    "gamma": (Gamma(0.6, 2.0), stats.gamma(0.6, scale=2.0)),
    "beta": (Beta(0.7, 1.4), stats.beta(0.7, 1.4)),
    "Weibull": (Weibull(0.8, 1.5), stats.weibull_min(0.8, scale=1.5)),
    "inverse Gaussian": (InverseGaussian(1.0, 2.0), stats.invgauss(0.5, scale=2.0)),
    "GPD": (Excess(0.5, 1.0, 0.3), stats.genpareto(0.3, loc=0.5)),
    "narrow": (Gamma.of(1.0, 0.01), stats.gamma(1e4, scale=1e-4)),
}


@pytest.mark.parametrize("name", list(PEERS))
@pytest.mark.parametrize("chance", [1.0, 0.3])
def test_one_event_a_year_is_the_law_of_the_event(name: str, chance: float) -> None:
    """Against scipy: quantiles, tail values by E[X; X > q] and E[max(X - d, 0)]."""
    law, peer = PEERS[name]
    year = year_law([source(Frequency(FrequencyLaw.BINOMIAL, chance), Payment.whole(), law)])
    assert year.mean == pytest.approx(chance * peer.mean(), rel=1e-11)
    square = chance * (peer.var() + peer.mean() ** 2) - (chance * peer.mean()) ** 2
    assert year.sd == pytest.approx(math.sqrt(square), rel=1e-8)
    for level in PRINTED:
        if chance <= 1 - level:
            assert year.quantile(level) == 0
            continue
        at = float(peer.isf((1 - level) / chance))
        # The law's own E[min(X, x)] is held against quadrature of scipy's in another test.
        beyond = chance * (law.mean - float(law.limited_mean(np.array([at]))[0]))
        assert year.quantile(level) == pytest.approx(at, rel=1e-10)
        assert year.tvar(level) == pytest.approx(at + beyond / (1 - level), rel=1e-9)
    deductible = float(peer.ppf(0.371))
    net = year.with_year_terms(deductible=deductible)
    assert 1 - net.p_zero == pytest.approx(chance * peer.sf(deductible), abs=1e-9)
    rest = chance * (law.mean - float(law.limited_mean(np.array([deductible]))[0]))
    assert net.mean == pytest.approx(rest, rel=1e-10, abs=1e-11 * law.mean)


def test_distortions_of_one_loss_in_closed_form() -> None:
    """Wang's transform of a lognormal moves ln X by factor x sigma; PH of exp(m) is rho m."""
    year = year_law([source(ONCE, Payment.whole(), Lognormal.of(1.2e6, 1.5))])
    sigma = math.sqrt(math.log1p(1.5**2))
    assert year.wang(0.3) == pytest.approx(1.2e6 * math.exp(0.3 * sigma), rel=1e-10)
    assert year.skewness == pytest.approx((1.5**2 + 3) * 1.5, rel=1e-8)
    year = year_law([source(ONCE, Payment.whole(), Excess(0.0, 100.0, 0.0))])
    for rho, tolerance in ((1.0, 1e-12), (1.25, 1e-10), (2.0, 1e-8)):
        assert year.proportional_hazard(rho) == pytest.approx(100 * rho, rel=tolerance)


def test_points_and_months_of_one_event_keep_their_atoms() -> None:
    damage = WithPoints(Beta.of(0.4, 0.6), 0.3, 0.1)
    parts = tuple((0.5, Payment.whole().shared(value), damage) for value in (1e6, 3e6))
    year = year_law([EventSource(Frequency(FrequencyLaw.BINOMIAL, 0.5), parts)])
    at, before = year.exceedance(np.array([1e6, 1e6 * (1 - 1e-9)]))
    assert before - at == pytest.approx(0.5 * 0.5 * 0.1, abs=1e-6)
    assert year.exceedance(np.array([3e6 * (1 - 1e-9)]))[0] == pytest.approx(0.025, abs=1e-6)
    assert year.quantile(0.98) == 3e6
    assert year.tvar(0.98) == pytest.approx(3e6)
    assert year.p_zero == pytest.approx(1 - 0.5 * 0.7)
    assert year.mean == pytest.approx(0.5 * damage.mean * 2e6, rel=1e-11)


def test_a_certain_damage_has_no_spread() -> None:
    """The difference of the moments may end just below zero by rounding."""
    certain = source(ONCE, Payment.whole().above(300_000.0).shared(0.9), Points.fixed(1_500_000.1))
    assert certain.variance >= 0
    year = year_law([certain])
    assert (year.sd, year.quantile(0.5), year.p_zero) == (0.0, certain.mean, 0.0)


COMPOUND = year_law([source(poisson(2.0), Payment.whole(), Excess(0.0, 100.0, 0.0))])
NUMBER = np.arange(1, 100)
CHANCES = stats.poisson.pmf(NUMBER, 2.0)


def above(x: float) -> float:
    """P(S > x) of a Poisson number of exponential losses: a sum of gamma laws."""
    return float((CHANCES * stats.gamma.sf(x, NUMBER, scale=100.0)).sum())


def stop_loss(x: float) -> float:
    more = 100.0 * NUMBER * stats.gamma.sf(x, NUMBER + 1, scale=100.0)
    return float((CHANCES * (more - x * stats.gamma.sf(x, NUMBER, scale=100.0))).sum())


@pytest.mark.parametrize("level", PRINTED)
def test_quantiles_and_tails_of_a_compound_law(level: float) -> None:
    at = brentq(lambda x: above(x) - (1 - level), 0.0, 5000.0, xtol=1e-11)
    assert COMPOUND.quantile(level) == pytest.approx(at, rel=1e-9)
    assert COMPOUND.tvar(level) == pytest.approx(at + stop_loss(at) / (1 - level), rel=1e-9)


def test_terms_of_the_year_of_a_compound_law() -> None:
    terms = COMPOUND.with_year_terms(deductible=123.4, limit=567.8, share=0.5)
    assert terms.mean == pytest.approx((stop_loss(123.4) - stop_loss(691.2)) / 2, rel=1e-10)
    assert terms.p_zero == pytest.approx(1 - above(123.4), abs=1e-10)
    middle = brentq(lambda x: above(x) - 0.3, 123.4, 691.2, xtol=1e-11)
    assert terms.quantile(0.7) == pytest.approx((middle - 123.4) / 2, rel=1e-8)
    assert terms.quantile(0.99) == pytest.approx(283.9)


def test_distortions_of_a_compound_law() -> None:
    cuts = [0.0, 1.0, 10.0, 100.0, 300.0, 900.0, 2700.0, 8100.0]
    normal = stats.norm
    for found, distortion in (
        (COMPOUND.wang(0.3), lambda p: normal.cdf(normal.ppf(p) + 0.3)),
        (COMPOUND.proportional_hazard(1.25), lambda p: p**0.8),
    ):
        exact = sum(
            quad(lambda x, g=distortion: g(above(x)), low, high, epsrel=1e-10)[0]
            for low, high in pairwise(cuts)
        )
        assert found == pytest.approx(exact, rel=1e-8)


def test_sums_of_years_are_as_close_as_the_years() -> None:
    """Two Poisson halves make the whole; one event beside them by a sum over its values."""
    half = year_law([source(poisson(1.0), Payment.whole(), Excess(0.0, 100.0, 0.0))])
    both = half.plus(half)
    for level in (0.5, 0.9, 0.99):
        assert both.quantile(level) == pytest.approx(COMPOUND.quantile(level), rel=1e-7)
        assert both.tvar(level) == pytest.approx(COMPOUND.tvar(level), rel=1e-7)
    single = year_law([source(ONCE, layer(0.0, 400.0), Gamma.of(150.0, 0.7))])
    beside = COMPOUND.plus(single)
    losses = stats.gamma(1 / 0.49, scale=150 * 0.49)
    inside, _ = quad(lambda y: above(300.0 - y) * losses.pdf(y), 0.0, 300.0, epsrel=1e-10)
    exact = inside + losses.sf(300.0)
    assert beside.exceedance(np.array([300.0]))[0] == pytest.approx(exact, rel=1e-7)
    assert beside.mean == pytest.approx(COMPOUND.mean + single.mean, rel=1e-9)
    assert beside.p_zero == 0


def test_losses_with_atoms_off_the_grid_still_have_a_law() -> None:
    """Payments of two irrational limits: no grid holds both, nothing is extrapolated."""
    one = source(poisson(1.0), layer(0.0, math.sqrt(2)), Gamma.of(2.0, 1.0))
    other = source(poisson(1.0), layer(0.0, math.pi / 8), Gamma.of(1.0, 1.0))
    year = year_law([one, other])
    assert (year.probabilities >= 0).all()
    assert year.mean == pytest.approx(one.mean + other.mean, rel=1e-9)
    assert year.sd == pytest.approx(math.sqrt(one.variance + other.variance), rel=1e-6)
    levels = [year.quantile(level) for level in np.linspace(0.0, 0.999, 200)]
    assert levels == sorted(levels)


def test_survival_read_from_a_grid_never_rises() -> None:
    chances = np.concatenate([[0.2], np.full(10, 0.02), [0.3], np.linspace(0.04, 0.0, 15)])
    chances /= chances.sum()
    values = np.arange(chances.size, dtype=float)
    found = survival_on_grid(values, chances, float(chances[0]))
    fine = found.above(np.linspace(-1.0, values[-1] + 1, 4001))
    assert fine[0] == 1
    assert fine[-1] == 0
    assert (np.diff(fine) <= 1e-15).all()
    assert found.stop_loss(np.zeros(1))[0] == pytest.approx(float(chances @ values))


def test_a_part_of_a_loss_that_is_above_zero_for_certain() -> None:
    values = np.array([3.0, 5.0])
    whole = Survival(values, np.array([0.6]), np.array([0.9]), np.array([0.2]))
    part = whole.part(1.0, 4.0)
    assert part.values == pytest.approx([0, 2, 3])
    assert part.stop_loss(np.zeros(1))[0] == pytest.approx(
        whole.stop_loss(np.array([1.0]))[0] - whole.stop_loss(np.array([4.0]))[0]
    )
    assert YearLaw(values, np.array([0.4, 0.6]), 2.0, 0.0, 0.0, whole).quantile(0.05) == 3.0
