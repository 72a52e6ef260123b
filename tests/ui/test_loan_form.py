"""The form of a loan: what it folds away, its order, what it proposes, a line as a form."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLineEdit,
    QPushButton,
    QTableWidget,
)
from pytestqt.qtbot import QtBot

from app.finance.case.case import Case
from app.finance.fields import specs_by_path
from app.i18n import set_language
from app.services.draft import table_columns, value_at, with_value
from app.services.workbench import Workbench
from app.views.jobs import Jobs
from app.views.pages.case_page import CasePage
from app.views.widgets.input_group import FOLDED_GROUPS, FOLDED_IF_EMPTY, NEVER_FOLDED
from tests.loan_sheet_case import rich_document
from tests.ui.conftest import OpenPage
from tests.value_case import rich_document as valued_document


def plain_document(**loan: Any) -> dict[str, Any]:
    """A case with a loan of which only what must be entered is."""
    document = valued_document()
    document["loan"] |= loan
    return document


def button_of(page: CasePage, name: str) -> QPushButton:
    button = page.findChild(QPushButton, name)
    assert button is not None
    return button


def test_the_form_of_a_plain_loan_shows_little_more_than_must_be_entered(
    open_page: OpenPage,
) -> None:
    form = open_page(plain_document()).forms["loan"]
    visible = [path for path in form.rows if form.is_shown(path)]
    assert len(visible) < 30
    for path in ("loan.calendar", "loan.tranches", "loan.secured_margin", "loan.path_ratio"):
        assert not form.is_shown(path)
    for path in ("loan.amount_yuan", "loan.term_months", "loan.collaterals", "loan.min_dscr"):
        assert form.is_shown(path)
    button = form.findChild(QPushButton, "fold.loan.purpose_need_yuan")
    assert button is not None
    assert button.text() == "More bounds (3)"
    button.click()
    assert form.is_shown("loan.path_ratio")


def test_what_is_entered_or_needed_is_never_folded_away(open_page: OpenPage) -> None:
    document = plain_document(
        path_ratio=0.8, payment_days="first_date", first_payment_date="2025-03-01"
    )
    page = open_page(document)
    form = page.forms["loan"]
    assert form.is_shown("loan.path_ratio")
    assert form.is_shown("loan.payment_days")
    assert form.is_shown("loan.first_payment_date")
    page.change("x", with_value(page.document, "loan.path_ratio", None))
    assert form.is_shown("loan.path_ratio")


def test_groups_of_the_form_stand_in_the_order_of_a_loan(open_page: OpenPage) -> None:
    form = open_page(rich_document()).forms["loan"]
    body = form.widget()
    assert body is not None
    order = [
        "loan.lender", "loan.amount_yuan", "loan.rate_kind", "loan.upfront_fee_yuan",
        "loan.drawdown_date", "loan.pledge_ratio", "loan.min_dscr", "loan.collaterals",
        "loan.stresses",
    ]  # fmt: skip
    editors = [form.rows[path].editor for path in order]
    places = [editor.mapTo(body, editor.rect().topLeft()).y() for editor in editors]
    assert places == sorted(places)


def test_each_fold_belongs_to_a_group_that_is_declared() -> None:
    specs = specs_by_path(Case)
    groups = {(path.rpartition(".")[0], spec.field.group) for path, spec in specs.items()}
    assert set(FOLDED_GROUPS) | set(FOLDED_IF_EMPTY) <= groups
    assert all(path in specs for path in NEVER_FOLDED)


@pytest.mark.parametrize(
    ("path", "document"),
    [
        ("loan.lpr", plain_document(rate_kind="floating", margin_bp=50)),
        ("loan.calendar", plain_document(business_days="following")),
    ],
)
def test_what_is_published_is_taken_into_a_table_as_one_step_of_undo(
    open_page: OpenPage, path: str, document: dict[str, Any]
) -> None:
    page = open_page(plain_document())
    page.change("x", document)
    before = page.document
    page.forms["loan"].focus_field(path)
    button_of(page, f"{path}.propose").click()
    lines = value_at(page.document, path)
    assert len(lines) > 10
    assert lines == sorted(lines, key=lambda line: line["day"])
    assert page.document["provenance"][path]["kind"] == "disclosed"
    assert button_of(page, f"{path}.propose").isVisibleTo(page.forms["loan"])
    page.undo()
    assert page.document == before


def test_a_line_of_many_columns_is_edited_as_a_form(qtbot: QtBot, open_page: OpenPage) -> None:
    page = open_page(rich_document())
    form = page.forms["loan"]
    form.focus_field("loan.collaterals")
    button_of(page, "loan.collaterals.form").click()
    name = page.findChild(QLineEdit, "loan.collaterals.line.name")
    first = page.findChild(QComboBox, "loan.collaterals.line.first_registered")
    assert name is not None
    assert first is not None
    steps = page.undo_stack.count()
    no = False
    first.setCurrentIndex(first.findData(no))
    first.activated.emit(first.currentIndex())
    name.setFocus()
    name.clear()
    qtbot.keyClicks(name, "Berth 7")
    assert page.undo_stack.count() == steps + 1
    name.editingFinished.emit()
    rows = value_at(page.document, "loan.collaterals")
    assert any(row.get("name") == "Berth 7" and row["first_registered"] is False for row in rows)
    assert page.undo_stack.count() == steps + 2
    page.undo()
    assert name.text() != "Berth 7"


def test_a_form_behind_another_tab_is_filled_when_there_is_time_or_it_is_asked_for(
    qtbot: QtBot, workbench: Workbench, jobs: Jobs
) -> None:
    page = CasePage(workbench, jobs, case_id=None, version=None, document=rich_document())
    qtbot.addWidget(page)
    page.show()
    assert page.findChild(QLineEdit, "project.name") is not None
    assert page.findChild(QLineEdit, "loan.amount_yuan") is None
    page.focus_field("loan.amount_yuan")
    assert page.findChild(QLineEdit, "loan.amount_yuan") is not None
    assert page.findChild(QLineEdit, "appraisal.price_yuan_t") is None
    qtbot.waitUntil(lambda: page.findChild(QLineEdit, "appraisal.price_yuan_t") is not None)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_form_of_a_rich_loan_fits_a_small_window(
    qtbot: QtBot, open_page: OpenPage, language: str
) -> None:
    set_language(language)
    document = rich_document()
    document["loan"]["calendar"] = [{"day": "2026-09-21", "kind": "holiday"}]
    page = open_page(document)
    page.resize(1094, 700)
    form = page.forms["loan"]
    page.focus_field("loan.lpr")
    qtbot.wait(20)
    assert form.is_shown("loan.calendar")
    assert form.horizontalScrollBar().maximum() == 0


def test_the_tabulator_key_goes_from_the_form_into_its_fields(open_page: OpenPage) -> None:
    page = open_page(plain_document())
    form = page.forms["loan"]
    page.focus_field("loan.amount_yuan")
    stops: list[str] = []
    widget = form.nextInFocusChain()
    while widget is not None and len(stops) < 4:
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible():
            stops.append(widget.objectName())
        widget = widget.nextInFocusChain()
    assert stops == ["switch.loan", "loan.lender", "loan.borrower", "loan.purpose"]


def test_a_choice_in_a_table_opens_its_list_so_that_arrows_can_pass_choices(
    qtbot: QtBot, open_page: OpenPage
) -> None:
    page = open_page(plain_document(collaterals=[{"kind": "carbon_right"}]))
    page.focus_field("loan.collaterals")
    table = page.findChild(QTableWidget, "loan.collaterals")
    assert table is not None
    item = table.item(0, 0)
    assert item is not None
    table.editItem(item)
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None)
    popup = QApplication.activePopupWidget()
    assert popup is not None
    choices = popup.findChild(QAbstractItemView)
    assert choices is not None
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return):
        qtbot.keyClick(choices, key)
    kind = table_columns(specs_by_path(Case)["loan.collaterals"])[0]
    kinds = [code for code, _label in kind.field.choices]
    assert value_at(page.document, "loan.collaterals")[0]["kind"] == kinds[2]
