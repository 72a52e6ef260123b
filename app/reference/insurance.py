"""Covers that were placed on carbon, ecosystems and farms at sea, and payouts that happened."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from app.finance.case.cover.perils import Peril
from app.finance.case.cover.placed import PlacedCover
from app.paths import resources
from app.reference.market_data import Verified
from app.reference.rows import Row, number_or_none, read_rows

COVERS_FILE = "insurance_covers.csv"
PAYOUTS_FILE = "insurance_payouts.csv"


@dataclass(frozen=True, slots=True)
class PublishedCover:
    """One line of the register; texts with `_zh` are Chinese, empty or None is not published.

    Attributes:
        cover_id: number of the line.
        cover_class: see `PlacedCover`.
        day: last day of a month or year that alone is known; None without any.
        perils: what is insured against, as far as it is told.
        area_mu: area insured.
        sum_insured: of the whole policy, in `currency`.
        unit_value, unit: cover of one unit (mu, or "unit" for a share), as stated or computed.
        premium, unit_premium: of the whole policy, of one unit.
        rate, rate_low, rate_high: premium over sum insured, one figure or a range.
        rate_basis: "stated", "computed" or empty.
        terms: triggers, payout, subsidy and period as reported.
        verified: whether the report was read, in full or in part.
    """

    cover_id: str
    cover_class: str
    day: date | None
    day_text: str
    day_text_zh: str
    insurer: str
    insurer_zh: str
    place: str
    place_zh: str
    insured_object: str
    insured_object_zh: str
    perils: tuple[Peril, ...]
    area_mu: float | None
    sum_insured: float | None
    unit_value: float | None
    unit: str
    premium: float | None
    unit_premium: float | None
    currency: str
    rate: float | None
    rate_low: float | None
    rate_high: float | None
    rate_basis: str
    terms: str
    terms_zh: str
    note: str
    note_zh: str
    verified: Verified
    source: str
    source_zh: str

    def text(self, name: str, language: str) -> str:
        """Return a text by its name in a language."""
        return str(getattr(self, f"{name}_zh" if language == "zh" else name))


@dataclass(frozen=True, slots=True)
class PublishedPayout:
    """What a cover of the register paid.

    `of_cover` and `of_premium` are the payout over sum insured and over premium of the year,
    computed; `units` says to whom, `insured_hit` and `insured_all` how many were paid of how many
    insured, where that was told; `currency` is that of `paid`.
    """

    payout_id: str
    cover_id: str
    day: date
    day_text: str
    day_text_zh: str
    event: str
    event_zh: str
    place: str
    place_zh: str
    paid: float
    currency: str
    units: str
    units_zh: str
    insured_hit: float | None
    insured_all: float | None
    of_cover: float | None
    of_premium: float | None
    note: str
    note_zh: str
    verified: Verified
    source: str
    source_zh: str

    def text(self, name: str, language: str) -> str:
        """Return a text by its name in a language."""
        return str(getattr(self, f"{name}_zh" if language == "zh" else name))


def _texts(row: Row, *names: str) -> dict[str, str]:
    return {name: row[name] for base in names for name in (base, f"{base}_zh")}


def _cover(row: Row) -> PublishedCover:
    return PublishedCover(
        cover_id=row["cover_id"],
        cover_class=row["cover_class"],
        day=date.fromisoformat(row["day"]) if row["day"] else None,
        perils=tuple(map(Peril, row["perils"].split())),
        area_mu=number_or_none(row["area_mu"]),
        sum_insured=number_or_none(row["sum_insured"]),
        unit_value=number_or_none(row["unit_value"]),
        unit=row["unit"],
        premium=number_or_none(row["premium"]),
        unit_premium=number_or_none(row["unit_premium"]),
        currency=row["currency"],
        rate=number_or_none(row["rate"]),
        rate_low=number_or_none(row["rate_low"]),
        rate_high=number_or_none(row["rate_high"]),
        rate_basis=row["rate_basis"],
        verified=Verified(row["verified"]),
        **_texts(row, "day_text", "insurer", "place", "insured_object", "terms", "note", "source"),
    )


def _payout(row: Row) -> PublishedPayout:
    return PublishedPayout(
        payout_id=row["payout_id"],
        cover_id=row["cover_id"],
        day=date.fromisoformat(row["day"]),
        paid=float(row["paid"]),
        currency=row["currency"],
        insured_hit=number_or_none(row["insured_hit"]),
        insured_all=number_or_none(row["insured_all"]),
        of_cover=number_or_none(row["of_cover"]),
        of_premium=number_or_none(row["of_premium"]),
        verified=Verified(row["verified"]),
        **_texts(row, "day_text", "event", "place", "units", "note", "source"),
    )


@cache
def load_published_covers() -> tuple[PublishedCover, ...]:
    """Return the register of covers in the order of the table."""
    return tuple(map(_cover, read_rows(resources() / "reference", COVERS_FILE)))


@cache
def load_payouts() -> tuple[PublishedPayout, ...]:
    """Return the payouts in the order of the table."""
    return tuple(map(_payout, read_rows(resources() / "reference", PAYOUTS_FILE)))


def _placed(cover: PublishedCover) -> PlacedCover:
    return PlacedCover(
        key=cover.cover_id,
        day_text=cover.day_text,
        day_text_zh=cover.day_text_zh,
        cover_class=cover.cover_class,
        insurer=cover.insurer,
        insurer_zh=cover.insurer_zh,
        place=cover.place,
        place_zh=cover.place_zh,
        insured_object=cover.insured_object,
        insured_object_zh=cover.insured_object_zh,
        peril=" ".join(cover.perils),
        sum_insured=cover.sum_insured,
        premium=cover.premium,
        currency=cover.currency,
        rate=cover.rate,
        rate_low=cover.rate_low,
        rate_high=cover.rate_high,
        rate_basis=cover.rate_basis,
        source=cover.source,
        source_zh=cover.source_zh,
    )


def read_placed(folder: Path) -> tuple[PlacedCover, ...]:
    """Return the covers as the comparison of rates takes them, from the table in a folder."""
    return tuple(_placed(_cover(row)) for row in read_rows(folder, COVERS_FILE))
