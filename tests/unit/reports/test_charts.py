"""The charts: the same bytes for the same case, lines and text instead of pixels."""

import copy
import subprocess
import sys
from typing import Any

import pytest

from app.finance.engine import Results, compute_case
from app.finance.sink.tables import SinkTables
from app.i18n import translator
from app.reports import chart_style, charts
from app.services.case_file import validate
from tests.chart_checks import page_of

ENGLISH = (translator("en"),)


def _results(document: dict[str, Any], years: int, **appraisal: object) -> Results:
    changed = copy.deepcopy(document)
    changed["project"]["stated"][0]["last_year"] = 2025 + years - 1
    changed["project"]["sea_area_right_end"] = f"{2025 + years}-12-31"
    changed["appraisal"].update(horizon_years=years, **appraisal)
    return compute_case(validate(changed).case, SinkTables({}))


def _drawn(results: Results) -> bytes:
    return page_of(charts.cash_flow_figure(results, ENGLISH, width_inch=6.8, height_inch=2.0))


@pytest.mark.parametrize("years", [1, 2, 40])
def test_a_chart_of_any_horizon_is_the_same_each_time_and_has_no_pixels(
    document: dict[str, Any], years: int
) -> None:
    results = _results(document, years)
    first = _drawn(results)
    assert first == _drawn(results)
    assert b"/Subtype /Image" not in first


def test_axes_are_named_with_their_units(document: dict[str, Any]) -> None:
    results = _results(document, 3)
    trs = (translator("zh"), translator("en"))
    figure = charts.cash_flow_figure(results, trs, width_inch=6.8, height_inch=2.0)
    bars, line = figure.axes
    keys = [axes.get_legend() for axes in (bars, line)]
    names = [key.get_texts()[0].get_text() for key in keys if key is not None]
    assert "Credits sold (tCO₂e)" in names[0]
    assert "Net cash flow (10,000 yuan)" in names[1]
    assert "吨" in names[0]


def test_bars_and_line_share_their_zero_when_the_right_loses_money(
    document: dict[str, Any],
) -> None:
    results = _results(document, 5, operating_cost_yuan_yr=5_000_000)
    figure = charts.cash_flow_figure(results, ENGLISH, width_inch=6.8, height_inch=2.0)
    bars, line = figure.axes
    low, high = line.get_ylim()
    assert low < 0 < high
    shares = [limits[0] / limits[1] for limits in (bars.get_ylim(), line.get_ylim())]
    assert shares[0] == pytest.approx(shares[1])


@pytest.mark.parametrize("dark", [False, True])
def test_the_window_gets_a_png(document: dict[str, Any], *, dark: bool) -> None:
    figure = charts.cash_flow_figure(
        _results(document, 3), ENGLISH, width_inch=5, height_inch=2, dark=dark
    )
    assert chart_style.as_png(figure, dots_per_inch=96).startswith(b"\x89PNG")


def test_the_entries_of_a_key_fit_the_width_of_the_chart() -> None:
    long = "carbon left in soil and water"
    assert chart_style.key_columns([long] * 6, 6.8) == 3
    assert chart_style.key_columns(["soil", "roots", "shell"], 6.8) == 3
    assert chart_style.key_columns([long * 9], 6.8) == 1


def test_the_charts_of_the_window_do_not_load_reportlab() -> None:
    code = (
        "import sys, app.reports.charts, app.reports.carbon_chart; "
        "print('reportlab' in sys.modules)"
    )
    command = [sys.executable, "-c", code]
    found = subprocess.run(command, capture_output=True, check=True, text=True)  # noqa: S603
    assert found.stdout.strip() == "False"
