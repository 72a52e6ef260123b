"""A made-up IBTrACS file: storms that pass a place in every season, every third one a second."""

from pathlib import Path

import numpy as np

HEAD = "SID,SEASON,BASIN,NAME,ISO_TIME,LAT,LON,WMO_WIND,WMO_PRES,WMO_AGENCY,TRACK_TYPE\n"
UNITS = " ,Year, , , ,degrees_north,degrees_east,kts,mb, ,\n"
NORTH, SOUTH = "North, 25.0, 119.0", "South, 22.0, 117.0"


def made_tracks(folder: Path, storms: int = 40) -> Path:
    """Write the file: two storms a year from 1980 on, the last year whole."""
    rng = np.random.default_rng(5)
    lines = []
    for storm in range(storms):
        year, day = 1980 + storm // 2, 1 + storm % 2 * 14
        low = 21.0 if storm % 3 == 0 else 24.0
        knots = 36.0 + rng.exponential(18.0)
        for step in range(8):
            north = low + step * (26.0 - low) / 7
            east = 116.0 + (north - 21.0) * 0.75
            when = f"{year}-08-{day + step // 4:02d} {step % 4 * 6:02d}:00:00"
            lines.append(
                f"S{storm:03d},{year},WP,STORM{storm},{when},{north:.2f},{east:.2f},"
                f"{knots:.0f},970,tokyo,main\n"
            )
    last = 1979 + storms // 2
    lines.append(f"Z,{last},WP,LATE,{last}-12-20 00:00:00,10,140,20,1000,tokyo,main\n")
    path = folder / "made.csv"
    path.write_text(HEAD + UNITS + "".join(lines), encoding="utf-8")
    return path
