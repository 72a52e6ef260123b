"""The template of a house and the status of a document, as they stand on paper."""

import io
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

import pytest
from PIL import Image
from pypdf import PdfReader
from reportlab.lib.colors import HexColor

from app.finance.engine import compute_case
from app.finance.errors import DomainError
from app.finance.sink.tables import SinkTables
from app.reports.document import Document, Prose, Signatures, Strip, Words, free
from app.reports.frame import framed, identity, signed
from app.reports.house import House, HouseTexts
from app.reports.pdf import draw
from app.reports.sheet import Sheet
from app.reports.stamp import Stamp
from app.reports.styles import contrast_to_white, make_styles
from app.services.case_file import validate
from tests import sheets
from tests.pdf_text import page_texts

DAY = date(2026, 11, 21)
DRAFT = replace(sheets.DRAFT, document_no="TS-0123-4567-89AB-v3")
APPROVED = replace(DRAFT, approved=True)
FINAL = replace(APPROVED, final=True)


@cache
def logo(wide: int, high: int) -> bytes:
    stream = io.BytesIO()
    Image.new("RGBA", (wide, high), (180, 30, 40, 120)).save(stream, "PNG")
    return stream.getvalue()


HOUSE = House(
    zh=HouseTexts(
        name="海岸商业银行",
        office="公司金融部",
        address="福州市五四路",
        disclaimer="本文件不构成承诺。",
        confidentiality="内部资料",
        signers=("客户经理", "审批人"),
    ),
    en=HouseTexts(
        name="Coast Commercial Bank",
        office="Corporate Banking",
        address="Fuzhou",
        disclaimer="No promise.",
        confidentiality="Internal",
        signers=("Officer",),
    ),
    colour="#9C1B2E",
    logo=logo(600, 300),
)


def sheet(
    document: dict[str, Any], language: str, house: House = HOUSE, stamp: Stamp = DRAFT
) -> Sheet:
    file = validate(document)
    stamp = replace(stamp, template=house.digest)
    results = compute_case(file.case, SinkTables({}))
    return Sheet(file, results, stamp, Words(language), house)


def page(found: Sheet) -> Document:
    blocks = (
        identity(found),
        Prose(free("What the page says.")),
        signed(found, free("Not binding."), seal=True),
    )
    return framed(found, free("A sheet"), blocks, house="兴业银行")


def printed(found: Sheet) -> bytes:
    return draw(page(found), issued_on=DAY)


@pytest.mark.parametrize(
    ("stamp", "status", "watermark"),
    [
        (DRAFT, "draft", ("DRAFT",)),
        (APPROVED, "approved, not issued", ("NOT ISSUED",)),
        (FINAL, "final", ()),
    ],
)
def test_the_status_stands_in_the_strip_and_across_the_page(
    document: dict[str, Any], stamp: Stamp, status: str, watermark: tuple[str, ...]
) -> None:
    found = page(sheet(document, "en", stamp=stamp))
    strip = found.blocks[0]
    assert isinstance(strip, Strip)
    assert strip.facts[-1].value.leading == status
    assert found.watermark == watermark


def test_the_house_heads_the_first_page_and_its_small_print_comes_before_the_signatures(
    document: dict[str, Any],
) -> None:
    found = page(sheet(document, "both"))
    places = [type(block) for block in found.blocks]
    assert places[-2:] == [Prose, Signatures]
    disclaimer = found.blocks[-2]
    assert isinstance(disclaimer, Prose)
    assert disclaimer.text.lines == ("本文件不构成承诺。", "No promise.")
    (text,) = page_texts(printed(sheet(document, "both")))
    for line in (
        "海岸商业银行",
        "Coast Commercial Bank",
        "公司金融部",
        "福州市五四路",
        "内部资料",
        "Internal",
    ):
        assert line in text  # fmt: skip
    assert "兴业银行" not in text
    assert f"template {HOUSE.digest}" in text
    assert "0123-4567-89AB" in text


