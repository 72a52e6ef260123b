"""Importing lines from a file: preview, matching, counts, refused rows, one step of undo."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QLabel,
    QPushButton,
    QRadioButton,
    QTableWidget,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.i18n import set_language
from app.services.import_table import table_at
from app.views.dialogs.import_table_dialog import ImportTableDialog, file_patterns
from app.views.jobs import Jobs
from app.views.pages.case_page import CasePage

Show = Callable[..., ImportTableDialog]


def child(owner: QWidget, kind: type, name: str) -> Any:
    found = owner.findChild(kind, name)
    assert found is not None, name
    return found


@pytest.fixture
def show(qtbot: QtBot, jobs: Jobs) -> Show:
    """Open the dialog on a file and wait until it is read."""

    def shown(
        path: Path, table: str = "project.harvest", lines: list[Any] | None = None
    ) -> ImportTableDialog:
        dialog = ImportTableDialog(table_at(table), lines or [], jobs)
        qtbot.addWidget(dialog)
        dialog.show()
        dialog.load(str(path))
        count = child(dialog, QLabel, "import.count")
        qtbot.waitUntil(lambda: not count.text().startswith(("Reading", "正在")))
        return dialog

    return shown


def written(folder: Path, text: str, name: str = "table.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def count(dialog: ImportTableDialog) -> str:
    return str(child(dialog, QLabel, "import.count").text())


def refused(dialog: ImportTableDialog) -> list[tuple[str, ...]]:
    table = child(dialog, QTableWidget, "import.refused")
    return [
        tuple(item.text() if (item := table.item(row, column)) else "" for column in range(4))
        for row in range(table.rowCount())
    ]


def take(dialog: ImportTableDialog) -> list[Any]:
    told: list[Any] = []
    dialog.taken.connect(told.extend)
    button = child(dialog, QPushButton, "import.take")
    assert button.isEnabled()
    button.click()
    assert not dialog.isVisible()
    return told


GOOD = "Species,First year,Last year,Harvest (kg),Weight\nkelp,2023,2024,5000,dry\n"


def test_good_rows_are_taken_and_refused_rows_are_listed(show: Show, tmp_path: Path) -> None:
    dialog = show(written(tmp_path, f"{GOOD}oyster,2023,2024,much,wet\n"))
    assert count(dialog) == "Rows that will be taken: 1; refused: 1."
    assert refused(dialog) == [("3", "Harvest a year", "much", "a number (unit: t/yr)")]
    (line,) = take(dialog)
    assert line == {
        "species": "kelp",
        "first_year": 2023,
        "last_year": 2024,
        "tonnes_per_year": 5.0,
        "basis": "dry",
    }


def test_a_column_is_matched_by_hand_and_stands_at_one_heading_only(
    show: Show, tmp_path: Path
) -> None:
    text = "Species,Year,Amount,Harvest,Weight\nkelp,2023,7,5,dry\n"
    dialog = show(written(tmp_path, text))
    assert dialog.preview.matches()[2:4] == (None, "tonnes_per_year")
    dialog.preview.choose(2, "tonnes_per_year")
    assert dialog.preview.matches()[2:4] == ("tonnes_per_year", None)
    (line,) = take(dialog)
    assert line["tonnes_per_year"] == 7


def test_what_the_file_does_not_say_is_asked_for_once(show: Show, tmp_path: Path) -> None:
    dialog = show(written(tmp_path, "品种,2023,2024\n牡蛎,100,120\n海带,,30\n"))
    assert count(dialog) == "Rows that will be taken: 0; refused: 2."
    assert not child(dialog, QPushButton, "import.take").isEnabled()
    basis = child(dialog, QComboBox, "import.same.basis")
    basis.setCurrentIndex(basis.findData("wet"))
    basis.activated.emit(basis.currentIndex())
    assert count(dialog) == "Rows that will be taken: 3; refused: 0."
    assert not child(dialog, QTableWidget, "import.refused").isVisible()
    assert [(line["first_year"], line["basis"]) for line in take(dialog)] == [
        (2023, "wet"),
        (2024, "wet"),
        (2024, "wet"),
    ]


def test_lines_are_added_or_replaced_as_chosen(show: Show, tmp_path: Path) -> None:
    old = [{"year": 2020, "area_ha": 1.0}]
    path = written(tmp_path, "year,area\n2023,2\n")
    added = take(show(path, "project.planting", old))
    assert [line["year"] for line in added] == [2020, 2023]
    dialog = show(path, "project.planting", old)
    child(dialog, QRadioButton, "import.replace").click()
    assert [line["year"] for line in take(dialog)] == [2023]


def test_more_lines_than_the_table_holds_are_not_taken(show: Show, tmp_path: Path) -> None:
    old = [{"year": 2020, "area_ha": 1.0}] * 200
    dialog = show(written(tmp_path, "year,area\n2023,2\n"), "project.planting", old)
    assert "at most 200" in child(dialog, QLabel, "import.problem").text()
    assert not child(dialog, QPushButton, "import.take").isEnabled()
    child(dialog, QRadioButton, "import.replace").click()
    assert child(dialog, QPushButton, "import.take").isEnabled()


def test_another_sheet_of_a_workbook_can_be_chosen(
    show: Show, tmp_path: Path, qtbot: QtBot
) -> None:
    book = openpyxl.Workbook()
    book.active.append(["nothing", "here"])
    book.active.append(["a", "b"])
    plan = book.create_sheet("Plan")
    plan.append(["year", "area (mu)"])
    plan.append([2023, 15])
    path = tmp_path / "book.xlsx"
    book.save(path)
    dialog = show(path, "project.planting")
    sheets = child(dialog, QComboBox, "import.sheet")
    assert sheets.isVisible()
    sheets.setCurrentIndex(1)
    sheets.activated.emit(1)
    qtbot.waitUntil(lambda: count(dialog) == "Rows that will be taken: 1; refused: 0.")
    assert take(dialog) == [{"year": 2023, "area_ha": 1.0}]


def test_a_file_that_cannot_be_read_says_why(show: Show, tmp_path: Path) -> None:
    dialog = show(written(tmp_path, "%PDF", "table.xlsx"))
    assert "a whole file" in child(dialog, QLabel, "import.problem").text()
    assert not child(dialog, QPushButton, "import.take").isEnabled()


def test_sites_come_from_a_map_file_or_a_table(show: Show, tmp_path: Path) -> None:
    ring = [[120, 36], [120.1, 36], [120.1, 36.1], [120, 36.1], [120, 36]]
    document = {"type": "Polygon", "coordinates": [ring]}
    dialog = show(written(tmp_path, json.dumps(document), "bay.geojson"), "project.sites")
    assert "GCJ-02" in child(dialog, QLabel, "import.hint").text()
    assert not child(dialog, QComboBox, "import.sheet").isVisible()
    (site,) = take(dialog)
    assert site["name"] == "bay"
    assert site["area_ha"] > 9000
    table = written(tmp_path, "名称,纬度,经度\n胶州湾,36.1,120.3\n")
    assert take(show(table, "project.sites")) == [
        {"name": "胶州湾", "latitude": 36.1, "longitude": 120.3}
    ]


def test_map_files_are_offered_for_sites_only() -> None:
    assert any("*.geojson" in text for text in file_patterns(table_at("project.sites")))
    assert not any("*.geojson" in text for text in file_patterns(table_at("project.planting")))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_everything_is_reached_by_keyboard_and_named(
    show: Show, tmp_path: Path, qtbot: QtBot, language: str
) -> None:
    set_language(language)
    dialog = show(written(tmp_path, "Species,2023\nkelp,5\n"), lines=[{}])
    stops: set[QWidget] = set()
    for _ in range(25):
        qtbot.keyClick(dialog, Qt.Key.Key_Tab)
        stops.add(dialog.focusWidget())
    boxes = dialog.findChildren(QComboBox)
    assert len(boxes) == 4
    assert all(box.accessibleName() for box in boxes)
    assert {box for box in boxes if box.isVisible()} <= stops
    assert {"import.preview", "import.refused", "import.other"} <= {w.objectName() for w in stops}


def chosen_file(page: CasePage, qtbot: QtBot, path: Path) -> ImportTableDialog:
    """Choose a file in the file dialog that is open and wait for the preview."""
    (asked,) = [d for d in page.findChildren(QFileDialog) if d.isVisible()]
    asked.fileSelected.emit(str(path))
    asked.reject()
    (dialog,) = page.findChildren(ImportTableDialog)
    qtbot.waitUntil(lambda: not count(dialog).startswith(("Reading", "正在")))
    return dialog


def test_an_import_is_one_step_of_undo(
    open_page: Callable[..., CasePage],
    document: dict[str, Any],
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    page = open_page(document)
    before = page.document
    steps = page.undo_stack.count()
    child(page, QPushButton, "project.stated.import").click()
    text = "Year,Removals a year\n2026,5\n2027,6\n2028,7\n"
    dialog = chosen_file(page, qtbot, written(tmp_path, text))
    child(dialog, QPushButton, "import.take").click()
    years = [line["first_year"] for line in page.document["project"]["stated"]]
    assert years == [2025, 2026, 2027, 2028]
    assert page.undo_stack.count() == steps + 1
    page.undo_stack.undo()
    assert page.document == before
