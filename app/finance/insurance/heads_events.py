"""All heads of a policy year: perils, and the set of common events where there is one."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from app.finance.case.insurance import Insurance
from app.finance.insurance.aggregate import YearLaw
from app.finance.insurance.event_heads import EventBlocks
from app.finance.insurance.event_law import event_year_law, sample_law
from app.finance.insurance.event_model import compute_events
from app.finance.insurance.exposure import Exposure
from app.finance.insurance.heads_part import (
    HeadsYear,
    HeadYear,
    damage_shares,
    drawn_years,
    perils_year,
    reinstatement_ratio,
    reinstatement_ratio_of,
    summing_to,
)
from app.finance.insurance.largest_event import LargestEvent
from app.finance.insurance.loss_law import Floats
from app.finance.insurance.year_terms import year_terms_of


def heads_year(insurance: Insurance, exposures: Sequence[Exposure]) -> HeadsYear:
    """Price the heads in the first policy year of `exposures`.

    A set of common events stands in for the perils it is made of; perils listed beside it are
    independent of it and add to it.

    Raises:
        DomainError: a part of the model does not fit.
    """
    if insurance.events is None:
        return perils_year(insurance, exposures)
    common = _common_events(insurance, exposures)
    if not insurance.perils:
        return common
    perils = perils_year(insurance, exposures)
    if common.simulated:
        return _drawn(insurance, exposures, common, perils)
    return _summed(common, perils, common.law.plus(perils.law))


def _common_events(insurance: Insurance, exposures: Sequence[Exposure]) -> HeadsYear:
    """Price the event set alone."""
    blocks = EventBlocks(insurance, exposures)
    result, law, means, working = compute_events(insurance, exposures, blocks)
    heads = tuple(
        HeadYear(
            head.ground_up_yuan,
            mean,
            head.loss_sd_yuan**2,
            head.p_payment,
            _reinstated(blocks, exposure, mean),
        )
        for exposure, head, mean in zip(exposures, blocks.heads, means, strict=True)
    )
    rates = [blocks.rates * block.weight for block in blocks]
    losses = [blocks.insured(block.paid).sum(axis=1) for block in blocks]
    return HeadsYear(
        heads=heads,
        law=law,
        mean=sum(means),
        variance=result.sd_yuan**2,
        largest=LargestEvent(
            (), np.concatenate([np.zeros(0), *rates]), np.concatenate([np.zeros(0), *losses])
        ),
        sources=(),
        simulated=blocks.spoiled,
        damage=damage_shares(exposures, heads),
        events=result,
        working=working,
    )


def _reinstated(blocks: EventBlocks, exposure: Exposure, mean: float) -> float:
    """Return what of a head's mean is earned back as reinstatement premium."""
    if exposure.head.reinstatement_rate == 0:
        return 0.0
    rates = np.concatenate([blocks.rates * block.weight for block in blocks])
    paid = np.concatenate([block.paid[:, exposure.place] for block in blocks])
    return mean - mean / (1 + reinstatement_ratio(exposure, event_year_law(rates, paid)))


def _reinstated_of(exposure: Exposure, years: Floats) -> float:
    """Return the same from simulated years of a head, after its terms of the year."""
    if exposure.head.reinstatement_rate == 0:
        return 0.0
    share = year_terms_of(exposure.head, exposure.sum_insured_yuan).share
    mean = float(years.mean())
    return mean - mean / (1 + reinstatement_ratio_of(exposure, sample_law(years / share)))


def _summed(common: HeadsYear, perils: HeadsYear, law: YearLaw) -> HeadsYear:
    """Return the year of an event set and of independent perils; `law` is that of both."""
    heads = tuple(
        HeadYear(
            one.ground_up + other.ground_up,
            one.mean + other.mean,
            one.variance + other.variance,
            1 - (1 - one.p_payment) * (1 - other.p_payment),
        )
        for one, other in zip(common.heads, perils.heads, strict=True)
    )
    damage = zip(common.damage, perils.damage, strict=True)
    return replace(
        common,
        heads=heads,
        law=law,
        mean=common.mean + perils.mean,
        variance=common.variance + perils.variance,
        largest=replace(common.largest, sources=perils.largest.sources),
        damage=tuple(min(a + b, 1.0) for a, b in damage),
        perils=perils.perils,
    )


def _drawn(
    insurance: Insurance, exposures: Sequence[Exposure], common: HeadsYear, perils: HeadsYear
) -> HeadsYear:
    """Return the same where terms of the year of a head span both: all from simulated years."""
    drawn, law = drawn_years(insurance, exposures)
    both = _summed(common, perils, law)
    heads = tuple(
        replace(
            head,
            mean=float(years.mean()),
            variance=float(years.var()),
            p_payment=float((years > 0).mean()),
            reinstated_yuan=_reinstated_of(exposure, years),
        )
        for exposure, head, years in zip(exposures, both.heads, drawn.by_head, strict=True)
    )
    return replace(
        both,
        heads=summing_to(heads, law.mean),
        mean=law.mean,
        variance=law.sd**2,
        simulated=True,
    )
