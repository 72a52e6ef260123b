"""What a computed case says of its right beside the plain levels of value."""

from decimal import Decimal
from typing import Any

import pytest

from app.finance.engine import Results, compute_case
from app.finance.errors import DomainError
from app.finance.sink.tables import SinkTables
from app.finance.valuation.portfolio import plain_carbon, value_rights
from app.finance.valuation.results import ValueResult
from app.services.case_file import validate

NO_TABLES = SinkTables({})


def results_of(document: dict[str, Any], **appraisal: object) -> Results:
    document["appraisal"].update(appraisal)
    return compute_case(validate(document).case, NO_TABLES)


def valued(results: Results) -> ValueResult:
    assert results.values is not None
    return results.values


def codes(results: Results) -> set[str]:
    return {notice.code for notice in results.notices}


def ten_years(document: dict[str, Any], **appraisal: object) -> Results:
    """100 t a year from 2025 to 2034 at 50 yuan, 9,000 yuan at the start, 8 %, no other cost."""
    document["project"]["stated"] = [
        {"first_year": 2025, "last_year": 2034, "tonnes_per_year": 100}
    ]
    free = {
        "valuation_date": "2025-01-01",
        "price_yuan_t": 50,
        "horizon_years": 10,
        "timing": "end_year",
        "transaction_fee_share": 0,
        "tax_share": 0,
        "monitoring_cost_yuan_yr": 0,
        "verification_cost_yuan": 0,
        "operating_cost_yuan_yr": 0,
        "initial_cost_yuan": 9000,
    }
    return results_of(document, **(free | appraisal))


def test_what_is_read_off_the_cash_flow(document: dict[str, Any]) -> None:
    """5,000 a year for 10 years at 8 % is 5,000 x 6.710081399 = 33,550.41."""
    found = valued(ten_years(document))
    assert found.net_yuan == Decimal("24550.41")
    assert found.payback_years == pytest.approx(1.8)
    assert found.discounted_payback_years == pytest.approx(
        2 + (9000 - 5000 / 1.08 - 5000 / 1.08**2) / (5000 / 1.08**3), rel=1e-9
    )
    assert found.irr.rate == pytest.approx(0.5485494493949231, rel=1e-9)
    assert found.levelised_cost_yuan_t == pytest.approx(9000 / 671.0081399, rel=1e-9)
    assert found.cost_per_credit_yuan_t == pytest.approx(9.0)
    assert found.value_per_tonne_yuan_t == pytest.approx(24.55041)
    assert found.price_elasticity == pytest.approx(33550.41 / 24550.41, rel=1e-6)
    assert found.break_even_price_yuan_t == pytest.approx(9000 / 671.0081399, rel=1e-9)
    assert found.prudent_yuan == found.net_yuan
    assert [point.price_yuan_t for point in found.curve] == [50] * 10


def test_costs_during_the_years_are_levelised_over_discounted_credits(
    document: dict[str, Any],
) -> None:
    found = valued(ten_years(document, initial_cost_yuan=0, operating_cost_yuan_yr=1000))
    assert found.levelised_cost_yuan_t == pytest.approx(10.0)
    assert found.cost_per_credit_yuan_t == pytest.approx(6.710081399)


def test_the_break_even_price_pays_income_tax_too(document: dict[str, Any]) -> None:
    taxed = {"income_tax_rate": 0.25, "loss_carry_years": 5, "operating_cost_yuan_yr": 700}
    price = valued(ten_years(document, **taxed)).break_even_price_yuan_t
    assert price is not None
    assert price > 9000 / 671.0081399 + 7
    assert abs(valued(ten_years(document, **taxed, price_yuan_t=price)).net_yuan) <= Decimal("0.01")


def test_the_break_even_price_moves_a_whole_curve(document: dict[str, Any]) -> None:
    """By a table of 60, later 80 yuan, the price of the valuation date keeps its ratio to them."""
    points = [{"year": 2025, "price_yuan_t": 60}, {"year": 2034, "price_yuan_t": 80}]
    curve = {"price_curve": "table", "curve_points": points}
    price = valued(ten_years(document, **curve)).break_even_price_yuan_t
    assert price is not None
    moved = [point | {"price_yuan_t": point["price_yuan_t"] * price / 50} for point in points]
    found = valued(ten_years(document, price_curve="table", curve_points=moved, price_yuan_t=price))
    assert abs(found.net_yuan) <= Decimal("0.01")


