"""A dated price series: what is read between its days, and what is refused."""

from datetime import date

import pytest

from app.finance.case.valuation.evidence import SeriesPoint
from app.finance.errors import DomainError
from app.finance.valuation.price_series import checked_series, covers, price_on, time_factor
from tests.unit.finance.seen_deals import CEA

SERIES = checked_series(
    [SeriesPoint(day=date.fromisoformat(str(p["day"])), price=float(str(p["price"]))) for p in CEA],
    "series",
)


@pytest.mark.parametrize(
    ("place", "day", "price", "ratio"),
    [
        ("Lianjiang", "2022-01-21", 8, 0.14),
        ("Putian", "2022-05-19", 18.5, 0.32),
        ("Sanjiang", "2022-05-31", 100, 1.7),
        ("Xiangshan", "2023-02-28", 106, 1.9),
        ("Wanning", "2023-04-11", 110, 1.9),
        ("Huidong", "2024-07-26", 91.7, 1.0),
        ("Fuqing", "2025-04-11", 92, 1.1),
    ],
)
def test_the_published_ratios_to_the_allowance_come_out(
    place: str, day: str, price: float, ratio: float
) -> None:
    digits = 2 if ratio < 1 else 1
    allowance = price_on(SERIES, date.fromisoformat(day), 400, place)
    assert round(price / allowance, digits) == ratio


def test_between_two_days_the_price_runs_in_a_straight_line() -> None:
    """97.49 to 89.62 in 66 days; 33 days on it is half way."""
    assert price_on(SERIES, date(2025, 2, 2), 66, "day") == pytest.approx((97.49 + 89.62) / 2)
    assert price_on(SERIES, date(2025, 3, 7), 1, "day") == 89.62


def test_the_factor_of_time_is_the_ratio_of_two_days() -> None:
    factor = time_factor(SERIES, date(2024, 12, 31), date(2025, 12, 17), 366, "day")
    assert factor == pytest.approx(59.62 / 97.49)
    assert factor - 1 == pytest.approx(-0.388, abs=5e-4)


@pytest.mark.parametrize(
    ("day", "limit", "code"),
    [
        (date(2022, 1, 20), 400, "outside_series"),
        (date(2026, 3, 5), 400, "outside_series"),
        (date(2023, 9, 1), 393, "series_gap"),
    ],
)
def test_a_day_the_series_does_not_reach_is_refused(day: date, limit: int, code: str) -> None:
    with pytest.raises(DomainError) as refused:
        price_on(SERIES, day, limit, "a.day")
    assert refused.value.code == code
    assert refused.value.facts["path"] == "a.day"
    assert refused.value.facts["value"] == day
    assert not covers(SERIES, day, limit)


def test_a_gap_is_bridged_up_to_its_limit() -> None:
    assert covers(SERIES, date(2023, 9, 1), 394)


def test_a_series_with_the_newest_day_first_is_put_in_order() -> None:
    points = [SeriesPoint(day=date(2025, 1, n), price=n) for n in (3, 1, 2)]
    assert checked_series(points, "s").prices == (1, 2, 3)


@pytest.mark.parametrize(
    ("points", "code", "path"),
    [
        ([], "series_empty", "s"),
        ([(1, 80.0), (2, 0.0)], "series_zero", "s.1.price"),
        ([(1, 80.0), (2, float("nan"))], "series_zero", "s.1.price"),
        ([(2, 80.0), (1, 81.0), (2, 80.0)], "series_day_twice", "s.2.day"),
    ],
)
def test_a_useless_series_is_refused_at_its_line(
    points: list[tuple[int, float]], code: str, path: str
) -> None:
    lines = [SeriesPoint(day=date(2025, 1, day), price=price) for day, price in points]
    with pytest.raises(DomainError) as refused:
        checked_series(lines, "s")
    assert (refused.value.code, refused.value.facts["path"]) == (code, path)
