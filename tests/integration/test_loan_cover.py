"""Sizing, collaterals, cover, path and stress of the shipped loans recomputed by hand."""

import math
from calendar import monthrange
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from scipy.optimize import brentq
from scipy.stats import norm

from tests.integration.loan_files import FILES, document, half_up, printed, schedule, terms, yuan
from tests.integration.value_files import close

START = date(2025, 1, 1)
FEN = Decimal("0.01")


def bounds(name: str = "all-bounds") -> dict[str, dict[str, Any]]:
    return {bound["code"]: bound for bound in printed(name)["sizing"]["bounds"]}


def sold(name: str) -> list[tuple[date, float]]:
    """Return day and net amount of each flow of the right: 1 January of each year."""
    rows = printed(name, "value")["cash_flow"]
    return [(date(2025 + round(row["time_yr"]), 1, 1), row["net_yuan"]) for row in rows]


def time_of(day: date) -> float:
    """Return months from 1 January 2025 with the part of the month begun, years."""
    months = (day.year - START.year) * 12 + day.month - 1
    return (months + (day.day - 1) / monthrange(day.year, day.month)[1]) / 12


def left_of_right(name: str, day: date) -> float:
    """Return the present value on a day of the flows after it."""
    later = [(time_of(paid) - time_of(day), flow) for paid, flow in sold(name) if paid > day]
    return math.fsum(flow * 1.08**-time for time, flow in later)


@pytest.mark.parametrize("name", FILES)
def test_the_smallest_bound_binds_and_is_what_is_supported(name: str) -> None:
    found = printed(name)
    amounts = [b["amount"] for b in found["sizing"]["bounds"] if b["amount"] is not None]
    assert found["supported_yuan"] == found["sizing"]["supported"] == min(amounts)
    (binding,) = [b["code"] for b in found["sizing"]["bounds"] if b["binding"]]
    assert found["sizing"]["binding"] == binding
    asked = yuan(terms(name)["amount_yuan"])
    assert yuan(found["uncovered_yuan"]) == max(asked - yuan(min(amounts)), Decimal(0))
    for bound in found["sizing"]["bounds"]:
        short = bound["amount"] is not None and bound["amount"] < float(asked)
        assert bool(bound["remedies"]) == short


def test_the_ratio_by_value_at_risk_is_that_of_a_lognormal_price() -> None:
    risk = terms("all-bounds")["market_risk"]
    years = risk["disposal_days"] / 252
    worst = risk["drift"] * years - norm.ppf(0.99) * risk["volatility"] * math.sqrt(years)
    ratio = 0.9 * math.exp(worst)
    net = printed("all-bounds", "value")["net_yuan"]
    assert bounds()["var"]["detail"] == close(ratio)
    assert bounds()["var"]["amount"] == pytest.approx(ratio * net, abs=0.01)


def test_the_ratio_by_the_option_is_riskless_debt_less_a_put() -> None:
    risk, last = terms("all-bounds")["market_risk"], schedule("all-bounds")[-1]["date"]
    years = (last - date(2025, 7, 1)).days / 365
    riskless, spread, vol = risk["risk_free_rate"], risk["credit_spread"], risk["volatility"]

    def too_much(ratio: float) -> float:
        due = ratio * math.exp((riskless + spread) * years)
        root = vol * math.sqrt(years)
        d1 = (math.log(1 / due) + (riskless + vol**2 / 2) * years) / root
        put = due * math.exp(-riskless * years) * norm.cdf(root - d1) - norm.cdf(-d1)
        return float(due * math.exp(-riskless * years) - put - ratio)

    assert bounds()["option"]["detail"] == pytest.approx(brentq(too_much, 0.05, 0.99), rel=1e-9)


def test_the_year_of_a_loan_has_its_sales_and_other_cash_by_days() -> None:
    flows = dict(sold("all-bounds"))
    yearly = [(range(2025, 2028), 150000), (range(2028, 2031), 120000)]
    for year, row in zip(
        printed("all-bounds")["coverage"]["years"], schedule("all-bounds"), strict=True
    ):
        first, last = date.fromisoformat(year["first_day"]), date.fromisoformat(year["last_day"])
        days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
        other = math.fsum(
            amount / (366 if day.year % 4 == 0 else 365)
            for day in days
            for years, amount in yearly
            if day.year in years
        )
        cash = math.fsum(flows.get(day, 0.0) for day in days)
        assert year["cash_right_yuan"] == close(cash)
        assert year["cash_other_yuan"] == close(other)
        assert year["dscr"] == close((cash + other) / row["payment"])


