"""The report of the whole book, from the command line."""

import json
from pathlib import Path
from typing import Any

import pytest

from app.bootstrap import open_workbench
from tests.integration.conftest import Run


@pytest.fixture
def book(run: Run, case: Path) -> None:
    """A book that holds one case alone."""
    workbench = open_workbench()
    for entry in workbench.list_cases():
        workbench.set_archived(entry.case_id, archived=True)
    workbench.close()
    assert run("import", case).exit_code == 0


@pytest.mark.usefixtures("book")
def test_the_report_is_written_and_told_as_json(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "book.pdf"
    done = run("portfolio", "--day", "2026-06-30", "--lang", "en", "-o", target, "--json")
    assert done.exit_code == 0, done.stderr
    assert target.read_bytes()[:5] == b"%PDF-"
    found: dict[str, Any] = json.loads(done.stdout)
    assert found["day"] == "2026-06-30"
    assert len(found["cases"]) == 1
    assert found["document_no"].startswith("PF-20260630-")


@pytest.mark.usefixtures("book")
def test_without_json_the_file_is_told_in_a_line(run: Run, tmp_path: Path) -> None:
    done = run("portfolio", "--lang", "en", "-o", tmp_path / "book.pdf")
    assert done.exit_code == 0
    assert "1 cases" in done.stdout


def test_a_report_needs_a_file_or_json(run: Run) -> None:
    done = run("portfolio")
    assert done.exit_code == 2
    assert "Name a file with -o" in done.stderr


def test_a_day_that_no_book_has_is_refused(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "book.pdf"
    done = run("portfolio", "--day", "1500-01-01", "-o", target)
    assert done.exit_code == 2
    assert not target.exists()
