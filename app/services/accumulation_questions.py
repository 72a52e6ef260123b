"""What a person asks of one event on the whole book, one declaration a kind of event."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated

from app.finance.fields import Field
from app.finance.insurance.accumulation_events import WindAtSites, WindCurve
from app.finance.insurance.accumulation_results import Accumulation
from app.finance.insurance.hazard_sites import SiteWind
from app.finance.insurance.hazard_tracks import AVERAGING_LABELS, Averaging
from app.finance.insurance.hazard_wind import Exposure
from app.i18n import N_
from app.services import accumulate, accumulate_storms
from app.services.accumulate import MAX_RADIUS_KM
from app.services.accumulate_choices import reported_event, shipped_curve, typed_curve
from app.services.accumulate_storms import StormChoice
from app.services.accumulation import AccumulationBook
from app.services.hazard import MAX_RADIUS_KM as MOST_STORM_KM
from app.services.hazard_questions import (
    KM_UNITS,
    SURROUNDINGS,
    agency_field,
    choices,
    wind_field,
)
from app.services.hazard_source import Agency, Progress, TrackFile


class EventKind(StrEnum):
    """What is put on the book."""

    REPORTED = "reported"
    STORM = "storm"
    WORST_AT = "worst_at"
    WORST = "worst"
    FOOTPRINT = "footprint"


KIND_LABELS = {
    EventKind.REPORTED: N_("An event as it was reported"),
    EventKind.STORM: N_("A storm of the tracks again"),
    EventKind.WORST_AT: N_("The worst storm of a place again"),
    EventKind.WORST: N_("The storm that would cost this book most"),
    EventKind.FOOTPRINT: N_("Own footprint: place, radius, damage"),
}
ON_TRACKS = (EventKind.STORM, EventKind.WORST_AT, EventKind.WORST)
"""Events that are looked for in a track file."""


class Reported(StrEnum):
    """Events of the register of payouts."""

    GAEMI = "gaemi-2024"


def _degrees(label: str, most: float, help_text: str) -> Field:
    return Field(label, "deg", minimum=-most, maximum=most, help=help_text)


_LATITUDE = _degrees(N_("Latitude"), 90, N_("Degrees, WGS 84, north positive."))
_LONGITUDE = _degrees(N_("Longitude"), 180, N_("Degrees, WGS 84, east positive."))


@dataclass(frozen=True, kw_only=True)
class BookQuestion(ABC):
    """Every event: the day of the book."""

    day: Annotated[
        date | None,
        Field(
            N_("Day of the book"),
            help=N_("Policies in force and debts of this day. Empty: today."),
        ),
    ] = None

    @abstractmethod
    def put_on(
        self, book: AccumulationBook, tracks: TrackFile | None, progress: Progress
    ) -> Accumulation:
        """Return the book under the event."""


@dataclass(frozen=True, kw_only=True)
class ReportedQuestion(BookQuestion):
    """The share of the cover that was paid for a real event."""

    event: Annotated[
        Reported,
        Field(
            N_("Reported event"),
            choices=(("gaemi-2024", N_("typhoon Gaemi, July 2024, Fujian")),),
            help=N_("From the register of payouts, with its source."),
        ),
    ] = Reported.GAEMI

    def put_on(
        self, book: AccumulationBook, tracks: TrackFile | None, progress: Progress
    ) -> Accumulation:
        """Return the book under the event."""
        return accumulate.at_reported(book, reported_event(self.event.value))


@dataclass(frozen=True, kw_only=True)
class FootprintQuestion(BookQuestion):
    """The same damage at every place within a radius."""

    latitude: Annotated[float, _LATITUDE]
    longitude: Annotated[float, _LONGITUDE]
    radius_km: Annotated[
        float, Field(N_("Radius"), "km", above=0, maximum=MAX_RADIUS_KM, other_units=KM_UNITS)
    ]
    damage: Annotated[
        float,
        Field(
            N_("Damage"),
            "share",
            minimum=0,
            maximum=1,
            percent=True,
            help=N_("Of the value on risk at every place within the radius."),
        ),
    ]
    month: Annotated[
        int | None,
        Field(
            N_("Month of the event"),
            minimum=1,
            maximum=12,
            help=N_("Value on risk of this month. Empty: that of the day of the book."),
        ),
    ] = None

    def put_on(
        self, book: AccumulationBook, tracks: TrackFile | None, progress: Progress
    ) -> Accumulation:
        """Return the book under the event."""
        return accumulate.at_footprint(
            book,
            latitude=self.latitude,
            longitude=self.longitude,
            radius_km=self.radius_km,
            damage=self.damage,
            month=self.month,
        )


@dataclass(frozen=True, kw_only=True)
class WindQuestion(BookQuestion):
    """How the wind at a place is found, and what damage it does."""

    curve: Annotated[
        str,
        Field(
            N_("Damage curve"),
            max_length=60,
            help=N_("Without one only index covers that read the wind are paid."),
        ),
    ] = ""
    curve_points: Annotated[
        str,
        Field(
            N_("Own curve"),
            max_length=2000,
            help=N_("Wind in m/s and damage in pairs, such as 20 0; 40 0.5; it goes first."),
        ),
    ] = ""
    averaging: Annotated[
        Averaging | None,
        Field(
            N_("Winds of the curve"),
            choices=choices(AVERAGING_LABELS),
            default_source=N_("as its publication says"),
            help=N_("Averaging time of the winds that the curve reads; an own curve needs one."),
        ),
    ] = None
    wind: Annotated[
        SiteWind,
        wind_field(N_("Wind at a place"), SiteWind.HOLLAND, SiteWind.NEAREST, SiteWind.INSIDE),
    ] = SiteWind.HOLLAND
    radius_km: Annotated[
        float,
        Field(
            N_("Radius"),
            "km",
            above=0,
            maximum=MOST_STORM_KM,
            other_units=KM_UNITS,
            help=N_("Storms further off do nothing."),
        ),
    ] = 300.0
    exposure: Annotated[Exposure, SURROUNDINGS] = Exposure.OFF_SEA
    agency: Annotated[
        Agency,
        agency_field(N_("Whose winds of an IBTrACS file count, when one is read.")),
    ] = Agency.WMO

    def storms(self, tracks: TrackFile) -> StormChoice:
        """Return tracks, wind and curve as chosen.

        Raises:
            CaseRefused: a curve that is none, or without an averaging time.
        """
        curve: WindCurve | None = None
        if self.curve_points:
            curve = typed_curve(self.curve_points, self.averaging)
        elif self.curve:
            curve = shipped_curve(self.curve, self.averaging)
        settings = WindAtSites(tracks.tracks.averaging, self.wind, self.radius_km, self.exposure)
        return StormChoice(tracks, settings, curve, self.curve_points or self.curve)


@dataclass(frozen=True, kw_only=True)
class StormQuestion(WindQuestion):
    """A storm of the tracks again."""

    storm: Annotated[
        str,
        Field(
            N_("Storm"),
            min_length=1,
            max_length=60,
            help=N_("Its name or its number in the tracks; part of it is searched for."),
        ),
    ]
    year: Annotated[
        int | None,
        Field(
            N_("Year of the storm"),
            minimum=1800,
            maximum=2200,
            help=N_("Where several storms bear the name."),
        ),
    ] = None

    def put_on(
        self, book: AccumulationBook, tracks: TrackFile | None, progress: Progress
    ) -> Accumulation:
        """Return the book under the event."""
        choice = self.storms(_there(tracks))
        return accumulate_storms.at_storm(book, choice, self.storm, self.year)


@dataclass(frozen=True, kw_only=True)
class WorstAtQuestion(WindQuestion):
    """The storm with the strongest wind at a place again."""

    latitude: Annotated[float, _LATITUDE]
    longitude: Annotated[float, _LONGITUDE]

    def put_on(
        self, book: AccumulationBook, tracks: TrackFile | None, progress: Progress
    ) -> Accumulation:
        """Return the book under the event."""
        choice = self.storms(_there(tracks))
        return accumulate_storms.at_worst_of_site(book, choice, self.latitude, self.longitude)


@dataclass(frozen=True, kw_only=True)
class WorstQuestion(WindQuestion):
    """The storm that would cost the book most."""

    def put_on(
        self, book: AccumulationBook, tracks: TrackFile | None, progress: Progress
    ) -> Accumulation:
        """Return the book under the event."""
        return accumulate_storms.at_worst_of_book(book, self.storms(_there(tracks)), progress)


QUESTIONS: dict[EventKind, type] = {
    EventKind.REPORTED: ReportedQuestion,
    EventKind.STORM: StormQuestion,
    EventKind.WORST_AT: WorstAtQuestion,
    EventKind.WORST: WorstQuestion,
    EventKind.FOOTPRINT: FootprintQuestion,
}


def _there(tracks: TrackFile | None) -> TrackFile:
    if tracks is None:
        raise accumulate.refuse("FILE", "hazard_nothing_kept")
    return tracks
