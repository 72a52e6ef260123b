"""Lines of the cohort tables: what was planted, how a stand grows, what sample plots held."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, TypeVar

from app.finance.case.units import AREA_UNITS
from app.finance.fields import Field
from app.finance.text import N_


class GrowthBasis(StrEnum):
    BIOMASS_TABLE = "biomass_table"
    DBH_TABLE = "dbh_table"
    BIOMASS_CURVE = "biomass_curve"
    DBH_CURVE = "dbh_curve"
    RATE = "rate"


class Roots(StrEnum):
    TOOL14 = "tool14"
    RATIO = "ratio"
    EQUATION = "equation"
    IN_TABLE = "in_table"
    INCLUDED = "included"


_SPECIES_OF_LINE = N_("Species this line holds for; empty for all that have no line of their own.")
_AGE = N_("Full years since planting.")


@dataclass(frozen=True)
class PlantedCohort:
    """Area planted in one calendar year with one species; it grows from the following year on."""

    year: Annotated[int, Field(N_("Year planted"), minimum=1990, maximum=2200)]
    area_ha: Annotated[
        float,
        Field(N_("Area planted"), "ha", minimum=0, maximum=10**7, other_units=AREA_UNITS),
    ]
    species: Annotated[
        str,
        Field(
            N_("Species"),
            max_length=60,
            suggestions="trees",
            help=N_("Latin or Chinese name; needed where growth is by stem diameter."),
        ),
    ] = ""
    survival_share: Annotated[
        float | None,
        Field(
            N_("Survival"),
            "share",
            minimum=0,
            maximum=1,
            percent=True,
            help=N_("Of this cohort; empty for the survival of the plan."),
        ),
    ] = None
    trees_per_ha: Annotated[
        float | None,
        Field(
            N_("Trees on a hectare"),
            "trees/ha",
            minimum=0,
            maximum=10**6,
            help=N_("Of this cohort; empty for the number of the plan."),
        ),
    ] = None
    wood_density_g_cm3: Annotated[
        float | None,
        Field(
            N_("Wood density"),
            "g/cm3",
            above=0,
            maximum=2,
            help=N_("As measured; empty for the published one of the species."),
        ),
    ] = None


@dataclass(frozen=True)
class BiomassAtAge:
    """Dry biomass of an established hectare at one stand age."""

    age: Annotated[int, Field(N_("Stand age"), "yr", minimum=1, maximum=200, help=_AGE)]
    above_ground_t_ha: Annotated[
        float,
        Field(
            N_("Biomass above ground"),
            "tdm/ha",
            minimum=0,
            maximum=5000,
            help=N_("Dry biomass of a hectare, not carbon."),
        ),
    ]
    below_ground_t_ha: Annotated[
        float | None,
        Field(
            N_("Roots"),
            "tdm/ha",
            minimum=0,
            maximum=5000,
            help=N_("Dry biomass of roots, where the plan takes them from this table."),
        ),
    ] = None
    species: Annotated[str, Field(N_("Species"), max_length=60, help=_SPECIES_OF_LINE)] = ""


@dataclass(frozen=True)
class StemAtAge:
    """The mean tree at one stand age."""

    age: Annotated[int, Field(N_("Stand age"), "yr", minimum=1, maximum=200, help=_AGE)]
    dbh_cm: Annotated[
        float,
        Field(
            N_("Stem diameter"),
            "cm",
            above=0,
            maximum=300,
            help=N_("At breast height, of the tree with mean biomass."),
        ),
    ]
    height_m: Annotated[
        float | None,
        Field(
            N_("Height"),
            "m",
            above=0,
            maximum=80,
            help=N_("Needed by equations of D²H, such as that of Aegiceras."),
        ),
    ] = None
    species: Annotated[str, Field(N_("Species"), max_length=60, help=_SPECIES_OF_LINE)] = ""


@dataclass(frozen=True)
class PlotStratum:
    """Tree biomass on the sample plots of one stratum in one survey."""

    survey_year: Annotated[int, Field(N_("Year of the survey"), minimum=1990, maximum=2200)]
    area_ha: Annotated[
        float,
        Field(N_("Area of the stratum"), "ha", above=0, maximum=10**7, other_units=AREA_UNITS),
    ]
    plots: Annotated[int, Field(N_("Plots"), minimum=2, maximum=10**5)]
    mean_t_ha: Annotated[
        float,
        Field(
            N_("Mean biomass"),
            "tdm/ha",
            minimum=0,
            maximum=5000,
            help=N_("Dry biomass of trees with roots, mean of the plots."),
        ),
    ]
    sd_t_ha: Annotated[
        float,
        Field(
            N_("Standard deviation"),
            "tdm/ha",
            minimum=0,
            maximum=5000,
            help=N_("Between the plots of the stratum."),
        ),
    ]


GrowthLine = TypeVar("GrowthLine", BiomassAtAge, StemAtAge)


def named(text: str) -> str:
    """Return a species as it is compared: without outer blanks, whatever its case."""
    return text.strip().casefold()


def growth_lines(lines: tuple[GrowthLine, ...], species: str) -> tuple[GrowthLine, ...]:
    """Return the lines of a growth table for a species: its own, or those for all species."""
    own = tuple(line for line in lines if named(line.species) == named(species))
    return own or tuple(line for line in lines if not named(line.species))
