"""Payouts of the years of a history, their mean, and the law they make."""

import json
import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from scipy.stats import bootstrap

from app.finance.case.cover.index_inputs import EventsPaid, IndexCover
from app.finance.case.cover.index_tables import GapLine, YearLossLine
from app.finance.insurance.index import compute_index
from app.finance.insurance.index_cautions import index_cautions
from app.finance.insurance.part_results import IndexResult
from app.finance.notices import Severity
from app.i18n import translator
from app.messages import notice_text
from tests.case_table import case_table
from tests.unit.finance.index_covers import bands, cover, reading, trigger, yearly

CASES = case_table("insurance")
WINDS = (9, 11, 8, 13, 10, 12, 7, 14, 10, 11)


def decade(**changes: Any) -> IndexCover:
    terms: dict[str, Any] = {
        "readings": yearly(2015, WINDS),
        "first_year": 2015,
        "last_year": 2024,
        "history_source": "made up",
        "triggers": (trigger(averaging="2-minute mean"),),
    }
    return cover(**{**terms, **changes})


def found(index: IndexCover, seed: int = 1) -> IndexResult:
    return compute_index(index, modelled={}, seed=seed)[0]


def codes(index: IndexCover) -> dict[str, Severity]:
    notices = list(index_cautions(index, found(index)))
    assert all("{" not in notice_text(notice, translator("en")) for notice in notices)
    return {notice.code: notice.severity for notice in notices}


def test_i13_the_payouts_of_ten_years_of_wind() -> None:
    inputs, expected = (json.loads(CASES["I13"][part]) for part in ("inputs", "expected"))
    steps = {float(value): share for value, share in inputs["steps"].items()}
    index = decade(
        readings=yearly(2015, inputs["wind"]),
        bands=bands(steps),
        unit_value_yuan=inputs["sum_insured"],
    )
    result, law, steps_shown = compute_index(index, modelled={}, seed=1)
    assert [year.payout_yuan for year in result.history] == expected["payouts"]
    assert result.pure_premium_yuan == expected["mean"]
    assert law.mean == pytest.approx(expected["mean"], abs=1e-9)
    assert {step.key.rpartition(".")[0] for step in steps_shown} == {"insurance.index"}
    assert [year.events for year in result.history] == [int(x > 0) for x in expected["payouts"]]


def test_the_standard_error_is_sd_over_root_n() -> None:
    result = found(decade())
    shares = np.array([year.payout_share for year in result.history])
    assert result.burn_share == pytest.approx(0.27)
    assert result.burn_error == pytest.approx(shares.std(ddof=1) / math.sqrt(10), rel=1e-12)


def test_the_bootstrap_agrees_with_that_of_scipy() -> None:
    result = found(decade())
    shares = np.array([year.payout_share for year in result.history])
    again = bootstrap(
        (shares,), np.mean, confidence_level=0.9, n_resamples=20_000, method="percentile", rng=7
    ).confidence_interval
    assert result.burn_low == pytest.approx(again.low, abs=0.02)
    assert result.burn_high == pytest.approx(again.high, abs=0.02)
    assert found(decade()) == result
    assert found(decade(), seed=2).burn_share == result.burn_share


def test_years_without_a_line_paid_nothing_and_gaps_are_left_out() -> None:
    longer = decade(last_year=2034)
    assert found(longer).burn_share == pytest.approx(0.27 / 2)
    gaps = tuple(GapLine(year) for year in range(2025, 2035))
    with_gaps = found(replace(longer, gaps=gaps))
    assert with_gaps.burn_share == pytest.approx(0.27)
    assert with_gaps.observed_years == 10
    assert len(with_gaps.history) == 20


def test_the_law_of_a_burn_is_that_of_its_years() -> None:
    _, law, _ = compute_index(decade(), modelled={}, seed=1)
    shares = [0, 200, 0, 700, 100, 400, 0, 1000, 100, 200]
    assert law.mean == pytest.approx(np.mean(shares))
    assert law.sd == pytest.approx(np.std(shares))
    assert law.p_zero == pytest.approx(0.3)
    assert law.quantile(0.9) == pytest.approx(700)
    always = decade(readings=yearly(2015, [12] * 10))
    _, law, _ = compute_index(always, modelled={}, seed=1)
    assert law.mean == pytest.approx(400)
    assert law.p_zero == 0


def test_the_clause_on_events_changes_the_burn() -> None:
    storms = (reading("2024-07-01", 11), reading("2024-08-01", 13), reading("2024-09-01", 12))
    burns = {
        paid: found(decade(readings=storms, first_year=2024, events_paid=paid)).burn_share
        for paid in EventsPaid
    }
    assert burns == {
        EventsPaid.FIRST: pytest.approx(0.2),
        EventsPaid.LARGEST: pytest.approx(0.7),
        EventsPaid.EVERY: pytest.approx(1.0),
    }


def test_the_loss_of_a_year_stands_beside_its_payout() -> None:
    index = decade(losses=(YearLossLine(2018, 0.6),))
    entered = {year.year: year.loss_share for year in found(index).history}
    assert entered[2018] == 0.6
    assert entered[2019] is None


def test_a_history_of_two_years_is_flagged_and_one_year_has_no_error() -> None:
    two = decade(readings=yearly(2023, (12, 13)), first_year=2023)
    assert codes(two)["index_history_of_two_years"] is Severity.RED_FLAG
    one = found(decade(readings=yearly(2024, (12,)), first_year=2024))
    assert one.burn_error is None
    assert one.burn_low == one.burn_share == one.burn_high


def test_fewer_than_three_paying_years_are_no_price() -> None:
    seldom = decade(readings=yearly(2015, (9, 9, 12, 9, 13, 9, 9, 9, 9, 9)))
    assert codes(seldom)["index_few_paying_years"] is Severity.RED_FLAG
    assert codes(seldom)["index_history_short"] is Severity.WARNING
    assert "index_few_paying_years" not in codes(decade())


def test_what_a_signatory_is_told_of_the_history() -> None:
    index = decade(
        triggers=(trigger(),),
        bands=bands({15: 0.4, 17: 0.9}),
        readings=(*yearly(2015, WINDS), reading("2020-01-05", 20)),
        last_year=2025,
        gaps=(GapLine(2025),),
        history_source=" ",
        season_cap_share=None,
    )
    assert set(codes(index)) == {
        "index_averaging_missing",
        "index_payout_not_whole",
        "index_season_without_cap",
        "index_history_short",
        "index_few_paying_years",
        "index_trigger_not_reached",
        "index_gap_years",
        "index_readings_outside_season",
        "index_history_without_source",
    }
    assert "index_season_over_sum" in codes(decade(season_cap_share=2.0))
    assert set(codes(decade())) == {"index_history_short"}
