"""Reads the tables and rows of facts in tests."""

from app.i18n import translator
from app.reports.fact_tables import FactTable
from app.reports.value_facts import FactRow

EN = translator("en")


def said(found: FactTable | None) -> list[list[str]]:
    """The cells of a table in English, the line of the sums last."""
    assert found is not None
    assert all(len(row) == len(found.heads) for row in found.rows)
    rows = [*found.rows, *([found.totals] if found.totals else [])]
    return [[cell.said(EN) for cell in row] for row in rows]


def heads(found: FactTable | None) -> list[str]:
    assert found is not None
    return [head.label for head in found.heads]


def row_of(rows: tuple[FactRow, ...], label: str) -> FactRow:
    return next(row for row in rows if row.label == label)
