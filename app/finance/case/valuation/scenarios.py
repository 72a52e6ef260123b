"""Scenarios computed side by side with the base."""

from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from math import isfinite
from typing import Annotated

from app.finance.fields import Field
from app.finance.text import N_


class ScenarioKind(StrEnum):
    BASE = "base"
    BEAR = "bear"
    BULL = "bull"
    DELAY = "delay"
    DELISTING = "delisting"
    TYPHOON = "typhoon"
    OWN = "own"


SCENARIO_CHOICES = (
    ("base", N_("base")),
    ("bear", N_("bear market")),
    ("bull", N_("bull market")),
    ("delay", N_("late issuance")),
    ("delisting", N_("no longer accepted")),
    ("typhoon", N_("typhoon year")),
    ("own", N_("own scenario")),
)


@dataclass(frozen=True, kw_only=True)
class ScenarioLine:
    """What one scenario changes; every column is neutral when it is left empty or 0."""

    kind: Annotated[ScenarioKind, Field(N_("Scenario"), choices=SCENARIO_CHOICES)]
    name: Annotated[str, Field(N_("Name"), max_length=60)] = ""
    probability: Annotated[
        float | None,
        Field(
            N_("Probability"),
            "share",
            minimum=0,
            maximum=1,
            percent=True,
            help=N_("Empty: no weighted value. The lines must sum to 100 %."),
        ),
    ] = None
    price_change: Annotated[
        float, Field(N_("Price"), "share", minimum=-1, maximum=10, percent=True)
    ] = 0.0
    growth_change: Annotated[
        float,
        Field(
            N_("Price growth"),
            "1/yr",
            minimum=-0.5,
            maximum=0.5,
            percent=True,
            help=N_("Added to the growth of the curve."),
        ),
    ] = 0.0
    tonnes_change: Annotated[
        float, Field(N_("Tonnes"), "share", minimum=-1, maximum=10, percent=True)
    ] = 0.0
    cost_change: Annotated[
        float, Field(N_("Costs"), "share", minimum=-1, maximum=10, percent=True)
    ] = 0.0
    rate_change: Annotated[
        float, Field(N_("Discount rate"), "1/yr", minimum=-0.5, maximum=0.5, percent=True)
    ] = 0.0
    delay_months: Annotated[int, Field(N_("Delay"), "month", minimum=0, maximum=240)] = 0
    delisting_year: Annotated[
        int | None,
        Field(
            N_("Delisted from"),
            minimum=1900,
            maximum=2200,
            help=N_("From this calendar year the price below is all that is paid."),
        ),
    ] = None
    delisted_price_share: Annotated[
        float, Field(N_("Price left"), "share", minimum=0, maximum=1, percent=True)
    ] = 0.0
    loss_year: Annotated[
        int | None,
        Field(
            N_("Year of the loss"),
            minimum=1900,
            maximum=2200,
            help=N_("Calendar year in which a storm takes tonnes."),
        ),
    ] = None
    loss_share: Annotated[
        float, Field(N_("Tonnes lost"), "share", minimum=0, maximum=1, percent=True)
    ] = 0.0
    recovery_years: Annotated[
        int,
        Field(
            N_("Years to recover"),
            "yr",
            minimum=0,
            maximum=100,
            help=N_("The loss shrinks evenly to nothing over these years."),
        ),
    ] = 0
    prices: Annotated[
        str,
        Field(
            N_("Price curve of its own"),
            max_length=2000,
            help=N_(
                "Prices by calendar year in yuan/t, for example 2026: 80; 2030: 95. Straight "
                "lines between; empty for the curve of the appraisal."
            ),
        ),
    ] = ""


def own_prices(line: ScenarioLine) -> tuple[tuple[int, float], ...] | None:
    """Return the prices by year of a scenario's own curve, () without one, None if unreadable.

    Years ascend and prices are positive.
    """
    text = line.prices.replace("；", ";").replace("：", ":").replace("\n", ";")
    found = []
    for part in filter(None, (piece.strip() for piece in text.split(";"))):
        year, colon, price = part.partition(":")
        try:
            found.append((int(year), float(price)))
        except ValueError:
            return None
        if not colon or not isfinite(found[-1][1]) or found[-1][1] <= 0:
            return None
    ascending = all(one[0] < other[0] for one, other in pairwise(found))
    return tuple(found) if ascending else None
