"""The fitted index against closed forms, quadrature, enumeration and simulation."""

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.special import exp1
from scipy.stats import genpareto, poisson

from app.finance.case.cover.index_inputs import EventsPaid, Excess, IndexCover, IndexPricing
from app.finance.case.cover.index_tables import Direction
from app.finance.errors import DomainError
from app.finance.insurance.index import compute_index
from app.finance.insurance.index_cautions import index_cautions
from app.finance.insurance.index_season import entire_integral
from app.finance.insurance.part_results import FittedIndex, IndexResult
from app.i18n import translator
from app.messages import notice_text
from app.messages.insurance_refusals import INSURANCE_EXPECTED
from tests.case_table import case_table
from tests.unit.finance.index_covers import bands, cover, linear, reading, trigger

REFERENCE = case_table("insurance_reference")
STEPS = {24.5: 0.1, 28.5: 0.2, 32.7: 0.4, 37.0: 0.6, 41.5: 1.0}
RATE, START, SCALE = 0.77, 17.2, 7.0


def modelled(**changes: Any) -> IndexCover:
    """Return the cover of R37: wind above 17.2 m/s exponential with mean 7, 0.77 storms a year."""
    terms: dict[str, Any] = {
        "bands": bands(STEPS),
        "pricing": IndexPricing.FITTED,
        "events_per_year": RATE,
        "fit_threshold": START,
        "excess_law": Excess.EXPONENTIAL,
        "excess_scale": SCALE,
    }
    return cover(**{**terms, **changes})


def fitted(index: IndexCover) -> FittedIndex:
    model = compute_index(index, modelled={}, seed=1)[0].fitted
    assert model is not None
    return model


def expected(name: str) -> float:
    return float(REFERENCE[name]["expected"].split()[0].rstrip(";"))


def tail(value: float) -> float:
    return math.exp(-(value - START) / SCALE)


def test_r37_steps_on_the_largest_event() -> None:
    assert fitted(modelled()).pure_share == pytest.approx(expected("R37"), abs=1e-6)


def test_r39_a_line_on_the_largest_event() -> None:
    line = modelled(triggers=(linear(20.8, 41.5),), bands=())
    assert fitted(line).pure_share == pytest.approx(expected("R39"), abs=1e-6)


def every_event(cap: float | None) -> float:
    """Return the expected payout of every event, by adding up the numbers of events."""
    edges = [*STEPS, math.inf]
    chances = np.zeros(11)
    for place, share in enumerate(STEPS.values()):
        chances[round(10 * share)] = tail(edges[place]) - tail(edges[place + 1])
    chances[0] = 1 - chances.sum()
    total, one = 0.0, np.ones(1)
    for count in range(40):
        paid = np.arange(one.size) / 10
        paid = paid if cap is None else np.minimum(paid, cap)
        total += float(poisson.pmf(count, RATE)) * float(one @ paid)
        one = np.convolve(one, chances)
    return total


@pytest.mark.parametrize("cap", [1.0, 0.55, None])
def test_every_event_paid_agrees_with_adding_up_the_numbers_of_events(cap: float | None) -> None:
    index = modelled(events_paid=EventsPaid.EVERY, season_cap_share=cap)
    assert fitted(index).pure_share == pytest.approx(every_event(cap), abs=1e-9)


def test_the_clause_moves_the_price_by_five_to_eight_percent() -> None:
    largest, capped = fitted(modelled()), fitted(modelled(events_paid=EventsPaid.EVERY))
    free = fitted(modelled(events_paid=EventsPaid.EVERY, season_cap_share=None))
    prices = [round(one.pure_share, 4) for one in (largest, capped, free)]
    assert prices == [0.0725, 0.0763, 0.0780]


def test_the_first_event_pays_as_often_as_there_is_one_that_pays() -> None:
    mean = sum(
        rise * tail(value)
        for value, rise in zip(STEPS, np.diff([0.0, *STEPS.values()]), strict=True)
    )
    reached = tail(24.5)
    exact = (1 - math.exp(-RATE * reached)) * mean / reached
    first = fitted(modelled(events_paid=EventsPaid.FIRST))
    assert first.pure_share == pytest.approx(exact, rel=1e-12)


@pytest.mark.parametrize("shape", [-0.3, -0.05, 0.0, 0.2, 0.6])
@pytest.mark.parametrize("minimum", [0.0, 0.15])
def test_a_line_under_a_generalised_pareto_agrees_with_quadrature(
    shape: float, minimum: float
) -> None:
    law = genpareto(shape, loc=START, scale=SCALE)

    def season(value: float) -> float:
        return float(-np.expm1(-RATE * law.sf(value)))

    a, c = 20.8, 41.5
    floor = a + minimum * (c - a)
    end = min(c, START - SCALE / shape) if shape < 0 else c
    whole, _ = quad(season, floor, end, epsabs=1e-13)
    index = modelled(
        triggers=(linear(a, c),),
        bands=(),
        excess_law=Excess.GPD,
        excess_shape=shape,
        event_minimum_share=minimum,
    )
    exact = minimum * season(a) + whole / (c - a)
    assert fitted(index).pure_share == pytest.approx(exact, abs=1e-9)


@pytest.mark.parametrize("paid", list(EventsPaid))
@pytest.mark.parametrize("form", ["steps", "line"])
def test_the_simulation_agrees_within_three_standard_errors(paid: EventsPaid, form: str) -> None:
    line = {} if form == "steps" else {"triggers": (linear(20.8, 41.5),), "bands": ()}
    index = modelled(events_paid=paid, season_cap_share=0.9, **line)
    model = fitted(index)
    assert model.simulated_share is not None
    assert model.standard_error is not None
    assert abs(model.simulated_share - model.pure_share) < 3 * model.standard_error
    result, law, _ = compute_index(index, modelled={}, seed=1)
    assert law.mean == pytest.approx(result.pure_premium_yuan, rel=1e-12)
    assert law.quantile(1.0) <= 900 + 1e-9
    assert law.p_zero == pytest.approx(
        math.exp(-RATE * tail(24.5 if form == "steps" else 20.8)), rel=1e-9
    )


