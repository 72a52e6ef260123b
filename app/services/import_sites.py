"""Sites from a map file: GeoJSON or an ESRI shapefile, longitude and latitude on WGS 84."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.finance.case.case import Case
from app.finance.case.problems import Problem
from app.finance.fields import FieldSpec, specs_by_path
from app.services.geodesy import measure
from app.services.imported import (
    Converted,
    RefusedRow,
    Row,
    file_refused,
    read_bounded,
    sorted_out,
)
from app.services.rings import Polygon, Ring, RingRefused, check_position
from app.services.shapefiles import shapes_of

SITES = "project.sites"
MAP_SUFFIXES = (".geojson", ".json", ".shp", ".zip")
MAX_CORNERS = 100_000
DEGREE_PLACES = 6
HECTARE_PLACES = 4

_NAMES = ("name", "Name", "NAME", "名称")
_LONGEST_FILE_NAME = 200
_NUMBERS = {int, float}
_SAME_AS_WGS84 = re.compile(
    r"(URN:OGC:DEF:CRS:)?(OGC:[\d.]*:?)?CRS84|(URN:OGC:DEF:CRS:)?EPSG:[\d.]*:?(4326|4490)"
    r"|HTTPS?://WWW\.OPENGIS\.NET/DEF/CRS/(OGC/1\.3/CRS84|EPSG/0/(4326|4490))"
    r"|WGS ?84|CGCS ?2000"
)
"""Names of the reference systems that are taken: EPSG 4326 is WGS 84, EPSG 4490 is CGCS2000.

