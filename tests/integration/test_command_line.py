"""The command line as another program calls it: stdout, stderr and exit code."""

import json
from pathlib import Path
from typing import Any

import pytest

from app.bootstrap import open_workbench
from app.services.demo import demo_files
from tests.integration.conftest import Run


def test_run_gives_all_results_with_their_working(run: Run, case: Path) -> None:
    result = run("run", case, "--json")
    assert result.exit_code == 0
    found = json.loads(result.stdout)
    assert found["values"]["gross_yuan"] == 1250414.00
    assert round(found["loan"]["loan_to_one_year"] * 100, 2) == 1599.47
    assert found["insurance"] is None
    assert {"key", "label", "formula", "terms", "value", "unit", "source", "note"} == set(
        found["working"][0]
    )
    assert "carbon_alone_too_small" in {notice["code"] for notice in found["notices"]}
    price = next(row for row in found["inputs"] if row["path"] == "appraisal.price_yuan_t")
    assert (price["value"], price["unit"], price["provenance"]) == (100.0, "yuan/t", "assumed")


@pytest.mark.parametrize(
    ("command", "part"),
    [("carbon", "carbon"), ("value", "values"), ("loan", "loan"), ("insure", "insurance")],
)
def test_one_part_holds_only_its_own_working(command: str, part: str, run: Run, case: Path) -> None:
    found = json.loads(run(command, case, "--json").stdout)
    assert part in found
    assert len({"carbon", "values", "loan", "insurance"} & set(found)) == 1
    prefix = "value" if part == "values" else part
    assert all(step["key"].startswith(prefix) for step in found["working"])


def test_without_json_the_results_are_words(run: Run, case: Path) -> None:
    text = run("run", case).stdout
    assert "Gross value (yuan): 1,250,414.00" in text
    assert "Loan over one year's carbon: 1,599.47%" in text
    assert "Carbon alone does not carry the loan" in text


def test_chinese_is_spoken_when_asked_for(run: Run, case: Path) -> None:
    assert "1,250,414.00" in run("--language", "zh", "run", case).stdout
    assert "仅凭碳汇" in run("--language", "zh", "run", case).stdout


def test_a_refused_case_leaves_with_two_and_names_the_field(
    run: Run, tmp_path: Path, document: dict[str, Any]
) -> None:
    document["appraisal"]["price_yuan_t"] = -5
    bad = tmp_path / "bad.bcd.json"
    bad.write_text(json.dumps(document), encoding="utf-8")
    plain = run("run", bad)
    assert plain.exit_code == 2
    assert plain.stdout == ""
    assert plain.stderr.startswith("appraisal.price_yuan_t: given -5")
    as_json = run("run", bad, "--json")
    assert as_json.exit_code == 2
    (refused,) = json.loads(as_json.stderr)["refused"]
    assert refused["path"] == "appraisal.price_yuan_t"
    assert refused["value"] == "-5"
    assert refused["expected"] == "0 or more (unit: yuan/t)"


def test_a_missing_file_is_refused(run: Run, tmp_path: Path) -> None:
    result = run("value", tmp_path / "none.bcd.json")
    assert result.exit_code == 2
    assert "a file that can be read" in result.stderr


def test_an_unknown_species_is_refused(run: Run, tmp_path: Path, document: dict[str, Any]) -> None:
    document["project"] |= {
        "quantity_method": "harvest",
        "accounting_mode": "soft_only",
        "harvest": [
            {
                "species": "abalone",
                "first_year": 2025,
                "last_year": 2025,
                "tonnes_per_year": 5,
                "basis": "wet",
            }
        ],
    }
    bad = tmp_path / "abalone.bcd.json"
    bad.write_text(json.dumps(document), encoding="utf-8")
    result = run("carbon", bad)
    assert result.exit_code == 2
    assert result.stderr.startswith("project.harvest.0.species: given abalone; expected one of:")
    assert "oyster" in result.stderr


def test_the_schema_is_json(run: Run) -> None:
    schema = json.loads(run("schema").stdout)
    assert {"project", "appraisal", "loan", "insurance", "provenance"} <= set(schema["properties"])


def test_demo_writes_the_thirteen_cases_and_each_computes(run: Run, tmp_path: Path) -> None:
    result = run("demo", tmp_path / "demo")
    assert result.exit_code == 0
    written = sorted((tmp_path / "demo").glob("*.json"))
    assert len(written) == 13
    for path in written:
        assert run("run", path, "--json").exit_code == 0


def test_no_disclosed_input_of_the_demonstration_lacks_its_source() -> None:
    for path in demo_files():
        document = json.loads(path.read_text(encoding="utf-8"))
        for place, entry in document["provenance"].items():
            assert entry["source"], (path.name, place)
            assert "http" not in entry["source"]


@pytest.mark.parametrize("language", ["zh", "en", "both"])
def test_report_writes_a_pdf(language: str, run: Run, case: Path, tmp_path: Path) -> None:
    target = tmp_path / "sheet.pdf"
    result = run("report", case, "--kind", "term-sheet", "--lang", language, "-o", target)
    assert result.exit_code == 0
    assert target.read_bytes().startswith(b"%PDF")


def test_a_name_the_font_cannot_draw_is_refused_before_anything_is_written(
    run: Run, tmp_path: Path, document: dict[str, Any]
) -> None:
    document["project"]["holder"] = "\U00020bb7野家"
    bad = tmp_path / "name.bcd.json"
    bad.write_text(json.dumps(document), encoding="utf-8")
    result = run("report", bad, "-o", tmp_path / "sheet.pdf")
    assert result.exit_code == 2
    assert "\U00020bb7" in result.stderr
    assert not (tmp_path / "sheet.pdf").exists()


def test_import_stores_all_or_none(run: Run, case: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.bcd.json"
    bad.write_text("{", encoding="utf-8")
    assert run("import", case).exit_code == 0
    refused = run("import", case, bad)
    assert refused.exit_code == 2
    assert refused.stderr.startswith("bad.bcd.json")
    workbench = open_workbench()
    names = [entry.name for entry in workbench.list_cases()]
    workbench.close()
    assert names.count("Dongtai tidal flat") == 1


def test_the_first_start_brings_the_demonstration_book(own_home: Path) -> None:
    workbench = open_workbench()
    assert len(workbench.list_cases()) == 13
    workbench.close()
    assert (own_home / "book.db").exists()


def test_the_book_is_checked_backed_up_and_restored(run: Run, case: Path, tmp_path: Path) -> None:
    open_workbench().close()
    assert run("db", "check").exit_code == 0
    assert run("db", "backup", tmp_path / "copy.db").exit_code == 0
    assert run("import", case).exit_code == 0
    assert run("db", "restore", tmp_path / "copy.db").exit_code == 0
    workbench = open_workbench()
    names = [entry.name for entry in workbench.list_cases()]
    workbench.close()
    assert "Dongtai tidal flat" not in names
    assert len(names) == 13


def test_a_refused_file_among_several_is_named_once(run: Run, case: Path, tmp_path: Path) -> None:
    empty, sheet = tmp_path / "empty.json", tmp_path / "cases.csv"
    empty.write_bytes(b"")
    sheet.write_text("project.name\nBay\n", encoding="utf-8")
    lines = run("import", case, empty, sheet).stderr.splitlines()
    assert lines[0].startswith("empty.json: given –")
    assert lines[1].startswith("cases.csv:2: project.ecosystem: given")
