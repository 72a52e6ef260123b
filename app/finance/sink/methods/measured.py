"""Measured paths under HY/T 0349-2022: burial in sediment and export of phytoplankton.

The equations of the standard were not seen; what stands here is unit physics.
"""

from collections.abc import Callable, Sequence
from typing import TypeVar

from app.finance.case.carbon.measured import (
    BurialLine,
    Phytoplankton,
    PhytoplanktonLine,
    SedimentBurial,
)
from app.finance.explain import Step, Term
from app.finance.quantity import CO2_PER_C
from app.finance.sink.pools import Numbers, Pool, Removals, Span
from app.finance.sink.tables import SinkTables
from app.finance.text import N_

Line = TypeVar("Line", BurialLine, PhytoplanktonLine)

T_PER_HA_CM = 100.0
"""t of sediment in one hectare and one centimetre at 1 g/cm3: 1e4 m2 x 0.01 m x 1 t/m3."""

T_PER_HA_G_M2 = 0.01
"""t on one hectare at 1 g/m2: 1e4 m2 x 1e-6 t/g."""

_SOURCE = N_("unit physics for HY/T 0349-2022, whose own equations were not seen")


def burial_tco2(line: BurialLine) -> float:
    """t CO2 a year buried by a line: rho x OC x S x A x 100 x (1 - f) x 44/12.

    rho g/cm3, OC share of dry mass, S cm/yr, A ha; f is the share that came from elsewhere.
    """
    carbon = line.bulk_density_g_cm3 * line.organic_carbon_share * line.accretion_cm_yr
    own = 1 - line.allochthonous_share
    return carbon * line.area_ha * T_PER_HA_CM * own * CO2_PER_C


def export_tco2(line: PhytoplanktonLine) -> float:
    """t CO2 a year that sinks: NPP g C/m2/yr x 0.01 x A ha x export share x 44/12."""
    carbon = line.production_gc_m2_yr * T_PER_HA_G_M2 * line.area_ha
    return carbon * line.export_share * CO2_PER_C


def _by_year(
    lines: Sequence[Line], span: Span, tonnes: Callable[[Line], float]
) -> tuple[Numbers, float | None]:
    """Sum over lines by calendar year, t CO2, and the largest area of a year, ha.

    The area is None for draws and without years.
    """
    total, areas = span.zeros(), span.zeros()
    for line in lines:
        years = span.between(line.first_year, line.last_year)
        total = total + tonnes(line) * years
        areas = areas + line.area_ha * years
    return total, float(areas.max()) if areas.ndim == 1 and areas.size else None


def burial_removals(section: SedimentBurial, span: Span, tables: SinkTables) -> Removals:
    """Carbon buried in sediment, t CO2e a year, without what was washed in from elsewhere."""
    buried, area_ha = _by_year(section.lines, span, burial_tco2)
    steps = _burial_steps(section.lines) if tables.explain else ()
    return Removals(span, {Pool.SEDIMENT: buried}, working=steps, area_ha=area_ha)


def phytoplankton_removals(section: Phytoplankton, span: Span, tables: SinkTables) -> Removals:
    """Phytoplankton carbon that leaves the surface water, t CO2e a year."""
    exported, area_ha = _by_year(section.lines, span, export_tco2)
    steps = _export_steps(section.lines) if tables.explain else ()
    return Removals(span, {Pool.EXPORT: exported}, working=steps, area_ha=area_ha)


def _burial_steps(lines: tuple[BurialLine, ...]) -> tuple[Step, ...]:
    return tuple(
        Step(
            key=f"carbon.sediment_burial.{number}",
            label=N_("Carbon buried by a line, a year"),
            formula="E = ρ × OC × S × A × 100 × (1 − f) × 44/12",
            terms=(
                Term("ρ", N_("Dry bulk density"), line.bulk_density_g_cm3, "g/cm3"),
                Term("OC", N_("Organic carbon"), line.organic_carbon_share, "share"),
                Term("S", N_("Accretion"), line.accretion_cm_yr, "cm/yr"),
                Term("A", N_("Area"), line.area_ha, "ha"),
                Term("f", N_("Carbon from elsewhere"), line.allochthonous_share, "share"),
            ),
            value=burial_tco2(line),
            unit="tCO2e/yr",
            source=_SOURCE,
            note=N_("100 is t of sediment on 1 ha in a layer of 1 cm at 1 g/cm³."),
        )
        for number, line in enumerate(lines, start=1)
    )


def _export_steps(lines: tuple[PhytoplanktonLine, ...]) -> tuple[Step, ...]:
    return tuple(
        Step(
            key=f"carbon.phytoplankton.{number}",
            label=N_("Phytoplankton carbon exported by a line, a year"),
            formula="E = NPP × 0.01 × A × x × 44/12",
            terms=(
                Term("NPP", N_("Net primary production"), line.production_gc_m2_yr, "gC/m2/yr"),
                Term("A", N_("Area"), line.area_ha, "ha"),
                Term("x", N_("Export"), line.export_share, "share"),
            ),
            value=export_tco2(line),
            unit="tCO2e/yr",
            source=_SOURCE,
            note=N_("0.01 is t on 1 ha at 1 g/m²."),
        )
        for number, line in enumerate(lines, start=1)
    )
