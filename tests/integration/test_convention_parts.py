"""Curves, rates, evidence, approaches, options, scenarios, draws against their own formulas."""

import math
from datetime import date
from itertools import pairwise
from statistics import NormalDist, median
from typing import Any

import pytest

from tests.integration.value_files import appraisal, booked, close, drawn, flows, values

normal = NormalDist().cdf


def test_the_rates_are_those_of_their_formulas() -> None:
    built = values("rate-build-up")["rate"]
    assert built["rate"] == close(0.018 + 0.03 + 0.01 + 0.015 + 0.01 + 0.02)
    equity = 0.018 + 0.8 * (1 + (1 - 0.25) * 0.5) * 0.06 + 0.02
    weighted = equity / 1.5 + 0.045 * (1 - 0.25) * 0.5 / 1.5
    found = values("rate-wacc-real")["rate"]
    assert found["before_conversion"] == close(weighted)
    assert found["rate"] == close((1 + weighted) * 1.02 - 1)
    assert (found["basis"], found["terms"], found["converted"]) == ("wacc", "nominal", True)


def test_the_curves_are_read_as_the_conventions_say() -> None:
    table = [point["price_yuan_t"] for point in values("curve-table")["curve"]]
    assert table == pytest.approx([70, 80, 90, 87, 84, 84], rel=1e-12)
    carry = [point["price_yuan_t"] for point in values("curve-carry")["curve"]]
    assert carry == pytest.approx([70 * math.exp(0.015 * t) for t in (1, 2, 3)], rel=1e-12)
    first, last = 365 / 365, (date(2027, 12, 31) - date(2025, 1, 1)).days / 365
    middle = 74 + (82 - 74) * (2 - first) / (last - first)
    third = 74 + (82 - 74) * (3 - first) / (last - first)
    assert last < 3
    assert third > 82
    forward = [point["price_yuan_t"] for point in values("curve-forward")["curve"]]
    assert forward == pytest.approx([74, middle, 82, 82, 82], rel=1e-12)
    growing = [point["price_yuan_t"] for point in values("dcf-end-year")["curve"]]
    assert growing == pytest.approx([80 * 1.03**k for k in range(40)], rel=1e-12)


def test_a_perpetuity_is_gordons() -> None:
    found, last = values("perpetuity"), flows("perpetuity")[-1]
    beyond = last["net_yuan"] * 1.02 / (0.08 - 0.02) * last["factor"]
    assert found["beyond_horizon_yuan"] == close(beyond)
    assert found["net_yuan"] == booked(80 * 1000 * 0.8 / (0.08 - 0.02))


def test_comparables_are_brought_to_yuan_day_and_subject() -> None:
    found, given = values("evidence")["evidence"], appraisal("evidence")["evidence"]
    series = [(date.fromisoformat(p["day"]), float(p["price"])) for p in given["series"]]

    def read(day: date) -> float:
        for (opened, low), (closed, high) in pairwise(series):
            if opened <= day <= closed:
                return low + (high - low) * ((day - opened).days / (closed - opened).days)
        raise AssertionError(day)

    counted = []
    for line, entered in zip(found["comparables"], given["comparables"], strict=True):
        price = entered["price"] * (7.14 if entered.get("currency") == "USD" else 1.0)
        day = date.fromisoformat(entered["day"])
        price *= read(date(2025, 1, 1)) / read(day)
        for name in ("k_place", "k_type", "k_volume", "k_purpose", "k_vintage"):
            price *= 1 + entered.get(name, 0.0)
        assert line["adjusted_yuan_t"] == close(price)
        if not line["excluded"]:
            counted.append((price, entered.get("weight", 1.0)))
    excluded = {line["position"]: line["excluded"] for line in found["comparables"]}
    assert {place: code for place, code in excluded.items() if code} == {
        6: "outlier",
        7: "court",
        8: "by_hand",
    }
    whole = sum(weight for _, weight in counted)
    mean = math.fsum(price * weight for price, weight in counted) / whole
    assert found["weighted_yuan_t"] == close(mean)
    assert found["spread"]["median"] == close(median(price for price, _ in counted))
    assert found["upper_bound_yuan_t"] == close(found["comparables"][7]["adjusted_yuan_t"])
    assert found["low_yuan_t"] <= found["conclusion_yuan_t"] <= found["high_yuan_t"]
    assert values("evidence")["price_yuan_t"] == found["conclusion_yuan_t"]


