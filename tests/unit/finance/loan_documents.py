"""Changes of a loan's document that its rules refuse, each with path and code."""

from typing import Any

Change = dict[str, Any]

FLOATING: Change = {
    "rate_kind": "floating",
    "annual_rate": None,
    "margin_bp": 50,
    "lpr": [{"day": "2025-03-20", "one_year": 0.031}],
}
CREDIT: Change = {"grades": [{"grade": "A", "pd": 0.01}, {"grade": "B", "pd": 0.03}]}
NOT_BY_TERM: Change = {"term_months": None}


def custom(*lines: tuple[str, float], **terms: Any) -> Change:
    table = [{"day": day, "principal_yuan": amount} for day, amount in lines]
    return {"repayment": "custom", "principal_table": table, **NOT_BY_TERM, **terms}


def steps(*lines: tuple[int, float]) -> Change:
    table = [{"first_payment": first, "principal_share": share} for first, share in lines]
    return {"repayment": "step", "steps": table}


def tranches(*lines: tuple[str, float] | tuple[str, float, str]) -> Change:
    names = ("day", "amount_yuan", "last_day")
    return {"tranches": [dict(zip(names, line, strict=False)) for line in lines]}


def history(*lines: tuple[str, str]) -> Change:
    table = [{"day": day, "kind": kind} for day, kind in lines]
    return {"registration": {"category": "receivable", "history": table}}


def watched(**inputs: Any) -> Change:
    return {"monitoring": inputs}


def prepaid(*lines: tuple[str, float]) -> Change:
    return {"prepayments": [{"day": day, "amount_yuan": amount} for day, amount in lines]}


TERM_CASES: list[tuple[Change, str, str]] = [
    (NOT_BY_TERM, "term_months", "missing"),
    ({"maturity_date": "2026-04-01"}, "maturity_date", "maturity_disagrees"),
    ({"maturity_date": "2025-01-01", **NOT_BY_TERM}, "maturity_date", "not_after_drawdown"),
    ({"maturity_date": "2025-03-31", **NOT_BY_TERM}, "maturity_date", "not_after_drawdown"),
    ({"maturity_date": "2055-04-01", **NOT_BY_TERM}, "maturity_date", "maturity_too_late"),
    ({"term_months": 120_000}, "term_months", "maximum"),
    (custom(("2056-01-01", 2e7)), "principal_table.0.day", "maturity_too_late"),
    ({"grace_months": 12}, "grace_months", "grace_too_long"),
    ({"repayment": "seasonal"}, "harvest_months", "needed"),
    ({"repayment": "seasonal", "harvest_months": "June"}, "harvest_months", "not_months"),
    ({"repayment": "seasonal", "harvest_months": "0, 6"}, "harvest_months", "not_months"),
    ({"repayment": "seasonal", "harvest_months": "6, 13"}, "harvest_months", "not_months"),
    ({"repayment": "seasonal", "harvest_months": "6，11，6"}, "harvest_months", "not_months"),
    (
        {"payment_days": "first_date", "first_payment_date": "2025-03-31"},
        "first_payment_date",
        "not_after_drawdown",
    ),
    (
        {"payment_days": "first_date", "first_payment_date": "2026-04-01"},
        "first_payment_date",
        "after_maturity",
    ),
    ({"payment_days": "first_date"}, "first_payment_date", "needed"),
    (steps((4, 0.1), (4, 0.1)), "steps.1.first_payment", "step_not_after"),
    (steps((1, 0.3), (4, 0.2)), "steps", "steps_over_loan"),
    ({"repayment": "balloon", "balloon_share": 1}, "balloon_share", "balloon_leaves_nothing"),
    (custom(("2025-06-01", 1e7), ("2025-06-01", 1e7)), "principal_table.1.day",
     "not_after_line_before"),
    (custom(("2025-03-31", 1e7), ("2025-06-01", 1e7)), "principal_table.0.day",
     "not_after_drawdown"),
    (custom(("2025-06-01", 1e7)), "principal_table", "table_sum"),
    (custom(("2025-06-01", 2e7), term_months=12), "principal_table.0.day", "table_not_to_maturity"),
    ({"extension": {"months": 6, "amount_yuan": 2e7 + 1}}, "extension.amount_yuan", "over_loan"),
]  # fmt: skip

