"""An index cover: what is measured where, when it pays, on what history it is priced."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated

from app.finance.case.cover.heads import UNIT_CHOICES, InsuredUnit
from app.finance.case.cover.index_tables import (
    BandLine,
    GapLine,
    ReadingLine,
    TriggerLine,
    YearLossLine,
)
from app.finance.case.cover.perils import MAX_EVENTS_YR
from app.finance.case.units import MAX_YUAN
from app.finance.fields import Field
from app.finance.text import N_

COVER = N_("Cover")
TRIGGERS = N_("Triggers and payout")
DATA = N_("Data and calculation")
HISTORY = N_("History of the index")
FITTED = N_("Fitted model")
BASIS = N_("Basis risk")


class EventsPaid(StrEnum):
    LARGEST = "largest"
    FIRST = "first"
    EVERY = "every"


class Combined(StrEnum):
    HIGHEST = "highest"
    SUM = "sum"


class StationRule(StrEnum):
    HIGHEST = "highest"
    MEAN = "mean"
    FIRST = "first"


class IndexPricing(StrEnum):
    BURN = "burn"
    FITTED = "fitted"


class Excess(StrEnum):
    EXPONENTIAL = "exponential"
    GPD = "gpd"


@dataclass(frozen=True, kw_only=True)
class IndexCover:
    """A cover that pays by a measured index, not by a survey of the loss."""

    quantity: Annotated[
        float, Field(N_("Insured quantity"), "", above=0, maximum=10**12, group=COVER)
    ]
    quantity_unit: Annotated[
        InsuredUnit,
        Field(N_("Insured unit"), group=COVER, choices=UNIT_CHOICES),
    ]
    unit_value_yuan: Annotated[
        float,
        Field(N_("Agreed value of a unit"), "yuan", above=0, maximum=MAX_YUAN, group=COVER),
    ]
    season_start: Annotated[
        date,
        Field(N_("Season starts"), group=COVER, help=N_("First day on which the index counts.")),
    ]
    season_end: Annotated[
        date,
        Field(N_("Season ends"), group=COVER, help=N_("Last day on which the index counts.")),
    ]
    product: Annotated[str, Field(N_("Product or clause"), max_length=200, group=COVER)] = ""
    site: Annotated[str, Field(N_("Site"), max_length=120, group=COVER)] = ""
    triggers: Annotated[
        tuple[TriggerLine, ...],
        Field(N_("Triggers"), group=TRIGGERS, min_length=1, max_length=8),
    ] = ()
    bands: Annotated[
        tuple[BandLine, ...],
        Field(
            N_("Steps of the payout"),
            group=TRIGGERS,
            max_length=60,
            help=N_(
                "Value and payout rise from line to line; where less pays more, the value falls. "
                "A step holds until the next one."
            ),
        ),
    ] = ()
    events_paid: Annotated[
        EventsPaid,
        Field(
            N_("Events that pay"),
            group=TRIGGERS,
            choices=(
                ("largest", N_("the largest of the season, once")),
                ("first", N_("the first of the season, once")),
                ("every", N_("every event")),
            ),
            default_source=N_("the clause of the typhoon index in Fujian"),
        ),
    ] = EventsPaid.LARGEST
    combined: Annotated[
        Combined,
        Field(
            N_("Several triggers"),
            group=TRIGGERS,
            choices=(("highest", N_("the highest payout counts")), ("sum", N_("payouts add up"))),
            default_source=N_("house convention: the highest"),
        ),
    ] = Combined.HIGHEST
    stations: Annotated[
        StationRule,
        Field(
            N_("Several stations"),
            group=TRIGGERS,
            choices=(
                ("highest", N_("the reading that pays most")),
                ("mean", N_("the mean of the readings")),
                ("first", N_("the first station that has a reading")),
            ),
            default_source=N_("house convention: the reading that pays most"),
        ),
    ] = StationRule.HIGHEST
    event_cap_share: Annotated[
        float | None,
        Field(
            N_("An event pays at most"),
            "share",
            minimum=0,
            maximum=1,
            percent=True,
            group=TRIGGERS,
            help=N_("Of the sum insured. Empty: no limit of its own."),
        ),
    ] = None
    event_minimum_share: Annotated[
        float,
        Field(
            N_("An event that pays, pays at least"),
            "share",
            minimum=0,
            maximum=1,
            percent=True,
            group=TRIGGERS,
        ),
    ] = 0.0
    season_cap_share: Annotated[
        float | None,
        Field(
            N_("The season pays at most"),
            "share",
            minimum=0,
            maximum=10,
            percent=True,
            group=TRIGGERS,
            help=N_("Of the sum insured; what is left serves later events. Empty: no limit."),
        ),
    ] = 1.0
    data_source: Annotated[
        str,
        Field(
            N_("Data the index is read from"),
            max_length=300,
            group=DATA,
            help=N_("Who publishes them, where and when: bulletin, best track, certificate."),
        ),
    ] = ""
    calculation_agent: Annotated[
        str,
        Field(
            N_("Calculation agent"),
            max_length=200,
            group=DATA,
            help=N_("Who works out index value and payout."),
        ),
    ] = ""
    data_dispute: Annotated[
        str,
        Field(
            N_("Missing or disputed data"),
            max_length=1000,
            group=DATA,
            multiline=True,
            help=N_("What stands in for a reading that is missing, late, revised or contested."),
        ),
    ] = ""
    pricing: Annotated[
        IndexPricing,
        Field(
            N_("Priced on"),
            group=HISTORY,
            choices=(
                ("burn", N_("the payouts of the history")),
                ("fitted", N_("the fitted model")),
            ),
            default_source=N_("house convention: the history"),
            help=N_("Both are shown where both are there."),
        ),
    ] = IndexPricing.BURN
    first_year: Annotated[
        int | None,
        Field(
            N_("History from"),
            minimum=1800,
            maximum=2200,
            group=HISTORY,
            help=N_("First year looked at; years without a line paid nothing."),
        ),
    ] = None
    last_year: Annotated[
        int | None, Field(N_("History to"), minimum=1800, maximum=2200, group=HISTORY)
    ] = None
    readings: Annotated[
        tuple[ReadingLine, ...],
        Field(N_("Readings"), group=HISTORY, max_length=20_000),
    ] = ()
    gaps: Annotated[
        tuple[GapLine, ...],
        Field(N_("Years without data"), group=HISTORY, max_length=200),
    ] = ()
    history_source: Annotated[
        str, Field(N_("Source of the history"), max_length=300, group=HISTORY)
    ] = ""
    events_per_year: Annotated[
        float | None,
        Field(
            N_("Events a season above the threshold"),
            "events/yr",
            minimum=0,
            maximum=MAX_EVENTS_YR,
            group=FITTED,
            help=N_("Empty: counted in the readings."),
        ),
    ] = None
    fit_threshold: Annotated[
        float | None,
        Field(
            N_("Threshold of the fit"),
            "",
            minimum=-100,
            maximum=10**9,
            group=FITTED,
            help=N_("Values above it follow the law; choose it below the lowest trigger."),
        ),
    ] = None
    excess_law: Annotated[
        Excess,
        Field(
            N_("Law above the threshold"),
            group=FITTED,
            choices=(
                ("exponential", N_("exponential")),
                ("gpd", N_("generalised Pareto")),
            ),
            default_source=N_("house convention: generalised Pareto"),
        ),
    ] = Excess.GPD
    excess_scale: Annotated[
        float | None,
        Field(
            N_("Scale"),
            "",
            above=0,
            maximum=10**9,
            group=FITTED,
            help=N_("β, in the unit of the index. Empty: fitted to the readings."),
        ),
    ] = None
    excess_shape: Annotated[
        float | None,
        Field(
            N_("Shape"),
            "",
            minimum=-2,
            maximum=0.99,
            group=FITTED,
            help=N_("ξ of the generalised Pareto. Empty: fitted to the readings."),
        ),
    ] = None
    losses: Annotated[
        tuple[YearLossLine, ...],
        Field(
            N_("Losses of the years"),
            group=BASIS,
            max_length=200,
            help=N_("What really was lost; empty: the modelled loss of the perils stands in."),
        ),
    ] = ()
    basis_loss_share: Annotated[
        float,
        Field(
            N_("A loss that should be paid"),
            "share",
            minimum=0,
            maximum=1,
            percent=True,
            group=BASIS,
            default_source=N_("house convention: 10 % of the sum insured"),
        ),
    ] = 0.1
