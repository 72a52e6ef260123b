"""Measures and terms of a year's discrete law."""

import json

import numpy as np
import pytest

from app.finance.case.cover.perils import FrequencyLaw
from app.finance.insurance.aggregate import YearLaw, reinstatement_premium, year_law
from app.finance.insurance.frequency import Frequency
from app.finance.insurance.payment import Payment
from app.finance.insurance.smooth_laws import Gamma, Lognormal
from app.finance.insurance.tail_laws import Excess, Points
from tests.case_table import case_table
from tests.insurance_sources import layer, poisson, source

CASES = case_table("insurance")


def discrete(*pairs: tuple[float, float]) -> YearLaw:
    values, chances = (np.array(column) for column in zip(*pairs, strict=True))
    return YearLaw(values, chances, 0.0, 0.0, float(chances[0]) if values[0] == 0 else 0.0)


TOSS = discrete((0.0, 0.5), (10.0, 0.3), (100.0, 0.2))


def test_measures_of_three_values_by_hand() -> None:
    assert TOSS.mean == pytest.approx(23)
    assert TOSS.sd == pytest.approx((0.3 * 100 + 0.2 * 10_000 - 23**2) ** 0.5)
    third = 0.5 * (-23) ** 3 + 0.3 * (-13) ** 3 + 0.2 * 77**3
    assert TOSS.skewness == pytest.approx(third / TOSS.sd**3)
    assert [TOSS.quantile(level) for level in (0.5, 0.51, 0.8, 0.81, 1.0)] == [0, 10, 10, 100, 100]
    assert TOSS.exceedance(np.array([-1.0, 0.0, 9.9, 10.0, 100.0])) == pytest.approx(
        [1, 0.5, 0.5, 0.2, 0]
    )


def test_tail_value_at_risk_takes_a_share_of_the_atom() -> None:
    assert TOSS.tvar(0.9) == pytest.approx(100)
    assert TOSS.tvar(0.7) == pytest.approx((0.2 * 100 + 0.1 * 10) / 0.3)
    assert TOSS.tvar(0.0) == pytest.approx(TOSS.mean)
    assert TOSS.tvar(1.0) == 100


def test_mass_beyond_the_grid_counts_at_its_end() -> None:
    cut = YearLaw(np.array([0.0, 10.0]), np.array([0.5, 0.3]), 10.0, 0.2, 0.5)
    assert cut.mean == pytest.approx(5)
    assert cut.tvar(0.9) == pytest.approx(10)


def test_distortions_of_no_factor_are_the_mean() -> None:
    assert TOSS.wang(0.0) == pytest.approx(TOSS.mean)
    assert TOSS.proportional_hazard(1.0) == pytest.approx(TOSS.mean)
    assert TOSS.proportional_hazard(2.0) == pytest.approx(10 * 0.5**0.5 + 90 * 0.2**0.5)


def test_proportional_hazard_of_an_exponential_loss() -> None:
    given, expected = (json.loads(CASES["I10"][key]) for key in ("inputs", "expected"))
    one = Frequency(FrequencyLaw.BINOMIAL, 1.0)
    year = year_law([source(one, Payment.whole(), Excess(0.0, given["mean"], 0.0))])
    assert year.proportional_hazard(given["rho"]) == pytest.approx(expected["premium"], rel=1e-6)


def test_one_event_a_year_has_the_quantiles_of_its_law() -> None:
    law = Lognormal.of(1_200_000.0, 1.5)
    year = year_law([source(Frequency(FrequencyLaw.BINOMIAL, 1.0), layer(0.0, 3e7), law)])
    for level in (0.01, 0.5, 0.9, 0.99):
        exact = law.quantile(np.array([level]))[0]
        assert year.quantile(level) == pytest.approx(exact, abs=1e-6 * 3e7)
        assert year.exceedance(np.array([exact]))[0] == pytest.approx(1 - level, abs=1e-5)


def test_an_atom_of_a_smooth_law_stays_one_value() -> None:
    year = year_law([source(poisson(0.5), layer(0.2, 0.4), Gamma.of(0.5, 1.0))])
    total = float(Gamma.of(0.5, 1.0).survival(np.array([0.6]))[0])
    at_least = float(year.exceedance(np.array([0.4 - 1e-9]))[0])
    above = float(year.exceedance(np.array([0.4]))[0])
    assert at_least - above == pytest.approx(0.5 * total * np.exp(-0.5 * _reach()), rel=1e-4)
    middle = 1 - (at_least + above) / 2
    assert year.quantile(middle) == pytest.approx(0.4, abs=1e-12)


def _reach() -> float:
    return float(Gamma.of(0.5, 1.0).survival(np.array([0.2]))[0])


