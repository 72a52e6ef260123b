"""The account of a loan: drawings, bills, receipts and what is overdue."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings

from app.finance.case.lending.days import BusinessDays, DayCount
from app.finance.case.lending.monitoring import CostLine, DiversionLine, Monitoring, ReceiptLine
from app.finance.case.lending.terms import Extension, FeeLine, PrepaymentLine, TrancheLine
from app.finance.errors import DomainError
from app.finance.lending.ledger import build_ledger
from app.finance.lending.life_results import LedgerDay
from app.finance.lending.rates import RatePath, rate_path
from app.finance.lending.schedule import build_schedule
from app.finance.lending.schedule_results import Schedule
from tests.unit.finance.loan_books import (
    L06,
    book,
    day_of,
    penalty_day_by_day,
    plan,
    receipts,
    watched_loans,
    yuan,
)
from tests.unit.finance.loan_terms import loan_of


def paid_on_time(schedule: Schedule) -> tuple[ReceiptLine, ...]:
    lines = [line for line in schedule.lines if line.payment_yuan]
    return tuple(ReceiptLine(line.due, line.payment_yuan) for line in lines)


def test_a_loan_paid_on_time_follows_its_schedule_without_penalty() -> None:
    ledger = book(L06, "2026-07-01", receipts=paid_on_time(L06), overdue_multiple=None)
    closing = [row.principal_yuan for row in ledger.rows if "due" in row.events]
    assert closing == [line.closing_yuan for line in L06.lines]
    assert all(row.penalty_yuan == row.overdue_principal_yuan == 0 for row in ledger.rows)
    assert ledger.rows[-1].owed_yuan == 0
    assert not ledger.unpaid


@pytest.mark.parametrize(
    "terms",
    [
        {"prepayments": (PrepaymentLine(date(2025, 11, 15), Decimal(500_000), fee_share=0.01),)},
        {"extension": Extension(months=6, annual_rate=0.05)},
        {
            "tranches": (
                TrancheLine(date(2025, 7, 1), Decimal(1_000_000)),
                TrancheLine(date(2025, 9, 17), Decimal(2_000_000)),
            )
        },
        {"fees": (FeeLine(date(2025, 10, 5), Decimal(1000)),)},
        {"business_days": BusinessDays.FOLLOWING, "accrual_moves": True},
    ],
)
def test_each_kind_of_payment_is_billed_on_its_day(terms: dict[str, Any]) -> None:
    loan = loan_of(**terms)
    schedule = build_schedule(loan)
    last = schedule.dues[-1]
    paid = paid_on_time(schedule)
    ledger = build_ledger(
        schedule, Monitoring(receipts=paid), loan.day_count, rate_path(loan), last
    )
    assert ledger.rows[-1].owed_yuan == 0
    assert all(row.credit_yuan == row.penalty_yuan == 0 for row in ledger.rows)
    rows = {row.day: row.principal_yuan for row in ledger.rows}
    assert rows | {line.due: line.closing_yuan for line in schedule.lines} == rows


def test_interest_paid_a_month_late_is_compounded_at_the_overdue_rate() -> None:
    # 26,308.33 x 3.85 % x 1.5 x 30 / 360 = 126.61 by hand
    paid = receipts(("2025-10-21", "26434.94"))
    row = book(L06, "2025-10-21", receipts=paid).rows[-1]
    assert (row.to_penalty_yuan, row.to_interest_yuan) == (yuan("126.61"), yuan("26308.33"))
    assert row.interest_due_yuan == row.penalty_yuan == row.credit_yuan == 0


def test_overdue_principal_bears_penalty_from_its_due_day_until_it_is_paid() -> None:
    # 3,000,000 x 3.85 % x 1.5 x 30 / 360 = 14,437.50; on 3,208.33 of interest 15.44
    early = paid_on_time(L06)[:-1]
    ledger = book(L06, "2026-07-31", receipts=early)
    assert ledger.rows[-1].penalty_yuan == yuan("14452.94")
    assert ledger.rows[-1].interest_accrued_yuan == 0
    assert ledger.unpaid == {4: yuan("3003208.33")}
    on_the_day = ledger.on(date(2026, 7, 1))
    assert on_the_day is not None
    assert on_the_day.penalty_yuan == 0


def test_a_receipt_pays_costs_then_penalty_then_interest_then_principal() -> None:
    costs = (CostLine(day_of("2026-07-31"), yuan("8000")),)
    paid = (*paid_on_time(L06)[:-1], *receipts(("2026-07-31", "1000000")))
    row = book(L06, "2026-07-31", receipts=paid, costs=costs).rows[-1]
    assert row.to_costs_yuan == 8000
    assert row.to_penalty_yuan == yuan("14452.94")
    assert row.to_interest_yuan == yuan("3208.33")
    assert row.to_principal_yuan == yuan("974338.73")
    assert row.overdue_principal_yuan == row.principal_yuan == yuan("2025661.27")


def test_money_that_comes_early_waits_as_credit_for_the_next_bill() -> None:
    ledger = book(L06, "2025-09-21", receipts=receipts(("2025-09-01", "30000")))
    waiting, billed = ledger.rows[-2:]
    assert waiting.credit_yuan == 30000
    assert waiting.to_interest_yuan == 0
    assert (billed.to_interest_yuan, billed.credit_yuan) == (yuan("26308.33"), yuan("3691.67"))
    assert billed.owed_yuan == 3_000_000 - yuan("3691.67")


def test_interest_runs_to_what_the_next_bill_takes() -> None:
    ledger = book(L06, "2025-09-20")
    # 3,000,000 x 3.85 % x 81 / 360
    assert ledger.rows[-1].interest_accrued_yuan == yuan("25987.50")
    half_way = ledger.on(date(2025, 8, 11))
    assert half_way is not None
    assert half_way.interest_accrued_yuan == yuan("13154.17")


def test_interest_of_a_later_tranche_runs_from_its_own_day() -> None:
    tranches = [(date(2025, 1, 1), 10_000_000), (date(2025, 1, 31), 20_000_000)]
    # 100,000 for 90 days, 200,000 for 60 days at 3.6 % by 360
    two = plan(tranches, [(date(2025, 4, 1), 30_000_000, 210_000, 0)])
    rate = RatePath((date(2025, 1, 1),), (Decimal("0.036"),))
    ledger = book(two, "2025-03-02", rates=rate)
    assert [row.interest_accrued_yuan for row in ledger.rows] == [0, 300, 1200]


def test_penalty_follows_the_rate_of_the_contract_when_it_is_repriced() -> None:
    rates = RatePath((date(2025, 7, 1), date(2026, 7, 11)), (Decimal("0.0385"), Decimal("0.036")))
    ledger = book(L06, "2026-07-31", receipts=paid_on_time(L06)[:-1], rates=rates)
    # 3,003,208.33 x 1.5 x (3.85 % x 10 + 3.6 % x 20) / 360, rounded on 11 and 31 July
    assert ledger.rows[-1].penalty_yuan == yuan("4817.65") + yuan("9009.62")
    assert ledger.rows[-2].events == ("repriced",)


def test_diverted_use_bears_its_rate_instead_of_that_of_the_contract() -> None:
    used = (DiversionLine(day_of("2025-07-11"), yuan("1000000"), day_of("2025-08-09")),)
    ledger = book(L06, "2025-09-20", diversions=used)
    # twice the rate less the rate that the schedule bills: 1,000,000 x 3.85 % x 30 / 360
    assert ledger.rows[-1].penalty_yuan == yuan("3208.33")
    assert [row.day.isoformat() for row in ledger.rows if row.events == ("diverted",)] == [
        "2025-07-11",
        "2025-08-10",
    ]


def test_principal_both_overdue_and_diverted_bears_the_higher_rate_once() -> None:
    used = (DiversionLine(day_of("2026-07-01"), yuan("1000000")),)
    paid = (*paid_on_time(L06)[:-1], *receipts(("2026-07-01", "3208.33")))
    ledger = book(L06, "2026-07-31", receipts=paid, diversions=used)
    # (2,000,000 x 1.5 + 1,000,000 x 2) x 3.85 % x 30 / 360
    assert ledger.rows[-1].penalty_yuan == yuan("16041.67")


def test_more_than_the_loan_cannot_be_diverted() -> None:
    used = (DiversionLine(day_of("2025-07-01"), yuan("9000000"), day_of("2025-07-30")),)
    assert book(L06, "2025-08-01", diversions=used).rows[-1].penalty_yuan == yuan("9625.00")


@pytest.mark.parametrize(
    ("basis", "penalty"),
    [
        (DayCount.MONTHS, "14918.75"),  # 173,250 a year x 31 / 360
        (DayCount.ACT_365F, "14714.38"),  # x 31 / 365
        (DayCount.THIRTY_E_360, "14437.50"),  # x 30 / 360
        (DayCount.ACT_ACT, "14714.38"),
    ],
)
def test_days_of_penalty_are_counted_as_the_loan_counts_its_days(
    basis: DayCount, penalty: str
) -> None:
    bare = plan([(date(2025, 7, 1), 300_000_000)], [(date(2026, 7, 1), 300_000_000, 0, 0)])
    ledger = book(bare, "2026-08-01", basis=basis)
    assert ledger.rows[-1].penalty_yuan == yuan(penalty)


def test_a_missing_multiple_is_asked_for_once_something_is_overdue() -> None:
    assert book(L06, "2025-09-21", overdue_multiple=None).rows[-1].interest_due_yuan > 0
    with pytest.raises(DomainError, match="overdue_multiple_missing") as refused:
        book(L06, "2025-09-22", overdue_multiple=None)
    assert refused.value.facts["path"] == "loan.monitoring.overdue_multiple"
    assert refused.value.facts["day"] == date(2025, 9, 21)
    used = (DiversionLine(day_of("2025-07-11"), yuan("1")),)
    with pytest.raises(DomainError, match="diverted_multiple_missing"):
        book(L06, "2025-07-12", diversions=used, diverted_multiple=None)


def test_nothing_later_than_the_day_watched_is_booked() -> None:
    paid = receipts(("2025-10-21", "26434.94"))
    ledger = book(L06, "2025-09-25", receipts=paid)
    assert ledger.rows[-1].day == date(2025, 9, 25)
    assert ledger.rows[-1].events == ()
    assert book(L06, "2025-06-30").rows == ()


def check_balances(rows: tuple[LedgerDay, ...]) -> None:
    principal = credit = Decimal(0)
    for row in rows:
        paid = (row.to_costs_yuan, row.to_penalty_yuan, row.to_interest_yuan, row.to_principal_yuan)
        assert principal + row.drawn_yuan - row.to_principal_yuan == row.principal_yuan
        assert row.received_yuan == sum(paid) + row.credit_yuan - credit
        assert row.overdue_principal_yuan <= row.principal_yuan
        assert min(*paid, row.principal_yuan, row.overdue_principal_yuan, row.costs_yuan) >= 0
        assert min(row.interest_due_yuan, row.interest_accrued_yuan, row.penalty_yuan) >= 0
        if row.credit_yuan and row.events:
            assert row.costs_yuan == row.penalty_yuan == row.interest_due_yuan == 0
            assert row.overdue_principal_yuan == 0
        principal, credit = row.principal_yuan, row.credit_yuan


@settings(max_examples=60, deadline=None)
@given(watched_loans())
def test_the_ledger_balances_each_day(drawn: tuple[Schedule, dict[str, Any], date]) -> None:
    schedule, watched, until = drawn
    ledger = book(schedule, until, **watched)
    check_balances(ledger.rows)
    unpaid = sum(ledger.unpaid.values(), Decimal(0))
    last = ledger.rows[-1]
    later_costs = sum((line.amount_yuan for line in watched["costs"]), Decimal(0))
    billed = last.interest_due_yuan + last.overdue_principal_yuan
    assert billed <= unpaid <= billed + last.costs_yuan
    assert last.costs_yuan <= unpaid - billed + later_costs


@settings(max_examples=60, deadline=None)
@given(watched_loans())
def test_penalty_is_that_of_a_walk_through_every_day(
    drawn: tuple[Schedule, dict[str, Any], date],
) -> None:
    schedule, watched, until = drawn
    rows = book(schedule, until, **watched).rows
    charged = rows[-1].penalty_yuan + sum(row.to_penalty_yuan for row in rows)
    assert int(charged * 100) == penalty_day_by_day(schedule, watched, until)


@settings(max_examples=60, deadline=None)
@given(watched_loans())
def test_money_on_each_due_day_makes_the_ledger_the_schedule(
    drawn: tuple[Schedule, dict[str, Any], date],
) -> None:
    schedule, _watched, _until = drawn
    paid = paid_on_time(schedule)
    until = schedule.dues[-1] + timedelta(days=50)
    rows = book(schedule, until, receipts=paid, overdue_multiple=None).rows
    assert all(row.penalty_yuan == row.to_penalty_yuan == 0 for row in rows)
    assert all(row.credit_yuan == row.interest_due_yuan == row.costs_yuan == 0 for row in rows)
    assert rows[-1].owed_yuan == 0
