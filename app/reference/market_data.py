"""Deals, series points and exchange rates of the market book, and the shipped ones."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path

from app.finance.case.valuation.evidence import (
    DealEcosystem,
    DealKind,
    Delivery,
    Purpose,
    TradeMethod,
)
from app.finance.text import N_
from app.paths import resources
from app.reference.rows import Row, number_or_none, read_rows


class Verified(StrEnum):
    """Whether a figure was read in its source: all of it, some fields, or not at all."""

    YES = "yes"
    PARTIAL = "partial"
    RECALLED = "recalled"


class PriceBasis(StrEnum):
    """What the price of a deal or quote is."""

    STATED = "stated"
    COMPUTED = "computed"
    FLOOR = "floor"
    MIDPOINT = "midpoint"
    MEAN = "mean"
    ASKING = "asking"
    VALUATION = "valuation"
    MODEL = "model"
    NOT_DISCLOSED = "not_disclosed"


class SeriesBasis(StrEnum):
    """What the price of a series point is."""

    CLOSE = "close"
    DAY_AVERAGE = "day_average"
    TURNOVER = "turnover"
    WEEK_AVERAGE = "week_average"
    INDEX = "index"
    PERIOD_AVERAGE = "period_average"
    YEAR_AVERAGE = "year_average"
    EXPECTATION = "expectation"


DAILY = (
    SeriesBasis.CLOSE,
    SeriesBasis.DAY_AVERAGE,
    SeriesBasis.TURNOVER,
    SeriesBasis.WEEK_AVERAGE,
    SeriesBasis.INDEX,
)
"""Bases that stand for their day, the finest first; the others are means of long spans."""

VERIFIED_LABELS = (
    ("yes", N_("read in the source")),
    ("partial", N_("read in part")),
    ("recalled", N_("not seen in a source")),
)
PRICE_BASIS_LABELS = (
    ("stated", N_("stated in the source")),
    ("computed", N_("total over volume")),
    ("floor", N_("lower bound")),
    ("midpoint", N_("middle of a range")),
    ("mean", N_("mean of a year")),
    ("asking", N_("asking price")),
    ("valuation", N_("value in a pledge or policy")),
    ("model", N_("result of a model")),
    ("not_disclosed", N_("not disclosed")),
)
SERIES_BASIS_LABELS = (
    ("close", N_("closing price")),
    ("day_average", N_("average of the day")),
    ("turnover", N_("turnover over volume of the day")),
    ("week_average", N_("average of the week")),
    ("index", N_("index of the month or year")),
    ("period_average", N_("average of a longer span")),
    ("year_average", N_("average of the year")),
    ("expectation", N_("forecast, no price paid")),
)
"""Message id of each code."""


@dataclass(frozen=True, slots=True)
class MarketRecord:
    """A deal or quote. `day` is the last day of the span that `day_text` publishes.

    `price` and `total` are in `currency`, `volume_t` in tonnes; None is not disclosed.
    `repeats` is the number of a record that tells the same deal in another text. Texts that
    end in `_zh` are Chinese; `said` chooses.
    """

    record_id: str
    kind: DealKind
    day: date
    day_text: str
    country: str = "CN"
    place: str = ""
    ecosystem: DealEcosystem = DealEcosystem.OTHER
    species: str = ""
    market: str = ""
    standard: str = ""
    method: TradeMethod = TradeMethod.AGREEMENT
    purpose: Purpose = Purpose.UNKNOWN
    delivery: Delivery = Delivery.SPOT
    volume_t: float | None = None
    price: float | None = None
    currency: str = "CNY"
    total: float | None = None
    start_price: float | None = None
    price_basis: PriceBasis = PriceBasis.STATED
    note: str = ""
    source: str = ""
    verified: Verified = Verified.YES
    shipped: bool = False
    day_precision: str = "day"
    repeats: str = ""
    day_text_zh: str = ""
    place_zh: str = ""
    species_zh: str = ""
    market_zh: str = ""
    standard_zh: str = ""
    note_zh: str = ""
    source_zh: str = ""

    def said(self, name: str, language: str) -> str:
        """Return a text field ("place", "note", ...) in a language, English where it has one."""
        return said(self, name, language)


@dataclass(frozen=True, slots=True)
class SeriesObservation:
    """A price of a series on `day`; `price`, `low`, `high` in `currency` a tonne.

    `day_from` is the first day of a span; None when the price is of the day alone.
    """

    observation_id: str
    series: str
    day: date
    price: float
    low: float | None = None
    high: float | None = None
    volume_t: float | None = None
    total: float | None = None
    currency: str = "CNY"
    basis: SeriesBasis = SeriesBasis.CLOSE
    source: str = ""
    verified: Verified = Verified.YES
    shipped: bool = False
    day_from: date | None = None
    note: str = ""
    note_zh: str = ""
    source_zh: str = ""

    def said(self, name: str, language: str) -> str:
        """Return a text field in a language, English where it has one."""
        return said(self, name, language)


@dataclass(frozen=True, slots=True)
class FxRate:
    """Yuan for one unit of a currency on a day."""

    rate_id: str
    currency: str
    day: date
    yuan: float
    source: str = ""
    shipped: bool = False


@dataclass(frozen=True, slots=True)
class MarketData:
    """What is shipped; exchange rates are not, they are entered."""

    records: tuple[MarketRecord, ...]
    observations: tuple[SeriesObservation, ...]


def said(row: MarketRecord | SeriesObservation, name: str, language: str) -> str:
    """Return a text of a row in a language code, the one it has when there is but one."""
    chinese = str(getattr(row, f"{name}_zh", ""))
    plain = str(getattr(row, name))
    return chinese if language == "zh" and chinese else plain


def _source(entry: Row, *, chinese: bool) -> str:
    """Say the document and, when only another's text of it was seen, where to look it up."""
    tail = "_zh" if chinese else ""
    text = entry[f"source{tail}"]
    if entry["seen"] == "original" or not entry["recheck"]:
        return text
    where = entry[f"recheck{tail}"]
    return f"{text}；须向{where}复核" if chinese else f"{text}; re-check at {where}"


