"""The heads of a policy in one policy year: pure premium of each, law of the policy's loss."""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import reduce

from app.finance.case.insurance import Insurance
from app.finance.explain import Step
from app.finance.insurance.aggregate import EventSource, YearLaw, reinstatement_premium, year_law
from app.finance.insurance.event_law import sample_law
from app.finance.insurance.exposure import Exposure
from app.finance.insurance.largest_event import LargestEvent, largest_of
from app.finance.insurance.part_results import EventResult
from app.finance.insurance.peril_events import Payments, PerilEvents, perils_on_risk
from app.finance.insurance.results import PerilResult
from app.finance.insurance.year_losses import YearLosses, simulate_years
from app.finance.insurance.year_terms import YearTerms, year_terms_of


@dataclass(frozen=True, slots=True)
class HeadYear:
    """One head in one policy year, yuan: before terms, after them, and whether it is paid.

    `reinstated_yuan` is what of the mean is earned back as reinstatement premium.
    """

    ground_up: float
    mean: float
    variance: float
    p_payment: float
    reinstated_yuan: float = 0.0


@dataclass(frozen=True, slots=True)
class HeadsYear:
    """All heads of one policy year.

    `mean` and `variance` are those of the policy, exact wherever there is a formula, before its
    limit of a year; `largest` the law of its largest event; `sources` the perils as the policy
    pays their events, before terms of the year; `damage` the expected damage of each head, a
    share of its value.
    """

    heads: tuple[HeadYear, ...]
    law: YearLaw
    mean: float
    variance: float
    largest: LargestEvent
    sources: tuple[EventSource, ...]
    simulated: bool
    damage: tuple[float, ...]
    perils: tuple[PerilResult, ...] = ()
    events: EventResult | None = None
    working: tuple[Step, ...] = ()


def perils_year(insurance: Insurance, exposures: Sequence[Exposure]) -> HeadsYear:
    """Price the heads under the perils in the first policy year of `exposures`."""
    payments = Payments(insurance, exposures)
    events = perils_on_risk(insurance, exposures, payments)
    terms = [year_terms_of(e.head, e.sum_insured_yuan) for e in exposures]
    spoilt = {e.place for e, term in zip(exposures, terms, strict=True) if term.spoil_sums}
    by_head = {
        e.place: {p.place: payments.head_source(p, e.place) for p in events if e.place in p.heads}
        for e in exposures
    }
    laws = {
        place: _head_law(tuple(by_head[place].values()), terms[place]) for place in sorted(spoilt)
    }
    heads = tuple(
        _head_year(e, events, tuple(by_head[e.place].values()), laws.get(e.place))
        for e in exposures
    )
    limited = _limit_binds(insurance.policy_event_limit_yuan, by_head)
    sources = {p.place: _policy_source(payments, p, by_head, limited) for p in events if p.parts}
    free = [sources[p.place] for p in events if p.parts and not spoilt & set(p.heads)]
    simulated = bool(spoilt) and (
        limited or any(len(p.heads) > 1 and spoilt & set(p.heads) for p in events)
    )
    if simulated and insurance.events is None:
        drawn, law = drawn_years(insurance, exposures)
        variance = law.sd**2
        # Only what the limit of an event takes off is simulated: the heads alone are exact.
        taken_off = float((drawn.by_head.sum(axis=0) - drawn.total).mean()) if limited else 0.0
        mean = sum(head.mean for head in heads) - taken_off
    else:
        law = _policy_law(free, [after for _before, after in laws.values()])
        mean = sum(s.mean for s in free) + sum(heads[place].mean for place in spoilt)
        variance = sum(s.variance for s in free) + sum(heads[place].variance for place in spoilt)
    return HeadsYear(
        heads=summing_to(heads, mean),
        law=law,
        mean=mean,
        variance=variance,
        largest=largest_of(_insured_sources(insurance, exposures, events, sources)),
        sources=tuple(sources.values()),
        simulated=simulated,
        damage=damage_shares(exposures, heads),
        perils=tuple(_peril_result(p, sources.get(p.place)) for p in events),
    )


def drawn_years(insurance: Insurance, exposures: Sequence[Exposure]) -> tuple[YearLosses, YearLaw]:
    """Return simulated policy years and their law, before the policy's limit of a year."""
    drawn = simulate_years(
        replace(insurance, policy_year_limit_yuan=None),
        exposures,
        years=insurance.simulated_years,
        seed=insurance.seed,
        largest=False,
    )
    return drawn, sample_law(drawn.total)


def damage_shares(exposures: Sequence[Exposure], heads: Sequence[HeadYear]) -> tuple[float, ...]:
    """Return the expected damage of a year, before all terms, as a share of each head's value."""
    return tuple(
        min(head.ground_up / e.sum_insured_yuan, 1.0) if e.sum_insured_yuan else 0.0
        for e, head in zip(exposures, heads, strict=True)
    )


