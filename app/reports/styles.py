"""The typographic system of the documents: one scale, few colours, hairlines."""

from dataclasses import dataclass
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm

from app.reports.fonts import CHINESE, LATIN

INK = HexColor("#1B2B33")
SEA = HexColor("#0B6E75")
MIST = HexColor("#E8F1F1")
LINE = HexColor("#B9C9CC")
GREY = HexColor("#5A6B72")
ALERT = HexColor("#A3261C")
BLUSH = HexColor("#FBEFEC")
WATERMARK = HexColor("#EEF2F2")

MARGIN = 18 * mm
TOP = 24 * mm
BOTTOM = 20 * mm


@dataclass(frozen=True)
class Styles:
    """Paragraph styles in the face of a language."""

    face: str
    body: ParagraphStyle
    strong: ParagraphStyle
    figure: ParagraphStyle
    strong_figure: ParagraphStyle
    small: ParagraphStyle
    head: ParagraphStyle
    head_right: ParagraphStyle
    cell: ParagraphStyle
    cell_right: ParagraphStyle
    title: ParagraphStyle
    heading: ParagraphStyle
    subheading: ParagraphStyle
    hero: ParagraphStyle
    alert: ParagraphStyle


def make_styles(language: str) -> Styles:
    """Return the styles of a document: Chinese breaking rules unless it is English only."""
    face = LATIN if language == "en" else CHINESE
    wrap = None if language == "en" else "CJK"

    def style(name: str, size: float, leading: float, **more: Any) -> ParagraphStyle:
        options: dict[str, Any] = {"textColor": INK, "wordWrap": wrap, **more}
        return ParagraphStyle(
            f"{name}-{language}", fontName=face, fontSize=size, leading=leading, **options
        )

    bold = f"{face}-Bold"

    def bolder(base: ParagraphStyle, name: str, **more: Any) -> ParagraphStyle:
        return ParagraphStyle(f"{name}-{language}", parent=base, fontName=bold, **more)

    body = style("body", 8.6, 11.4)
    cell = style("cell", 7.4, 9.6)
    figure = ParagraphStyle(f"figure-{language}", parent=body, alignment=TA_RIGHT)
    head = bolder(style("head-base", 7.2, 9.2, textColor=SEA), "head")
    return Styles(
        face=face,
        body=body,
        strong=bolder(body, "strong"),
        figure=figure,
        strong_figure=bolder(figure, "strong-figure"),
        small=style("small", 7.2, 9.6, textColor=GREY),
        head=head,
        head_right=ParagraphStyle(f"head-right-{language}", parent=head, alignment=TA_RIGHT),
        cell=cell,
        cell_right=ParagraphStyle(f"cell-right-{language}", parent=cell, alignment=TA_RIGHT),
        title=bolder(style("title-base", 15, 19, textColor=SEA, spaceAfter=1), "title"),
        heading=bolder(
            style("heading-base", 10.4, 13.6, textColor=SEA, spaceBefore=9, spaceAfter=3,
                  keepWithNext=1),
            "heading",
        ),
        subheading=bolder(
            style("subheading-base", 9, 12, spaceBefore=5, spaceAfter=2, keepWithNext=1),
            "subheading",
        ),
        hero=bolder(style("hero-base", 20, 24, textColor=SEA), "hero"),
        alert=bolder(style("alert-base", 8.4, 11, textColor=ALERT), "alert"),
    )  # fmt: skip
