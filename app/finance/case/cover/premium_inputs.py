"""From the pure premium to the price: loads, expenses, rounding, subsidy, the price asked."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from app.finance.case.lending.terms import yuan
from app.finance.case.units import MAX_YUAN
from app.finance.fields import Field
from app.finance.text import N_

LOADINGS = N_("Loadings")
PRICE = N_("Premium and subsidy")


class PureBasis(StrEnum):
    MODEL = "model"
    BURN = "burn"
    CREDIBILITY = "credibility"


class RiskLoad(StrEnum):
    STANDARD_DEVIATION = "standard_deviation"
    VARIANCE = "variance"
    TVAR = "tvar"
    WANG = "wang"
    PROPORTIONAL_HAZARD = "proportional_hazard"


class Payer(StrEnum):
    CENTRAL = "central"
    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    OTHER = "other"


@dataclass(frozen=True)
class SubsidyLine:
    """Who pays a share of the premium; the rest is the insured's."""

    payer: Annotated[
        Payer,
        Field(
            N_("Paid by"),
            choices=(
                ("central", N_("central government")),
                ("province", N_("province")),
                ("city", N_("city")),
                ("county", N_("county")),
                ("other", N_("another payer")),
            ),
        ),
    ]
    share: Annotated[float, Field(N_("Share"), "share", above=0, maximum=1, percent=True)]


@dataclass(frozen=True, kw_only=True)
class PremiumInputs:
    """How the premium is built on the pure premium."""

    fixed_expense_yuan: Annotated[
        float, Field(N_("Fixed expense"), "yuan", minimum=0, maximum=MAX_YUAN, group=LOADINGS)
    ]
    variable_expense_share: Annotated[
        float,
        Field(
            N_("Variable expense"),
            "share",
            minimum=0,
            maximum=0.95,
            percent=True,
            group=LOADINGS,
            help=N_("Share of the gross premium, like the three lines below."),
        ),
    ]
    commission_share: Annotated[
        float,
        Field(N_("Commission"), "share", minimum=0, maximum=0.95, percent=True, group=LOADINGS),
    ]
    profit_share: Annotated[
        float,
        Field(N_("Profit margin"), "share", minimum=0, maximum=0.95, percent=True, group=LOADINGS),
    ]
    tax_share: Annotated[
        float,
        Field(N_("Tax on premium"), "share", minimum=0, maximum=0.95, percent=True, group=LOADINGS),
    ]
    pure_basis: Annotated[
        PureBasis,
        Field(
            N_("Pure premium from"),
            group=LOADINGS,
            choices=(
                ("model", N_("the model of events and damage")),
                ("burn", N_("the burning cost of the history")),
                ("credibility", N_("own history and class by credibility")),
            ),
            default_source=N_("house convention: the model"),
        ),
    ] = PureBasis.MODEL
    safety_share: Annotated[
        float,
        Field(
            N_("Safety loading"),
            "share",
            minimum=0,
            maximum=10,
            percent=True,
            group=LOADINGS,
            help=N_("Share of the pure premium, for what the parameters may be wrong by."),
        ),
    ] = 0.0
    risk_load: Annotated[
        RiskLoad,
        Field(
            N_("Risk loading by"),
            group=LOADINGS,
            choices=(
                ("standard_deviation", N_("standard deviation")),
                ("variance", N_("variance")),
                ("tvar", N_("cost of the capital for TVaR")),
                ("wang", N_("Wang transform")),
                ("proportional_hazard", N_("proportional hazard")),
            ),
            default_source=N_("house convention: standard deviation"),
        ),
    ] = RiskLoad.STANDARD_DEVIATION
    risk_load_factor: Annotated[
        float | None,
        Field(
            N_("Multiple of the standard deviation"),
            "x sd",
            minimum=0,
            maximum=10,
            group=LOADINGS,
            needed=("insurance.risk_load", ("standard_deviation",)),
            help=N_("Of the loss of the policy."),
        ),
    ] = None
    variance_factor: Annotated[
        float | None,
        Field(
            N_("Multiple of the variance"),
            "1/yuan",
            minimum=0,
            maximum=1,
            group=LOADINGS,
            needed=("insurance.risk_load", ("variance",)),
        ),
    ] = None
    tvar_level: Annotated[
        float | None,
        Field(
            N_("Level of the TVaR"),
            "share",
            minimum=0.5,
            maximum=0.9999,
            percent=True,
            group=LOADINGS,
            needed=("insurance.risk_load", ("tvar",)),
        ),
    ] = None
    cost_of_capital: Annotated[
        float | None,
        Field(
            N_("Cost of capital"),
            "1/yr",
            minimum=0,
            maximum=1,
            percent=True,
            group=LOADINGS,
            needed=("insurance.risk_load", ("tvar",)),
            help=N_("On TVaR less the pure premium."),
        ),
    ] = None
    wang_lambda: Annotated[
        float | None,
        Field(
            N_("λ of the Wang transform"),
            "",
            minimum=0,
            maximum=5,
            group=LOADINGS,
            needed=("insurance.risk_load", ("wang",)),
        ),
    ] = None
    hazard_rho: Annotated[
        float | None,
        Field(
            N_("ρ of the proportional hazard"),
            "",
            minimum=1,
            maximum=100,
            group=LOADINGS,
            needed=("insurance.risk_load", ("proportional_hazard",)),
            help=N_("1 for none; the premium is the integral of S(x)^(1/ρ)."),
        ),
    ] = None
    rate_coefficient: Annotated[
        float,
        Field(
            N_("Rate coefficient"),
            "",
            above=0,
            maximum=10,
            group=PRICE,
            default_source=N_("no adjustment"),
            help=N_(
                "Multiplies the technical premium; 0.75 to 1.25 for a subsidised cover, "
                "0.5 to 1.5 for another."
            ),
        ),
    ] = 1.0
    minimum_premium_yuan: Annotated[Decimal, yuan(N_("Minimum premium"), group=PRICE)] = Decimal(0)
    round_premium_to_yuan: Annotated[
        Decimal | None,
        yuan(
            N_("Premium rounded up to"),
            group=PRICE,
            above=0,
            help_text=N_("A multiple of this amount, such as 1 or 100. Empty: to the fen."),
        ),
    ] = None
    discount_rate: Annotated[
        float,
        Field(
            N_("Discount rate of later policy years"),
            "1/yr",
            minimum=0,
            maximum=1,
            percent=True,
            group=PRICE,
            default_source=N_("house convention: not discounted"),
        ),
    ] = 0.0
    asked_premium_yuan: Annotated[
        Decimal | None,
        yuan(
            N_("Premium asked"),
            group=PRICE,
            above=0,
            help_text=N_("What the market or the insured offers, to be held against the quote."),
        ),
    ] = None
    asked_reason: Annotated[
        str,
        Field(N_("Reason for the difference"), max_length=500, group=PRICE, multiline=True),
    ] = ""
    subsidies: Annotated[
        tuple[SubsidyLine, ...],
        Field(N_("Premium subsidy"), group=PRICE, max_length=8),
    ] = ()
    simulated_years: Annotated[
        int,
        Field(
            N_("Simulated years"),
            "yr",
            minimum=1000,
            maximum=10_000_000,
            group=PRICE,
            default_source=N_("house convention: 100,000"),
            help=N_("Only what has no exact distribution is simulated, and the check of it."),
        ),
    ] = 100_000
    seed: Annotated[
        int,
        Field(
            N_("Seed"),
            minimum=0,
            maximum=2**32 - 1,
            group=PRICE,
            default_source=N_("house convention: 1"),
        ),
    ] = 1
