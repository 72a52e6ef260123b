"""Soil carbon by VM0033 v2.1: default by cover, measured change, allochthonous deduction."""

import numpy as np

from app.finance.case.carbon.vm0033 import Allochthonous, Vm0033
from app.finance.case.carbon.vm0033_rules import deducts
from app.finance.case.carbon.vm0033_strata import SoilPath, Vm0033Stratum, WetlandKind
from app.finance.errors import DomainError
from app.finance.quantity import CO2_PER_C
from app.finance.sink.methods.inputs import given
from app.finance.sink.pools import Quantity
from app.finance.sink.tables import SinkTables

MARSH_SLOPE, MARSH_SQUARE = 0.40, 0.0025
MANGROVE_SLOPE, MANGROVE_INTERCEPT = 0.415, 2.8857
SEAGRASS_SLOPE, SEAGRASS_INTERCEPT = 0.40, -0.21
SEAGRASS_RICH_SLOPE, SEAGRASS_RICH_INTERCEPT = 0.43, -0.33
SEAGRASS_RICH_FROM = 20.0
"""Coefficients of equations 41 to 46 and 95 to 98; carbon and organic matter in % of mass."""


def cover_factor(cover_share: Quantity, none_below: float, full_from: float) -> Quantity:
    """Share of the default rate that counts: 0 up to `none_below`, 1 from `full_from`, linear.

    Source: VM0033 v2.1, 8.1.4.2.3: full at a cover of 50% and more, zero below 15%.
    """
    return np.minimum(np.maximum((cover_share - none_below) / (full_from - none_below), 0.0), 1.0)


def organic_matter_percent(carbon_percent: Quantity, wetland: WetlandKind) -> Quantity:
    """% organic matter of a soil from its % organic carbon.

    Source: VM0033 v2.1, equations 41 (marsh), 43 (mangrove) and 45 (seagrass, up to 20%
    organic matter).
    """
    if wetland is WetlandKind.MARSH:
        root = np.sqrt(MARSH_SLOPE**2 + 4 * MARSH_SQUARE * carbon_percent)
        return (root - MARSH_SLOPE) / (2 * MARSH_SQUARE)
    if wetland is WetlandKind.MANGROVE:
        return (carbon_percent - MANGROVE_INTERCEPT) / MANGROVE_SLOPE
    return (carbon_percent - SEAGRASS_INTERCEPT) / SEAGRASS_SLOPE


def carbon_percent(organic_matter: Quantity, wetland: WetlandKind) -> Quantity:
    """% organic carbon of a soil from its % organic matter, the inverse of the function above.

    Source: VM0033 v2.1, 9.3.7, equations 95 (marsh), 96 (mangrove), 97 and 98 (seagrass below
    and above 20% organic matter). The stored text prints 0.04 in equation 95; equation 41 is
    its inverse with 0.4, which is the slope of Craft et al. 1991 that both cite. 0.4 is used.
    """
    if wetland is WetlandKind.MARSH:
        return MARSH_SLOPE * organic_matter + MARSH_SQUARE * organic_matter**2
    if wetland is WetlandKind.MANGROVE:
        return MANGROVE_SLOPE * organic_matter + MANGROVE_INTERCEPT
    poor = SEAGRASS_SLOPE * organic_matter + SEAGRASS_INTERCEPT
    rich = SEAGRASS_RICH_SLOPE * organic_matter + SEAGRASS_RICH_INTERCEPT
    return np.where(organic_matter < SEAGRASS_RICH_FROM, poor, rich)


