"""One event on the book: a footprint, or an event as it was reported; `accumulate_storms` more."""

import math
from typing import Any

from app.finance.case.problems import Problem
from app.finance.insurance.accumulation import CaseHit, case_hits
from app.finance.insurance.accumulation_events import footprint
from app.finance.insurance.accumulation_results import Accumulation
from app.finance.insurance.accumulation_totals import ReportedEvent, reported_hits, totals
from app.services.accumulation import AccumulationBook
from app.services.case_file import CaseRefused

MAX_RADIUS_KM = 3_000.0


def refuse(path: str, code: str, value: object = None, **facts: object) -> CaseRefused:
    """Return the refusal of one choice."""
    return CaseRefused([Problem(path, code, value, facts)])


def at_footprint(
    book: AccumulationBook,
    *,
    latitude: float,
    longitude: float,
    radius_km: float,
    damage: float,
    month: int | None = None,
) -> Accumulation:
    """Return the book under the same damage at every place within a radius.

    Raises:
        CaseRefused: a place, radius or damage that cannot be.
    """
    check_place(latitude, longitude)
    between("radius", radius_km, 0.0, MAX_RADIUS_KM)
    between("damage", damage, 0.0, 1.0)
    hits = footprint(
        book.lat_deg,
        book.lon_deg,
        latitude=latitude,
        longitude=longitude,
        radius_km=radius_km,
        damage=damage,
    )
    event = {
        "latitude": latitude,
        "longitude": longitude,
        "radius_km": radius_km,
        "damage": damage,
    }
    when = month or book.day.month
    return accumulated("footprint", book, when, event, case_hits(book.cases, hits, when, None))


def at_reported(book: AccumulationBook, event: ReportedEvent) -> Accumulation:
    """Return the book under the share of the cover that was paid for a real event."""
    facts = {
        "key": event.key,
        "name": event.name,
        "name_zh": event.name_zh,
        "hit_share": event.hit_share,
        "paid_share": event.paid_share,
        "premium_share": event.premium_share,
        "source": event.source,
        "source_zh": event.source_zh,
    }
    hits = reported_hits(book.cases, event)
    return accumulated("reported", book, book.day.month, facts, hits, placed=False)


def accumulated(
    kind: str,
    book: AccumulationBook,
    month: int,
    event: dict[str, Any],
    hits: tuple[CaseHit, ...],
    *,
    placed: bool = True,
) -> Accumulation:
    """Sort the cases, the costliest first; those without a place are left out where it counts."""
    kept = [hit for hit in hits if hit.case.places or not placed]
    kept.sort(key=lambda hit: (-(hit.insurer_yuan + hit.lender_yuan), hit.case.name))
    spots = zip(book.lat_deg.tolist(), book.lon_deg.tolist(), strict=True)
    return Accumulation(
        kind=kind,
        day=book.day,
        month=month,
        event=event,
        hits=tuple(kept),
        totals=totals(kept),
        unplaced=book.unplaced if placed else (),
        not_in_force=book.not_in_force,
        not_read=book.not_read,
        spots=tuple(spots),
    )


def check_place(latitude: float, longitude: float) -> None:
    """Refuse a place that is none.

    Raises:
        CaseRefused: `minimum`, `maximum` or `not_finite`.
    """
    between("latitude", latitude, -90.0, 90.0)
    between("longitude", longitude, -180.0, 180.0)


def between(path: str, value: float, low: float, high: float) -> None:
    """Refuse a number outside its range."""
    if not math.isfinite(value):
        raise refuse(path, "not_finite", value)
    if value < low:
        raise refuse(path, "minimum", value, minimum=low)
    if value > high:
        raise refuse(path, "maximum", value, maximum=high)
