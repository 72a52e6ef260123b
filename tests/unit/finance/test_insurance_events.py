"""The event-based model against reference case R43, closed forms and its own additivity."""

from datetime import date
from decimal import Decimal
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from app.finance.case.cover.head_tables import StageLine
from app.finance.case.cover.heads import ShareOn
from app.finance.case.cover.model_inputs import SetEventLine
from app.finance.case.cover.perils import DamagePoint
from app.finance.insurance.event_heads import event_heads
from app.finance.insurance.event_law import event_year_law, occurrence_quantile
from app.finance.insurance.event_model import compute_events
from app.finance.insurance.event_sets import SPREAD_EDGES, drawn_damages, spread_points
from tests.case_table import case_table
from tests.unit.finance.event_policies import (
    R43_LOSSES,
    R43_RATES,
    event_policy,
    lines_of,
    r43,
)

EXPECTED = case_table("insurance_reference")["R43"]["expected"]


def test_three_sites_with_common_events_come_out_as_published() -> None:
    result, law, heads, _steps = compute_events(*r43())
    assert "AAL 1.45 1.39 .57 = 3.41; sd 8.355238 (independent 5.472659)" in EXPECTED
    assert heads == pytest.approx((1.45, 1.39, 0.57), abs=1e-9)
    assert [site.mean_yuan for site in result.sites] == pytest.approx([1.45, 1.39, 0.57])
    assert result.mean_yuan == pytest.approx(3.41, abs=1e-9)
    assert result.sd_yuan == pytest.approx(8.355238, abs=1e-5)
    assert result.independent_sd_yuan == pytest.approx(5.472659, abs=1e-5)
    assert "corr(1,2) .828948" in EXPECTED
    assert result.correlation[0][1] == pytest.approx(0.828948, abs=1e-5)
    assert "AEP VaR 90/95/98/99/99.5 9 18 40 47 50; TVaR99 52.8486" in EXPECTED
    levels = (0.90, 0.95, 0.98, 0.99, 0.995)
    assert [law.quantile(level) for level in levels] == pytest.approx([9, 18, 40, 47, 50])
    assert law.tvar(0.99) == pytest.approx(52.8486, abs=1e-4)
    assert (law.mean, law.sd) == pytest.approx((3.41, 8.355238), abs=1e-5)


def test_the_largest_event_of_a_year_is_exceeded_as_published() -> None:
    rates, losses = np.array(R43_RATES), np.array(R43_LOSSES, dtype=float).sum(axis=1)
    assert "OEP 47: .019801, 18: .067606, 9: .139292, 4: .221199, 3: .329680" in EXPECTED
    for loss, probability in (
        (47, 0.019801),
        (18, 0.067606),
        (9, 0.139292),
        (4, 0.221199),
        (3, 0.329680),
    ):
        assert occurrence_quantile(rates, losses, 1 - probability - 1e-6) <= loss
        assert occurrence_quantile(rates, losses, 1 - probability + 1e-6) == loss
    result = compute_events(*r43())[0]
    by_years = {point.years: point.oep_yuan for point in result.returns}
    assert by_years == {2: 0, 5: 4, 10: 9, 20: 18, 50: 18, 100: 47, 200: 47}


def test_the_parts_of_the_sites_add_up_to_the_tail_of_the_policy() -> None:
    result, law, _heads, _steps = compute_events(*r43())
    parts = [site.co_tvar_yuan for site in result.sites]
    assert sum(parts) == pytest.approx(law.tvar(0.99), rel=1e-9)
    assert result.worst is not None
    assert (result.worst.event, result.worst.by_site) == ("e3", (20.0, 18.0, 9.0))


