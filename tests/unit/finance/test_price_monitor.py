"""The price monitor: deals and daily prices outside the band of those before them."""

import math
from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pytest

from app.finance.valuation.monitor import (
    ALL_DEALS,
    BY_ECOSYSTEM,
    BY_HABITAT,
    BY_PURPOSE,
    MonitoredDeal,
    MonitoredPoint,
    MonitorLimits,
    deal_band,
    find_anomalies,
    price_band,
)
from tests.unit.finance import seen_deals as seen

LIMITS = MonitorLimits()


def monitored(line: dict[str, object]) -> MonitoredDeal:
    return MonitoredDeal(
        key=str(line["place"]),
        day=date.fromisoformat(str(line["day"])),
        price_yuan_t=float(str(line["price"])),
        ecosystem=str(line["ecosystem"]),
        purpose=str(line["purpose"]),
        method=str(line["method"]),
    )


def deals_of(
    prices: list[float], ecosystem: str = "mangrove", purpose: str = "voluntary"
) -> list[MonitoredDeal]:
    return [
        MonitoredDeal(f"{ecosystem}-{purpose}-{n}", date(2024, 1, 1 + n), price, ecosystem, purpose)
        for n, price in enumerate(prices)
    ]


def weekdays(count: int, start: date = date(2024, 1, 1)) -> list[date]:
    days = (start + timedelta(days=n) for n in range(2 * count + 7))
    return [day for day in days if day.weekday() < 5][:count]


def quiet(count: int, seed: int = 1, limit: float | None = None) -> list[MonitoredPoint]:
    """Daily prices with a volatility of 1 % a day round 80."""
    draw = np.random.default_rng(seed)
    prices = 80 * np.exp(np.cumsum(draw.normal(0, 0.01, count)))
    return [
        MonitoredPoint("CCER", day, round(float(price), 2), limit)
        for day, price in zip(weekdays(count), prices, strict=True)
    ]


def test_futian_and_zhangzhou_raised_an_alert_when_they_came() -> None:
    """Six prices before Futian: 8, 18.5, 66, 100, 106, 110; by hand σ = 1.4826 × 1.2 × MAD."""
    dated = seen.ZHANGZHOU | {"day": "2025-12-31"}
    found = find_anomalies([monitored(d) for d in (*seen.MARKET_DEALS, dated)], [])
    assert [(a.key, a.code) for a in found] == [
        ("Futian", "deal_above_band"),
        ("Zhangzhou", "deal_above_band"),
    ]
    futian = found[0]
    logs = sorted(math.log(price) for price in (8, 18.5, 66, 100, 106, 110))
    middle = (logs[2] + logs[3]) / 2
    deviations = sorted(abs(value - middle) for value in logs)
    sigma = 1.4826 * 1.2 * (deviations[2] + deviations[3]) / 2
    assert (futian.count, futian.of_class) == (6, ALL_DEALS)
    assert futian.z == pytest.approx((math.log(485) - middle) / sigma)
    assert futian.high == pytest.approx(math.exp(middle + 3.5 * sigma))
    assert futian.low == pytest.approx(math.exp(middle - 3.5 * sigma))


@pytest.mark.parametrize(
    ("others", "of_class"),
    [
        (deals_of([90, 95, 100, 105, 110]), BY_ECOSYSTEM),
        (deals_of([90, 95, 100]) + deals_of([105, 110], "seagrass"), BY_HABITAT),
        (deals_of([90, 95, 100]) + deals_of([105, 110], "shellfish", "resale"), BY_PURPOSE),
        (deals_of([90, 95, 100]) + deals_of([105, 110], "shellfish", "judicial"), ALL_DEALS),
    ],
)
def test_the_band_is_that_of_the_narrowest_class_with_five_deals(
    others: list[MonitoredDeal], of_class: str
) -> None:
    new = MonitoredDeal("new", date(2025, 1, 1), 300, "mangrove", "compliance", "auction")
    band = deal_band(new, others, LIMITS)
    assert band is not None
    assert (band.of_class, band.count) == (of_class, 5)
    assert band.low < 100 < band.high


def test_below_five_earlier_deals_there_is_no_band() -> None:
    four = deals_of([90, 95, 100, 105])
    new = MonitoredDeal("new", date(2025, 1, 1), 9000, "mangrove", "voluntary")
    same_day = MonitoredDeal("same", date(2025, 1, 1), 100, "mangrove", "voluntary")
    assert deal_band(new, [*four, same_day], LIMITS) is None
    assert find_anomalies([*four, same_day, new], []) == ()


def test_a_deal_within_its_band_is_no_anomaly_and_one_below_it_is() -> None:
    five = deals_of([90, 95, 100, 105, 110])
    within = MonitoredDeal("within", date(2025, 1, 1), 120, "mangrove", "voluntary")
    below = MonitoredDeal("below", date(2025, 1, 1), 8, "mangrove", "voluntary")
    found = find_anomalies([*five, within, below], [])
    assert [(a.key, a.code) for a in found] == [("below", "deal_below_band")]
    assert found[0].z is not None
    assert found[0].z < -3.5


def test_a_court_price_is_held_against_court_prices() -> None:
    market = deals_of([90, 95, 100, 105, 110])
    court = deals_of([20, 22, 25, 26, 28], "shellfish", "judicial")
    cheap = MonitoredDeal("cheap", date(2025, 1, 1), 24, "mangrove", "voluntary", "court")
    assert find_anomalies([*market, *court, cheap], []) == ()


