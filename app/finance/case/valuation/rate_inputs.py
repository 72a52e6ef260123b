"""Inputs of the discounting: horizon, rate, real or nominal, when the cash flow falls."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from app.finance.case.valuation.rate import (
    RATE_CHOICES,
    TERMS_CHOICES,
    BuildUp,
    CapitalCost,
    MoneyTerms,
    RateBasis,
)
from app.finance.fields import Field
from app.finance.text import N_


class Timing(StrEnum):
    END_YEAR = "end_year"
    MID_YEAR = "mid_year"
    EXACT_DATES = "exact_dates"


_DISCOUNTING = N_("Discounting")


@dataclass(frozen=True, kw_only=True)
class RateInputs:
    """How long the right is valued and how its cash flow is discounted."""

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
    rate_basis: Annotated[
        RateBasis,
        Field(
            N_("Discount rate from"),
            group=_DISCOUNTING,
            choices=RATE_CHOICES,
            default_source=N_("house convention: a stated rate"),
        ),
    ] = RateBasis.STATED
    discount_rate: Annotated[
        float | None,
        Field(
            N_("Discount rate"),
            "1/yr",
            above=-0.5,
            maximum=1,
            percent=True,
            group=_DISCOUNTING,
            needed=("appraisal.rate_basis", ("stated",)),
            help=N_("After tax and in the currency of the cash flow."),
        ),
    ] = None
    build_up: Annotated[
        BuildUp | None,
        Field(
            N_("Built-up rate"),
            needed=("appraisal.rate_basis", ("build_up",)),
            help=N_("Risk-free rate and premiums; each needs a reason in its provenance."),
        ),
    ] = None
    capital_cost: Annotated[
        CapitalCost | None,
        Field(N_("Cost of capital"), needed=("appraisal.rate_basis", ("capm", "wacc"))),
    ] = None
    rate_terms: Annotated[
        MoneyTerms,
        Field(
            N_("Discount rate is"),
            group=_DISCOUNTING,
            choices=TERMS_CHOICES,
            default_source=N_("house convention: nominal"),
        ),
    ] = MoneyTerms.NOMINAL
    flow_terms: Annotated[
        MoneyTerms,
        Field(
            N_("Cash flow is"),
            group=_DISCOUNTING,
            choices=TERMS_CHOICES,
            help=N_("Real: in the money of the valuation date."),
            default_source=N_("house convention: nominal"),
        ),
    ] = MoneyTerms.NOMINAL
    inflation: Annotated[
        float | None,
        Field(
            N_("Inflation"),
            "1/yr",
            above=-0.5,
            maximum=1,
            percent=True,
            group=_DISCOUNTING,
            help=N_("Turns a real rate into a nominal one or back when the two lines differ."),
        ),
    ] = None
    perpetual: Annotated[
        bool,
        Field(
            N_("The last year goes on for ever"),
            group=_DISCOUNTING,
            help=N_("Only for a right without an end; growth must stay below the discount rate."),
            default_source=N_("house convention: a right ends"),
        ),
    ] = False
    timing: Annotated[
        Timing,
        Field(
            N_("Cash flow falls"),
            group=_DISCOUNTING,
            choices=(
                ("mid_year", N_("in the middle of the year")),
                ("end_year", N_("at year end")),
                ("exact_dates", N_("on its day: days over 365")),
            ),
            offered=("appraisal.income_method", ("cash_flow",)),
            default_source=N_("house convention: income arrives over the year"),
        ),
    ] = Timing.MID_YEAR
