"""Preferences of a person: language, text size, window. Nothing here changes a figure."""

import json
import os
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from platformdirs import user_config_path

from app.paths import APP_NAME, HOME_VARIABLE

VERSION = 1
POINT_SIZES = (9, 10, 11, 12, 14)


@dataclass(frozen=True, slots=True)
class Settings:
    """Saved preferences; empty `language` means that of the system."""

    language: str = ""
    font_points: int = 10
    geometry: str = ""


def settings_file() -> Path:
    """Return the file of the preferences; `BLUECARBON_HOME` names its folder."""
    home = os.environ.get(HOME_VARIABLE)
    folder = Path(home) if home else user_config_path(APP_NAME, appauthor=False)
    return folder / "settings.json"


def load_settings() -> Settings:
    """Read the preferences; a damaged file is set aside and the defaults are used."""
    path = settings_file()
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        known = {key: raw[key] for key in asdict(Settings()) if key in raw}
        settings = Settings(**known)
    except FileNotFoundError:
        return Settings()
    except (ValueError, TypeError, OSError):
        if path.exists():
            path.replace(path.with_suffix(".damaged.json"))
        return Settings()
    language = settings.language if settings.language in ("", "zh", "en") else ""
    points = settings.font_points if settings.font_points in POINT_SIZES else 10
    return replace(settings, language=language, font_points=points)


def save_settings(settings: Settings) -> None:
    """Write the preferences in one step."""
    path = settings_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    content = json.dumps({"version": VERSION, **asdict(settings)}, ensure_ascii=False, indent=2)
    part.write_text(content, encoding="utf-8")
    part.replace(path)
