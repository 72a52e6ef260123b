"""Models beside the perils: common events of several sites, own history, delivery of credits."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from app.finance.case.units import MAX_TONNES, MAX_YUAN, MONEY_UNITS
from app.finance.fields import Field
from app.finance.text import N_

EVENTS = N_("Event set")
EXPERIENCE = N_("Own history")
CREDIBILITY = N_("Credibility")
DELIVERY = N_("Failure of a sale")
PRICES = N_("Replacement price")


@dataclass(frozen=True)
class EventLine:
    """What one event does at one site; lines of one name are one event."""

    event: Annotated[str, Field(N_("Event"), min_length=1, max_length=120)]
    site: Annotated[str, Field(N_("Site"), max_length=120, help=N_("Empty: every site at once."))]
    rate: Annotated[
        float,
        Field(
            N_("Frequency"),
            "events/yr",
            minimum=0,
            maximum=100,
            help=N_("Of the event; the same in each of its lines."),
        ),
    ]
    damage_share: Annotated[
        float | None,
        Field(
            N_("Damage"),
            "share",
            minimum=0,
            maximum=1,
            percent=True,
            help=N_("Of the value on risk at the site, before all terms."),
        ),
    ] = None
    loss_yuan: Annotated[
        float | None,
        Field(
            N_("Loss"),
            "yuan",
            minimum=0,
            maximum=MAX_YUAN,
            other_units=MONEY_UNITS,
            help=N_("Of the site before all terms, instead of a damage."),
        ),
    ] = None
    intensity: Annotated[
        float | None,
        Field(
            N_("Intensity"),
            "",
            minimum=0,
            maximum=10**6,
            help=N_("At the site, put through the curve; instead of a damage."),
        ),
    ] = None


@dataclass(frozen=True, kw_only=True)
class EventModel:
    """Events that hit several sites at once; they stand in for the perils they are made of."""

    event_lines: Annotated[
        tuple[EventLine, ...],
        Field(N_("Events"), group=EVENTS, min_length=1, max_length=20_000),
    ] = ()
    curve: Annotated[
        str,
        Field(
            N_("Damage curve"),
            max_length=60,
            group=EVENTS,
            help=N_("A name of the damage curves; needed where events have an intensity."),
        ),
    ] = ""
    spread: Annotated[
        float,
        Field(
            N_("Spread of the damage"),
            "sd/mean",
            minimum=0,
            maximum=10,
            group=EVENTS,
            default_source=N_("house convention: none"),
            help=N_("Of each event's damage around the one stated, beta; the same at all sites."),
        ),
    ] = 0.0
    source: Annotated[str, Field(N_("Source"), max_length=300, group=EVENTS)] = ""


class Estimator(StrEnum):
    GIVEN = "given"
    UNBIASED = "unbiased"
    ITERATIVE = "iterative"


@dataclass(frozen=True)
class LossLine:
    """One loss of the own history, or the exposure of a year without one (loss 0)."""

    year: Annotated[int, Field(N_("Year"), minimum=1900, maximum=2200)]
    loss_yuan: Annotated[
        float,
        Field(
            N_("Loss"),
            "yuan",
            minimum=0,
            maximum=MAX_YUAN,
            other_units=MONEY_UNITS,
            help=N_("Before all terms; 0 for a year without a loss."),
        ),
    ]
    exposure_yuan: Annotated[
        float | None,
        Field(
            N_("Sum insured of the year"),
            "yuan",
            above=0,
            maximum=MAX_YUAN,
            other_units=MONEY_UNITS,
            help=N_("Empty: the sum insured of today."),
        ),
    ] = None
    index: Annotated[
        float,
        Field(
            N_("Index to today"),
            "",
            above=0,
            maximum=1000,
            help=N_("What brings the loss of the year to today's values."),
        ),
    ] = 1.0
    development: Annotated[
        float,
        Field(
            N_("Development"),
            "",
            above=0,
            maximum=100,
            help=N_("What brings a loss that is still open to its end."),
        ),
    ] = 1.0
    event: Annotated[str, Field(N_("Event"), max_length=120)] = ""


@dataclass(frozen=True)
class ClassLine:
    """One year of one member of the class."""

    member: Annotated[str, Field(N_("Member"), min_length=1, max_length=120)]
    year: Annotated[int, Field(N_("Year"), minimum=1900, maximum=2200)]
    value: Annotated[
        float,
        Field(N_("Loss for each unit of exposure"), "", minimum=0, maximum=MAX_YUAN),
    ]
    exposure: Annotated[float, Field(N_("Exposure"), "", above=0, maximum=MAX_YUAN)]


@dataclass(frozen=True, kw_only=True)
class Experience:
    """The losses that happened, as if today's terms had held; and what the class says."""

    losses: Annotated[
        tuple[LossLine, ...],
        Field(
            N_("Losses"),
            group=EXPERIENCE,
            max_length=2000,
            help=N_(
                "Years between the first and the last without a line count as without a loss, "
                "unless they are listed as years without data."
            ),
        ),
    ] = ()
    first_year: Annotated[
        int | None, Field(N_("History from"), minimum=1900, maximum=2200, group=EXPERIENCE)
    ] = None
    last_year: Annotated[
        int | None, Field(N_("History to"), minimum=1900, maximum=2200, group=EXPERIENCE)
    ] = None
    missing_years: Annotated[
        str,
        Field(
            N_("Years without data"),
            max_length=300,
            group=EXPERIENCE,
            help=N_("Such as 2009, 2011; they are not years without loss."),
        ),
    ] = ""
    head: Annotated[
        str,
        Field(
            N_("Head"),
            max_length=60,
            group=EXPERIENCE,
            help=N_("Whose terms are applied. Empty: the first head."),
        ),
    ] = ""
    source: Annotated[str, Field(N_("Source"), max_length=300, group=EXPERIENCE)] = ""
    estimator: Annotated[
        Estimator | None,
        Field(
            N_("Credibility by"),
            group=CREDIBILITY,
            choices=(
                ("given", N_("variances entered (Bühlmann)")),
                ("unbiased", N_("lines of the class (Bühlmann-Straub, unbiased)")),
                ("iterative", N_("lines of the class (Bühlmann-Straub, iterative)")),
            ),
            help=N_("Empty: no credibility."),
        ),
    ] = None
    class_rate: Annotated[
        float | None,
        Field(
            N_("Rate of the class"),
            "share of sum insured",
            minimum=0,
            maximum=10,
            percent=True,
            group=CREDIBILITY,
            needed=("insurance.experience.estimator", ("given",)),
            help=N_("Pure premium of the class over sum insured."),
        ),
    ] = None
    process_variance: Annotated[
        float | None,
        Field(
            N_("Mean variance within"),
            "",
            minimum=0,
            maximum=10**12,
            group=CREDIBILITY,
            needed=("insurance.experience.estimator", ("given",)),
            help=N_("Of the yearly rate of one member: mean of the process variances."),
        ),
    ] = None
    mean_variance: Annotated[
        float | None,
        Field(
            N_("Variance between"),
            "",
            minimum=0,
            maximum=10**12,
            group=CREDIBILITY,
            needed=("insurance.experience.estimator", ("given",)),
            help=N_("Of the mean yearly rates of the members."),
        ),
    ] = None
    class_lines: Annotated[
        tuple[ClassLine, ...],
        Field(
            N_("Lines of the class"),
            group=CREDIBILITY,
            max_length=2000,
            help=N_("Rates of other members and years; the own history is added to them."),
        ),
    ] = ()
    own_member: Annotated[
        str,
        Field(
            N_("Own member"),
            max_length=120,
            group=CREDIBILITY,
            help=N_("A member of the lines that stands for this policy. Empty: the own history."),
        ),
    ] = ""


