"""Working of the IPCC Tier 1 method: one step for each rate, with the table it comes from."""

from collections.abc import Iterator

from app.finance.case.carbon.ipcc_ws import IpccWs, LossPlan
from app.finance.case.carbon.kinds import Ecosystem
from app.finance.explain import Step, Term
from app.finance.quantity import CO2_PER_C
from app.finance.sink.methods.ipcc_ws_rates import (
    KG_PER_TONNE,
    loss_rates,
    lost_areas,
    restored_rates,
)
from app.finance.sink.pools import Span
from app.finance.sink.tables import SinkTables
from app.finance.text import N_

_SUPPLEMENT = "IPCC 2013 Wetlands Supplement, ch. 4"
_TOOL = "Blue Carbon Cost Tool (The Nature Conservancy), conservation credits"


def _restored_steps(
    section: IpccWs, ecosystem: Ecosystem, tables: SinkTables, path: str
) -> Iterator[Step]:
    rates = restored_rates(section, ecosystem, tables, path=path)
    area = sum(line.area_ha for line in section.restored)
    soil, methane = float(rates.soil), float(rates.methane)
    yield Step(
        key="carbon.ipcc_ws.soil",
        label=N_("Removal by the soil when all is restored, a year"),
        formula="E = A × r × 44/12",
        terms=(
            Term("A", N_("Area restored"), area, "ha"),
            Term("r", N_("Soil removal"), soil / CO2_PER_C, "tC/ha/yr"),
        ),
        value=area * soil,
        unit="tCO2e/yr",
        source=f"{_SUPPLEMENT}, Table 4.12",
        note=N_("Area counts from the year after it was restored."),
    )
    if ecosystem is not Ecosystem.SEAGRASS:
        gwp = section.gwp_ch4
        factor = methane * KG_PER_TONNE / gwp if gwp else 0.0
        yield Step(
            key="carbon.ipcc_ws.methane",
            label=N_("Methane when all is restored, a year"),
            formula="E = −A × f × G / 1000",
            terms=(
                Term("A", N_("Area restored"), area, "ha"),
                Term("f", N_("Methane given off"), factor, "kgCH4/ha/yr"),
                Term("G", N_("Warming potential of methane"), gwp, ""),
                Term("s", N_("Salinity"), section.salinity_ppt, "ppt"),
            ),
            value=-area * methane,
            unit="tCO2e/yr",
            source=f"{_SUPPLEMENT}, Table 4.14",
            note=N_("Methane counts up to 18 ppt and not above."),
        )
    if section.biomass_growth_tc_ha_yr is not None:
        yield Step(
            key="carbon.ipcc_ws.growth",
            label=N_("Growth of biomass of a restored hectare, a year"),
            formula="e = g × 44/12",
            terms=(
                Term("g", N_("Growth of biomass"), section.biomass_growth_tc_ha_yr, "tC/ha/yr"),
                Term("n", N_("Years of growth"), section.biomass_growth_years, "yr"),
            ),
            value=CO2_PER_C * section.biomass_growth_tc_ha_yr,
            unit="tCO2e/ha/yr",
            source=N_("inputs of the case"),
        )


def _drained_steps(section: IpccWs) -> Iterator[Step]:
    for number, line in enumerate(section.drained):
        loss = section.drainage_loss_tc_ha_yr or 0.0
        yield Step(
            key=f"carbon.ipcc_ws.drained.{number + 1}",
            label=N_("Loss of a drained area, a year"),
            formula="E = A × d × 44/12",
            terms=(
                Term("A", N_("Area drained"), line.area_ha, "ha"),
                Term("d", N_("Loss of drained soil"), loss, "tC/ha/yr"),
                Term("t", N_("First year"), line.first_year, "year"),
            ),
            value=CO2_PER_C * line.area_ha * loss,
            unit="tCO2e/yr",
            source=f"{_SUPPLEMENT}, Table 4.13",
        )


def _loss_steps(
    section: IpccWs, ecosystem: Ecosystem, span: Span, tables: SinkTables, path: str
) -> Iterator[Step]:
    at_once, a_year, years = loss_rates(section, ecosystem, tables, path=path)
    lost = lost_areas(section, span, path=path)
    soil_share = section.soil_loss_share or 0.0
    stock = float(a_year) * years / CO2_PER_C / soil_share if soil_share else None
    yield Step(
        key="carbon.ipcc_ws.loss_biomass",
        label=N_("Emission of a lost hectare at once"),
        formula="e = B × b × 44/12",
        terms=(
            Term("B", N_("Carbon of the biomass"), section.biomass_carbon_tc_ha, "tC/ha"),
            Term("b", N_("Biomass carbon lost"), section.biomass_loss_share, "share"),
        ),
        value=float(at_once),
        unit="tCO2e/ha",
        source=_TOOL,
    )
    yield Step(
        key="carbon.ipcc_ws.loss_soil",
        label=N_("Emission of the soil of a lost hectare, a year"),
        formula="e = S × s × 44/12 / n",
        terms=(
            Term("S", N_("Carbon of the soil"), stock, "tC/ha"),
            Term("s", N_("Soil carbon lost"), soil_share, "share"),
            Term("n", N_("Years of soil loss"), years, "yr"),
        ),
        value=float(a_year),
        unit="tCO2e/ha/yr",
        source=f"{_SUPPLEMENT}, Table 4.11; {_TOOL}",
    )
    yield Step(
        key="carbon.ipcc_ws.lost_area",
        label=N_("Area saved from loss, whole plan"),
        formula="A = A₀ × (1 − (1 − s)^t)" if section.loss_plan is LossPlan.RATE else "A = Σa",
        terms=(
            Term("A₀", N_("Area protected"), section.protected_area_ha, "ha"),
            Term("s", N_("Loss a year without the project"), section.loss_share_yr, "1/yr"),
            Term("t", N_("First year of loss"), section.loss_first_year, "year"),
        )
        if section.loss_plan is LossPlan.RATE
        else tuple(Term("a", N_("Area lost"), line.area_ha, "ha") for line in section.lost),
        value=float(lost.sum()),
        unit="ha",
        source=_TOOL,
        note=N_("An area counts in the very year in which it would be lost."),
    )


def working(
    section: IpccWs, ecosystem: Ecosystem, span: Span, tables: SinkTables, path: str
) -> tuple[Step, ...]:
    """Return the steps of restored, drained and lost areas, for single estimates."""
    steps: list[Step] = []
    if section.restored:
        steps += _restored_steps(section, ecosystem, tables, path)
    steps += _drained_steps(section)
    if section.loss_plan is not LossPlan.NONE:
        steps += _loss_steps(section, ecosystem, span, tables, path)
    return tuple(steps)
