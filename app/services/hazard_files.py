"""Track files as they are downloaded: IBTrACS or best tracks of the CMA, told by their content."""

from pathlib import Path

from app.services.hazard_cma import is_cma, read_cma
from app.services.hazard_ibtracs import is_ibtracs, read_ibtracs
from app.services.hazard_source import (
    Agency,
    Progress,
    TrackFile,
    read_text_file,
    refused,
    say_nothing,
)


def read_tracks(
    path: Path, agency: Agency = Agency.WMO, progress: Progress = say_nothing
) -> TrackFile:
    """Read IBTrACS v04 (CSV) or best tracks of the CMA (text, or a folder of yearly texts).

    Raises:
        CaseRefused: not a track file, or a cell that is not understood, named by its line and
            column.
    """
    if path.is_dir():
        files = sorted(path.glob("CH*BST.[tT][xX][tT]"))
        if not files:
            raise refused(path.name, "hazard_empty_folder", path.name)
        return read_cma([(file.name, _plain_text(file)) for file in files], path.name, progress)
    data = _plain_text(path)
    if is_cma(data):
        return read_cma([(path.name, data)], path.name, progress)
    if is_ibtracs(data):
        return read_ibtracs(data, path.name, agency, progress)
    raise refused(path.name, "hazard_not_tracks", data[:60].decode("utf-8", errors="replace"))


def _plain_text(path: Path) -> bytes:
    """Read a text file as UTF-8 with line feeds; GB 18030 and lone carriage returns are turned.

    Raises:
        CaseRefused: as `read_text_file`.
    """
    data = read_text_file(path)
    if b"\n" not in data:
        data = data.replace(b"\r", b"\n")
    if data.isascii():
        return data
    try:
        data.decode()
    except UnicodeDecodeError:
        return data.decode("gb18030", errors="replace").encode()
    return data
