"""Typhoon wind from the shipped table of storms, for a quote without a file of best tracks."""

from typing import Any

from app.finance.case.cover.perils import DamageLaw, Peril
from app.finance.insurance.hazard_tracks import AVERAGING_LABELS
from app.i18n import N_, Translator
from app.reference.storms import StormPlace, storm_place
from app.services.documents import Document, value_at, with_value
from app.services.draft import provenance_at, with_provenance

PERILS = "insurance.perils"
SOURCE = N_(
    "No hazard file: {count} storms with {threshold} m/s or more ({averaging}) at {place}, "
    "{first} to {last}, shipped table of storms; {source}"
)


def storm_source(place: StormPlace, tr: Translator) -> str:
    """Return in words where the figures of a place come from, and that no file was read."""
    return tr(SOURCE).format(
        count=place.site_storms,
        threshold=f"{place.threshold_ms:g}",
        averaging=tr(AVERAGING_LABELS[place.averaging]),
        place=place.text("place", tr.language),
        first=place.first_year,
        last=place.last_year,
        source=place.text("source", tr.language),
    )


def with_storm_place(document: Document, name: str, site: str, tr: Translator) -> Document:
    """Return a draft with typhoon wind by the shipped table; the damage curve stays to be chosen.

    A line of that peril and site gives way. Where fewer than ten storms were seen the line has
    the frequency alone, and the damage must be entered.

    Raises:
        KeyError: no place of this name.
    """
    place = storm_place(name)
    line: dict[str, Any] = {
        "peril": Peril.TYPHOON_WIND.value,
        "site": site,
        "events_per_year": place.site_storms / place.years,
        "source": storm_source(place, tr)[:300],
    }
    if place.scale_ms is not None and place.shape is not None:
        line |= {
            "damage_law": DamageLaw.CURVE.value,
            "threshold": place.threshold_ms,
            "scale": place.scale_ms,
            "shape": place.shape,
        }
    held = value_at(document, PERILS)
    kept = [
        other
        for other in (held if isinstance(held, list) else [])
        if not isinstance(other, dict)
        or (other.get("peril"), other.get("site", "")) != (line["peril"], site)
    ]
    before = provenance_at(document, PERILS)[1]
    source = storm_source(place, tr)
    joined = source if not before or source in before else f"{before}; {source}"
    changed = with_value(document, PERILS, [*kept, line])
    return with_provenance(changed, PERILS, "measured", joined[:500])
