"""Measured paths: carbon buried in sediment and phytoplankton carbon that sinks."""

from dataclasses import dataclass
from typing import Annotated

from app.finance.case.carbon.plans import FIRST_YEAR, LAST_YEAR
from app.finance.case.problems import Problem, years_in_order
from app.finance.case.units import AREA_UNITS
from app.finance.fields import Field
from app.finance.text import N_


@dataclass(frozen=True)
class BurialLine:
    """One core or stratum of sediment over a run of calendar years."""

    first_year: Annotated[int, Field(N_("First year"), minimum=1990, maximum=2200, help=FIRST_YEAR)]
    last_year: Annotated[int, Field(N_("Last year"), minimum=1990, maximum=2200, help=LAST_YEAR)]
    area_ha: Annotated[
        float, Field(N_("Area"), "ha", minimum=0, maximum=10**8, other_units=AREA_UNITS)
    ]
    bulk_density_g_cm3: Annotated[
        float,
        Field(
            N_("Dry bulk density"),
            "g/cm3",
            above=0,
            maximum=3,
            other_units=(("t/m3", 1.0), ("kg/m3", 1e-3)),
            help=N_("Dry mass for each volume of sediment as it lies."),
        ),
    ]
    organic_carbon_share: Annotated[
        float,
        Field(
            N_("Organic carbon"),
            "share",
            minimum=0,
            maximum=1,
            percent=True,
            help=N_("Share of the dry mass; carbonate does not belong to it."),
        ),
    ]
    accretion_cm_yr: Annotated[
        float,
        Field(
            N_("Accretion"),
            "cm/yr",
            minimum=0,
            maximum=100,
            other_units=(("mm/yr", 0.1),),
            help=N_("Thickness of sediment a year, dated or measured against a marker."),
        ),
    ]
    allochthonous_share: Annotated[
        float,
        Field(
            N_("Carbon from elsewhere"),
            "share",
            minimum=0,
            maximum=1,
            percent=True,
            help=N_("Share of the buried carbon that was washed in; it is not counted."),
        ),
    ]


@dataclass(frozen=True)
class SedimentBurial:
    """Inputs of measured burial in sediment."""

    lines: Annotated[
        tuple[BurialLine, ...],
        Field(
            N_("Sediment"),
            needed=("project.quantity_method", ("sediment_burial",)),
            max_length=200,
        ),
    ] = ()


@dataclass(frozen=True)
class PhytoplanktonLine:
    """One water area over a run of calendar years."""

    first_year: Annotated[int, Field(N_("First year"), minimum=1990, maximum=2200, help=FIRST_YEAR)]
    last_year: Annotated[int, Field(N_("Last year"), minimum=1990, maximum=2200, help=LAST_YEAR)]
    area_ha: Annotated[
        float, Field(N_("Area"), "ha", minimum=0, maximum=10**10, other_units=AREA_UNITS)
    ]
    production_gc_m2_yr: Annotated[
        float,
        Field(
            N_("Net primary production"),
            "gC/m2/yr",
            minimum=0,
            maximum=10_000,
            other_units=(("tC/ha/yr", 100.0),),
            help=N_("Carbon fixed in the water column, net of the plants' own respiration."),
        ),
    ]
    export_share: Annotated[
        float,
        Field(
            N_("Export"),
            "share",
            minimum=0,
            maximum=1,
            percent=True,
            help=N_("Share of the production that sinks and stays out of the surface water."),
        ),
    ]


@dataclass(frozen=True)
class Phytoplankton:
    """Inputs of measured export of phytoplankton carbon."""

    lines: Annotated[
        tuple[PhytoplanktonLine, ...],
        Field(
            N_("Water areas"),
            needed=("project.quantity_method", ("phytoplankton",)),
            max_length=200,
        ),
    ] = ()


def check_sediment_burial(
    section: SedimentBurial, *, path: str = "project.sediment_burial"
) -> list[Problem]:
    """Return the problems inside the lines: `before_start`."""
    return years_in_order(section.lines, f"{path}.lines")


def check_phytoplankton(
    section: Phytoplankton, *, path: str = "project.phytoplankton"
) -> list[Problem]:
    """Return the problems inside the lines: `before_start`."""
    return years_in_order(section.lines, f"{path}.lines")