def allochthonous_from_organic_matter(
    wetland: WetlandKind,
    *,
    soil_carbon_share: Quantity | None,
    soil_organic_matter_share: Quantity | None,
    deposit_share: Quantity,
    path: str = "",
) -> Quantity:
    """Share (0 to 1) of the soil carbon that came from outside.

    %OM_autoch = (%OM_soil - %OM_dep)/(1 - %OM_dep/100) (40); %C_autoch from it;
    %C_alloch = 100 (%C_soil - %C_autoch)/%C_soil (39). Shares are of soil mass; one of carbon
    and organic matter may be None and comes from the other. Source: VM0033 v2.1, 8.1.4.2.7.

    Raises:
        DomainError: `deposit_above_soil` when the deposit is richer in organic matter than the
            soil (single estimates only; among draws the share is held between 0 and 1).
    """
    if soil_organic_matter_share is not None:
        organic = 100 * soil_organic_matter_share
    else:
        organic = organic_matter_percent(
            100 * given(soil_carbon_share, f"{path}.soil_carbon_share"), wetland
        )
    carbon = (
        carbon_percent(organic, wetland) if soil_carbon_share is None else 100 * soil_carbon_share
    )
    if np.ndim(organic) == 0 and np.ndim(deposit_share) == 0 and organic <= 100 * deposit_share:
        raise DomainError(
            "deposit_above_soil",
            path=f"{path}.soil_carbon_share",
            value=soil_carbon_share,
            soil=float(organic),
            deposit=float(100 * deposit_share),
        )
    own = (organic - 100 * deposit_share) / (1 - deposit_share)
    return np.clip(1 - carbon_percent(own, wetland) / carbon, 0.0, 1.0)


def allochthonous_share(section: Vm0033, row: Vm0033Stratum, path: str) -> Quantity:
    """Share of the soil carbon gained in a stratum that is taken off as allochthonous."""
    if not deducts(section, row):
        return 0.0
    if row.allochthonous_share is not None:
        return row.allochthonous_share
    if section.allochthonous is Allochthonous.STATED:
        return given(row.allochthonous_share, f"{path}.allochthonous_share")
    return allochthonous_from_organic_matter(
        row.wetland,
        soil_carbon_share=row.soil_carbon_share,
        soil_organic_matter_share=row.soil_organic_matter_share,
        deposit_share=given(
            section.deposit_organic_matter_share, "project.vm0033.deposit_organic_matter_share"
        ),
        path=path,
    )


def gross_soil_tc_ha_yr(
    section: Vm0033, row: Vm0033Stratum, tables: SinkTables, path: str
) -> Quantity:
    """Soil carbon gain of a stratum, t C/ha/yr, before the allochthonous deduction.

    Default 1.46 x cover factor (33), a stated rate, or (C_t - C_(t-T))/T (36).

    Raises:
        DomainError: `default_not_for_seagrass`, `default_not_for_open_water`, `needed`.
    """
    if row.soil_path is SoilPath.NONE:
        return 0.0
    if row.soil_path is SoilPath.RATE:
        return given(row.soil_rate_tc_ha_yr, f"{path}.soil_rate_tc_ha_yr")
    if row.soil_path is SoilPath.STOCK_CHANGE:
        before = given(row.soil_stock_before_tc_ha, f"{path}.soil_stock_before_tc_ha")
        after = given(row.soil_stock_after_tc_ha, f"{path}.soil_stock_after_tc_ha")
        return (after - before) / given(row.stock_interval_years, f"{path}.stock_interval_years")
    if row.wetland is WetlandKind.SEAGRASS:
        raise DomainError("default_not_for_seagrass", path=f"{path}.soil_path", value="default")
    if row.wetland is WetlandKind.OPEN_WATER:
        raise DomainError("default_not_for_open_water", path=f"{path}.soil_path", value="default")
    rate = given(section.soil_default_tc_ha_yr, "project.vm0033.soil_default_tc_ha_yr")
    return rate * cover_factor(
        row.cover_share, tables.value("vm0033.cover_none"), tables.value("vm0033.cover_full")
    )


def soil_tco2_ha_yr(section: Vm0033, row: Vm0033Stratum, tables: SinkTables, path: str) -> Quantity:
    """Net soil removal of a stratum, t CO2/ha/yr: gain x 44/12 x (1 - allochthonous share).

    The deduction applies to a gain only; a loss counts in full (footnotes 13 and 28).
    """
    gain = CO2_PER_C * gross_soil_tc_ha_yr(section, row, tables, path)
    own = 1 - allochthonous_share(section, row, path)
    return np.where(gain > 0, gain * own, gain)
