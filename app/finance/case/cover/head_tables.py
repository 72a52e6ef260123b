"""The tables beside the heads of cover: growth stages, quantity by policy year."""

from dataclasses import dataclass
from typing import Annotated

from app.finance.case.units import MAX_YUAN
from app.finance.fields import Field
from app.finance.text import N_


@dataclass(frozen=True)
class StageLine:
    """What part of the sum insured is on risk in some months of the year."""

    head: Annotated[str, Field(N_("Head"), min_length=1, max_length=60)]
    stage: Annotated[str, Field(N_("Growth stage"), max_length=60)]
    first_month: Annotated[int, Field(N_("From month"), minimum=1, maximum=12)]
    last_month: Annotated[int, Field(N_("To month"), minimum=1, maximum=12)]
    share: Annotated[
        float,
        Field(
            N_("On risk"),
            "share",
            minimum=0,
            maximum=1,
            percent=True,
            help=N_("Share of the sum insured; months without a stage are not on risk."),
        ),
    ]


@dataclass(frozen=True)
class StockLine:
    """The quantity a head insures in one policy year, where it grows."""

    head: Annotated[str, Field(N_("Head"), min_length=1, max_length=60)]
    policy_year: Annotated[int, Field(N_("Policy year"), minimum=1, maximum=10)]
    quantity: Annotated[float, Field(N_("Quantity"), "", minimum=0, maximum=10**12)]
    unit_value_yuan: Annotated[
        float | None,
        Field(
            N_("Agreed value of a unit"),
            "yuan",
            above=0,
            maximum=MAX_YUAN,
            help=N_("Empty: that of the head."),
        ),
    ] = None
