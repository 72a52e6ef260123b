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
from app.finance.insurance.pricing import has_model
from app.finance.insurance.results import EngineCheck, InsuranceResult
from app.finance.insurance.second_engine import engine_check
from app.finance.insurance.year_losses import simulate_years
from app.finance.insurance.year_terms import YearTerms, year_terms_of

LEVEL = 0.99
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

    Only the heads are checked, so there are none where index or deliveries are insured beside
    them; a law that was simulated is not simulated once more.
    """
    found = result.distribution
    alone = result.index is None and result.delivery is None
    if found is None or not alone or not has_model(insurance):
        return result
    exposures = _exposures(insurance, result)
    year = heads_year(insurance, exposures)
    checks = list(_exact_checks(insurance, exposures, year))
    if found.method == "exact":
        checks.append(_simulation(insurance, exposures))
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
    """Return the law of one peril by Panjer's recursion, on the grid of the transform or on half.

    A grid of more than `PANJER_CELLS` is made coarser, since the recursion takes a step for each.
    """
    law = year_law([source])
    if law.step == 0:
        return law
    coarser = math.ceil(law.values.size / PANJER_CELLS)
    return panjer_law(source, step=law.step * coarser, cells=math.ceil(law.values.size / coarser))


def _simulation(insurance: Insurance, exposures: Sequence[Exposure]) -> EngineCheck:
    """Return the simulated policy years, with the standard error of their mean."""
    years = insurance.simulated_years
    drawn = simulate_years(insurance, exposures, years=years, seed=insurance.seed).total
    sd = float(drawn.std())
    return EngineCheck(
        "simulation",
        float(drawn.mean()),
        sd,
        float(np.quantile(drawn, LEVEL, method="inverted_cdf")),
        standard_error=sd / math.sqrt(years),
    )
