"""The appraisal: price, discounting, costs and forced sale."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated

from app.finance.case.units import MAX_YUAN, MONEY_UNITS
from app.finance.fields import Field
from app.finance.text import N_


class GrowthStart(StrEnum):
    YEAR_1 = "year_1"
    YEAR_2 = "year_2"


class Timing(StrEnum):
    END_YEAR = "end_year"
    MID_YEAR = "mid_year"


_PRICE = N_("Price")
_DISCOUNTING = N_("Discounting")
_COSTS = N_("Costs")
_DISPOSAL = N_("Forced sale")


@dataclass(frozen=True)
class Appraisal:
    valuation_date: Annotated[
        date, Field(N_("Valuation date"), group=_PRICE, help=N_("Date the value refers to."))
    ]
    price_yuan_t: Annotated[
        float,
        Field(
            N_("Carbon price"),
            "yuan/t",
            minimum=0,
            maximum=10**6,
            group=_PRICE,
            help=N_("Price of one credit on the valuation date."),
        ),
    ]
    price_growth: Annotated[
        float,
        Field(N_("Price growth"), "1/yr", minimum=-0.5, maximum=0.5, percent=True, group=_PRICE),
    ]
    horizon_years: Annotated[
        int,
        Field(
            N_("Horizon"),
            "yr",
            minimum=1,
            maximum=100,
            group=_DISCOUNTING,
            help=N_("Years valued at most; an earlier end of a right shortens it."),
        ),
    ]
    discount_rate: Annotated[
        float,
        Field(
            N_("Discount rate"),
            "1/yr",
            above=-0.5,
            maximum=1,
            percent=True,
            group=_DISCOUNTING,
            help=N_("Nominal, after tax, in yuan, like the cash flow."),
        ),
    ]
    transaction_fee_share: Annotated[
        float,
        Field(
            N_("Transaction fee"),
            "share",
            minimum=0,
            maximum=1,
            percent=True,
            group=_COSTS,
            help=N_("Share of the revenue kept by exchange and registry."),
        ),
    ]
    monitoring_cost_yuan_yr: Annotated[
        float,
        Field(
            N_("Monitoring"),
            "yuan/yr",
            minimum=0,
            maximum=MAX_YUAN,
            group=_COSTS,
            other_units=MONEY_UNITS,
        ),
    ]
    verification_cost_yuan: Annotated[
        float,
        Field(
            N_("Verification, each time"),
            "yuan",
            minimum=0,
            maximum=MAX_YUAN,
            group=_COSTS,
            other_units=MONEY_UNITS,
        ),
    ]
    operating_cost_yuan_yr: Annotated[
        float,
        Field(
            N_("Operation and maintenance"),
            "yuan/yr",
            minimum=0,
            maximum=MAX_YUAN,
            group=_COSTS,
            other_units=MONEY_UNITS,
        ),
    ]
    benefit_share: Annotated[
        float,
        Field(
            N_("Community share"),
            "share",
            minimum=0,
            maximum=1,
            percent=True,
            group=_COSTS,
            help=N_("Share of the revenue paid to landowners or the community."),
        ),
    ]
    tax_share: Annotated[
        float,
        Field(
            N_("Taxes on revenue"),
            "share",
            minimum=0,
            maximum=1,
            percent=True,
            group=_COSTS,
            help=N_("Value-added tax, surcharges and income tax, as a share of the revenue."),
        ),
    ]
    liquidation_discount: Annotated[
        float,
        Field(
            N_("Forced-sale discount"),
            "share",
            minimum=0,
            maximum=1,
            percent=True,
            group=_DISPOSAL,
        ),
    ]
    disposal_cost_share: Annotated[
        float,
        Field(N_("Cost of disposal"), "share", minimum=0, maximum=1, percent=True, group=_DISPOSAL),
    ]
    months_to_sell: Annotated[
        int, Field(N_("Time to sell"), "month", minimum=0, maximum=120, group=_DISPOSAL)
    ]
    growth_start: Annotated[
        GrowthStart,
        Field(
            N_("First growth step"),
            group=_PRICE,
            choices=(
                ("year_2", N_("year 2: the first year sells at today's price")),
                ("year_1", N_("year 1: the first year has grown once")),
            ),
            default_source=N_("house convention: no growth before the first sale"),
        ),
    ] = GrowthStart.YEAR_2
    timing: Annotated[
        Timing,
        Field(
            N_("Cash flow falls"),
            group=_DISCOUNTING,
            choices=(
                ("mid_year", N_("in the middle of the year")),
                ("end_year", N_("at year end")),
            ),
            default_source=N_("house convention: income arrives over the year"),
        ),
    ] = Timing.MID_YEAR
    verification_interval_years: Annotated[
        int,
        Field(
            N_("Years between verifications"),
            "yr",
            minimum=1,
            maximum=20,
            group=_COSTS,
            help=N_("Credits are issued and sold in the year of a verification."),
            default_source=N_("house convention: yearly verification"),
        ),
    ] = 1
    cost_share_of_revenue: Annotated[
        float,
        Field(
            N_("Other costs, share of revenue"),
            "share",
            minimum=0,
            maximum=1,
            percent=True,
            group=_COSTS,
            default_source=N_("no such cost"),
        ),
    ] = 0.0
    initial_cost_yuan: Annotated[
        float,
        Field(
            N_("Registration and other cost at the start"),
            "yuan",
            minimum=0,
            maximum=MAX_YUAN,
            group=_COSTS,
            other_units=MONEY_UNITS,
            default_source=N_("no such cost"),
        ),
    ] = 0.0
