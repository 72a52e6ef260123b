"""The value of what is left of the right, and the balance against it."""

import copy
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.finance.case.loan import ValuationBasis
from app.finance.lending.path import value_path
from app.finance.lending.remaining import RemainingRight
from app.finance.lending.results import PathResult
from app.finance.valuation.results import ValueResult
from tests.unit.finance.cost_tool_cases import marsh
from tests.unit.finance.sized_loans import long_right, parts_of, valued

START = date(2025, 3, 31)
YEARLY = 12504.14 * 100 * 0.92 - 100_000
"""Net flow of a year of the right, yuan."""


def right_of(document: dict[str, Any], level: str = "net") -> RemainingRight:
    case, _carbon, values = valued(document)
    assert case.appraisal is not None
    return RemainingRight(case.appraisal, values, ValuationBasis(level))


def path_of(document: dict[str, Any], **loan: object) -> PathResult:
    document["loan"] |= loan
    return value_path(parts_of(document))


def with_levels(document: dict[str, Any]) -> dict[str, Any]:
    """A right of 12 years that grows, is taxed, has prudent discounts and a conclusion."""
    document = long_right(document)
    document["appraisal"] |= {
        "price_growth": 0.03,
        "income_tax_rate": 0.25,
        "loss_carry_years": 5,
        "initial_cost_yuan": 400_000,
        "verification_interval_years": 2,
        "prudent_price_discount": 0.1,
        "prudent_tonnes_discount": 0.2,
        "cost_approach": {"development_yuan": 3_000_000, "certification_yuan": 200_000},
        "conclusion": {
            "type_of_value": "pledge",
            "weight_income": 0.6,
            "weight_cost": 0.4,
            "reasons": "cost is known",
        },
    }
    return document


@pytest.mark.parametrize("level", list(ValuationBasis))
@pytest.mark.parametrize("timing", ["end_year", "mid_year", "exact_dates"])
def test_on_the_valuation_date_each_level_is_the_value_of_the_case(
    timing: str, level: ValuationBasis, document: dict[str, Any]
) -> None:
    document = with_levels(document)
    document["appraisal"]["timing"] = timing
    right = right_of(document, level)
    assert isinstance(right.values, ValueResult)
    found = right.at([START, START - timedelta(days=40)])
    assert found == pytest.approx([float(right.values.by_basis(level))] * 2, abs=0.01)


def test_by_the_years_of_the_cost_tool_each_year_falls_on_an_anniversary() -> None:
    right = right_of(marsh())
    values, start = right.values, right.appraisal.valuation_date
    assert isinstance(values, ValueResult)
    days = [start, start.replace(year=start.year + 2)]
    flows = [(row.time_yr, row.net_yuan) for row in values.cash_flow]
    rate = 1 + values.rate.rate
    later = sum(net * rate ** (2 - time) for time, net in flows if time > 2)
    assert right.at(days) == pytest.approx([float(values.net_yuan), later], abs=0.01)


def test_the_value_of_later_years_by_hand(document: dict[str, Any]) -> None:
    """After k payments 12 - k are left: an annuity at 8 %; between them it grows at 8 %."""
    right = right_of(long_right(document))
    days = [date(2025 + k, 3, 31) for k in range(13)]
    annuities = [YEARLY * (1 - 1.08 ** -(12 - k)) / 0.08 for k in range(13)]
    assert right.at(days) == pytest.approx(annuities, rel=1e-12, abs=1e-6)
    half = right.at([date(2026, 9, 30)])[0]
    assert half == pytest.approx(annuities[1] * 1.08**0.5, rel=1e-12)
    eve = right.at([date(2026, 3, 30)])[0]
    assert eve == pytest.approx((annuities[1] + YEARLY) * 1.08 ** (-1 / 12 / 31), rel=1e-12)


def test_gross_is_the_tonnes_still_to_be_sold_at_the_price_of_the_day(
    document: dict[str, Any],
) -> None:
    document = long_right(document)
    document["appraisal"]["price_growth"] = 0.1
    right = right_of(document, "gross")
    found = right.at([START, date(2026, 3, 31), date(2028, 3, 31), date(2037, 3, 31)])
    first = right.values.plan.prices[0]
    tonnes = 12504.14
    expected = [12 * tonnes * 100, 11 * tonnes * first, 9 * tonnes * first * 1.1**2, 0.0]
    assert found == pytest.approx(expected)


def test_liquidation_is_never_below_zero(document: dict[str, Any]) -> None:
    document = with_levels(document)
    document["appraisal"]["operating_cost_yuan_yr"] = 5_000_000
    right = right_of(document, "liquidation")
    days = [date(2025 + k, 3, 31) for k in range(13)]
    assert right.at(days).tolist() == [0.0] * 13
    assert right_of(document, "prudent").at(days)[0] < 0


