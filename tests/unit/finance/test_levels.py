"""Gross, net, prudent and liquidation value of a plan."""

from decimal import Decimal

import numpy as np
import pytest

from app.finance.errors import DomainError
from app.finance.valuation.flows import income_tax, net_flows, present_value, tail_multiple
from app.finance.valuation.levels import forced_sale_factor, levels
from tests.unit.finance.right_plans import appraisal, plan

RATE = 0.08


def test_gross_ignores_costs_shares_time_and_the_path_of_the_price() -> None:
    found = levels(plan(), appraisal(), price_today_yuan_t=80, rate=RATE)
    assert found.gross_yuan == Decimal("160000.00")


def test_net_discounts_each_flow_after_shares_fees_and_costs() -> None:
    right = plan()
    net = net_flows(right)
    by_hand = sum(flow / 1.08**time for flow, time in zip(net, right.times, strict=True))
    found = levels(right, appraisal(), price_today_yuan_t=80, rate=RATE)
    assert float(found.net_yuan) == pytest.approx(by_hand, abs=0.005)


def test_without_a_prudent_discount_prudent_is_net() -> None:
    found = levels(plan(), appraisal(), price_today_yuan_t=80, rate=RATE)
    assert found.prudent_yuan == found.net_yuan


def test_prudent_counts_less_price_and_fewer_tonnes_but_all_costs() -> None:
    careful = appraisal(prudent_price_discount=0.2, prudent_tonnes_discount=0.1)
    right = plan()
    found = levels(right, careful, price_today_yuan_t=80, rate=RATE)
    smaller = plan(tonnes=right.tonnes * 0.9, prices=right.prices * 0.8)
    net = levels(smaller, appraisal(), price_today_yuan_t=80, rate=RATE).net_yuan
    assert found.prudent_yuan == net < found.net_yuan
    assert (
        found.liquidation_yuan
        < levels(right, appraisal(), price_today_yuan_t=80, rate=RATE).liquidation_yuan
    )


def test_a_forced_sale_takes_discount_cost_and_time_off_the_smaller_of_gross_and_prudent() -> None:
    terms = appraisal(liquidation_discount=0.4, disposal_cost_share=0.1, months_to_sell=9)
    assert forced_sale_factor(terms, RATE) == pytest.approx(0.6 * 0.9 / 1.08**0.75, rel=1e-12)
    found = levels(plan(), terms, price_today_yuan_t=80, rate=RATE)
    base = float(min(found.gross_yuan, found.prudent_yuan))
    assert float(found.liquidation_yuan) == pytest.approx(base * 0.6 * 0.9 / 1.08**0.75, abs=0.005)


def test_a_right_that_loses_money_is_negative_in_net_and_nothing_in_a_forced_sale() -> None:
    costly = plan(costs={"operation": np.full(3, 90_000.0)})
    found = levels(costly, appraisal(), price_today_yuan_t=80, rate=RATE)
    assert found.net_yuan < 0
    assert found.liquidation_yuan == 0


def test_scenarios_in_front_broadcast_and_each_is_its_own_value() -> None:
    right = plan()
    factors = np.array([[0.5], [1.0], [2.0]])
    many = present_value(right, net_flows(right, prices=right.prices * factors), RATE)
    single = [
        float(present_value(right, net_flows(right, prices=right.prices * factor), RATE))
        for factor in (0.5, 1.0, 2.0)
    ]
    assert many == pytest.approx(single, rel=1e-14)


def test_income_tax_is_that_of_each_scenario_and_the_oldest_loss_goes_first() -> None:
    before = np.array([[-100.0, -50.0, 120.0, 60.0], [10.0, -20.0, 5.0, 100.0]])
    found = income_tax(before, 0.25, 2)
    assert found == pytest.approx(
        np.array([[0, 0, 0, 0.25 * 30], [2.5, 0, 0, 0.25 * 85]]), rel=1e-14
    )


def test_flows_of_one_year_are_taxed_together_with_the_last_of_them() -> None:
    found = income_tax(np.array([100.0, -40.0, 10.0]), 0.25, 0, (1, 1, 2))
    assert found == pytest.approx([0, 15, 2.5])


def test_the_multiple_of_a_perpetuity_follows_the_rate_and_ends_at_the_growth() -> None:
    assert tail_multiple(0.02, 0.08) == pytest.approx(17, rel=1e-12)
    assert tail_multiple(0.02, np.array([0.07, 0.12])) == pytest.approx([20.4, 10.2], rel=1e-12)
    with pytest.raises(DomainError, match="rate_below_growth"):
        tail_multiple(0.08, 0.08)
