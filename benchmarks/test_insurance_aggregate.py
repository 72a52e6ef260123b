"""Speed of the law of one year: Poisson events, a lognormal loss, a layer, 2^14 cells and half.

The goal is the whole law with its exact moments in 5 ms. Beside it the transforms alone in numpy,
which no way through the Fourier transform undercuts, and two libraries for the same law.
"""

import numpy as np
import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from app.finance.case.cover.perils import FrequencyLaw
from app.finance.insurance.aggregate import EventSource, panjer_law, year_law
from app.finance.insurance.frequency import Frequency
from app.finance.insurance.payment import Payment
from app.finance.insurance.second_engine import engine_check
from app.finance.insurance.smooth_laws import Beta, Lognormal

GROUP = "law of a year, one source (goal: 5 ms)"
CELLS = 2**14
"""The usual grid of a loss with a density."""
MEAN = 0.7279029446925819
"""E[S] in closed form: case R01 of tests/cases/insurance_reference.csv."""


def events() -> EventSource:
    """The reference layer, built anew so that nothing is remembered from the call before."""
    layer = Payment.whole().above(0.2).capped(5.0)
    return EventSource(
        Frequency(FrequencyLaw.POISSON, 0.8), ((1.0, layer, Lognormal.of(1.2, 1.5)),)
    )


@pytest.mark.benchmark(group=GROUP)
def test_the_law_of_a_year(benchmark: BenchmarkFixture) -> None:
    assert benchmark(lambda: year_law([events()])).mean == pytest.approx(MEAN, rel=1e-9)


@pytest.mark.benchmark(group=GROUP)
def test_the_law_of_a_year_with_its_measures(benchmark: BenchmarkFixture) -> None:
    """With a limit of the year, moments, seven quantiles and seven tail values."""

    def measured() -> float:
        year = year_law([events()]).with_year_terms(limit=8.0)
        levels = (0.5, 0.75, 0.9, 0.95, 0.98, 0.99, 0.995)
        return year.sd + year.skewness + sum(year.quantile(p) + year.tvar(p) for p in levels)

    assert benchmark(measured) > 0


@pytest.mark.benchmark(group=GROUP)
def test_lower_bound_transforms_in_numpy(benchmark: BenchmarkFixture) -> None:
    chances = np.full(CELLS, 1.0 / CELLS)

    def transformed() -> float:
        inner = np.exp(0.8 * (np.fft.rfft(chances) - 1))
        return float(np.fft.irfft(inner, CELLS).sum())

    assert benchmark(transformed) == pytest.approx(1.0)


@pytest.mark.benchmark(group=GROUP)
def test_peer_gemact_by_transform(benchmark: BenchmarkFixture) -> None:
    """2^14 cells, after its import: the second engine of a quote."""
    check = benchmark(lambda: engine_check(events()))
    assert check is not None
    assert check.mean_yuan == pytest.approx(MEAN, rel=1e-8)


@pytest.mark.benchmark(group=GROUP)
def test_peer_aggregate(benchmark: BenchmarkFixture) -> None:
    aggregate = pytest.importorskip(
        "aggregate", reason="the peer needs 42 packages: measured in an environment of its own"
    )
    program = "agg R01 0.8 claims sev lognorm 1.2 cv 1.5 occurrence ceded to 5 xs 0.2 poisson"
    found = benchmark(lambda: aggregate.build(program, bs=1 / 512, log2=15))
    assert found.est_m == pytest.approx(MEAN, rel=1e-4)


@pytest.mark.benchmark(group="other ways to the law of a year")
def test_panjer_with_8192_cells(benchmark: BenchmarkFixture) -> None:
    law = benchmark(lambda: panjer_law(events(), step=5 / 1280, cells=2**13))
    assert law.mean == pytest.approx(MEAN, rel=1e-9)


@pytest.mark.benchmark(group="other ways to the law of a year")
def test_ten_sources_of_six_months_each(benchmark: BenchmarkFixture) -> None:
    """Sixty payments of a beta damage: ten perils on a stock that grows by the month."""

    def grown() -> float:
        months = [
            Payment.whole().above(1e5).capped(2e6).scaled(value * 5e5).held_from(1.0)
            for value in range(1, 7)
        ]
        law = Beta.of(0.3, 0.8)
        parts = tuple((1 / 6, payment, law) for payment in months)
        number = Frequency(FrequencyLaw.POISSON, 0.2)
        return year_law([EventSource(number, parts) for _ in range(10)]).mean

    assert benchmark(grown) > 0
