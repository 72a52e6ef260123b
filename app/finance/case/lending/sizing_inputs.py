"""What bounds the amount: value and ratio, cash for debt service, market risk, caps."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from app.finance.case.lending.terms import yuan
from app.finance.case.units import MAX_YUAN
from app.finance.fields import Field
from app.finance.text import N_

SIZING = N_("Sizing")
CASH = N_("Cash for debt service")


class ValuationBasis(StrEnum):
    GROSS = "gross"
    NET = "net"
    PRUDENT = "prudent"
    LIQUIDATION = "liquidation"
    CONCLUDED = "concluded"


class CashLevel(StrEnum):
    NET = "net"
    PRUDENT = "prudent"


@dataclass(frozen=True)
class CashLine:
    """Cash of the borrower, beside the right, that serves the loan in a run of years."""

    first_year: Annotated[int, Field(N_("First year"), minimum=1990, maximum=2200)]
    last_year: Annotated[int, Field(N_("Last year"), minimum=1990, maximum=2200)]
    amount_yuan_yr: Annotated[
        float,
        Field(
            N_("Cash a year"),
            "yuan/yr",
            minimum=-MAX_YUAN,
            maximum=MAX_YUAN,
            help=N_("After operating cost and tax, before debt service; spread evenly."),
        ),
    ]
    name: Annotated[str, Field(N_("Source of the cash"), max_length=120)] = ""


@dataclass(frozen=True, kw_only=True)
class MarketRisk:
    """Ratio that the price risk allows, by value at risk and by an option.

    Sources: value at risk of the disposal period, log-normal; pledged loan as riskless loan
    less a put, Financial Innovation 2015, doi 10.1186/s40854-015-0015-4.
    """

    volatility: Annotated[
        float,
        Field(
            N_("Volatility of the price"),
            "1/yr",
            above=0,
            maximum=5,
            percent=True,
            help=N_("Yearly, of log returns; of a proxy times a multiplier for a thin market."),
        ),
    ]
    disposal_days: Annotated[
        int,
        Field(
            N_("Days to dispose"),
            "trading days",
            minimum=1,
            maximum=2520,
            help=N_("Notice and sale, in trading days; 252 make a year."),
        ),
    ]
    confidence: Annotated[
        float,
        Field(
            N_("Confidence"),
            "share",
            minimum=0.5,
            maximum=0.9999,
            percent=True,
            default_source=N_("house convention: 99 %"),
        ),
    ] = 0.99
    disposal_cost_share: Annotated[
        float | None,
        Field(
            N_("Cost of disposal"),
            "share",
            minimum=0,
            maximum=1,
            percent=True,
            help=N_("Empty: that of the appraisal."),
        ),
    ] = None
    drift: Annotated[
        float,
        Field(
            N_("Drift of the price"),
            "1/yr",
            minimum=-1,
            maximum=1,
            percent=True,
            default_source=N_("prudent: no rise of the price is assumed"),
        ),
    ] = 0.0
    count_interest: Annotated[
        bool,
        Field(
            N_("Interest runs while it is sold"),
            help=N_("The loan grows by its interest over the days to dispose."),
        ),
    ] = True
    risk_free_rate: Annotated[
        float | None,
        Field(
            N_("Riskless rate"),
            "1/yr",
            minimum=-0.1,
            maximum=1,
            percent=True,
            help=N_("Continuous; needed for the ratio by an option."),
        ),
    ] = None
    credit_spread: Annotated[
        float | None,
        Field(
            N_("Spread over the riskless rate"),
            "1/yr",
            minimum=0,
            maximum=1,
            percent=True,
            help=N_("Continuous; empty: the rate of the loan less the riskless rate."),
        ),
    ] = None


def _ratio(label: str, help_text: str = "") -> Field:
    return Field(label, "x", above=0, maximum=100, group=CASH, help=help_text)


@dataclass(frozen=True, kw_only=True)
class SizingInputs:
    """Bounds of the amount; one that is left empty does not bind."""

    purpose_need_yuan: Annotated[
        Decimal,
        yuan(
            N_("Need of the purpose"),
            group=SIZING,
            above=0,
            help_text=N_("What the stated purpose costs; the loan is never larger."),
        ),
    ]
    valuation_basis: Annotated[
        ValuationBasis,
        Field(
            N_("Sized on"),
            group=SIZING,
            choices=(
                ("gross", N_("gross value")),
                ("net", N_("net value")),
                ("prudent", N_("prudent value")),
                ("liquidation", N_("liquidation value")),
                ("concluded", N_("concluded value")),
            ),
        ),
    ]
    pledge_ratio: Annotated[
        float,
        Field(
            N_("Pledge ratio, at most"),
            "share",
            minimum=0,
            maximum=1,
            percent=True,
            group=SIZING,
            help=N_("Policy cap of the lender; no official ratio exists for these rights."),
        ),
    ]
    single_customer_cap_yuan: Annotated[
        Decimal | None,
        yuan(
            N_("Room under the single-customer cap"),
            group=SIZING,
            help_text=N_("What may still be lent to this borrower and its group."),
        ),
    ] = None
    life_income_share: Annotated[
        float | None,
        Field(
            N_("Share of the life income, at most"),
            "share",
            minimum=0,
            maximum=1,
            percent=True,
            group=SIZING,
            help=N_("Loan over the undiscounted revenue of the right within the horizon."),
        ),
    ] = None
    path_ratio: Annotated[
        float | None,
        Field(
            N_("Loan over remaining value, at most"),
            "share",
            above=0,
            maximum=10,
            percent=True,
            group=SIZING,
            help=N_("At each date, on the value of what is left of the right and other security."),
        ),
    ] = None
    market_risk: Annotated[
        MarketRisk | None, Field(N_("Bound the ratio by the price risk"), group=SIZING)
    ] = None
    cash_level: Annotated[
        CashLevel,
        Field(
            N_("Cash of the right"),
            group=CASH,
            choices=(
                ("net", N_("as in the net value")),
                ("prudent", N_("as in the prudent value")),
            ),
            default_source=N_("house convention: the net cash flow of the right"),
        ),
    ] = CashLevel.NET
    other_cash: Annotated[
        tuple[CashLine, ...],
        Field(
            N_("Other cash of the borrower"),
            group=CASH,
            max_length=60,
            help=N_("First source of repayment: cash that does not come from the right."),
        ),
    ] = ()
    min_dscr: Annotated[
        float | None,
        _ratio(
            N_("DSCR, at least"),
            N_("Cash over principal and interest of each year of the loan."),
        ),
    ] = None
    min_llcr: Annotated[
        float | None,
        _ratio(
            N_("LLCR, at least"),
            N_("Present value of the cash to maturity, at the loan's rate, over the loan."),
        ),
    ] = None
    min_plcr: Annotated[
        float | None,
        _ratio(
            N_("PLCR, at least"),
            N_("Present value of the cash to the end of the right over the loan."),
        ),
    ] = None
    stressed_dscr: Annotated[
        float | None,
        _ratio(N_("DSCR under stress, at least"), N_("With the three changes below.")),
    ] = None
    stressed_price_change: Annotated[
        float,
        Field(
            N_("Stress: price"),
            "share",
            minimum=-1,
            maximum=10,
            percent=True,
            group=CASH,
            default_source=N_("house set: price -30 %"),
        ),
    ] = -0.3
    stressed_tonnes_change: Annotated[
        float,
        Field(
            N_("Stress: tonnes"),
            "share",
            minimum=-1,
            maximum=10,
            percent=True,
            group=CASH,
            default_source=N_("house set: tonnes -40 %"),
        ),
    ] = -0.4
    stressed_delay_months: Annotated[
        int,
        Field(
            N_("Stress: sold later by"),
            "month",
            minimum=0,
            maximum=240,
            group=CASH,
            default_source=N_("house set: 24 months"),
        ),
    ] = 24
    target_dscr: Annotated[
        float | None,
        _ratio(
            N_("DSCR of the sculpted payments"),
            N_("Empty: the DSCR at which the asked amount is repaid just in time."),
        ),
    ] = None
