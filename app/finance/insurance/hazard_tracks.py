"""Tracks of tropical cyclones as arrays, and their positions from hour to hour."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from app.finance.text import N_

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Times = NDArray[np.datetime64]

KNOT_MS = 1852 / 3600
"""One knot in m/s, by definition of the nautical mile."""
LONGEST_GAP_HOURS = 24.0
"""House convention: positions further apart in time are not joined."""


class Averaging(StrEnum):
    """Time over which a wind is averaged; they are not the same wind."""

    GUST = "gust_3s"
    ONE_MINUTE = "mean_1min"
    TWO_MINUTES = "mean_2min"
    TEN_MINUTES = "mean_10min"


AVERAGING_LABELS = {
    Averaging.GUST: N_("3-second gust"),
    Averaging.ONE_MINUTE: N_("1-minute mean"),
    Averaging.TWO_MINUTES: N_("2-minute mean"),
    Averaging.TEN_MINUTES: N_("10-minute mean"),
}


@dataclass(frozen=True, slots=True, eq=False)
class Tracks:
    """Recorded positions of storms; storm s has the places offsets[s] to offsets[s + 1].

    Attributes:
        ids: name of each storm in its source, each once.
        names: what the storm was called, "" for none.
        offsets: first place of each storm, and the number of places at the end.
        times: UTC, rising within a storm.
        lat_deg: degrees north; lon_deg: degrees east, in whatever turn.
        wind_ms: highest mean wind near the centre, NaN where the source has none.
        pressure_hpa: at the centre, NaN where the source has none.
        averaging: of the winds.
    """

    ids: tuple[str, ...]
    names: tuple[str, ...]
    offsets: Ints
    times: Times
    lat_deg: Floats
    lon_deg: Floats
    wind_ms: Floats
    pressure_hpa: Floats
    averaging: Averaging

    @property
    def storm_of(self) -> Ints:
        """Number of the storm each place belongs to."""
        return np.repeat(np.arange(len(self.ids)), np.diff(self.offsets))


@dataclass(frozen=True, slots=True, eq=False)
class HourlyPath:
    """Positions of all storms at most one hour apart, sorted by latitude.

    `speed_ms` is that of the centre, `tendency_hpa_h` the change of its pressure.
    """

    storm: Ints
    times: Times
    lat_deg: Floats
    lon_deg: Floats
    wind_ms: Floats
    pressure_hpa: Floats
    speed_ms: Floats
    tendency_hpa_h: Floats


def years_of(times: Times) -> Ints:
    """Return the calendar years (UTC) of times."""
    return times.astype("datetime64[Y]").astype(np.int64) + 1970


def _turned(difference: Floats) -> Floats:
    """Return differences of longitude within half a turn, in degrees."""
    return (difference + 180.0) % 360.0 - 180.0


def hourly_path(tracks: Tracks) -> HourlyPath:
    """Return positions at most an hour apart: straight lines between recorded ones.

    Latitude, longitude, wind and pressure run in straight lines in time. Between a recorded
    wind and a missing one there is none, nor across more than 24 hours. The first and last
    positions of a storm are among them.
    """
    storm = tracks.storm_of
    hours = tracks.times.astype("datetime64[s]").astype(np.float64) / 3600.0
    here = np.arange(len(storm) - 1)
    gap = np.diff(hours)
    joined = here[(storm[:-1] == storm[1:]) & (gap > 0) & (gap <= LONGEST_GAP_HOURS)]
    pieces = np.ceil(gap[joined] - 1e-9).astype(np.int64)
    start = np.repeat(joined, pieces)
    step = np.arange(len(start)) - np.repeat(np.cumsum(pieces) - pieces, pieces)
    part = step / np.repeat(pieces, pieces)
    alone = np.setdiff1d(np.arange(len(storm)), joined)
    start = np.concatenate([start, alone])
    part = np.concatenate([part, np.zeros(len(alone))])
    end = np.minimum(start + (part > 0), len(storm) - 1)

    def between(values: Floats) -> Floats:
        found: Floats = np.where(
            part > 0, values[start] + part * (values[end] - values[start]), values[start]
        )
        return found

    speed, tendency = _motion(tracks, hours)
    turn = _turned(tracks.lon_deg[end] - tracks.lon_deg[start])
    found = HourlyPath(
        storm=storm[start],
        times=np.round(between(hours) * 3600).astype("datetime64[s]"),
        lat_deg=between(tracks.lat_deg),
        lon_deg=tracks.lon_deg[start] + part * turn,
        wind_ms=between(tracks.wind_ms),
        pressure_hpa=between(tracks.pressure_hpa),
        speed_ms=speed[start],
        tendency_hpa_h=tendency[start],
    )
    order = np.argsort(found.lat_deg, kind="stable")
    return HourlyPath(*(getattr(found, name)[order] for name in HourlyPath.__slots__))


def _motion(tracks: Tracks, hours: Floats) -> tuple[Floats, Floats]:
    """Return speed (m/s) and change of pressure (hPa/h) from each place to the next.

    The last place of a storm, or before a gap, has those of the stretch that ends there. Both
    are 0 for a place alone and where a pressure is missing.
    """
    storm = tracks.storm_of
    speed, tendency = np.zeros(len(storm)), np.zeros(len(storm))
    if len(storm) < 2:
        return speed, tendency
    gap = np.diff(hours)
    near = (storm[:-1] == storm[1:]) & (gap > 0) & (gap <= LONGEST_GAP_HOURS)
    span = np.where(near, gap, 1.0)
    km = great_circle_km(
        tracks.lat_deg[:-1], tracks.lon_deg[:-1], tracks.lat_deg[1:], tracks.lon_deg[1:]
    )
    speed[:-1] = np.where(near, km / span / 3.6, 0.0)
    change = np.diff(tracks.pressure_hpa) / span
    tendency[:-1] = np.where(near & np.isfinite(change), change, 0.0)
    ends = np.flatnonzero(near & ~np.append(near[1:], False)) + 1
    speed[ends], tendency[ends] = speed[ends - 1], tendency[ends - 1]
    return speed, tendency


EARTH_RADIUS_KM = 6371.0088
"""Mean radius of the earth (IUGG, Moritz 1980)."""


def great_circle_km(
    lat_deg: Floats | float,
    lon_deg: Floats | float,
    other_lat_deg: Floats | float,
    other_lon_deg: Floats | float,
) -> Floats:
    """Return distances on a sphere in km by the haversine formula (Sinnott 1984).

    Of the distance on the ellipsoid it differs by at most 0.6 %.
    """
    first, second = np.radians(lat_deg), np.radians(other_lat_deg)
    across = np.sin((second - first) / 2) ** 2
    along = np.sin(np.radians(np.subtract(other_lon_deg, lon_deg)) / 2) ** 2
    found: Floats = (
        2
        * EARTH_RADIUS_KM
        * np.arcsin(np.sqrt(np.minimum(1.0, across + np.cos(first) * np.cos(second) * along)))
    )
    return found
