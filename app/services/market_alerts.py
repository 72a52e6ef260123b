"""Alerts of the market book: deals and daily prices outside their band, in words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from app.finance.case.valuation.evidence import DealKind
from app.finance.valuation.monitor import (
    ALL_DEALS,
    BY_ECOSYSTEM,
    BY_HABITAT,
    BY_PURPOSE,
    Anomaly,
    MonitoredDeal,
    MonitoredPoint,
    find_anomalies,
)
from app.formats import number
from app.i18n import N_, Translator
from app.reference.market_data import (
    FxRate,
    MarketRecord,
    PriceBasis,
    SeriesBasis,
    SeriesObservation,
    Verified,
)
from app.services.market_evidence import day_points, usable_points

DAILY_LIMITS = {"CEA": 0.1, "CCER": 0.1}
"""Share by which a listed agreement may leave the base price of the day, by series."""
LEAST_POINTS_TO_BE_STALE = 5

_NO_DEAL = (PriceBasis.VALUATION, PriceBasis.MODEL, PriceBasis.ASKING, PriceBasis.MIDPOINT)
_NO_QUOTATION = (SeriesBasis.INDEX,)

ALERTS = {
    "deal_above_band": N_(
        "{name}: {price} {currency}/t of {day} is above {high}, the band of {count} earlier deals "
        "of {of_class}. Look at why before it counts as a comparable."
    ),
    "deal_below_band": N_(
        "{name}: {price} {currency}/t of {day} is below {low}, the band of {count} earlier deals "
        "of {of_class}. Look at why before it counts as a comparable."
    ),
    "price_above_band": N_(
        "{name}: {price} {currency}/t of {day} is above {high}, the band of its last {count} "
        "returns."
    ),
    "price_below_band": N_(
        "{name}: {price} {currency}/t of {day} is below {low}, the band of its last {count} "
        "returns."
    ),
    "at_daily_limit": N_(
        "{name}: {price} {currency}/t of {day} is at the limit of the day, {low} to {high}."
    ),
    "beyond_daily_limit": N_(
        "{name}: {price} {currency}/t of {day} is beyond the limit of the day, {low} to {high}."
    ),
    "unchanged_price": N_(
        "{name}: {price} {currency}/t, the last {count} prices up to {day}, is always the same."
    ),
    "stale_price": N_(
        "{name}: the last price, {price} {currency}/t, is of {day}, {count} days ago."
    ),
    "price_not_positive": N_("{name}: the price of {day} is not above zero."),
}
"""Message id of an alert by its code."""

CLASSES = {
    BY_ECOSYSTEM: N_("the same ecosystem and purpose"),
    BY_HABITAT: N_("the same habitat (coastal vegetation, or farms) and purpose"),
    BY_PURPOSE: N_("the same purpose"),
    ALL_DEALS: N_("all kinds"),
    "": "",
}
"""Message id of the class of deals a band was set by."""


@dataclass(frozen=True, slots=True)
class Alert:
    """A price that wants a look.

    Attributes:
        code: key of `ALERTS`; "deal_..." of a deal, the others of a series.
        key: number of the record, or name of the series.
        day: day of the price.
        price: the price, with its band `low` to `high`, in `currency` a tonne; deals in yuan.
        count: prices behind the band; days of "stale_price"; points of "unchanged_price".
        z: robust standard deviations from the centre, None without a band.
        of_class: class of deals that set the band, a key of `CLASSES`.
        record: the deal, None for a series.
    """

    code: str
    key: str
    day: date
    price: float
    currency: str
    low: float | None
    high: float | None
    count: int
    z: float | None
    of_class: str
    record: MarketRecord | None


def rate_on(rates: Sequence[FxRate], currency: str, day: date) -> float | None:
    """Return yuan for one unit by the last rate up to a day; None when there is none."""
    if currency == "CNY":
        return 1.0
    found = [rate for rate in rates if rate.currency == currency and rate.day <= day]
    return max(found, key=lambda rate: rate.day).yuan if found else None


def deals_in_yuan(records: Iterable[MarketRecord], rates: Sequence[FxRate]) -> list[MonitoredDeal]:
    """Return the deals with a price in yuan; values, offers and second texts are no deals."""
    found = []
    for record in records:
        if record.kind is not DealKind.TRADE or record.repeats or record.price_basis in _NO_DEAL:
            continue
        rate = rate_on(rates, record.currency, record.day)
        if record.price is None or rate is None or record.verified is Verified.RECALLED:
            continue
        found.append(
            MonitoredDeal(
                key=record.record_id,
                day=record.day,
                price_yuan_t=record.price * rate,
                ecosystem=record.ecosystem.value,
                purpose=record.purpose.value,
                method=record.method.value,
            )
        )
    return found


def _daily(points: Sequence[SeriesObservation]) -> list[SeriesObservation]:
    return day_points([p for p in usable_points(points) if p.basis not in _NO_QUOTATION])


def _monitored(point: SeriesObservation) -> MonitoredPoint:
    listed = point.basis is SeriesBasis.CLOSE
    limit = DAILY_LIMITS.get(point.series) if listed else None
    return MonitoredPoint(point.series, point.day, point.price, daily_limit_share=limit)


def _alert(anomaly: Anomaly, currency: str, record: MarketRecord | None) -> Alert:
    return Alert(
        code=anomaly.code,
        key=anomaly.key,
        day=anomaly.day,
        price=anomaly.price,
        currency=currency,
        low=anomaly.low,
        high=anomaly.high,
        count=anomaly.count,
        z=anomaly.z,
        of_class=anomaly.of_class,
        record=record,
    )


def find_alerts(
    records: Sequence[MarketRecord],
    series: Sequence[Sequence[SeriesObservation]],
    rates: Sequence[FxRate],
    today: date,
) -> list[Alert]:
    """Return what wants a look, newest first.

    Args:
        records: deals and quotes; those in a currency without a rate are left out.
        series: the points of each series, in order of day and fineness.
        rates: exchange rates.
        today: against which a last price is old; only of series of five points and more.
    """
    by_number = {record.record_id: record for record in records}
    alerts = [
        _alert(anomaly, "CNY", by_number[anomaly.key])
        for anomaly in find_anomalies(deals_in_yuan(records, rates), ())
    ]
    for points in series:
        daily = _daily(points)
        if not daily:
            continue
        against = today if len(daily) >= LEAST_POINTS_TO_BE_STALE else None
        found = find_anomalies((), [_monitored(point) for point in daily], today=against)
        alerts += [_alert(anomaly, daily[-1].currency, None) for anomaly in found]
    return sorted(alerts, key=lambda alert: (alert.day, alert.key), reverse=True)


def alerts_since(before: Iterable[Alert], after: Iterable[Alert]) -> list[Alert]:
    """Return the alerts of `after` that say what none of `before` says of the same price."""
    known = {(alert.code, alert.key, alert.day, alert.price) for alert in before}
    return [
        alert for alert in after if (alert.code, alert.key, alert.day, alert.price) not in known
    ]


def alert_text(alert: Alert, tr: Translator) -> str:
    """Return an alert in words, with its figures."""
    name = alert.key
    if alert.record is not None:
        place = alert.record.said("place", tr.language) or alert.record.said("market", tr.language)
        name = f"{alert.key} {place}".strip()
    return tr(ALERTS[alert.code]).format(
        name=name,
        price=number(alert.price),
        currency=alert.currency,
        day=alert.day.isoformat(),
        low=number(alert.low),
        high=number(alert.high),
        count=alert.count,
        of_class=tr(CLASSES[alert.of_class]) if alert.of_class else "",
    )