def test_below_a_trigger_the_model_is_the_same_upside_down() -> None:
    turned = modelled(
        triggers=(trigger(direction=Direction.BELOW),),
        bands=bands({-value: share for value, share in STEPS.items()}),
        fit_threshold=-START,
    )
    assert fitted(turned).pure_share == pytest.approx(expected("R37"), abs=1e-6)


def test_no_events_or_a_cap_of_nothing_cost_nothing() -> None:
    for change in ({"events_per_year": 0.0}, {"season_cap_share": 0.0}):
        result, law, _ = compute_index(modelled(**change), modelled={}, seed=1)
        assert result.pure_premium_yuan == law.mean == 0
        assert law.p_zero == 1


@settings(max_examples=60, deadline=None)
@given(z=st.floats(0, 60))
def test_the_entire_exponential_integral_is_e1_and_a_logarithm(z: float) -> None:
    whole, _ = quad(lambda t: -math.expm1(-t) / t if t else 1.0, 0, z, limit=200)
    assert float(entire_integral(np.array([z]))[0]) == pytest.approx(whole, rel=1e-8, abs=1e-12)
    if z > 0.1:
        assert whole == pytest.approx(exp1(z) + math.log(z) + np.euler_gamma, rel=1e-7)


def history(count: int = 60, **changes: Any) -> IndexCover:
    """Return 40 years with this many storms above 17.2, drawn from the law of R37."""
    rng = np.random.default_rng(3)
    years, days = rng.integers(1985, 2025, count), rng.integers(0, 120, count)
    values = START + rng.exponential(SCALE, count)
    storms = tuple(
        reading(f"{year}-{4 + day // 30:02d}-{1 + day % 28:02d}", float(value), event=str(place))
        for place, (year, day, value) in enumerate(zip(years, days, values, strict=True))
    )
    terms: dict[str, Any] = {
        "readings": storms,
        "first_year": 1985,
        "last_year": 2024,
        "events_per_year": None,
        "excess_scale": None,
        "excess_law": Excess.GPD,
    }
    return modelled(**{**terms, **changes})


def test_the_fit_is_that_of_greatest_likelihood() -> None:
    index = history()
    model = fitted(index)
    above = np.array([one.value for one in index.readings]) - START
    shape, _, scale = genpareto.fit(above, floc=0)
    assert model.shape == pytest.approx(shape, abs=1e-3)
    assert model.scale == pytest.approx(scale, rel=1e-3)
    assert model.events_per_year == 60 / 40
    assert model.exceedances == 60
    exponential = fitted(history(excess_law=Excess.EXPONENTIAL))
    assert exponential.scale == pytest.approx(above.mean())


def told(index: IndexCover) -> tuple[IndexResult, set[str]]:
    result = compute_index(index, modelled={}, seed=1)[0]
    notices = list(index_cautions(index, result))
    assert all("{" not in notice_text(notice, translator("en")) for notice in notices)
    return result, {notice.code for notice in notices}


def test_nine_values_above_the_threshold_carry_no_fit() -> None:
    with pytest.raises(DomainError) as refused:
        compute_index(history(9), modelled={}, seed=1)
    assert refused.value.code == "index_few_exceedances"
    assert refused.value.code in INSURANCE_EXPECTED
    assert (refused.value.facts["count"], refused.value.facts["least"]) == (9, 10)
    result, codes = told(history(9, pricing=IndexPricing.BURN))
    assert result.fitted is None
    assert "index_few_exceedances" in codes
    assert fitted(history(10)).exceedances == 10


def test_values_that_are_all_the_same_carry_no_fit() -> None:
    same = tuple(reading(f"{year}-08-01", 25.0) for year in range(1985, 2000))
    result, codes = told(history(readings=same, pricing=IndexPricing.BURN))
    assert result.fitted is None
    assert "index_same_exceedances" in codes


def test_a_tail_without_a_mean_carries_no_fit() -> None:
    heavy = START + 7 * ((1 - np.arange(0.5, 30) / 30) ** -1.6 - 1) / 1.6
    winds = tuple(
        reading(f"{1985 + place}-08-01", float(value)) for place, value in enumerate(heavy)
    )
    _, codes = told(history(readings=winds, pricing=IndexPricing.BURN))
    assert "index_infinite_mean" in codes
    assert "index_infinite_mean" in INSURANCE_EXPECTED


def test_a_law_that_ends_just_beyond_the_history_is_told() -> None:
    even = tuple(reading(f"{1985 + place}-08-01", START + place) for place in range(1, 21))
    _, codes = told(history(readings=even))
    assert "index_fit_irregular" in codes


def test_a_simulation_that_does_not_agree_is_told() -> None:
    result = compute_index(modelled(), modelled={}, seed=1)[0]
    assert result.fitted is not None
    wrong = replace(result, fitted=replace(result.fitted, simulated_share=0.1))
    assert "index_simulation_apart" in {one.code for one in index_cautions(modelled(), wrong)}


def test_entered_figures_need_no_history() -> None:
    result, codes = told(modelled())
    assert result.history == ()
    assert result.burn_share is None
    assert codes == {"index_averaging_missing"}


def test_a_fit_far_from_the_history_is_told() -> None:
    _, codes = told(history(excess_law=Excess.EXPONENTIAL, excess_scale=20.0))
    assert "index_fit_far_from_burn" in codes
    assert "index_fit_far_from_burn" not in told(history())[1]
