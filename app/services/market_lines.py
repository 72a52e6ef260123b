"""The lines a person adds to the market book, typed or from a file: one declaration each."""

from collections.abc import Mapping
from dataclasses import MISSING, dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Annotated, Any

from app.finance.case.units import MAX_TONNES, MAX_YUAN
from app.finance.case.valuation.evidence import (
    DELIVERY_CHOICES,
    ECOSYSTEM_CHOICES,
    KIND_CHOICES,
    METHOD_CHOICES,
    PURPOSE_CHOICES,
    DealEcosystem,
    DealKind,
    Delivery,
    Purpose,
    TradeMethod,
)
from app.finance.fields import Field, FieldSpec
from app.finance.text import N_
from app.reference.market_data import VERIFIED_LABELS, Verified

Row = dict[str, Any]

MAX_PRICE = 10**6
MAX_LINES = 200_000
TONNE_UNITS = (("kg", 1e-3), ("10k t", 1e4), ("tCO2e", 1.0))


class Target(StrEnum):
    """What a file holds: deals and quotes, a price series, or exchange rates."""

    RECORDS = "records"
    SERIES = "series"
    FX = "fx"


class Precision(StrEnum):
    """What is published of a date."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


def _tonnes(label: str) -> Field:
    return Field(label, "t", minimum=0, maximum=MAX_TONNES, other_units=TONNE_UNITS)


def _price(label: str) -> Field:
    return Field(label, minimum=0, maximum=MAX_PRICE)


def _money(label: str) -> Field:
    return Field(label, minimum=0, maximum=MAX_YUAN)


def _text(label: str, length: int = 200) -> Field:
    return Field(label, max_length=length)


def _currency() -> Field:
    return Field(N_("Currency"), min_length=3, max_length=3, suggestions="currencies")


@dataclass(frozen=True, kw_only=True)
class RecordLine:
    """A deal or quote: a price, a volume or a total of it is known.

    Without a price, total over volume is taken. A day of which only month or year is
    published is the last day of that span.
    """

    day: Annotated[date, Field(N_("Date"))]
    day_precision: Annotated[
        Precision,
        Field(
            N_("Date known to"),
            choices=(("day", N_("the day")), ("month", N_("the month")), ("year", N_("the year"))),
        ),
    ] = Precision.DAY
    kind: Annotated[DealKind, Field(N_("Kind"), choices=KIND_CHOICES)] = DealKind.TRADE
    place: Annotated[str, _text(N_("Place"))] = ""
    country: Annotated[str, _text(N_("Country"), 40)] = "CN"
    ecosystem: Annotated[DealEcosystem, Field(N_("Ecosystem"), choices=ECOSYSTEM_CHOICES)] = (
        DealEcosystem.OTHER
    )
    species: Annotated[str, _text(N_("Species or project"))] = ""
    market: Annotated[str, _text(N_("Market"))] = ""
    standard: Annotated[str, _text(N_("Standard"))] = ""
    method: Annotated[TradeMethod, Field(N_("Trade method"), choices=METHOD_CHOICES)] = (
        TradeMethod.AGREEMENT
    )
    purpose: Annotated[Purpose, Field(N_("Purpose of the buyer"), choices=PURPOSE_CHOICES)] = (
        Purpose.UNKNOWN
    )
    delivery: Annotated[Delivery, Field(N_("Spot or forward"), choices=DELIVERY_CHOICES)] = (
        Delivery.SPOT
    )
    volume_t: Annotated[float | None, _tonnes(N_("Volume"))] = None
    price: Annotated[float | None, _price(N_("Price a tonne"))] = None
    currency: Annotated[str, _currency()] = "CNY"
    total: Annotated[float | None, _money(N_("Turnover"))] = None
    start_price: Annotated[float | None, _price(N_("Starting price"))] = None
    verified: Annotated[Verified, Field(N_("Seen in the source"), choices=VERIFIED_LABELS)] = (
        Verified.YES
    )
    note: Annotated[str, _text(N_("Note"), 1000)] = ""
    source: Annotated[str, _text(N_("Source"), 400)] = ""


@dataclass(frozen=True, kw_only=True)
class SeriesLine:
    """A day of a price series, as exchanges publish it.

    The price is the plain one, else the close, else the average, else turnover over volume;
    volume and turnover are those of all ways of trading together, or the sum of the two ways.
    """

    day: Annotated[date, Field(N_("Date"))]
    series: Annotated[str, Field(N_("Series"), max_length=120, suggestions="series")] = ""
    price: Annotated[float | None, _price(N_("Price a tonne"))] = None
    close: Annotated[float | None, _price(N_("Closing price"))] = None
    average: Annotated[float | None, _price(N_("Average price"))] = None
    low: Annotated[float | None, _price(N_("Lowest price"))] = None
    high: Annotated[float | None, _price(N_("Highest price"))] = None
    listing_volume_t: Annotated[float | None, _tonnes(N_("Volume of listing agreements"))] = None
    block_volume_t: Annotated[float | None, _tonnes(N_("Volume of block agreements"))] = None
    volume_t: Annotated[float | None, _tonnes(N_("Volume"))] = None
    listing_total: Annotated[float | None, _money(N_("Turnover of listing agreements"))] = None
    block_total: Annotated[float | None, _money(N_("Turnover of block agreements"))] = None
    total: Annotated[float | None, _money(N_("Turnover"))] = None
    currency: Annotated[str, _currency()] = "CNY"
    source: Annotated[str, _text(N_("Source"), 400)] = ""


@dataclass(frozen=True, kw_only=True)
class RateLine:
    """Yuan for so many units of a currency on a day."""

    currency: Annotated[str, _currency()]
    day: Annotated[date, Field(N_("Date"))]
    yuan: Annotated[float, Field(N_("Yuan for one unit"), above=0, maximum=10**6)]
    units: Annotated[
        float,
        Field(
            N_("Units of the currency"),
            above=0,
            maximum=10**6,
            help=N_("100 where the rate is quoted for a hundred units."),
        ),
    ] = 1.0
    source: Annotated[str, _text(N_("Source"), 400)] = ""


_KINDS: Mapping[Target, tuple[str, type]] = {
    Target.RECORDS: (N_("Deals and quotes"), RecordLine),
    Target.SERIES: (N_("Price series"), SeriesLine),
    Target.FX: (N_("Exchange rates"), RateLine),
}


@cache
def table_of(target: Target) -> FieldSpec:
    """Return the declaration of the lines of a target, as a table of a case is declared."""
    label, kind = _KINDS[target]
    return FieldSpec(
        path=f"market.{target.value}",
        name=target.value,
        field=Field(label, max_length=MAX_LINES),
        kind=kind,
        optional=False,
        table=True,
        section=False,
        default=MISSING,
    )
