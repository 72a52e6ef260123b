"""A printed file can be kept: what PDF/A-2b wants of it, as far as it can be read back here."""

import io
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

from app.finance.engine import compute_case
from app.paths import resources
from app.reference.tables import load_reference
from app.reports.kinds import Choice, DocumentKind
from app.reports.seal import check_seal
from app.services.case_file import read_file
from tests.sheets import DRAFT, document_pdf

CASES = {
    "loan": ("cib-jiaozhou.bcd.json", DocumentKind.CASE_RECORD, "both"),
    "insurance": ("china-life-seagrass.bcd.json", DocumentKind.CASE_RECORD, "en"),
}
STANDARD = ("Helvetica", "Times", "Courier", "Symbol", "ZapfDingbats")
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_NAMES = {
    "title": "{http://purl.org/dc/elements/1.1/}title",
    "part": "{http://www.aiim.org/pdfa/ns/id/}part",
    "conformance": "{http://www.aiim.org/pdfa/ns/id/}conformance",
    "producer": "{http://ns.adobe.com/pdf/1.3/}Producer",
    "creator": "{http://ns.adobe.com/xap/1.0/}CreatorTool",
    "created": "{http://ns.adobe.com/xap/1.0/}CreateDate",
}


@cache
def printed(name: str) -> bytes:
    case, kind, language = CASES[name]
    file = read_file(resources() / "demo" / case)
    results = compute_case(file.case, load_reference().tables)
    stamp = replace(DRAFT, document_no="TS-0123-4567-89AB")
    return document_pdf(file, results, stamp, language=language, choice=Choice(kind))


@pytest.fixture(params=sorted(CASES))
def data(request: pytest.FixtureRequest) -> bytes:
    return printed(request.param)


def objects(reader: PdfReader) -> Iterator[Any]:
    for number in range(1, int(str(reader.trailer["/Size"]))):
        found = reader.get_object(IndirectObject(number, 0, reader))
        if found is not None:
            yield found


def dictionaries(reader: PdfReader) -> Iterator[Any]:
    return (found for found in objects(reader) if isinstance(found, DictionaryObject))


def test_it_names_what_its_colours_mean(data: bytes) -> None:
    root: Any = PdfReader(io.BytesIO(data)).root_object
    (intent,) = root["/OutputIntents"]
    assert intent["/S"] == "/GTS_PDFA1"
    profile = intent["/DestOutputProfile"].get_object()
    assert profile["/N"] == 3
    content = profile.get_data()
    assert content == (resources() / "colour" / "sRGB.icc").read_bytes()
    assert content[8:10] == b"\x02\x10"
    assert content[12:24] == b"mntrRGB XYZ "


def test_old_and_new_metadata_say_the_same(data: bytes) -> None:
    reader = PdfReader(io.BytesIO(data))
    stream = reader.root_object["/Metadata"]
    assert isinstance(stream, StreamObject)
    assert "/Filter" not in stream
    tree = ET.fromstring(stream.get_data().decode())  # noqa: S314 - our own file
    found = {key: "".join(next(tree.iter(name)).itertext()) for key, name in _NAMES.items()}
    info = reader.metadata
    assert info is not None
    assert (found["part"], found["conformance"]) == ("2", "B")
    assert found["title"] == info.title
    assert found["producer"] == info.producer
    assert found["creator"] == info.creator == "Blue Carbon Desk"
    assert found["created"] == "2026-11-21T00:00:00+00:00"
    assert info.creation_date_raw == "D:20261121000000+00'00'"
    assert {node.get(f"{_RDF}about") for node in tree.iter(f"{_RDF}Description")} == {""}


def test_every_font_is_embedded_and_none_of_the_standard_ones_is_named(data: bytes) -> None:
    reader = PdfReader(io.BytesIO(data))
    fonts = [found for found in dictionaries(reader) if found.get("/Type") == "/Font"]
    assert len(fonts) >= 3
    for font in fonts:
        assert font["/Subtype"] == "/TrueType"
        assert font["/BaseFont"][7:].startswith("+BlueCarbon")
        assert "/ToUnicode" in font
        descriptor = font["/FontDescriptor"].get_object()
        assert descriptor["/FontFile2"].get_object().get_data()
        assert descriptor["/Flags"] & 4
        assert "/Encoding" not in font
    assert not any(f"/{name}".encode() in data for name in STANDARD)


def test_nothing_is_see_through_and_no_script_is_in_it(data: bytes) -> None:
    for found in dictionaries(PdfReader(io.BytesIO(data))):
        assert found.get("/ca", 1) == 1
        assert found.get("/CA", 1) == 1
        assert found.get("/SMask", "/None") == "/None"
        assert found.get("/S") not in ("/JavaScript", "/Launch", "/Transparency")
        assert "/AA" not in found


def test_links_are_printed(data: bytes) -> None:
    pages = PdfReader(io.BytesIO(data)).pages
    links = [link.get_object() for page in pages for link in page.get("/Annots", ())]
    assert links
    assert {link["/F"] for link in links} == {4}


def test_streams_end_before_the_line_that_ends_them(data: bytes) -> None:
    reader = PdfReader(io.BytesIO(data))
    assert b"\nendstream" in data
    assert data.count(b"endstream") == data.count(b"\nendstream")
    identifier = reader.trailer["/ID"]
    assert isinstance(identifier, ArrayObject)
    assert len(identifier) == 2


def test_it_says_its_language_title_pages_and_outline(data: bytes) -> None:
    reader = PdfReader(io.BytesIO(data))
    assert str(reader.root_object["/Lang"]) in ("zh-CN", "en")
    assert reader.metadata is not None
    assert reader.metadata.title
    assert reader.outline
    assert f"{len(reader.pages)}" in reader.pages[-1].extract_text()
    assert check_seal(data).facts["number"] == "TS-0123-4567-89AB"


def test_the_same_document_has_the_same_identifier(data: bytes) -> None:
    identifier: Any = PdfReader(io.BytesIO(data)).trailer["/ID"]
    first, second = identifier
    assert first == second


@pytest.mark.skipif(shutil.which("qpdf") is None, reason="qpdf is not installed")
def test_a_checker_of_files_finds_nothing(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "document.pdf"
    path.write_bytes(data)
    found = subprocess.run(  # noqa: S603
        [shutil.which("qpdf") or "", "--check", str(path)], capture_output=True, check=False
    )
    assert found.returncode == 0, found.stdout
    assert not found.stderr
