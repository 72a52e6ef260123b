"""The typographic system of the documents: one scale, few colours, hairlines."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm

from app.reports.fonts import CHINESE, LATIN

INK = HexColor("#1B2B33")
LINE = HexColor("#B9C9CC")
GREY = HexColor("#5A6B72")
ALERT = HexColor("#A3261C")
BLUSH = HexColor("#FBEFEC")
WATERMARK = HexColor("#EEF2F2")

WIDTH, HEIGHT = A4
MARGIN = 18 * mm
TOP = 20 * mm
BOTTOM = 17 * mm
LINE_WIDTH = WIDTH - 2 * MARGIN

TABLE_SIZE, DENSE_SIZE = 7.4, 6.0
"""Points of the type of a table, and of one that would be too wide in it."""

AFTER_FIGURES = 7.0
"""Points that stand between a column of figures and one of texts, besides the usual padding."""

MARK = 17.0
"""Points that the mark of a working takes beside its figure."""


_READABLE = 4.5
"""Contrast that small type needs to its ground (WCAG 2.2, 1.4.3)."""

_TINT = 0.094
"""Share of the colour of the house in the ground of what stands out."""


def readable(colour: Color) -> Color:
    """Return the colour, as dark as small type on white must be."""
    while contrast_to_white(colour) < _READABLE:
        colour = Color(*(0.95 * part for part in colour.rgb()))
    return colour


def contrast_to_white(colour: Color) -> float:
    """Return the ratio of luminances of white and a colour (WCAG 2.2)."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in colour.rgb()
    )
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def tint(colour: Color) -> Color:
    """Return the light ground that goes with a colour."""
    return Color(*(1 - _TINT * (1 - part) for part in colour.rgb()))


@dataclass(frozen=True)
class Styles:
    """Paragraph styles in the face of a language and the colour of a house.

    `colour` is that of titles, heads and rules, `tint` the ground of what stands out;
    `breaking_anywhere` holds each style, by name, with Chinese rules of line breaking.
    """

    face: str
    colour: Color
    tint: Color
    body: ParagraphStyle
    small: ParagraphStyle
    label: ParagraphStyle
    head: ParagraphStyle
    head_right: ParagraphStyle
    cell: ParagraphStyle
    cell_right: ParagraphStyle
    dense_head: ParagraphStyle
    dense_head_right: ParagraphStyle
    dense: ParagraphStyle
    dense_right: ParagraphStyle
    second: ParagraphStyle
    second_right: ParagraphStyle
    dense_second: ParagraphStyle
    dense_second_right: ParagraphStyle
    house: ParagraphStyle
    title: ParagraphStyle
    subject: ParagraphStyle
    heading: ParagraphStyle
    subheading: ParagraphStyle
    hero: ParagraphStyle
    second_hero: ParagraphStyle
    breaking_anywhere: Mapping[str, ParagraphStyle]


def make_styles(language: str, colour: str) -> Styles:
    """Return the styles of a document in the face of its leading language."""
    face = LATIN if language == "en" else CHINESE
    sea = readable(HexColor(colour))
    bold = f"{face}-Bold"
    found: dict[str, ParagraphStyle] = {}

    def style(name: str, size: float, leading: float, **more: object) -> ParagraphStyle:
        options: dict[str, Any] = {"fontName": face, "textColor": INK, "splitLongWords": 1, **more}
        found[name] = ParagraphStyle(name, fontSize=size, leading=leading, **options)
        return found[name]

    styles = {
        "body": style("body", 8.4, 11),
        "small": style("small", 7, 9.4, textColor=GREY, spaceBefore=2),
        "label": style("label", 7.6, 9.4),
        "head": style("head", 7.2, 8.6, fontName=bold, textColor=sea),
        "head_right": style("head_right", 7.2, 8.6, fontName=bold, textColor=sea,
                            alignment=TA_RIGHT),
        "cell": style("cell", 7.4, 9.4),
        "cell_right": style("cell_right", 7.4, 9.4, alignment=TA_RIGHT),
        "dense_head": style("dense_head", 6.0, 7.3, fontName=bold, textColor=sea),
        "dense_head_right": style("dense_head_right", 6.0, 7.3, fontName=bold, textColor=sea,
                                  alignment=TA_RIGHT),
        "dense": style("dense", 6.0, 8.0),
        "dense_right": style("dense_right", 6.0, 8.0, alignment=TA_RIGHT),
        "second": style("second", 6.2, 7.6, fontName=LATIN, textColor=GREY),
        "second_right": style("second_right", 6.2, 7.6, fontName=LATIN, textColor=GREY,
                              alignment=TA_RIGHT),
        "dense_second": style("dense_second", 5.2, 6.4, fontName=LATIN, textColor=GREY),
        "dense_second_right": style("dense_second_right", 5.2, 6.4, fontName=LATIN,
                                    textColor=GREY, alignment=TA_RIGHT),
        "house": style("house", 11, 14, fontName=bold),
        "title": style("title", 15, 19, fontName=bold, textColor=sea),
        "subject": style("subject", 9.4, 12.4, fontName=bold, spaceBefore=2, spaceAfter=4),
        "heading": style("heading", 10.4, 13, fontName=bold, textColor=sea, spaceBefore=8,
                         spaceAfter=3),
        "subheading": style("subheading", 8.6, 11, fontName=bold, spaceBefore=5, spaceAfter=2),
        "hero": style("hero", 22, 26, fontName=bold, textColor=sea),
        "second_hero": style("second_hero", 12, 15),
    }  # fmt: skip
    wide = {
        name: ParagraphStyle(f"{name}-wide", parent=base, wordWrap="CJK")
        for name, base in found.items()
    }
    return Styles(
        face=face, colour=sea, tint=tint(sea), breaking_anywhere=MappingProxyType(wide), **styles
    )
