"""The texts a built document has to print, block by block, and the boxes of what is printed."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from app.reports.document import (
    Block,
    Cell,
    Chart,
    Document,
    Drawing,
    Fact,
    Flags,
    Heading,
    SiteMap,
    Text,
    Words,
    Workings,
)

_WATERMARK = 40.0
"""Points of height from which on a text is no text of a block."""


class Box(NamedTuple):
    """A run of text and its ink on the page, in points from the lower left corner."""

    left: float
    bottom: float
    right: float
    top: float
    text: str


def squeezed(text: str) -> str:
    """Return a text without any space: lines break where they must."""
    return re.sub(r"\s+", "", text)


def texts_of(document: Document) -> Iterator[str]:
    """Yield every text that a reader must find on the pages, in each language."""
    words = Words(document.language)
    for block in document.blocks:
        yield from filter(None, map(squeezed, _of_block(block, words)))


def headings_of(document: Document) -> set[str]:
    """Return the headings of a document, each as one run without spaces."""
    found = (block.text for block in document.blocks if isinstance(block, Heading))
    return {squeezed("".join(text.lines)) for text in found}


def _of_block(block: Block, words: Words) -> Iterator[str]:
    match block:
        case SiteMap():
            return
        case Chart(caption=caption) | Drawing(caption=caption):
            yield from caption.lines
        case Workings(steps=steps):
            for step in steps:
                for said in filter(None, (step.label, step.note, step.source)):
                    yield from words(said).lines
        case Flags(flags=()):
            yield from (*block.title.lines, *block.none.lines)
        case Flags():
            for text in (block.title, block.note):
                yield from text.lines
            for flag in block.flags:
                yield from (*flag.text.lines, *flag.rule.lines)
        case _:
            yield from _of_part(block)


def _of_part(part: Any) -> Iterator[str]:
    """The texts of a part and of its parts; a figure has no languages, a formula no text."""
    match part:
        case Text(lines=lines):
            yield from lines
        case Fact(figure=True):
            yield from (*part.label.lines, part.value.leading, *part.unit.lines, *part.note.lines)
        case Cell(formula=True):
            return
        case Cell(figure=True):
            yield part.text.leading
        case tuple():
            for one in part:
                yield from _of_part(one)
        case _ if is_dataclass(part):
            for entry in fields(part):
                yield from _of_part(getattr(part, entry.name))


@cache
def boxes(data: bytes) -> tuple[tuple[Box, ...], ...]:
    """Return the runs of text of each page, without the watermark and what is drawn as a form."""
    with pypdfium2.PdfDocument(data) as document:
        return tuple(tuple(_boxes(page)) for page in document)


def _boxes(page: Any) -> Iterator[Box]:
    texts = page.get_textpage()
    for found in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT], max_depth=1):
        left, bottom, right, top = found.get_bounds()
        text = _text(found, texts)
        if text.strip() and top - bottom < _WATERMARK:
            yield Box(left, bottom, right, top, text)


def _text(found: Any, texts: Any) -> str:
    size = pdfium.FPDFTextObj_GetText(found.raw, texts.raw, None, 0)
    buffer = (pdfium.FPDF_WCHAR * size)()
    pdfium.FPDFTextObj_GetText(found.raw, texts.raw, buffer, size)
    return bytes(buffer)[: size - 2].decode("utf-16-le", "replace")
