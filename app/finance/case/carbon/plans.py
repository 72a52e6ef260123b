"""Plans of planted area and of reported tonnes."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from app.finance.case.units import AREA_UNITS, MAX_TONNES, YEARLY_MASS_UNITS
from app.finance.fields import Field
from app.finance.text import N_

FIRST_YEAR = N_("First calendar year of the line.")
LAST_YEAR = N_("Last calendar year of the line, the same as the first for one year.")


class CarbonUnit(StrEnum):
    TCO2E = "tCO2e"
    TC = "tC"


@dataclass(frozen=True)
class PlantingLine:
    """Area planted in one calendar year; it removes CO2 from the following year on."""

    year: Annotated[int, Field(N_("Year planted"), minimum=1990, maximum=2200)]
    area_ha: Annotated[
        float,
        Field(N_("Area planted"), "ha", minimum=0, maximum=10**7, other_units=AREA_UNITS),
    ]


@dataclass(frozen=True)
class StatedLine:
    """Removals a year as a report states them, over a run of calendar years."""

    first_year: Annotated[int, Field(N_("First year"), minimum=1990, maximum=2200, help=FIRST_YEAR)]
    last_year: Annotated[int, Field(N_("Last year"), minimum=1990, maximum=2200, help=LAST_YEAR)]
    tonnes_per_year: Annotated[
        float,
        Field(
            N_("Removals a year"),
            "t/yr",
            minimum=0,
            maximum=MAX_TONNES,
            other_units=YEARLY_MASS_UNITS,
        ),
    ]
