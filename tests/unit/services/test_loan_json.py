"""The loan part of the results as JSON: its keys are a promise to other programs."""

import json
from dataclasses import replace
from typing import Any

from app.finance.notices import Notice, Severity
from app.i18n import translator
from app.services.loan_json import loan_json
from app.services.results_json import plain
from tests.loan_results import loan_result

KEYS = [
    "annualised_rate",
    "amount_yuan",
    "basis_value_yuan",
    "supported_yuan",
    "uncovered_yuan",
    "loan_to_gross",
    "loan_to_net",
    "loan_to_liquidation",
    "loan_to_one_year",
    "maturity",
    "first_payment_yuan",
    "last_payment_yuan",
    "total_interest_yuan",
    "total_payment_yuan",
    "total_fees_yuan",
    "upfront_fee_yuan",
    "sizing",
    "schedule",
    "coverage",
    "stress",
    "heat",
    "credit",
    "registration",
    "life",
    "green",
    "checklist",
    "flags",
]

NOTICES = (
    Notice("no_specified_account", Severity.RED_FLAG, "loan.specified_account"),
    Notice("right_has_ended", Severity.RED_FLAG, "project.crediting_end"),
    Notice("net_not_positive", Severity.WARNING, "", {"net": -5}),
    Notice("loan_on_gross", Severity.WARNING, "loan.valuation_basis", {"net": 1200}),
)


def printed(language: str = "en", **changes: Any) -> dict[str, Any]:
    found = loan_json(replace(loan_result(), **changes), NOTICES, translator(language))
    return dict(json.loads(json.dumps(plain(found), allow_nan=False)))


def test_the_keys_of_a_loan_are_these_in_this_order_the_annualised_rate_first() -> None:
    assert list(printed()) == KEYS


def test_the_annualised_rate_says_how_it_was_counted() -> None:
    rate = {"compound": 0.04907, "simple": 0.048, "monthly_irr": 0.004, "basis": "months"}
    assert printed()["annualised_rate"] == rate
    dated = replace(loan_result().effective, dated=True)
    assert printed(effective=dated)["annualised_rate"]["basis"] == "days"


def test_a_line_of_the_schedule_has_these_keys() -> None:
    first, second = printed()["schedule"]
    assert first == {
        "number": 1,
        "date": "2025-04-15",
        "start": "2025-01-15",
        "end": "2025-04-15",
        "days": 90,
        "rate": 0.04,
        "opening": 500.0,
        "drawn": 0.0,
        "interest": 5.0,
        "principal": 200.0,
        "fee": 0.0,
        "payment": 205.0,
        "closing": 300.0,
        "kind": "payment",
    }
    assert (second["drawn"], second["fee"], second["kind"]) == (500.0, 2.5, "prepayment")


def test_every_line_of_the_schedule_adds_up() -> None:
    for line in printed()["schedule"]:
        assert line["opening"] + line["drawn"] - line["principal"] == line["closing"]
        assert line["principal"] + line["interest"] + line["fee"] == line["payment"]


def test_each_bound_says_its_amount_or_why_it_has_none_and_what_would_lift_it() -> None:
    sizing = printed()["sizing"]
    assert list(sizing) == ["asked", "supported", "uncovered", "binding", "bounds"]
    assert (sizing["asked"], sizing["supported"], sizing["uncovered"]) == (1000.0, 600.0, 400.0)
    assert sizing["binding"] == "pledge_ratio"
    first, second, third, *_ = sizing["bounds"]
    assert list(first) == [
        "code", "label", "amount", "binding", "reason", "detail", "detail_unit", "remedies",
    ]  # fmt: skip
    assert first["remedies"][0] == {
        "code": "ratio",
        "value": 0.8333,
        "unit": "share",
        "text": "A pledge ratio of 83.33% would carry the amount asked.",
    }
    assert first["remedies"][2]["value"] is None
    assert (second["amount"], second["reason"]) == (0.0, "no_cash_flow")
    assert (third["amount"], third["reason"]) == (None, "no_risk_free_rate")


def test_coverage_holds_collaterals_totals_years_and_path() -> None:
    coverage = printed()["coverage"]
    assert [line["kind"] for line in coverage["collaterals"]] == [
        "carbon_right", "sea_area_right", "issued_credits",
    ]  # fmt: skip
    assert coverage["unsecured_yuan"] == 250.0
    assert (coverage["ltv"], coverage["coverage"]) == (0.588235, 1.5)
    assert coverage["years"][0]["cash_yuan"] == 800.0
    assert coverage["llcr"] == 0.79
    assert coverage["lines"] == {"warning": 1.6, "margin_call": 1.4, "enforcement": 1.2}
    first, second = coverage["path"]["points"]
    assert first["trigger_prices"] == {"warning": 40.0, "margin_call": 35.0, "enforcement": None}
    assert (second["right_coverage"], second["before_payment"]) == (None, True)


def test_a_loan_that_is_not_watched_has_no_lines() -> None:
    path = replace(loan_result().path, lines=())
    assert printed(path=path)["coverage"]["lines"] is None


def test_stress_and_heat_table_keep_their_codes() -> None:
    loan = printed()
    assert [found["code"] for found in loan["stress"]] == ["S1", "S6", "S8", "own"]
    assert loan["stress"][0]["label"] == "S1 Price −30 %"
    assert loan["stress"][0]["changes"] == {"price_change": -0.3}
    assert loan["heat"]["coverage"][0] == [0.5, 0.6, None]


def test_the_life_of_a_loan_says_what_is_owed_and_what_is_due() -> None:
    life = printed()["life"]
    assert life["now"]["owed_yuan"] == 503.0
    assert life["watch"][1]["state"] == "margin_call"
    assert life["watch"][1]["trigger_prices"]["warning"] == 64.0
    late = life["due"][0]
    assert list(late) == ["day", "code", "state", "facts", "text"]
    assert late["facts"]["open_yuan"] == 12.5
    assert late["text"].startswith("Payment 2: 812.50 yuan")


def test_alarms_of_the_registration_have_their_days() -> None:
    assert printed()["registration"]["alarms"][0] == {"days_before": 90, "day": "2027-10-17"}


def test_the_checklist_has_codes_states_and_paths() -> None:
    first, second, *_ = printed()["checklist"]
    assert list(first) == ["code", "label", "state", "path", "fact"]
    assert (first["code"], first["state"]) == ("specified_account", "red_flag")
    assert (second["state"], second["fact"]) == ("met", "2028-01-15")


def test_flags_are_all_red_flags_and_the_warnings_on_the_loan() -> None:
    flags = printed()["flags"]
    assert [flag["code"] for flag in flags] == [
        "no_specified_account", "right_has_ended", "loan_on_gross",
    ]  # fmt: skip
    assert list(flags[0]) == ["code", "severity", "path", "text"]
    assert [flag["severity"] for flag in flags] == ["red_flag", "red_flag", "warning"]


def test_what_a_case_does_not_have_is_null() -> None:
    bare = printed(credit=None, registration=None, life=None, green=None)
    assert [bare[key] for key in ("credit", "registration", "life", "green")] == [None] * 4


def test_codes_do_not_change_with_the_language() -> None:
    english, chinese = printed(), printed("zh")
    assert list(chinese) == list(english)
    assert chinese["sizing"]["binding"] == english["sizing"]["binding"]
    assert [row["code"] for row in chinese["checklist"]] == [
        row["code"] for row in english["checklist"]
    ]
