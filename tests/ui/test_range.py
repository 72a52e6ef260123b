"""The range of uncertain inputs in the window: drawn beside the typing, and stopped."""

from typing import Any

from PySide6.QtWidgets import QPushButton, QTableWidget, QWidget
from pytestqt.qtbot import QtBot

from app.services.draft import with_value
from app.services.workbench import Workbench
from app.views.jobs import Jobs
from app.views.range_drawer import RangeDrawer
from tests.ui.conftest import OpenPage

TONNES = "project.stated.0.tonnes_per_year"


def uncertain(document: dict[str, Any], draws: int = 1000) -> dict[str, Any]:
    line = {"parameter": TONNES, "kind": "normal", "sd": 1000.0}
    document["project"] |= {"distributions": [line], "draws": draws, "seed": 11}
    return document


def test_the_range_follows_the_figures(
    qtbot: QtBot, open_page: OpenPage, document: dict[str, Any]
) -> None:
    page = open_page(uncertain(document))
    assert "1,250,414.00" in page.results_text()
    qtbot.waitUntil(lambda: "P95" in page.results_text())
    assert "1,000 draws from seed 11" in page.results_text()


def test_a_changed_draft_is_drawn_anew(
    qtbot: QtBot, open_page: OpenPage, document: dict[str, Any]
) -> None:
    page = open_page(uncertain(document))
    qtbot.waitUntil(lambda: "from seed 11" in page.results_text())
    page.change("project.seed", with_value(page.document, "project.seed", 12))
    qtbot.waitUntil(lambda: "from seed 12" in page.results_text())


def test_a_drawing_that_is_stopped_gives_no_answer(
    qtbot: QtBot, workbench: Workbench, jobs: Jobs, document: dict[str, Any]
) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    drawer = RangeDrawer(workbench, jobs, owner)
    answers: list[object] = []
    drawer.drawn.connect(answers.append)
    computed = workbench.compute_document(uncertain(document, 200_000), draw=False)
    drawer.start(computed)
    drawer.stop()
    finished: list[bool] = []
    jobs.run(lambda: True, owner=owner, done=finished.append)
    qtbot.waitUntil(lambda: finished == [True])
    assert answers == []


def test_progress_is_shown_while_there_are_draws_left(
    qtbot: QtBot, open_page: OpenPage, document: dict[str, Any]
) -> None:
    page = open_page(document)
    panel = page.findChild(QWidget, "drawing")
    assert panel is not None
    page._show_progress(10_000, 50_000)
    assert not panel.isHidden()
    stop = page.findChild(QPushButton, "stop-drawing")
    assert stop is not None
    stop.click()
    assert panel.isHidden()
    page._show_progress(50_000, 50_000)
    assert panel.isHidden()


def test_a_drawing_that_was_stopped_tells_no_progress_any_more(
    qtbot: QtBot, workbench: Workbench, jobs: Jobs, document: dict[str, Any]
) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    drawer = RangeDrawer(workbench, jobs, owner)
    told: list[int] = []
    drawer.progressed.connect(lambda done, _draws: told.append(done))
    computed = workbench.compute_document(uncertain(document, 200_000), draw=False)
    drawer.start(computed)
    qtbot.waitUntil(lambda: told != [])
    drawer.stop()
    before = len(told)
    finished: list[bool] = []
    jobs.run(lambda: True, owner=owner, done=finished.append)
    qtbot.waitUntil(lambda: finished == [True])
    assert len(told) == before


def test_an_uncertain_input_is_shown_by_its_name(
    open_page: OpenPage, document: dict[str, Any]
) -> None:
    page = open_page(uncertain(document))
    table = page.findChild(QTableWidget, "project.distributions")
    assert table is not None
    item = table.item(0, 0)
    assert item is not None
    assert item.text() == "Removals of the report, line 1, Removals a year"
    assert item.toolTip() == TONNES
