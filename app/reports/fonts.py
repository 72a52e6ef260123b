"""The faces of the documents: registered once, checked before anything is printed."""

from functools import cache
from html import escape
from itertools import groupby
from typing import Any

from reportlab import rl_config
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
_LAYOUT = frozenset("\r\n\t")


def _to_unicode_map(fontname: str, subset: Any) -> str:
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
        f"/CIDSystemInfo\n<< /Registry ({fontname})\n/Ordering ({fontname})\n"
        f"/Supplement 0\n>> def\n/CMapName /{fontname} def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<00> <FF>\nendcodespacerange\n"
        f"{len(subset)} beginbfchar\n{body}\nendbfchar\nendcmap\n"
        "CMapName currentdict /CMap defineresource pop\nend\nend"
    )


@cache
def register_fonts() -> None:
    """Make the faces known to reportlab, bold included; italics fall back to upright."""
    ttfonts.makeToUnicodeCMap = _to_unicode_map
    folder = resources() / "fonts"
    for name, (regular, bold) in _FILES.items():
        pdfmetrics.registerFont(TTFont(name, str(folder / regular)))
        pdfmetrics.registerFont(TTFont(f"{name}-Bold", str(folder / bold)))
        pdfmetrics.registerFontFamily(
            name, normal=name, bold=f"{name}-Bold", italic=name, boldItalic=f"{name}-Bold"
        )
    rl_config.canvas_basefontname = CHINESE
    rl_config.useA85 = 0  # letters in place of bytes: a quarter larger, and slower


@cache
def _characters(face: str) -> frozenset[str]:
    """What a face can draw, layout included; the bold face of a family has the same signs."""
    register_fonts()
    return _LAYOUT.union(map(chr, pdfmetrics.getFont(face).face.charToGlyph))  # type: ignore[attr-defined]


@cache
def _drawable() -> frozenset[str]:
    return _characters(CHINESE) | _characters(LATIN)


def missing_glyphs(text: str, face: str = "") -> str:
    """Return the characters of `text` that `face` (any face when empty) cannot draw, each once.

    Line ends and tabs are layout and always fine.
    """
    known = _characters(face) if face else _drawable()
    return "".join(sorted(set(text) - known))


def checked(text: str, path: str = "") -> str:
    """Return `text` if it can be drawn.

    Raises:
        DomainError: `missing_glyph` with the characters, each with its code point because some
            of them are invisible, and the path of the input.
    """
    missing = missing_glyphs(text)
    if missing:
        named = ", ".join(
            f"{char} (U+{ord(char):04X})" if char.isprintable() else f"U+{ord(char):04X}"
            for char in missing
        )
        raise DomainError("missing_glyph", path=path, value=text, characters=named)
    return text


def markup(text: str, face: str = CHINESE) -> str:
    """Return `text` as paragraph markup: escaped, with runs in the other face where needed."""
    family, dash, weight = face.partition("-")
    other = f"{LATIN if family == CHINESE else CHINESE}{dash}{weight}"
    own = _characters(family)
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    if own.issuperset(lines):
        return _safe(lines)
    return "".join(
        _safe("".join(run)) if inside else f'<font name="{other}">{_safe("".join(run))}</font>'
        for inside, run in groupby(lines, key=own.__contains__)
    )


def _safe(text: str) -> str:
    return escape(text, quote=False).replace("\n", "<br/>")
