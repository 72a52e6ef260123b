"""The appraisal: price, discounting, costs, forced sale, approaches and conclusion."""

from dataclasses import dataclass
from typing import Annotated

from app.finance.case.valuation.approaches import (
    Conclusion,
    CostApproach,
    IssuedUnits,
    MarketApproach,
    OptionLine,
)
from app.finance.case.valuation.cost_inputs import CostInputs
from app.finance.case.valuation.engagement import Engagement
from app.finance.case.valuation.price_inputs import PriceInputs
from app.finance.case.valuation.rate_inputs import RateInputs
from app.finance.case.valuation.scenarios import ScenarioLine
from app.finance.case.valuation.simulation import ValueSimulation
from app.finance.fields import Field
from app.finance.text import N_

_DISPOSAL = N_("Forced sale")


@dataclass(frozen=True, kw_only=True)
class Appraisal(CostInputs, RateInputs, PriceInputs):
    """All inputs of the value; a dataclass lists the fields of its bases from the last one on."""

    liquidation_discount: Annotated[
        float,
        Field(
            N_("Forced-sale discount"),
            "share",
            minimum=0,
            maximum=1,
            percent=True,
            group=_DISPOSAL,
        ),
    ]
    disposal_cost_share: Annotated[
        float,
        Field(N_("Cost of disposal"), "share", minimum=0, maximum=1, percent=True, group=_DISPOSAL),
    ]
    months_to_sell: Annotated[
        int, Field(N_("Time to sell"), "month", minimum=0, maximum=120, group=_DISPOSAL)
    ]
    prudent_price_discount: Annotated[
        float,
        Field(
            N_("Prudent discount on the price"),
            "share",
            minimum=0,
            maximum=1,
            percent=True,
            group=_DISPOSAL,
            help=N_("From net to prudent value: what the lender does not count of the price."),
            default_source=N_("house convention: none entered"),
        ),
    ] = 0.0
    prudent_tonnes_discount: Annotated[
        float,
        Field(
            N_("Prudent discount on the tonnes"),
            "share",
            minimum=0,
            maximum=1,
            percent=True,
            group=_DISPOSAL,
            help=N_("What the lender does not count of the tonnes."),
            default_source=N_("house convention: none entered"),
        ),
    ] = 0.0
    issued: Annotated[
        IssuedUnits | None,
        Field(
            N_("Value issued and unsold credits apart"),
            help=N_("They are not in the net value of the right."),
        ),
    ] = None
    market_approach: Annotated[
        MarketApproach | None, Field(N_("Market approach"), help=N_("Tonnes times adjusted price."))
    ] = None
    cost_approach: Annotated[
        CostApproach | None,
        Field(N_("Cost approach"), help=N_("What it would cost to build the right anew.")),
    ] = None
    conclusion: Annotated[
        Conclusion | None,
        Field(N_("Conclusion"), help=N_("Weights of the approaches, with reasons.")),
    ] = None
    scenarios: Annotated[
        tuple[ScenarioLine, ...],
        Field(N_("Scenarios"), max_length=20, help=N_("Computed side by side with the base.")),
    ] = ()
    simulation: Annotated[
        ValueSimulation | None,
        Field(N_("Simulation of the value"), help=N_("Price, tonnes, delivery and costs drawn.")),
    ] = None
    options: Annotated[
        tuple[OptionLine, ...],
        Field(
            N_("Real options"),
            max_length=20,
            help=N_("Printed apart; a loan is never sized on them."),
        ),
    ] = ()
    engagement: Annotated[
        Engagement | None,
        Field(
            N_("Engagement"),
            help=N_("Client, purpose, assumptions and limits, as a report states them."),
        ),
    ] = None
    change_reason: Annotated[
        str,
        Field(
            N_("Why the appraisal changed"),
            max_length=1000,
            multiline=True,
            help=N_("Printed beside what changed since the version before."),
        ),
    ] = ""
