"""Draws a document as PDF with reportlab platypus."""

import io
from collections.abc import Iterator
from datetime import date

from reportlab.lib.pagesizes import A4
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    HRFlowable,
    KeepTogether,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
)

from app.reports import blocks
from app.reports.document import (
    Block,
    Chart,
    Document,
    Facts,
    Grid,
    Heading,
    Hero,
    NewPage,
    Notices,
    Prose,
    Signatures,
    Words,
    Workings,
)
from app.reports.fonts import checked, register_fonts
from app.reports.page import numbering, page_decoration
from app.reports.styles import BOTTOM, LINE, MARGIN, TOP, Styles, make_styles


class _Template(BaseDocTemplate):
    """Puts each heading into the outline of the file."""

    def afterFlowable(self, flowable: Flowable) -> None:  # noqa: N802 - reportlab's name
        name = getattr(flowable, "outline_name", None)
        if name is not None:
            key = f"h{self.page}-{name}"
            self.canv.bookmarkPage(key)
            self.canv.addOutlineEntry(name, key, level=0, closed=False)


def _flowables(document: Document, styles: Styles) -> Iterator[Flowable]:
    pen = blocks.Pen(document, styles)
    yield Paragraph(pen.two_lines(document.title, small=11), styles.title)
    yield Paragraph(pen.markup(document.subject), styles.strong)
    yield Spacer(1, 4)
    for block in document.blocks:
        yield from _drawn(block, pen)


def _drawn(block: Block, pen: "blocks.Pen") -> Iterator[Flowable]:
    match block:
        case Heading():
            yield pen.heading(block)
        case Prose():
            yield pen.prose(block)
        case Facts():
            yield pen.facts(block)
        case Hero():
            yield pen.hero(block)
        case Grid():
            yield pen.grid(block)
        case NewPage():
            yield PageBreak()
        case _:
            yield from _drawn_in_parts(block, pen)


def _drawn_in_parts(block: Block, pen: "blocks.Pen") -> Iterator[Flowable]:
    match block:
        case Notices():
            yield from pen.notices(block)
        case Chart():
            yield from pen.chart(block, Words(pen.document.language).translators)
        case Workings():
            yield from pen.workings(block)
        case Signatures():
            yield KeepTogether([Spacer(1, 10), pen.signatures(block)])


def draw(document: Document, *, issued_on: date) -> bytes:
    """Return the PDF of a document; the date inside the file is the day of issue.

    Raises:
        DomainError: `missing_glyph` when a text cannot be drawn.
    """
    register_fonts()
    for line in (*document.header, *document.footer, *document.watermark, document.subject):
        checked(line)
    styles = make_styles(document.language)
    stream = io.BytesIO()
    width, height = A4
    template = _Template(
        stream,
        pagesize=A4,
        title=f"{document.title.leading} · {document.subject}",
        author="Blue Carbon Desk",
        subject=document.subject,
        creator="Blue Carbon Desk",
        lang="en" if document.language == "en" else "zh-CN",
        invariant=1,
        initialFontName=styles.face,
    )
    frame = Frame(
        MARGIN, BOTTOM, width - 2 * MARGIN, height - TOP - BOTTOM,
        leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0,
    )  # fmt: skip
    template.addPageTemplates([PageTemplate("sheet", [frame], onPage=page_decoration(document))])
    story = list(_flowables(document, styles))
    story.append(HRFlowable(width="100%", thickness=0.4, color=LINE, spaceBefore=6))
    template.build(story, canvasmaker=numbering(document))
    return _dated(stream.getvalue(), issued_on)


def _dated(data: bytes, issued_on: date) -> bytes:
    """Put the day of issue in the place of reportlab's fixed date, byte for byte."""
    fixed = b"D:20000101000000+00'00'"
    return data.replace(fixed, f"D:{issued_on:%Y%m%d}000000+00'00'".encode())
