"""The wind of a storm away from its centre, and winds of other averaging times."""

from enum import StrEnum

import numpy as np

from app.finance.insurance.hazard_tracks import Averaging, Floats, HourlyPath, Ints
from app.finance.text import N_

AMBIENT_HPA = 1010.0
"""Pressure outside the storm; house convention."""
AIR_KG_M3 = 1.15
"""Density of air of Holland (1980)."""
EARTH_TURN_S = 7.2921e-5
"""Rate of rotation of the earth, rad/s."""
LEAST_B, MOST_B = 1.0, 2.5
"""Range of B, Holland (1980)."""


class Exposure(StrEnum):
    """Where the wind is measured, in the words of WMO/TD-No. 1555."""

    AT_SEA = "at_sea"
    OFF_SEA = "off_sea"
    OFF_LAND = "off_land"
    IN_LAND = "in_land"


EXPOSURE_LABELS = {
    Exposure.AT_SEA: N_("at sea, more than 20 km off the coast"),
    Exposure.OFF_SEA: N_("at the coast, wind from the sea"),
    Exposure.OFF_LAND: N_("at the coast, wind from the land"),
    Exposure.IN_LAND: N_("inland, roughly open country"),
}

CONVERSION_SOURCE = N_(
    "Harper, Kepert, Ginger (2010), Guidelines for converting between various wind averaging "
    "periods in tropical cyclone conditions, WMO/TD-No. 1555, tables 1.1 and 1.2"
)
_FROM_ONE_MINUTE = {
    Exposure.AT_SEA: 0.93,
    Exposure.OFF_SEA: 0.90,
    Exposure.OFF_LAND: 0.87,
    Exposure.IN_LAND: 0.84,
}
"""10-minute over 1-minute highest mean wind, table 1.2."""
_GUST_OF_TEN_MINUTES = {
    Exposure.AT_SEA: 1.23,
    Exposure.OFF_SEA: 1.38,
    Exposure.OFF_LAND: 1.52,
    Exposure.IN_LAND: 1.66,
}
_TWO_OF_TEN_MINUTES = {
    Exposure.AT_SEA: 1.02,
    Exposure.OFF_SEA: 1.05,
    Exposure.OFF_LAND: 1.09,
    Exposure.IN_LAND: 1.12,
}
"""Highest 3-second and 2-minute wind over the 10-minute mean it is in, table 1.1."""


def to_ten_minutes(averaging: Averaging, exposure: Exposure) -> float:
    """Return what a wind is multiplied by to be a 10-minute mean (WMO/TD-No. 1555)."""
    if averaging is Averaging.ONE_MINUTE:
        return _FROM_ONE_MINUTE[exposure]
    if averaging is Averaging.TWO_MINUTES:
        return 1.0 / _TWO_OF_TEN_MINUTES[exposure]
    if averaging is Averaging.GUST:
        return 1.0 / _GUST_OF_TEN_MINUTES[exposure]
    return 1.0


def conversion(recorded: Averaging, wanted: Averaging, exposure: Exposure) -> float:
    """Return what a recorded wind is multiplied by to be of another averaging time."""
    if recorded is wanted:
        return 1.0
    return to_ten_minutes(recorded, exposure) / to_ten_minutes(wanted, exposure)


def holland_b(
    pressure_hpa: Floats, lat_deg: Floats, speed_ms: Floats, tendency_hpa_h: Floats
) -> Floats:
    """Return the shape B of the wind profile from central pressure, latitude and motion.

    b = -4.4e-5 Δp² + 0.01 Δp + 0.03 ∂p/∂t - 0.014 |φ| + 0.15 v^x + 1, x = 0.6 (1 - Δp/215),
    Δp in hPa, ∂p/∂t in hPa/h, v in m/s: Holland (2008), A revised hurricane pressure-wind model,
    Monthly Weather Review 136, equation 11. It is kept within 1 to 2.5.
    """
    drop = np.maximum(AMBIENT_HPA - pressure_hpa, 1.0)
    power = 0.6 * (1.0 - drop / 215.0)
    found = (
        -4.4e-5 * drop**2
        + 0.01 * drop
        + 0.03 * tendency_hpa_h
        - 0.014 * np.abs(lat_deg)
        + 0.15 * speed_ms**power
        + 1.0
    )
    return np.clip(found, LEAST_B, MOST_B)


def radius_of_maximum_km(pressure_hpa: Floats, lat_deg: Floats) -> Floats:
    """Return the radius of the highest wind: ln R = 3.015 - 6.291e-5 Δp² + 0.0337 |φ|.

    Vickery and Wadhera (2008), Statistical models of Holland pressure profile parameter and
    radius to maximum winds of hurricanes, Journal of Applied Meteorology and Climatology 47;
    fitted to hurricanes of the Atlantic and the Gulf of Mexico.
    """
    drop = np.maximum(AMBIENT_HPA - pressure_hpa, 1.0)
    found: Floats = np.exp(3.015 - 6.291e-5 * drop**2 + 0.0337 * np.abs(lat_deg))
    return found


def gradient_wind_ms(
    distance_km: Floats,
    radius_km: Floats,
    b: Floats,
    pressure_hpa: Floats,
    lat_deg: Floats,
) -> Floats:
    """Return the wind at a distance from the centre in m/s, Holland (1980), equation 4.

    V = √((B/ρ) (R/r)^B Δp exp(-(R/r)^B) + (r f/2)²) - r f/2, an analytic model of the wind and
    pressure profiles in hurricanes, Monthly Weather Review 108.
    """
    drop_pa = 100.0 * np.maximum(AMBIENT_HPA - pressure_hpa, 1.0)
    turning = distance_km * 1000.0 * EARTH_TURN_S * np.abs(np.sin(np.radians(lat_deg)))
    ratio = (radius_km / np.maximum(distance_km, 1e-6)) ** b
    found: Floats = np.sqrt(b / AIR_KG_M3 * ratio * drop_pa * np.exp(-ratio) + turning**2) - turning
    return found


def site_share(path: HourlyPath, at: Floats, rows: Ints) -> Floats:
    """Return the wind at a distance as a share of the highest wind of the storm, 0 to 1.

    The profile of Holland with B from central pressure gives the share, so the recorded wind
    keeps its averaging time. Inside the radius of the highest wind that wind counts: its ring
    passes over the site. A storm without a pressure has no share (NaN).
    """
    pressure, lat = path.pressure_hpa[rows], path.lat_deg[rows]
    b = holland_b(pressure, lat, path.speed_ms[rows], path.tendency_hpa_h[rows])
    radius = radius_of_maximum_km(pressure, lat)
    there = gradient_wind_ms(np.maximum(at, radius), radius, b, pressure, lat)
    return there / gradient_wind_ms(radius, radius, b, pressure, lat)
