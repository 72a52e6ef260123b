"""Other terms for the same policy, to be held side by side."""

from dataclasses import dataclass
from typing import Annotated

from app.finance.case.units import MAX_YUAN, MONEY_UNITS
from app.finance.fields import Field
from app.finance.text import N_

OPTIONS = N_("Options side by side")


@dataclass(frozen=True)
class TermsLine:
    """One option: what differs from the terms of every head; an empty column changes nothing."""

    name: Annotated[str, Field(N_("Name"), min_length=1, max_length=40)]
    deductible_yuan: Annotated[
        float | None,
        Field(
            N_("Deductible, amount"),
            "yuan",
            minimum=0,
            maximum=MAX_YUAN,
            other_units=MONEY_UNITS,
        ),
    ] = None
    deductible_share: Annotated[
        float | None,
        Field(
            N_("Deductible, share of sum insured"),
            "share",
            minimum=0,
            maximum=1,
            percent=True,
        ),
    ] = None
    deductible_loss_share: Annotated[
        float | None,
        Field(N_("Deductible, share of loss"), "share", minimum=0, maximum=1, percent=True),
    ] = None
    event_limit_yuan: Annotated[
        float | None,
        Field(
            N_("Limit for an event"),
            "yuan",
            minimum=0,
            maximum=MAX_YUAN,
            other_units=MONEY_UNITS,
            help=N_("Empty: as in the heads; 0 pays nothing."),
        ),
    ] = None
    year_limit_yuan: Annotated[
        float | None,
        Field(
            N_("Limit of the policy year"),
            "yuan",
            minimum=0,
            maximum=MAX_YUAN,
            other_units=MONEY_UNITS,
            help=N_("Empty: as in the heads; 0 pays nothing."),
        ),
    ] = None
    share: Annotated[
        float | None,
        Field(N_("Share of the insurer"), "share", above=0, maximum=1, percent=True),
    ] = None
    season_cap_share: Annotated[
        float | None,
        Field(
            N_("The season pays at most"),
            "share",
            minimum=0,
            maximum=10,
            percent=True,
            help=N_("Of an index cover. Empty: as entered there."),
        ),
    ] = None


@dataclass(frozen=True, kw_only=True)
class OptionInputs:
    """Options beside the terms of the policy."""

    options: Annotated[
        tuple[TermsLine, ...],
        Field(
            N_("Options to compare"),
            group=OPTIONS,
            max_length=3,
            help=N_("The same policy on other terms, shown and printed side by side."),
        ),
    ] = ()
