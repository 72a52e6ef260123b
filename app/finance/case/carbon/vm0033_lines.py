"""Lines of the VM0033 section: biomass, yearly tonnes and natural risks."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from app.finance.case.carbon.plans import FIRST_YEAR, LAST_YEAR
from app.finance.case.units import AREA_UNITS, MASS_UNITS, MAX_TONNES
from app.finance.fields import Field
from app.finance.text import N_


class BaselineKind(StrEnum):
    STOCK = "stock"
    OTHER = "other"


BASELINE_CHOICES = (
    ("stock", N_("carbon of biomass and soil")),
    ("other", N_("methane, nitrous oxide, fuel")),
)


@dataclass(frozen=True)
class WoodyChange:
    """Change of tree and shrub biomass of a stratum, even over a run of calendar years."""

    stratum: Annotated[
        str,
        Field(
            N_("Stratum"),
            min_length=1,
            max_length=60,
            help=N_("Name of the stratum, as in the list of strata."),
        ),
    ]
    first_year: Annotated[int, Field(N_("First year"), minimum=1990, maximum=2200, help=FIRST_YEAR)]
    last_year: Annotated[int, Field(N_("Last year"), minimum=1990, maximum=2200, help=LAST_YEAR)]
    biomass_change_t_ha: Annotated[
        float,
        Field(
            N_("Change of biomass"),
            "tdm/ha",
            minimum=-2_000,
            maximum=2_000,
            help=N_("Dry matter with roots, over the whole run of years, as AR-TOOL14 finds it."),
        ),
    ]
    carbon_fraction: Annotated[
        float | None,
        Field(
            N_("Carbon fraction"),
            "tC/t",
            above=0,
            maximum=1,
            reference="ar_tool14.carbon_fraction",
            help=N_("Tonnes of carbon in a tonne of dry matter."),
        ),
    ] = None
    area_ha: Annotated[
        float | None,
        Field(
            N_("Area"),
            "ha",
            minimum=0,
            maximum=10**7,
            other_units=AREA_UNITS,
            help=N_("Empty for the whole area of the stratum."),
        ),
    ] = None


@dataclass(frozen=True)
class YearlyTonnes:
    """Tonnes of CO2 a year over a run of calendar years."""

    first_year: Annotated[int, Field(N_("First year"), minimum=1990, maximum=2200, help=FIRST_YEAR)]
    last_year: Annotated[int, Field(N_("Last year"), minimum=1990, maximum=2200, help=LAST_YEAR)]
    tonnes_per_year: Annotated[
        float,
        Field(
            N_("Tonnes of CO₂ a year"),
            "tCO2e/yr",
            minimum=-MAX_TONNES,
            maximum=MAX_TONNES,
            other_units=MASS_UNITS,
        ),
    ]


@dataclass(frozen=True)
class BaselineTonnes:
    """Emissions of the baseline a year; positive when the baseline gives off CO2."""

    first_year: Annotated[int, Field(N_("First year"), minimum=1990, maximum=2200, help=FIRST_YEAR)]
    last_year: Annotated[int, Field(N_("Last year"), minimum=1990, maximum=2200, help=LAST_YEAR)]
    kind: Annotated[
        BaselineKind,
        Field(
            N_("Kind"),
            choices=BASELINE_CHOICES,
            help=N_("The buffer is taken from changes of carbon stocks only."),
        ),
    ]
    tonnes_per_year: Annotated[
        float,
        Field(
            N_("Emissions of the baseline a year"),
            "tCO2e/yr",
            minimum=-MAX_TONNES,
            maximum=MAX_TONNES,
            other_units=MASS_UNITS,
            help=N_("Positive for emissions, negative for a baseline that takes up CO₂."),
        ),
    ]


@dataclass(frozen=True)
class NaturalRisk:
    """One natural risk of the non-permanence risk tool."""

    name: Annotated[
        str,
        Field(
            N_("Natural risk"),
            min_length=1,
            max_length=80,
            help=N_("For example storm, extreme tide, pest, geological event."),
        ),
    ]
    loss_share: Annotated[
        float,
        Field(
            N_("Loss in one event"),
            "share",
            minimum=0,
            maximum=1,
            percent=True,
            help=N_("Share of the project's carbon stock lost in one event."),
        ),
    ]
    return_period_years: Annotated[
        float,
        Field(
            N_("Return period"),
            "yr",
            above=0,
            maximum=10_000,
            help=N_("Once in how many years the event comes on average."),
        ),
    ]
    mitigation: Annotated[
        float,
        Field(
            N_("Mitigation factor"),
            minimum=0.25,
            maximum=1,
            help=N_("1, 0.5 or 0.25 by what is done against it."),
        ),
    ]
