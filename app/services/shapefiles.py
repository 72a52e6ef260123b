"""Shapes and attributes of an ESRI shapefile in WGS 84, as GeoJSON geometries."""

import codecs
import io
import re
import struct
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import shapefile

from app.services.case_file import MAX_BYTES
from app.services.imported import bounded, file_refused, read_bounded

_PARTS = (".shp", ".dbf", ".prj", ".cpg")
_WKT_HEADS = ("GEOGCS[", "GEOGCRS[", "GEODCRS[")
_WKT_NAMES = (
    "GCSWGS1984",
    "WGS1984",
    "WGS84",
    "GCSCHINAGEODETICCOORDINATESYSTEM2000",
    "CHINAGEODETICCOORDINATESYSTEM2000",
    "CGCS2000",
)

_DAMAGED = (
    shapefile.ShapefileException,
    shapefile.RingSamplingError,
    struct.error,
    ArithmeticError,
    LookupError,
    TypeError,
    ValueError,
)
"""What the reader raises on a file that is cut off or holds something else."""


def shapes_of(path: Path) -> list[tuple[dict[str, Any], Any]]:
    """Return attributes and geometry of each shape of a `.shp` or of a ZIP file of one.

    Raises:
        CaseRefused: a part is missing, damaged or too large, or the shapes are not in WGS 84.
        OSError: a file cannot be read.
    """
    parts = _zipped(path) if path.suffix.lower() == ".zip" else _side_by_side(path)
    if ".prj" not in parts:
        raise file_refused("shapefile_part", path.name, part=".prj")
    _check_projection(parts[".prj"].decode("utf-8", "replace").lstrip("\ufeff"))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a header that is a little off does no harm
            with shapefile.Reader(shp=io.BytesIO(parts[".shp"])) as reader:
                geometries = [_geometry(shape) for shape in reader.iterShapes()]
            attributes = _attributes(parts)
    except _DAMAGED as error:
        raise file_refused("damaged_file", path.name) from error
    attributes += [{}] * (len(geometries) - len(attributes))
    return list(zip(attributes, geometries, strict=False))


def _geometry(shape: Any) -> Any:
    return None if shape.shapeType == shapefile.NULL else shape.__geo_interface__


def _side_by_side(path: Path) -> dict[str, bytes]:
    found = {}
    for suffix in _PARTS:
        written = (path.with_suffix(name) for name in (suffix, suffix.upper()))
        beside = path if suffix == ".shp" else next((p for p in written if p.is_file()), None)
        if beside is not None:
            found[suffix] = read_bounded(beside)
    return found


def _zipped(path: Path) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(path) as archive:
            names = [n for n in archive.namelist() if not n.startswith("__MACOSX/")]
            maps = [name for name in names if name.lower().endswith(".shp")]
            if len(maps) != 1:
                raise file_refused("several_shapefiles", path.name, count=len(maps))
            stem = maps[0][: -len(".shp")]
            found = {}
            for name in names:
                suffix = name[len(stem) :].lower()
                if name.startswith(stem) and suffix in _PARTS:
                    with archive.open(name) as stream:
                        found[suffix] = bounded(stream.read(MAX_BYTES + 1), name)
            return found
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError) as error:
        raise file_refused("damaged_file", path.name) from error


def _check_projection(text: str) -> None:
    """Refuse a `.prj` that is not WGS 84 in degrees from Greenwich."""
    quoted = re.findall(r'"([^"]*)"', text)
    flat = re.sub(r"\s", "", text).upper()
    name = re.sub(r"[^A-Z0-9]", "", quoted[0].upper()) if quoted else ""
    degrees = '"DEGREE' in flat and ("PRIMEM[" not in flat or '"GREENWICH"' in flat)
    if not flat.startswith(_WKT_HEADS) or name not in _WKT_NAMES or not degrees:
        raise file_refused("crs_not_wgs84", quoted[0] if quoted else text[:80])


def _encodings(code_page: str) -> Iterator[str]:
    """Yield the encodings to try for the names: the stated one, then the usual two."""
    number = re.sub(r"\D", "", code_page)
    for stated in (code_page.strip(), f"cp{number}"):
        try:
            yield codecs.lookup(stated).name
        except LookupError:
            continue
    yield from ("utf-8", "gb18030")


def _attributes(parts: dict[str, bytes]) -> list[dict[str, Any]]:
    """Return the attributes of the shapes; none without a table."""
    if ".dbf" not in parts:
        return []
    with shapefile.Reader(dbf=io.BytesIO(parts[".dbf"]), encoding="latin-1") as reader:
        records = [record.as_dict() for record in reader.records()]
    for encoding in _encodings(parts.get(".cpg", b"").decode("ascii", "replace")):
        try:
            return [_decoded(record, encoding) for record in records]
        except UnicodeDecodeError:
            continue
    return records


def _decoded(record: dict[str, Any], encoding: str) -> dict[str, Any]:
    """Read texts and names of attributes, which stand for bytes, in their own encoding."""

    def text(value: Any) -> Any:
        return value.encode("latin-1").decode(encoding) if isinstance(value, str) else value

    return {text(name): text(value) for name, value in record.items()}
