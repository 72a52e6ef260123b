"""Where the small hazard files of the tests are, and the real tracks where a person has them."""

import os
from pathlib import Path

import pytest

HAZARD_FILES = Path(__file__).parent / "data" / "hazard"
TRACKS_VARIABLE = "BLUECARBON_TRACKS"
REAL_TRACKS = Path(os.environ.get(TRACKS_VARIABLE, ""))

needs_real_tracks = pytest.mark.skipif(
    not REAL_TRACKS.is_file(),
    reason=f"{TRACKS_VARIABLE} names no IBTrACS file of the Western Pacific",
)
