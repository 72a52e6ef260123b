"""Typed and pasted text: how it is understood, and what is left for the check to refuse."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

import pytest

from app.finance.case.case import Case
from app.finance.fields import Field, FieldSpec, specs_by_path
from app.i18n import set_language
from app.services.typed_values import (
    pasted_rows,
    shown_number,
    stored_cell,
    stored_choice,
    stored_date,
    stored_number,
)

CO2_PER_C = 44 / 12


class Basis(StrEnum):
    WET = "wet"
    DRY = "dry"


def field(kind: type = float, unit: str = "", **declared: Any) -> FieldSpec:
    return FieldSpec(
        path="project.field",
        name="field",
        field=Field("Field", unit, **declared),
        kind=kind,
        optional=True,
        table=False,
        section=False,
        default=None,
    )


AREA = field(unit="ha", other_units=(("mu", 1 / 15),))
MASS = field(unit="t", other_units=(("kg", 1e-3),))
RATE = field(unit="tCO2e/ha/yr", other_units=(("tC/ha/yr", CO2_PER_C),))
MONEY = field(Decimal, "yuan", other_units=(("10k yuan", 10_000.0),))
SHARE = field(unit="share", percent=True)


@pytest.fixture(params=["en", "zh"])
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    set_language(request.param)
    yield request.param
    set_language("en")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1250414", 1250414),
        ("1,250,414", 1250414),
        ("1 250 414", 1250414),
        ("１，２５０，４１４", 1250414),
        ("1250414.5", 1250414.5),
        ("２０．５", 20.5),
        ("2000万", 20_000_000),
        ("2,000 万", 20_000_000),
        ("1.2亿", 120_000_000),
        ("1.2億", 120_000_000),
        ("3百万", 3_000_000),
        ("2千万", 20_000_000),
        ("1.5e6", 1_500_000),
        ("-3", -3),
        ("−3", -3),
        ("－３", -3),
        (".5", 0.5),
    ],
)
def test_an_amount_is_understood_as_people_write_it(text: str, value: float) -> None:
    assert stored_number(text, MONEY) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [("2000万元", 20_000_000), ("2000万", 20_000_000), ("1.2亿元", 120_000_000), ("500元", 500)],
)
@pytest.mark.parametrize("factor", [1.0, 10_000.0])
def test_a_word_for_ten_thousand_counts_once_whatever_unit_is_chosen(
    text: str, value: float, factor: float
) -> None:
    assert stored_number(text, MONEY, factor) == value


def test_a_bare_number_is_in_the_chosen_unit() -> None:
    assert stored_number("2000", MONEY, 10_000.0) == 20_000_000
    assert stored_number("15", AREA, 1 / 15) == 1.0
    assert stored_number("1.5万", AREA, 1 / 15) == 1000.0


@pytest.mark.parametrize(
    ("text", "spec", "value"),
    [
        ("1,500 亩", AREA, 100.0),
        ("1500 mu", AREA, 100.0),
        ("1500MU", AREA, 100.0),
        ("100公顷", AREA, 100.0),
        ("100 ha", AREA, 100.0),
        ("3万亩", AREA, 2000.0),
        ("500 kg", MASS, 0.5),
        ("2 吨", MASS, 2.0),
        ("30 tC/ha/yr", RATE, 110.0),
        ("30 tCO2e/ha/yr", RATE, 30.0),
        ("30 tCO₂e/ha/yr", RATE, 30.0),
        ("30 吨CO₂e/公顷/年", RATE, 30.0),
    ],
)
def test_a_unit_behind_the_number_is_converted(
    text: str, spec: FieldSpec, value: float, language: str
) -> None:
    assert stored_number(text, spec) == value


def test_a_typed_unit_counts_instead_of_the_chosen_one() -> None:
    assert stored_number("100 ha", AREA, 1 / 15) == 100.0
    assert stored_number("1500 mu", AREA, 1 / 15) == 100.0


@pytest.mark.parametrize(
    ("text", "spec"),
    [
        ("about 100", AREA),
        ("100 acres", AREA),
        ("100 kg", AREA),
        ("5%", AREA),
        ("30 tC", RATE),
        ("1.234,56", MONEY),
        ("1,2 3", MONEY),
        ("12-3", MONEY),
        ("nan", MONEY),
        ("inf", MONEY),
        ("1e999999999", MONEY),
        ("万", MONEY),
    ],
)
def test_what_is_not_understood_stays_as_text_to_be_refused(text: str, spec: FieldSpec) -> None:
    assert stored_number(text, spec) == text


def test_a_unit_that_only_its_case_tells_apart_is_not_guessed() -> None:
    spec = field(unit="t", other_units=(("Mg", 1.0), ("mg", 1e-9)))
    assert stored_number("5 mg", spec) == 5e-9
    assert stored_number("5 Mg", spec) == 5.0
    assert stored_number("5 MG", spec) == "5 MG"


@pytest.mark.parametrize(
    ("text", "share"), [("5.5", 0.055), ("5.5%", 0.055), ("５．５％", 0.055), ("3‰", 0.003)]
)
def test_a_percent_field_holds_a_share(text: str, share: float) -> None:
    assert stored_number(text, SHARE) == share


def test_a_percent_sign_counts_in_a_field_of_shares_typed_as_fractions() -> None:
    hazard = field(unit="1/yr")
    assert stored_number("8%", hazard) == 0.08
    assert stored_number("0.08", hazard) == 0.08


def test_a_whole_number_stays_whole_and_a_broken_one_is_left_to_be_refused() -> None:
    years = field(int, "yr")
    assert stored_number("20", years) == 20
    assert isinstance(stored_number("20 年", years), int)
    assert stored_number("20.5", years) == 20.5


def test_an_empty_field_holds_nothing() -> None:
    assert stored_number("  ", MONEY) is None
    assert stored_date("  ") is None
    assert shown_number(None, MONEY) == ""


@pytest.mark.parametrize(
    ("value", "spec", "factor", "text"),
    [
        (20_000_000, MONEY, 1.0, "20,000,000"),
        (20_000_000, MONEY, 10_000.0, "2,000"),
        (123456789012.34, MONEY, 10_000.0, "12,345,678.901234"),
        (100.0, AREA, 1 / 15, "1,500"),
        (1 / 3, AREA, 1 / 15, "5"),
        (110.0, RATE, CO2_PER_C, "30"),
        (0.055, SHARE, 1.0, "5.5"),
        (2025, field(int, "year"), 1.0, "2025"),
        (1e300, MASS, 1.0, "1e+300"),
        ("about 100", MONEY, 1.0, "about 100"),
    ],
)
def test_a_stored_number_is_shown_as_it_would_be_typed(
    value: Any, spec: FieldSpec, factor: float, text: str
) -> None:
    assert shown_number(value, spec, factor) == text
    assert stored_number(text, spec, factor) == value


@pytest.mark.parametrize(
    "text",
    [
        "2025-03-01",
        "2025-3-1",
        "2025/03/01",
        "2025/3/1",
        "2025.3.1",
        "20250301",
        "2025年3月1日",
        "2025年03月01日",
        "２０２５－３－１",
        "2025-03-01 00:00:00",
    ],
)
def test_a_date_is_understood_as_people_write_it(text: str) -> None:
    assert stored_date(text) == "2025-03-01"


@pytest.mark.parametrize("text", ["2025", "2025-2-30", "1/3/2025", "2025-3/1", "spring 2025"])
def test_what_is_no_date_stays_as_text(text: str) -> None:
    assert stored_date(text) == text


BASIS = field(Basis, choices=(("wet", "wet"), ("dry", "dry")))


def column(name: str, spec: FieldSpec, label: str) -> FieldSpec:
    declared = Field(label, spec.field.unit, choices=spec.field.choices)
    return FieldSpec(name, name, declared, spec.kind, False, False, False, None)


COLUMNS = (
    column("species", field(str), "Species"),
    column("first_year", field(int), "First year"),
    column("tonnes_per_year", MASS, "Harvest a year"),
    column("basis", BASIS, "Weight"),
    column("from_date", field(date), "Date"),
)


def test_a_choice_is_taken_by_its_code_or_its_name() -> None:
    assert stored_choice("Wet", BASIS) == "wet"
    assert stored_choice("damp", BASIS) == "damp"
    assert stored_cell("湿重", BASIS) == "wet"


def test_lines_of_a_spreadsheet_become_lines_of_the_table() -> None:
    text = "Species\tFirst year\tHarvest a year\tWeight\tDate\nkelp\t2024\t1,500\twet\t2024/5/1\n\n"
    assert pasted_rows(text, COLUMNS) == [
        {
            "species": "kelp",
            "first_year": 2024,
            "tonnes_per_year": 1500.0,
            "basis": "wet",
            "from_date": "2024-05-01",
        }
    ]


def test_headings_with_units_in_chinese_are_passed_over() -> None:
    text = "品种\t起始年\t年收获量（吨/年）\nkelp\t2024\t5"
    assert pasted_rows(text, COLUMNS[:3]) == [
        {"species": "kelp", "first_year": 2024, "tonnes_per_year": 5.0}
    ]


def test_quoted_cells_between_commas_keep_their_own_commas() -> None:
    text = '"kelp, dried",2024,"1,500",dry'
    assert pasted_rows(text, COLUMNS) == [
        {"species": "kelp, dried", "first_year": 2024, "tonnes_per_year": 1500.0, "basis": "dry"}
    ]


def test_an_empty_cell_is_left_out_and_a_strange_one_is_kept() -> None:
    assert pasted_rows("kelp\t\tmany", COLUMNS) == [{"species": "kelp", "tonnes_per_year": "many"}]


def test_a_decimal_comma_is_refused_and_not_read_as_thousands() -> None:
    spec = specs_by_path(Case)["appraisal.price_yuan_t"]
    assert stored_number("2,5", spec) == "2,5"
    assert stored_number("12,345.5", spec) == 12345.5
