"""The map of the sites: what it shows, and where."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtGui import QPixmap
from pytestqt.qtbot import QtBot

from app.reference.map_view import (
    KM_PER_DEGREE,
    View,
    degrees_text,
    fitted,
    graticule,
    place_labels,
    scale_bar,
    visible,
)
from app.views.pages.case_page import CasePage
from app.views.widgets.site_map import SiteMap
from app.views.widgets.sites_editor import SitesEditor

JIAOZHOU = {"name": "胶州湾", "latitude": 36.15, "longitude": 120.25}
DONGTAI = {"name": "Dongtai", "latitude": 32.75, "longitude": 120.95}


@pytest.fixture
def shown(qtbot: QtBot) -> Callable[..., SiteMap]:
    def made(sites: list[Any], width: int = 520) -> SiteMap:
        widget = SiteMap()
        qtbot.addWidget(widget)
        widget.resize(width, 240)
        widget.show_sites(sites)
        widget.show()
        qtbot.waitExposed(widget)
        qtbot.wait(20)
        return widget

    return made


# --------------------------------------------------------------------------- the geometry alone


def test_all_sites_are_seen_with_a_margin() -> None:
    positions = [(120.25, 36.15), (108.35, 21.6), (121.15, 27.83)]
    view = fitted(positions, 520, 240)
    assert view is not None
    for position in positions:
        x, y = view.place(*position)
        assert 20 < x < 500
        assert 20 < y < 220


def test_a_single_site_stands_in_the_middle_of_four_degrees() -> None:
    view = fitted([(120.25, 36.15)], 520, 240)
    assert view is not None
    assert view.place(120.25, 36.15) == pytest.approx((260, 120))
    assert 2 * view.half_spans[1] == pytest.approx(4)


def test_north_is_up_and_east_is_right() -> None:
    view = fitted([(120, 36)], 520, 240)
    assert view is not None
    (x, y), (east, _), (_, north) = (view.place(*p) for p in ((120, 36), (121, 36), (120, 37)))
    assert east > x
    assert north < y


def test_distances_near_the_middle_are_true_in_both_directions() -> None:
    view = fitted([(120, 60)], 520, 240)
    assert view is not None
    (x, y), (east, _), (_, north) = (view.place(*p) for p in ((120, 60), (122, 60), (120, 61)))
    # at 60 degrees two degrees of longitude are as long as one of latitude
    assert east - x == pytest.approx(y - north)


def test_sites_on_both_sides_of_the_antimeridian_stand_side_by_side() -> None:
    view = fitted([(179.6, -17), (-179.7, -17.2)], 520, 240)
    assert view is not None
    west, east = view.place(179.6, -17)[0], view.place(-179.7, -17.2)[0]
    assert 0 < west < east < 520
    degrees = [value for value, _ in graticule(view).meridians]
    assert degrees == [176, 178, -180, -178, -176]
    assert [degrees_text(value, "EW") for value in degrees[1:4]] == ["178°E", "180°", "178°W"]


def test_the_scale_bar_has_a_round_length_that_is_true() -> None:
    view = View(longitude=120, latitude=36, scale=60, width=520, height=240)
    km, length = scale_bar(view)
    assert km == 200
    # 200 km are 1.79864 degrees of 111.195 km
    assert length == pytest.approx(1.79864 * 60, abs=1e-2)
    assert pytest.approx(111.195) == KM_PER_DEGREE


def test_meridians_and_parallels_are_round_and_few() -> None:
    view = fitted([(120.25, 36.15)], 520, 240)
    assert view is not None
    lines = graticule(view)
    assert [degrees for degrees, _ in lines.parallels] == [35, 36, 37, 38]
    assert [degrees for degrees, _ in lines.meridians] == [116, 118, 120, 122, 124]


def test_only_lines_that_touch_the_view_are_drawn() -> None:
    view = View(longitude=120, latitude=36, scale=60, width=520, height=240)
    near, far = [(119.0, 36.0), (121.0, 36.0)], [(10.0, 50.0), (11.0, 50.0)]
    (line,) = visible([near, far], view)
    assert len(line) == 2


def test_a_label_leaves_the_edge_and_other_labels_free() -> None:
    frame = (0.0, 0.0, 200.0, 100.0)
    points = [(190.0, 50.0), (100.0, 50.0), (104.0, 50.0), (5.0, 2.0)]
    boxes = place_labels(points, [(60.0, 14.0)] * 4, frame)
    assert boxes[0] == (126.0, 43.0, 60.0, 14.0)
    placed = [box for box in boxes if box is not None]
    for number, (left, top, width, height) in enumerate(placed):
        assert left >= 0
        assert left + width <= 200
        assert 0 <= top <= 100 - height
        for other in placed[number + 1 :]:
            apart_x = left + width <= other[0] or other[0] + other[2] <= left
            assert apart_x or top + height <= other[1] or other[1] + other[3] <= top


def test_a_label_that_finds_no_room_is_left_out() -> None:
    assert place_labels([(10.0, 10.0)], [(60.0, 14.0)], (0.0, 0.0, 30.0, 30.0)) == [None]


# ---------------------------------------------------------------------------------- the widget


def test_without_coordinates_the_map_says_what_to_do(shown: Callable[..., SiteMap]) -> None:
    widget = shown([])
    assert widget.labels() == []
    widget.show_sites([{"name": "x"}, {}, None, {"latitude": "36", "longitude": 120}])
    assert widget.labels() == []
    assert "import a map file" in widget.accessibleDescription()


def test_sites_and_their_names_are_shown(shown: Callable[..., SiteMap]) -> None:
    widget = shown([JIAOZHOU, DONGTAI, {"name": "lost", "latitude": 99, "longitude": 1}])
    boxes = widget.labels()
    assert len(boxes) == 2
    for box in boxes:
        assert box is not None
        assert box[0] >= 0
        assert box[0] + box[2] <= widget.width()
    assert widget.accessibleDescription() == "胶州湾, Dongtai"


def test_the_coast_comes_after_the_first_paint(shown: Callable[..., SiteMap]) -> None:
    bare = QPixmap(520, 240)
    early = SiteMap()
    early.resize(520, 240)
    early.show_sites([JIAOZHOU])
    early.render(bare)
    widget = shown([JIAOZHOU])
    assert widget.grab().toImage() != bare.toImage()


def test_the_form_shows_the_map_below_the_table_of_sites(
    open_page: Callable[..., CasePage], document: dict[str, Any]
) -> None:
    document["project"]["sites"] = [JIAOZHOU]
    page = open_page(document)
    editor = page.forms["project"].rows["project.sites"].editor
    assert isinstance(editor, SitesEditor)
    assert editor.map.isVisibleTo(editor)
    assert len(editor.map.labels()) == 1
    editor.show_value([])
    assert not editor.map.isVisibleTo(editor)
