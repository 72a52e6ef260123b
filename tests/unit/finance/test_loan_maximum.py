"""A secured maximum limits what a collateral counts for, wherever it is counted."""

import copy
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
import pytest

from app.finance.engine import compute_case
from app.finance.lending.book import position_of, revalue
from app.finance.lending.collateral import free_of, secure
from app.finance.lending.results import LoanResult
from app.finance.sink.tables import SinkTables
from app.services.case_file import validate
from tests.unit.finance.sized_loans import bounds_of, long_right, parts_of, remedy, valued

EQUIPMENT = {"kind": "equipment", "value_yuan": 2_000_000}
WATCH = {"as_of": "2025-03-31", "overdue_multiple": 1.5}


def with_lines(document: dict[str, Any], *lines: dict[str, Any], **loan: Any) -> dict[str, Any]:
    terms: dict[str, Any] = {"amount_yuan": 900_000, "collaterals": list(lines)}
    return long_right(copy.deepcopy(document), **terms | loan)


def loan_of(document: dict[str, Any]) -> LoanResult:
    found = compute_case(validate(document).case, SinkTables({})).loan
    assert found is not None
    return found


def test_equipment_of_two_million_secured_to_ten_yuan_covers_next_to_nothing(
    document: dict[str, Any],
) -> None:
    line = EQUIPMENT | {"secured_maximum_yuan": 10}
    found = loan_of(with_lines(document, line, monitoring=WATCH))
    assert found.security.lines[0].value_yuan == 2_000_000
    assert found.security.counted_yuan == found.security.lendable_yuan == 10
    coverage = pytest.approx(10 / 900_000)
    assert found.security.coverage == coverage
    assert found.path.points[0].coverage == coverage
    assert found.path.points[0].other_yuan == 10
    assert found.life is not None
    assert found.life.watch[-1].coverage == coverage
    assert [case.coverage for case in found.stress.cases] == [coverage] * len(found.stress.cases)
    assert found.stress.heat is not None
    assert all(one == coverage for row in found.stress.heat.coverage for one in row)
    assert found.path.lines
    assert found.life.watch[-1].state == "enforcement"


@pytest.mark.parametrize("maximum", [500_000, 1_500_000, 50_000_000])
def test_each_place_that_counts_the_security_counts_the_same(
    maximum: int, document: dict[str, Any]
) -> None:
    """Right, issued credits and equipment, all of them with a maximum, on the day of drawdown."""
    document["appraisal"]["issued"] = {"tonnes": 20_000, "liquidity_discount": 0.2}
    most = {"secured_maximum_yuan": maximum}
    document = with_lines(
        document,
        {"kind": "carbon_right", "haircut": 0.1, "prior_claims_yuan": 100_000} | most,
        {"kind": "issued_credits", "haircut": 0.2} | most,
        EQUIPMENT | {"prior_claims_yuan": 300_000} | most,
        monitoring=WATCH,
    )
    found, parts = loan_of(document), parts_of(document)
    counted = float(found.security.counted_yuan)
    worth = [float(line.value_yuan or 0) * (1 - line.haircut) for line in found.security.lines]
    prior = [float(line.prior_claims_yuan) for line in found.security.lines]
    each = [min(value - claim, maximum) for value, claim in zip(worth, prior, strict=True)]
    assert counted == pytest.approx(sum(each), abs=0.02)
    point = found.path.points[0]
    assert point.right_yuan + point.other_yuan == pytest.approx(counted, abs=0.1)
    assert found.life is not None
    assert found.life.watch[0].value_yuan == pytest.approx(counted, abs=0.1)
    assert found.stress.heat is not None
    flat = found.stress.heat.price_changes.index(0.0)
    heat = found.stress.heat.coverage[flat][flat]
    assert heat == pytest.approx(counted / 900_000, rel=1e-6)
    position = position_of(parts, date(2025, 3, 31), 900_000.0, (1.6, 1.4, 1.2))
    book = revalue([position], np.array([1.0]))
    assert book.value_yuan[0, 0] == pytest.approx(counted, abs=0.1)


def test_at_a_trigger_price_the_maximum_is_counted_too(document: dict[str, Any]) -> None:
    lines = [
        {"kind": "carbon_right", "secured_maximum_yuan": 1_000_000},
        {"kind": "equipment", "value_yuan": 500_000, "secured_maximum_yuan": 200_000},
    ]
    found = loan_of(with_lines(document, *lines, monitoring=WATCH))
    warning, margin, _enforcement = found.path.points[0].trigger_prices
    assert warning is None
    assert margin is None
    document = with_lines(document, *lines, monitoring=WATCH, amount_yuan=700_000)
    price = loan_of(document).path.points[0].trigger_prices[0]
    document["appraisal"]["price_yuan_t"] = price
    assert loan_of(document).path.points[0].coverage == pytest.approx(1.6, rel=1e-4)


def test_the_ratio_is_taken_of_all_that_is_left_and_the_maximum_comes_last(
    document: dict[str, Any],
) -> None:
    """(10,000,000 - 1,000,000) x 0.1 = 900,000, not 0.1 x the maximum of 3,000,000."""
    line = {
        "kind": "sea_area_right",
        "value_yuan": 10_000_000,
        "prior_claims_yuan": 1_000_000,
        "secured_maximum_yuan": 3_000_000,
        "ratio_cap": 0.1,
    }
    case, _carbon, values = valued(with_lines(document, line))
    found = secure(case, values).lines[0]
    assert (found.counted_yuan, found.lendable_yuan) == (Decimal(3_000_000), Decimal("900000.00"))
    assert free_of(found) == 9_000_000


def test_ratios_for_the_carbon_are_taken_of_all_of_its_value(document: dict[str, Any]) -> None:
    risk = {"volatility": 0.4, "disposal_days": 60, "risk_free_rate": 0.015}
    right = {"kind": "carbon_right"}
    terms = {"amount_yuan": 6_000_000, "market_risk": risk}
    free = bounds_of(with_lines(document, right, **terms))
    over = right | {"secured_maximum_yuan": 5_500_000}
    capped = bounds_of(with_lines(document, over, **terms))
    for code in ("pledge_ratio", "var", "option"):
        assert float(free[code].amount_yuan or 0) < 5_500_000
        assert capped[code].amount_yuan == free[code].amount_yuan
    assert remedy(capped["pledge_ratio"], "ratio") is None
    asked = with_lines(document, over, **terms | {"amount_yuan": 5_400_000})
    again = remedy(bounds_of(asked)["pledge_ratio"], "ratio")
    asked["loan"]["collaterals"][0]["ratio_cap"] = again
    assert float(bounds_of(asked)["pledge_ratio"].amount_yuan or 0) == pytest.approx(5.4e6)
