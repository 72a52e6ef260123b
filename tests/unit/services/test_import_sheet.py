"""Sheets of cases: headings, rows, refusals."""

import csv
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from app.services.case_file import CaseRefused, validate
from app.services.import_sheet import read_sheet


def flat(document: Any, prefix: str = "") -> dict[str, str]:
    found: dict[str, str] = {}
    items = document.items() if isinstance(document, dict) else enumerate(document)
    for name, value in items:
        if isinstance(value, dict | list):
            found |= flat(value, f"{prefix}{name}.")
        else:
            found[f"{prefix}{name}"] = str(value)
    return found


def sheet_of(document: dict[str, Any]) -> dict[str, str]:
    cells = flat(document)
    del cells["schema_version"]
    return cells


def write(path: Path, rows: list[dict[str, str]]) -> Path:
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.DictWriter(stream, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    return path


def test_a_row_is_the_case_of_its_columns(document: dict[str, Any], tmp_path: Path) -> None:
    ((_, draft),) = read_sheet(write(tmp_path / "cases.csv", [sheet_of(document)]))
    assert validate(draft) == validate(document)


def test_printed_names_head_columns_in_both_languages(
    document: dict[str, Any], tmp_path: Path
) -> None:
    cells = sheet_of(document)
    cells["碳价"] = cells.pop("appraisal.price_yuan_t")
    cells["Discount rate"] = cells.pop("appraisal.discount_rate")
    cells["Discount rate"] = "8%"
    ((_, draft),) = read_sheet(write(tmp_path / "cases.csv", [cells]))
    assert validate(draft) == validate(document)


def test_a_workbook_is_read_too(document: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "cases.xlsx"
    pd.DataFrame([sheet_of(document), sheet_of(document)]).to_excel(path, index=False)
    assert [line for line, _ in read_sheet(path)] == [2, 3]


def test_a_blank_line_keeps_the_numbers_of_the_lines_below(
    document: dict[str, Any], tmp_path: Path
) -> None:
    path = write(tmp_path / "cases.csv", [sheet_of(document), sheet_of(document)])
    headings, first, second = path.read_text(encoding="utf-8-sig").splitlines()
    path.write_text(f"{headings}\n{first}\n\n{second}", encoding="utf-8")
    assert [line for line, _ in read_sheet(path)] == [2, 4]


@pytest.mark.parametrize(
    ("heading", "code"),
    [
        ("project.stated", "not_an_input"),
        ("project.stated.first_year", "not_an_input"),
        ("project.stated.999999999.first_year", "not_an_input"),
        ("project.stated.²2.first_year", "not_an_input"),
        ("project.stated.0.colour", "not_an_input"),
        ("project.name", "duplicate_key"),
        ("项目名称", "duplicate_key"),
    ],
)
def test_a_heading_that_no_cell_can_fill_is_refused(
    heading: str, code: str, tmp_path: Path
) -> None:
    path = tmp_path / "cases.csv"
    path.write_text(f"project.name,{heading}\nBay,5\n", encoding="utf-8")
    with pytest.raises(CaseRefused) as refused:
        read_sheet(path)
    assert [problem.code for problem in refused.value.problems] == [code]


def test_a_heading_that_names_no_input_is_refused(document: dict[str, Any], tmp_path: Path) -> None:
    with pytest.raises(CaseRefused) as refused:
        read_sheet(write(tmp_path / "cases.csv", [{**sheet_of(document), "colour": "blue"}]))
    assert refused.value.problems[0].path == "colour"


def test_text_in_a_number_is_left_for_the_check_to_refuse(
    document: dict[str, Any], tmp_path: Path
) -> None:
    cells = sheet_of(document) | {"appraisal.price_yuan_t": "about 100"}
    ((_, draft),) = read_sheet(write(tmp_path / "cases.csv", [cells]))
    with pytest.raises(CaseRefused) as refused:
        validate(draft)
    assert refused.value.problems[0].path == "appraisal.price_yuan_t"


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "cases.xlsx"
    path.write_bytes(b"%PDF-1.7")
    with pytest.raises(CaseRefused) as refused:
        read_sheet(path)
    assert refused.value.problems[0].code == "damaged_file"
