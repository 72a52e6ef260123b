"""The bounds of a loan: each one, the binding one, and what would lift it."""

import copy
from decimal import Decimal
from typing import Any

import pytest

from app.finance.lending.bounds import find_bounds
from tests.unit.finance.sized_loans import bounds_of, long_right, parts_of, remedy

ORDER = [
    "pledge_ratio", "var", "option", "dscr", "llcr", "plcr", "stressed_dscr", "ltv_path",
    "purpose", "single_customer", "life_income",
]  # fmt: skip
RISK = {"volatility": 0.4, "disposal_days": 60, "risk_free_rate": 0.015}
EVERYTHING: dict[str, Any] = {
    "market_risk": RISK,
    "min_dscr": 1.3,
    "min_llcr": 1.4,
    "min_plcr": 1.5,
    "stressed_dscr": 1.05,
    "stressed_delay_months": 0,
    "path_ratio": 0.6,
    "single_customer_cap_yuan": 50_000_000,
    "life_income_share": 0.15,
}


def test_every_bound_is_there_in_the_printed_order(document: dict[str, Any]) -> None:
    found = bounds_of(document)
    assert list(found) == ORDER
    known = [code for code, bound in found.items() if bound.amount_yuan is not None]
    assert known == ["pledge_ratio", "purpose"]
    others = [bound for bound in found.values() if bound.amount_yuan is None]
    assert {(bound.reason, bound.step, bound.remedies) for bound in others} == {
        ("not_entered", "", ())
    }


def test_dongtai_asks_for_sixteen_times_its_carbon(document: dict[str, Any]) -> None:
    ratio = bounds_of(document)["pledge_ratio"]
    assert ratio.amount_yuan == Decimal("625207.00")
    assert ratio.binding
    assert remedy(ratio, "ratio") == pytest.approx(15.9947025546)
    assert remedy(ratio, "value") == pytest.approx(40_000_000)
    assert remedy(ratio, "security") == pytest.approx(19_374_793)


def test_of_equal_bounds_the_first_binds(document: dict[str, Any]) -> None:
    found = bounds_of(long_right(document, amount_yuan=500_000) | {})
    document["loan"]["purpose_need_yuan"] = float(found["pledge_ratio"].amount_yuan or 0)
    again = bounds_of(document)
    assert again["purpose"].amount_yuan == again["pledge_ratio"].amount_yuan
    assert [code for code, bound in again.items() if bound.binding] == ["pledge_ratio"]


def test_a_bound_above_the_amount_asked_needs_no_remedy(document: dict[str, Any]) -> None:
    found = bounds_of(long_right(document, **EVERYTHING | {"amount_yuan": 100_000}))
    assert all(bound.amount_yuan is not None for bound in found.values())
    assert not any(bound.remedies for bound in found.values())
    assert all(bound.reason == "" for bound in found.values())


def test_caps_are_their_amounts(document: dict[str, Any]) -> None:
    found = bounds_of(long_right(document, single_customer_cap_yuan=1_000_000))
    cap = found["single_customer"]
    assert (cap.amount_yuan, remedy(cap, "cap")) == (Decimal(1_000_000), 3_000_000)
    none_left = bounds_of(long_right(document, single_customer_cap_yuan=0))["single_customer"]
    assert (none_left.amount_yuan, none_left.binding) == (Decimal(0), True)


def test_the_share_of_the_life_income(document: dict[str, Any]) -> None:
    """12 years of 12,504.14 t x 100 yuan: 15,004,968 yuan, 15 % of it is lent."""
    found = bounds_of(long_right(document, life_income_share=0.15))["life_income"]
    assert found.amount_yuan == Decimal("2250745.20")
    assert found.detail == pytest.approx(15_004_968)
    assert remedy(found, "ratio") == pytest.approx(3_000_000 / 15_004_968)
    assert remedy(found, "price") == pytest.approx(100 * 3_000_000 / 2_250_745.2)


RERUN = [
    ("dscr", lambda parts: parts.cover.min_dscr, 1.3),
    ("llcr", lambda parts: parts.cover.llcr, 1.4),
    ("plcr", lambda parts: parts.cover.plcr, 1.5),
    ("ltv_path", lambda parts: parts.path.max_loan_to_value, 0.6),
]


