"""The window: navigation, the list of cases, deleting with undo, language, import."""

import json
import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QWidget,
)
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from app.services.ports import StorageProblem
from app.services.workbench import Workbench
from app.settings import Settings, load_settings, save_settings, settings_file
from app.views.application import open_book, speak_qt
from app.views.jobs import Jobs
from app.views.main_window import MainWindow
from app.views.navigation import PAGES
from app.views.pages.list_page import ListPage


def book(window: MainWindow) -> ListPage:
    page = window.stack.currentWidget()
    assert isinstance(page, ListPage)
    return page


def column(page: ListPage, number: int) -> list[str]:
    model = page.table.records
    return [str(model.index(row, number).data()) for row in range(model.rowCount())]


def message(window: MainWindow) -> QMessageBox:
    found = window.findChild(QMessageBox, "message")
    assert found is not None
    return found


def test_the_book_lists_the_cases_with_their_figures(window: MainWindow) -> None:
    page = book(window)
    assert sorted(column(page, 0)) == ["Alpha", "Beta", "Gamma"]
    row = column(page, 0).index("Beta")
    assert column(page, 2)[row] == "1,250,414.00"
    assert column(page, 5)[row] == "1,599.47%"
    assert column(page, 5)[column(page, 0).index("Alpha")] == "–"


def test_money_sorts_by_number_not_by_text(window: MainWindow) -> None:
    page = book(window)
    page.table.sortByColumn(2, Qt.SortOrder.AscendingOrder)
    assert column(page, 0) == ["Alpha", "Gamma", "Beta"]
    page.table.sortByColumn(5, Qt.SortOrder.DescendingOrder)
    assert column(page, 0)[-1] == "Alpha"


def test_the_filter_looks_at_every_column(window: MainWindow, qtbot: QtBot) -> None:
    page = book(window)
    field = page.findChild(QLineEdit, "filter")
    assert field is not None
    qtbot.keyClicks(field, "1,250,414")
    assert column(page, 0) == ["Beta"]


