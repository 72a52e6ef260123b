"""Option formulas and the tree, against published figures, QuantLib and a plain tree."""

import csv
import json
import math
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import QuantLib as ql  # noqa: N813 - the name its own documentation uses

from app.finance.errors import DomainError
from app.finance.valuation.option_models import black_76, black_scholes, put_call_difference
from app.finance.valuation.option_tree import TreeSteps, binomial, roll_back
from app.finance.valuation.options import (
    carbon_income,
    option_steps,
    price_options,
    remaining_investment,
)
from tests.case_table import case_table
from tests.unit.finance.right_plans import appraisal, plan

PEERS = Path(__file__).parents[2] / "cases" / "peers"
CASES = case_table("finance")
TODAY = ql.Date(31, 3, 2025)
ACT_365 = ql.Actual365Fixed()
Terms = tuple[float, float, float, float, float, int, str]
"""Spot, strike, rate, yield, volatility, days, kind."""


def published(name: str) -> tuple[dict[str, float], dict[str, float]]:
    return json.loads(CASES[name]["inputs"]), json.loads(CASES[name]["expected"])


def random_terms(count: int, seed: int) -> list[Terms]:
    draws = np.random.default_rng(seed)
    return [
        (
            float(draws.uniform(20, 150)),
            float(draws.uniform(20, 150)),
            float(draws.uniform(-0.02, 0.12)),
            float(draws.uniform(0, 0.08)),
            float(draws.uniform(0.08, 0.9)),
            int(draws.integers(20, 3650)),
            "call" if draws.random() < 0.5 else "put",
        )
        for _ in range(count)
    ]


def flat(rate: float) -> ql.YieldTermStructureHandle:
    return ql.YieldTermStructureHandle(ql.FlatForward(TODAY, rate, ACT_365))


def peer(terms: Terms, *, steps: int = 0, american: bool = False) -> ql.VanillaOption:
    """The option in QuantLib: analytic, or by its tree of so many steps."""
    spot, strike, rate, income_yield, volatility, days, kind = terms
    ql.Settings.instance().evaluationDate = TODAY
    process = ql.BlackScholesMertonProcess(
        ql.QuoteHandle(ql.SimpleQuote(spot)),
        flat(income_yield),
        flat(rate),
        ql.BlackVolTermStructureHandle(
            ql.BlackConstantVol(TODAY, ql.NullCalendar(), volatility, ACT_365)
        ),
    )
    payoff = ql.PlainVanillaPayoff(ql.Option.Call if kind == "call" else ql.Option.Put, strike)
    expiry = TODAY + days
    exercise = ql.AmericanExercise(TODAY, expiry) if american else ql.EuropeanExercise(expiry)
    option = ql.VanillaOption(payoff, exercise)
    engine = (
        ql.BinomialCRRVanillaEngine(process, steps) if steps else ql.AnalyticEuropeanEngine(process)
    )
    option.setPricingEngine(engine)
    return option


def plain_tree(terms: Terms, *, steps: int, american: bool) -> float:
    """Cox, Ross and Rubinstein written as a loop over the nodes."""
    spot, strike, rate, income_yield, volatility, days, kind = terms
    step = days / 365 / steps
    up = math.exp(volatility * math.sqrt(step))
    chance = (math.exp((rate - income_yield) * step) - 1 / up) / (up - 1 / up)
    discount = math.exp(-rate * step)
    sign = 1 if kind == "call" else -1
    values = [max(sign * (spot * up ** (2 * j - steps) - strike), 0) for j in range(steps + 1)]
    for level in range(steps - 1, -1, -1):
        values = [
            max(
                discount * (chance * values[j + 1] + (1 - chance) * values[j]),
                sign * (spot * up ** (2 * j - level) - strike) if american else 0,
            )
            for j in range(level + 1)
        ]
    return values[0]


def test_a_carbon_option_by_black_76_has_the_published_value() -> None:
    given, expected = published("L19")
    terms = {
        "forward": given["F"],
        "strike": given["K"],
        "rate": given["r"],
        "volatility": given["sigma"],
        "years": given["T"],
    }
    call, put = black_76(**terms, kind="call"), black_76(**terms, kind="put")
    assert call.value == pytest.approx(expected["call"], abs=1e-8)
    assert put.value == pytest.approx(expected["put"], abs=1e-7)
    assert call.value - put.value == pytest.approx(-2.95533582, abs=1e-8)


