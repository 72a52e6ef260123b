"""The faces of the documents: registered once, checked before anything is printed."""

from functools import cache
from html import escape
from itertools import groupby
from typing import Any

from reportlab import rl_config
from reportlab.graphics.shapes import STATE_DEFAULTS
from reportlab.pdfbase import pdfmetrics, ttfonts
from reportlab.pdfbase.ttfonts import TTFont

from app.finance.errors import DomainError
from app.paths import resources

CHINESE = "BlueCarbonSC"
LATIN = "BlueCarbonL"
_FILES = {
    CHINESE: ("BlueCarbonSansSC-E-Regular.ttf", "BlueCarbonSansSC-E-Bold.ttf"),
    LATIN: ("BlueCarbonSans-L-Regular.ttf", "BlueCarbonSans-L-Bold.ttf"),
}


def _to_unicode_map(font_name: str, subset: list[int]) -> str:
    """The ToUnicode table of a subset, with code points beyond U+FFFF as UTF-16 pairs.

    reportlab writes the bare code point there, and copying or searching such a character
    (196 of the 8,105 standard ones) then gives rubbish.
    """
    lines = [
        f"<{index:02X}> <{chr(code).encode('utf-16-be').hex().upper()}>"
        for index, code in enumerate(subset)
    ]
    body = "\n".join(lines)
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        f"/CIDSystemInfo\n<< /Registry ({font_name})\n/Ordering ({font_name})\n"
        f"/Supplement 0\n>> def\n/CMapName /{font_name} def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<00> <FF>\nendcodespacerange\n"
        f"{len(subset)} beginbfchar\n{body}\nendbfchar\nendcmap\n"
        "CMapName currentdict /CMap defineresource pop\nend\nend"
    )


@cache
def register_fonts() -> None:
    """Make the faces known to reportlab, bold included; italics fall back to upright."""
    ttfonts.makeToUnicodeCMap = _to_unicode_map  # type: ignore[assignment]
    folder = resources() / "fonts"
    for name, (regular, bold) in _FILES.items():
        pdfmetrics.registerFont(TTFont(name, str(folder / regular)))
        pdfmetrics.registerFont(TTFont(f"{name}-Bold", str(folder / bold)))
        pdfmetrics.registerFontFamily(
            name, normal=name, bold=f"{name}-Bold", italic=name, boldItalic=f"{name}-Bold"
        )
    rl_config.canvas_basefontname = CHINESE
    STATE_DEFAULTS["fontName"] = CHINESE


@cache
def _characters(face: str) -> frozenset[int]:
    register_fonts()
    font: Any = pdfmetrics.getFont(face)
    return frozenset(font.face.charToGlyph)


def missing_glyphs(text: str) -> str:
    """Return the characters of `text` that no face can draw, each once; line ends are fine."""
    known = _characters(CHINESE) | _characters(LATIN)
    return "".join(sorted({char for char in text if ord(char) not in known and char not in "\n\t"}))


def checked(text: str, path: str = "") -> str:
    """Return `text` if it can be drawn.

    Raises:
        DomainError: `missing_glyph` with the characters and the path of the input.
    """
    missing = missing_glyphs(text)
    if missing:
        raise DomainError("missing_glyph", path=path, value=text, characters=" ".join(missing))
    return text


def markup(text: str, face: str = CHINESE) -> str:
    """Return `text` as paragraph markup: escaped, with runs in the other face where needed."""
    own = _characters(face)
    other = LATIN if face == CHINESE else CHINESE
    parts = []
    for inside, run in groupby(text, key=lambda char: ord(char) in own or char in "\n\t"):
        safe = escape("".join(run), quote=False).replace("\n", "<br/>")
        parts.append(safe if inside else f'<font name="{other}">{safe}</font>')
    return "".join(parts)
