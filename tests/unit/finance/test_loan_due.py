"""What is due in the life of a loan, and whether it was done."""

from decimal import Decimal
from typing import Any

from app.finance.lending.due_context import NOTICE_DAYS
from tests.unit.finance.watched_loans import days_of, due_of, life_of, watched_document

FIRST_PAID = [{"day": "2025-06-30", "amount_yuan": 177_000}]


def test_the_calendar_is_in_the_order_of_the_days(document: dict[str, Any]) -> None:
    life = life_of(watched_document(document, as_of="2026-03-15"))
    days = [item.day for item in life.due]
    assert days == sorted(days)
    assert {item.state for item in life.due} == {"done", "due", "late", "ahead"}


def test_a_payment_is_done_when_its_bill_is_paid_and_late_when_it_is_not(
    document: dict[str, Any],
) -> None:
    life = life_of(watched_document(document, as_of="2025-12-15", receipts=FIRST_PAID))
    assert list(days_of(life, "payment").items())[:4] == [
        ("2025-06-30", "done"),
        ("2025-09-30", "late"),
        ("2025-12-31", "due"),
        ("2026-03-31", "ahead"),
    ]
    first, second, third, *_rest = due_of(life, "payment")
    assert first.facts["open_yuan"] == 0
    assert first.facts["principal_yuan"] == 150_000
    assert second.facts["open_yuan"] == second.facts["payment_yuan"] == Decimal("175650.00")
    assert third.facts["open_yuan"] == third.facts["payment_yuan"] == Decimal("174300.00")


def test_a_payment_paid_in_part_says_what_is_open(document: dict[str, Any]) -> None:
    part = [{"day": "2025-06-30", "amount_yuan": 100_000}]
    item = due_of(life_of(watched_document(document, as_of="2025-06-30", receipts=part)), "payment")
    assert (item[0].state, item[0].facts["open_yuan"]) == ("due", 77_000)


def test_tranches_are_due_and_done_on_their_days(document: dict[str, Any]) -> None:
    case = watched_document(document, as_of="2025-04-15")
    case["loan"]["tranches"] = [
        {"day": "2025-03-31", "amount_yuan": 2_000_000},
        {"day": "2025-05-31", "amount_yuan": 1_000_000},
    ]
    life = life_of(case)
    assert days_of(life, "drawdown") == {"2025-03-31": "done", "2025-05-31": "ahead"}
    assert [item.facts["amount_yuan"] for item in due_of(life, "drawdown")] == [2e6, 1e6]


def test_repricing_days_show_the_rate_as_known(document: dict[str, Any]) -> None:
    case = watched_document(document, as_of="2026-03-31", receipts=FIRST_PAID)
    case["loan"].update(
        rate_kind="floating", margin_bp=50, annual_rate=None, repricing="anniversary",
        lpr=[{"day": "2025-03-20", "one_year": 0.031}, {"day": "2025-05-20", "one_year": 0.03}],
    )  # fmt: skip
    items = due_of(life_of(case), "repricing")
    assert [item.day.year for item in items] == [2026, 2027, 2028, 2029]
    assert [item.state for item in items[:2]] == ["done", "ahead"]
    assert [item.facts["rate"] for item in items] == [0.035] * 4


def test_the_first_inspection_is_within_15_days_and_the_others_in_their_rhythm(
    document: dict[str, Any],
) -> None:
    made = [{"day": "2025-04-10"}, {"day": "2025-07-05", "finding": "use as agreed"}]
    life = life_of(watched_document(document, as_of="2025-10-10", inspections=made))
    assert list(days_of(life, "inspection").items())[:5] == [
        ("2025-04-15", "done"),
        ("2025-06-30", "done"),
        ("2025-09-30", "late"),
        ("2025-12-31", "ahead"),
        ("2026-03-31", "ahead"),
    ]
    missed = life_of(watched_document(document, as_of="2025-10-10", inspections=made[:1]))
    assert list(days_of(missed, "inspection").values())[:3] == ["done", "late", "late"]


def test_a_revaluation_is_due_every_year_of_the_loan(document: dict[str, Any]) -> None:
    lines = [{"day": "2026-03-01", "price_yuan_t": 90}]
    life = life_of(watched_document(document, as_of="2027-04-01", revaluations=lines))
    assert days_of(life, "revaluation") == {
        "2026-03-31": "done",
        "2027-03-31": "late",
        "2028-03-31": "ahead",
        "2029-03-31": "ahead",
        "2030-03-31": "ahead",
    }


def test_a_verification_that_is_reported_late_stays_late_until_cured(
    document: dict[str, Any],
) -> None:
    event = {"day": "2026-03-10", "kind": "late_verification"}
    case = watched_document(document, as_of="2026-03-15", events=[event])
    case["project"]["issuance_lag_months"] = 3
    case["project"]["verifications"] = [
        {"monitored_to": "2024-12-31", "verified_on": "2025-03-01"},
        {"monitored_to": "2025-12-31", "verified_on": "2026-03-01"},
        {"monitored_to": "2026-12-31", "verified_on": "2027-03-01"},
    ]
    assert days_of(life_of(case), "verification") == {"2026-03-01": "late", "2027-03-01": "ahead"}
    case["loan"]["monitoring"]["events"][0]["cured_on"] = "2026-03-14"
    assert days_of(life_of(case), "verification")["2026-03-01"] == "done"


