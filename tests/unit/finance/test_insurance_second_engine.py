"""The second engine beside ours."""

import builtins
from typing import Any

import pytest

from app.finance.case.cover.perils import FrequencyLaw
from app.finance.insurance.aggregate import EventSource, year_law
from app.finance.insurance.frequency import Frequency
from app.finance.insurance.loss_law import LossLaw
from app.finance.insurance.payment import Payment
from app.finance.insurance.second_engine import engine_check
from app.finance.insurance.smooth_laws import Beta, Gamma, InverseGaussian, Lognormal, Weibull
from app.finance.insurance.tail_laws import Excess, Points
from tests.insurance_sources import layer, poisson, source

LAWS: list[LossLaw] = [
    Lognormal.of(0.4, 1.2),
    Gamma.of(0.4, 0.7),
    Weibull.of(0.4, 1.3),
    InverseGaussian.of(0.4, 0.9),
    Excess(0.0, 0.3, 0.3),
    Excess(0.1, 0.3, 0.2),
    Excess(0.0, 0.4, 0.0),
]
TERMS: dict[str, Any] = {"deductible": 5e4, "limit": 2.5e6, "share": 0.6}


def pledged(frequency: Frequency, law: LossLaw) -> EventSource:
    """Three million yuan on risk, a deductible of a hundred thousand."""
    return source(frequency, layer(1e5, 2.9e6).scaled(3e6).held_from(1.0), law)


@pytest.mark.parametrize("law", LAWS, ids=lambda law: type(law).__name__)
def test_the_second_engine_finds_the_same_year(
    law: LossLaw, capsys: pytest.CaptureFixture[str]
) -> None:
    events = pledged(poisson(0.8), law)
    year = year_law([events]).with_year_terms(**TERMS)
    check = engine_check(events, **TERMS)
    assert check is not None
    assert check.mean_yuan == pytest.approx(year.mean, rel=1e-5)
    assert check.sd_yuan == pytest.approx(year.sd, rel=1e-5)
    assert check.var99_yuan == pytest.approx(year.quantile(0.99), rel=2e-3)
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    "frequency",
    [
        Frequency(FrequencyLaw.NEGATIVE_BINOMIAL, 2.0, 3.0),
        Frequency(FrequencyLaw.BINOMIAL, 0.3),
        poisson(40.0),
    ],
    ids=["negative binomial", "binomial", "many"],
)
def test_the_second_engine_knows_the_laws_of_the_number(frequency: Frequency) -> None:
    events = pledged(frequency, Lognormal.of(0.4, 1.2))
    check = engine_check(events)
    assert check is not None
    assert check.mean_yuan == pytest.approx(events.mean, rel=1e-6)
    assert check.sd_yuan == pytest.approx(events.variance**0.5, rel=1e-5)


def test_what_the_second_engine_does_not_know_has_no_check() -> None:
    lognormal = Lognormal.of(0.4, 1.2)
    jump = layer(0.0, 0.5).plus(layer(0.2, 0.3))
    for events in (
        pledged(poisson(0.8), Points.fixed(0.5)),
        pledged(poisson(0.8), Beta.of(0.3, 0.8)),
        source(poisson(0.8), jump, lognormal),
        source(poisson(0.8), Payment.whole(), lognormal),
        EventSource(poisson(0.8), pledged(poisson(0.8), lognormal).parts * 2),
    ):
        assert engine_check(events) is None


def test_a_quote_does_without_the_second_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *args: Any, **kwargs: Any) -> Any:
        if name == "gemact":
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without)
    assert engine_check(pledged(poisson(0.8), LAWS[0])) is None
