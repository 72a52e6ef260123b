"""What all readers of hazard files share: text files, refused cells, the record of a track file."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.finance.case.problems import Problem
from app.finance.insurance.hazard_tracks import Ints, Times, Tracks, years_of
from app.i18n import N_
from app.services.case_file import CaseRefused

Progress = Callable[[int, int], None]
"""Hears lines done and their number (0 when it is not known); what it raises ends the work."""

MOST_BYTES = 600 * 10**6
"""The whole world in IBTrACS has 300 MB."""
_KINDS = (
    (b"%PDF", "PDF"),
    (b"PK\x03\x04", "XLSX, ZIP"),
    (b"\xd0\xcf\x11\xe0", "XLS"),
    (b"\x89HDF", "NetCDF"),
    (b"CDF", "NetCDF"),
    (b"\x1f\x8b", "GZIP"),
    (b"SQLite", "SQLite"),
)
_MARKED = (b"\xff\xfe", b"\xfe\xff")


def say_nothing(_done: int, _total: int) -> None:
    """Tell nobody how far the reading is."""


class TrackKind(StrEnum):
    IBTRACS = "ibtracs"
    CMA = "cma"


TRACK_KIND_LABELS = {
    TrackKind.IBTRACS: N_("IBTrACS v04 (NOAA National Centers for Environmental Information)"),
    TrackKind.CMA: N_("best tracks of the China Meteorological Administration"),
}


class Agency(StrEnum):
    """Whose winds of an IBTrACS file count."""

    WMO = "wmo"
    CMA = "cma"
    TOKYO = "tokyo"
    USA = "usa"


@dataclass(frozen=True, slots=True, eq=False)
class TrackFile:
    """The tracks of a file and where they come from.

    Attributes:
        file: name of the file or folder; digest: SHA-256 (hex) of what was read.
        wind_column: whose winds they are: a column of IBTrACS, or WND of the CMA.
        rows: positions read.
        left_out: number of positions or storms left out, by reason (`LEFT_OUT`).
    """

    file: str
    digest: str
    kind: TrackKind
    wind_column: str
    rows: int
    tracks: Tracks
    left_out: Mapping[str, int] = field(default_factory=dict)

    @property
    def first_year(self) -> int:
        return int(years_of(self.tracks.times).min())

    @property
    def last_year(self) -> int:
        return int(years_of(self.tracks.times).max())


LEFT_OUT = {
    "spur": N_("{count} positions of side tracks (SPUR) are left out."),
    "agency": N_("{count} winds of another agency than Tokyo (other averaging) count as missing."),
    "repeated": N_("{count} positions stand twice in the file; the first one counts."),
    "second_centre": N_("{count} tracks of secondary centres are left out."),
    "line_count": N_("{count} storms have another number of lines than their header says."),
}
"""Message ids of what was left out or does not fit, by reason."""


def refused(name: str, code: str, value: object = None, **facts: object) -> CaseRefused:
    """Return the refusal of a file or of one cell in it."""
    return CaseRefused([Problem(name, code, value, facts)])


def cell_refused(
    name: str, code: str, value: object, line: int, column: str, **facts: object
) -> CaseRefused:
    """Return the refusal of a cell, with its line (from 1) and column."""
    return refused(name, code, value, line=str(line), column=column, **facts)


def read_text_file(path: Path) -> bytes:
    """Read a text file; other kinds are refused by their name.

    Raises:
        CaseRefused: `hazard_not_text`, `too_large`, `hazard_empty_file` or `not_readable`.
    """
    try:
        with path.open("rb") as stream:
            data = stream.read(MOST_BYTES + 1)
    except OSError as error:
        reason = error.strerror or str(error)
        raise refused(path.name, "not_readable", path.name, reason=reason) from error
    if len(data) > MOST_BYTES:
        raise refused(path.name, "too_large", path.name, limit_mb=MOST_BYTES // 10**6)
    kind = next((kind for mark, kind in _KINDS if data.startswith(mark)), None)
    if kind is None and b"\x00" in data[:2000] and not data.startswith(_MARKED):
        kind = "binary"
    if kind is not None:
        raise refused(path.name, "hazard_not_text", path.name, kind=kind)
    if not data.strip(b"\xef\xbb\xbf\r\n\t "):
        raise refused(path.name, "hazard_empty_file", path.name)
    if data.startswith(_MARKED):
        return data.decode("utf-16", errors="replace").encode()
    return data.removeprefix(b"\xef\xbb\xbf")


def digest_of(*parts: bytes) -> str:
    """Return the SHA-256 (hex) of some data."""
    found = hashlib.sha256()
    for part in parts:
        found.update(part)
    return found.hexdigest()


def grouped(storms: NDArray[np.int64], times: Times) -> tuple[Ints, Ints]:
    """Sort positions by storm and time; of positions with one time the first counts.

    Returns the places of the positions kept, and the offsets of the storms 0, 1, ... in them.
    """
    order = np.lexsort((times, storms))
    by_storm, by_time = storms[order], times[order]
    kept = np.ones(len(order), dtype=bool)
    kept[1:] = (by_storm[1:] != by_storm[:-1]) | (by_time[1:] != by_time[:-1])
    order, by_storm = order[kept], by_storm[kept]
    offsets = np.searchsorted(by_storm, np.arange(int(storms.max()) + 2))
    return order, offsets.astype(np.int64)