def test_each_language_has_the_texts_of_its_own(document: dict[str, Any]) -> None:
    (text,) = page_texts(printed(sheet(document, "en")))
    assert "Coast Commercial Bank" in text
    assert "海岸" not in text
    only_chinese = replace(HOUSE, en=HouseTexts())
    (text,) = page_texts(printed(sheet(document, "en", only_chinese)))
    assert "海岸" not in text
    (text,) = page_texts(printed(sheet(document, "both", only_chinese)))
    assert text.count("内部资料") == 1


def test_a_house_that_says_nothing_leaves_the_issuer_in_the_header(
    document: dict[str, Any],
) -> None:
    found = page(sheet(document, "zh", House()))
    assert found.header[0] == "兴业银行"
    assert len(found.blocks) == 3
    (text,) = page_texts(printed(sheet(document, "zh", House())))
    assert "兴业银行" in text
    assert "模板" not in text


def test_a_long_confidentiality_is_cut_in_the_header_and_stands_in_full_below(
    document: dict[str, Any],
) -> None:
    long = "For the bank alone, " * 12
    house = replace(HOUSE, en=replace(HOUSE.en, confidentiality=long))
    found = page(sheet(document, "en", house))
    small = [block.text.leading for block in found.blocks if isinstance(block, Prose)]
    assert long.strip() in small


@pytest.mark.parametrize("size", [(600, 300), (300, 3000), (3000, 100)])
def test_a_logo_is_scaled_and_keeps_its_proportions(
    document: dict[str, Any], size: tuple[int, int]
) -> None:
    data = printed(sheet(document, "zh", replace(HOUSE, logo=logo(*size))))
    reader = PdfReader(io.BytesIO(data))
    (image,) = reader.pages[0].images
    assert image.image is not None
    wide, high = image.image.size
    assert max(wide, high) <= 1100
    assert wide / high == pytest.approx(size[0] / size[1], rel=0.02)
    drawn = [
        [float(part) for part in line.split()[:6]]
        for line in reader.pages[0].get_contents().get_data().decode("latin-1").splitlines()  # type: ignore[union-attr]
        if line.endswith(" cm") and line.split()[1:3] == ["0", "0"]
    ]
    assert any(line[0] / line[3] == pytest.approx(wide / high, rel=1e-3) for line in drawn)


def test_a_logo_that_is_no_picture_is_refused(document: dict[str, Any]) -> None:
    with pytest.raises(DomainError) as caught:
        printed(sheet(document, "zh", replace(HOUSE, logo=b"\x89PNG\r\n\x1a\nbroken")))
    assert (caught.value.code, caught.value.facts["path"]) == ("no_picture", "house.logo")


@pytest.mark.parametrize(
    ("house", "path"),
    [
        (replace(HOUSE, zh=replace(HOUSE.zh, name="𠮷银行")), "house.zh.name"),
        (replace(HOUSE, zh=replace(HOUSE.zh, signers=("甲", "𠮷"))), "house.zh.signers.1"),
        (replace(HOUSE, en=replace(HOUSE.en, disclaimer="𠮷")), "house.en.disclaimer"),
    ],
)
def test_a_text_of_the_house_that_cannot_be_drawn_is_refused(
    document: dict[str, Any], house: House, path: str
) -> None:
    with pytest.raises(DomainError) as caught:
        printed(sheet(document, "zh", house))
    assert (caught.value.code, caught.value.facts["path"]) == ("missing_glyph", path)


def test_a_number_that_cannot_be_drawn_is_refused(document: dict[str, Any]) -> None:
    stamp = replace(FINAL, document_no="𠮷-1")
    with pytest.raises(DomainError, match="missing_glyph"):
        printed(sheet(document, "zh", stamp=stamp))


@pytest.mark.parametrize("colour", ["#FFE000", "#FFFFFF", "#00FF88", "#9C1B2E", "#0B6E75"])
def test_titles_and_heads_can_be_read_in_any_colour_of_a_house(colour: str) -> None:
    styles = make_styles("zh", colour)
    assert contrast_to_white(styles.colour) >= 4.5
    assert contrast_to_white(styles.tint) <= 1.3
    if contrast_to_white(HexColor(colour)) >= 4.5:
        assert styles.colour.hexval() == HexColor(colour).hexval()
