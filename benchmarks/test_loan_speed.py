"""Speed of scheduling: a book of 10,000 loans of 30 years by the month, to the fen."""

import math
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from decimal import Decimal

import numpy as np
import pytest
import QuantLib as ql  # noqa: N813 - the name its own documentation uses
from pytest_benchmark.fixture import BenchmarkFixture

from app.finance.case.lending.days import DayCount
from app.finance.case.lending.terms import Repayment
from app.finance.case.loan import Loan, ValuationBasis
from app.finance.lending.effective_rate import effective_rate
from app.finance.lending.schedule import build_schedule

LOANS = 10_000
PERIODS = 360
CORES = 2
GROUP = "10,000 loans of 360 payments on two cores (goal: 10 s)"
ONE = "one loan of 360 payments (goal of a whole loan: 8 ms)"


def amount(number: int) -> int:
    return 100_000 + 37 * number


def rate(number: int) -> float:
    return (300 + number % 300) / 10_000


def loan(number: int, day_count: DayCount = DayCount.MONTHS) -> Loan:
    """A loan of 360 equal instalments; each number is another one."""
    return Loan(
        amount_yuan=Decimal(amount(number)),
        purpose_need_yuan=Decimal(1),
        valuation_basis=ValuationBasis.GROSS,
        pledge_ratio=0.5,
        annual_rate=rate(number),
        term_months=PERIODS,
        repayment=Repayment.EQUAL_INSTALMENT,
        drawdown_date=date(2025, 1 + number % 12, 1 + number % 28),
        day_count=day_count,
    )


def _scheduled(numbers: range) -> int:
    """Schedule the loans and return their interest in all, fen."""
    total = 0
    for number in numbers:
        schedule = build_schedule(loan(number))
        assert schedule.closing[-1] == 0
        total += sum(schedule.interest)
    return total


def _by_quantlib(numbers: range) -> float:
    """The same balances and interest by QuantLib, which does not round; days and amounts read."""
    count = ql.Thirty360(ql.Thirty360.BondBasis)
    tenor, month = ql.Period(PERIODS, ql.Months), ql.Period(1, ql.Months)
    total = 0.0
    for number in numbers:
        start = ql.Date(1 + number % 28, 1 + number % 12, 2025)
        days = ql.Schedule(
            start, start + tenor, month, ql.NullCalendar(),
            ql.Unadjusted, ql.Unadjusted, ql.DateGeneration.Forward, False,
        )  # fmt: skip
        notionals = ql.sinkingNotionals(tenor, ql.Monthly, rate(number), float(amount(number)))
        flows = ql.FixedRateLeg(days, count, list(notionals)[:PERIODS], [rate(number)])
        paid = [(flow.date(), flow.amount()) for flow in flows]
        total += math.fsum(interest for _day, interest in paid)
    return total


def _shares() -> list[range]:
    return [range(core, LOANS, CORES) for core in range(CORES)]


@pytest.mark.benchmark(group=GROUP)
def test_a_book_of_ten_thousand_loans(benchmark: BenchmarkFixture) -> None:
    with ProcessPoolExecutor(CORES) as pool:
        list(pool.map(_scheduled, [range(CORES)] * CORES))
        benchmark.pedantic(lambda: list(pool.map(_scheduled, _shares())), rounds=1, warmup_rounds=0)
    some = range(0, LOANS, 100)
    assert _scheduled(some) / 100 == pytest.approx(_by_quantlib(some), rel=1e-6)


@pytest.mark.benchmark(group=GROUP)
def test_peer_quantlib_unrounded(benchmark: BenchmarkFixture) -> None:
    with ProcessPoolExecutor(CORES) as pool:
        list(pool.map(_by_quantlib, [range(CORES)] * CORES))
        benchmark.pedantic(
            lambda: list(pool.map(_by_quantlib, _shares())), rounds=1, warmup_rounds=0
        )


@pytest.mark.benchmark(group=GROUP)
def test_lower_bound_balances_in_numpy_without_days_or_rounding(
    benchmark: BenchmarkFixture,
) -> None:
    owed = np.array([float(amount(number)) for number in range(LOANS)])
    growth = 1.0 + np.array([rate(number) / 12 for number in range(LOANS)])
    instalment = owed * (growth - 1.0) / (1.0 - growth**-PERIODS)

    def pay_all() -> float:
        balance, interest = owed.copy(), 0.0
        for _ in range(PERIODS):
            due = balance * (growth - 1.0)
            balance += due - instalment
            interest += float(due.sum())
        return interest

    benchmark.pedantic(pay_all, rounds=3)


@pytest.mark.benchmark(group=ONE)
@pytest.mark.parametrize("day_count", list(DayCount))
def test_one_schedule(benchmark: BenchmarkFixture, day_count: DayCount) -> None:
    one = loan(0, day_count)
    assert len(benchmark(lambda: build_schedule(one)).dues) == PERIODS


@pytest.mark.benchmark(group=ONE)
def test_one_annualised_rate(benchmark: BenchmarkFixture) -> None:
    one = loan(0)
    schedule = build_schedule(one)
    assert benchmark(lambda: effective_rate(schedule, one)).annual_simple > 0
