"""The loan asked for and what secures it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from app.finance.case.units import MAX_YUAN, MONEY_UNITS
from app.finance.fields import Field
from app.finance.text import N_


class ValuationBasis(StrEnum):
    GROSS = "gross"
    NET = "net"
    PRUDENT = "prudent"
    LIQUIDATION = "liquidation"


class Repayment(StrEnum):
    EQUAL_INSTALMENT = "equal_instalment"
    EQUAL_PRINCIPAL = "equal_principal"
    BULLET = "bullet"


class InterestPayment(StrEnum):
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    YEARLY = "yearly"
    AT_MATURITY = "at_maturity"


_PARTIES = N_("Parties")
_TERMS = N_("Loan terms")
_SIZING = N_("Sizing")
_ENFORCEMENT = N_("Security and registration")


@dataclass(frozen=True)
class Loan:
    amount_yuan: Annotated[
        Decimal,
        Field(
            N_("Amount asked"),
            "yuan",
            above=0,
            maximum=MAX_YUAN,
            group=_TERMS,
            other_units=MONEY_UNITS,
        ),
    ]
    purpose_need_yuan: Annotated[
        Decimal,
        Field(
            N_("Need of the purpose"),
            "yuan",
            above=0,
            maximum=MAX_YUAN,
            group=_SIZING,
            other_units=MONEY_UNITS,
            help=N_("What the stated purpose costs; the loan is never larger."),
        ),
    ]
    valuation_basis: Annotated[
        ValuationBasis,
        Field(
            N_("Sized on"),
            group=_SIZING,
            choices=(
                ("gross", N_("gross value")),
                ("net", N_("net value")),
                ("prudent", N_("prudent value")),
                ("liquidation", N_("liquidation value")),
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
            group=_SIZING,
            help=N_("Policy cap of the lender; no official ratio exists for these rights."),
        ),
    ]
    annual_rate: Annotated[
        float,
        Field(N_("Interest rate"), "1/yr", minimum=0, maximum=1, percent=True, group=_TERMS),
    ]
    term_months: Annotated[int, Field(N_("Term"), "month", minimum=1, maximum=360, group=_TERMS)]
    repayment: Annotated[
        Repayment,
        Field(
            N_("Repayment"),
            group=_TERMS,
            choices=(
                ("equal_instalment", N_("equal instalments")),
                ("equal_principal", N_("equal principal")),
                ("bullet", N_("bullet at maturity")),
            ),
        ),
    ]
    drawdown_date: Annotated[date, Field(N_("Drawdown date"), group=_TERMS)]
    lender: Annotated[str, Field(N_("Lender"), max_length=200, group=_PARTIES)] = ""
    borrower: Annotated[str, Field(N_("Borrower"), max_length=200, group=_PARTIES)] = ""
    purpose: Annotated[str, Field(N_("Purpose"), max_length=500, group=_PARTIES)] = ""
    pricing_note: Annotated[
        str,
        Field(
            N_("Pricing reference"),
            max_length=200,
            group=_TERMS,
            help=N_("Reference rate with its date and the margin, as it will be printed."),
        ),
    ] = ""
    interest_payment: Annotated[
        InterestPayment,
        Field(
            N_("Interest of a bullet loan paid"),
            group=_TERMS,
            offered=("loan.repayment", ("bullet",)),
            choices=(
                ("monthly", N_("monthly")),
                ("quarterly", N_("quarterly")),
                ("yearly", N_("yearly")),
                ("at_maturity", N_("at maturity")),
            ),
            default_source=N_("house convention: quarterly interest"),
        ),
    ] = InterestPayment.QUARTERLY
    upfront_fee_yuan: Annotated[
        Decimal,
        Field(
            N_("Fees at drawdown"),
            "yuan",
            minimum=0,
            maximum=MAX_YUAN,
            group=_TERMS,
            default_source=N_("no such cost"),
            help=N_("All fees tied to the loan; they enter the annualised rate."),
        ),
    ] = Decimal(0)
    specified_account: Annotated[
        str,
        Field(
            N_("Specified account number"),
            max_length=80,
            group=_ENFORCEMENT,
            help=N_(
                "Account into which the income is paid and from which the lender is paid first."
            ),
        ),
    ] = ""
    account_bank: Annotated[str, Field(N_("Account bank"), max_length=120, group=_ENFORCEMENT)] = ""
    registration_no: Annotated[
        str,
        Field(
            N_("Registration number"),
            max_length=80,
            group=_ENFORCEMENT,
            help=N_("Number in the unified movable-property financing registration system."),
        ),
    ] = ""
    registration_end: Annotated[date | None, Field(N_("Registration ends"), group=_ENFORCEMENT)] = (
        None
    )
    other_security: Annotated[
        str, Field(N_("Other security"), max_length=500, group=_ENFORCEMENT, multiline=True)
    ] = ""
