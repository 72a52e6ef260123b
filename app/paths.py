"""Where files are: shipped resources, and the user's data folder."""

import os
from functools import cache
from pathlib import Path

from platformdirs import user_data_path

APP_NAME = "BlueCarbonDesk"
HOME_VARIABLE = "BLUECARBON_HOME"


@cache
def resources() -> Path:
    """Return the folder of shipped resources: in a wheel beside the code, else in the tree."""
    inside = Path(__file__).parent / "_resources"
    return inside if inside.is_dir() else Path(__file__).parent.parent / "resources"


def data_folder() -> Path:
    """Return the folder of the book; `BLUECARBON_HOME` overrides the system's own place."""
    chosen = os.environ.get(HOME_VARIABLE)
    return Path(chosen) if chosen else user_data_path(APP_NAME, appauthor=False)
