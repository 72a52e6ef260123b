"""Reads policies and pledged loans of the stored cases on a day, for `accumulation_events`."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

from app.finance.case.case import Case
from app.finance.case.problems import Problem
from app.finance.dates import add_months
from app.finance.engine import last_plan_year
from app.finance.errors import DomainError
from app.finance.insurance.accumulation import BookCase, BookPolicy, PledgedRight, Weights
from app.finance.insurance.accumulation_results import NotInForce, NotRead, Unplaced
from app.finance.insurance.exposure import exposures_of
from app.finance.insurance.hazard_tracks import Floats
from app.finance.insurance.index_payout import sum_insured
from app.finance.insurance.settlement_heads import policy_year_of
from app.finance.lending.book import Position
from app.finance.sink.tables import SinkTables
from app.finance.valuation.portfolio import plain_carbon
from app.messages import domain_problem
from app.services import case_file
from app.services.case_file import CaseRefused
from app.services.loan_book import BookLoan, LeftOut
from app.services.loan_desk import read_loan
from app.services.stored_cases import Progress, StoredCases

if TYPE_CHECKING:
    from app.services.ports import CaseEntry
    from app.services.workbench import Workbench

Spots = tuple[tuple[float, float], ...]
"""Latitude and longitude of the places of one case."""

Named = tuple[str, int, str]
"""Number of a case, its version, its name."""

_WANTED = ("amount_yuan", "sum_insured_yuan")
"""Key figures of a version that has a loan, or a policy."""


@dataclass(frozen=True, slots=True)
class Found:
    """What was read of one case; its places count from 0 in `spots`."""

    case: BookCase | None
    spots: Spots = ()
    unplaced: Unplaced | None = None
    not_in_force: NotInForce | None = None
    not_read: NotRead | None = None


@dataclass(frozen=True, slots=True, eq=False)
class AccumulationBook:
    """Policies in force and loans with debt on a day; those without a place stand in both lists."""

    day: date
    lat_deg: Floats
    lon_deg: Floats
    cases: tuple[BookCase, ...]
    unplaced: tuple[Unplaced, ...]
    not_in_force: tuple[NotInForce, ...]
    not_read: tuple[NotRead, ...]


class AccumulationDesk:
    """Reads the book; a case read once stays until its version or the day changes."""

    def __init__(self, workbench: "Workbench") -> None:
        self._workbench = workbench
        self._tables = replace(workbench.reference.tables, explain=False)
        self._stored = StoredCases(workbench, _WANTED, self._read)

    def read(self, day: date | None = None, progress: Progress | None = None) -> AccumulationBook:
        """Return all cases that are not deleted, their newest versions, on a day; today by default.

        `progress(done, of)` is called before each case and at the end, and may raise to stop;
        what was read until then stays known.

        Raises:
            CaseRefused: `date_too_far` at "day".
        """
        day = day or self._workbench.today()
        return book_of(day, self._stored.read(day, progress))

    def _read(self, entry: "CaseEntry", text: str, day: date) -> Found:
        named = (entry.case_id, entry.version, entry.name)
        try:
            case = case_file.read_document(text.encode()).case
        except CaseRefused as refused:
            return Found(None, not_read=NotRead(*named, tuple(refused.problems)))
        loan = None
        if case.loan is not None and case.appraisal is not None:
            loan, _parts = read_loan(named, case, self._tables, day)
        return read_case(named, case, self._tables, day, loan)


def read_case(
    named: Named, case: Case, tables: SinkTables, day: date, loan: BookLoan | LeftOut | None
) -> Found:
    """Return policy and pledged right of a case; `loan` is its loan on the day, if it has one."""
    problems: list[Problem] = []
    places = _Places(case)
    policy, idle = None, None
    try:
        policy, idle = _policy(named, case, tables, day, places)
    except DomainError as error:
        problems.append(domain_problem(error))
    right = None
    if isinstance(loan, LeftOut):
        problems += _left_out(loan)
    elif loan is not None:
        right = _pledged(case, loan, places)
    return Found(
        BookCase(*named, policy, right) if policy is not None or right is not None else None,
        places.spots,
        _unplaced(named, policy, right),
        idle,
        NotRead(*named, tuple(problems)) if problems else None,
    )


def _left_out(loan: LeftOut) -> tuple[Problem, ...]:
    if loan.not_followed:
        return (Problem("loan.valuation_basis", "right_not_followed", None),)
    return loan.problems


def _policy(
    named: Named, case: Case, tables: SinkTables, day: date, places: "_Places"
) -> tuple[BookPolicy | None, NotInForce | None]:
    insurance = case.insurance
    if insurance is None:
        return None, None
    year = policy_year_of(insurance, day)
    if year is None:
        start = insurance.period_start
        end = add_months(start, insurance.period_months) - timedelta(days=1)
        return None, NotInForce(*named, start, end)
    carbon = plain_carbon(case.project, last_year=last_plan_year(case), tables=tables)
    exposures = tuple(one.in_year(year) for one in exposures_of(case, insurance, carbon))
    waiting = frozenset(
        place
        for place, head in enumerate(insurance.heads)
        if day < insurance.period_start + timedelta(days=head.waiting_days)
    )
    index = None
    if insurance.index is not None:
        where = places.of_site(insurance.index.site)
        index = where[0][0] if where else None
    found = BookPolicy(
        insurance,
        exposures,
        tuple(places.of_site(head.site) for head in insurance.heads),
        waiting,
        index,
    )
    return found, None


def _pledged(case: Case, loan: BookLoan, places: "_Places") -> PledgedRight | None:
    if not loan.is_drawn or not loan.owed_yuan:
        return None
    named_first = case.insurance is not None and bool(case.insurance.first_beneficiary)
    value = _left(loan.position)
    return PledgedRight(float(loan.owed_yuan), value, places.of_right(), named_first)


def _unplaced(
    named: tuple[str, int, str], policy: BookPolicy | None, loan: PledgedRight | None
) -> Unplaced | None:
    """Return what of a case has no coordinates, None when all of it has."""
    heads, owed = 0.0, 0.0
    if policy is not None:
        pairs = zip(policy.exposures, policy.places, strict=True)
        heads = sum(exposure.sum_insured_yuan for exposure, where in pairs if not where)
        if policy.insurance.index is not None and policy.index_place is None:
            heads += sum_insured(policy.insurance.index)
    if loan is not None and not loan.places:
        owed = loan.owed_yuan
    return Unplaced(*named, heads, owed) if heads or owed else None


def _left(position: Position) -> Callable[[float], float]:
    """Return what the security counts for when a share of the pledged right is gone."""

    def value(gone: float) -> float:
        kept = 1.0 - gone
        moved = replace(position, scale=position.scale * kept, held_yuan=position.held_yuan * kept)
        return float(moved.secured(np.ones(1))[0])

    return value


class _Places:
    """The coordinates of a case: of the sites of its policy, and of those of its project."""

    def __init__(self, case: Case) -> None:
        insured = () if case.insurance is None else case.insurance.sites
        known = [
            (site.name, (site.latitude, site.longitude))
            for site in insured
            if site.latitude is not None and site.longitude is not None
        ]
        own = [(site.name, (site.latitude, site.longitude)) for site in case.project.sites]
        self.spots: Spots = tuple(spot for _name, spot in (*known, *own))
        self._insured = range(len(known))
        self._own = range(len(known), len(self.spots))
        self._named: dict[str, int] = {}
        for place, (name, _spot) in enumerate((*known, *own)):
            self._named.setdefault(name, place)
        areas = [site.area_ha for site in case.project.sites]
        self._areas = [area or 0.0 for area in areas] if all(areas) else [1.0] * len(areas)

    def of_site(self, name: str) -> Weights:
        """Return the place of a site; of none, all sites of the policy, else of the project."""
        if name:
            return ((self._named[name], 1.0),) if name in self._named else ()
        if self._insured:
            return _even(self._insured, [1.0] * len(self._insured))
        return _even(self._own, self._areas)

    def of_right(self) -> Weights:
        """Return the sites of the project by area, else those of the policy alike."""
        if self._own:
            return _even(self._own, self._areas)
        return _even(self._insured, [1.0] * len(self._insured))


def _even(places: Sequence[int], weights: Sequence[float]) -> Weights:
    total = sum(weights)
    return tuple((place, one / total) for place, one in zip(places, weights, strict=True))


def _shifted(case: BookCase, by: int) -> BookCase:
    """Return a case whose places count on in the book."""

    def moved(weights: Weights) -> Weights:
        return tuple((place + by, weight) for place, weight in weights)

    policy, loan = case.policy, case.loan
    if policy is not None:
        index = None if policy.index_place is None else policy.index_place + by
        policy = replace(policy, places=tuple(map(moved, policy.places)), index_place=index)
    if loan is not None:
        loan = replace(loan, places=moved(loan.places))
    return replace(case, policy=policy, loan=loan)


def book_of(day: date, found: Sequence[Found]) -> AccumulationBook:
    """Return the book of what was read of its cases; their places count on."""

    def cases() -> Iterator[BookCase]:
        before = 0
        for one in found:
            if one.case is not None:
                yield _shifted(one.case, before)
            before += len(one.spots)

    spots = np.array([spot for one in found for spot in one.spots]).reshape(-1, 2)
    return AccumulationBook(
        day,
        spots[:, 0],
        spots[:, 1],
        tuple(cases()),
        tuple(one.unplaced for one in found if one.unplaced is not None),
        tuple(one.not_in_force for one in found if one.not_in_force is not None),
        tuple(one.not_read for one in found if one.not_read is not None),
    )
