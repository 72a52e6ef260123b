"""Storms and stations in the window: computed in the worker, shown, taken into the draft."""

import copy
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QComboBox, QTextBrowser
from pytestqt.qtbot import QtBot

from app.i18n import set_language
from app.reference.damage import damage_curve
from app.reference.storms import storm_place
from app.services.draft import provenance_at, value_at
from app.services.hazard_desk import HazardDesk
from app.services.hazard_questions import HazardKind
from app.services.hazard_typed import sites_text, typed_sites
from app.views.dialogs.hazard_dialog import Draft, HazardDialog
from app.views.jobs import Jobs
from app.views.widgets.loan_table import FactTableView
from app.views.widgets.year_bars import YearChart
from tests.hazard_files import HAZARD_FILES
from tests.ui.hazard_tracks import NORTH, SOUTH, made_tracks
from tests.ui.named_widgets import press, words

WAIT_MS = 20_000


class Book:
    """A draft with its steps of undo."""

    def __init__(self, document: dict[str, Any]) -> None:
        self.document = document
        self.steps: list[dict[str, Any]] = []

    def change(self, _path: str, after: dict[str, Any]) -> None:
        self.steps.append(self.document)
        self.document = after


@pytest.fixture
def draft(insured_document: dict[str, Any]) -> Book:
    """A draft with one place, and an index that reads gusts and the area of red tides."""
    document = copy.deepcopy(insured_document)
    document["project"]["sites"] = [{"name": "North", "latitude": 25.0, "longitude": 119.0}]
    document["insurance"]["index"] = {
        "triggers": [
            {"name": "gust", "measure": "gust", "form": "step"},
            {"name": "force", "measure": "wind_force", "form": "step"},
            {"name": "tide", "measure": "red_tide_area", "form": "step"},
        ]
    }
    return Book(document)


@pytest.fixture
def dialog(qtbot: QtBot, jobs: Jobs, draft: Book, own_home: Path) -> HazardDialog:
    own_home.mkdir(exist_ok=True)
    made = HazardDialog(HazardDesk(), jobs, Draft(lambda: draft.document, draft.change))
    qtbot.addWidget(made)
    made.start()
    return made


def compute(qtbot: QtBot, dialog: HazardDialog, path: Path | None = None) -> None:
    if path is not None:
        dialog.form.take_file(path)
    press(dialog, "hazard.compute")
    qtbot.waitUntil(lambda: not dialog.status.is_busy(), timeout=WAIT_MS)


def summary(dialog: HazardDialog) -> str:
    page = dialog.findChild(QTextBrowser, "hazard.page")
    assert page is not None
    return page.toPlainText()


def fill(dialog: HazardDialog, **answers: Any) -> None:
    dialog.form.questions[dialog.form.kind].fill(answers)


def choose_curve(dialog: HazardDialog, name: str) -> None:
    box = dialog.findChild(QComboBox, "hazard.curve")
    assert box is not None
    box.setCurrentText(damage_curve(name).title)


def test_without_a_file_it_says_where_to_get_one_and_that_none_is_needed(
    qtbot: QtBot, dialog: HazardDialog
) -> None:
    assert "ibtracs.WP.list" in words(dialog, "hazard.empty")
    assert "works without one" in words(dialog, "hazard.empty")
    assert not dialog.taking.peril.isEnabled()
    compute(qtbot, dialog)
    assert "track file" in words(dialog, "hazard.problem")
    dialog.form.choose_kind(HazardKind.TIDES)
    assert "red tide" in words(dialog, "hazard.empty")
    compute(qtbot, dialog)
    assert "choose one" in words(dialog, "hazard.problem")


