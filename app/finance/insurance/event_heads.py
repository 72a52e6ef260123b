"""What the events of a set pay by head: in blocks of equal value on risk and equal luck."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from app.finance.case.insurance import Insurance
from app.finance.insurance.event_law import event_year_law
from app.finance.insurance.event_sets import EventSet, event_set, spread_points
from app.finance.insurance.exposure import Exposure
from app.finance.insurance.laws import Floats
from app.finance.insurance.payment import payment_of
from app.finance.insurance.year_cells import YearCell, merged, year_cells
from app.finance.insurance.year_terms import YearTerms, year_terms_of

KEPT_FIGURES = 4_000_000
"""Blocks of so many figures together are kept for the next pass; larger ones are made anew."""


@dataclass(frozen=True, slots=True)
class EventBlock:
    """All events at one value on risk and one point of the spread.

    `weight` times the rate of an event is its number in the policy year; `ground_up` and `paid`
    (events, heads) are its loss, and what the terms of an event leave of it, yuan.
    """

    cell: YearCell
    weight: float
    ground_up: Floats
    paid: Floats


@dataclass(frozen=True, slots=True)
class EventHead:
    """What the events of a set cost one head in the first policy year, yuan.

    `p_payment` is the probability that it is paid at all.
    """

    ground_up_yuan: float
    pure_premium_yuan: float
    loss_sd_yuan: float
    p_payment: float


class EventBlocks:
    """The events of a policy, head by head, in the first policy year of its exposures.

    Rates count whole years, their events spread evenly over the twelve months: only what falls
    into the months covered counts.
    """

    def __init__(self, insurance: Insurance, exposures: Sequence[Exposure]) -> None:
        self.events: EventSet = event_set(insurance, exposures)
        self.terms: tuple[YearTerms, ...] = tuple(
            year_terms_of(e.head, e.sum_insured_yuan) for e in exposures
        )
        limits = [np.inf if one.limit_yuan is None else one.limit_yuan for one in self.terms]
        self._year = (
            np.array([one.deductible_yuan for one in self.terms]),
            np.array(limits),
            np.array([one.share for one in self.terms]),
        )
        self.cells = merged(year_cells(exposures))
        self.spoiled = any(terms.spoil_sums for terms in self.terms)
        self._exposures = exposures
        limit = insurance.policy_event_limit_yuan
        self._event_limit = None if limit is None else float(limit)
        self._kept: list[EventBlock] | None = None
        self.at_site = np.zeros((len(exposures), len(self.events.sites)))
        self.at_site[np.arange(len(exposures)), self.events.place] = 1.0

    @property
    def rates(self) -> Floats:
        """Events a year, shape (events,)."""
        return self.events.rates

    def __iter__(self) -> Iterator[EventBlock]:
        """Yield the blocks; small ones are computed once."""
        if self._kept is not None:
            yield from self._kept
            return
        kept: list[EventBlock] | None = []
        size = 0
        for block in self._made():
            size += 2 * block.paid.size
            kept = None if kept is None or size > KEPT_FIGURES else [*kept, block]
            yield block
        self._kept = kept

    def _made(self) -> Iterator[EventBlock]:
        for cell in self.cells:
            payments = [
                payment_of(e.head, value)
                for e, value in zip(self._exposures, cell.values_yuan, strict=True)
            ]
            damages = self.events.damages(cell.values)
            for weight, damage in spread_points(damages, self.events.spread):
                loss = damage[:, self.events.place] * cell.values
                paid = np.column_stack(
                    [payment.paid(loss[:, head]) for head, payment in enumerate(payments)]
                )
                yield EventBlock(cell, weight * cell.length / 12, loss, paid)

    def insured(self, paid: Floats) -> Floats:
        """Return what events cost that are alone in their year, at most the policy's event limit.

        The terms of the year are those of each event here. Where the sum of an event is above the
        limit of the policy, all heads give way in the same proportion.
        """
        deductible, limit, share = self._year
        found: Floats = np.clip(paid - deductible, 0.0, limit) * share
        if self._event_limit is None:
            return found
        total = found.sum(axis=1, keepdims=True)
        over = total > self._event_limit
        kept: Floats = np.where(over, self._event_limit / np.where(over, total, 1.0), 1.0)
        return found * kept

    @cached_property
    def heads(self) -> tuple[EventHead, ...]:
        """The cost by head; terms of the year of a head are exact for that head alone.

        The event limit of the policy is shared out where no head has terms of the year.
        """
        count = len(self.terms)
        ground, mean, square = np.zeros(count), np.zeros(count), np.zeros(count)
        paying = np.zeros(count)
        for block in self:
            rates = self.rates * block.weight
            paid = block.paid if self.spoiled else self.insured(block.paid)
            ground += rates @ block.ground_up
            mean += rates @ paid
            square += rates @ paid**2
            paying += rates @ (paid > 0)
        plain = zip(ground, mean, np.sqrt(square), -np.expm1(-paying), strict=True)
        found = [EventHead(*map(float, figures)) for figures in plain]
        if self.spoiled:
            found = [
                self._after_year(number, head.ground_up_yuan) for number, head in enumerate(found)
            ]
        return tuple(found)

    def _after_year(self, head: int, ground_up_yuan: float) -> EventHead:
        terms = self.terms[head]
        rates = np.concatenate([self.rates * block.weight for block in self])
        paid = np.concatenate([block.paid[:, head] for block in self])
        law = event_year_law(rates, paid).with_year_terms(
            deductible=terms.deductible_yuan, limit=terms.limit_yuan, share=terms.share
        )
        return EventHead(ground_up_yuan, law.mean, law.sd, 1.0 - law.p_zero)


def event_heads(insurance: Insurance, exposures: Sequence[Exposure]) -> tuple[EventHead, ...]:
    """Return what the event set costs each head in the first policy year of its exposures.

    A later year of a longer policy is asked for by `Exposure.in_year`.
    """
    return EventBlocks(insurance, exposures).heads
