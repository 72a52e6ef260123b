"""A position of the book has the figures of the watch of its loan."""

from datetime import date
from typing import Any

import numpy as np
import pytest

from app.finance.engine import compute_case
from app.finance.lending.balance import standing_on
from app.finance.lending.book import STATES, Position, position_of, revalue
from app.finance.lending.life_results import WatchPoint
from app.finance.lending.parts import LoanParts
from app.finance.sink.tables import SinkTables
from app.services.case_file import validate
from tests.unit.finance.credit_loans import security
from tests.unit.finance.watched_loans import watched_document

LINES = (1.6, 1.4, 1.2)
DAY = date(2026, 2, 15)
PAID = [{"day": f"2025-{day}", "amount_yuan": 177_000} for day in ("06-30", "09-30", "12-31")]


def found(document: dict[str, Any], level: str, **watched: Any) -> tuple[LoanParts, WatchPoint]:
    case_document = watched_document(document, as_of=DAY.isoformat(), receipts=PAID, **watched)
    case_document["loan"].update(
        valuation_basis=level,
        collaterals=[
            {"kind": "carbon_right", "pledged_share": 0.7, "haircut": 0.1},
            security(900_000, haircut=0.2, yearly_decline=0.1),
            {"kind": "issued_credits", "value_yuan": 400_000, "prior_claims_yuan": 50_000},
        ],
    )
    case = validate(case_document).case
    results = compute_case(case, SinkTables({}))
    loan, values = results.loan, results.values
    assert loan is not None
    assert values is not None
    assert loan.life is not None
    parts = LoanParts(case, results.carbon, values, loan.plan, loan.security)
    return parts, loan.life.watch[-1]


def position(parts: LoanParts) -> Position:
    owed = standing_on(parts.loan, parts.schedule, DAY).owed_yuan
    return position_of(parts, DAY, float(owed), LINES)


REVALUATIONS = [
    [],
    [{"day": "2025-12-31", "price_yuan_t": 41.0}],
    [{"day": "2025-12-31", "value_yuan": 2_500_000}],
    [
        {"day": "2025-12-31", "value_yuan": 2_500_000},
        {"day": "2026-01-31", "price_yuan_t": 130.0},
    ],
]


@pytest.mark.parametrize("level", ["net", "liquidation"])
@pytest.mark.parametrize("revaluations", REVALUATIONS)
@pytest.mark.parametrize("count_all", [True, False])
def test_a_position_has_value_state_and_prices_of_the_watch(
    document: dict[str, Any], level: str, revaluations: list[dict[str, Any]], count_all: bool
) -> None:
    parts, point = found(document, level, revaluations=revaluations, count_all=count_all)
    one = position(parts)
    here = revalue([one], np.ones(1))
    assert here.value_yuan[0, 0] == pytest.approx(point.value_yuan, rel=1e-12)
    assert here.coverage[0, 0] == pytest.approx(point.coverage, rel=1e-12)
    assert STATES[here.state[0, 0]] == point.state
    price = parts.values.price_yuan_t * one.price_factor
    prices = [None if factor is None else factor * price for factor in one.line_factors()]
    for mine, watched in zip(prices, point.trigger_prices, strict=True):
        assert mine == (None if watched is None else pytest.approx(watched, rel=1e-9))


def test_a_move_comes_on_top_of_the_last_revaluation(document: dict[str, Any]) -> None:
    parts, _point = found(
        document, "net", revaluations=[{"day": "2025-12-31", "price_yuan_t": 50.0}]
    )
    plain, _same = found(document, "net")
    moved = revalue([position(parts)], np.array([0.8])).value_yuan
    assert moved[0, 0] == pytest.approx(
        revalue([position(plain)], np.array([0.4])).value_yuan[0, 0], rel=1e-12
    )


def test_without_debt_no_price_leads_to_a_line() -> None:
    assert Position(None, 0.0, LINES, fixed_yuan=1e6).line_factors() == (None, None, None)


def test_security_that_does_not_move_with_the_price_is_called_at_none() -> None:
    assert Position(None, 100.0, LINES, fixed_yuan=1e6).line_factors() == (None, None, None)
