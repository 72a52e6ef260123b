"""How the cells of a workbook look: number formats, tints, borders; one look with the documents."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from app.reports.house import House, Negative


class Kind(StrEnum):
    """What a figure is, which says how many places it has; the unit stands in the head.

    `FLOW` is money of a period, of which nought is a dash; `MARK` shows a dot where it is not 0.
    """

    MONEY = "money"
    FLOW = "flow"
    TONNES = "tonnes"
    PRICE = "price"
    PERCENT = "percent"
    COUNT = "count"
    YEARS = "years"
    FACTOR = "factor"
    YEAR = "year"
    DATE = "date"
    PLAIN = "plain"
    MARK = "mark"


class Look(StrEnum):
    """What a cell is for: `INPUT` may be changed, `LIVE` is computed here, `FIXED` never moves."""

    INPUT = "input"
    LIVE = "live"
    TOTAL = "total"
    FIXED = "fixed"
    LABEL = "label"
    STRONG = "strong"
    HEAD = "head"
    BAND = "band"
    TITLE = "title"
    TEXT = "text"
    NOTE = "note"
    ALERT = "alert"


_PLACES = {
    Kind.MONEY: "#,##0.00",
    Kind.FLOW: "#,##0.00",
    Kind.TONNES: "#,##0.00##",
    Kind.PRICE: "#,##0.00##",
    Kind.PERCENT: "0.00####%",
    Kind.COUNT: "#,##0",
    Kind.YEARS: "0.00####",
    Kind.FACTOR: "0.000000",
    Kind.PLAIN: "#,##0.######",
}
INPUT_TINT, INPUT_INK = "#FFF6DC", "#1F3FA6"
"""Ground and ink of a cell that may be changed: blue figures, as bankers' models have them."""

FIXED_TINT, LINE, GREY, RED = "#F1F3F4", "#C9D1D6", "#5B666D", "#B3261E"
_WORDS = (Look.LABEL, Look.STRONG, Look.HEAD, Look.BAND, Look.TITLE, Look.TEXT, Look.NOTE)
_BOXED = (Look.INPUT, Look.LIVE, Look.TOTAL, Look.FIXED)


@dataclass(frozen=True, slots=True)
class Style:
    """One way a cell can look; `quoted` marks a text that begins as a formula does."""

    look: Look
    kind: Kind | None = None
    quoted: bool = False
    right: bool = False


def number_format(kind: Kind, negative: Negative) -> str:
    """Return the number format of a figure; negative ones as the house prints them."""
    if kind is Kind.DATE:
        return "yyyy-mm-dd"
    if kind is Kind.YEAR:
        return "0"
    if kind is Kind.MARK:
        return '"●";"●";""'
    places = _PLACES[kind]
    zero = ';"–"' if kind is Kind.FLOW else ""
    if negative is Negative.PARENTHESES:
        return f"{places}_);({places}){zero}"
    return f"{places};-{places}{zero}" if zero else places


def properties(style: Style, house: House, font: str) -> dict[str, Any]:
    """Return the properties of a format, as XlsxWriter names them."""
    found: dict[str, Any] = {"font_name": font, "font_size": 10, "valign": "vcenter"}
    if style.kind is not None:
        found["num_format"] = number_format(style.kind, house.negative)
    if style.look in _WORDS:
        found["text_wrap"] = style.look not in (Look.TITLE, Look.BAND)
    if style.look in _BOXED:
        found |= {"border": 1, "border_color": LINE}
        found["text_wrap"] = style.kind is None
    if style.right or style.look in _BOXED:
        found["align"] = "right" if style.kind is not None or style.right else "left"
    if style.quoted:
        found["quote_prefix"] = True
    return found | _OWN[style.look] | _coloured(style.look, house.colour)


_OWN: dict[Look, dict[str, Any]] = {
    Look.INPUT: {"bg_color": INPUT_TINT, "font_color": INPUT_INK},
    Look.LIVE: {},
    Look.TOTAL: {"bold": True},
    Look.FIXED: {"bg_color": FIXED_TINT},
    Look.LABEL: {},
    Look.STRONG: {"bold": True},
    Look.HEAD: {"bold": True, "font_color": "#FFFFFF", "align": "center"},
    Look.BAND: {"bold": True, "bottom": 1},
    Look.TITLE: {"bold": True, "font_size": 15},
    Look.TEXT: {"indent": 1},
    Look.NOTE: {"font_color": GREY, "font_size": 9},
    Look.ALERT: {"bold": True, "font_color": RED, "text_wrap": True, "valign": "top"},
}


def _coloured(look: Look, colour: str) -> dict[str, Any]:
    """What takes the colour of the house."""
    if look is Look.HEAD:
        return {"bg_color": colour}
    if look is Look.BAND:
        return {"font_color": colour, "bottom_color": colour}
    return {"font_color": colour} if look is Look.TITLE else {}