def test_the_textbook_option_of_hull_has_the_value_of_the_book() -> None:
    given, expected = published("X01")
    call, put = (
        black_scholes(
            spot=given["S"],
            strike=given["K"],
            rate=given["r"],
            volatility=given["sigma"],
            years=given["T"],
            kind=kind,
        )
        for kind in ("call", "put")
    )
    assert call.value == pytest.approx(expected["call"], abs=1e-8)
    assert put.value == pytest.approx(expected["put"], abs=1e-8)
    assert call.d1 == pytest.approx(0.7693, abs=5e-5)
    assert call.d2 == pytest.approx(0.6278, abs=5e-5)


def test_the_futures_option_of_hull_has_the_value_of_the_book() -> None:
    given, expected = published("X02")
    found = black_76(
        forward=given["F"],
        strike=given["K"],
        rate=given["r"],
        volatility=given["sigma"],
        years=given["T"],
        kind="put",
    )
    assert found.value == pytest.approx(expected["put"], abs=1e-8)


def test_black_76_and_its_derivatives_agree_with_the_table_of_the_peer() -> None:
    with (PEERS / "black76.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) > 50
    for row in rows:
        found = black_76(
            forward=float(row["F"]),
            strike=float(row["K"]),
            rate=float(row["r_cont"]),
            volatility=float(row["vol"]),
            years=float(row["days"]) / 365,
            kind="call" if row["cp"] == "1" else "put",
        )
        assert found.value == pytest.approx(float(row["closed"]), rel=1e-9, abs=1e-9)
        assert found.delta == pytest.approx(float(row["delta_fwd"]), rel=1e-9, abs=1e-9)
        assert found.gamma == pytest.approx(float(row["gamma_fwd"]), rel=1e-9, abs=1e-9)
        assert found.vega == pytest.approx(float(row["vega"]), rel=1e-9, abs=1e-9)


def test_black_scholes_agrees_with_quantlib_on_random_inputs() -> None:
    for terms in random_terms(500, seed=4):
        spot, strike, rate, income_yield, volatility, days, kind = terms
        found = black_scholes(
            spot=spot,
            strike=strike,
            rate=rate,
            volatility=volatility,
            years=days / 365,
            kind=kind,
            income_yield=income_yield,
        )
        option = peer(terms)
        assert found.value == pytest.approx(option.NPV(), abs=1e-9)
        assert found.delta == pytest.approx(option.delta(), abs=1e-9)
        assert found.gamma == pytest.approx(option.gamma(), abs=1e-9)
        assert found.vega == pytest.approx(option.vega(), abs=1e-9)


def test_black_76_agrees_with_quantlib_on_random_inputs() -> None:
    for forward, strike, rate, _, volatility, days, kind in random_terms(500, seed=76):
        years = days / 365
        payoff = ql.PlainVanillaPayoff(ql.Option.Call if kind == "call" else ql.Option.Put, strike)
        discount = math.exp(-rate * years)
        other = ql.BlackCalculator(payoff, forward, volatility * math.sqrt(years), discount)
        found = black_76(
            forward=forward,
            strike=strike,
            rate=rate,
            volatility=volatility,
            years=years,
            kind=kind,
        )
        assert found.value == pytest.approx(other.value(), abs=1e-9)
        assert found.delta == pytest.approx(other.deltaForward(), abs=1e-9)
        assert found.gamma == pytest.approx(other.gammaForward(), abs=1e-9)
        assert found.vega == pytest.approx(other.vega(years), abs=1e-9)


@pytest.mark.parametrize("american", [False, True])
def test_the_tree_agrees_with_quantlib_at_its_probability_and_step_count(american: bool) -> None:
    """QuantLib's CRR tree moves by the first-order p = 1/2 + (r - q - s^2/2) sqrt(dt) / 2s.

    Its American engine skips the payoff at expiry when steps x dt exceeds the expiry by a
    rounding; those step counts are left out.
    """
    draws = np.random.default_rng(19)
    compared = 0
    for terms in random_terms(400, seed=1979):
        spot, strike, rate, income_yield, volatility, days, kind = terms
        steps = int(draws.integers(3, 250))
        step = days / 365 / steps
        move = volatility * math.sqrt(step)
        chance = 0.5 + 0.5 * (rate - income_yield - 0.5 * volatility**2) * step / move
        if not 0 < chance < 1 or step * steps != days / 365:
            continue
        tree = TreeSteps(
            up=np.array([math.exp(move)]),
            probability=np.array([chance]),
            discount=np.array([math.exp(-rate * step)]),
        )
        nodes = roll_back(
            tree,
            spot=spot,
            strike=strike,
            sign=1.0 if kind == "call" else -1.0,
            american=np.array([float(american)]),
            steps=steps,
        )
        other = peer(terms, steps=steps, american=american)
        assert nodes[0, 1] == pytest.approx(other.NPV(), rel=1e-9, abs=1e-9)
        compared += 1
    assert compared > 200


@pytest.mark.parametrize("american", [False, True])
def test_the_tree_is_that_of_cox_ross_and_rubinstein_node_by_node(american: bool) -> None:
    for terms in random_terms(40, seed=3):
        spot, strike, rate, income_yield, volatility, days, kind = terms
        for steps in (5, 40):
            if abs(rate - income_yield) * math.sqrt(days / 365 / steps) >= volatility:
                continue
            found = binomial(
                spot=spot,
                strike=strike,
                rate=rate,
                volatility=volatility,
                years=days / 365,
                kind=kind,
                income_yield=income_yield,
                american=american,
                steps=steps,
            )
            plain = plain_tree(terms, steps=steps, american=american)
            assert found.value == pytest.approx(plain, rel=1e-11, abs=1e-11)
            without = plain_tree(terms, steps=steps, american=False)
            assert found.european == pytest.approx(without, rel=1e-11, abs=1e-11)


def test_the_two_step_american_put_of_hull_has_the_value_of_the_book() -> None:
    found = binomial(
        spot=50, strike=52, rate=0.05, volatility=0.3, years=2, kind="put", american=True, steps=2
    )
    assert found.value == pytest.approx(7.43, abs=0.005)


def test_the_tree_and_its_derivatives_come_close_to_black_scholes() -> None:
    for terms in random_terms(30, seed=8):
        spot, strike, rate, income_yield, volatility, days, kind = terms
        shared: dict[str, Any] = {
            "spot": spot,
            "strike": strike,
            "rate": rate,
            "volatility": volatility,
            "years": days / 365,
            "income_yield": income_yield,
        }
        exact = black_scholes(**shared, kind=kind)
        tree = binomial(**shared, kind=kind, steps=1000)
        assert tree.value == pytest.approx(exact.value, abs=1e-3 * spot)
        assert tree.delta == pytest.approx(exact.delta, abs=2e-3)
        assert tree.gamma * spot == pytest.approx(exact.gamma * spot, abs=2e-2)
        assert tree.vega == pytest.approx(exact.vega, abs=2e-2 * spot)


def test_the_american_tree_comes_close_to_the_finite_differences_of_quantlib() -> None:
    terms: Terms = (100.0, 105.0, 0.05, 0.02, 0.3, 730, "put")
    other = peer(terms, american=True)
    ql.Settings.instance().evaluationDate = TODAY
    process = ql.BlackScholesMertonProcess(
        ql.QuoteHandle(ql.SimpleQuote(100.0)),
        flat(0.02),
        flat(0.05),
        ql.BlackVolTermStructureHandle(ql.BlackConstantVol(TODAY, ql.NullCalendar(), 0.3, ACT_365)),
    )
    other.setPricingEngine(ql.FdBlackScholesVanillaEngine(process, 2000, 2000))
    found = binomial(
        spot=100,
        strike=105,
        rate=0.05,
        volatility=0.3,
        years=2,
        kind="put",
        income_yield=0.02,
        american=True,
        steps=4000,
    )
    assert found.value == pytest.approx(other.NPV(), abs=2e-3)
    assert found.delta == pytest.approx(other.delta(), abs=1e-3)


def test_too_few_steps_for_the_drift_are_refused_with_the_least_number_that_works() -> None:
    shared: dict[str, Any] = {
        "spot": 100.0,
        "strike": 100.0,
        "rate": 0.3,
        "volatility": 0.05,
        "years": 2.0,
    }
    with pytest.raises(DomainError) as refused:
        binomial(**shared, steps=10)
    assert refused.value.code == "tree_probability"
    least = refused.value.facts["at_least"]
    assert isinstance(least, int)
    assert binomial(**shared, steps=least).value > 0
    with pytest.raises(DomainError):
        binomial(**shared, steps=least - 1)


def test_a_tree_wider_than_floating_point_is_refused_with_the_most_steps_that_work() -> None:
    shared: dict[str, Any] = {
        "spot": 1e9,
        "strike": 1e9,
        "rate": 0.03,
        "volatility": 5.0,
        "years": 50.0,
    }
    with pytest.raises(DomainError) as refused:
        binomial(**shared, steps=10_000)
    assert refused.value.code == "tree_too_wide"
    most = refused.value.facts["at_most"]
    assert isinstance(most, int)
    assert math.isfinite(binomial(**shared, steps=most).value)


@pytest.mark.parametrize("american", [False, True])
def test_a_put_on_something_worthless_is_the_strike_and_a_call_nothing(american: bool) -> None:
    shared: dict[str, Any] = {
        "spot": 0.0,
        "strike": 80.0,
        "rate": 0.05,
        "volatility": 0.3,
        "years": 2.0,
    }
    put = binomial(**shared, kind="put", american=american)
    expected = 80 if american else 80 * math.exp(-0.1)
    assert put.value == pytest.approx(expected)
    assert binomial(**shared, american=american).value == 0
    formula = black_scholes(**shared, kind="put")
    assert formula.value == pytest.approx(80 * math.exp(-0.1))
    assert formula.d1 is None


def test_parity_holds_for_spot_and_forward() -> None:
    call = black_scholes(spot=90, strike=100, rate=0.04, volatility=0.4, years=3, income_yield=0.02)
    put = black_scholes(
        spot=90, strike=100, rate=0.04, volatility=0.4, years=3, income_yield=0.02, kind="put"
    )
    gap = put_call_difference(underlying=90, strike=100, rate=0.04, years=3, income_yield=0.02)
    assert call.value - put.value == pytest.approx(gap, abs=1e-12)


def test_an_option_on_the_project_takes_spot_and_strike_from_its_cash_flow() -> None:
    right = plan()
    income = 1000 * (80 * 0.9 - 1) / 1.08 + 1000 * (90 * 0.9 - 1) / 1.08**2
    assert carbon_income(right, 0.08) == pytest.approx(income)
    assert remaining_investment(right, 0.08) == pytest.approx(20_000 + 15_000 / 1.08)
    priced = price_options(
        appraisal(
            options=[{"model": "black_scholes", "volatility": 0.4, "years": 3, "rate": 0.03}]
        ),
        right,
        rate=0.08,
        net_yuan=Decimal("60000.00"),
    )
    (option,) = priced
    expected = black_scholes(
        spot=income, strike=20_000 + 15_000 / 1.08, rate=0.03, volatility=0.4, years=3
    )
    assert option.value_yuan == pytest.approx(expected.value)
    assert option.underlying_from_case
    assert option.strike_from_case
    assert option.total_yuan == Decimal("60000.00") + Decimal(str(round(expected.value, 2)))
    assert option.uplift == pytest.approx(expected.value / 60_000)


def test_each_option_says_that_nothing_is_lent_on_it() -> None:
    priced = price_options(
        appraisal(
            options=[
                {"model": "binomial", "volatility": 0.4, "years": 3, "rate": 0.03, "steps": 50},
                {
                    "model": "black_76",
                    "volatility": 0.3,
                    "years": 1,
                    "rate": 0.015,
                    "underlying": 72,
                    "strike": 75,
                    "tonnes": 1000,
                },
            ]
        ),
        plan(),
        rate=0.08,
        net_yuan=Decimal("-5000.00"),
    )
    steps = {step.key: step for step in option_steps(priced)}
    assert set(steps) == {
        "value.option.0",
        "value.option.0.total",
        "value.option.1",
        "value.option.1.total",
    }
    assert "must not lend" in steps["value.option.0"].note
    assert steps["value.option.1"].value == Decimal("7234.85")
    assert steps["value.option.1.total"].value == Decimal("2234.85")
    assert priced[1].uplift is None
    assert priced[0].steps == 50
    assert priced[1].steps is None


def test_a_plan_without_investment_needs_a_strike_of_its_own() -> None:
    line = {"model": "binomial", "volatility": 0.4, "years": 3, "rate": 0.03}
    given = {**line, "strike": 30_000}
    bare = plan(costs={"monitoring": [0, 1000, 1000]})
    with pytest.raises(DomainError) as refused:
        price_options(appraisal(options=[given, line]), bare, rate=0.08, net_yuan=Decimal("1.00"))
    assert refused.value.code == "option_needs_strike"
    assert refused.value.facts["path"] == "appraisal.options.1.strike"


def test_a_negative_carbon_income_is_no_underlying() -> None:
    line = {"model": "binomial", "volatility": 0.4, "years": 3, "rate": 0.03}
    with pytest.raises(DomainError) as refused:
        price_options(
            appraisal(options=[line]),
            plan(fee_per_tonne=200.0),
            rate=0.08,
            net_yuan=Decimal("1.00"),
        )
    assert refused.value.code == "option_needs_underlying"


def test_a_tree_that_does_not_work_names_the_steps_of_its_line() -> None:
    line = {"model": "binomial", "volatility": 0.01, "years": 9, "rate": 0.3, "steps": 5}
    with pytest.raises(DomainError) as refused:
        price_options(appraisal(options=[line]), plan(), rate=0.08, net_yuan=Decimal("1.00"))
    assert refused.value.code == "tree_probability"
    assert refused.value.facts["path"] == "appraisal.options.0.steps"
