"""Totals of an event over a book, many storms against each other, and a share as reported."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from app.finance.insurance.accumulation import (
    BookCase,
    CaseHit,
    months_of,
    policy_losses,
    right_damage,
)
from app.finance.insurance.accumulation_events import Hits
from app.finance.insurance.accumulation_index import IndexReader
from app.finance.insurance.hazard_tracks import Floats

PML_YEARS = (2, 5, 10, 20, 50, 100)


@dataclass(frozen=True, slots=True)
class BookTotals:
    """What one event costs a book: the insurer's and the lender's view, yuan.

    `policies` and `loans` count those of the book, `policies_hit` those that are paid,
    `loans_hit` those that lose value, `both_hit` the cases that are both. `beyond_yuan` is what
    is owed of each loan beyond its own security after the event, before it `beyond_before_yuan`.
    """

    policies: int
    policies_hit: int
    sum_insured_yuan: float
    on_risk_yuan: float
    ground_up_yuan: float
    insurer_yuan: float
    loans: int
    loans_hit: int
    owed_yuan: float
    value_yuan: float
    lender_yuan: float
    beyond_before_yuan: float
    beyond_yuan: float
    beneficiary_yuan: float
    both_hit: int

    @property
    def insurer_share(self) -> float | None:
        """What is paid over the sum insured of the book."""
        return self.insurer_yuan / self.sum_insured_yuan if self.sum_insured_yuan else None

    @property
    def lender_share(self) -> float | None:
        """What is lost over the pledged value of the book."""
        return self.lender_yuan / self.value_yuan if self.value_yuan else None


def totals(hits: Sequence[CaseHit]) -> BookTotals:
    """Return the sums over all cases."""
    insured = [hit for hit in hits if hit.case.policy is not None]
    pledged = [hit for hit in hits if hit.case.loan is not None]
    paid = {id(hit) for hit in insured if hit.insurer_yuan > 0}
    lost = {id(hit) for hit in pledged if hit.lender_yuan > 0}
    return BookTotals(
        policies=len(insured),
        policies_hit=len(paid),
        sum_insured_yuan=sum(
            hit.case.policy.sum_insured_yuan for hit in insured if hit.case.policy is not None
        ),
        on_risk_yuan=sum(hit.on_risk_yuan for hit in insured),
        ground_up_yuan=sum(hit.ground_up_yuan for hit in insured),
        insurer_yuan=sum(hit.insurer_yuan for hit in insured),
        loans=len(pledged),
        loans_hit=len(lost),
        owed_yuan=sum(hit.owed_yuan for hit in pledged),
        value_yuan=sum(hit.value_yuan for hit in pledged),
        lender_yuan=sum(hit.lender_yuan for hit in pledged),
        beyond_before_yuan=sum(max(hit.owed_yuan - hit.value_yuan, 0.0) for hit in pledged),
        beyond_yuan=sum(max(hit.owed_yuan - hit.value_after_yuan, 0.0) for hit in pledged),
        beneficiary_yuan=sum(hit.beneficiary_yuan for hit in pledged),
        both_hit=len(paid & lost),
    )


@dataclass(frozen=True, slots=True)
class StormLosses:
    """What each of n storms would cost the book, yuan, shape (n,) each."""

    insurer_yuan: Floats
    lender_yuan: Floats
    cases_hit: np.ndarray

    def worst(self, count: int) -> tuple[int, ...]:
        """Return the numbers of the storms that cost most, both views together."""
        both = self.insurer_yuan + self.lender_yuan
        order = np.argsort(-both, kind="stable")[:count]
        return tuple(int(storm) for storm in order if both[storm] > 0)


def storm_losses(
    cases: Sequence[BookCase],
    hits: Hits,
    month: int,
    read: IndexReader | None,
    progress: Callable[[int, int], None] | None = None,
) -> StormLosses:
    """Take every storm through every case; `progress(done, cases)` may raise to stop."""
    count = len(hits.damage)
    insurer, lender = np.zeros(count), np.zeros(count)
    cases_hit = np.zeros(count, dtype=np.int64)
    for number, case in enumerate(cases):
        if progress is not None:
            progress(number, len(cases))
        paid, lost = np.zeros(count), np.zeros(count)
        if case.policy is not None:
            months = months_of(case, hits, month)
            paid = policy_losses(case.policy, hits, months, read).insurer
        if case.loan is not None:
            gone = right_damage(case.loan, hits)
            before = case.loan.value_yuan(0.0)
            for share in np.unique(gone[gone > 0]):
                after = case.loan.value_yuan(float(share))
                lost[gone == share] = max(before - after, 0.0)
        insurer += paid
        lender += lost
        cases_hit += (paid > 0) | (lost > 0)
    if progress is not None:
        progress(len(cases), len(cases))
    return StormLosses(insurer, lender, cases_hit)


@dataclass(frozen=True, slots=True)
class PmlLine:
    """Loss of the costliest storm of a year that is exceeded once in `years` years."""

    years: int
    insurer_yuan: float
    lender_yuan: float


def probable_maximum(
    losses: StormLosses, storm_years: np.ndarray, years: np.ndarray
) -> tuple[PmlLine, ...]:
    """Return the probable maximum loss from the costliest storm of each whole year of a record.

    OEP of the record itself: the quantile 1 - 1/T of the yearly maxima, only for T up to the
    number of years (Grossi, Kunreuther, Catastrophe Modeling, 2005). A year of the record without
    a storm that costs anything counts with 0; `years` are those that are whole, ascending.
    """
    inside = np.isin(storm_years, years)
    place = np.searchsorted(years, storm_years[inside])
    insurer, lender = np.zeros(len(years)), np.zeros(len(years))
    np.maximum.at(insurer, place, losses.insurer_yuan[inside])
    np.maximum.at(lender, place, losses.lender_yuan[inside])

    def level(maxima: Floats, period: int) -> float:
        return float(np.quantile(maxima, 1 - 1 / period, method="inverted_cdf"))

    return tuple(
        PmlLine(period, level(insurer, period), level(lender, period))
        for period in PML_YEARS
        if period <= len(years)
    )


@dataclass(frozen=True, slots=True)
class ReportedEvent:
    """An event as it was reported: shares of the insured that were hit, of the cover paid.

    `hit_share` is None where it was not told; `source` is the publication.
    """

    key: str
    name: str
    name_zh: str
    hit_share: float | None
    paid_share: float
    premium_share: float | None
    source: str
    source_zh: str


def reported_hits(cases: Sequence[BookCase], event: ReportedEvent) -> tuple[CaseHit, ...]:
    """Return the book under a share that was reported, as an expectation over all its cases.

    Every policy pays the reported share of its sum insured, hit or not: together that is what
    the report says; which of them are hit is not told. House convention: the pledged right loses
    the same share, since no report tells what happens to it.
    """
    found = []
    for case in cases:
        insured = 0.0 if case.policy is None else case.policy.sum_insured_yuan
        paid = event.paid_share * insured
        loan = case.loan
        before = 0.0 if loan is None else loan.value_yuan(0.0)
        after = 0.0 if loan is None else min(loan.value_yuan(event.paid_share), before)
        found.append(
            CaseHit(
                case=case,
                distance_km=None,
                wind_ms=None,
                damage=event.paid_share,
                on_risk_yuan=insured,
                ground_up_yuan=paid,
                insurer_yuan=paid,
                index_yuan=0.0,
                unread=False,
                owed_yuan=0.0 if loan is None else loan.owed_yuan,
                value_yuan=before,
                value_after_yuan=after,
                beneficiary_yuan=paid if loan is not None and loan.gets_insurance else 0.0,
            )
        )
    return tuple(found)
