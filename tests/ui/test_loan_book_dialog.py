"""The loans of the book against moves of the price, in the window."""

import copy
from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from app.services.workbench import Workbench
from app.views.dialogs.loan_book_dialog import LoanBookDialog
from app.views.jobs import Jobs
from app.views.main_window import MainWindow
from app.views.widgets.loan_book_tables import GROUNDS
from tests.ui.named_widgets import press
from tests.unit.finance.watched_loans import watched_document

Open = Callable[..., LoanBookDialog]
BELOW, HERE = Qt.ItemDataRole.BackgroundRole, Qt.ItemDataRole.DisplayRole


def loans(document: dict[str, Any], **amounts: float) -> list[dict[str, Any]]:
    """Return loans against rights of 10 million, drawn on 31 March 2025 and not watched."""
    found = []
    for name, amount in amounts.items():
        case = watched_document(copy.deepcopy(document))
        del case["loan"]["monitoring"]
        case["project"]["name"] = name
        case["loan"].update(amount_yuan=amount, purpose_need_yuan=amount)
        found.append(case)
    return found


def line(dialog: LoanBookDialog, name: str) -> QLineEdit:
    return dialog.findChild(QLineEdit, name)  # type: ignore[return-value]


def label(dialog: LoanBookDialog, name: str) -> QLabel:
    return dialog.findChild(QLabel, name)  # type: ignore[return-value]


@pytest.fixture
def opened(qtbot: QtBot, workbench: Workbench, jobs: Jobs) -> Open:
    """Store documents and open the dialog on 31 March 2025."""

    def make(*documents: dict[str, Any]) -> LoanBookDialog:
        if documents:
            workbench.save_new(documents)
        dialog = LoanBookDialog(workbench, jobs)
        qtbot.addWidget(dialog)
        line(dialog, "book.day").setText("2025-03-31")
        dialog.start()
        qtbot.waitUntil(lambda: not dialog.is_reading())
        return dialog

    return make


def cells(dialog: LoanBookDialog, row: int) -> list[str]:
    assert dialog.loans is not None
    model = dialog.loans.records
    return [model.data(model.index(row, at), HERE) for at in range(model.columnCount())]


def test_prices_stand_side_by_side_with_state_in_word_and_colour(
    opened: Open, document: dict[str, Any]
) -> None:
    dialog = opened(*loans(document, Small=2e6, Large=6e6))
    assert cells(dialog, 0)[:7] == [
        "Large", "–", "6,000,000.00", "166.67% · above", "150.00% · warning",
        "116.67% · enforcement", "83.33% · enforcement",
    ]  # fmt: skip
    assert cells(dialog, 0)[7] == "−16.0%"
    assert cells(dialog, 1)[0] == "Small"
    assert dialog.loans is not None
    model = dialog.loans.records
    assert model.data(model.index(0, 4), BELOW) == QColor(GROUNDS["warning"])
    assert model.data(model.index(0, 5), BELOW) == QColor(GROUNDS["enforcement"])
    assert model.data(model.index(0, 3), BELOW) is None


def test_totals_tell_number_and_debt_of_each_state(opened: Open, document: dict[str, Any]) -> None:
    dialog = opened(*loans(document, Small=2e6, Large=6e6))
    assert dialog.totals is not None
    model = dialog.totals.records
    rows = {
        model.data(model.index(row, 0), HERE): [
            model.data(model.index(row, at), HERE) for at in range(1, model.columnCount())
        ]
        for row in range(model.rowCount())
    }
    assert rows["enforcement"] == [
        "0 · 0.00", "0 · 0.00", "1 · 6,000,000.00", "1 · 6,000,000.00",
    ]  # fmt: skip
    assert rows["all loans"] == ["2 · 8,000,000.00"] * 4
    assert rows["owed beyond the security (yuan)"][-1] == "1,000,000.00"


