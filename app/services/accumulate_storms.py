"""Storms of a track file on the book: a repeat of one, the worst of a place, the worst of all."""

import difflib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np

from app.finance.insurance.accumulation import case_hits
from app.finance.insurance.accumulation_events import (
    Hits,
    WindAtSites,
    WindCurve,
    one_storm,
    storm_hits,
)
from app.finance.insurance.accumulation_index import IndexReader
from app.finance.insurance.accumulation_results import Accumulation, StormLine
from app.finance.insurance.accumulation_totals import probable_maximum, storm_losses
from app.finance.insurance.hazard_tracks import HourlyPath, Ints, Tracks, hourly_path, years_of
from app.services.accumulate import accumulated, check_place, refuse
from app.services.accumulation import AccumulationBook
from app.services.hazard_source import TrackFile

Progress = Callable[[int, int], None]

STORMS_LISTED = 20
"""So many storms of a record are listed, the costliest first."""


@dataclass(frozen=True, slots=True)
class StormChoice:
    """Tracks, the damage curve, and how the wind at a place is found.

    `curve` None: only index covers that read the wind are paid.
    """

    tracks: TrackFile
    settings: WindAtSites
    curve: WindCurve | None
    curve_name: str = ""

    def facts(self) -> dict[str, Any]:
        """Return the choice as facts of the event."""
        return {
            "tracks": self.tracks.file,
            "tracks_sha256": self.tracks.digest,
            "wind": self.settings.wind.value,
            "radius_km": self.settings.radius_km,
            "recorded_averaging": self.settings.recorded.value,
            "exposure": self.settings.exposure.value,
            "curve": self.curve_name,
            "curve_averaging": None if self.curve is None else self.curve.averaging.value,
        }

    @property
    def reader(self) -> IndexReader:
        """What reads the wind for index covers."""
        return IndexReader(self.settings.recorded, self.settings.exposure)


def at_storm(
    book: AccumulationBook, choice: StormChoice, storm: str, year: int | None = None
) -> Accumulation:
    """Return the book under a storm of the tracks, by its name or number in them.

    Raises:
        CaseRefused: `unknown_storm`, or `storm_ambiguous` when several bear the name.
    """
    number = storm_number(choice.tracks.tracks, storm, year)
    return _at(book, choice, number, {"kind": "storm"})


def at_worst_of_site(
    book: AccumulationBook, choice: StormChoice, latitude: float, longitude: float
) -> Accumulation:
    """Return the book under the storm that brought the strongest wind to a place.

    Raises:
        CaseRefused: a place that cannot be, or `no_storm_near`.
    """
    check_place(latitude, longitude)
    place = (np.array([latitude]), np.array([longitude]))
    tracks = choice.tracks.tracks
    path = hourly_path(tracks)
    winds = storm_hits(path, len(tracks.ids), place, None, choice.settings).wind_ms[:, 0]
    if not np.isfinite(winds).any():
        raise refuse("worst_at", "no_storm_near", f"{latitude:g}, {longitude:g}",
                     radius=choice.settings.radius_km)  # fmt: skip
    number = int(np.nanargmax(winds))
    event = {
        "kind": "worst_at",
        "worst_at": {"latitude": latitude, "longitude": longitude},
        "wind_ms_there": float(winds[number]),
    }
    return _at(book, choice, number, event, path)


