"""What the credit committee is told beside the figures, and how it voted."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from app.finance.case.lending.agreement import words
from app.finance.case.units import MAX_YUAN, MONEY_UNITS
from app.finance.fields import Field
from app.finance.text import N_

_REQUEST = N_("Request and recommendation")
_BORROWER = N_("Borrower and group")
_VIEWS = N_("Views")
_MEETING = N_("Meeting and vote")


class Recommendation(StrEnum):
    """What the officer asks the committee to decide."""

    APPROVE = "approve"
    CONDITIONS = "conditions"
    DECLINE = "decline"
    DEFER = "defer"


class RiskLevel(StrEnum):
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Vote(StrEnum):
    FOR = "for"
    AGAINST = "against"
    ABSTAIN = "abstain"


VOTE_CHOICES = (("for", N_("for")), ("against", N_("against")), ("abstain", N_("abstain")))


@dataclass(frozen=True, kw_only=True)
class RiskLine:
    """A risk and what is done against it."""

    risk: Annotated[str, Field(N_("Risk"), max_length=400, min_length=1)]
    level: Annotated[
        RiskLevel,
        Field(
            N_("Risk level"),
            choices=(("high", N_("high")), ("medium", N_("medium")), ("low", N_("low"))),
        ),
    ] = RiskLevel.MEDIUM
    mitigant: Annotated[str, Field(N_("What is done against it"), max_length=400)] = ""


@dataclass(frozen=True, kw_only=True)
class ExceptionLine:
    """A departure from a policy of the lender and who may approve it."""

    policy: Annotated[str, Field(N_("Policy of the lender"), max_length=300, min_length=1)]
    departure: Annotated[str, Field(N_("Departure"), max_length=300)] = ""
    reason: Annotated[str, Field(N_("Reason"), max_length=300)] = ""
    approver: Annotated[str, Field(N_("May be approved by"), max_length=120)] = ""


@dataclass(frozen=True, kw_only=True)
class ExposureLine:
    """A loan or guarantee to the borrower or its group beside this one."""

    debtor: Annotated[str, Field(N_("Debtor"), max_length=200, min_length=1)]
    kind: Annotated[str, Field(N_("Kind of exposure"), max_length=120)] = ""
    amount_yuan: Annotated[
        Decimal, Field(N_("Amount"), "yuan", minimum=0, maximum=MAX_YUAN, other_units=MONEY_UNITS)
    ] = Decimal(0)
    note: Annotated[str, Field(N_("Note"), max_length=200)] = ""


def _account(label: str) -> Field:
    return Field(
        label, "yuan", minimum=-MAX_YUAN, maximum=MAX_YUAN, other_units=MONEY_UNITS
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class FinancialLine:
    """Figures of the borrower for a year, as its accounts state them."""

    year: Annotated[int, Field(N_("Year"), "year", minimum=1990, maximum=2100)]
    revenue_yuan: Annotated[float | None, _account(N_("Revenue"))] = None
    ebitda_yuan: Annotated[float | None, _account(N_("EBITDA"))] = None
    net_profit_yuan: Annotated[float | None, _account(N_("Net profit"))] = None
    operating_cash_yuan: Annotated[float | None, _account(N_("Operating cash flow"))] = None
    total_assets_yuan: Annotated[float | None, _account(N_("Total assets"))] = None
    total_debt_yuan: Annotated[float | None, _account(N_("Total liabilities"))] = None
    audited: Annotated[bool, Field(N_("Audited"))] = False


@dataclass(frozen=True, kw_only=True)
class MemberLine:
    """A seat of the committee and its vote."""

    seat: Annotated[
        str,
        Field(N_("Seat"), max_length=120, min_length=1, help=N_("Office or role, or a name.")),
    ]
    vote: Annotated[
        Vote | None,
        Field(N_("Vote"), choices=VOTE_CHOICES, help=N_("Empty: printed for signing by hand.")),
    ] = None
    comment: Annotated[str, Field(N_("Comment"), max_length=300)] = ""
    voted_on: Annotated[date | None, Field(N_("Voted on"))] = None


@dataclass(frozen=True, kw_only=True)
class CommitteeMemo:
    """The texts and the vote of a credit-committee memo 授信审查审批报告."""

    request: Annotated[str, words(N_("Request"), _REQUEST)] = ""
    recommendation: Annotated[
        Recommendation | None,
        Field(
            N_("Recommendation"),
            group=_REQUEST,
            choices=(
                ("approve", N_("approve")),
                ("conditions", N_("approve with conditions")),
                ("decline", N_("decline")),
                ("defer", N_("put off")),
            ),
        ),
    ] = None
    reasons: Annotated[str, words(N_("Reasons of the recommendation"), _REQUEST)] = ""
    risks: Annotated[
        tuple[RiskLine, ...],
        Field(
            N_("Main risks"),
            group=_REQUEST,
            max_length=20,
            help=N_("The first three stand on the first page."),
        ),
    ] = ()
    exceptions: Annotated[
        tuple[ExceptionLine, ...],
        Field(N_("Exceptions from policy"), group=_REQUEST, max_length=20),
    ] = ()
    borrower: Annotated[str, words(N_("Borrower and its business"), _BORROWER)] = ""
    group: Annotated[str, words(N_("Group and connected parties"), _BORROWER)] = ""
    exposures: Annotated[
        tuple[ExposureLine, ...],
        Field(N_("Related exposure"), group=_BORROWER, max_length=40),
    ] = ()
    financials: Annotated[
        tuple[FinancialLine, ...],
        Field(N_("Accounts by year"), group=_BORROWER, max_length=10),
    ] = ()
    first_source: Annotated[str, words(N_("First source of repayment"), _BORROWER)] = ""
    second_source: Annotated[str, words(N_("Second source of repayment"), _BORROWER)] = ""
    market: Annotated[str, words(N_("Market and policy"), _VIEWS)] = ""
    rights: Annotated[str, words(N_("Project and chain of rights"), _VIEWS)] = ""
    legal: Annotated[str, words(N_("Legal view"), _VIEWS)] = ""
    environment: Annotated[str, words(N_("Environment and society"), _VIEWS)] = ""
    monitoring_plan: Annotated[str, words(N_("Plan of monitoring"), _VIEWS)] = ""
    meeting_no: Annotated[str, Field(N_("Meeting number"), max_length=80, group=_MEETING)] = ""
    meeting_day: Annotated[date | None, Field(N_("Meeting on"), group=_MEETING)] = None
    quorum: Annotated[
        int | None,
        Field(
            N_("Votes needed"), minimum=1, maximum=60, group=_MEETING,
            help=N_("Votes for the loan that it takes; empty: not counted."),
        ),
    ] = None  # fmt: skip
    members: Annotated[
        tuple[MemberLine, ...],
        Field(
            N_("Members of the committee"),
            group=_MEETING,
            max_length=40,
            help=N_("Empty: the memo has free lines to sign."),
        ),
    ] = ()
