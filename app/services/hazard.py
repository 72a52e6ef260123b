"""Storms near sites from a track file: events, frequency, return levels, trend, gaps."""

from collections.abc import Sequence
from datetime import date

import numpy as np

from app.finance.insurance.hazard_sites import (
    SITE_WIND_LABELS,
    HazardSite,
    SiteEvents,
    SiteWind,
    site_events,
)
from app.finance.insurance.hazard_study import study_events
from app.finance.insurance.hazard_tracks import (
    AVERAGING_LABELS,
    Averaging,
    HourlyPath,
    Ints,
    hourly_path,
    years_of,
)
from app.finance.insurance.hazard_wind import (
    CONVERSION_SOURCE,
    EXPOSURE_LABELS,
    conversion,
)
from app.i18n import N_
from app.services.hazard_report import (
    Gaps,
    HazardChoice,
    HazardReport,
    Said,
    SiteHazard,
    StormEvent,
)
from app.services.hazard_source import (
    LEFT_OUT,
    TRACK_KIND_LABELS,
    Progress,
    TrackFile,
    refused,
    say_nothing,
)

_COMPLETE_FROM_MONTH = 12
MAX_RADIUS_KM = 1000.0
_FEW = 0.05
"""Share of the winds below which a file is taken to hold none."""
_STEP_MS = 2.5 * 1852 / 3600
"""Half a step of recorded winds, which are multiples of 5 kn."""


def analyse(
    tracks: TrackFile,
    sites: Sequence[HazardSite],
    choice: HazardChoice | None = None,
    *,
    path: HourlyPath | None = None,
    progress: Progress = say_nothing,
) -> HazardReport:
    """Look for storms near sites and fit their number and wind.

    `path` is the hourly path of the tracks where it is known already. `progress` hears sites
    done and their number; what it raises ends the work.

    Raises:
        CaseRefused: no site, a place or radius that cannot be, or no year with winds.
    """
    choice = choice or HazardChoice()
    _check(tracks, sites, choice)
    years, gaps = _years(tracks, choice)
    wanted = choice.averaging or tracks.tracks.averaging
    factor = conversion(tracks.tracks.averaging, wanted, choice.exposure)
    path = path if path is not None else hourly_path(tracks.tracks)
    found = []
    for number, site in enumerate(sites):
        progress(number, len(sites))
        events = site_events(path, site, choice.radius_km, choice.wind, factor).in_years(years)
        found.append(_site(tracks, site, events, years, choice))
    progress(len(sites), len(sites))
    return HazardReport(
        file=tracks.file,
        digest=tracks.digest,
        kind=tracks.kind.value,
        wind_column=tracks.wind_column,
        choice=choice,
        averaging=wanted,
        factor=factor,
        years=tuple(int(year) for year in years),
        gaps=gaps,
        assumptions=_assumptions(tracks, choice, wanted, factor),
        sites=tuple(found),
    )


def _check(tracks: TrackFile, sites: Sequence[HazardSite], choice: HazardChoice) -> None:
    if not sites:
        raise refused("site", "hazard_no_site")
    for site in sites:
        if not (-90 <= site.latitude <= 90):
            raise refused(site.name, "latitude_range", site.latitude)
        if not (-180 <= site.longitude <= 180):
            raise refused(site.name, "longitude_range", site.longitude)
    if not 0 < choice.radius_km <= MAX_RADIUS_KM:
        limit = f"{MAX_RADIUS_KM:g}"
        raise refused("radius", "hazard_radius", choice.radius_km, limit=limit)
    if not 0 <= choice.threshold_ms <= 120:
        raise refused("threshold", "hazard_threshold", choice.threshold_ms)
    first = choice.first_year if choice.first_year is not None else tracks.first_year
    last = choice.last_year if choice.last_year is not None else tracks.last_year
    if not tracks.first_year <= first <= last <= tracks.last_year:
        known = {"first": str(tracks.first_year), "last": str(tracks.last_year)}
        raise refused("years", "hazard_years", f"{first}-{last}", **known)


