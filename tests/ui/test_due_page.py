"""What is due across the book: the list of every stored loan, its filters, the way to the case."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from app.bootstrap import BookMaintenance
from app.models.database import open_book
from app.reference.tables import load_reference
from app.services.case_file import validate
from app.services.ports import NewVersion
from app.services.workbench import Workbench, compute
from app.settings import Settings
from app.views.jobs import Jobs
from app.views.main_window import MainWindow
from app.views.pages.due_page import DuePage
from tests.loan_sheet_case import rich_document

TODAY = datetime(2027, 10, 15, 9, tzinfo=UTC)
Opened = Callable[..., DuePage]


@pytest.fixture
def book(own_home: Path) -> Iterator[Workbench]:
    opened = Workbench(open_book(own_home / "book.db", now=TODAY), load_reference(), lambda: TODAY)
    yield opened
    opened.close()


@pytest.fixture
def window(qtbot: QtBot, book: Workbench) -> Iterator[MainWindow]:
    made = MainWindow(Jobs(), Settings(), BookMaintenance())
    qtbot.addWidget(made)
    made.show()
    made.set_workbench(book)
    yield made
    for case in made.cases():
        case.undo_stack.clear()
    made.workbench = None
    made.close()


@pytest.fixture
def due(window: MainWindow, book: Workbench) -> Opened:
    """Store cases and go to the list."""

    def opened(*documents: dict[str, Any]) -> DuePage:
        if documents:
            book.save_new(documents)
        window.show_page("due")
        page = window.stack.currentWidget()
        assert isinstance(page, DuePage)
        return page

    return opened


def unwatched(name: str = "Unwatched") -> dict[str, Any]:
    document = rich_document()
    document["project"]["name"] = name
    del document["loan"]["monitoring"]
    return document


def rows(page: DuePage) -> list[tuple[str, ...]]:
    model = page.table.records
    columns = range(model.columnCount())
    return [
        tuple(str(model.index(row, column).data()) for column in columns)
        for row in range(model.rowCount())
    ]


def choose(page: DuePage, name: str, data: object) -> None:
    box = page.findChild(QComboBox, name)
    assert box is not None
    box.setCurrentIndex(box.findData(data))
    box.activated.emit(box.currentIndex())


def told(page: DuePage) -> str:
    label = page.findChild(QLabel, "due.told")
    assert label is not None
    return label.text()


def saved_earlier(book: Workbench, *names: str) -> None:
    """Store a loan as a program did that kept no calendar with it."""
    document = unwatched()
    computed = compute(validate(document), book.reference, draw=False)
    made = [book._new_version(computed) for _name in names]
    book._book.add_cases(
        [
            NewVersion(
                name=name,
                document=version.document,
                schema_version=version.schema_version,
                input_hash=version.input_hash,
                program_version="0.1.0",
                data_version=version.data_version,
                saved_at=TODAY,
                figures={key: value for key, value in version.figures.items() if key != "due"},
            )
            for name, version in zip(names, made, strict=True)
        ]
    )


def test_all_loans_are_listed_by_day_with_days_to_go_and_state(
    due: Opened, qtmodeltester: ModelTester
) -> None:
    page = due(rich_document(), unwatched())
    found = rows(page)
    days = [line[0] for line in found]
    assert days == sorted(days)
    assert ("2027-12-21", "67", "ahead", "Unwatched") in [line[:4] for line in found]
    late = next(line for line in found if line[4].startswith("Payment 8"))
    assert late[:3] == ("2027-09-21", "−24", "late")
    qtmodeltester.check(page.table.records)
    place = page.table.records.index(0, 2)
    assert place.data(Qt.ItemDataRole.ForegroundRole) is not None


def test_the_list_is_cut_by_kind_by_horizon_and_by_words(due: Opened, qtbot: QtBot) -> None:
    page = due(rich_document(), unwatched())
    usual = len(rows(page))
    choose(page, "due.horizon", 30)
    assert 0 < len(rows(page)) < usual
    assert all(int(line[1].replace("−", "-")) <= 30 for line in rows(page))
    choose(page, "due.horizon", None)
    assert len(rows(page)) > usual
    choose(page, "due.kind", "payments")
    assert {line[4].split()[0] for line in rows(page)} == {"Payment", "Prepayment"}
    search = page.findChild(QLineEdit, "filter")
    assert search is not None
    qtbot.keyClicks(search, "unwatched prepayment")
    assert [line[3] for line in rows(page)] == ["Unwatched"]


def test_a_double_click_opens_the_case_on_its_life(
    due: Opened, window: MainWindow, document: dict[str, Any]
) -> None:
    document["loan"]["monitoring"] = {}
    page = due(document)
    page.table.selectRow(0)
    button = page.findChild(QPushButton, "due.open")
    assert button is not None
    button.click()
    case = window.current_case()
    assert case is not None
    assert case._results.page == "life"
    case._results.show_page("overview")
    window.show_page("due")
    page.table.doubleClicked.emit(page.table.records.index(0, 0))
    assert len(window.cases()) == 1
    assert case._results.page == "life"


def test_cases_saved_by_an_earlier_program_are_computed_beside_the_list(
    due: Opened, book: Workbench, qtbot: QtBot
) -> None:
    saved_earlier(book, "Old one", "Old two")
    page = due(unwatched("New one"))
    assert {line[3] for line in rows(page)} == {"New one"}
    assert "being computed: 2" in told(page)
    qtbot.waitUntil(lambda: {line[3] for line in rows(page)} == {"New one", "Old one", "Old two"})
    assert told(page) == ""
    choose(page, "due.horizon", 30)
    assert told(page) == ""


def test_computing_can_be_stopped_and_says_what_is_not_in_the_list(
    due: Opened, book: Workbench, qtbot: QtBot
) -> None:
    saved_earlier(book, *(f"Old {number}" for number in range(12)))
    page = due()
    stop = page.findChild(QPushButton, "due.stop")
    assert stop is not None
    assert stop.isVisibleTo(page)
    stop.click()
    qtbot.wait(150)
    assert "not in the list: 12" in told(page)
    assert rows(page) == []


def test_a_case_that_is_refused_now_is_named(due: Opened, book: Workbench, qtbot: QtBot) -> None:
    saved_earlier(book, "Broken")
    entry = book.list_cases()[0]
    stored = book._book.load(entry.case_id)
    broken = stored.document.replace('"term_months": 120', '"term_months": 0')
    assert broken != stored.document
    book._book.append(
        entry.case_id,
        NewVersion(
            name="Broken",
            document=broken,
            schema_version=stored.schema_version,
            input_hash=stored.input_hash,
            program_version="0.1.0",
            data_version=stored.data_version,
            saved_at=TODAY,
            figures=stored.figures,
        ),
        after=1,
    )
    page = due()
    qtbot.waitUntil(lambda: "no longer be computed" in told(page))
    assert "Broken" in told(page)


def test_an_empty_list_says_what_to_do(due: Opened, document: dict[str, Any]) -> None:
    del document["loan"]
    page = due(document)
    assert page._empty.text().startswith("No stored case has a loan.")
    assert page._stack.currentIndex() == 1
    page = due(unwatched())
    choose(page, "due.kind", "cures")
    assert page._empty.text().startswith("Nothing is due by these filters.")


def test_the_list_is_copied_into_a_spreadsheet(due: Opened, qtbot: QtBot) -> None:
    page = due(rich_document())
    qtbot.keyClick(page.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QGuiApplication.clipboard().text().split("\n")
    assert lines[0].split("\t") == ["Due on", "Days to go", "State", "Case", "What is due"]
    assert lines[1].split("\t")[1].startswith("-")
    assert len(lines) == len(rows(page)) + 1


def test_the_settings_have_keys_of_their_own_behind_ten_numbered_pages(
    window: MainWindow,
) -> None:
    settings = window.actions_by_name["book.page.settings"]
    assert settings.shortcut() == QKeySequence("Ctrl+,")
    assert window.actions_by_name["book.page.documents"].shortcut() == QKeySequence("Ctrl+0")