def test_bounds_by_cash_are_in_proportion_to_what_is_covered() -> None:
    found, cover, loan = bounds(), printed("all-bounds")["coverage"], terms("all-bounds")
    asked, rate = loan["amount_yuan"], loan["annual_rate"]
    dscr = [year["dscr"] for year in cover["years"]]
    assert found["dscr"]["amount"] == pytest.approx(asked * min(dscr) / 1.3, abs=0.01)
    cash = [year["cash_yuan"] for year in cover["years"]]
    llcr = math.fsum(c * (1 + rate) ** -(n + 1) for n, c in enumerate(cash)) / asked
    assert cover["llcr"] == close(llcr)
    assert found["llcr"]["amount"] == pytest.approx(asked * llcr / 1.4, abs=0.01)
    last = schedule("all-bounds")[-1]["date"]
    after = math.fsum(
        flow * (1 + rate) ** (-5 - (day - last).days / 365)
        for day, flow in sold("all-bounds")
        if day > last
    )
    half_year = 120000 * 183 / 365 * (1 + rate) ** (-5 - 184 / 365)
    assert cover["plcr"] == close(llcr + (after + half_year) / asked)
    income = 2000 * 80 * 10
    assert found["life_income"]["amount"] == 0.15 * income
    assert found["life_income"]["detail"] == income


def test_under_stress_sales_come_a_year_later_cheaper_and_fewer() -> None:
    asked = terms("all-bounds")["amount_yuan"]
    # from the second year on 2,000 t x 0.8 at 80 yuan x 0.7, less 8 % and costs of 30,000
    late = 2000 * 0.8 * 80 * 0.7 * 0.92 - 30000
    worst = []
    for place, year in enumerate(printed("all-bounds")["coverage"]["years"]):
        right = late if place else -30000
        service = year["principal_yuan"] + year["interest_yuan"]
        worst.append((right + year["cash_other_yuan"]) / service)
    assert bounds()["stressed_dscr"]["detail"] == close(min(worst))
    assert bounds()["stressed_dscr"]["amount"] == pytest.approx(asked * min(worst) / 1.05, abs=0.01)


@pytest.mark.parametrize(
    "name", ["equal-instalment", "all-bounds", "step", "tranches", "prepayment"]
)
def test_the_path_holds_the_balance_against_what_is_left_of_the_right(name: str) -> None:
    path = printed(name)["coverage"]["path"]
    worst = 0.0
    for point in path["points"]:
        day = date.fromisoformat(point["day"])
        valued = day - timedelta(days=1) if point["before_payment"] else day
        assert point["right_yuan"] == close(left_of_right(name, valued))
        assert point["ltv"] == close(point["balance_yuan"] / point["right_yuan"])
        worst = max(worst, point["ltv"])
    assert path["max_ltv"] == worst
    after = {row["date"].isoformat(): row["closing"] for row in schedule(name)}
    shown = {p["day"]: p["balance_yuan"] for p in path["points"] if not p["before_payment"]}
    assert {day: owed for day, owed in shown.items() if day in after} == after


def test_each_collateral_carries_what_is_left_of_it_and_the_loan_goes_by_rank() -> None:
    found, values = printed("collaterals")["coverage"], printed("collaterals", "value")
    own = {"carbon_right": values["net_yuan"], "issued_credits": values["issued"]["value_yuan"]}
    left, laid = yuan(terms("collaterals")["amount_yuan"]), Decimal(0)
    assert values["issued"]["value_yuan"] == 500 * 80 * 0.9
    for line, row in zip(terms("collaterals")["collaterals"], found["collaterals"], strict=True):
        value = yuan(line.get("value_yuan", own.get(line["kind"])))
        value = half_up(value * yuan(line.get("pledged_share", 1)))
        free = half_up(value * (1 - yuan(line.get("haircut", 0))))
        free -= yuan(line.get("prior_claims_yuan", 0))
        counted = min(free, yuan(line.get("secured_maximum_yuan", free)))
        carried = half_up(free * yuan(line.get("ratio_cap", 1)))
        carried = min(carried, yuan(line.get("secured_maximum_yuan", carried)))
        assert (yuan(row["value_yuan"]), yuan(row["counted_yuan"])) == (value, counted)
        assert yuan(row["lendable_yuan"]) == carried
        part = min(left, carried)
        assert yuan(row["allocated_yuan"]) == part
        left, laid = left - part, laid + part
    assert yuan(found["unsecured_yuan"]) == left
    assert yuan(found["allocated_yuan"]) == yuan(found["lendable_yuan"]) == laid
    assert found["secured_amount_yuan"] == 3600000.0


