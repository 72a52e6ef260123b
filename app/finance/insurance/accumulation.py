"""What one event does to a book: to the insurer's policies and to the lender's pledged rights."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from app.finance.case.insurance import Insurance
from app.finance.insurance.accumulation_events import Hits
from app.finance.insurance.accumulation_index import IndexReader
from app.finance.insurance.exposure import Exposure
from app.finance.insurance.hazard_tracks import Floats
from app.finance.insurance.index_payout import sum_insured
from app.finance.insurance.payment import payment_of
from app.finance.insurance.year_terms import year_terms_of

Weights = tuple[tuple[int, float], ...]
"""Places by their number in the book, with weights that sum to 1."""


@dataclass(frozen=True, slots=True, eq=False)
class BookPolicy:
    """A policy in force: its heads on risk in the policy year of the day, and where each lies.

    `waiting` are the heads whose waiting period has not ended on the day.
    """

    insurance: Insurance
    exposures: tuple[Exposure, ...]
    places: tuple[Weights, ...]
    waiting: frozenset[int] = frozenset()
    index_place: int | None = None

    @property
    def sum_insured_yuan(self) -> float:
        """Heads and index cover together, in the policy year of the day."""
        index = self.insurance.index
        own = 0.0 if index is None else sum_insured(index)
        return own + sum(exposure.sum_insured_yuan for exposure in self.exposures)


@dataclass(frozen=True, slots=True, eq=False)
class PledgedRight:
    """A loan on the day: what is owed, and what all its security counts for.

    `value_yuan(d)` gives that value when the share d of the pledged right is gone.
    """

    owed_yuan: float
    value_yuan: Callable[[float], float]
    places: Weights
    gets_insurance: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class BookCase:
    """A case of the book with a policy in force, a loan, or both."""

    case_id: str
    version: int
    name: str
    policy: BookPolicy | None
    loan: PledgedRight | None

    @property
    def places(self) -> tuple[int, ...]:
        """The numbers of all places of the case."""
        weights = [] if self.loan is None else [self.loan.places]
        if self.policy is not None:
            weights += self.policy.places
        found = {place for one in weights for place, _weight in one}
        if self.policy is not None and self.policy.index_place is not None:
            found.add(self.policy.index_place)
        return tuple(sorted(found))


@dataclass(frozen=True, slots=True)
class CaseHit:
    """What one event costs one case, yuan.

    `distance_km` and `wind_ms` (averaged as recorded) are those of its nearest and of its
    strongest place, None without one; `damage` is the ground-up loss over the value on risk, of
    a loan alone that of the right. `insurer_yuan` is paid after all terms, `index_yuan` of it by
    the index cover; `unread` says that the event gives the index cover no reading.
    `beneficiary_yuan` is what of it goes to the lender. Coverage is None where nothing is owed.
    """

    case: BookCase
    distance_km: float | None
    wind_ms: float | None
    damage: float
    on_risk_yuan: float
    ground_up_yuan: float
    insurer_yuan: float
    index_yuan: float
    unread: bool
    owed_yuan: float
    value_yuan: float
    value_after_yuan: float
    beneficiary_yuan: float

    @property
    def lender_yuan(self) -> float:
        """Pledged value that is lost."""
        return self.value_yuan - self.value_after_yuan

    @property
    def coverage(self) -> float | None:
        """Value over what is owed before the event."""
        return self.value_yuan / self.owed_yuan if self.owed_yuan else None

    @property
    def coverage_after(self) -> float | None:
        """Value over what is owed after the event, what the insurer pays left out."""
        return self.value_after_yuan / self.owed_yuan if self.owed_yuan else None

    @property
    def is_hit(self) -> bool:
        """Whether the event costs anybody anything."""
        return self.insurer_yuan > 0 or self.lender_yuan > 0 or self.ground_up_yuan > 0


def _mean(weights: Weights, values: Floats) -> Floats:
    """Return the mean over places of values of shape (n, places)."""
    found = np.zeros(len(values))
    for place, weight in weights:
        found += weight * values[:, place]
    return found


def months_of(case: BookCase, hits: Hits, month: int) -> np.ndarray:
    """Return the month of each event at the nearest place of a case, else the month given."""
    places = list(case.places)
    if not places:
        return np.full(len(hits.damage), month)
    nearest = np.argmin(hits.distance_km[:, places], axis=1)
    found = hits.months[:, places][np.arange(len(nearest)), nearest]
    return np.where(found > 0, found, month)


@dataclass(frozen=True, slots=True, eq=False)
class PolicyLosses:
    """One policy under n events, yuan, shape (n,) each."""

    on_risk: Floats
    ground_up: Floats
    insurer: Floats
    index: Floats
    unread: bool


def policy_losses(
    policy: BookPolicy, hits: Hits, months: np.ndarray, read: IndexReader | None
) -> PolicyLosses:
    """Take each event through all terms as the first one of its policy year.

    The damage of a head is the mean over its places; one without a place is left out. Value on
    risk by the stage of the month.
    Then deductible, limit and share of the year, the policy's limits, and the index cover.
    """
    on_risk, ground, paid = np.zeros(len(months)), np.zeros(len(months)), np.zeros(len(months))
    for number, (exposure, weights) in enumerate(zip(policy.exposures, policy.places, strict=True)):
        if number in policy.waiting or not weights:
            continue
        own = np.zeros(len(months))
        damage = np.minimum(_mean(weights, hits.damage), 1.0)
        for month in np.unique(months):
            rows = months == month
            value = exposure.sum_insured_yuan * exposure.month_shares[int(month) - 1]
            loss = damage[rows] * value
            on_risk[rows] += value
            ground[rows] += loss
            own[rows] = payment_of(exposure.head, value).paid(loss) if value > 0 else 0.0
        terms = year_terms_of(exposure.head, exposure.sum_insured_yuan)
        own = np.maximum(own - terms.deductible_yuan, 0.0)
        if terms.limit_yuan is not None:
            own = np.minimum(own, terms.limit_yuan)
        paid += own * terms.share
    for limit in (
        policy.insurance.policy_event_limit_yuan,
        policy.insurance.policy_year_limit_yuan,
    ):
        if limit is not None:
            paid = np.minimum(paid, float(limit))
    index, unread = np.zeros(len(months)), False
    if policy.insurance.index is not None:
        if read is None or policy.index_place is None:
            unread = True
        else:
            index, unread = read.paid(policy.insurance.index, hits, policy.index_place)
    return PolicyLosses(on_risk, ground, paid + index, index, unread)


def right_damage(loan: PledgedRight, hits: Hits) -> Floats:
    """Return the share of the pledged right that each event destroys.

    House convention, on the safe side: the right loses the damaged share for good.
    """
    return np.minimum(_mean(loan.places, hits.damage), 1.0)


def case_hits(
    cases: Sequence[BookCase], hits: Hits, month: int, read: IndexReader | None
) -> tuple[CaseHit, ...]:
    """Return what the first of the events does to each case; `month` where it has no day."""
    first = Hits(*(getattr(hits, name)[:1] for name in Hits.__slots__))
    return tuple(_case_hit(case, first, month, read) for case in cases)


def _case_hit(case: BookCase, hits: Hits, month: int, read: IndexReader | None) -> CaseHit:
    places = list(case.places)
    distance = hits.distance_km[0, places]
    winds = hits.wind_ms[0, places]
    known = winds[np.isfinite(winds)]
    on_risk = ground = insurer = index = 0.0
    unread, damage = False, 0.0
    if case.policy is not None:
        found = policy_losses(case.policy, hits, months_of(case, hits, month), read)
        on_risk, ground = float(found.on_risk[0]), float(found.ground_up[0])
        insurer, index, unread = float(found.insurer[0]), float(found.index[0]), found.unread
        damage = ground / on_risk if on_risk else 0.0
    owed = before = after = 0.0
    if case.loan is not None:
        gone = float(right_damage(case.loan, hits)[0])
        owed, before = case.loan.owed_yuan, case.loan.value_yuan(0.0)
        after = before if gone == 0 else min(case.loan.value_yuan(gone), before)
        damage = damage if on_risk else gone
    return CaseHit(
        case=case,
        distance_km=float(distance.min()) if places and np.isfinite(distance).any() else None,
        wind_ms=float(known.max()) if len(known) else None,
        damage=damage,
        on_risk_yuan=on_risk,
        ground_up_yuan=ground,
        insurer_yuan=insurer,
        index_yuan=index,
        unread=unread,
        owed_yuan=owed,
        value_yuan=before,
        value_after_yuan=after,
        beneficiary_yuan=(insurer if case.loan is not None and case.loan.gets_insurance else 0.0),
    )