def reinstatement_ratio(exposure: Exposure, before: YearLaw) -> float:
    """Return the expected reinstatement premium of a head over its premium at the start.

    `before` is the law of the year before its terms; what the deductible of the year keeps back,
    or its limit cuts off, fills up nothing.
    """
    terms = year_terms_of(exposure.head, exposure.sum_insured_yuan)
    law = before.with_year_terms(deductible=terms.deductible_yuan, limit=terms.limit_yuan)
    return reinstatement_ratio_of(exposure, law)


def reinstatement_ratio_of(exposure: Exposure, law: YearLaw) -> float:
    """Return the same from the law of the year after deductible and limit, before its share."""
    head, terms = exposure.head, year_terms_of(exposure.head, exposure.sum_insured_yuan)
    if not head.reinstatements or not terms.event_yuan:
        return 0.0
    rates = [head.reinstatement_rate] * head.reinstatements
    return reinstatement_premium(law, terms.event_yuan, rates)


def _limit_binds(limit: Decimal | None, by_head: Mapping[int, Mapping[int, EventSource]]) -> bool:
    """Whether some event can cost all heads together more than the policy pays for it."""
    if limit is None:
        return False
    most: defaultdict[int, float] = defaultdict(float)
    for sources in by_head.values():
        for place, source in sources.items():
            most[place] += max(paid.maximum for _weight, paid, _law in source.parts)
    return any(cost > limit for cost in most.values())


def _policy_source(
    payments: Payments,
    events: PerilEvents,
    by_head: Mapping[int, Mapping[int, EventSource]],
    limited: bool,
) -> EventSource:
    """Return the events as the policy pays them; those of one head are that head's own."""
    hit = events.heads
    if limited or len(hit) > 1:
        return payments.policy_source(events)
    return by_head[hit[0]][events.place]


def _insured_sources(
    insurance: Insurance,
    exposures: Sequence[Exposure],
    events: Sequence[PerilEvents],
    sources: Mapping[int, EventSource],
) -> tuple[EventSource, ...]:
    """Return the events as each costs the insurer when it is the only one of its year."""
    if not any(year_terms_of(e.head, e.sum_insured_yuan).spoil_sums for e in exposures):
        return tuple(sources.values())
    payments = Payments(insurance, exposures, alone=True)
    return tuple(payments.policy_source(events[place]) for place in sources)


def _head_law(sources: Sequence[EventSource], terms: YearTerms) -> tuple[YearLaw, YearLaw]:
    """Return the law of a head's year before and after the terms of the year."""
    before = year_law(sources)
    after = before.with_year_terms(
        deductible=terms.deductible_yuan, limit=terms.limit_yuan, share=terms.share
    )
    return before, after


def _head_year(
    exposure: Exposure,
    events: Sequence[PerilEvents],
    sources: Sequence[EventSource],
    laws: tuple[YearLaw, YearLaw] | None,
) -> HeadYear:
    ground_up = sum(p.expected_loss(exposure.place) for p in events if exposure.place in p.heads)
    if laws is None:
        unpaid = math.prod(source.p_zero for source in sources)
        mean, variance = sum(s.mean for s in sources), sum(s.variance for s in sources)
        return HeadYear(ground_up, mean, variance, 1 - unpaid)
    before, after = laws
    mean = after.mean
    return HeadYear(
        ground_up,
        mean,
        after.sd**2,
        1 - after.p_zero,
        mean - mean / (1 + reinstatement_ratio(exposure, before)),
    )


def _policy_law(free: Sequence[EventSource], own: Sequence[YearLaw]) -> YearLaw:
    """Return the law of the year: heads with terms of the year, and all other events."""
    parts = list(own)
    if free or not parts:
        parts.append(year_law(free))
    return reduce(YearLaw.plus, parts)


def _peril_result(events: PerilEvents, source: EventSource | None) -> PerilResult:
    peril = events.peril
    reach = 0.0 if source is None else source.reach
    return PerilResult(
        peril=peril.peril.value,
        head=peril.head,
        site=peril.site,
        law=peril.damage_law.value,
        events_ground_up=events.frequency.mean,
        events_paid=events.frequency.mean * reach,
        mean_loss_yuan=events.mean_loss(),
        pure_premium_yuan=0.0 if source is None else source.mean,
        source=peril.source,
    )


def summing_to(heads: Sequence[HeadYear], mean: float) -> tuple[HeadYear, ...]:
    """Return the heads with their means in proportion, so that they sum to the policy's."""
    total = sum(head.mean for head in heads)
    if total <= 0 or math.isclose(total, mean, rel_tol=1e-12):
        return tuple(heads)
    part = mean / total
    return tuple(
        replace(head, mean=head.mean * part, reinstated_yuan=head.reinstated_yuan * part)
        for head in heads
    )
