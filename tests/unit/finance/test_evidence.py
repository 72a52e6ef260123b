"""Price evidence, against the statistics published with the twelve Chinese prices."""

import math
from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
import pytest
from scipy import stats

from app.finance.errors import DomainError
from app.finance.valuation.evidence import LEAST_COUNT, price_evidence, spread_of
from app.finance.valuation.robust import (
    median_interval,
    modified_z_scores,
    robust_sigma,
    weighted_median,
)
from app.services.case_file import CaseRefused, validate
from tests.unit.finance import seen_deals as seen
from tests.unit.finance.seen_deals import ALL_COUNT, case_with, evidence_of, excluded


def prices_on(days: int, prices: Sequence[float], **more: object) -> list[dict[str, Any]]:
    return [
        {"day": date(2025, 1, 1 + (n + days) % 28).isoformat(), "price": price, **more}
        for n, price in enumerate(prices)
    ]


def codes_of(document: dict[str, Any]) -> set[tuple[str, str]]:
    with pytest.raises(CaseRefused) as refused:
        validate(document)
    return {(problem.path, problem.code) for problem in refused.value.problems}


def test_the_twelve_published_prices_have_the_published_spread(document: dict[str, Any]) -> None:
    lines = [*seen.MARKET_DEALS, *seen.COURT_DEALS]
    spread = evidence_of(case_with(document, lines, **ALL_COUNT)).spread
    assert (spread.count, spread.lowest, spread.highest) == (12, 8, 1000)
    assert spread.median == pytest.approx(96)
    assert spread.log_sd == pytest.approx(1.3, abs=0.05)


def test_the_eight_market_deals_have_the_published_mean_by_volume(
    document: dict[str, Any],
) -> None:
    every = evidence_of(case_with(document, seen.MARKET_DEALS, **ALL_COUNT)).spread
    assert every.volume_weighted == pytest.approx(84.5, abs=0.05)
    spot = [line for line in seen.MARKET_DEALS if line is not seen.HUIDONG]
    without = evidence_of(case_with(document, spot, **ALL_COUNT)).spread
    assert without.volume_weighted == pytest.approx(76.8, abs=0.05)


def test_five_mangrove_market_deals_have_the_published_centre(document: dict[str, Any]) -> None:
    found = evidence_of(case_with(document, seen.MANGROVE_MARKET_DEALS, **ALL_COUNT))
    spread = found.spread
    assert (spread.count, spread.lowest, spread.median, spread.highest) == (5, 66, 100, 485)
    assert spread.geometric_mean == pytest.approx(126, abs=0.5)
    assert found.conclusion_yuan_t == 100
    assert (found.low_yuan_t, found.high_yuan_t) == (66, 485)


def test_three_fishery_deals_have_a_range_and_no_centre(document: dict[str, Any]) -> None:
    found = evidence_of(case_with(document, seen.FISHERY_MARKET_DEALS))
    spread = found.spread
    assert (spread.count, spread.lowest, spread.highest) == (3, 8, 106)
    centre = (spread.median, spread.mean, spread.geometric_mean, spread.volume_weighted)
    assert (*centre, spread.mad, spread.log_sd) == (None,) * 6
    assert found.conclusion_yuan_t is found.low_yuan_t is found.high_yuan_t is None
    assert found.weighted_yuan_t == pytest.approx((8 + 18.5 + 106) / 3)


def test_court_and_public_benefit_prices_are_the_upper_bound_alone(
    document: dict[str, Any],
) -> None:
    lines = [*seen.MARKET_DEALS, *seen.COURT_DEALS]
    found = evidence_of(case_with(document, lines))
    assert excluded(found)[3] == "forward"
    assert excluded(found)[7:] == ["public_benefit", "court", "court", "court", "court"]
    assert found.upper_bound_yuan_t == 1000
    assert found.spread.highest == 110
    futian = evidence_of(case_with(document, seen.MARKET_DEALS))
    assert futian.upper_bound_yuan_t == 485
    assert evidence_of(case_with(document, seen.MARKET_DEALS, **ALL_COUNT)).upper_bound_yuan_t is (
        None
    )


