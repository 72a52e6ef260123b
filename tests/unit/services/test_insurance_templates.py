"""Templates of published covers: what each states, what it leaves open, and that it computes."""

import copy
import re
from typing import Any

import pytest

from app.finance.engine import compute_case
from app.i18n import translator
from app.reference.tables import load_reference
from app.services.case_file import CaseRefused, validate
from app.services.documents import value_at
from app.services.insurance_proposals import with_damage_curve, with_template
from app.services.insurance_templates import Template, load_templates, template_json, template_of

TEMPLATES = {template.key: template for template in load_templates()}
EN, ZH = translator("en"), translator("zh")
MINIMAL: dict[str, Any] = {
    "schema_version": 2,
    "project": {
        "name": "case",
        "ecosystem": "shellfish",
        "quantity_method": "stated",
        "stated_unit": "tCO2e",
        "stated": [{"first_year": 2026, "last_year": 2030, "tonnes_per_year": 1000}],
        "uncertainty_discount": 0,
        "leakage_share": 0,
        "buffer_share": 0,
    },
    "insurance": {
        "period_start": "2026-05-01",
        "period_months": 12,
        "fixed_expense_yuan": 0,
        "variable_expense_share": 0.1,
        "commission_share": 0.05,
        "profit_share": 0.05,
        "tax_share": 0,
        "risk_load_factor": 0.1,
    },
    "provenance": {},
}
SEASON = {"season_start": "2026-05-01", "season_end": "2026-11-30"}
FITTED = {
    "pricing": "fitted",
    "events_per_year": 1.0,
    "excess_law": "exponential",
    "excess_scale": 5.0,
}
INDEX: dict[str, tuple[dict[str, Any], list[dict[str, Any]]]] = {
    "fujian-typhoon-line": ({"fit_threshold": 7}, [{"value": 10, "payout_share": 0.2}]),
    "fujian-typhoon-stations": (
        {"unit_value_yuan": 1000, "fit_threshold": 8},
        [{"payout_share": 0.2}],
    ),
    "yinzhou-shrimp": ({}, [{"payout_share": 0.3}, {"payout_share": 0.3}]),
    "fujian-heat-rain": (
        {"unit_value_yuan": 1000},
        [{"payout_share": 0.2}, {"payout_share": 0.2}],
    ),
    "fujian-red-tide": (
        {},
        [{"value": 10, "payout_share": 0.4}, {"value": 50, "payout_share": 0.2}],
    ),
    "changshu-crab": ({}, [{"payout_share": 0.1}, {"payout_share": 0.1}]),
    "hekou-sea-cucumber": (
        {"unit_value_yuan": 8000, "fit_threshold": 2},
        [{"payout_share": 0.2}],
    ),
    "muping-scallop": ({"unit_value_yuan": 10000, "fit_threshold": 7}, [{"payout_share": 0.1}]),
    "quintana-roo": ({"unit_value_yuan": 27_000_000, "fit_threshold": 90}, [{"value": 110}]),
    "hawaii-reef": ({"unit_value_yuan": 14_000_000, "fit_threshold": 40}, [{}, {"value": 90}]),
    "mar-fund": ({"unit_value_yuan": 5_000_000, "fit_threshold": 30}, []),
    "gaochun-carbon": ({}, []),
    "gaoyou-carbon": ({"unit_value_yuan": 1899}, []),
}
"""What is entered for the open inputs of the index covers; lines of the steps cell by cell."""

READINGS = {
    "yinzhou-shrimp": ("gust 极大风速", 22.0),
    "fujian-heat-rain": ("rain 降雨", 60.0),
    "fujian-red-tide": ("toxic red tide 有毒赤潮", 20.0),
    "changshu-crab": ("days in all 累计日数", 37.5),
    "gaochun-carbon": ("carbon 碳汇量", 12_000.0),
    "gaoyou-carbon": ("carbon below target 碳汇低于目标", 900.0),
}
"""Covers of several triggers, or of one below: priced on a history of one reading a year."""


def applied(key: str) -> dict[str, Any]:
    return with_template(copy.deepcopy(MINIMAL), key, EN)


def history(key: str) -> dict[str, Any]:
    trigger, value = READINGS[key]
    lines = [
        {"trigger": trigger, "day": f"{year}-07-{day:02d}", "value": value + year % 3}
        for year in range(2000, 2024)
        for day in (10, 11, 12)
    ]
    return {"first_year": 2000, "last_year": 2023, "readings": lines}


def with_index_filled(key: str) -> dict[str, Any]:
    document = applied(key)
    index = document["insurance"]["index"]
    fields, cells = INDEX[key]
    for name, value in {"quantity": 100, **SEASON, **fields}.items():
        index.setdefault(name, value)
    index |= history(key) if key in READINGS else FITTED
    for band, cell in zip(index.get("bands", []), cells, strict=False):
        band |= {name: value for name, value in cell.items() if name not in band}
    for number, trigger in enumerate(index["triggers"]):
        if trigger["form"] == "tick":
            trigger.setdefault("trigger", 13_000 if key.startswith("gaochun") else 1000)
            trigger.setdefault("tick_yuan", 20 + number)
    return document


