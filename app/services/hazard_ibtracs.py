"""Reading IBTrACS v04 CSV: the full file, or a part of its columns."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import numpy as np
import pandas as pd

from app.finance.insurance.hazard_tracks import KNOT_MS, Averaging, Floats, Tracks
from app.services.case_file import CaseRefused
from app.services.hazard_source import (
    Agency,
    Progress,
    TrackFile,
    TrackKind,
    cell_refused,
    digest_of,
    grouped,
    refused,
)

_NEEDED = ("SID", "ISO_TIME", "LAT", "LON")
_TEXTS = ("SID", "NAME", "ISO_TIME", "WMO_AGENCY", "TRACK_TYPE")
_WINDS = {
    Agency.WMO: ("WMO_WIND", "WMO_PRES", Averaging.TEN_MINUTES),
    Agency.CMA: ("CMA_WIND", "CMA_PRES", Averaging.TWO_MINUTES),
    Agency.TOKYO: ("TOKYO_WIND", "TOKYO_PRES", Averaging.TEN_MINUTES),
    Agency.USA: ("USA_WIND", "USA_PRES", Averaging.ONE_MINUTE),
}
"""Column of the wind (kt), of the pressure, and the averaging time of the agency.

In the Western Pacific the agency of the WMO is Tokyo.
"""
_RANGES = {
    "LAT": (-90.0, 90.0),
    "LON": (-180.0, 360.0),
    "wind": (0.0, 250.0),
    "pres": (800.0, 1100.0),
}
_CHUNK = 20_000


def is_ibtracs(data: bytes) -> bool:
    """Whether the first line names the columns of IBTrACS."""
    head = data[:20_000].split(b"\n", 1)[0].upper()
    return b"SID" in head and b"ISO_TIME" in head


def _first_lines(data: bytes, count: int) -> list[bytes]:
    """Return the first lines of a file, empty ones beyond its end; the rest is not copied."""
    stream = BytesIO(data)
    return [stream.readline() for _ in range(count)]


def read_ibtracs(data: bytes, name: str, agency: Agency, progress: Progress) -> TrackFile:
    """Read IBTrACS v04: a line of names, a line of units, then positions; blanks are missing.

    Winds are turned from knots into m/s. Side tracks (SPUR) are left out. Of the WMO column
    winds of another agency than Tokyo count as missing: they are averaged otherwise.

    Raises:
        CaseRefused: a column that is missing, or a cell named by line and column.
    """
    reading = _Reading(data, name, agency)
    parts = []
    lines = data.count(b"\n")
    done = 0
    for part in reading.chunks():
        progress(done, lines)
        parts.append(part)
        done += len(part)
    progress(done, max(lines, done))
    frame = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame()
    if frame.empty:
        raise refused(name, "hazard_no_positions", name)
    return _built(frame, reading, digest_of(data))


class _Reading:
    """One file being read: its columns, and the line its positions begin on."""

    def __init__(self, data: bytes, name: str, agency: Agency) -> None:
        head = _first_lines(data, 2)
        self.data, self.name = data, name
        columns = [
            part.strip().strip('"').upper()
            for part in head[0].decode("utf-8", errors="replace").split(",")
        ]
        twice = [one for at, one in enumerate(columns) if one and one in columns[:at]]
        if twice:
            raise refused(name, "duplicate_key", twice[0])
        missing = [column for column in _NEEDED if column not in columns]
        if missing:
            raise refused(name, "hazard_no_column", ", ".join(missing), known=list(_NEEDED))
        self.wind, self.pressure, self.averaging = _WINDS[agency]
        if self.wind not in columns:
            known = [key.value for key, (wind, *_) in _WINDS.items() if wind in columns]
            raise refused(name, "hazard_no_agency", agency.value, known=known)
        wanted = {*_NEEDED, "NAME", "WMO_AGENCY", "TRACK_TYPE", self.wind, self.pressure}
        self.columns = [one or f"unnamed {at}" for at, one in enumerate(columns)]
        self.used = [columns.index(column) for column in columns if column in wanted]
        units = not head[1].split(b",", 1)[0].strip(b' "\r\n')
        self.skipped = 2 if units else 1
        self._check_width(data)

    def _check_width(self, data: bytes) -> None:
        """Refuse positions of more cells than there are names: their columns would be shifted."""
        first = _first_lines(data, self.skipped + 1)[self.skipped].rstrip(b"\r\n, ")
        cells = first.count(b",") + 1
        if b'"' not in first and cells > len(self.columns):
            said = f"{len(self.columns)} < {cells}"
            raise refused(self.name, "hazard_bad_lines", said)

    def chunks(self) -> Iterator[pd.DataFrame]:
        """Yield the positions as frames whose index is the line in the file."""
        try:
            reader = pd.read_csv(
                BytesIO(self.data),
                header=None,
                names=self.columns,
                usecols=self.used,
                skiprows=self.skipped,
                dtype=dict.fromkeys((c for c in _TEXTS if c in self.columns), str),
                na_values=[" ", ""],
                keep_default_na=False,
                skip_blank_lines=False,
                index_col=False,
                encoding="utf-8",
                encoding_errors="replace",
                chunksize=_CHUNK,
                low_memory=False,
            )
            for chunk in reader:
                chunk.index += self.skipped + 1
                yield self._checked(chunk.dropna(how="all"))
        except pd.errors.EmptyDataError:
            return
        except pd.errors.ParserError as error:
            raise refused(self.name, "hazard_bad_lines", str(error).strip()[:200]) from error

    def _checked(self, chunk: pd.DataFrame) -> pd.DataFrame:
        found = pd.DataFrame(index=chunk.index)
        found["SID"] = self._text(chunk, "SID")
        found["NAME"] = chunk["NAME"].fillna("") if "NAME" in chunk else ""
        found["time"] = self._times(chunk)
        for column, kind in (
            ("LAT", "LAT"),
            ("LON", "LON"),
            (self.wind, "wind"),
            (self.pressure, "pres"),
        ):
            found[kind] = self._numbers(chunk, column, kind)
        found["agency"] = chunk.get("WMO_AGENCY")
        found["spur"] = (
            chunk["TRACK_TYPE"].fillna("").str.upper().str.contains("SPUR")
            if "TRACK_TYPE" in chunk
            else False
        )
        return found

    def _text(self, chunk: pd.DataFrame, column: str) -> "pd.Series[str]":
        texts = chunk[column]
        if texts.isna().any():
            raise self._refused("hazard_no_value", None, chunk, texts.isna(), column)
        return texts.str.strip()

    def _times(self, chunk: pd.DataFrame) -> "pd.Series[pd.Timestamp]":
        texts = self._text(chunk, "ISO_TIME")
        found = pd.to_datetime(texts, format="%Y-%m-%d %H:%M:%S", errors="coerce")
        if found.isna().any():
            found = found.fillna(pd.to_datetime(texts, format="mixed", errors="coerce"))
        if found.isna().any():
            raise self._refused("hazard_not_time", texts, chunk, found.isna(), "ISO_TIME")
        return found

    def _numbers(self, chunk: pd.DataFrame, column: str, kind: str) -> "pd.Series[float]":
        if column not in chunk:
            return pd.Series(np.nan, index=chunk.index)
        held = chunk[column]
        if not pd.api.types.is_numeric_dtype(held):
            filled = held.notna() & held.astype(str).str.strip().ne("")
            numbers = pd.to_numeric(held, errors="coerce")
            wrong = filled & numbers.isna()
            if wrong.any():
                raise self._refused("hazard_not_number", held, chunk, wrong, column)
            held = numbers
        held = held.astype(float)
        if column in _NEEDED and held.isna().any():
            raise self._refused("hazard_no_value", None, chunk, held.isna(), column)
        low, high = _RANGES[kind]
        outside = (held < low) | (held > high)
        if outside.any():
            facts = {"low": f"{low:g}", "high": f"{high:g}"}
            raise self._refused("hazard_out_of_range", held, chunk, outside, column, **facts)
        return held

    def _refused(
        self,
        code: str,
        values: Any,
        chunk: pd.DataFrame,
        wrong: "pd.Series[bool]",
        column: str,
        **facts: object,
    ) -> CaseRefused:
        place = int(np.argmax(wrong.to_numpy()))
        value = None if values is None else values.iloc[place]
        line = int(chunk.index[place])
        return cell_refused(self.name, code, value, line, column, **facts)


def _built(frame: pd.DataFrame, reading: _Reading, digest: str) -> TrackFile:
    left_out = {}
    spur = frame["spur"].to_numpy(dtype=bool)
    if spur.any() and not spur.all():
        left_out["spur"] = int(spur.sum())
        frame = frame[~spur]
    wind = frame["wind"].to_numpy(dtype=float) * KNOT_MS
    if reading.wind == "WMO_WIND" and frame["agency"].notna().any():
        agency = frame["agency"].fillna("tokyo").str.strip().str.lower()
        other = (agency != "tokyo").to_numpy() & np.isfinite(wind)
        if other.any():
            left_out["agency"] = int(other.sum())
            wind = np.where(other, np.nan, wind)
    codes, ids = pd.factorize(frame["SID"])
    times = frame["time"].to_numpy().astype("datetime64[s]")
    order, offsets = grouped(codes.astype(np.int64), times)
    if len(order) < len(times):
        left_out["repeated"] = len(times) - len(order)

    def column(name: str) -> Floats:
        return frame[name].to_numpy(dtype=float)[order]

    names = frame["NAME"].to_numpy(dtype=object)[order][offsets[:-1]]
    tracks = Tracks(
        ids=tuple(str(one) for one in ids),
        names=tuple(_said(str(one)) for one in names),
        offsets=offsets,
        times=times[order],
        lat_deg=column("LAT"),
        lon_deg=column("LON"),
        wind_ms=wind[order],
        pressure_hpa=column("pres"),
        averaging=reading.averaging,
    )
    return TrackFile(
        reading.name, digest, TrackKind.IBTRACS, reading.wind, len(order), tracks, left_out
    )


def _said(name: str) -> str:
    plain = name.strip()
    return "" if plain.upper() in ("", "NAN", "NOT_NAMED", "UNNAMED") else plain