def test_storms_near_a_site_are_shown_and_become_peril_events_and_history(
    qtbot: QtBot, dialog: HazardDialog, draft: Book, tmp_path: Path
) -> None:
    fill(dialog, averaging="gust_3s")
    compute(qtbot, dialog, made_tracks(tmp_path))
    text = summary(dialog)
    assert "1980 to 1999, 20 years" in text
    assert "2.000" in text
    assert "generalised Pareto above 17.2" in text
    assert "WMO/TD-No. 1555" in text
    assert "Return levels" in text
    assert dialog.findChild(YearChart) is not None
    storms = dialog.findings.tabs.widget(1)
    assert isinstance(storms, FactTableView)
    assert "STORM0\t1980-08-0" in storms.copied_text()

    before = draft.document
    choose_curve(dialog, "mangrove_canopy")
    assert "The curve reads the 1-minute mean" in words(dialog, "hazard.taking")
    press(dialog, "hazard.as_peril")
    (line,) = [
        peril for peril in value_at(draft.document, "insurance.perils") if peril["peril"] != "any"
    ]
    assert (line["events_per_year"], line["site"]) == (2.0, "")
    assert line["curve"] in {p["curve"] for p in value_at(draft.document, "insurance.damages")}
    assert provenance_at(draft.document, "insurance.perils")[0] == "measured"
    assert draft.steps == [before]
    assert "Undo" in words(dialog, "hazard.told")

    press(dialog, "hazard.as_events")
    assert len(value_at(draft.document, "insurance.events.event_lines")) == 40
    press(dialog, "hazard.as_history")
    readings = value_at(draft.document, "insurance.index.readings")
    assert {(one["trigger"], one["station"]) for one in readings} == {("gust", "North")}
    assert value_at(draft.document, "insurance.index.last_year") == 1999
    assert len(draft.steps) == 3


def test_sites_a_policy_does_not_have_are_refused_as_an_event_set(
    qtbot: QtBot, dialog: HazardDialog, draft: Book, tmp_path: Path
) -> None:
    fill(dialog, sites=f"{NORTH}\n{SOUTH}", radius_km=150.0)
    compute(qtbot, dialog, made_tracks(tmp_path))
    held = draft.document
    choose_curve(dialog, "mangrove_canopy")
    press(dialog, "hazard.as_events")
    assert draft.document == held
    assert "sites insured" in words(dialog, "hazard.problem")
    draft.document["insurance"]["heads"] = [
        {**head, "name": name, "site": name}
        for head in held["insurance"]["heads"]
        for name in ("North", "South")
    ]
    press(dialog, "hazard.as_events")
    sites = {line["site"] for line in value_at(draft.document, "insurance.events.event_lines")}
    assert sites == {"North", "South"}


def test_what_is_typed_wrong_is_said_beside_its_field(
    qtbot: QtBot, dialog: HazardDialog, tmp_path: Path
) -> None:
    fields = dialog.form.questions[HazardKind.TRACKS]
    fill(dialog, sites="Nowhere", radius_km=2000.0)
    press(dialog, "hazard.compute")
    assert "1,000" in fields.problems["radius_km"].text()
    fill(dialog, radius_km=100.0)
    compute(qtbot, dialog, made_tracks(tmp_path, storms=4))
    assert "latitude, longitude" in fields.problems["sites"].text()
    fill(dialog, sites=NORTH, first_year=1900)
    compute(qtbot, dialog)
    assert "1980 to 1981" in fields.problems["first_year"].text()


def test_tracks_read_once_are_there_the_next_time(
    qtbot: QtBot, jobs: Jobs, dialog: HazardDialog, draft: Book, tmp_path: Path
) -> None:
    compute(qtbot, dialog, made_tracks(tmp_path, storms=6))
    shown = summary(dialog)
    later = HazardDialog(HazardDesk(), jobs, Draft(lambda: draft.document, draft.change))
    qtbot.addWidget(later)
    later.start()
    qtbot.waitUntil(lambda: "made.csv" in words(later, "hazard.file"), timeout=WAIT_MS)
    assert "1980" in words(later, "hazard.file")
    compute(qtbot, later)
    assert summary(later) == shown


def test_stopping_lets_the_work_go_and_what_was_shown_stays(
    qtbot: QtBot, dialog: HazardDialog, tmp_path: Path
) -> None:
    compute(qtbot, dialog, made_tracks(tmp_path, storms=6))
    shown = summary(dialog)
    press(dialog, "hazard.compute")
    press(dialog, "hazard.stop")
    assert not dialog.status.is_busy()
    assert "Stopped" in words(dialog, "hazard.told")
    assert summary(dialog) == shown


