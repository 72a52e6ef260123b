"""Disposal of the security, release of the loan, and its class by days past due."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.finance.lending.life import class_by_days
from app.finance.lending.life_results import LedgerDay, LifeResult, WaterfallLine
from app.finance.lending.waterfall import disposal_waterfall
from app.finance.money import ZERO
from tests.unit.finance.watched_loans import life_of, watched_document

OWED = LedgerDay(
    date(2026, 7, 31), (), ZERO, ZERO, ZERO, ZERO, ZERO, ZERO, Decimal("3000000.00"),
    Decimal("3000000.00"), Decimal("3208.33"), Decimal("100.00"), Decimal("14452.94"),
    Decimal("8000.00"), ZERO,
)  # fmt: skip


def paid(lines: tuple[WaterfallLine, ...]) -> dict[str, tuple[str, str]]:
    return {line.code: (str(line.amount_yuan), str(line.short_yuan)) for line in lines}


def test_proceeds_pay_costs_penalty_interest_and_principal_in_this_order() -> None:
    assert paid(disposal_waterfall(Decimal("1000000.00"), OWED)) == {
        "proceeds": ("1000000.00", "2025761.27"),
        "costs": ("8000.00", "0.00"),
        "penalty": ("14452.94", "0.00"),
        "interest": ("3308.33", "0.00"),
        "principal": ("974238.73", "2025761.27"),
        "surplus": ("0.00", "0.00"),
    }


def test_what_is_left_goes_to_the_pledgor() -> None:
    lines = paid(disposal_waterfall(Decimal("4000000.00"), OWED))
    assert lines["surplus"] == ("974238.73", "0.00")
    assert lines["proceeds"] == ("4000000.00", "0.00")


def test_small_proceeds_stay_short_of_the_first_claims() -> None:
    lines = paid(disposal_waterfall(Decimal("10000.00"), OWED))
    assert lines["penalty"] == ("2000.00", "12452.94")
    assert lines["interest"] == ("0.00", "3308.33")


money = st.integers(0, 10**12).map(lambda fen: Decimal(fen) / 100)


@settings(max_examples=100, deadline=None)
@given(money, money, money, money, money)
def test_no_fen_of_the_proceeds_is_lost(
    proceeds: Decimal, costs: Decimal, penalty: Decimal, interest: Decimal, credit: Decimal
) -> None:
    owed = replace(
        OWED, costs_yuan=costs, penalty_yuan=penalty, interest_due_yuan=interest,
        interest_accrued_yuan=ZERO, credit_yuan=credit,
    )  # fmt: skip
    first, *claims, surplus = disposal_waterfall(proceeds, owed)
    assert sum(line.amount_yuan for line in claims) + surplus.amount_yuan <= proceeds + credit
    assert first.short_yuan == sum(line.short_yuan for line in claims)
    settled = sum(line.amount_yuan + line.short_yuan for line in claims)
    all_claims = costs + penalty + interest + owed.principal_yuan
    assert settled == all_claims - min(credit, all_claims)
    assert not (surplus.amount_yuan > credit and first.short_yuan)


def test_a_forced_sale_brings_the_liquidation_value_of_the_right_once(
    document: dict[str, Any],
) -> None:
    case = watched_document(document)
    # (1 - 40 %) (1 - 10 %) / 1.08^(9 / 12) of gross, once the net value is above it
    case["appraisal"].update(
        discount_rate=0.0, transaction_fee_share=0, monitoring_cost_yuan_yr=0, tax_share=0,
        verification_cost_yuan=0, operating_cost_yuan_yr=0,
    )  # fmt: skip
    case["loan"]["collaterals"] = [
        {"kind": "carbon_right", "haircut": 0.3, "prior_claims_yuan": 400_000},
        {"kind": "sea_area_right", "value_yuan": 2_000_000, "haircut": 0.25},
        {"kind": "guarantee", "value_yuan": 500_000, "secured_maximum_yuan": 300_000},
    ]
    proceeds = life_of(case).waterfall[0].amount_yuan
    # 10,000,000 x 0.6 x 0.9 - 400,000, 2,000,000 x 0.75, and 300,000
    assert proceeds == Decimal("6800000.00")


def test_proceeds_that_were_entered_go_before_a_forced_sale(document: dict[str, Any]) -> None:
    life = life_of(watched_document(document, proceeds_yuan=1_000_000))
    assert paid(life.waterfall)["principal"] == ("1000000.00", "2000000.00")


PAYMENTS = [{"day": "2025-04-01", "amount_yuan": 3_283_500}]
"""Principal of 3,000,000 and interest of 27,000 x (20 + 1) / 2, all at once in advance."""


def settled(document: dict[str, Any], **watched: Any) -> LifeResult:
    return life_of(watched_document(document, **{"as_of": "2030-03-31", **watched}))


def test_a_loan_is_released_when_nothing_is_owed_and_it_is_discharged(
    document: dict[str, Any],
) -> None:
    paid_off = settled(document, receipts=PAYMENTS, discharged_on="2030-03-31")
    assert paid_off.released
    assert paid_off.waterfall == ()
    assert not settled(document, receipts=PAYMENTS).released
    owing = [{"day": "2025-04-01", "amount_yuan": 3_283_499}]
    assert not settled(document, receipts=owing, discharged_on="2030-03-31").released


def test_the_registration_is_to_be_cancelled_ten_working_days_after_discharge(
    document: dict[str, Any],
) -> None:
    life = settled(document, as_of="2025-09-30", receipts=PAYMENTS, discharged_on="2025-09-26")
    # National Day 2025 is free from 1 to 8 October; 28 September and 11 October are worked
    assert life.cancel_by == date(2025, 10, 16)


@pytest.mark.parametrize(
    ("days", "code"),
    [
        (0, "normal"), (1, "special_mention"), (90, "special_mention"), (91, "substandard"),
        (270, "substandard"), (271, "doubtful"), (360, "doubtful"), (361, "loss"),
    ],
)  # fmt: skip
def test_the_class_by_days_past_due_is_that_of_the_measures_of_2023(days: int, code: str) -> None:
    assert class_by_days(days) == code


def test_days_past_due_count_from_the_oldest_bill_not_paid_in_full(
    document: dict[str, Any],
) -> None:
    assert life_of(watched_document(document, as_of="2025-06-30")).days_past_due == 0
    late = life_of(watched_document(document, as_of="2025-10-01"))
    assert (late.days_past_due, late.five_class) == (93, "substandard")
    first = [{"day": "2025-06-30", "amount_yuan": 177_000}]
    later = life_of(watched_document(document, as_of="2025-10-01", receipts=first))
    assert (later.days_past_due, later.five_class) == (1, "special_mention")
