"""Dialogs of documents as a person uses them: what is shown, what can be stopped, what cannot."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from app.reports.kinds import Choice, DocumentKind
from app.services.clause_proposals import load_clauses
from app.services.workbench import Workbench
from app.views.dialogs.batch_dialog import BatchDialog
from app.views.dialogs.clauses_dialog import ClausesDialog
from app.views.dialogs.issue_dialog import PLACES, IssueDialog
from app.views.dialogs.verify_dialog import VerifyDialog
from app.views.jobs import Jobs
from app.views.main_window import MainWindow
from app.views.pages.documents_page import DocumentsPage
from app.views.widgets.document_state import entry_state, version_state
from app.views.widgets.pdf_preview import PdfPreview, Shown
from tests import final_book

PLEDGE = Choice(DocumentKind.PLEDGE_LIST)


@pytest.fixture
def signed(workbench: Workbench, tmp_path: Path) -> Any:
    """A final document that was signed."""
    return workbench.issue_final(
        final_book.approved(workbench),
        1,
        language="en",
        choice=PLEDGE,
        signer=final_book.file_signer(tmp_path),
    )


def test_a_final_document_is_opened_by_its_number_and_saved_with_its_signature(
    window: MainWindow, workbench: Workbench, signed: Any, tmp_path: Path
) -> None:
    window.show_page("documents")
    page = window.stack.currentWidget()
    assert isinstance(page, DocumentsPage)
    page.open_document.emit(signed)
    preview = window.findChild(PdfPreview)
    assert preview is not None
    assert preview.windowTitle() == "Preview: PG-2026-0001.pdf"
    assert preview._told.text() == (f"Final document PG-2026-0001, signed by {final_book.HOLDER}.")
    preview.save_to(str(tmp_path / "kept.pdf"))
    assert (tmp_path / "kept.pdf").read_bytes() == workbench.document_bytes(signed.document_id)
    preview.close()


def test_a_document_says_what_it_is_worth(workbench: Workbench) -> None:
    case_id = final_book.approved(workbench)
    unsigned = workbench.issue_final(case_id, 1, language="en", choice=PLEDGE)
    approved = workbench.issue(case_id, 1, language="en", choice=PLEDGE)
    assert entry_state(unsigned) == "Final document PG-2026-0001, not signed."
    assert "is approved" in entry_state(approved)
    assert version_state(None, approved=False) == "Draft of inputs that are not saved."
    assert version_state(3, approved=False) == "Draft: version 3 is not approved."


def test_what_a_qr_code_says_opens_its_case(
    window: MainWindow, workbench: Workbench, signed: Any
) -> None:
    (version,) = workbench.find_version("PG-2026-0001")
    window.show_page("documents")
    page = window.stack.currentWidget()
    assert isinstance(page, DocumentsPage)
    code = page.findChild(QLineEdit, "documents.code")
    assert isinstance(code, QLineEdit)
    code.setText("BLUECARBON:PG-2026-0001:1A2B-3C4D-5E6F\n")
    page._find()
    opened = window.current_case()
    assert opened is not None
    assert opened.case_id == version.case_id


def test_a_number_that_is_being_given_is_waited_for(
    qtbot: QtBot, workbench: Workbench, jobs: Jobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(PLACES, "by", "nothing")
    version = final_book.approved(workbench), 1
    dialog = IssueDialog(workbench, jobs, version, [Shown("Pledge list", "a.pdf", PLEDGE)])
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.issue()
    stop = dialog.findChild(QPushButton, "issue.stop")
    assert stop is not None
    assert not stop.isVisible()
    dialog.reject()
    assert dialog.isVisible()
    qtbot.waitUntil(lambda: dialog.entry is not None, timeout=30_000)
    assert not dialog.isVisible()


def test_a_way_of_signing_asks_for_what_it_takes_and_nothing_else(
    qtbot: QtBot, workbench: Workbench, jobs: Jobs
) -> None:
    dialog = IssueDialog(workbench, jobs, ("", 1), [Shown("Pledge list", "a.pdf", PLEDGE)])
    qtbot.addWidget(dialog)
    dialog.show()
    lines = (dialog.file, dialog.passphrase, dialog.module, dialog.token, dialog.key, dialog.pin)
    shown = []
    for place in range(dialog.by.count()):
        dialog.by.setCurrentIndex(place)
        shown.append([line.isVisible() for line in lines])
    assert shown == [[False] * 6, [True] * 2 + [False] * 4, [False] * 2 + [True] * 4]


def test_a_verdict_goes_when_another_file_is_checked(
    qtbot: QtBot, workbench: Workbench, jobs: Jobs, signed: Any, tmp_path: Path
) -> None:
    target = tmp_path / "signed.pdf"
    target.write_bytes(workbench.document_bytes(signed.document_id))
    dialog = VerifyDialog(workbench, jobs)
    qtbot.addWidget(dialog)
    dialog.check(target)
    qtbot.waitUntil(lambda: "Untouched" in dialog.page.toPlainText(), timeout=20_000)
    assert dialog._open.isEnabled()
    dialog.check(tmp_path / "gone.pdf")
    qtbot.waitUntil(lambda: not dialog.status._problem.isHidden(), timeout=20_000)
    assert dialog.page.toPlainText() == ""
    assert not dialog._open.isEnabled()


def test_the_certificates_that_count_can_be_taken_back(
    qtbot: QtBot, workbench: Workbench, jobs: Jobs, tmp_path: Path
) -> None:
    dialog = VerifyDialog(workbench, jobs)
    qtbot.addWidget(dialog)
    assert dialog._trust_any.isHidden()
    dialog.trust(tmp_path / "bank.pem")
    assert dialog._trust_name.text() == "bank.pem"
    dialog._trust_any.click()
    assert dialog._trusted is None
    assert dialog._trust_any.isHidden()


def test_a_batch_that_runs_takes_no_other_choice_and_can_be_stopped(
    qtbot: QtBot, workbench: Workbench, jobs: Jobs, document: dict[str, Any], tmp_path: Path
) -> None:
    workbench.save_new([document])
    dialog = BatchDialog(workbench, jobs)
    qtbot.addWidget(dialog)
    dialog.folder.setText(str(tmp_path / "out"))
    dialog.print_cases()
    entered = (dialog.kind, dialog.language, dialog.folder, dialog.cases, dialog.start)
    assert not any(widget.isEnabled() for widget in entered)
    stop = dialog.findChild(QPushButton, "batch.stop")
    assert stop is not None
    stop.click()
    assert all(widget.isEnabled() for widget in entered)
    assert "0 of 0 documents written" in dialog._told.text()
    told = dialog.findChild(QLabel, "batch.told")
    assert told is not None
    assert told.text().startswith("Stopped.")


def test_a_clause_is_shown_whole(qtbot: QtBot) -> None:
    dialog = ClausesDialog(lambda _keys: None)
    qtbot.addWidget(dialog)
    dialog.show()
    tree = dialog.tree
    items = {item.text(0): item for item in dialog._items()}
    longest = items[max(items, key=len)]
    line = tree.fontMetrics().lineSpacing()
    assert len(items) == len(load_clauses())
    assert tree.visualItemRect(longest).height() >= 2 * line
    narrow = tree.visualItemRect(longest).height()
    dialog.resize(2400, 700)
    qtbot.waitUntil(lambda: tree.visualItemRect(longest).height() < narrow)
