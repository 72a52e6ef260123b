"""The values of many rights, without working: the same plan and the same levels, nothing else."""

from collections.abc import Iterable

import numpy as np

from app.finance.case.appraisal import Appraisal
from app.finance.case.project import Project
from app.finance.sink.crediting import credit_flow
from app.finance.sink.credits import CarbonResult, CarbonYear, compute_carbon
from app.finance.sink.removals import removals
from app.finance.sink.tables import SinkTables
from app.finance.valuation.evidence import price_evidence
from app.finance.valuation.income import find_income, price_of_valuation_date, still_to_come
from app.finance.valuation.levels import Levels, levels

Right = tuple[Project, Appraisal, CarbonResult]


def plain_carbon(project: Project, *, last_year: int | None, tables: SinkTables) -> CarbonResult:
    """Return the credits of each calendar year and nothing that a value does not need.

    As `compute_carbon`, which it calls for a project with a ledger or listed verifications;
    pools, notices and working are empty.

    Raises:
        DomainError: an input the method needs is missing or does not fit.
    """
    if project.ledger or project.verifications:
        return compute_carbon(project, last_year=last_year, tables=tables)
    found = removals(project, last_year=last_year, tables=tables)
    flow = credit_flow(project, found)
    removed, credited = flow.removals.tolist(), flow.credits.tolist()
    years = tuple(
        CarbonYear(found.span.first + place, removed[place], credited[place], {})
        for place in np.flatnonzero(flow.credits).tolist()
    )
    total, issued = sum(removed), sum(credited)
    return CarbonResult(
        method=project.quantity_method.value,
        years=years,
        total_removals_tco2=total,
        total_credits_tco2=issued,
        total_by_pool={},
        credit_share=issued / total if total else None,
        withheld_tco2=float(flow.withheld.sum()),
        peak_rate_tco2_ha_yr=None,
        area_ha=found.area_ha,
        issues=(),
        unverified_tco2=0.0,
        ledger=(),
        notices=(),
        working=(),
    )


def value_right(project: Project, appraisal: Appraisal, carbon: CarbonResult) -> Levels:
    """Return gross, net, prudent and liquidation value, as `compute_values` does.

    Raises:
        DomainError: an input is missing, or does not fit the others.
    """
    evidence = None if appraisal.evidence is None else price_evidence(appraisal, project)
    price = price_of_valuation_date(appraisal, evidence)
    future = still_to_come(appraisal, carbon)
    income = find_income(project, appraisal, future, price_yuan_t=price)
    return levels(income.plan, appraisal, price_today_yuan_t=price, rate=income.rate.rate)


def value_rights(rights: Iterable[Right]) -> list[Levels]:
    """Return the values of each right, in order."""
    return [value_right(*right) for right in rights]
