"""The insurance asked for: two covers and the loadings."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated

from app.finance.case.units import MAX_YUAN, MONEY_UNITS
from app.finance.fields import Field
from app.finance.text import N_


class CarbonHead(StrEnum):
    CARBON_VALUE = "carbon_value"
    RESTORATION_COST = "restoration_cost"
    CARBON_AND_RESTORATION = "carbon_and_restoration"
    SALE_FAILURE = "sale_failure"


class HarvestHead(StrEnum):
    HARVEST_VALUE = "harvest_value"
    FARMING_COST = "farming_cost"
    CARBON_AND_FARMING_COST = "carbon_and_farming_cost"


class InsuredUnit(StrEnum):
    TCO2E = "tCO2e"
    TONNE = "t"
    MU = "mu"
    HA = "ha"


_POLICY = N_("Policy")
_LOADINGS = N_("Loadings")
_CARBON_COVER = N_("Carbon-loss cover")
_HARVEST_COVER = N_("Harvest-loss cover")


@dataclass(frozen=True)
class CoverTerms:
    """What both covers have: insured quantity, loss model and terms."""

    quantity_unit: Annotated[
        InsuredUnit,
        Field(
            N_("Insured unit"),
            choices=(
                ("tCO2e", N_("t CO₂")),
                ("t", N_("t of harvest")),
                ("mu", N_("mu")),
                ("ha", N_("ha")),
            ),
        ),
    ]
    unit_value_yuan: Annotated[
        float, Field(N_("Agreed value of a unit"), "yuan", above=0, maximum=MAX_YUAN)
    ]
    events_per_year: Annotated[
        float,
        Field(
            N_("Loss events a year"),
            "events/yr",
            minimum=0,
            maximum=100,
            help=N_("Mean number of events that cause a loss, before the deductible."),
        ),
    ]
    mean_damage_share: Annotated[
        float,
        Field(
            N_("Mean damage of an event"),
            "share",
            above=0,
            maximum=1,
            percent=True,
            help=N_("Mean loss of one event as a share of the sum insured."),
        ),
    ]
    damage_cv: Annotated[
        float,
        Field(
            N_("Spread of the damage"),
            "sd/mean",
            minimum=0,
            maximum=10,
            help=N_("Standard deviation over mean of one event's loss; 0 for a fixed loss."),
        ),
    ]
    deductible_share: Annotated[
        float,
        Field(
            N_("Deductible, share of sum insured"),
            "share",
            minimum=0,
            maximum=1,
            percent=True,
            help=N_("Taken off each event's loss."),
        ),
    ]
    quantity: Annotated[
        float | None,
        Field(
            N_("Insured quantity"),
            "",
            above=0,
            maximum=10**12,
            help=N_("Empty: the tonnes of the first year of this case are insured."),
        ),
    ] = None
    event_limit_yuan: Annotated[
        float | None,
        Field(
            N_("Limit for an event"),
            "yuan",
            above=0,
            maximum=MAX_YUAN,
            other_units=MONEY_UNITS,
            help=N_("Empty: no limit but the sum insured."),
        ),
    ] = None
    perils: Annotated[str, Field(N_("Perils"), max_length=300)] = ""


@dataclass(frozen=True)
class CarbonCover(CoverTerms):
    head: Annotated[
        CarbonHead,
        Field(
            N_("Head of cover"),
            choices=(
                ("carbon_value", N_("carbon value")),
                ("restoration_cost", N_("restoration cost")),
                ("carbon_and_restoration", N_("carbon value and restoration cost")),
                ("sale_failure", N_("failure of a sale")),
            ),
            default_source=N_("the usual head"),
        ),
    ] = CarbonHead.CARBON_VALUE


@dataclass(frozen=True)
class HarvestCover(CoverTerms):
    head: Annotated[
        HarvestHead,
        Field(
            N_("Head of cover"),
            choices=(
                ("harvest_value", N_("harvest value")),
                ("farming_cost", N_("farming cost")),
                ("carbon_and_farming_cost", N_("carbon value and farming cost")),
            ),
            default_source=N_("the usual head"),
        ),
    ] = HarvestHead.HARVEST_VALUE


@dataclass(frozen=True)
class Insurance:
    period_start: Annotated[date, Field(N_("Cover starts"), group=_POLICY)]
    period_months: Annotated[
        int, Field(N_("Period"), "month", minimum=1, maximum=120, group=_POLICY)
    ]
    risk_load_factor: Annotated[
        float,
        Field(
            N_("Risk loading"),
            "x sd",
            minimum=0,
            maximum=10,
            group=_LOADINGS,
            help=N_("Multiple of the standard deviation of the year's loss."),
        ),
    ]
    fixed_expense_yuan: Annotated[
        float,
        Field(N_("Fixed expense of a cover"), "yuan", minimum=0, maximum=MAX_YUAN, group=_LOADINGS),
    ]
    variable_expense_share: Annotated[
        float,
        Field(
            N_("Variable expense"),
            "share",
            minimum=0,
            maximum=0.95,
            percent=True,
            group=_LOADINGS,
            help=N_("Share of the gross premium, like the three lines below."),
        ),
    ]
    commission_share: Annotated[
        float,
        Field(N_("Commission"), "share", minimum=0, maximum=0.95, percent=True, group=_LOADINGS),
    ]
    profit_share: Annotated[
        float,
        Field(N_("Profit margin"), "share", minimum=0, maximum=0.95, percent=True, group=_LOADINGS),
    ]
    tax_share: Annotated[
        float,
        Field(
            N_("Tax on premium"), "share", minimum=0, maximum=0.95, percent=True, group=_LOADINGS
        ),
    ]
    insurer: Annotated[str, Field(N_("Insurer"), max_length=200, group=_POLICY)] = ""
    insured: Annotated[str, Field(N_("Insured"), max_length=200, group=_POLICY)] = ""
    first_beneficiary: Annotated[
        str,
        Field(
            N_("First beneficiary"),
            max_length=200,
            group=_POLICY,
            help=N_("Usually the lender, when the policy is assigned."),
        ),
    ] = ""
    carbon_cover: Annotated[CarbonCover | None, Field(_CARBON_COVER, group=_CARBON_COVER)] = None
    harvest_cover: Annotated[HarvestCover | None, Field(_HARVEST_COVER, group=_HARVEST_COVER)] = (
        None
    )
