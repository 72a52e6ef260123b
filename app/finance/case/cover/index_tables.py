"""The tables of an index cover: triggers and steps, readings, years without data, losses."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated

from app.finance.case.units import MAX_YUAN
from app.finance.fields import Field
from app.finance.text import N_


class Measure(StrEnum):
    WIND_SPEED = "wind_speed"
    GUST = "gust"
    WIND_FORCE = "wind_force"
    RAIN = "rain"
    AIR_TEMPERATURE_MAX = "air_temperature_max"
    AIR_TEMPERATURE_MEAN = "air_temperature_mean"
    AIR_TEMPERATURE_MIN = "air_temperature_min"
    SEA_TEMPERATURE = "sea_temperature"
    SALINITY = "salinity"
    WAVE_HEIGHT = "wave_height"
    SUNSHINE = "sunshine"
    RED_TIDE_AREA = "red_tide_area"
    CARBON = "carbon"
    PRICE = "price"
    YIELD = "yield"
    OTHER = "other"


MEASURE_CHOICES = (
    ("wind_speed", N_("mean wind, m/s")),
    ("gust", N_("gust, m/s")),
    ("wind_force", N_("wind force, class")),
    ("rain", N_("rain, mm")),
    ("air_temperature_max", N_("highest air temperature, °C")),
    ("air_temperature_mean", N_("mean air temperature, °C")),
    ("air_temperature_min", N_("lowest air temperature, °C")),
    ("sea_temperature", N_("sea temperature, °C")),
    ("salinity", N_("salinity, ‰")),
    ("wave_height", N_("significant wave height, m")),
    ("sunshine", N_("sunshine, hours")),
    ("red_tide_area", N_("area of red tide, km²")),
    ("carbon", N_("carbon, t CO₂")),
    ("price", N_("price, yuan")),
    ("yield", N_("yield, t")),
    ("other", N_("other measure")),
)


class Counting(StrEnum):
    VALUE = "value"
    WINDOW_SUM = "window_sum"
    RUN_DAYS = "run_days"
    DAYS = "days"
    EXCESS_SUM = "excess_sum"


class Direction(StrEnum):
    ABOVE = "above"
    BELOW = "below"


class PayoutForm(StrEnum):
    STEP = "step"
    LINEAR = "linear"
    TICK = "tick"


@dataclass(frozen=True)
class TriggerLine:
    """One trigger: how readings become an index value, and how that value pays."""

    name: Annotated[str, Field(N_("Name"), min_length=1, max_length=60)]
    measure: Annotated[Measure, Field(N_("Measured"), choices=MEASURE_CHOICES)]
    form: Annotated[
        PayoutForm,
        Field(
            N_("Payout"),
            choices=(
                ("step", N_("by steps")),
                ("linear", N_("in a straight line from trigger to exit")),
                ("tick", N_("an amount for each unit beyond the trigger")),
            ),
        ),
    ]
    counting: Annotated[
        Counting,
        Field(
            N_("Index is"),
            choices=(
                ("value", N_("the reading")),
                ("window_sum", N_("the sum of days in a row")),
                ("run_days", N_("days in a row beyond the threshold")),
                ("days", N_("days of the season beyond the threshold")),
                ("excess_sum", N_("sum of what lies beyond the threshold")),
            ),
            default_source=N_("the usual way"),
        ),
    ] = Counting.VALUE
    direction: Annotated[
        Direction,
        Field(
            N_("Pays when"),
            choices=(("above", N_("at or above")), ("below", N_("at or below"))),
            default_source=N_("the usual way"),
            help=N_("Of counted days it says which days count; more of them always pay more."),
        ),
    ] = Direction.ABOVE
    threshold: Annotated[
        float | None,
        Field(
            N_("Threshold of a day"),
            "",
            minimum=-100,
            maximum=10**6,
            help=N_("A day counts from this reading on; for counted days and sums beyond it."),
        ),
    ] = None
    window_days: Annotated[
        int | None,
        Field(
            N_("Days in a row"),
            "day",
            minimum=1,
            maximum=366,
            help=N_("Length of the window of a sum, or the shortest run that counts."),
        ),
    ] = None
    trigger: Annotated[
        float | None,
        Field(
            N_("Trigger value"),
            "",
            minimum=-100,
            maximum=10**9,
            help=N_("Where a line or an amount for each unit begins; steps stand in their table."),
        ),
    ] = None
    exit: Annotated[
        float | None,
        Field(
            N_("Exit"), "", minimum=-100, maximum=10**9, help=N_("Where a line reaches the whole.")
        ),
    ] = None
    tick_yuan: Annotated[
        float | None,
        Field(
            N_("For each unit"),
            "yuan",
            above=0,
            maximum=MAX_YUAN,
            help=N_("Of the whole cover, for one unit of the index beyond the trigger."),
        ),
    ] = None
    limit_share: Annotated[
        float,
        Field(
            N_("At most"),
            "share",
            above=0,
            maximum=1,
            percent=True,
            help=N_("Of the sum insured, for one event of this trigger."),
        ),
    ] = 1.0
    averaging: Annotated[
        str,
        Field(
            N_("Averaging time"),
            max_length=60,
            help=N_("Of a wind: 3-second gust, 2-minute or 10-minute mean; they are not the same."),
        ),
    ] = ""


@dataclass(frozen=True)
class BandLine:
    """One step of a payout: from this value on the share of the sum insured is paid."""

    trigger: Annotated[str, Field(N_("Trigger"), min_length=1, max_length=60)]
    value: Annotated[float, Field(N_("Index from"), "", minimum=-100, maximum=10**9)]
    payout_share: Annotated[float, Field(N_("Pays"), "share", minimum=0, maximum=1, percent=True)]


@dataclass(frozen=True)
class ReadingLine:
    """One reading of a station: of a day, of an event, or the highest of a year."""

    trigger: Annotated[
        str,
        Field(N_("Trigger"), max_length=60, help=N_("Empty with one trigger.")),
    ]
    day: Annotated[date, Field(N_("Day"))]
    value: Annotated[float, Field(N_("Reading"), "", minimum=-1000, maximum=10**9)]
    station: Annotated[str, Field(N_("Weather station"), max_length=120)] = ""
    event: Annotated[
        str,
        Field(
            N_("Event"),
            max_length=120,
            help=N_("Readings of one event are one; empty: days in a row are one event."),
        ),
    ] = ""


@dataclass(frozen=True)
class GapLine:
    """A year without data: not a year without loss."""

    year: Annotated[int, Field(N_("Year"), minimum=1800, maximum=2200)]
    reason: Annotated[str, Field(N_("Reason"), max_length=200)] = ""


@dataclass(frozen=True)
class YearLossLine:
    """What a year cost the insured as a share of the sum insured, to hold the index against."""

    year: Annotated[int, Field(N_("Year"), minimum=1800, maximum=2200)]
    loss_share: Annotated[
        float, Field(N_("Loss"), "share of sum insured", minimum=0, maximum=10, percent=True)
    ]
