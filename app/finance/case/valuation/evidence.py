"""Inputs of the price evidence: comparables with their tags, adjustments, series, rates."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated

from app.finance.fields import Field
from app.finance.text import N_


class DealKind(StrEnum):
    TRADE = "trade"
    QUOTE = "quote"


class DealEcosystem(StrEnum):
    MANGROVE = "mangrove"
    SALT_MARSH = "salt_marsh"
    SEAGRASS = "seagrass"
    MACROALGAE = "macroalgae"
    SHELLFISH = "shellfish"
    PHYTOPLANKTON = "phytoplankton"
    MIXED = "mixed"
    OTHER = "other"


class TradeMethod(StrEnum):
    LISTING = "listing"
    BLOCK = "block"
    AUCTION = "auction"
    AGREEMENT = "agreement"
    COURT = "court"
    PUBLIC_BENEFIT = "public_benefit"


class Purpose(StrEnum):
    VOLUNTARY = "voluntary"
    COMPLIANCE = "compliance"
    RESALE = "resale"
    PUBLIC_BENEFIT = "public_benefit"
    JUDICIAL = "judicial"
    UNKNOWN = "unknown"


class Delivery(StrEnum):
    SPOT = "spot"
    FORWARD = "forward"


class TimeAdjustment(StrEnum):
    NONE = "none"
    SERIES = "series"


ECOSYSTEM_CHOICES = (
    ("mangrove", N_("mangrove")),
    ("salt_marsh", N_("salt marsh")),
    ("seagrass", N_("seagrass")),
    ("macroalgae", N_("macroalgae")),
    ("shellfish", N_("shellfish")),
    ("phytoplankton", N_("phytoplankton")),
    ("mixed", N_("several kinds")),
    ("other", N_("another kind, or not stated")),
)
METHOD_CHOICES = (
    ("listing", N_("listing agreement")),
    ("block", N_("block agreement")),
    ("auction", N_("auction")),
    ("agreement", N_("bilateral agreement")),
    ("court", N_("court purchase")),
    ("public_benefit", N_("public-benefit sale")),
)
PURPOSE_CHOICES = (
    ("voluntary", N_("own neutrality or offset")),
    ("compliance", N_("compliance")),
    ("resale", N_("stock for resale")),
    ("public_benefit", N_("public benefit or reputation")),
    ("judicial", N_("court order or settlement")),
    ("unknown", N_("not stated")),
)
DELIVERY_CHOICES = (("spot", N_("spot")), ("forward", N_("forward")))
KIND_CHOICES = (("trade", N_("trade")), ("quote", N_("quote")))

_CHOICE = N_("Choice of comparables")
_TIME = N_("Time")
_LIMITS = N_("Limits of the adjustment")


def _adjustment(label: str, help_text: str) -> Field:
    return Field(
        label,
        "share",
        minimum=-0.9,
        maximum=5,
        percent=True,
        help=help_text,
        default_source=N_("no adjustment"),
    )


@dataclass(frozen=True, kw_only=True)
class Comparable:
    """One deal or quote that the price rests on, with what makes it unlike the subject."""

    day: Annotated[date, Field(N_("Date"))]
    price: Annotated[float, Field(N_("Price a tonne"), above=0, maximum=10**6)]
    currency: Annotated[
        str, Field(N_("Currency"), min_length=3, max_length=3, suggestions="currencies")
    ] = "CNY"
    record: Annotated[str, Field(N_("Number in the market book"), max_length=40)] = ""
    place: Annotated[str, Field(N_("Place"), max_length=200)] = ""
    kind: Annotated[DealKind, Field(N_("Kind"), choices=KIND_CHOICES)] = DealKind.TRADE
    ecosystem: Annotated[DealEcosystem, Field(N_("Ecosystem"), choices=ECOSYSTEM_CHOICES)] = (
        DealEcosystem.OTHER
    )
    market: Annotated[str, Field(N_("Market"), max_length=200)] = ""
    standard: Annotated[str, Field(N_("Standard"), max_length=200)] = ""
    method: Annotated[TradeMethod, Field(N_("Trade method"), choices=METHOD_CHOICES)] = (
        TradeMethod.AGREEMENT
    )
    purpose: Annotated[Purpose, Field(N_("Purpose of the buyer"), choices=PURPOSE_CHOICES)] = (
        Purpose.UNKNOWN
    )
    delivery: Annotated[Delivery, Field(N_("Spot or forward"), choices=DELIVERY_CHOICES)] = (
        Delivery.SPOT
    )
    volume_t: Annotated[float | None, Field(N_("Volume"), "t", above=0, maximum=10**10)] = None
    verified: Annotated[bool, Field(N_("Seen in the source"))] = True
    source: Annotated[str, Field(N_("Source"), max_length=400)] = ""
    left_out: Annotated[
        str,
        Field(
            N_("Left out because"),
            max_length=300,
            help=N_("A reason takes this line out of the centre by hand; empty to keep it."),
        ),
    ] = ""
    weight: Annotated[
        float,
        Field(
            N_("Weight of the comparable"),
            minimum=0,
            maximum=1000,
            default_source=N_("equal weights"),
        ),
    ] = 1.0
    k_place: Annotated[
        float,
        _adjustment(
            N_("Place adjustment"), N_("How much more the subject is worth for its place.")
        ),
    ] = 0.0
    k_type: Annotated[
        float, _adjustment(N_("Type adjustment"), N_("For ecosystem, species and standard."))
    ] = 0.0
    k_volume: Annotated[
        float, _adjustment(N_("Volume adjustment"), N_("For the size of the lot."))
    ] = 0.0
    k_purpose: Annotated[
        float,
        _adjustment(N_("Purpose adjustment"), N_("For what the buyer wanted the credits for.")),
    ] = 0.0
    k_vintage: Annotated[
        float, _adjustment(N_("Vintage adjustment"), N_("For the age of the credits."))
    ] = 0.0


@dataclass(frozen=True, kw_only=True)
class SeriesPoint:
    """One observation of a price series."""

    day: Annotated[date, Field(N_("Date"))]
    price: Annotated[float, Field(N_("Price a tonne"), minimum=0, maximum=10**6)]
    source: Annotated[str, Field(N_("Source"), max_length=400)] = ""


@dataclass(frozen=True, kw_only=True)
class FxLine:
    """Yuan for one unit of a currency on a day."""

    currency: Annotated[
        str, Field(N_("Currency"), min_length=3, max_length=3, suggestions="currencies")
    ]
    day: Annotated[date, Field(N_("Date"))]
    yuan: Annotated[float, Field(N_("Yuan for one unit"), above=0, maximum=10**6)]
    source: Annotated[str, Field(N_("Source"), max_length=400)] = ""


@dataclass(frozen=True, kw_only=True)
class PriceEvidence:
    """Comparables and how they become a price of the valuation date."""

    comparables: Annotated[
        tuple[Comparable, ...],
        Field(
            N_("Comparables"),
            min_length=1,
            max_length=500,
            group=_CHOICE,
            help=N_("Deals and quotes taken from the market book or typed in."),
        ),
    ]
    include_court: Annotated[
        bool,
        Field(
            N_("Court and public-benefit prices in the centre"),
            group=_CHOICE,
            help=N_("Off: they are shown as an upper bound only."),
            default_source=N_("house convention: not a price a lender can sell at"),
        ),
    ] = False
    include_forward: Annotated[
        bool,
        Field(
            N_("Forward prices in the centre"),
            group=_CHOICE,
            default_source=N_("house convention: a term price is not a spot price"),
        ),
    ] = False
    include_unverified: Annotated[
        bool,
        Field(
            N_("Prices not seen in the source in the centre"),
            group=_CHOICE,
            default_source=N_("house convention: only what was read in its source"),
        ),
    ] = False
    outlier_limit: Annotated[
        float,
        Field(
            N_("Outlier limit, modified z-score"),
            above=0,
            maximum=100,
            group=_CHOICE,
            help=N_("0.6745 × (x − median) / MAD of log prices; a price beyond it is left out."),
            default_source=N_("Iglewicz and Hoaglin 1993: 3.5"),
        ),
    ] = 3.5
    confidence: Annotated[
        float,
        Field(
            N_("Confidence of the interval"),
            "share",
            minimum=0.5,
            maximum=0.999,
            percent=True,
            group=_CHOICE,
            default_source=N_("house convention: 90 %"),
        ),
    ] = 0.9
    time_adjustment: Annotated[
        TimeAdjustment,
        Field(
            N_("Bring prices to the valuation date"),
            group=_TIME,
            choices=(("none", N_("no")), ("series", N_("by the series below"))),
            default_source=N_("no adjustment"),
        ),
    ] = TimeAdjustment.NONE
    series_name: Annotated[
        str, Field(N_("Name of the series"), max_length=120, group=_TIME, suggestions="series")
    ] = ""
    series: Annotated[
        tuple[SeriesPoint, ...],
        Field(
            N_("Series"),
            max_length=5000,
            group=_TIME,
            needed=("appraisal.evidence.time_adjustment", ("series",)),
            help=N_("k_time = price on the valuation date over price on the day of the deal."),
        ),
    ] = ()
    series_gap_days: Annotated[
        int,
        Field(
            N_("Longest gap bridged in the series"),
            "day",
            minimum=1,
            maximum=3660,
            group=_TIME,
            default_source=N_("house convention: one year"),
        ),
    ] = 366
    fx: Annotated[
        tuple[FxLine, ...],
        Field(
            N_("Exchange rates"),
            max_length=500,
            group=_TIME,
            help=N_("For comparables in other currencies; the last rate up to the deal counts."),
        ),
    ] = ()
    single_limit: Annotated[
        float,
        Field(
            N_("Limit of one adjustment"),
            "share",
            minimum=0,
            maximum=10,
            percent=True,
            group=_LIMITS,
            default_source=N_("practice of comparable-sale appraisals: 20 %"),
        ),
    ] = 0.2
    time_limit: Annotated[
        float | None,
        Field(
            N_("Limit of the time adjustment"),
            "share",
            minimum=0,
            maximum=10,
            percent=True,
            group=_LIMITS,
            help=N_("Empty: that of one adjustment; given: time stays out of the total limit."),
        ),
    ] = None
    total_limit: Annotated[
        float,
        Field(
            N_("Limit of all adjustments together"),
            "share",
            minimum=0,
            maximum=10,
            percent=True,
            group=_LIMITS,
            default_source=N_("practice of comparable-sale appraisals: 30 %"),
        ),
    ] = 0.3