class LossTo(StrEnum):
    PRICE = "contract_price"
    REPLACEMENT = "replacement"


@dataclass(frozen=True)
class DeliveryLine:
    """What is to be delivered and paid in one policy year."""

    policy_year: Annotated[int, Field(N_("Policy year"), minimum=1, maximum=40)]
    tonnes: Annotated[float, Field(N_("Tonnes"), "tCO2e", minimum=0, maximum=MAX_TONNES)]
    price_yuan_t: Annotated[float, Field(N_("Contract price"), "yuan/t", minimum=0, maximum=10**6)]
    failure: Annotated[
        float | None,
        Field(
            N_("Fails in the year"),
            "share",
            minimum=0,
            maximum=1,
            percent=True,
            help=N_("Probability, if it had not failed before. Empty: that of the whole cover."),
        ),
    ] = None
    replacement_yuan_t: Annotated[
        float | None,
        Field(
            N_("Replacement price"),
            "yuan/t",
            minimum=0,
            maximum=10**6,
            help=N_("Forward price of a replacement in the year. Empty: grown from today's price."),
        ),
    ] = None


@dataclass(frozen=True, kw_only=True)
class DeliveryCover:
    """Tonnes that are sold and not delivered or not paid; credits that are reversed."""

    deliveries: Annotated[
        tuple[DeliveryLine, ...],
        Field(N_("Deliveries"), group=DELIVERY, min_length=1, max_length=40),
    ] = ()
    counterparty: Annotated[str, Field(N_("Counterparty"), max_length=200, group=DELIVERY)] = ""
    grade: Annotated[
        str,
        Field(
            N_("Grade of the counterparty"),
            max_length=20,
            group=DELIVERY,
            help=N_("As the probability beside it was read from."),
        ),
    ] = ""
    failure_per_year: Annotated[
        float | None,
        Field(
            N_("Failure of the counterparty"),
            "1/yr",
            minimum=0,
            maximum=1,
            percent=True,
            group=DELIVERY,
            help=N_("Probability a year; there is no published one for a buyer of carbon."),
        ),
    ] = None
    shortfall_share: Annotated[
        float,
        Field(
            N_("Expected shortfall of delivery"),
            "share",
            minimum=0,
            maximum=1,
            percent=True,
            group=DELIVERY,
            help=N_("Mean share of each year's tonnes the sink does not yield."),
        ),
    ] = 0.0
    common_shock: Annotated[
        float,
        Field(
            N_("Common shock"),
            "1/yr",
            minimum=0,
            maximum=1,
            percent=True,
            group=DELIVERY,
            help=N_("Probability a year that rule or registry stop all sales at once."),
        ),
    ] = 0.0
    all_left: Annotated[
        bool,
        Field(
            N_("A failure ends the contract"),
            group=DELIVERY,
            help=N_("Yes: all tonnes still to come are lost; no: those of the year."),
        ),
    ] = True
    recovery_share: Annotated[
        float,
        Field(N_("Recovered"), "share", minimum=0, maximum=1, percent=True, group=DELIVERY),
    ] = 0.0
    reversed_share: Annotated[
        float | None,
        Field(
            N_("Reversed in a reversal"),
            "share",
            minimum=0,
            maximum=1,
            percent=True,
            group=DELIVERY,
            help=N_("Share of the tonnes issued that one reversal takes. Empty: no reversal."),
        ),
    ] = None
    reversals_per_year: Annotated[
        float | None,
        Field(N_("Reversals a year"), "events/yr", minimum=0, maximum=100, group=DELIVERY),
    ] = None
    buffer_share: Annotated[
        float,
        Field(
            N_("Buffer"),
            "share",
            minimum=0,
            maximum=1,
            percent=True,
            group=DELIVERY,
            help=N_("Share of the tonnes issued that a buffer makes good first."),
        ),
    ] = 0.0
    discount_rate: Annotated[
        float,
        Field(
            N_("Discount rate"),
            "1/yr",
            minimum=0,
            maximum=1,
            percent=True,
            group=DELIVERY,
            default_source=N_("house convention: not discounted"),
        ),
    ] = 0.0
    loss_to: Annotated[
        LossTo,
        Field(
            N_("Pays"),
            group=PRICES,
            choices=(
                ("contract_price", N_("the contract price of what fails")),
                ("replacement", N_("what a replacement costs above the contract price")),
            ),
            default_source=N_("house convention: the contract price"),
        ),
    ] = LossTo.PRICE
    spot_yuan_t: Annotated[
        float | None,
        Field(
            N_("Replacement price today"),
            "yuan/t",
            above=0,
            maximum=10**6,
            group=PRICES,
            needed=("insurance.delivery.loss_to", ("replacement",)),
        ),
    ] = None
    price_growth: Annotated[
        float,
        Field(
            N_("Growth of the replacement price"),
            "1/yr",
            minimum=-1,
            maximum=5,
            percent=True,
            group=PRICES,
        ),
    ] = 0.0
    volatility: Annotated[
        float | None,
        Field(
            N_("Volatility"),
            "1/yr^0.5",
            minimum=0,
            maximum=5,
            percent=True,
            group=PRICES,
            needed=("insurance.delivery.loss_to", ("replacement",)),
        ),
    ] = None
    dependence: Annotated[
        float,
        Field(
            N_("Dependence of price and failure"),
            "",
            minimum=-0.99,
            maximum=0.99,
            group=PRICES,
            help=N_("Gauss copula: above 0 failures come when replacement is dear (wrong-way)."),
        ),
    ] = 0.0
