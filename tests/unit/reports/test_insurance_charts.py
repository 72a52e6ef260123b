"""The charts of the insurance: nothing clipped, no pixels, readable without colour, gaps shown."""

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure

from app.finance.engine import Results
from app.finance.insurance.results import CurvePoint, InsuranceResult
from app.i18n import Translator, translator
from app.reports import blocks, insurance_charts
from app.reports.chart_style import as_png
from app.reports.document import Chart, ChartKind, Words, free
from app.views.widgets.chart_view import CHARTS, charts_of
from tests.chart_checks import assert_same_page, assert_unclipped
from tests.insurance_results import BARE, INDEX, LAW, RESULT, insured_case

NAMES = ("exceedance", "premium_build_up", "payout_curve", "history_burn")
ENGLISH = (translator("en"),)
BOTH = (translator("zh"), translator("en"))
WIDTH = 6.8


def results_of(found: InsuranceResult | None = RESULT) -> Results:
    return replace(insured_case()[1], insurance=found)


def figure_of(
    name: str, results: Results, trs: tuple[Translator, ...] = ENGLISH, width: float = WIDTH
) -> Figure:
    height: Callable[..., float] = getattr(insurance_charts, f"{name}_height")
    draw: Callable[..., Figure] = getattr(insurance_charts, f"{name}_figure")
    return draw(results, trs, width_inch=width, height_inch=height(results, trs, width))


def key_of(figure: Figure) -> list[str]:
    return [text.get_text() for text in figure.legends[0].get_texts()]


def lightness(colour: object) -> float:
    red, green, blue = to_rgb(colour)  # type: ignore[arg-type]
    return 0.299 * red + 0.587 * green + 0.114 * blue


@pytest.mark.parametrize("name", NAMES)
def test_a_chart_on_paper_is_the_same_each_time_and_has_no_pixels(name: str) -> None:
    assert_same_page(figure_of(name, results_of(), BOTH), figure_of(name, results_of(), BOTH))


@pytest.mark.parametrize("name", NAMES)
def test_no_text_of_a_chart_is_clipped(name: str) -> None:
    assert_unclipped(figure_of(name, results_of(), BOTH, 4.5))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("found", [None, replace(BARE, loadings=())], ids=["none", "bare"])
def test_a_case_without_the_figures_gives_an_empty_chart(
    name: str, found: InsuranceResult | None
) -> None:
    figure = figure_of(name, results_of(found))
    assert as_png(figure, dots_per_inch=60).startswith(b"\x89PNG")
    assert not figure.axes[0].lines


@pytest.mark.parametrize("name", NAMES)
def test_each_chart_can_be_printed_and_shown_where_there_are_figures(name: str) -> None:
    block = Chart(ChartKind(name), results_of(), free("caption"))
    assert blocks.chart_height(block, Words("both")) > 72
    assert name in charts_of(results_of())
    assert name not in charts_of(results_of(None))
    assert hasattr(insurance_charts, CHARTS[name].draw)
    assert hasattr(insurance_charts, CHARTS[name].height)


def test_the_exceedance_curve_is_logarithmic_and_ends_at_a_thousand_years() -> None:
    axes = figure_of("exceedance", results_of()).axes[0]
    assert axes.get_xscale() == "log"
    years, losses = (np.asarray(part, dtype=float) for part in axes.lines[0].get_data())
    assert (years[0], losses[0]) == (1.0, 0.0)
    assert sorted(set(years.tolist())) == [1.0, 4.0, 10.0, 20.0, 50.0, 100.0, 200.0, 1000.0]
    assert axes.get_xlim() == (1.0, 1000.0)
    assert axes.lines[0].get_linestyle() != axes.lines[1].get_linestyle()


def test_a_largest_loss_that_many_years_reach_is_drawn_level_to_the_end() -> None:
    curve = (CurvePoint(0.0, 0.2, 0.2), CurvePoint(90_000.0, 0.1, 0.05), CurvePoint(1e5, 0.0, 0.0))
    found = replace(RESULT, distribution=replace(LAW, curve=curve))
    for line in figure_of("exceedance", results_of(found)).axes[0].lines[:2]:
        years, losses = (np.asarray(part, dtype=float) for part in line.get_data())
        chance = 0.05 if line.get_linestyle() == "--" else 0.1
        assert (years[-2], years[-1]) == (pytest.approx(1 / chance), 1000.0)
        assert losses[-2:].tolist() == [10.0, 10.0]


