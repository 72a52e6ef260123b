"""Alerts of the market book: which rows count, what is said of them."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from app.i18n import translator
from app.models.database import open_book
from app.reference.market_data import FxRate, MarketData
from app.services.market_alerts import ALERTS, alert_text, rate_on
from app.services.market_desk import MarketDesk

NOW = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
EMPTY = MarketData((), ())


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[MarketDesk]:
    """A market book without shipped rows."""
    book = open_book(tmp_path / "book.db", now=NOW)
    yield MarketDesk(book, lambda: NOW, EMPTY)
    book.close()


def with_deals(desk: MarketDesk, *prices: float) -> None:
    for number, price in enumerate(prices):
        day = date(2025, 1, 1) + timedelta(days=number)
        desk.add_record(
            day=day, place=f"P{number}", ecosystem="mangrove", purpose="voluntary", price=price
        )


def test_a_new_deal_outside_the_band_of_those_before_raises_an_alert(desk: MarketDesk) -> None:
    with_deals(desk, 90, 95, 100, 105, 110, 100)
    assert list(desk.alerts()) == []
    added = desk.add_record(
        day="2026-01-05", place="北海", ecosystem="mangrove", purpose="voluntary", price=485
    )
    (alert,) = desk.alerts()
    assert (alert.code, alert.key, alert.price) == ("deal_above_band", added.record_id, 485)
    assert alert.high is not None
    assert 110 < alert.high < 485
    assert alert.record == added
    said = alert_text(alert, translator("en"))
    assert "485.00 CNY/t of 2026-01-05 is above" in said
    assert "北海" in said


def test_quotes_do_not_count_as_deals(desk: MarketDesk) -> None:
    with_deals(desk, 90, 95, 100, 105, 110, 100)
    desk.add_record(day="2026-01-05", kind="quote", ecosystem="mangrove", price=485)
    assert list(desk.alerts()) == []


def test_a_deal_in_another_currency_counts_once_there_is_a_rate(desk: MarketDesk) -> None:
    with_deals(desk, 90, 95, 100, 105, 110, 100)
    desk.add_record(
        day="2026-01-05", ecosystem="mangrove", purpose="voluntary", price=60, currency="USD"
    )
    assert list(desk.alerts()) == []
    desk.add_fx("USD", "2026-01-04", 7.0)
    (alert,) = desk.alerts()
    assert (alert.code, alert.price, alert.currency) == ("deal_above_band", 420, "CNY")


def test_a_daily_price_outside_the_band_or_at_its_limit_is_told(
    desk: MarketDesk, tmp_path: Path
) -> None:
    day, lines = date(2025, 11, 3), []
    for number in range(40):
        if day.weekday() < 5:
            lines.append(f"{day},{80 + 0.1 * (number % 3)}")
        day += timedelta(days=1)
    path = tmp_path / "cea.csv"
    path.write_text("日期,收盘价\n" + "\n".join(lines) + f"\n{day},88\n", encoding="utf-8")
    assert desk.take(desk.preview(path, "series", name="CEA"))
    alerts = desk.alerts()
    codes = {alert.code for alert in alerts}
    assert "price_above_band" in codes
    assert "stale_price" in codes
    texts = [alert_text(alert, translator("en")) for alert in alerts]
    assert any(text.startswith(f"CEA: 88.00 CNY/t of {day} is above") for text in texts)


def test_the_shipped_rows_raise_no_alert_of_a_deal_without_exchange_rates(tmp_path: Path) -> None:
    book = open_book(tmp_path / "book.db", now=NOW)
    alerts = MarketDesk(book, lambda: NOW).alerts()
    book.close()
    assert [alert for alert in alerts if alert.record is not None] == []


def test_the_last_rate_up_to_a_day_counts() -> None:
    rates = [
        FxRate("a", "USD", date(2026, 1, 5), 7.0),
        FxRate("b", "USD", date(2026, 2, 5), 7.1),
        FxRate("c", "JPY", date(2026, 1, 5), 0.047),
    ]
    assert rate_on(rates, "USD", date(2026, 2, 4)) == 7.0
    assert rate_on(rates, "USD", date(2026, 2, 5)) == 7.1
    assert rate_on(rates, "USD", date(2026, 1, 4)) is None
    assert rate_on(rates, "CNY", date(2026, 1, 4)) == 1.0


def test_every_alert_is_a_sentence() -> None:
    assert all(text.endswith(".") for text in ALERTS.values())


def test_alerts_are_new_when_they_say_something_else_of_a_price(desk: MarketDesk) -> None:
    with_deals(desk, 90, 95, 100, 105, 110, 100)
    desk.add_record(day="2026-01-05", ecosystem="mangrove", purpose="voluntary", price=485)
    before = desk.alerts()
    assert len(before) == 1
    assert desk.new_alerts(before) == []
    # an earlier deal moves the band of the alert that is known, and raises none
    desk.add_record(day="2025-06-01", ecosystem="mangrove", purpose="voluntary", price=101)
    assert list(desk.alerts()) != list(before)
    assert desk.new_alerts(before) == []
    added = desk.add_record(day="2026-01-06", ecosystem="mangrove", purpose="voluntary", price=9)
    (alert,) = desk.new_alerts(before)
    assert (alert.code, alert.key) == ("deal_below_band", added.record_id)
    assert desk.new_alerts(before, before) == []
