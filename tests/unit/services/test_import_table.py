"""Lines of a table from a spreadsheet: matching, conversion, and what is refused."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.styles.numbers import FORMAT_PERCENTAGE_00

from app.finance.case.case import Case
from app.finance.fields import fields_of
from app.i18n import translator
from app.messages import expected_text
from app.services.case_file import CaseRefused, validate
from app.services.import_table import (
    TablePreview,
    convert,
    read_matched,
    read_table,
    table_at,
    with_rows,
)
from app.services.imported import Converted
from app.services.sheet_cells import MAX_LINES
from app.services.table_headings import (
    YEAR,
    columns_of,
    match_columns,
    unit_factor,
    unmatched,
)

HARVEST = table_at("project.harvest")
SAMPLES = table_at("project.samples")
PLANTING = table_at("project.planting")
LEDGER = table_at("project.ledger")


def written(folder: Path, text: str, name: str = "table.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def workbook(folder: Path, *sheets: tuple[str, list[Any]]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    path = folder / "table.xlsx"
    book.save(path)
    return path


def taken(path: Path, table: Any = HARVEST, same: dict[str, str] | None = None) -> Converted:
    preview = read_table(path, table)
    return convert(preview, match_columns(preview.headings, table), table, same)


def codes(converted: Converted) -> list[tuple[int, str, str, object]]:
    return [
        (entry.line, entry.problem.path.rpartition(".")[2], entry.problem.code, entry.problem.value)
        for entry in converted.refused
    ]


def test_a_harvest_table_in_kilograms_becomes_tonnes_a_year(tmp_path: Path) -> None:
    text = "品种,起始年,截止年,产量(kg),重量口径,站点\n牡蛎,2023,2025,12500,湿重,一号\n"
    assert taken(written(tmp_path, text)).rows == (
        {
            "species": "牡蛎",
            "first_year": 2023,
            "last_year": 2025,
            "tonnes_per_year": 12.5,
            "basis": "wet",
            "site": "一号",
        },
    )


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("tonnes_per_year", "tonnes_per_year"),
        ("project.harvest.tonnes_per_year", "tonnes_per_year"),
        ("Harvest a year", "tonnes_per_year"),
        ("HARVEST A YEAR (t/yr)", "tonnes_per_year"),
        ("harvest_a_year", "tonnes_per_year"),
        ("Harvest", "tonnes_per_year"),
        ("产量", "tonnes_per_year"),
        ("年收获量（吨/年）", "tonnes_per_year"),
        ("产量/吨", "tonnes_per_year"),
        ("产量（万吨）", "tonnes_per_year"),
        ("ｓｐｅｃｉｅｓ", "species"),
        ("养殖品种名称", "species"),
        ("First Year", "first_year"),
        ("年份", YEAR),
        ("Year", YEAR),
        ("2024", "tonnes_per_year"),
        ("2024年产量（吨）", "tonnes_per_year"),
        ("产量(斤)", None),
        ("2024年产值（元）", None),
        ("Remarks", None),
        ("", None),
    ],
)
def test_a_heading_names_a_column_by_path_or_label_in_a_known_unit(
    heading: str, column: str | None
) -> None:
    assert match_columns((heading,), HARVEST) == (column,)


def test_each_column_is_matched_once_and_exact_names_come_first() -> None:
    headings = ("品种编号", "品种", "Species")
    assert match_columns(headings, HARVEST) == (None, "species", None)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("path", [s.path for s in fields_of(Case) if s.table])
def test_every_table_is_matched_by_its_own_printed_headings(path: str, language: str) -> None:
    table = table_at(path)
    tr = translator(language)
    columns = columns_of(table)
    labels = [tr(column.field.label) for column in columns]
    found = match_columns(labels, table)
    assert found == tuple(column.name for column in columns)


def test_years_as_columns_become_a_line_for_each_year(tmp_path: Path) -> None:
    text = "Species,2023,2024年,2025\noyster,100,–,120\nkelp,,0,30\n"
    found = taken(written(tmp_path, text), same={"basis": "wet"})
    lines = [
        (r["species"], r["first_year"], r["last_year"], r["tonnes_per_year"]) for r in found.rows
    ]
    assert lines == [
        ("oyster", 2023, 2023, 100),
        ("oyster", 2025, 2025, 120),
        ("kelp", 2024, 2024, 0),
        ("kelp", 2025, 2025, 30),
    ]
    assert {row["basis"] for row in found.rows} == {"wet"}
    assert found.refused == ()


def test_one_year_column_fills_both_years(tmp_path: Path) -> None:
    text = "species,year,harvest,basis\nkelp,2023,5,dry\n"
    (row,) = taken(written(tmp_path, text)).rows
    assert (row["first_year"], row["last_year"]) == (2023, 2023)


def test_wet_or_dry_is_never_guessed(tmp_path: Path) -> None:
    path = written(tmp_path, "species,2023,2024\noyster,1,2\n")
    preview = read_table(path, HARVEST)
    matches = match_columns(preview.headings, HARVEST)
    assert [column.name for column in unmatched(preview.headings, matches, HARVEST)] == ["basis"]
    found = convert(preview, matches, HARVEST)
    assert found.rows == ()
    assert codes(found) == [(2, "basis", "missing", None)]
    assert found.refused_lines == 1


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("wet", "wet"),
        ("湿重", "wet"),
        ("湿", "wet"),
        ("Dry", "dry"),
        ("干重", "dry"),
        ("DRY", "dry"),
    ],
)
def test_a_choice_is_taken_by_code_or_name(text: str, code: str, tmp_path: Path) -> None:
    table = f"species,year,harvest,basis\nkelp,2023,5,{text}\n"
    (row,) = taken(written(tmp_path, table)).rows
    assert row["basis"] == code


def test_refused_cells_are_reported_with_line_column_value_and_what_is_expected(
    tmp_path: Path,
) -> None:
    text = (
        "species,first year,last year,harvest,basis\n"
        "oyster,2023,2023,about 5,wet\n"
        "\n"
        "oyster,2023,2022,5,wet\n"
        "oyster,2023,2023,-1,soaked\n"
        "oyster,1850,2023,5,wet\n"
        "kelp,2023,2023,5,wet\n"
    )
    found = taken(written(tmp_path, text))
    assert [row["species"] for row in found.rows] == ["kelp"]
    assert codes(found) == [
        (2, "tonnes_per_year", "not_a_number", "about 5"),
        (4, "last_year", "before_start", "2022"),
        (5, "tonnes_per_year", "minimum", "-1"),
        (5, "basis", "not_a_choice", "soaked"),
        (6, "first_year", "minimum", "1850"),
    ]
    assert found.refused_lines == 4
    words = expected_text(found.refused[0].problem, translator("en"))
    assert words == "a number (unit: t/yr)"


def test_shares_are_fractions_unless_a_percent_sign_says_otherwise(tmp_path: Path) -> None:
    def means(heading: str, cell: str) -> Any:
        text = f"species,measured,{heading},n,sd\noyster,carbon_soft,{cell},3,0\n"
        found = taken(written(tmp_path, text), SAMPLES)
        return found.rows[0]["mean"] if found.rows else codes(found)

    assert means("mean", "0.459") == 0.459
    assert means("mean", "45.9%") == 0.459
    assert means("mean (%)", "45.9") == 0.459
    assert means("均值", "45.9") == [(2, "mean", "maximum", "45.9")]


def test_a_percent_cell_of_a_workbook_keeps_its_sign(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["species", "measured", "mean (%)", "n", "sd"])
    sheet.append(["oyster", "carbon_soft", 0.459, 3, 0])
    sheet["C2"].number_format = FORMAT_PERCENTAGE_00
    book.save(tmp_path / "samples.xlsx")
    (row,) = taken(tmp_path / "samples.xlsx", SAMPLES).rows
    assert row["mean"] == 0.459


def test_a_unit_above_the_headings_counts_for_columns_without_one(tmp_path: Path) -> None:
    text = "2024年养殖产量表\n单位：公斤\n品种,年份,产量,重量口径\n牡蛎,2024,2000,湿重\n"
    (row,) = taken(written(tmp_path, text)).rows
    assert row["tonnes_per_year"] == 2


def test_a_unit_above_the_headings_that_is_not_known_is_refused(tmp_path: Path) -> None:
    text = "单位：斤\n品种,年份,产量,重量口径\n牡蛎,2024,2000,湿重\n"
    with pytest.raises(CaseRefused) as refused:
        taken(written(tmp_path, text))
    assert [(p.code, p.value) for p in refused.value.problems] == [("unknown_unit", "斤")]


@pytest.mark.parametrize(
    ("cell", "tonnes"), [("1.5万", 15000), ("1,250", 1250), ("２０", 20), ("500 kg", 0.5)]
)
def test_numbers_are_understood_as_in_the_form(cell: str, tonnes: float, tmp_path: Path) -> None:
    text = f'species;year;harvest;basis\nkelp;2023;"{cell}";dry\n'
    (row,) = taken(written(tmp_path, text)).rows
    assert row["tonnes_per_year"] == tonnes


def test_a_decimal_comma_is_refused_instead_of_read_as_thousands(tmp_path: Path) -> None:
    found = taken(written(tmp_path, "species;year;harvest;basis\nkelp;2023;2,5;dry\n"))
    assert codes(found) == [(2, "tonnes_per_year", "not_a_number", "2,5")]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_separators_and_encodings_of_spreadsheets_are_read(
    separator: str, encoding: str, tmp_path: Path
) -> None:
    text = "种植年份,种植面积(亩)\n2023,150\n".replace(",", separator)
    assert taken(written(tmp_path, text, encoding=encoding), PLANTING).rows == (
        {"year": 2023, "area_ha": 10.0},
    )


def test_dates_of_a_workbook_and_typed_dates_are_the_same(tmp_path: Path) -> None:
    from datetime import datetime  # noqa: PLC0415

    head = ["日期", "Entry", "Vintage", "Credits"]
    day = datetime(2024, 3, 1)  # noqa: DTZ001 - what a spreadsheet holds
    rows = [head, [day, "sold", 2023, 10], ["2024年3月1日", "sold", 2023, 10]]
    found = taken(workbook(tmp_path, ("Ledger", rows)), LEDGER)
    assert [row["day"] for row in found.rows] == ["2024-03-01", "2024-03-01"]


def test_a_formula_is_never_worked_out(tmp_path: Path) -> None:
    rows = [["species", "year", "harvest", "basis"], ["=1+1", 2023, "=2*3", "dry"]]
    found = taken(workbook(tmp_path, ("Sheet", rows)))
    assert codes(found) == [(2, "tonnes_per_year", "not_a_number", "=2*3")]
    (row,) = taken(written(tmp_path, "species,year,harvest,basis\n=1+1,2023,6,dry\n")).rows
    assert row["species"] == "=1+1"


def test_a_sheet_is_chosen_by_name(tmp_path: Path) -> None:
    head = ["种植年份", "种植面积"]
    path = workbook(tmp_path, ("Notes", [["a", "b"], ["c", "d"]]), ("计划", [head, [2023, 4]]))
    preview = read_table(path, PLANTING, "计划")
    assert preview.sheets == ("Notes", "计划")
    assert preview.rows == (("2023", "4"),)
    with pytest.raises(CaseRefused) as refused:
        read_table(path, PLANTING, "Plan")
    assert refused.value.problems[0].code == "unknown_sheet"


def test_headings_are_found_below_titles_and_blank_lines(tmp_path: Path) -> None:
    text = "Harvest of the farm,,,\n,,,\n,species,year,harvest\n,kelp,2023,5\n"
    preview = read_table(written(tmp_path, text), HARVEST)
    assert preview.headings == ("", "species", "year", "harvest")
    assert preview.lines == (4,)


def test_blank_columns_are_left_out(tmp_path: Path) -> None:
    preview = read_table(written(tmp_path, "year,,area\n2023,,4\n"), PLANTING)
    assert preview.headings == ("year", "area")


def test_a_line_with_fewer_cells_is_filled_up_with_blanks(tmp_path: Path) -> None:
    found = taken(written(tmp_path, "species,year,harvest,basis\nkelp,2023\n"))
    assert [(line, name) for line, name, _, _ in codes(found)] == [
        (2, "tonnes_per_year"),
        (2, "basis"),
    ]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("plan.xlsx", b"%PDF-1.7", "damaged_file"),
        ("plan.xlsx", b"PK\x03\x04 cut off", "damaged_file"),
        ("plan.xls", b"\xd0\xcf\x11\xe0", "not_a_table_file"),
        ("plan.csv", b"", "empty_table"),
        ("plan.csv", b"year,area\n", "empty_table"),
        ("plan.csv", b"\x80\xff\x00\x00", "unknown_encoding"),
        ("plan.csv", b"year,area\n" + b"2023,1\n" * MAX_LINES, "too_many_lines"),
        ("plan.csv", b" " * 5_000_001, "too_large"),
    ],
)
def test_what_is_no_table_is_refused(name: str, content: bytes, code: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(CaseRefused) as refused:
        read_table(path, PLANTING)
    assert refused.value.problems[0].code == code


def test_a_workbook_of_charts_alone_is_refused(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.create_chartsheet()
    book.save(tmp_path / "plan.xlsx")
    with pytest.raises(CaseRefused) as refused:
        read_table(tmp_path / "plan.xlsx", PLANTING)
    assert refused.value.problems[0].code in ("damaged_file", "empty_table")


@pytest.mark.parametrize(
    "headings",
    ["species,产量,产量,basis", "species,2023,2023年,basis", "species,Site,2023,site,basis"],
)
def test_a_heading_that_stands_twice_is_refused(headings: str, tmp_path: Path) -> None:
    width = headings.count(",")
    path = written(tmp_path, f"{headings}\nkelp,{','.join('1' * (width - 1))},wet\n")
    with pytest.raises(CaseRefused) as refused:
        read_matched(path, HARVEST)
    assert refused.value.problems[0].code == "duplicate_key"


def test_headings_that_name_no_column_may_stand_twice(tmp_path: Path) -> None:
    path = written(tmp_path, "species,note,2023,note,basis\nkelp,a,1,b,wet\n")
    assert len(read_matched(path, HARVEST).rows) == 1


def test_a_file_that_is_gone_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CaseRefused) as refused:
        read_table(tmp_path / "gone.csv", PLANTING)
    assert refused.value.problems[0].code == "not_readable"


def test_a_path_that_is_no_table_is_refused() -> None:
    with pytest.raises(CaseRefused) as refused:
        table_at("project.name")
    assert refused.value.problems[0].code == "not_a_table_field"


def test_lines_take_the_place_of_the_old_ones_or_follow_them(document: dict[str, Any]) -> None:
    table = table_at("project.stated")
    rows = ({"first_year": 2026, "last_year": 2026, "tonnes_per_year": 5.0},)
    replaced = with_rows(document, table, rows, append=False)
    assert replaced["project"]["stated"] == list(rows)
    appended = with_rows(document, table, rows, append=True)
    assert [line["first_year"] for line in appended["project"]["stated"]] == [2025, 2026]
    assert len(document["project"]["stated"]) == 1
    validate(appended)


def test_more_lines_than_the_table_holds_are_refused(document: dict[str, Any]) -> None:
    table = table_at("project.stated")
    row = {"first_year": 2026, "last_year": 2026, "tonnes_per_year": 5.0}
    with pytest.raises(CaseRefused) as refused:
        with_rows(document, table, (row,) * 200, append=True)
    problem = refused.value.problems[0]
    assert (problem.code, problem.value, problem.facts) == ("too_long", 201, {"length": 200})


def test_units_of_a_heading_are_those_of_the_field() -> None:
    harvest = {column.name: column for column in columns_of(HARVEST)}["tonnes_per_year"]
    area = {column.name: column for column in columns_of(PLANTING)}["area_ha"]
    assert unit_factor("kg", harvest) == 1e-3
    assert unit_factor("t", harvest) == 1
    assert unit_factor("万吨", harvest) == 10_000
    assert unit_factor("亩", area) == pytest.approx(1 / 15)
    assert unit_factor("斤", harvest) is None
    assert unit_factor("2023", harvest) is None


def test_lines_that_fill_nothing_known_are_all_refused() -> None:
    preview = TablePreview(headings=("a",), rows=(("1",),), lines=(2,))
    found = convert(preview, (None,), PLANTING)
    assert found.rows == ()
    assert codes(found) == [(2, "year", "missing", None), (2, "area_ha", "missing", None)]
