"""IPCC 2013 Wetlands Supplement, chapter 4, Tier 1: the inputs of the method."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from app.finance.case.carbon.kinds import Ecosystem
from app.finance.case.carbon.plans import FIRST_YEAR, LAST_YEAR
from app.finance.case.problems import Problem
from app.finance.case.units import AREA_UNITS, CARBON_RATE_UNITS
from app.finance.fields import Field
from app.finance.text import N_

COVERED = (Ecosystem.MANGROVE, Ecosystem.SALT_MARSH, Ecosystem.SEAGRASS)
"""Ecosystems of chapter 4."""

SALINITY_GATE_PPT = 18.0
"""Table 4.14: methane is given off below this salinity and not above it."""


class LossPlan(StrEnum):
    """How the loss that the project avoids is told."""

    NONE = "none"
    AREAS = "areas"
    RATE = "rate"


class DrainedIn(StrEnum):
    BASELINE = "baseline"
    PROJECT = "project"


_RESTORED = N_("Rewetting and revegetation")
_DRAINED = N_("Drained soil")
_LOSS = N_("Loss avoided")
_AREA = 10**7


@dataclass(frozen=True)
class RestoredLine:
    """Area rewetted or revegetated in one calendar year; it counts from the following year."""

    year: Annotated[int, Field(N_("Year restored"), minimum=1990, maximum=2200)]
    area_ha: Annotated[
        float,
        Field(N_("Area restored"), "ha", minimum=0, maximum=_AREA, other_units=AREA_UNITS),
    ]


@dataclass(frozen=True)
class DrainedLine:
    """Area drained over a run of calendar years, with the project or without it."""

    first_year: Annotated[int, Field(N_("First year"), minimum=1990, maximum=2200, help=FIRST_YEAR)]
    last_year: Annotated[int, Field(N_("Last year"), minimum=1990, maximum=2200, help=LAST_YEAR)]
    area_ha: Annotated[
        float,
        Field(N_("Area drained"), "ha", minimum=0, maximum=_AREA, other_units=AREA_UNITS),
    ]
    drained_in: Annotated[
        DrainedIn,
        Field(
            N_("Drained"),
            choices=(
                ("baseline", N_("without the project: a loss avoided")),
                ("project", N_("in the project: an emission")),
            ),
        ),
    ]


@dataclass(frozen=True)
class LostLine:
    """Area that would be lost in one calendar year without the project."""

    year: Annotated[int, Field(N_("Year of loss"), minimum=1990, maximum=2200)]
    area_ha: Annotated[
        float,
        Field(N_("Area lost"), "ha", minimum=0, maximum=_AREA, other_units=AREA_UNITS),
    ]


@dataclass(frozen=True)
class IpccWs:
    """Inputs of Tier 1 of the IPCC 2013 Wetlands Supplement, chapter 4."""

    loss_plan: Annotated[
        LossPlan,
        Field(
            N_("Loss avoided from"),
            group=_LOSS,
            choices=(
                ("none", N_("none claimed")),
                ("areas", N_("area lost each year")),
                ("rate", N_("area protected and rate of loss")),
            ),
            help=N_("What would be lost without the project; none for a restoration alone."),
        ),
    ]
    restored: Annotated[
        tuple[RestoredLine, ...],
        Field(
            N_("Areas restored"),
            max_length=200,
            group=_RESTORED,
            help=N_("Rewetted and planted or re-seeded, by calendar year."),
        ),
    ] = ()
    soil_removal_tc_ha_yr: Annotated[
        float | None,
        Field(
            N_("Soil removal"),
            "tC/ha/yr",
            minimum=0,
            maximum=100,
            group=_RESTORED,
            help=N_("Empty for the figure of Table 4.12 for the sink carrier."),
        ),
    ] = None
    salinity_ppt: Annotated[
        float | None,
        Field(
            N_("Salinity"),
            "ppt",
            minimum=0,
            maximum=100,
            group=_RESTORED,
            help=N_("Needed for restored mangrove and marsh: methane depends on it."),
        ),
    ] = None
    gwp_ch4: Annotated[
        float | None,
        Field(
            N_("Warming potential of methane"),
            minimum=1,
            maximum=200,
            group=_RESTORED,
            help=N_("Needed up to 18 ppt, as the standard in use prescribes; no default."),
        ),
    ] = None
    biomass_growth_tc_ha_yr: Annotated[
        float | None,
        Field(
            N_("Growth of biomass"),
            "tC/ha/yr",
            minimum=0,
            maximum=100,
            group=_RESTORED,
            help=N_("Carbon above and below ground of a restored hectare; empty for none."),
        ),
    ] = None
    biomass_growth_years: Annotated[
        int | None,
        Field(
            N_("Years of growth"),
            "yr",
            minimum=1,
            maximum=100,
            group=_RESTORED,
            help=N_("For how many years a stand grows at this rate; needed with a growth."),
        ),
    ] = None
    drained: Annotated[
        tuple[DrainedLine, ...],
        Field(
            N_("Areas drained"),
            max_length=200,
            group=_DRAINED,
            help=N_("Mangrove and marsh only; empty for none."),
        ),
    ] = ()
    drainage_loss_tc_ha_yr: Annotated[
        float | None,
        Field(
            N_("Loss of drained soil"),
            "tC/ha/yr",
            minimum=0,
            maximum=100,
            group=_DRAINED,
            reference="ipcc_ws.drainage_loss",
        ),
    ] = None
    lost: Annotated[
        tuple[LostLine, ...],
        Field(
            N_("Areas lost without the project"),
            max_length=200,
            group=_LOSS,
            needed=("project.ipcc_ws.loss_plan", ("areas",)),
        ),
    ] = ()
    protected_area_ha: Annotated[
        float | None,
        Field(
            N_("Area protected"),
            "ha",
            minimum=0,
            maximum=10**8,
            group=_LOSS,
            other_units=AREA_UNITS,
            needed=("project.ipcc_ws.loss_plan", ("rate",)),
        ),
    ] = None
    loss_share_yr: Annotated[
        float | None,
        Field(
            N_("Loss a year without the project"),
            "1/yr",
            minimum=0,
            maximum=1,
            percent=True,
            group=_LOSS,
            needed=("project.ipcc_ws.loss_plan", ("rate",)),
            help=N_("Share of the area still there that is lost in a year."),
        ),
    ] = None
    loss_first_year: Annotated[
        int | None,
        Field(
            N_("First year of loss"),
            minimum=1990,
            maximum=2200,
            group=_LOSS,
            needed=("project.ipcc_ws.loss_plan", ("rate",)),
        ),
    ] = None
    biomass_carbon_tc_ha: Annotated[
        float | None,
        Field(
            N_("Carbon of the biomass"),
            "tC/ha",
            minimum=0,
            maximum=2_000,
            group=_LOSS,
            needed=("project.ipcc_ws.loss_plan", ("areas", "rate")),
            help=N_("Above and below ground, of the area that would be lost."),
        ),
    ] = None
    soil_carbon_tc_ha: Annotated[
        float | None,
        Field(
            N_("Carbon of the soil"),
            "tC/ha",
            minimum=0,
            maximum=10_000,
            group=_LOSS,
            offered=("project.ipcc_ws.loss_plan", ("areas", "rate")),
            help=N_("Upper metre; empty for Table 4.11, which has mangrove and marsh only."),
        ),
    ] = None
    biomass_loss_share: Annotated[
        float | None,
        Field(
            N_("Biomass carbon lost"),
            "share",
            minimum=0,
            maximum=1,
            percent=True,
            group=_LOSS,
            offered=("project.ipcc_ws.loss_plan", ("areas", "rate")),
            reference="loss.biomass_share",
            help=N_("Given off in the year of the loss."),
        ),
    ] = None
    soil_loss_share: Annotated[
        float | None,
        Field(
            N_("Soil carbon lost"),
            "share",
            minimum=0,
            maximum=1,
            percent=True,
            group=_LOSS,
            offered=("project.ipcc_ws.loss_plan", ("areas", "rate")),
            reference="loss.soil_share",
            help=N_("Given off in equal parts over the years below."),
        ),
    ] = None
    soil_loss_years: Annotated[
        int | None,
        Field(
            N_("Years of soil loss"),
            "yr",
            minimum=1,
            maximum=100,
            group=_LOSS,
            offered=("project.ipcc_ws.loss_plan", ("areas", "rate")),
            reference="loss.soil_years",
        ),
    ] = None
    kept_removal_tco2e_ha_yr: Annotated[
        float | None,
        Field(
            N_("Removal that is kept up"),
            "tCO2e/ha/yr",
            minimum=0,
            maximum=1000,
            group=_LOSS,
            other_units=CARBON_RATE_UNITS,
            offered=("project.ipcc_ws.loss_plan", ("areas", "rate")),
            help=N_("Yearly removal of a hectare that is saved from loss; empty for none."),
        ),
    ] = None


def ipcc_years(section: IpccWs) -> Iterator[int]:
    """Calendar years the inputs name; a restored area counts from the following year on."""
    for restored in section.restored:
        yield restored.year + 1
    for drained in section.drained:
        yield drained.first_year
        yield drained.last_year
    if section.loss_plan is LossPlan.AREAS:
        for lost in section.lost:
            yield lost.year
    elif section.loss_plan is LossPlan.RATE and section.loss_first_year is not None:
        yield section.loss_first_year


def _needed(path: str, other: str) -> Problem:
    return Problem(path, "needed", None, {"other": other, "other_values": []})


def _restored_problems(section: IpccWs, ecosystem: Ecosystem, path: str) -> list[Problem]:
    found = []
    if (section.biomass_growth_tc_ha_yr is None) != (section.biomass_growth_years is None):
        names = ("biomass_growth_tc_ha_yr", "biomass_growth_years")
        missing, other = names if section.biomass_growth_tc_ha_yr is None else names[::-1]
        found.append(_needed(f"{path}.{missing}", f"{path}.{other}"))
    if not section.restored or ecosystem is Ecosystem.SEAGRASS:
        return found
    if section.salinity_ppt is None:
        found.append(
            Problem(f"{path}.salinity_ppt", "salinity_needed", None, {"other": "project.ecosystem"})
        )
    elif section.salinity_ppt <= SALINITY_GATE_PPT and section.gwp_ch4 is None:
        found.append(_needed(f"{path}.gwp_ch4", f"{path}.salinity_ppt"))
    return found


def _drained_problems(section: IpccWs, ecosystem: Ecosystem, path: str) -> list[Problem]:
    found = []
    for number, line in enumerate(section.drained):
        if line.last_year < line.first_year:
            found.append(
                Problem(
                    f"{path}.drained.{number}.last_year",
                    "before_start",
                    line.last_year,
                    {"start": line.first_year},
                )
            )
    if section.drained and ecosystem is Ecosystem.SEAGRASS:
        found.append(Problem(f"{path}.drained", "drainage_not_for_seagrass", None))
    return found


def check_ipcc_ws(
    section: IpccWs, ecosystem: Ecosystem, path: str = "project.ipcc_ws"
) -> list[Problem]:
    """Return what the method refuses, by field; an empty list when there is nothing.

    Fields that one other field of the section makes necessary (`needed` of the declaration)
    are not repeated here.
    """
    found = []
    if ecosystem not in COVERED:
        found.append(
            Problem(
                "project.ecosystem",
                "carrier_not_of_method",
                ecosystem.value,
                {"known": [one.value for one in COVERED]},
            )
        )
        return found
    found += _restored_problems(section, ecosystem, path)
    found += _drained_problems(section, ecosystem, path)
    if section.loss_plan is not LossPlan.NONE:
        if section.soil_carbon_tc_ha is None and ecosystem is Ecosystem.SEAGRASS:
            found.append(Problem(f"{path}.soil_carbon_tc_ha", "no_seagrass_stock", None))
    elif not section.restored and not section.drained:
        found.append(Problem(f"{path}.restored", "nothing_accounted", None))
    return found
