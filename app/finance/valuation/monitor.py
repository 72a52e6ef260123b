"""Price monitor: deals and daily prices outside the band that those before them set."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import exp, log, sqrt
from statistics import median

import numpy as np

from app.finance.case.valuation.evidence import DealEcosystem
from app.finance.valuation.evidence import LEAST_COUNT, purpose_group
from app.finance.valuation.robust import robust_sigma

VEGETATED = (DealEcosystem.MANGROVE, DealEcosystem.SALT_MARSH, DealEcosystem.SEAGRASS)
"""Coastal vegetation; its prices lie above those of farmed carbon (market evidence, 1.2)."""
FARMED = (DealEcosystem.MACROALGAE, DealEcosystem.SHELLFISH)

BY_ECOSYSTEM, BY_HABITAT, BY_PURPOSE, ALL_DEALS = (
    "ecosystem_purpose",
    "habitat_purpose",
    "purpose",
    "all",
)


@dataclass(frozen=True, slots=True)
class MonitoredDeal:
    """One deal of the book, in yuan/t; ecosystem, method and purpose by their codes."""

    key: str
    day: date
    price_yuan_t: float
    ecosystem: str
    purpose: str
    method: str = ""


@dataclass(frozen=True, slots=True)
class MonitoredPoint:
    """One daily price of a series, in its own currency.

    `base_price` is the one the exchange sets its daily limit on; without it the price of the
    trading day before stands for it. `daily_limit_share` is that limit, None where none is
    set; 0.1 for listed agreements of CCER and CEA.
    """

    series: str
    day: date
    price: float
    daily_limit_share: float | None = None
    base_price: float | None = None


@dataclass(frozen=True, slots=True)
class MonitorLimits:
    """How wide the bands are and how much they need (house conventions but for `deal_z`).

    `deal_z` is the limit of Iglewicz and Hoaglin (1993). Returns have heavier tails than a
    normal distribution, so `return_z` is wider. `least_log_sigma` and `least_return_sigma` keep
    a band from closing where prices were all the same.
    """

    deal_z: float = 3.5
    least_deals: int = LEAST_COUNT
    least_log_sigma: float = 0.02
    return_z: float = 5.0
    window: int = 60
    least_returns: int = 20
    least_return_sigma: float = 0.002
    unchanged_points: int = 10
    stale_days: int = 31


@dataclass(frozen=True, slots=True)
class Band:
    """What a price is held against: bounds, how many prices set them, of which class."""

    low: float
    high: float
    count: int
    centre_log: float
    sigma_log: float
    of_class: str

    def z(self, price: float) -> float:
        """Return how many robust standard deviations the logarithm of a price is off."""
        return (log(price) - self.centre_log) / self.sigma_log


@dataclass(frozen=True, slots=True)
class Anomaly:
    """A price that wants a look.

    `key` is that of the deal or the name of the series. Codes of deals: "deal_above_band",
    "deal_below_band"; of series: "price_above_band", "price_below_band", "at_daily_limit",
    "beyond_daily_limit", "unchanged_price", "stale_price"; of both: "price_not_positive".
    `low` and `high` are the band or the limits of the day, `count` the prices behind it (for
    "unchanged_price" the points, for "stale_price" the days), `of_class` the class of deals.
    """

    code: str
    key: str
    day: date
    price: float
    low: float | None = None
    high: float | None = None
    count: int = 0
    z: float | None = None
    of_class: str = ""


_DealClass = tuple[str, tuple[str, ...]]
_LoggedDeal = tuple[float, tuple[_DealClass, ...]]


def _habitat(ecosystem: str) -> str:
    if ecosystem in VEGETATED:
        return "vegetated"
    return "farmed" if ecosystem in FARMED else ""


def _classes(deal: MonitoredDeal) -> tuple[_DealClass, ...]:
    """The classes of a deal from the narrowest on; the purpose is given up last of all.

    The purpose explains most of the spread of these prices, the ecosystem less.
    """
    group = purpose_group(deal.method, deal.purpose)
    habitat = _habitat(deal.ecosystem)
    found: list[_DealClass] = [(BY_ECOSYSTEM, (deal.ecosystem, group))]
    if habitat:
        found.append((BY_HABITAT, (habitat, group)))
    return (*found, (BY_PURPOSE, (group,)), (ALL_DEALS, ()))


def deal_band(
    deal: MonitoredDeal, others: Sequence[MonitoredDeal], limits: MonitorLimits
) -> Band | None:
    """Return the band of a deal by those of earlier days, None when fewer than 5 are known.

    exp(median ± z σ) of their log prices, with σ by MAD; of the narrowest class that has 5:
    ecosystem and purpose, then coastal vegetation or farms and purpose, then purpose, then all.
    Purposes are told apart as court, public benefit and market. Of normal log prices 9 in 100
    lie outside by chance when 5 set the band, 3 when 8 do, fewer than 1 when 30 do: a call to
    look, not a verdict.
    """
    earlier = [other for other in others if other.day < deal.day and other.price_yuan_t > 0]
    return _band_by(deal, [(log(one.price_yuan_t), _classes(one)) for one in earlier], limits)


def _band_by(
    deal: MonitoredDeal, earlier: Sequence[_LoggedDeal], limits: MonitorLimits
) -> Band | None:
    for of_class in _classes(deal):
        logs = [price for price, classes in earlier if of_class in classes]
        if len(logs) >= limits.least_deals:
            sigma = max(robust_sigma(logs), limits.least_log_sigma)
            return _band(median(logs), sigma, limits.deal_z, len(logs), of_class[0])
    return None


def _band(centre: float, sigma: float, z: float, count: int, of_class: str) -> Band:
    low, high = exp(centre - z * sigma), exp(centre + z * sigma)
    return Band(low, high, count, centre, sigma, of_class)


def _outside(band: Band, price: float, key: str, day: date, kind: str) -> Anomaly | None:
    if band.low <= price <= band.high:
        return None
    code = f"{kind}_above_band" if price > band.high else f"{kind}_below_band"
    z = band.z(price)
    return Anomaly(code, key, day, price, band.low, band.high, band.count, z, band.of_class)


def deal_anomalies(deals: Sequence[MonitoredDeal], limits: MonitorLimits) -> list[Anomaly]:
    """Return the deals outside the band of those before them, in order of their day."""
    found = []
    known: list[_LoggedDeal] = []
    same_day: list[_LoggedDeal] = []
    day: date | None = None
    for deal in sorted(deals, key=lambda one: (one.day, one.key)):
        if deal.day != day:
            known, same_day, day = known + same_day, [], deal.day
        if not deal.price_yuan_t > 0:
            found.append(Anomaly("price_not_positive", deal.key, deal.day, deal.price_yuan_t))
            continue
        same_day.append((log(deal.price_yuan_t), _classes(deal)))
        band = _band_by(deal, known, limits)
        if band is None:
            continue
        anomaly = _outside(band, deal.price_yuan_t, deal.key, deal.day, "deal")
        if anomaly is not None:
            found.append(anomaly)
    return found


def _weekdays(start: date, end: date) -> int:
    """Weekdays from one day to a later one, 1 at least; holidays are not known."""
    return max(1, int(np.busday_count(start, end)))


def _scaled_return(before: MonitoredPoint, now: MonitoredPoint) -> float:
    """Log return over the root of the weekdays it spans."""
    return log(now.price / before.price) / sqrt(_weekdays(before.day, now.day))


def price_band(points: Sequence[MonitoredPoint], day: date, limits: MonitorLimits) -> Band | None:
    """Return the band of the price on `day` by the earlier `points`, None for too few returns.

    previous price × exp((median ± z σ) √weekdays), median and σ (by MAD) of the log returns of
    a day in the trailing window. `points` are in order, above 0, before `day`.
    """
    trailing = points[-(limits.window + 1) :]
    returns = [_scaled_return(before, now) for before, now in pairwise(trailing)]
    return _return_band(trailing[-1], returns, day, limits) if trailing else None


def _return_band(
    last: MonitoredPoint, returns: Sequence[float], day: date, limits: MonitorLimits
) -> Band | None:
    if len(returns) < limits.least_returns:
        return None
    root = sqrt(_weekdays(last.day, day))
    sigma = max(robust_sigma(returns), limits.least_return_sigma) * root
    centre = log(last.price) + median(returns) * root
    return _band(centre, sigma, limits.return_z, len(returns), "")


def _limit_anomaly(point: MonitoredPoint, before: MonitoredPoint | None) -> Anomaly | None:
    """A price at or beyond the limit of the day; prices go by the fen.

    Without a base price only the price of the weekday before stands for it.
    """
    share, base = point.daily_limit_share, point.base_price
    if base is None and before is not None and _weekdays(before.day, point.day) == 1:
        base = before.price
    if share is None or base is None:
        return None
    low, high = round(base * (1 - share), 2), round(base * (1 + share), 2)
    fen = 0.005
    if low + fen < point.price < high - fen:
        return None
    beyond = point.price > high + fen or point.price < low - fen
    code = "beyond_daily_limit" if beyond else "at_daily_limit"
    return Anomaly(code, point.series, point.day, point.price, low, high, 1)


def _unchanged(points: Sequence[MonitoredPoint], limits: MonitorLimits) -> list[Anomaly]:
    """The last run of the same price, when it is long."""
    run = 0
    for point in reversed(points):
        if point.price != points[-1].price:
            break
        run += 1
    if run < limits.unchanged_points:
        return []
    last = points[-1]
    return [Anomaly("unchanged_price", last.series, last.day, last.price, count=run)]


def _judged(
    point: MonitoredPoint,
    before: MonitoredPoint | None,
    returns: Sequence[float],
    limits: MonitorLimits,
) -> list[Anomaly]:
    """The point against its band and the limit of the day."""
    band = None if before is None else _return_band(before, returns, point.day, limits)
    outside = None
    if band is not None:
        outside = _outside(band, point.price, point.series, point.day, "price")
    limited = _limit_anomaly(point, before)
    return [anomaly for anomaly in (outside, limited) if anomaly is not None]


def _one_series(
    points: Sequence[MonitoredPoint], limits: MonitorLimits, today: date | None
) -> list[Anomaly]:
    found = []
    known: list[MonitoredPoint] = []
    returns: list[float] = []
    for point in sorted(points, key=lambda one: one.day):
        if not point.price > 0:
            found.append(Anomaly("price_not_positive", point.series, point.day, point.price))
            continue
        before = known[-1] if known else None
        found += _judged(point, before, returns[-limits.window :], limits)
        if before is not None:
            returns.append(_scaled_return(before, point))
        known.append(point)
    if not known:
        return found
    found += _unchanged(known, limits)
    last = known[-1]
    if today is not None and (today - last.day).days > limits.stale_days:
        days = (today - last.day).days
        found.append(Anomaly("stale_price", last.series, last.day, last.price, count=days))
    return found


def series_anomalies(
    points: Sequence[MonitoredPoint], limits: MonitorLimits, today: date | None = None
) -> list[Anomaly]:
    """Return what is unusual in each series, series by name, each in order of time.

    Besides the band: prices at or beyond the daily limit, a last price repeated ten times, and,
    when `today` is given, a last price more than a month old.
    """
    names = sorted({point.series for point in points})
    return [
        anomaly
        for name in names
        for anomaly in _one_series([p for p in points if p.series == name], limits, today)
    ]


def find_anomalies(
    records: Sequence[MonitoredDeal],
    series: Sequence[MonitoredPoint],
    *,
    limits: MonitorLimits | None = None,
    today: date | None = None,
) -> tuple[Anomaly, ...]:
    """Return the deals and daily prices that want a look: first deals, then series.

    Each price is held against those before it alone, so what was unusual on its day stays so.
    """
    chosen = limits or MonitorLimits()
    return (*deal_anomalies(records, chosen), *series_anomalies(series, chosen, today))