def test_a_judicial_purpose_is_a_court_price_whatever_the_method(document: dict[str, Any]) -> None:
    lines = prices_on(0, [90, 100], method="auction", purpose="judicial")
    assert excluded(evidence_of(case_with(document, lines))) == ["court", "court"]


def test_the_first_reason_in_the_fixed_order_is_the_one_that_is_named(
    document: dict[str, Any],
) -> None:
    late = {"day": "2026-03-05", "price": 500.0}
    every = {"method": "court", "delivery": "forward", "verified": False, "k_place": 0.5}
    lines = [
        {**late, **every, "left_out": "one buyer only"},
        {**late, **every},
        {**late, **every, "day": "2026-03-04"},
        {**late, **every, "day": "2026-03-04", "method": "public_benefit"},
        {**late, **every, "day": "2026-03-04", "method": "listing"},
        {**late, **every, "day": "2026-03-04", "method": "listing", "delivery": "spot"},
        {"day": "2026-03-04", "price": 500.0, "k_place": 0.5},
        {"day": "2026-03-04", "price": 501.0, "weight": 0},
    ]
    found = evidence_of(case_with(document, lines))
    assert excluded(found) == [
        "by_hand",
        "after_valuation",
        "court",
        "public_benefit",
        "forward",
        "unverified",
        "single_limit",
        "no_weight",
    ]
    assert found.comparables[0].reason == "one buyer only"
    assert found.comparables[6].facts == {"factor": "k_place", "share": 0.5, "limit": 0.2}
    assert found.spread.count == 0
    assert found.weighted_yuan_t is None


def test_factors_multiply_and_weights_are_normalised(document: dict[str, Any]) -> None:
    lines = [
        {"day": "2025-01-01", "price": 100, "k_place": 0.1, "k_purpose": -0.2, "weight": 3},
        {"day": "2025-01-02", "price": 80, "k_type": 0.05, "k_volume": 0.02, "k_vintage": -0.03},
    ]
    found = evidence_of(case_with(document, lines))
    first, second = found.comparables
    assert first.adjusted_yuan_t == pytest.approx(88)
    assert second.adjusted_yuan_t == pytest.approx(80 * 1.05 * 1.02 * 0.97)
    assert (first.weight, second.weight) == (0.75, 0.25)
    assert found.weighted_yuan_t == pytest.approx(0.75 * 88 + 0.25 * 80 * 1.05 * 1.02 * 0.97)


def test_the_limits_hold_one_adjustment_and_all_together(document: dict[str, Any]) -> None:
    lines = [
        {"day": "2025-01-01", "price": 100, "k_place": 0.2},
        {"day": "2025-01-02", "price": 100, "k_place": -0.21},
        {"day": "2025-01-03", "price": 100, "k_place": 0.2, "k_type": 0.1},
        {"day": "2025-01-04", "price": 100, "k_place": 0.2, "k_type": -0.2},
    ]
    found = evidence_of(case_with(document, lines))
    assert excluded(found) == ["", "single_limit", "total_limit", ""]
    assert found.comparables[2].facts["share"] == pytest.approx(0.32)
    wider = evidence_of(case_with(document, lines, single_limit=0.25, total_limit=0.35))
    assert excluded(wider) == ["", "", "", ""]


def test_the_series_brings_lianjiang_to_the_valuation_date(document: dict[str, Any]) -> None:
    """CEA 57.46 on 2022-01-21 and 81.29 in the week of 2026-03-04."""
    shared = {"time_adjustment": "series", "series": seen.CEA, "series_name": "CEA"}
    found = evidence_of(case_with(document, [seen.LIANJIANG], **shared))
    line = found.comparables[0]
    assert line.factors["k_time"] == pytest.approx(81.29 / 57.46)
    assert line.price_at_date_yuan_t == pytest.approx(8 * 1.41472, abs=1e-4)
    assert (line.excluded, line.facts["factor"]) == ("single_limit", "k_time")
    wide = evidence_of(
        case_with(document, [seen.LIANJIANG], **shared, single_limit=1, total_limit=1)
    )
    assert excluded(wide) == [""]


