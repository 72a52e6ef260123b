"""Issuing, listing, finding and verifying documents on the command line."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from app.bootstrap import book_path, open_workbench
from app.cli.document_options import VARIABLE
from tests.final_book import HOLDER, PASSPHRASE, approved, certificate
from tests.integration.conftest import Run


@pytest.fixture
def case_id() -> str:
    """An approved case in the book of the command line."""
    workbench = open_workbench()
    made = approved(workbench, name="Mangroves of the command line")
    workbench.close()
    return made


@pytest.fixture
def signed_by(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "demo.p12"
    path.write_bytes(certificate())
    monkeypatch.setenv(VARIABLE, PASSPHRASE)
    return path


def answered(run: Run, *arguments: object) -> Any:
    result = run(*arguments, "--json")
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


KIND = ("--kind", "pledge-list", "--lang", "en")


def test_a_final_document_is_issued_signed_listed_given_out_found_and_verified(
    run: Run, case_id: str, signed_by: Path, tmp_path: Path
) -> None:
    target, again = tmp_path / "out.pdf", tmp_path / "again.pdf"
    result = run(
        "issue",
        "Mangroves of the command line",
        *KIND,
        "--final",
        "--sign",
        signed_by,
        "-o",
        target,
    )
    assert result.exit_code == 0, result.stderr
    number = next(word for word in result.stdout.split() if word.startswith("PG-"))
    assert f"signed by {HOLDER}" in result.stdout
    (entry,) = answered(run, "documents")["documents"]
    assert (entry["number"], entry["case_id"], entry["status"]) == (number, case_id, "final")
    assert number in run("documents").stdout
    assert run("documents", "export", number.lower(), "-o", again).exit_code == 0
    assert again.read_bytes() == target.read_bytes()
    (found,) = answered(run, "find", number)["found"]
    assert (found["case_id"], found["version"], found["approved"]) == (case_id, 1, True)
    told = answered(run, "verify", target)
    assert told["verdict"] == "untouched"
    assert told["book"]["document"]["number"] == number
    assert told["signatures"][0]["signer"] == HOLDER
    assert [finding["code"] for finding in told["findings"]][:2] == ["as_signed", "book_same"]
    said = run("verify", target).stdout
    assert said.startswith("Untouched\n")
    assert "Mangroves of the command line" in said


@pytest.mark.parametrize(
    ("change", "ends"),
    [
        (lambda content: content, (0, "untouched")),
        (lambda content: content.replace(b"PG-", b"TS-", 1), (1, "changed")),
        (lambda content: b"no pdf", (2, "foreign")),
        (lambda content: content[:-200], (3, "damaged")),
    ],
)
def test_the_exit_code_says_what_became_of_a_file(
    run: Run, case_id: str, tmp_path: Path, change: Any, ends: tuple[int, str]
) -> None:
    path = tmp_path / "file.pdf"
    assert run("issue", case_id, *KIND, "-o", path).exit_code == 0
    path.write_bytes(change(path.read_bytes()))
    result = run("verify", path, "--no-book", "--json")
    assert (result.exit_code, json.loads(result.stdout)["verdict"]) == ends
    assert json.loads(result.stdout)["book"] is None


def test_a_file_that_cannot_be_read_has_an_exit_code_of_its_own(run: Run, tmp_path: Path) -> None:
    result = run("verify", tmp_path / "gone.pdf", "--no-book")
    assert result.exit_code == 5
    assert "no such file" in result.stderr


def test_a_file_is_verified_without_a_book_and_none_is_made(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "file.pdf"
    path.write_bytes(b"")
    result = run("verify", path, "--json")
    assert (result.exit_code, json.loads(result.stdout)["book"]) == (3, None)
    assert not book_path().exists()


def test_a_book_that_cannot_be_opened_does_not_keep_from_verifying(
    run: Run, case_id: str, tmp_path: Path
) -> None:
    path = tmp_path / "file.pdf"
    run("issue", case_id, *KIND, "-o", path)
    with closing(sqlite3.connect(book_path())) as book:
        book.execute("UPDATE alembic_version SET version_num = '9999'")
        book.commit()
    result = run("verify", path, "--json")
    assert result.exit_code == 0
    told = json.loads(result.stdout)
    assert told["book"] is None
    assert told["findings"][-1]["code"] == "book_unreadable"


def test_what_keeps_from_issuing_is_said_and_nothing_is_kept(
    run: Run, case_id: str, signed_by: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "out.pdf"
    monkeypatch.setenv(VARIABLE, "wrong")
    final = ("issue", case_id, *KIND, "--final", "-o", target)
    for arguments, code, text in (
        ((*final, "--sign", signed_by), 2, "the passphrase of this certificate"),
        ((*final, "--sign", signed_by, "--pkcs11", "x.so"), 2, "not with both"),
        ((*final, "--pkcs11", "x.so"), 2, "--token"),
        ((*final, "--token", "x"), 2, "--sign"),
        (("issue", case_id, *KIND, "--sign", signed_by, "-o", target), 2, "--final"),
        (("issue", "nobody", *KIND, "-o", target), 2, "name of a case"),
        (("documents", "export", "TS-1", "-o", target), 2, "number of a document"),
    ):
        result = run(*arguments)
        assert result.exit_code == code
        assert text in " ".join(result.stderr.split())
    assert not target.exists()
    assert answered(run, "documents")["documents"] == []
    result = run(*final[:-1], tmp_path / "no folder" / "x.pdf")
    assert isinstance(result.exception, FileNotFoundError)
    assert answered(run, "documents")["documents"] == []


def test_a_draft_has_no_number_and_is_not_final(run: Run, tmp_path: Path, case: Path) -> None:
    (stored,) = answered(run, "import", case)["stored"]
    target = tmp_path / "out.pdf"
    refused = run("issue", stored["case_id"], *KIND, "--final", "-o", target, "--json")
    assert refused.exit_code == 2
    (problem,) = json.loads(refused.stderr)["refused"]
    assert problem["code"] == "final_without_approval"
    entry = answered(run, "issue", stored["case_id"], *KIND, "-o", target)["issued"]
    assert (entry["number"], entry["status"]) == ("", "draft")
    again = tmp_path / "again.pdf"
    assert run("documents", "export", entry["document_id"], "-o", again).exit_code == 0
    assert again.read_bytes() == target.read_bytes()


def test_a_code_that_the_book_does_not_know_is_said(run: Run, case_id: str) -> None:
    result = run("find", "0000-0000-0000")
    assert (result.exit_code, result.stdout) == (1, "")
    assert (
        case_id
        in run(
            "find", answered(run, "find", _code(run, case_id))["found"][0]["input_hash"][:12]
        ).stdout
    )


def _code(run: Run, case_id: str) -> str:
    entries = {entry["case_id"]: entry for entry in answered(run, "cases")["cases"]}
    return str(entries[case_id]["input_hash"][:12])


def test_the_template_is_shown_set_and_taken_back(run: Run, tmp_path: Path) -> None:
    shown = json.loads(run("house", "show").stdout)
    shown["en"]["name"] = "Coastal Bank"
    file = tmp_path / "house.json"
    file.write_text(json.dumps(shown), encoding="utf-8")
    assert run("house", "set", file).exit_code == 0
    assert json.loads(run("house", "show").stdout) == shown
    file.write_text('{"colour": "blue", "font": "Arial"}')
    refused = run("house", "set", file, "--json")
    codes = {problem["code"] for problem in json.loads(refused.stderr)["refused"]}
    assert (refused.exit_code, codes) == (2, {"not_a_colour", "unknown_field"})
    file.write_text("[]")
    assert "a template of the house" in run("house", "set", file).stderr
    assert run("house", "reset").exit_code == 0
    assert json.loads(run("house", "show").stdout)["en"]["name"] == ""


def test_a_report_takes_a_template_from_a_file(run: Run, case: Path, tmp_path: Path) -> None:
    file, target = tmp_path / "house.json", tmp_path / "out.pdf"
    file.write_text('{"en": {"name": "Coastal Bank"}}')
    result = run("report", case, *KIND, "--house", file, "-o", target)
    assert result.exit_code == 0, result.stderr
    assert run("report", case, *KIND, "--logo", file, "-o", target).exit_code == 2


def test_a_batch_says_what_was_written_and_what_was_left_out(
    run: Run, case: Path, tmp_path: Path
) -> None:
    broken, folder = tmp_path / "broken.bcd.json", tmp_path / "out"
    broken.write_text("{")
    result = run("batch", case, broken, *KIND, "-o", folder)
    assert result.exit_code == 1
    assert "1 written" in result.stdout
    assert "1 refused" in result.stdout
    assert "broken.bcd.json" in result.stderr
    assert len(list(folder.iterdir())) == 1
    again = run("batch", case, *KIND, "-o", folder)
    assert (again.exit_code, "1 there already" in again.stdout) == (1, True)
    assert run("batch", case, *KIND, "--force", "-o", folder).exit_code == 0
    assert run("batch", *KIND, "-o", folder).exit_code == 2
    assert run("batch", case, "--all", *KIND, "-o", folder).exit_code == 2


def test_a_batch_takes_cases_of_the_book(run: Run, case_id: str, tmp_path: Path) -> None:
    result = run("batch", "--case", case_id, *KIND, "-o", tmp_path / "out")
    assert result.exit_code == 0, result.stderr
    (written,) = (tmp_path / "out").iterdir()
    assert "Mangroves of the command line" in written.name
    assert run("batch", "--case", "nobody", *KIND, "-o", tmp_path / "out").exit_code == 2


def test_a_certificate_for_demonstration_is_made_once(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret, target = tmp_path / "secret", tmp_path / "new.p12"
    secret.write_text("correct horse\n")
    arguments = ("certificate", target, "--name", "示范", "--passphrase-file", secret)
    result = run(*arguments)
    assert result.exit_code == 0, result.stderr
    assert "without legal effect" in result.stdout
    assert isinstance(run(*arguments).exception, FileExistsError)
    monkeypatch.setenv(VARIABLE, "short")
    assert run("certificate", tmp_path / "b.p12", "--name", "x").exit_code == 2
    assert not (tmp_path / "b.p12").exists()
