"""A book revalued against a price move agrees with each of its loans revalued alone."""

import copy
from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.finance.case.loan import ValuationBasis
from app.finance.engine import compute_case
from app.finance.lending.book import (
    DISCHARGED,
    STATES,
    Claim,
    Position,
    Revaluation,
    ValuedPlan,
    position_of,
    revalue,
)
from app.finance.lending.parts import LoanParts
from app.finance.lending.pledged import PledgedOnDays
from app.finance.lending.remaining import RemainingRight
from app.finance.money import FEN, ZERO, round_to_fen
from app.finance.sink.tables import SinkTables
from app.finance.valuation.levels import levels
from app.services.case_file import validate
from tests.unit.finance.credit_loans import credit_document, loan_parts, security

LINES = (1.6, 1.4, 1.2)
FACTORS = np.array([0.0, 0.35, 0.7, 1.0, 1.6])
LEVELS = [level for level in ValuationBasis if level is not ValuationBasis.CONCLUDED]
ON_VALUATION = date(2025, 3, 31)
LATER = date(2029, 8, 17)


def parts_of(document: dict[str, Any], level: str, **appraisal: Any) -> LoanParts:
    credit_document(document)
    document["appraisal"].update(
        prudent_price_discount=0.1, prudent_tonnes_discount=0.05, price_growth=0.02, **appraisal
    )
    if level == ValuationBasis.CONCLUDED:
        document["appraisal"]["conclusion"] = {"type_of_value": "pledge"}
    document["loan"].update(valuation_basis=level, term_months=100)
    return loan_parts(document)


def secured_parts(document: dict[str, Any], level: str, **appraisal: Any) -> LoanParts:
    document["loan"]["collaterals"] = [
        {"kind": "carbon_right", "pledged_share": 0.8, "haircut": 0.1},
        {"kind": "carbon_right", "value_yuan": 3_000_000, "prior_claims_yuan": 500_000},
        security(4_000_000, haircut=0.2, prior_claims_yuan=300_000, yearly_decline=0.1),
        {"kind": "guarantee", "value_yuan": 900_000, "valid_until": "2028-12-31"},
        {"kind": "issued_credits", "value_yuan": 700_000, "haircut": 0.3},
    ]
    return parts_of(document, level, **appraisal)


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("timing", ["mid_year", "exact_dates"])
def test_on_the_valuation_date_the_right_has_the_levels_of_its_moved_plan(
    level: ValuationBasis, timing: str, document: dict[str, Any]
) -> None:
    parts = parts_of(document, level, timing=timing)
    factors = FACTORS[::2]
    found = revalue([position_of(parts, ON_VALUATION, 8e6, LINES)], factors)
    for place, factor in enumerate(factors.tolist()):
        moved = copy.deepcopy(document)
        moved["appraisal"]["price_yuan_t"] *= factor
        values = compute_case(validate(moved).case, SinkTables({})).values
        assert values is not None
        expected = max(values.by_basis(level), ZERO)
        again = levels(
            values.plan,
            parts.appraisal,
            price_today_yuan_t=values.price_yuan_t,
            rate=values.rate.rate,
        )
        assert max(getattr(again, f"{level.value}_yuan"), ZERO) == expected
        rounded_twice = FEN if level is ValuationBasis.LIQUIDATION else ZERO
        assert abs(round_to_fen(float(found.value_yuan[0, place])) - expected) <= rounded_twice


@pytest.mark.parametrize("level", ValuationBasis)
@pytest.mark.parametrize("day", [ON_VALUATION, LATER])
@pytest.mark.parametrize("tax", [0.0, 0.25])
def test_a_book_has_the_figures_of_its_single_loans(
    level: ValuationBasis, day: date, tax: float, document: dict[str, Any]
) -> None:
    parts = secured_parts(document, level, income_tax_rate=tax)
    found = revalue([position_of(parts, day, 5e6, LINES)], FACTORS)
    alone = PledgedOnDays(parts, [day]).in_all(FACTORS[:, None])[:, 0]
    for place, value in enumerate(alone.tolist()):
        assert round_to_fen(float(found.value_yuan[0, place])) == round_to_fen(value)
        assert found.coverage[0, place] == pytest.approx(value / 5e6, rel=1e-12)
        assert found.loan_to_value[0, place] == pytest.approx(5e6 / value, rel=1e-12)


