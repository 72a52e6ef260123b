"""Discount rates: built up, cost of capital, real and nominal."""

from datetime import date
from typing import Any

import pytest

from app.finance.case.appraisal import Appraisal
from app.finance.case.valuation.rate import BuildUp, CapitalCost, MoneyTerms, RateBasis
from app.finance.errors import DomainError
from app.finance.valuation.discount_rate import (
    cost_of_equity,
    discount_rate,
    levered_beta,
    to_nominal,
    to_real,
    weighted_cost,
)

COST = CapitalCost(
    risk_free=0.025,
    beta_unlevered=0.8,
    equity_premium=0.06,
    specific=0.02,
    debt_to_equity=0.5,
    tax_rate=0.25,
    cost_of_debt=0.045,
)


def appraisal(**changes: Any) -> Appraisal:
    needed: dict[str, Any] = {
        "valuation_date": date(2025, 1, 1),
        "horizon_years": 10,
        "benefit_share": 0.0,
        "liquidation_discount": 0.4,
        "disposal_cost_share": 0.1,
        "months_to_sell": 9,
        "discount_rate": 0.08,
    }
    return Appraisal(**(needed | changes))


def test_a_stated_rate_is_used_as_it_is() -> None:
    found = discount_rate(appraisal())
    assert (found.rate, found.basis, found.terms, found.converted) == (
        0.08,
        "stated",
        "nominal",
        False,
    )
    assert [step.key for step in found.working] == ["value.rate"]


def test_the_build_up_adds_each_premium_to_the_risk_free_rate() -> None:
    parts = BuildUp(
        risk_free=0.02,
        industry=0.01,
        operating=0.015,
        delivery=0.02,
        policy=0.01,
        liquidity=0.012,
        other=0.003,
    )
    found = discount_rate(appraisal(rate_basis=RateBasis.BUILD_UP, build_up=parts))
    assert found.rate == pytest.approx(0.09, rel=1e-12)
    assert len(found.working[0].terms) == 7


def test_the_beta_is_levered_by_debt_after_tax() -> None:
    """Hamada: 0.8 x (1 + 0.75 x 0.5) = 1.1; CAPM: 0.025 + 1.1 x 0.06 + 0.02 = 0.111."""
    assert levered_beta(COST) == pytest.approx(1.1, rel=1e-12)
    assert cost_of_equity(COST) == pytest.approx(0.111, rel=1e-12)
    found = discount_rate(appraisal(rate_basis=RateBasis.CAPM, capital_cost=COST))
    assert found.rate == pytest.approx(0.111, rel=1e-12)


def test_the_weighted_cost_of_capital_takes_debt_after_tax() -> None:
    """2/3 x 11.1 % + 1/3 x 4.5 % x 0.75 = 8.525 %."""
    assert weighted_cost(COST) == pytest.approx(0.08525, rel=1e-12)
    found = discount_rate(appraisal(rate_basis=RateBasis.WACC, capital_cost=COST))
    assert found.rate == pytest.approx(0.08525, rel=1e-12)
    assert [step.key for step in found.working] == ["value.rate.equity", "value.rate"]


def test_without_debt_the_cost_of_capital_is_that_of_equity() -> None:
    cost = CapitalCost(risk_free=0.02, beta_unlevered=1.2, equity_premium=0.05)
    assert weighted_cost(cost) == cost_of_equity(cost) == pytest.approx(0.08)


def test_a_real_rate_on_a_nominal_cash_flow_is_made_nominal() -> None:
    found = discount_rate(appraisal(discount_rate=0.05, rate_terms=MoneyTerms.REAL, inflation=0.02))
    assert found.rate == pytest.approx(1.05 * 1.02 - 1, rel=1e-12)
    assert (found.before_conversion, found.converted, found.terms) == (0.05, True, "nominal")
    assert [step.key for step in found.working] == ["value.rate.before", "value.rate"]


def test_a_nominal_rate_on_a_real_cash_flow_is_made_real() -> None:
    found = discount_rate(
        appraisal(discount_rate=0.071, flow_terms=MoneyTerms.REAL, inflation=0.02)
    )
    assert found.rate == pytest.approx(0.05, rel=1e-12)
    assert found.terms == "real"


def test_fisher_there_and_back_is_the_same_rate() -> None:
    assert to_real(to_nominal(0.037, 0.021), 0.021) == pytest.approx(0.037, rel=1e-12)


def test_a_real_rate_and_a_real_cash_flow_need_no_inflation() -> None:
    found = discount_rate(appraisal(rate_terms=MoneyTerms.REAL, flow_terms=MoneyTerms.REAL))
    assert (found.rate, found.converted) == (0.08, False)


def test_different_money_without_inflation_is_refused() -> None:
    with pytest.raises(DomainError) as caught:
        discount_rate(appraisal(rate_terms=MoneyTerms.REAL))
    assert (caught.value.code, caught.value.facts["path"]) == (
        "inflation_needed",
        "appraisal.inflation",
    )


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"discount_rate": None}, "appraisal.discount_rate"),
        ({"rate_basis": RateBasis.BUILD_UP}, "appraisal.build_up"),
        ({"rate_basis": RateBasis.WACC}, "appraisal.capital_cost"),
    ],
)
def test_a_basis_without_its_inputs_is_refused(changes: dict[str, Any], path: str) -> None:
    with pytest.raises(DomainError) as caught:
        discount_rate(appraisal(**changes))
    assert (caught.value.code, caught.value.facts["path"]) == ("missing", path)


def test_a_cost_of_equity_of_minus_a_half_or_less_is_refused() -> None:
    cost = CapitalCost(risk_free=0.02, beta_unlevered=-5, equity_premium=0.2)
    with pytest.raises(DomainError) as caught:
        discount_rate(appraisal(rate_basis=RateBasis.CAPM, capital_cost=cost))
    assert caught.value.code == "rate_too_low"
