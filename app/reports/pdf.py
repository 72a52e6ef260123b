"""Draws a document as PDF with reportlab platypus."""

import io
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    Frame,
    KeepTogether,
    PageBreak,
    PageTemplate,
)

from app.reports import blocks, contents, grid_table, letter_blocks, tables
from app.reports.archive import FileInfo
from app.reports.document import (
    Address,
    Block,
    Chart,
    Contents,
    Document,
    Drawing,
    Facts,
    Flags,
    Grid,
    Heading,
    Hero,
    NewPage,
    Prose,
    Signatures,
    SiteMap,
    Strip,
    Words,
    Workings,
)
from app.reports.fonts import checked, register_fonts
from app.reports.house_texts import check_house, has_letterhead
from app.reports.masthead import masthead
from app.reports.page import numbering, page_decoration
from app.reports.pen import Pen
from app.reports.seal import sealed
from app.reports.styles import BOTTOM, LINE_WIDTH, MARGIN, TOP, make_styles

_HEADING = 26.0
_PAGE = A4[1] - TOP - BOTTOM
_LINE = 15.0
_SMALL_TABLE = 7
_SHORT_TEXT = 400
"""Signs of a text that signatures take along."""

_FRESH = 0.7
"""A new page is not begun where so much of the present one is still free."""


class _Template(BaseDocTemplate):
    """Puts each heading into the outline of the file."""

    def afterFlowable(self, flowable: Flowable) -> None:  # noqa: N802 - reportlab's name
        name = getattr(flowable, "outline_name", None)
        if name is not None:
            canvas: Any = self.canv
            key = canvas.headed()
            canvas.bookmarkPage(key)
            canvas.addOutlineEntry(name, key, level=0, closed=False)


def _flowables(document: Document, pen: Pen) -> Iterator[Flowable]:
    yield masthead(pen)
    for run in _runs(document.blocks):
        if isinstance(run[-1], Signatures):
            yield KeepTogether([flowable for block in run for flowable in _drawn(block, pen)])
        else:
            yield from _in_order(run, pen)


def _in_order(run: Sequence[Block], pen: Pen) -> Iterator[Flowable]:
    drawn = [tuple(_drawn(block, pen)) for block in run]
    for number, block in enumerate(run):
        if isinstance(block, Heading):
            yield CondPageBreak(_room(run[number + 1 :], drawn[number + 1 :], pen.words))
        yield from drawn[number]


def _runs(found: Sequence[Block]) -> Iterator[Sequence[Block]]:
    """Divide the blocks so that signatures take along what they close, when that is short.

    Nobody signs a page that holds nothing but the signatures. Blocks of signatures that follow
    each other stay together.
    """
    start = 0
    for number, block in enumerate(found):
        followed = isinstance(found[number + 1], Signatures) if found[number + 1 :] else False
        if not isinstance(block, Signatures) or followed:
            continue
        first = number
        while first > start and _is_short(found[first - 1]):
            first -= 1
        if first > start and isinstance(found[first - 1], Heading):
            first -= 1
        if first > start:
            yield found[start:first]
        yield found[first : number + 1]
        start = number + 1
    if start < len(found):
        yield found[start:]


def _is_short(block: Block) -> bool:
    match block:
        case Prose(text=text):
            return sum(map(len, text.lines)) <= _SHORT_TEXT
        case Facts(facts=facts):
            return len(facts) <= _SMALL_TABLE and not any(
                len(line) > _SHORT_TEXT for fact in facts for line in fact.value.lines
            )
        case Grid(rows=rows):
            return len(rows) <= _SMALL_TABLE
        case _:
            return isinstance(block, Signatures)


def _room(following: Sequence[Block], drawn: Sequence[Sequence[Flowable]], words: Words) -> float:
    """Height a heading must find beneath itself: a small table whole, else some lines.

    Keeping heading and table together instead would carry a long table to the next page. A
    heading of its own below it takes its room along.
    """
    match following[0] if following else None:
        case Heading():
            room = _room(following[1:], drawn[1:], words)
        case Chart() as chart:
            room = blocks.chart_height(chart, words)
        case Drawing() as drawing:
            room = blocks.drawing_height(drawing, words)
        case Grid() | Facts():
            room = min(tables.first_rows(drawn[0][0], _SMALL_TABLE), _FRESH * _PAGE)
        case Prose(small=small):
            room = (8 if small else 2) * _LINE
        case SiteMap():
            room = 2.3 * 72
        case _:
            room = 4 * _LINE
    return _HEADING + room


def _drawn(block: Block, pen: Pen) -> Iterator[Flowable]:
    match block:
        case Facts():
            yield tables.facts(pen, block)
        case Grid():
            yield grid_table.grid(pen, block)
        case Strip():
            yield tables.strip(pen, block)
        case SiteMap():
            yield blocks.site_map(block)
        case Drawing():
            yield blocks.drawing(pen, block)
        case Contents(title=title):
            yield blocks.heading(pen, Heading(title, 2))
            yield from contents.entries(pen)
        case Workings():
            yield from blocks.workings(pen, block)
        case Signatures():
            yield from letter_blocks.signatures(pen, block)
        case NewPage(always=always):
            yield PageBreak() if always else CondPageBreak(_FRESH * _PAGE)
        case _:
            yield _single(block, pen)


def _single(block: Heading | Prose | Hero | Flags | Chart | Address, pen: Pen) -> Flowable:
    match block:
        case Heading():
            return blocks.heading(pen, block)
        case Prose():
            return blocks.prose(pen, block)
        case Hero():
            return blocks.hero(pen, block)
        case Flags():
            return blocks.flags(pen, block)
        case Chart():
            return blocks.chart(pen, block)
        case Address():
            return letter_blocks.address(pen, block)


def draw(document: Document, *, issued_on: date) -> bytes:
    """Return the PDF of a document; the date inside the file is the day of issue.

    Raises:
        DomainError: `missing_glyph` when a text cannot be drawn.
    """
    register_fonts()
    _check(document)
    pen = Pen(document, make_styles(document.language, document.house.colour))
    info = FileInfo(
        f"{document.title.leading} · {document.subject}",
        document.subject,
        issued_on,
        document.facts,
    )
    stream = io.BytesIO()
    template = _Template(
        stream,
        pagesize=A4,
        title=info.title,
        author=info.author,
        subject=info.subject,
        creator=info.creator,
        lang="en" if document.language == "en" else "zh-CN",
        invariant=1,
        initialFontName=pen.styles.face,
    )
    frame = Frame(
        MARGIN, BOTTOM, LINE_WIDTH, _PAGE,
        leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0,
    )  # fmt: skip
    letterhead = has_letterhead(document.house, pen.words)
    decoration = page_decoration(document, pen.styles, letterhead=letterhead)
    template.addPageTemplates([PageTemplate("sheet", [frame], onPage=decoration)])
    template.build(list(_flowables(document, pen)), canvasmaker=numbering(document, info))
    return sealed(stream.getvalue())


def _check(document: Document) -> None:
    """Check what stands around the blocks before anything is drawn."""
    check_house(document.house)
    for line in (*document.header, *document.footer, *document.page_label, *document.watermark):
        checked(line)
    for key, value in document.facts.items():
        checked(value, f"document.{key}")
