"""Capital by Basel CRE31, effective maturity, risk weights, and the return on capital."""

import json
import math
from datetime import date
from fractions import Fraction
from statistics import NormalDist
from typing import Any

import pytest
import QuantLib
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm

from app.finance.lending.capital import (
    LEAST_PD,
    asset_correlation,
    defaulted_capital,
    effective_maturity,
    irb_capital,
    maturity_slope,
)
from app.finance.lending.raroc import Pricing, least_revenue, raroc
from app.finance.lending.schedule_results import Schedule
from tests.case_table import case_table
from tests.unit.finance.credit_loans import credit_document, credit_result, security

CASES = case_table("finance")
ANNEX_5 = {
    0.0005: 19.65,
    0.0010: 29.65,
    0.0025: 49.47,
    0.0040: 62.72,
    0.0050: 69.61,
    0.0075: 82.78,
    0.0100: 92.32,
    0.0130: 100.95,
    0.0150: 105.59,
    0.0200: 114.86,
    0.0250: 122.16,
    0.0300: 128.44,
}
"""Illustrative risk weights in %, corporate, LGD 45 %, 2.5 years: Basel II (June 2006), Annex 5."""
LGD_40 = {
    0.0005: 17.47,
    0.0010: 26.36,
    0.0025: 43.97,
    0.0040: 55.75,
    0.0050: 61.88,
    0.0075: 73.58,
    0.0100: 82.06,
    0.0130: 89.73,
}
"""The same with LGD 40 %: Saudi Central Bank, rulebook of 27 December 2022, table 26.1."""
SHARES = st.floats(0, 1)
STANDARDISED: dict[str, Any] = {"pd": 0.02, "risk_weight": 1.0, "capital_ratio": 0.105}
RETURN: dict[str, Any] = {
    "funds_rate": 0.02,
    "operating_cost": 0.006,
    "tax_rate": 0.25,
    "capital_credit": 0.02,
    "hurdle": 0.15,
}


def row(name: str) -> tuple[dict[str, Any], dict[str, Any]]:
    return json.loads(CASES[name]["inputs"]), json.loads(CASES[name]["expected"])


def test_l13_the_capital_of_a_corporate_loan() -> None:
    terms, expected = row("L13")
    found = irb_capital(terms["pd"], terms["lgd"], terms["M"])
    assert found == pytest.approx(expected["K"], abs=1e-10)
    assert 12.5 * found == pytest.approx(expected["RW"], abs=1e-10)


@pytest.mark.parametrize(("lgd", "table"), [(0.45, ANNEX_5), (0.40, LGD_40)])
def test_risk_weights_are_those_that_supervisors_print(
    lgd: float, table: dict[float, float]
) -> None:
    for pd, percent in table.items():
        assert 1250 * irb_capital(pd, lgd, 2.5) == pytest.approx(percent, abs=0.01)


def by_quantlib(pd: float, lgd: float, maturity: float) -> float:
    normal, inverse = QuantLib.CumulativeNormalDistribution(), QuantLib.InverseCumulativeNormal()
    weight = (1 - math.exp(-50 * pd)) / (1 - math.exp(-50))
    correlation = 0.12 * weight + 0.24 * (1 - weight)
    b = (0.11852 - 0.05478 * math.log(pd)) ** 2
    systemic = math.sqrt(correlation / (1 - correlation)) * inverse(0.999)
    loss = lgd * normal(inverse(pd) / math.sqrt(1 - correlation) + systemic)
    return float((loss - pd * lgd) * (1 + (maturity - 2.5) * b) / (1 - 1.5 * b))


@settings(max_examples=100, deadline=None)
@given(pd=st.floats(0.0005, 0.999), lgd=SHARES, maturity=st.floats(1, 5))
def test_capital_agrees_with_three_other_normal_distributions(
    pd: float, lgd: float, maturity: float
) -> None:
    found = irb_capital(pd, lgd, maturity)
    assert found == pytest.approx(by_quantlib(pd, lgd, maturity), abs=1e-7)
    correlation, b = asset_correlation(pd), maturity_slope(pd)
    adjustment = (1 + (maturity - 2.5) * b) / (1 - 1.5 * b)
    normal = NormalDist()
    for below, upper in ((norm.cdf, norm.ppf), (normal.cdf, normal.inv_cdf)):
        argument = (upper(pd) + correlation**0.5 * upper(0.999)) / (1 - correlation) ** 0.5
        expected = lgd * (below(argument) - pd) * adjustment
        assert found == pytest.approx(expected, abs=1e-10)


