"""The methods of accounting: which calculation and which section belong to each."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from app.finance.case.carbon.kinds import QuantityMethod
from app.finance.case.defaults import with_defaults
from app.finance.case.plan_years import is_open_ended, named_years
from app.finance.case.project import Project
from app.finance.errors import DomainError
from app.finance.sink.methods.ccer import ccer_removals
from app.finance.sink.methods.cohorts import cohort_removals
from app.finance.sink.methods.harvest import harvest_removals
from app.finance.sink.methods.ipcc_ws import ipcc_removals
from app.finance.sink.methods.j_blue import j_blue_removals
from app.finance.sink.methods.measured import burial_removals, phytoplankton_removals
from app.finance.sink.methods.planned import planted_removals, stated_removals
from app.finance.sink.methods.vm0033 import vm0033_removals
from app.finance.sink.pools import Removals, Span
from app.finance.sink.tables import SinkTables

Section = TypeVar("Section")
Compute = Callable[[Project, Span, SinkTables], Removals]


@dataclass(frozen=True, slots=True)
class Engine:
    """One method: its calculation and the sections that hold its inputs."""

    compute: Compute
    sections: tuple[str, ...] = ()


def _need(section: Section | None, name: str) -> Section:
    """Return the section of a method; a case without it is refused before it is computed."""
    if section is None:
        raise DomainError("needed", path=f"project.{name}", other="project.quantity_method")
    return section


def _cohorts(project: Project, span: Span, tables: SinkTables) -> Removals:
    return cohort_removals(_need(project.cohorts, "cohorts"), span, tables)


def _ccer(project: Project, span: Span, tables: SinkTables) -> Removals:
    plan, ccer = _need(project.cohorts, "cohorts"), _need(project.ccer, "ccer")
    return ccer_removals(plan, ccer, project.quantity_method.value, span, tables)


def _vm0033(project: Project, span: Span, tables: SinkTables) -> Removals:
    return vm0033_removals(_need(project.vm0033, "vm0033"), span, tables)


def _ipcc_ws(project: Project, span: Span, tables: SinkTables) -> Removals:
    section = _need(project.ipcc_ws, "ipcc_ws")
    return ipcc_removals(section, project.ecosystem, span, tables)


def _j_blue(project: Project, span: Span, tables: SinkTables) -> Removals:
    return j_blue_removals(_need(project.j_blue, "j_blue"), span, tables)


def _burial(project: Project, span: Span, tables: SinkTables) -> Removals:
    return burial_removals(_need(project.sediment_burial, "sediment_burial"), span, tables)


def _phytoplankton(project: Project, span: Span, tables: SinkTables) -> Removals:
    return phytoplankton_removals(_need(project.phytoplankton, "phytoplankton"), span, tables)


ENGINES: Mapping[QuantityMethod, Engine] = {
    QuantityMethod.HARVEST: Engine(harvest_removals, ("harvest_net",)),
    QuantityMethod.STATED: Engine(stated_removals),
    QuantityMethod.PLANTING: Engine(planted_removals),
    QuantityMethod.AR_AM0014: Engine(_cohorts, ("cohorts",)),
    QuantityMethod.CCER_14_002: Engine(_ccer, ("cohorts", "ccer")),
    QuantityMethod.CCER_14_003: Engine(_ccer, ("cohorts", "ccer")),
    QuantityMethod.CCER_14_004: Engine(_ccer, ("cohorts", "ccer")),
    QuantityMethod.VM0033: Engine(_vm0033, ("vm0033",)),
    QuantityMethod.IPCC_WS: Engine(_ipcc_ws, ("ipcc_ws",)),
    QuantityMethod.J_BLUE: Engine(_j_blue, ("j_blue",)),
    QuantityMethod.SEDIMENT_BURIAL: Engine(_burial, ("sediment_burial",)),
    QuantityMethod.PHYTOPLANKTON: Engine(_phytoplankton, ("phytoplankton",)),
}
"""Every method of accounting."""


def plan_span(project: Project, last_year: int | None) -> Span:
    """Return the calendar years of the plan.

    From the first year its lines count to the last one they name; plans that run on end with
    the crediting period, or else in `last_year`.

    Raises:
        DomainError: `plan_without_end` when nothing says where such a plan ends.
    """
    named = list(named_years(project))
    first = min(named, default=last_year or 1)
    if not is_open_ended(project):
        return Span(first, max(named, default=first - 1))
    if project.crediting_end is not None:
        return Span(first, project.crediting_end.year)
    if last_year is None:
        raise DomainError("plan_without_end", path="project.crediting_end", value=None)
    return Span(first, last_year)


def filled(project: Project, tables: SinkTables) -> Project:
    """Return the project with published figures where its method's inputs were left empty."""
    changes = {}
    for name in ENGINES[project.quantity_method].sections:
        section = getattr(project, name)
        if section is not None:
            changes[name] = with_defaults(section, tables.value)
    return replace(project, **changes) if changes else project


def removals(project: Project, *, last_year: int | None, tables: SinkTables) -> Removals:
    """Removals by pool and calendar year, t CO2e, by the project's method of accounting."""
    engine = ENGINES[project.quantity_method]
    return engine.compute(filled(project, tables), plan_span(project, last_year), tables)
