"""From the pure premium to the gross premium: loads, rounding, who bears what."""

import json
import math
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from scipy.integrate import quad

from app.finance.case.cover.policy import CoInsurer
from app.finance.case.cover.premium_inputs import Payer, SubsidyLine
from app.finance.insurance.premium_build import gross_premium, rounded_up
from app.finance.insurance.premium_shares import coinsurer_shares, split_to_fen, subsidy_shares
from tests.case_table import case_table
from tests.unit.finance.insured_policies import quote

ONE_LOSS: dict[str, Any] = {
    "frequency_law": "binomial",
    "events_per_year": 1,
    "damage_law": "exponential",
    "damage_basis": "yuan",
    "mean_damage": 100,
    "damage_cv": None,
}
"""A year with one exponential loss of 100 yuan on a sum insured that is never reached."""

LOADED = {
    "fixed_expense_yuan": 500,
    "variable_expense_share": 0.15,
    "commission_share": 0.05,
    "profit_share": 0.05,
    "tax_share": 0.06,
    "risk_load_factor": 0.2,
    "safety_share": 0.05,
}


def one_loss_load(**changes: Any) -> float:
    found = quote(heads=[{"quantity": 1, "unit_value_yuan": 10_000}], perils=[ONE_LOSS], **changes)
    assert found.pure_premium_yuan == pytest.approx(100, rel=1e-9)
    return found.risk_load_yuan


def test_loadings_are_shares_of_the_gross_premium() -> None:
    row = case_table("insurance")["I16"]
    given, expected = json.loads(row["inputs"]), json.loads(row["expected"])["gross"]
    shares = given["variable_expense"] + given["commission"] + given["profit"] + given["tax"]
    premium = gross_premium(
        pure=given["pure"], risk_load=given["risk_load"], fixed=given["fixed"], shares=shares
    )
    assert premium == pytest.approx(expected, rel=1e-9)


def test_the_loss_ratio_method_indicates_the_published_premium() -> None:
    # R19: losses 300,000, loss adjustment 7 % of them, variable expense 23 %, profit 5 %.
    premium = gross_premium(pure=300_000, risk_load=0, fixed=0.07 * 300_000, shares=0.23 + 0.05)
    assert premium == pytest.approx(445_833.33, abs=0.01)


def test_the_standard_deviation_of_an_exponential_loss_is_its_mean() -> None:
    assert one_loss_load(risk_load_factor=0.3) == pytest.approx(30, rel=1e-9)


def test_the_variance_principle_takes_the_square() -> None:
    load = one_loss_load(risk_load="variance", risk_load_factor=None, variance_factor=0.001)
    assert load == pytest.approx(10, rel=1e-9)


def test_the_cost_of_capital_is_earned_on_the_tail() -> None:
    load = one_loss_load(
        risk_load="tvar", risk_load_factor=None, tvar_level=0.99, cost_of_capital=0.08
    )
    assert load == pytest.approx(0.08 * 100 * math.log(100), rel=1e-4)


def test_the_wang_transform_of_an_exponential_loss_agrees_with_quadrature() -> None:
    load = one_loss_load(risk_load="wang", risk_load_factor=None, wang_lambda=0.3)
    law = stats.norm
    whole, _ = quad(lambda x: law.cdf(law.ppf(math.exp(-x / 100)) + 0.3), 0, 4000, limit=400)
    assert load == pytest.approx(whole - 100, rel=1e-4)


def test_the_proportional_hazard_of_an_exponential_loss_is_rho_times_its_mean() -> None:
    row = case_table("insurance")["I10"]
    given, expected = json.loads(row["inputs"]), json.loads(row["expected"])["premium"]
    load = one_loss_load(
        risk_load="proportional_hazard", risk_load_factor=None, hazard_rho=given["rho"]
    )
    assert 100 + load == pytest.approx(expected, rel=1e-5)


def test_the_lines_of_the_premium_sum_to_it() -> None:
    found = quote(
        **LOADED,
        rate_coefficient=1.1,
        minimum_premium_yuan=200_000,
        round_premium_to_yuan=100,
    )
    codes = [line.code for line in found.loadings]
    assert codes == [
        "pure", "safety", "risk", "fixed", "variable", "commission", "profit", "tax",
        "coefficient", "minimum", "rounding",
    ]  # fmt: skip
    total = math.fsum(line.amount_yuan for line in found.loadings)
    assert total == pytest.approx(float(found.gross_premium_yuan), abs=1e-9)
    assert math.fsum(line.rate for line in found.loadings) == pytest.approx(found.rate)


