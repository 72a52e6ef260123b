"""CCER-14-002, 14-003 and 14-004: whether the method applies, and each number it needs.

The bodies of the methods were not seen when this was written, so that no number has a default.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated

from app.finance.case.carbon.cohorts import ANSWER_CHOICES, SOIL_RATE_UNITS, Answer, CohortPlan
from app.finance.case.problems import Problem
from app.finance.case.units import CARBON_RATE_UNITS
from app.finance.fields import Field
from app.finance.text import N_

CCER_METHODS = ("ccer_14_002", "ccer_14_003", "ccer_14_004")
"""Values of `project.quantity_method` that need this section."""


class SiteKind(StrEnum):
    BARE_FLAT = "bare_flat"
    RETIRED_POND = "retired_pond"
    CLEARED_FLAT = "cleared_flat"
    OTHER = "other"


_APPLIES = N_("Whether the CCER method applies")
_NUMBERS = N_("Numbers of the CCER method")
_TITLES = N_("Titles")
_METHOD = "project.quantity_method"


@dataclass(frozen=True)
class TitleHolder:
    """One owner of sea-area or land title in the project."""

    name: Annotated[str, Field(N_("Owner"), min_length=1, max_length=200)]
    title_end: Annotated[
        date,
        Field(
            N_("Title ends"),
            help=N_(
                "Last day of the sea-area use right or the land title; not a hoped-for renewal."
            ),
        ),
    ]


@dataclass(frozen=True)
class Ccer:
    """What the CCER methods need beside the planted cohorts."""

    carbon_fraction: Annotated[
        float,
        Field(
            N_("Carbon in dry biomass"),
            "tC/t",
            minimum=0,
            maximum=1,
            group=_NUMBERS,
            help=N_("Look it up in the method: carbon content of biomass, with the pools."),
        ),
    ]
    soil_rate_tc_ha_yr: Annotated[
        float,
        Field(
            N_("Soil carbon a year"),
            "tC/ha/yr",
            minimum=0,
            maximum=100,
            other_units=SOIL_RATE_UNITS,
            group=_NUMBERS,
            help=N_(
                "Look it up in the method: yearly change of soil organic carbon in the project "
                "scenario; 0 when the pool is left out."
            ),
        ),
    ]
    soil_years: Annotated[
        int,
        Field(
            N_("Years of soil carbon"),
            "yr",
            minimum=0,
            maximum=200,
            group=_NUMBERS,
            help=N_("Look it up in the method: for how many years after planting the rate holds."),
        ),
    ]
    baseline_tco2e_ha_yr: Annotated[
        float,
        Field(
            N_("Baseline a year"),
            "tCO2e/ha/yr",
            minimum=0,
            maximum=1000,
            other_units=CARBON_RATE_UNITS,
            group=_NUMBERS,
            help=N_(
                "Look it up in the method: removals of the baseline scenario, which the method "
                "prescribes."
            ),
        ),
    ]
    risk_deduction_share: Annotated[
        float,
        Field(
            N_("Risk deduction K_RISK"),
            "share",
            minimum=0,
            maximum=1,
            percent=True,
            group=_NUMBERS,
            help=N_(
                "Look it up in the method: deduction for the risk of non-permanence in the "
                "formula of the project's removals."
            ),
        ),
    ]
    site_kind: Annotated[
        SiteKind | None,
        Field(
            N_("Site before planting"),
            group=_APPLIES,
            needed=(_METHOD, ("ccer_14_002", "ccer_14_003")),
            choices=(
                ("bare_flat", N_("bare tidal flat without vegetation")),
                ("retired_pond", N_("retired aquaculture pond")),
                ("cleared_flat", N_("occupied tidal flat that was cleared")),
                ("other", N_("other")),
            ),
            help=N_(
                "CCER-14-002 takes bare flats and retired ponds, CCER-14-003 bare flats and "
                "cleared ones."
            ),
        ),
    ] = None
    built_by_planting: Annotated[
        Answer | None,
        Field(
            N_("The vegetation is built by planting"),
            group=_APPLIES,
            needed=(_METHOD, ("ccer_14_002",)),
            choices=ANSWER_CHOICES,
        ),
    ] = None
    title_document: Annotated[
        Answer | None,
        Field(
            N_("Sea-area or land title is clear, by a document of a county authority or higher"),
            group=_APPLIES,
            needed=(_METHOD, ("ccer_14_002",)),
            choices=ANSWER_CHOICES,
        ),
    ] = None
    vegetation_cover_share: Annotated[
        float | None,
        Field(
            N_("Vegetation cover before planting"),
            "share",
            minimum=0,
            maximum=1,
            percent=True,
            group=_APPLIES,
            needed=(_METHOD, ("ccer_14_003",)),
            help=N_("CCER-14-003 takes sites with a cover below 5%."),
        ),
    ] = None
    owners: Annotated[
        tuple[TitleHolder, ...],
        Field(
            N_("Owners"),
            group=_TITLES,
            max_length=200,
            help=N_(
                "Every owner of title in the project: when one loses it, the crediting period "
                "of all ends. Mangrove, marsh and seagrass of one province may be filed as one "
                "project; each kind is computed by itself."
            ),
        ),
    ] = ()


def earliest_title_end(ccer: Ccer) -> tuple[int, date] | None:
    """Return place and day of the title that ends first; None when no owners are listed.

    The crediting period ends when any owner loses title. Source: notice of the Ministry of
    Ecology and Environment on the filing of CCER projects of mangrove, marsh and seagrass.
    """
    ends = [(holder.title_end, place) for place, holder in enumerate(ccer.owners)]
    if not ends:
        return None
    end, place = min(ends)
    return place, end


def check_ccer(ccer: Ccer, plan: CohortPlan | None) -> list[Problem]:
    """Return titles that end before the first cohort is planted."""
    if plan is None or not plan.plantings:
        return []
    first = min(row.year for row in plan.plantings)
    return [
        Problem(
            f"project.ccer.owners.{number}.title_end",
            "before_start",
            holder.title_end,
            {"start": first},
        )
        for number, holder in enumerate(ccer.owners)
        if holder.title_end.year < first
    ]
