"""Lines of the shipped tables, and the cells of a line."""

import csv
from pathlib import Path

Row = dict[str, str]


def read_rows(folder: Path, name: str) -> list[Row]:
    """Return the lines of a table by the names of its columns."""
    with (folder / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def number_or_none(cell: str) -> float | None:
    """Return the number of a cell, None for an empty one."""
    return float(cell) if cell else None