def test_a_minimum_premium_is_not_undercut_and_rounding_goes_up() -> None:
    raised = quote(minimum_premium_yuan=900_000)
    assert raised.gross_premium_yuan == Decimal(900_000)
    assert rounded_up(Decimal("100.01"), Decimal(100)) == 200
    assert rounded_up(Decimal("100.00"), Decimal(100)) == 100
    assert rounded_up(Decimal("100.01"), None) == Decimal("100.01")


def test_the_rate_coefficient_multiplies_the_technical_premium() -> None:
    found = quote(**LOADED, rate_coefficient=0.8)
    assert float(found.gross_premium_yuan) == pytest.approx(
        0.8 * found.technical_premium_yuan, abs=0.005
    )


def test_the_insured_pays_what_the_subsidies_leave() -> None:
    # Beihai oyster: premium 630 a mu, subsidy of 70 % (case R27).
    found = subsidy_shares(Decimal("630.00"), [SubsidyLine(Payer.COUNTY, 0.7)])
    assert [(line.payer, line.amount_yuan) for line in found] == [
        ("county", Decimal("441.00")),
        ("insured", Decimal("189.00")),
    ]


@settings(max_examples=60, deadline=None)
@given(
    st.integers(0, 10**9),
    st.lists(st.floats(0.01, 1.0), min_size=1, max_size=5),
)
def test_subsidies_add_up_to_the_fen_and_leave_the_insured_nothing_below_zero(
    fen: int, weights: list[float]
) -> None:
    gross = Decimal(fen) / 100
    whole = max(sum(weights), 1.0)
    found = subsidy_shares(gross, [SubsidyLine(Payer.CITY, weight / whole) for weight in weights])
    assert sum(line.amount_yuan for line in found) == gross
    assert found[-1].amount_yuan >= 0


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**9), st.lists(st.floats(0.0, 1e6), min_size=1, max_size=6))
def test_a_premium_is_shared_out_to_the_fen(fen: int, weights: list[float]) -> None:
    total = Decimal(fen) / 100
    assert sum(split_to_fen(total, weights)) == total


def test_the_leader_takes_the_remainder_of_the_co_insurers() -> None:
    thirds = [CoInsurer("A", 1 / 3), CoInsurer("B", 1 / 3, leads=True), CoInsurer("C", 1 / 3)]
    found = coinsurer_shares(Decimal("100.00"), Decimal("1000.00"), thirds)
    assert [line.premium_yuan for line in found] == [
        Decimal("33.33"), Decimal("33.34"), Decimal("33.33"),
    ]  # fmt: skip
    assert sum(line.sum_insured_yuan for line in found) == Decimal("1000.00")


def test_heads_share_the_premium_by_pure_premium_and_by_their_own_spread() -> None:
    steady = {"peril": "cold", "head": "steady", "events_per_year": 5, "mean_damage": 0.01,
              "damage_cv": 0}  # fmt: skip
    rare = {"head": "rare", "events_per_year": 0.05, "mean_damage": 1, "damage_cv": 0}
    found = quote(heads=[{"name": "steady"}, {"name": "rare"}], perils=[steady, rare], **LOADED)
    first, second = found.heads
    assert first.pure_premium_yuan == pytest.approx(second.pure_premium_yuan)
    assert second.risk_load_yuan > 9 * first.risk_load_yuan
    assert first.gross_premium_yuan + second.gross_premium_yuan == found.gross_premium_yuan
    assert first.risk_load_yuan + second.risk_load_yuan == pytest.approx(found.risk_load_yuan)


def test_the_premium_asked_is_held_against_the_technical_one() -> None:
    found = quote(**LOADED, asked_premium_yuan=150_000, asked_reason="market")
    assert found.asked is not None
    assert found.asked.difference_yuan == Decimal(150_000) - found.asked.technical_yuan
    assert found.asked.loss_ratio == pytest.approx(found.pure_premium_yuan / 150_000)


def test_reinstatement_premiums_lower_what_is_charged_at_the_start() -> None:
    layer = {
        "layer_attachment_yuan": 100_000,
        "layer_limit_yuan": 200_000,
        "reinstatements": 1,
    }
    free = quote(heads=[layer])
    paid = quote(heads=[{**layer, "reinstatement_rate": 1.0}])
    law = free.distribution
    assert law is not None
    # P0 = EL / (1 + (1 / l) E[min(S, l)]): one reinstatement at 100 %, S at most 2 l here.
    used = 1 - law.p_no_loss
    line = next(line for line in paid.loadings if line.code == "reinstatement")
    assert line.amount_yuan < 0
    assert paid.pure_premium_yuan == pytest.approx(free.pure_premium_yuan)
    assert float(paid.gross_premium_yuan) < float(free.gross_premium_yuan)
    assert float(paid.gross_premium_yuan) > float(free.gross_premium_yuan) / (1 + used)
