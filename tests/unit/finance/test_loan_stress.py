"""Stresses: a case in the head, each against the whole case computed anew, and what must hold."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.finance.lending.risk_results import StressCase
from tests.unit.finance.stress_loans import Document, loan_of, stresses, three_years, twenty_years

BASES = ("gross", "net", "prudent", "liquidation", "concluded")
CONVENTIONS = Path(__file__).parents[3] / "resources" / "demo" / "conventions"
CONCLUDED: dict[str, Any] = {
    "prudent_price_discount": 0.1,
    "prudent_tonnes_discount": 0.05,
    "market_approach": {"quantity": "horizon", "discount": 0.5},
    "cost_approach": {
        "development_yuan": 500_000,
        "certification_yuan": 200_000,
        "capital_yuan": 50_000,
        "profit_yuan": 60_000,
        "obsolescence": 0.1,
    },
    "conclusion": {
        "type_of_value": "pledge",
        "weight_income": 0.6,
        "weight_market": 0.3,
        "weight_cost": 0.1,
        "reasons": "Deals are few.",
    },
}
FLOATING: dict[str, Any] = {
    "rate_kind": "floating",
    "annual_rate": None,
    "margin_bp": 60,
    "lpr": [{"day": "2024-10-21", "one_year": 0.031, "five_years": 0.036}],
}
PD = {"pd": 0.03, "recovery_cost_share": 0.1, "recovery_months": 12}


def own(**changes: Any) -> dict[str, Any]:
    return {"name": "mine", **changes}


def near(value: float | None) -> Any:
    return value if value is None else pytest.approx(value, rel=1e-6)


def plain(case: StressCase) -> StressCase:
    """The figures without what the stress is called."""
    return replace(case, code="", name="", changes={}, reason="")


class Row(NamedTuple):
    code: str
    value: float
    dscr: float
    coverage: float
    worst: float | None
    short: date | None
    lacking: float
    price: float | None


FIRST_YEAR, SECOND_YEAR = date(2026, 1, 1), date(2027, 1, 1)
SMALL = [
    Row("base", 300_000, 2.5, 2.5, 0.4, None, 0, 40),
    Row("S1", 210_000, 1.75, 1.75, 4 / 7, None, 0, 40),
    Row("S2", 150_000, 1.25, 1.25, 0.8, None, 0, 40),
    Row("S3", 100_000, 0, 5 / 6, 1.2, FIRST_YEAR, 40_000, None),
    Row("S4", 180_000, 1.5, 1.5, 2 / 3, None, 0, 40 / 0.6),
    Row("S5", 100_000, 0, 5 / 6, None, SECOND_YEAR, 40_000, None),
    Row("S6", 42_000, 0, 0.35, 120 / 42, FIRST_YEAR, 40_000, None),
    Row("S7", 300_000, 2.5, 2.5, 0.4, None, 0, 40),
    Row("S8", 180_000, 1.5, 1.5, 2 / 3, None, 0, 40 / 0.6),
]


@pytest.mark.parametrize("row", SMALL, ids=[row.code for row in SMALL])
def test_the_house_set_in_the_head(row: Row) -> None:
    found = stresses(three_years())[row.code]
    assert found.value_yuan == pytest.approx(row.value)
    assert found.value_change == pytest.approx(row.value / 300_000 - 1)
    assert found.min_dscr == pytest.approx(row.dscr)
    assert found.coverage == pytest.approx(row.coverage)
    assert found.max_loan_to_value == near(row.worst)
    assert found.shortfall_on == row.short
    assert found.shortfall_yuan == pytest.approx(row.lacking)
    assert found.break_even_price_yuan_t == near(row.price)


def test_after_the_delisting_nothing_covers_what_is_still_owed() -> None:
    found = stresses(three_years())["S5"]
    assert found.changes == {"delisting_year": 2026}
    assert found.uncovered_from == date(2026, 1, 1)


def test_the_delisting_takes_the_tonnes_out_of_the_gross_value_as_well() -> None:
    found = stresses(three_years(valuation_basis="gross"))["S5"]
    assert found.value_yuan == pytest.approx(100_000)


def test_each_stress_says_what_it_changes() -> None:
    found = stresses(three_years())
    assert {code: case.changes for code, case in found.items()} == {
        "base": {},
        "S1": {"price_change": -0.3},
        "S2": {"price_change": -0.5},
        "S3": {"delay_months": 24},
        "S4": {"tonnes_change": -0.4},
        "S5": {"delisting_year": 2026},
        "S6": {"price_change": -0.3, "tonnes_change": -0.4, "delay_months": 24},
        "S7": {"rate_bp": 200},
        "S8": {"spot_sale": 0.4},
    }
    assert list(found) == ["base", "S1", "S2", "S3", "S4", "S5", "S6", "S7", "S8"]


def test_the_base_has_the_figures_of_the_loan_itself() -> None:
    loan = loan_of(twenty_years(monitoring={}, credit=PD))
    base = loan.stress.cases[0]
    assert loan.credit is not None
    assert base.min_dscr == loan.cover.min_dscr
    assert base.max_loan_to_value == loan.path.max_loan_to_value
    assert (base.coverage, base.ecl_yuan) == (
        loan.security.coverage,
        loan.credit.ecl_12_months_yuan,
    )
    assert base.value_yuan == float(loan.basis_value_yuan)
    assert base.shortfall_on == loan.cover.shortfall_on


def test_an_own_stress_that_changes_nothing_is_the_base() -> None:
    found = stresses(twenty_years(credit=PD, stresses=[own()]))
    assert plain(found["mine"]) == plain(found["base"])
    assert found["mine"].changes == {}


@pytest.mark.parametrize("timing", ["mid_year", "exact_dates"])
def test_the_combined_stress_is_its_three_parts_together(timing: str) -> None:
    line = own(price_change=-0.3, tonnes_change=-0.4, delay_months=24)
    found = stresses(twenty_years(appraisal={"timing": timing}, stresses=[line]))
    assert plain(found["mine"]) == plain(found["S6"])


def test_a_higher_lpr_leaves_a_fixed_loan_and_says_why() -> None:
    found = stresses(twenty_years(credit=PD))
    assert plain(found["S7"]) == plain(found["base"])
    assert found["S7"].reason == "fixed_rate"
    assert {case.reason for code, case in found.items() if code != "S7"} == {""}


def test_a_higher_lpr_raises_the_interest_of_a_floating_loan_from_its_next_repricing() -> None:
    found = stresses(twenty_years(**FLOATING))
    base, higher = found["base"], found["S7"]
    assert higher.reason == ""
    assert base.min_dscr is not None
    assert higher.min_dscr is not None
    assert higher.min_dscr < base.min_dscr
    assert higher.value_yuan == base.value_yuan
    later = dict(FLOATING, lpr=[*FLOATING["lpr"], {"day": "2025-10-20", "one_year": 0.051}])
    assert plain(stresses(twenty_years(**later))["base"]) == plain(higher)


def assert_alike(found: StressCase, anew: Document) -> None:
    """Check a stress against the loan of a case computed anew with the stressed figures."""
    loan = loan_of(anew)
    assert found.value_yuan == pytest.approx(float(loan.basis_value_yuan), abs=0.02)
    assert found.min_dscr == pytest.approx(loan.cover.min_dscr)
    assert found.coverage == pytest.approx(loan.security.coverage)
    assert found.max_loan_to_value == near(loan.path.max_loan_to_value)
    assert found.uncovered_from == loan.path.uncovered_from
    assert found.shortfall_on == loan.cover.shortfall_on
    if loan.credit is not None:
        assert found.ecl_yuan == pytest.approx(loan.credit.ecl_12_months_yuan)
    assert found.break_even_price_yuan_t == pytest.approx(
        loan.stress.cases[0].break_even_price_yuan_t
    )


@pytest.mark.parametrize("basis", BASES)
def test_a_lower_price_is_the_loan_on_the_right_at_that_price(basis: str) -> None:
    terms: dict[str, Any] = {"valuation_basis": basis, "credit": PD}
    found = stresses(twenty_years(appraisal=CONCLUDED, **terms))
    for code, price in (("S1", 56), ("S2", 40)):
        appraisal = {**CONCLUDED, "price_yuan_t": price}
        assert_alike(found[code], twenty_years(appraisal=appraisal, **terms))


@pytest.mark.parametrize("basis", BASES)
def test_fewer_tonnes_are_the_loan_on_a_right_with_a_larger_buffer(basis: str) -> None:
    terms: dict[str, Any] = {"appraisal": CONCLUDED, "valuation_basis": basis, "credit": PD}
    fewer = {"buffer_share": 1 - 0.9 * 0.6}
    assert_alike(stresses(twenty_years(**terms))["S4"], twenty_years(project=fewer, **terms))


@pytest.mark.parametrize("tax", [{}, {"income_tax_rate": 0.25, "loss_carry_years": 5}])
@pytest.mark.parametrize("level", ["net", "prudent"])
def test_at_the_break_even_price_the_lowest_dscr_is_one(level: str, tax: dict[str, Any]) -> None:
    price = stresses(twenty_years(appraisal=tax, cash_level=level))["base"].break_even_price_yuan_t
    assert price is not None
    anew = loan_of(twenty_years(appraisal={**tax, "price_yuan_t": price}, cash_level=level))
    assert anew.cover.min_dscr == pytest.approx(1)


def test_cash_that_needs_no_carbon_breaks_even_at_nothing() -> None:
    other = [{"first_year": 2025, "last_year": 2033, "amount_yuan_yr": 400_000}]
    found = stresses(twenty_years(other_cash=other, stresses=[own(other_cash_change=-0.5)]))
    assert found["base"].break_even_price_yuan_t == 0
    assert found["S5"].shortfall_on is None
    halved = [{**other[0], "amount_yuan_yr": 200_000}]
    assert_alike(found["mine"], twenty_years(other_cash=halved))
    assert found["mine"].break_even_price_yuan_t != 0


def test_a_price_of_nothing_has_no_factor_that_breaks_even() -> None:
    found = stresses(three_years(stresses=[own(price_change=-1)]))["mine"]
    assert found.break_even_price_yuan_t is None
    assert (found.min_dscr, found.value_yuan, found.value_change) == (0, 0, -1)
    assert found.uncovered_from == date(2025, 1, 1)


def test_credits_and_rights_with_an_entered_value_follow_the_price() -> None:
    collaterals: list[dict[str, Any]] = [
        {"kind": "carbon_right", "value_yuan": 2_000_000, "value_kind": "market", "haircut": 0.2},
        {"kind": "issued_credits", "value_yuan": 100_000, "value_kind": "market"},
        {"kind": "equipment", "value_yuan": 300_000, "value_kind": "market"},
    ]
    terms: dict[str, Any] = {"valuation_basis": "gross", "credit": PD}
    found = stresses(twenty_years(collaterals=collaterals, **terms))
    assert found["base"].coverage == pytest.approx((1_600_000 + 100_000 + 300_000) / 900_000)
    assert found["S2"].coverage == pytest.approx((800_000 + 50_000 + 300_000) / 900_000)
    halved = [{**line, "value_yuan": line["value_yuan"] / 2} for line in collaterals[:2]]
    cheap = twenty_years(
        appraisal={"price_yuan_t": 40}, collaterals=[*halved, collaterals[2]], **terms
    )
    assert_alike(found["S2"], cheap)


def test_a_spot_sale_gives_up_the_prices_of_the_contract() -> None:
    curve = {
        "price_curve": "table",
        "curve_points": [{"year": 2025, "price_yuan_t": 120}, {"year": 2026, "price_yuan_t": 60}],
    }
    document = three_years(valuation_basis="net")
    document["appraisal"].update(curve)
    found = stresses(document)["S8"]
    assert found.value_yuan == pytest.approx(1000 * 0.6 * (100 + 60 + 60))


@pytest.mark.parametrize("name", ["cost-tool-seagrass-planting", "perpetuity", "exact-dates"])
def test_every_way_to_value_a_right_is_stressed(name: str) -> None:
    text = (CONVENTIONS / f"{name}.bcd.json").read_text(encoding="utf-8")
    document = json.loads(text)
    drawn = f"{int(document['appraisal']['valuation_date'][:4]) + 1}-01-15"
    loan = {**twenty_years()["loan"], "drawdown_date": drawn, "valuation_basis": "gross"}
    found = stresses({**document, "loan": loan})
    assert found["S1"].value_yuan == pytest.approx(0.7 * found["base"].value_yuan)
    assert found["S4"].value_yuan == pytest.approx(0.6 * found["base"].value_yuan)
    assert found["S6"].value_yuan <= 0.7 * 0.6 * found["base"].value_yuan * (1 + 1e-9)
    assert found["S5"].value_yuan <= found["base"].value_yuan


NUMBERS = st.floats(-1, 0.5)


@settings(max_examples=25, deadline=None)
@given(
    price=st.tuples(NUMBERS, NUMBERS),
    tonnes=st.tuples(NUMBERS, NUMBERS),
    months=st.tuples(st.integers(0, 60), st.integers(0, 60)),
    basis=st.sampled_from(BASES),
)
def test_a_harder_stress_never_leaves_more(
    price: tuple[float, float],
    tonnes: tuple[float, float],
    months: tuple[int, int],
    basis: str,
) -> None:
    lines = [
        {"name": "mild", "price_change": max(price), "delay_months": min(months)},
        {"name": "hard", "price_change": min(price), "delay_months": max(months)},
        {"name": "many", "tonnes_change": max(tonnes)},
        {"name": "few", "tonnes_change": min(tonnes)},
    ]
    # Without a cost that grows with nothing sold, fewer tonnes and later sales can only harm.
    flat = {**CONCLUDED, "price_growth": 0, "issuance_fee_yuan_t": 0}
    found = stresses(twenty_years(appraisal=flat, valuation_basis=basis, stresses=lines))
    for mild, hard in (("mild", "hard"), ("many", "few")):
        one, other = found[mild], found[hard]
        assert other.value_yuan <= one.value_yuan + 0.011
        assert (other.coverage or 0) <= (one.coverage or 0) + 1e-7
        if mild == "many" or months[0] == months[1]:
            assert other.min_dscr is not None
            assert one.min_dscr is not None
            assert other.min_dscr <= one.min_dscr + 1e-9
