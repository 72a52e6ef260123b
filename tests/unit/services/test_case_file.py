"""Case files: what is taken, what is refused and in which words."""

import json
from pathlib import Path
from typing import Any

import pytest

from app.finance.case.provenance import ProvenanceKind
from app.i18n import translator
from app.messages import given_text, problem_text
from app.services import case_file
from app.services.case_file import CaseRefused, read_document, read_file, to_json, validate
from app.services.fingerprint import input_hash
from app.services.schema import case_schema


def refused(data: bytes) -> list[str]:
    with pytest.raises(CaseRefused) as caught:
        read_document(data)
    return [problem_text(problem, translator("en")) for problem in caught.value.problems]


def refused_document(document: dict[str, Any]) -> str:
    lines = refused(json.dumps(document).encode())
    assert len(lines) == 1
    return lines[0]


def test_a_case_survives_writing_and_reading(insured_document: dict[str, Any]) -> None:
    file = validate(insured_document)
    again = read_document(to_json(file).encode())
    assert again == file
    assert input_hash(again) == input_hash(file)


def test_any_change_of_an_input_changes_the_hash(document: dict[str, Any]) -> None:
    before = input_hash(validate(document))
    document["appraisal"]["price_yuan_t"] = 100.01
    assert input_hash(validate(document)) != before


@pytest.mark.parametrize(
    ("section", "field", "value", "said"),
    [
        ("project", "site_area_ha", -1, "project.site_area_ha: given -1; expected more than 0"),
        ("project", "ecosystem", "coral", "project.ecosystem: given coral; expected one of: "),
        ("project", "colour", 1, "project.colour: given 1; expected no such field"),
        ("appraisal", "price_yuan_t", 1e308, "given 1e+308; expected 1,000,000 or less"),
        ("appraisal", "price_yuan_t", "100", "given 100; expected a number (unit: yuan/t)"),
        ("appraisal", "price_yuan_t", True, "given true; expected a number"),
        ("appraisal", "horizon_years", 1.5, "given 1.5; expected a whole number"),
        ("appraisal", "valuation_date", "31/03/2025", "expected a date as YYYY-MM-DD"),
        ("appraisal", "valuation_date", "2025-02-30", "expected a date as YYYY-MM-DD"),
        ("loan", "amount_yuan", 0.001, "expected an amount in yuan with at most two decimals"),
        ("loan", "upfront_fee_yuan", 20000000, "expected less than 20,000,000"),
        ("loan", "pledge_ratio", 1.2, "expected 1 or less"),
    ],
)
def test_a_bad_value_is_refused_with_field_value_and_what_is_expected(
    section: str, field: str, value: object, said: str, document: dict[str, Any]
) -> None:
    document[section][field] = value
    assert said in refused_document(document)


def test_the_unit_of_a_report_must_be_given(document: dict[str, Any]) -> None:
    del document["project"]["stated_unit"]
    said = refused_document(document)
    assert said.startswith("project.stated_unit: given –; expected a value")
    assert "tCO2e (tonnes of CO₂), tC (tonnes of carbon)" in said


def test_an_end_before_its_start_is_refused(document: dict[str, Any]) -> None:
    document["project"]["crediting_start"] = "2030-01-01"
    document["project"]["crediting_end"] = "2029-12-31"
    assert "expected not before the start, 2030-01-01" in refused_document(document)


def test_a_line_that_ends_before_it_starts_is_refused(document: dict[str, Any]) -> None:
    document["project"]["stated"][0]["last_year"] = 2020
    assert refused_document(document).startswith("project.stated.0.last_year: given 2020")


def test_loadings_of_a_hundred_percent_are_refused(insured_document: dict[str, Any]) -> None:
    insured_document["insurance"]["commission_share"] = 0.9
    assert "add up to less than 100%" in refused_document(insured_document)


def test_all_problems_are_told_at_once(document: dict[str, Any]) -> None:
    document["appraisal"]["price_yuan_t"] = -1
    document["loan"]["term_months"] = 0
    lines = refused(json.dumps(document).encode())
    assert [line.split(":")[0] for line in lines] == [
        "appraisal.price_yuan_t",
        "loan.term_months",
    ]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "this file is empty"),
        (b"  \n", "this file is empty"),
        (b'{"schema_version": 1, "project": {', "reading stopped at line 1"),
        (b"%PDF-1.7 ...", "this is a file of another kind (PDF)"),
        (b"PK\x03\x04....", "this is a file of another kind (ZIP)"),
        (b"\xff\xfe\x00\x01", "expected text in UTF-8"),
        (b'{"schema_version": NaN}', "expected a number that is finite"),
        (b'{"schema_version": 1, "schema_version": 1}', "expected each field once"),
        (b"[1, 2]", "expected an object with fields"),
        (b"{}", "expected a case file of schema version"),
        (b'{"schema_version": 99}', "this file is from a later program"),
        (b"[" * 100_000, "reading stopped"),
        (b'{"schema_version": ' + b"9" * 5_000 + b"}", "reading stopped"),
    ],
)
def test_what_is_no_case_file_is_refused(data: bytes, said: str) -> None:
    lines = refused(data)
    assert len(lines) == 1
    assert said in lines[0]


