"""Methane and nitrous oxide of the soil by VM0033 v2.1: default factors by salinity."""

import numpy as np

from app.finance.case.carbon.vm0033 import SoilGas, Vm0033
from app.finance.case.carbon.vm0033_rules import METHANE_DEFAULT_ABOVE_PPT, METHANE_LOW_FROM_PPT
from app.finance.case.carbon.vm0033_strata import NitrogenSource, Vm0033Stratum, WetlandKind
from app.finance.errors import DomainError
from app.finance.sink.pools import Quantity
from app.finance.sink.tables import SinkTables

NITROUS_BOUNDS_PPT = (5.0, 18.0)
"""Bounds of the salinity classes of equations 63 to 68: above 18, above 5 and up to 18, other."""

_NITROUS_KEYS = {
    WetlandKind.OPEN_WATER: "vm0033.n2o_open_water",
    WetlandKind.MANGROVE: "vm0033.n2o_wetland",
    WetlandKind.MARSH: "vm0033.n2o_wetland",
}


def _salinity(row: Vm0033Stratum, path: str) -> Quantity:
    if row.salinity_ppt is None:
        raise DomainError(
            "salinity_needed",
            path=f"{path}.salinity_ppt",
            value=None,
            other="project.vm0033.methane",
        )
    return row.salinity_ppt


def methane_default_t_ha_yr(salinity_ppt: Quantity, tables: SinkTables, path: str) -> Quantity:
    """Default methane factor, t CH4/ha/yr: 0.011 above 18 ppt (60), 0.0056 from 20 ppt (61).

    Raises:
        DomainError: `methane_needs_rate` at 18 ppt and below, where the method has no default.
    """
    if np.any(np.asarray(salinity_ppt) <= METHANE_DEFAULT_ABOVE_PPT):
        raise DomainError(
            "methane_needs_rate",
            path=path,
            value=None,
            salinity=float(np.min(salinity_ppt)),
            limit=METHANE_DEFAULT_ABOVE_PPT,
        )
    low, high = tables.value("vm0033.ch4_above_20"), tables.value("vm0033.ch4_above_18")
    return np.where(np.asarray(salinity_ppt) >= METHANE_LOW_FROM_PPT, low, high)


def nitrous_default_t_ha_yr(
    salinity_ppt: Quantity, wetland: WetlandKind, tables: SinkTables
) -> Quantity:
    """Default nitrous oxide factor, t N2O/ha/yr, by wetland and salinity (63 to 68).

    Seagrass needs no accounting (8.2.4.4).
    """
    key = _NITROUS_KEYS.get(wetland)
    if key is None:
        return 0.0
    salinity = np.asarray(salinity_ppt)
    low, high = NITROUS_BOUNDS_PPT
    return np.where(
        salinity > high,
        tables.value(f"{key}_18"),
        np.where(salinity > low, tables.value(f"{key}_5_18"), tables.value(f"{key}_other")),
    )


def methane_t_ha_yr(
    section: Vm0033, row: Vm0033Stratum, tables: SinkTables, path: str
) -> Quantity | None:
    """Methane of a stratum in the project, t CH4/ha/yr; None where it is left out (8.2.4.3)."""
    if section.methane is not SoilGas.ACCOUNTED:
        return None
    if row.ch4_t_ha_yr is not None:
        return row.ch4_t_ha_yr
    return methane_default_t_ha_yr(_salinity(row, path), tables, f"{path}.ch4_t_ha_yr")


def nitrous_t_ha_yr(
    section: Vm0033, row: Vm0033Stratum, tables: SinkTables, path: str
) -> Quantity | None:
    """Nitrous oxide of a stratum, t N2O/ha/yr; None where it is left out (8.2.4.4).

    Raises:
        DomainError: `nitrogen_source_needs_rate` where a default is not allowed (8.1.4.6.4).
    """
    if section.nitrous_oxide is not SoilGas.ACCOUNTED:
        return None
    if row.n2o_t_ha_yr is not None:
        return row.n2o_t_ha_yr
    if row.wetland is WetlandKind.SEAGRASS:
        return 0.0
    if row.nitrogen_source is not NitrogenSource.ABSENT:
        raise DomainError("nitrogen_source_needs_rate", path=f"{path}.n2o_t_ha_yr", value=None)
    return nitrous_default_t_ha_yr(_salinity(row, path), row.wetland, tables)


def baseline_methane_t_ha_yr(
    section: Vm0033, row: Vm0033Stratum, tables: SinkTables, path: str
) -> Quantity | None:
    """Methane of the baseline of a stratum, t CH4/ha/yr; None where it is not claimed.

    Where both sides take a default, the baseline's is not larger than the project's, so that
    0.011 against 0.0056 is never a reduction (8.1.4.5.4).
    """
    if row.baseline_ch4_t_ha_yr is not None:
        return row.baseline_ch4_t_ha_yr
    if row.baseline_salinity_ppt is None:
        return None
    place = f"{path}.baseline_ch4_t_ha_yr"
    before = methane_default_t_ha_yr(row.baseline_salinity_ppt, tables, place)
    after = methane_t_ha_yr(section, row, tables, path)
    if after is None or row.ch4_t_ha_yr is not None:
        return before
    return np.minimum(before, after)
