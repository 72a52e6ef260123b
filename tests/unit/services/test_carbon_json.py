"""The carbon part of the results as JSON: its keys are a promise to other programs."""

import json
from typing import Any

from app.finance.engine import compute_case
from app.i18n import translator
from app.reference.tables import load_reference
from app.services.case_file import validate
from app.services.results_json import results_json
from app.services.workbench import Computed
from tests.carbon_case import RANGE, account, computed, planted

KEYS = [
    "method",
    "years",
    "total_removals_tco2",
    "total_credits_tco2",
    "total_by_pool",
    "credit_share",
    "withheld_tco2",
    "peak_rate_tco2_ha_yr",
    "area_ha",
    "issues",
    "unverified_tco2",
    "ledger",
    "eligibility",
    "range",
]


def printed(document: dict[str, Any], language: str = "en", **more: Any) -> dict[str, Any]:
    file, results = computed(document, **more)
    found = results_json(
        Computed(file, results, "0" * 64), load_reference(), translator(language), ("carbon",)
    )
    return dict(json.loads(json.dumps(found, allow_nan=False)))


def test_the_keys_of_carbon_are_these_in_this_order() -> None:
    assert list(printed(account())["carbon"]) == KEYS


def test_each_year_has_removals_credits_and_its_pools() -> None:
    years = printed(account())["carbon"]["years"]
    assert years[2] == {
        "year": 2027,
        "removals_tco2": 300.0,
        "credits_tco2": 208.8,
        "pools": {"reported": 300.0, "baseline": -10.0},
    }


def test_issues_and_ledger_are_lists_by_vintage() -> None:
    carbon = printed(account())["carbon"]
    assert carbon["issues"][0] == {
        "verified_on": "2027-03-31",
        "issued_on": "2027-09-30",
        "vintage": 2025,
        "credits_tco2": 64.8,
    }
    assert carbon["ledger"][0]["pledged_tco2"] == 20.0


def test_each_market_answers_with_codes_and_reasons() -> None:
    closed, *_, national, _ = printed(account())["carbon"]["eligibility"]
    assert closed["answer"] == "no"
    assert closed["open"] is False
    assert national["market"] == "National"
    assert national["open"] is True
    assert national["compliance"] == "both"
    assert national["reason"].endswith(".")


def test_texts_of_markets_follow_the_language_and_codes_do_not() -> None:
    english = printed(account())["carbon"]["eligibility"][3]
    chinese = printed(account(), "zh")["carbon"]["eligibility"][3]
    assert english["rule"] == "rule of National"
    assert chinese["rule"] == "National规则"
    assert english["answer"] == chinese["answer"] == "yes"


def test_the_range_is_null_until_inputs_are_uncertain() -> None:
    assert printed(account())["carbon"]["range"] is None
    found = printed(account(), found=RANGE)["carbon"]["range"]
    assert found["draws"] == 10_000
    assert found["total_credits_tco2"]["p95"] == 567.0
    assert found["years"][0]["credits_tco2"]["p50"] == 130.0


def test_only_inputs_in_use_are_listed() -> None:
    document = account()
    document["project"]["accrual_years"] = 20
    paths = [row["path"] for row in printed(document)["inputs"]]
    assert "project.stated_unit" in paths
    assert "project.accrual_years" not in paths


def test_a_published_default_is_an_input_with_its_source() -> None:
    file = validate(planted())
    reference = load_reference()
    results = compute_case(file.case, reference.tables)
    found = results_json(
        Computed(file, results, "0" * 64), reference, translator("en"), ("carbon",)
    )
    rows = [row for row in found["inputs"] if row["label"] == "Years of soil carbon"]
    assert [row["value"] for row in rows] == [20]
    assert rows[0]["provenance"] == "default"
    assert "AR-AM0014" in rows[0]["source"]