def test_a_price_of_zero_still_has_its_break_even(document: dict[str, Any]) -> None:
    grown = {"price_growth": 0.03, "price_yuan_t": 0}
    price = valued(ten_years(document, **grown)).break_even_price_yuan_t
    assert price == valued(ten_years(document, price_growth=0.03)).break_even_price_yuan_t


def test_grants_above_all_costs_need_no_price(document: dict[str, Any]) -> None:
    flows = [{"kind": "grant", "day": "2025-06-01", "amount_yuan": 20_000}]
    assert valued(ten_years(document, flows=flows)).break_even_price_yuan_t == 0


def test_several_rates_of_return_are_all_shown_and_warned_of(document: dict[str, Any]) -> None:
    """-1,000, then 2,300 and -1,320: 10 % and 20 %."""
    flows = [
        {"kind": "subsidy", "day": "2025-06-01", "amount_yuan": 2300},
        {"kind": "cost", "day": "2026-06-01", "amount_yuan": 1320},
    ]
    found = ten_years(document, flows=flows, initial_cost_yuan=1000, price_yuan_t=0)
    assert valued(found).irr.rates == pytest.approx((0.1, 0.2), abs=1e-9)
    assert valued(found).irr.rate is None
    (warned,) = [notice for notice in found.notices if notice.code == "several_rates"]
    assert warned.facts == {"rates": ["10.00%", "20.00%"]}


def test_income_without_a_cost_at_the_start_has_no_rate_of_return(
    document: dict[str, Any],
) -> None:
    found = valued(ten_years(document, initial_cost_yuan=0))
    assert (found.irr.rates, found.irr.reason) == ((), "no_sign_change")
    assert found.payback_years is None


def test_the_prudent_value_is_what_a_forced_sale_starts_from(document: dict[str, Any]) -> None:
    plain = valued(ten_years(document))
    found = valued(ten_years(document, prudent_price_discount=0.2, prudent_tonnes_discount=0.1))
    assert float(found.prudent_yuan) == pytest.approx(33550.41 * 0.72 - 9000, abs=0.01)
    assert found.net_yuan == plain.net_yuan
    ratio = float(found.liquidation_yuan / plain.liquidation_yuan)
    assert ratio == pytest.approx(float(found.prudent_yuan / plain.net_yuan), abs=1e-6)
    assert found.by_basis("prudent") == found.prudent_yuan


def test_a_loan_can_be_sized_on_the_prudent_value(document: dict[str, Any]) -> None:
    document["loan"]["valuation_basis"] = "prudent"
    found = ten_years(document, prudent_price_discount=0.5)
    assert found.loan is not None
    assert found.loan.basis_value_yuan == valued(found).prudent_yuan


def evidence(*prices: float) -> dict[str, Any]:
    line = {
        "ecosystem": "shellfish",
        "method": "listing",
        "purpose": "voluntary",
        "verified": True,
        "day": "2024-06-01",
    }
    return {"comparables": [line | {"price": p} for p in prices]}


def test_the_price_can_be_the_conclusion_of_the_evidence(document: dict[str, Any]) -> None:
    found = valued(
        ten_years(document, price_basis="evidence", evidence=evidence(90, 92, 95, 98, 100, 104))
    )
    assert found.evidence is not None
    assert found.price_yuan_t == found.evidence.conclusion_yuan_t
    assert 90 <= found.price_yuan_t <= 104
    assert found.working[0].key.startswith("value.evidence")


def test_a_price_from_too_few_comparables_is_refused(document: dict[str, Any]) -> None:
    with pytest.raises(DomainError) as caught:
        ten_years(document, price_basis="evidence", evidence=evidence(90, 92, 95))
    assert (caught.value.code, caught.value.facts["count"]) == ("evidence_too_few", 3)


def test_issued_credits_stand_apart_and_are_missed_when_nothing_values_them(
    document: dict[str, Any],
) -> None:
    document["project"]["ledger"] = [
        {"kind": "verified", "day": "2024-05-01", "vintage": 2024, "tonnes": 500},
        {"kind": "issued", "day": "2024-06-01", "vintage": 2024, "tonnes": 400},
        {"kind": "sold", "day": "2024-07-01", "vintage": 2024, "tonnes": 150},
    ]
    missed = ten_years(document)
    assert "issued_not_valued" in codes(missed)
    found = ten_years(document, issued={"liquidity_discount": 0.1})
    assert "issued_not_valued" not in codes(found)
    apart = valued(found).issued
    assert apart is not None
    assert apart.value_yuan == Decimal("11250.00")
    assert valued(found).net_yuan == valued(missed).net_yuan