def test_what_goes_on_for_ever_keeps_its_value(document: dict[str, Any]) -> None:
    """A flat flow of YEARLY a year is worth YEARLY / 8 % on each anniversary, for ever."""
    document = long_right(document)
    del document["project"]["sea_area_right_end"]
    document["appraisal"] |= {"perpetual": True}
    found = right_of(document).at([date(2025 + k, 3, 31) for k in (0, 5, 12, 20, 29)])
    assert found == pytest.approx([YEARLY / 0.08] * 5, rel=1e-9)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    cost=st.integers(0, 8_000_000),
    carry=st.integers(0, 10),
    interval=st.integers(1, 5),
    factors=st.lists(st.floats(0, 8), min_size=1, max_size=6),
)
def test_taxed_values_at_any_price_are_those_of_the_whole_plan(
    cost: int, carry: int, interval: int, factors: list[float], document: dict[str, Any]
) -> None:
    document = with_levels(copy.deepcopy(document))
    document["appraisal"] |= {
        "initial_cost_yuan": cost,
        "loss_carry_years": carry,
        "verification_interval_years": interval,
    }
    right = right_of(document).on([date(2025 + k, 9, 1) for k in range(12)])
    moved = np.array(factors)
    exact = right.for_all(moved)
    found = np.array([right.each(np.full(12, factor)) for factor in factors])
    assert np.abs(found - exact).max() <= 2e-4 * max(np.abs(exact).max(), 1e5)


def test_the_path_holds_the_balance_after_each_payment_against_what_is_left(
    document: dict[str, Any],
) -> None:
    path = path_of(long_right(document))
    after = [point for point in path.points if not point.before_payment]
    assert [point.day for point in after[:2]] == [START, date(2025, 6, 30)]
    assert after[4].balance_yuan == Decimal("2400000.00")
    left = YEARLY * (1 - 1.08**-11) / 0.08
    assert after[4].loan_to_value == pytest.approx(2_400_000 / left)
    assert after[4].coverage == pytest.approx(left / 2_400_000)
    assert path.max_loan_to_value == max(point.loan_to_value or 0 for point in path.points)
    assert (path.max_on, path.uncovered_from, path.lines) == (START, None, ())
    assert after[-1].balance_yuan == 0


def test_a_bullet_is_held_against_the_value_when_it_falls_due(document: dict[str, Any]) -> None:
    """With income in mid-year two of twelve flows are left on the eve of the tenth anniversary."""
    terms: dict[str, Any] = {
        "repayment": "bullet",
        "interest_payment": "yearly",
        "term_months": 120,
    }
    document = long_right(document, **terms)
    document["appraisal"]["timing"] = "mid_year"
    path = path_of(document)
    last = [point for point in path.points if point.before_payment][-1]
    assert last.day == path.max_on == date(2035, 3, 31)
    assert last.balance_yuan == Decimal("3000000.00")
    eve = (119 + 30 / 31) / 12
    left = YEARLY * (1.08 ** (eve - 10.5) + 1.08 ** (eve - 11.5))
    assert path.max_loan_to_value == pytest.approx(3_000_000 / left, rel=1e-9)


def test_the_state_before_a_payment_is_left_out_where_the_one_a_year_before_is_worse(
    document: dict[str, Any],
) -> None:
    terms: dict[str, Any] = {
        "repayment": "bullet",
        "interest_payment": "yearly",
        "term_months": 120,
    }
    path = path_of(long_right(document, **terms))
    assert not any(point.before_payment for point in path.points)
    assert path.max_on == date(2034, 3, 31)
    left = YEARLY * (1 - 1.08**-3) / 0.08
    assert path.max_loan_to_value == pytest.approx(3_000_000 / left, rel=1e-9)


def test_a_loan_that_outlasts_its_right_is_uncovered(document: dict[str, Any]) -> None:
    terms: dict[str, Any] = {
        "repayment": "bullet",
        "interest_payment": "at_maturity",
        "term_months": 144,
    }
    path = path_of(long_right(document, years=10, **terms))
    assert path.max_loan_to_value is None
    assert path.uncovered_from == date(2035, 3, 31)
    assert path.min_coverage == 0
    yearly = [point.day.year for point in path.points if not point.before_payment]
    assert yearly == list(range(2025, 2038))


def test_a_bullet_after_the_last_income_is_uncovered_on_its_day(document: dict[str, Any]) -> None:
    """All income of the one year comes in its middle; the loan falls due at its end."""
    path = path_of(document, repayment="bullet", interest_payment="at_maturity")
    assert [point.before_payment for point in path.points] == [False, True, False]
    assert (path.uncovered_from, path.max_loan_to_value) == (date(2026, 3, 31), None)