def test_three_comparables_print_range_and_number_only() -> None:
    found = values("evidence-few")
    evidence = found["evidence"]
    assert evidence["spread"]["count"] == 3
    assert (evidence["conclusion_yuan_t"], evidence["spread"]["median"]) == (None, None)
    prices = [82 * 1.05, 95 * 0.95, 94.0]
    assert (evidence["spread"]["lowest"], evidence["spread"]["highest"]) == pytest.approx(
        (min(prices), max(prices))
    )
    assert found["market_yuan"] == booked(5000 * sum(prices) / 3 * 0.75)


def test_approaches_and_issued_units_follow_their_formulas() -> None:
    found = values("approaches")
    assert found["market_yuan"] == booked(8 * 900 * 70 * (1 - 0.35))
    assert found["cost_yuan"] == booked((260000 + 90000 + 25000 + 40000) * 0.9)
    concluded = found["conclusion"]
    income = found["prudent_yuan"]
    market = found["market_yuan"] * (1 - 0.1) * (1 - 0.05)
    total = 0.6 * income + 0.25 * market + 0.15 * found["cost_yuan"]
    assert concluded["value_yuan"] == pytest.approx(total, abs=0.011)
    assert concluded["valid_until"] == "2026-01-01"
    issued = found["issued"]
    assert (issued["tonnes_tco2e"], issued["pledged_tco2e"]) == (350.0, 100.0)
    assert issued["value_yuan"] == booked(350 * 80 * 0.85)


def black_scholes_call(spot: float, strike: float, *, rate: float, vol: float, t: float) -> float:
    d1 = (math.log(spot / strike) + (rate + vol * vol / 2) * t) / (vol * math.sqrt(t))
    later = strike * math.exp(-rate * t)
    return spot * normal(d1) - later * normal(d1 - vol * math.sqrt(t))


def american_put(
    spot: float, strike: float, *, rate: float, vol: float, t: float, steps: int
) -> float:
    """Return an American put by the Cox-Ross-Rubinstein tree."""
    step = t / steps
    up = math.exp(vol * math.sqrt(step))
    chance = (math.exp(rate * step) - 1 / up) / (up - 1 / up)
    discount = math.exp(-rate * step)
    nodes = [max(strike - spot * up ** (2 * k - steps), 0.0) for k in range(steps + 1)]
    for level in range(steps - 1, -1, -1):
        nodes = [
            max(
                discount * (chance * nodes[k + 1] + (1 - chance) * nodes[k]),
                strike - spot * up ** (2 * k - level),
            )
            for k in range(level + 1)
        ]
    return nodes[0]


def test_options_are_those_of_their_formulas() -> None:
    found = {option["name"]: option for option in values("options")["options"]}
    project = found["project"]
    income = math.fsum(
        (row["revenue_yuan"] - row["revenue_costs_yuan"]) * row["factor"]
        for row in flows("options")
    )
    invested = math.fsum(
        row["costs"].get("investment", 0.0) * row["factor"] for row in flows("options")
    )
    assert (project["underlying"], project["strike"]) == pytest.approx((income, invested))
    value = black_scholes_call(income, invested, rate=0.015, vol=0.35, t=2)
    assert project["value_yuan"] == pytest.approx(value, rel=1e-10)
    assert project["total_yuan"] == pytest.approx(value + values("options")["net_yuan"], abs=0.011)
    assert found["call, Hull"]["value_yuan"] == pytest.approx(4.759422393, abs=1e-8)
    assert found["put, Hull"]["value_yuan"] == pytest.approx(0.808599373, abs=1e-8)
    assert found["carbon call"]["value_yuan"] / 1000 == pytest.approx(7.23485039, abs=1e-8)
    assert found["carbon put"]["value_yuan"] / 1000 == pytest.approx(10.1901862, abs=1e-7)
    future = found["put on a future, Hull"]["value_yuan"]
    assert future == pytest.approx(1.116641456, abs=1e-8)
    american = found["American put"]
    assert american["value_yuan"] == pytest.approx(
        american_put(100, 110, rate=0.05, vol=0.3, t=1, steps=1000), rel=1e-10
    )
    assert american["value_yuan"] > american["european_yuan"]


