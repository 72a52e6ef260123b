"""J-Blue: carbon that algae, seagrass and tidal wetlands leave in soil and water."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from app.finance.case.carbon.plans import FIRST_YEAR, LAST_YEAR
from app.finance.case.problems import Problem, years_in_order
from app.finance.case.units import AREA_UNITS, CARBON_RATE_UNITS
from app.finance.fields import Field
from app.finance.text import N_


class BedKind(StrEnum):
    EELGRASS = "eelgrass"
    SARGASSUM = "sargassum"
    KELP = "kelp"
    EISENIA_ECKLONIA = "eisenia_ecklonia"
    MANGROVE = "mangrove"
    TIDAL_FLAT = "tidal_flat"
    FARMED_ALGAE = "farmed_algae"


class JBlueFormula(StrEnum):
    """1 by a coefficient of area, 2-1 by area and wet weight, 2-2 by rope and wet weight."""

    AREA_COEFFICIENT = "1"
    AREA_WEIGHT = "2-1"
    ROPE_WEIGHT = "2-2"


FORMULA_1_ONLY = (BedKind.MANGROVE, BedKind.TIDAL_FLAT)

_CHAIN = ("water_share", "pb_ratio", "carbon_share", "residual_rate", "ecosystem_factor")
NEEDED_COLUMNS = {
    JBlueFormula.AREA_COEFFICIENT: ("area_ha", "coefficient_tco2e_ha_yr"),
    JBlueFormula.AREA_WEIGHT: ("area_ha", "wet_weight_t_ha", *_CHAIN),
    JBlueFormula.ROPE_WEIGHT: ("rope_m", "wet_weight_kg_m", *_CHAIN),
}
"""Columns of a line that each formula computes with."""


@dataclass(frozen=True)
class JBlueLine:
    """One bed or farm over a run of calendar years."""

    first_year: Annotated[int, Field(N_("First year"), minimum=1990, maximum=2200, help=FIRST_YEAR)]
    last_year: Annotated[int, Field(N_("Last year"), minimum=1990, maximum=2200, help=LAST_YEAR)]
    kind: Annotated[
        BedKind,
        Field(
            N_("Bed"),
            choices=(
                ("eelgrass", N_("eelgrass bed")),
                ("sargassum", N_("Sargassum bed")),
                ("kelp", N_("kelp bed")),
                ("eisenia_ecklonia", N_("Eisenia and Ecklonia bed")),
                ("mangrove", N_("mangrove")),
                ("tidal_flat", N_("tidal flat")),
                ("farmed_algae", N_("farmed algae")),
            ),
        ),
    ]
    formula: Annotated[
        JBlueFormula,
        Field(
            N_("Formula"),
            choices=(
                ("1", N_("1: area and coefficient")),
                ("2-1", N_("2-1: area and wet weight")),
                ("2-2", N_("2-2: rope length and wet weight")),
            ),
            help=N_("Mangrove and tidal flat take formula 1 alone."),
        ),
    ]
    certainty_activity: Annotated[
        float,
        Field(
            N_("Certainty of area or length"),
            "share",
            above=0,
            maximum=1,
            percent=True,
            help=N_("Rating of how the area or length was measured; it multiplies the result."),
        ),
    ]
    certainty_coefficient: Annotated[
        float,
        Field(
            N_("Certainty of the coefficient"),
            "share",
            above=0,
            maximum=1,
            percent=True,
            help=N_("Rating of where the coefficient comes from; it multiplies the result."),
        ),
    ]
    area_ha: Annotated[
        float | None,
        Field(N_("Area"), "ha", minimum=0, maximum=10**8, other_units=AREA_UNITS),
    ] = None
    rope_m: Annotated[
        float | None,
        Field(
            N_("Rope length"),
            "m",
            minimum=0,
            maximum=10**9,
            other_units=(("km", 1000.0),),
            help=N_("Length of rope that carries algae, for formula 2-2."),
        ),
    ] = None
    coefficient_tco2e_ha_yr: Annotated[
        float | None,
        Field(
            N_("Coefficient of absorption"),
            "tCO2e/ha/yr",
            minimum=0,
            maximum=1000,
            other_units=CARBON_RATE_UNITS,
            help=N_("For formula 1: the value of the current J-Blue guide for the kind of bed."),
        ),
    ] = None
    wet_weight_t_ha: Annotated[
        float | None,
        Field(
            N_("Wet weight for each area"),
            "t/ha",
            minimum=0,
            maximum=10_000,
            other_units=(("kg/m2", 10.0),),
            help=N_("Standing wet weight as it was surveyed."),
        ),
    ] = None
    wet_weight_kg_m: Annotated[
        float | None,
        Field(N_("Wet weight for each metre of rope"), "kg/m", minimum=0, maximum=10_000),
    ] = None
    water_share: Annotated[
        float | None,
        Field(
            N_("Water"),
            "share",
            minimum=0,
            maximum=1,
            percent=True,
            help=N_("Share of the wet weight that is water."),
        ),
    ] = None
    pb_ratio: Annotated[
        float | None,
        Field(
            N_("Production over biomass"),
            "1/yr",
            minimum=0,
            maximum=100,
            help=N_("P/B ratio: yearly production for each standing biomass."),
        ),
    ] = None
    carbon_share: Annotated[
        float | None,
        Field(
            N_("Carbon in dry mass"),
            "share",
            minimum=0,
            maximum=1,
            percent=True,
            help=N_("Share of the dry mass that is carbon."),
        ),
    ] = None
    residual_rate: Annotated[
        float | None,
        Field(
            N_("Residual rate"),
            "share",
            minimum=0,
            maximum=1,
            percent=True,
            help=N_("Share of the carbon that stays in soil or water for the long term."),
        ),
    ] = None
    ecosystem_factor: Annotated[
        float | None,
        Field(
            N_("Ecosystem factor"),
            "",
            above=0,
            maximum=100,
            help=N_("From the plants to the whole ecosystem; 1 leaves the result as it is."),
        ),
    ] = None


@dataclass(frozen=True)
class JBlue:
    """Inputs of the J-Blue method; coefficients and ratings stand in its guide."""

    lines: Annotated[
        tuple[JBlueLine, ...],
        Field(
            N_("Beds and farms"),
            needed=("project.quantity_method", ("j_blue",)),
            max_length=200,
            help=N_("What each bed leaves in soil and water; a harvested body does not count."),
        ),
    ] = ()


def check_j_blue(section: JBlue, *, path: str = "project.j_blue") -> list[Problem]:
    """Return the problems inside the lines.

    Codes: `before_start`, `formula_1_only`, `needed_in_line`.
    """
    found = years_in_order(section.lines, f"{path}.lines")
    for number, line in enumerate(section.lines):
        at = f"{path}.lines.{number}"
        if line.kind in FORMULA_1_ONLY and line.formula is not JBlueFormula.AREA_COEFFICIENT:
            found.append(Problem(f"{at}.formula", "formula_1_only", line.formula.value))
            continue
        found.extend(
            Problem(
                f"{at}.{column}",
                "needed_in_line",
                None,
                {"other": f"{at}.{column}", "formula": line.formula.value},
            )
            for column in NEEDED_COLUMNS[line.formula]
            if getattr(line, column) is None
        )
    return found
