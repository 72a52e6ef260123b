"""Sites from map files: areas on the ellipsoid, names, and what is refused."""

import json
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import shapefile

from app.finance.case.problems import Problem
from app.i18n import translator
from app.messages import expected_text
from app.services import import_sites
from app.services.case_file import CaseRefused
from app.services.geodesy import measure, ring_area_m2
from app.services.import_sites import read_sites
from app.services.imported import Converted
from app.services.rings import Polygon

Position = tuple[float, float]

ANTARCTICA: list[Position] = [
    (-58, -63.1),
    (-74, -72.9),
    (-102, -71.9),
    (-102, -74.9),
    (-131, -74.3),
    (-163, -77.5),
    (163, -77.4),
    (172, -71.7),
    (140, -65.9),
    (113, -65.7),
    (88, -66.6),
    (59, -66.9),
    (25, -69.8),
    (-4, -70.0),
    (-14, -71.0),
    (-33, -77.3),
    (-46, -77.9),
    (-61, -74.7),
    (-58, -63.1),
]
"""GeographicLib, Python documentation, Examples, "Measuring areas"."""
ANTARCTICA_M2 = 13662703680020.1

ONE_DEGREE: list[Position] = [(0, 0), (1, 0), (1, 1), (0, 1), (0, 0)]
"""geographiclib-rs, documentation of the crate, "Determine the perimeter and area"."""
ONE_DEGREE_M2 = 12308778361.469452

WGS84 = (
    'GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],'
    'PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]'
)
CGCS2000 = (
    'GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",DATUM["D_China_2000",'
    'SPHEROID["CGCS2000",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],'
    'UNIT["Degree",0.0174532925199433]]'
)
GAUSS_KRUGER = (
    'PROJCS["CGCS2000_3_Degree_GK_CM_120E",GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",'
    'DATUM["D_China_2000",SPHEROID["CGCS2000",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],'
    'UNIT["Degree",0.0174532925199433]],PROJECTION["Gauss_Kruger"],UNIT["Meter",1.0]]'
)
BEIJING54 = (
    'GEOGCS["GCS_Beijing_1954",DATUM["D_Beijing_1954",SPHEROID["Krasovsky_1940",6378245.0,298.3]],'
    'PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]'
)


def shifted(ring: Sequence[Position], east: float, north: float = 0) -> list[Position]:
    return [((lon + east + 180) % 360 - 180, lat + north) for lon, lat in ring]


def square(west: float, south: float, side: float) -> list[Position]:
    corners = [(0, 0), (side, 0), (side, side), (0, side), (0, 0)]
    return [(west + x, south + y) for x, y in corners]


def polygon(*rings: Sequence[Position]) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": [list(ring) for ring in rings]}


def polygons(*parts: Sequence[Sequence[Position]]) -> dict[str, Any]:
    return {"type": "MultiPolygon", "coordinates": [list(map(list, rings)) for rings in parts]}


def feature(geometry: Any, **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def collection(*features: Any, **members: Any) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features), **members}


def geojson(folder: Path, document: Any, name: str = "bay.geojson") -> Path:
    path = folder / name
    path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    return path


def read(folder: Path, document: Any) -> Converted:
    return read_sites(geojson(folder, document))


def refusals(found: Converted) -> list[tuple[int, str]]:
    return [(entry.line, entry.problem.code) for entry in found.refused]


def whole_refusal(path: Path) -> Problem:
    with pytest.raises(CaseRefused) as refused:
        read_sites(path)
    (problem,) = refused.value.problems
    expected_text(problem, translator("en"))
    return problem


def make_shapefile(
    folder: Path,
    rings: list[list[list[Position]]],
    names: list[str],
    *,
    prj: str | None = WGS84,
    encoding: str = "utf-8",
    cpg: str | None = None,
) -> Path:
    path = folder / "flats.shp"
    with shapefile.Writer(str(path), shapeType=shapefile.POLYGON, encoding=encoding) as writer:
        writer.field("NAME", "C", 60)
        for parts, name in zip(rings, names, strict=True):
            writer.poly(parts)
            writer.record(name)
    if cpg is None:
        path.with_suffix(".cpg").unlink(missing_ok=True)
    else:
        path.with_suffix(".cpg").write_text(cpg, encoding="ascii")
    if prj is not None:
        path.with_suffix(".prj").write_text(prj, encoding="utf-8")
    return path


# ------------------------------------------------------------------------------------ areas


def test_the_area_is_the_published_one_whatever_the_sense_of_the_ring() -> None:
    assert ring_area_m2(ANTARCTICA) == pytest.approx(ANTARCTICA_M2, abs=0.1)
    assert ring_area_m2(ANTARCTICA[::-1]) == pytest.approx(ANTARCTICA_M2, abs=0.1)
    assert ring_area_m2(ONE_DEGREE) == pytest.approx(ONE_DEGREE_M2, abs=1e-5)