def _record(row: Row, sources: dict[str, Row]) -> MarketRecord:
    source = sources[row["source"]]
    return MarketRecord(
        record_id=row["record_id"],
        kind=DealKind(row["kind"]),
        day=date.fromisoformat(row["day"]),
        day_text=row["day_text"],
        country=row["country"],
        place=row["place"],
        ecosystem=DealEcosystem(row["ecosystem"]),
        species=row["species"],
        market=row["market"],
        standard=row["standard"],
        method=TradeMethod(row["method"]),
        purpose=Purpose(row["purpose"]),
        delivery=Delivery(row["delivery"]),
        volume_t=number_or_none(row["volume_t"]),
        price=number_or_none(row["price"]),
        currency=row["currency"],
        total=number_or_none(row["total"]),
        start_price=number_or_none(row["start_price"]),
        price_basis=PriceBasis(row["price_basis"]),
        note=row["note"],
        source=_source(source, chinese=False),
        verified=Verified(row["verified"]),
        shipped=True,
        day_precision=row["day_precision"],
        repeats=row["repeats"],
        day_text_zh=row["day_text_zh"],
        place_zh=row["place_zh"],
        species_zh=row["species_zh"],
        market_zh=row["market_zh"],
        standard_zh=row["standard_zh"],
        note_zh=row["note_zh"],
        source_zh=_source(source, chinese=True),
    )


def _observation(number: int, row: Row, sources: dict[str, Row]) -> SeriesObservation:
    source = sources[row["source"]]
    return SeriesObservation(
        observation_id=f"S{number:03d}",
        series=row["series"],
        day=date.fromisoformat(row["day"]),
        price=float(row["price"]),
        low=number_or_none(row["low"]),
        high=number_or_none(row["high"]),
        volume_t=number_or_none(row["volume_t"]),
        total=number_or_none(row["total"]),
        currency=row["currency"],
        basis=SeriesBasis(row["basis"]),
        source=_source(source, chinese=False),
        verified=Verified(row["verified"]),
        shipped=True,
        day_from=date.fromisoformat(row["day_from"]) if row["day_from"] else None,
        note=row["note"],
        note_zh=row["note_zh"],
        source_zh=_source(source, chinese=True),
    )


def read_market_data(folder: Path) -> MarketData:
    """Return the shipped deals and series points in the order of their tables."""
    sources = {row["key"]: row for row in read_rows(folder, "price_sources.csv")}
    points = read_rows(folder, "price_series.csv")
    return MarketData(
        records=tuple(_record(row, sources) for row in read_rows(folder, "transactions.csv")),
        observations=tuple(
            _observation(number, row, sources) for number, row in enumerate(points, start=1)
        ),
    )


@cache
def load_market_data() -> MarketData:
    """Return the shipped deals and series points, read once."""
    return read_market_data(resources() / "reference")
