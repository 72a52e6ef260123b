"""The papers of a stored case: added, looked at, saved elsewhere, removed."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QLabel, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from app.services.workbench import Workbench
from app.views.dialogs.attachments_dialog import AttachmentsDialog
from tests.ui.conftest import OpenPage


@pytest.fixture
def dialog(qtbot: QtBot, workbench: Workbench, document: dict[str, Any]) -> AttachmentsDialog:
    (stored,) = workbench.save_new([document])
    made = AttachmentsDialog(workbench, stored.case_id)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[QUrl]:
    """Where the system was asked to open a file."""
    urls: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", urls.append)
    return urls


def paper(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def rows(dialog: AttachmentsDialog) -> list[tuple[str, str, str]]:
    model = dialog.table.records
    return [
        (
            str(model.index(row, 0).data()),
            str(model.index(row, 1).data()),
            str(model.index(row, 2).data()),
        )
        for row in range(model.rowCount())
    ]


def button(dialog: AttachmentsDialog, name: str) -> QPushButton:
    found = dialog.findChild(QPushButton, f"attachments.{name}")
    assert found is not None
    return found


def test_files_are_added_with_size_and_day_and_come_back_as_they_were(
    dialog: AttachmentsDialog, tmp_path: Path, opened: list[QUrl]
) -> None:
    assert dialog._stack.currentIndex() == 1
    contract = paper(tmp_path, "质押合同.pdf", b"%PDF" + b"x" * 1_234_563)
    note = paper(tmp_path, "note.txt", b"abc")
    dialog.add([contract, note])
    assert {(name, size) for name, size, _day in rows(dialog)} == {
        ("质押合同.pdf", "1.2 MB"),
        ("note.txt", "3 bytes"),
    }
    assert rows(dialog)[0][2].startswith("2026-03-01")
    dialog.table.selectRow([name for name, *_rest in rows(dialog)].index("质押合同.pdf"))
    button(dialog, "open").click()
    copy = Path(opened[0].toLocalFile())
    assert copy.name == "质押合同.pdf"
    assert copy.read_bytes() == contract.read_bytes()
    target = tmp_path / "elsewhere" / "copy.pdf"
    assert dialog._write(dialog.table.selected()[0], target)
    assert target.read_bytes() == contract.read_bytes()


def test_what_is_refused_is_named_and_the_rest_is_kept(
    dialog: AttachmentsDialog, tmp_path: Path
) -> None:
    dialog.add([paper(tmp_path, "empty.pdf", b""), paper(tmp_path, "good.pdf", b"1")])
    assert [name for name, *_rest in rows(dialog)] == ["good.pdf"]
    told = dialog.findChild(QLabel, "attachments.problem")
    assert told is not None
    assert told.text().startswith("empty.pdf is not attached. Expected: ")


def test_a_program_is_not_run_from_the_list(
    dialog: AttachmentsDialog, tmp_path: Path, opened: list[QUrl]
) -> None:
    dialog.add([paper(tmp_path, "report.pdf.exe", b"MZ")])
    dialog.table.selectRow(0)
    assert not button(dialog, "open").isEnabled()
    assert button(dialog, "save").isEnabled()
    dialog.table.opened.emit(dialog.table.selected()[0])
    assert opened == []


def test_a_file_is_removed_only_when_that_is_confirmed(
    dialog: AttachmentsDialog, workbench: Workbench, tmp_path: Path
) -> None:
    dialog.add([paper(tmp_path, "old.pdf", b"1")])
    dialog.table.selectRow(0)
    button(dialog, "remove").click()
    box = dialog.findChild(QMessageBox, "attachments.ask")
    assert box is not None
    assert "old.pdf" in box.text()
    box.button(QMessageBox.StandardButton.Cancel).click()
    assert len(rows(dialog)) == 1
    button(dialog, "remove").click()
    box = dialog.findChildren(QMessageBox, "attachments.ask")[-1]
    next(one for one in box.buttons() if one.text() == "Delete").click()
    assert rows(dialog) == []
    assert dialog._stack.currentIndex() == 1


def test_a_file_that_is_gone_from_the_book_is_said(
    dialog: AttachmentsDialog, workbench: Workbench, tmp_path: Path
) -> None:
    dialog.add([paper(tmp_path, "gone.pdf", b"1")])
    dialog.table.selectRow(0)
    entry = dialog.table.selected()[0]
    workbench.remove_attachment(entry.attachment_id)
    button(dialog, "open").click()
    told = dialog.findChild(QLabel, "attachments.problem")
    assert told is not None
    assert told.text()
    assert rows(dialog) == []


def test_papers_belong_to_a_stored_case(open_page: OpenPage, document: dict[str, Any]) -> None:
    page = open_page()
    page.valuing._loan.act("papers")
    box = page.findChild(QMessageBox, "message")
    assert box is not None
    assert box.text().startswith("Save the case first")
    stored = open_page(document)
    stored.valuing._loan.act("papers")
    assert stored.findChild(AttachmentsDialog) is not None
