"""Each way of repayment to the fen, and what must hold for all of them."""

import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.finance.case.lending.days import DayCount, PaymentDays
from app.finance.case.lending.terms import (
    FeeLine,
    InterestPayment,
    PaymentFrequency,
    PrincipalLine,
    Repayment,
    StepLine,
)
from app.finance.errors import DomainError
from app.finance.lending.schedule import build_schedule, unrounded_schedule
from app.finance.money import fen_of, round_to_fen, whole_fen
from tests.case_table import case_table
from tests.unit.finance.plain_loans import column, loan


@given(st.integers(-(10**15), 10**15), st.sampled_from([1, 2, 5, 8, 10, 16, 100, 1000, 3125]))
def test_whole_fen_is_round_to_fen_on_every_finite_decimal(numerator: int, below: int) -> None:
    yuan = Decimal(numerator) / below / 100
    assert whole_fen(numerator, below) == fen_of(yuan) == round_to_fen(yuan) * 100


def test_a_bullet_settled_on_the_20th_pays_interest_on_the_21st() -> None:
    case = case_table("finance")["L06"]
    terms, expected = json.loads(case["inputs"]), json.loads(case["expected"])
    lines = build_schedule(
        loan(
            amount_yuan=Decimal(terms["P"]),
            annual_rate=terms["R"],
            drawdown_date=date.fromisoformat(terms["draw"]),
            term_months=None,
            maturity_date=date.fromisoformat(terms["maturity"]),
            repayment=Repayment.BULLET,
            payment_days=PaymentDays.SETTLEMENT,
            day_count=DayCount.ACT_360,
        )
    ).lines
    assert [line.days for line in lines] == expected["days"]
    assert [float(line.interest_yuan) for line in lines] == expected["interest"]
    assert sum(line.interest_yuan for line in lines) == Decimal(str(expected["total"]))
    assert [line.due.day for line in lines] == [21, 21, 21, 21, 1]


def test_half_a_fen_of_interest_is_charged_as_a_whole_one() -> None:
    # 1.00 yuan x 6 % / 12 = 0.5 fen; a float of it lies below
    lines = build_schedule(
        loan(amount_yuan=Decimal(1), annual_rate=0.06, term_months=1, repayment=Repayment.BULLET,
             interest_payment=InterestPayment.MONTHLY)
    ).lines  # fmt: skip
    assert column(lines, "interest") == ["0.01"]


def test_where_interest_exceeds_the_instalment_it_is_paid_and_the_term_is_kept() -> None:
    # at 18 % over 30 years a month of 31 days bears more interest than the level payment
    long = loan(annual_rate=0.18, term_months=360, day_count=DayCount.ACT_360)
    lines = build_schedule(long).lines
    assert len(lines) == 360
    level = min(line.payment_yuan for line in lines[:-1])
    assert all(line.payment_yuan == max(level, line.interest_yuan) for line in lines[:-1])
    assert any(line.principal_yuan == 0 for line in lines)
    # without rounding the last payment is the level one as well
    exact = unrounded_schedule(long)
    last = exact.principal[-1] + exact.interest[-1]
    assert float(last) == pytest.approx(float(level), abs=0.006)


def test_in_grace_only_interest_is_paid_and_then_instalments_over_the_rest() -> None:
    lines = build_schedule(loan(grace_months=3)).lines
    assert column(lines, "principal")[:3] == ["0.00"] * 3
    assert column(lines, "payment")[:3] == ["962.50"] * 3
    nine = build_schedule(loan(term_months=9)).lines
    assert column(lines[3:], "payment") == column(nine, "payment")


def test_equal_principal_after_grace_is_parted_by_the_payments_left() -> None:
    lines = build_schedule(loan(grace_months=3, repayment=Repayment.EQUAL_PRINCIPAL)).lines
    assert column(lines, "principal") == ["0.00"] * 3 + ["33333.33"] * 8 + ["33333.36"]


def test_seasonal_principal_falls_due_in_equal_parts_in_the_harvest_months() -> None:
    lines = build_schedule(
        loan(
            repayment=Repayment.SEASONAL,
            harvest_months="6, 11",
            term_months=24,
            drawdown_date=date(2024, 11, 20),
            interest_payment=InterestPayment.AT_MATURITY,
        )
    ).lines
    assert [line.due.isoformat() for line in lines] == [
        "2025-06-20", "2025-11-20", "2026-06-20", "2026-11-20",
    ]  # fmt: skip
    assert column(lines, "principal") == ["75000.00"] * 4


