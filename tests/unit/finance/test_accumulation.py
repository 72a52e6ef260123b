"""One event on a book: the insurer's and the lender's view, storms, probable maximum loss."""

from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
import pytest

from app.finance.case.cover.head_tables import StageLine
from app.finance.case.cover.heads import InsuredUnit
from app.finance.case.cover.index_inputs import IndexCover
from app.finance.case.cover.index_tables import BandLine, Measure, PayoutForm, TriggerLine
from app.finance.insurance.accumulation import BookCase, BookPolicy, PledgedRight, case_hits
from app.finance.insurance.accumulation_events import (
    Hits,
    WindAtSites,
    WindCurve,
    footprint,
    one_storm,
    storm_hits,
)
from app.finance.insurance.accumulation_index import IndexReader, averaging_in
from app.finance.insurance.accumulation_totals import (
    ReportedEvent,
    StormLosses,
    probable_maximum,
    reported_hits,
    storm_losses,
    totals,
)
from app.finance.insurance.hazard_sites import SiteWind
from app.finance.insurance.hazard_tracks import Averaging, Tracks, hourly_path
from app.finance.insurance.hazard_wind import Exposure
from tests.unit.finance.event_policies import event_policy

COAST = Exposure.OFF_SEA
LAT, LON = np.array([26.0, 26.0, 30.0]), np.array([120.0, 120.5, 122.0])


def insured(
    place: int, *, value: float = 1000.0, terms: dict[str, Any] | None = None, **fields: Any
) -> BookCase:
    """Return a case with one head at a place of the book."""
    insurance, exposures = event_policy(
        [], values=(value,), terms=terms or {}, **({"events": None} | fields)
    )
    index = place if insurance.index is not None else None
    policy = BookPolicy(insurance, exposures, (((place, 1.0),),), index_place=index)
    return BookCase(f"p{place}", 1, f"policy {place}", policy, None)


def pledged(
    place: int, *, right: float = 900.0, other: float = 100.0, owed: float = 800.0
) -> BookCase:
    """Return a case with a loan on a right at a place and on other security."""
    loan = PledgedRight(owed, lambda gone: right * (1 - gone) + other, ((place, 1.0),))
    return BookCase(f"l{place}", 1, f"loan {place}", None, loan)


def hit_all(damage: float, radius_km: float = 100.0) -> Hits:
    return footprint(LAT, LON, latitude=26.0, longitude=120.0, radius_km=radius_km, damage=damage)


def test_a_footprint_hits_insurers_and_lenders_within_its_radius_only() -> None:
    cases = [insured(0), insured(2), pledged(1), pledged(2)]
    hits = case_hits(cases, hit_all(0.3), 7, None)
    assert [hit.insurer_yuan for hit in hits] == pytest.approx([300, 0, 0, 0])
    assert [hit.lender_yuan for hit in hits] == pytest.approx([0, 0, 270, 0])
    assert hits[2].coverage == pytest.approx(1000 / 800)
    assert hits[2].coverage_after == pytest.approx(730 / 800)
    assert hits[2].distance_km == pytest.approx(49.97, abs=0.05)
    sums = totals(hits)
    assert (sums.policies, sums.policies_hit, sums.loans, sums.loans_hit) == (2, 1, 2, 1)
    assert (sums.insurer_yuan, sums.lender_yuan) == pytest.approx((300, 270))
    assert (sums.beyond_before_yuan, sums.beyond_yuan) == pytest.approx((0, 70))
    assert (sums.insurer_share, sums.lender_share) == pytest.approx((0.15, 0.135))


def test_both_views_of_a_case_stand_in_one_row_and_the_lender_is_paid_by_the_policy() -> None:
    policy = insured(0).policy
    loan = PledgedRight(800.0, lambda gone: 1000.0 * (1 - gone), ((0, 1.0),), gets_insurance=True)
    case = BookCase("b", 1, "both", policy, loan)
    (hit,) = case_hits([case], hit_all(0.5), 7, None)
    assert (hit.insurer_yuan, hit.beneficiary_yuan, hit.lender_yuan) == (500, 500, 500)
    assert totals([hit]).both_hit == 1


def test_terms_of_event_year_and_policy_are_taken_in_their_order() -> None:
    case = insured(
        0,
        terms={"deductible_yuan": 100.0, "year_deductible_yuan": 50.0, "share": 0.5},
        policy_event_limit_yuan=Decimal(120),
    )
    (hit,) = case_hits([case], hit_all(0.6), 7, None)
    # (600 - 100) x 0.5 = 250, less 50 of the year = 200, at most 120.
    assert (hit.ground_up_yuan, hit.insurer_yuan) == (600, 120)


