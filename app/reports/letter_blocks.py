"""Draws what a letter begins and a document ends with: the address, and who signs."""

from collections.abc import Sequence

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Paragraph, Spacer, Table, TableStyle

from app.reports.document import NOTHING, Address, Signature, Signatures, Text
from app.reports.pen import Pen
from app.reports.styles import GREY, INK, LINE, LINE_WIDTH
from app.reports.tables import Command, table

_RING = 27 * mm
_SEAL_WIDTH = 33 * mm
_BESIDE = 4
"""Signatures on one line; the seal takes the place of one."""


def address(pen: Pen, block: Address) -> Flowable:
    """To whom a letter goes at the left; place, day and reference at the right."""
    styles = pen.styles
    lines: list[Flowable] = [
        pen.paragraph(
            pen.line(line.leading, bold=True) if place == 0 and len(line.lines) == 1
            else pen.each(line), styles.body,
        )
        for place, line in enumerate(block.to)
    ]  # fmt: skip
    beside: list[Flowable] = [pen.paragraph(pen.each(block.place_and_day), styles.cell_right)]
    if block.reference != NOTHING:
        beside.append(pen.paragraph(pen.each(block.reference), styles.cell_right))
    drawn = table(
        pen,
        [[lines, beside]],
        [0.58 * LINE_WIDTH, 0.42 * LINE_WIDTH],
        [("LEFTPADDING", (0, 0), (0, 0), 0), ("RIGHTPADDING", (1, 0), (1, 0), 0)],
    )
    drawn.spaceBefore, drawn.spaceAfter = 12, 14
    return drawn


class _SealRing(Flowable):
    """A dashed ring of the size of a company's seal, with the word in each language in it."""

    def __init__(self, label: Text, face: str) -> None:
        super().__init__()
        self._lines, self._face = label.lines, face
        self.width = self.height = _RING
        self.hAlign = "CENTER"

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """Return the size of the ring."""
        return self.width, self.height

    def draw(self) -> None:
        """Draw the ring and what it is for."""
        page, centre = self.canv, _RING / 2
        page.saveState()
        page.setStrokeColor(GREY)
        page.setFillColor(GREY)
        page.setLineWidth(0.6)
        page.setDash([2.5, 2.0])
        page.circle(centre, centre, centre - 1, stroke=1, fill=0)
        page.setFont(self._face, 7.5)
        for number, line in enumerate(self._lines):
            page.drawCentredString(centre, centre + 5 * (len(self._lines) - 2 * number) - 7, line)
        page.restoreState()


def _signature(pen: Pen, block: Signatures, signature: Signature) -> list[Flowable]:
    small = pen.styles.small
    day = pen.line(signature.day)

    def ruled(label: Text, content: str) -> Paragraph:
        return pen.paragraph(f"{pen.beside(label, size=6)}&nbsp; {content}", small)

    return [
        pen.paragraph(pen.beside(signature.role, bold=True), pen.styles.body),
        pen.paragraph(pen.line(signature.name) or "&nbsp;", pen.styles.body),
        Spacer(1, 6 * mm),
        ruled(block.sign_label, ""),
        Spacer(1, 2),
        ruled(block.date_label, day),
    ]


def signatures(pen: Pen, block: Signatures) -> list[Flowable]:
    """Statement, then role, name, a line to sign on and the date, for each who signs.

    Where the document is sealed, the last place of the first line is left for the seal.
    """
    sealed = block.seal != NOTHING
    beside = _BESIDE - sealed
    cells = [_signature(pen, block, signature) for signature in block.signatures]
    lines = -(-len(cells) // beside)
    count = max(1, -(-len(cells) // lines)) if cells else 1
    rows: list[list[object]] = [
        [*cells[start : start + count], *[""] * (start + count - len(cells))]
        for start in range(0, len(cells), count)
    ]
    widths = [(LINE_WIDTH - _SEAL_WIDTH * sealed) / count] * count
    if sealed:
        for number, row in enumerate(rows):
            row.append("" if number else _SealRing(block.seal, pen.styles.face))
        widths.append(_SEAL_WIDTH)
    statement = pen.paragraph(pen.each(block.statement), pen.styles.small)
    return [statement, Spacer(1, 4), _boxes(pen, rows, widths, sealed=sealed)]


def _boxes(
    pen: Pen, rows: Sequence[Sequence[object]], widths: Sequence[float], *, sealed: bool
) -> Table:
    commands: list[Command] = [
        ("FONT", (0, 0), (-1, -1), pen.styles.face, 8),
        ("TEXTCOLOR", (0, 0), (-1, -1), INK),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("BOX", (0, 0), (-1, -1), 0.5, LINE),
        ("INNERGRID", (0, 0), (-1, -1), 0.5, LINE),
        ("TOPPADDING", (0, 0), (-1, -1), 5),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 5),
    ]
    if sealed:
        commands += [("SPAN", (-1, 0), (-1, -1)), ("VALIGN", (-1, 0), (-1, -1), "MIDDLE")]
    drawn = Table([list(row) for row in rows], colWidths=list(widths))
    drawn.setStyle(TableStyle(commands))
    return drawn
