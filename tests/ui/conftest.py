"""A window on a book of its own, and a case page, as the officer sees them."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.bootstrap import BookMaintenance
from app.models.database import open_book
from app.reference.tables import load_reference
from app.services.workbench import Workbench
from app.settings import Settings
from app.views.jobs import Jobs
from app.views.main_window import MainWindow
from app.views.pages.case_page import CasePage
from app.views.theme import apply_theme

NOW = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
OpenPage = Callable[..., CasePage]


def fill_forms(page: CasePage) -> None:
    """Show in the forms behind other tabs what they show later by themselves."""
    for form in page.forms.values():
        assert form.rows is not None


@pytest.fixture(scope="session", autouse=True)
def theme(qapp: QApplication) -> None:
    """Draw with the shipped fonts and style."""
    apply_theme(qapp, 10)


@pytest.fixture
def workbench(own_home: Path) -> Iterator[Workbench]:
    opened = Workbench(open_book(own_home / "book.db", now=NOW), load_reference(), lambda: NOW)
    yield opened
    opened.close()


@pytest.fixture
def jobs(qapp: QApplication) -> Iterator[Jobs]:
    made = Jobs()
    yield made
    made.close()


@pytest.fixture
def open_page(qtbot: QtBot, workbench: Workbench, jobs: Jobs) -> OpenPage:
    """Store a document and open its page; without a document open a new case.

    The forms behind other tabs are filled, as they are a moment after a case was opened.
    """

    def opened(document: dict[str, Any] | None = None) -> CasePage:
        if document is None:
            page = CasePage(workbench, jobs, case_id=None, version=None, document={})
        else:
            (stored,) = workbench.save_new([document])
            page = CasePage(
                workbench,
                jobs,
                case_id=stored.case_id,
                version=stored.number,
                document=json.loads(stored.document),
            )
        qtbot.addWidget(page)
        page.resize(1100, 740)
        page.show()
        fill_forms(page)
        return page

    return opened


@pytest.fixture
def window(qtbot: QtBot, workbench: Workbench, document: dict[str, Any]) -> Iterator[MainWindow]:
    """The window on a book of three cases."""
    documents = []
    for name, price in (("Alpha", 9.0), ("Beta", 100.0), ("Gamma", 20.0)):
        copy = json.loads(json.dumps(document))
        copy["project"]["name"] = name
        copy["appraisal"]["price_yuan_t"] = price
        documents.append(copy)
    del documents[0]["loan"]
    workbench.save_new(documents)
    made = MainWindow(Jobs(), Settings(), BookMaintenance())
    qtbot.addWidget(made)
    made.show()
    made.add_icons()
    made.set_workbench(workbench)
    yield made
    for case in made.cases():
        case.undo_stack.clear()
    made.workbench = None
    made.close()