def test_a_right_of_negative_value_is_shown_and_counts_nothing(document: dict[str, Any]) -> None:
    document["appraisal"]["operating_cost_yuan_yr"] = 5_000_000
    guarantee = {"kind": "guarantee", "value_yuan": 4_000_000}
    path = path_of(long_right(document), collaterals=[{"kind": "carbon_right"}, guarantee])
    first = path.points[0]
    assert first.right_yuan < 0
    assert (first.other_yuan, first.loan_to_value) == (4_000_000, 0.75)
    assert first.right_coverage == 0


def test_other_collaterals_lose_value_and_a_guarantee_ends(document: dict[str, Any]) -> None:
    lines = [
        {"kind": "equipment", "value_yuan": 1_000_000, "haircut": 0.5, "yearly_decline": 0.1},
        {"kind": "guarantee", "value_yuan": 200_000, "valid_until": "2028-03-31"},
    ]
    path = path_of(long_right(document, payment_frequency="yearly"), collaterals=lines)
    days = [(point.day - START).days / 365 for point in path.points if not point.before_payment]
    others = [point.other_yuan for point in path.points if not point.before_payment]
    expected = [500_000 * 0.9**years + (200_000 if years <= 3.01 else 0) for years in days]
    assert others == pytest.approx(expected)
    assert all(point.right_yuan == 0 for point in path.points)


def test_an_entered_value_of_the_right_follows_that_of_the_case(document: dict[str, Any]) -> None:
    plain = path_of(long_right(copy.deepcopy(document)))
    entered = [{"kind": "carbon_right", "value_yuan": 2_000_000, "haircut": 0.25}]
    path = path_of(long_right(document), collaterals=entered)
    for mine, other in zip(path.points, plain.points, strict=True):
        scale = 1_500_000 / plain.points[0].right_yuan
        assert mine.right_yuan == pytest.approx(other.right_yuan * scale, rel=1e-6)


def test_a_conclusion_beside_a_net_value_of_nothing_cannot_be_followed(
    document: dict[str, Any],
) -> None:
    document = with_levels(document)
    document["appraisal"]["operating_cost_yuan_yr"] = 2_000_000
    path = path_of(document, valuation_basis="concluded", monitoring={})
    assert (path.points, path.reason) == ((), "not_followed")
    assert path.lines == (1.6, 1.4, 1.2)


@pytest.mark.parametrize("level", ["gross", "net", "prudent", "liquidation", "concluded"])
@pytest.mark.parametrize("tax", [0.0, 0.25])
def test_at_the_trigger_price_a_new_valuation_covers_the_loan_by_the_line(
    tax: float, level: str, document: dict[str, Any]
) -> None:
    """The case is valued anew at each price that the path prints."""
    document = with_levels(document)
    document["appraisal"] |= {"income_tax_rate": tax}
    if level == "concluded":
        document["appraisal"]["conclusion"] |= {"weight_income": 1, "type_of_value": "market"}
        document["appraisal"]["conclusion"] |= {"weight_cost": 0}
    base = path_of(document, valuation_basis=level, monitoring={}, amount_yuan=1_500_000)
    place = 7
    for line, price in zip(base.lines, base.points[place].trigger_prices, strict=True):
        document["appraisal"]["price_yuan_t"] = price
        again = path_of(document).points[place]
        assert again.day == base.points[place].day
        assert again.coverage == pytest.approx(line, rel=1e-4)


def test_issued_credits_move_with_the_price_and_the_right_alone_may_count(
    document: dict[str, Any],
) -> None:
    document = long_right(document)
    document["appraisal"]["issued"] = {"tonnes": 5000, "liquidity_discount": 0.2}
    lines = [{"kind": "carbon_right"}, {"kind": "issued_credits", "haircut": 0.5}]
    base = path_of(document, collaterals=lines, monitoring={})
    alone = path_of(document, monitoring={"count_all": False})
    for path, attribute in ((base, "coverage"), (alone, "right_coverage")):
        warning = path.points[0].trigger_prices[0]
        document["appraisal"]["price_yuan_t"] = warning
        again = path_of(document).points[0]
        assert getattr(again, attribute) == pytest.approx(1.6, rel=1e-6)
        document["appraisal"]["price_yuan_t"] = 100


def test_no_price_is_printed_where_none_makes_the_coverage_fall_to_a_line(
    document: dict[str, Any],
) -> None:
    lines = [{"kind": "carbon_right"}, {"kind": "other", "value_yuan": 50_000_000}]
    path = path_of(long_right(document), collaterals=lines, monitoring={})
    assert path.points[0].trigger_prices == (None, None, None)
    nothing = path_of(document, collaterals=lines[1:])
    assert nothing.points[0].trigger_prices == (None, None, None)