def registered(document: dict[str, Any], as_of: str, **record: Any) -> dict[str, Any]:
    case = watched_document(document, as_of=as_of, **record.pop("watched", {}))
    history = [{"day": "2025-03-28", "kind": "initial", "number": "No 1", "months": 24}]
    history += record.pop("history", [])
    case["loan"]["registration"] = {"category": "receivable", "history": history, **record}
    return case


def test_alarms_of_the_registration_follow_one_another(document: dict[str, Any]) -> None:
    alarms = ("registration_90", "registration_30", "registration_7", "registration_end")

    def states(as_of: str) -> list[str]:
        life = life_of(registered(document, as_of))
        return [due_of(life, code)[0].state for code in alarms]

    life = life_of(registered(document, "2025-04-01"))
    days = [due_of(life, code)[0].day.isoformat() for code in alarms]
    assert days == ["2026-12-28", "2027-02-26", "2027-03-21", "2027-03-28"]
    assert states("2026-01-01") == ["ahead", "ahead", "ahead", "ahead"]
    assert states("2026-12-27") == ["ahead", "ahead", "ahead", "ahead"]
    assert states("2026-12-28") == ["due", "ahead", "ahead", "ahead"]
    assert states("2027-03-22") == ["done", "done", "due", "due"]
    assert states("2027-03-29") == ["late", "late", "late", "late"]


def test_without_a_record_the_end_entered_with_the_loan_is_watched(
    document: dict[str, Any],
) -> None:
    case = watched_document(document)
    case["loan"].update(registration_no="No 1", registration_end="2032-03-31")
    (end,) = due_of(life_of(case), "registration_end")
    assert (end.day.isoformat(), end.state, end.facts["number"]) == ("2032-03-31", "ahead", "No 1")


def test_cancellation_and_amendment_are_done_by_their_registrations(
    document: dict[str, Any],
) -> None:
    watched = {
        "receipts": [{"day": "2025-04-01", "amount_yuan": 3_283_500}],
        "discharged_on": "2025-09-26",
    }
    terms: dict[str, Any] = {"watched": watched, "pledgor_renamed_on": "2025-05-10"}
    life = life_of(registered(document, "2025-10-20", **terms))
    assert {item.state for item in due_of(life, "payment")} == {"done"}
    assert days_of(life, "cancel_registration") == {"2025-10-16": "late"}
    assert days_of(life, "amend_registration") == {"2025-09-10": "late"}
    history = [
        {"day": "2025-08-01", "kind": "amendment", "number": "No 1"},
        {"day": "2025-10-14", "kind": "cancellation", "number": "No 1"},
    ]
    life = life_of(registered(document, "2025-10-20", history=history, **terms))
    assert days_of(life, "cancel_registration") == {"2025-10-16": "done"}
    assert days_of(life, "amend_registration") == {"2025-09-10": "done"}


def test_ends_of_policies_guarantees_and_appraisals_are_watched(document: dict[str, Any]) -> None:
    case = watched_document(document, as_of="2026-03-20")
    case["loan"]["collaterals"] = [
        {"kind": "carbon_right"},
        {"kind": "insurance_assignment", "name": "P1", "value_yuan": 1,
         "valid_until": "2026-03-01"},
        {"kind": "guarantee", "value_yuan": 1, "valid_until": "2029-12-31"},
        {"kind": "sea_area_right", "value_yuan": 1, "valid_until": "2026-04-19"},
        {"kind": "equipment", "value_yuan": 1, "valid_until": "2035-01-01"},
    ]  # fmt: skip
    life = life_of(case)
    assert days_of(life, "insurance_end") == {"2026-03-01": "late"}
    assert due_of(life, "insurance_end")[0].facts == {
        "name": "P1", "position": 1, "kind": "insurance_assignment",
    }  # fmt: skip
    assert days_of(life, "guarantee_end") == {"2029-12-31": "ahead"}
    # the appraisal of the case is valid for twelve months from 31 March 2025
    assert days_of(life, "appraisal_end") == {"2026-03-31": "due", "2026-04-19": "due"}
    assert NOTICE_DAYS == 30


def test_cures_of_calls_and_events_stand_in_the_calendar(document: dict[str, Any]) -> None:
    watched = {
        "receipts": FIRST_PAID,
        "revaluations": [
            {"day": "2025-06-30", "price_yuan_t": 38},
            {"day": "2025-07-10", "price_yuan_t": 60},
        ],
        "events": [{"day": "2025-07-01", "kind": "damage"}, {"day": "2025-07-02", "kind": "other"}],
    }
    called = life_of(watched_document(document, as_of="2025-07-02", **watched))
    call, event = due_of(called, "cure")
    assert (call.day.isoformat(), call.state) == ("2025-07-14", "due")
    assert call.facts["cause"] == "margin_call"
    assert call.facts["prepay_yuan"] > Decimal("135714.29")  # interest of two days is owed too
    assert (event.facts["cause"], event.state) == ("damage", "due")
    cured = life_of(watched_document(document, as_of="2025-07-31", **watched))
    assert [item.state for item in due_of(cured, "cure")] == ["done", "late"]


def test_indicators_are_done_when_they_were_tested(document: dict[str, Any]) -> None:
    case = watched_document(document, as_of="2026-01-10")
    line = {"name": "hectares restored", "target": 10, "test_day": "2025-12-31"}
    later = {"name": "survival", "target": 0.8, "test_day": "2026-12-31"}
    case["loan"]["green"] = {"edition": "2025", "kpis": [line | {"actual": 9}, later]}
    assert days_of(life_of(case), "kpi_test") == {"2025-12-31": "done", "2026-12-31": "ahead"}