Coordinates stand longitude first in GeoJSON, whatever the system (RFC 7946, section 3.1.1).
"""


@dataclass(frozen=True)
class _Feature:
    """A feature of a map file: its number in the file, its name and its GeoJSON geometry."""

    number: int
    name: str
    geometry: Any


class _GeometryRefused(Exception):
    def __init__(self, code: str, value: object, facts: Mapping[str, Any] | None = None) -> None:
        super().__init__(code)
        self.problem = Problem(f"{SITES}.0.boundary", code, value, dict(facts or {}))


def sites_table() -> FieldSpec:
    """Return the declaration of the table of sites."""
    return specs_by_path(Case)[SITES]


def read_sites(path: Path) -> Converted:
    """Return the sites of a map file as lines of the table of sites.

    Areas are in ha on the ellipsoid, to the square metre; coordinates are those of the centre of
    area, to the sixth decimal. The number of a refused line is that of the feature in the file.

    Raises:
        CaseRefused: the file cannot be read, or is not in WGS 84.
    """
    suffix = path.suffix.lower()
    if suffix not in MAP_SUFFIXES:
        raise file_refused("not_a_map_file", path.name)
    try:
        if suffix in (".shp", ".zip"):
            features = _named(shapes_of(path), path.stem)
        else:
            features = _geojson_features(read_bounded(path), path)
        return _converted(features, path.name[-_LONGEST_FILE_NAME:])
    except OSError as error:
        reason = error.strerror or str(error)
        raise file_refused("not_readable", path.name, reason=reason) from error


def _geojson_features(data: bytes, path: Path) -> list[_Feature]:
    try:
        document = json.loads(data.decode("utf-8-sig"))
    except json.JSONDecodeError as error:
        place = f"{path.name}:{error.lineno}:{error.colno}"
        raise file_refused("not_geojson", place) from error
    except (ValueError, RecursionError) as error:
        raise file_refused("not_geojson", path.name) from error
    if not isinstance(document, dict):
        raise file_refused("not_geojson", type(document).__name__)
    _check_crs(document)
    kind = document.get("type")
    if kind == "FeatureCollection" and isinstance(document.get("features"), list):
        found = document["features"]
    elif kind == "Feature":
        found = [document]
    elif "coordinates" in document or "geometries" in document:
        found = [{"geometry": document}]
    else:
        raise file_refused("not_geojson", kind)
    entries = [entry if isinstance(entry, dict) else {} for entry in found]
    return _named(
        ((entry.get("properties"), entry.get("geometry")) for entry in entries), path.stem
    )


def _check_crs(document: dict[str, Any]) -> None:
    """Refuse a reference system other than WGS 84; without one GeoJSON is in WGS 84."""
    if "crs" not in document:
        return
    crs = document["crs"]
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    if not isinstance(name, str) or not _SAME_AS_WGS84.fullmatch(name.strip().upper()):
        shown = name if isinstance(name, str) else json.dumps(crs, ensure_ascii=False)[:80]
        raise file_refused("crs_not_wgs84", shown)


def _named(entries: Iterable[tuple[Any, Any]], stem: str) -> list[_Feature]:
    """Name features by their properties, or by the file and their number."""
    listed = list(entries)
    features = []
    for number, (properties, geometry) in enumerate(listed, start=1):
        known = properties if isinstance(properties, dict) else {}
        given = (str(known[key]).strip() for key in _NAMES if known.get(key) is not None)
        spare = stem if len(listed) == 1 else f"{stem} {number}"
        features.append(_Feature(number, next(filter(None, given), spare), geometry))
    return features


def _position(raw: Any) -> tuple[float, float]:
    if isinstance(raw, list | tuple) and len(raw) >= 2 and {type(raw[0]), type(raw[1])} <= _NUMBERS:
        try:
            return float(raw[0]), float(raw[1])
        except OverflowError:
            pass
    raise _GeometryRefused("coordinates_damaged", str(raw)[:80])


def _list(raw: Any) -> list[Any] | tuple[Any, ...]:
    if not isinstance(raw, list | tuple) or not raw:
        raise _GeometryRefused("coordinates_damaged", str(raw)[:80])
    return raw


def _ring(raw: Any) -> Ring:
    return [_position(entry) for entry in _list(raw)]


def _polygon(raw: Any) -> Polygon:
    outer, *holes = (_ring(entry) for entry in _list(raw))
    return Polygon(outer, tuple(holes))


def _corners(raw: Any) -> int:
    """Count the positions in nested coordinates."""
    count, waiting = 0, [raw]
    while waiting:
        entry = waiting.pop()
        if isinstance(entry, list | tuple) and entry:
            if isinstance(entry[0], list | tuple):
                waiting.extend(entry)
            else:
                count += 1
    return count


def _place(geometry: Any) -> Row:
    """Return coordinates and area of a geometry as columns of the table of sites."""
    if not isinstance(geometry, dict):
        raise _GeometryRefused("not_an_area", None, {"kind": "–"})
    kind, coordinates = geometry.get("type"), geometry.get("coordinates")
    if kind == "Point":
        longitude, latitude = _position(coordinates)
        check_position(longitude, latitude)
        return _columns(latitude, longitude)
    if kind == "Polygon":
        polygons = [_polygon(coordinates)]
    elif kind == "MultiPolygon":
        polygons = [_polygon(entry) for entry in _list(coordinates)]
    else:
        raise _GeometryRefused("not_an_area", kind, {"kind": kind})
    measured = measure(polygons)
    area = {"area_ha": round(measured.area_ha, HECTARE_PLACES)}
    return _columns(measured.latitude, measured.longitude) | area


def _columns(latitude: float, longitude: float) -> Row:
    return {
        "latitude": round(latitude, DEGREE_PLACES),
        "longitude": round(longitude, DEGREE_PLACES),
    }


def _converted(features: list[_Feature], file_name: str) -> Converted:
    corners = sum(
        _corners(feature.geometry.get("coordinates"))
        for feature in features
        if isinstance(feature.geometry, dict)
    )
    if corners > MAX_CORNERS:
        raise file_refused("too_many_corners", f"{corners:,}", limit=MAX_CORNERS)
    lines: list[tuple[int, Row, Mapping[str, str]]] = []
    refused: list[RefusedRow] = []
    for feature in features:
        try:
            place = _place(feature.geometry)
        except _GeometryRefused as error:
            refused.append(RefusedRow(feature.number, error.problem))
        except RingRefused as error:
            problem = Problem(f"{SITES}.0.boundary", error.code, error.value)
            refused.append(RefusedRow(feature.number, problem))
        else:
            row = {"name": feature.name, **place, "boundary": file_name}
            lines.append((feature.number, row, {}))
    checked = sorted_out(sites_table(), lines)
    everything = sorted((*refused, *checked.refused), key=lambda entry: entry.line)
    return Converted(checked.rows, tuple(everything))
