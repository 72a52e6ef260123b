"""The page of one case: what is typed, what is shown, what is stored."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QTableWidget,
)
from pytestqt.qtbot import QtBot

from app.i18n import set_language
from app.reports.kinds import Choice, DocumentKind
from app.services.draft import provenance_at, value_at
from app.services.workbench import Workbench
from app.views.pages.case_page import CasePage
from app.views.widgets.pdf_preview import PdfPreview
from app.views.widgets.provenance_editor import ProvenanceDialog
from app.views.widgets.value_editors import NumberEditor
from tests.ui.conftest import OpenPage, fill_forms


def line(page: CasePage, path: str) -> QLineEdit:
    found = page.findChild(QLineEdit, path)
    assert found is not None
    return found


def retype(qtbot: QtBot, page: CasePage, path: str, text: str) -> None:
    field = line(page, path)
    field.selectAll()
    qtbot.keyClicks(field, text)


def problem(page: CasePage, path: str) -> str:
    found = page.findChild(QLabel, f"problem.{path}")
    assert found is not None
    return "" if found.isHidden() else found.text()


def choose(page: CasePage, path: str, value: str) -> None:
    box = page.findChild(QComboBox, path)
    assert box is not None
    box.setCurrentIndex(box.findData(value))
    box.activated.emit(box.currentIndex())


def test_dongtai_shows_its_values_at_once(open_page: OpenPage, document: dict[str, Any]) -> None:
    text = open_page(document).results_text()
    assert "1,250,414.00" in text
    assert "1,599.47%" in text
    assert "Carbon alone does not carry the loan" in text
    assert text.index("Annualised rate") < text.index("Gross value")


def test_a_typed_price_moves_the_value(
    qtbot: QtBot, open_page: OpenPage, document: dict[str, Any]
) -> None:
    page = open_page(document)
    retype(qtbot, page, "appraisal.price_yuan_t", "50")
    qtbot.waitUntil(lambda: "625,207.00" in page.results_text())
    assert value_at(page.document, "appraisal.price_yuan_t") == 50.0


def test_a_percent_is_typed_as_percent_and_stored_as_share(
    qtbot: QtBot, open_page: OpenPage, document: dict[str, Any]
) -> None:
    page = open_page(document)
    retype(qtbot, page, "appraisal.discount_rate", "5.5")
    assert value_at(page.document, "appraisal.discount_rate") == 0.055


def test_mu_are_stored_as_hectares(
    qtbot: QtBot, open_page: OpenPage, document: dict[str, Any]
) -> None:
    page = open_page(document)
    editor = page.forms["project"].rows["project.site_area_ha"].editor
    assert isinstance(editor, NumberEditor)
    editor.choose_unit(1)
    retype(qtbot, page, "project.site_area_ha", "15")
    assert value_at(page.document, "project.site_area_ha") == 1.0
    assert line(page, "project.site_area_ha").text() == "15"
    editor.choose_unit(0)
    assert line(page, "project.site_area_ha").text() == "1"


def test_a_typed_unit_is_converted_and_shown_so_on_leaving_the_field(
    qtbot: QtBot, open_page: OpenPage, document: dict[str, Any]
) -> None:
    page = open_page(document)
    retype(qtbot, page, "project.site_area_ha", "1,500 mu")
    assert value_at(page.document, "project.site_area_ha") == 100.0
    line(page, "project.site_area_ha").editingFinished.emit()
    assert line(page, "project.site_area_ha").text() == "100"


def test_a_date_is_typed_with_slashes_and_stored_as_iso(
    qtbot: QtBot, open_page: OpenPage, document: dict[str, Any]
) -> None:
    page = open_page(document)
    retype(qtbot, page, "appraisal.valuation_date", "2025/3/1")
    assert value_at(page.document, "appraisal.valuation_date") == "2025-03-01"
    line(page, "appraisal.valuation_date").editingFinished.emit()
    assert line(page, "appraisal.valuation_date").text() == "2025-03-01"


def test_text_that_is_no_number_is_kept_and_explained(
    qtbot: QtBot, open_page: OpenPage, document: dict[str, Any]
) -> None:
    page = open_page(document)
    retype(qtbot, page, "appraisal.price_yuan_t", "about 100")
    qtbot.waitUntil(lambda: "a number" in problem(page, "appraisal.price_yuan_t"))
    assert line(page, "appraisal.price_yuan_t").text() == "about 100"
    assert "last complete input" in page.results_text()


def test_an_impossible_value_is_explained_beside_its_field(
    qtbot: QtBot, open_page: OpenPage, document: dict[str, Any]
) -> None:
    page = open_page(document)
    retype(qtbot, page, "project.site_area_ha", "-3")
    qtbot.waitUntil(lambda: "more than 0" in problem(page, "project.site_area_ha"))
    assert problem(page, "project.name") == ""


def test_undo_takes_back_a_whole_entry_and_redo_brings_it_again(
    qtbot: QtBot, open_page: OpenPage, document: dict[str, Any]
) -> None:
    page = open_page(document)
    retype(qtbot, page, "appraisal.price_yuan_t", "88")
    assert page.undo_stack.count() == 1
    page.undo()
    assert line(page, "appraisal.price_yuan_t").text() == "100"
    page.redo()
    assert line(page, "appraisal.price_yuan_t").text() == "88"


def test_two_choices_of_one_field_are_two_steps_of_undo(
    open_page: OpenPage, document: dict[str, Any]
) -> None:
    page = open_page(document)
    for method in ("planting", "harvest"):
        choose(page, "project.quantity_method", method)
    assert page.undo_stack.count() == 2
    page.undo()
    assert value_at(page.document, "project.quantity_method") == "planting"


def test_a_turn_of_the_wheel_does_not_change_a_choice(
    open_page: OpenPage, document: dict[str, Any]
) -> None:
    page = open_page(document)
    box = page.findChild(QComboBox, "project.quantity_method")
    assert box is not None
    turn = QWheelEvent(
        QPointF(5, 5),
        QPointF(5, 5),
        QPoint(0, -120),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(box, turn)
    assert box.currentData() == "stated"
    assert not turn.isAccepted()


def test_a_section_switched_off_comes_back_with_its_values(
    qtbot: QtBot, open_page: OpenPage, document: dict[str, Any]
) -> None:
    page = open_page(document)
    switch = page.findChild(QCheckBox, "switch.loan")
    assert switch is not None
    switch.click()
    assert value_at(page.document, "loan") is None
    qtbot.waitUntil(lambda: "1,599.47%" not in page.results_text())
    switch.click()
    assert value_at(page.document, "loan.amount_yuan") == 20_000_000
    page.undo()
    page.undo()
    assert not page.undo_stack.canUndo()
    assert switch.isChecked()


def test_only_the_fields_of_the_chosen_method_are_asked_for(
    open_page: OpenPage, document: dict[str, Any]
) -> None:
    page = open_page(document)
    form = page.forms["project"]
    assert form.is_shown("project.stated")
    assert not form.is_shown("project.harvest")
    choose(page, "project.quantity_method", "planting")
    assert not form.is_shown("project.stated")
    assert form.is_shown("project.planting")
    assert value_at(page.document, "project.stated")


def test_a_published_rate_brings_its_source(open_page: OpenPage, document: dict[str, Any]) -> None:
    document["project"] |= {
        "ecosystem": "mangrove",
        "quantity_method": "planting",
        "planting": [{"year": 2024, "area_ha": 100}],
        "rate_tco2e_ha_yr": 1,
        "survival_share": 0.6,
    }
    page = open_page(document)
    box = page.findChild(QComboBox, "project.rate_tco2e_ha_yr.reference")
    assert box is not None
    name = next(box.itemText(i) for i in range(box.count()) if "China" in box.itemText(i))
    box.textActivated.emit(name)
    assert value_at(page.document, "project.rate_tco2e_ha_yr") == 5.683333
    kind, source = provenance_at(page.document, "project.rate_tco2e_ha_yr")
    assert kind == "default"
    assert source.startswith("Blue Carbon Cost Tool")


def test_lines_of_a_table_are_added_and_removed(
    qtbot: QtBot, open_page: OpenPage, document: dict[str, Any]
) -> None:
    page = open_page(document)
    table = page.findChild(QTableWidget, "project.stated")
    assert table is not None
    for name, count in (("repeat", 2), ("remove", 1)):
        button = page.findChild(QPushButton, f"project.stated.{name}")
        assert button is not None
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        assert len(value_at(page.document, "project.stated")) == count


def test_where_an_input_comes_from_is_kept(open_page: OpenPage, document: dict[str, Any]) -> None:
    page = open_page(document)
    mark = page.forms["appraisal"].rows["appraisal.price_yuan_t"].mark
    mark.chosen.emit("disclosed", "exchange notice")
    assert provenance_at(page.document, "appraisal.price_yuan_t") == (
        "disclosed",
        "exchange notice",
    )
    assert mark.text() == "D"
    page.undo()
    assert provenance_at(page.document, "appraisal.price_yuan_t") == ("", "")


def test_the_keyboard_alone_says_where_an_input_comes_from(
    qtbot: QtBot, open_page: OpenPage, document: dict[str, Any]
) -> None:
    page = open_page(document)
    page.focus_field("appraisal.price_yuan_t")
    qtbot.waitUntil(lambda: line(page, "appraisal.price_yuan_t").hasFocus())
    qtbot.keyClick(
        line(page, "appraisal.price_yuan_t"), Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier
    )
    dialog = page.findChild(ProvenanceDialog)
    assert dialog is not None
    qtbot.keyClicks(dialog.source, "exchange notice 7")
    dialog.take()
    assert provenance_at(page.document, "appraisal.price_yuan_t") == (
        "disclosed",
        "exchange notice 7",
    )


def test_saving_appends_a_version_and_keeps_the_first(
    qtbot: QtBot, open_page: OpenPage, workbench: Workbench, document: dict[str, Any]
) -> None:
    page = open_page(document)
    assert not page.has_unsaved_changes()
    retype(qtbot, page, "appraisal.price_yuan_t", "80")
    assert page.has_unsaved_changes()
    assert page.save()
    assert not page.has_unsaved_changes()
    assert page.case_id is not None
    prices = [
        workbench.open(page.case_id, number)[1].value_at("appraisal.price_yuan_t")
        for number in (1, 2)
    ]
    assert prices == [100.0, 80.0]


def test_a_new_case_says_what_is_needed_without_a_wall_of_red(open_page: OpenPage) -> None:
    page = open_page()
    assert "Still needed" in page.results_text()
    assert "Project name" in page.results_text()
    assert problem(page, "project.name") == ""
    assert not page.save()
    assert problem(page, "project.name") == "Expected: a value"
    message = page.findChild(QMessageBox, "message")
    assert message is not None
    message.close()


def test_the_language_changes_the_form_and_keeps_what_was_typed(
    qtbot: QtBot, open_page: OpenPage, document: dict[str, Any]
) -> None:
    page = open_page(document)
    retype(qtbot, page, "appraisal.price_yuan_t", "77")
    set_language("zh")
    page.retranslate()
    fill_forms(page)
    assert line(page, "appraisal.price_yuan_t").text() == "77"
    assert "毛值" in page.results_text()
    label = page.forms["appraisal"].rows["appraisal.price_yuan_t"].label.text()
    assert label == "碳价\u00a0*"
    page.undo()
    assert line(page, "appraisal.price_yuan_t").text() == "100"


def test_a_figure_opens_its_working(open_page: OpenPage, document: dict[str, Any]) -> None:
    page = open_page(document)
    dialog = page._results.show_working("value.gross")
    assert dialog is not None
    dialog.close()
    assert page._results.show_working("value.unknown") is None


def test_the_preview_shows_all_pages(
    qtbot: QtBot, open_page: OpenPage, document: dict[str, Any]
) -> None:
    page = open_page(document)
    page.output.preview_pdf()
    qtbot.waitUntil(lambda: page.findChild(PdfPreview) is not None, timeout=20_000)
    preview = page.findChild(PdfPreview)
    assert preview is not None
    assert preview.page_count() >= 3
    preview.search_for("1,599.47%")
    qtbot.waitUntil(lambda: preview.matches() >= 1)
    preview.close()


def test_an_exported_sheet_of_a_saved_case_is_filed(
    qtbot: QtBot,
    open_page: OpenPage,
    workbench: Workbench,
    document: dict[str, Any],
    tmp_path: Path,
) -> None:
    page = open_page(document)
    with qtbot.waitSignal(page.issued, timeout=30_000):
        page.output.write_pdf(
            str(tmp_path / "sheet.pdf"), b"%PDF-1.7", Choice(DocumentKind.TERM_SHEET)
        )
    assert (tmp_path / "sheet.pdf").read_bytes() == b"%PDF-1.7"
    (entry,) = workbench.list_documents()
    assert (entry.kind, entry.status, entry.version) == ("term-sheet", "draft", 1)


def test_red_flags_prevent_an_approval(
    open_page: OpenPage, workbench: Workbench, document: dict[str, Any]
) -> None:
    page = open_page(document)
    page.output._approve("officer", "head of credit", "")
    message = page.findChild(QMessageBox, "message")
    assert message is not None
    assert "Red flags are open" in message.text()
    message.close()
    assert page.case_id is not None
    assert workbench.approval(page.case_id, 1) is None


def test_every_input_can_be_named_by_a_screen_reader(
    open_page: OpenPage, insured_document: dict[str, Any]
) -> None:
    page = open_page(insured_document)
    for form in page.forms.values():
        for row in form.rows.values():
            assert row.editor.focus_widget.accessibleName()
