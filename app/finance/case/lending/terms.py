"""Amount, tenor and repayment of the loan, and what changes them on the way."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from app.finance.case.units import MAX_YUAN, MONEY_UNITS
from app.finance.fields import Field
from app.finance.text import N_


class Repayment(StrEnum):
    EQUAL_INSTALMENT = "equal_instalment"
    EQUAL_PRINCIPAL = "equal_principal"
    BULLET = "bullet"
    SEASONAL = "seasonal"
    STEP = "step"
    BALLOON = "balloon"
    SCULPTED = "sculpted"
    CUSTOM = "custom"


class InterestPayment(StrEnum):
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    YEARLY = "yearly"
    AT_MATURITY = "at_maturity"


class PaymentFrequency(StrEnum):
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    HALF_YEARLY = "half_yearly"
    YEARLY = "yearly"


class PrepaymentKeeps(StrEnum):
    TENOR = "tenor"
    INSTALMENT = "instalment"


class ExtensionRepayment(StrEnum):
    BULLET = "bullet"
    EQUAL_PRINCIPAL = "equal_principal"
    EQUAL_INSTALMENT = "equal_instalment"


TERMS = N_("Loan terms")
CHANGES = N_("Drawdowns, fees and changes")
REPAYMENT = "loan.repayment"
IN_INSTALMENTS = ("equal_instalment", "equal_principal", "step", "balloon", "sculpted")
"""Ways of repayment in payments at one distance; the others pay principal on days of their own."""

REPAYMENT_CHOICES = (
    ("equal_instalment", N_("equal instalments")),
    ("equal_principal", N_("equal principal")),
    ("bullet", N_("bullet at maturity")),
    ("seasonal", N_("in the harvest months")),
    ("step", N_("in steps")),
    ("balloon", N_("instalments with a balloon")),
    ("sculpted", N_("sculpted to the cash flow")),
    ("custom", N_("own table of principal")),
)
MAX_TERM_MONTHS = 360


def yuan(label: str, *, group: str = "", above: float | None = None, help_text: str = "") -> Field:
    """Return the declaration of an amount of booked yuan."""
    return Field(
        label,
        "yuan",
        above=above,
        minimum=None if above is not None else 0,
        maximum=MAX_YUAN,
        group=group,
        other_units=MONEY_UNITS,
        help=help_text,
    )


@dataclass(frozen=True)
class TrancheLine:
    """One drawdown of the loan."""

    day: Annotated[date, Field(N_("Drawn on"))]
    amount_yuan: Annotated[Decimal, yuan(N_("Amount"), above=0)]
    last_day: Annotated[
        date | None,
        Field(
            N_("Available until"),
            help=N_("Last day on which this tranche can be drawn; empty: only the day itself."),
        ),
    ] = None


@dataclass(frozen=True)
class StepLine:
    """From a payment on, the principal repaid with each payment."""

    first_payment: Annotated[int, Field(N_("From payment"), minimum=1, maximum=MAX_TERM_MONTHS)]
    principal_share: Annotated[
        float,
        Field(
            N_("Share of the loan"),
            "share",
            minimum=0,
            maximum=1,
            percent=True,
            help=N_("Repaid with this payment and each one up to the next line."),
        ),
    ]


@dataclass(frozen=True)
class PrincipalLine:
    """One repayment of principal of a loan with a table of its own."""

    day: Annotated[date, Field(N_("Due on"))]
    principal_yuan: Annotated[Decimal, yuan(N_("Principal"), above=0)]


@dataclass(frozen=True)
class FeeLine:
    """A fee tied to the loan that falls due after drawdown."""

    day: Annotated[date, Field(N_("Due on"))]
    amount_yuan: Annotated[Decimal, yuan(N_("Amount"), above=0)]
    name: Annotated[str, Field(N_("Fee"), max_length=120)] = ""


@dataclass(frozen=True)
class PrepaymentLine:
    """Principal repaid before it is due."""

    day: Annotated[date, Field(N_("Prepaid on"))]
    amount_yuan: Annotated[Decimal, yuan(N_("Principal prepaid"), above=0)]
    keeps: Annotated[
        PrepaymentKeeps,
        Field(
            N_("Keeps"),
            choices=(("tenor", N_("tenor")), ("instalment", N_("instalment"))),
            help=N_("Keep the tenor and pay less each time, or keep the payment and end earlier."),
        ),
    ] = PrepaymentKeeps.TENOR
    fee_share: Annotated[
        float,
        Field(
            N_("Fee"),
            "share",
            minimum=0,
            maximum=1,
            percent=True,
            help=N_("Share of the principal prepaid."),
        ),
    ] = 0.0


@dataclass(frozen=True, kw_only=True)
class Extension:
    """An extension 展期: principal due at maturity is put off to a later day."""

    months: Annotated[int, Field(N_("Extended by"), "month", minimum=1, maximum=MAX_TERM_MONTHS)]
    amount_yuan: Annotated[
        Decimal | None,
        yuan(
            N_("Principal extended"),
            above=0,
            help_text=N_("Empty: all principal of the last payment."),
        ),
    ] = None
    annual_rate: Annotated[
        float | None,
        Field(
            N_("Interest rate of the extension"),
            "1/yr",
            minimum=0,
            maximum=1,
            percent=True,
            help=N_("Empty: the rate of the loan."),
        ),
    ] = None
    repayment: Annotated[
        ExtensionRepayment,
        Field(
            N_("Repayment of the extension"),
            choices=(
                ("bullet", N_("bullet at maturity")),
                ("equal_principal", N_("equal principal")),
                ("equal_instalment", N_("equal instalments")),
            ),
            default_source=N_("house convention: repaid at once at the new maturity"),
        ),
    ] = ExtensionRepayment.BULLET
    agreed_on: Annotated[date | None, Field(N_("Agreed on"))] = None
    consent: Annotated[
        str,
        Field(
            N_("Consent of guarantors and pledgors"),
            max_length=400,
            help=N_("Who agreed in writing; without consent their security may fall away."),
        ),
    ] = ""


@dataclass(frozen=True, kw_only=True)
class TermInputs:
    """What is lent and how it is repaid."""

    amount_yuan: Annotated[Decimal, yuan(N_("Amount asked"), group=TERMS, above=0)]
    term_months: Annotated[
        int | None,
        Field(
            N_("Term"),
            "month",
            minimum=1,
            maximum=MAX_TERM_MONTHS,
            group=TERMS,
            help=N_("Months from drawdown to maturity; or enter the maturity as a day."),
        ),
    ] = None
    maturity_date: Annotated[
        date | None,
        Field(
            N_("Maturity as a day"),
            group=TERMS,
            help=N_("Instead of the term, when the loan does not end on the day of its drawdown."),
        ),
    ] = None
    repayment: Annotated[Repayment, Field(N_("Repayment"), group=TERMS, choices=REPAYMENT_CHOICES)]
    payment_frequency: Annotated[
        PaymentFrequency,
        Field(
            N_("Payments"),
            group=TERMS,
            offered=(REPAYMENT, IN_INSTALMENTS),
            choices=(
                ("monthly", N_("monthly")),
                ("quarterly", N_("quarterly")),
                ("half_yearly", N_("half-yearly")),
                ("yearly", N_("yearly")),
            ),
            default_source=N_("house convention: monthly payments"),
        ),
    ] = PaymentFrequency.MONTHLY
    interest_payment: Annotated[
        InterestPayment,
        Field(
            N_("Interest paid"),
            group=TERMS,
            offered=(REPAYMENT, ("bullet", "seasonal", "custom")),
            choices=(
                ("monthly", N_("monthly")),
                ("quarterly", N_("quarterly")),
                ("yearly", N_("yearly")),
                ("at_maturity", N_("with the principal")),
            ),
            default_source=N_("house convention: quarterly interest"),
        ),
    ] = InterestPayment.QUARTERLY
    grace_months: Annotated[
        int,
        Field(
            N_("Grace: interest only"),
            "month",
            minimum=0,
            maximum=MAX_TERM_MONTHS - 1,
            group=TERMS,
            offered=(REPAYMENT, IN_INSTALMENTS),
            default_source=N_("no grace period"),
            help=N_("Months from drawdown in which no principal is repaid."),
        ),
    ] = 0
    harvest_months: Annotated[
        str,
        Field(
            N_("Harvest months"),
            max_length=40,
            group=TERMS,
            needed=(REPAYMENT, ("seasonal",)),
            help=N_("Months of the year in which principal is repaid, for example 6, 11."),
        ),
    ] = ""
    balloon_share: Annotated[
        float | None,
        Field(
            N_("Balloon"),
            "share",
            above=0,
            maximum=1,
            percent=True,
            group=TERMS,
            needed=(REPAYMENT, ("balloon",)),
            help=N_("Share of the loan that is left for the last payment."),
        ),
    ] = None
    steps: Annotated[
        tuple[StepLine, ...],
        Field(
            N_("Steps"),
            group=TERMS,
            max_length=60,
            needed=(REPAYMENT, ("step",)),
            help=N_("The last payment takes what is left."),
        ),
    ] = ()
    principal_table: Annotated[
        tuple[PrincipalLine, ...],
        Field(
            N_("Principal by day"),
            group=TERMS,
            max_length=400,
            needed=(REPAYMENT, ("custom",)),
            help=N_("The lines must sum to the loan; the last one is the maturity."),
        ),
    ] = ()


@dataclass(frozen=True, kw_only=True)
class ChangeInputs:
    """How the loan is drawn, what it costs beside interest, and what changes it on the way."""

    tranches: Annotated[
        tuple[TrancheLine, ...],
        Field(
            N_("Tranches"),
            group=CHANGES,
            max_length=60,
            help=N_("Empty: all is drawn at once. Otherwise the first is drawn on the drawdown "
                    "date and all of them sum to the amount at most."),
        ),
    ] = ()  # fmt: skip
    prepayments: Annotated[
        tuple[PrepaymentLine, ...],
        Field(N_("Prepayments"), group=CHANGES, max_length=60),
    ] = ()
    fees: Annotated[
        tuple[FeeLine, ...],
        Field(
            N_("Later fees"),
            group=CHANGES,
            max_length=120,
            help=N_("Fees tied to the loan that fall due after drawdown; they enter the "
                    "annualised rate."),
        ),
    ] = ()  # fmt: skip
    upfront_fee_yuan: Annotated[
        Decimal,
        Field(
            N_("Fees at drawdown"),
            "yuan",
            minimum=0,
            maximum=MAX_YUAN,
            group=CHANGES,
            other_units=MONEY_UNITS,
            default_source=N_("no such cost"),
            help=N_("All fees tied to the loan; they enter the annualised rate."),
        ),
    ] = Decimal(0)
    extension: Annotated[Extension | None, Field(N_("Extend the loan"), group=CHANGES)] = None


def harvest_months(text: str) -> tuple[int, ...]:
    """Return the months of the year named in a text such as "6, 11", ascending.

    Raises:
        ValueError: no months, no whole numbers, one outside 1 to 12, or one named twice.
    """
    parts = [part for part in re.split(r"[\s,;，、；]+", text) if part]
    if not parts or not all(part.isdecimal() for part in parts):
        raise ValueError(text)
    months = tuple(sorted(int(part) for part in parts))
    if months[0] < 1 or months[-1] > 12 or len(set(months)) < len(months):
        raise ValueError(text)
    return months
