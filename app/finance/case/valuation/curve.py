"""Inputs of the price curve: how the price of the valuation date goes on."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated

from app.finance.fields import Field
from app.finance.text import N_


class CurveKind(StrEnum):
    FLAT = "flat"
    GROWTH = "growth"
    TABLE = "table"
    CARRY = "carry"
    FORWARD = "forward"


class Compounding(StrEnum):
    CONTINUOUS = "continuous"
    SIMPLE = "simple"


CURVE_CHOICES = (
    ("flat", N_("stays as it is")),
    ("growth", N_("grows at one rate")),
    ("table", N_("prices by year, as below")),
    ("carry", N_("forward price by cost of carry")),
    ("forward", N_("forward quotes by date, as below")),
)
COMPOUNDING_CHOICES = (("continuous", N_("continuous")), ("simple", N_("simple")))


@dataclass(frozen=True, kw_only=True)
class CurvePoint:
    """Price of a calendar year."""

    year: Annotated[int, Field(N_("Year"), minimum=1900, maximum=2200)]
    price_yuan_t: Annotated[float, Field(N_("Price a tonne"), "yuan/t", minimum=0, maximum=10**6)]


@dataclass(frozen=True, kw_only=True)
class ForwardQuote:
    """Forward price for delivery on a day."""

    day: Annotated[date, Field(N_("Delivery"))]
    price_yuan_t: Annotated[float, Field(N_("Price a tonne"), "yuan/t", minimum=0, maximum=10**6)]
    source: Annotated[str, Field(N_("Source"), max_length=400)] = ""
