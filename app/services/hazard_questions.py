"""What a person asks of hazard data, one declaration a question."""

from collections.abc import Mapping
from dataclasses import MISSING, dataclass
from enum import StrEnum
from functools import cache
from typing import Annotated, Any

from app.finance.case.cover.index_tables import MEASURE_CHOICES, Measure
from app.finance.fields import Field, FieldSpec
from app.finance.insurance.hazard_sites import SITE_WIND_LABELS, SiteWind
from app.finance.insurance.hazard_tracks import AVERAGING_LABELS, KNOT_MS, Averaging
from app.finance.insurance.hazard_wind import EXPOSURE_LABELS, Exposure
from app.i18n import N_
from app.services.hazard import MAX_RADIUS_KM
from app.services.hazard_headings import MEASURE_HEADINGS
from app.services.hazard_report import FORCE_8_MS, HazardChoice
from app.services.hazard_source import Agency

KM_UNITS = (("n mile", 1.852),)
_EARLIEST, _LATEST = 1800, 2200


class HazardKind(StrEnum):
    """What a hazard file holds."""

    TRACKS = "tracks"
    STATION = "station"
    TIDES = "tides"
    PLACES = "places"


KIND_LABELS = {
    HazardKind.TRACKS: N_("Best tracks of storms"),
    HazardKind.STATION: N_("Series of a station"),
    HazardKind.TIDES: N_("Bulletins of red tides"),
    HazardKind.PLACES: N_("Shipped table of storms, no file"),
}


class WindsAs(StrEnum):
    """Averaging time of the winds reported."""

    FILE = "file"
    GUST = "gust_3s"
    ONE_MINUTE = "mean_1min"
    TWO_MINUTES = "mean_2min"
    TEN_MINUTES = "mean_10min"


AGENCY_LABELS = {
    Agency.WMO: N_("WMO agency of the basin"),
    Agency.CMA: N_("CMA (China)"),
    Agency.TOKYO: N_("JMA (Tokyo)"),
    Agency.USA: N_("United States agencies"),
}


def choices(labels: Mapping[Any, str]) -> tuple[tuple[str, str], ...]:
    """Return labels by member as the choices of a field."""
    return tuple((member.value, label) for member, label in labels.items())


_SHORT_WINDS = {
    SiteWind.INSIDE: N_("highest within the radius"),
    SiteWind.NEAREST: N_("at the nearest position"),
    SiteWind.HOLLAND: N_("at the site, Holland (1980)"),
}


def wind_field(label: str, *order: SiteWind) -> Field:
    """Return the declaration of how the wind at a place is found."""
    names = tuple((one.value, _SHORT_WINDS[one]) for one in order)
    return Field(label, choices=names, help=SITE_WIND_LABELS[SiteWind.HOLLAND])


def agency_field(help_text: str) -> Field:
    """Return the declaration of whose winds count."""
    return Field(N_("Winds by"), choices=choices(AGENCY_LABELS), help=help_text)


SURROUNDINGS = Field(
    N_("Surroundings"),
    choices=choices(EXPOSURE_LABELS),
    help=N_("Decide the factor between two averaging times."),
)
"""The declaration of what winds blow over."""


def _year(label: str) -> Field:
    return Field(
        label, minimum=_EARLIEST, maximum=_LATEST, help=N_("Empty: all whole years of the file.")
    )


