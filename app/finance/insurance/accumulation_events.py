"""Events that hit the places of a book: a footprint, or storms of recorded tracks."""

from dataclasses import dataclass

import numpy as np

from app.finance.insurance.event_sets import damage_at
from app.finance.insurance.hazard_sites import HazardSite, SiteWind, site_events
from app.finance.insurance.hazard_tracks import (
    Averaging,
    Floats,
    HourlyPath,
    Ints,
    great_circle_km,
)
from app.finance.insurance.hazard_wind import Exposure, conversion


@dataclass(frozen=True, slots=True, eq=False)
class Hits:
    """What n events do at the places of a book, arrays of shape (n, places).

    `distance_km` is infinite and `wind_ms` NaN where an event does not come near; `damage` is a
    share of the value on risk; `months` (n, places) 1 to 12, 0 where the event has no day;
    `days` are the month-days as datetime64, NaT where there is none.
    """

    distance_km: Floats
    wind_ms: Floats
    damage: Floats
    times: np.ndarray

    @property
    def months(self) -> Ints:
        """Month of the year of each event at each place, 0 without a day."""
        known = ~np.isnat(self.times)
        months = self.times.astype("datetime64[M]").astype(np.int64) % 12 + 1
        return np.where(known, months, 0)


@dataclass(frozen=True, slots=True, eq=False)
class WindCurve:
    """Damage by wind: m/s of one averaging time, ascending, and shares; straight in between."""

    wind_ms: Floats
    damage: Floats
    averaging: Averaging


@dataclass(frozen=True, slots=True)
class WindAtSites:
    """How the wind of a storm at a place is found: its record, the choice, the surroundings.

    House convention: the profile of Holland within 300 km, at a coast with the wind from the sea.
    """

    recorded: Averaging
    wind: SiteWind = SiteWind.HOLLAND
    radius_km: float = 300.0
    exposure: Exposure = Exposure.OFF_SEA


def footprint(
    lat_deg: Floats, lon_deg: Floats, *, latitude: float, longitude: float, radius_km: float,
    damage: float,
) -> Hits:  # fmt: skip
    """Return one event that does the same damage at every place within a radius."""
    distance = great_circle_km(latitude, longitude, lat_deg, lon_deg)[None, :]
    return Hits(
        distance,
        np.full(distance.shape, np.nan),
        np.where(distance <= radius_km, damage, 0.0),
        np.full(distance.shape, np.datetime64("NaT"), dtype="datetime64[s]"),
    )


def storm_hits(
    path: HourlyPath,
    storms: int,
    places: tuple[Floats, Floats],
    curve: WindCurve | None,
    settings: WindAtSites,
) -> Hits:
    """Return every storm of a set of tracks at every place, shape (storms, places).

    The wind is that of `hazard_sites.site_events`, in the averaging time of the record; for the
    curve it is turned into its own (`hazard_wind.conversion`). Storms further off than the
    radius, and winds the record does not have, do no damage.
    """
    shape = (storms, len(places[0]))
    distance, wind = np.full(shape, np.inf), np.full(shape, np.nan)
    times = np.full(shape, np.datetime64("NaT"), dtype="datetime64[s]")
    for place, (lat, lon) in enumerate(zip(*places, strict=True)):
        found = site_events(
            path, HazardSite("", float(lat), float(lon)), settings.radius_km, settings.wind
        )
        distance[found.storm, place] = found.distance_km
        wind[found.storm, place] = found.wind_ms
        times[found.storm, place] = found.times
    damage = np.zeros(shape)
    if curve is not None:
        known = np.isfinite(wind)
        factor = conversion(settings.recorded, curve.averaging, settings.exposure)
        damage[known] = damage_at(wind[known] * factor, (curve.wind_ms, curve.damage))
    return Hits(distance, wind, damage, times)


def one_storm(path: HourlyPath, storm: int) -> HourlyPath:
    """Return the positions of one storm, which then is number 0."""
    rows = np.flatnonzero(path.storm == storm)
    own = {name: getattr(path, name)[rows] for name in HourlyPath.__slots__}
    return HourlyPath(**(own | {"storm": np.zeros(len(rows), dtype=np.int64)}))
