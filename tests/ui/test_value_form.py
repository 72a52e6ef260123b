"""The form of the appraisal: its order, its switches, what it proposes."""

from typing import Any

from PySide6.QtWidgets import QCheckBox, QMessageBox, QPushButton, QTableWidget
from pytestqt.qtbot import QtBot

from app.finance.case.case import Case
from app.finance.fields import specs_by_path
from app.services.draft import value_at, with_value
from app.services.typed_values import stored_cell
from app.views.widgets.results_panel import ResultsPanel
from tests.ui.conftest import OpenPage
from tests.value_case import rich_document

EVIDENCE = "appraisal.evidence"


def test_sections_and_tables_stand_in_the_order_of_an_appraisal(open_page: OpenPage) -> None:
    form = open_page(rich_document()).forms["appraisal"]
    body = form.widget()
    assert body is not None
    places = {}
    for path in ("price_yuan_t", "horizon_years", "benefit_share", "months_to_sell"):
        row = form.rows.get(f"appraisal.{path}")
        if row is not None:
            places[path] = row.editor.mapTo(body, row.editor.rect().topLeft()).y()
    for name in ("issued", "market_approach", "cost_approach", "conclusion", "simulation"):
        block = form.blocks[f"appraisal.{name}"]
        places[name] = block.mapTo(body, block.rect().topLeft()).y()
    for name in ("scenarios", "options", "change_reason"):
        editor = form.rows[f"appraisal.{name}"].editor
        places[name] = editor.mapTo(body, editor.rect().topLeft()).y()
    order = [
        "horizon_years",
        "benefit_share",
        "months_to_sell",
        "issued",
        "market_approach",
        "cost_approach",
        "conclusion",
        "scenarios",
        "simulation",
        "options",
        "change_reason",
    ]
    assert sorted(order, key=places.__getitem__) == order


def test_yes_and_no_are_ticked_and_the_default_counts_until_then(open_page: OpenPage) -> None:
    page = open_page(rich_document())
    box = page.findChild(QCheckBox, f"{EVIDENCE}.include_court")
    assert box is not None
    assert (box.isChecked(), box.text()) == (False, "no")
    box.click()
    assert value_at(page.document, f"{EVIDENCE}.include_court") is True
    assert box.text() == "yes"
    page.undo()
    assert not box.isChecked()


def test_a_switch_in_a_table_is_shown_and_pasted_as_yes_or_no(open_page: OpenPage) -> None:
    document = rich_document()
    document["appraisal"]["evidence"]["comparables"][0]["verified"] = False
    page = open_page(document)
    table = page.findChild(QTableWidget, f"{EVIDENCE}.comparables")
    assert table is not None
    lines = specs_by_path(Case)[f"{EVIDENCE}.comparables"].kind
    column = list(specs_by_path(lines)).index("verified")
    first, second = table.item(0, column), table.item(1, column)
    assert first is not None
    assert second is not None
    assert (first.text(), second.text()) == ("no", "yes")
    spec = specs_by_path(lines)["verified"]
    for text, stored in (("是", True), ("FALSE", False), ("no", False), ("", None), ("x", "x")):
        assert stored_cell(text, spec) is stored or stored_cell(text, spec) == stored


def test_six_scenarios_are_proposed_and_marked_as_assumed(
    qtbot: QtBot, open_page: OpenPage, document: dict[str, Any]
) -> None:
    document["appraisal"] |= {"horizon_years": 5}
    document["project"]["stated"][0]["last_year"] = 2030
    page = open_page(document)
    button = page.findChild(QPushButton, "appraisal.scenarios.propose")
    assert button is not None
    assert button.isVisibleTo(page.forms["appraisal"])
    button.click()
    lines = value_at(page.document, "appraisal.scenarios")
    assert [line["kind"] for line in lines] == [
        "base",
        "bear",
        "bull",
        "delay",
        "delisting",
        "typhoon",
    ]
    assert lines[0] == {"kind": "base"}
    assert page.document["provenance"]["appraisal.scenarios"]["kind"] == "assumed"
    assert not button.isVisibleTo(page.forms["appraisal"])
    page.recalculate()
    panel = page.findChild(ResultsPanel)
    assert panel is not None
    panel.show_page("scenarios")
    assert "Typhoon year" in page.results_text()
    page.undo()
    assert not value_at(page.document, "appraisal.scenarios")


def test_an_incomplete_appraisal_is_told_to_be_completed_before_scenarios_are_proposed(
    qtbot: QtBot, open_page: OpenPage, document: dict[str, Any]
) -> None:
    page = open_page(document)
    page.change("x", with_value(page.document, "appraisal.price_yuan_t", None))
    page.recalculate()
    button = page.findChild(QPushButton, "appraisal.scenarios.propose")
    assert button is not None
    button.click()
    box = page.findChild(QMessageBox, "message")
    assert box is not None
    assert "complete the appraisal first" in box.text()


def test_the_concluded_price_is_taken_as_one_step_of_undo(open_page: OpenPage) -> None:
    document = rich_document()
    document["appraisal"] |= {"price_basis": "stated", "price_yuan_t": 80.0}
    page = open_page(document)
    panel = page.findChild(ResultsPanel)
    assert panel is not None
    panel.evidence_price_wanted.emit()
    assert value_at(page.document, "appraisal.price_basis") == "evidence"
    page.undo()
    assert value_at(page.document, "appraisal.price_basis") == "stated"