def test_the_table_model_keeps_qts_rules(window: MainWindow, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(book(window).table.records)


def test_every_page_opens(window: MainWindow) -> None:
    seen: set[QWidget] = set()
    for key, _title, _icon in PAGES:
        window.show_page(key)
        shown = window.stack.currentWidget()
        assert shown is not None
        seen.add(shown)
    assert len(seen) == len(PAGES)


def test_the_loan_view_holds_the_cases_with_a_loan_only(window: MainWindow) -> None:
    window.show_page("loans")
    assert sorted(column(book(window), 0)) == ["Beta", "Gamma"]


def test_deleting_can_be_undone_from_the_status_bar(window: MainWindow) -> None:
    page = book(window)
    page.table.selectRow(column(page, 0).index("Beta"))
    page.delete.emit(page.selected_ids())
    assert sorted(column(page, 0)) == ["Alpha", "Gamma"]
    undo = window.findChild(QPushButton, "undo-delete")
    assert undo is not None
    undo.click()
    assert sorted(column(page, 0)) == ["Alpha", "Beta", "Gamma"]


def test_deleting_can_be_undone_from_the_menu(window: MainWindow) -> None:
    page = book(window)
    page.table.selectAll()
    page.delete.emit(page.selected_ids())
    assert column(page, 0) == []
    window.actions_by_name["edit.undo"].trigger()
    assert len(column(page, 0)) == 3


def test_a_duplicate_has_a_name_of_its_own(window: MainWindow) -> None:
    page = book(window)
    page.table.selectRow(column(page, 0).index("Beta"))
    page.duplicate.emit(page.selected_ids()[0])
    assert "Beta (copy)" in column(page, 0)


def test_a_case_opens_once_and_closes(window: MainWindow) -> None:
    page = book(window)
    page.table.selectRow(0)
    (case_id,) = page.selected_ids()
    page.open_case.emit(case_id)
    window.show_page("book")
    page.open_case.emit(case_id)
    assert len(window.cases()) == 1
    case = window.current_case()
    assert case is not None
    window.actions_by_name["case.close"].trigger()
    assert window.cases() == []
    assert window.navigation.count() == len(PAGES)


def test_a_new_case_is_entered_saved_and_listed(window: MainWindow, document: Any) -> None:
    window.actions_by_name["book.new"].trigger()
    case = window.current_case()
    assert case is not None
    document["project"]["name"] = "Delta"
    case.change("all", {**document, "provenance": {}})
    assert case.save()
    window.show_page("book")
    assert "Delta" in column(book(window), 0)


def test_closing_with_unsaved_changes_asks(window: MainWindow) -> None:
    page = book(window)
    page.table.selectRow(0)
    page.open_case.emit(page.selected_ids()[0])
    case = window.current_case()
    assert case is not None
    changed = json.loads(json.dumps(case.document))
    changed["appraisal"]["price_yuan_t"] = 1.5
    case.change("appraisal.price_yuan_t", changed)
    window.close_case(case)
    box = window.findChild(QMessageBox, "unsaved")
    assert box is not None
    assert window.cases() == [case]
    box.button(QMessageBox.StandardButton.Discard).click()
    assert window.cases() == []


def test_the_language_changes_without_a_restart(window: MainWindow, qapp: QApplication) -> None:
    window.actions_by_name["book.new"].trigger()
    window.show_page("book")
    window.on_language = lambda: speak_qt(qapp)
    window.change_language("zh")
    assert qapp.translate("QPlatformTheme", "Cancel") == "取消"
    assert window.navigation.item(0).text() == "案卷库"
    assert window.windowTitle() == "蓝碳金融工作台"
    assert book(window).table.records.headerData(2, Qt.Orientation.Horizontal) == "毛值（元）"
    assert load_settings().language == "zh"
    window.change_language("en")
    assert qapp.translate("QPlatformTheme", "Cancel") == "Cancel"
    assert window.navigation.item(0).text() == "Book"


def test_a_refused_import_names_the_field_and_leaves_the_book(
    window: MainWindow, tmp_path: Path, document: dict[str, Any]
) -> None:
    good, bad = tmp_path / "good.bcd.json", tmp_path / "bad.bcd.json"
    good.write_text(json.dumps(document), encoding="utf-8")
    document["appraisal"]["price_yuan_t"] = -5
    bad.write_text(json.dumps(document), encoding="utf-8")
    window.import_paths([good, bad])
    assert "bad.bcd.json: appraisal.price_yuan_t: given -5" in message(window).text()
    message(window).close()
    assert len(column(book(window), 0)) == 3
    window.import_paths([good])
    assert len(column(book(window), 0)) == 4


@pytest.mark.parametrize("code", ["locked", "damaged", "too_new", "full", "unreadable"])
def test_a_book_that_cannot_be_opened_is_explained(
    code: str, window: MainWindow, qtbot: QtBot
) -> None:
    def refuse() -> Workbench:
        raise StorageProblem(code)

    open_book(window, refuse)
    qtbot.waitUntil(lambda: len(window._waiting.text()) > 30)
    assert window.stack.currentWidget() is window._waiting


def test_the_window_imports_nothing_heavy_before_it_is_painted() -> None:
    code = (
        "import sys; import app.views.application, app.settings;"
        "heavy = {'sqlalchemy', 'alembic', 'pandas', 'numpy', 'scipy', 'matplotlib',"
        " 'reportlab', 'pydantic', 'fontTools'} & set(sys.modules);"
        "sys.exit(str(heavy) if heavy else 0)"
    )
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", code], check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


def test_a_thousand_jobs_answer_in_order_and_a_closed_page_gets_none(qtbot: QtBot) -> None:
    jobs = Jobs()
    owner = QWidget()
    qtbot.addWidget(owner)
    gone = QWidget()
    answers: list[int] = []
    late: list[int] = []
    for number in range(1000):
        jobs.run(partial(int, number), owner=owner, done=answers.append)
        jobs.run(partial(int, number), owner=gone, done=late.append)
    gone.deleteLater()
    qtbot.waitUntil(lambda: len(answers) == 1000, timeout=10_000)
    jobs.close()
    assert answers == list(range(1000))
    assert len(late) < 1000


def test_damaged_settings_are_set_aside(own_home: Path) -> None:
    save_settings(Settings(language="zh", font_points=12))
    assert load_settings() == Settings(language="zh", font_points=12)
    settings_file().write_text("{", encoding="utf-8")
    assert load_settings() == Settings()
    assert (own_home / "settings.damaged.json").exists()


def test_a_new_text_size_reaches_open_cases(window: MainWindow, qtbot: QtBot) -> None:
    sizes: list[int] = []
    window.on_text_size = sizes.append
    window.show_page("settings")
    window.change_text_size(12)
    assert sizes == [12]
    assert window.settings.font_points == 12
    window.change_text_size(10)