def test_value_on_risk_is_that_of_the_month_and_a_waiting_head_is_not_covered() -> None:
    stages = (StageLine("h0", "grown", 5, 9, 0.4),)
    case = insured(0, stages=stages)
    assert case_hits([case], hit_all(1.0), 7, None)[0].insurer_yuan == 400
    assert case_hits([case], hit_all(1.0), 1, None)[0].insurer_yuan == 0
    assert case.policy is not None
    policy = BookPolicy(
        case.policy.insurance, case.policy.exposures, (((0, 1.0),),), frozenset({0})
    )
    waiting = BookCase("w", 1, "waiting", policy, None)
    assert case_hits([waiting], hit_all(1.0), 7, None)[0].insurer_yuan == 0


def test_a_head_over_several_places_suffers_their_mean_damage() -> None:
    insurance, exposures = event_policy([], values=(1000.0,), events=None)
    policy = BookPolicy(insurance, exposures, (((0, 0.25), (2, 0.75)),))
    (hit,) = case_hits([BookCase("c", 1, "c", policy, None)], hit_all(0.8), 7, None)
    assert hit.insurer_yuan == pytest.approx(200)


def test_a_head_without_a_place_is_not_among_the_values_on_risk() -> None:
    insurance, exposures = event_policy([], values=(1000.0, 500.0), terms={}, events=None)
    policy = BookPolicy(insurance, exposures, (((0, 1.0),), ()))
    hits = footprint(LAT, LON, latitude=26.0, longitude=120.0, radius_km=10.0, damage=0.3)
    (hit,) = case_hits([BookCase("p", 1, "policy", policy, None)], hits, 7, None)
    assert (hit.on_risk_yuan, hit.ground_up_yuan, hit.damage) == pytest.approx((1000, 300, 0.3))


def made_up_tracks() -> Tracks:
    """Two storms: one straight over the first place in August 2006, one far away in May 2010."""
    hours = np.arange(0, 13, 6)
    first = np.datetime64("2006-08-10T00", "s") + hours.astype("timedelta64[h]")
    second = np.datetime64("2010-05-01T00", "s") + hours.astype("timedelta64[h]")
    return Tracks(
        ids=("2006A", "2010B"),
        names=("ALPHA", "BETA"),
        offsets=np.array([0, 3, 6]),
        times=np.concatenate([first, second]),
        lat_deg=np.array([25.0, 26.0, 27.0, 10.0, 10.0, 10.0]),
        lon_deg=np.array([120.0, 120.0, 120.0, 140.0, 141.0, 142.0]),
        wind_ms=np.array([45.0, 45.0, 40.0, 50.0, 50.0, 50.0]),
        pressure_hpa=np.full(6, 950.0),
        averaging=Averaging.TEN_MINUTES,
    )


CURVE = WindCurve(np.array([20.0, 60.0]), np.array([0.0, 1.0]), Averaging.TEN_MINUTES)
SETTINGS = WindAtSites(Averaging.TEN_MINUTES)


def storms(curve: WindCurve | None = CURVE, wind: SiteWind = SiteWind.HOLLAND) -> Hits:
    settings = WindAtSites(Averaging.TEN_MINUTES, wind)
    return storm_hits(hourly_path(made_up_tracks()), 2, (LAT, LON), curve, settings)


def test_a_storm_does_its_damage_by_the_wind_at_each_place() -> None:
    hits = storms()
    assert hits.wind_ms[0, 0] == pytest.approx(45.0)
    assert hits.damage[0, 0] == pytest.approx((45 - 20) / 40)
    assert 0 < hits.damage[0, 1] < hits.damage[0, 0]
    assert not hits.damage[1].any()
    assert not hits.damage[0, 2]
    assert hits.months[0, 0] == 8
    assert np.isinf(hits.distance_km[1]).all()


def test_a_curve_of_another_averaging_time_is_read_at_the_wind_it_means() -> None:
    gusts = WindCurve(CURVE.wind_ms, CURVE.damage, Averaging.GUST)
    # Harper et al. 2010, table 1.1: a gust at the coast is 1.38 times the 10-minute mean.
    assert storms(gusts).damage[0, 0] == pytest.approx(min((45 * 1.38 - 20) / 40, 1.0))


def test_a_single_storm_comes_out_as_it_does_among_all() -> None:
    path = one_storm(hourly_path(made_up_tracks()), 0)
    alone = storm_hits(path, 1, (LAT, LON), CURVE, SETTINGS)
    assert alone.damage[0] == pytest.approx(storms().damage[0])


