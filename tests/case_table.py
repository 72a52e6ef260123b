"""Reads the published acceptance cases in tests/cases."""

import csv
from pathlib import Path


def case_table(name: str) -> dict[str, dict[str, str]]:
    """Return the rows of `tests/cases/<name>.csv` by their id."""
    text = (Path(__file__).parent / "cases" / f"{name}.csv").read_text(encoding="utf-8")
    return {row["id"]: row for row in csv.DictReader(text.splitlines())}