@pytest.mark.parametrize(("code", "figure", "limit"), RERUN)
@pytest.mark.parametrize("repayment", ["equal_instalment", "equal_principal", "bullet", "balloon"])
def test_a_loan_of_the_bound_just_meets_it(
    repayment: str, code: str, figure: Any, limit: float, document: dict[str, Any]
) -> None:
    """Debt service and balances are in proportion to the loan: it is scheduled anew."""
    terms = {"repayment": repayment, "balloon_share": 0.4, "amount_yuan": 9_000_000}
    document = long_right(document, **EVERYTHING | terms)
    document["loan"]["amount_yuan"] = float(bounds_of(document)[code].amount_yuan or 0)
    assert figure(parts_of(document)) == pytest.approx(limit, rel=1e-5)


PRICED = ["pledge_ratio", "var", "option", "dscr", "llcr", "plcr", "stressed_dscr", "ltv_path"]


@pytest.mark.parametrize("code", [*PRICED, "life_income"])
@pytest.mark.parametrize("tax", [0.0, 0.25])
def test_at_the_price_of_the_remedy_the_amount_asked_is_carried(
    tax: float, code: str, document: dict[str, Any]
) -> None:
    """The whole case is computed anew at that price."""
    document = long_right(document, **EVERYTHING | {"amount_yuan": 12_000_000})
    document["appraisal"] |= {
        "price_growth": 0.02,
        "income_tax_rate": tax,
        "loss_carry_years": 3,
        "initial_cost_yuan": 700_000,
    }
    document["appraisal"]["price_yuan_t"] = remedy(bounds_of(document)[code], "price")
    assert float(bounds_of(document)[code].amount_yuan or 0) == pytest.approx(12e6, rel=2e-4)


@pytest.mark.parametrize("code", ["var", "option"])
def test_at_the_volatility_of_the_remedy_the_amount_asked_is_carried(
    code: str, document: dict[str, Any]
) -> None:
    found = bounds_of(long_right(document, **EVERYTHING | {"amount_yuan": 6_000_000}))[code]
    document["loan"]["market_risk"] = RISK | {"volatility": remedy(found, "volatility")}
    assert float(bounds_of(document)[code].amount_yuan or 0) == pytest.approx(6e6, rel=1e-6)


def test_what_cash_has_to_be_times_itself(document: dict[str, Any]) -> None:
    found = bounds_of(long_right(document, **EVERYTHING | {"amount_yuan": 9_000_000}))
    for code in ("dscr", "llcr", "plcr", "stressed_dscr"):
        bound = found[code]
        assert remedy(bound, "cash") == pytest.approx(9_000_000 / float(bound.amount_yuan or 0))


@pytest.mark.parametrize(("delay", "first"), [(0, 2025), (24, 2027)])
def test_the_stressed_bound_is_the_dscr_of_a_case_with_these_changes(
    delay: int, first: int, document: dict[str, Any]
) -> None:
    other = [{"first_year": 2025, "last_year": 2031, "amount_yuan_yr": 900_000}]
    stressed: dict[str, Any] = {"stressed_dscr": 1.2, "stressed_delay_months": delay}
    document = long_right(document, other_cash=other, **stressed)
    found = bounds_of(document)["stressed_dscr"]
    moved = copy.deepcopy(document)
    moved["loan"]["min_dscr"] = 1.2
    moved["appraisal"]["price_yuan_t"] = 70
    tonnes = [(2024, first - 1, 0), (first, 2037, 12504.14 * 0.6)]
    moved["project"]["stated"] = [
        {"first_year": start, "last_year": last, "tonnes_per_year": yearly}
        for start, last, yearly in tonnes
    ]
    assert found.amount_yuan == bounds_of(moved)["dscr"].amount_yuan
    assert found.amount_yuan is not None
    assert found.amount_yuan > 0


def test_the_security_of_the_remedy_lifts_the_path_to_the_amount_asked(
    document: dict[str, Any],
) -> None:
    terms: dict[str, Any] = {"path_ratio": 0.6, "amount_yuan": 9_000_000}
    more = remedy(bounds_of(long_right(document, **terms))["ltv_path"], "security")
    document["loan"]["collaterals"] = [
        {"kind": "carbon_right"},
        {"kind": "guarantee", "value_yuan": round(more or 0, 2)},
    ]
    found = bounds_of(document)["ltv_path"]
    assert float(found.amount_yuan or 0) == pytest.approx(9_000_000)


def test_the_ratio_by_value_at_risk_takes_cost_and_interest_of_the_case(
    document: dict[str, Any],
) -> None:
    """L09 with a cost of disposal of 10 % in the appraisal, less interest of 60 / 252 years."""
    base = {"volatility": 0.4, "disposal_days": 60}
    found = bounds_of(long_right(document, market_risk=base))["var"]
    assert found.detail == pytest.approx(0.5715421 / (1 + 0.0385 * 60 / 252), abs=1e-7)
    bare = base | {"count_interest": False, "disposal_cost_share": 0.0}
    found = bounds_of(long_right(document, market_risk=bare))["var"]
    assert found.detail == pytest.approx(0.5715421 / 0.9, abs=1e-7)


