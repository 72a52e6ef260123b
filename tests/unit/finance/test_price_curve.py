"""Price curves: flat, growing, by year, by cost of carry, by forward quotes."""

from datetime import date
from typing import Any

import numpy as np
import pytest

from app.finance.case.valuation.curve import Compounding, CurveKind, CurvePoint, ForwardQuote
from app.finance.case.valuation.price_inputs import GrowthStart
from app.finance.errors import DomainError
from app.finance.valuation.price_curve import curve_prices, forward_prices, growth_beyond
from tests.unit.finance.test_discount_rate import appraisal

TIMES = np.array([0.5, 1.5, 2.5, 3.5])


def prices(price: float = 70, **changes: Any) -> list[float]:
    found = curve_prices(
        appraisal(**changes),
        price,
        times=TIMES,
        indices=(1, 2, 3, 4),
        years=(2025, 2026, 2027, 2028),
    )
    return [float(entry) for entry in found]


def points(*pairs: tuple[int, float]) -> tuple[CurvePoint, ...]:
    return tuple(CurvePoint(year=year, price_yuan_t=price) for year, price in pairs)


def quotes(*pairs: tuple[date, float]) -> tuple[ForwardQuote, ...]:
    return tuple(ForwardQuote(day=day, price_yuan_t=price) for day, price in pairs)


def refusal(**changes: Any) -> str:
    with pytest.raises(DomainError) as caught:
        prices(**changes)
    return caught.value.code


def test_l18_the_forward_price_by_cost_of_carry() -> None:
    years = np.array([0.0, 1.0])
    assert forward_prices(70, 0.015, years) == pytest.approx([70, 71.05791452], abs=1e-8)
    simple = forward_prices(70, 0.015, years, Compounding.SIMPLE)
    assert simple == pytest.approx([70, 71.05], abs=1e-8)


def test_a_flat_price_stays() -> None:
    assert prices(price_curve=CurveKind.FLAT) == [70, 70, 70, 70]


def test_growth_begins_in_the_second_year_or_in_the_first() -> None:
    second = prices(price_growth=0.1)
    assert second == pytest.approx([70, 77, 84.7, 93.17], rel=1e-12)
    first = prices(price_growth=0.1, growth_start=GrowthStart.YEAR_1)
    assert first == pytest.approx([77, 84.7, 93.17, 102.487], rel=1e-12)


def test_a_table_runs_straight_between_its_years_and_stays_beyond_the_last() -> None:
    found = prices(
        price_curve=CurveKind.TABLE, curve_points=points((2024, 60), (2026, 80), (2027, 95))
    )
    assert found == pytest.approx([70, 80, 95, 95], rel=1e-12)


def test_the_valuation_date_itself_has_its_own_price_beside_a_table() -> None:
    found = curve_prices(
        appraisal(price_curve=CurveKind.TABLE, curve_points=points((2026, 80))),
        70,
        times=np.array([0.0, 1.5]),
        indices=(0, 2),
        years=(2025, 2026),
    )
    assert list(found) == [70, 80]


def test_carry_grows_with_time_continuously_or_simply() -> None:
    found = prices(price_curve=CurveKind.CARRY, carry_rate=0.015)
    assert found == pytest.approx([70 * np.exp(0.015 * time) for time in TIMES], rel=1e-12)
    simple = prices(
        price_curve=CurveKind.CARRY, carry_rate=0.015, carry_compounding=Compounding.SIMPLE
    )
    assert simple == pytest.approx([70 * (1 + 0.015 * time) for time in TIMES], rel=1e-12)


def test_forward_quotes_run_straight_in_time_from_the_spot() -> None:
    listed = quotes((date(2026, 1, 1), 80), (date(2027, 1, 1), 100))
    found = prices(price_curve=CurveKind.FORWARD, forward_quotes=listed)
    assert found == pytest.approx([75, 90, 100, 100], rel=1e-12)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"price_curve": CurveKind.TABLE}, "missing"),
        ({"price_curve": CurveKind.FORWARD}, "missing"),
        ({"price_curve": CurveKind.CARRY}, "missing"),
        (
            {"price_curve": CurveKind.TABLE, "curve_points": points((2025, 60), (2025, 70))},
            "curve_not_ascending",
        ),
        (
            {"price_curve": CurveKind.TABLE, "curve_points": points((2025, 60), (2026, 0))},
            "curve_price_zero",
        ),
        (
            {"price_curve": CurveKind.TABLE, "curve_points": points((2027, 60))},
            "curve_starts_late",
        ),
        (
            {"price_curve": CurveKind.FORWARD, "forward_quotes": quotes((date(2025, 1, 1), 60))},
            "quotes_not_ascending",
        ),
        (
            {"price_curve": CurveKind.FORWARD, "forward_quotes": quotes((date(2026, 1, 1), 0))},
            "curve_price_zero",
        ),
    ],
)
def test_a_curve_with_gaps_zeros_or_without_order_is_refused(
    changes: dict[str, Any], code: str
) -> None:
    assert refusal(**changes) == code


def test_beyond_the_horizon_the_price_grows_as_its_curve_does() -> None:
    assert growth_beyond(appraisal(price_growth=0.02)) == 0.02
    assert growth_beyond(appraisal(price_curve=CurveKind.FLAT)) == 0
    carry = appraisal(price_curve=CurveKind.CARRY, carry_rate=0.03)
    assert growth_beyond(carry) == pytest.approx(np.exp(0.03) - 1, rel=1e-12)
    with pytest.raises(DomainError, match="perpetual_simple_carry"):
        growth_beyond(
            appraisal(
                price_curve=CurveKind.CARRY,
                carry_rate=0.03,
                carry_compounding=Compounding.SIMPLE,
            )
        )