def test_infinity_is_refused_by_field(document: dict[str, Any]) -> None:
    data = json.dumps(document).replace('"price_yuan_t": 100', '"price_yuan_t": 1e999')
    (line,) = refused(data.encode())
    assert line.startswith("appraisal.price_yuan_t: given inf; expected")


def test_a_file_of_200_mb_is_refused_before_it_is_read(tmp_path: Path) -> None:
    large = tmp_path / "large.bcd.json"
    with large.open("wb") as stream:
        stream.truncate(200_000_000)
    with pytest.raises(CaseRefused) as caught:
        read_file(large)
    assert caught.value.problems[0].code == "too_large"


def test_older_versions_are_migrated_on_opening(
    document: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def rename(old: dict[str, Any]) -> dict[str, Any]:
        project = dict(old["project"])
        project["name"] = project.pop("title")
        return {**old, "project": project}

    monkeypatch.setattr(case_file, "SCHEMA_VERSION", 2)
    monkeypatch.setitem(case_file.MIGRATIONS, 1, rename)
    document["project"]["title"] = document["project"].pop("name")
    file = read_document(json.dumps(document).encode())
    assert file.case.project.name == "Dongtai tidal flat"


def test_every_older_schema_version_has_its_migration() -> None:
    assert sorted(case_file.MIGRATIONS) == list(range(1, case_file.SCHEMA_VERSION))


def test_provenance_is_kept_and_an_unknown_path_is_refused(document: dict[str, Any]) -> None:
    document["provenance"] = {
        "appraisal.price_yuan_t": {"kind": "disclosed", "source": "press, 2025"}
    }
    file = validate(document)
    assert file.provenance_of("appraisal.price_yuan_t").kind is ProvenanceKind.DISCLOSED
    assert file.provenance_of("appraisal.timing").kind is ProvenanceKind.DEFAULT
    assert file.provenance_of("appraisal.discount_rate").kind is ProvenanceKind.ASSUMED
    document["provenance"]["appraisal.colour"] = {"kind": "assumed"}
    assert "expected the path of an input" in refused_document(document)


def test_the_schema_carries_units_ranges_and_choices() -> None:
    schema = case_schema(translator("en"))
    price = schema["$defs"]["Appraisal"]["properties"]["price_yuan_t"]
    given, absent = price["anyOf"]
    assert (price["x-unit"], given["minimum"], given["maximum"]) == ("yuan/t", 0, 1_000_000)
    assert absent == {"type": "null"}
    assert price["x-needed"] == {"when": "appraisal.price_basis", "is": ["stated"]}
    discount = schema["$defs"]["Appraisal"]["properties"]["liquidation_discount"]
    assert (discount["minimum"], discount["maximum"]) == (0, 1)
    assert schema["$defs"]["Project"]["additionalProperties"] is False
    assert "schema_version" in schema["required"]


def test_a_refusal_is_one_line_whatever_was_given() -> None:
    (line,) = refused(b'{\n  "schema_version": 1,\n  "project": {\n')
    assert "\n" not in line


def test_a_default_that_is_written_out_does_not_change_the_fingerprint(
    document: dict[str, Any],
) -> None:
    before = input_hash(validate(document))
    document["project"] |= {"own_share": 1.0, "draws": 10_000, "sites": [], "place": ""}
    assert input_hash(validate(document)) == before
    document["project"]["draws"] = 20_000
    assert input_hash(validate(document)) != before


def test_yes_or_no_is_asked_for_as_true_or_false(document: dict[str, Any]) -> None:
    document["appraisal"]["perpetual"] = "yes"
    assert refused_document(document) == ("appraisal.perpetual: given yes; expected true or false")


@pytest.mark.parametrize("day", ["0001-01-01", "1899-12-31", "3000-01-01", "9999-12-31"])
def test_a_day_that_no_calendar_of_a_right_reaches_is_refused(
    document: dict[str, Any], day: str
) -> None:
    document["appraisal"]["valuation_date"] = day
    assert refused_document(document) == (
        f"appraisal.valuation_date: given {day}; expected a day from 1900-01-01 to 2999-12-31"
    )


def test_a_far_day_in_a_line_of_a_table_is_named_with_its_line(document: dict[str, Any]) -> None:
    document["appraisal"]["evidence"] = {
        "comparables": [{"day": "2024-03-15", "price": 82}, {"day": "0202-03-15", "price": 82}]
    }
    assert refused_document(document).startswith(
        "appraisal.evidence.comparables.1.day: given 0202-03-15; expected a day from"
    )


def test_a_given_value_is_shown_as_it_is_entered() -> None:
    assert given_text(True) == "true"
    assert given_text(0.35 + 0.99 + 0.45) == "1.79"
    assert given_text("a\x1b[31m\nb") == "a [31m b"
