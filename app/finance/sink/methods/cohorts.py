"""AR-AM0014 with AR-TOOL14: removals of cohorts planted year by year.

A cohort planted in calendar year c grows from age a - 1 to age a in calendar year c + a: its
first increment falls in the year after planting, as with planted area and rate.
"""

from typing import Any

import numpy as np

from app.finance.case.carbon.cohorts import Answer, CohortPlan, SoilPool
from app.finance.case.carbon.growth import GrowthBasis, Roots
from app.finance.errors import DomainError
from app.finance.explain import Step
from app.finance.notices import Notice, Severity
from app.finance.sink.methods.cohort_working import AR_AM0014, cohort_steps, uncertainty_steps
from app.finance.sink.methods.growth import PLAN
from app.finance.sink.methods.standing import Factors, Standing, pools, standing
from app.finance.sink.methods.tool14 import conservative_mean, discount, plots_uncertainty
from app.finance.sink.pools import Numbers, Pool, Quantity, Removals, Span
from app.finance.sink.tables import SinkTables

CRITERIA = ("degraded_habitat", "mangrove_or_hydrology", "soil_disturbance_low")
"""Inputs that say whether AR-AM0014 applies."""

CLAUSE = "CDM AR-AM0014 v3.0"


def applicability_notice(answer: Answer | None, path: str, clause: str) -> Notice | None:
    """Return a red flag when a criterion is not met or not known; None when it is met."""
    if answer is Answer.YES:
        return None
    code = "method_not_applicable" if answer is Answer.NO else "applicability_unknown"
    return Notice(code, Severity.RED_FLAG, path, {"criterion": path, "clause": clause})


def growth_notices(plan: CohortPlan, span: Span, found: Standing) -> tuple[Notice, ...]:
    """Warn of equations to be used with care and of tables that end before the project."""
    notices: dict[tuple[str, str], Notice] = {}
    stems = plan.growth_basis is GrowthBasis.DBH_TABLE
    for one in found.grown:
        row = plan.plantings[one.number]
        used = one.stand.stems
        for equation in () if used is None else (used.above, used.below):
            if equation is not None and equation.caution:
                path = f"{PLAN}.plantings.{one.number}.species"
                facts: dict[str, Any] = {
                    "species": row.species,
                    "author": equation.author,
                    "caution": equation.caution,
                }
                notice = Notice("allometry_caution", Severity.WARNING, path, facts)
                notices.setdefault((equation.part, equation.species), notice)
        last_age = one.stand.last_age
        if last_age is not None and last_age < one.ages:
            table = f"{PLAN}.dbh_by_age" if stems else f"{PLAN}.biomass_by_age"
            facts = {"last_age": last_age, "oldest": one.ages, "last_year": span.last}
            notice = Notice("growth_table_ends", Severity.WARNING, table, facts)
            notices.setdefault((table, str(last_age)), notice)
    return tuple(notices.values())


def _factors(plan: CohortPlan, tables: SinkTables) -> Factors:
    """Return the factors of AR-AM0014, the baseline raised for its uncertainty.

    Raises:
        DomainError: `needed` at the factor that is missing.
    """
    values = {}
    for name in ("carbon_fraction", "soil_rate_tc_ha_yr", "soil_years", "baseline_tco2e_ha_yr"):
        values[name] = getattr(plan, name)
        if values[name] is None:
            raise DomainError(
                "needed",
                path=f"{PLAN}.{name}",
                value=None,
                other="project.quantity_method",
                other_values=["ar_am0014"],
            )
    if plan.baseline_uncertainty_share is not None:
        values["baseline_tco2e_ha_yr"] = conservative_mean(
            values["baseline_tco2e_ha_yr"],
            plan.baseline_uncertainty_share,
            tables.discount_steps,
            baseline=True,
        )
    return Factors(**values)


def cohort_removals(plan: CohortPlan, span: Span, tables: SinkTables) -> Removals:
    """Removals of a plan by AR-AM0014, t CO2e a calendar year.

    Soil counts for `soil_years` years after planting, then no more (eq. 4). The uncertainty
    discount of AR-TOOL14 holds for the trees; it is set only when sample plots are given.
    Ex-ante growth carries none (AR-TOOL14, section 8.2).

    Raises:
        DomainError: an input is missing or does not fit; see `standing`.
    """
    factors = _factors(plan, tables)
    found = standing(plan, span, tables, soil_years=factors.soil_years)
    by_pool = pools(
        found,
        factors,
        with_roots=plan.roots is not Roots.INCLUDED,
        with_soil=plan.soil_pool is SoilPool.COUNTED,
    )
    uncertainty: Quantity | None = None
    trees: Numbers | None = None
    if plan.plots:
        measured = plots_uncertainty(plan.plots, plan.t_value)
        uncertainty = np.minimum(discount(measured, tables.discount_steps), 1.0)
        trees = by_pool[Pool.ABOVE_GROUND] + by_pool.get(Pool.BELOW_GROUND, 0.0)
    answers = (
        applicability_notice(getattr(plan, name), f"{PLAN}.{name}", CLAUSE) for name in CRITERIA
    )
    working: tuple[Step, ...] = ()
    if tables.explain:
        steps = cohort_steps(
            plan, span, tables, found=found, factors=factors, by_pool=by_pool, sources=AR_AM0014
        )
        working = (*steps, *uncertainty_steps(plan, tables))
    return Removals(
        span,
        by_pool,
        working,
        (*(one for one in answers if one is not None), *growth_notices(plan, span, found)),
        area_ha=found.area_ha,
        uncertainty_share=uncertainty,
        uncertainty_base=trees,
    )
