"""Strata of a VM0033 project: area, wetland, soil, salinity and what was measured there."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from app.finance.case.units import AREA_UNITS
from app.finance.fields import Field
from app.finance.text import N_


class WetlandKind(StrEnum):
    MANGROVE = "mangrove"
    MARSH = "marsh"
    SEAGRASS = "seagrass"
    OPEN_WATER = "open_water"


class SoilKind(StrEnum):
    MINERAL = "mineral"
    ORGANIC = "organic"


class SoilPath(StrEnum):
    """Where the soil carbon of a stratum comes from."""

    DEFAULT = "default"
    RATE = "rate"
    STOCK_CHANGE = "stock_change"
    NONE = "none"


class NitrogenSource(StrEnum):
    """Whether waste water or fertilised land drains straight into the area."""

    ABSENT = "absent"
    PRESENT = "present"


WETLAND_CHOICES = (
    ("mangrove", N_("mangrove")),
    ("marsh", N_("tidal marsh")),
    ("seagrass", N_("seagrass meadow")),
    ("open_water", N_("open water")),
)
SOIL_CHOICES = (("mineral", N_("mineral")), ("organic", N_("organic")))
SOIL_PATH_CHOICES = (
    ("default", N_("default rate by cover")),
    ("rate", N_("published or measured rate")),
    ("stock_change", N_("measured stocks at two dates")),
    ("none", N_("not claimed")),
)
NITROGEN_CHOICES = (("absent", N_("no")), ("present", N_("yes")))

_STOCK_RANGE = 10_000.0
_RATE_RANGE = 100.0


@dataclass(frozen=True)
class Vm0033Stratum:
    """One stratum: restored in one calendar year, counted from the following year on."""

    name: Annotated[str, Field(N_("Stratum"), min_length=1, max_length=60)]
    year: Annotated[
        int,
        Field(
            N_("Year restored"),
            minimum=1990,
            maximum=2200,
            help=N_("The stratum counts from the following year on."),
        ),
    ]
    area_ha: Annotated[
        float, Field(N_("Area"), "ha", minimum=0, maximum=10**7, other_units=AREA_UNITS)
    ]
    wetland: Annotated[WetlandKind, Field(N_("Wetland"), choices=WETLAND_CHOICES)]
    soil: Annotated[
        SoilKind,
        Field(
            N_("Soil"),
            choices=SOIL_CHOICES,
            help=N_("Organic when the organic layer on top is thicker than 10 cm."),
        ),
    ]
    cover_share: Annotated[
        float,
        Field(
            N_("Vegetation cover"),
            "share",
            minimum=0,
            maximum=1,
            percent=True,
            help=N_("Crown or vegetation cover; below 15% the default soil rate counts as zero."),
        ),
    ]
    soil_path: Annotated[
        SoilPath,
        Field(
            N_("Soil carbon from"),
            choices=SOIL_PATH_CHOICES,
            help=N_("The default is for marsh and mangrove without published data of their own."),
        ),
    ]
    salinity_ppt: Annotated[
        float | None,
        Field(
            N_("Salinity"),
            "ppt",
            minimum=0,
            maximum=100,
            help=N_("Needed for methane and nitrous oxide by default factors."),
        ),
    ] = None
    last_year: Annotated[
        int | None,
        Field(
            N_("Last year counted"),
            minimum=1990,
            maximum=2200,
            help=N_("Empty when the stratum stays to the end of the plan."),
        ),
    ] = None
    soil_rate_tc_ha_yr: Annotated[
        float | None,
        Field(
            N_("Soil carbon gain"),
            "tC/ha/yr",
            minimum=-_RATE_RANGE,
            maximum=_RATE_RANGE,
            help=N_("Published, modelled or measured; before the allochthonous deduction."),
        ),
    ] = None
    soil_stock_before_tc_ha: Annotated[
        float | None,
        Field(N_("Soil stock at the first date"), "tC/ha", minimum=0, maximum=_STOCK_RANGE),
    ] = None
    soil_stock_after_tc_ha: Annotated[
        float | None,
        Field(N_("Soil stock at the second date"), "tC/ha", minimum=0, maximum=_STOCK_RANGE),
    ] = None
    stock_interval_years: Annotated[
        float | None,
        Field(N_("Years between the two dates"), "yr", above=0, maximum=100),
    ] = None
    allochthonous_share: Annotated[
        float | None,
        Field(
            N_("Allochthonous share"),
            "share",
            minimum=0,
            maximum=1,
            percent=True,
            help=N_("Share of the soil carbon gained that came from outside the project area."),
        ),
    ] = None
    soil_carbon_share: Annotated[
        float | None,
        Field(
            N_("Organic carbon of the soil"),
            "share",
            above=0,
            maximum=1,
            percent=True,
            help=N_("By mass, of the layer formed since the start; for the allochthonous share."),
        ),
    ] = None
    soil_organic_matter_share: Annotated[
        float | None,
        Field(
            N_("Organic matter of the soil"),
            "share",
            above=0,
            maximum=1,
            percent=True,
            help=N_("By loss on ignition; empty to take it from the organic carbon."),
        ),
    ] = None
    nitrogen_source: Annotated[
        NitrogenSource | None,
        Field(
            N_("Nitrogen drains in"),
            choices=NITROGEN_CHOICES,
            help=N_("Waste water or fertilised land drains in: no default for nitrous oxide."),
        ),
    ] = None
    ch4_t_ha_yr: Annotated[
        float | None,
        Field(
            N_("Methane given off"),
            "tCH4/ha/yr",
            minimum=0,
            maximum=10,
            help=N_("Measured or published; needed up to 18 ppt, where no default exists."),
        ),
    ] = None
    n2o_t_ha_yr: Annotated[
        float | None,
        Field(
            N_("Nitrous oxide given off"),
            "tN2O/ha/yr",
            minimum=0,
            maximum=1,
            help=N_("Measured or published; empty for the default of the salinity."),
        ),
    ] = None
    herb_cover_before_share: Annotated[
        float | None,
        Field(
            N_("Herbaceous cover before"),
            "share",
            minimum=0,
            maximum=1,
            percent=True,
            help=N_("When herbs are claimed, the baseline must be given as well."),
        ),
    ] = None
    herb_cover_after_share: Annotated[
        float | None,
        Field(
            N_("Herbaceous cover after"),
            "share",
            minimum=0,
            maximum=1,
            percent=True,
            help=N_("Counts once, in the first year of the stratum; not beside AR-TOOL14."),
        ),
    ] = None
    baseline_ch4_t_ha_yr: Annotated[
        float | None,
        Field(
            N_("Methane of the baseline"),
            "tCH4/ha/yr",
            minimum=0,
            maximum=10,
            help=N_("Measured or published; empty leaves baseline methane out."),
        ),
    ] = None
    baseline_salinity_ppt: Annotated[
        float | None,
        Field(
            N_("Salinity of the baseline"),
            "ppt",
            minimum=0,
            maximum=100,
            help=N_("Above 18 ppt, to claim baseline methane by the default factor."),
        ),
    ] = None
    baseline_soil_loss_tc_ha_yr: Annotated[
        float | None,
        Field(
            N_("Soil carbon loss of the baseline"),
            "tC/ha/yr",
            minimum=0,
            maximum=_RATE_RANGE,
            help=N_("What drained soil would go on losing without the project."),
        ),
    ] = None
    depletion_years: Annotated[
        int | None,
        Field(
            N_("Years until the soil is depleted"),
            "yr",
            minimum=0,
            maximum=100,
            help=N_(
                "Whole years from the restoration: stock over loss a year; 5 for eroded soil, "
                "0 when drained more than 20 years before."
            ),
        ),
    ] = None
    uncertainty_share: Annotated[
        float | None,
        Field(
            N_("Uncertainty of the stratum"),
            "share",
            minimum=0,
            maximum=10,
            percent=True,
            help=N_("Half-width of the confidence interval over the mean; 0 where conservative."),
        ),
    ] = None
