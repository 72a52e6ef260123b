"""The life of the loan: lines of coverage, receipts, revaluations, events, release."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from app.finance.case.lending.terms import yuan
from app.finance.case.units import MAX_YUAN
from app.finance.fields import Field
from app.finance.text import N_

LINES = N_("Lines of coverage")
OVERDUE = N_("Overdue and diverted use")
WATCH = N_("Watch")
RELEASE = N_("Enforcement and release")


class EventKind(StrEnum):
    LATE_VERIFICATION = "late_verification"
    FAILED_VERIFICATION = "failed_verification"
    LOW_TONNES = "low_tonnes"
    BUYER_DEFAULT = "buyer_default"
    RIGHT_REVOKED = "right_revoked"
    DAMAGE = "damage"
    METHODOLOGY_WITHDRAWN = "methodology_withdrawn"
    INSURANCE_LAPSE = "insurance_lapse"
    OTHER = "other"


EVENT_CHOICES = (
    ("late_verification", N_("verification is late")),
    ("failed_verification", N_("verification failed")),
    ("low_tonnes", N_("verified tonnes below plan")),
    ("buyer_default", N_("buyer does not pay")),
    ("right_revoked", N_("sea-area use right revoked")),
    ("damage", N_("typhoon, red tide or other damage")),
    ("methodology_withdrawn", N_("methodology withdrawn")),
    ("insurance_lapse", N_("insurance lapsed")),
    ("other", N_("other event")),
)


@dataclass(frozen=True)
class ReceiptLine:
    """Money that came in."""

    day: Annotated[date, Field(N_("Received on"))]
    amount_yuan: Annotated[Decimal, yuan(N_("Amount"), above=0)]
    source: Annotated[
        str,
        Field(
            N_("Received from"),
            max_length=120,
            help=N_("Borrower, specified account, insurer, buyer."),
        ),
    ] = ""


@dataclass(frozen=True)
class CostLine:
    """Cost of enforcing that the borrower owes."""

    day: Annotated[date, Field(N_("Paid on"))]
    amount_yuan: Annotated[Decimal, yuan(N_("Amount"), above=0)]
    name: Annotated[str, Field(N_("Name of the cost"), max_length=120)] = ""


@dataclass(frozen=True)
class DiversionLine:
    """Principal used for something else than the contract says, in a run of days."""

    first_day: Annotated[date, Field(N_("First day"))]
    amount_yuan: Annotated[Decimal, yuan(N_("Amount"), above=0)]
    last_day: Annotated[
        date | None, Field(N_("Last day"), help=N_("It counts as well; empty: still open."))
    ] = None


@dataclass(frozen=True)
class RevaluationLine:
    """A later value of what secures the loan, or of its price."""

    day: Annotated[date, Field(N_("Valued on"))]
    price_yuan_t: Annotated[
        float | None,
        Field(
            N_("Carbon price"),
            "yuan/t",
            minimum=0,
            maximum=1_000_000,
            help=N_("The right is valued anew at this price."),
        ),
    ] = None
    value_yuan: Annotated[
        Decimal | None,
        Field(
            N_("Value of the right"),
            "yuan",
            minimum=-MAX_YUAN,
            maximum=MAX_YUAN,
            help=N_("A value found by an appraiser goes before the price."),
        ),
    ] = None
    note: Annotated[str, Field(N_("Note"), max_length=200)] = ""


@dataclass(frozen=True)
class InspectionLine:
    """A check of the lender on borrower, money and sink."""

    day: Annotated[date, Field(N_("Inspected on"))]
    finding: Annotated[str, Field(N_("Finding"), max_length=200)] = ""


@dataclass(frozen=True)
class EventLine:
    """An event that lets the lender call for more security."""

    day: Annotated[date, Field(N_("Known on"))]
    kind: Annotated[EventKind, Field(N_("Event"), choices=EVENT_CHOICES)]
    planned_t: Annotated[
        float | None, Field(N_("Tonnes planned"), "tCO2e", minimum=0, maximum=1e9)
    ] = None
    actual_t: Annotated[
        float | None, Field(N_("Tonnes verified"), "tCO2e", minimum=0, maximum=1e9)
    ] = None
    cured_on: Annotated[date | None, Field(N_("Cured on"))] = None
    note: Annotated[str, Field(N_("Note"), max_length=200)] = ""


def _line(label: str, default_help: str) -> Field:
    return Field(
        label,
        "x",
        above=0,
        maximum=100,
        group=LINES,
        help=default_help,
        default_source=N_("house proposal, not a rule"),
    )


@dataclass(frozen=True, kw_only=True)
class Monitoring:
    """How the loan is watched, and what has happened to it."""

    as_of: Annotated[
        date | None,
        Field(
            N_("State on"),
            group=WATCH,
            help=N_("Balances and what is due are shown for this day; empty: the drawdown date."),
        ),
    ] = None
    count_all: Annotated[
        bool,
        Field(
            N_("Coverage by all collaterals"),
            group=LINES,
            default_source=N_("house convention: all collaterals after haircut count"),
            help=N_("Otherwise only the carbon-sink income right counts."),
        ),
    ] = True
    warning_line: Annotated[
        float, _line(N_("Warning line"), N_("Value over balance; below it the loan is watched."))
    ] = 1.6
    margin_line: Annotated[
        float,
        _line(N_("Margin-call line"), N_("Below it the borrower adds security or repays.")),
    ] = 1.4
    enforcement_line: Annotated[
        float, _line(N_("Enforcement line"), N_("Below it the security is realised."))
    ] = 1.2
    cure_days: Annotated[
        int,
        Field(
            N_("Cure period"),
            "working days",
            minimum=0,
            maximum=250,
            group=LINES,
            default_source=N_("house proposal, not a rule"),
        ),
    ] = 10
    tonnes_trigger: Annotated[
        float,
        Field(
            N_("Verified tonnes, at least"),
            "share",
            minimum=0,
            maximum=1,
            percent=True,
            group=LINES,
            default_source=N_("house proposal, not a rule"),
            help=N_("Of the plan; less is an event."),
        ),
    ] = 0.8
    revaluation_months: Annotated[
        int,
        Field(
            N_("Revalued every"),
            "month",
            minimum=1,
            maximum=120,
            group=WATCH,
            default_source=N_("house convention: at least once a year"),
        ),
    ] = 12
    inspection_months: Annotated[
        int,
        Field(
            N_("Inspected every"),
            "month",
            minimum=1,
            maximum=120,
            group=WATCH,
            default_source=N_("house convention: every quarter"),
        ),
    ] = 3
    receipts: Annotated[
        tuple[ReceiptLine, ...],
        Field(
            N_("Receipts"),
            group=WATCH,
            max_length=600,
            help=N_("They pay costs first, then penalties, interest and principal."),
        ),
    ] = ()
    revaluations: Annotated[
        tuple[RevaluationLine, ...],
        Field(N_("Revaluations"), group=WATCH, max_length=200),
    ] = ()
    inspections: Annotated[
        tuple[InspectionLine, ...],
        Field(
            N_("Inspections made"),
            group=WATCH,
            max_length=400,
            help=N_("A planned inspection is done once one was made after the one before it."),
        ),
    ] = ()
    events: Annotated[
        tuple[EventLine, ...],
        Field(N_("Events"), group=WATCH, max_length=200),
    ] = ()
    overdue_multiple: Annotated[
        float | None,
        Field(
            N_("Overdue rate over the rate of the loan"),
            "x",
            minimum=1.3,
            maximum=1.5,
            group=OVERDUE,
            help=N_("1.3 to 1.5 times, 银发〔2003〕251号; needed once something is overdue."),
        ),
    ] = None
    diverted_multiple: Annotated[
        float | None,
        Field(
            N_("Rate of diverted use over the rate of the loan"),
            "x",
            minimum=1.5,
            maximum=2,
            group=OVERDUE,
            help=N_("1.5 to 2 times, 银发〔2003〕251号; needed once use is diverted."),
        ),
    ] = None
    diversions: Annotated[
        tuple[DiversionLine, ...],
        Field(N_("Diverted use"), group=OVERDUE, max_length=60),
    ] = ()
    costs: Annotated[
        tuple[CostLine, ...],
        Field(N_("Costs the borrower owes"), group=OVERDUE, max_length=120),
    ] = ()
    proceeds_yuan: Annotated[
        Decimal | None,
        yuan(
            N_("Proceeds of a disposal"),
            group=RELEASE,
            help_text=N_("Empty: what a forced sale of the collaterals would leave."),
        ),
    ] = None
    discharged_on: Annotated[
        date | None,
        Field(
            N_("Debt extinguished on"),
            group=RELEASE,
            help=N_("Repaid, realised or waived; the registration must then be cancelled."),
        ),
    ] = None
