"""Cases of the book and their papers on the command line."""

import json
from pathlib import Path
from typing import Any

import pytest

from app.services.ports import StorageProblem
from tests.integration.conftest import Run


def answered(run: Run, *arguments: object) -> Any:
    result = run(*arguments, "--json")
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


@pytest.fixture
def case_id(run: Run, case: Path) -> str:
    (stored,) = json.loads(run("import", case, "--json").stdout)["stored"]
    return str(stored["case_id"])


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    path = tmp_path / "查询证明.pdf"
    path.write_bytes(b"%PDF-1.7 scan")
    return path


def test_the_cases_of_the_book_are_listed_with_their_numbers(run: Run, case_id: str) -> None:
    entries = {entry["case_id"]: entry for entry in answered(run, "cases")["cases"]}
    assert (entries[case_id]["name"], entries[case_id]["version"]) == ("Dongtai tidal flat", 1)
    assert case_id in run("cases").stdout


def test_a_paper_goes_into_the_book_and_comes_out_as_it_was(
    run: Run, case_id: str, scan: Path, tmp_path: Path
) -> None:
    entry = answered(run, "attachments", "add", case_id, scan)["attached"]
    assert answered(run, "attachments", "list", case_id)["attachments"] == [entry]
    said = run("attachments", "list", case_id).stdout
    assert "查询证明.pdf" in said
    assert entry["attachment_id"] in said
    target = tmp_path / "out.pdf"
    assert run("attachments", "export", entry["attachment_id"], "-o", target).exit_code == 0
    assert target.read_bytes() == scan.read_bytes()
    assert run("attachments", "remove", entry["attachment_id"]).exit_code == 0
    assert answered(run, "attachments", "list", case_id)["attachments"] == []
    assert "There is nothing in it yet." in run("attachments", "list", case_id).stdout


def test_an_empty_paper_is_refused_by_name(run: Run, case_id: str, tmp_path: Path) -> None:
    empty = tmp_path / "empty.pdf"
    empty.write_bytes(b"")
    result = run("attachments", "add", case_id, empty, "--json")
    assert result.exit_code == 2
    (problem,) = json.loads(result.stderr)["refused"]
    assert (problem["code"], problem["value"]) == ("empty_attachment", "empty.pdf")


def test_an_unknown_number_is_said_so(run: Run, scan: Path, tmp_path: Path) -> None:
    calls: list[tuple[object, ...]] = [
        ("list", "0"),
        ("add", "0", scan),
        ("export", "0", "-o", tmp_path / "out.pdf"),
        ("remove", "0"),
    ]
    for call in calls:
        problem = run("attachments", *call).exception
        assert isinstance(problem, StorageProblem)
    assert not (tmp_path / "out.pdf").exists()
