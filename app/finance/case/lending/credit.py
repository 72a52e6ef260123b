"""Credit risk: default, loss, expected credit loss, capital and the price that covers them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from app.finance.case.lending.terms import yuan
from app.finance.fields import Field
from app.finance.text import N_

DEFAULT_RISK = N_("Default of the borrower")
LOSS = N_("Loss given default")
STAGE = N_("IFRS 9 stage")
CAPITAL = N_("Capital")
RETURN = N_("Return on capital")


class CapitalApproach(StrEnum):
    STANDARDISED = "standardised"
    IRB = "irb"


def _rate(label: str, group: str, help_text: str = "", maximum: float = 1.0) -> Field:
    return Field(
        label, "1/yr", minimum=0, maximum=maximum, percent=True, group=group, help=help_text
    )


def _share(label: str, group: str, help_text: str = "") -> Field:
    return Field(label, "share", minimum=0, maximum=1, percent=True, group=group, help=help_text)


@dataclass(frozen=True)
class GradeLine:
    """One grade of the lender's scale."""

    grade: Annotated[str, Field(N_("Grade"), min_length=1, max_length=20)]
    pd: Annotated[
        float,
        Field(N_("Probability of default"), "1/yr", minimum=0, maximum=1, percent=True),
    ]


@dataclass(frozen=True)
class EclScenario:
    """One scenario of the expected credit loss."""

    name: Annotated[str, Field(N_("Scenario"), min_length=1, max_length=60)]
    weight: Annotated[
        float, Field(N_("Probability weight"), "share", minimum=0, maximum=1, percent=True)
    ]
    pd_factor: Annotated[float, Field(N_("Factor on PD"), "x", minimum=0, maximum=100)] = 1.0
    value_factor: Annotated[
        float, Field(N_("Factor on collateral"), "x", minimum=0, maximum=10)
    ] = 1.0


@dataclass(frozen=True, kw_only=True)
class CreditRisk:
    """Inputs of the lender on the borrower; none of them has a default."""

    grades: Annotated[
        tuple[GradeLine, ...],
        Field(
            N_("Grades of the lender"),
            group=DEFAULT_RISK,
            max_length=60,
            help=N_("Probability of default of each grade within a year."),
        ),
    ] = ()
    grade: Annotated[
        str,
        Field(N_("Grade of the borrower"), max_length=20, group=DEFAULT_RISK),
    ] = ""
    pd: Annotated[
        float | None,
        _rate(
            N_("Probability of default"),
            DEFAULT_RISK,
            N_("Within a year; empty: that of the grade."),
        ),
    ] = None
    lgd: Annotated[
        float | None,
        _share(N_("Loss given default"), LOSS, N_("Empty: from the collaterals after haircut.")),
    ] = None
    lgd_floor: Annotated[float | None, _share(N_("Loss given default, at least"), LOSS)] = None
    recovery_cost_share: Annotated[
        float | None,
        _share(N_("Cost of recovery"), LOSS, N_("Empty: the cost of disposal of the appraisal.")),
    ] = None
    recovery_months: Annotated[
        int | None,
        Field(
            N_("Time to recover"),
            "month",
            minimum=0,
            maximum=240,
            group=LOSS,
            help=N_("Empty: the time to sell of the appraisal."),
        ),
    ] = None
    undrawn_yuan: Annotated[
        Decimal | None,
        yuan(
            N_("Committed and undrawn"),
            group=LOSS,
            help_text=N_("Empty: the tranches that are still to be drawn."),
        ),
    ] = None
    conversion_factor: Annotated[
        float | None,
        _share(N_("Credit conversion factor"), LOSS, N_("Of what is undrawn.")),
    ] = None
    days_past_due: Annotated[
        int,
        Field(N_("Days past due"), "day", minimum=0, maximum=10_000, group=STAGE),
    ] = 0
    risk_increased: Annotated[
        str,
        Field(
            N_("Risk has increased because"),
            max_length=400,
            group=STAGE,
            help=N_("Any reason puts the loan into stage 2: late verification, fewer tonnes, "
                    "typhoon, lapse of insurance. Empty: no significant increase."),
        ),
    ] = ""  # fmt: skip
    defaulted_on: Annotated[date | None, Field(N_("In default since"), group=STAGE)] = None
    scenarios: Annotated[
        tuple[EclScenario, ...],
        Field(
            N_("Scenarios of the expected loss"),
            group=STAGE,
            max_length=12,
            help=N_("Weights sum to 100 %; empty: one scenario as entered."),
        ),
    ] = ()
    approach: Annotated[
        CapitalApproach,
        Field(
            N_("Capital by"),
            group=CAPITAL,
            choices=(
                ("standardised", N_("standardised approach")),
                ("irb", N_("internal ratings")),
            ),
            default_source=N_("house convention: standardised approach"),
        ),
    ] = CapitalApproach.STANDARDISED
    risk_weight: Annotated[
        float | None,
        Field(
            N_("Risk weight"),
            "share",
            minimum=0,
            maximum=15,
            percent=True,
            group=CAPITAL,
            help=N_("Of the standardised approach, by the lender's capital rules."),
        ),
    ] = None
    capital_ratio: Annotated[
        float | None,
        _share(N_("Capital over risk-weighted assets"), CAPITAL),
    ] = None
    irb_lgd: Annotated[
        float | None,
        _share(
            N_("Supervisory loss given default"),
            CAPITAL,
            N_("Empty: the loss given default above."),
        ),
    ] = None
    effective_maturity: Annotated[
        float | None,
        Field(
            N_("Effective maturity"),
            "yr",
            minimum=1,
            maximum=5,
            group=CAPITAL,
            help=N_("Empty: from the payments of the loan, 1 to 5 years."),
        ),
    ] = None
    funds_rate: Annotated[
        float | None,
        _rate(N_("Funds transfer price"), RETURN),
    ] = None
    operating_cost: Annotated[
        float | None,
        _rate(N_("Operating cost"), RETURN, N_("Of the loan, a year.")),
    ] = None
    yearly_fee: Annotated[
        float,
        Field(
            N_("Fee income"),
            "1/yr",
            minimum=0,
            maximum=1,
            percent=True,
            group=RETURN,
            default_source=N_("no such income"),
        ),
    ] = 0.0
    hurdle: Annotated[float | None, _rate(N_("Hurdle rate"), RETURN)] = None
    tax_rate: Annotated[
        float | None,
        Field(
            N_("Income tax of the lender"),
            "share",
            minimum=0,
            maximum=0.9,
            percent=True,
            group=RETURN,
        ),
    ] = None
    capital_credit: Annotated[
        float | None,
        _rate(N_("Return on the capital held"), RETURN),
    ] = None
    interest_tax: Annotated[
        float,
        Field(
            N_("VAT in the interest"),
            "share",
            minimum=0,
            maximum=0.5,
            percent=True,
            group=RETURN,
            default_source=N_("the rate is taken net of VAT"),
            help=N_("Share of the interest received that is paid on as tax."),
        ),
    ] = 0.0
