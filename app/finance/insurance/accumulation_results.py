"""The accumulation of a book as window, paper and command line read it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.finance.case.problems import Problem
from app.finance.insurance.accumulation import CaseHit
from app.finance.insurance.accumulation_totals import BookTotals, PmlLine


@dataclass(frozen=True, slots=True)
class StormLine:
    """One storm on the present book: day it was nearest, what it would cost, cases it would hit."""

    storm: str
    name: str
    day: date | None
    insurer_yuan: float
    lender_yuan: float
    cases: int


@dataclass(frozen=True, slots=True)
class Unplaced:
    """What of a case has no coordinates: sum insured of such heads, debt of such a loan, yuan."""

    case_id: str
    version: int
    name: str
    sum_insured_yuan: float
    owed_yuan: float


@dataclass(frozen=True, slots=True)
class NotInForce:
    """A policy whose period does not hold the day."""

    case_id: str
    version: int
    name: str
    period_start: date
    period_end: date


@dataclass(frozen=True, slots=True)
class NotRead:
    """A case that cannot be computed, with what is refused."""

    case_id: str
    version: int
    name: str
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Accumulation:
    """One event on the book of a day.

    `kind` is "footprint", "storm", "worst_at", "worst" or "reported"; `event` holds its facts by
    name (as the JSON shows them). `hits` are the cases, the costliest first; `storms` and `pml`
    belong to "worst" alone, `pml_years` are the whole years of the record behind it. `spots` are
    the places of the book (latitude, longitude) that `BookCase.places` counts, `track` the
    recorded positions of the storm.
    """

    kind: str
    day: date
    month: int
    event: Mapping[str, Any]
    hits: tuple[CaseHit, ...]
    totals: BookTotals
    unplaced: tuple[Unplaced, ...] = ()
    not_in_force: tuple[NotInForce, ...] = ()
    not_read: tuple[NotRead, ...] = ()
    storms: tuple[StormLine, ...] = ()
    pml: tuple[PmlLine, ...] = ()
    pml_years: int = 0
    spots: tuple[tuple[float, float], ...] = ()
    track: tuple[tuple[float, float], ...] = ()
