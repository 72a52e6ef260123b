"""Where a book lies densest: the place around which most money stands within a radius."""

import numpy as np

from app.finance.insurance.hazard_tracks import Floats, great_circle_km

_AT_ONCE = 256
"""Places whose distances to all others are held together."""


def densest_place(
    lat_deg: Floats, lon_deg: Floats, yuan: Floats, radius_km: float
) -> tuple[int, float] | None:
    """Return the place with most money within a radius of it, and that money, yuan.

    Of several the first. None where no place holds money.

    Args:
        lat_deg: latitudes of the places, degrees WGS 84, shape (n,).
        lon_deg: longitudes, shape (n,).
        yuan: money at each place, not negative, shape (n,).
        radius_km: radius, km, above 0.
    """
    if not len(yuan) or float(yuan.max()) <= 0:
        return None
    sums = np.zeros(len(yuan))
    for start in range(0, len(yuan), _AT_ONCE):
        part = slice(start, start + _AT_ONCE)
        away = great_circle_km(lat_deg[part, None], lon_deg[part, None], lat_deg, lon_deg)
        sums[part] = np.where(away <= radius_km, yuan, 0.0).sum(axis=1)
    place = int(np.argmax(sums))
    return place, float(sums[place])
