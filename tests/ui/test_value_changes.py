"""What changed since another version: the page beside the results, and the dialog of versions."""

import json
from typing import Any

from PySide6.QtWidgets import QComboBox, QPushButton, QTextBrowser
from pytestqt.qtbot import QtBot

from app.services.draft import with_value
from app.services.workbench import Workbench
from app.views.dialogs.changes_dialog import open_changes
from app.views.jobs import Jobs
from app.views.pages.case_page import CasePage
from app.views.widgets.results_panel import ResultsPanel
from tests.ui.conftest import OpenPage


def panel_of(page: CasePage) -> ResultsPanel:
    panel = page.findChild(ResultsPanel)
    assert panel is not None
    return panel


def test_a_first_version_has_nothing_before_it(
    qtbot: QtBot, open_page: OpenPage, document: dict[str, Any]
) -> None:
    page = open_page(document)
    panel_of(page).show_page("changes")
    assert "This is the first version; nothing came before it." in page.results_text()


def test_a_case_that_is_not_stored_has_no_page_of_changes(
    workbench: Workbench, jobs: Jobs, document: dict[str, Any], qtbot: QtBot
) -> None:
    page = CasePage(workbench, jobs, case_id=None, version=None, document=document)
    qtbot.addWidget(page)
    assert panel_of(page).findChild(QPushButton, "page.valuation") is not None
    assert panel_of(page).findChild(QPushButton, "page.changes") is None


def test_an_unsaved_change_is_compared_with_its_version_and_its_effect_is_shown(
    qtbot: QtBot, open_page: OpenPage, document: dict[str, Any]
) -> None:
    page = open_page(document)
    page.change("appraisal.price_yuan_t", with_value(page.document, "appraisal.price_yuan_t", 90.0))
    page.recalculate()
    panel_of(page).show_page("changes")
    qtbot.waitUntil(lambda: "This draft against version 1" in page.results_text())
    text = page.results_text()
    for words in (
        "What each change does to the value",
        "Carbon price",
        "1,250,414.00",
        "−125,041.40",
        "1,125,372.60",
        "90 yuan/t",
        "Enter why the appraisal changed",
    ):
        assert words in text


def test_a_saved_version_is_compared_with_the_one_before_and_gives_its_reason(
    qtbot: QtBot, open_page: OpenPage, document: dict[str, Any]
) -> None:
    page = open_page(document)
    changed = with_value(page.document, "appraisal.price_yuan_t", 110.0)
    changed = with_value(changed, "appraisal.change_reason", "The autumn auction was dearer.")
    page.change("appraisal", changed)
    assert page.save()
    panel_of(page).show_page("changes")
    qtbot.waitUntil(lambda: "Version 2 against version 1" in page.results_text())
    assert "Why the appraisal changed: The autumn auction was dearer." in page.results_text()


def test_any_two_versions_can_be_compared(
    qtbot: QtBot, workbench: Workbench, jobs: Jobs, document: dict[str, Any]
) -> None:
    (first,) = workbench.save_new([document])
    for number, price in ((1, 90.0), (2, 120.0)):
        copy = json.loads(json.dumps(document))
        copy["appraisal"]["price_yuan_t"] = price
        workbench.save(first.case_id, copy, after=number)
    dialog = open_changes(workbench, jobs, first.case_id, None)
    qtbot.addWidget(dialog)
    page = dialog.findChild(QTextBrowser, "changes")
    assert page is not None
    qtbot.waitUntil(lambda: "Version 3 against version 2" in page.toPlainText())
    before = dialog.findChildren(QComboBox)[0]
    before.setCurrentIndex(0)
    qtbot.waitUntil(lambda: "Version 3 against version 1" in page.toPlainText())
    assert "+250,082.80" in page.toPlainText()