def test_the_correlation_falls_from_24_to_12_percent() -> None:
    assert asset_correlation(0.0) == pytest.approx(0.24)
    assert asset_correlation(1.0) == pytest.approx(0.12)


def test_a_pd_of_nothing_counts_as_the_least_one() -> None:
    assert irb_capital(0.0, 0.45, 2.5) == irb_capital(LEAST_PD, 0.45, 2.5) > 0
    assert irb_capital(1e-9, 0.45, 2.5) == irb_capital(LEAST_PD, 0.45, 2.5)


def test_without_loss_there_is_no_capital() -> None:
    assert irb_capital(0.02, 0.0, 2.5) == 0


def test_capital_of_a_default_is_what_exceeds_the_best_estimate() -> None:
    assert defaulted_capital(0.45, 0.30) == pytest.approx(0.15)
    assert defaulted_capital(0.30, 0.45) == 0


@settings(max_examples=100, deadline=None)
@given(pd=st.floats(0.0005, 0.99), lgd=st.floats(0.01, 1), years=st.floats(1, 4.9))
def test_capital_is_positive_proportional_to_lgd_and_grows_with_maturity(
    pd: float, lgd: float, years: float
) -> None:
    found = irb_capital(pd, lgd, years)
    assert 0 < found < 1
    assert irb_capital(pd, lgd / 2, years) == pytest.approx(found / 2, rel=1e-12)
    assert irb_capital(pd, lgd, years + 0.1) > found


def schedule_of(days: list[date], principal: list[int], interest: list[int]) -> Schedule:
    count = len(days)
    return Schedule(
        days, days, days, [0.05] * count, [0] * count, interest, principal, [0] * count,
        [0] * count, ["payment"] * count,
    )  # fmt: skip


def test_the_effective_maturity_is_the_mean_time_of_the_payments() -> None:
    day = date(2025, 1, 1)
    days = [date(2026, 1, 1), date(2027, 1, 1), date(2028, 1, 1)]
    plan = schedule_of(days, [0, 0, 10_000_00], [500_00, 500_00, 500_00])
    expected = Fraction(500 * 365 + 500 * 730 + 10_500 * 1095, 11_500 * 365)
    assert effective_maturity(plan, day) == pytest.approx(float(expected), rel=1e-14)


@pytest.mark.parametrize(
    ("due", "expected"), [(date(2025, 3, 1), 1.0), (date(2045, 1, 1), 5.0), (date(2024, 1, 1), 1.0)]
)
def test_the_effective_maturity_is_one_to_five_years(due: date, expected: float) -> None:
    plan = schedule_of([due], [10_000_00], [100_00])
    assert effective_maturity(plan, date(2025, 1, 1)) == expected


def test_standardised_capital_takes_the_weight_and_ratio_entered(document: dict[str, Any]) -> None:
    found = credit_result(credit_document(document, **STANDARDISED))
    assert found.rwa_yuan == 20_000_000
    assert found.capital_yuan == pytest.approx(2_100_000)


def test_a_carbon_pledge_gives_no_relief_and_acts_through_lgd_alone(
    document: dict[str, Any],
) -> None:
    found = {}
    for share in (0.2, 1.0):
        document["loan"]["collaterals"] = [{"kind": "carbon_right", "pledged_share": share}]
        for approach in ("standardised", "irb"):
            entered = credit_document(document, **STANDARDISED, approach=approach)
            found[share, approach] = credit_result(entered)
    low, high = found[0.2, "standardised"], found[1.0, "standardised"]
    assert (low.rwa_yuan, low.capital_yuan) == (high.rwa_yuan, high.capital_yuan)
    assert low.lgd is not None
    assert high.lgd is not None
    assert low.lgd > high.lgd
    weak, strong = found[0.2, "irb"].capital_yuan, found[1.0, "irb"].capital_yuan
    assert weak is not None
    assert strong is not None
    assert weak / strong == pytest.approx(low.lgd / high.lgd)


def test_internal_ratings_hold_k_and_weigh_twelve_and_a_half_of_it(
    document: dict[str, Any],
) -> None:
    entered = credit_document(
        document, pd=0.01, irb_lgd=0.45, effective_maturity=2.5, approach="irb"
    )
    found = credit_result(entered)
    assert found.irb_weight == pytest.approx(0.9231680139, abs=1e-10)
    assert found.rwa_yuan == pytest.approx(20_000_000 * 0.9231680139, abs=0.01)
    assert found.capital_yuan == pytest.approx(20_000_000 * 0.0738534411, abs=0.01)
    assert found.maturity_yr == 2.5