def test_a_site_is_measured_in_hectares_with_its_middle(tmp_path: Path) -> None:
    (row,) = read(tmp_path, feature(polygon(ONE_DEGREE), name="Square")).rows
    assert row == {
        "name": "Square",
        "latitude": 0.5,
        "longitude": 0.5,
        "area_ha": 1230877.8361,
        "boundary": "bay.geojson",
    }


@pytest.mark.parametrize("east", [120, 179.5, -180])
def test_the_area_does_not_depend_on_the_meridian(east: float) -> None:
    found = measure([Polygon(shifted(ONE_DEGREE, east))])
    assert found.area_ha * 1e4 == pytest.approx(ONE_DEGREE_M2, abs=1e-3)
    away = (found.longitude - (east + 0.5) + 180) % 360 - 180
    assert away == pytest.approx(0, abs=1e-9)


def test_holes_are_taken_off_and_parts_added_up(tmp_path: Path) -> None:
    outer, hole = square(120, 36, 0.2), square(120.05, 36.05, 0.1)
    whole = read(tmp_path, polygon(outer)).rows[0]["area_ha"]
    cut = read(tmp_path, polygon(hole)).rows[0]["area_ha"]
    holed = read(tmp_path, polygon(outer, hole[::-1])).rows[0]
    assert holed["area_ha"] == pytest.approx(whole - cut, abs=2e-4)
    assert (holed["latitude"], holed["longitude"]) == pytest.approx((36.1, 120.1), abs=1e-3)
    parts = {"type": "MultiPolygon", "coordinates": [[outer], [square(121, 36, 0.2)]]}
    both = read(tmp_path, parts).rows[0]
    assert both["area_ha"] == pytest.approx(2 * whole, abs=2e-4)
    assert both["longitude"] == pytest.approx(120.6, abs=1e-3)


def test_parts_may_touch_and_lie_in_the_hole_of_another(tmp_path: Path) -> None:
    lagoon, island = square(0.02, 0.02, 0.06), square(0.04, 0.04, 0.02)
    parts = polygons([square(0, 0, 0.1), lagoon], [island], [square(0.1, 0, 0.1)])
    whole = read(tmp_path, polygon(square(0, 0, 0.1))).rows[0]["area_ha"]
    found = read(tmp_path, parts).rows[0]["area_ha"]
    assert found == pytest.approx(whole * (1 - 0.36 + 0.04 + 1), rel=1e-4)


def test_a_long_zigzag_has_the_area_within_its_middle_line(tmp_path: Path) -> None:
    teeth = [(117 + 0.01 * (n % 2), 24 + n * 1e-6) for n in range(5_001)]
    ring = [*teeth, (116.9, 24.005), (116.9, 24.0), teeth[0]]
    middle = [(116.9, 24.0), (117.005, 24.0), (117.005, 24.005), (116.9, 24.005), (116.9, 24.0)]
    areas = [read(tmp_path, polygon(one)).rows[0]["area_ha"] for one in (ring, middle)]
    assert areas[0] == pytest.approx(areas[1], rel=1e-4)


def test_a_collection_of_geometries_is_named_as_what_it_is(tmp_path: Path) -> None:
    found = read(tmp_path, {"type": "GeometryCollection", "geometries": []})
    assert refusals(found) == [(1, "not_an_area")]


def test_a_point_is_a_site_without_an_area(tmp_path: Path) -> None:
    document = feature({"type": "Point", "coordinates": [120.338512349, 36.1, 3.0]}, 名称="胶州湾")
    assert read(tmp_path, document).rows == (
        {
            "name": "胶州湾",
            "latitude": 36.1,
            "longitude": 120.338512,
            "boundary": "bay.geojson",
        },
    )


def test_sites_without_a_name_are_called_after_the_file(tmp_path: Path) -> None:
    one = read(tmp_path, feature(polygon(square(120, 36, 0.1)))).rows
    assert [row["name"] for row in one] == ["bay"]
    features = [
        feature(polygon(square(120, 36, 0.1)), Name="North"),
        feature(polygon(square(121, 36, 0.1)), name=" "),
        feature(polygon(square(122, 36, 0.1)), NAME=7),
    ]
    several = read(tmp_path, collection(*features)).rows
    assert [row["name"] for row in several] == ["North", "bay 2", "7"]


# ----------------------------------------------------------------------------- what is refused