def test_the_worst_storm_of_the_book_is_found_over_all_cases() -> None:
    cases = [insured(0), pledged(1)]
    losses = storm_losses(cases, storms(), 1, None)
    assert losses.worst(5) == (0,)
    hits = case_hits(cases, storms(), 1, None)
    assert losses.insurer_yuan[0] == pytest.approx(hits[0].insurer_yuan)
    assert losses.lender_yuan[0] == pytest.approx(hits[1].lender_yuan)
    assert losses.cases_hit.tolist() == [2, 0]


def test_the_stage_of_a_storm_is_that_of_its_own_month() -> None:
    case = insured(0, stages=(StageLine("h0", "grown", 8, 8, 1.0),))
    assert case_hits([case], storms(), 1, None)[0].insurer_yuan == pytest.approx(625)


def test_probable_maximum_losses_are_quantiles_of_the_yearly_maxima() -> None:
    found = StormLosses(
        np.array([5.0, 9.0, 1.0, 70.0]), np.array([0.0, 2.0, 0.0, 0.0]), np.ones(4, dtype=int)
    )
    storm_years = np.array([2001, 2001, 2003, 2011])
    lines = probable_maximum(found, storm_years, np.arange(2001, 2011))
    # Of ten years two cost something, 9 and 1; the storm of 2011 is in no whole year.
    assert {line.years: line.insurer_yuan for line in lines} == {2: 0.0, 5: 0.0, 10: 1.0}


def reads(*triggers: TriggerLine, **fields: Any) -> IndexCover:
    given: dict[str, Any] = {
        "quantity": 10.0,
        "quantity_unit": InsuredUnit.MU,
        "unit_value_yuan": 100.0,
        "season_start": date(2026, 6, 1),
        "season_end": date(2026, 11, 30),
        "triggers": triggers,
        "bands": (BandLine("t", 32.7, 0.5), BandLine("t", 51.0, 1.0)),
    }
    return IndexCover(**(given | fields))


GUST = TriggerLine(name="t", measure=Measure.GUST, form=PayoutForm.STEP)


def test_an_index_cover_reads_the_wind_of_the_storm_in_its_own_averaging_time() -> None:
    reader = IndexReader(Averaging.TEN_MINUTES, COAST)
    (hit,) = case_hits([insured(0, index=reads(GUST))], storms(None), 1, reader)
    # 45 m/s in the mean are a gust of 62 m/s: the last step, the whole 1,000 yuan.
    assert (hit.index_yuan, hit.insurer_yuan, hit.unread) == (1000, 1000, False)
    mean = TriggerLine(
        name="t", measure=Measure.WIND_SPEED, form=PayoutForm.STEP, averaging="10-minute mean"
    )
    (hit,) = case_hits([insured(0, index=reads(mean))], storms(None), 1, reader)
    assert hit.index_yuan == 500


def test_an_index_that_no_wind_can_move_is_told_as_unread() -> None:
    rain = TriggerLine(name="t", measure=Measure.RAIN, form=PayoutForm.STEP)
    reader = IndexReader(Averaging.TEN_MINUTES, COAST)
    (hit,) = case_hits([insured(0, index=reads(rain))], storms(None), 1, reader)
    assert (hit.index_yuan, hit.unread) == (0, True)
    (hit,) = case_hits([insured(0, index=reads(GUST))], hit_all(0.5), 7, None)
    assert hit.unread


@pytest.mark.parametrize(
    ("season", "paid"),
    [
        ((date(2026, 6, 1), date(2026, 11, 30)), 1000),
        ((date(2026, 1, 1), date(2026, 5, 31)), 0),
        ((date(2026, 7, 1), date(2027, 2, 28)), 1000),
        ((date(2026, 10, 1), date(2027, 4, 30)), 0),
    ],
)
def test_a_storm_out_of_season_is_not_paid(season: tuple[date, date], paid: float) -> None:
    index = reads(GUST, season_start=season[0], season_end=season[1])
    reader = IndexReader(Averaging.TEN_MINUTES, COAST)
    assert case_hits([insured(0, index=index)], storms(None), 1, reader)[0].index_yuan == paid


def test_averaging_times_are_read_from_how_they_are_written() -> None:
    assert averaging_in("10-minute mean") is Averaging.TEN_MINUTES
    assert averaging_in("2分钟平均") is Averaging.TWO_MINUTES
    assert averaging_in("极大风速") is Averaging.GUST
    assert averaging_in("") is None


def test_a_reported_share_is_paid_by_the_whole_book_in_expectation() -> None:
    gaemi = ReportedEvent("g", "Gaemi", "格美", 471 / 810, 0.041, 0.664, "report", "报道")
    hits = reported_hits([insured(0), insured(2, value=3000.0), pledged(2)], gaemi)
    sums = totals(hits)
    assert sums.insurer_yuan == pytest.approx(0.041 * 4000)
    assert sums.lender_yuan == pytest.approx(0.041 * 900)
