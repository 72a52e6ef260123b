"""What a term sheet says beside the figures: roles, conditions, undertakings, law."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated

from app.finance.fields import Field
from app.finance.text import N_

_ROLES = N_("Roles and dates")
_CLAUSES = N_("Conditions and undertakings")
_LAW = N_("Costs, law and enforcement")
MAX_CLAUSES = 40
MAX_WORDS = 1000


class ConditionDue(StrEnum):
    """Until when a condition has to be met."""

    SIGNING = "signing"
    DRAWDOWN = "drawdown"
    AFTER = "after"


CONDITION_CHOICES = (
    ("signing", N_("before signing")),
    ("drawdown", N_("before drawdown")),
    ("after", N_("after drawdown")),
)


def words(label: str, group: str = "", help_text: str = "") -> Field:
    """Return the declaration of a text of several lines."""
    return Field(label, max_length=2000, multiline=True, group=group, help=help_text)


_IN_CHINESE = Field(N_("In Chinese"), max_length=MAX_WORDS)
_IN_ENGLISH = Field(
    N_("In English"),
    max_length=MAX_WORDS,
    help=N_("Printed in English documents; empty: the Chinese text is printed."),
)


@dataclass(frozen=True, kw_only=True)
class Clause:
    """A text in Chinese, in English or in both; one of them at least is entered."""

    chinese: Annotated[str, _IN_CHINESE] = ""
    english: Annotated[str, _IN_ENGLISH] = ""


@dataclass(frozen=True, kw_only=True)
class CovenantLine(Clause):
    """An undertaking of the borrower."""

    tested: Annotated[
        str,
        Field(N_("Tested"), max_length=120, help=N_("When and by what, for example: quarterly.")),
    ] = ""


@dataclass(frozen=True, kw_only=True)
class ConditionLine(Clause):
    """A condition of the loan, until when it is due, and by what it was met."""

    due: Annotated[ConditionDue, Field(N_("To be met"), choices=CONDITION_CHOICES)] = (
        ConditionDue.DRAWDOWN
    )
    met_on: Annotated[date | None, Field(N_("Met on"))] = None
    proof: Annotated[str, Field(N_("Proof"), max_length=200)] = ""


@dataclass(frozen=True, kw_only=True)
class DefaultLine(Clause):
    """An event of default and the days in which it can be cured."""

    cure_days: Annotated[int | None, Field(N_("Cure period"), "day", minimum=0, maximum=3650)] = (
        None
    )


@dataclass(frozen=True, kw_only=True)
class LoanAgreement:
    """What the term sheet and the letters say beside the figures of the loan."""

    branch: Annotated[str, Field(N_("Branch"), max_length=200, group=_ROLES)] = ""
    reference_no: Annotated[
        str, Field(N_("Reference of the lender"), max_length=120, group=_ROLES)
    ] = ""
    pledgor: Annotated[
        str,
        Field(
            N_("Pledgor"),
            max_length=200,
            group=_ROLES,
            help=N_("Empty: that of the registration record, else the right holder."),
        ),
    ] = ""
    guarantor: Annotated[str, Field(N_("Guarantor"), max_length=300, group=_ROLES)] = ""
    borrower_address: Annotated[
        str,
        Field(
            N_("Borrower's address for notices"), max_length=300, group=_ROLES,
        ),
    ] = ""  # fmt: skip
    valid_until: Annotated[
        date | None,
        Field(N_("Term sheet valid until"), group=_ROLES),
    ] = None
    available_until: Annotated[
        date | None,
        Field(N_("Loan available until"), group=_ROLES),
    ] = None
    covenants: Annotated[
        tuple[CovenantLine, ...],
        Field(
            N_("Undertakings"),
            group=_CLAUSES,
            max_length=MAX_CLAUSES,
            help=N_("Beside the lines and ratios of the loan, which are printed by themselves."),
        ),
    ] = ()
    conditions: Annotated[
        tuple[ConditionLine, ...],
        Field(
            N_("Further conditions"),
            group=_CLAUSES,
            max_length=MAX_CLAUSES,
            help=N_("Beside the checklist of the loan, which is printed by itself."),
        ),
    ] = ()
    default_events: Annotated[
        tuple[DefaultLine, ...],
        Field(N_("Events of default"), group=_CLAUSES, max_length=MAX_CLAUSES),
    ] = ()
    disposal_route: Annotated[
        str,
        words(
            N_("Disposal of the security"),
            _LAW,
            N_("How the right is sold when the loan fails: market, auction, transfer."),
        ),
    ] = ""
    costs: Annotated[str, words(N_("Costs and expenses"), _LAW)] = ""
    governing_law: Annotated[str, Field(N_("Governing law"), max_length=200, group=_LAW)] = ""
    court: Annotated[str, Field(N_("Court or arbitration"), max_length=200, group=_LAW)] = ""
    confidentiality: Annotated[str, words(N_("Confidentiality"), _LAW)] = ""
