"""The documents page: issue, find, check, print many, report on the book."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from app.paths import resources
from app.reports.kinds import Choice, DocumentKind
from app.services.workbench import Workbench
from app.views.dialogs.batch_dialog import BatchDialog
from app.views.dialogs.issue_dialog import PLACES, IssueDialog
from app.views.dialogs.portfolio_dialog import PortfolioDialog
from app.views.dialogs.verify_dialog import VerifyDialog
from app.views.jobs import Jobs
from app.views.main_window import MainWindow
from app.views.pages.documents_page import DocumentsPage
from app.views.widgets.pdf_preview import PdfPreview, Shown
from tests import final_book
from tests.pdf_text import page_texts

PLEDGE = Choice(DocumentKind.PLEDGE_LIST)
NO_LOAN = resources() / "demo" / "methods" / "stated.bcd.json"


@pytest.fixture(autouse=True)
def places() -> Iterator[None]:
    """Sign with nothing unless a test says so."""
    PLACES.by = "nothing"
    yield
    PLACES.by, PLACES.file = "file", ""


@pytest.fixture
def approved(workbench: Workbench) -> tuple[str, int]:
    """A stored version that was approved."""
    return final_book.approved(workbench), 1


def _issue_dialog(
    qtbot: QtBot, workbench: Workbench, jobs: Jobs, version: tuple[str, int]
) -> IssueDialog:
    dialog = IssueDialog(workbench, jobs, version, [Shown("Pledge list", "a.pdf", PLEDGE)])
    qtbot.addWidget(dialog)
    return dialog


def test_an_issued_document_is_numbered_kept_and_found_by_its_number(
    qtbot: QtBot, workbench: Workbench, jobs: Jobs, approved: tuple[str, int]
) -> None:
    dialog = _issue_dialog(qtbot, workbench, jobs, approved)
    dialog.issue()
    qtbot.waitUntil(lambda: dialog.entry is not None, timeout=30_000)
    (entry,) = workbench.list_documents()
    assert (entry.number, entry.status, entry.signer) == ("PG-2026-0001", "final", "")
    assert "PG-2026-0001" in page_texts(workbench.document_bytes(entry.document_id))[0]
    (found,) = workbench.find_version("PG-2026-0001")
    assert (found.case_id, found.version) == approved


def test_a_certificate_that_is_not_there_is_refused_and_no_number_is_used(
    qtbot: QtBot, workbench: Workbench, jobs: Jobs, approved: tuple[str, int], tmp_path: Path
) -> None:
    dialog = _issue_dialog(qtbot, workbench, jobs, approved)
    dialog.by.setCurrentIndex(1)
    dialog.issue()
    assert "Choose the certificate file" in dialog.status._problem.text()
    dialog.file.setText(str(tmp_path / "none.p12"))
    dialog.passphrase.setText("not the right one")
    dialog.issue()
    qtbot.waitUntil(
        lambda: dialog.start.isEnabled() and not dialog.status.is_busy(), timeout=20_000
    )
    assert not dialog.status._problem.isHidden()
    assert list(workbench.list_documents()) == []
    dialog.reject()
    assert dialog.passphrase.text() == ""


def test_a_version_without_approval_cannot_be_issued(
    open_page: Any, workbench: Workbench, document: dict[str, Any]
) -> None:
    page = open_page(document)
    told: list[str] = []
    page.tell = told.append
    page.output.issue_final()
    assert "not approved" in told[0]
    assert page.findChild(IssueDialog) is None


def test_a_number_or_code_opens_the_version_and_an_unknown_one_says_what_is_expected(
    window: MainWindow, workbench: Workbench, document: dict[str, Any]
) -> None:
    first = workbench.save_new([document])[0]
    document["notes"] = "second"
    workbench.save(first.case_id, document, after=1)
    window.show_page("documents")
    page = window.stack.currentWidget()
    assert isinstance(page, DocumentsPage)
    code = page.findChild(QLineEdit, "documents.code")
    assert isinstance(code, QLineEdit)
    code.setText("AAAA-BBBB-CCCC")
    page._find()
    assert "1A2B-3C4D-5E6F" in page._told.text()
    code.setText(first.input_hash[:12].upper())
    page._find()
    opened = window.current_case()
    assert opened is not None
    assert (opened.case_id, opened.version, opened.newest) == (first.case_id, 1, 2)
    opened.change("notes", {**opened.document, "notes": "third"})
    assert opened.save()
    assert opened.version == 3


def test_a_filed_document_is_checked_and_a_changed_byte_is_seen(
    qtbot: QtBot, workbench: Workbench, jobs: Jobs, approved: tuple[str, int], tmp_path: Path
) -> None:
    entry = workbench.issue(*approved, language="en", choice=PLEDGE)
    data = workbench.document_bytes(entry.document_id)
    same, other = tmp_path / "same.pdf", tmp_path / "other.pdf"
    same.write_bytes(data)
    middle = len(data) // 2
    other.write_bytes(data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :])
    dialog = VerifyDialog(workbench, jobs)
    qtbot.addWidget(dialog)
    opened: list[Any] = []
    dialog.open_version.connect(opened.append)
    dialog.check(same)
    qtbot.waitUntil(lambda: "Untouched" in dialog.page.toPlainText(), timeout=20_000)
    assert "The book holds this document with the same bytes." in dialog.page.toPlainText()
    dialog.check(other)
    wrong = ("Changed", "Damaged")
    qtbot.waitUntil(lambda: dialog.page.toPlainText().startswith(wrong), timeout=20_000)
    dialog.check(same)
    qtbot.waitUntil(lambda: "Untouched" in dialog.page.toPlainText(), timeout=20_000)
    dialog._open.click()
    assert [(one.case_id, one.version) for one in opened] == [approved]


def test_many_cases_are_printed_and_those_without_the_document_are_named(
    qtbot: QtBot, workbench: Workbench, jobs: Jobs, document: dict[str, Any], tmp_path: Path
) -> None:
    workbench.save_new([document, json.loads(NO_LOAN.read_text(encoding="utf-8"))])
    dialog = BatchDialog(workbench, jobs)
    qtbot.addWidget(dialog)
    assert not dialog.start.isEnabled()
    dialog.kind.setCurrentIndex(dialog.kind.findData("pledge-list"))
    dialog.folder.setText(str(tmp_path / "out"))
    dialog.print_cases()
    qtbot.waitUntil(lambda: dialog.outcomes.records.rowCount() == 2, timeout=30_000)
    assert len(list((tmp_path / "out").glob("*.pdf"))) == 1
    assert "1 of 2 documents written" in dialog._told.text()
    shown = dialog.outcomes.selected_text()
    assert "has no such document" in shown
    assert "a loan: this document is printed of a case that has one" in shown


def test_a_folder_that_cannot_be_written_is_refused(
    qtbot: QtBot, workbench: Workbench, jobs: Jobs, document: dict[str, Any], tmp_path: Path
) -> None:
    workbench.save_new([document])
    blocked = tmp_path / "file"
    blocked.write_text("no folder", encoding="utf-8")
    dialog = BatchDialog(workbench, jobs)
    qtbot.addWidget(dialog)
    dialog.folder.setText(str(blocked))
    dialog.print_cases()
    qtbot.waitUntil(lambda: not dialog.status._problem.isHidden(), timeout=20_000)
    assert dialog.start.isEnabled()
    assert "0 of 0 documents written" in dialog._told.text()


def test_the_portfolio_report_is_drawn_and_shown(
    qtbot: QtBot, window: MainWindow, workbench: Workbench, document: dict[str, Any]
) -> None:
    workbench.save_new([document])
    assert window.book_actions is not None
    window.book_actions.documents.show_portfolio()
    dialog = window.findChild(PortfolioDialog)
    assert dialog is not None
    dialog.draw()
    qtbot.waitUntil(lambda: window.findChild(PdfPreview) is not None, timeout=40_000)
    preview = window.findChild(PdfPreview)
    assert preview is not None
    assert preview.windowTitle().endswith("portfolio report-2026-03-01.pdf")
    preview.close()
