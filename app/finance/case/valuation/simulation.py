"""Inputs of the value simulation: price, yield, delivery and cost as distributions."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from app.finance.fields import Field
from app.finance.text import N_


class PriceModel(StrEnum):
    FIXED = "fixed"
    GBM = "gbm"
    MEAN_REVERTING = "mean_reverting"


class Sampling(StrEnum):
    SOBOL = "sobol"
    ANTITHETIC = "antithetic"
    PLAIN = "plain"


class FactorKind(StrEnum):
    FIXED = "fixed"
    LOGNORMAL = "lognormal"
    TRIANGULAR = "triangular"
    PERT = "pert"
    UNIFORM = "uniform"
    CARBON = "carbon"


FACTOR_CHOICES = (
    ("fixed", N_("as forecast")),
    ("lognormal", N_("lognormal")),
    ("triangular", N_("triangular")),
    ("pert", N_("PERT")),
    ("uniform", N_("uniform")),
)
YIELD_CHOICES = (
    *FACTOR_CHOICES,
    ("carbon", N_("as the uncertain inputs of the project make them")),
)
MODEL_CHOICES = (
    ("fixed", N_("follows the curve")),
    ("gbm", N_("geometric Brownian motion around the curve")),
    ("mean_reverting", N_("mean-reverting log price with jumps")),
)
_MODEL = "appraisal.simulation.price_model"
_RUN = N_("Run")
_PRICE = N_("Price model")
_YIELD = N_("Tonnes, delivery, costs")


@dataclass(frozen=True, kw_only=True)
class SeriesLine:
    """A further market in which a share of the tonnes is sold, with a price of its own.

    What the lines leave over is sold at the price of the appraisal. `correlation` is that of
    the driving normals with the first price; lines are tied to each other through it.
    """

    name: Annotated[str, Field(N_("Market"), min_length=1, max_length=80)]
    share: Annotated[
        float, Field(N_("Share of the tonnes"), "share", above=0, maximum=1, percent=True)
    ]
    price_yuan_t: Annotated[float, Field(N_("Price a tonne"), "yuan/t", above=0, maximum=10**6)]
    growth: Annotated[
        float, Field(N_("Price growth"), "1/yr", minimum=-0.5, maximum=0.5, percent=True)
    ]
    volatility: Annotated[
        float, Field(N_("Volatility"), "1/√yr", minimum=0, maximum=5, percent=True)
    ]
    correlation: Annotated[
        float, Field(N_("Correlation with the first price"), minimum=-0.999, maximum=0.999)
    ] = 0.0


@dataclass(frozen=True, kw_only=True)
class ValueSimulation:
    """What is drawn, how often, and from which seed."""

    price_model: Annotated[PriceModel, Field(N_("Price"), choices=MODEL_CHOICES, group=_PRICE)]
    volatility: Annotated[
        float | None,
        Field(
            N_("Volatility"),
            "1/√yr",
            minimum=0,
            maximum=5,
            percent=True,
            group=_PRICE,
            needed=(_MODEL, ("gbm", "mean_reverting")),
            help=N_("Standard deviation of the log price over one year."),
        ),
    ] = None
    reversion_speed: Annotated[
        float | None,
        Field(
            N_("Speed of reversion κ"),
            "1/yr",
            above=0,
            maximum=100,
            group=_PRICE,
            needed=(_MODEL, ("mean_reverting",)),
            help=N_("ln 2 / κ is the half-life of a deviation in years."),
        ),
    ] = None
    long_run_price_yuan_t: Annotated[
        float | None,
        Field(
            N_("Long-run price"),
            "yuan/t",
            above=0,
            maximum=10**6,
            group=_PRICE,
            needed=(_MODEL, ("mean_reverting",)),
            help=N_("exp(θ): the median the log price returns to."),
        ),
    ] = None
    jumps_per_year: Annotated[
        float,
        Field(
            N_("Policy jumps a year"),
            "1/yr",
            minimum=0,
            maximum=50,
            group=_PRICE,
            offered=(_MODEL, ("mean_reverting",)),
            default_source=N_("no jumps"),
        ),
    ] = 0.0
    jump_mean: Annotated[
        float,
        Field(
            N_("Mean of a jump, log price"),
            minimum=-5,
            maximum=5,
            group=_PRICE,
            offered=(_MODEL, ("mean_reverting",)),
            default_source=N_("no jumps"),
        ),
    ] = 0.0
    jump_sd: Annotated[
        float,
        Field(
            N_("Standard deviation of a jump, log price"),
            minimum=0,
            maximum=5,
            group=_PRICE,
            offered=(_MODEL, ("mean_reverting",)),
            default_source=N_("no jumps"),
        ),
    ] = 0.0
    series: Annotated[
        tuple[SeriesLine, ...],
        Field(
            N_("Further markets"),
            max_length=10,
            group=_PRICE,
            help=N_("Each sells a share of the tonnes at a price of its own."),
        ),
    ] = ()
    yield_kind: Annotated[
        FactorKind,
        Field(
            N_("Tonnes, as a factor of the forecast"),
            choices=YIELD_CHOICES,
            group=_YIELD,
            default_source=N_("as forecast"),
        ),
    ] = FactorKind.FIXED
    yield_low: Annotated[
        float | None,
        Field(
            N_("Lowest factor"),
            minimum=0,
            maximum=10,
            group=_YIELD,
            needed=("appraisal.simulation.yield_kind", ("triangular", "pert", "uniform")),
        ),
    ] = None
    yield_mode: Annotated[
        float | None,
        Field(
            N_("Most likely factor"),
            minimum=0,
            maximum=10,
            group=_YIELD,
            needed=("appraisal.simulation.yield_kind", ("triangular", "pert")),
        ),
    ] = None
    yield_high: Annotated[
        float | None,
        Field(
            N_("Highest factor"),
            minimum=0,
            maximum=10,
            group=_YIELD,
            needed=("appraisal.simulation.yield_kind", ("triangular", "pert", "uniform")),
        ),
    ] = None
    yield_sd: Annotated[
        float | None,
        Field(
            N_("Standard deviation of the factor"),
            above=0,
            maximum=5,
            group=_YIELD,
            needed=("appraisal.simulation.yield_kind", ("lognormal",)),
            help=N_("The mean of a lognormal factor is 1."),
        ),
    ] = None
    yield_correlation: Annotated[
        float,
        Field(
            N_("Correlation of the tonnes from year to year"),
            minimum=0,
            maximum=1,
            group=_YIELD,
            default_source=N_("house convention: one draw for all years, the widest total"),
        ),
    ] = 1.0
    delivery_probability: Annotated[
        float,
        Field(
            N_("Probability that an issue is delivered"),
            "share",
            minimum=0,
            maximum=1,
            percent=True,
            group=_YIELD,
            default_source=N_("every issue is delivered"),
        ),
    ] = 1.0
    cost_kind: Annotated[
        FactorKind,
        Field(
            N_("Costs, as a factor of the plan"),
            choices=FACTOR_CHOICES,
            group=_YIELD,
            default_source=N_("as planned"),
        ),
    ] = FactorKind.FIXED
    cost_low: Annotated[
        float | None,
        Field(
            N_("Lowest cost factor"),
            minimum=0,
            maximum=10,
            group=_YIELD,
            needed=("appraisal.simulation.cost_kind", ("triangular", "pert", "uniform")),
        ),
    ] = None
    cost_mode: Annotated[
        float | None,
        Field(
            N_("Most likely cost factor"),
            minimum=0,
            maximum=10,
            group=_YIELD,
            needed=("appraisal.simulation.cost_kind", ("triangular", "pert")),
        ),
    ] = None
    cost_high: Annotated[
        float | None,
        Field(
            N_("Highest cost factor"),
            minimum=0,
            maximum=10,
            group=_YIELD,
            needed=("appraisal.simulation.cost_kind", ("triangular", "pert", "uniform")),
        ),
    ] = None
    cost_sd: Annotated[
        float | None,
        Field(
            N_("Standard deviation of the cost factor"),
            above=0,
            maximum=5,
            group=_YIELD,
            needed=("appraisal.simulation.cost_kind", ("lognormal",)),
        ),
    ] = None
    scenarios: Annotated[
        int,
        Field(
            N_("Number of scenarios"),
            minimum=1024,
            maximum=1_048_576,
            group=_RUN,
            default_source=N_("house convention: 65,536 scenarios"),
        ),
    ] = 65_536
    sampling: Annotated[
        Sampling,
        Field(
            N_("Sampling"),
            group=_RUN,
            choices=(
                ("sobol", N_("scrambled Sobol with Brownian bridge")),
                ("antithetic", N_("antithetic pairs")),
                ("plain", N_("plain random numbers")),
            ),
            default_source=N_("house convention: the smallest error at equal time"),
        ),
    ] = Sampling.SOBOL
    seed: Annotated[
        int,
        Field(
            N_("Seed of the random numbers"),
            minimum=0,
            maximum=2**31 - 1,
            group=_RUN,
            help=N_("The same seed gives the same draws."),
            default_source=N_("house convention: a fixed seed, printed with the result"),
        ),
    ] = 20230101
    shortfall_level: Annotated[
        float,
        Field(
            N_("Level of the expected shortfall"),
            "share",
            minimum=0.001,
            maximum=0.5,
            percent=True,
            group=_RUN,
            default_source=N_("house convention: worst 5 %"),
        ),
    ] = 0.05
