"""PD, exposure and loss given default of a loan; what is missing; the working."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.finance.lending.default_loss import (
    Pledge,
    Recovery,
    collateral_money,
    entered_loss,
    loss_given_default,
)
from tests.unit.finance.credit_loans import (
    credit_document,
    credit_result,
    loan_result,
    security,
)

COMPLETE: dict[str, Any] = {
    "pd": 0.02,
    "risk_weight": 1.0,
    "capital_ratio": 0.105,
    "funds_rate": 0.02,
    "operating_cost": 0.006,
    "tax_rate": 0.25,
    "capital_credit": 0.02,
    "hurdle": 0.15,
}
GRADES = [{"grade": "A", "pd": 0.005}, {"grade": "B", "pd": 0.025}]


def test_pd_is_that_of_the_grade_unless_one_is_entered(document: dict[str, Any]) -> None:
    by_grade = credit_result(credit_document(document, grades=GRADES, grade="B"))
    assert (by_grade.pd, by_grade.pd_from) == (0.025, "grade")
    entered = credit_result(credit_document(document, pd=0.03))
    assert (entered.pd, entered.pd_from) == (0.03, "entered")


def test_expected_loss_is_the_product(document: dict[str, Any]) -> None:
    found = credit_result(credit_document(document, pd=0.02, lgd=0.45))
    assert found.ead_yuan == 20_000_000
    assert found.el_yuan == pytest.approx(180_000)
    assert (found.lgd, found.lgd_from) == (0.45, "entered")


def lgd_by_hand(document: dict[str, Any], money_yuan: float, cost: float, months: int) -> float:
    rate = loan_result(document).effective.annual_compound
    left = money_yuan * (1 - cost) / (1 + rate) ** (months / 12)
    return float(min(max(1 - left / 20_000_000, 0), 1))


def test_lgd_takes_haircut_cost_and_time_off_the_collateral(document: dict[str, Any]) -> None:
    document["loan"]["collaterals"] = [security(15_000_000, haircut=0.3)]
    found = credit_result(credit_document(document, pd=0.02))
    assert found.lgd == pytest.approx(lgd_by_hand(document, 10_500_000, 0.1, 9), abs=1e-12)
    assert found.lgd_from == "collaterals"
    entered = credit_document(document, recovery_cost_share=0.05, recovery_months=18)
    expected = lgd_by_hand(document, 10_500_000, 0.05, 18)
    assert credit_result(entered).lgd == pytest.approx(expected, abs=1e-12)


def test_prior_claims_and_the_secured_maximum_bound_what_is_recovered(
    document: dict[str, Any],
) -> None:
    document["loan"]["collaterals"] = [
        security(15_000_000, haircut=0.2, prior_claims_yuan=2_000_000),
        security(9_000_000, secured_maximum_yuan=3_000_000),
        security(1_000_000, prior_claims_yuan=4_000_000),
    ]
    found = credit_result(credit_document(document, pd=0.02))
    expected = lgd_by_hand(document, 10_000_000 + 3_000_000, 0.1, 9)
    assert found.lgd == pytest.approx(expected, abs=1e-12)


def test_the_income_right_alone_secures_a_loan_without_a_list(document: dict[str, Any]) -> None:
    document["loan"]["valuation_basis"] = "net"
    credit_document(document, pd=0.02)
    net = float(loan_result(document).security.lines[0].value_yuan or 0)
    found = credit_result(document)
    assert found.lgd == pytest.approx(lgd_by_hand(document, net, 0.1, 9), abs=1e-9)


def test_a_liquidation_value_has_its_cost_and_time_taken_off_once(document: dict[str, Any]) -> None:
    document["loan"]["valuation_basis"] = "liquidation"
    credit_document(document, pd=0.02)
    value = float(loan_result(document).security.lines[0].value_yuan or 0)
    assert value > 0
    assert credit_result(document).lgd == pytest.approx(1 - value / 20_000_000, abs=1e-9)


def test_the_wasting_right_leaves_more_to_lose_each_year(document: dict[str, Any]) -> None:
    document["loan"].update(valuation_basis="net", repayment="bullet", term_months=60)
    found = credit_result(credit_document(document, pd=0.02))
    losses = [year.lgd for year in found.years]
    assert losses == sorted(losses)
    assert losses[-1] > losses[0] + 0.05


def test_other_collateral_loses_its_yearly_share(document: dict[str, Any]) -> None:
    document["loan"].update(repayment="bullet", term_months=36)
    document["loan"]["collaterals"] = [security(15_000_000, yearly_decline=0.2)]
    found = credit_result(credit_document(document, pd=0.02))
    days = (0, 365, 730)
    for year, passed in zip(found.years, days, strict=True):
        money = 15_000_000 * 0.8 ** (passed / 365)
        assert year.lgd == pytest.approx(lgd_by_hand(document, money, 0.1, 9), abs=1e-12)


def test_the_floor_goes_before_the_collateral(document: dict[str, Any]) -> None:
    document["loan"]["collaterals"] = [security(90_000_000)]
    bare = credit_result(credit_document(document, pd=0.02))
    assert (bare.lgd, bare.lgd_from) == (0.0, "collaterals")
    held = credit_result(credit_document(document, lgd_floor=0.2))
    assert (held.lgd, held.lgd_from) == (0.2, "floor")


def test_a_right_that_is_worth_nothing_leaves_all_to_lose(document: dict[str, Any]) -> None:
    document["appraisal"]["operating_cost_yuan_yr"] = 5_000_000
    document["loan"]["valuation_basis"] = "net"
    assert credit_result(credit_document(document, pd=0.02)).lgd == 1


@settings(max_examples=100, deadline=None)
@given(
    value=st.floats(0, 1e9), prior=st.floats(0, 1e9), most=st.floats(1, 1e9),
    owed=st.floats(1, 1e9), cost=st.floats(0, 1), months=st.integers(0, 240),
    rate=st.floats(0, 0.4), floor=st.floats(0, 1), factor=st.floats(0, 3),
)  # fmt: skip
def test_lgd_stays_between_floor_and_one_and_falls_with_the_value(
    *, value: float, prior: float, most: float, owed: float, cost: float, months: int, rate: float,
    floor: float, factor: float,
) -> None:  # fmt: skip
    kept = Recovery(cost, months, rate, floor).factor
    pledge = Pledge(np.array([value]), prior, most, kept)
    money = collateral_money([pledge], np.array([factor, factor + 0.5]), 1)
    low, high = loss_given_default(money, np.array([owed]), floor)[:, 0]
    assert floor <= high <= low <= 1
    by_hand = min(max(value * factor - prior, 0.0), most) * (1 - cost) / (1 + rate) ** (months / 12)
    assert low == pytest.approx(max(floor, 1 - min(by_hand / owed, 1)), abs=1e-9)


def test_an_entered_lgd_moves_with_the_values_of_a_scenario() -> None:
    found = entered_loss(0.4, np.array([1.0, 0.5, 2.0, 0.0]))
    assert found == pytest.approx([0.4, 0.7, 0.0, 1.0], abs=1e-15)


def test_without_exposure_only_the_floor_is_lost() -> None:
    assert loss_given_default(np.zeros((1, 1)), np.zeros(1), 0.1)[0, 0] == 0.1


def test_exposure_counts_the_undrawn_by_its_factor(document: dict[str, Any]) -> None:
    entered = credit_document(document, pd=0.02, lgd=0.4, undrawn_yuan=5_000_000)
    missing = credit_result(entered)
    assert missing.ead_yuan is None
    assert missing.el_yuan is None
    assert missing.ecl_yuan is None
    assert "loan.credit.conversion_factor" in missing.missing
    found = credit_result(credit_document(document, conversion_factor=0.4))
    assert found.ead_yuan == 22_000_000


def test_tranches_still_to_be_drawn_are_undrawn(document: dict[str, Any]) -> None:
    document["loan"].update(repayment="bullet", term_months=36)
    document["loan"]["tranches"] = [
        {"day": "2025-03-31", "amount_yuan": 8_000_000},
        {"day": "2025-09-30", "amount_yuan": 7_000_000},
        {"day": "2026-09-30", "amount_yuan": 5_000_000},
    ]
    found = credit_result(credit_document(document, pd=0.02, lgd=0.4, conversion_factor=0.5))
    exposures = [year.exposure_yuan for year in found.years]
    assert exposures == [14_000_000, 17_500_000, 20_000_000]


def test_a_complete_set_of_inputs_leaves_nothing_missing(document: dict[str, Any]) -> None:
    found = credit_result(credit_document(document, **COMPLETE))
    assert found.missing == ()
    named = (found.pd, found.lgd, found.el_yuan, found.ecl_yuan, found.irb_k, found.rwa_yuan,
             found.capital_yuan, found.raroc, found.min_rate)  # fmt: skip
    assert None not in named


@pytest.mark.parametrize(
    ("name", "figures"),
    [
        ("pd", ("pd", "el_yuan", "ecl_yuan", "irb_k", "raroc", "min_rate")),
        ("risk_weight", ("rwa_yuan", "capital_yuan", "raroc", "min_rate")),
        ("capital_ratio", ("capital_yuan", "raroc", "min_rate")),
        ("funds_rate", ("raroc", "min_rate")),
        ("operating_cost", ("raroc", "min_rate")),
        ("tax_rate", ("raroc", "min_rate")),
        ("capital_credit", ("raroc", "min_rate")),
        ("hurdle", ("min_rate",)),
    ],
)
def test_a_figure_without_its_input_is_left_out_and_the_input_named(
    name: str, figures: tuple[str, ...], document: dict[str, Any]
) -> None:
    entered = {key: value for key, value in COMPLETE.items() if key != name}
    found = credit_result(credit_document(document, **entered))
    assert found.missing == (f"loan.credit.{name}",)
    optional = ("pd", "el_yuan", "ecl_yuan", "irb_k", "rwa_yuan", "capital_yuan", "raroc",
                "min_rate")  # fmt: skip
    assert {figure for figure in optional if getattr(found, figure) is None} == set(figures)


def test_every_figure_has_its_working(document: dict[str, Any]) -> None:
    found = credit_result(credit_document(document, **COMPLETE, grades=GRADES, grade="B"))
    steps = {step.key: step.value for step in found.working}
    expected = {
        "credit.exposure": found.ead_yuan,
        "credit.lgd": found.lgd,
        "credit.expected_loss": found.el_yuan,
        "credit.ecl_12_months": found.ecl_12_months_yuan,
        "credit.ecl_lifetime": found.ecl_lifetime_yuan,
        "credit.irb": found.irb_k,
        "credit.irb_weight": found.irb_weight,
        "credit.rwa": found.rwa_yuan,
        "credit.capital": found.capital_yuan,
        "credit.raroc": found.raroc,
        "credit.min_rate": found.min_rate,
    }
    assert steps == expected
    loan = loan_result(document)
    assert [step for step in loan.working if step.key.startswith("credit.")] == list(found.working)


def test_a_case_without_credit_inputs_has_no_credit_figures(document: dict[str, Any]) -> None:
    assert loan_result(document).credit is None
