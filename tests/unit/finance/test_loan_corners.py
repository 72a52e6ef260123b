"""Loans at the edge of the calendar and of the value: no schedule and no remedy that is false."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from app.finance.case.lending.days import BusinessDays, DayCount, PaymentDays
from app.finance.case.lending.stress import StressLine
from app.finance.case.lending.terms import (
    InterestPayment,
    PaymentFrequency,
    PrepaymentLine,
    PrincipalLine,
    StepLine,
    TrancheLine,
)
from app.finance.case.loan import Repayment, ValuationBasis
from app.finance.errors import DomainError
from app.finance.lending.schedule import build_schedule
from app.finance.lending.stress_set import changes_of
from tests.unit.finance.loan_terms import loan_of
from tests.unit.finance.sized_loans import bounds_of, parts_of, remedy

CONVENTIONS = Path(__file__).parents[3] / "resources" / "demo" / "conventions"
NATIONAL_DAY: dict[str, Any] = {
    "drawdown_date": date(2025, 10, 1),
    "payment_days": PaymentDays.SETTLEMENT,
    "settlement_day": 1,
    "business_days": BusinessDays.PRECEDING,
    "accrual_moves": True,
}
"""A first payment on a holiday that moves back onto the drawdown: a period without days."""


def test_steps_hold_when_the_first_period_has_no_days() -> None:
    lines = build_schedule(
        loan_of(repayment=Repayment.STEP, term_months=4, steps=(StepLine(2, 0.25),), **NATIONAL_DAY)
    ).lines
    assert [line.principal_yuan for line in lines] == [0, *[Decimal(750_000)] * 3, 750_000]


def test_a_table_holds_when_the_first_period_has_no_days() -> None:
    days = (date(2025, 10, 20), date(2025, 11, 3), date(2025, 12, 1))
    lines = build_schedule(
        loan_of(
            repayment=Repayment.CUSTOM,
            interest_payment=InterestPayment.MONTHLY,
            term_months=None,
            principal_table=tuple(PrincipalLine(day, Decimal(1_000_000)) for day in days),
            **NATIONAL_DAY,
        )
    ).lines
    paid = [(line.due, line.principal_yuan) for line in lines if line.principal_yuan]
    assert paid == [(day, Decimal(1_000_000)) for day in days]


@pytest.mark.parametrize("moves", [True, False])
def test_no_tranche_is_drawn_after_a_holiday_moved_the_last_payment(moves: bool) -> None:
    half = Decimal(1_500_000)
    loan = loan_of(
        repayment=Repayment.EQUAL_PRINCIPAL,
        payment_frequency=PaymentFrequency.QUARTERLY,
        drawdown_date=date(2025, 5, 5),
        term_months=5,
        day_count=DayCount.ACT_365F,
        business_days=BusinessDays.PRECEDING,
        accrual_moves=moves,
        tranches=(TrancheLine(date(2025, 5, 5), half), TrancheLine(date(2025, 10, 4), half)),
    )
    with pytest.raises(DomainError) as refused:
        build_schedule(loan)  # 5 October 2025 is a holiday: all is repaid on 30 September
    assert refused.value.code == "not_before_maturity"
    assert refused.value.facts["path"] == "loan.tranches.1.day"
    assert refused.value.facts["maturity"] == date(2025, 9, 30)


def test_what_is_all_balloon_pays_interest_only() -> None:
    loan = loan_of(
        repayment=Repayment.BALLOON,
        balloon_share=0.999,
        term_months=9,
        payment_frequency=PaymentFrequency.QUARTERLY,
        drawdown_date=date(2025, 12, 31),
        day_count=DayCount.THIRTY_E_360,
        prepayments=(PrepaymentLine(date(2026, 1, 9), Decimal(150_000)),),
    )
    lines = build_schedule(loan).lines
    assert [line.principal_yuan for line in lines] == [150_000, 0, 0, 2_850_000]


def case_of(name: str, document: dict[str, Any], **loan: object) -> dict[str, Any]:
    """Return the document with right and values of a demonstration case."""
    shown = json.loads((CONVENTIONS / f"{name}.bcd.json").read_text(encoding="utf-8"))
    document["project"], document["appraisal"] = shown["project"], shown["appraisal"]
    document["loan"] |= {
        "amount_yuan": 900_000,
        "purpose_need_yuan": 900_000,
        "drawdown_date": "2025-07-01",
        "term_months": 60,
        "repayment": "equal_principal",
        "payment_frequency": "yearly",
        "valuation_basis": "net",
        "path_ratio": 0.7,
    } | loan
    return document


def test_no_price_helps_a_loan_that_outlives_its_right(document: dict[str, Any]) -> None:
    """The right ends half a year before the last payment: the evening before it nothing is left."""
    bound = bounds_of(case_of("negative-net", document))["ltv_path"]
    assert bound.amount_yuan == 0
    assert remedy(bound, "price") is None
    assert remedy(bound, "security") == pytest.approx(900_000 / 0.7)


def test_no_price_is_named_where_other_approaches_weigh(document: dict[str, Any]) -> None:
    """Comparables and costs stay at another price, so that the value would not follow it."""
    found = bounds_of(case_of("approaches", document, valuation_basis="concluded"))
    for code in ("pledge_ratio", "ltv_path"):
        assert {line.code for line in found[code].remedies} >= {"ratio", "security"}
        assert all(line.code != "price" for line in found[code].remedies)


def test_gross_value_of_a_cost_tool_case_starts_at_the_value_of_the_case(
    document: dict[str, Any],
) -> None:
    """Its prices begin four growth steps below that of the valuation date; the value does not."""
    case = case_of("cost-tool-seagrass-planting", document, valuation_basis="gross")
    parts = parts_of(case | {"loan": case["loan"] | {"drawdown_date": "2025-01-01"}})
    assert parts.path is not None
    first = parts.path.points[0]
    assert first.day == date(2025, 1, 1)
    assert first.right_yuan == pytest.approx(float(parts.values.by_basis(ValuationBasis.GROSS)))


def test_a_year_of_delisting_is_told_as_a_whole_number(document: dict[str, Any]) -> None:
    line = StressLine(name="withdrawn", delisting_year=2027, delay_months=6, price_change=-0.5)
    told = changes_of(line, parts_of(document).appraisal)
    assert json.dumps(told) == '{"price_change": -0.5, "delay_months": 6, "delisting_year": 2027}'
