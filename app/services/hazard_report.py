"""The records of a hazard report: what was looked for, found and assumed."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from app.finance.insurance.hazard_levels import RETURN_YEARS
from app.finance.insurance.hazard_sites import HazardSite, SiteWind
from app.finance.insurance.hazard_study import EventStudy
from app.finance.insurance.hazard_tracks import Averaging
from app.finance.insurance.hazard_wind import Exposure
from app.i18n import Translator

FORCE_8_MS = 17.2
"""Lower bound of wind force 8, GB/T 28591-2012."""


@dataclass(frozen=True, slots=True)
class HazardChoice:
    """What is looked for, and which wind counts.

    Attributes:
        radius_km: storms whose centre comes as near; threshold_ms: wind that counts as an event.
        wind: which wind of a storm counts at the site.
        averaging: of the winds reported; None for that of the file.
        exposure: for the conversion between averaging times.
        first_year, last_year: None for all years of the file that are whole.
    """

    radius_km: float = 100.0
    threshold_ms: float = FORCE_8_MS
    wind: SiteWind = SiteWind.INSIDE
    averaging: Averaging | None = None
    exposure: Exposure = Exposure.OFF_SEA
    first_year: int | None = None
    last_year: int | None = None
    return_years: tuple[float, ...] = RETURN_YEARS


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence: its message id and what stands in it; texts under `tr_` are translated."""

    text: str
    facts: dict[str, Any] = field(default_factory=dict)

    def said(self, tr: Translator) -> str:
        facts = {
            name: tr(value) if name.startswith("tr_") else value
            for name, value in self.facts.items()
        }
        return tr(self.text).format(**facts)


@dataclass(frozen=True, slots=True)
class StormEvent:
    """One storm near a site; `wind_ms` is None where the file has none."""

    storm: str
    name: str
    day: date
    distance_km: float
    wind_ms: float | None


@dataclass(frozen=True, slots=True)
class SiteHazard:
    """The storms of one site and what they say.

    `without_wind` counts storms within the radius without any wind there: no events.
    """

    site: HazardSite
    events: tuple[StormEvent, ...]
    study: EventStudy
    without_wind: int


@dataclass(frozen=True, slots=True)
class Gaps:
    """What the history does not hold.

    Attributes:
        years_without_data: without any position; years_without_wind: without any wind. Neither
            counts as a year without an event.
        year_left_out: last year of the file, when it ends before December.
        missing_wind_share: of the positions of the years looked at.
    """

    years_without_data: tuple[int, ...]
    years_without_wind: tuple[int, ...]
    year_left_out: int | None
    missing_wind_share: float


@dataclass(frozen=True, slots=True)
class HazardReport:
    """Sites held against a track file."""

    file: str
    digest: str
    kind: str
    wind_column: str
    choice: HazardChoice
    averaging: Averaging
    factor: float
    years: tuple[int, ...]
    gaps: Gaps
    assumptions: tuple[Said, ...]
    sites: tuple[SiteHazard, ...]
