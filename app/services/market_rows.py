"""From a read line to a row of the market book: what follows from what, and what cannot be."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from math import isclose

from app.finance.case.problems import Problem
from app.finance.case.valuation.evidence import (
    DealEcosystem,
    DealKind,
    Delivery,
    Purpose,
    TradeMethod,
)
from app.reference.market_data import (
    DAILY,
    FxRate,
    MarketRecord,
    PriceBasis,
    SeriesBasis,
    SeriesObservation,
    Verified,
)
from app.services.case_file import FIRST_DAY
from app.services.market_lines import Row, Target

Entry = MarketRecord | SeriesObservation | FxRate

_PRICE_DIGITS = 8
_CURRENCY = re.compile("[A-Z]{3}")
_SPANS = {"month": SeriesBasis.PERIOD_AVERAGE, "year": SeriesBasis.YEAR_AVERAGE}
"""What the price of a line is that names a month or a year instead of a day."""


@dataclass(frozen=True, slots=True)
class Built:
    """A row, or what is wrong with its line; `total_differs` when price x volume is not total."""

    entry: Entry | None
    problems: tuple[Problem, ...] = ()
    total_differs: bool = False


def _over(total: float | None, volume: float | None) -> float | None:
    if total is None or not volume:
        return None
    return round(total / volume, _PRICE_DIGITS)


def _sum(first: float | None, second: float | None) -> float | None:
    return None if first is None and second is None else (first or 0.0) + (second or 0.0)


def _off(total: float | None, price: float | None, volume: float | None) -> bool:
    if total is None or price is None or volume is None:
        return False
    return not isclose(total, price * volume, rel_tol=0.01)


def _refused(path: str, code: str, value: object, **facts: object) -> Built:
    return Built(None, (Problem(path, code, value, facts),))


def _currency(row: Row) -> str:
    return str(row.get("currency", "CNY")).upper()


def _checked_day(row: Row, path: str, today: date) -> tuple[date, Built | None]:
    day = date.fromisoformat(row["day"])
    if day < FIRST_DAY:
        facts = {"first": FIRST_DAY.isoformat(), "last": today.isoformat()}
        return day, _refused(f"{path}.day", "date_too_far", row["day"], **facts)
    if not _CURRENCY.fullmatch(_currency(row)):
        return day, _refused(f"{path}.currency", "currency_code", row["currency"])
    if day > today and row.get("day_precision", "day") == "day":
        return day, _refused(f"{path}.day", "in_future", row["day"], today=today.isoformat())
    return day, None


def record_of(row: Row, today: date) -> Built:
    """Return the deal or quote of a checked line."""
    path = "market.records.0"
    day, wrong = _checked_day(row, path, today)
    if wrong:
        return wrong
    volume, total, price = row.get("volume_t"), row.get("total"), row.get("price")
    basis = PriceBasis.STATED
    if price is None:
        price = _over(total, volume)
        basis = PriceBasis.NOT_DISCLOSED if price is None else PriceBasis.COMPUTED
    if price == 0:
        return _refused(f"{path}.price", "zero_price", 0)
    if price is None and volume is None and total is None:
        return _refused(f"{path}.price", "price_volume_or_total", None)
    precision = str(row.get("day_precision", "day"))
    length = {"day": 10, "month": 7, "year": 4}[precision]
    record = MarketRecord(
        record_id="",
        kind=DealKind(row.get("kind", "trade")),
        day=day,
        day_text=day.isoformat()[:length],
        country=row.get("country", "CN"),
        place=row.get("place", ""),
        ecosystem=DealEcosystem(row.get("ecosystem", "other")),
        species=row.get("species", ""),
        market=row.get("market", ""),
        standard=row.get("standard", ""),
        method=TradeMethod(row.get("method", "agreement")),
        purpose=Purpose(row.get("purpose", "unknown")),
        delivery=Delivery(row.get("delivery", "spot")),
        volume_t=volume or None,
        price=price,
        currency=_currency(row),
        total=total,
        start_price=row.get("start_price"),
        price_basis=basis,
        note=row.get("note", ""),
        source=row.get("source", ""),
        verified=Verified(row.get("verified", "yes")),
        day_precision=precision,
    )
    return Built(record, total_differs=_off(total, row.get("price"), volume))


def _point_price(
    row: Row, volume: float | None, total: float | None
) -> tuple[float | None, SeriesBasis, str]:
    """Return the price of a day, its basis, and the column it was taken from."""
    for column, basis in (
        ("price", SeriesBasis.CLOSE),
        ("close", SeriesBasis.CLOSE),
        ("average", SeriesBasis.DAY_AVERAGE),
    ):
        if row.get(column) is not None:
            return row[column], basis, column
    return _over(total, volume), SeriesBasis.TURNOVER, "price"


def point_of(row: Row, today: date) -> Built:
    """Return the series point of a checked line."""
    path = "market.series.0"
    day, wrong = _checked_day(row, path, today)
    if wrong:
        return wrong
    if not row.get("series"):
        return _refused(f"{path}.series", "series_needs_name", None)
    volume = row.get("volume_t", _sum(row.get("listing_volume_t"), row.get("block_volume_t")))
    total = row.get("total", _sum(row.get("listing_total"), row.get("block_total")))
    price, basis, column = _point_price(row, volume, total)
    if price is None:
        return _refused(f"{path}.price", "no_price_no_turnover", None)
    if price == 0:
        return _refused(f"{path}.{column}", "zero_price", 0)
    low, high = row.get("low") or None, row.get("high") or None
    bounded = basis is SeriesBasis.CLOSE or not row.get("block_volume_t")
    if (low and high and low > high) or (bounded and _outside(price, low, high)):
        facts = {"low": low or 0.0, "high": high or 0.0}
        return _refused(f"{path}.{column}", "outside_range", price, **facts)
    basis = _SPANS.get(row.get("day_precision", "day"), basis)
    point = SeriesObservation(
        observation_id="",
        series=row["series"].strip(),
        day=day,
        price=price,
        low=low,
        high=high,
        volume_t=volume,
        total=total,
        currency=_currency(row),
        basis=basis,
        source=row.get("source", ""),
    )
    return Built(
        point, total_differs=basis is SeriesBasis.DAY_AVERAGE and _off(total, price, volume)
    )


def _outside(price: float, low: float | None, high: float | None) -> bool:
    """Whether a price is outside the lowest and highest of its line, by more than a rounding."""
    slack = 0.005 + 1e-9
    return (low is not None and price < low - slack) or (high is not None and price > high + slack)


def rate_of(row: Row, today: date) -> Built:
    """Return the exchange rate of a checked line."""
    day, wrong = _checked_day(row, "market.fx.0", today)
    if wrong:
        return wrong
    if row.get("day_precision", "day") != "day":
        return _refused("market.fx.0.day", "not_a_date", row["day"])
    currency = _currency(row)
    if currency == "CNY":
        return _refused("market.fx.0.currency", "yuan_needs_no_rate", currency)
    yuan = round(row["yuan"] / row.get("units", 1.0), 12)
    return Built(FxRate("", currency, day, yuan, row.get("source", "")))


BUILDERS: Mapping[Target, Callable[[Row, date], Built]] = {
    Target.RECORDS: record_of,
    Target.SERIES: point_of,
    Target.FX: rate_of,
}


Key = tuple[object, ...]


def _names(record: MarketRecord) -> frozenset[str]:
    texts = (record.place, record.place_zh, record.market, record.market_zh)
    return frozenset(text.casefold().strip() for text in texts if text.strip())


def key_of(entry: Entry) -> Key:
    """Return what two rows share when one repeats the other; for deals see `repeats` too."""
    if isinstance(entry, FxRate):
        return ("fx", entry.currency, entry.day)
    if isinstance(entry, SeriesObservation):
        span = "" if entry.basis in DAILY else entry.basis.value
        return ("series", entry.series.casefold(), entry.day, span)
    volume = None if entry.volume_t is None else round(entry.volume_t, 2)
    price = None if entry.price is None else round(entry.price, 2)
    return ("record", entry.day, volume, price, entry.currency)


def repeats(entry: Entry, other: Entry) -> bool:
    """Whether two rows of the same key are the same: deals also share a place or a market.

    A name that stands within another is the same place or market.
    """
    if not isinstance(entry, MarketRecord) or not isinstance(other, MarketRecord):
        return True
    own, others = _names(entry), _names(other)
    if not own or not others:
        return True
    return any(one in two or two in one for one in own for two in others)


def differs(entry: Entry, other: Entry) -> bool:
    """Whether a repeated series point or rate has another figure than the one it repeats."""
    if isinstance(entry, SeriesObservation) and isinstance(other, SeriesObservation):
        return not isclose(entry.price, other.price, rel_tol=1e-6)
    if isinstance(entry, FxRate) and isinstance(other, FxRate):
        return not isclose(entry.yuan, other.yuan, rel_tol=1e-9)
    return False
