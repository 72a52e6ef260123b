"""The project: the sink, its rights and the tonnes it takes up."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated

from app.finance.case.units import AREA_UNITS, MAX_TONNES
from app.finance.fields import Field
from app.finance.text import N_


class Ecosystem(StrEnum):
    MANGROVE = "mangrove"
    SALT_MARSH = "salt_marsh"
    SEAGRASS = "seagrass"
    SHELLFISH = "shellfish"
    MACROALGAE = "macroalgae"
    PHYTOPLANKTON = "phytoplankton"


class QuantityMethod(StrEnum):
    HARVEST = "harvest"
    PLANTING = "planting"
    STATED = "stated"


class AccountingMode(StrEnum):
    SOFT_AND_SHELL = "soft_and_shell"
    SHELL_ONLY = "shell_only"
    SOFT_ONLY = "soft_only"


class WeightBasis(StrEnum):
    WET = "wet"
    DRY = "dry"


class CarbonUnit(StrEnum):
    TCO2E = "tCO2e"
    TC = "tC"


_IDENTITY = N_("Project")
_RIGHTS = N_("Rights and rules")
_QUANTITY = N_("Quantity")
_DEDUCTIONS = N_("From removals to credits")
_FIRST_YEAR = N_("First calendar year of the line.")
_LAST_YEAR = N_("Last calendar year of the line, the same as the first for one year.")


@dataclass(frozen=True)
class HarvestLine:
    """Harvest of one species over a run of calendar years."""

    species: Annotated[
        str, Field(N_("Species"), min_length=1, max_length=60, suggestions="species")
    ]
    first_year: Annotated[
        int, Field(N_("First year"), minimum=1990, maximum=2200, help=_FIRST_YEAR)
    ]
    last_year: Annotated[int, Field(N_("Last year"), minimum=1990, maximum=2200, help=_LAST_YEAR)]
    tonnes_per_year: Annotated[
        float, Field(N_("Harvest a year"), "t/yr", minimum=0, maximum=MAX_TONNES)
    ]
    basis: Annotated[
        WeightBasis,
        Field(
            N_("Weight"),
            choices=(("wet", N_("wet")), ("dry", N_("dry"))),
            help=N_("Wet or dry weight; for algae the two differ by a factor of five."),
        ),
    ]


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

    first_year: Annotated[
        int, Field(N_("First year"), minimum=1990, maximum=2200, help=_FIRST_YEAR)
    ]
    last_year: Annotated[int, Field(N_("Last year"), minimum=1990, maximum=2200, help=_LAST_YEAR)]
    tonnes_per_year: Annotated[
        float, Field(N_("Removals a year"), "t/yr", minimum=0, maximum=MAX_TONNES)
    ]


@dataclass(frozen=True)
class Project:
    name: Annotated[str, Field(N_("Project name"), min_length=1, max_length=200, group=_IDENTITY)]
    ecosystem: Annotated[
        Ecosystem,
        Field(
            N_("Sink carrier"),
            group=_IDENTITY,
            choices=(
                ("mangrove", N_("mangrove")),
                ("salt_marsh", N_("salt marsh")),
                ("seagrass", N_("seagrass bed")),
                ("shellfish", N_("shellfish")),
                ("macroalgae", N_("macroalgae")),
                ("phytoplankton", N_("phytoplankton")),
            ),
        ),
    ]
    quantity_method: Annotated[
        QuantityMethod,
        Field(
            N_("Tonnes from"),
            group=_QUANTITY,
            choices=(
                ("harvest", N_("harvest and coefficients")),
                ("planting", N_("planted area and rate")),
                ("stated", N_("yearly tonnes of a report")),
            ),
        ),
    ]
    uncertainty_discount: Annotated[
        float,
        Field(
            N_("Uncertainty discount"),
            "share",
            minimum=0,
            maximum=1,
            percent=True,
            group=_DEDUCTIONS,
            help=N_("Share of the removals taken off because they are uncertain."),
        ),
    ]
    leakage_share: Annotated[
        float,
        Field(
            N_("Leakage"),
            "share",
            minimum=0,
            maximum=1,
            percent=True,
            group=_DEDUCTIONS,
            help=N_("Share of the removals lost elsewhere because of the project."),
        ),
    ]
    buffer_share: Annotated[
        float,
        Field(
            N_("Buffer or risk deduction"),
            "share",
            minimum=0,
            maximum=1,
            percent=True,
            group=_DEDUCTIONS,
            help=N_("Share held back against reversal; the method or the registry fixes it."),
        ),
    ]
    holder: Annotated[
        str,
        Field(
            N_("Right holder"),
            max_length=200,
            group=_IDENTITY,
            help=N_("Who holds the carbon-sink income right and pledges it."),
        ),
    ] = ""
    place: Annotated[str, Field(N_("Place"), max_length=200, group=_IDENTITY)] = ""
    methodology: Annotated[
        str,
        Field(
            N_("Methodology"),
            max_length=200,
            group=_RIGHTS,
            help=N_("Methodology or method of measurement, with its number and version."),
        ),
    ] = ""
    standard: Annotated[
        str,
        Field(
            N_("Standard"),
            max_length=120,
            group=_RIGHTS,
            help=N_("Crediting standard, for example CCER or VCS; none for an unregistered sink."),
        ),
    ] = ""
    market: Annotated[
        str, Field(N_("Market"), max_length=120, group=_RIGHTS, suggestions="markets")
    ] = ""
    registry_id: Annotated[str, Field(N_("Registry number"), max_length=120, group=_RIGHTS)] = ""
    sea_area_right_end: Annotated[
        date | None, Field(N_("Sea-area use right ends"), group=_RIGHTS)
    ] = None
    crediting_start: Annotated[date | None, Field(N_("Crediting period starts"), group=_RIGHTS)] = (
        None
    )
    crediting_end: Annotated[date | None, Field(N_("Crediting period ends"), group=_RIGHTS)] = None
    contract_end: Annotated[date | None, Field(N_("Sale contract ends"), group=_RIGHTS)] = None
    accounting_mode: Annotated[
        AccountingMode | None,
        Field(
            N_("Shell and soft tissue"),
            group=_QUANTITY,
            needed=("project.quantity_method", ("harvest",)),
            choices=(
                ("soft_and_shell", N_("soft tissue and shell")),
                ("shell_only", N_("shell only")),
                ("soft_only", N_("soft tissue only")),
            ),
            help=N_("Which carbon counts; for oyster the choice changes the answer 5.2 times."),
        ),
    ] = None
    harvest: Annotated[
        tuple[HarvestLine, ...],
        Field(
            N_("Harvest plan"),
            group=_QUANTITY,
            needed=("project.quantity_method", ("harvest",)),
            max_length=200,
        ),
    ] = ()
    planting: Annotated[
        tuple[PlantingLine, ...],
        Field(
            N_("Planting plan"),
            group=_QUANTITY,
            needed=("project.quantity_method", ("planting",)),
            max_length=200,
        ),
    ] = ()
    rate_tco2e_ha_yr: Annotated[
        float | None,
        Field(
            N_("Removal rate"),
            "tCO2e/ha/yr",
            minimum=-100,
            maximum=1000,
            group=_QUANTITY,
            needed=("project.quantity_method", ("planting",)),
            suggestions="rates",
            help=N_("Net removal of one planted hectare in a year; the reference list has rates."),
        ),
    ] = None
    survival_share: Annotated[
        float | None,
        Field(
            N_("Survival"),
            "share",
            minimum=0,
            maximum=1,
            percent=True,
            group=_QUANTITY,
            needed=("project.quantity_method", ("planting",)),
            help=N_("Share of the planted area that establishes itself."),
        ),
    ] = None
    accrual_years: Annotated[
        int | None,
        Field(
            N_("Years of accrual"),
            "yr",
            minimum=1,
            maximum=100,
            group=_QUANTITY,
            offered=("project.quantity_method", ("planting",)),
            help=N_("For how many years a planted hectare earns; empty for no limit."),
        ),
    ] = None
    stated_unit: Annotated[
        CarbonUnit | None,
        Field(
            N_("Unit of the report"),
            group=_QUANTITY,
            needed=("project.quantity_method", ("stated",)),
            choices=(("tCO2e", N_("tonnes of CO₂")), ("tC", N_("tonnes of carbon"))),
            help=N_("1 t of carbon is 44/12 t of CO₂; read the report before you choose."),
        ),
    ] = None
    stated: Annotated[
        tuple[StatedLine, ...],
        Field(
            N_("Removals of the report"),
            group=_QUANTITY,
            needed=("project.quantity_method", ("stated",)),
            max_length=200,
        ),
    ] = ()
    site_area_ha: Annotated[
        float | None,
        Field(
            N_("Site area"),
            "ha",
            above=0,
            maximum=10**8,
            group=_QUANTITY,
            other_units=AREA_UNITS,
            help=N_("Used to check that the tonnes per hectare are plausible."),
        ),
    ] = None
    own_share: Annotated[
        float,
        Field(
            N_("Share of the right pledged"),
            "share",
            above=0,
            maximum=1,
            percent=True,
            group=_DEDUCTIONS,
            default_source=N_("the whole right"),
        ),
    ] = 1.0
