"""Uncertainty of sample plots and the discount for it, by AR-TOOL14."""

import numpy as np
import pytest

from app.finance.case.carbon.cohorts import CohortPlan
from app.finance.case.carbon.growth import PlotStratum
from app.finance.sink.methods.cohorts import cohort_removals
from app.finance.sink.methods.tool14 import (
    change_uncertainty,
    conservative_mean,
    discount_step,
    half_width,
    plots_uncertainty,
    stock_uncertainty,
)
from app.finance.sink.pools import Pool, Removals, Span
from tests.unit.finance.cohort_cases import STEPS, TABLES, plan

ONE = PlotStratum(2025, 100.0, 34, 45.328, 12.776)


def removed(changed: CohortPlan) -> Removals:
    return cohort_removals(changed, Span(2021, 2030), TABLES)


def test_uncertainty_of_the_printed_example_is_reproduced() -> None:
    """Case W01: mean 45.328, n 34, s 12.776, t 1.692: half width 3.707, U 8.18 %."""
    assert half_width((ONE,), 1.692) == pytest.approx(3.707, abs=5e-4)
    assert stock_uncertainty((ONE,), 1.692) == pytest.approx(0.0818, abs=5e-5)


def test_students_t_comes_from_plots_less_strata() -> None:
    """34 plots in one stratum: t 1.692, so that the example stays as printed."""
    assert stock_uncertainty((ONE,), None) == pytest.approx(0.0818, abs=5e-5)


def test_strata_weigh_by_their_area() -> None:
    """w 0.75 and 0.25: b = 35, variance = 0.5625 x 25/25 + 0.0625 x 100/25 = 0.8125."""
    strata = (PlotStratum(2025, 300.0, 25, 40.0, 5.0), PlotStratum(2025, 100.0, 25, 20.0, 10.0))
    assert half_width(strata, 2.0) == pytest.approx(1.80278, abs=1e-5)
    assert stock_uncertainty(strata, 2.0) == pytest.approx(0.051508, abs=1e-6)


def test_an_uncertainty_up_to_ten_percent_takes_nothing_off() -> None:
    found = removed(plan(plots=(ONE,)))
    assert found.uncertainty_share == 0


@pytest.mark.parametrize(
    ("uncertainty", "share"),
    [(0.1, 0), (0.11, 0.25), (0.15, 0.25), (0.2, 0.5), (0.25, 0.75), (0.3, 0.75), (0.31, 1)],
)
def test_each_step_of_the_discount_holds_up_to_its_upper_end(
    uncertainty: float, share: float
) -> None:
    assert discount_step(uncertainty, STEPS) == share


def test_the_project_is_lowered_and_the_baseline_raised() -> None:
    """AR-TOOL14, appendix 2: 60 ± 9, U 15 %: 57.75 in the project, 62.25 in the baseline."""
    assert conservative_mean(60, 9 / 60, STEPS, baseline=False) == pytest.approx(57.75)
    assert conservative_mean(60, 9 / 60, STEPS, baseline=True) == pytest.approx(62.25)


def test_the_discount_never_takes_off_more_than_there_is() -> None:
    assert conservative_mean(60, 1.5, STEPS, baseline=False) == 0


def test_a_change_is_more_uncertain_than_its_stocks() -> None:
    """sqrt((0.1 x 100)^2 + (0.1 x 140)^2) / 40 = 17.2047 / 40 = 0.43012."""
    found = change_uncertainty(earlier=100, half_earlier=10, later=140, half_later=14)
    assert found == pytest.approx(0.43012, abs=1e-5)


def test_without_a_change_the_uncertainty_has_no_bound() -> None:
    assert change_uncertainty(earlier=10, half_earlier=1, later=10, half_later=1) == np.inf


def test_two_surveys_give_the_uncertainty_of_the_change() -> None:
    """Half widths 2 x 5/5 = 2 and 2 x 10/5 = 4 on a change of 20: sqrt(20)/20 = 0.22361."""
    plots = (PlotStratum(2025, 1.0, 25, 40.0, 10.0), PlotStratum(2020, 1.0, 25, 20.0, 5.0))
    assert plots_uncertainty(plots, 2.0) == pytest.approx(0.22361, abs=1e-5)
    found = removed(plan(plots=plots, t_value=2.0))
    assert found.uncertainty_share == pytest.approx(0.16771, abs=1e-5)  # 75 % of it


def test_the_discount_holds_for_the_trees_alone() -> None:
    found = removed(plan(plots=(ONE,)))
    trees = found.pools[Pool.ABOVE_GROUND] + found.pools[Pool.BELOW_GROUND]
    assert found.uncertainty_base == pytest.approx(trees)


def test_without_plots_the_discount_is_left_to_the_case() -> None:
    assert removed(plan()).uncertainty_share is None


def test_an_uncertain_baseline_is_raised() -> None:
    """U 15 %: 0.1 t raised by 25 % of 15 % to 0.10375 t on 100 ha."""
    raised = removed(plan(baseline_uncertainty_share=0.15)).pools[Pool.BASELINE]
    assert raised[0] == pytest.approx(-10.375)


def test_the_working_shows_the_uncertainty_and_what_comes_off_for_it() -> None:
    lean = PlotStratum(2025, 1.0, 25, 60.0, 22.5)  # half width 2 x 22.5/5 = 9, U 15 %
    steps = {s.key: s.value for s in removed(plan(plots=(lean,), t_value=2.0)).working}
    assert steps["carbon.cohorts.uncertainty"] == pytest.approx(0.15)
    assert steps["carbon.cohorts.discount"] == pytest.approx(0.0375)


def test_the_working_shows_error_half_width_and_uncertainty_of_the_printed_example() -> None:
    """Case W01: standard error 2.191, half width 3.707, U 8.18 %."""
    steps = {s.key: s.value for s in removed(plan(plots=(ONE,), t_value=1.692)).working}
    assert steps["carbon.cohorts.standard_error"] == pytest.approx(2.191, abs=5e-4)
    assert steps["carbon.cohorts.half_width"] == pytest.approx(3.707, abs=5e-4)
    assert steps["carbon.cohorts.uncertainty"] == pytest.approx(0.0818, abs=5e-5)
