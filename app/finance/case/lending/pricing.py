"""Interest rate of the loan: fixed, or floating on the loan prime rate."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated

from app.finance.fields import Field
from app.finance.text import N_

PRICING = N_("Interest rate")


class RateKind(StrEnum):
    FIXED = "fixed"
    FLOATING = "floating"


class LprTenor(StrEnum):
    ONE_YEAR = "1y"
    FIVE_YEARS = "5y"


class Repricing(StrEnum):
    NEW_YEAR = "new_year"
    ANNIVERSARY = "anniversary"
    QUARTERLY = "quarterly"
    MONTHLY = "monthly"


@dataclass(frozen=True)
class LprLine:
    """Loan prime rate as published on one day."""

    day: Annotated[date, Field(N_("Published on"))]
    one_year: Annotated[
        float | None,
        Field(N_("1 year"), "1/yr", minimum=0, maximum=1, percent=True),
    ] = None
    five_years: Annotated[
        float | None,
        Field(N_("5 years and more"), "1/yr", minimum=0, maximum=1, percent=True),
    ] = None


@dataclass(frozen=True, kw_only=True)
class PricingInputs:
    """The rate of the contract and how it follows the loan prime rate."""

    rate_kind: Annotated[
        RateKind,
        Field(
            N_("Kind of rate"),
            group=PRICING,
            choices=(("fixed", N_("fixed")), ("floating", N_("floating on the LPR"))),
            default_source=N_("house convention: fixed"),
        ),
    ] = RateKind.FIXED
    annual_rate: Annotated[
        float | None,
        Field(
            N_("Interest rate"),
            "1/yr",
            minimum=0,
            maximum=1,
            percent=True,
            group=PRICING,
            needed=("loan.rate_kind", ("fixed",)),
        ),
    ] = None
    lpr_tenor: Annotated[
        LprTenor,
        Field(
            N_("LPR of"),
            group=PRICING,
            offered=("loan.rate_kind", ("floating",)),
            choices=(("1y", N_("1 year")), ("5y", N_("5 years and more"))),
            default_source=N_("house convention: 1 year"),
        ),
    ] = LprTenor.ONE_YEAR
    margin_bp: Annotated[
        float | None,
        Field(
            N_("Margin over the LPR"),
            "bp",
            minimum=-2000,
            maximum=5000,
            group=PRICING,
            needed=("loan.rate_kind", ("floating",)),
            help=N_("Basis points, 100 of them are 1 %; they stay for the life of the loan."),
        ),
    ] = None
    repricing: Annotated[
        Repricing,
        Field(
            N_("Repriced"),
            group=PRICING,
            offered=("loan.rate_kind", ("floating",)),
            choices=(
                ("new_year", N_("yearly on 1 January")),
                ("anniversary", N_("yearly on the day of drawdown")),
                ("quarterly", N_("every three months from drawdown")),
                ("monthly", N_("every month from drawdown")),
            ),
            default_source=N_("house convention: yearly on the day of drawdown"),
        ),
    ] = Repricing.ANNIVERSARY
    lpr: Annotated[
        tuple[LprLine, ...],
        Field(
            N_("Published LPR"),
            group=PRICING,
            max_length=400,
            needed=("loan.rate_kind", ("floating",)),
            help=N_("The last rate published before a day of repricing counts; after the last "
                    "line it stays as it is."),
        ),
    ] = ()  # fmt: skip
    pricing_note: Annotated[
        str,
        Field(
            N_("Pricing reference"),
            max_length=200,
            group=PRICING,
            help=N_("Reference rate with its date and the margin, as it will be printed."),
        ),
    ] = ""
