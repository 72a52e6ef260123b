"""Warnings on the evidence, the approaches, the taxes and the range of a value."""

from typing import Any

import pytest

from app.finance.engine import compute_case
from app.finance.notices import Notice
from app.finance.sink.tables import SinkTables
from app.services.case_file import validate
from tests.value_case import rich_document

TABLES = SinkTables({})


def notices(document: dict[str, Any], **appraisal: object) -> dict[str, Notice]:
    document["appraisal"] |= appraisal
    results = compute_case(validate(document).case, TABLES)
    return {notice.code: notice for notice in results.notices}


def test_a_stated_price_outside_its_own_evidence_is_told() -> None:
    told = notices(rich_document(), price_basis="stated", price_yuan_t=485)
    found = told["price_outside_evidence"]
    assert found.path == "appraisal.price_yuan_t"
    assert found.facts["price"] == 485
    assert found.facts["high"] < 485


def test_a_price_inside_its_evidence_or_taken_from_it_is_not() -> None:
    assert "price_outside_evidence" not in notices(rich_document(), price_basis="evidence")
    evidence = {"comparables": [{"day": "2024-06-01", "price": 90 + n} for n in range(5)]}
    inside = notices(rich_document(), price_basis="stated", price_yuan_t=92, evidence=evidence)
    assert "price_outside_evidence" not in inside


def test_old_comparables_that_stay_as_they_were_are_told() -> None:
    lines = [{"day": f"{2017 + n}-06-01", "price": 90 + n} for n in range(5)]
    found = notices(rich_document(), evidence={"comparables": lines})["evidence_old"]
    assert found.facts["years"] == 3
    assert found.facts["count"] >= 4


def test_tonnes_of_many_years_at_todays_price_are_told(document: dict[str, Any]) -> None:
    document["project"]["stated"] = [
        {"first_year": 2025, "last_year": 2044, "tonnes_per_year": 1000}
    ]
    long = {"valuation_date": "2025-01-01", "horizon_years": 20, "market_approach": {}}
    assert "market_not_discounted" in notices(document, **long)
    discounted = {**long, "market_approach": {"discount": 0.5}}
    assert "market_not_discounted" not in notices(document, **discounted)


def test_a_conclusion_above_the_level_of_its_type_is_told(document: dict[str, Any]) -> None:
    lifted = {
        "cost_approach": {"development_yuan": 9e6, "certification_yuan": 1e6},
        "conclusion": {
            "type_of_value": "liquidation",
            "weight_income": 0.5,
            "weight_cost": 0.5,
            "reasons": "costs are known",
        },
    }
    assert "conclusion_above_level" in notices(document, **lifted)


def test_an_after_tax_rate_on_an_untaxed_flow_is_told(document: dict[str, Any]) -> None:
    capital = {
        "risk_free": 0.02,
        "beta_unlevered": 0.8,
        "equity_premium": 0.06,
        "debt_to_equity": 0.5,
        "tax_rate": 0.25,
        "cost_of_debt": 0.05,
    }
    wacc = {"rate_basis": "wacc", "capital_cost": capital, "tax_share": 0}
    assert "tax_not_alike" in notices(document, **wacc)
    assert "tax_not_alike" not in notices(document, **wacc, income_tax_rate=0.25)


@pytest.mark.parametrize(("kind", "told"), [("fixed", True), ("carbon", False)])
def test_a_simulation_that_leaves_the_range_of_the_tonnes_out_is_told(
    document: dict[str, Any], kind: str, told: bool
) -> None:
    document["project"]["distributions"] = [
        {"parameter": "project.stated.0.tonnes_per_year", "kind": "normal", "sd": 100}
    ]
    drawn = {"simulation": {"price_model": "fixed", "yield_kind": kind}}
    assert ("tonnes_range_not_in_value" in notices(document, **drawn)) is told


def test_a_time_limit_of_its_own_keeps_time_out_of_the_other_limits() -> None:
    series = [{"day": "2022-01-01", "price": 50}, {"day": "2025-12-31", "price": 90}]
    lines = [{"day": "2022-01-03", "price": 60 + n, "k_place": 0.15} for n in range(5)]
    evidence = {
        "comparables": lines,
        "time_adjustment": "series",
        "series": series,
        "series_gap_days": 2000,
    }
    case = rich_document()

    def counted(**more: object) -> int:
        case["appraisal"]["price_basis"] = "stated"
        case["appraisal"]["price_yuan_t"] = 90
        case["appraisal"]["evidence"] = {**evidence, **more}
        case["appraisal"]["market_approach"] = case["appraisal"]["conclusion"] = None
        values = compute_case(validate(case).case, TABLES).values
        assert values is not None
        assert values.evidence is not None
        return values.evidence.spread.count

    assert counted() == 0
    assert counted(time_limit=1.0) == 5
    assert counted(time_limit=0.1) == 0


def test_a_loan_sized_on_the_gross_value_is_told_with_the_net_value(
    document: dict[str, Any],
) -> None:
    document["loan"]["valuation_basis"] = "gross"
    results = compute_case(validate(document).case, TABLES)
    found = next(notice for notice in results.notices if notice.code == "loan_on_gross")
    assert results.values is not None
    assert found.facts == {"net": results.values.net_yuan}
    assert found.path == "loan.valuation_basis"
    for basis in ("net", "prudent", "liquidation"):
        document["loan"]["valuation_basis"] = basis
        assert "loan_on_gross" not in notices(document)
