"""The schedules of the shipped loans recomputed from their terms and from the rows they print."""

import math
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from scipy.optimize import brentq

from tests.integration.loan_files import (
    BOOK,
    FILES,
    half_up,
    interest,
    part_of_year,
    printed,
    schedule,
    terms,
    yuan,
)

PREPAID = "prepayment"
EVERY = [*FILES, *BOOK]


def fractions(name: str, rows: Sequence[dict[str, Any]]) -> list[Fraction]:
    basis = terms(name).get("day_count", "months")
    return [part_of_year(row["start"], row["end"], basis) for row in rows]


def left_of(balance: float, payment: float, rates: Sequence[float]) -> float:
    """Return what level payments leave of a balance."""
    for rate in rates:
        balance = balance * (1 + rate) - payment
    return balance


def level(balance: float, rates: Sequence[float], left: float = 0.0) -> Decimal:
    """Return the level payment, to the fen, that leaves so much after the last one."""
    found = brentq(lambda payment: left_of(balance, payment, rates) - left, 0, 2 * balance)
    return half_up(float(found))


@pytest.mark.parametrize("name", EVERY)
def test_each_row_follows_from_the_one_above(name: str) -> None:
    rows, loan = schedule(name), terms(name)
    drawn = sum(yuan(row["drawn"]) for row in rows) + yuan(rows[0]["opening"])
    assert drawn == sum(yuan(row["principal"]) for row in rows)
    assert drawn == yuan(loan["amount_yuan"])
    assert rows[-1]["closing"] == 0.0
    assert [row["number"] for row in rows] == list(range(1, len(rows) + 1))
    for row in rows:
        opening, principal = yuan(row["opening"]), yuan(row["principal"])
        assert yuan(row["closing"]) == opening + yuan(row["drawn"]) - principal
        assert yuan(row["payment"]) == principal + yuan(row["interest"]) + yuan(row["fee"])
        assert row["days"] == (row["end"] - row["start"]).days
        assert row["interest"] >= 0
        assert principal >= 0
    for row, after in pairwise(rows):
        assert row["closing"] == after["opening"]
        assert row["end"] == after["start"]
        assert row["date"] <= after["date"]


@pytest.mark.parametrize("name", EVERY)
def test_interest_is_balance_times_rate_times_part_of_the_year(name: str) -> None:
    for row in schedule(name):
        assert yuan(row["interest"]) == interest(name, row), row["number"]


@pytest.mark.parametrize("name", EVERY)
def test_the_sums_are_those_of_the_rows(name: str) -> None:
    rows, found = schedule(name), printed(name)
    paid = sum(yuan(row["principal"]) + yuan(row["interest"]) for row in rows)
    fees = yuan(found["upfront_fee_yuan"]) + sum(yuan(row["fee"]) for row in rows)
    assert yuan(found["total_payment_yuan"]) == paid
    assert yuan(found["total_fees_yuan"]) == fees
    assert yuan(found["total_interest_yuan"]) == sum(yuan(row["interest"]) for row in rows)
    assert found["maturity"] == rows[-1]["date"].isoformat()


def flows(name: str) -> list[tuple[date, float]]:
    """Return what the lender pays, below zero, and receives."""
    loan = terms(name)
    drawn = [(line["day"], line["amount_yuan"]) for line in loan.get("tranches", [])]
    drawn = drawn or [(loan["drawdown_date"], loan["amount_yuan"])]
    found = [(date.fromisoformat(day), -float(amount)) for day, amount in drawn]
    found[0] = (found[0][0], found[0][1] + loan.get("upfront_fee_yuan", 0))
    return found + [(row["date"], row["payment"]) for row in schedule(name)]


def whole_months(start: date, day: date) -> int | None:
    """Return the months between two days of the same number; month ends are not met here."""
    months = (day.year - start.year) * 12 + day.month - start.month
    ends = {day.day, (date.fromordinal(day.toordinal() + 1)).day}
    return months if start.day == day.day or (start.day == 31 and 1 in ends) else None


