"""The library of published covers: search, what each leaves open, use in one step of undo."""

from typing import Any

import pytest
from PySide6.QtWidgets import QComboBox, QLineEdit, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from app.i18n import set_language
from app.services.draft import provenance_at, value_at
from app.services.insurance_proposals import replaced_by_template
from app.services.insurance_templates import load_templates, template_of
from app.views.dialogs.curves_dialog import CurvesDialog
from app.views.dialogs.templates_dialog import TemplatesDialog
from app.views.main_window import MainWindow
from app.views.pages.list_page import ListPage
from tests.ui.conftest import OpenPage

CRAB = "changshu-crab"


@pytest.fixture
def used() -> list[str]:
    return []


@pytest.fixture
def dialog(qtbot: QtBot, used: list[str]) -> TemplatesDialog:
    made = TemplatesDialog(used.append, lambda _key: (), use_text="Use")
    qtbot.addWidget(made)
    made.open()
    return made


def keys(dialog: TemplatesDialog) -> list[str]:
    records = dialog.table.records
    return [records.record(row).key for row in range(records.rowCount())]


def choose(dialog: TemplatesDialog, name: str, value: str) -> None:
    box = dialog.findChild(QComboBox, name)
    assert box is not None
    box.setCurrentIndex(box.findData(value))


def search(dialog: TemplatesDialog, text: str) -> None:
    line = dialog.findChild(QLineEdit, "templates.search")
    assert line is not None
    line.setText(text)


def test_all_templates_are_listed_and_the_first_is_shown(dialog: TemplatesDialog) -> None:
    assert keys(dialog) == [template.key for template in load_templates()]
    assert load_templates()[0].name in dialog.page.toPlainText()


def test_templates_are_found_by_peril_by_place_and_by_words_of_either_language(
    dialog: TemplatesDialog,
) -> None:
    choose(dialog, "templates.peril", "red_tide")
    assert keys(dialog) == ["fujian-red-tide", "rongcheng-seagrass"]
    choose(dialog, "templates.peril", "")
    choose(dialog, "templates.place", "Fujian")
    assert "fuding-mangrove" in keys(dialog)
    assert all("Fujian" in template_of(key).place for key in keys(dialog))
    choose(dialog, "templates.place", "")
    search(dialog, "螃蟹")
    assert keys(dialog) == [CRAB]
    search(dialog, "no such cover")
    assert keys(dialog) == []
    assert not dialog.use.isEnabled()


def test_a_template_says_what_it_states_where_from_and_what_it_leaves_open(
    dialog: TemplatesDialog,
) -> None:
    search(dialog, "crab")
    text = dialog.page.toPlainText()
    assert "press report on the policy, 2024-08-15" in text
    left = text.split("Left open")[1].split("Stated")[0]
    assert "Insured quantity" in left
    assert "not published" in left
    stated = text.split("Stated")[1]
    assert "highest air temperature" in stated
    assert "4,000" in stated


def test_templates_are_told_in_chinese(qtbot: QtBot) -> None:
    set_language("zh")
    made = TemplatesDialog(lambda _key: None, lambda _key: (), use_text="Use")
    qtbot.addWidget(made)
    search(made, "crab")
    assert template_of(CRAB).notes_zh in made.page.toPlainText()


def test_a_template_is_used_in_one_step_of_undo_with_its_source(
    qtbot: QtBot, open_page: OpenPage
) -> None:
    page = open_page()
    before = page.document
    dialog = page.valuing.insurance.show_templates()
    qtbot.addWidget(dialog)
    search(dialog, "crab")
    dialog.use.click()
    assert value_at(page.document, "insurance.index.unit_value_yuan") == 4000
    kind, source = provenance_at(page.document, "insurance.index.unit_value_yuan")
    assert (kind, source) == ("disclosed", template_of(CRAB).source)
    page.undo()
    assert page.document == before


def test_what_is_entered_gives_way_only_when_asked(qtbot: QtBot, open_page: OpenPage) -> None:
    page = open_page()
    page.valuing.insurance.use_template("hekou-sea-cucumber")
    assert replaced_by_template(page.document, "hekou-sea-cucumber") == ()
    held = page.document
    dialog = page.valuing.insurance.show_templates()
    qtbot.addWidget(dialog)
    search(dialog, "crab")
    dialog.use.click()
    assert page.document == held
    box = dialog.findChild(QMessageBox, "templates.replace")
    assert box is not None
    assert "Index cover" in box.text()
    yes = box.findChild(QPushButton, "templates.replace.yes")
    assert yes is not None
    yes.click()
    assert value_at(page.document, "insurance.index.product").startswith("Changshu")
    page.undo()
    assert page.document == held


def test_own_inputs_of_an_index_are_not_replaced_by_a_template() -> None:
    document: dict[str, Any] = {"insurance": {"index": {"quantity": 12.0}}, "provenance": {}}
    assert replaced_by_template(document, CRAB) == ()


def test_an_empty_tab_of_insurance_offers_the_templates(open_page: OpenPage) -> None:
    page = open_page()
    assert value_at(page.document, "insurance") is None
    button = page.forms["insurance"].findChild(QPushButton, "template.import")
    assert button is not None
    assert not button.isHidden()
    button.click()
    assert page.findChild(TemplatesDialog) is not None


def test_the_list_of_insurance_begins_a_case_with_a_template(window: MainWindow) -> None:
    window.show_page("insurance")
    page = window.stack.currentWidget()
    assert isinstance(page, ListPage)
    button = page.findChild(QPushButton, "templates")
    assert button is not None
    button.click()
    dialog = page.findChild(TemplatesDialog)
    assert dialog is not None
    search(dialog, "crab")
    dialog.use.click()
    case = window.current_case()
    assert case is not None
    assert value_at(case.document, "insurance.index.unit_value_yuan") == 4000


def test_a_published_damage_curve_is_copied_in_one_step_of_undo(
    qtbot: QtBot, open_page: OpenPage, insured_document: dict[str, Any]
) -> None:
    page = open_page(insured_document)
    page.focus_field("insurance.damages")
    button = page.forms["insurance"].findChild(QPushButton, "insurance.damages.propose")
    assert button is not None
    button.click()
    dialog = page.findChild(CurvesDialog)
    assert dialog is not None
    records = dialog.table.records
    names = [records.record(row).curve_id for row in range(records.rowCount())]
    dialog.table.selectRow(names.index("mangrove_canopy"))
    assert "42" in dialog.page.toPlainText()
    dialog.take.click()
    points = value_at(page.document, "insurance.damages")
    assert {point["curve"] for point in points} == {"mangrove_canopy"}
    assert provenance_at(page.document, "insurance.damages")[0] == "assumed"
    page.undo()
    assert not value_at(page.document, "insurance.damages")
