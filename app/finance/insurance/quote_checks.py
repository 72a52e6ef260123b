"""The distribution of a quote by other ways: Panjer's recursion, simulation, second engine."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from app.finance.case.insurance import Insurance
from app.finance.insurance.aggregate import EventSource, YearLaw, panjer_law, year_law
from app.finance.insurance.exposure import Exposure, exposure_of
from app.finance.insurance.heads_events import heads_year
from app.finance.insurance.heads_part import HeadsYear
from app.finance.insurance.loss_law import Floats
from app.finance.insurance.part_draws import delivery_years, index_years
from app.finance.insurance.pricing import has_model
from app.finance.insurance.results import EngineCheck, InsuranceResult
from app.finance.insurance.second_engine import engine_check
from app.finance.insurance.year_losses import simulate_years
from app.finance.insurance.year_terms import YearTerms, year_terms_of

LEVEL = 0.99
_INDEX, _DELIVERY = 1, 2
"""Added to the seed of the policy for its parts without heads."""
PANJER_CELLS = 2**14
"""Cells of the recursion at most: it takes as many steps as there are cells."""


def _exposures(insurance: Insurance, result: InsuranceResult) -> tuple[Exposure, ...]:
    """Return the heads on risk in the first policy year, from the values of the quote."""
    return tuple(
        exposure_of(
            insurance, place, [head.quantity] * len(head.values_yuan), head.values_yuan
        ).in_year(1)
        for place, head in enumerate(result.heads)
    )


def checked(insurance: Insurance, result: InsuranceResult) -> InsuranceResult:
    """Return the quote with the checks of its distribution.

    Recursion and second engine know heads under one peril; with index or deliveries beside them
    the policy is simulated alone. A law that was simulated is not simulated once more.
    """
    found = result.distribution
    if found is None:
        return result
    checks: list[EngineCheck] = []
    modelled = has_model(insurance)
    exposures = _exposures(insurance, result) if modelled else ()
    if modelled and result.index is None and result.delivery is None:
        year = heads_year(insurance, exposures)
        checks += _exact_checks(insurance, exposures, year)
    if found.method == "exact":
        checks.append(_simulation(insurance, result, exposures))
    return replace(result, distribution=replace(found, checks=tuple(checks)))


def _exact_checks(
    insurance: Insurance, exposures: Sequence[Exposure], year: HeadsYear
) -> Iterator[EngineCheck]:
    """Yield the ways that know one peril only: recursion and second engine."""
    if insurance.events is not None or year.simulated or len(year.sources) != 1:
        return
    source = year.sources[0]
    hit = [
        year_terms_of(e.head, e.sum_insured_yuan)
        for e in exposures
        if year.heads[e.place].ground_up > 0
    ]
    terms = next((one for one in hit if one.spoil_sums), YearTerms())
    share = terms.share if terms.spoil_sums else 1.0
    limit = insurance.policy_year_limit_yuan
    law = _recursion(source).with_year_terms(
        deductible=terms.deductible_yuan, limit=terms.limit_yuan, share=share
    )
    if limit is not None:
        law = law.with_year_terms(limit=float(limit))
    yield EngineCheck("panjer", law.mean, law.sd, law.quantile(LEVEL))
    if limit is not None and terms.spoil_sums:
        return
    found = engine_check(
        source,
        deductible=terms.deductible_yuan,
        limit=terms.limit_yuan if limit is None else float(limit),
        share=share,
    )
    if found is not None:
        yield found


def _recursion(source: EventSource) -> YearLaw:
    """Return the law of one peril by Panjer's recursion, on the grid of the transform or a coarser.

    The recursion takes a step for each cell, so there are at most `PANJER_CELLS`, and as many for
    a law that needs no grid.
    """
    law = year_law([source])
    if law.step == 0:
        step = float(law.values[-1]) / (PANJER_CELLS - 2)
        return panjer_law(source, step=step, cells=PANJER_CELLS) if step > 0 else law
    coarser = math.ceil(law.values.size / PANJER_CELLS)
    return panjer_law(source, step=law.step * coarser, cells=math.ceil(law.values.size / coarser))


def _simulation(
    insurance: Insurance, result: InsuranceResult, exposures: Sequence[Exposure]
) -> EngineCheck:
    """Return the simulated policy years of all parts, with the standard error of their mean."""
    years = insurance.simulated_years
    drawn = drawn_years(insurance, result, exposures)
    sd = float(drawn.std())
    return EngineCheck(
        "simulation",
        float(drawn.mean()),
        sd,
        float(np.quantile(drawn, LEVEL, method="inverted_cdf")),
        standard_error=sd / math.sqrt(years),
    )


def drawn_years(
    insurance: Insurance, result: InsuranceResult, exposures: Sequence[Exposure]
) -> Floats:
    """Return drawn policy years, yuan: heads, index and deliveries, then the policy's limit.

    The parts are drawn apart from each other, from seeds of their own.
    """
    years, seed = insurance.simulated_years, insurance.seed
    drawn = np.zeros(years)
    if exposures:
        whole = replace(insurance, policy_year_limit_yuan=None)
        drawn += simulate_years(whole, exposures, years=years, seed=seed, largest=False).total
    if insurance.index is not None and result.index is not None:
        rng = np.random.default_rng([seed, _INDEX])
        drawn += index_years(insurance.index, result.index, rng, years)
    if insurance.delivery is not None:
        rng = np.random.default_rng([seed, _DELIVERY])
        drawn += delivery_years(insurance.delivery, rng, years)
    limit = insurance.policy_year_limit_yuan
    return drawn if limit is None else np.minimum(drawn, float(limit))