def test_stop_loss_of_the_dental_plan() -> None:
    """R49, Klugman, Panjer, Willmot, examples 9.5 and 9.6, in units of 25."""
    number = np.array([0.05, 0.10, 0.15, 0.20, 0.25, 0.15, 0.06, 0.03, 0.01])
    size = np.array([0.15, 0.2, 0.25, 0.125, 0.075, 0.05, 0.05, 0.05, 0.025, 0.025])
    claim = YearLaw(np.arange(1.0, 11.0), size, 1.0, 0.0, 0.0)
    total, sums = np.zeros(81), YearLaw.nothing()
    for chance in number:
        total[sums.values.astype(int)] += chance * sums.probabilities
        sums = sums.plus(claim)
    plan = YearLaw(np.arange(81.0), total, 1.0, 0.0, float(total[0]))
    assert (plan.mean, plan.sd**2) == pytest.approx((12.58, 58.7464), abs=1e-9)
    assert (25 * plan.mean, 25 * plan.sd) == pytest.approx((314.5, 191.62), abs=0.01)
    stop_loss = [25 * plan.with_year_terms(deductible=units).mean for units in range(5)]
    assert stop_loss == pytest.approx([314.5, 290.75, 267.375, 244.584, 222.661], abs=1e-3)


def test_a_limit_of_the_year_gathers_what_is_above_it() -> None:
    limited = TOSS.with_year_terms(deductible=5.0, limit=50.0, share=0.5)
    assert limited.values == pytest.approx([0, 2.5, 25])
    assert limited.probabilities == pytest.approx([0.5, 0.3, 0.2])
    assert TOSS.with_year_terms(deductible=10.0).p_zero == pytest.approx(0.8)
    assert TOSS.with_year_terms(limit=0.0).p_zero == 1
    assert TOSS.with_year_terms(limit=1e9).mean == pytest.approx(23)


def test_a_deductible_of_the_year_leaves_the_exact_chance_of_no_loss() -> None:
    """One exponential loss: P(S <= 0.7) = 1 - exp(-0.7)."""
    one = Frequency(FrequencyLaw.BINOMIAL, 1.0)
    year = year_law([source(one, Payment.whole(), Excess(0.0, 1.0, 0.0))])
    net = year.with_year_terms(deductible=0.7)
    assert net.p_zero == pytest.approx(1 - np.exp(-0.7), abs=1e-7)
    assert net.quantile(0.9) == pytest.approx(-np.log(0.1) - 0.7, abs=1e-6)


def test_reinstatements_are_paid_in_proportion_to_the_amount() -> None:
    """Limit 40, two reinstatements at 100 % and 50 %: 0.3 x 10 + 0.2 x 40, then 0.2 x 40."""
    assert reinstatement_premium(TOSS, 40.0, (1.0, 0.5)) == pytest.approx((11 + 0.5 * 8) / 40)
    assert reinstatement_premium(TOSS, 40.0, ()) == 0
    assert reinstatement_premium(TOSS, 0.0, (1.0,)) == 0


def test_reinstated_layer_has_the_published_ratio_of_premiums() -> None:
    """The reference layer R01, one reinstatement at 100 %, the limit of the year 2 x 5."""
    year = year_law([source(poisson(0.8), layer(0.2, 5.0), Lognormal.of(1.2, 1.5))])
    extra = reinstatement_premium(year, 5.0, (1.0,))
    assert extra == pytest.approx(year.with_year_terms(limit=5.0).mean / 5.0, rel=1e-9)


def test_sums_of_independent_losses() -> None:
    both = TOSS.plus(TOSS)
    assert both.values == pytest.approx([0, 10, 20, 100, 110, 200])
    assert both.mean == pytest.approx(46)
    assert both.p_zero == pytest.approx(0.25)


def test_sums_on_grids_of_other_steps_keep_mean_and_spread() -> None:
    small = source(poisson(2.0), layer(0.0, 1.0), Gamma.of(0.3, 1.0))
    large = source(poisson(0.3), layer(1.0, 30.0), Lognormal.of(4.0, 1.5))
    together = year_law([small, large])
    added = year_law([small]).plus(year_law([large]))
    assert added.mean == pytest.approx(small.mean + large.mean, rel=1e-9)
    assert added.sd == pytest.approx((small.variance + large.variance) ** 0.5, rel=1e-5)
    assert added.p_zero == pytest.approx(small.p_zero * large.p_zero)
    for level in (0.5, 0.9, 0.99):
        assert added.quantile(level) == pytest.approx(together.quantile(level), abs=1e-3)


def test_a_certain_amount_moves_a_law() -> None:
    year = year_law([source(poisson(1.0), Payment.whole(), Points.fixed(2.0))])
    moved = discrete((3.0, 1.0)).plus(year)
    assert moved.step == year.step
    assert moved.quantile(0.5) == pytest.approx(5)
    assert moved.skewness == pytest.approx(year.skewness)
    assert discrete((3.0, 1.0)).skewness == 0
