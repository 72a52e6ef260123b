"""The days of the loan: drawdown, payment days, counting of days, business days."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated

from app.finance.fields import Field
from app.finance.text import N_

DAYS = N_("Days and counting")


class PaymentDays(StrEnum):
    ANNIVERSARY = "anniversary"
    SETTLEMENT = "settlement"
    FIRST_DATE = "first_date"


class DayCount(StrEnum):
    MONTHS = "months"
    ACT_360 = "act_360"
    ACT_365F = "act_365f"
    THIRTY_360 = "30_360"
    THIRTY_E_360 = "30e_360"
    ACT_ACT = "act_act"


class BusinessDays(StrEnum):
    UNADJUSTED = "unadjusted"
    FOLLOWING = "following"
    MODIFIED_FOLLOWING = "modified_following"
    PRECEDING = "preceding"


class UnknownYears(StrEnum):
    REFUSE = "refuse"
    WEEKENDS = "weekends"


class CalendarKind(StrEnum):
    HOLIDAY = "holiday"
    WORKDAY = "workday"


DAY_COUNT_CHOICES = (
    ("months", N_("whole months, rate / 12")),
    ("act_360", N_("ACT/360")),
    ("act_365f", N_("ACT/365 fixed")),
    ("30_360", N_("30/360")),
    ("30e_360", N_("30E/360")),
    ("act_act", N_("ACT/ACT by calendar year")),
)


@dataclass(frozen=True)
class CalendarLine:
    """A day of the calendar entered by hand; it goes before the library."""

    day: Annotated[date, Field(N_("Day"))]
    kind: Annotated[
        CalendarKind,
        Field(
            N_("Is a"),
            choices=(("holiday", N_("holiday")), ("workday", N_("working day"))),
        ),
    ]
    note: Annotated[str, Field(N_("Note"), max_length=120)] = ""


@dataclass(frozen=True, kw_only=True)
class DayInputs:
    """When the loan is drawn and paid, and how its days are counted."""

    drawdown_date: Annotated[date, Field(N_("Drawdown date"), group=DAYS)]
    payment_days: Annotated[
        PaymentDays,
        Field(
            N_("Payment days"),
            group=DAYS,
            choices=(
                ("anniversary", N_("the day of drawdown in each period")),
                ("settlement", N_("settled on a day of the month, paid on the next")),
                ("first_date", N_("counted from a first payment day")),
            ),
            default_source=N_("house convention: the day of drawdown"),
            help=N_("By settlement, quarterly interest is settled in March, June, September and "
                    "December."),
        ),
    ] = PaymentDays.ANNIVERSARY  # fmt: skip
    settlement_day: Annotated[
        int,
        Field(
            N_("Settled on day"),
            minimum=1,
            maximum=28,
            group=DAYS,
            offered=("loan.payment_days", ("settlement",)),
            default_source=N_("house convention: settled on the 20th, paid on the 21st"),
        ),
    ] = 20
    first_payment_date: Annotated[
        date | None,
        Field(
            N_("First payment on"),
            group=DAYS,
            needed=("loan.payment_days", ("first_date",)),
            help=N_("The first period may be broken: shorter or longer than the others."),
        ),
    ] = None
    month_end: Annotated[
        bool,
        Field(
            N_("Keep to the end of the month"),
            group=DAYS,
            help=N_(
                "From the last day of a month each payment falls on the last day of its month."
            ),
        ),
    ] = False
    day_count: Annotated[
        DayCount,
        Field(
            N_("Days counted by"),
            group=DAYS,
            choices=DAY_COUNT_CHOICES,
            default_source=N_("house convention: a month is a twelfth of the yearly rate"),
        ),
    ] = DayCount.MONTHS
    business_days: Annotated[
        BusinessDays,
        Field(
            N_("A payment on a holiday is paid"),
            group=DAYS,
            choices=(
                ("unadjusted", N_("on the same day")),
                ("following", N_("on the next working day")),
                ("modified_following", N_("on the next working day of the same month")),
                ("preceding", N_("on the working day before")),
            ),
            default_source=N_("house convention: the days of the contract are not moved"),
        ),
    ] = BusinessDays.UNADJUSTED
    accrual_moves: Annotated[
        bool,
        Field(
            N_("Interest runs to the day paid"),
            group=DAYS,
            offered=(
                "loan.business_days",
                ("following", "modified_following", "preceding"),
            ),
            help=N_("Otherwise interest is counted to the day of the contract."),
        ),
    ] = False
    unknown_years: Annotated[
        UnknownYears,
        Field(
            N_("Years without a published calendar"),
            group=DAYS,
            offered=(
                "loan.business_days",
                ("following", "modified_following", "preceding"),
            ),
            choices=(
                ("refuse", N_("ask for their days")),
                ("weekends", N_("Saturdays and Sundays are free")),
            ),
            default_source=N_("house convention: no calendar is made up"),
        ),
    ] = UnknownYears.REFUSE
    calendar: Annotated[
        tuple[CalendarLine, ...],
        Field(
            N_("Own days of the calendar"),
            group=DAYS,
            max_length=1000,
            offered=(
                "loan.business_days",
                ("following", "modified_following", "preceding"),
            ),
            help=N_("They go before the calendar of China; a year with a line of its own counts "
                    "as known."),
        ),
    ] = ()  # fmt: skip
