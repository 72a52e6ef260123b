"""What leaves a case for other programs, and the usual clauses that come into it."""

import json
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from pytestqt.qtbot import QtBot

from app.services.case_export import ExportKind
from app.services.clause_proposals import load_clauses
from app.services.draft import value_at
from app.services.workbench import Workbench
from app.views.dialogs.clauses_dialog import ClausesDialog
from app.views.dialogs.export_dialog import ExportDialog
from app.views.jobs import Jobs
from tests.ui.conftest import OpenPage


def _dialog(
    qtbot: QtBot, workbench: Workbench, jobs: Jobs, document: dict[str, Any], kind: ExportKind
) -> ExportDialog:
    dialog = ExportDialog(workbench, jobs, document, version=None, name="case")
    qtbot.addWidget(dialog)
    dialog.kind.setCurrentIndex(dialog.kind.findData(kind.value))
    return dialog


def test_a_workbook_has_formulas_and_data_have_one_language(
    qtbot: QtBot, workbench: Workbench, jobs: Jobs, document: dict[str, Any], tmp_path: Path
) -> None:
    dialog = _dialog(qtbot, workbench, jobs, document, ExportKind.XLSX)
    assert dialog.language.currentData() == "both"
    target = tmp_path / "case.xlsx"
    dialog.write(target)
    qtbot.waitUntil(lambda: not dialog._open.isHidden(), timeout=30_000)
    cells = [
        cell.value
        for sheet in load_workbook(target)
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str) and cell.value.startswith("=")
    ]
    assert len(cells) > 20
    dialog.kind.setCurrentIndex(dialog.kind.findData("json"))
    assert dialog.language.findData("both") == -1
    assert dialog.language.currentData() == "en"


def test_a_folder_that_is_not_empty_is_left_as_it_is(
    qtbot: QtBot, workbench: Workbench, jobs: Jobs, document: dict[str, Any], tmp_path: Path
) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "own.txt").write_text("mine", encoding="utf-8")
    dialog = _dialog(qtbot, workbench, jobs, document, ExportKind.CSV)
    dialog.write(tmp_path / "full")
    qtbot.waitUntil(lambda: not dialog.status._problem.isHidden(), timeout=30_000)
    assert [path.name for path in (tmp_path / "full").iterdir()] == ["own.txt"]
    dialog.write(tmp_path / "new")
    qtbot.waitUntil(lambda: not dialog._open.isHidden(), timeout=30_000)
    assert len(list((tmp_path / "new").glob("*.csv"))) > 3


def test_data_are_written_in_the_chosen_language(
    qtbot: QtBot, workbench: Workbench, jobs: Jobs, document: dict[str, Any], tmp_path: Path
) -> None:
    dialog = _dialog(qtbot, workbench, jobs, document, ExportKind.JSON)
    for language in ("zh", "en"):
        dialog.language.setCurrentIndex(dialog.language.findData(language))
        target = tmp_path / f"{language}.json"
        dialog.write(target)
        qtbot.waitUntil(lambda: not dialog._open.isHidden(), timeout=30_000)
        text = target.read_text(encoding="utf-8")
        assert isinstance(json.loads(text), dict)
        assert ("折现率" in text) is (language == "zh")


def test_chosen_clauses_go_into_the_case_with_their_source_and_out_by_one_undo(
    qtbot: QtBot, open_page: OpenPage, document: dict[str, Any]
) -> None:
    page = open_page(document)
    dialog = page.valuing._loan.show_clauses()
    assert isinstance(dialog, ClausesDialog)
    assert not dialog.take.isEnabled()
    chosen = [load_clauses()[0], load_clauses()[-1]]
    for clause in chosen:
        dialog.tick(clause.key)
    assert dialog.chosen() == [clause.key for clause in chosen]
    dialog.take.click()
    for clause in chosen:
        (line,) = value_at(page.document, f"loan.agreement.{clause.table}")
        assert line["english"] == clause.text("en")
        entry = page.document["provenance"][f"loan.agreement.{clause.table}"]
        assert entry["kind"] == "assumed"
    page.undo()
    assert value_at(page.document, "loan.agreement") is None
