"""Dated flows beside the yearly ones: grants, subsidies, investments, other costs."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated

from app.finance.case.units import MAX_YUAN, MONEY_UNITS
from app.finance.fields import Field
from app.finance.text import N_


class FlowKind(StrEnum):
    GRANT = "grant"
    SUBSIDY = "subsidy"
    INVESTMENT = "investment"
    COST = "cost"


FLOW_CHOICES = (
    ("grant", N_("grant received")),
    ("subsidy", N_("subsidy received")),
    ("investment", N_("investment paid")),
    ("cost", N_("other cost paid")),
)


@dataclass(frozen=True, kw_only=True)
class FlowLine:
    """One amount on one day; the kind says whether it comes in or goes out."""

    kind: Annotated[FlowKind, Field(N_("Kind"), choices=FLOW_CHOICES)]
    day: Annotated[date, Field(N_("Date"))]
    amount_yuan: Annotated[
        float, Field(N_("Amount"), "yuan", minimum=0, maximum=MAX_YUAN, other_units=MONEY_UNITS)
    ]
    note: Annotated[str, Field(N_("Note"), max_length=200)] = ""