def test_scenarios_move_what_they_say_and_weigh_up() -> None:
    found, base = values("scenarios"), flows("scenarios")
    by_kind = {scenario["kind"]: scenario for scenario in found["scenarios"]}
    kept = 1 - (0.02 + 0.1 + 0.03)

    def net(price: float, growth: float, tonnes: float, costs: float = 1.0) -> float:
        return math.fsum(
            (
                row["credits_sold_tco2e"]
                * tonnes
                * 80
                * price
                * growth ** (row["index"] - 1)
                * kept
                - costs * row["fixed_costs_yuan"]
            )
            * row["factor"]
            for row in base
        )

    assert by_kind["base"]["net_yuan"] == found["net_yuan"]
    assert by_kind["bear"]["net_yuan"] == booked(net(0.7, 1.0, 1.0))
    assert by_kind["bull"]["net_yuan"] == booked(net(1.3, 1.02, 1.05))
    delisted = math.fsum(
        row["net_yuan"] * row["factor"]
        - (0.75 * row["revenue_yuan"] * kept * row["factor"] if row["calendar_year"] >= 2030 else 0)
        for row in base
    )
    assert by_kind["delisting"]["net_yuan"] == booked(delisted)
    lost = {2027 + n: 0.6 * (1 - n / 4) for n in range(4)}
    storm = math.fsum(
        (
            row["revenue_yuan"] * (1 - lost.get(row["calendar_year"], 0.0)) * kept
            - 1.05 * row["fixed_costs_yuan"]
        )
        * row["factor"]
        for row in base
    )
    assert by_kind["typhoon"]["net_yuan"] == booked(storm)
    weighted = math.fsum(s["probability"] * s["net_yuan"] for s in found["scenarios"])
    assert found["weighted_scenarios_yuan"] == pytest.approx(weighted, abs=0.011)


def test_the_simulated_mean_and_spread_are_those_of_the_closed_form() -> None:
    found, rows = drawn("simulation"), flows("simulation")
    drawn_range = found["range"]
    worth = [row["present_value_yuan"] for row in rows]
    mean = math.fsum(worth)
    assert mean == booked(found["net_yuan"])
    error = drawn_range["standard_error_yuan"]
    assert 0 < error < 0.001 * mean
    assert abs(drawn_range["mean_yuan"] - mean) < 3 * error
    variance = math.fsum(
        one * other * math.expm1(0.4**2 * min(row["time_yr"], column["time_yr"]))
        for one, row in zip(worth, rows, strict=True)
        for other, column in zip(worth, rows, strict=True)
    )
    assert drawn_range["sd_yuan"] == pytest.approx(math.sqrt(variance), rel=0.02)
    assert sum(drawn_range["counts"]) == drawn_range["scenarios"] == 65536
    five = drawn_range["fan"]["50"][-1]
    assert five == pytest.approx(80 * 1.03**4 * math.exp(-(0.4**2) / 2 * 5), rel=0.03)
    assert drawn_range["loan_yuan"] == 200000
    assert 0 < drawn_range["probability_below_loan"] < 0.5
    assert drawn_range["expected_shortfall_yuan"] < drawn_range["percentiles"]["5"]


def test_the_tornado_is_the_value_at_the_moved_input() -> None:
    found, rows = drawn("simulation"), flows("simulation")
    bars = {bar["path"]: bar for bar in found["sensitivity"]["tornado"]}
    price = bars["appraisal.price_yuan_t"]
    assert (price["low_input"], price["high_input"]) == close_pair(64.0, 96.0)
    assert price["low_net_yuan"] == pytest.approx(0.8 * found["net_yuan"], rel=1e-6)
    rate = bars["appraisal.discount_rate"]
    moved = math.fsum(row["net_yuan"] / (1 + rate["high_input"]) ** row["time_yr"] for row in rows)
    assert rate["high_net_yuan"] == pytest.approx(moved, rel=1e-9)


def close_pair(one: float, other: float) -> Any:
    return pytest.approx((one, other), rel=1e-12)
