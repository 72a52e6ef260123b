"""Stresses of the loan beside the set that is always computed."""

from dataclasses import dataclass
from typing import Annotated

from app.finance.fields import Field
from app.finance.text import N_


@dataclass(frozen=True, kw_only=True)
class StressLine:
    """What one stress changes; a column left empty or 0 changes nothing."""

    name: Annotated[str, Field(N_("Name"), min_length=1, max_length=60)]
    price_change: Annotated[
        float, Field(N_("Price"), "share", minimum=-1, maximum=10, percent=True)
    ] = 0.0
    tonnes_change: Annotated[
        float, Field(N_("Tonnes"), "share", minimum=-1, maximum=10, percent=True)
    ] = 0.0
    delay_months: Annotated[int, Field(N_("Delay"), "month", minimum=0, maximum=240)] = 0
    delisting_year: Annotated[
        int | None,
        Field(
            N_("Delisted from"),
            minimum=1900,
            maximum=2200,
            help=N_("From this calendar year on nothing is sold."),
        ),
    ] = None
    rate_bp: Annotated[
        float,
        Field(
            N_("LPR"),
            "bp",
            minimum=-2000,
            maximum=5000,
            help=N_("Added to the rate of a floating loan from the next repricing."),
        ),
    ] = 0.0
    other_cash_change: Annotated[
        float, Field(N_("Other cash"), "share", minimum=-1, maximum=10, percent=True)
    ] = 0.0
    spot_sale: Annotated[
        bool,
        Field(
            N_("Buyer defaults"),
            help=N_("The prices of the contract are gone: all is sold at no more than the price of "
                    "the valuation date, less the forced-sale discount."),
        ),
    ] = False  # fmt: skip
