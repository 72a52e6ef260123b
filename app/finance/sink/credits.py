"""From the inputs of a project to its credits: yearly vectors, issues, ledger, working."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from app.finance.case.project import Project
from app.finance.explain import Step, Term
from app.finance.notices import Notice, Severity
from app.finance.sink.crediting import CreditFlow, credit_flow
from app.finance.sink.issuance import Issue, issued_between, issues_by_vintage
from app.finance.sink.ledger import VintageBalance, balances
from app.finance.sink.pools import POOL_LABELS, Numbers, Removals
from app.finance.sink.removals import carrier_notices, removals
from app.finance.sink.tables import SinkTables
from app.finance.text import N_


@dataclass(frozen=True, slots=True)
class CarbonYear:
    """One calendar year, all t CO2e: net removals of the project, each pool, and credits.

    `credits_tco2` are those of the pledged right; `pools` is keyed by the code of the pool,
    emissions negative.
    """

    year: int
    removals_tco2: float
    credits_tco2: float
    pools: dict[str, float]


@dataclass(frozen=True, slots=True)
class CarbonResult:
    """Removals and credits, t CO2e, of each calendar year of the plan.

    `total_*` sum the whole plan; `credit_share` is credits over removals, None without
    removals; `peak_rate_tco2_ha_yr` is None when the area is not known; `issues` is empty
    when no verifications are listed; `unverified_tco2` lies after the last verification.
    """

    method: str
    years: tuple[CarbonYear, ...]
    total_removals_tco2: float
    total_credits_tco2: float
    total_by_pool: dict[str, float]
    credit_share: float | None
    withheld_tco2: float
    peak_rate_tco2_ha_yr: float | None
    area_ha: float | None
    issues: tuple[Issue, ...]
    unverified_tco2: float
    ledger: tuple[VintageBalance, ...]
    notices: tuple[Notice, ...]
    working: tuple[Step, ...]

    def credits_in(self, year: int) -> float:
        """Credits of a calendar year, 0 outside the plan."""
        return next((row.credits_tco2 for row in self.years if row.year == year), 0.0)

    def unsold_in(self, year: int) -> float:
        """Credits of a calendar year less what the ledger says is sold or retired."""
        gone = next((b.sold_tco2 + b.retired_tco2 for b in self.ledger if b.vintage == year), 0.0)
        return max(self.credits_in(year) - gone, 0.0) if gone else self.credits_in(year)

    def unsold_issued(self, start: date, end: date) -> float:
        """Credits issued from `start` to before `end`, less what is sold or retired.

        Sold and retired tonnes of a vintage come off its earliest issues.
        """
        gone = {b.vintage: b.sold_tco2 + b.retired_tco2 for b in self.ledger}
        if not any(gone.values()):
            return issued_between(self.issues, start, end)
        found = 0.0
        for issue in self.issues:
            taken = min(gone.get(issue.vintage, 0.0), issue.credits_tco2)
            if taken:
                gone[issue.vintage] -= taken
            if start <= issue.issued_on < end:
                found += issue.credits_tco2 - taken
        return found


def site_area_ha(project: Project, found: Removals) -> float | None:
    """Return the area the tonnes are compared with: stated, of the method, or of the sites."""
    if project.site_area_ha is not None:
        return project.site_area_ha
    if found.area_ha:
        return found.area_ha
    areas = [site.area_ha for site in project.sites if site.area_ha is not None]
    return sum(areas) if areas else None


def _years(found: Removals, flow: CreditFlow) -> tuple[CarbonYear, ...]:
    """Return the rows of the plan, without the empty years at its two ends."""
    filled = np.flatnonzero(
        np.any([vector != 0 for vector in (*flow.pools.values(), flow.credits)], axis=0)
    )
    if not len(filled):
        return ()
    start, end = int(filled[0]), int(filled[-1]) + 1
    pools = {pool.value: vector[start:end].tolist() for pool, vector in flow.pools.items()}
    by_year = zip(*pools.values(), strict=True)
    rows = zip(
        range(found.span.first + start, found.span.first + end),
        flow.removals[start:end].tolist(),
        flow.credits[start:end].tolist(),
        by_year,
        strict=True,
    )
    return tuple(
        CarbonYear(year, removed, credited, dict(zip(pools, held, strict=True)))
        for year, removed, credited, held in rows
    )


def _pool_steps(years: tuple[CarbonYear, ...], totals: dict[str, float]) -> tuple[Step, ...]:
    """One sum over the pools when there is more than one."""
    if len(totals) < 2:
        return ()
    labels = {pool.value: label for pool, label in POOL_LABELS.items()}
    return (
        Step(
            key="carbon.pools",
            label=N_("Net of all pools, whole plan"),
            formula="ΣE = " + " + ".join(f"E{i + 1}" for i in range(len(totals))),
            terms=tuple(
                Term(f"E{i + 1}", labels[code], amount, "tCO2e")
                for i, (code, amount) in enumerate(totals.items())
            ),
            value=sum(totals.values()),
            unit="tCO2e",
            source=N_("sum of the yearly vectors; uptake positive, emissions negative"),
        ),
    )


def _credit_step(project: Project, flow: CreditFlow, issued: float) -> Step:
    total = float(flow.net.sum())
    common: tuple[Term, ...] = (
        Term("ΣE", N_("Net removals, whole plan"), total, "tCO2e"),
        Term("u", N_("Uncertainty discount"), float(flow.uncertainty), "share"),
        Term("l", N_("Leakage"), float(flow.leakage), "share"),
        Term("b", N_("Buffer or risk deduction"), float(flow.buffer), "share"),
        Term("o", N_("Share of the right pledged"), project.own_share, "share"),
    )
    if flow.buffer_on_stock:
        formula = "Q = (ΣE × (1 − u) × (1 − l) − B) × o"
        withheld = float(flow.withheld.sum())
        common = (*common, Term("B", N_("Buffer on the change of stocks"), withheld, "tCO2e"))
    elif flow.uncertainty_base is not None:
        formula = "Q = (ΣE − u × ΣT) × (1 − l) × (1 − b) × o"
        trees = float(flow.uncertainty_base.sum())
        common = (*common, Term("ΣT", N_("Removals of the trees, whole plan"), trees, "tCO2e"))
    else:
        formula = "Q = ΣE × (1 − u) × (1 − l) × (1 − b) × o"
    return Step(
        key="carbon.credits",
        label=N_("Credits of the right, whole plan"),
        formula=formula,
        terms=common,
        value=issued,
        unit="tCO2e",
        source=N_("inputs of the case; deductions in the order of the crediting standards"),
        note=N_(
            "Years outside the crediting period earn nothing; tonnes that another year of the plan "
            "gives off are not counted."
        ),
    )


def _flow_notices(flow: CreditFlow, unverified: float, sold: float) -> tuple[Notice, ...]:
    found = []
    total = float(flow.net.sum())
    if total < 0:
        facts = {"tonnes": -total}
        found.append(Notice("net_source", Severity.RED_FLAG, "project.quantity_method", facts))
    if unverified > 0:
        facts = {"tonnes": unverified}
        found.append(
            Notice("after_last_verification", Severity.WARNING, "project.verifications", facts)
        )
    if sold > 0:
        found.append(Notice("sold_left_out", Severity.WARNING, "project.ledger", {"tonnes": sold}))
    return tuple(found)


def _peak(removed: Numbers, area: float | None) -> float | None:
    if not area or not len(removed):
        return None
    return max(float(removed.max()), 0.0) / area


def carbon_vectors(project: Project, *, last_year: int | None, tables: SinkTables) -> CreditFlow:
    """Removals and credits of a project as vectors only: the fast path of whole portfolios."""
    return credit_flow(project, removals(project, last_year=last_year, tables=tables))


def compute_carbon(project: Project, *, last_year: int | None, tables: SinkTables) -> CarbonResult:
    """Compute removals, credits, issues and ledger of a project.

    `last_year` bounds methods whose plan has no end of its own when the crediting period has
    none either.

    Raises:
        DomainError: an input the method needs is missing or does not fit.
    """
    found = removals(project, last_year=last_year, tables=tables)
    flow = credit_flow(project, found)
    years = _years(found, flow)
    totals = {pool.value: float(vector.sum()) for pool, vector in flow.pools.items()}
    issued = sum(row.credits_tco2 for row in years)
    removed = sum(row.removals_tco2 for row in years)
    by_year = {row.year: row.credits_tco2 for row in years}
    issues, unverified = issues_by_vintage(project, by_year)
    ledger, ledger_notices = balances(project, by_year)
    area = site_area_ha(project, found)
    sold = sum(row.sold_tco2 + row.retired_tco2 for row in ledger)
    steps: tuple[Step, ...] = ()
    if tables.explain:
        steps = (
            *found.working,
            *_pool_steps(years, totals),
            _credit_step(project, flow, issued),
        )
    return CarbonResult(
        method=project.quantity_method.value,
        years=years,
        total_removals_tco2=removed,
        total_credits_tco2=issued,
        total_by_pool=totals,
        credit_share=issued / removed if removed else None,
        withheld_tco2=float(flow.withheld.sum()),
        peak_rate_tco2_ha_yr=_peak(flow.removals, area),
        area_ha=area,
        issues=issues,
        unverified_tco2=unverified,
        ledger=ledger,
        notices=(
            *carrier_notices(project),
            *found.notices,
            *_flow_notices(flow, unverified, sold),
            *ledger_notices,
        ),
        working=steps,
    )