def test_steps_repay_shares_of_the_loan_from_their_payment_on() -> None:
    lines = build_schedule(
        loan(
            repayment=Repayment.STEP,
            payment_frequency=PaymentFrequency.QUARTERLY,
            term_months=24,
            steps=(StepLine(3, 0.05), StepLine(5, 0.2)),
        )
    ).lines
    assert column(lines, "principal") == [
        "0.00", "0.00", "15000.00", "15000.00", "60000.00", "60000.00", "60000.00", "90000.00",
    ]  # fmt: skip


def test_a_balloon_leaves_its_share_for_the_last_payment() -> None:
    # PMT(3.85 %/12, 12, -300000, 90000) of the spreadsheet programs is 18,155.841
    lines = build_schedule(loan(repayment=Repayment.BALLOON, balloon_share=0.3)).lines
    assert {line.payment_yuan for line in lines[:-1]} == {Decimal("18155.84")}
    assert lines[-1].payment_yuan == Decimal("108155.85")


def test_sculpted_payments_keep_one_ratio_to_the_cash() -> None:
    cash = [30_000.0, 50_000.0, 80_000.0, 20_000.0, 60_000.0, 90_000.0]
    lines = build_schedule(loan(repayment=Repayment.SCULPTED, term_months=6), cash=cash).lines
    ratios = [c / float(line.payment_yuan) for c, line in zip(cash, lines, strict=True)]
    assert ratios == pytest.approx([ratios[0]] * 6, rel=1e-6)
    worth = sum(c / (1 + 0.0385 / 12) ** k for k, c in enumerate(cash, start=1))
    # LLCR of a loan sculpted at a DSCR is that DSCR
    assert ratios[0] == pytest.approx(worth / 300_000, rel=1e-6)


def test_sculpted_payments_never_fall_below_the_interest() -> None:
    cash = [200_000.0, 10.0, 0.0, 90_000.0, 0.0, 60_000.0]
    lines = build_schedule(loan(repayment=Repayment.SCULPTED, term_months=6), cash=cash).lines
    assert column(lines[1:3], "principal") == ["0.00", "0.00"]
    level = float(lines[0].payment_yuan) / cash[0]
    assert float(lines[3].payment_yuan) == pytest.approx(level * cash[3], abs=0.02)
    assert float(lines[5].payment_yuan) == pytest.approx(level * cash[5], abs=0.05)


def test_a_loan_sculpted_to_a_dscr_leaves_the_rest_to_the_last_payment() -> None:
    cash = [60_000.0] * 6
    lines = build_schedule(
        loan(repayment=Repayment.SCULPTED, term_months=6, target_dscr=2.0), cash=cash
    ).lines
    assert column(lines[:-1], "payment") == ["30000.00"] * 5
    assert lines[-1].payment_yuan > Decimal(100_000)


@pytest.mark.parametrize("cash", [None, [0.0] * 12, [-5.0] * 12])
def test_without_cash_there_is_nothing_to_sculpt_to(cash: list[float] | None) -> None:
    with pytest.raises(DomainError) as refused:
        build_schedule(loan(repayment=Repayment.SCULPTED), cash=cash)
    assert refused.value.code == "no_cash_to_sculpt"


def test_a_table_of_its_own_is_repaid_on_its_days() -> None:
    lines = build_schedule(
        loan(
            repayment=Repayment.CUSTOM,
            principal_table=(
                PrincipalLine(date(2025, 6, 1), Decimal(100_000)),
                PrincipalLine(date(2026, 1, 15), Decimal(200_000)),
            ),
        )
    ).lines
    repaid = {line.due: line.principal_yuan for line in lines if line.principal_yuan}
    assert repaid == {date(2025, 6, 1): 100_000, date(2026, 1, 15): 200_000}
    assert len(lines) == 5  # four quarters of interest and the day of the table


def test_fees_join_the_payment_of_their_period() -> None:
    lines = build_schedule(
        loan(
            fees=(
                FeeLine(date(2025, 3, 1), Decimal("12.30")),
                FeeLine(date(2025, 3, 15), Decimal(7)),
            )
        )
    ).lines
    assert column(lines, "fee") == ["0.00", "19.30"] + ["0.00"] * 10
    assert lines[1].payment_yuan == Decimal("25524.42") + Decimal("19.30")


def test_a_fee_after_the_last_payment_has_a_row_of_its_own() -> None:
    schedule = build_schedule(loan(term_months=1, fees=(FeeLine(date(2025, 9, 1), Decimal(7)),)))
    assert [line.due for line in schedule.lines] == [date(2025, 2, 15), date(2025, 9, 1)]
    assert column(schedule.lines[1:], "payment") == ["7.00"]
    assert schedule.total_fees_yuan == 7