def test_a_smooth_curve_ends_at_a_thousand_years_between_its_points() -> None:
    curve = tuple(CurvePoint(1e4 * at, 1.3**-at, None) for at in range(1, 40))
    found = replace(RESULT, distribution=replace(LAW, curve=curve))
    line = figure_of("exceedance", results_of(found)).axes[0].lines[0]
    years, losses = (np.asarray(part, dtype=float) for part in line.get_data())
    assert years[-1] == 1000.0
    assert losses[-1] == pytest.approx(np.log(1000) / np.log(1.3))


def test_points_of_the_exceedance_table_lie_on_their_return_periods() -> None:
    points = figure_of("exceedance", results_of()).axes[0].lines[2]
    years, losses = (np.asarray(part, dtype=float) for part in points.get_data())
    assert (years[3], losses[3]) == (20.0, 6.0)


def test_a_sum_insured_far_above_the_losses_does_not_press_the_curve_flat() -> None:
    near = figure_of("exceedance", results_of())
    assert key_of(near)[-1] == "Sum insured"
    far = replace(RESULT, sum_insured_yuan=RESULT.sum_insured_yuan * 100)
    assert "Sum insured" not in key_of(figure_of("exceedance", results_of(far)))


def test_a_law_without_events_has_no_line_of_events() -> None:
    curve = tuple(replace(point, event_probability=None) for point in LAW.curve)
    law = replace(LAW, curve=curve)
    figure = figure_of("exceedance", results_of(replace(RESULT, distribution=law)))
    assert "Loss of one event (OEP)" not in key_of(figure)


def test_the_build_up_starts_at_nought_and_ends_at_the_gross_premium() -> None:
    axes = figure_of("premium_build_up", results_of()).axes[0]
    names = [label.get_text() for label in axes.get_yticklabels()]
    assert (names[0], names[-1]) == ("Pure premium", "Gross premium")
    bars = [np.asarray(bar.get_path().vertices)[:, 0] for bar in axes.patches]
    assert bars[0].min() == 0.0
    assert bars[-1].max() == pytest.approx(6.0)
    assert bars[-2].min() == pytest.approx(6.0)
    assert [text.get_text() for text in axes.texts][-2:] == ["−1,594.20", "60,000.00"]


def test_additions_and_deductions_differ_in_lightness_not_only_in_colour() -> None:
    patches = figure_of("premium_build_up", results_of()).legends[0].get_patches()
    shades = [lightness(patch.get_facecolor()) for patch in patches]
    assert shades == sorted(shades)
    assert all(late - early > 0.1 for early, late in pairwise(shades))


def test_the_payout_curve_jumps_at_its_steps() -> None:
    axes = figure_of("payout_curve", results_of()).axes[0]
    values, shares = (np.asarray(part, dtype=float) for part in axes.lines[0].get_data())
    assert values.tolist()[1:3] == [24.5, 24.5]
    assert shares.tolist()[1:3] == [0.0, 0.1]
    assert axes.get_xlabel() == "Index value: wind"


def test_a_year_without_data_has_a_cross_and_no_bar() -> None:
    figure = figure_of("history_burn", results_of())
    crosses = [line for line in figure.axes[0].lines if line.get_marker() == "x"]
    assert [np.asarray(line.get_xdata()).tolist() for line in crosses] == [[2023]]
    assert key_of(figure) == [
        "Payout of the year",
        "Mean of the years observed: 20.00%",
        "Loss of the year",
        "Year without data",
    ]


def test_a_history_that_never_paid_is_drawn_with_its_mean_of_nothing() -> None:
    dry = tuple(replace(year, payout_share=0.0, loss_share=None) for year in INDEX.history[:2])
    index = replace(INDEX, history=dry, burn_share=0.0)
    figure = figure_of("history_burn", results_of(replace(RESULT, index=index)))
    assert key_of(figure) == ["Payout of the year", "Mean of the years observed: 0.00%"]
    assert figure.axes[0].get_ylim()[1] > 0
