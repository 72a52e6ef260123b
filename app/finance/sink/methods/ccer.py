"""CCER-14-002 (mangrove), 14-003 (salt marsh), 14-004 (seagrass) on planted cohorts.

CDR_t = (dC_project - dC_baseline - LK) x (1 - K_RISK). The bodies of the methods were not
seen: each number comes from the case, leakage from its deductions.
"""

import calendar
from datetime import date
from typing import Any

import numpy as np

from app.finance.case.carbon.ccer import Ccer, SiteKind, earliest_title_end
from app.finance.case.carbon.cohorts import CohortPlan
from app.finance.case.carbon.growth import Roots
from app.finance.explain import Step
from app.finance.notices import Notice, Severity
from app.finance.sink.methods.cohort_working import Sources, cohort_steps
from app.finance.sink.methods.cohorts import applicability_notice, growth_notices
from app.finance.sink.methods.standing import Factors, pools, standing
from app.finance.sink.pools import Numbers, Removals, Span
from app.finance.sink.tables import SinkTables
from app.finance.text import N_

SECTION = "project.ccer"
COVER_LIMIT = 0.05
"""CCER-14-003: vegetation cover of the site must be below it."""

_SITES = {
    "ccer_14_002": (SiteKind.BARE_FLAT, SiteKind.RETIRED_POND),
    "ccer_14_003": (SiteKind.BARE_FLAT, SiteKind.CLEARED_FLAT),
}
_NAMES = {
    "ccer_14_002": "CCER-14-002-V01",
    "ccer_14_003": "CCER-14-003-V01",
    "ccer_14_004": "CCER-14-004-V01",
}
_INPUT = N_("input of the case; look it up in the method")
CCER = Sources(
    "ccer", N_("44/12: IPCC 2006 Guidelines; factors: inputs of the case"), _INPUT, _INPUT
)


def title_window(end: date, span: Span) -> Numbers:
    """Share of each calendar year up to and with the day `end`, by days."""
    share = span.between(span.first, end.year)
    place = span.since(end.year)
    if 0 <= place < len(span):
        days = (end - date(end.year, 1, 1)).days + 1
        share[place] = days / (366 if calendar.isleap(end.year) else 365)
    return share


def _against(name: str, clause: str) -> Notice:
    path = f"{SECTION}.{name}"
    facts = {"criterion": path, "clause": clause}
    return Notice("method_not_applicable", Severity.RED_FLAG, path, facts)


def _applicability(ccer: Ccer, method: str) -> list[Notice]:
    """Red flags of the criteria that were seen, and a warning of those that were not."""
    clause = _NAMES[method]
    found: list[Notice | None] = []
    if method in _SITES and ccer.site_kind not in _SITES[method]:
        found.append(_against("site_kind", clause))
    if method == "ccer_14_002":
        found += [
            applicability_notice(getattr(ccer, name), f"{SECTION}.{name}", clause)
            for name in ("built_by_planting", "title_document")
        ]
    cover = ccer.vegetation_cover_share
    if method == "ccer_14_003" and isinstance(cover, float) and cover >= COVER_LIMIT:
        found.append(_against("vegetation_cover_share", clause))
    if method == "ccer_14_004":
        facts = {"method": _NAMES[method]}
        path = "project.quantity_method"
        found.append(Notice("applicability_not_seen", Severity.WARNING, path, facts))
    return [notice for notice in found if notice is not None]


def _title_notice(ccer: Ccer, span: Span) -> list[Notice]:
    first = earliest_title_end(ccer)
    if first is None or first[1] >= date(span.last, 12, 31):
        return []
    place, end = first
    facts: dict[str, Any] = {"owner": ccer.owners[place].name, "end": end}
    path = f"{SECTION}.owners.{place}.title_end"
    return [Notice("one_title_ends_all", Severity.WARNING, path, facts)]


def ccer_removals(
    plan: CohortPlan, ccer: Ccer, method: str, span: Span, tables: SinkTables
) -> Removals:
    """Removals of planted cohorts by a CCER method, t CO2e a calendar year.

    `method` is the value of `project.quantity_method`. Nothing counts after the day on which
    the first title ends; its year counts by days. K_RISK is handed on as the buffer share.

    Raises:
        DomainError: an input does not fit; see `standing`.
    """
    factors = Factors(
        ccer.carbon_fraction,
        ccer.soil_rate_tc_ha_yr,
        ccer.soil_years,
        ccer.baseline_tco2e_ha_yr,
    )
    found = standing(plan, span, tables, soil_years=ccer.soil_years)
    by_pool = pools(found, factors, with_roots=plan.roots is not Roots.INCLUDED, with_soil=True)
    first = earliest_title_end(ccer)
    window = np.ones(len(span)) if first is None else title_window(first[1], span)
    working: tuple[Step, ...] = ()
    if tables.explain:
        full = {pool: vector * (window >= 1) for pool, vector in by_pool.items()}
        working = cohort_steps(
            plan, span, tables, found=found, factors=factors, by_pool=full, sources=CCER
        )
    if first is not None:
        by_pool = {pool: vector * window for pool, vector in by_pool.items()}
    facts = {"method": _NAMES[method]}
    unseen = Notice("numbers_not_seen", Severity.WARNING, "project.quantity_method", facts)
    return Removals(
        span,
        by_pool,
        working,
        (
            *_applicability(ccer, method),
            unseen,
            *_title_notice(ccer, span),
            *growth_notices(plan, span, found),
        ),
        area_ha=found.area_ha,
        buffer_share=ccer.risk_deduction_share,
    )
