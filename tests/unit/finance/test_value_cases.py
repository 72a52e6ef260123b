"""Published values of income rights, computed by the whole engine."""

import json
from decimal import Decimal
from typing import Any

import numpy as np
import pytest

from app.finance.case.valuation.curve import Compounding
from app.finance.engine import Results, compute_case
from app.finance.sink.tables import SinkTables
from app.finance.valuation.price_curve import forward_prices
from app.finance.valuation.results import ValueResult
from app.services.case_file import validate
from tests.case_table import case_table

CASES = case_table("finance")
NO_COSTS = {
    "transaction_fee_share": 0,
    "tax_share": 0,
    "monitoring_cost_yuan_yr": 0,
    "verification_cost_yuan": 0,
    "operating_cost_yuan_yr": 0,
}


def row(name: str) -> tuple[dict[str, Any], dict[str, Any]]:
    return json.loads(CASES[name]["inputs"]), json.loads(CASES[name]["expected"])


def results(document: dict[str, Any], tonnes: float, years: int, **appraisal: object) -> Results:
    """A stated right of `tonnes` a year from the valuation date on, ending after `years`."""
    document["project"]["stated"] = [
        {"first_year": 2025, "last_year": 2025 + years - 1, "tonnes_per_year": tonnes}
    ]
    document["project"]["sea_area_right_end"] = f"{2025 + years - 1}-12-31"
    document["appraisal"] |= {"valuation_date": "2025-01-01", "horizon_years": years, **NO_COSTS}
    document["appraisal"] |= appraisal
    return compute_case(validate(document).case, SinkTables({}))


def values(found: Results) -> ValueResult:
    assert found.values is not None
    return found.values


def test_n01_dongtai_the_loan_is_sixteen_years_of_carbon_and_prints(
    document: dict[str, Any],
) -> None:
    given, expected = row("N01")
    document["loan"]["amount_yuan"] = given["loan"]
    found = results(document, given["tCO2"], 1, price_yuan_t=given["price"])
    assert values(found).gross_yuan == Decimal(str(expected["carbon_value"]))
    assert found.loan is not None
    assert found.loan.loan_to_one_year == pytest.approx(
        expected["loan_over_annual_carbon"], abs=1e-6
    )
    assert found.loan.loan_to_one_year is not None
    assert 100 / found.loan.loan_to_one_year == pytest.approx(expected["coverage_pct"], abs=1e-4)


def test_n02_anji_is_tonnes_times_the_price_of_the_first_day_of_trading(
    document: dict[str, Any],
) -> None:
    given, expected = row("N02")
    a_year = given["area_mu"] * given["t_mu_y"]
    assert a_year == pytest.approx(expected["t_per_year"], abs=0.01)
    assert given["tCO2"] / a_year == pytest.approx(expected["implied_years"], abs=0.01)
    found = results(
        document, given["tCO2"] / given["years"], given["years"], price_yuan_t=given["price"]
    )
    assert float(values(found).gross_yuan) == pytest.approx(expected["value"], abs=0.01)


@pytest.mark.parametrize("timing", ["end_year", "mid_year"])
def test_l16_forty_years_of_a_growing_price(timing: str, document: dict[str, Any]) -> None:
    given, expected = row("L16")
    found = results(
        document,
        given["q"],
        given["years"],
        price_yuan_t=given["P1"],
        price_growth=given["g"],
        cost_share_of_revenue=given["cost_pct"],
        discount_rate=given["r"],
        timing=timing,
    )
    assert float(values(found).net_yuan) == pytest.approx(expected[timing], abs=0.01)


def test_l18_a_forward_price_by_cost_of_carry_and_the_value_it_gives(
    document: dict[str, Any],
) -> None:
    given, expected = row("L18")
    spot, carry, years = given["S"], given["r"], given["T"]
    for compounding in Compounding:
        forward = forward_prices(spot, carry, np.array([years]), compounding)
        assert forward == pytest.approx(expected[compounding.value], abs=1e-8)
    curve = {"price_yuan_t": spot, "price_curve": "carry", "carry_rate": carry}
    found = results(document, 1, 1, timing="end_year", discount_rate=0, **curve)
    assert values(found).cash_flow[0].price_yuan_t == pytest.approx(
        expected["continuous"], abs=1e-8
    )
