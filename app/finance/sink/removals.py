"""The methods of accounting: which calculation and which section belong to each."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from app.finance.case.carbon.crediting import AdjustmentKind
from app.finance.case.carbon.kinds import Ecosystem, QuantityMethod
from app.finance.case.defaults import with_defaults
from app.finance.case.plan_years import is_open_ended, named_years
from app.finance.case.project import Project
from app.finance.errors import DomainError
from app.finance.notices import Notice, Severity
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
    """One method: its calculation, the sections of its inputs and the carriers it is for.

    `carriers` is empty where the method takes any; `clause` is the name of the method in the
    notice of another carrier.
    """

    compute: Compute
    sections: tuple[str, ...] = ()
    carriers: tuple[Ecosystem, ...] = ()
    clause: str = ""


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


_WETLANDS = (Ecosystem.MANGROVE, Ecosystem.SALT_MARSH, Ecosystem.SEAGRASS)
_FARMED = (Ecosystem.SHELLFISH, Ecosystem.MACROALGAE)
_PLANTED = ("cohorts", "ccer")
ENGINES: Mapping[QuantityMethod, Engine] = {
    QuantityMethod.HARVEST: Engine(harvest_removals, ("harvest_net",), _FARMED, "HY/T 0305-2021"),
    QuantityMethod.STATED: Engine(stated_removals),
    QuantityMethod.PLANTING: Engine(planted_removals),
    QuantityMethod.AR_AM0014: Engine(
        _cohorts, ("cohorts",), (Ecosystem.MANGROVE,), "CDM AR-AM0014 v3.0"
    ),
    QuantityMethod.CCER_14_002: Engine(_ccer, _PLANTED, (Ecosystem.MANGROVE,), "CCER-14-002-V01"),
    QuantityMethod.CCER_14_003: Engine(_ccer, _PLANTED, (Ecosystem.SALT_MARSH,), "CCER-14-003-V01"),
    QuantityMethod.CCER_14_004: Engine(_ccer, _PLANTED, (Ecosystem.SEAGRASS,), "CCER-14-004-V01"),
    QuantityMethod.VM0033: Engine(_vm0033, ("vm0033",), _WETLANDS, "VM0033 v2.1"),
    QuantityMethod.IPCC_WS: Engine(_ipcc_ws, ("ipcc_ws",)),
    QuantityMethod.J_BLUE: Engine(_j_blue, ("j_blue",)),
    QuantityMethod.SEDIMENT_BURIAL: Engine(_burial, ("sediment_burial",)),
    QuantityMethod.PHYTOPLANKTON: Engine(
        _phytoplankton, ("phytoplankton",), (Ecosystem.PHYTOPLANKTON,), "HY/T 0349-2022"
    ),
}
"""Every method of accounting."""


def carrier_notices(project: Project) -> tuple[Notice, ...]:
    """Return a red flag when the method is not for the carrier of the project.

    Markets answer by the carrier: an oyster farm entered as mangrove would look eligible.
    """
    engine = ENGINES[project.quantity_method]
    if not engine.carriers or project.ecosystem in engine.carriers:
        return ()
    path = "project.ecosystem"
    facts = {"criterion": path, "clause": engine.clause}
    return (Notice("method_not_applicable", Severity.RED_FLAG, path, facts),)


def _emission_years(project: Project) -> Iterator[int]:
    for line in project.adjustments:
        if line.kind is AdjustmentKind.PROJECT_EMISSIONS:
            yield from (line.first_year, line.last_year)


def plan_span(project: Project, last_year: int | None) -> Span:
    """Return the calendar years of the plan.

    From the first year its lines count to the last one they name; plans that run on end with
    the crediting period, or else in `last_year`. Years in which the project gives off stated
    tonnes belong to the plan, also before its first removals (preparation of the site).

    Raises:
        DomainError: `plan_without_end` when nothing says where such a plan ends.
    """
    named = list(named_years(project))
    if named:
        named += _emission_years(project)
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
