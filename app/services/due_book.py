"""What is due across the book: every stored loan, by day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.services.case_file import CaseRefused
from app.services.due_list import OpenItem, due_text, open_items
from app.services.ports import CaseEntry, StorageProblem
from app.services.workbench import Workbench, compute

Version = tuple[str, int]
"""Case and number of a version."""


@dataclass(frozen=True, slots=True)
class DueLine:
    """One thing that is due, of which case; `days` are those to go, negative when it is late."""

    case_id: str
    case_name: str
    days: int
    item: OpenItem


def has_loan(entry: CaseEntry) -> bool:
    """Whether a stored case asks for a loan."""
    return "amount_yuan" in entry.figures


def version_of(entry: CaseEntry) -> Version:
    """Return the version a line of the book stands for."""
    return entry.case_id, entry.version


def kept_text(entry: CaseEntry) -> str | None:
    """Return what was kept with a version; None when an earlier program saved it."""
    kept = entry.figures.get("due")
    return kept if isinstance(kept, str) else None


def found_text(workbench: Workbench, entry: CaseEntry) -> str | None:
    """Return what is due of a version that was saved without it; None when it has no results.

    Computes the case, so it takes as long as that.
    """
    try:
        _stored, file = workbench.open(*version_of(entry))
        return due_text(file, compute(file, workbench.reference, draw=False).results)
    except (CaseRefused, StorageProblem):
        return None


def due_lines(
    entries: Sequence[CaseEntry],
    found: Mapping[Version, str | None],
    today: date,
    until: date = date.max,
) -> list[DueLine]:
    """Return what is open on a day in all loans up to a later day, by day.

    `found` holds what was computed for versions without a text of their own.
    """
    lines = []
    for entry in entries:
        text = kept_text(entry) or found.get(version_of(entry))
        if not text:
            continue
        maturity = date.fromisoformat(str(entry.figures["maturity"]))
        lines += [
            DueLine(entry.case_id, entry.name, (item.day - today).days, item)
            for item in open_items(text, today, maturity, until)
        ]
    return sorted(lines, key=lambda line: line.days)
