"""Who insures whom, for how long, where; what the policy as a whole pays at most."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated

from app.finance.case.lending.terms import yuan
from app.finance.fields import Field
from app.finance.text import N_

POLICY = N_("Policy")
SITES = N_("Sites insured")
LIMITS = N_("Limits of the policy")
CONDITIONS = N_("Conditions of the policy")


@dataclass(frozen=True)
class InsuredSite:
    """A place that one event hits as a whole."""

    name: Annotated[str, Field(N_("Site"), min_length=1, max_length=120)]
    latitude: Annotated[
        float | None,
        Field(
            N_("Latitude"),
            "deg",
            minimum=-90,
            maximum=90,
            help=N_("Degrees, WGS 84, north positive; needed to look for storms near the site."),
        ),
    ] = None
    longitude: Annotated[
        float | None,
        Field(
            N_("Longitude"),
            "deg",
            minimum=-180,
            maximum=180,
            help=N_("Degrees, WGS 84, east positive; needed to look for storms near the site."),
        ),
    ] = None
    station: Annotated[
        str,
        Field(N_("Weather station"), max_length=120, help=N_("Station the index is read from.")),
    ] = ""
    note: Annotated[str, Field(N_("Note"), max_length=200)] = ""


@dataclass(frozen=True)
class CoInsurer:
    """One insurer of several; the shares sum to the whole."""

    name: Annotated[str, Field(N_("Insurer"), min_length=1, max_length=200)]
    share: Annotated[
        float, Field(N_("Share underwritten"), "share", above=0, maximum=1, percent=True)
    ]
    leads: Annotated[bool, Field(N_("Leads"))] = False


@dataclass(frozen=True, kw_only=True)
class PolicyInputs:
    """The policy: parties, period, sites."""

    period_start: Annotated[date, Field(N_("Cover starts"), group=POLICY)]
    period_months: Annotated[
        int,
        Field(
            N_("Period"),
            "month",
            minimum=1,
            maximum=120,
            group=POLICY,
            help=N_("Longer than 12 months: each policy year is priced with its own value."),
        ),
    ]
    insurer: Annotated[str, Field(N_("Insurer"), max_length=200, group=POLICY)] = ""
    insured: Annotated[str, Field(N_("Insured"), max_length=200, group=POLICY)] = ""
    first_beneficiary: Annotated[
        str,
        Field(
            N_("First beneficiary"),
            max_length=200,
            group=POLICY,
            help=N_("Usually the lender, when the policy is assigned."),
        ),
    ] = ""
    policy_no: Annotated[
        str, Field(N_("Policy or quotation number"), max_length=80, group=POLICY)
    ] = ""
    quote_valid_days: Annotated[
        int | None, Field(N_("Quotation valid for"), "day", minimum=1, maximum=365, group=POLICY)
    ] = None
    subsidised: Annotated[
        bool | None,
        Field(
            N_("Subsidised cover"),
            group=POLICY,
            help=N_("Subsidised covers keep to narrower limits of the rate coefficient."),
        ),
    ] = None
    coinsurers: Annotated[
        tuple[CoInsurer, ...],
        Field(
            N_("Co-insurers"),
            group=POLICY,
            max_length=20,
            help=N_("Empty: the insurer carries the whole."),
        ),
    ] = ()
    sites: Annotated[
        tuple[InsuredSite, ...],
        Field(
            N_("Sites insured"),
            group=SITES,
            max_length=200,
            help=N_("Empty: one place. With several, one event can hit them together."),
        ),
    ] = ()


@dataclass(frozen=True, kw_only=True)
class LimitInputs:
    """What the policy as a whole pays at most, behind the terms of its heads."""

    policy_event_limit_yuan: Annotated[
        Decimal | None,
        yuan(
            N_("Limit of the policy for an event"),
            group=LIMITS,
            help_text=N_("All heads and sites together. Empty: no limit; 0 pays nothing."),
        ),
    ] = None
    policy_year_limit_yuan: Annotated[
        Decimal | None,
        yuan(
            N_("Limit of the policy for a policy year"),
            group=LIMITS,
            help_text=N_("All heads and sites together. Empty: no limit; 0 pays nothing."),
        ),
    ] = None


@dataclass(frozen=True, kw_only=True)
class ConditionInputs:
    """What the policy leaves out, what must be shown before it binds, and how it is carried out.

    What is left empty stands on the papers as to be agreed.
    """

    exclusions: Annotated[
        str, Field(N_("Exclusions"), max_length=2000, group=CONDITIONS, multiline=True)
    ] = ""
    subjectivities: Annotated[
        str,
        Field(
            N_("Subjectivities"),
            max_length=2000,
            group=CONDITIONS,
            multiline=True,
            help=N_("What must be shown before the quotation binds: survey, moorings, papers."),
        ),
    ] = ""
    insured_address: Annotated[
        str, Field(N_("Address of the insured"), max_length=200, group=CONDITIONS)
    ] = ""
    clause_number: Annotated[
        str,
        Field(
            N_("Clause and its registration number"),
            max_length=200,
            group=CONDITIONS,
            help=N_("The insurer's clause, as it was filed."),
        ),
    ] = ""
    special_conditions: Annotated[
        str, Field(N_("Special conditions"), max_length=2000, group=CONDITIONS, multiline=True)
    ] = ""
    payment_terms: Annotated[
        str, Field(N_("Payment of the premium"), max_length=300, group=CONDITIONS)
    ] = ""
    claims_procedure: Annotated[
        str,
        Field(
            N_("Claims procedure"),
            max_length=2000,
            group=CONDITIONS,
            multiline=True,
            help=N_("Who is told within which time, and which papers are handed in."),
        ),
    ] = ""
    law_and_disputes: Annotated[
        str, Field(N_("Law and disputes"), max_length=300, group=CONDITIONS)
    ] = ""
