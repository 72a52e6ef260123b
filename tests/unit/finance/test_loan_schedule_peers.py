"""Schedules beside QuantLib, unrounded, and beside Apache Fineract to the cent.

Files of `tests/cases/peers` are runs of QuantLib 1.44 and the expected schedules of Fineract's own
tests. QuantLib does not round, so `unrounded_schedule` stands beside it: the same kernel as
`build_schedule` with the division left as it is.
"""

import csv
import json
from collections import defaultdict
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
import QuantLib as ql  # noqa: N813 - the name its own documentation uses

from app.finance.case.lending.days import DayCount
from app.finance.case.lending.terms import InterestPayment, PaymentFrequency, Repayment
from app.finance.case.loan import Loan
from app.finance.lending.schedule import build_schedule, unrounded_schedule
from tests.unit.finance.loan_terms import from_ql, loan_of, ql_date
from tests.unit.finance.peer_loans import PEER_LOANS, PEERS, QUARTERLY


def peer_rows() -> dict[str, list[dict[str, str]]]:
    found = defaultdict(list)
    text = (PEERS / "loan_schedules.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines()):
        found[row["case"]].append(row)
    return found


def test_every_loan_of_the_file_is_compared() -> None:
    assert set(peer_rows()) == set(PEER_LOANS)


@pytest.mark.parametrize("name", PEER_LOANS)
def test_before_rounding_the_schedules_of_quantlib_come_out(name: str) -> None:
    rows, found = peer_rows()[name], unrounded_schedule(loan_of(**PEER_LOANS[name]))
    assert [day.isoformat() for day in found.dues] == [row["date"] for row in rows]
    for column, amounts in (
        ("interest", found.interest),
        ("principal", found.principal),
        ("balance", found.closing),
    ):
        peer = [float(row[column]) for row in rows]  # printed with six decimals
        assert [float(amount) for amount in amounts] == pytest.approx(peer, rel=0, abs=1e-6)


@pytest.mark.parametrize("name", PEER_LOANS)
def test_booked_interest_is_off_by_its_rounding_and_that_of_the_balance(name: str) -> None:
    rows, lines = peer_rows()[name], build_schedule(loan_of(**PEER_LOANS[name])).lines
    drift = 0.0
    for row, line in zip(rows, lines, strict=True):
        of_balance = drift * line.rate * line.days / 360
        off = abs(float(line.interest_yuan) - float(row["interest"]))
        assert off <= 0.005 + of_balance + 1e-6
        drift = abs(float(line.closing_yuan) - float(row["balance"]))
        assert drift <= 0.01 * line.number + 1e-6


FINERACT = {
    "ACT/ACT": DayCount.ACT_ACT,
    "30/360": DayCount.THIRTY_360,
    "ACT/365": DayCount.ACT_365F,
}


@pytest.mark.parametrize(
    "case",
    json.loads((PEERS / "fineract_schedules.json").read_text(encoding="utf-8")),
    ids=lambda case: str(case["id"]),
)
def test_schedules_of_fineract_come_out_within_a_cent(case: dict[str, Any]) -> None:
    """Within 0.01 on each figure.

    Fineract rounds half-even, and moves its instalment by 0.01 where that brings the last one
    closer (C3164); we round half-up and leave the rest to the last line. A payment every two
    months, which we do not have, is one a quarter at two thirds of the rate: the same period rate.
    """
    every = case["freq"][1]
    rate = Decimal(case["annual_rate_pct"]) / 100
    lines = build_schedule(
        loan_of(
            amount_yuan=Decimal(case["principal"]),
            annual_rate=float(rate if every == 1 else rate * every / 3),
            drawdown_date=date.fromisoformat(case["start"]),
            term_months=len(case["dates"]) * (1 if every == 1 else 3),
            payment_frequency=PaymentFrequency.MONTHLY if every == 1 else QUARTERLY,
            day_count=FINERACT[case["day_count"]],
        )
    ).lines
    if every == 1:
        assert [line.due.isoformat() for line in lines] == case["dates"]
    for name, attribute in (("interest", "interest_yuan"), ("due", "payment_yuan")):
        peer = [Decimal(amount) for amount in case[name]]
        off = [abs(getattr(x, attribute) - y) for x, y in zip(lines, peer, strict=True)]
        last = off.pop()
        assert max(off) <= Decimal("0.01")
        # the last line bears what an instalment moved by 0.01 has left over
        assert last <= Decimal("0.01") * (len(lines) if "EMI adjusted" in case["note"] else 1)


COUNTERS = {
    DayCount.MONTHS: ql.Thirty360(ql.Thirty360.BondBasis),
    DayCount.ACT_360: ql.Actual360(),
    DayCount.ACT_365F: ql.Actual365Fixed(),
    DayCount.THIRTY_360: ql.Thirty360(ql.Thirty360.BondBasis),
    DayCount.THIRTY_E_360: ql.Thirty360(ql.Thirty360.European),
    DayCount.ACT_ACT: ql.ActualActual(ql.ActualActual.ISDA),
}
"""A month of 30/360 is a twelfth of a year up to the 28th of a month, where no day is moved."""

BY_PERIOD = (DayCount.MONTHS, DayCount.THIRTY_360, DayCount.THIRTY_E_360)
FREQUENCIES = {
    PaymentFrequency.MONTHLY: (1, ql.Monthly, InterestPayment.MONTHLY),
    PaymentFrequency.QUARTERLY: (3, ql.Quarterly, InterestPayment.QUARTERLY),
    PaymentFrequency.HALF_YEARLY: (6, ql.Semiannual, None),
    PaymentFrequency.YEARLY: (12, ql.Annual, InterestPayment.YEARLY),
}
WAYS = (Repayment.EQUAL_INSTALMENT, Repayment.EQUAL_PRINCIPAL, Repayment.BULLET)


def random_loan(source: np.random.Generator, way: Repayment) -> tuple[Loan, int]:
    """Return a loan and the number of its payments."""
    frequencies = [f for f in FREQUENCIES if way is not Repayment.BULLET or FREQUENCIES[f][2]]
    frequency = frequencies[source.integers(len(frequencies))]
    every, _ql_frequency, interest = FREQUENCIES[frequency]
    counts = [*DayCount]
    basis = counts[source.integers(len(counts))]
    payments = int(source.integers(1, min(120, 360 // every) + 1))
    day = date(int(source.integers(2000, 2050)), int(source.integers(1, 13)), 1)
    day = day.replace(day=int(source.integers(1, 29)))
    if basis is not DayCount.MONTHS and source.random() < 0.3:
        day = date(day.year, 1, int(source.integers(29, 32)))
    return loan_of(
        amount_yuan=Decimal(int(source.integers(1, 10**11))) / 100,
        annual_rate=int(source.integers(1, 1201)) / 10_000,
        drawdown_date=day,
        term_months=payments * every,
        repayment=way,
        payment_frequency=frequency,
        interest_payment=interest or InterestPayment.MONTHLY,
        day_count=basis,
    ), payments


def level_notionals(loan: Loan, schedule: Any) -> list[float]:
    """Return balances under one payment, P / sum 1 / prod(1 + r_k), r_k counted by QuantLib."""
    count, amount = COUNTERS[loan.day_count], float(loan.amount_yuan)
    days = list(schedule)
    rates = [(loan.annual_rate or 0.0) * count.yearFraction(a, b) for a, b in pairwise(days)]
    factors = np.cumprod([1.0 / (1.0 + rate) for rate in rates])
    payment, balances = amount / factors.sum(), [amount]
    for rate in rates:
        balances.append(balances[-1] * (1.0 + rate) - payment)
    return balances


def by_quantlib(loan: Loan, payments: int) -> tuple[list[date], list[float], list[float]]:
    """Return days, interest and balances after each payment, counted by QuantLib."""
    every, frequency, _interest = FREQUENCIES[loan.payment_frequency]
    start = ql_date(loan.drawdown_date)
    tenor = ql.Period(payments * every, ql.Months)
    schedule = ql.Schedule(
        start, start + tenor, ql.Period(every, ql.Months), ql.NullCalendar(),
        ql.Unadjusted, ql.Unadjusted, ql.DateGeneration.Forward, False,
    )  # fmt: skip
    amount = float(loan.amount_yuan)
    if loan.repayment is Repayment.EQUAL_PRINCIPAL:
        notionals = [amount * (payments - k) / payments for k in range(payments + 1)]
    elif loan.repayment is Repayment.BULLET:
        notionals = [amount] * payments + [0.0]
    elif loan.day_count in BY_PERIOD and loan.drawdown_date.day <= 28:
        notionals = [*ql.sinkingNotionals(tenor, frequency, loan.annual_rate, amount)]
    else:
        notionals = level_notionals(loan, schedule)
    leg = ql.FixedRateLeg(
        schedule, COUNTERS[loan.day_count], notionals[:payments], [loan.annual_rate]
    )
    days = [from_ql(flow.date()) for flow in leg]
    return days, [flow.amount() for flow in leg], [*notionals[1:payments], 0.0]


@pytest.mark.parametrize("way", WAYS)
def test_a_thousand_random_loans_agree_with_quantlib_before_rounding(way: Repayment) -> None:
    """334 loans of each way: days equal; interest and balances within 1e-11 of the loan.

    QuantLib counts in doubles, over as many as 120 periods; a loan may be a billion yuan.
    """
    source = np.random.default_rng(20250331)
    worst = 0.0
    for _ in range(334):
        loan, payments = random_loan(source, way)
        days, interest, balances = by_quantlib(loan, payments)
        found = unrounded_schedule(loan)
        assert list(found.dues) == days
        for ours, peers in ((found.interest, interest), (found.closing, balances)):
            off = max(abs(float(a) - b) for a, b in zip(ours, peers, strict=True))
            worst = max(worst, off / float(loan.amount_yuan))
    assert worst < 1e-11
