"""Numbers of events against scipy."""

from typing import Any

import numpy as np
import pytest
from scipy import stats

from app.finance.case.cover.perils import FrequencyLaw
from app.finance.errors import DomainError
from app.finance.insurance.frequency import Frequency

PEERS: list[tuple[Frequency, Any]] = [
    (Frequency(FrequencyLaw.POISSON, 1.7), stats.poisson(1.7)),
    (Frequency(FrequencyLaw.NEGATIVE_BINOMIAL, 1.7, 2.5), stats.nbinom(1.7 / 1.5, 1 / 2.5)),
    (Frequency(FrequencyLaw.BINOMIAL, 0.3), stats.bernoulli(0.3)),
]


@pytest.mark.parametrize(("frequency", "peer"), PEERS, ids=[f.law for f, _ in PEERS])
def test_a_number_of_events_agrees_with_scipy(frequency: Frequency, peer: Any) -> None:
    assert frequency.variance == pytest.approx(peer.var())
    assert frequency.p_zero == pytest.approx(peer.pmf(0))
    counts = np.arange(200)
    z = np.array([0.3 + 0j, 0.9 * np.exp(1j), np.exp(2j)])
    by_sum = (peer.pmf(counts) * z[:, None] ** counts).sum(axis=1)
    assert frequency.generating(z) == pytest.approx(by_sum)
    grown = np.array([0.0, 0.1, 0.3])
    by_sum = (peer.pmf(counts) * (1 + grown[:, None]) ** counts).sum(axis=1)
    assert frequency.log_growth(grown) == pytest.approx(np.log(by_sum))


@pytest.mark.parametrize(("frequency", "peer"), PEERS, ids=[f.law for f, _ in PEERS])
def test_events_that_count_with_a_probability_are_of_the_same_law(
    frequency: Frequency, peer: Any
) -> None:
    """E[(1 - q + q z)^N]: each of N counts with probability q."""
    del peer
    z = np.array([0.0, 0.5, 1.0], dtype=np.complex128)
    thinned = frequency.thinned(0.4)
    assert thinned.mean == pytest.approx(0.4 * frequency.mean)
    assert thinned.generating(z) == pytest.approx(frequency.generating(np.asarray(0.6 + 0.4 * z)))


@pytest.mark.parametrize(("frequency", "peer"), PEERS, ids=[f.law for f, _ in PEERS])
def test_drawn_numbers_have_mean_and_variance_of_the_law(frequency: Frequency, peer: Any) -> None:
    drawn = frequency.drawn(np.random.default_rng(20250701), 100_000)
    error = peer.std() / 100_000**0.5
    assert drawn.mean() == pytest.approx(peer.mean(), abs=3 * error)
    assert (drawn == 0).mean() == pytest.approx(peer.pmf(0), abs=0.005)


def test_a_negative_binomial_grows_without_end_beyond_its_pole() -> None:
    frequency = Frequency(FrequencyLaw.NEGATIVE_BINOMIAL, 1.0, 3.0)
    assert frequency.log_growth(np.array([0.5, 2.0])) == pytest.approx([np.inf, np.inf])


def test_at_most_one_event_a_year_cannot_happen_twice_a_year() -> None:
    with pytest.raises(DomainError, match="at_most_one_event"):
        Frequency(FrequencyLaw.BINOMIAL, 1.2)