@pytest.mark.parametrize("name", EVERY)
def test_the_annualised_rate_makes_payments_worth_what_was_drawn(name: str) -> None:
    found, moved = printed(name)["annualised_rate"], flows(name)
    start = moved[0][0]
    months = [whole_months(start, day) for day, _flow in moved]
    by_month = None not in months
    times = [(day - start).days / 365 for day, _flow in moved]
    if by_month:
        times = [float(month or 0) for month in months]
    amounts = [flow for _day, flow in moved]

    def worth(rate: float) -> float:
        moved = zip(amounts, times, strict=True)
        return math.fsum(flow * (1 + rate) ** -time for flow, time in moved)

    rate = brentq(worth, 1e-6, 0.2, xtol=1e-15)
    rate = rate if by_month else (1 + rate) ** (1 / 12) - 1
    assert found["basis"] == ("months" if by_month else "days")
    assert found["monthly_irr"] == pytest.approx(rate, rel=1e-9)
    assert found["simple"] == pytest.approx(12 * rate, rel=1e-9)
    assert found["compound"] == pytest.approx((1 + rate) ** 12 - 1, rel=1e-9)


@pytest.mark.parametrize("name", ["equal-instalment", "grace", "balloon"])
def test_equal_instalments_repay_the_loan_but_for_the_balloon(name: str) -> None:
    loan, rows = terms(name), schedule(name)
    free = sum(row["principal"] == 0 for row in rows)
    rates = [float(part) * loan["annual_rate"] for part in fractions(name, rows)]
    left = loan.get("balloon_share", 0) * loan["amount_yuan"]
    assert [row["principal"] for row in rows[:free]] == [0.0] * free
    assert free == (4 if name == "grace" else 0)
    expected = level(loan["amount_yuan"], rates[free:], left)
    assert {yuan(row["payment"]) for row in rows[free:-1]} == {expected}
    assert rows[-1]["payment"] == pytest.approx(float(expected) + left, abs=0.01 * len(rows))


@pytest.mark.parametrize(
    ("name", "parts"),
    [("equal-principal", 60), ("broken-period", 11), ("business-days", 12), ("seasonal", 5)],
)
def test_equal_parts_of_principal_leave_their_rounding_to_the_last(name: str, parts: int) -> None:
    amount = Decimal(terms(name)["amount_yuan"])
    paid = [yuan(row["principal"]) for row in schedule(name) if row["principal"]]
    assert paid[:-1] == [half_up(amount / parts)] * (parts - 1)
    assert paid[-1] == amount - sum(paid[:-1])


@pytest.mark.parametrize(
    ("name", "days"),
    [
        ("bullet-quarterly", "2025-09-21 2025-12-21 2026-03-21 2026-06-21 2026-07-01"),
        (  # Sundays move to Monday; 21 February 2026 lies in the Spring Festival, to the 23rd
            "bullet-monthly",
            "2025-07-21 2025-08-21 2025-09-22 2025-10-21 2025-11-21 2025-12-22 2026-01-21 "
            "2026-02-24 2026-03-23 2026-04-21 2026-05-21 2026-06-22 2026-07-01",
        ),
        (  # National Day 2025 to 8 October; 4 January 2026 is a Sunday worked; May Day to 5 May
            "business-days",
            "2025-10-09 2025-11-03 2025-12-01 2026-01-04 2026-02-02 2026-03-03 2026-04-01 "
            "2026-05-06 2026-06-01 2026-07-01 2026-08-01 2026-09-01",
        ),
        (
            "seasonal",
            "2025-06-15 2025-09-15 2025-11-15 2025-12-15 2026-03-15 2026-06-15 2026-09-15 "
            "2026-11-15 2026-12-15 2027-03-15",
        ),
        ("step", "2026-02-28 2026-08-31 2027-02-28 2027-08-31 2028-02-29 2028-08-31"),
        ("custom", "2025-10-01 2025-11-30 2026-01-01 2026-03-31 2026-04-01 2026-07-01"),
    ],
)
def test_payments_fall_on_the_days_of_the_contract(name: str, days: str) -> None:
    assert [row["date"].isoformat() for row in schedule(name)] == days.split()


def test_harvest_months_steps_and_tables_say_what_is_repaid() -> None:
    harvest = [row["date"].month for row in schedule("seasonal") if row["principal"]]
    assert harvest == [6, 11, 6, 11, 3]
    assert [row["principal"] for row in schedule("step")] == [
        40000.0, 40000.0, 80000.0, 80000.0, 100000.0, 60000.0,
    ]  # fmt: skip
    table = {line["day"]: line["principal_yuan"] for line in terms("custom")["principal_table"]}
    for row in schedule("custom"):
        assert row["principal"] == table.get(row["date"].isoformat(), 0)


