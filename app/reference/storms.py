"""Storms near coastal places as counted from best tracks: what a quote rests on without a file."""

from dataclasses import dataclass
from functools import cache

from app.finance.insurance.hazard_tracks import Averaging
from app.paths import resources
from app.reference.rows import Row, read_rows

COUNTED_MS = (17.2, 24.5, 32.7, 41.5)
"""Winds from which storms were counted, m/s."""


@dataclass(frozen=True, slots=True)
class StormPlace:
    """One place: storms within `radius_km` in the years, and the law of the wind at the place.

    Attributes:
        storms: storms whose highest wind within the radius was at least each of `COUNTED_MS`.
        averaging: averaging time of the winds.
        site_storms: storms whose wind at the place itself, by the profile of Holland (1980),
            was at least `threshold_ms`.
        scale_ms, shape: generalised Pareto law of that wind above the threshold; None where
            fewer than ten storms were seen.
    """

    place: str
    place_zh: str
    latitude: float
    longitude: float
    first_year: int
    last_year: int
    radius_km: float
    averaging: Averaging
    storms: tuple[int, ...]
    site_storms: int
    threshold_ms: float
    scale_ms: float | None
    shape: float | None
    source: str
    source_zh: str

    @property
    def years(self) -> int:
        """Number of years counted."""
        return self.last_year - self.first_year + 1

    def text(self, name: str, language: str) -> str:
        """Return a text by its name in a language."""
        return str(getattr(self, f"{name}_zh" if language == "zh" else name))


def _place(row: Row) -> StormPlace:
    columns = ("storms_17_2", "storms_24_5", "storms_32_7", "storms_41_5")
    return StormPlace(
        place=row["place"],
        place_zh=row["place_zh"],
        latitude=float(row["latitude"]),
        longitude=float(row["longitude"]),
        first_year=int(row["first_year"]),
        last_year=int(row["last_year"]),
        radius_km=float(row["radius_km"]),
        averaging=Averaging(row["averaging"]),
        storms=tuple(int(row[column]) for column in columns),
        site_storms=int(row["site_storms"]),
        threshold_ms=float(row["threshold_ms"]),
        scale_ms=float(row["scale_ms"]) if row["scale_ms"] else None,
        shape=float(row["shape"]) if row["shape"] else None,
        source=row["source"],
        source_zh=row["source_zh"],
    )


@cache
def load_storm_places() -> tuple[StormPlace, ...]:
    """Return the places from north to south, in the order of the table."""
    return tuple(map(_place, read_rows(resources() / "reference", "storm_frequency.csv")))


def storm_place(place: str) -> StormPlace:
    """Return a place by its English or Chinese name.

    Raises:
        KeyError: no place of this name.
    """
    for found in load_storm_places():
        if place.casefold() in (found.place.casefold(), found.place_zh):
            return found
    raise KeyError(place)
