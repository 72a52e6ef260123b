"""Registration, life, green class and checklist of a loan, written by hand for tests."""

from datetime import date
from decimal import Decimal

from app.finance.lending.life_results import (
    ChecklistItem,
    DueItem,
    EventResult,
    GreenResult,
    KpiResult,
    LedgerDay,
    LifeResult,
    RegistrationEntry,
    RegistrationResult,
    WatchPoint,
    WaterfallLine,
)

DRAWN, FIRST, SECOND = date(2025, 1, 15), date(2025, 4, 15), date(2025, 7, 15)
_NIL = Decimal("0.00")


def yuan(amount: str) -> Decimal:
    """Return an amount of yuan."""
    return Decimal(amount)


REGISTRATION = RegistrationResult(
    description_zh="担保财产：碳汇收益权。",
    history=(
        RegistrationEntry(DRAWN, "initial", "R-1", 36, date(2028, 1, 15), ""),
        RegistrationEntry(FIRST, "amendment", "", None, None, "new name"),
    ),
    number="R-1",
    ends=date(2028, 1, 15),
    required_end=date(2030, 1, 15),
    state="active",
    alarms=((90, date(2027, 10, 17)), (30, date(2027, 12, 16)), (7, date(2028, 1, 8))),
    cancel_by=None,
    amend_by=SECOND,
    missing=("loan.registration.secured_code", "loan.registration.history"),
)


def ledger_day(day: date, *events: str, received: str = "0.00") -> LedgerDay:
    """Return a day of the ledger with 500.00 yuan of principal and 3.00 of interest accrued."""
    got = yuan(received)
    return LedgerDay(
        day, events, _NIL, got, _NIL, _NIL, got, _NIL, yuan("500.00"), _NIL, _NIL, yuan("3.00"),
        _NIL, _NIL, _NIL,
    )  # fmt: skip


def watch_point(state: str, coverage: float) -> WatchPoint:
    """Return coverage on a day in a state, with what it takes to cure it."""
    called = state in ("margin_call", "enforcement")
    return WatchPoint(
        FIRST, 650.0, yuan("503.00"), coverage, state, yuan("54.20" if called else "0.00"),
        yuan("38.71" if called else "0.00"), SECOND if called else None, (64.0, 56.0, None), True,
        "spot price",
    )  # fmt: skip


def payment_due(kind: str, open_yuan: str) -> DueItem:
    """Return the second payment, of which some is open."""
    facts = {
        "number": 2,
        "kind": kind,
        "payment_yuan": yuan("812.50"),
        "principal_yuan": yuan("800.00"),
        "interest_yuan": yuan("10.00"),
        "fee_yuan": yuan("2.50"),
        "open_yuan": yuan(open_yuan),
    }
    return DueItem(SECOND, "payment", "late", facts)


DUE = (
    payment_due("payment", "12.50"),
    payment_due("prepayment", "812.50"),
    payment_due("extension", "0.00"),
    DueItem(DRAWN, "drawdown", "done", {"amount_yuan": yuan("500.00")}),
    DueItem(FIRST, "repricing", "ahead", {"rate": 0.0385}),
    DueItem(FIRST, "inspection", "due", {"number": 1}),
    DueItem(FIRST, "revaluation", "due", {"number": 3}),
    DueItem(FIRST, "verification", "due", {"monitored_to": DRAWN}),
    DueItem(FIRST, "registration_90", "due", {"ends": SECOND, "number": "R-1"}),
    DueItem(FIRST, "registration_30", "due", {"ends": SECOND, "number": ""}),
    DueItem(FIRST, "registration_7", "due", {"ends": SECOND, "number": "R-1"}),
    DueItem(FIRST, "registration_end", "due",
            {"ends": SECOND, "number": "R-1", "required_end": SECOND}),
    DueItem(FIRST, "cancel_registration", "due", {"discharged_on": SECOND, "number": "R-1"}),
    DueItem(FIRST, "amend_registration", "due", {"renamed_on": DRAWN, "number": "R-1"}),
    DueItem(FIRST, "insurance_end", "due", {"name": "", "position": 2}),
    DueItem(FIRST, "guarantee_end", "due", {"name": "Harbour Group", "position": 0}),
    DueItem(FIRST, "appraisal_end", "due", {"name": "", "position": None, "kind": ""}),
    DueItem(FIRST, "appraisal_end", "due", {"name": "", "position": 1, "kind": "sea_area_right"}),
    DueItem(FIRST, "cure", "late", {"cause": "low_tonnes", "since": DRAWN}),
    DueItem(FIRST, "cure", "due", {"cause": "margin_call", "since": DRAWN,
            "add_security_yuan": yuan("54.20"), "prepay_yuan": yuan("38.71")}),
    DueItem(FIRST, "kpi_test", "ahead",
            {"name": "Removals", "unit": "t", "target": 1000.0, "actual": None}),
)  # fmt: skip

LIFE = LifeResult(
    as_of=FIRST,
    ledger=(ledger_day(DRAWN, "drawn"), ledger_day(FIRST, "due", "received", received="5.00")),
    now=ledger_day(FIRST, "due", "received", received="5.00"),
    days_past_due=31,
    five_class="special_mention",
    watch=(watch_point("above", 1.9), watch_point("margin_call", 1.2922)),
    events=(
        EventResult(0, FIRST, "low_tonnes", True, 0.7, SECOND, "open"),
        EventResult(1, FIRST, "damage", False, None, None, "noted"),
    ),
    waterfall=(
        WaterfallLine("proceeds", yuan("400.00"), _NIL),
        WaterfallLine("interest", yuan("3.00"), _NIL),
        WaterfallLine("principal", yuan("397.00"), yuan("103.00")),
        WaterfallLine("surplus", _NIL, _NIL),
    ),
    due=DUE,
    released=False,
    cancel_by=None,
)

GREEN = GreenResult(
    edition="2025",
    answer="green",
    item="coastal wetlands",
    item_code="5.1",
    verified_code=False,
    transitional=False,
    kpis=(
        KpiResult("Removals", "t", FIRST, 1000.0, 1200.0, True, "Verifier"),
        KpiResult("Survival", "%", SECOND, 85.0, None, None, ""),
    ),
    rate_step_bp=-10.0,
    avoided_tco2e_yr=1234.5,
    avoided_from_case=True,
    missing=("loan.green.checked_on",),
    four_eyes=False,
    step_from=FIRST,
    step_yuan_yr=-0.3,
)

CHECKLIST = (
    ChecklistItem("specified_account", False, "loan.specified_account", "", stops=True),
    ChecklistItem("registration_term", True, "loan.registration_end", date(2028, 1, 15)),
    ChecklistItem("legal_form", True, "loan.legal_form", "income_right"),
    ChecklistItem("sizing", False, "loan.amount_yuan", yuan("600.00")),
    ChecklistItem("cover", True, "loan.min_dscr", 1.25),
    ChecklistItem("extension", None, "loan.extension", None),
)
