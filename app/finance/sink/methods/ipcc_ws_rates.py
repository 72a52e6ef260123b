"""Rates of Tier 1 of the IPCC 2013 Wetlands Supplement: restored, drained and lost hectares."""

from dataclasses import dataclass

import numpy as np

from app.finance.case.carbon.ipcc_ws import IpccWs, LossPlan
from app.finance.case.carbon.kinds import Ecosystem
from app.finance.errors import DomainError
from app.finance.quantity import CO2_PER_C
from app.finance.sink.methods.inputs import given
from app.finance.sink.pools import Numbers, Quantity, Span
from app.finance.sink.running import Running
from app.finance.sink.tables import SinkTables

KG_PER_TONNE = 1000.0


@dataclass(frozen=True, slots=True)
class Rates:
    """Rates of a restored hectare, t CO2e/ha/yr; methane positive when given off."""

    soil: Quantity
    methane: Quantity


def restored_rates(
    section: IpccWs, ecosystem: Ecosystem, tables: SinkTables, *, path: str = "project.ipcc_ws"
) -> Rates:
    """Soil removal (Table 4.12) and methane (Table 4.14) of a restored hectare.

    Methane is 193.7 kg/ha/yr x GWP up to 18 ppt and 0 above; seagrass is outside the table.
    The table leaves 18 ppt itself open; it is taken with the lower side, which is prudent.

    Raises:
        DomainError: `salinity_needed` for mangrove and marsh without salinity, `needed` for a
            missing warming potential.
    """
    removal = section.soil_removal_tc_ha_yr
    if removal is None:
        removal = tables.value(f"ipcc_ws.soil_removal_{ecosystem.value}")
    soil = CO2_PER_C * removal
    if ecosystem is Ecosystem.SEAGRASS:
        return Rates(soil, 0.0)
    if section.salinity_ppt is None:
        raise DomainError(
            "salinity_needed", path=f"{path}.salinity_ppt", value=None, other="project.ecosystem"
        )
    above = np.asarray(section.salinity_ppt) > tables.value("ipcc_ws.salinity_gate")
    factor = np.where(
        above, tables.value("ipcc_ws.ch4_above_18"), tables.value("ipcc_ws.ch4_below_18")
    )
    if section.gwp_ch4 is None:
        if factor.any():
            raise DomainError(
                "needed", path=f"{path}.gwp_ch4", value=None, other=f"{path}.salinity_ppt"
            )
        return Rates(soil, 0.0)
    return Rates(soil, factor / KG_PER_TONNE * section.gwp_ch4)


def lost_areas(section: IpccWs, span: Span, *, path: str = "project.ipcc_ws") -> Numbers:
    """Area that would be lost in each calendar year without the project, ha.

    By rate: A_t = A_0 (1 - s)^t, lost_t = A_(t-1) - A_t, with t = 1 in the first year of loss.
    Source: Blue Carbon Cost Tool (The Nature Conservancy), conservation projects.
    """
    if section.loss_plan is LossPlan.AREAS:
        lost = Running(span)
        for line in section.lost:
            lost.add(line.area_ha, line.year, line.year)
        return lost.total()
    area = given(section.protected_area_ha, f"{path}.protected_area_ha")
    share = np.asarray(given(section.loss_share_yr, f"{path}.loss_share_yr"))
    first = int(given(section.loss_first_year, f"{path}.loss_first_year"))
    began = np.arange(span.first, span.last + 1) >= first
    kept = np.cumprod(np.where(began, 1 - share, 1.0), axis=-1)
    before = np.concatenate([np.ones((*kept.shape[:-1], 1)), kept[..., :-1]], axis=-1)
    return np.asarray(area) * (before - kept)


def lagged(total: Numbers, years: int) -> Numbers:
    """The running total of `years` years before; 0 where there was none."""
    lagged = np.zeros_like(total)
    if years < total.shape[-1]:
        lagged[..., years:] = total[..., :-years]
    return lagged


def loss_rates(
    section: IpccWs, ecosystem: Ecosystem, tables: SinkTables, *, path: str = "project.ipcc_ws"
) -> tuple[Quantity, Quantity, int]:
    """Emission of a lost hectare: t CO2 at once, t CO2 a year from then on, for how many years.

    biomass C x 0.82 x 44/12 at once; soil C x 0.54 x 44/12 / 10 in each of ten years, the year
    of the loss included. Source: Blue Carbon Cost Tool (The Nature Conservancy), sheet
    MangroveEmissionsValues; soil stock: IPCC 2013 Wetlands Supplement, Table 4.11.

    Raises:
        DomainError: `no_seagrass_stock` when the soil stock of seagrass is missing.
    """
    stock = section.soil_carbon_tc_ha
    if stock is None:
        if ecosystem is Ecosystem.SEAGRASS:
            raise DomainError("no_seagrass_stock", path=f"{path}.soil_carbon_tc_ha", value=None)
        stock = tables.value(f"ipcc_ws.soil_stock_{ecosystem.value}")
    biomass = given(section.biomass_carbon_tc_ha, f"{path}.biomass_carbon_tc_ha")
    years = int(given(section.soil_loss_years, f"{path}.soil_loss_years"))
    at_once = biomass * given(section.biomass_loss_share, f"{path}.biomass_loss_share")
    spread = stock * given(section.soil_loss_share, f"{path}.soil_loss_share")
    return CO2_PER_C * at_once, CO2_PER_C * spread / years, years