def test_a_loan_in_default_holds_no_more_than_its_unexpected_loss(document: dict[str, Any]) -> None:
    entered = credit_document(
        document, pd=0.01, lgd=0.3, irb_lgd=0.45, defaulted_on="2025-05-01", approach="irb"
    )
    found = credit_result(entered)
    assert found.irb_k == pytest.approx(0.15)
    assert found.raroc is None
    assert found.min_rate is None


def test_l14_the_least_rate_for_a_hurdle() -> None:
    terms, expected = row("L14")
    el = terms["pd"] * terms["lgd"]
    assert el == pytest.approx(expected["el"], abs=1e-15)
    found = least_revenue(
        costs=terms["ftp"] + terms["opex"],
        expected_loss=el,
        capital=terms["cap"],
        hurdle=terms["hurdle"],
        tax_rate=terms["tax"],
        capital_credit=terms["capital_credit_rate"],
    )
    assert found - terms["fee"] == pytest.approx(expected["r_min"], abs=1e-15)


def test_p06_the_same_return_from_amounts() -> None:
    terms, expected = row("P06")
    found = raroc(
        revenue=terms["revenue"],
        costs=terms["costs"],
        expected_loss=terms["el"],
        capital=terms["ec"],
    )
    assert found == pytest.approx(expected["raroc"], abs=1e-15)


def test_without_capital_there_is_no_return_on_it() -> None:
    assert raroc(revenue=0.05, costs=0.02, expected_loss=0.0, capital=0.0) is None


RATES = st.floats(0, 0.3)


@settings(max_examples=100, deadline=None)
@given(
    fee=RATES, funds=RATES, cost=RATES, loss=RATES, capital=st.floats(0.01, 1), credit=RATES,
    tax=st.floats(0, 0.9), vat=st.floats(0, 0.5), hurdle=RATES,
)  # fmt: skip
def test_at_the_least_rate_the_return_is_the_hurdle(
    *, fee: float, funds: float, cost: float, loss: float, capital: float, credit: float,
    tax: float, vat: float, hurdle: float,
) -> None:  # fmt: skip
    loan = Pricing(0.0, vat, fee, funds, cost, loss, capital, tax, credit)
    rate = loan.least_rate(hurdle)
    priced = Pricing(rate, vat, fee, funds, cost, loss, capital, tax, credit)
    assert priced.raroc == pytest.approx(hurdle, abs=1e-9)


def test_return_and_least_rate_of_a_loan_by_fractions(document: dict[str, Any]) -> None:
    entered = credit_document(
        document, **STANDARDISED, **RETURN, lgd=0.45, yearly_fee=0.001, interest_tax=0.06
    )
    found = credit_result(entered)
    vat, fee, funds, cost = (Fraction(text) for text in ("0.06", "0.001", "0.02", "0.006"))
    loss, capital, tax = Fraction("0.009"), Fraction("0.105"), Fraction("0.25")
    credit, hurdle = Fraction("0.02"), Fraction("0.15")
    earned = Fraction("0.0385") * (1 - vat) + fee - funds - cost - loss
    expected = (earned * (1 - tax) + capital * credit * (1 - tax)) / capital
    assert found.raroc == pytest.approx(float(expected), abs=1e-12)
    needed = funds + cost + loss + capital * hurdle / (1 - tax) - capital * credit - fee
    assert found.min_rate == pytest.approx(float(needed / (1 - vat)), abs=1e-12)


def test_what_is_undrawn_weighs_on_the_return_of_what_is_drawn(document: dict[str, Any]) -> None:
    entered = {**STANDARDISED, **RETURN, "lgd": 0.45, "conversion_factor": 0.4}
    plain = credit_result(credit_document(document, **entered))
    loaded = credit_result(credit_document(document, **entered, undrawn_yuan=10_000_000))
    assert loaded.ead_yuan == 24_000_000
    assert loaded.raroc is not None
    assert plain.raroc is not None
    assert loaded.raroc < plain.raroc


def test_capital_of_equipment_is_that_of_no_collateral(document: dict[str, Any]) -> None:
    bare = credit_result(credit_document(document, **STANDARDISED))
    document["loan"]["collaterals"] = [security(50_000_000)]
    assert credit_result(credit_document(document, **STANDARDISED)).capital_yuan == (
        bare.capital_yuan
    )
