"""The track file imported last, kept in the data folder so that it need not be read again."""

import hashlib
import io
import json
import zipfile
import zlib
from pathlib import Path

import numpy as np

from app.finance.insurance.hazard_tracks import Averaging, Tracks
from app.paths import data_folder
from app.services.files import write_atomically
from app.services.hazard_source import TrackFile, TrackKind

FILE_NAME = "tracks.npz"
_FORMAT = 1
_ARRAYS = ("offsets", "times", "lat_deg", "lon_deg", "wind_ms", "pressure_hpa")
_DAMAGED = (OSError, ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile, zlib.error)


class TrackStore:
    """Keeps one track file; by default beside the book."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder

    @property
    def place(self) -> Path:
        return (self._folder or data_folder()) / FILE_NAME

    def save(self, found: TrackFile) -> None:
        """Keep a track file instead of the one before, in one step.

        Raises:
            OSError: it cannot be written; the one before stays.
        """
        tracks = found.tracks
        arrays = {name: getattr(tracks, name) for name in _ARRAYS}
        arrays["ids"] = np.array(tracks.ids, dtype=np.str_)
        arrays["names"] = np.array(tracks.names, dtype=np.str_)
        about = {
            "format": _FORMAT,
            "file": found.file,
            "digest": found.digest,
            "kind": found.kind.value,
            "wind_column": found.wind_column,
            "rows": found.rows,
            "left_out": dict(found.left_out),
            "averaging": tracks.averaging.value,
            "arrays": _digest(arrays),
        }
        buffer = io.BytesIO()
        np.savez_compressed(buffer, allow_pickle=False, about=np.array(json.dumps(about)), **arrays)
        self.place.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(self.place, buffer.getvalue())

    def load(self) -> TrackFile | None:
        """Return the track file kept; None when there is none, or it is damaged or outdated."""
        try:
            with np.load(io.BytesIO(self.place.read_bytes()), allow_pickle=False) as held:
                about = json.loads(str(held["about"]))
                arrays = {name: held[name] for name in (*_ARRAYS, "ids", "names")}
            if about["format"] != _FORMAT or about["arrays"] != _digest(arrays):
                return None
            tracks = Tracks(
                ids=tuple(str(name) for name in arrays["ids"]),
                names=tuple(str(name) for name in arrays["names"]),
                averaging=Averaging(about["averaging"]),
                **{name: arrays[name] for name in _ARRAYS},
            )
            return TrackFile(
                file=about["file"],
                digest=about["digest"],
                kind=TrackKind(about["kind"]),
                wind_column=about["wind_column"],
                rows=about["rows"],
                tracks=tracks,
                left_out=about["left_out"],
            )
        except _DAMAGED:
            return None


def _digest(arrays: dict[str, "np.ndarray[tuple[int, ...], np.dtype[np.generic]]"]) -> str:
    """Return the SHA-256 (hex) of names, kinds and contents of arrays."""
    found = hashlib.sha256()
    for name in sorted(arrays):
        held = np.ascontiguousarray(arrays[name])
        found.update(f"{name} {held.dtype.str} {held.shape};".encode())
        found.update(held.tobytes())
    return found.hexdigest()
