"""A claim of a head of cover through its terms, to the fen."""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from app.finance.case.cover.heads import HeadLine, ShareOn
from app.finance.case.cover.settlement_inputs import ClaimLine
from app.finance.case.insurance import Insurance
from app.finance.dates import add_months, whole_months_between
from app.finance.insurance.exposure import Exposure
from app.finance.insurance.payment import payment_of
from app.finance.insurance.year_terms import YearTerms, year_terms_of
from app.finance.money import ZERO, round_to_fen

_PLACES = 6
"""A float is rounded here before it is rounded to the fen: half a fen stays half a fen."""

OUTSIDE_PERIOD = "outside_period"
WAITING_PERIOD = "waiting_period"
NOT_ON_RISK = "not_on_risk"
BELOW_DEDUCTIBLE = "below_deductible"
LIMIT_USED = "limit_used"
LIMIT_REACHED = "limit_reached"


def fen(amount: float) -> Decimal:
    """Return a float amount in yuan to the fen, half-up."""
    return round_to_fen(round(amount, _PLACES), path="insurance.settlement.claims")


def exact(amount: float) -> Decimal:
    """Return an entered amount or share as it was entered."""
    return Decimal(str(amount))


def policy_year_of(insurance: Insurance, day: date) -> int | None:
    """Return the policy year (from 1) a day lies in, None for a day outside the period."""
    start = insurance.period_start
    if not start <= day < add_months(start, insurance.period_months):
        return None
    return whole_months_between(start, day) // 12 + 1


@dataclass(frozen=True, slots=True)
class Taken:
    """What each term takes of a loss, and what is left to pay, yuan to the fen."""

    ground_up: Decimal = ZERO
    salvage: Decimal = ZERO
    deductible: Decimal = ZERO
    over_limit: Decimal = ZERO
    retained: Decimal = ZERO
    year_terms: Decimal = ZERO

    @property
    def payable(self) -> Decimal:
        return (
            self.ground_up
            - self.salvage
            - self.deductible
            - self.over_limit
            - self.retained
            - self.year_terms
        )

    def less(self, other: "Taken") -> "Taken":
        """Return what this one takes more than `other`."""
        return Taken(
            self.ground_up - other.ground_up,
            self.salvage - other.salvage,
            self.deductible - other.deductible,
            self.over_limit - other.over_limit,
            self.retained - other.retained,
            self.year_terms - other.year_terms,
        )


@dataclass(frozen=True, slots=True)
class Claimed:
    """One claim line after its terms; `left_of_year` None where the year has no limit."""

    taken: Taken
    covered: bool
    reason: str
    left_of_year: Decimal | None = None
    reinstated_share: Decimal = ZERO
    """Share of a whole limit that is filled up again for the premium of a reinstatement."""


def event_terms(head: HeadLine, exposed_yuan: float, loss: Decimal, days: float | None) -> Taken:
    """Take the loss of one event through the terms of an event, one after the other.

    Each step is the payment of the same head without the terms that come later: value on risk,
    salvage, deductible and days, limit and layer, share. What lies above the value on risk
    counts as over the limit; what lies below the layer as well, since others pay it.
    """
    deducted = replace(
        head, event_limit_yuan=None, layer_attachment_yuan=0.0, layer_limit_yuan=None, share=1.0
    )
    saved = replace(
        deducted,
        deductible_yuan=0.0,
        deductible_share=0.0,
        deductible_loss_share=0.0,
        deductible_days=0.0,
    )
    chain = (replace(saved, salvage_share=0.0), saved, deducted, replace(head, share=1.0), head)
    paid = [
        fen(float(payment_of(one, exposed_yuan, interruption_days=days).paid(_at(loss))[0]))
        for one in chain
    ]
    on_risk, after_salvage, after_deductible, after_limit, after_share = paid
    return Taken(
        ground_up=loss,
        salvage=on_risk - after_salvage,
        deductible=after_salvage - after_deductible,
        over_limit=(loss - on_risk) + (after_deductible - after_limit),
        retained=after_limit - after_share,
    )


def _at(loss: Decimal) -> NDArray[np.float64]:
    return np.array([float(loss)])


@dataclass
class _Year:
    """What the claims of one policy year have used up so far."""

    terms: YearTerms
    events: Decimal = ZERO
    losses: dict[str, Decimal] = field(default_factory=lambda: defaultdict(lambda: ZERO))
    taken: dict[str, Taken] = field(default_factory=lambda: defaultdict(Taken))
    survival: float = 1.0

    def used(self) -> Decimal:
        """What the events have used of the limit of the year, before the share of the year."""
        above = max(self.events - fen(self.terms.deductible_yuan), ZERO)
        limit = self.terms.limit_yuan
        return above if limit is None else min(above, fen(limit))


