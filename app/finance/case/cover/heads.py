"""The heads of cover: what is insured, at what value, on what terms."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from app.finance.case.cover.head_tables import StageLine, StockLine
from app.finance.case.units import MAX_YUAN, MONEY_UNITS
from app.finance.fields import Field
from app.finance.text import N_

HEADS = N_("Heads of cover")


class HeadKind(StrEnum):
    CARBON_VALUE = "carbon_value"
    CARBON_STOCK = "carbon_stock"
    RESTORATION_COST = "restoration_cost"
    CARBON_AND_RESTORATION = "carbon_and_restoration"
    FARMING_COST = "farming_cost"
    HARVEST_VALUE = "harvest_value"
    CARBON_AND_FARMING_COST = "carbon_and_farming_cost"
    SALE_FAILURE = "sale_failure"
    REVERSAL = "reversal"
    INVALIDATION = "invalidation"
    OTHER = "other"


HEAD_CHOICES = (
    ("carbon_value", N_("carbon value")),
    ("carbon_stock", N_("carbon stock")),
    ("restoration_cost", N_("restoration cost")),
    ("carbon_and_restoration", N_("carbon value and restoration cost")),
    ("farming_cost", N_("farming cost")),
    ("harvest_value", N_("harvest value")),
    ("carbon_and_farming_cost", N_("carbon value and farming cost")),
    ("sale_failure", N_("failure of a sale")),
    ("reversal", N_("reversal of credits")),
    ("invalidation", N_("invalidation of credits")),
    ("other", N_("other head")),
)


class InsuredUnit(StrEnum):
    TCO2E = "tCO2e"
    TONNE = "t"
    MU = "mu"
    HA = "ha"
    SHARE = "unit"


UNIT_CHOICES = (
    ("tCO2e", N_("t CO₂")),
    ("t", N_("t of harvest")),
    ("mu", N_("mu")),
    ("ha", N_("ha")),
    ("unit", N_("share")),
)


class DeductibleKind(StrEnum):
    ABSOLUTE = "absolute"
    FRANCHISE = "franchise"


class CarbonPays(StrEnum):
    GROWTH = "growth"
    STOCK = "stock"
    BOTH = "both"


class ShareOn(StrEnum):
    EVENT = "event"
    YEAR = "year"


@dataclass(frozen=True)
class HeadLine:
    """One head of cover: object, sum insured, terms.

    Terms work in the order of the columns: deductible, limit of an event, layer, share of the
    insurer; then deductible, limit and reinstatements of the policy year.
    """

    name: Annotated[str, Field(N_("Name"), min_length=1, max_length=60)]
    kind: Annotated[HeadKind, Field(N_("Head of cover"), choices=HEAD_CHOICES)]
    quantity_unit: Annotated[
        InsuredUnit,
        Field(N_("Insured unit"), choices=UNIT_CHOICES),
    ]
    unit_value_yuan: Annotated[
        float, Field(N_("Agreed value of a unit"), "yuan", above=0, maximum=MAX_YUAN)
    ]
    quantity: Annotated[
        float | None,
        Field(
            N_("Insured quantity"),
            "",
            above=0,
            maximum=10**12,
            help=N_("Empty: the tonnes of this case are insured, year by year."),
        ),
    ] = None
    site: Annotated[
        str,
        Field(N_("Site"), max_length=120, help=N_("A site of the policy; empty with one place.")),
    ] = ""
    carbon_pays: Annotated[
        CarbonPays | None,
        Field(
            N_("Carbon head pays"),
            choices=(
                ("growth", N_("growth that is missing until recovery")),
                ("stock", N_("stock that is lost")),
                ("both", N_("growth and stock")),
            ),
            help=N_("Empty: the quantity entered, or the tonnes of the policy year."),
        ),
    ] = None
    recovery_years: Annotated[
        float,
        Field(
            N_("Recovery"),
            "yr",
            minimum=0,
            maximum=100,
            help=N_("Years until the growth is back, in a straight line; a carbon head only."),
        ),
    ] = 0.0
    stock_release_share: Annotated[
        float,
        Field(
            N_("Stock released"),
            "share",
            minimum=0,
            maximum=1,
            percent=True,
            help=N_("Share of the stock of the damaged part that is lost; a carbon head only."),
        ),
    ] = 1.0
    restored: Annotated[
        bool,
        Field(
            N_("Restored after a loss"),
            help=N_("No: in later policy years what was lost is no longer there to be lost."),
        ),
    ] = True
    deductible_kind: Annotated[
        DeductibleKind,
        Field(
            N_("Kind of deductible"),
            choices=(
                ("absolute", N_("taken off each loss")),
                ("franchise", N_("threshold: a loss above it is paid in full")),
            ),
            default_source=N_("house convention: taken off each loss"),
        ),
    ] = DeductibleKind.ABSOLUTE
    deductible_yuan: Annotated[
        float,
        Field(
            N_("Deductible, amount"),
            "yuan",
            minimum=0,
            maximum=MAX_YUAN,
            other_units=MONEY_UNITS,
            help=N_("Of each event; of several deductibles the largest counts."),
        ),
    ] = 0.0
    deductible_share: Annotated[
        float,
        Field(
            N_("Deductible, share of sum insured"),
            "share",
            minimum=0,
            maximum=1,
            percent=True,
            help=N_(
                "Of the value on risk at the event; of several deductibles the largest counts."
            ),
        ),
    ] = 0.0
    deductible_loss_share: Annotated[
        float,
        Field(
            N_("Deductible, share of loss"),
            "share",
            minimum=0,
            maximum=1,
            percent=True,
            help=N_("Of each loss; of several deductibles the largest counts."),
        ),
    ] = 0.0
    deductible_days: Annotated[
        float,
        Field(
            N_("Deductible, days"),
            "day",
            minimum=0,
            maximum=3660,
            help=N_("Days of an interruption not paid for; needs the duration in the peril."),
        ),
    ] = 0.0
    waiting_days: Annotated[
        int,
        Field(
            N_("Waiting period"),
            "day",
            minimum=0,
            maximum=3660,
            help=N_("No event of these first days of the policy is covered."),
        ),
    ] = 0
    salvage_share: Annotated[
        float,
        Field(
            N_("Salvage"),
            "share",
            minimum=0,
            maximum=1,
            percent=True,
            help=N_("Share of each loss that is saved and sold; taken off before the deductible."),
        ),
    ] = 0.0
    event_limit_yuan: Annotated[
        float | None,
        Field(
            N_("Limit for an event"),
            "yuan",
            minimum=0,
            maximum=MAX_YUAN,
            other_units=MONEY_UNITS,
            help=N_("After the deductible. Empty: no limit but the sum insured; 0 pays nothing."),
        ),
    ] = None
    layer_attachment_yuan: Annotated[
        float,
        Field(
            N_("Layer attaches at"),
            "yuan",
            minimum=0,
            maximum=MAX_YUAN,
            other_units=MONEY_UNITS,
            help=N_("Of an event, after deductible and limit: the insurer pays what lies above."),
        ),
    ] = 0.0
    layer_limit_yuan: Annotated[
        float | None,
        Field(
            N_("Limit of the layer"),
            "yuan",
            minimum=0,
            maximum=MAX_YUAN,
            other_units=MONEY_UNITS,
            help=N_("Of an event. Empty: no limit; 0 pays nothing."),
        ),
    ] = None
    share: Annotated[
        float,
        Field(
            N_("Share of the insurer"),
            "share",
            above=0,
            maximum=1,
            percent=True,
            help=N_("The rest stays with the insured."),
        ),
    ] = 1.0
    share_on: Annotated[
        ShareOn,
        Field(
            N_("Share applies to"),
            choices=(
                ("event", N_("each event, before the terms of the year")),
                ("year", N_("the policy year, after its deductible and limit")),
            ),
            default_source=N_("house convention: each event, before the terms of the year"),
        ),
    ] = ShareOn.EVENT
    year_deductible_yuan: Annotated[
        float,
        Field(
            N_("Deductible of the policy year"),
            "yuan",
            minimum=0,
            maximum=MAX_YUAN,
            other_units=MONEY_UNITS,
        ),
    ] = 0.0
    year_limit_yuan: Annotated[
        float | None,
        Field(
            N_("Limit of the policy year"),
            "yuan",
            minimum=0,
            maximum=MAX_YUAN,
            other_units=MONEY_UNITS,
            help=N_("After its deductible. Empty: no limit; 0 pays nothing."),
        ),
    ] = None
    reinstatements: Annotated[
        int | None,
        Field(
            N_("Reinstatements"),
            minimum=0,
            maximum=20,
            help=N_(
                "Times the limit of an event is filled up again in a policy year. "
                "Empty: without end."
            ),
        ),
    ] = None
    reinstatement_rate: Annotated[
        float,
        Field(
            N_("Reinstatement premium"),
            "share",
            minimum=0,
            maximum=5,
            percent=True,
            help=N_("Share of the premium for one whole limit, in proportion to the amount."),
        ),
    ] = 0.0


@dataclass(frozen=True, kw_only=True)
class HeadInputs:
    """What is insured."""

    heads: Annotated[
        tuple[HeadLine, ...],
        Field(
            N_("Heads of cover"),
            group=HEADS,
            max_length=200,
            help=N_("Carbon value, restoration, farming cost, harvest: each with its own sum."),
        ),
    ] = ()
    stages: Annotated[
        tuple[StageLine, ...],
        Field(
            N_("Growth stages"),
            group=HEADS,
            max_length=120,
            help=N_("Empty: the whole sum insured is on risk all year."),
        ),
    ] = ()
    stock: Annotated[
        tuple[StockLine, ...],
        Field(
            N_("Quantity by policy year"),
            group=HEADS,
            max_length=400,
            help=N_("Empty: the same quantity in each policy year."),
        ),
    ] = ()