@dataclass(frozen=True, kw_only=True)
class StormQuestion:
    """Storms near sites."""

    sites: Annotated[
        str,
        Field(
            N_("Sites"),
            multiline=True,
            min_length=1,
            max_length=8000,
            help=N_("One a line: name, latitude, longitude in degrees WGS 84."),
        ),
    ]
    radius_km: Annotated[
        float,
        Field(
            N_("Radius"),
            "km",
            above=0,
            maximum=MAX_RADIUS_KM,
            other_units=KM_UNITS,
            help=N_("Storms whose centre comes as near to a site."),
        ),
    ] = 100.0
    threshold_ms: Annotated[
        float,
        Field(
            N_("Threshold"),
            "m/s",
            minimum=0,
            maximum=120,
            other_units=(("kn", KNOT_MS),),
            help=N_("Wind from which a storm counts; 17.2 m/s is force 8 (GB/T 28591-2012)."),
        ),
    ] = FORCE_8_MS
    wind: Annotated[
        SiteWind,
        wind_field(N_("Wind that counts"), SiteWind.INSIDE, SiteWind.NEAREST, SiteWind.HOLLAND),
    ] = SiteWind.INSIDE
    averaging: Annotated[
        WindsAs,
        Field(
            N_("Averaging time"),
            choices=(("file", N_("as in the file")), *choices(AVERAGING_LABELS)),
            help=N_("Winds of the file are turned into this one by WMO/TD-No. 1555."),
        ),
    ] = WindsAs.FILE
    exposure: Annotated[Exposure, SURROUNDINGS] = Exposure.OFF_SEA
    agency: Annotated[
        Agency,
        agency_field(N_("Whose winds of an IBTrACS file count; a file of the CMA has its own.")),
    ] = Agency.WMO
    first_year: Annotated[int | None, _year(N_("First year"))] = None
    last_year: Annotated[int | None, _year(N_("Last year"))] = None

    def choice(self) -> HazardChoice:
        """Return what is looked for in the tracks."""
        wanted = None if self.averaging is WindsAs.FILE else Averaging(self.averaging.value)
        return HazardChoice(
            radius_km=self.radius_km,
            threshold_ms=self.threshold_ms,
            wind=self.wind,
            averaging=wanted,
            exposure=self.exposure,
            first_year=self.first_year,
            last_year=self.last_year,
        )


@dataclass(frozen=True, kw_only=True)
class StationQuestion:
    """One measure of a station."""

    measure: Annotated[
        Measure | None,
        Field(
            N_("Measured"),
            choices=tuple(one for one in MEASURE_CHOICES if one[0] in MEASURE_HEADINGS),
            default_source=N_("every measure of the file"),
        ),
    ] = None
    station: Annotated[
        str,
        Field(N_("Weather station"), max_length=120, help=N_("Empty: every station of the file.")),
    ] = ""
    threshold: Annotated[
        float | None,
        Field(
            N_("Threshold"),
            minimum=-100,
            maximum=10**6,
            help=N_(
                "Reading from which a day is an event, in the unit of the measure; days less than "
                "3 apart are one event. It needs a measure. Empty: yearly extremes only."
            ),
        ),
    ] = None


@dataclass(frozen=True, kw_only=True)
class TideQuestion:
    """Red tides of bulletins."""

    threshold_km2: Annotated[
        float,
        Field(
            N_("Threshold"),
            "km2",
            minimum=0,
            maximum=10**6,
            help=N_("Area from which a red tide counts; 0 counts those without an area too."),
        ),
    ] = 0.0
    first_year: Annotated[int | None, _year(N_("First year"))] = None
    last_year: Annotated[int | None, _year(N_("Last year"))] = None


@dataclass(frozen=True, kw_only=True)
class PlaceQuestion:
    """A coastal place of the shipped table of storms."""

    place: Annotated[
        str,
        Field(
            N_("Place"),
            min_length=1,
            max_length=80,
            help=N_("Counted from best tracks by this program; the place nearest to the sites."),
        ),
    ]
    averaging: Annotated[
        WindsAs,
        Field(
            N_("Averaging time"),
            choices=(("file", N_("as in the table")), *choices(AVERAGING_LABELS)),
            help=N_("Threshold and scale are turned into this one by WMO/TD-No. 1555."),
        ),
    ] = WindsAs.FILE
    exposure: Annotated[Exposure, SURROUNDINGS] = Exposure.OFF_SEA


QUESTIONS: dict[HazardKind, type] = {
    HazardKind.TRACKS: StormQuestion,
    HazardKind.STATION: StationQuestion,
    HazardKind.TIDES: TideQuestion,
    HazardKind.PLACES: PlaceQuestion,
}
FIELD_OF = {
    "hazard_radius": "radius_km",
    "hazard_threshold": "threshold_ms",
    "hazard_years": "first_year",
    "hazard_site_line": "sites",
    "hazard_no_agency": "agency",
    "hazard_unknown_station": "station",
    "hazard_no_readings": "measure",
    "hazard_only_above": "threshold",
    "hazard_threshold_measure": "measure",
}
"""Field of a question by the code of what a study refuses."""


@cache
def question_table(kind: type) -> FieldSpec:
    """Return the declaration of a question, as a table of a case is declared."""
    return FieldSpec("question", "question", Field(""), kind, False, True, False, MISSING)
