"""The columns of the workbook's cash flow and the set-off of losses, out of the core."""

from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest

from app.finance.valuation.flows import net_flows
from app.reports.workbook.axis import Axis, find_axis
from tests.workbooks import computed, document


def axis_of(name: str, **changes: object) -> Axis:
    case = computed(document(name, changes))
    found = find_axis(case.file.case, case.results)
    assert found is not None
    return found


@pytest.mark.parametrize("name", ["dongtai", "costs-and-taxes", "exact-dates", "curve-table"])
def test_the_valuation_date_has_a_column_that_changes_no_value(name: str) -> None:
    case = computed(document(name))
    axis = find_axis(case.file.case, case.results)
    assert axis is not None
    assert case.results.values is not None
    assert axis.indices[0] == 0
    assert axis.plan.times[0] == 0
    present = sum(row.present_value_yuan for row in axis.rows)
    assert Decimal(str(round(present, 2))) == case.results.values.net_yuan


def test_by_the_years_of_the_cost_tool_there_is_no_such_axis() -> None:
    case = computed(document("cost-tool-salt-marsh-china"))
    assert find_axis(case.file.case, case.results) is None


def test_what_losses_give_to_a_year_is_what_its_tax_leaves_out() -> None:
    axis = axis_of("costs-and-taxes")
    losses = axis.losses(axis.plan)
    assert losses.used.any()
    profits = np.maximum(losses.profits, 0.0)
    assert losses.taxable == pytest.approx(profits - losses.used.sum(axis=0))
    tax = [row.income_tax_yuan for row in axis.rows]
    assert tax == pytest.approx(axis.plan.tax_rate * losses.taxable)


def test_no_loss_gives_more_than_it_is_nor_later_than_it_may() -> None:
    axis = axis_of("costs-and-taxes")
    plan = replace(axis.plan, loss_carry=2)
    losses = axis.losses(plan)
    sizes = np.maximum(-losses.profits, 0.0)
    assert (losses.used.sum(axis=1) <= sizes + 1e-9).all()
    for loss, year in zip(*np.nonzero(losses.used), strict=True):
        assert 0 < year - loss <= 2


def test_losses_of_flows_by_day_are_those_of_their_year() -> None:
    axis = axis_of("exact-dates")
    losses = axis.losses(axis.plan)
    assert len(losses.profits) == len(axis.years) < axis.count
    assert losses.profits.sum() == pytest.approx(net_flows(axis.plan.without_tax()).sum())
