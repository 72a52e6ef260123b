"""Issued units, market and cost approach, the conclusion, and the rules between them."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from app.finance.case.approach_rules import approach_problems
from app.finance.case.valuation.approaches import (
    Conclusion,
    Exercise,
    MarketApproach,
    MarketQuantity,
    OptionLine,
    OptionModel,
    TypeOfValue,
)
from app.finance.errors import DomainError
from app.finance.sink.credits import CarbonResult, compute_carbon
from app.finance.sink.tables import SinkTables
from app.finance.valuation.approaches import conclude, cost_value, issued_value, market_value
from app.finance.valuation.results import Concluded, EvidenceResult, IssuedValue, PriceSpread
from app.services.case_file import validate
from tests.unit.finance.right_plans import appraisal, document


def carbon(**project: object) -> CarbonResult:
    case = document()
    case["project"].update(project)
    return compute_carbon(validate(case).case.project, last_year=None, tables=SinkTables({}))


def entry(kind: str, tonnes: float, vintage: int = 2023) -> dict[str, Any]:
    return {"day": "2024-06-30", "kind": kind, "vintage": vintage, "tonnes": tonnes}


def evidence(count: int, weighted: float | None, conclusion: float | None) -> EvidenceResult:
    return EvidenceResult(
        comparables=(),
        spread=PriceSpread(count, 60.0, 90.0, None, None, None, None, None, None),
        weighted_yuan_t=weighted,
        conclusion_yuan_t=conclusion,
        low_yuan_t=None,
        high_yuan_t=None,
        confidence=0.9,
        upper_bound_yuan_t=None,
        model=None,
        working=(),
    )


def market(
    section: dict[str, Any],
    *,
    found: EvidenceResult | None = None,
    issued: IssuedValue | None = None,
) -> Decimal | None:
    value, _ = market_value(
        appraisal(market_approach=section, issued={}),
        price_yuan_t=80.0,
        evidence=found,
        horizon_tonnes=20_000.0,
        one_year_tonnes=1_000.0,
        issued=issued,
    )
    return value


def concluded(**changes: object) -> Concluded:
    found, steps = conclude(
        appraisal(**changes),
        income_yuan=Decimal("1000000.00"),
        market_yuan=Decimal("1600000.00"),
        cost_yuan=Decimal("700000.00"),
        prudent_yuan=Decimal("800000.00"),
        liquidation_yuan=Decimal("400000.00"),
        rate=0.08,
    )
    assert found is not None
    assert steps[0].value == found.value_yuan
    return found


def problems(**changes: object) -> set[tuple[str, str]]:
    case = validate(document()).case
    changed = type(case)(project=case.project, appraisal=_unchecked(changes))
    return {(problem.path, problem.code) for problem in approach_problems(changed)}


def _unchecked(changes: dict[str, object]) -> Any:
    """An appraisal as declared, so that the rules under test meet what they refuse."""
    return replace(appraisal(), **changes)  # type: ignore[arg-type]


def test_the_ledger_says_what_is_issued_and_unsold_vintage_by_vintage() -> None:
    held = carbon(
        ledger=[
            entry("issued", 500, 2022),
            entry("sold", 500, 2022),
            entry("issued", 900),
            entry("sold", 200),
            entry("retired", 100),
            entry("pledged", 250),
        ]
    )
    value, steps = issued_value(
        appraisal(issued={"liquidity_discount": 0.1}), held, price_yuan_t=80.0
    )
    assert value is not None
    assert value.tonnes_tco2e == 600
    assert value.pledged_tco2e == 250
    assert value.value_yuan == Decimal("43200.00")
    assert value.from_ledger
    assert steps[0].key == "value.issued"
    assert "already pledged" in [term.label for term in steps[0].terms][-1]


def test_without_issues_in_the_ledger_those_of_the_plan_before_the_date_are_valued() -> None:
    held = carbon(
        stated=[{"first_year": 2022, "last_year": 2026, "tonnes_per_year": 1000}],
        verifications=[
            {"monitored_to": "2023-12-31", "verified_on": "2024-03-31"},
            {"monitored_to": "2025-12-31", "verified_on": "2026-03-31"},
        ],
        issuance_lag_months=3,
        ledger=[entry("sold", 300, 2022)],
    )
    value, _ = issued_value(appraisal(issued={}), held, price_yuan_t=80.0)
    assert value is not None
    assert value.tonnes_tco2e == pytest.approx(1700)
    assert value.value_yuan == Decimal("136000.00")
    assert not value.from_ledger


def test_entered_tonnes_and_spot_price_count_where_they_are_given() -> None:
    value, _ = issued_value(
        appraisal(issued={"tonnes": 2340.1, "price_yuan_t": 106}), carbon(), price_yuan_t=80.0
    )
    assert value is not None
    assert value.value_yuan == Decimal("248050.60")
    assert not value.from_ledger


def test_more_than_the_ledger_holds_is_refused() -> None:
    held = carbon(ledger=[entry("issued", 900), entry("sold", 200)])
    with pytest.raises(DomainError) as refused:
        issued_value(appraisal(issued={"tonnes": 701}), held, price_yuan_t=80.0)
    assert refused.value.code == "issued_over_ledger"
    assert refused.value.facts["available"] == 700


def test_without_its_section_no_approach_has_a_value() -> None:
    bare = appraisal()
    assert issued_value(bare, carbon(), price_yuan_t=80.0) == (None, ())
    assert cost_value(bare) == (None, ())
    found = market_value(
        bare,
        price_yuan_t=80.0,
        evidence=None,
        horizon_tonnes=1.0,
        one_year_tonnes=1.0,
        issued=None,
    )
    assert found == (None, ())


def test_the_market_approach_values_the_tonnes_asked_for() -> None:
    held = IssuedValue(600.0, 0.0, 80.0, 0.1, Decimal("43200.00"), from_ledger=True)
    assert market({"price_yuan_t": 70, "discount": 0.25}) == Decimal("1050000.00")
    assert market({"quantity": "one_year"}) == Decimal("80000.00")
    assert market({"quantity": "issued"}, issued=held) == Decimal("48000.00")


@pytest.mark.parametrize(
    ("count", "weighted", "conclusion", "expected"),
    [(8, 71.0, 69.5, "1390000.00"), (3, 71.0, None, "1420000.00")],
)
def test_the_market_price_is_the_conclusion_or_three_weighted_comparables(
    count: int, weighted: float, conclusion: float | None, expected: str
) -> None:
    assert market({}, found=evidence(count, weighted, conclusion)) == Decimal(expected)


def test_two_comparables_do_not_carry_the_market_approach() -> None:
    with pytest.raises(DomainError) as refused:
        market({}, found=evidence(2, 71.0, None))
    assert refused.value.code == "market_too_few_comparables"
    assert refused.value.facts["count"] == 2


def test_issued_tonnes_are_no_market_value_when_none_are_stated() -> None:
    with pytest.raises(DomainError) as refused:
        market({"quantity": "issued"})
    assert refused.value.facts["path"] == "appraisal.issued"


def test_the_cost_approach_adds_up_and_takes_off_obsolescence() -> None:
    value, steps = cost_value(
        appraisal(
            cost_approach={
                "development_yuan": 1_000_000,
                "certification_yuan": 300_000,
                "capital_yuan": 120_000,
                "profit_yuan": 80_000,
                "obsolescence": 0.15,
            }
        )
    )
    assert value == Decimal("1275000.00")
    assert steps[0].key == "value.cost"


def test_the_conclusion_is_the_weighted_sum_and_says_until_when_it_holds() -> None:
    found = concluded(
        conclusion={
            "type_of_value": "market",
            "weight_income": 0.6,
            "weight_market": 0.3,
            "weight_cost": 0.1,
            "reasons": "Few deals; costs are sunk.",
            "valid_months": 1,
        },
        market_approach={},
        cost_approach={"development_yuan": 1, "certification_yuan": 1},
    )
    assert found.value_yuan == Decimal("1150000.00")
    assert [item.code for item in found.approaches] == ["income", "market", "cost"]
    assert found.valid_until == date(2025, 2, 28)


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("market", "1000000.00"),
        ("investment", "1000000.00"),
        ("pledge", "800000.00"),
        ("liquidation", "400000.00"),
    ],
)
def test_the_type_of_value_says_which_level_of_the_income_approach_enters(
    kind: str, expected: str
) -> None:
    assert concluded(conclusion={"type_of_value": kind}).value_yuan == Decimal(expected)


def test_every_approach_comes_down_to_the_level_of_the_type_of_value() -> None:
    """Pledge: 1.6 M x 0.9 x 0.8 = 1.152 M. Liquidation: that x 0.6 x 0.9 / 1.08^0.5."""
    lenders = {
        "prudent_price_discount": 0.1,
        "prudent_tonnes_discount": 0.2,
        "liquidation_discount": 0.4,
        "disposal_cost_share": 0.1,
        "months_to_sell": 6,
        "market_approach": {},
        "cost_approach": {"development_yuan": 1, "certification_yuan": 1},
    }
    weights = {"weight_income": 0.5, "weight_market": 0.3, "weight_cost": 0.2, "reasons": "few"}

    def by(kind: str) -> dict[str, Decimal]:
        found = concluded(conclusion={"type_of_value": kind, **weights}, **lenders)
        return {item.code: item.value_yuan for item in found.approaches}

    assert by("pledge")["market"] == Decimal("1152000.00")
    assert by("pledge")["cost"] == Decimal("700000.00")
    sale = 0.6 * 0.9 / 1.08**0.5
    assert float(by("liquidation")["market"]) == pytest.approx(1_152_000 * sale, abs=0.01)
    assert float(by("liquidation")["cost"]) == pytest.approx(700_000 * sale, abs=0.01)
    assert by("market")["market"] == Decimal("1600000.00")


def test_a_negative_conclusion_stays_negative() -> None:
    found, _ = conclude(
        appraisal(conclusion={"type_of_value": "market"}),
        income_yuan=Decimal("-25953498.59"),
        market_yuan=None,
        cost_yuan=None,
        prudent_yuan=Decimal("-26000000.00"),
        liquidation_yuan=Decimal("0.00"),
        rate=0.08,
    )
    assert found is not None
    assert found.value_yuan == Decimal("-25953498.59")


def test_weights_add_up_have_reasons_and_an_approach_behind_them() -> None:
    half = Conclusion(
        type_of_value=TypeOfValue.MARKET, weight_income=0.5, weight_market=0.3, weight_cost=0.1
    )
    assert problems(conclusion=half) == {
        ("appraisal.conclusion.weight_income", "weights_add_up"),
        ("appraisal.conclusion.reasons", "weights_need_reasons"),
        ("appraisal.market_approach", "needed"),
        ("appraisal.cost_approach", "needed"),
    }
    assert problems(conclusion=Conclusion(type_of_value=TypeOfValue.MARKET)) == set()


def test_weights_may_miss_one_by_what_floating_point_leaves() -> None:
    thirds = Conclusion(
        type_of_value=TypeOfValue.MARKET,
        weight_income=0.1 + 0.2,
        weight_market=0.7,
        reasons="Deals of the same bay.",
    )
    assert problems(conclusion=thirds, market_approach=MarketApproach()) == set()


def test_early_exercise_and_forwards_have_their_rules() -> None:
    shared: dict[str, Any] = {"volatility": 0.3, "years": 1.0, "rate": 0.02}
    lines = (
        OptionLine(model=OptionModel.BLACK_SCHOLES, exercise=Exercise.AMERICAN, **shared),
        OptionLine(model=OptionModel.BLACK_76, income_yield=0.01, strike=75.0, **shared),
        OptionLine(model=OptionModel.BINOMIAL, exercise=Exercise.AMERICAN, **shared),
        OptionLine(model=OptionModel.BINOMIAL, tonnes=10.0, underlying=80.0, **shared),
    )
    assert problems(options=lines) == {
        ("appraisal.options.0.exercise", "american_needs_tree"),
        ("appraisal.options.1.underlying", "needed"),
        ("appraisal.options.1.income_yield", "forward_has_no_yield"),
        ("appraisal.options.3.strike", "needed"),
    }


def test_issued_credits_as_market_tonnes_need_their_section() -> None:
    section = MarketApproach(quantity=MarketQuantity.ISSUED)
    assert problems(market_approach=section) == {("appraisal.issued", "needed")}
