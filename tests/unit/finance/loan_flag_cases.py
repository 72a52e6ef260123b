"""Changes of a loan in order, and the notice that each of them raises."""

from typing import Any

from app.finance.notices import Severity

RED, WARNING = Severity.RED_FLAG, Severity.WARNING
EDITION = "绿色金融支持项目目录（2025年版）"

LOAN: dict[str, Any] = {
    "amount_yuan": 500_000,
    "purpose_need_yuan": 20_000_000,
    "lender": "Bank",
    "borrower": "Farm",
    "specified_account": "1109000123",
    "account_bank": "Branch",
    "query_certificate_no": "Q1",
    "query_day": "2025-03-30",
    "registration_tail_months": 24,
    "collaterals": [
        {"kind": "carbon_right", "first_registered": True, "secured_maximum_yuan": 600_000},
        {
            "kind": "insurance_assignment",
            "value_yuan": 100_000,
            "valid_until": "2026-12-31",
            "secured_maximum_yuan": 100_000,
        },
        {
            "kind": "guarantee",
            "value_yuan": 100_000,
            "valid_until": "2028-12-31",
            "secured_maximum_yuan": 100_000,
        },
        {
            "kind": "sea_area_right",
            "value_yuan": 100_000,
            "valued_on": "2025-01-31",
            "first_registered": True,
            "secured_maximum_yuan": 100_000,
        },
    ],
    "registration": {
        "category": "receivable",
        "secured_code": "x",
        "secured_institution_code": "x",
        "secured_representative": "x",
        "secured_address": "x",
        "pledgor_code": "x",
        "pledgor_representative": "x",
        "pledgor_address": "x",
        "history": [{"day": "2025-03-28", "kind": "initial", "number": "R1", "months": 60}],
    },
}
GREEN = {
    "edition": EDITION,
    "answer": "green",
    "item": "x",
    "item_code": "5.9.9",
    "evidence": "x",
    "approved_on": "2025-10-08",
    "decided_by": "A",
    "decided_on": "2025-10-08",
    "checked_by": "B",
    "checked_on": "2025-10-09",
}
HISTORY = "loan.registration.history"

WATCH = {"as_of": "2026-03-01", "overdue_multiple": 1.5}

