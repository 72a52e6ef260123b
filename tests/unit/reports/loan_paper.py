"""Reads the built papers of a loan: facts, tables, signatures, pages."""

from typing import Any

from app.reports.document import Block, Document, Fact, Facts, Flags, Grid, Hero, Signatures
from tests.unit.reports.loan_documents import loan_document

LONG_NAME = "海" * 60
"""A name of 60 signs."""


def facts_of(found: Document) -> dict[str, str]:
    """Labels and values of all facts; of one that stands twice the later."""
    listed: list[Fact] = [
        fact for block in found.blocks if isinstance(block, Facts) for fact in block.facts
    ]
    return {fact.label.leading: fact.value.leading for fact in listed}


def alerts_of(found: Document) -> set[str]:
    """Labels of the facts set in red."""
    return {
        fact.label.leading
        for block in found.blocks
        if isinstance(block, Facts)
        for fact in block.facts
        if fact.alert
    }


def hero_of(found: Document) -> Hero:
    return next(block for block in found.blocks if isinstance(block, Hero))


def flags_of(found: Document, title: str) -> list[str]:
    """What the flags of a panel say."""
    panels = [block for block in found.blocks if isinstance(block, Flags)]
    panel = next((block for block in panels if block.title.leading == title), None)
    return [] if panel is None else [flag.text.leading for flag in panel.flags]


def rows_of(blocks: list[Block]) -> list[list[str]]:
    """The places of the first table of some blocks."""
    grid = next(block for block in blocks if isinstance(block, Grid))
    return [[cell.text.leading for cell in row] for row in grid.rows]


def heads_of(blocks: list[Block]) -> list[str]:
    grid = next(block for block in blocks if isinstance(block, Grid))
    return [column.head.leading for column in grid.columns]


def signers(found: Document) -> list[tuple[str, str]]:
    """Roles and names of all who sign."""
    return [
        (one.role.leading, one.name)
        for block in found.blocks
        if isinstance(block, Signatures)
        for one in block.signatures
    ]


def watched(name: str, **watch: Any) -> dict[str, Any]:
    """Return a shipped case with some inputs of its watch changed; None takes one away."""
    found = loan_document(name)
    monitoring = found["loan"]["monitoring"]
    for key, value in watch.items():
        monitoring.pop(key, None)
        if value is not None:
            monitoring[key] = value
    return found


def twelve(document: dict[str, Any]) -> dict[str, Any]:
    """Give a case twelve collaterals: its own ones and equipment with a registration each."""
    lines = document["loan"].setdefault("collaterals", [{"kind": "carbon_right"}])
    for number in range(len(lines) + 1, 13):
        lines.append(
            {
                "kind": "equipment",
                "name": f"设备{number}号 boat {number}",
                "value_yuan": 10_000 * number,
                "value_kind": "book",
                "valued_on": "2025-01-05",
                "rank": number,
                "registration_no": f"E-{number}",
            }
        )
    return document
