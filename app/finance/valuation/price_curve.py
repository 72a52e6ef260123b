"""How the price of the valuation date goes on: flat, growing, by year, by carry, by quotes."""

import math
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

import numpy as np

from app.finance.case.appraisal import Appraisal
from app.finance.case.valuation.curve import Compounding, CurveKind
from app.finance.case.valuation.price_inputs import GrowthStart
from app.finance.errors import DomainError
from app.finance.sink.pools import Numbers
from app.finance.valuation.given import given

DAYS_OF_YEAR = 365
"""Days of a year of dated flows: ACT/365, as XNPV of the spreadsheets counts them."""


def forward_prices(
    spot: float, carry: float, years: Numbers, compounding: Compounding = Compounding.CONTINUOUS
) -> Numbers:
    """Return forward prices by cost of carry, in the unit of `spot`, one for each of `years`.

    F = S e^(bT), or S (1 + bT) when simple, never below 0; `carry` b a year, `years` T to
    delivery. Source: Hull, Options, Futures and Other Derivatives, chapter on forward prices.
    """
    if compounding is Compounding.SIMPLE:
        return np.maximum(spot * (1 + carry * years), 0.0)
    return np.asarray(spot * np.exp(carry * years))


def growth_beyond(appraisal: Appraisal) -> float:
    """Return the yearly growth at which the curve goes on for ever.

    Raises:
        DomainError: `perpetual_simple_carry`; a price with simple carry has no lasting growth.
    """
    if appraisal.price_curve is CurveKind.GROWTH:
        return given(appraisal, "price_growth")
    if appraisal.price_curve is CurveKind.CARRY:
        if appraisal.carry_compounding is Compounding.SIMPLE:
            raise DomainError(
                "perpetual_simple_carry",
                path="appraisal.carry_compounding",
                value=appraisal.carry_compounding.value,
            )
        return math.expm1(given(appraisal, "carry_rate"))
    return 0.0


def _refuse_zeros(prices: Sequence[float], path: str) -> None:
    for number, price in enumerate(prices):
        if price <= 0:
            raise DomainError("curve_price_zero", path=f"{path}.{number}.price_yuan_t", value=price)


def _by_year(appraisal: Appraisal, years: Sequence[int]) -> Numbers:
    """Prices of calendar years, straight between the points, constant beyond the last."""
    points = appraisal.curve_points
    if not points:
        raise DomainError("missing", path="appraisal.curve_points", value=None)
    for number, (one, other) in enumerate(pairwise(points), start=1):
        if other.year <= one.year:
            raise DomainError(
                "curve_not_ascending",
                path=f"appraisal.curve_points.{number}.year",
                value=other.year,
                before=str(one.year),
            )
    _refuse_zeros([point.price_yuan_t for point in points], "appraisal.curve_points")
    if years and min(years) < points[0].year:
        raise DomainError(
            "curve_starts_late",
            path="appraisal.curve_points.0.year",
            value=points[0].year,
            first=str(min(years)),
        )
    known = [point.year for point in points]
    return np.interp(years, known, [point.price_yuan_t for point in points])


def _by_quotes(appraisal: Appraisal, times: Numbers, price_yuan_t: float) -> Numbers:
    """Prices straight in time from the spot over the quotes, constant beyond the last."""
    quotes = appraisal.forward_quotes
    if not quotes:
        raise DomainError("missing", path="appraisal.forward_quotes", value=None)
    before: date = appraisal.valuation_date
    for number, quote in enumerate(quotes):
        if quote.day <= before:
            raise DomainError(
                "quotes_not_ascending",
                path=f"appraisal.forward_quotes.{number}.day",
                value=quote.day,
                before=before,
            )
        before = quote.day
    _refuse_zeros([quote.price_yuan_t for quote in quotes], "appraisal.forward_quotes")
    known = [(quote.day - appraisal.valuation_date).days / DAYS_OF_YEAR for quote in quotes]
    prices = [quote.price_yuan_t for quote in quotes]
    return np.interp(times, [0.0, *known], [price_yuan_t, *prices])


def curve_prices(
    appraisal: Appraisal,
    price_yuan_t: float,
    *,
    times: Numbers,
    indices: Sequence[int],
    years: Sequence[int],
) -> Numbers:
    """Return the price of each flow, yuan/t, shape (n,).

    `price_yuan_t` is that of the valuation date; `times` are years from it, `indices` the year
    of the right each flow belongs to (from 1; 0 the valuation date itself), `years` its
    calendar year. The growing curve takes one step a year of the right: (1 + g)^(k - 1), or
    (1 + g)^k when the first year has grown once. Carry and quotes go by time, a table goes by
    calendar year; at the valuation date the price is that of the valuation date.

    Raises:
        DomainError: `curve_not_ascending`, `quotes_not_ascending`, `curve_price_zero` or
            `curve_starts_late` for a table that does not say the price of each year.
    """
    kind = appraisal.price_curve
    if kind is CurveKind.FLAT:
        return np.full(len(times), float(price_yuan_t))
    if kind is CurveKind.GROWTH:
        first = 0 if appraisal.growth_start is GrowthStart.YEAR_1 else 1
        steps = np.maximum(np.asarray(indices, dtype=np.float64) - first, 0.0)
        return np.asarray(price_yuan_t * (1 + given(appraisal, "price_growth")) ** steps)
    if kind is CurveKind.CARRY:
        carry = given(appraisal, "carry_rate")
        return forward_prices(price_yuan_t, carry, times, appraisal.carry_compounding)
    if kind is CurveKind.FORWARD:
        return _by_quotes(appraisal, times, price_yuan_t)
    later = [year for year, index in zip(years, indices, strict=True) if index > 0]
    found = np.full(len(times), float(price_yuan_t))
    found[np.asarray(indices, dtype=np.int64) > 0] = _by_year(appraisal, later)
    return found
