"""The largest event of a whole policy year: heads, index cover and deliveries together.

The parts are independent, so P(no event above x) of the policy is the product over them. An event
counts as what it costs when it is the only one of its year. PML of a return period is the loss
that the largest event exceeds once in so many years (occurrence exceedance; Grossi, Kunreuther,
Catastrophe Modeling, 2005).
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from app.finance.case.cover.delivery_inputs import DeliveryCover
from app.finance.case.cover.index_inputs import EventsPaid, IndexCover, IndexPricing
from app.finance.case.insurance import Insurance
from app.finance.insurance.delivery_loss import failure_events, reversal_amounts
from app.finance.insurance.delivery_plan import plan_of
from app.finance.insurance.heads_part import HeadsYear
from app.finance.insurance.index_fit import season_of
from app.finance.insurance.index_season import IndexSeason
from app.finance.insurance.largest_event import EventChance, LargestEvent, largest_of
from app.finance.insurance.loss_law import Floats
from app.finance.insurance.part_results import IndexResult

_FEW = 256
"""More losses than these stand for a law without atoms."""


@dataclass(frozen=True, eq=False)
class OneEvent:
    """At most one event a year, with its losses (ascending, yuan) and their probabilities."""

    losses: Floats
    chances: Floats

    @classmethod
    def of(cls, losses: Floats, chances: Floats) -> "OneEvent":
        """Return the event with these losses in any order."""
        order = np.argsort(losses)
        return cls(losses[order], chances[order])

    @property
    def most(self) -> float:
        """The largest loss."""
        return float(self.losses[-1]) if self.losses.size else 0.0

    def exceedance(self, x: Floats) -> Floats:
        """P(event > x)."""
        above = np.append(np.cumsum(self.chances[::-1])[::-1], 0.0)
        return np.asarray(above[np.searchsorted(self.losses, x, side="right")])

    def atoms(self) -> Iterator[float]:
        """Yield the losses where they are few."""
        if self.losses.size <= _FEW:
            yield from (float(loss) for loss in self.losses if loss > 0)


@dataclass(frozen=True, slots=True)
class SeasonEvents:
    """The events of a fitted index cover with a sum insured, yuan."""

    season: IndexSeason
    insured: float

    @property
    def most(self) -> float:
        """The most one event is paid."""
        return self.season.payment.maximum * self.insured

    def exceedance(self, x: Floats) -> Floats:
        """P(largest payout of an event of the season > x).

        1 - exp(-rate P(Y > x)) of the largest event or of every one; of the first one that pays
        P(there is one) x P(Y > x) / P(Y > 0).
        """
        season = self.season
        if season.reach == 0:
            return np.zeros(len(x))
        above = season.payment.exceedance(season.excess, x / self.insured)
        if season.paid is EventsPaid.FIRST:
            return np.asarray((1.0 - season.p_zero) * above / season.reach)
        return np.asarray(-np.expm1(-season.rate * above))

    def atoms(self) -> Iterator[float]:
        """Yield the payouts of the steps and the highest one."""
        levels = np.append(self.season.payment.levels, self.season.payment.maximum)
        yield from (float(level * self.insured) for level in np.unique(levels) if level > 0)


def is_fitted(index: IndexCover, found: IndexResult) -> bool:
    """Whether an index cover is priced on its fitted model, not on its history."""
    return index.pricing is IndexPricing.FITTED and found.fitted is not None


def index_event(index: IndexCover, found: IndexResult) -> EventChance:
    """Return the largest event of an index cover.

    Priced on the history it is that of each observed year, one as likely as the other; priced on
    the fitted model that of its events, before earlier ones have used up the cap of the season.
    """
    insured = float(found.sum_insured_yuan)
    if is_fitted(index, found) and found.fitted is not None and insured:
        return SeasonEvents(season_of(index, found.fitted), insured)
    paid = np.array([year.largest_share for year in found.history if year.observed]) * insured
    return OneEvent.of(paid, np.full(paid.size, 1 / max(paid.size, 1)))


def delivery_events(cover: DeliveryCover) -> LargestEvent:
    """Return the events of deliveries, present values: failures and shocks, and reversals.

    A failure is one event with all it takes; the number of reversals is Poisson. A shortfall is
    no event.
    """
    plan = plan_of(cover)
    amounts = reversal_amounts(plan)
    amounts = amounts[amounts > 0]
    rates = np.full(amounts.size, cover.reversals_per_year or 0.0)
    failures = tuple(OneEvent.of(*atoms) for atoms in failure_events(plan))
    return LargestEvent((), rates, amounts, failures)


def policy_largest(
    insurance: Insurance, heads: HeadsYear | None, index: IndexResult | None
) -> LargestEvent:
    """Return the law of the largest event of the first policy year, all parts together.

    The policy's limit of a year is one of each event, too.
    """
    found = largest_of(()) if heads is None else heads.largest
    others = list(found.others)
    if insurance.index is not None and index is not None:
        others.append(index_event(insurance.index, index))
    rates, losses = found.rates, found.losses
    if insurance.delivery is not None:
        sold = delivery_events(insurance.delivery)
        rates = np.concatenate([rates, sold.rates])
        losses = np.concatenate([losses, sold.losses])
        others += sold.others
    limit = insurance.policy_year_limit_yuan
    return replace(
        found,
        rates=rates,
        losses=losses,
        others=tuple(others),
        limit=None if limit is None else float(limit),
    )
