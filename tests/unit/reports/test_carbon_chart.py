"""The chart of carbon and the map of the sites."""

from itertools import pairwise
from typing import Any

import pytest
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure

from app.finance.case.carbon.sites import Site
from app.finance.engine import Results
from app.finance.sink.pools import Pool
from app.i18n import translator
from app.reports.carbon_chart import carbon_figure, key_height
from app.reports.site_chart import site_figure
from tests.carbon_case import RANGE, account, computed, with_pools

ENGLISH = (translator("en"),)
BOTH = (translator("zh"), translator("en"))


def _figure(results: Results, **more: Any) -> Figure:
    return carbon_figure(results, ENGLISH, width_inch=6.8, height_inch=2.0, **more)


def _names(figure: Figure) -> list[str]:
    return [text.get_text() for text in figure.legends[0].get_texts()]


def test_pools_credits_and_band_are_named_in_the_order_of_the_stack() -> None:
    _, results = computed(account(), found=RANGE)
    results = with_pools(results, {Pool.SOIL: 150.0, Pool.METHANE: -50.0})
    assert _names(_figure(results)) == [
        "Soil",
        "Methane",
        "Credits of the right",
        "Credits, P5 to P95",
    ]


def test_without_a_range_there_is_no_band() -> None:
    _, results = computed(account())
    assert _names(_figure(results))[-1] == "Credits of the right"


def test_emissions_lie_below_zero_and_everything_is_inside_the_scale() -> None:
    _, results = computed(account(), found=RANGE)
    results = with_pools(results, {Pool.SOIL: 150.0, Pool.METHANE: -50.0})
    low, high = _figure(results).axes[0].get_ylim()
    assert low < -50
    assert high > 208.8


def test_pools_of_a_method_differ_in_lightness_on_a_grey_print() -> None:
    _, results = computed(account())
    results = with_pools(results, dict.fromkeys(list(Pool)[:4], 10.0))
    faces = [to_rgb(patch.get_facecolor()) for patch in _figure(results).axes[0].patches]
    light = sorted(0.299 * red + 0.587 * green + 0.114 * blue for red, green, blue in faces)
    steps = [after - before for before, after in pairwise(light)]
    assert len(faces) == 4
    assert min(steps) > 0.1


def test_a_pool_that_is_always_zero_is_left_out() -> None:
    _, results = computed(account())
    results = with_pools(results, {Pool.SOIL: 150.0, Pool.BASELINE: 0.0})
    assert _names(_figure(results)) == ["Soil", "Credits of the right"]


def test_a_plan_of_one_year_shows_its_range_as_a_bar() -> None:
    document = account()
    document["project"]["stated"] = [
        {"first_year": 2025, "last_year": 2025, "tonnes_per_year": 100}
    ]
    document["project"]["adjustments"] = []
    document["project"]["crediting_end"] = "2025-12-31"
    _, results = computed(document, found=RANGE)
    assert _names(_figure(results))[-1] == "Credits, P5 to P95"


def test_a_plan_without_years_is_an_empty_chart() -> None:
    document = account()
    document["project"]["stated"] = [{"first_year": 2025, "last_year": 2025, "tonnes_per_year": 0}]
    document["project"]["adjustments"] = []
    document["project"]["ledger"] = []
    _, results = computed(document)
    assert _names(_figure(results)) == ["Credits of the right"]


def test_a_longer_key_makes_a_higher_chart() -> None:
    _, results = computed(account())
    assert key_height(results, ENGLISH, 6.8) == 0
    many = with_pools(results, dict.fromkeys(list(Pool)[:8], 10.0))
    assert key_height(many, BOTH, 6.8) > 0


@pytest.mark.parametrize(
    ("site", "panels"),
    [
        (Site("Longhai", 24.4, 117.9), 2),
        (Site("Sine Saloum", 13.8, -16.5), 1),
    ],
)
def test_the_whole_coast_is_shown_beside_sites_that_lie_on_it(site: Site, panels: int) -> None:
    figure = site_figure((site,), width_inch=6.8, height_inch=2.3)
    assert len(figure.axes) == panels


def test_all_sites_lie_inside_the_map() -> None:
    sites = (Site("north", 39.0, 117.8), Site("south", 21.6, 108.3))
    detail = site_figure(sites, width_inch=6.8, height_inch=2.3).axes[-1]
    west, east = detail.get_xlim()
    south, north = detail.get_ylim()
    for site in sites:
        assert west < site.longitude < east
        assert south < site.latitude < north
