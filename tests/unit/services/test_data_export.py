"""The data of a case as tidy tables: names, units, types, texts that are no formulas."""

import csv
import io
import json
from datetime import date
from functools import cache
from typing import Any

import pyarrow.parquet as pq
import pytest

from app.i18n import translator
from app.reference.tables import load_reference
from app.services.case_export import ExportKind, export_case
from app.services.data_export import (
    BOM,
    CaseData,
    case_data,
    csv_files,
    json_file,
    parquet_files,
    safe_text,
)
from app.services.tidy_tables import Collected, ColumnType, Table
from app.services.units_of_names import unit_of
from tests.workbooks import ISSUED_ON, computed, document


@cache
def data(name: str, language: str = "en") -> CaseData:
    return case_data(computed(document(name)), load_reference(), translator(language))


def lines(content: bytes) -> list[dict[str, str]]:
    text = content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def column(table: Table, name: str) -> list[Any]:
    place = [entry.name for entry in table.columns].index(name)
    return [row[place] for row in table.rows]


def test_a_loan_has_a_table_for_everything_that_is_shown_of_it() -> None:
    names = {table.name for table in data("ccer-xiapu").tables}
    assert {
        "figures",
        "carbon_years",
        "values_cash_flow",
        "values_evidence_comparables",
        "values_scenarios",
        "loan_schedule",
        "loan_coverage_path_points",
        "loan_sizing_bounds",
        "loan_stress",
        "loan_heat",
        "loan_checklist",
        "loan_life_ledger",
        "notices",
        "working",
        "working_terms",
        "inputs",
        "inputs_loan_collaterals",
    } <= names


def test_an_insurance_has_its_build_up_perils_laws_and_history() -> None:
    names = {table.name for table in data("experience").tables}
    assert {
        "insurance_loadings",
        "insurance_perils",
        "insurance_distribution_exceedance",
        "insurance_distribution_quantiles",
        "insurance_experience_years",
    } <= names


def test_the_cash_flow_sums_to_the_net_value() -> None:
    case = computed(document("costs-and-taxes"))
    assert case.results.values is not None
    present = column(data("costs-and-taxes").table("values_cash_flow"), "present_value_yuan")
    assert sum(present) == pytest.approx(float(case.results.values.net_yuan), abs=0.005)


def test_units_stand_in_the_schema() -> None:
    columns = {entry.name: entry.unit for entry in data("dongtai").table("loan_schedule").columns}
    assert columns["principal"] == "yuan"
    assert columns["rate"] == "1/yr"
    assert columns["date"] == ""
    of_inputs = data("dongtai").table("inputs_project_stated").columns
    assert {entry.name for entry in of_inputs} >= {"first_year", "tonnes_per_year"}


def test_days_are_days_and_numbers_are_plain() -> None:
    table = data("dongtai").table("loan_schedule")
    assert isinstance(column(table, "date")[0], date)
    [first, *_] = lines(csv_files(data("dongtai"))["loan_schedule.csv"])
    assert date.fromisoformat(first["date"]) == column(table, "date")[0]
    assert "," not in first["opening"]
    assert float(first["opening"]) == column(table, "opening")[0]


def test_a_csv_begins_with_the_mark_of_its_encoding() -> None:
    content = csv_files(data("dongtai", "zh"))["notices.csv"]
    assert content.decode("utf-8").startswith(BOM)


def test_a_text_that_begins_as_a_formula_gets_an_apostrophe_and_a_number_does_not() -> None:
    case = document("costs-and-taxes")
    case["project"]["holder"] = "=1+1"
    found = case_data(computed(case), load_reference(), translator("en"))
    rows = {row["path"]: row for row in lines(csv_files(found)["inputs.csv"])}
    assert rows["project.holder"]["text"] == "'=1+1"
    bridge = lines(csv_files(found)["values_bridge.csv"])
    assert any(row["amount_yuan"].startswith("-") for row in bridge)
    assert json.loads(json_file(found))["tables"]
    assert [safe_text(text)[0] for text in ("+1", "-1", "@a", "\tx", "\rx", "a")] == [*"'''''a"]


def test_parquet_is_typed_and_says_what_it_is_of() -> None:
    found = data("dongtai")
    table = pq.read_table(io.BytesIO(parquet_files(found)["loan_schedule.parquet"]))
    assert str(table.schema.field("date").type) == "date32[day]"
    assert str(table.schema.field("opening").type) == "double"
    assert table.schema.field("opening").metadata == {b"unit": b"yuan"}
    assert table.schema.metadata[b"input_hash"].decode() == found.identity["input_hash"]


def test_json_holds_all_tables_with_their_lines() -> None:
    found = data("dongtai")
    read = json.loads(json_file(found))
    assert [entry["name"] for entry in read["tables"]] == [table.name for table in found.tables]
    assert read["case"]["input_hash"] == found.identity["input_hash"]
    schedule = next(entry for entry in read["tables"] if entry["name"] == "loan_schedule")
    assert schedule["rows"][0]["number"] == 1


@pytest.mark.parametrize("kind", list(ExportKind))
def test_the_same_case_gives_the_same_bytes(kind: ExportKind) -> None:
    case = computed(document("dongtai"))

    def made() -> Any:
        return export_case(
            case, kind, reference=load_reference(), language="zh", issued_on=ISSUED_ON
        ).files

    assert made() == made()


def test_names_do_not_change_with_the_language() -> None:
    one, other = data("dongtai", "zh"), data("dongtai", "en")
    assert [(t.name, t.columns) for t in one.tables] == [(t.name, t.columns) for t in other.tables]


def test_a_table_inside_a_line_names_that_line() -> None:
    collected = Collected()
    collected.add("loan.bounds", [{"code": "a", "remedies": [{"code": "x", "value": 1.5}]}])
    collected.add("loan.facts", {"day": "2025-01-01", "share": 0.5})
    tables = {table.name: table for table in collected.tables()}
    assert column(tables["loan_bounds_remedies"], "of_bounds") == [1]
    assert column(tables["loan_facts"], "number") == [None, 0.5]


def test_a_column_of_different_things_is_a_text() -> None:
    collected = Collected()
    collected.add("mixed", [{"x": 1}, {"x": "a"}, {"x": None}])
    [table] = list(collected.tables())
    assert table.columns[1].type is ColumnType.TEXT
    assert column(table, "x") == ["1", "a", None]


def test_the_unit_of_a_name_is_its_ending() -> None:
    assert unit_of("price_yuan_t") == "yuan/t"
    assert unit_of("net_yuan") == "yuan"
    assert unit_of("credits_tco2") == "tCO2e"
    assert unit_of("code") == ""
