"""What happened to the policy: events, surveys, what was paid."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated

from app.finance.case.lending.terms import yuan
from app.finance.case.units import MAX_YUAN, MONEY_UNITS
from app.finance.fields import Field
from app.finance.text import N_


@dataclass(frozen=True)
class ClaimLine:
    """One loss of one head, or one reading of the index; lines of an event are one event."""

    event: Annotated[str, Field(N_("Loss event"), min_length=1, max_length=120)]
    day: Annotated[date, Field(N_("Day"))]
    head: Annotated[
        str,
        Field(
            N_("Head"),
            max_length=60,
            help=N_("Head the survey is of. Empty: a reading of the index."),
        ),
    ] = ""
    loss_yuan: Annotated[
        float | None,
        Field(
            N_("Loss surveyed"),
            "yuan",
            minimum=0,
            maximum=MAX_YUAN,
            other_units=MONEY_UNITS,
            help=N_("Before all terms."),
        ),
    ] = None
    damage_share: Annotated[
        float | None,
        Field(
            N_("Damage surveyed"),
            "share",
            minimum=0,
            maximum=1,
            percent=True,
            help=N_("Of the value on risk, instead of an amount."),
        ),
    ] = None
    trigger: Annotated[str, Field(N_("Trigger"), max_length=60)] = ""
    reading: Annotated[float | None, Field(N_("Reading"), "", minimum=-1000, maximum=10**9)] = None
    station: Annotated[str, Field(N_("Weather station"), max_length=120)] = ""
    duration_days: Annotated[
        float | None,
        Field(N_("Duration"), "day", above=0, maximum=3660, help=N_("Of an interruption.")),
    ] = None
    evidence: Annotated[str, Field(N_("Survey or bulletin"), max_length=200)] = ""
    paid_yuan: Annotated[
        Decimal, yuan(N_("Paid on account"), help_text=N_("Already paid; taken off the letter."))
    ] = Decimal(0)


@dataclass(frozen=True, kw_only=True)
class Settlement:
    """The claims of the policy."""

    claims: Annotated[tuple[ClaimLine, ...], Field(N_("Claims"), min_length=1, max_length=400)] = ()
    payee_account: Annotated[str, Field(N_("Account paid to"), max_length=120)] = ""
    claim_no: Annotated[str, Field(N_("Claim number"), max_length=80)] = ""
