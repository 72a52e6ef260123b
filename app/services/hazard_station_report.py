"""What a station series or the bulletins of red tides say: years, extremes, number, trend."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from app.finance.case.cover.index_tables import Measure
from app.finance.errors import DomainError
from app.finance.insurance.hazard_gev import GevFit, fit_gev, gev_return_levels
from app.finance.insurance.hazard_levels import RETURN_YEARS, ReturnLevel
from app.finance.insurance.hazard_study import EventStudy, Refusal, study_events
from app.finance.insurance.hazard_tracks import Floats, Ints, years_of
from app.finance.insurance.hazard_trend import RankTrend, mann_kendall
from app.services.hazard_red_tides import RedTideFile
from app.services.hazard_source import Progress, refused, say_nothing
from app.services.hazard_stations import StationFile

WHOLE_YEAR_SHARE = 0.9
"""House convention: a year counts when nine tenths of its days have a reading."""
APART_DAYS = 3
"""House convention: days beyond the threshold less than this apart are one event."""
LOWEST = (Measure.AIR_TEMPERATURE_MIN,)
"""Measures whose extreme is the lowest value."""


@dataclass(frozen=True, slots=True)
class StationSeries:
    """One measure at one station.

    Attributes:
        years: years with readings on nine tenths of their days; extremes: highest reading of
            each (lowest of a lowest temperature).
        years_left_out: years between with fewer readings or none.
        gev: law of the yearly extremes, or `gev_refused`; `levels` of it.
        trend: of the yearly extremes.
        study: events at or above the threshold, where one is given.
    """

    station: str
    measure: Measure
    readings: int
    first: str
    last: str
    years: tuple[int, ...]
    extremes: tuple[float, ...]
    years_left_out: tuple[int, ...]
    gev: GevFit | None
    gev_refused: Refusal | None
    levels: tuple[ReturnLevel, ...]
    trend: RankTrend | None
    study: EventStudy | None


def analyse_station(
    file: StationFile,
    station: str,
    measure: Measure,
    threshold: float | None = None,
    return_years: Sequence[float] = RETURN_YEARS,
) -> StationSeries:
    """Study one measure of a station: its yearly extremes, and events at or above a threshold.

    Raises:
        CaseRefused: `hazard_unknown_station`, `hazard_no_readings`, or `hazard_only_above` for
            events of a lowest temperature.
    """
    if station not in file.stations:
        raise refused(file.file, "hazard_unknown_station", station, known=list(file.stations))
    if measure not in file.readings:
        known = [held.value for held in file.readings]
        raise refused(file.file, "hazard_no_readings", measure.value, known=known)
    days, values = file.series(station, measure)
    if not len(days):
        known = [held.value for held in file.readings]
        raise refused(file.file, "hazard_no_readings", measure.value, known=known)
    sign = -1.0 if measure in LOWEST else 1.0
    values = values * sign
    held = years_of(days)
    whole, left_out = _whole_years(held)
    extremes = np.array([values[held == year].max() for year in whole])
    gev, gev_refused, levels = _gev(extremes, sign, return_years)
    study = None
    if threshold is not None and len(whole):
        if sign < 0:
            raise refused(file.file, "hazard_only_above", measure.value)
        study = _study(days, values, whole, threshold, return_years)
    return StationSeries(
        station=station,
        measure=measure,
        readings=len(days),
        first=str(days[0]),
        last=str(days[-1]),
        years=tuple(int(year) for year in whole),
        extremes=tuple(float(value * sign) for value in extremes),
        years_left_out=tuple(int(year) for year in left_out),
        gev=gev,
        gev_refused=gev_refused,
        levels=levels,
        trend=_trend(whole, extremes * sign),
        study=study,
    )


def _whole_years(held: Ints) -> tuple[Ints, Ints]:
    span = np.arange(held.min(), held.max() + 1)
    counts = np.array([np.count_nonzero(held == year) for year in span])
    whole = counts >= WHOLE_YEAR_SHARE * 365
    return span[whole], span[~whole]


def _gev(
    extremes: Floats, sign: float, return_years: Sequence[float]
) -> tuple[GevFit | None, Refusal | None, tuple[ReturnLevel, ...]]:
    """Fit the yearly extremes; levels of a lowest value come back with their own sign."""
    try:
        fit = fit_gev(extremes)
        levels = gev_return_levels(extremes, fit, return_years)
    except DomainError as error:
        return None, Refusal(error.code, error.facts), ()
    if sign < 0:
        levels = tuple(
            ReturnLevel(one.years, -one.level, -one.high, -one.low, one.reached, one.open_above)
            for one in levels
        )
    return fit, None, levels


def _trend(years: Ints, extremes: Floats) -> RankTrend | None:
    try:
        return mann_kendall(years.tolist(), extremes.tolist())
    except DomainError:
        return None


def _study(
    days: NDArray[np.datetime64],
    values: Floats,
    years: Ints,
    threshold: float,
    return_years: Sequence[float],
) -> EventStudy:
    """Study events: days beyond the threshold less than three days apart are one, its peak."""
    inside = np.isin(years_of(days), years)
    days, values = days[inside], values[inside]
    above = np.flatnonzero(values >= threshold)
    peaks: list[int] = []
    if len(above):
        breaks = np.diff(days[above]).astype(np.int64) >= APART_DAYS
        runs = np.split(above, np.flatnonzero(breaks) + 1)
        peaks = [int(run[np.argmax(values[run])]) for run in runs]
    at = np.array(peaks, dtype=np.int64)
    return study_events(
        [int(year) for year in years],
        years_of(days[at]),
        values[at],
        threshold,
        when=1970.0 + days[at].astype(np.int64) / 365.2425,
        return_years=return_years,
    )


@dataclass(frozen=True, slots=True)
class RedTideStudy:
    """What bulletins of red tides say.

    Attributes:
        study: number a year, and area at or above the threshold in km².
        toxic: red tides said to be toxic; without_area: those without an area.
        mean_days: mean length, first and last day counted.
        by_month: number by the month they began in.
        species: species by number, the most frequent first.
    """

    study: EventStudy
    tides: int
    toxic: int
    without_area: int
    mean_days: float
    by_month: tuple[int, ...]
    species: tuple[tuple[str, int], ...]


def analyse_red_tides(
    file: RedTideFile,
    threshold_km2: float = 0.0,
    first_year: int | None = None,
    last_year: int | None = None,
    return_years: Sequence[float] = RETURN_YEARS,
) -> RedTideStudy:
    """Study the bulletins; years without a bulletin count as years without a red tide.

    A red tide without an area counts as below any threshold above 0.

    Raises:
        CaseRefused: `hazard_years`, the years hold no red tide.
    """
    held = [tide.first.year for tide in file.tides]
    first = first_year if first_year is not None else min(held)
    last = last_year if last_year is not None else max(held)
    tides = [tide for tide in file.tides if first <= tide.first.year <= last]
    if not tides:
        known = {"first": str(min(held)), "last": str(max(held))}
        raise refused("years", "hazard_years", f"{first}-{last}", **known)
    blank = 0.0 if threshold_km2 <= 0 else np.nan
    areas = np.array([blank if tide.area_km2 is None else tide.area_km2 for tide in tides])
    counts: dict[str, int] = {}
    for tide in tides:
        if tide.species:
            counts[tide.species] = counts.get(tide.species, 0) + 1
    return RedTideStudy(
        study=study_events(
            range(first, last + 1),
            np.array([tide.first.year for tide in tides]),
            areas,
            threshold_km2,
            when=np.array(
                [tide.first.year + tide.first.timetuple().tm_yday / 366 for tide in tides]
            ),
            return_years=return_years,
        ),
        tides=len(tides),
        toxic=sum(tide.toxic is True for tide in tides),
        without_area=sum(tide.area_km2 is None for tide in tides),
        mean_days=float(np.mean([(tide.last - tide.first).days + 1 for tide in tides])),
        by_month=tuple(sum(tide.first.month == month for tide in tides) for month in range(1, 13)),
        species=tuple(sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))),
    )


def analyse_file(
    file: StationFile,
    station: str | None = None,
    measure: str | None = None,
    threshold: float | None = None,
    progress: Progress = say_nothing,
) -> list[StationSeries]:
    """Study the stations and measures of a file that have readings, or those that are named.

    `progress` hears series done and their number; what it raises ends the work.

    Raises:
        CaseRefused: as `analyse_station`; a name that is no measure is refused like one without
            readings.
    """
    known = [held.value for held in file.readings]
    if measure is not None and measure not in known:
        raise refused(file.file, "hazard_no_readings", measure, known=known)
    named = station is not None and measure is not None
    places = file.stations if station is None else (station,)
    kinds = tuple(file.readings) if measure is None else (Measure(measure),)
    found = []
    for number, (place, kind) in enumerate(product(places, kinds)):
        progress(number, len(places) * len(kinds))
        if place in file.stations and not named and not len(file.series(place, kind)[0]):
            continue
        only = threshold if measure is not None else None
        found.append(analyse_station(file, place, kind, only))
    return found
