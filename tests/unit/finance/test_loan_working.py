"""The working of the schedule says how its figures come about."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from app.finance.case.lending.days import DayCount, PaymentDays
from app.finance.case.lending.terms import (
    FeeLine,
    PrepaymentLine,
    PrincipalLine,
    Repayment,
    StepLine,
    TrancheLine,
)
from app.finance.explain import Step, Value
from app.finance.lending.effective_rate import effective_rate
from app.finance.lending.schedule import build_schedule
from app.finance.lending.schedule_results import Schedule
from app.finance.lending.schedule_working import schedule_steps
from tests.unit.finance.plain_loans import loan

WAYS: dict[Repayment, dict[str, Any]] = {
    Repayment.EQUAL_INSTALMENT: {},
    Repayment.EQUAL_PRINCIPAL: {},
    Repayment.BULLET: {},
    Repayment.SEASONAL: {"harvest_months": "4, 11"},
    Repayment.STEP: {"steps": (StepLine(1, 0.05),)},
    Repayment.BALLOON: {"balloon_share": 0.3},
    Repayment.SCULPTED: {"target_dscr": 2.0},
    Repayment.CUSTOM: {
        "principal_table": (
            PrincipalLine(date(2025, 4, 15), Decimal(100_000)),
            PrincipalLine(date(2026, 1, 15), Decimal(200_000)),
        )
    },
}
CASH = [60_000.0] * 12


def worked(**terms: Any) -> tuple[Schedule, dict[str, Step]]:
    asked = loan(**terms)
    schedule = build_schedule(asked, cash=CASH)
    steps = schedule_steps(asked, schedule, effective_rate(schedule, asked))
    return schedule, {step.key: step for step in steps}


def terms_of(step: Step) -> dict[str, Value]:
    return {term.symbol: term.value for term in step.terms}


def number(value: Value) -> float:
    assert isinstance(value, (int, float, Decimal))
    return float(value)


PARTS = {
    DayCount.MONTHS: lambda t: t["m"] / 12 + t["d"] / 360,
    DayCount.ACT_360: lambda t: t["d"] / 360,
    DayCount.ACT_365F: lambda t: t["d"] / 365,
    DayCount.THIRTY_360: lambda t: t["d"] / 360,
    DayCount.THIRTY_E_360: lambda t: t["d"] / 360,
    DayCount.ACT_ACT: lambda t: t["d"] / 365 + t["e"] / 366,
}


@pytest.mark.parametrize("basis", list(DayCount))
@pytest.mark.parametrize("start", [date(2025, 1, 15), date(2023, 12, 29), date(2025, 3, 31)])
@pytest.mark.parametrize("settled", list(PaymentDays)[:2])
def test_the_first_interest_follows_from_its_formula(
    basis: DayCount, start: date, settled: PaymentDays
) -> None:
    schedule, steps = worked(day_count=basis, drawdown_date=start, payment_days=settled)
    step = steps["loan.first_interest"]
    assert step.formula.startswith("I₁ = P × R × t,  t = ")
    found = {symbol: number(value) for symbol, value in terms_of(step).items()}
    assert number(step.value) == pytest.approx(
        found["P"] * found["R"] * PARTS[basis](found), abs=0.00501
    )
    assert step.value == schedule.lines[0].interest_yuan


def by_formula(repayment: Repayment, terms: dict[str, float]) -> float:
    """Compute the printed formula from the printed terms."""
    owed, rate, count = terms["P"], terms["R"] / 12, terms["n"]
    worth: float = (1 + rate) ** -count
    annuity = (1 - worth) / rate
    payments = {
        Repayment.EQUAL_INSTALMENT: owed / annuity,
        Repayment.EQUAL_PRINCIPAL: owed / count + terms["I₁"],
        Repayment.BULLET: terms["I₁"],
        Repayment.SEASONAL: owed / count + terms["I₁"],
        Repayment.STEP: terms.get("s", 0) * terms.get("L", 0) + terms["I₁"],
        Repayment.BALLOON: owed * (1 - terms.get("b", 0) * worth) / annuity,
        Repayment.SCULPTED: CASH[0] / terms.get("DSCR", 1),
        Repayment.CUSTOM: terms["p₁"] + terms["I₁"],
    }
    return payments[repayment]


@pytest.mark.parametrize("repayment", list(Repayment))
def test_the_first_payment_follows_from_its_formula(repayment: Repayment) -> None:
    schedule, steps = worked(repayment=repayment, **WAYS[repayment])
    step = steps["loan.first_payment"]
    found = {symbol: number(value) for symbol, value in terms_of(step).items()}
    assert number(step.value) == pytest.approx(by_formula(repayment, found), abs=0.00501)
    assert step.value == schedule.lines[0].payment_yuan


@pytest.mark.parametrize(
    ("terms", "formula"),
    [
        ({}, "A = P × i × (1 + i)^n / ((1 + i)^n − 1),  i = R × t"),
        ({"day_count": DayCount.ACT_360}, "A = P / Σ_k 1 / Π_(j≤k) (1 + R × t_j)"),
        ({"payment_days": PaymentDays.SETTLEMENT}, "A = P / Σ_k 1 / Π_(j≤k) (1 + R × t_j)"),
        ({"grace_months": 3}, "A₁ = I₁"),
        ({"term_months": 1}, "A₁ = P + I₁"),
        ({"fees": (FeeLine(date(2025, 2, 1), Decimal(9)),), "grace_months": 3}, "A₁ = I₁ + F₁"),
        ({"prepayments": (PrepaymentLine(date(2025, 2, 1), Decimal(9)),)}, "A₁ = p₁ + I₁"),
    ],
)
def test_the_formula_is_that_of_the_payment(terms: dict[str, Any], formula: str) -> None:
    assert worked(**terms)[1]["loan.first_payment"].formula == formula


def test_after_grace_the_first_payment_of_principal_is_explained_as_well() -> None:
    schedule, steps = worked(grace_months=3)
    step = steps["loan.first_principal"]
    assert step.formula.startswith("A = P × i × (1 + i)^n")
    assert step.value == schedule.lines[3].payment_yuan
    found = {symbol: number(value) for symbol, value in terms_of(step).items()}
    assert found["n"] == 9
    paid = by_formula(Repayment.EQUAL_INSTALMENT, found)
    assert number(step.value) == pytest.approx(paid, abs=0.00501)
    assert "loan.first_principal" not in worked()[1]


def test_a_drawing_within_the_period_makes_its_interest_a_sum() -> None:
    tranches = (
        TrancheLine(date(2025, 1, 15), Decimal(100_000)),
        TrancheLine(date(2025, 2, 1), Decimal(200_000)),
    )
    step = worked(tranches=tranches)[1]["loan.first_interest"]
    assert step.formula.startswith("I₁ = Σ_j P_j × R_j × t_j")
    assert step.note


@pytest.mark.parametrize("repayment", list(Repayment))
def test_interest_in_all_is_what_is_paid_beyond_principal_and_fees(repayment: Repayment) -> None:
    fees = (FeeLine(date(2025, 2, 1), Decimal(9)),)
    schedule, steps = worked(repayment=repayment, fees=fees, **WAYS[repayment])
    step = steps["loan.total_interest"]
    found = {symbol: number(value) for symbol, value in terms_of(step).items()}
    assert number(step.value) == pytest.approx(found["ΣA"] - found["ΣF"] - found["P"], abs=1e-6)
    assert step.value == schedule.total_interest_yuan


def test_the_annualised_rate_says_how_its_days_are_counted() -> None:
    by_months = worked(upfront_fee_yuan=Decimal(3_000))[1]["loan.annual_rate"]
    assert "(1 + i)^k" in by_months.formula
    assert terms_of(by_months)["F"] == Decimal("3000.00")
    assert by_months.source == "中国人民银行公告〔2021〕第3号"
    by_days = worked(payment_days=PaymentDays.SETTLEMENT)[1]["loan.annual_rate"]
    assert "(d_k / 365)" in by_days.formula
    assert by_days.note
