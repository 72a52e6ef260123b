"""The waterfall from gross to liquidation value: one deduction a step, exact to the fen."""

from decimal import Decimal

import numpy as np
import pytest

from app.finance.case.appraisal import Appraisal
from app.finance.valuation.bridge import bridge
from app.finance.valuation.cost_tool_schedule import COST_LABELS
from app.finance.valuation.flows import FlowPlan
from app.finance.valuation.levels import levels
from app.finance.valuation.risk_results import BridgeStep
from app.messages.valuation_words import BRIDGE_LABELS, TOOL_COST_LABELS
from tests.unit.finance.right_plans import appraisal, plan


def waterfall(
    right: FlowPlan, inputs: Appraisal, *, price: float = 80.0, rate: float = 0.08
) -> tuple[BridgeStep, ...]:
    found = levels(right, inputs, price_today_yuan_t=price, rate=rate)
    return bridge(right, inputs, found, price_today_yuan_t=price, rate=rate)


def amounts(steps: tuple[BridgeStep, ...]) -> dict[str, Decimal]:
    return {step.code: step.amount_yuan for step in steps}


def assert_adds_up(steps: tuple[BridgeStep, ...]) -> None:
    level = Decimal(0)
    for step in steps:
        if step.code == "gross":
            level = step.amount_yuan
        elif not step.total:
            level += step.amount_yuan
        assert step.level_yuan == level
        if step.total:
            assert step.amount_yuan == level


def test_each_step_is_one_deduction_by_hand() -> None:
    steps = waterfall(
        plan(receipts=np.array([0.0, 5_000.0, 0.0])), appraisal(prudent_price_discount=0.1)
    )
    found = amounts(steps)
    assert list(found)[:9] == [
        "gross",
        "price_path",
        "share_fee",
        "share_community",
        "share_tax",
        "registry_fee",
        "cost_investment",
        "cost_monitoring",
        "receipts",
    ]
    assert found["gross"] == Decimal("160000.00")
    assert found["price_path"] == Decimal("10000.00")
    assert found["share_fee"] == Decimal("-8500.00")
    assert found["share_community"] == Decimal("-5100.00")
    assert found["share_tax"] == Decimal("-3400.00")
    assert found["registry_fee"] == Decimal("-2000.00")
    assert found["cost_investment"] == Decimal("-35000.00")
    assert found["cost_monitoring"] == Decimal("-6000.00")
    assert found["receipts"] == Decimal("5000.00")
    flows = np.array([-20_000.0, 58_000.0, 77_000.0])
    present = float((flows / 1.08 ** np.array([0, 1, 2])).sum())
    assert float(found["time_value"]) == pytest.approx(present - flows.sum(), abs=0.02)
    lost = 0.1 * 0.9 * (80_000 / 1.08 + 90_000 / 1.08**2)
    assert float(found["prudent_price"]) == pytest.approx(-lost, abs=0.02)
    prudent = present - lost
    assert float(found["forced_sale"]) == pytest.approx(-0.4 * prudent, abs=0.02)
    assert float(found["disposal"]) == pytest.approx(-0.06 * prudent, abs=0.02)
    sold = 0.54 * prudent
    assert float(found["time_to_sell"]) == pytest.approx(sold * (1.08**-0.75 - 1), abs=0.02)
    assert_adds_up(steps)


def test_steps_of_zero_are_left_out() -> None:
    bare = plan(
        times=np.zeros(3), prices=np.full(3, 80.0), revenue_shares={}, fee_per_tonne=0.0, costs={}
    )
    steps = waterfall(bare, appraisal(liquidation_discount=0, disposal_cost_share=0))
    assert [step.code for step in steps] == [
        "gross",
        "net",
        "prudent",
        "time_to_sell",
        "liquidation",
    ]
    assert_adds_up(steps)


def test_income_tax_and_what_goes_on_for_ever_are_steps_of_their_own() -> None:
    right = plan(tax_rate=0.25, loss_carry=5, tail=17.0, tail_growth=0.02)
    found = amounts(waterfall(right, appraisal()))
    profit = np.array([-20_000.0, 53_000.0, 77_000.0])
    tax = 0.25 * (profit.sum())
    assert float(found["income_tax"]) == pytest.approx(-tax, abs=0.02)
    last = 77_000 * 0.75
    assert float(found["perpetuity"]) == pytest.approx(
        last * 1.02 / (0.08 - 0.02) / 1.08**2, abs=0.02
    )


def test_a_right_that_costs_more_than_it_earns_ends_at_zero_because_nobody_buys_it() -> None:
    costly = plan(costs={"operation": [0.0, 100_000.0, 100_000.0]})
    steps = waterfall(costly, appraisal())
    found = amounts(steps)
    assert found["net"] < 0
    assert found["no_buyer"] == -found["prudent"]
    assert found["liquidation"] == 0
    assert "forced_sale" not in found
    assert_adds_up(steps)


def test_a_prudent_value_above_gross_is_cut_to_gross_before_the_forced_sale() -> None:
    rising = plan(prices=np.array([80.0, 300.0, 400.0]))
    steps = waterfall(rising, appraisal())
    found = amounts(steps)
    assert found["over_gross"] == found["gross"] - found["prudent"]
    assert found["forced_sale"] == Decimal("-64000.00")
    assert_adds_up(steps)


def test_every_bar_has_words() -> None:
    right = plan(
        costs={code: [1.0, 1.0, 1.0] for code in ("registration", "feasibility", "other")},
        revenue_shares={"fee": 0.1, "community": 0.1, "tax": 0.1, "other": 0.1},
        receipts=np.ones(3),
        tax_rate=0.2,
        tail=5.0,
    )
    steps = waterfall(right, appraisal(prudent_price_discount=0.1, prudent_tonnes_discount=0.2))
    assert {step.code for step in steps} <= set(BRIDGE_LABELS)


def test_every_cost_of_the_cost_tool_and_of_the_cash_flow_has_words() -> None:
    assert set(TOOL_COST_LABELS) == set(COST_LABELS)
    assert {f"cost_{code}" for code in COST_LABELS} <= set(BRIDGE_LABELS)