def test_a_line_that_counts_needs_the_series_and_one_left_out_does_not(
    document: dict[str, Any],
) -> None:
    """Zhanjiang was sold before the national market opened."""
    shared = {"time_adjustment": "series", "series": seen.CEA}
    with pytest.raises(DomainError) as refused:
        evidence_of(case_with(document, [seen.ZHANJIANG], **shared))
    assert refused.value.code == "outside_series"
    assert refused.value.facts["path"] == "appraisal.evidence.comparables.0.day"
    left_out = seen.ZHANJIANG | {"left_out": "before the series"}
    line = evidence_of(case_with(document, [left_out], **shared)).comparables[0]
    assert (line.factors["k_time"], line.brought_to_date) == (1, False)


def test_a_gap_in_the_series_is_refused_only_where_a_price_is_needed(
    document: dict[str, Any],
) -> None:
    shared = {"time_adjustment": "series", "series": seen.CEA}
    with pytest.raises(DomainError) as refused:
        evidence_of(case_with(document, [seen.WANNING], **shared))
    assert refused.value.code == "series_gap"
    assert refused.value.facts["days"] == 394
    bridged = evidence_of(case_with(document, [seen.WANNING], **shared, series_gap_days=400))
    assert bridged.comparables[0].factors["k_time"] == pytest.approx(
        81.29 / (57 + (92.99 - 57) * 22 / 394)
    )


def test_a_foreign_price_takes_the_last_rate_up_to_its_day(document: dict[str, Any]) -> None:
    """Climate Impact X auction of 2022-11-04 at USD 27.80."""
    lines = [{"day": "2022-11-04", "price": 27.8, "currency": "USD"}]
    rates = [
        {"currency": "USD", "day": "2022-11-05", "yuan": 7.5},
        {"currency": "USD", "day": "2022-11-03", "yuan": 7.2},
        {"currency": "USD", "day": "2022-06-01", "yuan": 6.7},
    ]
    line = evidence_of(case_with(document, lines, fx=rates)).comparables[0]
    assert line.fx_yuan == 7.2
    assert line.price_yuan_t == pytest.approx(200.16)


def test_two_currencies_without_a_rate_are_refused_by_currency_and_day(
    document: dict[str, Any],
) -> None:
    lines = [*seen.FISHERY_MARKET_DEALS, {"day": "2022-11-04", "price": 27.8, "currency": "USD"}]
    refused = case_with(document, lines)
    with pytest.raises(CaseRefused) as found:
        validate(refused)
    problem = found.value.problems[0]
    assert (problem.path, problem.code) == (
        "appraisal.evidence.comparables.3.currency",
        "no_fx_rate",
    )
    assert problem.facts == {"currency": "USD", "day": date(2022, 11, 4)}
    old = [{"currency": "USD", "day": "2021-11-02", "yuan": 6.4}]
    assert ("appraisal.evidence.comparables.3.currency", "fx_rate_too_old") in codes_of(
        case_with(document, lines, fx=old)
    )


def test_a_price_from_evidence_that_is_not_there_is_refused(document: dict[str, Any]) -> None:
    document["appraisal"]["price_basis"] = "evidence"
    assert ("appraisal.evidence", "no_price_evidence") in codes_of(document)


def test_a_deal_that_is_entered_twice_is_refused_unless_one_is_left_out(
    document: dict[str, Any],
) -> None:
    twice = [seen.XIANGSHAN, seen.WANNING, seen.XIANGSHAN]
    assert codes_of(case_with(document, twice)) == {
        ("appraisal.evidence.comparables.2.day", "comparable_twice")
    }
    twice[2] = twice[2] | {"left_out": "the same deal"}
    assert excluded(evidence_of(case_with(document, twice)))[2] == "by_hand"
    numbered = [{**line, "record": "T021"} for line in (seen.XIANGSHAN, seen.WANNING)]
    assert codes_of(case_with(document, numbered)) == {
        ("appraisal.evidence.comparables.1.record", "comparable_twice")
    }


