"""Tonnes that are sold: what is delivered at what price, how it fails, what is paid for."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from app.finance.case.units import MAX_TONNES
from app.finance.fields import Field
from app.finance.text import N_

DELIVERY = N_("Failure of a sale")
PRICES = N_("Replacement price")


class LossTo(StrEnum):
    PRICE = "contract_price"
    REPLACEMENT = "replacement"


@dataclass(frozen=True)
class DeliveryLine:
    """What is to be delivered and paid in one policy year."""

    policy_year: Annotated[int, Field(N_("Policy year"), minimum=1, maximum=40)]
    tonnes: Annotated[float, Field(N_("Tonnes"), "tCO2e", minimum=0, maximum=MAX_TONNES)]
    price_yuan_t: Annotated[float, Field(N_("Contract price"), "yuan/t", minimum=0, maximum=10**6)]
    failure: Annotated[
        float | None,
        Field(
            N_("Fails in the year"),
            "share",
            minimum=0,
            maximum=1,
            percent=True,
            help=N_("Probability, if it had not failed before. Empty: that of the whole cover."),
        ),
    ] = None
    replacement_yuan_t: Annotated[
        float | None,
        Field(
            N_("Replacement price"),
            "yuan/t",
            minimum=0,
            maximum=10**6,
            help=N_("Forward price of a replacement in the year. Empty: grown from today's price."),
        ),
    ] = None


@dataclass(frozen=True, kw_only=True)
class DeliveryCover:
    """Tonnes that are sold and not delivered or not paid; credits that are reversed."""

    deliveries: Annotated[
        tuple[DeliveryLine, ...],
        Field(N_("Deliveries"), group=DELIVERY, min_length=1, max_length=40),
    ] = ()
    counterparty: Annotated[str, Field(N_("Counterparty"), max_length=200, group=DELIVERY)] = ""
    grade: Annotated[
        str,
        Field(
            N_("Grade of the counterparty"),
            max_length=20,
            group=DELIVERY,
            help=N_("As the probability beside it was read from."),
        ),
    ] = ""
    failure_per_year: Annotated[
        float | None,
        Field(
            N_("Failure of the counterparty"),
            "1/yr",
            minimum=0,
            maximum=1,
            percent=True,
            group=DELIVERY,
            help=N_("Probability a year; there is no published one for a buyer of carbon."),
        ),
    ] = None
    shortfall_share: Annotated[
        float,
        Field(
            N_("Expected shortfall of delivery"),
            "share",
            minimum=0,
            maximum=1,
            percent=True,
            group=DELIVERY,
            help=N_("Mean share of each year's tonnes the sink does not yield."),
        ),
    ] = 0.0
    common_shock: Annotated[
        float,
        Field(
            N_("Common shock"),
            "1/yr",
            minimum=0,
            maximum=1,
            percent=True,
            group=DELIVERY,
            help=N_("Probability a year that rule or registry stop all sales at once."),
        ),
    ] = 0.0
    all_left: Annotated[
        bool,
        Field(
            N_("A failure ends the contract"),
            group=DELIVERY,
            help=N_("Yes: all tonnes still to come are lost; no: those of the year."),
        ),
    ] = True
    recovery_share: Annotated[
        float,
        Field(N_("Recovered"), "share", minimum=0, maximum=1, percent=True, group=DELIVERY),
    ] = 0.0
    reversed_share: Annotated[
        float | None,
        Field(
            N_("Reversed in a reversal"),
            "share",
            minimum=0,
            maximum=1,
            percent=True,
            group=DELIVERY,
            help=N_("Share of the tonnes issued that one reversal takes. Empty: no reversal."),
        ),
    ] = None
    reversals_per_year: Annotated[
        float | None,
        Field(N_("Reversals a year"), "events/yr", minimum=0, maximum=100, group=DELIVERY),
    ] = None
    buffer_share: Annotated[
        float,
        Field(
            N_("Buffer"),
            "share",
            minimum=0,
            maximum=1,
            percent=True,
            group=DELIVERY,
            help=N_("Share of the tonnes issued that a buffer makes good first."),
        ),
    ] = 0.0
    discount_rate: Annotated[
        float,
        Field(
            N_("Discount rate of the deliveries"),
            "1/yr",
            minimum=0,
            maximum=1,
            percent=True,
            group=DELIVERY,
            default_source=N_("house convention: not discounted"),
        ),
    ] = 0.0
    loss_to: Annotated[
        LossTo,
        Field(
            N_("Pays"),
            group=PRICES,
            choices=(
                ("contract_price", N_("the contract price of what fails")),
                ("replacement", N_("what a replacement costs above the contract price")),
            ),
            default_source=N_("house convention: the contract price"),
        ),
    ] = LossTo.PRICE
    spot_yuan_t: Annotated[
        float | None,
        Field(
            N_("Replacement price today"),
            "yuan/t",
            above=0,
            maximum=10**6,
            group=PRICES,
            needed=("insurance.delivery.loss_to", ("replacement",)),
        ),
    ] = None
    price_growth: Annotated[
        float,
        Field(
            N_("Growth of the replacement price"),
            "1/yr",
            minimum=-1,
            maximum=5,
            percent=True,
            group=PRICES,
        ),
    ] = 0.0
    volatility: Annotated[
        float | None,
        Field(
            N_("Volatility of the replacement price"),
            "1/yr^0.5",
            minimum=0,
            maximum=5,
            percent=True,
            group=PRICES,
            needed=("insurance.delivery.loss_to", ("replacement",)),
        ),
    ] = None
    dependence: Annotated[
        float,
        Field(
            N_("Dependence of price and failure"),
            "",
            minimum=-0.99,
            maximum=0.99,
            group=PRICES,
            help=N_("Gauss copula: above 0 failures come when replacement is dear (wrong-way)."),
        ),
    ] = 0.0
