"""Net flows of a right by factor on the prices: straight between bends that are all found."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.finance.lending.flow_table import FlowTable, counted_flows, loss_account
from app.finance.sink.pools import Numbers
from app.finance.valuation.flows import FlowPlan, income_tax, net_flows

MONEY = st.floats(-1e6, 1e6)


def plan_of(
    tonnes: list[float], costs: list[float], *, tax: float, carry: int, flows_a_year: int = 1
) -> FlowPlan:
    """A right that sells at 50, 51, 52 ... yuan/t; some of its years may have several flows."""
    count = len(tonnes)
    return FlowPlan(
        times=np.arange(1.0, count + 1),
        years=tuple(range(2025, 2025 + count)),
        days=(None,) * count,
        tonnes=np.array(tonnes),
        prices=np.arange(50.0, 50.0 + count),
        revenue_shares={"fee": 0.08},
        fee_per_tonne=1.5,
        costs={"operating": np.array(costs)},
        receipts=np.where(np.arange(count) % 4 == 3, 2000.0, 0.0),
        tax_rate=tax,
        loss_carry=carry,
        indices=tuple(place // flows_a_year + 1 for place in range(count)),
    )


plans = st.integers(1, 14).flatmap(
    lambda count: st.builds(
        plan_of,
        st.lists(st.one_of(st.just(0.0), st.floats(1, 5000)), min_size=count, max_size=count),
        st.lists(st.floats(0, 2e5), min_size=count, max_size=count),
        tax=st.sampled_from([0.25, 0.15, 0.0]),
        carry=st.integers(0, 8),
        flows_a_year=st.integers(1, 3),
    )
)


@settings(max_examples=80, deadline=None)
@given(plan=plans, factors=st.lists(st.floats(0, 40), min_size=1, max_size=8))
def test_at_any_price_the_flows_from_each_on_are_those_of_the_whole_plan(
    plan: FlowPlan, factors: list[float]
) -> None:
    moved, count = np.array(factors), len(plan.times)
    table = FlowTable(counted_flows(plan, tonnes=0.9, price=0.8))
    found = table.each(np.repeat(moved[:, None], count, axis=1), np.arange(count))
    flows = net_flows(plan, tonnes=plan.tonnes * 0.9, prices=plan.prices * 0.8 * moved[:, None])
    expected = np.cumsum(flows[:, ::-1], axis=1)[:, ::-1]
    size = np.abs(flows).sum(axis=1).max() + np.abs(plan.all_costs).sum()
    np.testing.assert_allclose(found, expected, rtol=0, atol=1e-11 * size + 1e-9)


@settings(max_examples=80, deadline=None)
@given(
    profits=st.lists(st.lists(MONEY, min_size=3, max_size=3), min_size=1, max_size=30),
    carry=st.integers(0, 12),
)
def test_the_account_of_losses_taxes_as_the_valuation_does(
    profits: list[list[float]], carry: int
) -> None:
    """Three variants at once, a year in each row."""
    known = np.array(profits)
    _lapsing, taxed = loss_account(known, carry)
    expected = income_tax(known.T, 0.25, carry).T
    np.testing.assert_allclose(0.25 * np.maximum(taxed, 0.0), expected, rtol=1e-12, atol=1e-7)


def test_a_loss_lapses_when_it_is_too_old_and_what_was_used_of_it_does_not() -> None:
    """100 lost in the first year; carried two years, 30 of it are used in the second."""
    profits = np.array([[-100.0], [30.0], [20.0], [60.0]])
    lapsing, taxed = loss_account(profits, 2)
    assert np.maximum(lapsing[:, 0], 0.0).tolist() == [0.0, 0.0, 0.0, 50.0]
    assert np.maximum(taxed[:, 0], 0.0).tolist() == [0.0, 0.0, 0.0, 60.0]


def test_a_bend_lies_where_a_loss_is_used_up() -> None:
    """Sold for 1000 f a year against a cost of 1500 in the first: used up where 1000 f = 750."""
    plan = replace(
        plan_of([20.0, 20.0], [1500.0, 0.0], tax=0.25, carry=5),
        prices=np.array([50.0, 50.0]), revenue_shares={}, fee_per_tonne=0.0,
    )  # fmt: skip
    nodes, flows = counted_flows(plan, tonnes=1.0, price=1.0).at_bends
    assert nodes[:-1] == pytest.approx([0.0, 0.75, 1.5])
    assert flows[1] == pytest.approx([-750.0, 750.0])
    assert flows[2] == pytest.approx([0.0, 1500.0 - 0.25 * 1500.0])


def test_rows_of_a_right_take_a_factor_each() -> None:
    plan = plan_of([10.0, 20.0, 30.0], [100.0, 900.0, 50.0], tax=0.25, carry=1)
    rows = replace(plan, tonnes=np.array([plan.tonnes, plan.tonnes * 2]))
    factors = np.array([0.7, 1.4])
    found = counted_flows(rows, tonnes=1.0, price=1.0).at(factors)
    expected: list[Numbers] = [
        net_flows(plan, tonnes=plan.tonnes * times, prices=plan.prices * factor)
        for times, factor in zip((1, 2), factors, strict=True)
    ]
    np.testing.assert_allclose(found, expected)


def test_the_flows_of_one_plan_are_found_once() -> None:
    counted: dict[str, Any] = {"tonnes": 1.0, "price": 1.0}
    plan = plan_of([10.0], [100.0], tax=0.25, carry=1)
    assert counted_flows(plan, **counted) is counted_flows(plan, **counted)
    assert counted_flows(plan, **counted) is not counted_flows(replace(plan), **counted)
    assert counted_flows(plan, **counted) is not counted_flows(plan, tonnes=0.9, price=1.0)