def test_security_that_does_not_follow_carbon_keeps_its_own_ratio(
    document: dict[str, Any],
) -> None:
    lines = [
        {"kind": "carbon_right", "ratio_cap": 0.3},
        {"kind": "sea_area_right", "value_yuan": 2_000_000, "ratio_cap": 0.6},
    ]
    found = bounds_of(long_right(document, **EVERYTHING, collaterals=lines))
    value = float(parts_of(document).values.net_yuan)
    ratio = found["var"].detail
    assert ratio is not None
    assert float(found["pledge_ratio"].amount_yuan or 0) == pytest.approx(0.3 * value + 1_200_000)
    assert float(found["var"].amount_yuan or 0) == pytest.approx(ratio * value + 1_200_000)


def test_a_ratio_is_found_for_the_right_beside_other_security(document: dict[str, Any]) -> None:
    lines = [
        {"kind": "carbon_right", "ratio_cap": 0.1, "haircut": 0.2, "prior_claims_yuan": 300_000},
        {"kind": "guarantee", "value_yuan": 1_000_000},
    ]
    found = bounds_of(long_right(document, collaterals=lines))["pledge_ratio"]
    needed = remedy(found, "ratio")
    value = remedy(found, "value")
    assert needed is not None
    assert value is not None
    document["loan"]["collaterals"][0]["ratio_cap"] = needed
    assert float(bounds_of(document)["pledge_ratio"].amount_yuan or 0) == pytest.approx(3_000_000)
    document["loan"]["collaterals"][0] |= {"ratio_cap": 0.1, "value_yuan": round(value, 2)}
    assert float(bounds_of(document)["pledge_ratio"].amount_yuan or 0) == pytest.approx(3_000_000)


def test_nothing_is_lent_on_a_value_that_is_not_positive(document: dict[str, Any]) -> None:
    document["appraisal"]["operating_cost_yuan_yr"] = 5_000_000
    found = bounds_of(long_right(document, **EVERYTHING))
    zero = {code: bound.reason for code, bound in found.items() if bound.amount_yuan == 0}
    assert zero == {
        "pledge_ratio": "no_value",
        "var": "no_value",
        "option": "no_value",
        "dscr": "no_cash_flow",
        "llcr": "no_cash_flow",
        "plcr": "no_cash_flow",
        "stressed_dscr": "no_cash_flow",
        "ltv_path": "no_value_left",
    }
    assert found["pledge_ratio"].binding
    assert remedy(found["dscr"], "cash") is None
    assert remedy(found["pledge_ratio"], "ratio") is None


def test_bounds_that_cannot_be_found_say_why(document: dict[str, Any]) -> None:
    guarantee = [{"kind": "guarantee", "value_yuan": 1_000_000}]
    found = bounds_of(long_right(document, **EVERYTHING, collaterals=guarantee))
    assert (found["var"].amount_yuan, found["var"].reason) == (None, "no_carbon_security")
    risk = {"volatility": 0.4, "disposal_days": 60}
    assert bounds_of(long_right(document, market_risk=risk))["option"].reason == (
        "no_risk_free_rate"
    )
    dear = bounds_of(long_right(document, collaterals=[], market_risk=RISK | {
        "risk_free_rate": 0.05
    }))["option"]  # fmt: skip
    assert (dear.amount_yuan, dear.reason) == (Decimal(0), "no_spread")
    assert remedy(dear, "volatility") is None


def test_a_year_without_cash_carries_no_debt(document: dict[str, Any]) -> None:
    document = long_right(document, **EVERYTHING)
    document["appraisal"]["verification_interval_years"] = 5
    found = bounds_of(document)["dscr"]
    assert (found.amount_yuan, found.reason) == (Decimal(0), "no_cash_in_a_year")
    assert (remedy(found, "cash"), remedy(found, "price")) == (None, None)


def test_every_bound_that_is_known_has_its_working(document: dict[str, Any]) -> None:
    bounds, steps = find_bounds(parts_of(long_right(document, **EVERYTHING)))
    by_key = {step.key: step for step in steps}
    assert [f"loan.bound.{code}" for code in ORDER] + ["loan.supported"] == list(by_key)
    for bound in bounds:
        assert by_key[bound.step].value == bound.amount_yuan
    smallest = min(bound.amount_yuan for bound in bounds if bound.amount_yuan is not None)
    assert by_key["loan.supported"].value == smallest
    assert len(by_key["loan.supported"].terms) == len(ORDER)
