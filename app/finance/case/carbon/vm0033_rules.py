"""What VM0033 refuses: rules between the inputs of the method."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from app.finance.case.carbon.vm0033 import Allochthonous, CapCase, SoilGas, Vm0033
from app.finance.case.carbon.vm0033_lines import BaselineTonnes, WoodyChange, YearlyTonnes
from app.finance.case.carbon.vm0033_strata import (
    NitrogenSource,
    SoilKind,
    SoilPath,
    Vm0033Stratum,
    WetlandKind,
)
from app.finance.case.problems import Problem

METHANE_DEFAULT_ABOVE_PPT = 18.0
METHANE_LOW_FROM_PPT = 20.0
"""Salinities of equations 60 and 61: above 18 ppt and from 20 ppt on."""

SEAGRASS_CARBON_LIMIT_SHARE = (0.40 * 20 - 0.21) / 100
"""Organic carbon of seagrass soil at 20% organic matter, where equation 45 ends (7.79%)."""

MITIGATION_FACTORS = (1.0, 0.5, 0.25)

_SOIL_INPUTS = {
    SoilPath.RATE: ("soil_rate_tc_ha_yr",),
    SoilPath.STOCK_CHANGE: (
        "soil_stock_before_tc_ha",
        "soil_stock_after_tc_ha",
        "stock_interval_years",
    ),
}
_RUNS = (
    "woody_changes",
    "woody_stated",
    "baseline",
    "fire_premium",
    "project_emissions",
    "leakage_lines",
)


def vm0033_years(section: Vm0033) -> Iterator[int]:
    """Calendar years the inputs name; a stratum counts from the year after its restoration."""
    for row in section.strata:
        yield row.year + 1
        if row.last_year is not None:
            yield row.last_year
    lines: tuple[YearlyTonnes | BaselineTonnes | WoodyChange, ...] = (
        *section.woody_changes,
        *section.woody_stated,
        *section.baseline,
        *section.fire_premium,
        *section.project_emissions,
        *section.leakage_lines,
    )
    for line in lines:
        yield line.first_year
        yield line.last_year


def _needed(path: str, other: str, values: tuple[str, ...] = ()) -> Problem:
    return Problem(path, "needed", None, {"other": other, "other_values": list(values)})


def deducts(section: Vm0033, row: Vm0033Stratum) -> bool:
    """Whether an allochthonous share is taken off the soil carbon of a stratum.

    Not from organic soil and not where the soil is not claimed (8.1.4.2.7); not where the way
    chosen shows that there is none to take off (8.1.4.2.7, 8.2.4.2.2).
    """
    if row.soil is SoilKind.ORGANIC or row.soil_path is SoilPath.NONE:
        return False
    if row.allochthonous_share is not None:
        return True
    return section.allochthonous in (Allochthonous.STATED, Allochthonous.ORGANIC_MATTER)


def claims_baseline_methane(row: Vm0033Stratum) -> bool:
    """Whether methane of the baseline is claimed for a stratum."""
    return row.baseline_ch4_t_ha_yr is not None or row.baseline_salinity_ppt is not None


def claims_baseline(section: Vm0033) -> bool:
    """Whether reductions of baseline emissions are claimed anywhere (8.5.1)."""
    return bool(section.baseline) or any(
        row.baseline_soil_loss_tc_ha_yr is not None or claims_baseline_methane(row)
        for row in section.strata
    )


def _soil_problems(section: Vm0033, row: Vm0033Stratum, path: str) -> Iterator[Problem]:
    for name in _SOIL_INPUTS.get(row.soil_path, ()):
        if getattr(row, name) is None:
            yield _needed(f"{path}.{name}", f"{path}.soil_path", (row.soil_path.value,))
    if row.soil_path is SoilPath.DEFAULT:
        if row.wetland is WetlandKind.SEAGRASS:
            yield Problem(f"{path}.soil_path", "default_not_for_seagrass", row.soil_path)
        elif row.wetland is WetlandKind.OPEN_WATER:
            yield Problem(f"{path}.soil_path", "default_not_for_open_water", row.soil_path)
    if row.soil is SoilKind.MINERAL and row.soil_path is not SoilPath.NONE:
        yield from _allochthonous_problems(section, row, path)


def _allochthonous_problems(section: Vm0033, row: Vm0033Stratum, path: str) -> Iterator[Problem]:
    way, place = section.allochthonous, "project.vm0033.allochthonous"
    if row.allochthonous_share is not None:
        return
    if way is Allochthonous.STATED:
        yield _needed(f"{path}.allochthonous_share", place, (way.value,))
    elif way is Allochthonous.AUTOCHTHONOUS and row.soil_path is SoilPath.DEFAULT:
        yield Problem(f"{path}.allochthonous_share", "default_needs_allochthonous", None)
    elif way is Allochthonous.ORGANIC_MATTER:
        if row.wetland is WetlandKind.OPEN_WATER:
            yield Problem(f"{path}.allochthonous_share", "no_organic_matter_relation", None)
        elif row.soil_organic_matter_share is not None:
            return
        elif row.soil_carbon_share is None:
            yield _needed(f"{path}.soil_carbon_share", place, (way.value,))
        elif (
            row.wetland is WetlandKind.SEAGRASS
            and row.soil_carbon_share >= SEAGRASS_CARBON_LIMIT_SHARE
        ):
            yield Problem(f"{path}.soil_organic_matter_share", "organic_matter_needed", None)


def _gas_problems(section: Vm0033, row: Vm0033Stratum, path: str) -> Iterator[Problem]:
    salinity = row.salinity_ppt
    by_default = []
    if section.methane is SoilGas.ACCOUNTED and row.ch4_t_ha_yr is None:
        by_default.append("project.vm0033.methane")
        if salinity is not None and salinity <= METHANE_DEFAULT_ABOVE_PPT:
            yield Problem(
                f"{path}.ch4_t_ha_yr",
                "methane_needs_rate",
                None,
                {"salinity": salinity, "limit": METHANE_DEFAULT_ABOVE_PPT},
            )
    if (
        section.nitrous_oxide is SoilGas.ACCOUNTED
        and row.n2o_t_ha_yr is None
        and row.wetland is not WetlandKind.SEAGRASS
    ):
        by_default.append("project.vm0033.nitrous_oxide")
        if row.nitrogen_source is None:
            yield _needed(f"{path}.nitrogen_source", "project.vm0033.nitrous_oxide", ("accounted",))
        elif row.nitrogen_source is NitrogenSource.PRESENT:
            yield Problem(f"{path}.n2o_t_ha_yr", "nitrogen_source_needs_rate", None)
    if by_default and salinity is None:
        yield Problem(f"{path}.salinity_ppt", "salinity_needed", None, {"other": by_default[0]})


def _baseline_problems(section: Vm0033, row: Vm0033Stratum, path: str) -> Iterator[Problem]:
    loss = row.baseline_soil_loss_tc_ha_yr
    if loss is not None and row.depletion_years is None:
        yield _needed(f"{path}.depletion_years", f"{path}.baseline_soil_loss_tc_ha_yr")
    if not claims_baseline_methane(row):
        return
    if loss is not None:
        yield Problem(
            f"{path}.baseline_soil_loss_tc_ha_yr", "drained_baseline_has_no_methane", loss
        )
    before = row.baseline_salinity_ppt
    if row.baseline_ch4_t_ha_yr is not None or before is None:
        return
    if before <= METHANE_DEFAULT_ABOVE_PPT:
        yield Problem(
            f"{path}.baseline_ch4_t_ha_yr",
            "methane_needs_rate",
            None,
            {"salinity": before, "limit": METHANE_DEFAULT_ABOVE_PPT},
        )
    elif (
        before < METHANE_LOW_FROM_PPT
        and row.ch4_t_ha_yr is None
        and row.salinity_ppt is not None
        and row.salinity_ppt >= METHANE_LOW_FROM_PPT
        and section.methane is SoilGas.ACCOUNTED
    ):
        yield Problem(f"{path}.baseline_salinity_ppt", "methane_defaults_no_reduction", before)


def _stratum_problems(section: Vm0033, row: Vm0033Stratum, path: str) -> Iterator[Problem]:
    if row.last_year is not None and row.last_year <= row.year:
        yield Problem(f"{path}.last_year", "before_start", row.last_year, {"start": row.year + 1})
    yield from _soil_problems(section, row, path)
    yield from _gas_problems(section, row, path)
    yield from _baseline_problems(section, row, path)
    herbs = (row.herb_cover_before_share, row.herb_cover_after_share)
    if (herbs[0] is None) != (herbs[1] is None):
        missing, given = ("before", "after") if herbs[0] is None else ("after", "before")
        yield _needed(f"{path}.herb_cover_{missing}_share", f"{path}.herb_cover_{given}_share")


def _woody_problems(section: Vm0033, path: str) -> Iterator[Problem]:
    rows = {row.name: row for row in section.strata}
    for number, line in enumerate(section.woody_changes):
        row = rows.get(line.stratum)
        place = f"{path}.woody_changes.{number}.stratum"
        if row is None:
            yield Problem(place, "unknown_stratum", line.stratum, {"known": sorted(rows)})
        elif row.herb_cover_after_share is not None:
            yield Problem(place, "herbs_beside_trees", line.stratum)
    for name, count in Counter(row.name for row in section.strata).items():
        if count > 1:
            yield Problem(f"{path}.strata", "stratum_twice", name)


def _run_problems(section: Vm0033, path: str) -> Iterator[Problem]:
    for name in _RUNS:
        for number, line in enumerate(getattr(section, name)):
            if line.last_year < line.first_year:
                yield Problem(
                    f"{path}.{name}.{number}.last_year",
                    "before_start",
                    line.last_year,
                    {"start": line.first_year},
                )


def _net_problems(section: Vm0033, path: str) -> Iterator[Problem]:
    if claims_baseline(section):
        if section.cap_case is CapCase.NONE:
            yield Problem(f"{path}.cap_case", "baseline_needs_cap", section.cap_case)
        if section.baseline_uncertainty_share is None:
            yield Problem(f"{path}.baseline_uncertainty_share", "baseline_needs_uncertainty", None)
    if section.project_uncertainty_share is None:
        for number, row in enumerate(section.strata):
            if row.uncertainty_share is None:
                yield Problem(
                    f"{path}.strata.{number}.uncertainty_share", "uncertainty_needed", None
                )
    if section.fire_premium and all(row.soil is SoilKind.MINERAL for row in section.strata):
        yield Problem(f"{path}.fire_premium", "premium_needs_organic_soil", None)
    for number, risk in enumerate(section.natural_risks):
        if risk.mitigation not in MITIGATION_FACTORS:
            yield Problem(
                f"{path}.natural_risks.{number}.mitigation", "mitigation_factor", risk.mitigation
            )


def _warming_problems(section: Vm0033, path: str) -> Iterator[Problem]:
    methane = section.methane is SoilGas.ACCOUNTED
    if section.gwp_ch4 is None and (methane or any(map(claims_baseline_methane, section.strata))):
        yield _needed(f"{path}.gwp_ch4", f"{path}.methane")
    if section.salinity_kind is None and _uses_salinity(section):
        yield _needed(f"{path}.salinity_kind", f"{path}.methane")


def _uses_salinity(section: Vm0033) -> bool:
    gases: tuple[Any, ...] = (section.methane, section.nitrous_oxide)
    return SoilGas.ACCOUNTED in gases and any(
        row.salinity_ppt is not None for row in section.strata
    )


def check_vm0033(section: Vm0033, path: str = "project.vm0033") -> list[Problem]:
    """Return what the method refuses, by field; an empty list when there is nothing.

    Fields that one other field of the section makes necessary (`needed` of the declaration)
    are not repeated here.
    """
    found: list[Problem] = []
    for number, row in enumerate(section.strata):
        found += _stratum_problems(section, row, f"{path}.strata.{number}")
    found += _woody_problems(section, path)
    found += _warming_problems(section, path)
    found += _run_problems(section, path)
    found += _net_problems(section, path)
    return found
