"""The charts of the loan: nothing clipped, no pixels, readable without colour, extremes held."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from app.finance.engine import Results
from app.finance.lending.results import Bound, LoanResult, LoanYear, PathPoint, PathResult
from app.finance.lending.risk_results import HeatTable
from app.i18n import Translator, translator
from app.reports import blocks, loan_charts
from app.reports.chart_style import as_png
from app.reports.document import Chart, ChartKind, Words, free
from app.reports.loan_path_chart import balances
from tests.chart_checks import assert_same_page, assert_unclipped
from tests.loan_results import loan_result
from tests.unit.reports.value_cases import full_case

NAMES = ("sizing", "coverage_path", "dscr", "heat_coverage", "heat_dscr")
ENGLISH = (translator("en"),)
BOTH = (translator("zh"), translator("en"))
START = date(2025, 1, 15)
WIDTH = 6.8


def results_of(loan: LoanResult | None) -> Results:
    _file, results = full_case()
    return replace(results, loan=loan)


def computed() -> Results:
    return full_case()[1]


def figure_of(
    name: str, results: Results, trs: tuple[Translator, ...] = ENGLISH, width: float = WIDTH
) -> Figure:
    height: Callable[..., float] = getattr(loan_charts, f"{name}_height")
    draw: Callable[..., Figure] = getattr(loan_charts, f"{name}_figure")
    return draw(results, trs, width_inch=width, height_inch=height(results, trs, width))


def key_of(figure: Figure) -> list[str]:
    return [text.get_text() for text in figure.legends[0].get_texts()]


def cells_of(figure: Figure) -> list[str]:
    return [text.get_text() for text in figure.axes[0].texts]


def bound(code: str, amount: str | None, *, binding: bool = False) -> Bound:
    known = None if amount is None else Decimal(amount)
    return Bound(code, f"Bound {code}", known, binding=binding)


def sized(asked: str, *bounds: Bound) -> Results:
    return results_of(replace(loan_result(), amount_yuan=Decimal(asked), bounds=bounds))


def point(months: int, balance: str, coverage: float | None) -> PathPoint:
    day = START + timedelta(days=30 * months)
    return PathPoint(day, Decimal(balance), 1000.0, 0.0, None, coverage, coverage)


def followed(*points: PathPoint, lines: tuple[float, ...] = (), **more: Any) -> Results:
    path = PathResult("net", points, None, None, None, None, lines, **more)
    return results_of(replace(loan_result(), path=path, life=None))


def covered(*ratios: float | None, required: float | None = None) -> Results:
    years = tuple(
        LoanYear(n, START, date(2025 + n, 1, 14), 1.0, 1.0, 1.0, 0.0, ratio)
        for n, ratio in enumerate(ratios, start=1)
    )
    cover = replace(loan_result().cover, years=years, required_dscr=required)
    return results_of(replace(loan_result(), cover=cover))


@pytest.mark.parametrize("name", NAMES)
def test_a_chart_on_paper_is_the_same_each_time_and_has_no_pixels(name: str) -> None:
    assert_same_page(figure_of(name, computed(), BOTH), figure_of(name, computed(), BOTH))


@pytest.mark.parametrize("name", NAMES)
def test_no_text_of_a_chart_is_clipped(name: str) -> None:
    for results, width in ((computed(), 4.5), (results_of(loan_result()), WIDTH)):
        assert_unclipped(figure_of(name, results, BOTH, width))


def heights_of(line: Line2D) -> list[float]:
    return [float(height) for height in np.asarray(line.get_ydata(), dtype=float)]


@pytest.mark.parametrize("name", NAMES)
def test_a_case_without_a_loan_gives_an_empty_chart_on_either_ground(name: str) -> None:
    draw = getattr(loan_charts, f"{name}_figure")
    for results in (results_of(None), computed()):
        figure = draw(results, ENGLISH, width_inch=5, height_inch=3, dark=True)
        assert as_png(figure, dots_per_inch=60).startswith(b"\x89PNG")


@pytest.mark.parametrize("name", NAMES)
def test_each_chart_can_be_printed(name: str) -> None:
    kind = ChartKind(name)
    block = Chart(kind, computed(), free("caption"))
    assert blocks.chart_height(block, Words("both")) > 72


def test_the_binding_bound_is_named_as_such_and_its_bar_is_dark() -> None:
    figure = figure_of(
        "sizing", sized("1000.00", bound("a", "600.00", binding=True), bound("b", "900.00"))
    )
    names = [label.get_text() for label in figure.axes[0].get_yticklabels()]
    assert names == ["Bound a (binding)", "Bound b"]
    faces = [sum(to_rgb(bar.get_facecolor())) for bar in figure.axes[0].patches]
    assert faces[0] < faces[1] - 0.5
    assert cells_of(figure) == ["600.00", "900.00"]
    assert key_of(figure)[-1] == "Amount asked: 1,000.00 yuan"


def test_bounds_without_an_amount_are_counted_below_the_scale() -> None:
    bounds = (bound("a", "600.00", binding=True), bound("b", None), bound("c", None))
    label = figure_of("sizing", sized("1000.00", *bounds)).axes[0].get_xlabel()
    assert label.endswith("Bounds left out, without an amount: 2")
    alone = figure_of("sizing", sized("1000.00", bounds[0])).axes[0].get_xlabel()
    assert "left out" not in alone


def test_an_amount_thirty_times_its_bound_is_drawn_on_a_logarithmic_scale_as_points() -> None:
    far = sized("20000000.00", bound("a", "625207.00", binding=True), bound("b", "20000000.00"))
    axes = figure_of("sizing", far).axes[0]
    assert axes.get_xscale() == "log"
    assert not axes.patches
    assert "logarithmic" in axes.get_xlabel()
    asked = next(line for line in axes.lines if line.get_linestyle() == "--")
    low, high = axes.get_xlim()
    assert np.asarray(asked.get_xdata(), dtype=float).tolist() == [2000.0, 2000.0]
    assert low < 62.5
    assert high > 2000


def test_a_bound_of_nothing_and_one_far_above_the_amount_are_marked_at_the_edges() -> None:
    ends = sized("1000.00", bound("a", "0.00", binding=True), bound("b", "9000000.00"))
    axes = figure_of("sizing", ends).axes[0]
    assert axes.get_xscale() == "linear"
    assert axes.get_xlim()[1] < 0.3
    markers = {line.get_marker() for line in axes.lines}
    assert {"D", ">"} <= markers


def test_coverage_has_its_three_lines_or_the_value_that_equals_the_balance() -> None:
    points = (point(0, "500.00", 2.0), point(1, "250.00", 4.0), point(2, "0.00", None))
    watched = figure_of("coverage_path", followed(*points, lines=(1.6, 1.4, 1.2)))
    levels = {heights_of(line)[0]: line.get_linestyle() for line in watched.axes[0].lines}
    assert [levels[level] for level in (1.6, 1.4, 1.2)] == [":", "--", "-"]
    assert "Warning line 160%" in key_of(watched)
    bare = figure_of("coverage_path", followed(*points))
    assert "Value equals balance" in key_of(bare)


def test_coverage_far_above_its_lines_is_cut_with_a_sign_at_the_edge() -> None:
    points = (point(0, "500.00", 1.5), point(1, "1.00", 900.0), point(2, "0.00", None))
    axes = figure_of("coverage_path", followed(*points, lines=(1.6, 1.4, 1.2))).axes[0]
    assert axes.get_ylim()[1] == pytest.approx(3.2)
    signs = [heights_of(line) for line in axes.lines if line.get_marker() == "^"]
    assert signs == [[pytest.approx(3.2)]]


def test_coverage_of_nothing_and_a_single_point_are_drawn() -> None:
    for points in ((point(0, "500.00", 0.0),), (point(0, "0.00", None), point(3, "0.00", None))):
        figure = figure_of("coverage_path", followed(*points, lines=(1.6, 1.4, 1.2)))
        assert as_png(figure, dots_per_inch=60).startswith(b"\x89PNG")


def test_lines_of_the_right_alone_are_drawn_against_its_own_coverage() -> None:
    shown = replace(point(0, "500.00", 3.0), right_coverage=1.1)
    figure = figure_of("coverage_path", followed(shown, lines=(1.6, 1.4, 1.2), counts_all=False))
    assert key_of(figure)[0] == "Coverage by the right alone"
    heights = [heights_of(line)[0] for line in figure.axes[0].lines]
    assert 1.1 in heights
    assert 3.0 not in heights


def test_the_balance_changes_on_the_days_of_drawings_and_payments() -> None:
    plan = replace(loan_result().plan, drawdowns=((START, 50000), (date(2025, 5, 1), 50000)))
    days, owed = zip(*balances(plan), strict=True)
    assert days == tuple(sorted({START, date(2025, 5, 1), *plan.dues}))
    assert [round(balance * 10_000, 2) for balance in owed] == [500.0, 300.0, 800.0, 0.0]


def test_a_path_that_cannot_be_followed_says_why() -> None:
    figure = figure_of("coverage_path", followed(reason="not_followed"))
    assert "cannot be carried forward" in figure.axes[0].texts[0].get_text().replace("\n", " ")


def test_revaluations_are_marked_among_the_days_watched() -> None:
    figure = figure_of("coverage_path", results_of(loan_result()))
    watch = loan_result().life
    assert watch is not None
    assert ("Revaluation" in key_of(figure)) is any(one.from_revaluation for one in watch.watch)
    assert "Coverage as watched" in key_of(figure)


def test_each_year_has_its_dscr_and_years_that_fall_short_are_dark() -> None:
    figure = figure_of("dscr", covered(1.5, 0.8, None, required=1.3))
    assert cells_of(figure) == ["1.50×", "0.80×"]
    light, dark = (sum(to_rgb(bars.get_facecolor())) for bars in figure.axes[0].patches)
    assert dark < light - 0.5
    assert key_of(figure)[-1] == "DSCR asked for: 1.30×"
    assert not any("asked for" in label for label in key_of(figure_of("dscr", covered(1.5))))


def test_a_dscr_far_above_the_others_is_cut_and_a_negative_one_lies_below_zero() -> None:
    figure = figure_of("dscr", covered(-0.5, 1.4, 250.0, required=1.3))
    assert figure.axes[0].get_ylim()[0] < -0.5
    assert figure.axes[0].get_ylim()[1] < 6
    assert "250.00×" in cells_of(figure)
    assert any(line.get_marker() == "^" for line in figure.axes[0].lines)


def test_cells_of_a_heat_map_have_a_figure_and_a_sign_for_each_line_they_are_below() -> None:
    heat = HeatTable((-0.3, 0.0), (-0.2, 0.0), ((1.1, 1.3), (1.5, None)), ((0.9, 1.1), (1.4, None)))
    loan = loan_result()
    cover = replace(loan.cover, required_dscr=1.3)
    loan = replace(loan, stress=replace(loan.stress, heat=heat), cover=cover)
    figure = figure_of("heat_coverage", results_of(loan))
    assert cells_of(figure) == ["110% ■", "130% ▲", "150% △", "–"]
    assert key_of(figure) == [
        "at least 160%",
        "△ below 160%: Warning line",
        "▲ below 140%: Margin-call line",
        "■ below 120%: Enforcement line",
    ]
    dscr = figure_of("heat_dscr", results_of(loan))
    assert cells_of(dscr) == ["0.90× ■", "1.10× △", "1.40×", "–"]
    assert key_of(dscr)[-1] == "■ below 1.00×: cash falls short"


def test_grounds_of_a_heat_map_get_darker_from_sound_to_worst() -> None:
    patches = figure_of("heat_coverage", results_of(loan_result())).legends[0].get_patches()
    light = [
        0.299 * r + 0.587 * g + 0.114 * b
        for r, g, b in (to_rgb(patch.get_facecolor()) for patch in patches)
    ]
    assert light == sorted(light, reverse=True)
    assert len(light) == 4


def test_a_loan_that_is_not_watched_is_held_against_itself_on_the_heat_map() -> None:
    loan = replace(loan_result(), path=replace(loan_result().path, lines=()))
    assert key_of(figure_of("heat_coverage", results_of(loan))) == [
        "at least 100%",
        "■ below 100%: loan not covered",
    ]
    right_alone = replace(loan_result(), path=replace(loan_result().path, counts_all=False))
    assert key_of(figure_of("heat_coverage", results_of(right_alone)))[0] == "at least 100%"
