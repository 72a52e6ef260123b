"""The insurance part of the results as JSON: its keys are a promise to other programs."""

import json
from dataclasses import replace
from typing import Any

from app.finance.insurance.results import InsuranceResult
from app.finance.notices import Notice, Severity
from app.i18n import translator
from app.services.insurance_json import insurance_json
from app.services.results_json import plain
from tests.insurance_results import BARE, LAW, RESULT, insured_case

KEYS = [
    "pure_premium",
    "loadings",
    "loadings_by_code",
    "gross_premium",
    "rate_on_sum_insured",
    "rate_of_all_years",
    "sum_insured",
    "basis",
    "model_pure_premium",
    "risk_load",
    "technical_premium",
    "heads",
    "perils",
    "distribution",
    "payout_table",
    "parts",
    "options",
    "subsidies",
    "coinsurers",
    "asked",
    "placed",
    "index",
    "events",
    "experience",
    "delivery",
    "settlement",
    "flags",
    "sum_insured_yuan",
    "gross_premium_yuan",
    "rate",
    "covers",
]
NOTICES = (
    Notice("right_has_ended", Severity.RED_FLAG, "project.crediting_end"),
    Notice("net_not_positive", Severity.WARNING, "insurance.heads", {"net": -5}),
)


def printed(found: InsuranceResult = RESULT, language: str = "en") -> dict[str, Any]:
    case = insured_case()[0].case
    document = insurance_json(case, found, NOTICES, translator(language))
    return dict(json.loads(json.dumps(plain(document), allow_nan=False)))


def test_the_keys_of_an_insurance_are_these_in_this_order_the_pure_premium_first() -> None:
    assert list(printed()) == KEYS
    assert list(printed(BARE)) == KEYS


def test_the_loadings_are_a_list_in_order_and_a_table_by_code_with_the_same_amounts() -> None:
    found = printed()
    assert found["loadings"][0] == {
        "code": "pure", "label": "Pure premium", "amount_yuan": 30000.0, "rate": 0.05,
    }  # fmt: skip
    assert found["loadings_by_code"]["coefficient"] == -1594.20
    assert sum(found["loadings_by_code"].values()) == found["gross_premium"]


def test_quantiles_and_tail_means_are_named_by_their_level() -> None:
    law = printed()["distribution"]
    assert list(law["quantiles"]) == ["0.5", "0.75", "0.9", "0.95", "0.98", "0.99", "0.995"]
    assert law["quantiles"]["0.99"] == LAW.quantiles[-2]
    assert law["tvar"]["0.995"] == 350000.0
    assert (law["mean"], law["sd"], law["probability_of_no_loss"]) == (30000.0, 60000.0, 0.75)


def test_exceedance_names_return_period_probability_and_both_losses() -> None:
    first = printed()["distribution"]["exceedance"][1]
    assert first == {"years": 5, "probability": 0.2, "aep_yuan": 15000.0, "oep_yuan": 14000.0}


def test_the_probable_maximum_loss_is_that_of_one_event() -> None:
    law = printed()["distribution"]
    assert law["pml"] == {"100": 280000.0, "200": 560000.0}
    assert law["together"] is None


def test_a_check_names_its_engine_and_gives_a_standard_error_only_where_chance_is_in_it() -> None:
    checks = printed()["distribution"]["checks"]
    assert [(check["engine"], check["standard_error"]) for check in checks] == [
        ("panjer", None),
        ("simulation", 60.0),
    ]


def test_each_peril_says_what_its_frequency_counts_and_gives_both_numbers() -> None:
    wind, other = printed()["perils"]
    assert (wind["frequency_basis"], wind["events_per_year"]) == ("to_layer", 0.4)
    assert (wind["events_ground_up"], wind["events_paid"]) == (0.5, 0.4)
    assert other["frequency_basis"] == "ground_up"
    assert other["label"] == "all perils named in the policy"


def test_a_peril_that_stands_on_no_line_has_no_basis() -> None:
    strange = replace(RESULT, perils=(replace(RESULT.perils[0], site="elsewhere"),))
    assert printed(strange)["perils"][0]["frequency_basis"] is None


def test_no_limit_is_null_and_a_limit_stays_a_number() -> None:
    heads = printed()["heads"]
    assert [head["event_limit_yuan"] for head in heads] == [300000.0, None]


def test_scripts_for_the_old_covers_find_their_keys() -> None:
    found = printed()
    assert found["sum_insured_yuan"] == found["sum_insured"] == 600000.0
    assert found["rate"] == found["rate_on_sum_insured"]
    assert found["covers"][0] == {
        "name": "Kelp", "head": "harvest_value", "quantity": 100.0, "quantity_unit": "mu",
        "sum_insured_yuan": 500000.0, "deductible_yuan": 50000.0, "event_limit_yuan": 300000.0,
        "expected_loss_yuan": 30000.0, "loss_sd_yuan": 60000.0, "risk_load_yuan": 12000.0,
        "gross_premium_yuan": 60000.0, "rate": 0.12,
    }  # fmt: skip


def test_only_notices_of_the_insurance_are_its_flags() -> None:
    (flag,) = printed()["flags"]
    assert (flag["code"], flag["severity"], flag["path"]) == (
        "net_not_positive", "warning", "insurance.heads",
    )  # fmt: skip


def test_members_of_a_class_and_steps_of_claims_are_told_by_names() -> None:
    found = printed()
    assert found["experience"]["credibility"]["members"][1]["member"] == "other"
    assert found["settlement"]["steps"][0]["due_yuan"] == 20000.0
    assert found["settlement"]["steps"][0]["left_of_year_yuan"] is None
    assert found["events"]["returns"][0]["probability"] == 0.02


def test_a_quote_without_a_law_an_index_or_claims_says_null() -> None:
    found = printed(BARE)
    parts = ("distribution", "index", "events", "experience", "delivery", "settlement", "asked")
    assert all(found[part] is None for part in parts)
    assert found["payout_table"] == []
    assert printed()["payout_table"][1]["payout_yuan"] == 100000.0


def test_codes_do_not_change_with_the_language() -> None:
    codes = [line["code"] for line in printed(language="zh")["loadings"]]
    assert codes == [line["code"] for line in printed()["loadings"]]
