"""Laws read from tables, payments one below the other, return levels: the same as one by one."""

import numpy as np
import pytest

from app.finance.case.cover.perils import FrequencyLaw
from app.finance.insurance.event_damages import EventDamages
from app.finance.insurance.event_sets import drawn_damages
from app.finance.insurance.event_source import EventSource
from app.finance.insurance.frequency import Frequency
from app.finance.insurance.largest_event import largest_of
from app.finance.insurance.law_table import MANY, NODES, tabled
from app.finance.insurance.loss_law import LossLaw
from app.finance.insurance.payment import Payment
from app.finance.insurance.payment_moments import PaymentMoments
from app.finance.insurance.smooth_laws import Beta, Gamma, InverseGaussian, Lognormal, Weibull
from app.finance.insurance.tail_laws import Points, WithPoints

LAWS: dict[str, LossLaw] = {
    "beta": Beta.of(0.3, 0.8),
    "beta with a peak at 0": Beta.of(0.05, 2.0),
    "beta with peaks at both ends": Beta.of(0.6, 0.7),
    "beta of little spread": Beta.of(0.5, 0.06),
    "beta with points": WithPoints(Beta.of(0.3, 0.8), 0.2, 0.1),
    "gamma": Gamma.of(0.3, 0.8),
    "gamma of a wide spread": Gamma.of(0.1, 4.0),
    "Weibull": Weibull.of(0.3, 0.5),
    "inverse Gaussian": InverseGaussian.of(0.3, 1.0),
}


@pytest.mark.parametrize("name", LAWS)
def test_limited_means_from_the_table_are_those_of_the_law(name: str) -> None:
    law = LAWS[name]
    x = np.linspace(0.0, 1.0, MANY + 1)
    assert np.abs(tabled(law).limited_mean(x) - law.limited_mean(x)).max() < 2e-9 * law.mean


@pytest.mark.parametrize("name", LAWS)
def test_quantiles_from_the_table_are_those_of_the_law(name: str) -> None:
    law = LAWS[name]
    level = np.random.default_rng(1).random(MANY + 1)
    read, exact = tabled(law).quantile(level), law.quantile(level)
    assert read == pytest.approx(exact, abs=2e-3 * law.mean)
    assert read.mean() == pytest.approx(exact.mean(), rel=2e-4)


def test_few_losses_and_a_law_without_a_spread_to_speak_of_are_asked_of_the_law_itself() -> None:
    few, many = np.linspace(0.0, 1.0, MANY), np.linspace(0.0, 1.0, MANY + 1)
    law, narrow = Beta.of(0.3, 0.8), Beta.of(0.5, 0.01)
    assert np.array_equal(tabled(law).limited_mean(few), law.limited_mean(few))
    assert np.array_equal(tabled(narrow).limited_mean(many), narrow.limited_mean(many))


def test_damages_of_events_from_tables_are_those_by_inversion() -> None:
    """Three events at two sites; one site of each is untouched or lost for certain."""
    means = np.array([[0.3, 0.0], [0.05, 0.4], [1.0, 0.2]])
    level = np.random.default_rng(2).random(4 * NODES)
    event = np.random.default_rng(3).integers(0, 3, level.size)
    found = EventDamages(means, 0.6, draws=level.size).drawn(event, level)
    exact = drawn_damages(means[event], 0.6, level[:, None])
    assert found == pytest.approx(exact, abs=1e-4)


def test_payments_one_below_the_other_are_what_each_is_alone() -> None:
    law = Lognormal.of(0.4, 1.1)
    payments = [
        Payment.whole().above(0.1).capped(0.5),
        Payment(np.array([0.0, 0.2]), np.array([0.0, 0.2]), np.array([0.0, 1.0])).held_from(0.9),
        Payment.whole().shared(0.5),
        Payment.nothing(),
        Payment.whole().capped(0.3).plus(Payment.whole().above(0.6).capped(0.2)),
    ]
    together, limits = PaymentMoments.of(payments, law), np.array([0.0, 0.05, 0.2, 0.45, np.inf])
    for row, payment in enumerate(payments):
        assert together.means[row] == pytest.approx(payment.mean(law), rel=1e-12)
        assert together.squares[row] == pytest.approx(payment.square(law), rel=1e-12)
        assert together.reach[row] == pytest.approx(payment.reach(law), rel=1e-12)
        for square, alone in ((False, payment.limited_mean), (True, payment.limited_square)):
            own = together.limited(limits, square=square)[row]
            assert own == pytest.approx(alone(law, limits), rel=1e-12)
    beyond = together.exceedance(np.array([-1.0, 0.0, 0.1, 0.4, 2.0]))
    level = np.arange(1, 20_000) / 20_000
    drawn = np.stack([payment.paid(law.quantile(level)) for payment in payments])
    for place, y in enumerate((-1.0, 0.0, 0.1, 0.4, 2.0)):
        assert beyond[:, place] == pytest.approx((drawn > y).mean(axis=1), abs=2e-4)


@pytest.mark.parametrize(
    ("law", "payment"),
    [
        (Beta.of(0.3, 0.8), Payment.whole().scaled(1e6).above(1e5).capped(4e5)),
        (Lognormal.of(0.3, 2.0), Payment.whole().scaled(1e6).held_from(1.0)),
        (Points(np.array([0.1, 0.4]), np.array([0.9, 0.1])), Payment.whole().scaled(1e6)),
    ],
)
def test_a_return_level_is_the_least_loss_that_is_exceeded_no_more_often(
    law: LossLaw, payment: Payment
) -> None:
    source = EventSource(
        Frequency(FrequencyLaw.POISSON, 0.8), ((1.0, payment.held_from(1.0), law),)
    )
    largest, years = largest_of([source]), (2, 5, 10, 50, 200, 1000)
    for span, level in zip(years, largest.return_levels(years), strict=True):
        at, below = largest.exceedance(np.array([level, level * (1 - 1e-7)]))
        assert at <= 1 / span + 1e-12
        assert below > 1 / span or level == 0
