"""Reading the best tracks of the China Meteorological Administration (CHyyyyBST.txt)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

import numpy as np

from app.finance.insurance.hazard_tracks import Averaging, Tracks
from app.services.hazard_source import (
    Progress,
    TrackFile,
    TrackKind,
    cell_refused,
    digest_of,
    grouped,
    refused,
    say_nothing,
)

_MARK = "66666"
_TOLD_EVERY = 5_000
_SECOND_CENTRE = re.compile(r"\(-1\)\s*\d")
_DATE = re.compile(r"\d{8}")
_COLUMNS = ("YYYYMMDDHH", "I", "LAT", "LONG", "PRES", "WND")
_RANGES = ((0, 9), (-900, 900), (-1800, 3600), (0, 1100), (0, 130))
"""Of I, LAT and LONG (0.1 degree), PRES (hPa, 0 for none) and WND (m/s, 0 for none)."""


def is_cma(data: bytes) -> bool:
    """Whether a text begins with the header line of a best track."""
    return data[:200].lstrip().startswith(_MARK.encode())


@dataclass
class _Lines:
    """The tracks read so far."""

    ids: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    storms: list[int] = field(default_factory=list)
    times: list[str] = field(default_factory=list)
    numbers: list[tuple[int, ...]] = field(default_factory=list)
    left_out: dict[str, int] = field(default_factory=dict)
    progress: Progress = say_nothing
    done: int = 0
    total: int = 0

    def tell(self) -> None:
        if self.done % _TOLD_EVERY == 0:
            self.progress(self.done, self.total)
        self.done += 1

    def count(self, reason: str) -> None:
        self.left_out[reason] = self.left_out.get(reason, 0) + 1


def read_cma(files: Sequence[tuple[str, bytes]], name: str, progress: Progress) -> TrackFile:
    """Read best tracks: a header `66666 ...` for each cyclone, then its positions.

    Positions are `YYYYMMDDHH I LAT LONG PRES WND [OWD]`: UTC, 0.1 degree, hPa, m/s as 2-minute
    mean; WND 0 is missing and 9 stands for less than 10 m/s (CMA Tropical Cyclone Data Center,
    description of the data set). OWD, a wind away from the centre, is not used. Secondary
    centres are left out.

    Raises:
        CaseRefused: a line or cell that is not understood, with its number.
    """
    read = _Lines(progress=progress, total=sum(data.count(b"\n") for _, data in files))
    for file, data in files:
        _read_file(read, file, data.decode("utf-8", errors="replace"))
    progress(read.done, read.done)
    if not read.storms:
        raise refused(name, "hazard_no_positions", name)
    return _built(read, name, digest_of(*(data for _, data in files)))


def _read_file(read: _Lines, file: str, text: str) -> None:
    kept = False
    expected, found = 0, 0
    for number, line in enumerate(text.splitlines(), start=1):
        read.tell()
        parts = line.split()
        if not parts:
            continue
        if parts[0] == _MARK:
            if kept and expected != found:
                read.count("line_count")
            expected, kept = _header(read, parts, file, number)
            found = 0
        elif kept:
            _position(read, parts, file, number)
            found += 1
        elif not read.ids and not read.left_out:
            raise refused(file, "hazard_no_header_line", line[:60], line=str(number))
    if kept and expected != found:
        read.count("line_count")


def _header(read: _Lines, parts: list[str], file: str, number: int) -> tuple[int, bool]:
    """Open a storm; return the lines it should have, and whether it is kept."""
    if len(parts) < 7 or not parts[2].isdigit():
        raise refused(file, "hazard_not_header", " ".join(parts)[:60], line=str(number))
    words = parts[7:-1] if len(parts) > 8 and _DATE.fullmatch(parts[-1]) else parts[7:8]
    name = " ".join(words)
    if _SECOND_CENTRE.search(name):
        read.count("second_centre")
        return 0, False
    plain = re.sub(r"\(.*?\)", "", name).strip()
    read.ids.append(parts[3])
    read.names.append(plain)
    return int(parts[2]), True


def _position(read: _Lines, parts: list[str], file: str, number: int) -> None:
    if len(parts) not in (6, 7):
        raise refused(file, "hazard_not_track_line", " ".join(parts)[:60], line=str(number))
    try:
        values = tuple(map(int, parts[1:6]))
    except ValueError:
        place = next(at for at, part in enumerate(parts[1:6], 1) if not _whole(part))
        raise cell_refused(
            file, "hazard_not_number", parts[place], number, _COLUMNS[place]
        ) from None
    for at, (value, (low, high)) in enumerate(zip(values, _RANGES, strict=True), 1):
        if not low <= value <= high:
            raise cell_refused(
                file,
                "hazard_out_of_range",
                value,
                number,
                _COLUMNS[at],
                low=str(low),
                high=str(high),
            )
    stamp = parts[0]
    if len(stamp) != 10 or not _is_time(stamp):
        raise cell_refused(file, "hazard_not_time", stamp, number, _COLUMNS[0])
    read.storms.append(len(read.ids) - 1)
    read.times.append(f"{stamp[:4]}-{stamp[4:6]}-{stamp[6:8]}T{stamp[8:]}")
    read.numbers.append(values)


def _whole(text: str) -> bool:
    return text.removeprefix("-").isdigit()


def _is_time(stamp: str) -> bool:
    try:
        datetime(int(stamp[:4]), int(stamp[4:6]), int(stamp[6:8]), int(stamp[8:]))  # noqa: DTZ001
    except ValueError:
        return False
    return True


def _built(read: _Lines, name: str, digest: str) -> TrackFile:
    storms = np.array(read.storms, dtype=np.int64)
    held, storms = np.unique(storms, return_inverse=True)
    times = np.array(read.times, dtype="datetime64[h]").astype("datetime64[s]")
    order, offsets = grouped(storms.astype(np.int64), times)
    if len(order) < len(times):
        read.left_out["repeated"] = len(times) - len(order)
    numbers = np.array(read.numbers, dtype=np.float64)[order]
    pressure, wind = numbers[:, 3], numbers[:, 4]
    times = times[order]
    years = times[offsets[1:] - 1].astype("datetime64[Y]").astype(np.int64) + 1970
    tracks = Tracks(
        ids=tuple(f"CMA{year}-{read.ids[at]}" for at, year in zip(held, years, strict=True)),
        names=tuple(read.names[at] for at in held),
        offsets=offsets,
        times=times,
        lat_deg=numbers[:, 1] / 10.0,
        lon_deg=numbers[:, 2] / 10.0,
        wind_ms=np.where(wind > 0, wind, np.nan),
        pressure_hpa=np.where(pressure > 0, pressure, np.nan),
        averaging=Averaging.TWO_MINUTES,
    )
    return TrackFile(name, digest, TrackKind.CMA, "WND", len(order), tracks, read.left_out)