@pytest.mark.parametrize(("months", "expired"), [(12, True), (24, False)])
def test_the_conclusion_says_how_long_the_appraisal_is_valid(
    months: int, *, expired: bool, document: dict[str, Any]
) -> None:
    document["loan"]["drawdown_date"] = "2026-06-01"
    found = ten_years(document, conclusion={"type_of_value": "pledge", "valid_months": months})
    assert ("appraisal_expired" in codes(found)) is expired
    assert valued(found).conclusion is not None


def test_scenarios_options_approaches_and_the_waterfall_come_with_the_values(
    document: dict[str, Any],
) -> None:
    option = {
        "model": "black_scholes",
        "volatility": 0.4,
        "years": 2,
        "rate": 0.02,
        "underlying": 30_000,
        "strike": 9000,
    }
    found = valued(
        ten_years(
            document,
            scenarios=[
                {"kind": "bear", "probability": 0.4, "price_change": -0.5},
                {"kind": "bull", "probability": 0.6, "price_change": 0.5},
            ],
            options=[option],
            market_approach={"discount": 0.2},
            cost_approach={"development_yuan": 8000, "certification_yuan": 1000},
        )
    )
    assert [line.kind for line in found.scenarios] == ["bear", "bull"]
    weighted = 0.4 * (33550.41 * 0.5 - 9000) + 0.6 * (33550.41 * 1.5 - 9000)
    assert float(found.weighted_scenarios_yuan or 0) == pytest.approx(weighted, abs=0.02)
    assert found.options[0].value_yuan > 20_000
    assert (found.market_yuan, found.cost_yuan) == (Decimal("40000.00"), Decimal("9000.00"))
    levels = [step.level_yuan for step in found.bridge if step.total]
    assert levels == [
        found.gross_yuan,
        found.net_yuan,
        found.prudent_yuan,
        found.liquidation_yuan,
    ]


def test_the_working_names_every_figure_of_the_income_approach(document: dict[str, Any]) -> None:
    steps = {step.key: step for step in valued(ten_years(document)).working}
    assert list(steps) == [
        "value.horizon",
        "value.rate",
        "value.gross",
        "value.one_year",
        "value.net",
        "value.prudent",
        "value.liquidation",
        "value.break_even",
        "value.irr",
        "value.levelised",
    ]
    terms = {term.symbol: term.value for term in steps["value.net"].terms}
    assert float(str(terms["ΣPV"])) - float(str(terms["C₀"])) == pytest.approx(24550.41, abs=0.01)


def test_a_portfolio_has_the_values_of_each_right(document: dict[str, Any]) -> None:
    rights = []
    expected = []
    for timing in ("end_year", "mid_year", "exact_dates"):
        results = ten_years(document, timing=timing, prudent_price_discount=0.1)
        case = validate(document).case
        assert case.appraisal is not None
        carbon = plain_carbon(case.project, last_year=None, tables=NO_TABLES)
        assert carbon.total_credits_tco2 == results.carbon.total_credits_tco2
        rights.append((case.project, case.appraisal, carbon))
        found = valued(results)
        expected.append(
            (found.gross_yuan, found.net_yuan, found.prudent_yuan, found.liquidation_yuan)
        )
    assert [
        (level.gross_yuan, level.net_yuan, level.prudent_yuan, level.liquidation_yuan)
        for level in value_rights(rights)
    ] == expected


@pytest.mark.parametrize("timing", ["end_year", "exact_dates"])
def test_a_tonne_that_is_issued_and_valued_apart_is_not_in_the_cash_flow_too(
    document: dict[str, Any], timing: str
) -> None:
    """60 of the 100 t of 2025 are issued and unsold: 940 t are left of the 1,000 t."""
    document["project"]["ledger"] = [
        {"day": "2025-01-01", "kind": "issued", "vintage": 2025, "tonnes": 60}
    ]
    together = valued(ten_years(document, timing=timing))
    apart = valued(ten_years(document, timing=timing, issued={"liquidity_discount": 0.1}))
    assert together.credits_in_horizon_tco2e == pytest.approx(1000)
    assert apart.credits_in_horizon_tco2e == pytest.approx(940)
    assert apart.issued is not None
    assert apart.issued.value_yuan == Decimal("2700.00")
    half = valued(ten_years(document, timing=timing, issued={"tonnes": 30}))
    assert half.credits_in_horizon_tco2e == pytest.approx(970)
