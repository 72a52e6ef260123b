"""An input that is refused."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Problem:
    """An input that is refused: dotted path, the value given, a code and what it needs.

    `code` has its text in `app.messages`; `facts` fill the text.
    """

    path: str
    code: str
    value: Any = None
    facts: dict[str, Any] = field(default_factory=dict)


class YearLine(Protocol):
    """A line of a table that runs over calendar years."""

    @property
    def first_year(self) -> int: ...

    @property
    def last_year(self) -> int: ...


def years_in_order(lines: Sequence[YearLine], path: str) -> list[Problem]:
    """Return `before_start` for each line that ends before it starts; `path` is the table's."""
    return [
        Problem(
            f"{path}.{number}.last_year",
            "before_start",
            line.last_year,
            {"start": line.first_year},
        )
        for number, line in enumerate(lines)
        if line.last_year < line.first_year
    ]


class DayLine(Protocol):
    """A line of a table that stands for a day."""

    @property
    def day(self) -> date: ...


def days_in_order(lines: Sequence[DayLine], path: str) -> list[Problem]:
    """Return `not_after_line_before` for each line not after the one above it."""
    return [
        Problem(f"{path}.{number}.day", "not_after_line_before", line.day, {"before": above.day})
        for number, (above, line) in enumerate(pairwise(lines), start=1)
        if line.day <= above.day
    ]
