"""Loan over value that the price risk allows, against published figures and other libraries."""

import json
import math

import pytest
import QuantLib
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy.stats import norm

from app.finance.lending.ratio_models import (
    normal_quantile,
    option_ratio,
    option_volatility,
    var_ratio,
    var_volatility,
)
from tests.case_table import case_table

CASES = case_table("finance")
VOLATILITIES = st.floats(0.05, 1.5)
YEARS = st.floats(0.05, 20)
SPREADS = st.floats(0.001, 0.15)


@pytest.mark.parametrize("name", ["L09", "L11"])
def test_the_ratio_by_value_at_risk(name: str) -> None:
    terms = json.loads(CASES[name]["inputs"])
    found = var_ratio(
        volatility=terms["sigma"],
        disposal_days=terms["h_days"],
        confidence=float(norm.cdf(terms["z"])),
        disposal_cost_share=terms["cost"],
        loan_rate=terms["R"],
    )
    assert found == pytest.approx(json.loads(CASES[name]["expected"])["ltv"], abs=1e-8)


def test_the_quantile_of_99_percent() -> None:
    assert normal_quantile(0.99) == pytest.approx(norm.ppf(0.99), abs=1e-14)


@settings(max_examples=100, deadline=None)
@given(
    volatility=VOLATILITIES,
    days=st.integers(1, 1000),
    confidence=st.floats(0.5, 0.999),
    cost=st.floats(0, 0.5),
    drift=st.floats(-0.2, 0.2),
    rate=st.floats(0, 0.2),
)
def test_a_sale_covers_the_loan_with_the_confidence_asked_for(
    *, volatility: float, days: int, confidence: float, cost: float, drift: float, rate: float
) -> None:
    """Log of the price at the end of h years is normal with mean mu h, deviation sigma sqrt(h)."""
    terms = {
        "disposal_days": days,
        "confidence": confidence,
        "disposal_cost_share": cost,
        "drift": drift,
        "loan_rate": rate,
    }
    ratio = var_ratio(volatility=volatility, **terms)
    years = days / 252
    owed_per_price = ratio * (1 + rate * years) / (1 - cost)
    covered = norm.sf(math.log(owed_per_price), drift * years, volatility * math.sqrt(years))
    assert covered == pytest.approx(confidence, abs=1e-10)
    if confidence > 0.51:
        assert var_volatility(ratio, **terms) == pytest.approx(volatility, rel=1e-8)


def test_no_volatility_is_low_enough_for_more_than_the_sale_brings() -> None:
    terms = {"disposal_days": 60, "confidence": 0.99, "disposal_cost_share": 0.1}
    assert var_volatility(0.91, **terms) is None
    assert var_volatility(0.9, **terms) == 0
    assert var_volatility(0.5, **terms | {"confidence": 0.5}) is None


@settings(max_examples=60, deadline=None)
@given(
    volatility=VOLATILITIES,
    years=st.floats(0.05, 10),
    rate=st.floats(-0.02, 0.1),
    spread=SPREADS,
)
def test_the_loan_is_worth_what_is_lent_with_the_put_of_quantlib(
    volatility: float, years: float, rate: float, spread: float
) -> None:
    ratio = option_ratio(volatility=volatility, years=years, rate=rate, spread=spread)
    due = ratio * math.exp((rate + spread) * years)
    discount = math.exp(-rate * years)
    put = QuantLib.blackFormula(
        QuantLib.Option.Put, due, 1 / discount, volatility * math.sqrt(years), discount
    )
    assert due * discount - put == pytest.approx(ratio, abs=1e-9)
    assert 0 <= ratio <= 1


@settings(max_examples=60, deadline=None)
@given(
    volatility=VOLATILITIES,
    years=st.floats(0.05, 10),
    rate=st.floats(-0.02, 0.1),
    spread=SPREADS,
)
@example(volatility=0.05, years=8.0, rate=0.0, spread=0.125)
@example(volatility=1.5, years=10.0, rate=0.0, spread=0.001)
def test_nothing_or_the_whole_value_is_lent_only_where_a_float_tells_no_other_ratio(
    volatility: float, years: float, rate: float, spread: float
) -> None:
    """The whole value lacks just the call at what is then due (put-call parity).

    At a root of 1 within the precision of a float that call is worth nothing; at a ratio of nothing
    the spread does not pay for the put of a loan of a billionth of the value.
    """
    ratio = option_ratio(volatility=volatility, years=years, rate=rate, spread=spread)
    deviation, discount = volatility * math.sqrt(years), math.exp(-rate * years)
    grown = math.exp((rate + spread) * years)
    if ratio == 1:
        call = QuantLib.Option.Call
        assert QuantLib.blackFormula(call, grown, 1 / discount, deviation, discount) < 1e-13
    if ratio == 0:
        put = QuantLib.Option.Put
        assert QuantLib.blackFormula(
            put, 1e-9 * grown, 1 / discount, deviation, discount
        ) >= 1e-9 * math.expm1(spread * years) * (1 - 1e-9)


@settings(max_examples=60, deadline=None)
@given(volatility=VOLATILITIES, years=YEARS, spread=SPREADS, more=st.floats(1.05, 2))
def test_more_volatility_lowers_the_ratio_and_more_spread_raises_it(
    volatility: float, years: float, spread: float, more: float
) -> None:
    terms = {"years": years, "rate": 0.02}
    ratio = option_ratio(volatility=volatility, spread=spread, **terms)
    assert option_ratio(volatility=volatility * more, spread=spread, **terms) <= ratio + 1e-12
    assert option_ratio(volatility=volatility, spread=spread * more, **terms) >= ratio - 1e-12


def test_without_risk_or_time_the_whole_value_is_lent() -> None:
    assert option_ratio(volatility=1e-9, years=3, rate=0.02, spread=0.02) == pytest.approx(1)
    assert option_ratio(volatility=0.4, years=1e-9, rate=0.02, spread=0.02) > 0.999


@pytest.mark.parametrize("spread", [0.0, -0.01])
def test_without_a_spread_nothing_pays_for_the_risk(spread: float) -> None:
    assert option_ratio(volatility=0.4, years=3, rate=0.02, spread=spread) == 0
    assert option_volatility(0.5, years=3, rate=0.02, spread=spread) is None
    assert option_ratio(volatility=0.4, years=3, rate=0.02, spread=1e-9) < 0.05


def test_the_volatility_of_a_ratio_is_found_back() -> None:
    terms = {"years": 5.0, "rate": 0.015, "spread": 0.025}
    ratio = option_ratio(volatility=0.35, **terms)
    assert option_volatility(ratio, **terms) == pytest.approx(0.35, rel=1e-9)
    assert option_volatility(1.0, **terms) is None
