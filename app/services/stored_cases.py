"""Reads something of the newest versions of the stored cases on a day, and keeps it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Generic, TypeVar

from app.finance.case.problems import Problem
from app.services.case_file import FIRST_DAY, LAST_DAY, CaseRefused

if TYPE_CHECKING:
    from app.services.ports import CaseEntry
    from app.services.workbench import Workbench

Found = TypeVar("Found")
Progress = Callable[[int, int], None]
Key = tuple[str, int]
"""Number of a case and of its version."""

_AT_ONCE = 100
"""Documents fetched together."""


class StoredCases(Generic[Found]):
    """What was read of each case; it stays until the version of the case or the day changes."""

    def __init__(
        self,
        workbench: "Workbench",
        figures: tuple[str, ...],
        read_one: Callable[["CaseEntry", str, date], Found],
    ) -> None:
        """Look at the versions that have one of the key figures; `read_one` reads a document."""
        self._workbench, self._figures, self._read_one = workbench, figures, read_one
        self._day: date | None = None
        self._known: dict[Key, Found] = {}

    def read(self, day: date, progress: Progress | None = None) -> list[Found]:
        """Return what is found of all cases that are not deleted, in the order of the book.

        `progress(done, of)` is called before each case and at the end, and may raise to stop;
        what was read until then stays known.

        Raises:
            CaseRefused: `date_too_far` at "day".
        """
        if not FIRST_DAY <= day <= LAST_DAY:
            facts = {"first": FIRST_DAY.isoformat(), "last": LAST_DAY.isoformat()}
            raise CaseRefused([Problem("day", "date_too_far", day.isoformat(), facts)])
        if day != self._day:
            self._day, self._known = day, {}
        entries = [
            entry
            for entry in self._workbench.list_cases()
            if any(name in entry.figures for name in self._figures)
        ]
        self._read_all([e for e in entries if _key(e) not in self._known], day, progress)
        self._known = {_key(entry): self._known[_key(entry)] for entry in entries}
        return list(self._known.values())

    def _read_all(
        self, entries: Sequence["CaseEntry"], day: date, progress: Progress | None
    ) -> None:
        texts: Mapping[Key, str] = {}
        for place, entry in enumerate(entries):
            if progress is not None:
                progress(place, len(entries))
            if place % _AT_ONCE == 0:
                keys = [_key(each) for each in entries[place : place + _AT_ONCE]]
                texts = self._workbench.version_documents(keys)
            self._known[_key(entry)] = self._read_one(entry, texts[_key(entry)], day)
        if progress is not None:
            progress(len(entries), len(entries))


def _key(entry: "CaseEntry") -> Key:
    return entry.case_id, entry.version
