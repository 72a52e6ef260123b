"""Inputs of the market and cost approach, options, issued units and the conclusion."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from app.finance.case.units import MAX_TONNES, MAX_YUAN, MONEY_UNITS
from app.finance.fields import Field
from app.finance.text import N_


class MarketQuantity(StrEnum):
    HORIZON = "horizon"
    ONE_YEAR = "one_year"
    ISSUED = "issued"


class OptionModel(StrEnum):
    BLACK_SCHOLES = "black_scholes"
    BINOMIAL = "binomial"
    BLACK_76 = "black_76"


class OptionKind(StrEnum):
    CALL = "call"
    PUT = "put"


class Exercise(StrEnum):
    EUROPEAN = "european"
    AMERICAN = "american"


class TypeOfValue(StrEnum):
    MARKET = "market"
    PLEDGE = "pledge"
    LIQUIDATION = "liquidation"
    INVESTMENT = "investment"


@dataclass(frozen=True, kw_only=True)
class IssuedUnits:
    """Credits that are issued and unsold on the valuation date; valued apart from the right."""

    tonnes: Annotated[
        float | None,
        Field(
            N_("Issued and unsold"),
            "tCO2e",
            minimum=0,
            maximum=MAX_TONNES,
            help=N_("Empty: what the credit ledger says is issued, not sold, not retired."),
        ),
    ] = None
    price_yuan_t: Annotated[
        float | None,
        Field(
            N_("Spot price"),
            "yuan/t",
            minimum=0,
            maximum=10**6,
            help=N_("Empty: the price of the appraisal."),
        ),
    ] = None
    liquidity_discount: Annotated[
        float, Field(N_("Liquidity discount"), "share", minimum=0, maximum=1, percent=True)
    ] = 0.0


@dataclass(frozen=True, kw_only=True)
class MarketApproach:
    """Tonnes times adjusted price (市场法)."""

    quantity: Annotated[
        MarketQuantity,
        Field(
            N_("Tonnes valued"),
            choices=(
                ("horizon", N_("all credits within the horizon")),
                ("one_year", N_("credits of one year")),
                ("issued", N_("issued and unsold credits")),
            ),
        ),
    ] = MarketQuantity.HORIZON
    price_yuan_t: Annotated[
        float | None,
        Field(
            N_("Adjusted price"),
            "yuan/t",
            minimum=0,
            maximum=10**6,
            help=N_("Empty: the conclusion of the price evidence, else the carbon price."),
        ),
    ] = None
    discount: Annotated[
        float,
        Field(
            N_("Discount for waiting and risk"),
            "share",
            minimum=0,
            maximum=1,
            percent=True,
            default_source=N_("no adjustment"),
        ),
    ] = 0.0


@dataclass(frozen=True, kw_only=True)
class CostApproach:
    """(development + certification + capital + profit) x (1 - obsolescence) (成本法)."""

    development_yuan: Annotated[
        float,
        Field(N_("Development"), "yuan", minimum=0, maximum=MAX_YUAN, other_units=MONEY_UNITS),
    ]
    certification_yuan: Annotated[
        float,
        Field(N_("Certification"), "yuan", minimum=0, maximum=MAX_YUAN, other_units=MONEY_UNITS),
    ]
    capital_yuan: Annotated[
        float,
        Field(
            N_("Cost of capital tied up"),
            "yuan",
            minimum=0,
            maximum=MAX_YUAN,
            other_units=MONEY_UNITS,
        ),
    ] = 0.0
    profit_yuan: Annotated[
        float,
        Field(
            N_("Developer's profit"), "yuan", minimum=0, maximum=MAX_YUAN, other_units=MONEY_UNITS
        ),
    ] = 0.0
    obsolescence: Annotated[
        float, Field(N_("Obsolescence"), "share", minimum=0, maximum=1, percent=True)
    ] = 0.0


@dataclass(frozen=True, kw_only=True)
class OptionLine:
    """An option on the right or on a price, valued apart.

    On the project: spot = PV of the carbon income, strike = PV of the remaining investment;
    both are taken from the case when left empty (Black-Scholes and binomial only).
    """

    model: Annotated[
        OptionModel,
        Field(
            N_("Model"),
            choices=(
                ("black_scholes", N_("Black-Scholes, European")),
                ("binomial", N_("Cox-Ross-Rubinstein binomial")),
                ("black_76", N_("Black-76, on a forward")),
            ),
        ),
    ]
    kind: Annotated[
        OptionKind, Field(N_("Right"), choices=(("call", N_("call")), ("put", N_("put"))))
    ] = OptionKind.CALL
    volatility: Annotated[
        float, Field(N_("Volatility"), "1/√yr", above=0, maximum=10, percent=True)
    ]
    years: Annotated[float, Field(N_("Time to expiry"), "yr", above=0, maximum=100)]
    rate: Annotated[
        float,
        Field(N_("Risk-free rate, continuous"), "1/yr", minimum=-0.5, maximum=1, percent=True),
    ]
    underlying: Annotated[
        float | None,
        Field(
            N_("Value of the underlying"),
            minimum=0,
            maximum=MAX_YUAN,
            help=N_("Spot or forward; empty: the present value of the carbon income."),
        ),
    ] = None
    strike: Annotated[
        float | None,
        Field(
            N_("Strike"),
            above=0,
            maximum=MAX_YUAN,
            help=N_("Empty: the present value of the investment still to be made."),
        ),
    ] = None
    exercise: Annotated[
        Exercise,
        Field(
            N_("Exercise"),
            choices=(("european", N_("European")), ("american", N_("American"))),
            help=N_("American only by the binomial tree."),
        ),
    ] = Exercise.EUROPEAN
    steps: Annotated[
        int,
        Field(
            N_("Steps of the tree"),
            minimum=1,
            maximum=10_000,
            default_source=N_("house convention: 1,000 steps"),
        ),
    ] = 1000
    tonnes: Annotated[
        float | None,
        Field(
            N_("Tonnes of the option"),
            "tCO2e",
            above=0,
            maximum=MAX_TONNES,
            help=N_("Makes underlying and strike prices in yuan/t; empty: both are in yuan."),
        ),
    ] = None
    income_yield: Annotated[
        float,
        Field(
            N_("Income yield, continuous"),
            "1/yr",
            minimum=-0.5,
            maximum=1,
            percent=True,
            default_source=N_("none"),
        ),
    ] = 0.0
    name: Annotated[str, Field(N_("Name"), max_length=80)] = ""


@dataclass(frozen=True, kw_only=True)
class Conclusion:
    """How the approaches are weighed, and what the conclusion is."""

    type_of_value: Annotated[
        TypeOfValue,
        Field(
            N_("Type of value"),
            choices=(
                ("market", N_("market value")),
                ("pledge", N_("pledge value, prudent")),
                ("liquidation", N_("liquidation value")),
                ("investment", N_("investment value")),
            ),
        ),
    ]
    weight_income: Annotated[
        float,
        Field(N_("Weight of the income approach"), "share", minimum=0, maximum=1, percent=True),
    ] = 1.0
    weight_market: Annotated[
        float,
        Field(N_("Weight of the market approach"), "share", minimum=0, maximum=1, percent=True),
    ] = 0.0
    weight_cost: Annotated[
        float, Field(N_("Weight of the cost approach"), "share", minimum=0, maximum=1, percent=True)
    ] = 0.0
    reasons: Annotated[
        str, Field(N_("Reasons for the weights"), max_length=2000, multiline=True)
    ] = ""
    valid_months: Annotated[
        int,
        Field(
            N_("Valid for"),
            "month",
            minimum=1,
            maximum=60,
            help=N_("From the valuation date."),
            default_source=N_("house convention: one year, as appraisal practice has it"),
        ),
    ] = 12
