"""Reads the blocks of a document before it is drawn: headings, paragraphs, facts, tables."""

from typing import Any

from app.finance.case.case import CaseFile
from app.finance.engine import compute_case
from app.finance.sink.tables import SinkTables
from app.reports.document import Block, Document, Fact, Facts, Grid, Heading, Prose
from app.services.case_file import validate
from tests.sheets import DRAFT, build_record


def record(document: dict[str, Any], language: str = "en") -> Document:
    file: CaseFile = validate(document)
    return build_record(file, compute_case(file.case, SinkTables({})), DRAFT, language)


def headings(found: Document, level: int = 1) -> list[str]:
    return [b.text.leading for b in found.blocks if isinstance(b, Heading) and b.level == level]


def part(found: Document, title: str) -> list[Block]:
    """The blocks below a heading, up to the next heading of any level."""
    blocks = list(found.blocks)
    at = next(
        place
        for place, block in enumerate(blocks)
        if isinstance(block, Heading) and block.text.leading == title
    )
    below: list[Block] = []
    for block in blocks[at + 1 :]:
        if isinstance(block, Heading):
            break
        below.append(block)
    return below


def told(blocks: list[Block]) -> str:
    """The paragraphs of some blocks."""
    return "\n".join(block.text.leading for block in blocks if isinstance(block, Prose))


def facts(found: Document) -> dict[str, Fact]:
    return {
        fact.label.leading: fact
        for block in found.blocks
        if isinstance(block, Facts)
        for fact in block.facts
    }


def grid_after(found: Document, heading: str) -> Grid:
    blocks = list(found.blocks)
    at = next(
        index
        for index, block in enumerate(blocks)
        if isinstance(block, Heading) and block.text.leading == heading
    )
    block: Block = next(b for b in blocks[at:] if isinstance(b, Grid))
    assert isinstance(block, Grid)
    return block


def rows(grid: Grid) -> list[list[str]]:
    return [[cell.text.leading for cell in row] for row in grid.rows]