def test_what_makes_rates_weights_and_series_useless_is_refused(document: dict[str, Any]) -> None:
    lines = [{"day": "2025-01-01", "price": 1, "weight": 0}, {**seen.WANNING, "weight": 0}]
    rates = [
        {"currency": "USD", "day": "2025-01-01", "yuan": 7.2},
        {"currency": "USD", "day": "2025-01-01", "yuan": 7.3},
        {"currency": "CNY", "day": "2025-01-01", "yuan": 1},
        {"currency": "us$", "day": "2025-01-01", "yuan": 7.2},
    ]
    series = [
        {"day": "2025-01-02", "price": 0},
        {"day": "2025-01-01", "price": 80},
        {"day": "2025-01-02", "price": 81},
    ]
    shared = {"fx": rates, "time_adjustment": "series", "series": series}
    assert codes_of(case_with(document, lines, **shared)) == {
        ("appraisal.evidence.comparables.0.weight", "weights_all_zero"),
        ("appraisal.evidence.fx.1.day", "fx_twice"),
        ("appraisal.evidence.fx.2.currency", "fx_of_yuan"),
        ("appraisal.evidence.fx.3.currency", "currency_code"),
        ("appraisal.evidence.series.0.price", "series_zero"),
        ("appraisal.evidence.series.2.day", "series_day_twice"),
    }


def test_an_outlier_is_left_out_with_its_score(document: dict[str, Any]) -> None:
    """By hand: logs 4.19, 4.519, 4.605, 4.7, 6.184, median ln 100, MAD ln 1.1."""
    found = evidence_of(
        case_with(document, seen.MANGROVE_MARKET_DEALS, include_court=True, include_forward=True)
    )
    futian = found.comparables[4]
    score = 0.6745 * math.log(4.85) / math.log(1.1)
    assert futian.excluded == "outlier"
    assert futian.z_score == pytest.approx(score)
    assert futian.facts == {"z": pytest.approx(score), "limit": 3.5}
    assert found.spread.count == 4
    assert found.conclusion_yuan_t is None


def test_below_five_prices_nothing_is_an_outlier(document: dict[str, Any]) -> None:
    found = evidence_of(case_with(document, prices_on(0, [100, 101, 102, 9000])))
    assert excluded(found) == ["", "", "", ""]
    assert {line.z_score for line in found.comparables} == {None}


def test_where_most_prices_are_the_same_the_mean_deviation_judges(
    document: dict[str, Any],
) -> None:
    """MAD is 0; mean deviation ln 2 / 6, so z = 6 / 1.253314."""
    found = evidence_of(case_with(document, prices_on(0, [50, 50, 50, 50, 50, 100])))
    assert found.comparables[5].z_score == pytest.approx(6 / 1.253314)
    assert excluded(found)[5] == "outlier"
    assert modified_z_scores([4.0] * 6) == [0.0] * 6


def test_two_outliers_do_not_hide_each_other_from_the_modified_z_score() -> None:
    """By hand: median 2.45, MAD 0.15; plain z-scores of the two ends stay below 2."""
    values = [2.1, 2.6, 2.4, 2.5, 2.3, 2.1, 2.3, 2.6, 8.2, 8.3]
    scores = modified_z_scores(values)
    assert scores[0] == pytest.approx(0.6745 * -0.35 / 0.15, rel=1e-9)
    assert [abs(score) > 3.5 for score in scores] == [False] * 8 + [True, True]


@pytest.mark.parametrize("count", [5, 8, 12, 20, 31, 60])
@pytest.mark.parametrize("confidence", [0.8, 0.9, 0.95])
def test_with_equal_weights_the_interval_is_that_of_the_order_statistics(
    count: int, confidence: float
) -> None:
    """Bounds from the binomial distribution of an independent library."""
    values = [float(n) for n in range(1, count + 1)]
    values = values[1::2] + values[::2]
    found = median_interval(values, [2.5] * count, confidence)
    below = int(stats.binom.ppf((1 - confidence) / 2, count, 0.5))
    rank = max(below if stats.binom.cdf(below, count, 0.5) > (1 - confidence) / 2 else below + 1, 1)
    assert (found.low, found.high) == (rank, count + 1 - rank)
    assert found.coverage == pytest.approx(1 - 2 * stats.binom.cdf(rank - 1, count, 0.5))


