"""One event on the whole book, in the window: insurer's and lender's view, map, tables."""

import copy
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from app.services.accumulation_questions import EventKind
from app.services.event_desk import storm_names
from app.services.hazard_files import read_tracks
from app.services.workbench import Workbench
from app.views.dialogs.accumulation_dialog import AccumulationDialog
from app.views.jobs import Jobs
from app.views.main_window import MainWindow
from app.views.pages.list_page import ListPage
from app.views.widgets.loan_table import FactTableView
from tests.ui.hazard_tracks import made_tracks
from tests.ui.named_widgets import press, words
from tests.unit.finance.watched_loans import watched_document

WAIT_MS = 20_000
DAY = "2025-07-31"
NEAR = {"name": "North", "latitude": 25.0, "longitude": 119.0}
FAR = {"name": "Rongcheng", "latitude": 37.1, "longitude": 122.5}
FOOTPRINT = {"latitude": 25.2, "longitude": 119.0, "radius_km": 50.0, "damage": 0.3, "day": DAY}


@pytest.fixture
def book(workbench: Workbench, insured_document: dict[str, Any]) -> None:
    """A policy of 200,000 yuan with its loan, a policy far off, a loan nobody can place."""
    both = watched_document(copy.deepcopy(insured_document), as_of="2025-03-31")
    both["project"].update(name="Both", sites=[NEAR])
    both["loan"].update(amount_yuan=6_000_000)
    north = copy.deepcopy(insured_document)
    north.pop("loan")
    north["project"]["name"] = "Far"
    north["insurance"]["sites"] = [FAR]
    north["insurance"]["heads"][0]["site"] = "Rongcheng"
    lost = watched_document(copy.deepcopy(insured_document), as_of="2025-03-31")
    lost.pop("insurance")
    lost["project"]["name"] = "Nowhere"
    workbench.save_new([both, north, lost])


@pytest.fixture
def dialog(qtbot: QtBot, workbench: Workbench, jobs: Jobs) -> AccumulationDialog:
    made = AccumulationDialog(workbench, jobs)
    qtbot.addWidget(made)
    made.start()
    return made


def compute(qtbot: QtBot, dialog: AccumulationDialog, kind: EventKind, **answers: Any) -> None:
    dialog.form.choose_kind(kind)
    dialog.form.questions[kind].fill(answers)
    press(dialog, "event.compute")
    qtbot.waitUntil(lambda: not dialog.status.is_busy(), timeout=WAIT_MS)


def summary(dialog: AccumulationDialog) -> str:
    return dialog.findings.page.toPlainText()


def titles(dialog: AccumulationDialog) -> list[str]:
    tabs = dialog.findings.tabs
    return [tabs.tabText(at) for at in range(tabs.count())]


def table(dialog: AccumulationDialog, title: str) -> list[list[str]]:
    view = dialog.findings.tabs.widget(titles(dialog).index(title))
    assert isinstance(view, FactTableView)
    return [line.split("\t") for line in view.copied_text().splitlines()]


@pytest.mark.usefixtures("book")
def test_a_footprint_shows_both_views_at_once_on_a_map_and_in_tables(
    qtbot: QtBot, dialog: AccumulationDialog
) -> None:
    assert "nothing else" in words(dialog, "event.empty")
    compute(qtbot, dialog, EventKind.FOOTPRINT, **FOOTPRINT)
    text = summary(dialog)
    assert "40,000.00" in text
    assert "10.00% of the sum insured" in text
    assert "30.00% of the value pledged" in text
    assert "1 of 2 places" in dialog.map.accessibleDescription()
    assert dialog.map.isVisible()
    assert table(dialog, "Policies hit")[1][:3] == ["Both", "22", "30.00%"]
    heads, line, _sums = table(dialog, "Loans hit")
    assert float(line[heads.index("Owed in all (yuan)")]) > 0
    assert "Loss to insurers (yuan)" not in heads
    assert [row[0] for row in table(dialog, "All cases")[1:3]] == ["Both", "Far"]
    assert table(dialog, "Without coordinates")[1][0] == "Nowhere"


@pytest.mark.usefixtures("book")
def test_the_reported_event_needs_no_place(qtbot: QtBot, dialog: AccumulationDialog) -> None:
    compute(qtbot, dialog, EventKind.REPORTED, day=DAY)
    text = summary(dialog)
    assert "Gaemi" in text
    assert "Press report on the policy, 2024-08-02" in text
    assert [row[0] for row in table(dialog, "Loans hit")[1:-1]] == ["Both", "Nowhere"]