def test_later_days_take_off_the_yearly_decline_and_the_ended_policy() -> None:
    lines = terms("collaterals")["collaterals"]
    for point in printed("collaterals")["coverage"]["path"]["points"]:
        day = date.fromisoformat(point["day"]) - timedelta(days=point["before_payment"])
        years = (day - date(2025, 3, 1)).days / 365
        fixed = [min(1940000, 1000000), 25200, 900000 * 0.85**years * 0.7, 315000]
        fixed.append(400000 if day.isoformat() <= lines[5]["valid_until"] else 0)
        fixed.append(800000 if day.isoformat() <= lines[6]["valid_until"] else 0)
        assert point["other_yuan"] == close(math.fsum(fixed))
        right = left_of_right("collaterals", day) * 0.8 * 0.8
        assert point["right_yuan"] == close(right)


def stressed(name: str) -> dict[str, dict[str, Any]]:
    found = printed(name)["stress"]
    return {case["name"] or case["code"]: case for case in found}


YEARS = np.arange(1, 11)
ALL_YEARS = np.ones(10)


def net_value(price: float = 80.0, tonnes: float = 2000.0, sells: Any = ALL_YEARS) -> float:
    """Return the net value of ten yearly sales; the costs of 30,000 yuan stay."""
    flows = sells * tonnes * price * 0.92 - 30000
    return float((flows * 1.08**-YEARS).sum())


@pytest.mark.parametrize(
    ("stress", "moved"),
    [
        ("base", {}),
        ("S1", {"price": 56}),
        ("S2", {"price": 40}),
        ("S3", {"sells": YEARS > 2}),
        ("S4", {"tonnes": 1200}),
        ("S5", {"sells": YEARS < 3}),
        ("S6", {"price": 56, "tonnes": 1200, "sells": YEARS > 2}),
        ("S7", {}),
        ("S8", {"price": 48}),
        ("Storm year", {"tonnes": 1500}),
        ("Late, cheap and dear money", {"price": 64, "sells": YEARS > 1}),
        ("No market from 2029", {"sells": YEARS < 5}),
    ],
)
def test_a_stress_values_the_moved_sales(stress: str, moved: dict[str, Any]) -> None:
    found = stressed("stresses")[stress]
    assert found["value_yuan"] == pytest.approx(net_value(**moved), abs=0.01)
    base = stressed("stresses")["base"]["value_yuan"]
    assert found["value_change"] == close((found["value_yuan"] - base) / base)
    assert found["coverage"] == close(found["value_yuan"] / 300000)


def lowest_dscr(sale: float, *, other: float = 10000, bp: float = 0) -> float:
    """Return the lowest DSCR of the floating loan: half-yearly parts of 30,000 yuan."""
    rows, found = schedule("stresses"), []
    for year in range(5):
        pair = rows[2 * year : 2 * year + 2]
        dear = 1 + (bp / 1e4 / pair[0]["rate"] if year else 0)
        service = math.fsum(row["principal"] + row["interest"] * dear for row in pair)
        found.append((sale + other) / service)
    return min(found)


def test_the_lowest_dscr_follows_price_other_cash_and_the_lpr() -> None:
    cases = stressed("stresses")
    sale = 2000 * 80 * 0.92 - 30000
    fewer = 1500 * 80 * 0.92 - 30000
    assert cases["base"]["min_dscr"] == pytest.approx(lowest_dscr(sale), rel=1e-6)
    assert cases["S1"]["min_dscr"] == pytest.approx(lowest_dscr(2000 * 56 * 0.92 - 30000), rel=1e-6)
    assert cases["S7"]["min_dscr"] == pytest.approx(lowest_dscr(sale, bp=200), rel=1e-4)
    assert cases["Storm year"]["min_dscr"] == pytest.approx(
        lowest_dscr(fewer, other=5000), rel=1e-6
    )
    service = math.fsum(row["payment"] for row in schedule("stresses")[:2])
    break_even = (service - 10000 + 30000) / (2000 * 0.92)
    assert cases["base"]["break_even_price_yuan_t"] == pytest.approx(break_even, rel=1e-9)


def test_the_heat_table_is_the_coverage_at_each_price_and_tonnage() -> None:
    heat = printed("stresses")["heat"]
    for price, row in zip(heat["price_changes"], heat["coverage"], strict=True):
        for tonnes, coverage in zip(heat["tonnes_changes"], row, strict=True):
            value = net_value(price=80 * (1 + price), tonnes=2000 * (1 + tonnes))
            assert coverage == pytest.approx(max(value, 0) / 300000, rel=1e-9)


def test_the_loan_over_each_value_is_its_quotient() -> None:
    for name in FILES:
        found, values = printed(name), printed(name, "value")
        amount = document(name)["loan"]["amount_yuan"]
        for level in ("gross", "net", "liquidation"):
            assert found[f"loan_to_{level}"] == close(amount / values[f"{level}_yuan"])
