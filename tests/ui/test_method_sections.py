"""The form of a method: its section appears with the choice, is quick, and keeps what is typed."""

from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QGridLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableWidget,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.finance.case.case import Case
from app.finance.fields import Field, FieldSpec, specs_by_path
from app.services.documents import value_at, with_value
from app.views.pages.case_page import CasePage
from app.views.widgets.field_form import FieldForm
from app.views.widgets.field_row import FieldRow, FormEvents, Offers
from app.views.widgets.row_cells import wrapped
from tests.ui.conftest import OpenPage

HARVEST_LINE = {
    "species": "oyster",
    "first_year": 2025,
    "last_year": 2025,
    "tonnes_per_year": 1000,
    "basis": "wet",
}


def choose(page: CasePage, path: str, value: str) -> None:
    box = page.findChild(QComboBox, path)
    assert box is not None
    box.setCurrentIndex(box.findData(value))
    box.activated.emit(box.currentIndex())


def top_of(form: FieldForm, path: str) -> int:
    return form.rows[path].editor.mapTo(form, QPoint(0, 0)).y()


def table_of(page: CasePage, path: str) -> QTableWidget:
    table = page.findChild(QTableWidget, path)
    assert table is not None
    return table


def shown(table: QTableWidget, row: int, column: int) -> str:
    item = table.item(row, column)
    assert item is not None
    return item.text()


def enter(qtbot: QtBot, table: QTableWidget, row: int, column: int, text: str) -> None:
    """Type into a cell as a person does."""
    table.setCurrentCell(row, column)
    table.edit(table.currentIndex())
    editor = table.viewport().findChildren(QLineEdit)[-1]
    editor.selectAll()
    qtbot.keyClicks(editor, text)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    QApplication.processEvents()


def test_a_method_brings_its_section_behind_the_choice_it_follows_from(
    open_page: OpenPage, document: dict[str, Any]
) -> None:
    page = open_page(document)
    form = page.forms["project"]
    assert "project.harvest_net.fuel_tco2_yr" not in form.rows
    choose(page, "project.quantity_method", "harvest")
    choose(page, "project.accounting_mode", "net")
    heading = page.findChild(QLabel, "heading.project.harvest_net")
    assert heading is not None
    assert heading.isVisibleTo(form)
    assert form.is_shown("project.harvest_net.fuel_tco2_yr")
    QApplication.processEvents()
    assert (
        top_of(form, "project.harvest")
        < top_of(form, "project.harvest_net.fuel_tco2_yr")
        < top_of(form, "project.methodology")
    )
    choose(page, "project.accounting_mode", "shell_only")
    assert not form.is_shown("project.harvest_net.fuel_tco2_yr")
    assert not heading.isVisibleTo(form)


def test_a_method_chosen_again_brings_back_what_was_entered(
    qtbot: QtBot, open_page: OpenPage, document: dict[str, Any]
) -> None:
    page = open_page(document)
    choose(page, "project.quantity_method", "harvest")
    choose(page, "project.accounting_mode", "net")
    field = page.findChild(QLineEdit, "project.harvest_net.fuel_tco2_yr")
    assert field is not None
    qtbot.keyClicks(field, "12.5")
    choose(page, "project.quantity_method", "stated")
    assert "1,250,414.00" in page.results_text()
    choose(page, "project.quantity_method", "harvest")
    assert field.isVisibleTo(page.forms["project"])
    assert field.text() == "12.5"
    assert value_at(page.document, "project.harvest_net.fuel_tco2_yr") == 12.5


def test_the_missing_inputs_of_a_method_are_named_and_found(
    open_page: OpenPage, document: dict[str, Any]
) -> None:
    page = open_page()
    page.apply_document(harvested(document, accounting_mode="net"))
    page.recalculate()
    assert "Emissions of farming a year" in page.results_text()
    page.focus_field("project.harvest_net.fuel_tco2_yr")
    assert page.forms["project"].rows["project.harvest_net.fuel_tco2_yr"].editor.isVisible()


def test_the_tabulator_key_walks_a_method_from_top_to_bottom(
    open_page: OpenPage, document: dict[str, Any]
) -> None:
    page = open_page(document)
    choose(page, "project.quantity_method", "harvest")
    choose(page, "project.accounting_mode", "net")
    QApplication.processEvents()
    form = page.forms["project"]
    stop = form.rows["project.accounting_mode"].editor.focus_widget
    met = []
    for _ in range(40):
        following = stop.nextInFocusChain()
        assert following is not None
        stop = following
        if stop.objectName() in form.rows and stop.isVisibleTo(form):
            met.append(top_of(form, stop.objectName()))
    assert len(met) > 8
    assert met[:8] == sorted(met[:8])


def test_an_empty_table_takes_no_room_but_its_buttons(
    qtbot: QtBot, open_page: OpenPage, document: dict[str, Any]
) -> None:
    page = open_page(document)
    choose(page, "project.quantity_method", "harvest")
    table = table_of(page, "project.harvest")
    form = page.forms["project"]
    assert not table.isVisibleTo(form)
    button = page.findChild(QPushButton, "project.harvest.add")
    assert button is not None
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert table.isVisibleTo(form)
    assert value_at(page.document, "project.harvest") == [{}]
    remove = page.findChild(QPushButton, "project.harvest.remove")
    assert remove is not None
    qtbot.mouseClick(remove, Qt.MouseButton.LeftButton)
    assert not table.isVisibleTo(form)
    assert value_at(page.document, "project.harvest") is None


def harvested(document: dict[str, Any], **project: Any) -> dict[str, Any]:
    document["project"] |= {"quantity_method": "harvest", "accounting_mode": "shell_only"}
    document["project"] |= {"harvest": [dict(HARVEST_LINE)], **project}
    return document


