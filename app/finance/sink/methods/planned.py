"""Removals by planted area and rate, and removals as a report states them."""

from app.finance.case.carbon.plans import CarbonUnit
from app.finance.case.project import Project
from app.finance.errors import DomainError
from app.finance.explain import Step, Term
from app.finance.quantity import CO2_PER_C
from app.finance.sink.pools import Numbers, Pool, Removals, Span
from app.finance.sink.running import Running
from app.finance.sink.tables import SinkTables
from app.finance.text import N_


def planted_removals(project: Project, span: Span, tables: SinkTables) -> Removals:
    """Area in place x rate x survival, by calendar year.

    A cohort planted in year c counts from c + 1 and, when `accrual_years` is n, up to c + n.
    Source: area plan of the Blue Carbon Cost Tool (The Nature Conservancy), which uses the
    cumulative area of the year before; time limit as in AR-AM0014 equation 4.
    """
    rate, survival = project.rate_tco2e_ha_yr, project.survival_share
    if rate is None or survival is None:
        raise DomainError("needed", path="project.rate_tco2e_ha_yr", value=None)
    in_place = Running(span)
    limit = project.accrual_years
    for line in project.planting:
        last = None if limit is None else line.year + limit
        in_place.add(line.area_ha, line.year + 1, last)
    area = in_place.total()
    yearly = area * rate * survival
    steps = _planting_step(project, span, area, yearly) if tables.explain else ()
    total_area = sum(line.area_ha for line in project.planting)
    return Removals(span, {Pool.BIOMASS_AND_SOIL: yearly}, steps, area_ha=total_area)


def _planting_step(
    project: Project, span: Span, area: Numbers, yearly: Numbers
) -> tuple[Step, ...]:
    if not area.any():
        return ()
    fullest = int(area.argmax())
    return (
        Step(
            key="carbon.planting",
            label=N_("Removals of the fullest year"),
            formula="E = A × r × s",
            terms=(
                Term("A", N_("Area planted before that year"), float(area[fullest]), "ha"),
                Term("r", N_("Removal rate"), project.rate_tco2e_ha_yr, "tCO2e/ha/yr"),
                Term("s", N_("Survival"), project.survival_share, "share"),
                Term("t", N_("Year"), span.first + fullest, "year"),
            ),
            value=float(yearly[fullest]),
            unit="tCO2e/yr",
            source="Blue Carbon Cost Tool (TNC), restoration credits; AR-AM0014, eq. 4",
            note=N_("Area counts from the year after it was planted."),
        ),
    )


def stated_removals(project: Project, span: Span, tables: SinkTables) -> Removals:
    """Tonnes of a report by calendar year; t C becomes t CO2 by 44/12."""
    factor = CO2_PER_C if project.stated_unit is CarbonUnit.TC else 1.0
    yearly = Running(span)
    steps = []
    for number, line in enumerate(project.stated):
        removed = line.tonnes_per_year * factor
        yearly.add(removed, line.first_year, line.last_year)
        if tables.explain:
            steps.append(
                Step(
                    key=f"carbon.stated.{number + 1}",
                    label=N_("Removals of the report, a year"),
                    formula="E = Q × k",
                    terms=(
                        Term("Q", N_("Removals a year"), line.tonnes_per_year, "t/yr"),
                        Term("k", N_("CO₂ in a tonne of the report's unit"), factor, ""),
                    ),
                    value=removed,
                    unit="tCO2e/yr",
                    source="IPCC 2006 Guidelines, 44/12",
                )
            )
    return Removals(span, {Pool.REPORTED: yearly.total()}, tuple(steps))