def test_five_prices_reach_ninety_three_percent_and_say_so(document: dict[str, Any]) -> None:
    found = evidence_of(case_with(document, prices_on(0, [80, 90, 100, 110, 120]), confidence=0.95))
    assert (found.low_yuan_t, found.high_yuan_t) == (80, 120)
    assert found.coverage == pytest.approx(1 - 2 / 2**5)
    notes = {step.key: step.note for step in found.working}
    assert "whole range" in notes["value.evidence.low"]


def test_the_interval_with_weights_covers_the_median_as_often_as_it_says() -> None:
    """A heavy-tailed distribution with median 1; 4,000 draws of nine prices."""
    draw = np.random.default_rng(20)
    weights = [1, 1, 1, 2, 2, 3, 0.5, 0.5, 4]
    covered = 0
    for _ in range(4000):
        values = [math.exp(value) for value in draw.standard_t(2, len(weights))]
        found = median_interval(values, weights, 0.9)
        covered += found.low <= 1 <= found.high
    expected = median_interval([float(n) for n in range(9)], weights, 0.9).coverage
    assert covered / 4000 >= 0.9 - 3 * math.sqrt(0.09 / 4000)
    assert expected >= 0.9


def test_the_conclusion_is_the_median_where_half_of_the_weight_lies_below(
    document: dict[str, Any],
) -> None:
    lines = prices_on(0, [80, 90, 100, 110, 120])
    lines[4]["weight"] = 5
    found = evidence_of(case_with(document, lines))
    assert found.conclusion_yuan_t == 120
    assert found.spread.median == 100
    assert weighted_median([1, 2, 3, 4], [1, 1, 1, 1]) == 2.5
    assert weighted_median([1, 2, 3], [1, 1, 0]) == 1.5
    assert weighted_median([7], [0.1]) == 7


def test_the_mean_by_volume_needs_five_known_volumes() -> None:
    prices = [80.0, 90, 100, 110, 120, 130]
    assert spread_of(prices, [1, 1, 1, 1, None, None]).volume_weighted is None
    assert spread_of(prices, [1, 1, 1, 1, 6, None]).volume_weighted == pytest.approx(110)
    assert spread_of([], []).count == 0


def test_the_working_shows_each_comparable_and_the_conclusion(document: dict[str, Any]) -> None:
    found = evidence_of(
        case_with(
            document, [*seen.MARKET_DEALS, seen.ZHANGZHOU], include_forward=True, outlier_limit=100
        )
    )
    steps = {step.key: step for step in found.working}
    assert [f"value.evidence.{n}" in steps for n in range(1, 10)] == [True] * 9
    assert steps["value.evidence.8"].note == "It does not count in the centre."
    assert steps["value.evidence"].value == found.conclusion_yuan_t
    assert steps["value.evidence.low"].value == found.low_yuan_t
    assert steps["value.evidence.upper_bound"].value == 1000
    one = {term.symbol: term.value for term in steps["value.evidence.4"].terms}
    assert one["P"] == 91.7
    assert one["k_time"] == 1


def test_without_a_section_there_is_no_evidence_to_compute(document: dict[str, Any]) -> None:
    case = validate(document).case
    assert case.appraisal is not None
    with pytest.raises(DomainError, match="no_price_evidence"):
        price_evidence(case.appraisal, case.project)


def test_the_order_of_the_lines_does_not_matter(document: dict[str, Any]) -> None:
    lines = [*seen.MARKET_DEALS, *seen.COURT_DEALS]
    found = evidence_of(case_with(document, lines, **ALL_COUNT))
    turned = evidence_of(case_with(document, lines[::-1], **ALL_COUNT))
    assert turned.conclusion_yuan_t == found.conclusion_yuan_t
    assert (turned.low_yuan_t, turned.high_yuan_t) == (found.low_yuan_t, found.high_yuan_t)


@pytest.mark.parametrize("count", [5, 6, 9, 30])
def test_the_robust_deviation_is_unbiased_for_few_normal_values(count: int) -> None:
    draw = np.random.default_rng(7)
    found = [robust_sigma(row.tolist()) for row in draw.normal(0, 2, (4000, count))]
    assert sum(found) / len(found) == pytest.approx(2, rel=0.04)
    assert LEAST_COUNT == 5
