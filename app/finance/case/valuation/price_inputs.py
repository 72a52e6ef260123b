"""Inputs of the price: the date, the price of that day, its evidence, how it goes on."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated

from app.finance.case.valuation.cost_tool import INCOME_CHOICES, IncomeMethod
from app.finance.case.valuation.curve import (
    COMPOUNDING_CHOICES,
    CURVE_CHOICES,
    Compounding,
    CurveKind,
    CurvePoint,
    ForwardQuote,
)
from app.finance.case.valuation.evidence import PriceEvidence
from app.finance.fields import Field
from app.finance.text import N_


class GrowthStart(StrEnum):
    YEAR_1 = "year_1"
    YEAR_2 = "year_2"


class PriceBasis(StrEnum):
    STATED = "stated"
    EVIDENCE = "evidence"


_PRICE = N_("Price")


@dataclass(frozen=True, kw_only=True)
class PriceInputs:
    """The price of the valuation date and its curve."""

    valuation_date: Annotated[
        date, Field(N_("Valuation date"), group=_PRICE, help=N_("Date the value refers to."))
    ]
    income_method: Annotated[
        IncomeMethod,
        Field(
            N_("Income approach"),
            group=_PRICE,
            choices=INCOME_CHOICES,
            default_source=N_("house convention: cash flow of the right"),
        ),
    ] = IncomeMethod.CASH_FLOW
    price_basis: Annotated[
        PriceBasis,
        Field(
            N_("Carbon price from"),
            group=_PRICE,
            choices=(
                ("stated", N_("the figure below")),
                ("evidence", N_("the conclusion of the price evidence")),
            ),
            offered=("appraisal.income_method", ("cash_flow",)),
            default_source=N_("house convention: a stated price"),
        ),
    ] = PriceBasis.STATED
    price_yuan_t: Annotated[
        float | None,
        Field(
            N_("Carbon price"),
            "yuan/t",
            minimum=0,
            maximum=10**6,
            group=_PRICE,
            needed=("appraisal.price_basis", ("stated",)),
            help=N_("Price of one credit on the valuation date."),
        ),
    ] = None
    evidence: Annotated[
        PriceEvidence | None,
        Field(
            N_("Price evidence"),
            group=_PRICE,
            help=N_("Comparable deals, adjusted to this right and this day."),
        ),
    ] = None
    price_curve: Annotated[
        CurveKind,
        Field(
            N_("Price curve"),
            group=_PRICE,
            choices=CURVE_CHOICES,
            offered=("appraisal.income_method", ("cash_flow",)),
            default_source=N_("house convention: grows at one rate"),
        ),
    ] = CurveKind.GROWTH
    curve_points: Annotated[
        tuple[CurvePoint, ...],
        Field(
            N_("Prices by year"),
            group=_PRICE,
            max_length=200,
            needed=("appraisal.price_curve", ("table",)),
            help=N_("Between two years prices run in a straight line; beyond the last they stay."),
        ),
    ] = ()
    carry_rate: Annotated[
        float | None,
        Field(
            N_("Cost of carry"),
            "1/yr",
            minimum=-0.5,
            maximum=1,
            percent=True,
            group=_PRICE,
            needed=("appraisal.price_curve", ("carry",)),
            help=N_("F = S e^(bT), or S (1 + bT) when simple."),
        ),
    ] = None
    carry_compounding: Annotated[
        Compounding,
        Field(
            N_("Compounding of the carry"),
            group=_PRICE,
            choices=COMPOUNDING_CHOICES,
            offered=("appraisal.price_curve", ("carry",)),
            default_source=N_("house convention: continuous"),
        ),
    ] = Compounding.CONTINUOUS
    forward_quotes: Annotated[
        tuple[ForwardQuote, ...],
        Field(
            N_("Forward quotes"),
            group=_PRICE,
            max_length=200,
            needed=("appraisal.price_curve", ("forward",)),
            help=N_("Between two deliveries prices run in a straight line."),
        ),
    ] = ()
    price_growth: Annotated[
        float | None,
        Field(
            N_("Price growth"),
            "1/yr",
            minimum=-0.5,
            maximum=0.5,
            percent=True,
            group=_PRICE,
            needed=("appraisal.price_curve", ("growth",)),
        ),
    ] = None
    growth_start: Annotated[
        GrowthStart,
        Field(
            N_("First growth step"),
            group=_PRICE,
            offered=("appraisal.price_curve", ("growth",)),
            choices=(
                ("year_2", N_("year 2: the first year sells at today's price")),
                ("year_1", N_("year 1: the first year has grown once")),
            ),
            default_source=N_("house convention: no growth before the first sale"),
        ),
    ] = GrowthStart.YEAR_2