def test_other_prices_and_another_day_are_computed_when_asked(
    qtbot: QtBot, opened: Open, document: dict[str, Any]
) -> None:
    dialog = opened(*loans(document, Large=6e6))
    line(dialog, "book.changes").setText("+20")
    line(dialog, "book.day").setText("2024-01-01")
    press(dialog, "book.compute")
    qtbot.waitUntil(lambda: not dialog.is_reading())
    assert cells(dialog, 0)[3:5] == ["not drawn yet", "not drawn yet"]
    assert dialog.loans is not None
    head = Qt.Orientation.Horizontal
    assert [dialog.loans.records.headerData(at, head) for at in (3, 4)] == ["now", "+20%"]


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("book.changes", "-10 much", "Typed: much. Expected: a number."),
        ("book.changes", "-200", "Typed: -200. Expected: −100 or more."),
        ("book.day", "soon", "Typed: soon. Expected: a date as YYYY-MM-DD."),
    ],
)
def test_what_makes_no_sense_is_refused_and_the_table_stays(
    opened: Open, document: dict[str, Any], name: str, text: str, words: str
) -> None:
    dialog = opened(*loans(document, Large=6e6))
    line(dialog, name).setText(text)
    press(dialog, "book.compute")
    assert label(dialog, "book.problem").text() == words
    assert not label(dialog, "book.problem").isHidden()
    assert cells(dialog, 0)[0] == "Large"


def test_the_table_is_copied_with_plain_figures(opened: Open, document: dict[str, Any]) -> None:
    dialog = opened(*loans(document, Small=2e6, Large=6e6))
    press(dialog, "book.copy")
    heads, first, second = (one.split("\t") for one in QApplication.clipboard().text().splitlines())
    row = dict(zip(heads, first, strict=True))
    assert (row["Case"], second[0]) == ("Large", "Small")
    assert row["Owed in all (yuan)"] == "6000000.00"
    assert row["Value, price −30% (yuan)"] == "7000000.00"
    assert row["State, price −30%"] == "enforcement"
    assert row["Margin call at (yuan/t)"] == "84.00"


def test_a_book_without_loans_says_what_to_do(opened: Open, document: dict[str, Any]) -> None:
    (case,) = loans(document, Plain=6e6)
    del case["loan"]
    dialog = opened(case)
    assert not label(dialog, "book.empty").isHidden()
    assert dialog.loans is not None
    assert dialog.loans.isHidden()
    assert not dialog.copy.isEnabled()


def test_a_loan_that_cannot_be_computed_stands_below_with_its_reason(
    qtbot: QtBot, opened: Open, document: dict[str, Any]
) -> None:
    late = watched_document(document, as_of="2025-06-30", overdue_multiple=None)
    dialog = opened(late)
    line(dialog, "book.day").setText("2025-09-30")
    press(dialog, "book.compute")
    qtbot.waitUntil(lambda: not dialog.is_reading())
    assert not dialog.left_out.isHidden()
    model = dialog.left_out.records
    assert "loan.monitoring.overdue_multiple" in model.data(model.index(0, 1), HERE)


def test_reading_stops_when_asked_and_goes_on_later(
    qtbot: QtBot, workbench: Workbench, jobs: Jobs, document: dict[str, Any]
) -> None:
    workbench.save_new(loans(document, **{f"n{number}": 2e6 for number in range(12)}))
    dialog = LoanBookDialog(workbench, jobs)
    qtbot.addWidget(dialog)
    line(dialog, "book.day").setText("2025-03-31")
    dialog.start()
    assert dialog.is_reading()
    press(dialog, "book.stop")
    assert not dialog.is_reading()
    assert "Stopped." in label(dialog, "book.told").text()
    press(dialog, "book.compute")
    qtbot.waitUntil(lambda: not dialog.is_reading())
    assert dialog.loans is not None
    assert dialog.loans.records.rowCount() == 12


def price_move(window: MainWindow) -> QPushButton | None:
    page = window.stack.currentWidget()
    assert page is not None
    return page.findChild(QPushButton, "price-move")


def test_the_loans_page_opens_it_and_a_double_click_leads_to_the_case(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.show_page("loans")
    button = price_move(window)
    assert button is not None
    button.click()
    (dialog,) = window.findChildren(LoanBookDialog)
    qtbot.waitUntil(lambda: not dialog.is_reading())
    assert dialog.loans is not None
    table = dialog.loans
    name = table.records.data(table.records.index(0, 0), HERE)
    table.doubleClicked.emit(table.records.index(0, 0))
    case = window.current_case()
    assert case is not None
    assert case.document["project"]["name"] == name
    assert not dialog.isVisible()
    window.show_page("loans")
    button.click()
    assert window.findChildren(LoanBookDialog) == [dialog]
    qtbot.waitUntil(lambda: not dialog.is_reading())


def test_other_lists_have_no_price_move(window: MainWindow) -> None:
    window.show_page("book")
    assert price_move(window) is None
