"""Rows of the market book as lines of the price evidence of a case."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby

from app.finance.case.problems import Problem
from app.finance.case.valuation.evidence import PriceEvidence
from app.finance.fields import specs_by_path
from app.i18n import N_, Translator, translator
from app.reference.market_data import (
    DAILY,
    FxRate,
    MarketRecord,
    PriceBasis,
    SeriesObservation,
    Verified,
)
from app.services.case_file import CaseRefused
from app.services.market_lines import Row

_TEXTS = ("place", "market", "standard", "source")
_NOT_PAID = (PriceBasis.VALUATION, PriceBasis.MODEL)


def _most(table: str) -> int:
    length = specs_by_path(PriceEvidence)[table].field.max_length
    return length if length is not None else 0


def _cut(text: str, column: str) -> str:
    kind = specs_by_path(PriceEvidence)["comparables"].kind
    return text[: specs_by_path(kind)[column].field.max_length]


def _left_out(record: MarketRecord, chosen: set[str], tr: Translator) -> str:
    if record.repeats in chosen:
        said = tr(N_("The same deal as {record}, in another text."))
        return said.format(record=record.repeats)
    if record.price_basis in _NOT_PAID:
        return tr(N_("A value by an appraisal or a model: nobody paid it."))
    return ""


def comparable_lines(records: Sequence[MarketRecord], language: str) -> list[Row]:
    """Return a line for each record with a price, texts in a language."""
    tr = translator(language)
    chosen = {record.record_id for record in records}
    lines = []
    for record in records:
        if not record.price:
            continue
        line: Row = {
            "day": record.day.isoformat(),
            "price": record.price,
            "currency": record.currency,
            "record": record.record_id,
            "kind": record.kind.value,
            "ecosystem": record.ecosystem.value,
            "method": record.method.value,
            "purpose": record.purpose.value,
            "delivery": record.delivery.value,
            "verified": record.verified is Verified.YES,
        }
        line |= {name: _cut(record.said(name, language), name) for name in _TEXTS}
        if record.volume_t:
            line["volume_t"] = record.volume_t
        left_out = _left_out(record, chosen, tr)
        if left_out:
            line["left_out"] = left_out
        lines.append(line)
    return lines


def usable_points(points: Iterable[SeriesObservation]) -> list[SeriesObservation]:
    """Return the points that stand for their day: no mean of a long span, no forecast, seen."""
    return [
        point
        for point in points
        if point.basis in DAILY and point.verified is not Verified.RECALLED
    ]


def day_points(points: Iterable[SeriesObservation]) -> list[SeriesObservation]:
    """Return one point a day, of points in order of day and fineness: the user's own first."""
    return [
        min(same, key=lambda point: point.shipped)
        for _, same in groupby(points, key=lambda point: point.day)
    ]


def day_prices(points: Iterable[SeriesObservation]) -> list[tuple[date, float]]:
    """Return one usable price a day, of points in order of day and fineness.

    Raises:
        CaseRefused: the prices are in two currencies.
    """
    chosen = day_points(usable_points(points))
    currencies = sorted({point.currency for point in chosen})
    if len(currencies) > 1:
        given = ", ".join(currencies)
        raise CaseRefused([Problem("market.series", "series_two_currencies", given)])
    return [(point.day, point.price) for point in chosen]


def point_lines(points: Sequence[SeriesObservation], language: str) -> list[Row]:
    """Return a line for each point."""
    return [
        {
            "day": point.day.isoformat(),
            "price": point.price,
            "source": _cut(point.said("source", language), "source"),
        }
        for point in points
    ][-_most("series") :]


def fx_document_lines(
    rates: Sequence[FxRate], currencies: set[str], days: Iterable[date] | None
) -> list[Row]:
    """Return the lines of rates; with `days` the last rate up to each of them."""
    wanted = sorted(
        (rate for rate in rates if rate.currency in currencies),
        key=lambda rate: (rate.day, rate.currency),
    )
    if days is not None:
        last: dict[tuple[str, date], FxRate] = {}
        for day in set(days):
            last |= {(rate.currency, day): rate for rate in wanted if rate.day <= day}
        used = {rate.rate_id for rate in last.values()}
        wanted = [rate for rate in wanted if rate.rate_id in used]
    return [
        {
            "currency": rate.currency,
            "day": rate.day.isoformat(),
            "yuan": rate.yuan,
            "source": _cut(rate.source, "source"),
        }
        for rate in wanted
    ][-_most("fx") :]