def at_worst_of_book(
    book: AccumulationBook, choice: StormChoice, progress: Progress | None = None
) -> Accumulation:
    """Return the book under the storm of the record that would cost it most, with the others.

    Insurer's and lender's loss together decide. `progress` hears cases done and their number.

    Raises:
        CaseRefused: `no_storm_costs` when no storm of the record costs anything.
    """
    tracks = choice.tracks.tracks
    path = hourly_path(tracks)
    hits = storm_hits(
        path, len(tracks.ids), (book.lat_deg, book.lon_deg), choice.curve, choice.settings
    )
    losses = storm_losses(book.cases, hits, book.day.month, choice.reader, progress)
    worst = losses.worst(STORMS_LISTED)
    if not worst:
        raise refuse("tracks", "no_storm_costs", choice.tracks.file)
    lines = tuple(
        StormLine(
            tracks.ids[storm],
            tracks.names[storm],
            _day(hits, storm),
            float(losses.insurer_yuan[storm]),
            float(losses.lender_yuan[storm]),
            int(losses.cases_hit[storm]),
        )
        for storm in worst
    )
    years = whole_years(tracks)
    starts = years_of(tracks.times[tracks.offsets[:-1]])
    found = _at(book, choice, worst[0], {"kind": "worst"}, path)
    pml = probable_maximum(losses, starts, years)
    return replace(found, storms=lines, pml=pml, pml_years=len(years))


def _at(
    book: AccumulationBook,
    choice: StormChoice,
    number: int,
    event: dict[str, Any],
    path: HourlyPath | None = None,
) -> Accumulation:
    """Return the book under one storm; the kind of the event is taken out of its facts."""
    tracks = choice.tracks.tracks
    own = one_storm(path or hourly_path(tracks), number)
    hits = storm_hits(own, 1, (book.lat_deg, book.lon_deg), choice.curve, choice.settings)
    nearest = _day(hits, 0)
    began = tracks.times[tracks.offsets[number] : tracks.offsets[number] + 1]
    facts = {
        "storm": tracks.ids[number],
        "name": tracks.names[number],
        "year": int(years_of(began)[0]),
        "nearest_day": None if nearest is None else nearest.isoformat(),
        **event,
        **choice.facts(),
    }
    kind = str(facts.pop("kind"))
    month = nearest.month if nearest is not None else book.day.month
    found = case_hits(book.cases, hits, month, choice.reader)
    rows = slice(tracks.offsets[number], tracks.offsets[number + 1])
    track = zip(tracks.lat_deg[rows].tolist(), tracks.lon_deg[rows].tolist(), strict=True)
    return replace(accumulated(kind, book, month, facts, found), track=tuple(track))


def _day(hits: Hits, storm: int) -> date | None:
    """Return the day a storm was nearest to any place of the book, None when it never was near."""
    distance = hits.distance_km[storm]
    if not len(distance) or not np.isfinite(distance).any():
        return None
    found: date = hits.times[storm, int(distance.argmin())].astype("datetime64[D]").astype(object)
    return found


def storm_number(tracks: Tracks, storm: str, year: int | None) -> int:
    """Return the number of a storm by its name or by its id in the file.

    Raises:
        CaseRefused: `unknown_storm` with the names nearest to it, `storm_ambiguous` with years.
    """
    wanted = storm.strip().upper()
    starts = years_of(tracks.times[tracks.offsets[:-1]])
    found = [
        number
        for number, (own, name) in enumerate(zip(tracks.ids, tracks.names, strict=True))
        if wanted in (own.upper(), name.upper()) and year in (None, int(starts[number]))
    ]
    if len(found) == 1:
        return found[0]
    if found:
        years = ", ".join(f"{starts[number]} ({tracks.ids[number]})" for number in found)
        raise refuse("storm", "storm_ambiguous", storm, years=years)
    names = sorted({one.upper() for one in (*tracks.names, *tracks.ids) if one})
    near = difflib.get_close_matches(wanted, names, 5)
    raise refuse("storm", "unknown_storm", storm, near=", ".join(near) or "–")


def whole_years(tracks: Tracks) -> Ints:
    """Return the years of a record with winds, without a last one that ends before December."""
    years = np.unique(years_of(tracks.times[np.isfinite(tracks.wind_ms)]))
    last_month = int(tracks.times.max().astype("datetime64[M]").astype(np.int64)) % 12 + 1
    if len(years) and years[-1] == years_of(tracks.times).max() and last_month < 12:
        years = years[:-1]
    return years
