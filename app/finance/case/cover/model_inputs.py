"""Common events of several sites: what each does where."""

from dataclasses import dataclass
from typing import Annotated

from app.finance.case.units import MAX_YUAN, MONEY_UNITS
from app.finance.fields import Field
from app.finance.text import N_

EVENTS = N_("Event set")


@dataclass(frozen=True)
class SetEventLine:
    """What one event does at one site; lines of one name are one event."""

    event: Annotated[str, Field(N_("Event"), min_length=1, max_length=120)]
    site: Annotated[str, Field(N_("Site"), max_length=120, help=N_("Empty: every site at once."))]
    rate: Annotated[
        float,
        Field(
            N_("Frequency"),
            "events/yr",
            minimum=0,
            maximum=100,
            help=N_("Of the event; the same in each of its lines."),
        ),
    ]
    damage_share: Annotated[
        float | None,
        Field(
            N_("Damage"),
            "share",
            minimum=0,
            maximum=1,
            percent=True,
            help=N_("Of the value on risk at the site, before all terms."),
        ),
    ] = None
    loss_yuan: Annotated[
        float | None,
        Field(
            N_("Loss"),
            "yuan",
            minimum=0,
            maximum=MAX_YUAN,
            other_units=MONEY_UNITS,
            help=N_("Of the site before all terms, instead of a damage."),
        ),
    ] = None
    intensity: Annotated[
        float | None,
        Field(
            N_("Intensity"),
            "",
            minimum=0,
            maximum=10**6,
            help=N_("At the site, put through the curve; instead of a damage."),
        ),
    ] = None


@dataclass(frozen=True, kw_only=True)
class EventModel:
    """Events that hit several sites at once; perils beside them are independent and add."""

    event_lines: Annotated[
        tuple[SetEventLine, ...],
        Field(N_("Events of the set"), group=EVENTS, min_length=1, max_length=20_000),
    ] = ()
    curve: Annotated[
        str,
        Field(
            N_("Damage curve"),
            max_length=60,
            group=EVENTS,
            help=N_("A name of the damage curves; needed where events have an intensity."),
        ),
    ] = ""
    spread: Annotated[
        float,
        Field(
            N_("Spread of the damage"),
            "sd/mean",
            minimum=0,
            maximum=10,
            group=EVENTS,
            default_source=N_("house convention: none"),
            help=N_("Of each event's damage around the one stated, beta; the same at all sites."),
        ),
    ] = 0.0
    source: Annotated[str, Field(N_("Source"), max_length=300, group=EVENTS)] = ""