TABLE_CASES: list[tuple[Change, str, str]] = [
    (tranches(("2025-04-01", 1e7)), "tranches.0.day", "first_tranche_day"),
    (tranches(("2025-03-31", 1e6), ("2025-06-01", 1e6), ("2025-05-01", 1e6)), "tranches.2.day",
     "not_after_line_before"),
    (tranches(("2025-03-31", 1e6), ("2025-03-31", 1e6)), "tranches.1.day", "tranche_overlaps"),
    (tranches(("2025-03-31", 1e6, "2025-05-01"), ("2025-05-01", 1e6)), "tranches.1.day",
     "tranche_overlaps"),
    (tranches(("2025-03-31", 1e6, "2025-03-01")), "tranches.0.last_day", "before_start"),
    (tranches(("2025-03-31", 1e6), ("2026-03-31", 1e6)), "tranches.1.day", "not_before_maturity"),
    (tranches(("2025-03-31", 1e6, "2026-05-01")), "tranches.0.last_day", "not_before_maturity"),
    (tranches(("2025-03-31", 1e7), ("2025-05-01", 1e7 + 1)), "tranches", "tranches_over_amount"),
    (prepaid(("2025-06-01", 1e6), ("2025-05-01", 1e6)), "prepayments.1.day",
     "not_after_line_before"),
    (prepaid(("2025-03-31", 1e6)), "prepayments.0.day", "not_after_drawdown"),
    (prepaid(("2026-03-31", 1e6)), "prepayments.0.day", "not_before_maturity"),
    (prepaid(("2025-05-01", 2e7), ("2025-06-01", 1)), "prepayments", "prepayments_over_loan"),
    ({"fees": [{"day": "2025-03-30", "amount_yuan": 1}]}, "fees.0.day", "before_start"),
    ({"fees": [{"day": "2026-04-01", "amount_yuan": 1}]}, "fees.0.day", "after_maturity"),
    ({"fees": [{"day": "2025-05-01", "amount_yuan": 2e7}]}, "fees.0.amount_yuan", "not_below"),
    ({"upfront_fee_yuan": 2e7}, "upfront_fee_yuan", "not_below"),
    ({"upfront_fee_yuan": 1e6, **tranches(("2025-03-31", 1e6))}, "upfront_fee_yuan", "not_below"),
    ({**FLOATING, "lpr": []}, "lpr", "needed"),
    ({**FLOATING, "margin_bp": None}, "margin_bp", "needed"),
    ({**FLOATING, "lpr": [*FLOATING["lpr"], *FLOATING["lpr"]]}, "lpr.1.day",
     "not_after_line_before"),
    ({**FLOATING, "lpr_tenor": "5y"}, "lpr.0.five_years", "needed"),
    ({**FLOATING, "lpr": [{"day": "2025-03-31", "one_year": 0.031}]}, "lpr", "lpr_missing"),
    ({"annual_rate": None}, "annual_rate", "needed"),
    ({"annual_rate": -1}, "annual_rate", "minimum"),
    ({"calendar": [{"day": "2025-10-01", "kind": "holiday"}] * 2}, "calendar.1.day",
     "calendar_twice"),
    ({"other_cash": [{"first_year": 2027, "last_year": 2026, "amount_yuan_yr": 1}]},
     "other_cash.0.last_year", "before_start"),
    ({"pledge_ratio": 1.01}, "pledge_ratio", "maximum"),
    ({"collaterals": [{"kind": "carbon_right", "ratio_cap": 1.2}]}, "collaterals.0.ratio_cap",
     "maximum"),
    ({"collaterals": [{"kind": "carbon_right", "pledged_share": 1.2}]},
     "collaterals.0.pledged_share", "maximum"),
]  # fmt: skip

