"""The head of the first page: logo and names of the house, title, and the code to scan."""

import io
from functools import lru_cache

from PIL import Image
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.platypus import Flowable, Spacer, Table, TableStyle

from app.finance.errors import DomainError
from app.reports.document import NOTHING
from app.reports.fonts import CHINESE
from app.reports.house_texts import has_letterhead, house_text
from app.reports.pen import Pen
from app.reports.qr import SIDE, ScanCode
from app.reports.styles import LINE_WIDTH

_LOGO_WIDE, _LOGO_HIGH = 46 * mm, 15 * mm
_MOST_PIXELS = 1100
"""Pixels of a logo's longer side: 600 to an inch."""

_GAP = 10.0


def masthead(pen: Pen) -> Flowable:
    """Letterhead and title at the left, the code to scan at the right where there is one."""
    facts = pen.document.facts
    number, code = facts.get("number", ""), facts.get("code", "")
    left = [*_letterhead(pen), *_title(pen)]
    scan = SIDE + _GAP if number and code else 0.0
    row: list[object] = [left, ScanCode(number, code) if scan else ""]
    drawn = _plain_table([row], [LINE_WIDTH - scan, scan])
    drawn.spaceAfter = 4
    return drawn


def _title(pen: Pen) -> list[Flowable]:
    document, styles = pen.document, pen.styles
    return [
        pen.paragraph(pen.stacked(document.title, size=10.5, bold=True), styles.title),
        pen.paragraph(pen.line(document.subject, bold=True), styles.subject),
    ]


def _letterhead(pen: Pen) -> list[Flowable]:
    """Logo, then name, office and address beside it."""
    house = pen.document.house
    if not has_letterhead(house, pen.words):
        return []
    name, *lines = (house_text(house, pen.words, part) for part in ("name", "office", "address"))
    texts: list[Flowable] = []
    if name != NOTHING:
        texts.append(pen.paragraph(pen.stacked(name, size=7.6, bold=True), pen.styles.house))
    texts += [pen.paragraph(pen.beside(line), pen.styles.small) for line in lines if line.leading]
    logo = _Logo(house.logo) if house.logo else None
    wide = logo.width + _GAP if logo else 0.0
    drawn = _plain_table([[logo or "", texts]], [wide, None])
    return [drawn, Spacer(1, 9)]


def _plain_table(rows: list[list[object]], widths: list[float | None]) -> Table:
    drawn = Table(rows, colWidths=widths, hAlign="LEFT")
    drawn.setStyle(
        TableStyle(
            [
                ("FONT", (0, 0), (-1, -1), CHINESE, 8),
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LEFTPADDING", (0, 0), (-1, -1), 0),
                ("RIGHTPADDING", (0, 0), (-1, -1), 0),
                ("TOPPADDING", (0, 0), (-1, -1), 0),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
            ]
        )
    )
    return drawn


class _Logo(Flowable):
    """The logo, as large as its place allows without a change of its proportions."""

    def __init__(self, data: bytes) -> None:
        super().__init__()
        self._picture = _opaque(data)
        wide, high = self._picture.size
        scale = min(_LOGO_WIDE / wide, _LOGO_HIGH / high)
        self.width, self.height = wide * scale, high * scale
        self.hAlign = "LEFT"

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """Return the size of the logo."""
        return self.width, self.height

    def draw(self) -> None:
        """Draw the logo."""
        picture = ImageReader(self._picture)
        self.canv.drawImage(picture, 0, 0, width=self.width, height=self.height)


@lru_cache(maxsize=4)
def _opaque(data: bytes) -> Image.Image:
    """The picture on white paper, in red, green and blue, not larger than print can show.

    Raises:
        DomainError: `no_picture` when the bytes cannot be read.
    """
    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as opened:
            opened.draft("RGB", (_MOST_PIXELS, _MOST_PIXELS))
            picture = opened.convert("RGBA")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise DomainError("no_picture", path="house.logo", value="") from error
    picture.thumbnail((_MOST_PIXELS, _MOST_PIXELS))
    paper = Image.new("RGB", picture.size, "white")
    paper.paste(picture, mask=picture.getchannel("A"))
    return paper
