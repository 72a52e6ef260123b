"""What the calendar of a loan is found from, and the state of what stands in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.finance.case.lending.monitoring import Monitoring
from app.finance.lending.ledger import Ledger
from app.finance.lending.life_results import DueItem, EventResult, WatchPoint
from app.finance.lending.parts import LoanParts

NOTICE_DAYS = 30
"""So many days before its day a thing is due and no longer ahead; house convention."""


@dataclass(frozen=True)
class DueContext:
    """A loan on the day it is watched.

    `last_day` is the last one that asks for care: the day the debt was extinguished, else the
    last payment, else the day watched while something is still owed.
    """

    parts: LoanParts
    monitoring: Monitoring
    day: date
    ledger: Ledger
    events: Sequence[EventResult]
    watch: Sequence[WatchPoint]
    last_day: date

    @property
    def is_discharged(self) -> bool:
        """Whether the debt is extinguished on the day watched."""
        day = self.monitoring.discharged_on
        return day is not None and day <= self.day

    def state_of(self, day: date, *, done: bool = False) -> str:
        """Return the state of a thing: done, late, due on or soon after today, or ahead."""
        if done:
            return "done"
        if day < self.day:
            return "late"
        return "due" if (day - self.day).days <= NOTICE_DAYS else "ahead"

    def item(self, day: date, code: str, *, done: bool = False, **facts: Any) -> DueItem:
        """Return one thing with its state."""
        return DueItem(day, code, self.state_of(day, done=done), facts)

    def passed(self, day: date, code: str, **facts: Any) -> DueItem:
        """Return a thing that happens by itself: done once its day has come."""
        return self.item(day, code, done=day <= self.day, **facts)
