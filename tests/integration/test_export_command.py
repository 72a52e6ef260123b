"""`bluecarbon export`: workbook, tables, and what is refused before anything is written."""

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from app.services.folders import write_folder
from tests.integration.conftest import Run
from tests.workbooks import FILES

CASE = FILES["dongtai"]


def test_a_workbook_is_written_in_both_languages_by_default(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "dongtai.xlsx"
    result = run("export", CASE, "-o", target)
    assert result.exit_code == 0, result.output
    assert str(target) in result.output
    names = load_workbook(target, read_only=True).sheetnames
    assert any("Assumptions" in name and name != "Assumptions" for name in names)


@pytest.mark.parametrize(("kind", "file"), [("csv", "notices.csv"), ("parquet", "notices.parquet")])
def test_tables_are_written_into_a_new_folder(
    run: Run, tmp_path: Path, kind: str, file: str
) -> None:
    target = tmp_path / "tables"
    result = run("export", CASE, "--format", kind, "-o", target)
    assert result.exit_code == 0, result.output
    assert (target / file).is_file()
    schema = json.loads((target / "schema.json").read_text(encoding="utf-8"))
    assert schema["case"]["case_name"]
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".tables")] == []


def test_json_is_one_file_in_the_language_asked_for(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "case.json"
    result = run("export", CASE, "--format", "json", "--lang", "zh", "-o", target)
    assert result.exit_code == 0, result.output
    assert json.loads(target.read_text(encoding="utf-8"))["tables"]


def test_a_folder_with_something_in_it_is_not_written_over(run: Run, tmp_path: Path) -> None:
    kept = tmp_path / "kept.txt"
    kept.write_text("kept", encoding="utf-8")
    result = run("export", CASE, "--format", "csv", "-o", tmp_path)
    assert result.exit_code == 2
    assert [path.name for path in tmp_path.iterdir() if path.name != "home"] == ["kept.txt"]


def test_data_are_in_one_language(run: Run, tmp_path: Path) -> None:
    result = run("export", CASE, "--format", "json", "--lang", "both", "-o", tmp_path / "x.json")
    assert result.exit_code == 2
    assert not (tmp_path / "x.json").exists()


def test_the_case_itself_is_not_written_over(run: Run, tmp_path: Path) -> None:
    case = tmp_path / "case.bcd.json"
    case.write_bytes(CASE.read_bytes())
    assert run("export", case, "--format", "json", "-o", case).exit_code == 2
    assert case.read_bytes() == CASE.read_bytes()


def test_a_refused_case_is_told_as_json(run: Run, tmp_path: Path) -> None:
    case = tmp_path / "case.bcd.json"
    broken = json.loads(CASE.read_text(encoding="utf-8"))
    broken["appraisal"]["discount_rate"] = 7
    case.write_text(json.dumps(broken), encoding="utf-8")
    result = run("export", case, "--json", "-o", tmp_path / "x.xlsx")
    assert result.exit_code == 2
    assert json.loads(result.stderr)["refused"][0]["path"] == "appraisal.discount_rate"
    assert not (tmp_path / "x.xlsx").exists()


def test_no_half_folder_stays_when_writing_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("app.services.folders.os.fsync", full)
    target = tmp_path / "tables"
    with pytest.raises(OSError, match="No space left") as raised:
        write_folder(target, {"a.csv": b"1"})
    assert raised.value.filename == str(target)
    assert [path for path in tmp_path.iterdir() if path.name != "home"] == []