CASES: list[tuple[dict[str, Any], str, Severity]] = [
    ({"loan.specified_account": ""}, "no_specified_account", RED),
    ({"loan.account_bank": ""}, "no_account_bank", RED),
    ({"loan.registration": None}, "no_registration", RED),
    ({"loan.query_certificate_no": ""}, "no_query_certificate", RED),
    ({"loan.query_day": None}, "query_day_missing", WARNING),
    ({"loan.query_day": "2025-04-01"}, "query_after_drawdown", RED),
    ({f"{HISTORY}.0.months": 35}, "registration_ends_early", RED),
    (
        {"loan.registration": None, "loan.registration_no": "R1"},
        "registration_end_missing",
        WARNING,
    ),
    ({f"{HISTORY}.0.months": 11, "loan.monitoring": WATCH}, "registration_expired", RED),
    ({f"{HISTORY}.0.months": 12, "loan.monitoring": WATCH}, "registration_alarm", WARNING),
    (
        {
            HISTORY: [
                *LOAN["registration"]["history"],
                {"day": "2025-03-29", "kind": "cancellation"},
            ]
        },
        "registration_cancelled",
        RED,
    ),
    (
        {
            HISTORY: [
                {"day": "2025-03-28", "kind": "initial", "number": "R1", "months": 12},
                {"day": "2026-03-29", "kind": "extension", "months": 60},
            ]
        },
        "registration_extended_late",
        RED,
    ),
    (
        {
            HISTORY: [
                {"day": "2025-03-28", "kind": "initial", "number": "R1", "months": 12},
                {"day": "2025-12-27", "kind": "extension", "months": 60},
            ]
        },
        "registration_extended_early",
        WARNING,
    ),
    ({f"{HISTORY}.0.day": "2025-04-01"}, "registered_after_drawdown", WARNING),
    ({"loan.registration.pledgor_code": ""}, "registration_incomplete", WARNING),
    (
        {"loan.monitoring": WATCH, "loan.registration.pledgor_renamed_on": "2025-11-30"},
        "amendment_due",
        WARNING,
    ),
    (
        {"loan.monitoring": WATCH, "loan.registration.pledgor_renamed_on": "2025-10-01"},
        "amendment_overdue",
        WARNING,
    ),
    (
        {"loan.monitoring": {**WATCH, "discharged_on": "2026-02-27"}},
        "cancellation_due",
        WARNING,
    ),
    (
        {"loan.monitoring": {**WATCH, "discharged_on": "2026-01-27"}},
        "cancellation_overdue",
        RED,
    ),
    ({"loan.monitoring": WATCH}, "payments_overdue", WARNING),
    (
        {"loan.monitoring": {**WATCH, "discharged_on": "2026-02-27"}},
        "discharged_while_owed",
        WARNING,
    ),
    ({"loan.legal_form": "repo"}, "repo_recharacterised", RED),
    ({"project.sea_area_right_end": "2027-03-30"}, "matures_after_right", RED),
    ({"loan.right_buffer_months": 118}, "matures_after_right", RED),
    ({"appraisal.valuation_date": "2024-03-30"}, "appraisal_expired", RED),
    ({"appraisal.valuation_date": "2025-04-01"}, "valued_after_drawdown", WARNING),
    (
        {
            "project.ledger": [
                {"day": "2025-01-01", "kind": "pledged", "vintage": 2025, "tonnes": 1}
            ]
        },
        "already_pledged",
        RED,
    ),
    ({"loan.extension": {"months": 13, "consent": "all"}}, "extension_too_long", RED),
    ({"loan.extension": {"months": 12}}, "extension_without_consent", WARNING),
    ({"loan.collaterals.1.valid_until": "2025-03-30"}, "insurance_lapsed", RED),
    ({"loan.collaterals.1.valid_until": "2026-03-30"}, "insurance_ends_before_maturity", WARNING),
    (
        {"loan.collaterals.1.valid_until": "2026-02-28", "loan.monitoring": WATCH},
        "insurance_lapsed",
        RED,
    ),
    ({"loan.collaterals.1.valid_until": None}, "insurance_end_missing", WARNING),
    ({"loan.collaterals.2.valid_until": "2025-03-30"}, "guarantee_ended", RED),
    ({"loan.collaterals.2.valid_until": "2026-03-30"}, "guarantee_ends_before_maturity", WARNING),
    ({"loan.collaterals.3.first_registered": False}, "not_first_registered", WARNING),
    ({"loan.collaterals.0.first_registered": None}, "rank_not_known", WARNING),
    ({"loan.collaterals.3.valued_on": "2024-03-30"}, "collateral_value_old", WARNING),
    ({"loan.collaterals.3.valid_until": "2025-03-30"}, "collateral_value_expired", WARNING),
    ({"loan.collaterals.0.kind": "issued_credits"}, "issued_credits_without_value", WARNING),
    ({"loan.secured_margin": 0.9}, "secured_maximum_low", WARNING),
    ({"loan.amount_yuan": 2_000_000}, "amount_over_bounds", WARNING),
    ({"loan.amount_yuan": 2_000_000}, "dscr_below_one", WARNING),
    ({"loan.term_months": 3}, "no_sale_before_maturity", WARNING),
    (
        {
            "loan.business_days": "following",
            "loan.unknown_years": "weekends",
            "loan.term_months": 96,
        },
        "calendar_by_weekends",
        WARNING,
    ),
    ({"loan.business_days": "following"}, "calendar_not_in_case", WARNING),
    (
        {
            "loan.rate_kind": "floating",
            "loan.margin_bp": 50,
            "loan.lpr": [{"day": "2024-12-20", "one_year": 0.031}],
        },
        "lpr_old",
        WARNING,
    ),
    (
        {"loan.monitoring": WATCH | {"events": [{"day": "2026-02-27", "kind": "damage"}]}},
        "event_open",
        WARNING,
    ),
    (
        {"loan.monitoring": WATCH | {"events": [{"day": "2025-12-31", "kind": "damage"}]}},
        "event_overdue",
        WARNING,
    ),
    ({"loan.green": {**GREEN, "checked_by": "a"}}, "green_four_eyes", WARNING),
    ({"loan.green": {**GREEN, "evidence": ""}}, "green_incomplete", WARNING),
    ({"loan.green": {**GREEN, "item_code": "5"}}, "green_code_unverified", WARNING),
]