@pytest.mark.parametrize(
    ("geometry", "code"),
    [
        (polygon([(0, 0), (1, 0), (1, 1), (0, 1)]), "ring_open"),
        (polygon([(0, 0), (1, 0), (0, 0)]), "ring_short"),
        (polygon([(0, 0), (1, 1), (1, 0), (0, 1), (0, 0)]), "ring_crossing"),
        (polygon([(0, 0), (1, 1), (2, 2), (0, 0)]), "ring_flat"),
        (polygon([(1, 1), (1, 1), (1, 1), (1, 1)]), "ring_flat"),
        (polygon(square(0, 0, 0.1), square(0, 0, 0.2)), "rings_nested"),
        (polygon(square(0, 0, 0.1), square(0, 0, 0.1)), "rings_nested"),
        (polygon(square(0, 0, 0.1), square(5, 5, 0.01)), "rings_nested"),
        (polygon(square(0, 0, 0.1), square(0.05, 0.05, 0.1)), "ring_crossing"),
        (polygons([square(0, 0, 0.1)], [square(0, 0, 0.1)]), "rings_nested"),
        (polygons([square(0, 0, 0.1)], [square(0.02, 0.02, 0.01)]), "rings_nested"),
        (polygons([square(0.02, 0.02, 0.01)], [square(0, 0, 0.1)]), "rings_nested"),
        (polygons([square(0, 0, 0.1)], [square(0.05, 0.05, 0.1)]), "ring_crossing"),
        ({"type": "GeometryCollection", "geometries": []}, "not_an_area"),
        (polygon([(36, 120), (36.1, 120), (36.1, 120.1), (36, 120)]), "latitude_range"),
        (polygon([(200, 10), (201, 10), (201, 11), (200, 10)]), "longitude_range"),
        ({"type": "Point", "coordinates": [36, 120]}, "latitude_range"),
        ({"type": "Point", "coordinates": ["120", "36"]}, "coordinates_damaged"),
        ({"type": "Point", "coordinates": [10**400, 36]}, "coordinates_damaged"),
        ({"type": "Point", "coordinates": [120]}, "coordinates_damaged"),
        ({"type": "Polygon", "coordinates": []}, "coordinates_damaged"),
        ({"type": "Polygon"}, "coordinates_damaged"),
        ({"type": "LineString", "coordinates": [[0, 0], [1, 1]]}, "not_an_area"),
        (None, "not_an_area"),
    ],
)
def test_a_feature_that_is_no_site_is_left_out_by_name(
    geometry: Any, code: str, tmp_path: Path
) -> None:
    good = feature(polygon(square(120, 36, 0.1)), name="good")
    found = read(tmp_path, collection(good, feature(geometry)))
    assert [row["name"] for row in found.rows] == ["good"]
    assert refusals(found) == [(2, code)]
    assert expected_text(found.refused[0].problem, translator("en"))


def test_a_name_that_a_case_does_not_take_is_left_out(tmp_path: Path) -> None:
    found = read(tmp_path, feature(polygon(square(120, 36, 0.1)), name="x" * 121))
    assert refusals(found) == [(1, "too_long")]


@pytest.mark.parametrize(
    "name",
    [
        "urn:ogc:def:crs:OGC:1.3:CRS84",
        "urn:ogc:def:crs:EPSG::4326",
        "EPSG:4326",
        "EPSG:4490",
        "urn:ogc:def:crs:EPSG::4490",
        "http://www.opengis.net/def/crs/OGC/1.3/CRS84",
    ],
)
def test_wgs84_and_cgcs2000_are_taken(name: str, tmp_path: Path) -> None:
    crs = {"type": "name", "properties": {"name": name}}
    document = collection(feature(polygon(square(120, 36, 0.1))), crs=crs)
    assert len(read(tmp_path, document).rows) == 1


@pytest.mark.parametrize(
    ("crs", "named"),
    [
        ({"type": "name", "properties": {"name": "EPSG:3857"}}, "EPSG:3857"),
        ({"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4549"}}, "4549"),
        ({"type": "name", "properties": {"name": "GCJ-02"}}, "GCJ-02"),
        ({"type": "link", "properties": {"href": "x"}}, "link"),
        (None, "null"),
    ],
)
def test_another_reference_system_is_refused_by_name(crs: Any, named: str, tmp_path: Path) -> None:
    document = collection(feature(polygon(square(120, 36, 0.1))), crs=crs)
    problem = whole_refusal(geojson(tmp_path, document))
    assert problem.code == "crs_not_wgs84"
    assert named in str(problem.value)


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("bay.geojson", b"{", "not_geojson"),
        ("bay.geojson", b"[1]", "not_geojson"),
        ("bay.json", b'{"type": "Topology"}', "not_geojson"),
        ("bay.geojson", b"\xff\xfe\x00", "not_geojson"),
        ("bay.geojson", b"[" * 100_000, "not_geojson"),
        ("bay.geojson", b" " * 5_000_001, "too_large"),
        ("bay.kml", b"<kml/>", "not_a_map_file"),
        ("bay.zip", b"PK\x03\x04 cut off", "damaged_file"),
    ],
)
def test_what_is_no_map_is_refused(name: str, content: bytes, code: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert whole_refusal(path).code == code


def test_a_file_that_is_gone_is_refused(tmp_path: Path) -> None:
    assert whole_refusal(tmp_path / "gone.geojson").code == "not_readable"
    assert whole_refusal(tmp_path / "gone.shp").code == "not_readable"


def test_a_map_of_too_many_corners_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_sites, "MAX_CORNERS", 8)
    document = collection(*[feature(polygon(square(120 + n, 36, 0.1))) for n in range(2)])
    assert whole_refusal(geojson(tmp_path, document)).code == "too_many_corners"