def test_the_part_of_a_site_in_the_tail_is_that_of_a_law_enumerated_by_hand() -> None:
    # One event of two sites, 3 + 1 yuan, at most a few times a year: the worst years are those
    # of most events, of which the first site always bears three quarters.
    result, law, _heads, _steps = compute_events(
        *event_policy(lines_of([0.2], [(3, 1)]), values=(10.0, 10.0))
    )
    assert result.sites[0].co_tvar_yuan == pytest.approx(0.75 * law.tvar(0.99))
    counts = stats.poisson(0.2)
    assert law.probabilities[:3] == pytest.approx(counts.pmf([0, 1, 2]), abs=1e-12)
    assert law.values[1] == 4
    assert law.p_zero == pytest.approx(np.exp(-0.2))


def test_a_loss_of_a_site_is_spread_over_its_heads_by_their_values() -> None:
    insurance, exposures = event_policy(
        [SetEventLine(event="e", site="", rate=1.0, loss_yuan=40.0)], values=(30.0, 10.0)
    )
    heads = event_heads(insurance, exposures)
    assert [head.ground_up_yuan for head in heads] == pytest.approx([30.0, 10.0])


def test_an_intensity_goes_through_the_curve_and_counts_for_nothing_below_it() -> None:
    points = (DamagePoint("c", 20.0, 0.1), DamagePoint("c", 40.0, 0.5))
    lines = [
        SetEventLine(event=f"e{v}", site="", rate=1.0, intensity=float(v)) for v in (10, 20, 30, 90)
    ]
    insurance, exposures = event_policy(
        lines, values=(100.0,), model={"curve": "c"}, damages=points
    )
    events = {e.event: e.loss_yuan for e in compute_events(insurance, exposures)[0].events}
    assert events == pytest.approx({"e10": 0.0, "e20": 10.0, "e30": 30.0, "e90": 50.0})


def test_half_a_year_of_cover_meets_half_of_the_events() -> None:
    whole = compute_events(*r43())[0].mean_yuan
    half = compute_events(*r43(period_months=6))[0].mean_yuan
    assert half == pytest.approx(whole / 2)


def test_a_waiting_period_keeps_a_head_out_of_the_events_that_hit_the_others() -> None:
    insurance, exposures = r43(terms=({"waiting_days": 181}, {}, {}), period_start=date(2026, 1, 1))
    first, second, third = compute_events(insurance, exposures)[2]
    assert (first, second, third) == pytest.approx((1.45 / 2, 1.39, 0.57))


def test_an_event_hits_what_is_on_risk_in_its_month() -> None:
    stages = (StageLine("h0", "grown", 1, 6, 1.0), StageLine("h0", "seed", 7, 12, 0.5))
    insurance, exposures = event_policy(
        [SetEventLine(event="e", site="s0", rate=1.0, damage_share=0.4)],
        values=(100.0,),
        stages=stages,
    )
    result = compute_events(insurance, exposures)[0]
    assert result.mean_yuan == pytest.approx(0.4 * 75)
    assert result.events[0].loss_yuan == pytest.approx(0.4 * 75)
    assert result.worst is not None
    assert result.worst.loss_yuan == pytest.approx(40.0)


def test_the_limit_of_the_policy_caps_an_event_and_its_heads_in_proportion() -> None:
    insurance, exposures = r43(policy_event_limit_yuan=Decimal(9))
    result, law, heads, _steps = compute_events(insurance, exposures)
    assert max(event.loss_yuan for event in result.events) == pytest.approx(9)
    assert law.mean == pytest.approx(0.05 * 9 + 0.1 * 4 + 0.08 * 9 + 0.02 * 9 + 0.15 * 3)
    assert sum(heads) == pytest.approx(law.mean)


def test_a_share_of_the_year_without_other_terms_is_a_share_of_each_event() -> None:
    insurance, exposures = r43(terms={"share": 0.4, "share_on": ShareOn.YEAR})
    assert compute_events(insurance, exposures)[1].mean == pytest.approx(0.4 * 3.41)


def test_losses_without_a_common_measure_keep_their_mean_on_the_grid() -> None:
    rates, losses = np.array([0.3, 0.7, 0.11]), np.array([np.pi, np.e, 100 * np.sqrt(2)])
    law = event_year_law(rates, losses)
    assert law.mean == pytest.approx(float(rates @ losses), rel=1e-9)
    assert law.sd == pytest.approx(float(np.sqrt(rates @ losses**2)), rel=1e-5)
    assert law.tail < 1e-9