def with_heads_filled(key: str) -> dict[str, Any]:
    document = applied(key)
    for head in document["insurance"].get("heads", []):
        head.setdefault("quantity", 100)
        head.setdefault("unit_value_yuan", 90)
    for peril in document["insurance"].get("perils", []):
        peril |= {"events_per_year": 0.2, "mean_damage": 0.3, "damage_cv": 1.0}
    if "delivery" in document["insurance"]:
        document["insurance"]["delivery"]["deliveries"][0]["price_yuan_t"] = 80
        document["insurance"]["delivery"]["failure_per_year"] = 0.05
    return document


@pytest.mark.parametrize("key", TEMPLATES)
def test_a_template_validates_but_for_the_inputs_it_names_as_open(key: str) -> None:
    named = [entry.path for entry in TEMPLATES[key].open_inputs]
    with pytest.raises(CaseRefused) as refused:
        validate(applied(key))
    for problem in refused.value.problems:
        assert any(f"{problem.path}.".startswith(f"{path}.") for path in named), problem


@pytest.mark.parametrize("key", TEMPLATES)
def test_a_template_computes_once_its_open_inputs_are_filled(key: str) -> None:
    document = with_index_filled(key) if key in INDEX else with_heads_filled(key)
    found = compute_case(validate(document).case, load_reference().tables).insurance
    assert found is not None
    assert found.pure_premium_yuan > 0
    assert found.gross_premium_yuan > 0


@pytest.mark.parametrize("template", TEMPLATES.values(), ids=TEMPLATES)
def test_a_template_names_its_source_and_stands_in_both_languages(template: Template) -> None:
    for name in ("name", "source", "notes"):
        assert template.text(name, "en") != template.text(name, "zh")
        assert re.search("[\u4e00-\u9fff]", template.text(name, "zh"))
        assert not re.search(r"https?:|www\.|\.com\b", template.text(name, "en"))
    assert template.open_inputs
    assert all(entry.text and entry.text_zh for entry in template.open_inputs)
    assert template_json(template)["insurance"] == template.insurance


def test_the_season_of_a_clause_takes_the_year_of_the_cover() -> None:
    index = applied("fujian-red-tide")["insurance"]["index"]
    assert (index["season_start"], index["season_end"]) == ("2026-04-23", "2026-09-30")
    late = copy.deepcopy(MINIMAL)
    late["insurance"]["period_start"] = "2026-10-15"
    index = with_template(late, "fujian-red-tide", EN)["insurance"]["index"]
    assert index["season_start"] == "2027-04-23"
    bare = {"schema_version": 2, "project": {}, "provenance": {}}
    assert "season_start" not in with_template(bare, "fujian-red-tide", EN)["insurance"]["index"]


def test_what_a_template_states_is_marked_disclosed_with_its_source() -> None:
    document = with_template(copy.deepcopy(MINIMAL), "yinzhou-shrimp", ZH)
    entry = document["provenance"]["insurance.index.unit_value_yuan"]
    assert entry == {"kind": "disclosed", "source": "中国保险报，2018-06-11"}
    assert "insurance.index.quantity" not in document["provenance"]
    assert value_at(MINIMAL, "insurance.index") is None


def test_another_index_clause_replaces_the_first_one_but_for_the_own_inputs() -> None:
    document = applied("changshu-crab")
    document["insurance"]["index"] |= {"quantity": 258, "history_source": "own"}
    document = with_template(document, "yinzhou-shrimp", EN)
    index = document["insurance"]["index"]
    assert (index["quantity"], index["history_source"]) == (258, "own")
    assert "combined" not in index
    assert {band["trigger"] for band in index["bands"]} == {"gust 极大风速", "rain 降雨"}
    assert "insurance.index.combined" not in document["provenance"]


def test_heads_of_a_template_are_added_to_those_entered() -> None:
    document = with_template(applied("fuding-mangrove"), "panjin-clam", EN)
    twice = with_template(document, "panjin-clam", EN)
    assert [head["unit_value_yuan"] for head in twice["insurance"]["heads"]] == [5000, 1690]
    assert len(twice["insurance"]["perils"]) == 4


def test_a_damage_curve_is_copied_with_its_source_and_status() -> None:
    document = with_damage_curve(copy.deepcopy(MINIMAL), "mar_reef", EN)
    points = document["insurance"]["damages"]
    assert {"curve": "mar_reef", "intensity": 50.0, "damage": 0.4} in points
    entry = document["provenance"]["insurance.damages"]
    assert entry["kind"] == "disclosed"
    assert "MAR Fund" in entry["source"]
    both = with_damage_curve(with_damage_curve(document, "mangrove_canopy", EN), "mar_reef", EN)
    assert {line["curve"] for line in both["insurance"]["damages"]} == {
        "mangrove_canopy",
        "mar_reef",
    }
    assert len(both["insurance"]["damages"]) == len(points) + 12
    proposal = with_damage_curve(copy.deepcopy(MINIMAL), "mangrove_canopy", ZH)
    assert proposal["provenance"]["insurance.damages"]["kind"] == "assumed"


def test_a_template_or_a_curve_is_found_by_its_name_only() -> None:
    assert template_of("hawaii-reef") is TEMPLATES["hawaii-reef"]
    with pytest.raises(KeyError):
        with_template(MINIMAL, "nothing", EN)
    with pytest.raises(KeyError):
        with_damage_curve(MINIMAL, "nothing", EN)
