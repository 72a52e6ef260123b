"""Speed of the binomial tree, beside QuantLib with as many steps."""

import time
from collections.abc import Callable

import pytest
import QuantLib as ql  # noqa: N813 - the name its own documentation uses
from pytest_benchmark.fixture import BenchmarkFixture

from app.finance.valuation.option_tree import binomial

STEPS = 1000
TODAY = ql.Date(31, 3, 2025)
ACT_365 = ql.Actual365Fixed()


def shortest(call: Callable[[], float]) -> float:
    """Return the shortest of 20 runs, seconds."""
    times = []
    for _ in range(20):
        start = time.perf_counter()
        call()
        times.append(time.perf_counter() - start)
    return min(times)


def peer_put() -> ql.VanillaOption:
    """An American put of two years in QuantLib, by its tree of the same steps."""
    ql.Settings.instance().evaluationDate = TODAY
    process = ql.BlackScholesMertonProcess(
        ql.QuoteHandle(ql.SimpleQuote(100.0)),
        ql.YieldTermStructureHandle(ql.FlatForward(TODAY, 0.01, ACT_365)),
        ql.YieldTermStructureHandle(ql.FlatForward(TODAY, 0.03, ACT_365)),
        ql.BlackVolTermStructureHandle(ql.BlackConstantVol(TODAY, ql.NullCalendar(), 0.4, ACT_365)),
    )
    option = ql.VanillaOption(
        ql.PlainVanillaPayoff(ql.Option.Put, 105.0), ql.AmericanExercise(TODAY, TODAY + 730)
    )
    option.setPricingEngine(ql.BinomialCRRVanillaEngine(process, STEPS))
    return option


def test_four_american_trees_take_at_most_four_of_the_peer(benchmark: BenchmarkFixture) -> None:
    """One call prices four trees: the option, its European twin, two volatilities for vega."""

    def price() -> float:
        return binomial(
            spot=100.0,
            strike=105.0,
            rate=0.03,
            volatility=0.4,
            years=2.0,
            kind="put",
            income_yield=0.01,
            american=True,
            steps=STEPS,
        ).value

    def price_by_peer() -> float:
        return float(peer_put().NPV())

    found = benchmark(price)
    peer_s = shortest(price_by_peer)
    benchmark.extra_info["peer_s"] = peer_s
    assert found == pytest.approx(price_by_peer(), abs=0.01)
    assert shortest(price) <= 4 * peer_s
