"""Speed of a book of loans: 10,000 of them revalued against a move of the price.

The goal is for a book whose cash flows are known, as a desk keeps it. Beside it, on two cores: the
cash flows built anew from cases whose credits are known, and from the inputs of the credits.
"""

from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from app.finance.case.appraisal import Appraisal
from app.finance.case.case import Case
from app.finance.case.loan import ValuationBasis
from app.finance.engine import last_plan_year
from app.finance.lending.book import Position, ValuedPlan, revalue
from app.finance.lending.remaining import RemainingRight
from app.finance.sink.credits import CarbonResult
from app.finance.valuation.income import find_income
from app.finance.valuation.portfolio import plain_carbon
from app.reference.tables import load_reference
from benchmarks.test_value_speed import CORES, YEARS, right

LOANS = 10_000
DAY = date(2027, 6, 30)
MOVES = np.array([0.7])
LINES = (1.6, 1.4, 1.2)
GROUP = "10,000 loans revalued against a price move (goal: 2 s on two cores)"
LEVELS = (ValuationBasis.NET, ValuationBasis.PRUDENT, ValuationBasis.LIQUIDATION)

KnownCase = tuple[Case, CarbonResult]
KnownRight = tuple[Appraisal, ValuedPlan]


def _credits(case: Case) -> CarbonResult:
    tables = replace(load_reference().tables, explain=False)
    return plain_carbon(case.project, last_year=last_plan_year(case), tables=tables)


def _plan(case: Case, carbon: CarbonResult) -> KnownRight:
    """Build the cash flow of a case."""
    assert case.appraisal is not None
    price = case.appraisal.price_yuan_t
    assert price is not None
    income = find_income(case.project, case.appraisal, carbon, price_yuan_t=price)
    return case.appraisal, ValuedPlan(income.plan, income.rate, income.price)


def _position(number: int, appraisal: Appraisal, valued: ValuedPlan) -> Position:
    """Put the loan of a cash flow on the day; each number is another one."""
    held = RemainingRight(appraisal, valued, LEVELS[number % len(LEVELS)]).on([DAY])
    return Position(held, 20_000.0 + number, LINES, fixed_yuan=1_000.0)


def _called(positions: Sequence[Position]) -> int:
    """Revalue positions; return how many are below the margin-call line."""
    found = revalue(positions, MOVES)
    return int((found.count("margin_call") + found.count("enforcement"))[0])


def _from_plans(rights: Sequence[KnownRight]) -> int:
    return _called([_position(number, *known) for number, known in enumerate(rights)])


def _from_known(cases: list[KnownCase]) -> int:
    return _from_plans([_plan(*case) for case in cases])


def _from_cases(cases: list[Case]) -> int:
    return _from_known([(case, _credits(case)) for case in cases])


@pytest.mark.benchmark(group=GROUP)
def test_from_cash_flows_on_one_core(benchmark: BenchmarkFixture) -> None:
    some = [_plan(case, _credits(case)) for case in (right(number) for number in range(100))]
    rights = some * (LOANS // len(some))
    benchmark.pedantic(lambda: _from_plans(rights), rounds=5, warmup_rounds=1)


@pytest.mark.benchmark(group=GROUP)
def test_a_second_move_of_the_same_book_on_one_core(benchmark: BenchmarkFixture) -> None:
    some = [_plan(case, _credits(case)) for case in (right(number) for number in range(100))]
    rights = some * (LOANS // len(some))
    positions = [_position(number, *known) for number, known in enumerate(rights)]
    benchmark.pedantic(lambda: _called(positions), rounds=5, warmup_rounds=1)


@pytest.mark.benchmark(group=GROUP)
def test_from_cases_with_known_credits_on_two_cores(benchmark: BenchmarkFixture) -> None:
    some = [(case, _credits(case)) for case in (right(number) for number in range(100))]
    share = some * (LOANS // len(some) // CORES)
    with ProcessPoolExecutor(CORES) as pool:
        list(pool.map(_from_known, [some] * CORES))
        called = benchmark.pedantic(
            lambda: list(pool.map(_from_known, [share] * CORES)), rounds=5, warmup_rounds=1
        )
    assert called[0] == called[1]


@pytest.mark.benchmark(group=GROUP)
def test_from_the_inputs_of_the_credits_on_two_cores(benchmark: BenchmarkFixture) -> None:
    some = [right(number) for number in range(100)]
    share = some * (LOANS // len(some) // CORES)
    with ProcessPoolExecutor(CORES) as pool:
        list(pool.map(_from_cases, [some] * CORES))
        called = benchmark.pedantic(
            lambda: list(pool.map(_from_cases, [share] * CORES)), rounds=3, warmup_rounds=0
        )
    assert called[0] == called[1]


@pytest.mark.benchmark(group=GROUP)
def test_lower_bound_discounting_as_many_flows_in_numpy(benchmark: BenchmarkFixture) -> None:
    tonnes, prices = np.ones((LOANS, YEARS)), np.full((LOANS, YEARS), 60.0)
    times = np.arange(1, YEARS + 1) - 0.5

    def bound() -> float:
        value = (tonnes * (prices * 0.7) * 1.08**-times).sum(axis=1)
        return float((value / 20_000.0 < 1.4).sum())

    benchmark.pedantic(bound, rounds=5)
