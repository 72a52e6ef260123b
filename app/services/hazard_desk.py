"""Studies of hazard files for the window: each file is read once, the tracks are kept."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.finance.insurance.hazard_tracks import HourlyPath, hourly_path
from app.services.hazard import analyse
from app.services.hazard_files import read_tracks
from app.services.hazard_places import PlaceWinds, place_winds
from app.services.hazard_questions import (
    HazardKind,
    PlaceQuestion,
    StationQuestion,
    StormQuestion,
    TideQuestion,
)
from app.services.hazard_red_tides import RedTideFile, read_red_tides
from app.services.hazard_report import HazardReport
from app.services.hazard_source import Agency, Progress, TrackFile, refused
from app.services.hazard_station_report import (
    RedTideStudy,
    StationSeries,
    analyse_file,
    analyse_red_tides,
)
from app.services.hazard_stations import StationFile, read_stations
from app.services.hazard_store import TrackStore
from app.services.hazard_typed import typed_sites

Stamp = tuple[Path, int, int]
"""A file with the time of its last change and its size."""


@dataclass(frozen=True, slots=True)
class Study:
    """What was found; of `report`, `series`, `tides` and `place` the one of its kind."""

    kind: HazardKind
    report: HazardReport | None = None
    stations: StationFile | None = None
    series: tuple[StationSeries, ...] = ()
    bulletins: RedTideFile | None = None
    tides: RedTideStudy | None = None
    place: PlaceWinds | None = None


@dataclass
class TrackShelf:
    """The tracks in hand: those read last, here or elsewhere in the program."""

    store: TrackStore = field(default_factory=TrackStore)
    _held: TrackFile | None = None
    _kept: Stamp | None = None
    _key: tuple[Stamp, Agency] | None = None
    _path: HourlyPath | None = None

    @property
    def held(self) -> TrackFile | None:
        """Return the tracks in hand without looking for others."""
        return self._held

    def kept(self) -> TrackFile | None:
        """Return the tracks read last, None without."""
        stamp = stamp_of(self.store.place)
        if stamp != self._kept:
            self._held, self._kept, self._key, self._path = self.store.load(), stamp, None, None
        return self._held

    def tracks(self, path: Path | None, agency: Agency, progress: Progress) -> TrackFile:
        """Return the tracks of a file, read once and kept; without a file those in hand.

        Raises:
            CaseRefused: no file and nothing kept, or a file that is not understood.
        """
        if path is None:
            held = self.kept()
            if held is None:
                raise refused("FILE", "hazard_nothing_kept")
            return held
        key = stamp_of(path), agency
        if self._held is None or self._key != key:
            found = read_tracks(path, agency, progress)
            with suppress(OSError):  # a folder that takes no copy must not lose what was read
                self.store.save(found)
            self._held, self._key, self._path = found, key, None
            self._kept = stamp_of(self.store.place)
        return self._held

    def hourly(self, tracks: TrackFile) -> HourlyPath:
        """Return the hourly path of the tracks in hand, found once."""
        if self._path is None or self._held is not tracks:
            self._path = hourly_path(tracks.tracks)
        return self._path


class HazardDesk:
    """Answers questions; called in the worker."""

    def __init__(self, shelf: TrackShelf | None = None) -> None:
        self.shelf = shelf or TrackShelf()
        self._read: Any = None
        self._read_stamp: Stamp | None = None

    def study(self, question: Any, path: Path | None, progress: Progress) -> Study:
        """Return what a file says to a question; a file is read once.

        Raises:
            CaseRefused: no file, one that is not understood, or a question it cannot answer.
            OSError: the tracks cannot be kept.
        """
        if isinstance(question, StormQuestion):
            return self._storms(question, path, progress)
        if isinstance(question, PlaceQuestion):
            return Study(HazardKind.PLACES, place=place_winds(question))
        if path is None:
            raise refused("FILE", "hazard_no_file")
        if isinstance(question, StationQuestion):
            return self._station(question, path, progress)
        return self._tides(question, path, progress)

    def _storms(self, question: StormQuestion, path: Path | None, progress: Progress) -> Study:
        sites = typed_sites(question.sites)
        tracks = self.shelf.tracks(path, question.agency, progress)
        progress(0, len(sites))
        hourly = self.shelf.hourly(tracks)
        report = analyse(tracks, sites, question.choice(), path=hourly, progress=progress)
        return Study(HazardKind.TRACKS, report=report)

    def _station(self, question: StationQuestion, path: Path, progress: Progress) -> Study:
        file: StationFile = self._once(path, lambda: read_stations(path, progress), StationFile)
        wanted = question.measure.value if question.measure is not None else None
        if question.threshold is not None and wanted is None:
            raise refused("measure", "hazard_threshold_measure")
        found = analyse_file(file, question.station or None, wanted, question.threshold, progress)
        return Study(HazardKind.STATION, stations=file, series=tuple(found))

    def _tides(self, question: TideQuestion, path: Path, progress: Progress) -> Study:
        progress(0, 0)
        file: RedTideFile = self._once(path, lambda: read_red_tides(path), RedTideFile)
        found = analyse_red_tides(
            file, question.threshold_km2, question.first_year, question.last_year
        )
        return Study(HazardKind.TIDES, bulletins=file, tides=found)

    def _once(self, path: Path, read: Callable[[], Any], kind: type) -> Any:
        """Return what was read of a file, unless the file has changed since."""
        stamp = stamp_of(path)
        if self._read_stamp != stamp or not isinstance(self._read, kind):
            self._read, self._read_stamp = read(), stamp
        return self._read


def stamp_of(path: Path) -> Stamp:
    """Return what tells whether a file has changed; of what cannot be looked at its name alone."""
    try:
        found = path.stat()
    except OSError:
        return path, 0, 0
    return path, found.st_mtime_ns, found.st_size