# ---------------------------------------------------------------------------------- shapefiles


def test_a_shapefile_is_read_with_holes_and_names(tmp_path: Path) -> None:
    outer, hole = square(120, 36, 0.2)[::-1], square(120.05, 36.05, 0.1)
    path = make_shapefile(tmp_path, [[outer, hole], [square(121, 36, 0.1)[::-1]]], ["滩涂", "B"])
    (first, second) = read_sites(path).rows
    expected = read(tmp_path, polygon(outer, hole)).rows[0]
    assert first["area_ha"] == expected["area_ha"]
    assert (first["name"], second["name"]) == ("滩涂", "B")
    assert first["boundary"] == "flats.shp"


def test_a_zip_file_of_a_shapefile_is_read(tmp_path: Path) -> None:
    path = make_shapefile(tmp_path, [[ONE_DEGREE[::-1]]], ["A"], prj=CGCS2000)
    packed = tmp_path / "flats.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for part in (".shp", ".shx", ".dbf", ".prj"):
            archive.write(path.with_suffix(part), f"maps/flats{part}")
        archive.writestr("__MACOSX/maps/._flats.shp", b"")
    (row,) = read_sites(packed).rows
    assert (row["name"], row["area_ha"]) == ("A", 1230877.8361)
    assert row["boundary"] == "flats.zip"


@pytest.mark.parametrize("cpg", [None, "GBK", "936", "CP936", "unknown"])
def test_chinese_names_in_a_chinese_code_page_are_read(cpg: str | None, tmp_path: Path) -> None:
    path = make_shapefile(tmp_path, [[ONE_DEGREE[::-1]]], ["东台滩涂"], encoding="gbk", cpg=cpg)
    (row,) = read_sites(path).rows
    assert row["name"] == "东台滩涂"


@pytest.mark.parametrize(
    ("prj", "named"),
    [
        (GAUSS_KRUGER, "CGCS2000_3_Degree_GK_CM_120E"),
        (BEIJING54, "GCS_Beijing_1954"),
        (WGS84.replace("Greenwich", "Paris"), "GCS_WGS_1984"),
        ("", ""),
    ],
)
def test_a_shapefile_in_another_projection_has_to_be_reprojected(
    prj: str, named: str, tmp_path: Path
) -> None:
    problem = whole_refusal(make_shapefile(tmp_path, [[ONE_DEGREE[::-1]]], ["A"], prj=prj))
    assert (problem.code, problem.value) == ("crs_not_wgs84", named)
    assert "reproject" in expected_text(problem, translator("en"))


def test_a_shapefile_without_its_projection_is_refused(tmp_path: Path) -> None:
    problem = whole_refusal(make_shapefile(tmp_path, [[ONE_DEGREE[::-1]]], ["A"], prj=None))
    assert (problem.code, problem.facts) == ("shapefile_part", {"part": ".prj"})


def test_a_shapefile_that_is_cut_off_is_refused(tmp_path: Path) -> None:
    path = make_shapefile(tmp_path, [[ONE_DEGREE[::-1]]], ["A"])
    for size in (0, 50, 120, 150):
        path.write_bytes(path.read_bytes()[:size])
        assert whole_refusal(path).code == "damaged_file"
    path.write_bytes(b"no shapefile at all" * 20)
    assert whole_refusal(path).code == "damaged_file"


def test_a_zip_file_must_hold_one_shapefile(tmp_path: Path) -> None:
    packed = tmp_path / "flats.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("readme.txt", "nothing")
    problem = whole_refusal(packed)
    assert (problem.code, problem.facts) == ("several_shapefiles", {"count": 0})


def test_lines_of_a_shapefile_are_no_sites(tmp_path: Path) -> None:
    path = tmp_path / "coast.shp"
    with shapefile.Writer(str(path), shapeType=shapefile.POLYLINE) as writer:
        writer.field("NAME", "C", 10)
        writer.line([[(0, 0), (1, 1)]])
        writer.record("x")
        writer.null()
        writer.record("y")
    path.with_suffix(".prj").write_text(WGS84, encoding="utf-8")
    assert refusals(read_sites(path)) == [(1, "not_an_area"), (2, "not_an_area")]
