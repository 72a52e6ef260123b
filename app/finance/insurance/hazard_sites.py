"""Storms near a site: which, when, how near, how strong; counted by year."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from app.finance.insurance.hazard_tracks import (
    EARTH_RADIUS_KM,
    Floats,
    HourlyPath,
    Ints,
    Times,
    great_circle_km,
    years_of,
)
from app.finance.insurance.hazard_wind import site_share
from app.finance.text import N_


class SiteWind(StrEnum):
    """Which wind of a storm counts at a site."""

    INSIDE = "inside"
    NEAREST = "nearest"
    HOLLAND = "holland"


SITE_WIND_LABELS = {
    SiteWind.INSIDE: N_("highest wind of the storm while it is within the radius"),
    SiteWind.NEAREST: N_("wind of the storm where it is nearest to the site"),
    SiteWind.HOLLAND: N_(
        "wind at the site: recorded wind times the profile of Holland (1980), B by Holland "
        "(2008), radius of the highest wind by Vickery and Wadhera (2008)"
    ),
}


@dataclass(frozen=True, slots=True)
class HazardSite:
    """A place, in degrees WGS 84."""

    name: str
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True, eq=False)
class SiteEvents:
    """The storms that came near a site, in the order of time.

    Attributes:
        storm: number of the storm in its tracks.
        times: UTC, when the storm was nearest.
        distance_km: from its centre then.
        wind_ms: the wind that counts, NaN where the source has none.
    """

    storm: Ints
    times: Times
    distance_km: Floats
    wind_ms: Floats

    @property
    def years(self) -> Ints:
        return years_of(self.times)

    def at_least(self, wind_ms: float) -> "SiteEvents":
        """Return the storms whose wind is the given one or more; those without a wind are not."""
        return self._chosen(np.flatnonzero(self.wind_ms >= wind_ms))

    def in_years(self, years: Ints) -> "SiteEvents":
        return self._chosen(np.flatnonzero(np.isin(self.years, years)))

    def _chosen(self, places: Ints) -> "SiteEvents":
        return SiteEvents(
            self.storm[places],
            self.times[places],
            self.distance_km[places],
            self.wind_ms[places],
        )


def site_events(
    path: HourlyPath, site: HazardSite, radius_km: float, wind: SiteWind, factor: float = 1.0
) -> SiteEvents:
    """Return the storms whose centre came within the radius of a site.

    `factor` turns the recorded winds into those of another averaging time. A storm counts once,
    however often it comes back.
    """
    reach = np.degrees(radius_km / EARTH_RADIUS_KM) + 1e-9
    first = np.searchsorted(path.lat_deg, site.latitude - reach, side="left")
    last = np.searchsorted(path.lat_deg, site.latitude + reach, side="right")
    km = great_circle_km(
        site.latitude, site.longitude, path.lat_deg[first:last], path.lon_deg[first:last]
    )
    near = np.flatnonzero(km <= radius_km)
    rows, km = near + first, km[near]
    winds = path.wind_ms[rows] * factor
    if wind is SiteWind.HOLLAND:
        winds = winds * site_share(path, km, rows)
    return _by_storm(path, rows, km, winds, at_nearest=wind is SiteWind.NEAREST)


def _by_storm(
    path: HourlyPath, rows: Ints, km: Floats, winds: Floats, *, at_nearest: bool
) -> SiteEvents:
    """Return one event a storm: nearest position, and its wind or the highest of all."""
    order = np.lexsort((km, path.storm[rows]))
    storms, begins = np.unique(path.storm[rows][order], return_index=True)
    nearest = order[begins]
    if at_nearest or not len(storms):
        counted = winds[nearest]
    else:
        counted = np.fmax.reduceat(winds[order], begins)
    times = path.times[rows][nearest]
    by_time = np.argsort(times, kind="stable")
    return SiteEvents(storms[by_time], times[by_time], km[nearest][by_time], counted[by_time])
