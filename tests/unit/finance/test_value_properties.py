"""What holds for any cash flow and any option."""

import math
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.finance.valuation.bridge import bridge
from app.finance.valuation.flows import FlowPlan
from app.finance.valuation.levels import levels
from app.finance.valuation.option_models import black_76, black_scholes, put_call_difference
from app.finance.valuation.option_tree import binomial
from tests.unit.finance.right_plans import appraisal

COSTS = ("registration", "monitoring", "verification", "investment", "other")
shares = st.floats(0, 0.3)
amounts = st.floats(0, 1e6)


@st.composite
def plans(draw: st.DrawFn) -> FlowPlan:
    count = draw(st.integers(1, 12))

    def column(values: st.SearchStrategy[float]) -> Any:
        return np.array(draw(st.lists(values, min_size=count, max_size=count)))

    return FlowPlan(
        times=np.sort(column(st.floats(0, 40))),
        years=tuple(range(2025, 2025 + count)),
        days=(None,) * count,
        tonnes=column(st.floats(0, 1e5)),
        prices=column(st.floats(0, 1e3)),
        revenue_shares={code: draw(shares) for code in ("fee", "community", "tax", "other")},
        fee_per_tonne=draw(st.floats(0, 20)),
        costs={code: column(amounts) for code in draw(st.sets(st.sampled_from(COSTS)))},
        receipts=column(amounts),
        tax_rate=draw(st.sampled_from([0.0, 0.25])),
        loss_carry=draw(st.integers(0, 5)),
        tail=draw(st.sampled_from([0.0, 9.0])),
    )


@given(
    right=plans(),
    price=st.floats(0, 500),
    rate=st.floats(0.005, 0.3),
    cheaper=st.floats(0, 1),
    fewer=st.floats(0, 1),
    forced=st.floats(0, 1),
)
@settings(max_examples=200, deadline=None)
def test_the_waterfall_of_any_plan_is_exact_to_the_fen(
    *, right: FlowPlan, price: float, rate: float, cheaper: float, fewer: float, forced: float
) -> None:
    inputs = appraisal(
        prudent_price_discount=cheaper,
        prudent_tonnes_discount=fewer,
        liquidation_discount=forced,
    )
    found = levels(right, inputs, price_today_yuan_t=price, rate=rate)
    steps = bridge(right, inputs, found, price_today_yuan_t=price, rate=rate)
    totals = {step.code: step.level_yuan for step in steps if step.total}
    assert totals == {
        "gross": found.gross_yuan,
        "net": found.net_yuan,
        "prudent": found.prudent_yuan,
        "liquidation": found.liquidation_yuan,
    }
    moved = sum((step.amount_yuan for step in steps if not step.total), Decimal(0))
    assert found.gross_yuan + moved == found.liquidation_yuan
    assert all(step.amount_yuan for step in steps if not step.total)
    codes = [step.code for step in steps]
    assert len(codes) == len(set(codes))
    for step in steps:
        assert step.amount_yuan == step.amount_yuan.quantize(Decimal("0.01"))


terms = st.fixed_dictionaries(
    {
        "spot": st.floats(1, 1e6),
        "strike": st.floats(1, 1e6),
        "rate": st.floats(-0.05, 0.2),
        "volatility": st.floats(0.05, 2),
        "years": st.floats(0.05, 20),
        "income_yield": st.floats(-0.05, 0.2),
    }
)


@given(terms)
def test_call_less_put_is_the_forward_discounted(option: dict[str, Any]) -> None:
    call = black_scholes(**option, kind="call").value
    put = black_scholes(**option, kind="put").value
    gap = put_call_difference(
        underlying=option["spot"],
        strike=option["strike"],
        rate=option["rate"],
        years=option["years"],
        income_yield=option["income_yield"],
    )
    assert call - put == pytest.approx(gap, rel=1e-9, abs=1e-7)


@given(terms, st.sampled_from(["call", "put"]))
def test_more_volatility_never_makes_an_option_cheaper(option: dict[str, Any], kind: str) -> None:
    more = {**option, "volatility": option["volatility"] * 1.1}
    cheap = black_scholes(**option, kind=kind)
    dear = black_scholes(**more, kind=kind)
    assert dear.value >= cheap.value - 1e-7 * option["spot"]
    assert cheap.vega >= 0
    assert cheap.gamma >= 0


@given(terms, st.sampled_from(["call", "put"]), st.integers(2, 60))
@settings(max_examples=150, deadline=None)
def test_an_american_option_is_worth_its_exercise_and_its_european_twin_at_least(
    option: dict[str, Any], kind: str, steps: int
) -> None:
    drift = abs(option["rate"] - option["income_yield"])
    steps += math.ceil(drift**2 * option["years"] / option["volatility"] ** 2)
    found = binomial(**option, kind=kind, american=True, steps=steps)
    at_once = option["spot"] - option["strike"]
    tolerance = 1e-9 * max(option["spot"], option["strike"])
    assert found.value >= found.european - tolerance
    assert found.value >= (at_once if kind == "call" else -at_once) - tolerance


@given(terms, st.integers(2, 60))
@settings(max_examples=100, deadline=None)
def test_parity_holds_in_the_tree_whatever_its_steps(option: dict[str, Any], steps: int) -> None:
    drift = abs(option["rate"] - option["income_yield"])
    steps += math.ceil(drift**2 * option["years"] / option["volatility"] ** 2)
    call = binomial(**option, kind="call", steps=steps).value
    put = binomial(**option, kind="put", steps=steps).value
    forward = option["spot"] * math.exp(-option["income_yield"] * option["years"])
    strike = option["strike"] * math.exp(-option["rate"] * option["years"])
    assert call - put == pytest.approx(forward - strike, rel=1e-7, abs=1e-6 * (forward + strike))


@given(st.floats(1, 1e6), st.floats(1, 1e6), st.floats(0.05, 2), st.floats(0.05, 20))
def test_black_76_on_the_forward_is_black_scholes_on_the_spot(
    spot: float, strike: float, volatility: float, years: float
) -> None:
    forward = spot * math.exp((0.04 - 0.01) * years)
    by_forward = black_76(
        forward=forward, strike=strike, rate=0.04, volatility=volatility, years=years
    )
    by_spot = black_scholes(
        spot=spot,
        strike=strike,
        rate=0.04,
        volatility=volatility,
        years=years,
        income_yield=0.01,
    )
    assert by_forward.value == pytest.approx(by_spot.value, rel=1e-12)