def _years(tracks: TrackFile, choice: HazardChoice) -> tuple[Ints, Gaps]:
    """Return the years that count, and what is missing.

    Without a choice they run from the first year with a wind to the last that is whole.

    Raises:
        CaseRefused: `hazard_no_winds`, no year has a wind.
    """
    held = years_of(tracks.tracks.times)
    windy = np.isfinite(tracks.tracks.wind_ms)
    if not windy.any():
        raise refused(tracks.file, "hazard_no_winds", tracks.wind_column)
    first, last = choice.first_year, choice.last_year
    left_out = None
    if first is None:
        first = int(held[windy].min())
    if last is None:
        last = tracks.last_year
        end = tracks.tracks.times.max().astype("datetime64[M]").astype(np.int64) % 12 + 1
        if end < _COMPLETE_FROM_MONTH and last > first:
            left_out, last = last, last - 1
    span = np.arange(first, last + 1)
    without_data = span[~np.isin(span, held)]
    without_wind = span[~np.isin(span, held[windy]) & np.isin(span, held)]
    years = np.setdiff1d(span, np.concatenate([without_data, without_wind]))
    if not len(years):
        raise refused(tracks.file, "hazard_no_winds", tracks.wind_column)
    mine = np.isin(held, years)
    return years, Gaps(
        years_without_data=tuple(int(year) for year in without_data),
        years_without_wind=tuple(int(year) for year in without_wind),
        year_left_out=left_out,
        missing_wind_share=float(np.mean(~windy[mine])),
    )


def _site(
    tracks: TrackFile, site: HazardSite, events: SiteEvents, years: Ints, choice: HazardChoice
) -> SiteHazard:
    days = events.times.astype("datetime64[D]")
    when = 1970.0 + days.astype(np.int64) / 365.2425
    study = study_events(
        [int(year) for year in years],
        events.years,
        events.wind_ms,
        choice.threshold_ms,
        when=when,
        return_years=choice.return_years,
    )
    lines = tuple(
        StormEvent(
            storm=tracks.tracks.ids[storm],
            name=tracks.tracks.names[storm],
            day=day.astype(date),
            distance_km=float(km),
            wind_ms=float(wind) if np.isfinite(wind) else None,
        )
        for storm, day, km, wind in zip(
            events.storm, days, events.distance_km, events.wind_ms, strict=True
        )
    )
    return SiteHazard(site, lines, study, sum(line.wind_ms is None for line in lines))


def _assumptions(
    tracks: TrackFile, choice: HazardChoice, wanted: Averaging, factor: float
) -> tuple[Said, ...]:
    recorded = AVERAGING_LABELS[tracks.tracks.averaging]
    said = [
        Said(
            N_("Winds are those of column {column}: {tr_averaging}, {tr_source}."),
            {
                "column": tracks.wind_column,
                "tr_averaging": recorded,
                "tr_source": TRACK_KIND_LABELS[tracks.kind],
            },
        ),
        Said(
            N_("Wind that counts: {tr_wind}."),
            {"tr_wind": SITE_WIND_LABELS[choice.wind]},
        ),
        Said(
            N_(
                "Positions are joined by straight lines, at most an hour apart; distances are "
                "great circles to the centre. A storm counts once."
            )
        ),
    ]
    if wanted is not tracks.tracks.averaging:
        said.append(
            Said(
                N_(
                    "Winds are turned into {tr_averaging} by the factor {factor}, "
                    "{tr_exposure}: {tr_source}."
                ),
                {
                    "tr_averaging": AVERAGING_LABELS[wanted],
                    "factor": f"{factor:.3f}",
                    "tr_exposure": EXPOSURE_LABELS[choice.exposure],
                    "tr_source": CONVERSION_SOURCE,
                },
            )
        )
    if choice.wind is SiteWind.HOLLAND:
        said.append(
            Said(
                N_(
                    "The wind field is round: the motion of the storm does not strengthen its "
                    "right side. Pressure outside 1010 hPa (house convention), air 1.15 kg/m³."
                )
            )
        )
    lowest = float(np.nanquantile(tracks.tracks.wind_ms, _FEW)) * factor
    if lowest - choice.threshold_ms > _STEP_MS * factor:
        said.append(
            Said(
                N_(
                    "The file holds hardly any wind below {lowest} m/s: events between "
                    "{threshold} and that are not in the counts, and the fit above {threshold} "
                    "m/s is too flat. Take a threshold of {lowest} m/s or more."
                ),
                {"lowest": f"{lowest:.1f}", "threshold": f"{choice.threshold_ms:g}"},
            )
        )
    said += [Said(LEFT_OUT[reason], {"count": count}) for reason, count in tracks.left_out.items()]
    return tuple(said)