LIFE_CASES: list[tuple[Change, str, str]] = [
    ({"credit": {"grade": "A"}}, "credit.grades", "needed"),
    ({"credit": {**CREDIT, "grade": "C"}}, "credit.grade", "unknown_grade"),
    ({"credit": {"pd": 0.1, "defaulted_on": "2025-03-30"}}, "credit.defaulted_on", "before_start"),
    ({"credit": {"grades": [*CREDIT["grades"], CREDIT["grades"][0]]}}, "credit.grades.2.grade",
     "grade_twice"),
    ({"credit": {"scenarios": [{"name": "a", "weight": 0.5}, {"name": "b", "weight": 0.4}]}},
     "credit.scenarios", "weights_not_one"),
    (history(("2025-04-01", "amendment")), "registration.history.0.kind", "first_not_initial"),
    (history(("2025-04-01", "initial"), ("2025-03-01", "amendment")),
     "registration.history.1.day", "before_line_before"),
    (history(("2025-04-01", "initial"), ("2026-04-01", "cancellation"),
             ("2026-04-02", "extension")), "registration.history.2.kind", "after_cancellation"),
    ({"registration": {"category": "receivable", "first_vintage": 2026, "last_vintage": 2025}},
     "registration.last_vintage", "before_start"),
    (watched(warning_line=1.4), "monitoring.margin_line", "not_below"),
    (watched(enforcement_line=1.5), "monitoring.enforcement_line", "not_below"),
    (watched(as_of="2025-03-30"), "monitoring.as_of", "before_start"),
    (watched(discharged_on="2025-03-30"), "monitoring.discharged_on", "before_start"),
    (watched(receipts=[{"day": "2025-03-30", "amount_yuan": 1}]), "monitoring.receipts.0.day",
     "before_start"),
    (watched(costs=[{"day": "2025-03-30", "amount_yuan": 1}]), "monitoring.costs.0.day",
     "before_start"),
    (watched(revaluations=[{"day": "2025-03-30", "price_yuan_t": 60}]),
     "monitoring.revaluations.0.day", "before_start"),
    (watched(events=[{"day": "2025-03-30", "kind": "damage"}]), "monitoring.events.0.day",
     "before_start"),
    (watched(events=[{"day": "2025-05-01", "kind": "damage", "cured_on": "2025-04-30"}]),
     "monitoring.events.0.cured_on", "before_start"),
    (watched(diversions=[{"first_day": "2025-03-30", "amount_yuan": 1}]),
     "monitoring.diversions.0.first_day", "before_start"),
    (watched(diversions=[{"first_day": "2025-05-01", "amount_yuan": 1, "last_day": "2025-04-01"}]),
     "monitoring.diversions.0.last_day", "before_start"),
    (watched(diversions=[{"first_day": "2025-05-01", "amount_yuan": 2e7 + 1}]),
     "monitoring.diversions.0.amount_yuan", "over_loan"),
    ({"green": {"edition": "2025", "kpis": [
        {"name": "area", "test_day": "2025-03-30", "target": 1}]}},
     "green.kpis.0.test_day", "before_start"),
]  # fmt: skip

CENTS = 1000.005
MONEY_CASES: list[tuple[Change, str]] = [
    ({"amount_yuan": CENTS}, "amount_yuan"),
    ({"purpose_need_yuan": CENTS}, "purpose_need_yuan"),
    ({"upfront_fee_yuan": CENTS}, "upfront_fee_yuan"),
    ({"single_customer_cap_yuan": CENTS}, "single_customer_cap_yuan"),
    (tranches(("2025-03-31", CENTS)), "tranches.0.amount_yuan"),
    (prepaid(("2025-05-01", CENTS)), "prepayments.0.amount_yuan"),
    ({"fees": [{"day": "2025-05-01", "amount_yuan": CENTS}]}, "fees.0.amount_yuan"),
    ({"extension": {"months": 6, "amount_yuan": CENTS}}, "extension.amount_yuan"),
    ({"collaterals": [{"kind": "equipment", "value_yuan": CENTS}]}, "collaterals.0.value_yuan"),
    (
        {"collaterals": [{"kind": "carbon_right", "prior_claims_yuan": CENTS}]},
        "collaterals.0.prior_claims_yuan",
    ),
    ({"credit": {"undrawn_yuan": CENTS}}, "credit.undrawn_yuan"),
    (watched(proceeds_yuan=CENTS), "monitoring.proceeds_yuan"),
    (
        watched(receipts=[{"day": "2025-05-01", "amount_yuan": CENTS}]),
        "monitoring.receipts.0.amount_yuan",
    ),
    (
        watched(revaluations=[{"day": "2025-05-01", "value_yuan": CENTS}]),
        "monitoring.revaluations.0.value_yuan",
    ),
]
