"""The charts of the value: everything inside the figure, no pixels, readable without colour."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure

from app.finance.engine import Results
from app.i18n import translator
from app.reports import value_charts
from app.reports.chart_parts import broken
from app.reports.chart_style import as_png, width_of
from tests.chart_checks import assert_same_page, assert_unclipped
from tests.unit.reports.value_cases import drawn, full_case, full_document

NAMES = ("waterfall", "evidence", "distribution", "tornado", "spider", "fan", "scenarios")
ENGLISH = (translator("en"),)
BOTH = (translator("zh"), translator("en"))
WIDTH = 6.8


def _figure(name: str, results: Results, trs: Any = ENGLISH, width: float = WIDTH) -> Figure:
    height: Callable[..., float] = getattr(value_charts, f"{name}_height")
    draw: Callable[..., Figure] = getattr(value_charts, f"{name}_figure")
    inches = height(results, trs, width)
    return draw(results, trs, width_inch=width, height_inch=inches)


def _key(figure: Figure) -> list[str]:
    return [text.get_text() for text in figure.legends[0].get_texts()]


def _rows(figure: Figure) -> list[str]:
    return [label.get_text() for label in figure.axes[0].get_yticklabels()]


def _written(figure: Figure) -> list[str]:
    return [text.get_text() for text in figure.axes[0].texts]


@pytest.mark.parametrize("name", NAMES)
def test_a_chart_on_paper_is_the_same_each_time_and_has_no_pixels(name: str) -> None:
    _, results = full_case()
    assert_same_page(_figure(name, results, BOTH), _figure(name, results, BOTH))


@pytest.mark.parametrize("width", [4.5, WIDTH])
@pytest.mark.parametrize("name", NAMES)
def test_no_text_of_a_chart_is_clipped(name: str, width: float) -> None:
    _, results = full_case()
    assert_unclipped(_figure(name, results, BOTH, width))


@pytest.mark.parametrize("name", NAMES)
def test_the_window_gets_a_picture_on_a_dark_ground(name: str) -> None:
    _, results = full_case()
    draw = getattr(value_charts, f"{name}_figure")
    figure = draw(results, ENGLISH, width_inch=5, height_inch=3, dark=True)
    assert as_png(figure, dots_per_inch=60).startswith(b"\x89PNG")


@pytest.mark.parametrize("name", NAMES)
def test_results_without_a_valuation_give_an_empty_chart(name: str) -> None:
    _, results = full_case()
    bare = replace(results, values=None, value_range=None, sensitivity=None)
    draw = getattr(value_charts, f"{name}_figure")
    figure = draw(bare, ENGLISH, width_inch=5, height_inch=3)
    assert as_png(figure, dots_per_inch=60).startswith(b"\x89PNG")


def test_each_step_of_the_waterfall_has_its_name_and_its_amount() -> None:
    _, results = full_case()
    assert results.values is not None
    figure = _figure("waterfall", results)
    names = _rows(figure)
    assert names[0] == "Gross value"
    assert names[-1] == "Liquidation value"
    assert "Transaction fees" in names
    assert _written(figure) == [
        f"{step.amount_yuan:,.2f}".replace("-", "−") for step in results.values.bridge
    ]


def test_a_negative_level_lies_left_of_zero() -> None:
    document = full_document()
    document["appraisal"]["operating_cost_yuan_yr"] = 2_000_000
    _, results = drawn(document)
    assert results.values is not None
    assert results.values.net_yuan < 0
    figure = _figure("waterfall", results)
    row = _rows(figure).index("Net value")
    corners = figure.axes[0].patches[row].get_path().get_extents()
    net = float(results.values.net_yuan) / 10_000
    assert corners.x0 == pytest.approx(net)
    assert corners.x1 == 0
    assert figure.axes[0].get_xlim()[0] < net


def test_levels_deductions_and_additions_differ_in_lightness() -> None:
    _, results = full_case()
    figure = _figure("waterfall", results)
    faces = {to_rgb(patch.get_facecolor()) for patch in figure.axes[0].patches}
    light = sorted(0.299 * r + 0.587 * g + 0.114 * b for r, g, b in faces)
    assert len(light) == 3
    assert light[1] - light[0] > 0.15
    assert light[2] - light[1] > 0.15


def test_prices_that_count_are_filled_and_those_left_out_are_hollow() -> None:
    _, results = full_case()
    figure = _figure("evidence", results)
    key = _key(figure)
    assert key[:3] == ["Counts", "Court purchase", "One adjustment too large"]
    assert any(label.startswith("Concluded price: ") for label in key)
    assert "Upper bound, not counted: 1,000.00" in key
    paper = to_rgb(figure.axes[0].get_facecolor())
    points = [line for line in figure.axes[0].lines if line.get_marker() not in ("None", "")]
    hollow = [to_rgb(line.get_markerfacecolor()) == paper for line in points]
    assert hollow == [False, True, True]
    assert len({line.get_marker() for line in points}) == 3


def test_the_key_names_the_coverage_that_the_interval_reaches() -> None:
    _, results = full_case()
    assert results.values is not None
    evidence = results.values.evidence
    assert evidence is not None
    assert (evidence.confidence, evidence.coverage) == (0.9, 0.9375)
    label = next(text for text in _key(_figure("evidence", results)) if "Interval" in text)
    assert label.startswith("Interval of the price, 93.8%: ")


def test_the_scale_of_prices_is_logarithmic_only_where_the_range_asks_for_it() -> None:
    _, results = full_case()
    assert _figure("evidence", results).axes[0].get_yscale() == "log"
    document = full_document()
    del document["appraisal"]["evidence"]["comparables"][5]
    _, near = drawn(document)
    assert _figure("evidence", near).axes[0].get_yscale() == "linear"


def test_mean_percentiles_and_loan_are_marked_in_the_distribution() -> None:
    _, results = full_case()
    found = results.value_range
    assert found is not None
    key = _key(_figure("distribution", results))
    assert [label.split()[0] for label in key] == ["Mean", "P5", "P95", "Loan"]
    assert key[3] == "Loan 300.00"


def test_a_loan_far_from_the_values_is_marked_at_the_edge() -> None:
    _, results = full_case()
    found = results.value_range
    assert found is not None
    far = replace(results, value_range=replace(found, loan_yuan=10 * max(found.bins)))
    figure = _figure("distribution", far)
    assert figure.axes[0].get_xlim()[1] < max(found.bins) / 10_000 * 2
    assert any("→" in text for text in _written(figure))


def test_the_widest_bar_of_the_tornado_is_on_top_with_the_values_of_its_input() -> None:
    _, results = full_case()
    assert results.sensitivity is not None
    figure = _figure("tornado", results)
    first = results.sensitivity.tornado[0]
    assert _rows(figure)[0] == "Carbon price"
    assert f"{first.low_input:.2f}".rstrip("0") in _written(figure)[0]


def test_lines_of_the_spider_differ_without_colour() -> None:
    _, results = full_case()
    lines = [
        line for line in _figure("spider", results).axes[0].lines if np.size(line.get_xdata()) > 2
    ]
    assert len(lines) >= 4
    assert len({(line.get_marker(), line.get_linestyle()) for line in lines}) == len(lines)


def test_the_fan_holds_the_percentiles_and_the_curve() -> None:
    _, results = full_case()
    figure = _figure("fan", results)
    assert _key(figure) == [
        "Price, P5 to P95",
        "Price, P25 to P75",
        "Price, median",
        "Price curve of the appraisal",
    ]
    assert results.value_range is not None
    assert figure.axes[0].get_ylim()[1] > max(results.value_range.fan["95"])


def test_scenarios_have_their_names_and_net_values() -> None:
    _, results = full_case()
    assert results.values is not None
    figure = _figure("scenarios", results)
    assert _rows(figure) == ["Base", "Bear market", "Typhoon year"]
    assert _written(figure)[0] == f"{results.values.net_yuan:,.2f}"


@pytest.mark.parametrize(
    "text",
    [
        "Nobody buys a right that earns less than it costs",
        "无人购买收益低于成本的权利，价值为零",
    ],
)
def test_a_long_name_is_broken_without_losing_a_sign(text: str) -> None:
    lines = broken(text, 1.2)
    assert len(lines) > 1
    assert max(map(width_of, lines)) <= 1.4
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
