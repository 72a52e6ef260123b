"""The own history: years on today's values and terms, burning cost, credibility."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.finance.case.cover.experience_inputs import (
    ClassLine,
    ClassMean,
    Estimator,
    Experience,
    LossLine,
    history_years,
    listed_years,
)
from app.finance.case.cover.heads import ShareOn
from app.finance.errors import DomainError
from app.finance.insurance.burn import burn_of
from app.finance.insurance.experience import compute_experience
from app.finance.insurance.part_results import ExperienceResult
from app.finance.insurance.premium_build import gross_premium
from tests.unit.finance.claim_policies import head_of, on_risk, policy_of


def history(losses: list[LossLine], **fields: Any) -> Experience:
    return Experience(losses=tuple(losses), **fields)


def computed(experience: Experience, *, seed: int = 1, **terms: Any) -> ExperienceResult:
    """Return the history on the terms of one head of a million yuan."""
    exposures = on_risk(policy_of([head_of(**terms)]))
    found, _ = compute_experience(experience, exposures, sum_insured_yuan=1e6, seed=seed)
    return found


def test_years_between_the_first_and_the_last_without_a_line_are_years_without_loss() -> None:
    found = computed(history([LossLine(2018, 100_000.0), LossLine(2021, 300_000.0)]))
    assert [year.rate for year in found.years] == pytest.approx([0.1, 0.0, 0.0, 0.3])
    assert found.observed_years == 4
    assert found.paying_years == 2
    assert found.burn_rate == pytest.approx(0.1)
    assert found.pure_premium_yuan == pytest.approx(100_000.0)


def test_years_without_data_are_not_years_without_loss() -> None:
    lines = [LossLine(2018, 100_000.0), LossLine(2021, 300_000.0)]
    found = computed(history(lines, missing_years="2019, 2020"))
    assert found.observed_years == 2
    assert [year.observed for year in found.years] == [True, False, False, True]
    assert found.burn_rate == pytest.approx(0.2)


def test_the_history_may_begin_before_its_first_loss_and_end_after_its_last() -> None:
    found = computed(history([LossLine(2018, 90_000.0)], first_year=2016, last_year=2024))
    assert found.observed_years == 9
    assert found.burn_rate == pytest.approx(0.01)


def test_a_loss_is_indexed_developed_and_brought_to_the_sum_insured_of_today() -> None:
    line = LossLine(2020, 50_000.0, exposure_yuan=500_000.0, index=1.2, development=1.5)
    found = computed(history([line]))
    assert found.years[0].indexed_loss_yuan == pytest.approx(50_000 * 1.2 * 1.5 * 2)
    assert found.years[0].exposure_yuan == 500_000.0
    assert found.burn_rate == pytest.approx(0.18)


def test_events_go_through_the_terms_of_the_head_and_their_sum_through_those_of_the_year() -> None:
    lines = [
        LossLine(2020, 60_000.0, event="Maysak"),
        LossLine(2020, 60_000.0, event="Maysak"),
        LossLine(2020, 90_000.0),
        LossLine(2020, 400_000.0),
    ]
    terms: dict[str, Any] = {
        "deductible_yuan": 100_000.0,
        "event_limit_yuan": 200_000.0,
        "share": 0.5,
    }
    found = computed(history(lines), **terms)
    assert found.years[0].events == 3
    assert found.years[0].as_if_yuan == pytest.approx(0.5 * (20_000 + 0 + 200_000))
    limited = computed(history(lines), **terms, year_deductible_yuan=5_000.0, reinstatements=0)
    assert limited.years[0].as_if_yuan == pytest.approx(100_000)
    shared = computed(
        history(lines), year_limit_yuan=300_000.0, share=0.25, share_on=ShareOn.YEAR,
    )  # fmt: skip
    assert shared.years[0].as_if_yuan == pytest.approx(75_000)


def test_a_named_head_brings_its_own_sum_insured_and_its_rate_is_taken_for_the_policy() -> None:
    policy = policy_of([head_of("kelp"), head_of("oysters", 200_000.0, deductible_yuan=10_000.0)])
    losses = history([LossLine(2020, 50_000.0)], head="oysters")
    found, _ = compute_experience(losses, on_risk(policy), sum_insured_yuan=1.2e6, seed=1)
    assert found.burn_rate == pytest.approx(0.2)
    assert found.pure_premium_yuan == pytest.approx(240_000)
    whole, _ = compute_experience(
        history([LossLine(2020, 60_000.0)]), on_risk(policy), sum_insured_yuan=1.2e6, seed=1
    )
    assert whole.burn_rate == pytest.approx(0.05)


def test_error_and_bootstrap_are_those_of_the_mean_of_the_years() -> None:
    rates = np.array([0.0, 0.0, 0.1, 0.0, 0.3, 0.0, 0.05, 0.0, 0.0, 0.2])
    found = burn_of(rates, seed=7)
    assert found.error == pytest.approx(rates.std(ddof=1) / np.sqrt(10))
    assert found.low is not None
    assert found.high is not None
    assert 0 <= found.low < found.rate < found.high <= 0.3
    spread = rates.std() / np.sqrt(10)
    assert found.high - found.low == pytest.approx(2 * 1.645 * spread, rel=0.1)
    assert burn_of(rates, seed=7) == found
    assert burn_of(rates, seed=8).low != found.low or burn_of(rates, seed=8).high != found.high
    assert burn_of(rates[:1], seed=7).error is None


def test_own_rate_and_class_are_weighted_by_the_years_seen() -> None:
    lines = [LossLine(2022, 100_000.0), LossLine(2023, 0.0), LossLine(2024, 260_000.0)]
    given_class: dict[str, Any] = {
        "class_rate": 0.1, "process_variance": 0.04, "mean_variance": 0.01,
        "estimator": Estimator.GIVEN,
    }  # fmt: skip
    found = computed(history(lines, **given_class)).credibility
    assert found is not None
    assert found.k == pytest.approx(4.0)
    assert found.z == pytest.approx(3 / 7)
    assert found.credibility_rate == pytest.approx(3 / 7 * 0.12 + 4 / 7 * 0.1)


CLASS = tuple(
    ClassLine(name, year, value, exposure)
    for name, lines in {
        "A": ((0.0, 1.0), (1.0, 2.0), (1.0, 2.0), (1.5, 2.0)),
        "B": ((0.0, 2.0), (1 / 3, 3.0), (0.5, 4.0)),
    }.items()
    for year, (value, exposure) in enumerate(lines, start=2020)
)


def test_a_member_of_the_class_can_stand_for_the_policy() -> None:
    experience = Experience(
        class_lines=CLASS, own_member="A", estimator=Estimator.UNBIASED,
        class_mean=ClassMean.EXPOSURE,
    )  # fmt: skip
    found = computed(experience)
    assert found.burn_rate == pytest.approx(1.0)
    assert found.observed_years == 4
    assert found.paying_years == 3
    assert found.credibility is not None
    assert found.credibility.credibility_rate == pytest.approx(0.9139, abs=1e-4)


def test_the_own_history_is_added_to_the_lines_of_the_class() -> None:
    own = [LossLine(2020 + place, 1e4 * loss, 1e6) for place, loss in enumerate((1.0, 3.0, 2.0))]
    lines = tuple(
        ClassLine("other", 2020 + place, value, 2e6)
        for place, value in enumerate((0.05, 0.07, 0.06))
    )
    found = computed(history(own, class_lines=lines, estimator=Estimator.UNBIASED)).credibility
    assert found is not None
    assert [name for name, *_ in found.members] == ["other", ""]
    assert found.own_rate == pytest.approx(0.02)
    assert found.own_rate < found.credibility_rate < found.class_rate


def test_what_a_history_needs_is_refused_by_name() -> None:
    for experience, heads, code in (
        (history([LossLine(2020, 1.0)], head="ice"), [head_of()], "unknown_head"),
        (history([LossLine(2020, 1.0)]), [], "experience_without_heads"),
        (history([]), [head_of()], "no_history"),
        (history([LossLine(2020, 1.0)], own_member="C"), [head_of()], "unknown_member"),
    ):
        with pytest.raises(DomainError, match=code):
            compute_experience(experience, on_risk(policy_of(heads)), sum_insured_yuan=1e6, seed=1)


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("", ()),
        ("2011，2009", (2009, 2011)),
        ("2009-2011; 2015", (2009, 2010, 2011, 2015)),
        ("2009、2012至2013", (2009, 2012, 2013)),
    ],
)
def test_years_are_listed_with_commas_or_as_spans(text: str, years: tuple[int, ...]) -> None:
    assert listed_years(text) == years


@pytest.mark.parametrize("text", ["last year", "209", "2011-2009", "2009, 2009", "2009-2011, 2010"])
def test_what_is_no_list_of_years_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=text[:4]):
        listed_years(text)


def test_a_history_without_any_loss_burns_nothing() -> None:
    found = computed(history([], first_year=2010, last_year=2019))
    assert history_years(history([], first_year=2010, last_year=2019))[0] == 2010
    assert (found.burn_rate, found.paying_years, found.observed_years) == (0.0, 0, 10)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.integers(2000, 2010), st.floats(0, 2e6)), min_size=1, max_size=8),
    st.floats(0, 5e5),
    st.floats(1, 5e5),
    st.floats(0, 1e6),
)
def test_the_burn_falls_with_the_deductible_and_rises_with_the_limit(
    losses: list[tuple[int, float]], low: float, more: float, limit: float
) -> None:
    experience = history([LossLine(year, loss) for year, loss in losses])
    base = computed(experience, deductible_yuan=low, event_limit_yuan=limit).burn_rate
    assert computed(
        experience, deductible_yuan=low + more, event_limit_yuan=limit
    ).burn_rate <= base * (1 + 1e-12)
    higher = computed(experience, deductible_yuan=low, event_limit_yuan=limit + more)
    assert higher.burn_rate >= base * (1 - 1e-12)


def test_the_loss_ratio_method_is_the_premium_build_up_on_the_losses_of_the_history() -> None:
    losses, premium = 300_000.0, 500_000.0
    indicated = gross_premium(pure=losses * 1.07, risk_load=0.0, fixed=0.0, shares=0.23 + 0.05)
    assert indicated == pytest.approx(445_833.33, abs=0.01)
    assert indicated / premium - 1 == pytest.approx(-0.108, abs=5e-4)
    assert losses / indicated == pytest.approx(0.673, abs=5e-4)