def cash_of(name: str) -> list[float]:
    """Return the cash of each loan year: one sale a year and other cash by days."""
    net = {row["time_yr"]: row["net_yuan"] for row in printed(name, "value")["cash_flow"]}
    other = terms(name)["other_cash"][0]["amount_yuan_yr"]
    found = []
    for row in schedule(name):
        sold = net[row["date"].year - 2025]
        days = [
            date.fromordinal(n) for n in range(row["start"].toordinal(), row["end"].toordinal())
        ]
        # a day counts that ends the stretch, one that opens it does not
        after = [date.fromordinal(day.toordinal() + 1) for day in days]
        leap = sum(day.year % 4 == 0 for day in after)
        found.append(sold + other * (leap / 366 + (len(after) - leap) / 365))
    return found


def test_a_sculpted_loan_has_one_dscr_which_is_its_llcr() -> None:
    name = "sculpted"
    loan, rows, cash = terms(name), schedule(name), cash_of(name)
    rates = [loan["annual_rate"]] * len(rows)

    def left(share: float) -> float:
        balance = float(loan["amount_yuan"])
        for flow, rate in zip(cash, rates, strict=True):
            balance = balance * (1 + rate) - share * flow
        return balance

    share = brentq(left, 0.1, 2, xtol=1e-15)
    for row, flow in zip(rows[:-1], cash, strict=False):
        assert yuan(row["payment"]) == half_up(share * flow)
    cover = printed(name)["coverage"]
    assert cover["llcr"] == pytest.approx(1 / share, rel=1e-9)
    assert cover["min_dscr"] == pytest.approx(1 / share, rel=1e-6)
    assert cover["average_dscr"] == pytest.approx(1 / share, rel=1e-6)


def test_a_dscr_asked_for_is_kept_until_the_last_payment() -> None:
    rows, cash = schedule("sculpted-dscr"), cash_of("sculpted-dscr")
    for row, flow in zip(rows[:-1], cash, strict=False):
        assert yuan(row["payment"]) == half_up(flow / 1.4)
    assert rows[-1]["principal"] == rows[-1]["opening"]


def test_a_new_rate_sets_a_new_instalment() -> None:
    rows, parts = schedule("floating"), fractions("floating", schedule("floating"))
    first = level(300000.0, [0.037 * float(part) for part in parts])
    assert [yuan(row["payment"]) for row in rows[:3]] == [first] * 3
    owed, fourth = rows[3]["opening"], rows[3]["interest"]
    # the fourth period bears both rates; from its end on 3.60 % alone
    ahead = [fourth / owed, *(0.036 * float(part) for part in parts[4:])]
    second = level(owed, ahead)
    assert {yuan(row["payment"]) for row in rows[3:-1]} == {second}
    assert first != second
    assert [row["rate"] for row in rows] == [0.037] * 3 + [0.036] * 5


def test_equal_parts_are_set_anew_after_each_tranche() -> None:
    rows = schedule("tranches")
    parts = [
        half_up((yuan(row["opening"]) + yuan(row["drawn"])) / (8 - number))
        for number, row in enumerate(rows[:3])
    ]
    assert [yuan(row["principal"]) for row in rows[:-1]] == [*parts, *[parts[2]] * 4]
    assert [row["drawn"] for row in rows[:3]] == [0.0, 200000.0, 100000.0]
    assert [row["fee"] for row in rows[:3]] == [800.0, 0.0, 0.0]


def test_a_prepayment_keeps_the_tenor_and_another_the_instalment() -> None:
    loan, rows = terms("prepayment"), schedule("prepayment")
    kinds = [row["kind"] for row in rows]
    assert [n for n, kind in enumerate(kinds) if kind == PREPAID] == [1, 5]
    assert rows[1]["fee"] == 0.01 * loan["prepayments"][0]["amount_yuan"]
    quarters = [
        loan["annual_rate"] * days / 365 for days in (90, 91, 92, 92, 90, 91, 92, 92, 91, 91)
    ]
    owed, run = rows[2]["opening"], rows[2]["interest"]
    lower = level(owed, [run / owed, *quarters])
    kept = [row for row in rows[2:-1] if row["kind"] != PREPAID]
    assert {yuan(row["payment"]) for row in kept} == {lower}
    assert rows[5]["days"] == 0
    assert rows[-1]["date"] == date(2028, 1, 1)
    assert rows[-1]["payment"] < float(lower)


def test_an_extension_repays_what_was_put_off_at_its_own_rate() -> None:
    rows = schedule("extension")
    assert [row["kind"] for row in rows] == ["payment"] * 4 + ["extension"] * 2
    assert [row["principal"] for row in rows[3:]] == [100000.0] * 3
    assert [row["rate"] for row in rows[3:]] == [0.0385, 0.045, 0.045]
