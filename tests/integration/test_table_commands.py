"""Filling tables of a case file from the command line."""

import json
from pathlib import Path
from typing import Any

import pytest

from app.services.case_file import read_file
from tests.integration.conftest import Run


def written(folder: Path, text: str, name: str = "rows.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


GOOD = "年份,年碳汇量(kg)\n2026,5000\n2027,6000\n"
MIXED = "年份,年碳汇量(kg)\n2026,5000\n2027,many\n"


def test_fill_writes_a_new_case_file_and_leaves_the_old_one(
    run: Run, case: Path, tmp_path: Path
) -> None:
    before = case.read_bytes()
    out = tmp_path / "out.bcd.json"
    result = run("fill", case, written(tmp_path, GOOD), "--table", "project.stated", "-o", out)
    assert result.exit_code == 0, result.stderr
    assert result.stderr == ""
    lines = read_file(out).case.project.stated
    assert [(line.first_year, line.tonnes_per_year) for line in lines] == [(2026, 5), (2027, 6)]
    assert case.read_bytes() == before


def test_fill_appends_when_asked(run: Run, case: Path, tmp_path: Path) -> None:
    arguments = (written(tmp_path, GOOD), "--table", "project.stated", "--append", "-o", case)
    assert run("fill", case, *arguments).exit_code == 0
    assert len(read_file(case).case.project.stated) == 3


def test_refused_rows_are_listed_and_the_good_ones_taken(
    run: Run, case: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.bcd.json"
    rows = written(tmp_path, MIXED)
    result = run("fill", case, rows, "--table", "project.stated", "-o", out)
    assert result.exit_code == 0
    assert "Line 3, Removals a year: given many; expected a number" in result.stderr
    assert "Rows taken: 1; refused: 1." in result.stdout
    answer = run("fill", case, rows, "--table", "project.stated", "-o", out, "--json")
    found = json.loads(answer.stdout)
    assert (found["taken"], found["refused_rows"], found["still_open"]) == (1, 1, [])
    (entry,) = found["refused"]
    assert (entry["line"], entry["code"], entry["value"]) == (3, "not_a_number", "many")


def test_headings_that_name_no_column_are_told(run: Run, case: Path, tmp_path: Path) -> None:
    rows = written(tmp_path, "年份,年碳汇量,经办人\n2026,5,A\n")
    arguments = ("fill", case, rows, "--table", "project.stated", "-o", tmp_path / "out.bcd.json")
    assert "left aside: 经办人" in run(*arguments).stderr
    assert json.loads(run(*arguments, "--json").stdout)["unmatched"] == ["经办人"]


def test_strict_writes_nothing_when_a_row_is_refused(run: Run, case: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.bcd.json"
    rows = written(tmp_path, MIXED)
    result = run("fill", case, rows, "--table", "project.stated", "-o", out, "--strict")
    assert result.exit_code == 2
    assert not out.exists()
    assert "Line 3" in result.stderr


def test_nothing_is_written_when_no_row_is_good(run: Run, case: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.bcd.json"
    rows = written(tmp_path, "年份,年碳汇量\n2026,many\n")
    result = run("fill", case, rows, "--table", "project.stated", "-o", out)
    assert result.exit_code == 2
    assert not out.exists()


@pytest.mark.parametrize(
    ("table", "text", "said"),
    [
        ("project.name", GOOD, "the path of a table"),
        ("project.stated", "colour,shape\nblue,round\n", "headings that name columns"),
        ("project.stated", "", "a row of headings"),
    ],
)
def test_what_cannot_be_filled_is_refused_by_name(
    run: Run, case: Path, tmp_path: Path, *, table: str, text: str, said: str
) -> None:
    out = tmp_path / "out.bcd.json"
    result = run("fill", case, written(tmp_path, text), "--table", table, "-o", out)
    assert result.exit_code == 2
    assert said in result.stderr
    assert not out.exists()


def test_a_value_for_all_rows_is_given_beside_the_file(
    run: Run, case: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.bcd.json"
    rows = written(tmp_path, "品种,2026,2027\n海带,5,6\n")
    arguments = ("fill", case, rows, "--table", "project.harvest", "-o", out)
    assert run(*arguments).exit_code == 2
    assert run(*arguments, "--set", "basis=dry").exit_code == 0
    harvest = json.loads(out.read_text(encoding="utf-8"))["project"]["harvest"]
    assert [(line["first_year"], line["basis"]) for line in harvest] == [
        (2026, "dry"),
        (2027, "dry"),
    ]
    wrong = run(*arguments, "--set", "colour=red")
    assert wrong.exit_code == 2
    assert "a column of this table" in wrong.stderr


def test_a_case_that_is_not_complete_yet_may_be_filled(
    run: Run, tmp_path: Path, document: dict[str, Any]
) -> None:
    document["project"]["stated"] = []
    del document["project"]["name"]
    draft = written(tmp_path, json.dumps(document), "draft.bcd.json")
    out = tmp_path / "out.bcd.json"
    rows = written(tmp_path, GOOD)
    result = run("fill", draft, rows, "--table", "project.stated", "-o", out)
    assert result.exit_code == 0
    assert "Still open: project.name" in result.stderr


def test_sites_of_a_map_come_into_the_case(run: Run, case: Path, tmp_path: Path) -> None:
    ring = [[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]
    square = {"type": "Polygon", "coordinates": [ring]}
    line = {"type": "LineString", "coordinates": [[0, 0], [1, 1]]}
    features = [{"type": "Feature", "properties": {}, "geometry": g} for g in (square, line)]
    document = {"type": "FeatureCollection", "features": features}
    bay = written(tmp_path, json.dumps(document), "bay.geojson")
    out = tmp_path / "out.bcd.json"
    result = run("sites", case, bay, "-o", out)
    assert result.exit_code == 0, result.stderr
    assert "a polygon or a point, not LineString" in result.stderr
    (site,) = read_file(out).case.project.sites
    # geographiclib-rs, documentation: 12308778361.469452 m2
    assert site.area_ha == pytest.approx(1230877.8361, abs=1e-4)
    assert run("sites", case, bay, "-o", tmp_path / "no.json", "--strict").exit_code == 2


def test_nothing_is_written_over_the_file_that_is_read(
    run: Run, case: Path, tmp_path: Path
) -> None:
    rows = written(tmp_path, GOOD)
    map_file = written(tmp_path, "{}", "bay.geojson")
    link = tmp_path / "link.csv"
    link.symlink_to(rows)
    for arguments in (
        ("fill", case, rows, "--table", "project.stated", "-o", rows),
        ("fill", case, rows, "--table", "project.stated", "-o", link),
        ("sites", case, map_file, "-o", tmp_path / "." / "bay.geojson"),
        ("report", case, "-o", case),
    ):
        before = [path.read_bytes() for path in (case, rows, map_file)]
        result = run(*arguments)
        assert result.exit_code == 2, arguments
        assert "write to another one" in result.stderr
        assert [path.read_bytes() for path in (case, rows, map_file)] == before
