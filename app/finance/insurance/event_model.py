"""Common events of several sites: event losses, exceedance curves, shares of the tail."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

import numpy as np

from app.finance.case.insurance import Insurance
from app.finance.explain import Step
from app.finance.insurance.aggregate import YearLaw
from app.finance.insurance.event_heads import EventBlocks
from app.finance.insurance.event_law import (
    correlations,
    event_year_law,
    occurrence_quantile,
    sample_law,
    sample_tail,
    tail_weights,
)
from app.finance.insurance.event_working import event_working
from app.finance.insurance.exposure import Exposure
from app.finance.insurance.laws import Floats
from app.finance.insurance.part_results import EventLoss, EventResult, ReturnPoint, SiteShare
from app.finance.insurance.results import RETURN_YEARS
from app.finance.insurance.year_losses import simulate_years

TAIL_LEVEL = 0.99


def compute_events(
    insurance: Insurance, exposures: Sequence[Exposure], blocks: EventBlocks | None = None
) -> tuple[EventResult, YearLaw, tuple[float, ...], tuple[Step, ...]]:
    """Price the event set; the law is that of the policy's year, the floats are by head.

    Both are of the first policy year of the exposures, before the policy's limit of a year, which
    holds for the sum of all parts of a quote. Exact (compound Poisson over the events, after the
    terms of each event) where no head has terms of the year of its own; otherwise the year loss
    table of `year_losses` with `simulated_years` and `seed` of the case: a law without a step.
    The floats by head stay exact, unless the policy also has a limit of an event. `blocks` are
    what the events of the policy pay, where the caller has them already.
    """
    blocks = blocks or EventBlocks(insurance, exposures)
    if blocks.spoiled:
        result, law, heads = _simulated(insurance, exposures, blocks)
    else:
        result, law = _exact(blocks)
        heads = tuple(head.pure_premium_yuan for head in blocks.heads)
    return result, law, heads, event_working(insurance, result, simulated=blocks.spoiled)


def _exact(blocks: EventBlocks) -> tuple[EventResult, YearLaw]:
    """Return the moments by Campbell's formulas, the year by its compound Poisson law.

    E = sum of rate x, Cov(i, j) = sum of rate x_i x_j; OEP and AEP after
    Grossi, Kunreuther, Catastrophe Modeling (2005): largest event and sum of a year.
    """
    sites = len(blocks.events.sites)
    mean, covariance = np.zeros(sites), np.zeros((sites, sites))
    rates, totals = [], []
    for block in blocks:
        rate = blocks.rates * block.weight
        paid = blocks.insured(block.paid) @ blocks.at_site
        mean += rate @ paid
        covariance += paid.T @ (paid * rate[:, None])
        rates.append(rate)
        totals.append(paid.sum(axis=1))
    all_rates, all_losses = np.concatenate(rates), np.concatenate(totals)
    law = event_year_law(all_rates, all_losses)
    weights = tail_weights(law, all_losses, TAIL_LEVEL)
    tail, start = np.zeros(sites), 0
    for block in blocks:
        rate = blocks.rates * block.weight
        paid = blocks.insured(block.paid) @ blocks.at_site
        tail += (rate * weights[start : start + len(rate)]) @ paid
        start += len(rate)
    returns = tuple(
        ReturnPoint(
            years,
            law.quantile(1 - 1 / years),
            occurrence_quantile(all_rates, all_losses, 1 - 1 / years),
        )
        for years in RETURN_YEARS
    )
    return _result(blocks, mean, covariance, tail.tolist(), returns), law


def _simulated(
    insurance: Insurance, exposures: Sequence[Exposure], blocks: EventBlocks
) -> tuple[EventResult, YearLaw, tuple[float, ...]]:
    """Return the same from a year loss table of the events alone.

    What the event limit of the policy takes off a year is taken off its heads in proportion.
    """
    alone = replace(insurance, perils=(), policy_year_limit_yuan=None)
    table = simulate_years(alone, exposures, years=insurance.simulated_years, seed=insurance.seed)
    by_head = table.by_head
    if insurance.policy_event_limit_yuan is not None:
        before = by_head.sum(axis=0)
        by_head = by_head * np.divide(
            table.total, before, out=np.ones_like(before), where=before > 0
        )
    # No matrix product: for rows of this length BLAS would start threads.
    by_site = np.zeros((len(blocks.events.sites), by_head.shape[1]))
    for head, site in enumerate(blocks.events.place):
        by_site[site] += by_head[head]
    covariance = np.cov(by_site).reshape(len(by_site), len(by_site))
    law = sample_law(table.total)
    levels = [1 - 1 / years for years in RETURN_YEARS]
    largest = np.quantile(table.largest_event, levels, method="inverted_cdf")
    returns = tuple(
        ReturnPoint(years, law.quantile(level), float(event))
        for years, level, event in zip(RETURN_YEARS, levels, largest, strict=True)
    )
    tail = sample_tail(table.total, list(by_site), TAIL_LEVEL)
    found = _result(blocks, by_site.mean(axis=1), covariance, tail, returns)
    if insurance.policy_event_limit_yuan is None:
        return found, law, tuple(head.pure_premium_yuan for head in blocks.heads)
    return found, law, tuple(by_head.mean(axis=1).tolist())


def _result(
    blocks: EventBlocks,
    mean: Floats,
    covariance: Floats,
    tail: Sequence[float],
    returns: tuple[ReturnPoint, ...],
) -> EventResult:
    variances = np.maximum(np.diag(covariance), 0.0)
    figures = zip(blocks.events.sites, mean, np.sqrt(variances), tail, strict=True)
    events, worst = _event_losses(blocks)
    return EventResult(
        sites=tuple(SiteShare(site, float(a), float(b), float(c)) for site, a, b, c in figures),
        events=events,
        mean_yuan=float(mean.sum()),
        sd_yuan=float(np.sqrt(max(covariance.sum(), 0.0))),
        independent_sd_yuan=float(np.sqrt(variances.sum())),
        correlation=correlations(covariance),
        returns=returns,
        worst=worst,
    )


def _event_losses(blocks: EventBlocks) -> tuple[tuple[EventLoss, ...], EventLoss | None]:
    """Return the events with what one of them costs, the costliest first, and the worst.

    The loss of an event is its mean over the time covered and the spread; the worst is the one
    that costs most where most is on risk, mean over the spread. Both count as the only event of
    their year.
    """
    total, covered = np.zeros((len(blocks.rates), len(blocks.events.sites))), 0.0
    worst: tuple[int, Floats] | None = None
    for _cell, group in groupby(blocks, key=lambda block: id(block.cell)):
        losses, weight = np.zeros_like(total), 0.0
        for block in group:
            losses += block.weight * (blocks.insured(block.paid) @ blocks.at_site)
            weight += block.weight
        total += losses
        covered += weight
        event = int(losses.sum(axis=1).argmax())
        found = losses[event] / weight
        if found.sum() > (0.0 if worst is None else worst[1].sum()):
            worst = event, found
    if not covered:
        return (), None

    def line(event: int, losses: Floats) -> EventLoss:
        rate = float(blocks.rates[event]) * covered
        name = blocks.events.names[event]
        return EventLoss(name, rate, float(losses.sum()), tuple(losses.tolist()))

    total /= covered
    order = np.argsort(-total.sum(axis=1), kind="stable")
    listed = tuple(line(int(event), total[event]) for event in order)
    return listed, None if worst is None else line(*worst)