class HeadClaims:
    """Settles the claims of one head in the order of their days."""

    def __init__(self, insurance: Insurance, exposure: Exposure) -> None:
        self._insurance = insurance
        self._exposure = exposure
        self._years: dict[int, _Year] = {}

    def settle(self, claim: ClaimLine) -> Claimed:
        """Take one claim through the terms of event and year.

        Several lines of one event are one loss: the deductible is taken once, and a line is paid
        what it adds.
        """
        head, insurance = self._exposure.head, self._insurance
        policy_year = policy_year_of(insurance, claim.day)
        if policy_year is None:
            return self._refused(claim, OUTSIDE_PERIOD)
        if claim.day < insurance.period_start + timedelta(days=head.waiting_days):
            return self._refused(claim, WAITING_PERIOD)
        value = self.value_on_risk(claim.day, policy_year)
        if value == 0:
            return self._refused(claim, NOT_ON_RISK)
        year = self._year(policy_year)
        loss = self._loss(claim, value)
        year.survival *= 1.0 - min(float(loss) / value, 1.0)
        year.losses[claim.event] += loss
        before = year.taken[claim.event]
        after = event_terms(head, value, year.losses[claim.event], claim.duration_days)
        year.taken[claim.event] = after
        return self._through_year(year, after.less(before))

    def value_on_risk(self, day: date, policy_year: int) -> float:
        """Return the value on risk on a day, yuan: of the year and the stage of the month.

        What earlier policy years lost is gone where the head is not restored.
        """
        exposure = self._exposure
        value = exposure.values_yuan[policy_year - 1] * exposure.month_shares[day.month - 1]
        if not exposure.head.restored:
            for number, year in self._years.items():
                value *= year.survival if number < policy_year else 1.0
        return value

    def _year(self, policy_year: int) -> _Year:
        if policy_year not in self._years:
            value = self._exposure.values_yuan[policy_year - 1]
            terms = year_terms_of(self._exposure.head, value)
            self._years[policy_year] = _Year(terms)
        return self._years[policy_year]

    @staticmethod
    def _loss(claim: ClaimLine, value: float) -> Decimal:
        if claim.loss_yuan is not None:
            return fen(claim.loss_yuan)
        return fen((claim.damage_share or 0.0) * value)

    def _refused(self, claim: ClaimLine, reason: str) -> Claimed:
        """A loss that is not covered: it is shown as surveyed, and nothing is paid."""
        loss = fen(claim.loss_yuan or 0.0)
        return Claimed(Taken(ground_up=loss, over_limit=loss), covered=False, reason=reason)

    def _through_year(self, year: _Year, taken: Taken) -> Claimed:
        """Take deductible, limit and share of the year off what an event adds."""
        terms, before, paid = year.terms, year.used(), taken.payable
        year.events += paid
        used = year.used()
        counted = used - before
        kept = ZERO
        if self._exposure.head.share_on is ShareOn.YEAR:
            share = exact(terms.share)
            kept = counted - (round_to_fen(share * used) - round_to_fen(share * before))
        found = replace(taken, year_terms=paid - counted, retained=taken.retained + kept)
        limit = None if terms.limit_yuan is None else fen(terms.limit_yuan)
        left = None if limit is None else limit - used
        return Claimed(
            found,
            covered=True,
            reason=_reason(found, paid, left),
            left_of_year=left,
            reinstated_share=self._reinstated(terms, before, used),
        )

    def _reinstated(self, terms: YearTerms, before: Decimal, used: Decimal) -> Decimal:
        """Return the share of one limit that k reinstatements fill up again."""
        if not terms.event_yuan:
            return ZERO
        most = exact((self._exposure.head.reinstatements or 0) * terms.event_yuan)
        return (min(used, most) - min(before, most)) / exact(terms.event_yuan)


def _reason(found: Taken, paid: Decimal, left: Decimal | None) -> str:
    """Return why less is paid than the event would bring; "" when nothing was cut."""
    if found.ground_up > 0 and paid <= 0:
        return LIMIT_USED if found.over_limit >= found.ground_up else BELOW_DEDUCTIBLE
    if found.year_terms > 0 and left == 0:
        return LIMIT_USED if found.payable == 0 else LIMIT_REACHED
    if found.year_terms > 0 and found.payable == 0:
        return BELOW_DEDUCTIBLE
    return ""