def test_cells_take_units_choices_and_dates_as_they_are_typed(
    qtbot: QtBot, open_page: OpenPage, document: dict[str, Any]
) -> None:
    page = open_page()
    page.apply_document(harvested(document, verifications=[{}]))
    table = table_of(page, "project.harvest")
    enter(qtbot, table, 0, 3, "500 kg")
    assert value_at(page.document, "project.harvest")[0]["tonnes_per_year"] == 0.5
    assert shown(table, 0, 3) == "0.5"
    enter(qtbot, table, 0, 3, "many")
    assert value_at(page.document, "project.harvest")[0]["tonnes_per_year"] == "many"
    dates = table_of(page, "project.verifications")
    enter(qtbot, dates, 0, 0, "2026/3/1")
    assert shown(dates, 0, 0) == "2026-03-01"


def test_a_choice_in_a_cell_is_taken_and_can_be_taken_away(
    qtbot: QtBot, open_page: OpenPage, document: dict[str, Any]
) -> None:
    page = open_page(harvested(document))
    table = table_of(page, "project.harvest")
    table.edit(table.model().index(0, 4))
    box = table.viewport().findChild(QComboBox)
    assert box is not None
    box.setCurrentIndex(box.findData("dry"))
    box.activated.emit(box.currentIndex())
    assert value_at(page.document, "project.harvest")[0]["basis"] == "dry"
    table.setCurrentCell(0, 4)
    qtbot.keyClick(table, Qt.Key.Key_Delete)
    assert "basis" not in value_at(page.document, "project.harvest")[0]
    page.undo()
    assert shown(table, 0, 4) == "dry"


def test_a_refused_cell_is_named_by_line_and_column(
    qtbot: QtBot, open_page: OpenPage, document: dict[str, Any]
) -> None:
    page = open_page(harvested(document))
    table = table_of(page, "project.harvest")
    enter(qtbot, table, 0, 3, "-5")
    page.recalculate()
    said = page.findChild(QLabel, "problem.project.harvest")
    assert said is not None
    assert said.text().startswith("Line 1, Harvest a year: Expected: 0 or more")
    enter(qtbot, table, 0, 3, "5")
    page.recalculate()
    assert said.isHidden()


def test_lines_copied_from_a_spreadsheet_are_added(
    qtbot: QtBot, open_page: OpenPage, document: dict[str, Any]
) -> None:
    page = open_page(harvested(document))
    QGuiApplication.clipboard().setText("kelp\t2026\t2026\t2,000\tdry\n")
    table = table_of(page, "project.harvest")
    qtbot.keyClick(table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert value_at(page.document, "project.harvest")[1] == {
        "species": "kelp",
        "first_year": 2026,
        "last_year": 2026,
        "tonnes_per_year": 2000.0,
        "basis": "dry",
    }


def test_a_published_figure_stands_in_an_empty_field_with_its_source(qtbot: QtBot) -> None:
    declared = Field("Soil rate", "tCO2e/ha/yr", reference="example.soil_rate")
    spec = FieldSpec("project.soil", "soil", declared, float, True, False, False, None)

    def published(asked: FieldSpec) -> tuple[float, str]:
        return {"example.soil_rate": (1.46, "Example 2020, table 3")}[asked.field.reference]

    page = QWidget()
    qtbot.addWidget(page)
    offers = Offers(lambda _topic: {}, published)
    row = FieldRow(spec, offers, FormEvents(), QGridLayout(page), 0)
    row.show_document({})
    field = row.editor.focus_widget
    assert isinstance(field, QLineEdit)
    assert (field.text(), field.placeholderText()) == ("", "1.46")
    assert row.mark.text() == "Def"
    assert "Example 2020, table 3" in row.mark.toolTip()
    assert not row.label.text().endswith("*")
    row.show_document({"project": {"soil": 0.5}})
    assert field.text() == "0.5"
    assert row.mark.text() == "…"


def test_the_inputs_a_distribution_may_have_are_offered_by_name(
    open_page: OpenPage, document: dict[str, Any]
) -> None:
    page = open_page(harvested(document))
    offered = page.suggest.names("uncertain")
    assert offered["Harvest plan, line 1, Harvest a year (project.harvest.0.tonnes_per_year)"] == (
        "project.harvest.0.tonnes_per_year"
    )
    assert not any("stated" in path for path in offered.values())


def test_a_long_heading_is_broken_between_words_and_between_chinese_signs(
    open_page: OpenPage,
) -> None:
    metrics = open_page().fontMetrics()
    width = metrics.horizontalAdvance("Removals a")
    assert wrapped("Removals a year", width, metrics) == "Removals a\nyear"
    assert wrapped("年收获量", metrics.horizontalAdvance("年收"), metrics) == "年收\n获量"


def test_walking_through_all_methods_and_undoing_it_leaves_the_draft_as_it_was(
    qtbot: QtBot, open_page: OpenPage, document: dict[str, Any]
) -> None:
    page = open_page(document)
    before = page.document
    methods = [value for value, _ in specs_by_path(Case)["project.quantity_method"].field.choices]
    for method in methods:
        choose(page, "project.quantity_method", method)
        for path, row in page.forms["project"].rows.items():
            if row.spec.table and page.forms["project"].is_shown(path):
                page.change(path, with_value(page.document, path, [{"year": 2030}, {}]))
        page.recalculate()
    entered = page.document
    assert value_at(entered, "project.vm0033.strata") == [{"year": 2030}, {}]
    while page.undo_stack.canUndo():
        page.undo_stack.undo()
    assert page.document == before
    page.recalculate()
    assert "625,207.00" in page.results_text()
    while page.undo_stack.canRedo():
        page.undo_stack.redo()
    assert page.document == entered
    page.recalculate()
    page.retranslate()
    assert page.document == entered