def test_a_price_that_is_not_above_zero_is_named_and_sets_no_band() -> None:
    deals = [*deals_of([90, 95, 100, 105, 110]), MonitoredDeal("0", date(2025, 1, 1), 0, "", "")]
    points = [MonitoredPoint("CEA", date(2025, 1, 1), -1.0)]
    assert [a.code for a in find_anomalies(deals, points)] == ["price_not_positive"] * 2


def test_a_jump_of_a_daily_price_leaves_the_band_of_its_returns() -> None:
    points = quiet(80)
    days = weekdays(81)
    jump = MonitoredPoint("CCER", days[80], round(points[-1].price * 1.09, 2))
    assert find_anomalies([], points) == ()
    found = find_anomalies([], [*points, jump])
    assert [(a.code, a.day, a.count) for a in found] == [("price_above_band", days[80], 60)]
    returns = [math.log(now.price / before.price) for before, now in pairwise(points[-61:])]
    # weekends span one weekday, so no return is scaled
    centre = float(np.median(returns))
    mad = float(np.median([abs(value - centre) for value in returns]))
    sigma = 1.4826 * 60 / 59.2 * mad
    assert found[0].high == pytest.approx(points[-1].price * math.exp(centre + 5 * sigma))
    assert found[0].low == pytest.approx(points[-1].price * math.exp(centre - 5 * sigma))


def test_after_days_without_a_price_the_band_is_wider_by_the_root_of_the_weekdays() -> None:
    points = quiet(70)
    last = points[-1].day
    near = price_band(points, weekdays(71)[-1], LIMITS)
    far = price_band(points, last + timedelta(days=28), LIMITS)
    assert near is not None
    assert far is not None
    assert far.sigma_log / near.sigma_log == pytest.approx(math.sqrt(20))


def test_before_twenty_returns_there_is_no_band() -> None:
    points = quiet(20)
    assert price_band(points, weekdays(21)[-1], LIMITS) is None
    assert price_band([], date(2024, 1, 1), LIMITS) is None
    assert price_band(quiet(21), weekdays(22)[-1], LIMITS) is not None


@pytest.mark.parametrize(
    ("price", "code"),
    [
        (80.45, "at_daily_limit"),
        (65.83, "at_daily_limit"),
        (80.44, None),
        (80.46, "beyond_daily_limit"),
        (60.00, "beyond_daily_limit"),
    ],
)
def test_the_daily_limit_of_listed_agreements_has_codes_of_its_own(
    price: float, code: str | None
) -> None:
    """The first new CCER day, 80.45 on 2025-03-07, is 10 % above 73.14 to the fen."""
    before = MonitoredPoint("CCER", date(2025, 3, 6), 73.14, 0.1)
    found = find_anomalies([], [before, MonitoredPoint("CCER", date(2025, 3, 7), price, 0.1)])
    assert [a.code for a in found] == ([code] if code else [])
    if found:
        assert (found[0].low, found[0].high) == (65.83, 80.45)


def test_the_daily_limit_needs_the_day_before_or_a_base_price() -> None:
    before = MonitoredPoint("CCER", date(2025, 3, 3), 73.14, 0.1)
    later = MonitoredPoint("CCER", date(2025, 3, 7), 90, 0.1)
    based = MonitoredPoint("CCER", date(2025, 3, 7), 90, 0.1, base_price=88)
    block = MonitoredPoint("CCER", date(2025, 3, 4), 90)
    assert find_anomalies([], [before, later]) == ()
    assert find_anomalies([], [before, based]) == ()
    assert find_anomalies([], [before, block]) == ()


def test_over_a_weekend_the_limit_is_that_of_friday() -> None:
    friday = MonitoredPoint("CCER", date(2025, 3, 7), 80.0, 0.1)
    monday = MonitoredPoint("CCER", date(2025, 3, 10), 88.0, 0.1)
    assert [a.code for a in find_anomalies([], [friday, monday])] == ["at_daily_limit"]


def test_a_price_that_stands_still_or_is_old_is_named() -> None:
    days = weekdays(12)
    still = [MonitoredPoint("CCER", day, 67.56) for day in days]
    found = find_anomalies([], still, today=days[-1] + timedelta(days=32))
    assert [(a.code, a.count) for a in found] == [("unchanged_price", 12), ("stale_price", 32)]
    assert find_anomalies([], still[:9], today=days[8] + timedelta(days=31)) == ()
    assert find_anomalies([], still[:9]) == ()


def test_each_series_is_held_against_itself() -> None:
    cea = [MonitoredPoint("CEA", point.day, point.price * 2) for point in quiet(60, seed=2)]
    mixed = [point for pair in zip(quiet(60), cea, strict=True) for point in pair]
    assert find_anomalies([], mixed) == ()


def test_where_all_prices_were_the_same_a_small_step_is_no_anomaly() -> None:
    same = deals_of([100.0] * 6)
    step = MonitoredDeal("step", date(2025, 1, 1), 105, "mangrove", "voluntary")
    leap = MonitoredDeal("leap", date(2025, 1, 2), 120, "mangrove", "voluntary")
    assert [a.key for a in find_anomalies([*same, step, leap], [])] == ["leap"]
