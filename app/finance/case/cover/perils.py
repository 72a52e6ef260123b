"""The perils: how often, when, and how much of the value on risk an event destroys."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from app.finance.case.units import MAX_YUAN, MONEY_UNITS
from app.finance.fields import Field
from app.finance.text import N_

PERILS = N_("Perils and losses")

MAX_EVENTS_YR = 100.0
"""More events a year than this are no events but a running cost."""


class Peril(StrEnum):
    TYPHOON_WIND = "typhoon_wind"
    STORM_SURGE = "storm_surge"
    WAVES = "waves"
    COLD = "cold"
    HEAT = "heat"
    RED_TIDE = "red_tide"
    SALINITY = "salinity"
    RAIN = "rain"
    ICE = "ice"
    OIL_SPILL = "oil_spill"
    PEST_AND_DISEASE = "pest_and_disease"
    INVASIVE_SPECIES = "invasive_species"
    THEFT_AND_DAMAGE = "theft_and_damage"
    REVERSAL = "reversal"
    INVALIDATION = "invalidation"
    BUYER_DEFAULT = "buyer_default"
    ANY = "any"


PERIL_CHOICES = (
    ("typhoon_wind", N_("typhoon wind")),
    ("storm_surge", N_("storm surge")),
    ("waves", N_("waves")),
    ("cold", N_("cold")),
    ("heat", N_("heat")),
    ("red_tide", N_("red tide")),
    ("salinity", N_("change of salinity")),
    ("rain", N_("rain")),
    ("ice", N_("sea ice")),
    ("oil_spill", N_("oil spill")),
    ("pest_and_disease", N_("pest and disease")),
    ("invasive_species", N_("invasive species")),
    ("theft_and_damage", N_("theft and damage")),
    ("reversal", N_("reversal of credits")),
    ("invalidation", N_("invalidation of credits")),
    ("buyer_default", N_("default of the buyer")),
    ("any", N_("all perils named in the policy")),
)


class FrequencyLaw(StrEnum):
    POISSON = "poisson"
    NEGATIVE_BINOMIAL = "negative_binomial"
    BINOMIAL = "binomial"


class FrequencyBasis(StrEnum):
    GROUND_UP = "ground_up"
    TO_LAYER = "to_layer"


class DamageLaw(StrEnum):
    LOGNORMAL = "lognormal"
    GAMMA = "gamma"
    BETA = "beta"
    EXPONENTIAL = "exponential"
    WEIBULL = "weibull"
    INVERSE_GAUSSIAN = "inverse_gaussian"
    PARETO = "pareto"
    GPD = "gpd"
    FIXED = "fixed"
    TABLE = "table"
    CURVE = "curve"


class DamageBasis(StrEnum):
    SHARE = "share"
    YUAN = "yuan"


@dataclass(frozen=True)
class PerilLine:
    """One peril: its events, and the loss of an event before all terms.

    One event hits every head that `head` and `site` leave in, all with the same damage.
    """

    peril: Annotated[Peril, Field(N_("Peril"), choices=PERIL_CHOICES)]
    events_per_year: Annotated[
        float,
        Field(
            N_("Frequency"),
            "events/yr",
            minimum=0,
            maximum=MAX_EVENTS_YR,
            help=N_("Mean number of events; see the basis beside it."),
        ),
    ]
    mean_damage: Annotated[
        float | None,
        Field(
            N_("Mean damage of an event"),
            "",
            above=0,
            maximum=MAX_YUAN,
            help=N_(
                "Share of the value on risk (0.2 for 20 %), or yuan; see the basis beside it. "
                "Before deductible and limit. Empty with a table, a curve or scale and shape."
            ),
        ),
    ] = None
    damage_cv: Annotated[
        float | None,
        Field(
            N_("Spread of the damage"),
            "sd/mean",
            minimum=0,
            maximum=10,
            help=N_("Standard deviation over mean of one event's loss; 0 for a fixed loss."),
        ),
    ] = None
    damage_basis: Annotated[
        DamageBasis,
        Field(
            N_("Damage stated as"),
            choices=(("share", N_("share of the value on risk")), ("yuan", N_("yuan"))),
            default_source=N_("the usual way"),
        ),
    ] = DamageBasis.SHARE
    damage_law: Annotated[
        DamageLaw,
        Field(
            N_("Law of the damage"),
            choices=(
                ("lognormal", N_("lognormal")),
                ("gamma", N_("gamma")),
                ("beta", N_("beta")),
                ("exponential", N_("exponential")),
                ("weibull", N_("Weibull")),
                ("inverse_gaussian", N_("inverse Gaussian")),
                ("pareto", N_("Pareto of the second kind")),
                ("gpd", N_("generalised Pareto above a threshold")),
                ("fixed", N_("fixed")),
                ("table", N_("table of damages")),
                ("curve", N_("intensity through a damage curve")),
            ),
            default_source=N_("house convention: lognormal"),
        ),
    ] = DamageLaw.LOGNORMAL
    frequency_basis: Annotated[
        FrequencyBasis,
        Field(
            N_("Events counted"),
            choices=(
                ("ground_up", N_("all that damage (ground-up)")),
                ("to_layer", N_("only those that are paid (to the layer)")),
            ),
            default_source=N_("house convention: ground-up"),
        ),
    ] = FrequencyBasis.GROUND_UP
    frequency_law: Annotated[
        FrequencyLaw,
        Field(
            N_("Law of the number"),
            choices=(
                ("poisson", N_("Poisson")),
                ("negative_binomial", N_("negative binomial")),
                ("binomial", N_("at most one a policy year")),
            ),
            default_source=N_("house convention: Poisson"),
        ),
    ] = FrequencyLaw.POISSON
    variance_to_mean: Annotated[
        float | None,
        Field(
            N_("Variance over mean"),
            "",
            above=1,
            maximum=1000,
            help=N_("Of the number of events a year; needed for the negative binomial."),
        ),
    ] = None
    head: Annotated[
        str, Field(N_("Head"), max_length=60, help=N_("Empty: every head is hit at once."))
    ] = ""
    site: Annotated[
        str, Field(N_("Site"), max_length=120, help=N_("Empty: every site is hit at once."))
    ] = ""
    first_month: Annotated[int, Field(N_("From month"), minimum=1, maximum=12)] = 1
    last_month: Annotated[
        int,
        Field(
            N_("To month"),
            minimum=1,
            maximum=12,
            help=N_("The events of a year spread evenly over these months."),
        ),
    ] = 12
    shape: Annotated[
        float | None,
        Field(
            N_("Shape"),
            "",
            minimum=-1,
            maximum=1000,
            help=N_(
                "α of Pareto (with the mean), ξ of the generalised Pareto or of the intensity."
            ),
        ),
    ] = None
    scale: Annotated[
        float | None,
        Field(
            N_("Scale"),
            "",
            above=0,
            maximum=MAX_YUAN,
            help=N_("β of the generalised Pareto or of the intensity; θ of Pareto."),
        ),
    ] = None
    threshold: Annotated[
        float,
        Field(
            N_("Threshold"),
            "",
            minimum=0,
            maximum=MAX_YUAN,
            help=N_("Where generalised Pareto or intensity begin."),
        ),
    ] = 0.0
    no_damage_share: Annotated[
        float,
        Field(N_("Events without damage"), "share", minimum=0, maximum=1, percent=True),
    ] = 0.0
    total_loss_share: Annotated[
        float,
        Field(N_("Events of total loss"), "share", minimum=0, maximum=1, percent=True),
    ] = 0.0
    curve: Annotated[
        str, Field(N_("Table or curve"), max_length=60, help=N_("A name of the table of damages."))
    ] = ""
    interruption_days: Annotated[
        float | None,
        Field(N_("Duration"), "day", above=0, maximum=3660, help=N_("Of the interruption.")),
    ] = None
    source: Annotated[
        str, Field(N_("Source"), max_length=300, help=N_("Where frequency and damage come from."))
    ] = ""


@dataclass(frozen=True)
class DamagePoint:
    """One point of a table of damages or of a curve."""

    curve: Annotated[str, Field(N_("Table or curve"), min_length=1, max_length=60)]
    intensity: Annotated[
        float,
        Field(
            N_("Intensity or probability"),
            "",
            minimum=0,
            maximum=10**6,
            help=N_(
                "Of a curve the intensity; of a table the probability of the damage beside it."
            ),
        ),
    ]
    damage: Annotated[
        float,
        Field(
            N_("Damage"),
            "",
            minimum=0,
            maximum=MAX_YUAN,
            other_units=MONEY_UNITS,
            help=N_("Share of the value on risk, or yuan, as the peril says."),
        ),
    ]


@dataclass(frozen=True, kw_only=True)
class PerilInputs:
    """What can happen."""

    perils: Annotated[
        tuple[PerilLine, ...],
        Field(
            N_("Perils"),
            group=PERILS,
            max_length=60,
            help=N_("Each with its events and its damage; the premium is made of them."),
        ),
    ] = ()
    damages: Annotated[
        tuple[DamagePoint, ...],
        Field(
            N_("Tables of damages and damage curves"),
            group=PERILS,
            max_length=600,
            help=N_("Between two points a curve is a straight line."),
        ),
    ] = ()
