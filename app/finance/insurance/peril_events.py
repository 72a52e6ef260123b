"""The perils on risk: which heads an event hits, with what value, how often, what it pays."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import reduce

import numpy as np

from app.finance.case.cover.heads import HeadLine
from app.finance.case.cover.perils import (
    DamageBasis,
    FrequencyBasis,
    FrequencyLaw,
    PerilLine,
)
from app.finance.case.insurance import Insurance
from app.finance.errors import DomainError
from app.finance.insurance.aggregate import EventSource
from app.finance.insurance.exposure import Exposure, season_months
from app.finance.insurance.frequency import Frequency
from app.finance.insurance.laws import LossLaw, law_of
from app.finance.insurance.payment import Payment, payment_of
from app.finance.insurance.year_cells import merged, year_cells
from app.finance.insurance.year_terms import YearTerms, year_terms_of


@dataclass(frozen=True, slots=True)
class PerilEvents:
    """One peril in one policy year.

    `parts` are the stretches of the season on risk: the weight of each (they sum to 1) with the
    value on risk of every head, yuan; 0 for a head that is not hit there. `frequency` counts all
    events that damage, paid or not, in these stretches.
    """

    place: int
    peril: PerilLine
    law: LossLaw
    frequency: Frequency
    parts: tuple[tuple[float, tuple[float, ...]], ...]

    @property
    def heads(self) -> tuple[int, ...]:
        """The places of the heads that are hit somewhere in the year."""
        return tuple(
            place
            for place in range(len(self.parts[0][1]) if self.parts else 0)
            if any(values[place] > 0 for _weight, values in self.parts)
        )

    def expected_loss(self, place: int) -> float:
        """Return the expected loss of a head over the year before all terms, yuan.

        An event takes at most what is on risk.
        """
        losses = self._losses([values[place] for _weight, values in self.parts])
        weights = (weight for weight, _values in self.parts)
        return self.frequency.mean * sum(w * x for w, x in zip(weights, losses, strict=True))

    def mean_loss(self) -> float:
        """Return the mean loss of an event before all terms, all heads it hits together."""
        return sum(weight * sum(self._losses(values)) for weight, values in self.parts)

    def _losses(self, values: Sequence[float]) -> list[float]:
        """Return the mean loss of an event where so much is on risk."""
        if self.peril.damage_basis is DamageBasis.YUAN:
            losses: list[float] = self.law.limited_mean(np.maximum(values, 0.0)).tolist()
            return losses
        share = float(self.law.limited_mean(np.ones(1))[0])
        return [max(value, 0.0) * share for value in values]


class Payments:
    """What the heads of a policy pay for the damage of a peril, each made once.

    A share of the year is taken of each event where the year has no other terms; `alone` takes
    all terms of the year of each event, for what the only event of a year costs the insurer.
    """

    def __init__(
        self, insurance: Insurance, exposures: Sequence[Exposure], *, alone: bool = False
    ) -> None:
        self._heads = [exposure.head for exposure in exposures]
        self._terms = [_year_terms(exposure, alone=alone) for exposure in exposures]
        self._event_limit = insurance.policy_event_limit_yuan
        self._made: dict[tuple[int, float, float | None, DamageBasis], Payment] = {}

    def of_head(self, place: int, value: float, peril: PerilLine) -> Payment:
        """Return what one head pays, as a function of the damage as the peril states it."""
        if value <= 0:
            return Payment.nothing()
        key = (place, value, peril.interruption_days, peril.damage_basis)
        if key not in self._made:
            self._made[key] = self._make(self._heads[place], self._terms[place], value, peril)
        return self._made[key]

    def _make(self, head: HeadLine, terms: YearTerms, value: float, peril: PerilLine) -> Payment:
        paid = payment_of(head, value, interruption_days=peril.interruption_days)
        paid = paid.above(terms.deductible_yuan)
        if terms.limit_yuan is not None:
            paid = paid.capped(terms.limit_yuan)
        if peril.damage_basis is DamageBasis.SHARE:
            paid = paid.scaled(value)
        return paid if terms.share == 1 else paid.shared(terms.share)

    def of_event(self, values: Sequence[float], peril: PerilLine) -> Payment:
        """Return what all heads pay together, at most the limit of the policy for an event."""
        hit = [self.of_head(place, value, peril) for place, value in enumerate(values) if value > 0]
        paid = reduce(Payment.plus, hit) if hit else Payment.nothing()
        return paid if self._event_limit is None else paid.capped(float(self._event_limit))

    def head_source(self, events: PerilEvents, place: int) -> EventSource:
        """Return the events of a peril as one head pays them."""
        return EventSource(
            events.frequency,
            tuple(
                (weight, self.of_head(place, values[place], events.peril), events.law)
                for weight, values in events.parts
            ),
        )

    def policy_source(self, events: PerilEvents) -> EventSource:
        """Return the events of a peril as the policy pays them."""
        return EventSource(
            events.frequency,
            tuple(
                (weight, self.of_event(values, events.peril), events.law)
                for weight, values in events.parts
            ),
        )


def _year_terms(exposure: Exposure, *, alone: bool) -> YearTerms:
    """Return the terms of the year that can as well be taken of each event, or have to be."""
    terms = year_terms_of(exposure.head, exposure.sum_insured_yuan)
    return terms if alone or not terms.spoil_sums else YearTerms()


def is_hit(peril: PerilLine, head: HeadLine) -> bool:
    """Whether the events of a peril hit a head: by its name, by its site, or every head."""
    return peril.head in ("", head.name) and peril.site in ("", head.site)


def _parts(
    peril: PerilLine, exposures: Sequence[Exposure]
) -> tuple[float, tuple[tuple[float, tuple[float, ...]], ...]]:
    """Return what share of the season is on risk, and its stretches with their weights."""
    hit = [exposure for exposure in exposures if is_hit(peril, exposure.head)]
    season = season_months(peril.first_month, peril.last_month)
    cells = [cell for cell in merged(year_cells(hit, season)) if any(cell.values_yuan)]
    length = sum(cell.length for cell in cells)
    if length == 0:
        return 0.0, ()
    parts = []
    for cell in cells:
        values = [0.0] * len(exposures)
        for exposure, value in zip(hit, cell.values_yuan, strict=True):
            values[exposure.place] = value
        parts.append((cell.length / length, tuple(values)))
    return length / len(season), tuple(parts)


def perils_on_risk(
    insurance: Insurance, exposures: Sequence[Exposure], payments: Payments
) -> tuple[PerilEvents, ...]:
    """Return the perils of one policy year, in their order.

    The events of a year spread evenly over the months of the season; those outside the period,
    in the waiting period or when nothing is on risk are not counted. A frequency to the layer
    counts the events that are paid: it is divided by the probability that an event is paid.

    Raises:
        DomainError: `never_paid` for a frequency of paid events where no event is paid.
    """
    found = []
    for place, peril in enumerate(insurance.perils):
        share, parts = _parts(peril, exposures)
        law = law_of(peril, insurance.damages)
        ratio = peril.variance_to_mean or 1.0
        frequency = Frequency(peril.frequency_law, peril.events_per_year, ratio)
        events = PerilEvents(place, peril, law, frequency, parts)
        if peril.frequency_basis is FrequencyBasis.TO_LAYER and parts:
            frequency = _ground_up(events, payments)
        found.append(PerilEvents(place, peril, law, frequency.thinned(share), parts))
    return tuple(found)


def ground_up_perils(insurance: Insurance, exposures: Sequence[Exposure]) -> tuple[PerilLine, ...]:
    """Return the perils with the number of all their events in place of that of the paid ones.

    Other terms pay other events of the same perils: what they cost is asked of these. Of a
    policy of several years the values of the first one tell what is paid.
    """
    on_risk = [exposure.in_year(1) for exposure in exposures]
    payments = Payments(insurance, on_risk)
    return tuple(
        _all_events(insurance, on_risk, payments, place, peril)
        if peril.frequency_basis is FrequencyBasis.TO_LAYER
        else peril
        for place, peril in enumerate(insurance.perils)
    )


def _all_events(
    insurance: Insurance,
    exposures: Sequence[Exposure],
    payments: Payments,
    place: int,
    peril: PerilLine,
) -> PerilLine:
    _share, parts = _parts(peril, exposures)
    if not parts:
        return peril
    ratio = peril.variance_to_mean
    held = Frequency(peril.frequency_law, peril.events_per_year, ratio or 1.0)
    law = law_of(peril, insurance.damages)
    every = _ground_up(PerilEvents(place, peril, law, held, parts), payments)
    return replace(
        peril,
        frequency_basis=FrequencyBasis.GROUND_UP,
        events_per_year=every.mean,
        variance_to_mean=None if ratio is None else every.ratio,
    )


def _ground_up(events: PerilEvents, payments: Payments) -> Frequency:
    """Return the number of all events of a year of which those entered are paid."""
    reach = payments.policy_source(events).reach
    path = f"insurance.perils.{events.place}.events_per_year"
    held = events.frequency
    if reach <= 0:
        raise DomainError("never_paid", path=path, value=held.mean)
    if held.law is FrequencyLaw.BINOMIAL and held.mean > reach:
        raise DomainError("at_most_one_event", path=path, value=held.mean, at_most=reach)
    return Frequency(held.law, held.mean / reach, 1 + (held.ratio - 1) / reach)