@pytest.mark.usefixtures("book")
def test_storms_of_the_tracks_come_again_by_name_by_place_and_by_what_they_cost(
    qtbot: QtBot, dialog: AccumulationDialog, tmp_path: Path
) -> None:
    compute(qtbot, dialog, EventKind.WORST, day=DAY)
    assert "track file" in words(dialog, "event.problem")
    path = made_tracks(tmp_path, storms=8)
    dialog.form.take_file(path)
    curve = {"curve": "mangrove_canopy", "wind": "nearest", "day": DAY}
    compute(qtbot, dialog, EventKind.STORM, storm="storm3", **curve)
    assert "STORM3 1981 (S003)" in summary(dialog)
    assert dialog.map.isVisible()
    compute(qtbot, dialog, EventKind.STORM, storm="STROM3", **curve)
    problem = dialog.form.questions[EventKind.STORM].problems["storm"]
    assert "STORM3" in problem.text()
    place = {"latitude": 25.0, "longitude": 119.0}
    compute(qtbot, dialog, EventKind.WORST_AT, **place, **curve)
    assert "Strongest wind at" in summary(dialog)
    compute(qtbot, dialog, EventKind.WORST, **curve)
    costly = table(dialog, "Costliest storms")
    losses = [float(row[2]) + float(row[3]) for row in costly[1:]]
    assert losses == sorted(losses, reverse=True)
    assert "Probable maximum loss" in titles(dialog)
    names = storm_names(read_tracks(path))
    assert names["STORM3 1981 (S003)"] == "S003"


@pytest.mark.usefixtures("book")
def test_what_is_typed_wrong_is_said_beside_its_field(
    qtbot: QtBot, dialog: AccumulationDialog
) -> None:
    dialog.form.choose_kind(EventKind.FOOTPRINT)
    press(dialog, "event.compute")
    fields = dialog.form.questions[EventKind.FOOTPRINT]
    assert not fields.problems["damage"].isHidden()
    assert "red" in words(dialog, "event.problem")
    compute(qtbot, dialog, EventKind.FOOTPRINT, **FOOTPRINT)
    assert words(dialog, "event.problem") == ""


def test_an_empty_book_says_so(qtbot: QtBot, dialog: AccumulationDialog) -> None:
    compute(qtbot, dialog, EventKind.REPORTED)
    assert "No policy is in force" in words(dialog, "event.empty")
    assert not dialog.map.isVisible()


@pytest.mark.usefixtures("book")
def test_a_case_is_opened_from_its_line_and_a_table_is_copied(
    qtbot: QtBot, dialog: AccumulationDialog
) -> None:
    compute(qtbot, dialog, EventKind.FOOTPRINT, **FOOTPRINT)
    dialog.findings.tabs.setCurrentIndex(1)
    press(dialog, "event.copy")
    assert QApplication.clipboard().text().startswith("Case\t")
    view = dialog.findings.tabs.widget(1)
    assert isinstance(view, FactTableView)
    model = view.model()
    view.activated.emit(model.index(model.rowCount() - 1, 0))
    assert dialog.isVisible()
    with qtbot.waitSignal(dialog.open_case):
        view.activated.emit(model.index(0, 0))


@pytest.mark.usefixtures("book")
def test_stopping_and_leaving_let_the_work_go(qtbot: QtBot, dialog: AccumulationDialog) -> None:
    dialog.form.choose_kind(EventKind.REPORTED)
    press(dialog, "event.compute")
    press(dialog, "event.stop")
    assert not dialog.status.is_busy()
    press(dialog, "event.compute")
    dialog.reject()
    assert not dialog.status.is_busy()


@pytest.mark.parametrize(("key", "language"), [("loans", "en"), ("insurance", "zh")])
def test_the_lists_of_loans_and_insurance_open_it_in_either_language(
    window: MainWindow, key: str, language: str
) -> None:
    window.change_language(language)
    window.show_page(key)
    page = window.stack.currentWidget()
    assert isinstance(page, ListPage)
    button = page.findChild(QPushButton, "one-event")
    assert button is not None
    button.click()
    dialog = page.findChild(AccumulationDialog)
    assert dialog is not None
    assert dialog.isVisible()
    dialog.form.choose_kind(EventKind.WORST)
    dialog.reject()