@pytest.mark.parametrize("spread", [0.3, 1.0, 2.5])
def test_the_points_of_the_spread_keep_the_mean_and_most_of_the_variance(spread: float) -> None:
    mean = np.array([0.0, 0.02, 0.1, 0.5, 0.9, 1.0])
    points = spread_points(mean, spread)
    assert len(points) == len(SPREAD_EDGES) - 1 == 12
    kept = sum(weight * damage for weight, damage in points)
    assert kept == pytest.approx(mean, abs=1e-12)
    variance = sum(weight * (damage - mean) ** 2 for weight, damage in points)
    true = np.minimum((spread * mean) ** 2, mean * (1 - mean))
    assert np.all(variance <= true + 1e-12)
    assert variance[2:5] == pytest.approx(true[2:5], rel=0.06)


def test_damages_are_drawn_from_the_beta_law_of_their_mean_and_spread() -> None:
    level = (np.arange(4000) + 0.5) / 4000
    drawn = drawn_damages(np.full(4000, 0.3), 0.5, level)
    assert drawn.mean() == pytest.approx(0.3, rel=1e-3)
    assert drawn.std() == pytest.approx(0.15, rel=1e-2)
    total = 0.3 * 0.7 / 0.15**2 - 1
    assert drawn == pytest.approx(stats.beta(0.3 * total, 0.7 * total).ppf(level), abs=1e-8)


LOSSES = st.lists(
    st.tuples(*[st.floats(0, 100).map(lambda x: round(x, 2))] * 3), min_size=1, max_size=6
)


def in_fen(yuan: float) -> float:
    """A limit as it is booked: less than a fen is no layer."""
    return round(yuan, 2)


@given(
    losses=LOSSES,
    deductible=st.floats(0, 50),
    cuts=st.lists(st.floats(1, 99).map(in_fen), min_size=1, max_size=3),
)
@settings(max_examples=25, deadline=None)
def test_layers_add_up_to_the_whole_over_all_events(
    losses: list[tuple[float, float, float]], deductible: float, cuts: list[float]
) -> None:
    lines = lines_of([0.1 * (k + 1) for k in range(len(losses))], losses)

    def mean(**terms: float) -> float:
        insurance, exposures = event_policy(lines, terms={"deductible_yuan": deductible, **terms})
        return compute_events(insurance, exposures)[0].mean_yuan

    edges = [0.0, *sorted(set(cuts)), 100.0]
    parts = [
        mean(layer_attachment_yuan=low, layer_limit_yuan=high - low)
        for low, high in pairwise(edges)
    ]
    assert sum(parts) == pytest.approx(mean(), abs=1e-9)


@given(losses=LOSSES, deductible=st.floats(0, 50), limit=st.floats(0, 120), spread=st.floats(0, 2))
@settings(max_examples=25, deadline=None)
def test_the_mean_of_the_policy_is_the_sum_of_its_sites_and_of_its_heads(
    losses: list[tuple[float, float, float]], deductible: float, limit: float, spread: float
) -> None:
    lines = lines_of([0.2] * len(losses), losses)
    insurance, exposures = event_policy(
        lines,
        terms={"deductible_yuan": deductible, "event_limit_yuan": limit},
        model={"spread": spread},
    )
    result, law, heads, _steps = compute_events(insurance, exposures)
    assert result.mean_yuan == pytest.approx(sum(site.mean_yuan for site in result.sites))
    assert sum(heads) == pytest.approx(result.mean_yuan, abs=1e-9)
    assert law.mean == pytest.approx(result.mean_yuan, rel=1e-6, abs=1e-9)
    parts = sum(site.co_tvar_yuan for site in result.sites)
    assert parts == pytest.approx(law.tvar(0.99), rel=1e-6, abs=1e-6)
