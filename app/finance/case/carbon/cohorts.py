"""Cohorts planted year by year: area, survival, growth, roots and the factors of AR-AM0014."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from app.finance.case.carbon.growth import (
    BiomassAtAge,
    GrowthBasis,
    PlantedCohort,
    PlotStratum,
    Roots,
    StemAtAge,
)
from app.finance.case.units import CARBON_DENSITY_UNITS, CARBON_RATE_UNITS
from app.finance.fields import Field
from app.finance.quantity import CO2_PER_C
from app.finance.text import N_

COHORT_METHODS = ("ar_am0014", "ccer_14_002", "ccer_14_003", "ccer_14_004")
"""Values of `project.quantity_method` that need this section."""


class Answer(StrEnum):
    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class SoilPool(StrEnum):
    COUNTED = "counted"
    LEFT_OUT = "left_out"


ANSWER_CHOICES = (("yes", N_("yes")), ("no", N_("no")), ("unknown", N_("not known")))
SOIL_RATE_UNITS = (("tCO2e/ha/yr", 1 / CO2_PER_C), *CARBON_DENSITY_UNITS)

_COHORTS = N_("Planted cohorts")
_GROWTH = N_("Growth of the stand")
_FACTORS = N_("Factors of AR-AM0014")
_APPLIES = N_("Whether AR-AM0014 applies")
_PLOTS = N_("Sample plots")
_METHOD = "project.quantity_method"
_AR = (_METHOD, ("ar_am0014",))
_BASIS = "project.cohorts.growth_basis"
_ROOTS = "project.cohorts.roots"


@dataclass(frozen=True)
class CohortPlan:
    """Cohorts that grow alike; what differs by species stands in the lines of the tables."""

    survival_share: Annotated[
        float,
        Field(
            N_("Survival"),
            "share",
            minimum=0,
            maximum=1,
            percent=True,
            group=_COHORTS,
            help=N_("Share of the planted area that establishes itself; a line may say its own."),
        ),
    ]
    growth_basis: Annotated[
        GrowthBasis,
        Field(
            N_("Growth from"),
            group=_GROWTH,
            choices=(
                ("biomass_table", N_("biomass at stand age")),
                ("dbh_table", N_("stem diameter at stand age")),
                ("biomass_curve", N_("Chapman-Richards curve of biomass")),
                ("dbh_curve", N_("Chapman-Richards curve of stem diameter")),
                ("rate", N_("constant yearly growth")),
            ),
            help=N_(
                "Stem diameter needs an equation of the species; marsh and seagrass take biomass "
                "at stand age."
            ),
        ),
    ]
    roots: Annotated[
        Roots,
        Field(
            N_("Roots from"),
            group=_GROWTH,
            choices=(
                ("tool14", N_("root-shoot function of AR-TOOL14")),
                ("ratio", N_("stated root-shoot ratio")),
                ("equation", N_("equation of the species, or the general one")),
                ("in_table", N_("their own column of the biomass table")),
                ("included", N_("already in the biomass given, or not counted")),
            ),
        ),
    ]
    plantings: Annotated[
        tuple[PlantedCohort, ...],
        Field(
            N_("Cohorts"),
            group=_COHORTS,
            needed=(_METHOD, COHORT_METHODS),
            max_length=200,
            help=N_("One line for each area planted in a calendar year with one species."),
        ),
    ] = ()
    trees_per_ha: Annotated[
        float | None,
        Field(
            N_("Trees on a hectare"),
            "trees/ha",
            minimum=0,
            maximum=10**6,
            group=_GROWTH,
            needed=(_BASIS, ("dbh_table", "dbh_curve")),
            help=N_("Trees that stand on an established hectare; survival is of the area."),
        ),
    ] = None
    biomass_by_age: Annotated[
        tuple[BiomassAtAge, ...],
        Field(
            N_("Biomass at stand age"),
            group=_GROWTH,
            needed=(_BASIS, ("biomass_table",)),
            max_length=200,
            help=N_("Stock of a hectare at each age; linear in between, from 0 at planting."),
        ),
    ] = ()
    dbh_by_age: Annotated[
        tuple[StemAtAge, ...],
        Field(
            N_("Stem diameter at stand age"),
            group=_GROWTH,
            needed=(_BASIS, ("dbh_table",)),
            max_length=200,
            help=N_("Mean tree at each age; its carbon is linear in between, from 0 at planting."),
        ),
    ] = ()
    curve_biomass_t_ha: Annotated[
        float | None,
        Field(
            N_("Biomass the curve tends to"),
            "tdm/ha",
            minimum=0,
            maximum=5000,
            group=_GROWTH,
            needed=(_BASIS, ("biomass_curve",)),
            help=N_("A of A × (1 − exp(−k × age))^p, dry biomass above ground on a hectare."),
        ),
    ] = None
    curve_dbh_cm: Annotated[
        float | None,
        Field(
            N_("Stem diameter the curve tends to"),
            "cm",
            minimum=0,
            maximum=300,
            group=_GROWTH,
            needed=(_BASIS, ("dbh_curve",)),
            help=N_("A of A × (1 − exp(−k × age))^p, diameter at breast height."),
        ),
    ] = None
    curve_rate_1_yr: Annotated[
        float | None,
        Field(
            N_("Rate of the curve"),
            "per yr",
            above=0,
            maximum=10,
            group=_GROWTH,
            needed=(_BASIS, ("biomass_curve", "dbh_curve")),
            help=N_("k of the curve, a year."),
        ),
    ] = None
    curve_shape: Annotated[
        float | None,
        Field(
            N_("Shape of the curve"),
            above=0,
            maximum=20,
            group=_GROWTH,
            needed=(_BASIS, ("biomass_curve", "dbh_curve")),
            help=N_("p of the curve, without unit."),
        ),
    ] = None
    rate_t_ha_yr: Annotated[
        float | None,
        Field(
            N_("Yearly growth"),
            "tdm/ha/yr",
            minimum=0,
            maximum=200,
            group=_GROWTH,
            needed=(_BASIS, ("rate",)),
            help=N_("Dry biomass above ground that a hectare puts on in a year."),
        ),
    ] = None
    rate_years: Annotated[
        int | None,
        Field(
            N_("Years of growth"),
            "yr",
            minimum=1,
            maximum=200,
            group=_GROWTH,
            needed=(_BASIS, ("rate",)),
            help=N_("Stand age after which the biomass stays as it is."),
        ),
    ] = None
    root_shoot_ratio: Annotated[
        float | None,
        Field(
            N_("Root-shoot ratio"),
            minimum=0,
            maximum=10,
            group=_GROWTH,
            needed=(_ROOTS, ("ratio",)),
            help=N_("Biomass of roots over biomass above ground."),
        ),
    ] = None
    carbon_fraction: Annotated[
        float | None,
        Field(
            N_("Carbon in dry biomass"),
            "tC/t",
            minimum=0,
            maximum=1,
            group=_FACTORS,
            offered=_AR,
            reference="ar_tool14.carbon_fraction",
        ),
    ] = None
    soil_pool: Annotated[
        SoilPool | None,
        Field(
            N_("Soil carbon"),
            group=_FACTORS,
            needed=_AR,
            choices=(("counted", N_("counted")), ("left_out", N_("left out"))),
            help=N_("An optional pool of AR-AM0014; to leave it out is conservative."),
        ),
    ] = None
    soil_rate_tc_ha_yr: Annotated[
        float | None,
        Field(
            N_("Soil carbon a year"),
            "tC/ha/yr",
            minimum=0,
            maximum=100,
            other_units=SOIL_RATE_UNITS,
            group=_FACTORS,
            offered=_AR,
            reference="ar_am0014.soil_rate",
        ),
    ] = None
    soil_years: Annotated[
        int | None,
        Field(
            N_("Years of soil carbon"),
            "yr",
            minimum=0,
            maximum=200,
            group=_FACTORS,
            offered=_AR,
            reference="ar_am0014.soil_years",
            help=N_("Years after planting in which soil carbon grows; then it stays."),
        ),
    ] = None
    baseline_tco2e_ha_yr: Annotated[
        float | None,
        Field(
            N_("Baseline a year"),
            "tCO2e/ha/yr",
            minimum=0,
            maximum=1000,
            other_units=CARBON_RATE_UNITS,
            group=_FACTORS,
            needed=_AR,
            help=N_(
                "What a hectare would take up without the project: trees, shrubs, dead wood "
                "(equation 1). AR-TOOL14 says when it may be 0."
            ),
        ),
    ] = None
    baseline_uncertainty_share: Annotated[
        float | None,
        Field(
            N_("Uncertainty of the baseline"),
            "share",
            minimum=0,
            maximum=10,
            percent=True,
            group=_FACTORS,
            offered=_AR,
            help=N_(
                "Half the 90% interval over the mean; above 10% the baseline is raised. Empty "
                "when the baseline does not come from samples."
            ),
        ),
    ] = None
    degraded_habitat: Annotated[
        Answer | None,
        Field(
            N_("The land is degraded mangrove habitat"),
            group=_APPLIES,
            needed=_AR,
            choices=ANSWER_CHOICES,
        ),
    ] = None
    mangrove_or_hydrology: Annotated[
        Answer | None,
        Field(
            N_("Over 90% is planted with mangrove species, or hydrology stays as it is"),
            group=_APPLIES,
            needed=_AR,
            choices=ANSWER_CHOICES,
        ),
    ] = None
    soil_disturbance_low: Annotated[
        Answer | None,
        Field(
            N_("Soil is disturbed on at most 10% of the area"),
            group=_APPLIES,
            needed=_AR,
            choices=ANSWER_CHOICES,
        ),
    ] = None
    plots: Annotated[
        tuple[PlotStratum, ...],
        Field(
            N_("Strata of sample plots"),
            group=_PLOTS,
            offered=_AR,
            max_length=100,
            help=N_(
                "Tree biomass as measured; its uncertainty takes the place of the stated "
                "discount. With several surveys the change between the last two counts."
            ),
        ),
    ] = ()
    t_value: Annotated[
        float | None,
        Field(
            N_("Student's t"),
            above=0,
            maximum=100,
            group=_PLOTS,
            offered=_AR,
            help=N_("Two-sided, 90%; empty for the one of plots less strata."),
        ),
    ] = None