def test_a_station_and_red_tides_become_the_history_of_their_trigger(
    qtbot: QtBot, dialog: HazardDialog, draft: Book
) -> None:
    dialog.form.choose_kind(HazardKind.STATION)
    compute(qtbot, dialog, HAZARD_FILES / "station_gb18030.csv")
    assert "58847" in summary(dialog)
    assert "at least 10 years" in summary(dialog)
    assert not dialog.taking.history.isEnabled()

    dialog.form.choose_kind(HazardKind.TIDES)
    compute(qtbot, dialog, HAZARD_FILES / "red_tides.csv")
    assert "Karenia" not in summary(dialog)
    assert dialog.findChild(YearChart) is not None
    press(dialog, "hazard.as_history")
    readings = value_at(draft.document, "insurance.index.readings")
    assert [(one["trigger"], one["value"]) for one in readings] == [("tide", 120.0), ("tide", 8.0)]
    assert len(draft.steps) == 1
    dialog.form.choose_kind(HazardKind.STATION)
    assert "58847" in summary(dialog)


def test_the_shipped_table_stands_in_for_a_file_and_says_so(
    qtbot: QtBot, dialog: HazardDialog, draft: Book
) -> None:
    dialog.form.choose_kind(HazardKind.PLACES)
    assert dialog.form.questions[HazardKind.PLACES].row() == {"place": "Longhai"}
    fill(dialog, place="Xiapu", averaging="mean_1min")
    compute(qtbot, dialog)
    place = storm_place("Xiapu")
    assert place.scale_ms is not None
    assert place.source in summary(dialog)
    assert not dialog.taking.events.isEnabled()
    assert not dialog.taking.history.isEnabled()
    press(dialog, "hazard.as_peril")
    assert "damage curve" in words(dialog, "hazard.problem")
    choose_curve(dialog, "mangrove_canopy")
    press(dialog, "hazard.as_peril")
    *_others, line = value_at(draft.document, "insurance.perils")
    assert line["events_per_year"] == pytest.approx(place.site_storms / place.years)
    assert line["scale"] == pytest.approx(place.scale_ms / 0.90, rel=1e-5)
    assert line["threshold"] == pytest.approx(17.2 / 0.90, rel=1e-5)
    assert line["curve"] == "mangrove_canopy"
    assert "No hazard file" in line["source"]
    assert len(draft.steps) == 1


def test_a_table_is_copied_with_heads_and_plain_numbers(
    qtbot: QtBot, dialog: HazardDialog, tmp_path: Path
) -> None:
    compute(qtbot, dialog, made_tracks(tmp_path, storms=6))
    dialog.findings.tabs.setCurrentIndex(2)
    press(dialog, "hazard.copy")
    lines = QApplication.clipboard().text().splitlines()
    assert lines[0].startswith("Year\t")
    assert lines[1].split("\t")[:2] == ["1980", "2"]
    assert "lines: 3" in words(dialog, "hazard.told")


def test_the_dialog_speaks_chinese(qtbot: QtBot, jobs: Jobs, draft: Book) -> None:
    set_language("zh")
    made = HazardDialog(HazardDesk(), jobs, Draft(lambda: draft.document, draft.change))
    qtbot.addWidget(made)
    assert made.findings.tabs.count() == 1


def test_sites_are_those_of_the_policy_before_those_of_the_project(draft: Book) -> None:
    assert sites_text(draft.document) == NORTH
    insured = [{"name": "Bay", "latitude": -21, "longitude": 117.5}, {"name": "no place"}]
    draft.document["insurance"]["sites"] = insured
    assert sites_text(draft.document) == "Bay, -21.0, 117.5"
    (site,) = typed_sites("港湾，−21，117.5")
    assert (site.name, site.latitude, site.longitude) == ("港湾", -21.0, 117.5)