def test_a_cash_flow_alone_has_the_value_of_its_case(document: dict[str, Any]) -> None:
    parts = parts_of(document, "net")
    known = parts.values
    right = RemainingRight(
        parts.appraisal,
        ValuedPlan(known.plan, known.rate, known.price_yuan_t),
        ValuationBasis.NET,
    )
    found = revalue([Position(right.on([LATER]), 5e6, LINES)], FACTORS).value_yuan
    expected = revalue([position_of(parts, LATER, 5e6, LINES)], FACTORS).value_yuan
    assert found.tolist() == expected.tolist()


def test_each_loan_of_a_book_keeps_its_own_row(document: dict[str, Any]) -> None:
    parts = parts_of(document, "net")
    positions = [position_of(parts, day, owed, LINES)
                 for day, owed in ((ON_VALUATION, 8e6), (LATER, 2e6), (LATER, 0.0))]  # fmt: skip
    together = revalue(positions, FACTORS)
    for place, position in enumerate(positions):
        alone = revalue([position], FACTORS)
        for name in ("value_yuan", "coverage", "loan_to_value", "state"):
            assert getattr(together, name)[place].tolist() == getattr(alone, name)[0].tolist()


def owing(value: float, owed: float) -> Revaluation:
    return revalue([Position(None, owed, LINES, fixed_yuan=value)], np.ones(1))


@pytest.mark.parametrize(
    ("value", "state"),
    [
        (160.0, "above"),
        (159.0, "warning"),
        (140.0, "warning"),
        (139.0, "margin_call"),
        (120.0, "margin_call"),
        (119.0, "enforcement"),
        (0.0, "enforcement"),
    ],
)
def test_a_loan_is_in_the_state_of_the_lines_it_is_below(value: float, state: str) -> None:
    assert STATES[owing(value, 100.0).state[0, 0]] == state


def test_without_debt_there_is_nothing_to_call() -> None:
    found = owing(50.0, 0.0)
    assert found.state[0, 0] == DISCHARGED
    assert found.coverage[0, 0] == np.inf
    assert found.loan_to_value[0, 0] == 0


def test_a_debt_against_nothing_has_no_bound() -> None:
    assert owing(0.0, 100.0).loan_to_value[0, 0] == np.inf


def test_an_empty_book_has_no_rows() -> None:
    found = revalue([], FACTORS)
    assert found.value_yuan.shape == (0, 5)
    assert found.count("above").tolist() == [0] * 5


@settings(max_examples=100, deadline=None)
@given(
    prior=st.floats(0, 1e7), kept=st.floats(0, 1), issued=st.floats(0, 1e7),
    owed=st.floats(1, 1e8), moves=st.tuples(st.floats(0, 3), st.floats(0, 3)),
)  # fmt: skip
def test_a_higher_price_never_makes_a_loan_worse(
    prior: float, kept: float, issued: float, owed: float, moves: tuple[float, float]
) -> None:
    parts = PARTS["parts"]
    right = RemainingRight(parts.appraisal, parts.values, ValuationBasis.NET).on([LATER])
    position = Position(right, owed, LINES, (Claim(kept, prior),), (Claim(issued, prior),))
    found = revalue([position], np.sort(np.array(moves)))
    assert found.value_yuan[0, 0] <= found.value_yuan[0, 1] * (1 + 1e-12)
    assert found.state[0, 0] >= found.state[0, 1]


PARTS: dict[str, LoanParts] = {}


@pytest.fixture(autouse=True)
def known_parts(document: dict[str, Any]) -> None:
    """A right for the property, valued once."""
    if not PARTS:
        PARTS["parts"] = parts_of(copy.deepcopy(document), "net")
